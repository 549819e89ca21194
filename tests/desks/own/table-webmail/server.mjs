// Webmail as it was built with tables: every page from the server, quoted history and signatures in every mail, the reply form on a page of its own.
// usage: node server.mjs SEED      serves until it is ended
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { AGENT, escape, openStore, send, serve } from "../house.mjs";

const here = dirname(fileURLToPath(import.meta.url));
/** @typedef {import("../house.mjs").Case} Case @typedef {import("../house.mjs").Line} Line */

/** @param {string} seed */
export async function start(seed) {
  const store = await openStore(seed, { notes: false, bots: false });
  const server = await serve((request, response, { pathname, searchParams }, body) => {
    if (pathname === "/login" && request.method === "POST") {
      response.writeHead(303, { location: "/mail?folder=INBOX", "set-cookie": "session=1; HttpOnly" });
      return void response.end();
    }
    if (!/session=1/.test(request.headers.cookie ?? "")) return send(response, "text/html", page("Sign in", `<form method="post" action="/login"><table><tr><td>Name</td><td><input name="user"></td></tr><tr><td>Password</td><td><input type="password" name="password"></td></tr></table><input type="submit" value="Sign in"></form>`, false));
    const one = store.cases.find((other) => other.number === Number(searchParams.get("thread")));
    if (pathname === "/mail" && one) return send(response, "text/html", thread(one));
    if (pathname === "/compose" && one && request.method === "POST") {
      store.add(one.key, { role: "agent", text: new URLSearchParams(body).get("body") ?? "" });
      response.writeHead(303, { location: `/mail?thread=${one.number}` });
      return void response.end();
    }
    if (pathname === "/compose") return send(response, "text/html", compose(one));
    if (pathname === "/addresses") return send(response, "text/html", addresses(store.cases));
    if (pathname === "/options") return send(response, "text/html", options());
    return send(response, "text/html", inbox(store.cases));
  });
  return { ...server, store };
}

/** @param {string} title @param {string} content @param {boolean} [signedIn] */
function page(title, content, signedIn = true) {
  const bar = signedIn ? `<tr><td colspan="2" bgcolor="#dde3ee"><font size="2"><a href="/mail?folder=INBOX">Inbox</a> | <a href="/compose">New message</a> | <a href="/addresses">Addresses</a> | <a href="/options">Options</a> &nbsp;&nbsp; Signed in as ${AGENT.email} &nbsp; <a href="/logout">Sign out</a></font></td></tr>` : "";
  const folders = signedIn ? `<td width="130" valign="top" bgcolor="#f2f2f2"><font size="2"><b>Folders</b><br><a href="/mail?folder=INBOX">INBOX</a> (7)<br><a href="/mail?folder=Sent">Sent</a><br><a href="/mail?folder=Trash">Trash</a></font></td>` : "";
  return `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN"><html><head><meta charset="utf-8"><title>${escape(title)} - Webmail</title><link rel="icon" href="data:,"></head><body bgcolor="#ffffff" text="#000000"><table width="100%" cellpadding="4" cellspacing="0" border="0">${bar}<tr>${folders}<td valign="top">${content}</td></tr></table></body></html>`;
}

