// @ts-check
/**
 * Helpdesk pages drawn at random: each choice of markup (who is signed in, where the requester stands, how rows, times, badges, composers look) is made apart from
 * the others, so that combinations appear which nobody thought of. What a page shows nowhere is not in its truth.
 */
import { readFileSync } from "node:fs";
import { agoEn, agoZh, clock, date, dateZh, esc } from "./fixtures/conversations.js";

/**
 * @typedef {{ role: "customer" | "agent" | "note", text: string, by: number, ago: number }} Line `by`: which of the agents; `ago`: minutes
 * @typedef {Record<string, string>} Choices
 * @typedef {{ html: string, url: string, choices: Choices, notes: boolean, truth: { key: string, subject: string, requester: { name: string, email: string }, messages: { text: string, role: string }[] } }} DrawnPage
 */

const OPTIONS = /** @type {const} */ ({
  lang: ["en", "zh"],
  said: ["short", "long", "dialogue", "one"],
  account: ["text", "logout", "face", "menu", "initials", "none"],
  left: ["none", "nav", "chats", "tickets"],
  title: ["numbered", "h1", "h2", "div", "crumbs", "name"],
  requester: ["none", "dl", "table", "inline", "spans", "field", "panel", "phrase", "mailto"],
  fields: ["none", "few", "many"],
  around: ["div", "ul", "ol", "section", "table"],
  classes: ["plain", "hashed", "utility"],
  row: ["card", "bubble", "flat", "media", "columns", "below", "grouped", "loose", "terms", "lines", "portrait", "mail", "framed"],
  lead: ["bare", "bare", "bare", "wrote", "by", "self"],
  deep: ["no", "yes", "shadow"],
  time: ["tag", "ago", "clock", "full", "short", "daylines"],
  badge: ["none", "both", "staff", "asker"],
  names: ["full", "login", "address"],
  called: ["alike", "fully"],
  events: ["none", "some"],
  foot: ["none", "acts", "seen"],
  quoted: ["no", "yes"],
  order: ["oldest", "newest"],
  composer: ["textarea", "editable", "tabs", "radio", "behind", "link"],
  right: ["none", "macros", "others", "profile", "canned", "activity", "past"],
  opening: ["among", "among", "apart", "described"],
  rich: ["no", "points", "form", "steps", "pasted"],
  parts: ["none", "files", "icons", "buttons", "reactions"],
  edges: ["none", "older", "unread", "typing", "notice"],
  own: ["named", "named", "nameless", "seen"],
});
const WORDS = {
  en: { signed: "Signed in as", leave: "Log out", requester: ["Requester", "Customer", "Requested by", "Contact", "Submitted by"], panel: ["Customer", "Contact details", "Requester"], status: ["Status", "Open"], fields: [["Priority", "High"], ["Group", "Second level"], ["Type", "Incident"], ["Created", "Nov 12, 2026"], ["Due", "Tomorrow"], ["Tags", "vip, eu"]], owner: ["Assignee", "Assigned to", "Owner"], customer: ["Customer", "Client", "Requester"], agent: ["Agent", "Staff", "Support"], note: ["Internal note", "Private note", "Internal"], reply: "Reply", send: ["Send", "Submit", "Send reply"], noteTab: "Note", opened: (/** @type {string} */ who) => `${who} opened this ticket 3 days ago`, event: (/** @type {string} */ who) => [`${who} changed status from New to Open`, `Assigned to ${who}`, "Ticket was reopened", "Priority set to high"], acts: ["Quote", "Edit", "Link"], seen: "Seen", nav: ["Dashboard", "Tickets", "Customers", "Reports", "Settings"], macros: ["Macros", "Ask for order number", "Refund started", "Closing"], others: ["Other tickets", "#88 Invoice missing", "#71 Wrong size"], ticket: "Ticket", described: "Description", older: "Load older messages", unread: "New messages", typing: (/** @type {string} */ who) => `${who} is typing…`, notice: "This ticket is waiting for your team. Take it to answer.", activity: (/** @type {string} */ who) => [`${who} viewed the ticket`, `${who} set priority to High`, "Ticket created by web form"], past: "Previous conversations", typeHere: ["Write a reply…", "Type your message", "Reply to customer", ""], ago: agoEn },
  zh: { signed: "当前用户：", leave: "退出登录", requester: ["客户", "提交人", "申请人", "联系人", "发起人"], panel: ["客户信息", "联系人", "访客资料"], status: ["状态", "处理中"], fields: [["优先级", "高"], ["分组", "二线"], ["类型", "售后"], ["创建时间", "2026-11-12 09:20"], ["截止时间", "明天"], ["标签", "会员"]], owner: ["处理人", "负责人", "受理客服"], customer: ["客户", "用户", "买家"], agent: ["客服", "坐席", "官方"], note: ["内部备注", "内部", "仅内部可见"], reply: "回复", send: ["发送", "提交", "提交回复"], noteTab: "备注", opened: (/** @type {string} */ who) => `${who} 于 3天前 提交了该工单`, event: (/** @type {string} */ who) => [`${who} 将状态由 新建 改为 处理中`, `已分配给 ${who}`, "工单已重新打开", "优先级已修改为 高"], acts: ["引用", "编辑", "链接"], seen: "已读", nav: ["首页", "工单", "客户", "报表", "设置"], macros: ["快捷回复", "请提供订单号", "退款已受理", "结束语"], others: ["历史工单", "#88 发票没收到", "#71 尺码不对"], ticket: "工单", described: "问题描述", older: "查看更早的消息", unread: "以下为新消息", typing: (/** @type {string} */ who) => `${who} 正在输入…`, notice: "该工单等待你的小组处理，领取后即可回复。", activity: (/** @type {string} */ who) => [`${who} 查看了工单`, `${who} 将优先级设为 高`, "工单由网页表单创建"], past: "历史会话", typeHere: ["请输入回复内容", "输入消息", "回复客户", ""], ago: agoZh },
};
const PEOPLE = {
  en: [["Marta Kowalska", "mkowalska"], ["Li Wei", "liwei88"], ["Dana Whitfield", "dwhit"], ["Omar Haddad", "omar.h"], ["Sofia Lindqvist", "sofia_l"], ["Jean-Luc Moreau", "jlmoreau"], ["Priya Raman", "praman"], ["Tom O'Neill", "toneill"]],
  zh: [["王小明", "xiaoming"], ["陈思远", "siyuan.chen"], ["李娜", "lina_0912"], ["欧阳静", "ouyangj"], ["赵磊", "zhaolei"], ["周雨桐", "yutong"], ["刘洋", "liuyang77"], ["孙悦", "sunyue"]],
};
const SUBJECTS = { en: ["Parcel never arrived", "Charged twice for November", "Cannot log in since the update", "Wrong size delivered"], zh: ["快递一直没到", "重复扣款怎么处理", "更新后无法登录", "收到的尺码不对"] };
const LONG = {
  en: ["Hello,\n\nMy parcel should have been here on Friday. The tracking page still says \"in transit\".\n\nCan you look into it? I need it for a birthday.\n\nThanks", "Hi, thanks for writing. I have asked the carrier and will come back to you before noon tomorrow.", "I waited the whole day and nobody called. This is the third time. What are you going to do about it?", "I am sorry about that. We can do one of these:\n- send a new one today\n- give the money back\nWhich one would you like?", "A new one please, but only if it comes before Saturday!", "Done. It leaves our house today, the tracking number follows by mail."],
  zh: ["你好，\n\n我上周五下的单，物流一直停在中转站没有更新。\n\n麻烦帮我查一下，孩子生日要用。谢谢", "您好，已经联系承运商核实，明天中午前给您答复。", "等了一整天都没人联系我，这已经是第三次了，你们到底怎么处理？", "非常抱歉。我们可以：\n1. 今天重新发一件\n2. 全额退款\n您看哪种方便？", "重新发吧，但是一定要周六之前到！", "已经安排好了，今天发出，单号稍后发您。"],
};
const CANNED = {
  en: ["Hi there, thanks for reaching out. Could you send me the order number and the address the parcel was to go to? I will look into it right away.", "Your refund is on its way. Depending on your bank it takes three to five working days until you see it on your statement.", "I have not heard from you for a while, so I am closing this request. Just answer this mail to open it again."],
  zh: ["您好，感谢您的联系。麻烦提供一下订单号和收货地址，我这边马上为您核实处理。", "您的退款已经受理，视银行不同，一般三到五个工作日内到账，请您留意。", "由于较长时间没有收到您的回复，本次服务先为您关闭，如有需要随时回复本邮件。"],
};
/** @type {Record<string, string>} */
const FILES = { en: "order.pdf", zh: "订单截图.pdf" };
/**
 * What stands before the words of a first message: points somebody pastes, a form of the firm's site, how to reproduce a fault, a log and an order.
 * @typedef {{ kind: "bold" | "heading" | "line" | "code" | "pairs" | "points" | "steps" | "rows", lines: string[] }} Block
 * @type {Record<string, Record<string, (who: { name: string, email: string }) => Block[]>>}
 */
