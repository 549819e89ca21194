// @ts-check
/** Small pages with what real programs were misread for: whose a name is, and where a message's words stand. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openWorld } from "./world.js";

/** @type {Awaited<ReturnType<typeof openWorld>>} */
let world;
before(async () => {
  world = await openWorld(900);
});
after(() => world.close());

const STYLE = "body{margin:0;font:14px sans-serif}.app{display:grid;grid-template-columns:320px 1fr;height:860px}.m{max-width:480px;padding:8px;margin:8px;border-radius:10px;background:#eee}.own{margin-left:auto;background:#cdf}textarea{width:600px;height:80px}";
const PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAMLCwgAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==";
const BOX = `<form onsubmit="return false"><textarea placeholder="Write a message…"></textarea><button>Send</button></form>`;
const ASKS = "My tablet came today and the screen is cracked.", ANSWERS = "I am sorry about that. Could you send a photo of it?", SENDS = "Here it is, the label says 7-B-00193.", PASSES = "I have booked a replacement for you, it leaves our warehouse tomorrow.";
/** @param {string} inner @param {string} [title] */
const page = (inner, title = "Desk") => `<!doctype html><html lang="en"><title>${title}</title><style>${STYLE}</style>${inner}</html>`;
/** @param {string} who @param {string} text @param {string} [time] */
const row = (who, text, time = "09:12") => `<article class="m"><b>${who}</b> <time>${time}</time><p>${text}</p></article>`;
/** @param {string} who @param {string} text @param {number} [own] */
const bubble = (who, text, own) => `<article class="m ${own ? "own" : ""}">${own ? "" : `<div><b>${who}</b></div>`}<p>${text}</p><time>10:1${text.length % 10}</time></article>`;