/** @param {Case[]} cases */
function inbox(cases) {
  return page("INBOX", `<font size="4"><b>INBOX</b></font><form><table width="100%" border="0" cellpadding="2"><tr bgcolor="#cccccc"><td></td><td><b>From</b></td><td><b>Subject</b></td><td><b>Date</b></td></tr>${cases.map((one, at) => `<tr bgcolor="${at % 2 ? "#ffffff" : "#f7f7f7"}"><td><input type="checkbox" name="m${one.number}"></td><td>${escape(one.requester.name)}</td><td><a href="/mail?thread=${one.number}">${escape(one.subject)}</a></td><td nowrap>${stamp(one.messages.at(-1)?.at ?? 0)}</td></tr>`).join("")}</table></form>`);
}

/** @param {Case} one @param {Line} line */
const sender = (one, line) => (line.role === "agent" ? AGENT : (line.from ?? one.requester));

/** @param {Case} one */
function thread(one) {
  const mails = one.messages.map((line, at) => {
    const from = sender(one, line), previous = one.messages[at - 1];
    const to = line.role === "agent" ? one.requester : { name: "Customer care", email: "care@care-desk.example" };
    const files = line.attachments?.length ? `<tr><td colspan="2"><font size="2">${line.attachments.map((name) => `<a href="/part?m=${line.id}&amp;f=${encodeURIComponent(name)}">${escape(name)}</a> (112 KB)`).join("<br>")}</font></td></tr>` : "";
    return `<table width="100%" border="1" cellspacing="0" cellpadding="4"><tr><td bgcolor="#eeeeee" width="70"><font size="2">From:</font></td><td bgcolor="#eeeeee"><font size="2">${escape(from.name)} &lt;${escape(from.email)}&gt;</font></td></tr><tr><td bgcolor="#eeeeee"><font size="2">To:</font></td><td bgcolor="#eeeeee"><font size="2">${escape(to.name)} &lt;${escape(to.email)}&gt;</font></td></tr><tr><td bgcolor="#eeeeee"><font size="2">Date:</font></td><td bgcolor="#eeeeee"><font size="2">${stamp(line.at)}</font></td></tr><tr><td bgcolor="#eeeeee"><font size="2">Subject:</font></td><td bgcolor="#eeeeee"><font size="2">${at > 0 ? "Re: " : ""}${escape(one.subject)}</font></td></tr><tr><td colspan="2">${body(one, line, previous, at)}</td></tr>${files}<tr><td colspan="2" align="right"><font size="1"><a href="/compose?thread=${one.number}&amp;m=${line.id}">Reply</a> | <a href="/compose?forward=${line.id}">Forward</a> | <a href="/source?m=${line.id}">View source</a></font></td></tr></table><br>`;
  });
  return page(one.subject, `<font size="4"><b>${escape(one.subject)}</b></font><br><font size="2">${one.messages.length} messages</font><br>${mails.join("")}`);
}

/** The words, then what the sender's mail program adds: four programs take turns. @param {Case} one @param {Line} line @param {Line | undefined} previous @param {number} at */
function body(one, line, previous, at) {
  const lines = (/** @type {string} */ text) => escape(text).replace(/^ {2}/gm, "&nbsp;&nbsp;").replaceAll("\n", "<br>");
  const words = lines(line.text);
  const zh = /[\u3400-\u9fff]/.test(line.text);
  if (line.role === "agent") return `${words}<br><br>-- <br>Anna Agent<br>Customer care<br>Tel. +49 30 5550123<br>care@care-desk.example${quoted(one, previous, "&gt; ")}`;
  const style = (one.number + at) % 4;
  const signature = ["", zh ? "<br><br>发自我的iPhone" : "<br><br>Sent from my iPhone", `<br><br>${zh ? "祝好" : "Kind regards"}<br>${escape(sender(one, line).name)}<br>${zh ? "电话：138-0013-8000" : "Phone: +44 20 7946 0011"}`, ""][style];
  const disclaimer = style === 2 ? `<br><br><font size="1">${zh ? "本邮件及其附件含有保密信息，仅供收件人使用。如您误收，请立即删除。" : "This e-mail and any attachments are confidential and intended solely for the addressee. If you have received it in error, please delete it."}</font>` : "";
  if (!previous) return `${words}${signature}${disclaimer}`;
  const by = sender(one, previous);
  if (style === 0) return `${words}${signature}<br><br><hr>${zh ? `<b>发件人:</b> ${escape(by.name)} &lt;${by.email}&gt;<br><b>发送时间:</b> ${stamp(previous.at)}<br><b>收件人:</b> ${escape(one.requester.name)}<br><b>主题:</b> ${escape(one.subject)}` : `<b>From:</b> ${escape(by.name)} &lt;${by.email}&gt;<br><b>Sent:</b> ${stamp(previous.at)}<br><b>To:</b> ${escape(one.requester.name)}<br><b>Subject:</b> RE: ${escape(one.subject)}`}<br><br>${lines(previous.text)}`;
  if (style === 3 && zh) return `${words}<br><br>------------------&nbsp;原始邮件&nbsp;------------------<br>发件人: "${escape(by.name)}"&lt;${by.email}&gt;;<br>发送时间: ${stamp(previous.at)}<br>收件人: "${escape(one.requester.name)}"<br>主题: ${escape(one.subject)}<br><br>${lines(previous.text)}`;
  return `${words}${signature}${disclaimer}${quoted(one, previous, "&gt; ")}`;
}

/** @param {Case} one @param {Line | undefined} previous @param {string} mark */
function quoted(one, previous, mark) {
  if (!previous) return "";
  const by = sender(one, previous);
  const zh = /[\u3400-\u9fff]/.test(previous.text);
  const lead = zh ? `在 ${stamp(previous.at)}，${escape(by.name)} &lt;${by.email}&gt; 写道：` : `On ${stamp(previous.at)}, ${escape(by.name)} &lt;${by.email}&gt; wrote:`;
  return `<br><br>${lead}<br>${previous.text.split("\n").map((part) => mark + escape(part)).join("<br>")}`;
}

/** @param {Case | undefined} one */
function compose(one) {
  return page(one ? `Re: ${one.subject}` : "New message", `<font size="4"><b>${one ? "Reply" : "New message"}</b></font><form method="post" action="/compose${one ? `?thread=${one.number}` : ""}"><table><tr><td>To:</td><td><input name="to" size="60" value="${one ? escape(`${one.requester.name} <${one.requester.email}>`) : ""}"></td></tr><tr><td>Cc:</td><td><input name="cc" size="60"></td></tr><tr><td>Subject:</td><td><input name="subject" size="60" value="${one ? escape(`Re: ${one.subject}`) : ""}"></td></tr><tr><td colspan="2"><textarea name="body" rows="14" cols="80"></textarea></td></tr></table><input type="submit" value="Send"> <input type="button" value="Save draft"></form>`);
}

/** @param {Case[]} cases */
function addresses(cases) {
  return page("Addresses", `<font size="4"><b>Addresses</b></font><table border="1" cellpadding="3">${cases.map((one) => `<tr><td>${escape(one.requester.name)}</td><td>${escape(one.requester.email)}</td><td>${stamp(one.messages[0]?.at ?? 0)}</td></tr>`).join("")}</table>`);
}

function options() {
  return page("Options", `<font size="4"><b>Options</b></font><form><table><tr><td>Full name</td><td><input name="name" value="${AGENT.name}"></td></tr><tr><td>Signature</td><td><textarea name="signature" rows="4" cols="50">Anna Agent\nCustomer care</textarea></td></tr></table><input type="submit" value="Save options"></form>`);
}

/** @param {number} at */
const stamp = (at) => new Date(at).toUTCString().replace("GMT", "+0000");

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) console.log((await start(process.argv[2] ?? join(here, "../../seed/conversations.json"))).url);