const RICH = {
  en: {
    points: () => [{ kind: "bold", lines: ["What it says:"] }, { kind: "points", lines: ["Error 0x80070057 when I save", "Order 4711-22", "Happens since Tuesday"] }, { kind: "line", lines: ["See https://status.example.com/incidents/88 as well."] }],
    form: ({ name, email }) => [{ kind: "pairs", lines: [`Name: ${name}`, `E-mail: ${email}`, "Phone: +49 30 1234567", "Order number: 4711-22"] }, { kind: "bold", lines: ["Message:"] }],
    steps: () => [{ kind: "heading", lines: ["Steps to reproduce"] }, { kind: "steps", lines: ["Open the settings", "Choose Billing", "Press Save"] }, { kind: "heading", lines: ["What happens"] }, { kind: "line", lines: ["The page turns white and nothing is saved."] }, { kind: "heading", lines: ["Environment"] }, { kind: "line", lines: ["Firefox 152, Windows 11"] }],
    pasted: () => [{ kind: "line", lines: ["This is what I see:"] }, { kind: "code", lines: ["2026-11-20 08:12:44 ERROR PaymentService timeout", "  at Checkout.pay(Checkout.java:88)"] }, { kind: "rows", lines: ["Item|Quantity|Price", "Lamp Oslo|1|49.00", "Bulb E27|2|7.90"] }],
  },
  zh: {
    points: () => [{ kind: "bold", lines: ["提示内容如下："] }, { kind: "points", lines: ["保存时报错 0x80070057", "订单号 4711-22", "从周二开始出现"] }, { kind: "line", lines: ["另见 https://status.example.com/incidents/88"] }],
    form: ({ name, email }) => [{ kind: "pairs", lines: [`姓名：${name}`, `邮箱：${email}`, "电话：13800001234", "订单号：4711-22"] }, { kind: "bold", lines: ["留言内容："] }],
    steps: () => [{ kind: "heading", lines: ["复现步骤"] }, { kind: "steps", lines: ["打开设置", "选择账单", "点击保存"] }, { kind: "heading", lines: ["实际结果"] }, { kind: "line", lines: ["页面变成空白，什么都没有保存。"] }, { kind: "heading", lines: ["环境"] }, { kind: "line", lines: ["Firefox 152，Windows 11"] }],
    pasted: () => [{ kind: "line", lines: ["我看到的是这样："] }, { kind: "code", lines: ["2026-11-20 08:12:44 ERROR PaymentService timeout", "  at Checkout.pay(Checkout.java:88)"] }, { kind: "rows", lines: ["商品|数量|价格", "台灯 奥斯陆|1|49.00", "灯泡 E27|2|7.90"] }],
  },
};
const NOTE = { en: "Carrier says: lost in Leipzig, third one this week.", zh: "承运商说在中转站丢件了，本周第三次。" };
const dialogues = readFileSync(new URL("../../models/corpus/dialogues.dev.jsonl", import.meta.url), "utf8").split("\n").filter((line) => line !== "").map((line) => JSON.parse(line));