/** @type {{ name: string, html: string, requester: string | null, roles: string[], texts?: string[] }[]} */
const cases = [
  {
    name: "a pane's head names the customer, not who is signed in",
    html: page(`<header><b>Northdesk</b><a href="/inbox">Inbox</a></header><div class="app"><aside><button>Priya Raman <time>11:58</time> That worked.</button><button>Marta Kowalska <time>10:18</time> Here it is</button></aside><section><header><div><b>Marta Kowalska</b></div><div>web</div></header><div>${bubble("Marta Kowalska", ASKS)}${bubble("", ANSWERS, 1)}${bubble("Marta Kowalska", SENDS)}</div>${BOX}</section></div>`, "Inbox · Northdesk"),
    requester: "Marta Kowalska", roles: ["customer", "agent", "customer"],
  },
  {
    name: "a name in the page's corner is who is signed in; a form of nothing but a button is a way to answer",
    html: page(`<div style="float:right;padding:8px 16px"><a href="/login">jonas</a></div><h1>Cracked screen</h1><div>${[["callum.fraser", ASKS], ["jonas", ANSWERS], ["callum.fraser", SENDS]].map(([who, text], at) => `<div id="f${at}"><h3>(${at + 1}) By <a href="/u/${who}">${who}</a> on 2026-11-2${at + 5} 14:48:00</h3><div><pre>${text}</pre></div><form action="/edit" method="post"><input type="submit" name="reply" value="Reply"> <input type="submit" value="Edit"></form></div>`).join("")}</div>`, "Ticket 5f76"),
    requester: "callum.fraser", roles: ["customer", "agent", "customer"],
  },
  {
    name: "\"Requester: …\" at the top right names the customer; a row's \"by …:\" is no word of theirs",
    html: page(`<div style="text-align:right">Ticket #5 · Requester: Callum Fraser</div><h3>Cracked screen</h3><div class="h">${[["Callum Fraser", ASKS], ["Jonas Weber", ANSWERS], ["Callum Fraser", SENDS]].map(([who, text], at) => `<p><a href="#" title="2026-11-2${at + 5} 14:48">${3 - at} days ago</a> by <b>${who}</b> : ${text}</p>`).join("")}</div>${BOX.replace("Write a message…", "Reply to customer")}`),
    requester: "Callum Fraser", roles: ["customer", "agent", "customer"], texts: [ASKS, ANSWERS, SENDS],
  },
  {
    name: "bodies in frames among bodies in the page",
    html: page(`<p>Customer: <b>Marta Kowalska</b></p>${[["Marta Kowalska", ASKS], ["jonas", ANSWERS], ["Marta Kowalska", SENDS]].map(([who, text], at) => `<div class="panel"><div class="head"><h3>2${at + 5}.11.2026 08:12, ${who}</h3></div><div class="inner">${at === 1 ? `<p>${text}</p>` : `<iframe width="100%" height="80" srcdoc="<p>${text}</p>"></iframe>`}</div></div>`).join("")}${BOX}`),
    requester: "Marta Kowalska", roles: ["customer", "agent", "customer"], texts: [ASKS, ANSWERS, SENDS],
  },
  {
    name: "\"李伟：…\" in one text",
    html: page(`<div>当前用户：<b>客服小王</b></div><ul>${["李伟：我被重复扣款了两次，请尽快退款。", "客服小王：您好，我看到两笔相同的付款，已提交退款。", "李伟：要等多久？", "客服小王：三到五个工作日。"].map((line) => `<li>${line}</li>`).join("")}</ul><form onsubmit="return false"><textarea placeholder="请输入消息"></textarea><button>发送</button></form>`),
    requester: "李伟", roles: ["customer", "agent", "customer", "agent"], texts: ["我被重复扣款了两次，请尽快退款。", "您好，我看到两笔相同的付款，已提交退款。", "要等多久？", "三到五个工作日。"],
  },
  {
    name: "a department asks",
    html: page(`<div>Signed in as <b>Anna Agent</b></div><dl><dt>Requester</dt><dd>Department of Health and Social Care, Customer Complaints North West</dd><dt>Status</dt><dd>Open</dd></dl><div>${[["Department of Health and Social Care, Customer Complaints North West", ASKS], ["Anna Agent", ANSWERS]].map(([who = "", text = ""]) => row(who, text)).join("")}</div>${BOX}`),
    requester: "Department of Health and Social Care, Customer Complaints North West", roles: ["customer", "agent"],
  },
  {
    name: "all who take part stand in the heading",
    html: page(`<div>Signed in as <b>Jonas Weber</b></div><h3>Mei Ling, Siyu Chen</h3><div>${row("Siyu Chen", ASKS)}${row("Mei Ling", ANSWERS)}${row("Siyu Chen", SENDS)}</div>${BOX}`),
    requester: null, roles: [],
  },
  {
    name: "what opened the ticket stands in a box over the answers; prepared answers stand beside them",
    html: page(`<div>Signed in as <b>Anna Agent</b></div><div style="display:flex"><main style="width:900px"><h1>Cracked screen #77</h1><dl><dt>Requester</dt><dd>Marta Kowalska</dd><dt>Status</dt><dd>Open</dd></dl><div class="opening">${row("Marta Kowalska", ASKS, "09:01")}</div><div class="list">${row("Anna Agent", ANSWERS, "09:20")}${row("Marta Kowalska", SENDS, "09:40")}</div>${BOX}</main><div style="width:300px"><h3>Canned responses</h3>${["Could you send the order number and the address the parcel was to go to?", "Your refund is on its way, it takes three to five working days."].map((text) => `<div class="m"><b>Standard</b><p>${text}</p><button>Insert</button></div>`).join("")}</div></div>`),
    requester: "Marta Kowalska", roles: ["customer", "agent", "customer"], texts: [ASKS, ANSWERS, SENDS],
  },
  {
    name: "the customer's name stands in the page's bar, own bubbles have no name",
    html: page(`<div style="height:44px;text-align:center;position:fixed;top:0;width:100%"><b>Marta Kowalska</b></div><div style="padding-top:50px">${bubble("Marta Kowalska", ASKS)}${bubble("", ANSWERS, 1)}${bubble("Marta Kowalska", SENDS)}</div>${BOX}`),
    requester: "Marta Kowalska", roles: ["customer", "agent", "customer"],
  },
  {
    name: "the face of who read it stands beside an answer",
    html: page(`<h2>Marta Kowalska</h2><ul style="list-style:none">${[["Marta Kowalska", ASKS], ["", ANSWERS], ["Marta Kowalska", SENDS], ["", ANSWERS.slice(22)]].map(([who, text], at) => `<li><div class="m ${who ? "" : "own"}"><p>${text}</p><div>${who ? `<span>${who}</span> ` : `<span class="seen"><i role="button" title="Marta Kowalska"><img alt="M" width="15" height="15" src="data:image/gif;base64,R0lGODlhAQABAAAAACw="></i></span> `}<time>10:1${at}</time></div></div></li>`).join("")}</ul>${BOX}`),
    requester: "Marta Kowalska", roles: ["customer", "agent", "customer", "agent"],
  },
  {
    name: "two colleagues on the right, one customer on the left",
    html: page(`<div>${[["Marta Kowalska", ASKS], ["Jonas Weber", ANSWERS], ["Marta Kowalska", SENDS], ["Anna Agent", "I have it, a new one leaves today."]].map(([who = "", text = ""], at) => `<article class="m ${at % 2 ? "own" : ""}"><div><b>${who}</b></div><p>${text}</p><time>10:1${at}</time></article>`).join("")}</div>${BOX}`),
    requester: "Marta Kowalska", roles: ["customer", "agent", "customer", "agent"],
  },
  {
    name: "bubbles that follow each other under nameless wrappers, the name over the first alone",
    html: page(`<h2>Marta Kowalska</h2><div>${[["Marta Kowalska", ["Hi", ASKS]], ["Jonas Weber", [ANSWERS]], ["Marta Kowalska", [SENDS]], ["Jonas Weber", ["Thank you, a new one is on its way."]], ["Marta Kowalska", ["Really?", "That was quick."]]].map(([who, texts], at) => `<div class="group">${`<img width="30" height="30" alt="" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">`}<div class="texts">${/** @type {string[]} */ (texts).map((text, nth) => `<div><div class="line${at % 2 ? " mine" : ""}"><div>${nth === 0 ? `<div class="who"><span class="name">${who}</span> <span class="at">10:1${at}</span></div>` : ""}</div><div class="say">${text}</div></div></div>`).join("")}</div></div>`).join("")}</div>${BOX}`),
    requester: "Marta Kowalska", roles: ["customer", "customer", "agent", "customer", "agent", "customer", "customer"], texts: ["Hi", ASKS, ANSWERS, SENDS, "Thank you, a new one is on its way.", "Really?", "That was quick."],
  },
  {
    name: "sender » addressee, one of them \"<me>\"",
    html: page(`<div>${[["Marta Kowalska", "&lt;me&gt;", ASKS], ["&lt;me&gt;", "Marta Kowalska", ANSWERS], ["Marta Kowalska", "&lt;me&gt;", SENDS]].map(([from, to, text], at) => `<div class="mail"><div class="head"><span class="from">${from}</span> &raquo; <span class="to">${to}</span> | <span class="date">Nov. 5, 2026, 9:1${at} a.m.</span> | <span class="subject">${at ? "Re: " : ""}Cracked screen</span></div><div class="said">${text}</div></div>`).join("")}</div>${BOX}`),
    requester: "Marta Kowalska", roles: ["customer", "agent", "customer"], texts: [ASKS, ANSWERS, SENDS],
  },
  {
    name: "a list of who takes part stands in the corner, \"(you)\" behind one of them",
    html: page(`<div style="display:grid;grid-template-columns:1fr 260px"><section><h3>My screen is cracked.</h3><div>${bubble("Marta Kowalska", ASKS)}${bubble("", ANSWERS, 1)}${bubble("Jonas Weber", "Marta, the photo may be a small one.")}${bubble("Marta Kowalska", SENDS)}${bubble("", "Thank you.", 1)}</div>${BOX}</section><div><div><span>Anna Agent</span><span>(you)</span></div><div><span>Marta Kowalska</span></div><div><span>Jonas Weber</span></div></div></div>`),
    requester: "Marta Kowalska", roles: ["customer", "agent", "agent", "customer", "agent"],
  },
  {
    name: "what happened stands in a row like the others; \"sent\" where the others' words stand is an answer",
    html: page(`<h2>Marta Kowalska</h2><div>${[["Marta Kowalska", ASKS], ["Jonas Weber", ANSWERS], ["", "Jonas Weber changed the priority from normal to high"], ["Marta Kowalska", "sent"], ["Jonas Weber", "Thank you, I can see the crack."]].map(([who, text], at) => `<div class="row">${who ? `<div class="bubble m${at === 1 || at === 4 ? " own" : ""}"><div class="title"><span>${who}</span></div><div class="text ${at === 1 || at === 4 ? "right" : "left"}">${text}</div></div>` : `<div class="event"><div class="words">${text}</div></div>`}</div>`).join("")}</div>${BOX}`),
    requester: "Marta Kowalska", roles: ["customer", "agent", "customer", "agent"], texts: [ASKS, ANSWERS, "sent", "Thank you, I can see the crack."],
  },
  {
    name: "the page's bar is a row beside the messages",
    html: page(`<div class="bar menu"><a href="#">Northdesk</a><div>Anna Agent</div></div><div class="page"><h2>Cracked screen #77</h2><p>Customer: <b>Marta Kowalska</b></p>${[["Marta Kowalska", ASKS], ["Anna Agent", ANSWERS], ["Marta Kowalska", SENDS]].map(([who, text], at) => `<div class="entry"><a href="#">${who}</a> <time>10:1${at}</time><div class="said"><p>${text}</p></div></div>`).join("")}${BOX}</div>`),
    requester: "Marta Kowalska", roles: ["customer", "agent", "customer"], texts: [ASKS, ANSWERS, SENDS],
  },
  {
    name: "one message: what it says in bold or as code is nobody's name, a portrait's is",
    html: page(`<header><b>Northdesk</b></header><h1>Cannot save</h1><p>Requester: <b>Marta Kowalska</b></p><div class="m"><img alt="Marta Kowalska" width="32" height="32" src="${PIXEL}"><div><p><b>What it says:</b></p><ul><li><code>Error 0x80070057</code></li><li>Order 4711-22</li></ul><p>${ASKS}</p><div><time>09:12</time></div></div></div>${BOX}`),
    requester: "Marta Kowalska", roles: ["customer"], texts: [`What it says:\nError 0x80070057\nOrder 4711-22\n${ASKS}`],
  },
  {
    name: "one message that a form of the firm's site sent: its labels and values are what was said",
    html: page(`<div>Signed in as <b>Anna Agent</b></div><h1>Contact form #7</h1><p>Requester: <b>Marta Kowalska</b></p><article class="m"><div><b>Marta Kowalska</b> <time>09:12</time></div><div class="said"><table>${[["Name", "Marta Kowalska"], ["E-mail", "marta@example.org"], ["Order number", "4711-22"]].map(([label, value]) => `<tr><td>${label}</td><td>${value}</td></tr>`).join("")}</table><p><b>Message:</b></p><p>Hello,</p><p>${ASKS}</p></div></article>${BOX}`),
    requester: "Marta Kowalska", roles: ["customer"], texts: [`Name\nMarta Kowalska\nE-mail\nmarta@example.org\nOrder number\n4711-22\nMessage:\n\nHello,\n\n${ASKS}`],
  },
  {
    name: "one message in parts with titles",
    html: page(`<div>当前用户：<b>刘洋</b></div><h1>#88 无法保存</h1><p>提交人：<b>孙悦</b></p><ul><li class="m"><div class="said"><h3>复现步骤</h3><ol><li>打开设置</li><li>点击保存</li></ol><h3>实际结果</h3><p>页面变成空白。</p><h3>环境</h3><p>Firefox 152</p></div><div>孙悦 · <time>09:12</time></div></li><li>以下为新消息</li></ul><form onsubmit="return false"><textarea placeholder="请输入回复内容"></textarea><button>发送</button></form>`),
    requester: "孙悦", roles: ["customer"], texts: ["复现步骤\n打开设置\n点击保存\n实际结果\n页面变成空白。\n\n环境\nFirefox 152"],
  },
  {
    name: "one message by somebody who is not signed in",
    html: page(`<header><b>Northdesk</b> <button aria-haspopup="true" style="float:right">Anna Agent ▾</button></header><h1>Cracked screen #7</h1><dl><dt>Status</dt><dd>New</dd><dt>Priority</dt><dd>High</dd></dl>${row("Marta Kowalska", ASKS)}${BOX}`),
    requester: "Marta Kowalska", roles: ["customer"], texts: [ASKS],
  },
  {
    name: "a menu of the page in the corner is nobody: one message may be a colleague's",
    html: page(`<header><b>Northdesk</b> <button aria-haspopup="true" style="float:right">Reports ▾</button></header><h1>Cracked screen #7</h1><dl><dt>Status</dt><dd>New</dd><dt>Priority</dt><dd>High</dd></dl><div class="entry"><b>Mei Ling</b> <time>09:12</time><p>${PASSES}</p></div>${BOX}`),
    requester: null, roles: [],
  },
  {
    name: "one message whose writer stands under it, with a word for who it is",
    html: page(`<div>Signed in as <b>Anna Agent</b></div><h1>Cracked screen #7</h1><article class="m"><p>${ASKS}</p><div>Marta Kowalska <span>Client</span> · <time>09:12</time></div></article>${BOX}`),
    requester: "Marta Kowalska", roles: ["customer"], texts: [ASKS],
  },
  {
    name: "a card about the customer and a notice in boxes over the one message",
    html: page(`<div>当前用户：<b>刘洋</b></div><h1>#88 屏幕碎了</h1><div class="m"><h3>访客资料</h3><b>孙悦</b><div>sunyue@example.org</div></div><div class="m">该工单等待你的小组处理，领取后即可回复。<button>领取</button></div><p><a href="reply">回复</a></p><div><div><div><b>由 孙悦 回复</b> <span>2026-11-25 09:12</span></div><p>平板今天到的，屏幕是碎的，怎么处理？</p></div></div>`),
    requester: "孙悦", roles: ["customer"], texts: ["平板今天到的，屏幕是碎的，怎么处理？"],
  },
  {
    name: "logins in Pinyin are those of Chinese names",
    html: page(`<div>当前用户：<b>欧阳静</b></div><table><tr><th>提交人</th><td>陈思远</td></tr><tr><th>状态</th><td>处理中</td></tr></table>${[["siyuan.chen", "平板今天到的，屏幕是碎的，怎么处理？"], ["ouyangj", "很抱歉，能拍张照片吗？"], ["siyuan.chen", "照片在这里，编号 7-B-00193。"]].map(([who = "", text = ""]) => row(who, text)).join("")}<form onsubmit="return false"><textarea placeholder="请输入回复内容"></textarea><button>发送</button></form>`),
    requester: "陈思远", roles: ["customer", "agent", "customer"],
  },
  {
    name: "who writes notes is of the desk",
    html: page(`<p>Customer: <b>Marta Kowalska</b></p>${row("Marta Kowalska", ASKS)}${row("Jonas Weber</b> <i>Internal note</i><b>", "The carrier says it was lost in Leipzig.", "09:20")}${row("Jonas Weber", ANSWERS, "09:24")}${row("Priya Raman", SENDS, "09:31")}${BOX}`),
    requester: "Marta Kowalska", roles: ["customer", "note", "agent", "unknown"],
  },
];

for (const { name, html, requester, roles, texts } of cases) {
  test(name, async () => {
    const { reading, reasons } = await (await world.show(html, "http://desk.test/tickets/7")).read();
    if (requester === null) {
      // Whoever it is, no colleague is taken for the customer.
      for (const message of reading?.messages ?? []) assert.notEqual(`${message.author_name} ${message.author}`, "Mei Ling customer");
      return;
    }
    assert.ok(reading, reasons.join("; "));
    assert.equal(reading.conversation.requester.name, requester);
    assert.deepEqual(reading.messages.map((/** @type {any} */ { author }) => author), roles);
    if (texts) assert.deepEqual(reading.messages.map((/** @type {any} */ { text }) => text), texts);
  });
}