/** The same page for the same seed (mulberry32). @param {number} seed @param {Partial<Choices>} [fixed] @returns {DrawnPage} */
export function drawPage(seed, fixed = {}) {
  let state = (seed * 0x9e3779b9) >>> 0;
  const chance = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  /** @template T @param {readonly T[]} from @returns {T} */
  const pick = (from) => /** @type {T} */ (from[Math.floor(chance() * from.length)]);
  /** @type {Choices} */
  const choices = {};
  for (const [name, from] of Object.entries(OPTIONS)) {
    const drawn = pick(from);
    choices[name] = fixed[name] ?? drawn;
  }
  if (fixed.told === "no") Object.assign(choices, UNTOLD);
  settleChoices(choices);
  const lang = /** @type {"en" | "zh"} */ (choices.lang), words = WORDS[lang];
  const people = [...PEOPLE[lang]].sort(() => chance() - 0.5).map(([name = "", login = ""]) => ({ name, login, email: `${login}@${["example.org", "example.net"][Math.floor(chance() * 2)]}` }));
  const [customer, ...desk] = /** @type {[typeof people[0], ...typeof people]} */ (people);
  const agents = desk.slice(0, 2).map((agent) => ({ ...agent, email: `${agent.login}@acme-care.example` }));
  const me = /** @type {typeof people[0]} */ (agents[0]);
  const subject = pick(SUBJECTS[lang]);
  const blocks = RICH[lang]?.[choices.rich ?? "no"]?.(customer) ?? [];
  const lines = drawLines(choices, lang, chance, blocks);
  const number = 100 + Math.floor(chance() * 9000);
  const shown = choices.order === "newest" ? [...lines].reverse() : lines;
  const made = new Map();
  /** A class as this page's author would write it. @param {string} role */
  const cls = (role) => {
    if (choices.classes === "plain") return ` class="${role}"`;
    if (choices.classes === "utility") return ` class="${{ row: "flex gap-2 p-3 mb-2", body: "text-sm leading-6", head: "flex items-center gap-2 text-xs", list: "space-y-2 overflow-auto" }[role] ?? "p-1"}"`;
    if (!made.has(role)) made.set(role, `css-${Math.floor(chance() * 1e8).toString(36)}`);
    return ` class="${made.get(role)}"`;
  };
  // Programs that call people by their logins in threads mostly do so everywhere.
  const calledOf = (/** @type {typeof people[0]} */ person) => (choices.names === "login" && choices.called === "alike" ? person.login : person.name);
  const nameOf = (/** @type {typeof people[0]} */ person) => esc(choices.names === "login" ? person.login : choices.names === "address" ? `${person.name} <${person.email}>` : person.name);
  const context = { choices, words, pick, chance, cls, customer, agents, me, nameOf, calledOf, subject, number, blocks };
  const page = [bar(context), `<div class="page">${leftOf(context)}<main>${titleOf(context)}${requesterOf(context)}${choices.edges === "notice" ? `<div class="box note">${words.notice} <button>${choices.lang === "zh" ? "领取" : "Take it"}</button></div>` : ""}${choices.order === "newest" ? composerOf(context) : ""}${threadOf(context, shown)}${choices.order === "oldest" ? composerOf(context) : ""}</main>${rightOf(context)}</div>`];
  const html = `<!doctype html><html lang="${lang}"><head><title>${choices.title === "name" ? esc(customer.name) : `${esc(subject)} - Acme Desk`}</title><style>${STYLE}</style></head><body>${page.join("\n")}</body></html>`;
  const shownName = choices.title === "name" || choices.right === "profile" || choices.left === "chats" ? customer.name : /^(?:none|mailto)$/.test(choices.requester ?? "") ? (choices.names === "login" ? customer.login : customer.name) : calledOf(customer);
  return { html, url: `http://desk.test/${pick(["tickets/", "agent/case?id=", "conversations/", "desk/"])}${number}`, choices, notes: lines.some(({ role }) => role === "note"), truth: { key: String(seed), subject, requester: { name: shownName, email: customer.email }, messages: lines.map(({ role, text }, at) => ({ role, text: at === 0 && choices.parts === "files" ? `${text}\n[file: photo-1.jpg]\n[file: ${FILES[lang]}]` : text })) } };
}

/** Asked for with `told=no`: nothing but whom the ticket is assigned to, if anybody, and what they write says who of the writers is the desk. */
const UNTOLD = { told: "no", account: "none", requester: "none", badge: "none", left: "nav", right: "macros", title: "numbered", fields: "few", lead: "bare", own: "named" };

/** What cannot stand together, and what says who is who somewhere. @param {Choices} choices */
function settleChoices(choices) {
  if (choices.row === "bubble") Object.assign(choices, { order: "oldest", around: choices.around === "table" ? "div" : choices.around, quoted: "no" });
  if (choices.row === "columns") choices.around = "table";
  else if (choices.around === "table" && choices.row !== "card") choices.around = "div";
  if (/^(?:flat|loose|lines)$/.test(choices.row ?? "") && choices.around !== "section") choices.around = "div";
  if (choices.row === "terms") Object.assign(choices, { around: "dl", events: "none" });
  if (choices.row === "lines") Object.assign(choices, { quoted: "no", badge: "none", lead: "bare", time: /^(?:tag|ago|daylines)$/.test(choices.time ?? "") ? "clock" : choices.time });
  if (/^(?:mail|framed)$/.test(choices.row ?? "")) Object.assign(choices, { names: "address", lead: "bare", time: "full", around: choices.around === "table" ? "div" : choices.around });
  if (choices.row === "portrait") Object.assign(choices, { lead: "bare", names: "full" });
  if (choices.said === "one" || choices.order === "newest" || /^(?:bubble|lines|mail|grouped)$/.test(choices.row ?? "")) choices.opening = "among";
  if (/^(?:lines|terms|loose|flat)$/.test(choices.row ?? "")) Object.assign(choices, { parts: "none", rich: "no" });
  // What is attached to a description stands in as many places as there are programs.
  if (choices.opening === "described" && choices.parts === "files") choices.parts = "none";
  if (choices.order === "newest" && choices.edges !== "notice") choices.edges = "none";
  if (choices.row !== "bubble" && choices.edges === "typing") choices.edges = "older";
  if (choices.lead === "self") choices.account = choices.account === "none" ? "text" : choices.account;
  if (choices.said === "one" && choices.row === "bubble") choices.said = "short";
  if (choices.time === "daylines" && (choices.order === "newest" || choices.row === "columns" || choices.around === "table")) choices.time = "full";
  const told = choices.badge === "both" || choices.badge === "staff" || choices.account === "text" || choices.account === "logout" || (choices.requester !== "none" && choices.requester !== "mailto");
  if (!told && choices.told !== "no") choices.account = "text";
}

/** @param {Choices} choices @param {"en" | "zh"} lang @param {() => number} chance @param {Block[]} blocks before the first words @returns {Line[]} */
function drawLines(choices, lang, chance, blocks) {
  const spoken = /** @type {{ role: Line["role"], text: string }[]} */ (choices.said === "dialogue" ? dialogues[Math.floor(chance() * dialogues.length)].turns.slice(0, 14).map((/** @type {any} */ turn) => ({ role: turn.author === "customer" ? "customer" : "agent", text: turn[lang] })) : LONG[lang].map((text, at) => ({ role: at % 2 === 0 ? "customer" : "agent", text })));
  const kept = choices.said === "one" ? spoken.slice(0, 1) : choices.said === "short" ? spoken.slice(0, 3) : spoken;
  if (choices.said === "long" && /^(?:tabs|radio)$/.test(choices.composer ?? "")) kept.splice(2, 0, { role: "note", text: NOTE[lang] });
  let ago = kept.length * 37 + Math.floor(chance() * 40) + 3;
  if (kept[0] && blocks.length > 0) kept[0] = { ...kept[0], text: `${blocks.flatMap((block) => block.lines).join("\n").replaceAll("|", " ")}\n\n${kept[0].text}` };
  return kept.map((line) => ({ ...line, by: line.role === "agent" && chance() < 0.25 ? 1 : 0, ago: (ago -= 20 + Math.floor(chance() * 17)) }));
}

const STYLE = `body{margin:0;font:14px/1.5 sans-serif;color:#222}.top{display:flex;gap:16px;align-items:center;background:#1f2a38;color:#fff;padding:8px 16px}.top a,.top button{color:#cde;background:none;border:0;font:inherit}.grow{flex:1}.page{display:flex;align-items:flex-start}main{flex:1;padding:16px;min-width:0}.left{width:240px;padding:12px;border-right:1px solid #ddd}.right{width:260px;padding:12px;border-left:1px solid #ddd}.nav a,.item{display:block;padding:6px 4px}.item.on{background:#e8f0fe}.ell{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}.face{width:32px;height:32px;border-radius:50%;flex:none}.letters{width:32px;height:32px;line-height:32px;border-radius:50%;background:#8aa;color:#fff;text-align:center;flex:none}ul,ol{list-style:none;padding:0;margin:0}.meta{color:#667;font-size:12px}.mine{justify-content:flex-end;display:flex;margin:8px 0}.theirs{justify-content:flex-start;display:flex;margin:8px 0}.bub{max-width:62%;padding:8px 12px;border-radius:12px;background:#eee}.mine .bub{background:#cfe4ff}.box{border:1px solid #ccd;border-radius:6px;margin:10px 0;padding:10px}.med{display:flex;gap:10px;margin:12px 0}.note{background:#fff7dc}.ev{color:#778;font-size:12px;padding:4px 0}.tag{background:#eef;border-radius:4px;padding:0 6px;font-size:12px}dl{display:grid;grid-template-columns:120px 1fr;margin:0}dd{margin:0}.kv{display:flex;gap:8px}.kv span:first-child{color:#667;width:110px}textarea,.ed{width:100%;min-height:90px;border:1px solid #bbc;box-sizing:border-box}td{vertical-align:top;padding:8px;border-bottom:1px solid #ddd}.day{text-align:center;color:#889;margin:10px 0}`;
const PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAMLCwgAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==";

/** @typedef {any} Context */

/** @param {Context} c */
function bar({ choices, words, me: signed, pick, calledOf }) {
  const me = { name: calledOf(signed) };
  const brand = `<b>Acme Desk</b>`, search = `<input placeholder="${choices.lang === "zh" ? "搜索" : "Search"}">`;
  const who = {
    text: `<span>${words.signed} ${pick(["", "<b>"])}${me.name}${"</b>"}</span> <a href="/logout">${words.leave}</a>`,
    logout: `<span>${me.name}</span> <a href="/logout">${words.leave}</a>`,
    face: `<img class="face" src="${PIXEL}" alt=""><span>${me.name}</span>`,
    menu: `<button aria-haspopup="true">${me.name} ▾</button>`,
    initials: `<span class="letters" title="${me.name}">${me.name.slice(0, 1)}</span>`,
    none: "",
  }[/** @type {"text"} */ (choices.account)];
  return `<${choices.classes === "plain" ? "header" : "div"} class="top">${brand}${search}<span class="grow"></span>${who}</${choices.classes === "plain" ? "header" : "div"}>`;
}

/** @param {Context} c */
function leftOf({ choices, words, customer }) {
  const others = PEOPLE[/** @type {"en"} */ (choices.lang)].map(([name]) => name).filter((name) => name !== customer.name).slice(0, 4);
  if (choices.left === "nav") return `<nav class="left nav">${words.nav.map((/** @type {string} */ entry) => `<a href="/${entry}">${entry}</a>`).join("")}</nav>`;
  if (choices.left === "chats") return `<div class="left">${[customer.name, ...others].map((name, at) => `<div class="item${at === 0 ? " on" : ""}"><div><b>${esc(name ?? "")}</b> <span class="meta">10:${12 + at}</span></div><div class="ell">${LONG[/** @type {"en"} */ (choices.lang)][at]?.slice(0, 60).replaceAll("\n", " ")}</div></div>`).join("")}</div>`;
  if (choices.left === "tickets") return `<div class="left">${SUBJECTS[/** @type {"en"} */ (choices.lang)].map((text, at) => `<a class="item" href="/tickets/${at}"><div class="ell">${text}</div><span class="meta">${others[at]} · ${words.ago(200 + 90 * at)}</span></a>`).join("")}</div>`;
  return "";
}

/** @param {Context} c */
function titleOf({ choices, words, subject, number, customer }) {
  return {
    numbered: `<h1>#${number} ${subject}</h1>`, h1: `<h1>${subject}</h1>`, h2: `<h2>${subject} <small>[#${number}]</small></h2>`,
    div: `<div style="font-size:20px;font-weight:600">${subject}</div>`,
    crumbs: `<ol class="breadcrumb meta"><li style="display:inline"><a href="/">${words.nav[1]}</a> › </li><li style="display:inline">${words.ticket} #${number}</li></ol><h1>${subject}</h1>`,
    name: `<div style="display:flex;gap:8px;align-items:center"><span class="letters">${customer.name.slice(0, 1)}</span><div><div style="font-size:16px;font-weight:600">${esc(customer.name)}</div><div class="meta">${choices.lang === "zh" ? "在线" : "Online"}</div></div></div>`,
  }[/** @type {"h1"} */ (choices.title)];
}

/** @param {Context} c */
function requesterOf({ choices, words, customer, pick, agents, calledOf }) {
  const label = pick(words.requester), name = esc(calledOf(customer)), rest = [words.status, ...(choices.fields === "none" ? [] : [[pick(words.owner), calledOf(agents[0])], ...words.fields.slice(0, choices.fields === "few" ? 2 : 6)])];
  const pairs = choices.fields === "none" && choices.requester !== "dl" && choices.requester !== "table" ? [] : rest;
  const dl = (/** @type {string[][]} */ all) => `<dl>${all.map(([key, value]) => `<dt>${key}</dt><dd>${value}</dd>`).join("")}</dl>`;
  const own = {
    none: "", mailto: `<div><a href="mailto:${customer.email}">${customer.email}</a></div>`,
    dl: "", table: "",
    inline: `<p>${label}${choices.lang === "zh" ? "：" : ": "}<b>${name}</b></p>`,
    spans: `<div class="kv"><span>${label}</span><span>${name}</span></div>`,
    field: `<p><label for="rq">${label}</label> <input id="rq" value="${name}"></p>`,
    panel: choices.right === "profile" ? "" : `<div class="box"><h3>${pick(words.panel)}</h3><img class="face" src="${PIXEL}" alt=""> <b>${name}</b><div>${customer.email}</div></div>`,
    phrase: `<div class="meta">${words.opened(name)}</div>`,
  }[/** @type {"none"} */ (choices.requester)];
  if (choices.requester === "dl") return dl([[label, name], ...pairs]);
  if (choices.requester === "table") return `<table>${[[label, name], ...pairs].map(([key, value]) => `<tr><th>${key}</th><td>${value}</td></tr>`).join("")}</table>`;
  return own + (pairs.length > 0 ? dl(pairs) : "");
}

/** @param {Context} c @param {Line[]} lines */
function threadOf(c, lines) {
  const { choices, words, cls, pick, customer, agents, me, nameOf, chance, blocks } = c;
  const list = choices.around, item = list === "ul" || list === "ol" ? "li" : list === "table" ? "tr" : choices.around === "section" ? "article" : "div";
  const labels = { customer: pick(words.customer), agent: pick(words.agent), note: pick(words.note) };
  const bodyKind = pick(["p", "br", "pre"]), edgeFace = pick(["img", "letters", "none"]), headTag = pick(["b", "strong", "a", "span", "h4"]);
  const oldest = choices.order === "newest" ? lines.at(-1) : lines[0];
  let last = "";
  const rows = lines.map((line, at) => {
    const person = line.role === "customer" ? customer : agents[line.by];
    const name = nameOf(person), same = last === `${line.role}${line.by}`;
    last = `${line.role}${line.by}`;
    const badgeText = line.role === "note" ? labels.note : choices.badge === "both" ? labels[line.role] : choices.badge === "staff" && line.role === "agent" ? labels.agent : choices.badge === "asker" && line.role === "customer" ? labels.customer : "";
    const badge = badgeText === "" ? "" : ` <span class="tag">${badgeText}</span>`;
    const when = timeOf(choices, words, line.ago);
    const face = edgeFace === "img" ? `<img class="face" src="${PIXEL}" alt="">` : edgeFace === "letters" ? `<span class="letters">${esc(person.name.slice(0, 1))}</span>` : "";
    const said = (blocks.length > 0 && line === oldest ? richBodyOf(line, blocks, cls) : bodyOf(line, bodyKind, cls)) + partsOf(choices, at, line === oldest) + (choices.quoted === "yes" && at === 1 ? `<blockquote>${esc(lines[0]?.text ?? "").replaceAll("\n", "<br>")}</blockquote>` : "");
    const foot = choices.parts === "icons" ? `<div class="meta"><i class="material-icons">reply</i> <i class="material-icons">more_vert</i></div>` : choices.foot === "acts" ? `<div class="meta">${words.acts.map((/** @type {string} */ act) => `<a href="#">${act}</a>`).join(" · ")}</div>` : choices.foot === "seen" && line.role === "agent" ? `<div class="meta">${words.seen}</div>` : "";
    const isSelf = choices.lead === "self" && person === me;
    const calls = (/** @type {string} */ shown) => (isSelf ? (choices.lang === "zh" ? "我" : "You") : choices.lead === "by" ? (choices.lang === "zh" ? `由 ${shown} 回复` : `Reply by ${shown}`) : shown);
    const verb = choices.lead === "wrote" ? (choices.lang === "zh" ? " 回复于" : " wrote") : "";
    const who = headTag === "a" ? `<a href="/u/${person.login}">${calls(name)}</a>` : `<${headTag} style="display:inline">${calls(name)}</${headTag}>`;
    const head = `<div${cls("head")}>${who}${verb}${badge} <span class="meta">${when}</span></div>`;
    const marked = line.role === "note" ? " note" : "";
    const wrap = (/** @type {string} */ inner, extra = "") => `<${item}${cls("row").replace(/"$/, `${marked}${extra === "" ? "" : ` ${extra}`}"`)}>${inner}</${item}>`;
    const event = choices.events === "some" && at > 0 && chance() < 0.3 ? `<${item} class="ev">${item === "tr" ? `<td>` : ""}${pick(words.event(me.name))} <span class="meta">${when}</span>${item === "tr" ? "</td>" : ""}</${item}>` : "";
    const day = choices.time === "daylines" && at === 0 ? `<${item} class="day">${choices.lang === "zh" ? "今天" : "Today"}</${item}>` : "";
    const made = {
      card: item === "tr" ? wrap(`<td>${head}${said}${foot}</td>`) : wrap(head + said + foot, "box"),
      bubble: wrap(`${line.role === "customer" ? face : ""}<div class="bub">${choices.names === "login" || same || (choices.own !== "named" && line.role === "agent") ? "" : `<div class="meta">${name}${badge}</div>`}${said}<div class="meta">${choices.own === "seen" && line.role === "agent" ? `<span title="${nameOf(customer)}"><img src="${PIXEL}" alt="" width="14" height="14"></span> ` : ""}${when}</div></div>${line.role === "customer" ? "" : face}`, line.role === "customer" ? "theirs" : "mine"),
      loose: `<div${cls("who")}>${calls(name)}${badge} <small>${when}</small></div>${said}${foot}`,
      terms: `<dt${cls("head")}>${calls(name)}${verb}${badge} ${when}</dt><dd>${said}${foot}</dd>`,
      lines: `<div${cls("line")}>[${when}] <b>${name}:</b> ${esc(line.text).replaceAll("\n", "<br>")}</div>`,
      mail: wrap(mailOf(c, line, said + signOf(line, person, choices.lang)), "box"),
      framed: wrap(`${head}<iframe srcdoc="${esc(`<body style='font:14px sans-serif'>${said}</body>`)}" style="width:100%;border:0;height:130px"></iframe>`, "box"),
      portrait: wrap(`<img class="face" src="${PIXEL}" alt="${name}"><div>${badge}${said}<div class="meta">${when}</div>${foot}</div>`, "med"),
      flat: `<h4>${calls(name)}${badgeText === "" ? "" : ` (${badgeText})`}, ${when}</h4>${said}${foot}<hr>`,
      media: wrap(`${face}<div>${head}${said}${foot}</div>`, "med"),
      columns: `<tr${cls("row")}><td width="150">${name}<br>${badge}<div class="meta">${when}</div></td><td>${said}${foot}</td></tr>`,
      below: wrap(`${said}<div class="meta">${name}${badge} · ${when}</div>${foot}`, "box"),
      grouped: wrap(`${same ? "" : face}<div>${same ? "" : head}${said}${same ? `<span class="meta">${when}</span>` : ""}${foot}</div>`, "med"),
    }[/** @type {"card"} */ (choices.row)];
    return day + event + made;
  });
  const apart = choices.opening === "among" ? "" : openingOf(c, /** @type {Line} */ (lines[0]), /** @type {string} */ (rows.shift()), list === "table");
  if (choices.edges === "older") rows.unshift(`<${item}>${item === "tr" ? "<td>" : ""}<button>${words.older}</button>${item === "tr" ? "</td>" : ""}</${item}>`);
  if (choices.edges === "unread") rows.splice(Math.max(1, rows.length - 1), 0, `<${item} class="day">${item === "tr" ? "<td>" : ""}<span>${words.unread}</span>${item === "tr" ? "</td>" : ""}</${item}>`);
  if (choices.edges === "typing") rows.push(`<${item} class="meta">${words.typing(nameOf(customer))}</${item}>`);
  const thread = `${apart}<${list}${cls("list")}${list === "table" ? ' width="100%"' : ""}>${rows.join("")}</${list}>`;
  if (choices.deep === "shadow") return `<desk-thread><template shadowrootmode="open"><style>${STYLE}</style>${thread}</template></desk-thread>`;
  return choices.deep === "yes" ? `<div><div${cls("pane")} style="max-height:520px;overflow:auto"><div>${thread}</div></div></div>` : thread;
}

/** What opened the ticket, in a box of its own over the list of answers. @param {Context} c @param {Line} line @param {string} row as the list would hold it @param {boolean} inTable */
function openingOf({ choices, words, cls, customer, nameOf, blocks }, line, row, inTable) {
  if (choices.opening === "apart" && !inTable && !row.startsWith("<li") && choices.row !== "terms") return `<div${cls("opening")}>${row}</div>`;
  return `<div class="box"><div${cls("asked")}><h3>${words.described}</h3><div class="meta">${nameOf(customer)}, ${timeOf(choices, words, line.ago)}</div></div>${blocks.length > 0 ? richBodyOf(line, blocks, cls) : bodyOf(line, "p", cls)}</div>`;
}

/** @param {Choices} choices @param {number} at @param {boolean} oldest */
function partsOf({ parts, lang }, at, oldest) {
  if (parts === "files" && oldest) return `<div class="meta"><a href="/files/1">photo-1.jpg</a> <span>(245 KB)</span> <a href="/files/2">${FILES[lang]}</a> <span>(1.2 MB)</span></div>`;
  if (parts === "buttons") return `<div><button>${lang === "zh" ? "引用" : "Quote"}</button><button aria-label="${lang === "zh" ? "更多" : "More"}">⋯</button></div>`;
  if (parts === "reactions" && at === 1) return `<div><button>👍 2</button> <button>🙏 1</button></div>`;
  return "";
}

/** @param {Line} line @param {Block[]} blocks @param {(role: string) => string} cls */
function richBodyOf(line, blocks, cls) {
  const said = line.text.split("\n\n").slice(1).join("\n\n");
  return `<div${cls("body")}>${blocks.map((block) => blockOf(block, line.text.length)).join("")}${said.split(/\n+/).map((part) => `<p>${esc(part)}</p>`).join("")}</div>`;
}

/** As editors and forms set it. @param {Block} block @param {number} way one of several */
function blockOf({ kind, lines }, way) {
  const text = (/** @type {string} */ line) => esc(line).replace(/https:\S+[^\s.]/, (url) => `<a href="${url}">${url}</a>`);
  const items = lines.map((line, at) => `<li>${kind === "points" && at === 0 ? `<code>${text(line)}</code>` : text(line)}</li>`).join("");
  if (kind === "bold") return `<p><b>${text(lines[0] ?? "")}</b></p>`;
  if (kind === "heading") return `<h3>${text(lines[0] ?? "")}</h3>`;
  if (kind === "code") return `<pre>${lines.map(text).join("\n")}</pre>`;
  const pairs = kind === "pairs" ? lines.map((line) => text(line).split(/[:：] ?(.*)/)) : [];
  if (kind === "pairs" && way % 3 === 0) return `<table>${pairs.map(([label, value]) => `<tr><td>${label}</td><td>${value}</td></tr>`).join("")}</table>`;
  if (kind === "pairs" && way % 3 === 1) return `<p>${lines.map(text).join("<br>")}</p>`;
  if (kind === "pairs") return `<p>${lines.map((line) => text(line).replace(/^[^:：]+[:：]/, (label) => `<b>${label}</b>`)).join("<br>")}</p>`;
  if (kind === "rows") return `<table>${lines.map((line) => `<tr>${line.split("|").map((cell) => `<td>${text(cell)}</td>`).join("")}</tr>`).join("")}</table>`;
  return kind === "points" ? `<ul>${items}</ul>` : kind === "steps" ? `<ol>${items}</ol>` : `<p>${lines.map(text).join("<br>")}</p>`;
}

/** A mail's head in a table of its own over its words. @param {Context} c @param {Line} line @param {string} said */
function mailOf({ choices, customer, agents, me }, line, said) {
  const writer = line.role === "customer" ? customer : agents[line.by], reader = line.role === "customer" ? me : customer, zh = choices.lang === "zh";
  const rows = [[zh ? "发件人" : "From", `${writer.name} <${writer.email}>`], [zh ? "收件人" : "To", `${reader.name} <${reader.email}>`], [zh ? "时间" : "Date", timeOf(choices, WORDS[/** @type {"en"} */ (choices.lang)], line.ago)]];
  return `<table class="meta">${rows.map(([label, value]) => `<tr><td style="border:0;padding:0 8px">${label}:</td><td style="border:0;padding:0">${esc(value ?? "")}</td></tr>`).join("")}</table>${said}`;
}

/** @param {Line} line @param {{ name: string }} person @param {string} [lang] */
function signOf({ role }, { name }, lang) {
  return role === "agent" ? `<div>-- <br>${esc(name)}<br>${lang === "zh" ? "Acme 客户服务部<br>电话：010-12345678" : "Acme Customer Care<br>Tel. +49 30 1234567"}</div>` : "";
}

/** @param {Line} line @param {string} kind @param {(role: string) => string} cls */
function bodyOf({ text }, kind, cls) {
  if (kind === "p") return `<div${cls("body")}>${text.split(/\n+/).map((line) => `<p>${esc(line)}</p>`).join("")}</div>`;
  if (kind === "pre") return `<div${cls("body")} style="white-space:pre-wrap">${esc(text)}</div>`;
  return `<div${cls("body")}>${esc(text).replaceAll("\n", "<br>")}</div>`;
}

/** @param {Choices} choices @param {any} words @param {number} ago */
function timeOf({ time, lang }, words, ago) {
  const at = date(ago), two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  if (time === "tag") return `<time datetime="${at.toISOString()}">${words.ago(ago)}</time>`;
  if (time === "ago") return `<span title="${dateZh(ago)}">${words.ago(ago)}</span>`;
  if (time === "clock" || time === "daylines") return clock(ago);
  if (time === "short") return `${two(at.getMonth() + 1)}-${two(at.getDate())} ${clock(ago)}`;
  return lang === "zh" ? dateZh(ago) : `${["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][at.getMonth()]} ${at.getDate()}, ${at.getFullYear()} ${clock(ago)}`;
}

/** @param {Context} c */
function composerOf({ choices, words, pick }) {
  const send = pick(words.send), hint = pick(words.typeHere);
  const area = `<textarea name="body" placeholder="${hint}"></textarea>`;
  return {
    textarea: `<form onsubmit="return false">${area}<button>${send}</button></form>`,
    editable: `<div class="box"><div class="ed" contenteditable="true" role="textbox" aria-label="${words.reply}"></div><button>${send}</button></div>`,
    tabs: `<div class="box"><div role="tablist"><button role="tab" aria-selected="true">${words.reply}</button><button role="tab" aria-selected="false">${words.noteTab}</button></div>${area}<button>${send}</button></div>`,
    radio: `<form onsubmit="return false"><label><input type="radio" name="k" checked> ${words.reply}</label> <label><input type="radio" name="k"> ${pick(words.note)}</label>${area}<button>${send}</button></form>`,
    behind: `<button type="button" onclick="this.nextElementSibling.hidden=false">${words.reply}</button><form hidden onsubmit="return false">${area}<button>${send}</button></form>`,
    link: `<p><a href="reply">${words.reply}</a></p>`,
  }[/** @type {"link"} */ (choices.composer)];
}

/** @param {Context} c */
function rightOf({ choices, words, customer, pick, me }) {
  const lang = /** @type {"en"} */ (choices.lang);
  if (choices.right === "canned") return `<div class="right"><h3>${words.macros[0]}</h3>${CANNED[lang].map((text, at) => `<div class="box"><b>${words.macros[at + 1]}</b><p>${text}</p><button>${lang === "zh" ? "插入" : "Insert"}</button></div>`).join("")}</div>`;
  if (choices.right === "activity") return `<div class="right"><h3>${lang === "zh" ? "操作记录" : "Activity"}</h3>${words.activity(me.name).map((/** @type {string} */ text, /** @type {number} */ at) => `<div class="item">${text}<div class="meta">${words.ago(30 + at * 41)}</div></div>`).join("")}</div>`;
  if (choices.right === "past") return `<div class="right"><h3>${words.past}</h3>${LONG[lang].slice(1, 4).map((text, at) => `<a class="item" href="/tickets/${at + 3}"><div>${text.slice(0, 70).replaceAll("\n", " ")}…</div><span class="meta">${dateZh(9000 + at * 7000)}</span></a>`).join("")}</div>`;
  if (choices.right === "macros") return `<aside class="right"><h3>${words.macros[0]}</h3>${words.macros.slice(1).map((/** @type {string} */ text) => `<a class="item" href="#">${text}</a>`).join("")}</aside>`;
  if (choices.right === "others") return `<aside class="right"><h3>${words.others[0]}</h3>${words.others.slice(1).map((/** @type {string} */ text) => `<a class="item" href="#">${text}</a>`).join("")}</aside>`;
  if (choices.right === "profile") return `<div class="right"><h3>${pick(words.panel)}</h3><div><b>${esc(customer.name)}</b></div><div>${customer.email}</div><div>+49 30 1234567</div></div>`;
  return "";
}
