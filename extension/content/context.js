// @ts-check
/**
 * Owns what the page says around the messages: requester, signed-in person, owner, subject, ticket fields, the conversation's identity.
 * Reads labels and headings in English and Chinese; never reads message texts.
 */
import { closeUp, composedElements, composedParent, drawnElement, hasColumnTitles, isSkipped, isVisible, labelText, styleOf } from "./dom.js";
import { headPart } from "./message_labels.js";
import { isMatterZh, isNameLike } from "./text.js";
import { isTimeText } from "./times.js";
import { leadsToCustomer, parsePerson, profileAlias, samePerson } from "./people.js";
import { addReach, namesReach } from "./reach.js";
import { ACTION_WORDS, AUTHORED_LEAD, FIELD_NAME, FIELD_TAIL_ZH, FIELD_VALUE, OWNER_LABEL, REQUESTER_LABEL, SENDER_LABEL, SIGNED_IN_LEAD, TICKET_LABEL } from "./words.js";

/**
 * @typedef {import("./people.js").Person} Person
 * @typedef {object} PageFacts
 * @property {Person[]} requesters best first, from labels and phrases
 * @property {Person[]} labelled those of them that stand beside a requester label
 * @property {Person[]} sections who stands first in a section that is called the customer's
 * @property {Person[]} accounts the signed-in person, as phrases name them ("Logged in as …", "… (me)")
 * @property {Person[]} menus names in the page's top bar and account menus: the signed-in person may be among them
 * @property {Person[]} faces those of them who stand beside a portrait: one of them is signed in
 * @property {Person[]} owners
 * @property {number} ticketLabels different ticket words seen as labels
 * @property {string | null} subject from a labelled field
 * @property {string} words small texts of the page outside lists, for the gate
 * @property {string[]} headings visible headings
 * @property {import("./reach.js").Reach} reach
 */

const ACCOUNT_PHRASE = /^(?:(?:you are |you're )?(?:logged|signed) in as|logged in:|(?:current user|hello|hi|welcome(?: back)?)(?![a-z])|当前(?:用户|坐席|客服|账号|登录)|登录(?:用户|账号)|欢迎(?:您|回来|你)?|您好|你好)\s*[:：,，]?\s*(.{1,60}?)[!！。.]?$/i;
const LEAVE_PATTERN = "(?:log ?out|sign ?out|log ?off|退出(?:登录|登陆)?|注销|登出)";
const LEAVE_WORDS = new RegExp(`^${LEAVE_PATTERN}$`, "i");
/** The link that stands right behind the name. */
const LEAVE_TAIL = new RegExp(`\\s*[(（[|·•]?\\s*${LEAVE_PATTERN}\\s*[)）\\]]?$`, "i");
/** "Log out [Anna Agent]". */
const LEAVE_NAMED = new RegExp(`^${LEAVE_PATTERN}\\s*[\\[(（【]\\s*(.{1,60}?)\\s*[\\])）】]$`, "i");
const SELF_SUFFIX = /^(.{1,60}?)\s*[(（](?:me|you|我|自己|你)[)）]$/i;
const ACCOUNT_PLACE = /\b(?:account|profile|user[- ]?menu|my menu|current[- ]user|logged)\b|个人(?:中心|资料)?|账[户号]|我的账号/i;
const OPENED_PHRASE = /^(?:(.{1,60}?)\s+(?:opened|created|raised|reported|submitted|started|asked)\s+(?:this|the|a|an|in)\b.*|(?:opened|added|raised|reported|submitted|requested|asked|created|started|filed|logged)\s*[:：]?\s+(?:.{0,40}?\s)?by\s+(.{1,60}?)(?:\s+(?:on|at|\d|about|via).*)?|由\s*(.{1,20}?)\s*(?:[在于]\s?.{1,30}?)?(?:提交|创建|发起|提出|反馈|添加|新建).*|(.{1,20}?)\s*(?:[在于]\s?.{1,30}?)?(?:提交了|创建了|发起了|提出了)(?:此|该|这个|本)?(?:工单|问题|请求|会话|咨询).*)$/i;
/** "Created by Anna on Friday for Marta (marta@…)". */
const ON_BEHALF = /^(?:opened|created|logged|submitted|raised)\s*by\b.{1,120}\b(?:for|on behalf of)\s+(.{1,60}?)\s*(?:[(（].*)?$/i;
/** Behind the name of who did it, in an element of its own. */
const OPENED_TAIL = /(?:^|\s)(?:opened|created|raised|reported|submitted) this (?:issue|ticket|case|request)\b|(?:提交|创建|发起|提出)了(?:此|该|这个|本)?(?:工单|问题|请求)/i;
const REPLY_TO = /^(?:(?:write |type |send )?(?:a |your )?(?:public )?(?:reply(?:ing)?|message|response|answer|responding)\s+(?:to|for)|message|chat(?:ting)? with|conversation with|(?:快速|快捷)?回复(?:给)?|发消息给|正在[与和跟]|与)\s*[:：]?\s*(.{2,60}?)\s*(?:[….]+|(?:聊天|对话|沟通|会话|的对话|的会话)中?)?$/i;
const CUSTOMER_SECTION = /^(?:customer|contact|client|requester|visitor|user|sender|buyer|caller|about (?:the )?(?:customer|requester|visitor))(?:'s)?(?: (?:info(?:rmation)?|details|profile|card|data))$|^(?:customer|requester|requestor|visitor|client)s?$|^(?:客户|访客|用户|买家|联系人|顾客|会员|来访者)(?:信息|资料|详情|画像|档案|名片)?$/i;
const SUBJECT_LABEL = /^(?:subject|title|topic|summary|主题|标题|问题标题|主旨)\s*[:：]?$/i;
const FILED_UNDER = /^(?:tags?|labels?|group|channel|标签|分类|分组|渠道|来源)$/;
/** More names beside a link to sign out are a menu's entries. */
const MOST_BESIDE = 2;
const TOP_STRIP_PX = 60;
/** A bar over a page is no higher than this, and who is signed in stands behind this share of it. */
const MOST_BAR_PX = 80, ACCOUNT_END = 0.6;
const CARDS = 3;
/** Portraits in a page's bar are at least and at most so wide. */
const FACE_PX = /** @type {const} */ ([14, 72]);
/** Where in the site a page stands: "Home › Users". */
export const TRAIL = "[class*=breadcrumb i], [aria-label*=breadcrumb i]";
const NOT_A_PERSON = /^(?:contact|details|notes?|all|everyone|customer|client|ticket|sender|requester|requestors?|visitor|user|this.*|the .*|your? .*|body|content|text|input|box|field|area|editor|here.*|客户|访客|用户|全部|消息|内容|none|n\/a|unassigned|nobody.*|no one|unknown|-+|—|select.*|choose.*|not set|无|谁|未分配|暂无|未设置|请选择|edit|change|view|more|add|filter|all|open|search|编辑|修改|查看|更多|添加|增加|sent|received|delivered|seen|online|offline|away|busy|已发送|已读|在线|离线|忙碌|author|作者)$/i;

/**
 * @param {Document} doc @param {Element | null} list elements inside are not looked at
 * @param {Element[]} [rows] the list's messages: given, what else stands in the list is looked at where it has headings or forms in it
 * @returns {PageFacts}
 */
export function readFacts(doc, list, rows = []) {
  const skipped = new Set(list && rows.length > 0 && holdsPage(list, rows) ? rows : list ? [list] : []);
  /** @type {PageFacts & { weak: Person[] }} */
  const facts = { requesters: [], labelled: [], sections: [], accounts: [], menus: [], faces: [], owners: [], ticketLabels: 0, subject: null, words: "", headings: [], reach: { phones: [], emails: [] }, weak: [] };
  /** @type {Set<string>} */
  const labels = new Set();
  let budget = 12_000;
  const { innerWidth } = doc.defaultView ?? { innerWidth: 0 };
  /** @param {Element} element @param {boolean} top in the page's bar or menu @param {boolean} across in a bar across the window that is not called one */
  const visit = (element, top, across) => {
    if (budget-- < 0 || isSkipped(element) || skipped.has(element)) return;
    const visible = isVisible(element);
    const tag = element.tagName;
    const inTop = top || (tag === "HEADER" && isPageBar(element)) || tag === "NAV" || /^(?:banner|navigation)$/.test(element.getAttribute("role") ?? "") || ACCOUNT_PLACE.test(`${element.getAttribute("aria-label") ?? ""} ${element.getAttribute("title") ?? ""}`) || (across && element.getBoundingClientRect().left > innerWidth * ACCOUNT_END);
    if (tag === "INPUT" || tag === "SELECT" || tag === "TEXTAREA") {
      if (visible || tag === "SELECT") readInput(element, facts);
      return;
    }
    // What the agent writes greets the customer; it says nothing of who is signed in.
    if (!visible || /** @type {HTMLElement} */ (element).isContentEditable || element.ownerDocument.designMode === "on") return;
    const own = ownText(element);
    if (own !== "" && own.length <= 200) readText(element, own, inTop, facts, labels);
    if (tag === "A" && !inTop && leadsToCustomer(element) && isNameLike(labelText(element, 60))) addPeople(facts.requesters, [labelText(element, 60)], profileAlias(element));
    if (tag === "A" && !inTop && /^tel:/.test(element.getAttribute("href") ?? "")) addReach(facts.reach, [(element.getAttribute("href") ?? "").slice(4)]);
    if (isHeading(element)) facts.headings.push(labelText(element));
    if (inTop) readAccountAttributes(element, facts);
    const inBar = across || (tag === "DIV" && !inTop && isAcross(element, innerWidth));
    for (const child of composedElements(element)) visit(child, inTop, inBar);
  };
  if (doc.body) visit(doc.body, false, false);
  // What is tagged and filed under something is as often a post.
  facts.ticketLabels = [...labels].every((label) => FILED_UNDER.test(label)) ? 0 : labels.size;
  facts.labelled = [...facts.requesters];
  const titled = REPLY_TO.exec((doc.title.split(/\s[-–—|]\s/)[0] ?? "").trim());
  if (titled) addPeople(facts.weak, [titled[1] ?? ""]);
  facts.requesters.push(...facts.weak.filter((person) => !facts.labelled.some((other) => samePerson(other, person))));
  facts.words = facts.words.slice(0, 20_000);
  return facts;
}

/** @param {Element} element */
function isHeading(element) {
  return /^H[1-6]$/.test(element.tagName) || element.getAttribute("role") === "heading";
}

/** The bar over the whole page, not the head of a part of it. @param {Element} header */
function isPageBar(header) {
  return header.querySelector("h1") === null || header.getBoundingClientRect().top + (header.ownerDocument.defaultView?.scrollY ?? 0) < TOP_STRIP_PX;
}

/** The first strip of the page, from one side of the window to the other, with no title in it. @param {Element} element @param {number} width of the window */
function isAcross(element, width) {
  const { top, left, right, height } = element.getBoundingClientRect();
  return top + (element.ownerDocument.defaultView?.scrollY ?? 0) < 4 && left < 4 && right > width - 24 && height > 20 && height < MOST_BAR_PX && element.querySelector("h1, h2, h3, [role=heading]") === null;
}

/** The list is the page itself, its head and forms included. @param {Element} list @param {Element[]} rows */
function holdsPage(list, rows) {
  const known = new Set(rows);
  return [...list.querySelectorAll("h1, h2, header, nav, form, textarea")].some((part) => {
    for (let at = /** @type {Element | null} */ (part); at && at !== list; at = composedParent(at)) if (known.has(at)) return false;
    return true;
  });
}

/** "Users" in a menu leads to all of them; it labels nobody. @param {Element} element */
function isMenuEntry(element) {
  const href = element.closest("a")?.getAttribute("href") ?? "";
  return (href !== "" && !href.startsWith("#") && !/^(?:javascript|mailto|tel):/i.test(href)) || element.closest(`nav, button, [role=button], [role=navigation], [role=menu], [role=menubar], ${TRAIL}`) !== null;
}

/** Text directly in the element, its inline children's included when it is short. @param {Element} element */
function ownText(element) {
  let text = "";
  for (const node of element.childNodes) if (node.nodeType === 3) text += node.nodeValue ?? "";
  return closeUp(text.replace(/[\s\u00a0]+/g, " ").trim());
}

/** @param {Element} element @param {string} own @param {boolean} inTop @param {PageFacts & { weak: Person[] }} facts @param {Set<string>} labels */
function readText(element, own, inTop, facts, labels) {
  facts.words += `${own}\n`;
  const table = element.closest("th")?.closest("table");
  if (table && hasColumnTitles(table)) return;
  if (TICKET_LABEL.test(own)) labels.add(own.toLowerCase().replace(/[:：\s]+$/, ""));
  // What a description says of its term labels nothing.
  const entry = isMenuEntry(element) || element.closest("dd") !== null;
  const parts = own.split(/\s*[|·•]\s*/);
  const pairs = parts.flatMap((part) => {
    const [, label = "", value = ""] = /^([^:：]{2,24})[:：]\s*(\S.{0,80})$/.exec(part) ?? [];
    return label === "" ? [] : [{ label, value }];
  });
  for (const { label } of pairs) if (TICKET_LABEL.test(label)) labels.add(label.toLowerCase());
  if (namesReach(own)) addReach(facts.reach, labelledValues(element));
  if (REQUESTER_LABEL.test(own) && !entry) {
    const values = labelledValues(element).filter((value) => !NOT_A_PERSON.test(value) && !FIELD_NAME.test(value));
    addReach(facts.reach, values);
    if (values.length > 0) addPeople(facts.requesters, values);
    else addPeople(facts.sections, sectionPeople(element));
  }
  else if ((headPart(own) === "from" || SENDER_LABEL.test(own)) && !inTop) addPeople(facts.weak, labelledValues(element, false));
  else if (headPart(own) === "to" && isReplyForm(element.closest("form"))) addPeople(facts.weak, labelledValues(element));
  else if (OWNER_LABEL.test(own) && !entry) addPeople(facts.owners, labelledValues(element));
  for (const { label, value } of pairs) {
    if (REQUESTER_LABEL.test(label) && standsOnTop(element)) {
      addPeople(facts.accounts, [value]);
      continue;
    }
    if (namesReach(label) || REQUESTER_LABEL.test(label)) addReach(facts.reach, [value]);
    if (REQUESTER_LABEL.test(label)) addPeople(facts.requesters, [value]);
    else if (OWNER_LABEL.test(label)) addPeople(facts.owners, [value]);
  }
  if (SUBJECT_LABEL.test(own) && facts.subject === null) facts.subject = labelledValues(element)[0] ?? null;
  const replyTo = REPLY_TO.exec(own);
  if (replyTo) addPeople(facts.weak, [replyTo[1] ?? ""]);
  if (CUSTOMER_SECTION.test(own) && !entry) addPeople(facts.sections, sectionPeople(element));
  const whole = element.childElementCount > 0 && element.childElementCount < 6 ? labelText(element, 160) : own;
  const behalf = ON_BEHALF.exec(whole);
  if (behalf) addPeople(facts.weak, [behalf[1] ?? ""]);
  const opened = behalf ? null : OPENED_PHRASE.exec(whole.replace(/^(?:open|closed|merged|draft|new|pending|solved|resolved)\s+/i, ""));
  if (opened) addPeople(facts.weak, [opened[1] ?? opened[2] ?? opened[3] ?? opened[4] ?? ""]);
  else if (OPENED_TAIL.test(own)) addPeople(facts.weak, nameBeforeTail(element));
  if (SIGNED_IN_LEAD.test(own) && element.firstElementChild) {
    const inner = [...element.children].find((child) => !isLeaving(child) && (isNameLike(labelText(child)) || /@/.test(labelText(child))));
    if (inner) addPeople(facts.accounts, [labelText(inner)], profileAlias(inner));
  }
  const account = parts.map((part) => ACCOUNT_PHRASE.exec(part)).find((hit) => hit !== null) ?? ACCOUNT_PHRASE.exec(whole.split(/\s*[|·•]\s*/)[0] ?? "") ?? SELF_SUFFIX.exec(own) ?? LEAVE_NAMED.exec(own);
  if (LEAVE_WORDS.test(own) && element.parentElement) addPeople(facts.accounts, besideLeaving(element));
  const signedIn = (account?.[1] ?? "").replace(LEAVE_TAIL, "");
  if (account && (isNameLike(signedIn) || /@/.test(signedIn))) addPeople(facts.accounts, [signedIn]);
  else if (inTop && isNameLike(own) && own.length > 1) {
    addPeople(facts.menus, [own]);
    if (standsByFace(element)) addPeople(facts.faces, [own]);
  }
}

/** A small square picture stands beside the name, around both nothing else is written. @param {Element} element */
function standsByFace(element) {
  const name = labelText(element, 60);
  for (let at = composedParent(element), depth = 0; at && depth < 3 && labelText(at, 60) === name; at = composedParent(at), depth++) if ([...at.querySelectorAll("img")].some(isFace)) return true;
  return false;
}

/** @param {Element} picture */
function isFace(picture) {
  const { width, height } = picture.getBoundingClientRect();
  return width >= FACE_PX[0] && width <= FACE_PX[1] && Math.abs(width - height) <= 2;
}

/** A link or button to sign out. @param {Element} link */
export function isLeaving(link) {
  return LEAVE_WORDS.test(labelText(link, 30));
}

/** Who can sign out: the name or address that stands beside the link. @param {Element} link */
function besideLeaving(link) {
  const around = [...(link.parentElement?.childNodes ?? [])], at = around.indexOf(link);
  // The nearest first, what stands before the link before what follows it: further off stands what the program is called.
  const near = [...around.slice(0, at).reverse(), ...around.slice(at + 1)];
  const texts = near.flatMap((node) => (node.textContent ?? "").split(/[|·•]/)).map((text) => text.replace(/\s+/g, " ").trim());
  const names = texts.map((text) => ACCOUNT_PHRASE.exec(text)?.[1] ?? text);
  const found = names.filter((text) => text.length >= 2 && text.length <= 80 && (/\S@\S+\.\w/.test(text) || (isNameLike(text) && !LEAVE_WORDS.test(text) && !SIGNED_IN_LEAD.test(text))));
  if (found.length > 0) return found.length > MOST_BESIDE ? [] : found.slice(0, 1);
  // A list that is opened from the name begins with it, in words that lead nowhere.
  const first = link.closest("ul, ol, [role=menu]")?.firstElementChild, name = first ? labelText(first, 60) : "";
  return first && !first.contains(link) && first.querySelector("a, button") === null && isNameLike(name) && /^[a-z]|\S\s\S|[\u3400-\u9fff]/.test(name) ? [name] : [];
}

/** @param {Element} element whose own words end in "opened this issue" @returns {string[]} */
function nameBeforeTail(element) {
  const tail = [...element.childNodes].find((node) => node.nodeType === 3 && OPENED_TAIL.test(node.nodeValue ?? ""));
  const name = labelText(/** @type {Element} */ (tail?.previousSibling?.nodeType === 1 ? tail.previousSibling : element.firstElementChild ?? element), 60);
  return isNameLike(name) ? [name] : [];
}

/** @param {Element} element @param {PageFacts} facts */
function readAccountAttributes(element, facts) {
  for (const name of ["alt", "title", "aria-label"]) {
    const value = element.getAttribute(name) ?? "";
    if (value.length < 2 || value.length > 80) continue;
    const cleaned = value.replace(/^(?:account|profile|user menu|open user menu|google account)\s*(?:of|for|[:：-])?\s*/i, "").replace(/(?:'s)? (?:account|profile|menu)$/i, "");
    if (!isNameLike(cleaned)) continue;
    addPeople(facts.menus, [cleaned]);
    if (element.tagName === "IMG" && isFace(element)) addPeople(facts.faces, [cleaned]);
  }
}

/** @param {Element} element @param {PageFacts & { weak: Person[] }} facts */
function readInput(element, facts) {
  const replyTo = REPLY_TO.exec((element.getAttribute("placeholder") ?? element.getAttribute("aria-label") ?? "").trim());
  if (replyTo) addPeople(facts.weak, [replyTo[1] ?? ""]);
  if (element.tagName === "TEXTAREA") return;
  const input = /** @type {HTMLInputElement | HTMLSelectElement} */ (element);
  const value = element.tagName === "SELECT" ? (/** @type {HTMLSelectElement} */ (element).selectedOptions[0]?.text ?? "") : input.value;
  if (!value || value.length > 120 || input.type === "password") return;
  const names = [element.getAttribute("aria-label"), element.getAttribute("placeholder"), ...[...(input.labels ?? [])].map((label) => label.textContent)];
  if (names.some((name) => namesReach((name ?? "").replace(/\s+/g, " ").trim()))) addReach(facts.reach, [value]);
  for (const raw of names) {
    const name = (raw ?? "").replace(/\s+/g, " ").trim().replace(/\s*(?:e-?mail|name|address|邮箱|姓名)\s*[:：]?$/i, "");
    if (REQUESTER_LABEL.test(name)) addPeople(facts.requesters, [value]);
    else if (OWNER_LABEL.test(name)) addPeople(facts.owners, [value]);
    else if (SUBJECT_LABEL.test(name) && facts.subject === null) facts.subject = value;
  }
}

/** In the page's first strip or its menu: "User: anna" there is who is signed in. @param {Element} element */
function standsOnTop(element) {
  const bottom = element.getBoundingClientRect().bottom + (element.ownerDocument.defaultView?.scrollY ?? 0);
  return bottom < TOP_STRIP_PX || (bottom < TOP_STRIP_PX * 3 && element.closest("nav, header, [role=navigation], [role=menubar], [id*=nav i], [id*=menu i], [class*=nav i], [class*=menu i]") !== null);
}

/** @param {Element | null} form */
function isReplyForm(form) {
  return form?.querySelector("textarea, [contenteditable=true], iframe") != null;
}

/**
 * The values that belong to a label: the rest of its element, the next cell, the next row, an input's value.
 * @param {Element} label @param {boolean} [typed] what stands in fields, too
 * @returns {string[]}
 */
function labelledValues(label, typed = true) {
  if (label.tagName === "TH" && label.nextElementSibling?.tagName === "TH") return [];
  const control = label.tagName === "LABEL" ? /** @type {HTMLLabelElement} */ (label).control : null;
  if (control) return typed ? valuesIn(control) : [];
  if (/[:：]$/.test(ownText(label))) {
    const inside = [...label.children].flatMap(valuesIn);
    if (inside.length > 0) return inside;
  }
  const beside = label.nextSibling;
  if (beside?.nodeType === 3 && (beside.nodeValue ?? "").trim().length > 1 && (beside.nodeValue ?? "").trim().length < 100) return [(beside.nodeValue ?? "").replace(/^\s*[:：]/, "").trim()];
  /** @type {Element | null} */
  let at = label;
  for (let depth = 0; at && depth < 3; depth++) {
    for (let next = at.nextElementSibling, tries = 0; next && tries < 2; next = next.nextElementSibling, tries++) {
      const values = valuesIn(next);
      if (values.length > 0) return typed || next.querySelector("select, input") === null ? values : [];
      if (next.tagName !== "BR" && isVisible(next) && next.querySelector("svg, i") === null) return [];
    }
    const parent = composedParent(at);
    if (!parent || (parent.textContent ?? "").length > (at.textContent ?? "").trim().length + 400) return [];
    at = parent;
  }
  return [];
}

/** What stands in an element, its fields first, without its buttons' words. @param {Element} element @returns {string[]} */
function valuesIn(element) {
  if (element.tagName === "SELECT") return [/** @type {HTMLSelectElement} */ (element).selectedOptions[0]?.text ?? ""];
  if (element.tagName === "INPUT") {
    const input = /** @type {HTMLInputElement} */ (element);
    return /^(?:text|email|search|tel|)$/.test(input.type) && input.value ? [input.value] : [];
  }
  if (!isVisible(element)) return [];
  const titles = element.querySelectorAll("h1, h2, h3, h4, h5, h6, th, dt");
  if (titles.length > 0) return titles.length === 1 && /\S@\S+\.\w/.test(labelText(element, 200)) ? [labelText(/** @type {Element} */ (titles[0]), 100)] : [];
  const field = element.querySelector("input[type=text], input[type=email], input:not([type]), select");
  if (field && isVisible(field)) {
    const values = valuesIn(field);
    if (values.length > 0) return values;
  }
  const acts = [...element.querySelectorAll("button, [role=button]")].map((button) => labelText(button, 100)).filter((text) => text !== "");
  const links = [...element.querySelectorAll("a, li, [title]")].filter((link) => isVisible(link)).map((link) => labelText(link, 100)).filter((text) => text !== "");
  const said = labelText(element, 300);
  if (said === "") return [];
  const besides = acts.reduce((text, act) => text.replace(act, " "), said).trim();
  const whole = besides === "" ? said : besides;
  const others = besides === "" ? links : links.filter((link) => !acts.includes(link));
  return whole.length <= 90 ? [whole, ...others] : others.slice(0, 4);
}

/** First name and address inside the box that a "Customer details" heading heads. @param {Element} heading @returns {string[]} */
function sectionPeople(heading) {
  /** @type {Element | null} */
  let at = composedParent(heading);
  for (let depth = 0; at && depth < 3; depth++, at = composedParent(at)) {
    const text = (at.textContent ?? "").trim();
    if (text.length < (heading.textContent ?? "").trim().length + 3) continue;
    if (text.length > 1500) return [];
    const leaves = [...at.querySelectorAll("*")].filter((leaf) => leaf.childElementCount === 0 && leaf !== heading && !/^(?:LABEL|DT|TH)$/.test(leaf.tagName) && leaf.closest(`${TRAIL}, [role=tab], [role=tablist]`) === null && !isTwin(leaf, heading) && isVisible(leaf)).map((leaf) => (leaf.tagName === "INPUT" ? /** @type {HTMLInputElement} */ (leaf).value : labelText(leaf, 100)));
    const email = leaves.find((leaf) => /^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/.test(leaf));
    const name = leaves.find((leaf) => isNameLike(leaf) && !isMatterZh(leaf) && !LEAVE_WORDS.test(leaf) && !NOT_A_PERSON.test(leaf) && !FIELD_NAME.test(leaf) && !/@/.test(leaf) && !/[:：]$/.test(leaf) && leaf.length > 1 && !TICKET_LABEL.test(leaf) && !REQUESTER_LABEL.test(leaf) && !CUSTOMER_SECTION.test(leaf));
    return name ? [email ? `${name} <${email}>` : name] : email ? [email] : [];
  }
  return [];
}

/** Another title like it: the next tab or section. @param {Element} leaf @param {Element} heading */
function isTwin(leaf, heading) {
  return leaf.tagName === heading.tagName && (leaf.parentElement === heading.parentElement || leaf.parentElement?.parentElement === heading.parentElement?.parentElement) && leaf.className.split(/\s+/)[0] === heading.className.split(/\s+/)[0];
}

/** @param {Person[]} people @param {string[]} values @param {string | null} [alias] what else they are known by */
function addPeople(people, values, alias = null) {
  for (const value of values) {
    const text = value.replace(/\s+/g, " ").trim();
    if (text === "" || text.length > 100 || NOT_A_PERSON.test(text) || LEAVE_WORDS.test(text) || FIELD_VALUE.test(text) || FIELD_NAME.test(text) || FIELD_TAIL_ZH.test(text) || isTimeText(text)) continue;
    const person = parsePerson(text);
    if (!person || (person.name !== null && !isNameLike(person.name) && person.email === null)) continue;
    if (alias !== null) person.aliases.push(alias);
    const known = people.find((other) => samePerson(other, person));
    if (!known) people.push(person);
    else {
      known.name ??= person.name;
      known.email ??= person.email;
      known.aliases = [...new Set([...known.aliases, ...person.aliases])];
    }
  }
}

/**
 * Headings and title-like lines that stand over the list, nearest first: a chat's header, a ticket's title.
 * @param {Element} list
 * @returns {string[]}
 */
export function headingsOver(list) {
  /** @type {string[]} */
  const found = [];
  let at = /** @type {Element | null} */ (list);
  const top = shownTop(list), frame = drawnElement(list).getBoundingClientRect();
  const isOver = (/** @type {Element} */ element) => {
    const box = element.getBoundingClientRect();
    return isVisible(element) && box.right > frame.left && box.left < frame.right;
  };
  for (let depth = 0; at && depth < 9 && found.length < 6; depth++, at = composedParent(at)) {
    /** @type {Element | null} */
    const parent = composedParent(at);
    if (!parent || parent.tagName === "HTML") break;
    for (const sibling of composedElements(parent)) {
      if (sibling === at || isSkipped(sibling) || !isVisible(sibling) || /^(?:NAV|ASIDE|FOOTER)$/.test(sibling.tagName)) continue;
      const box = sibling.getBoundingClientRect();
      if (box.bottom > top + 40 || box.height === 0) continue;
      const marked = [sibling, ...sibling.querySelectorAll("h1, h2, h3, h4, h5, [role=heading]")].filter(isHeading);
      const texts = withoutCards(marked).filter(isOver).map((element) => headingText(element));
      if (!marked.some(isVisible) && box.height < 120 && isOver(sibling)) texts.push(...prominentTexts(sibling));
      for (const text of texts) if (text !== "" && text.length < 200 && !found.includes(text)) found.push(text);
    }
  }
  return found;
}

/** Titles side by side, three and more, are each its card's: members, figures. @param {Element[]} headings */
function withoutCards(headings) {
  if (headings.length < CARDS) return headings;
  const tops = headings.map((heading) => Math.round(heading.getBoundingClientRect().top));
  return headings.filter((heading, at) => headings.filter((other, beside) => other.tagName === heading.tagName && tops[beside] === tops[at]).length < CARDS);
}

/** Where what is shown of a list begins: one scrolled down reaches up behind the headings over it. @param {Element} list */
function shownTop(list) {
  let { top } = drawnElement(list).getBoundingClientRect();
  for (let at = composedParent(list); at && at.tagName !== "BODY"; at = composedParent(at)) {
    if (styleOf(at).overflowY !== "visible") top = Math.max(top, at.getBoundingClientRect().top);
  }
  return top;
}

/** A heading's text without badges and buttons in it. @param {Element} heading */
function headingText(heading) {
  let text = "";
  for (const node of heading.childNodes) {
    if (node.nodeType === 3) text += node.nodeValue ?? "";
    else if (node.nodeType === 1 && !/^(?:BUTTON|SMALL|SVG|svg)$/.test(/** @type {Element} */ (node).tagName)) {
      const inner = labelText(/** @type {Element} */ (node));
      if (!/^#?\d+$|^\[.*\]$/.test(inner) && !ACTION_WORDS.test(inner)) text += ` ${inner}`;
    }
  }
  return text.replace(/[\s\u00a0\u200b]+/g, " ").trim();
}

const MENU_OPENER = `:is(${TRAIL}) a, nav, [role=navigation], [aria-haspopup]:not([aria-haspopup=false]), [data-toggle=dropdown], [data-bs-toggle=dropdown]`;

/** Bold or large leaf texts of a header bar. @param {Element} bar */
function prominentTexts(bar) {
  const leaves = [bar, ...bar.querySelectorAll("*")].filter((element) => element.childElementCount === 0 && (element.textContent ?? "").trim().length > 1 && (element.textContent ?? "").length < 120 && !/^(?:BUTTON|OPTION|SVG|svg|I)$/.test(element.tagName) && element.closest(MENU_OPENER) === null && !AUTHORED_LEAD.test(ownText(element.parentElement ?? element))).slice(0, 30);
  const sized = leaves.filter((element) => isVisible(element)).map((element) => ({ text: labelText(element), weight: parseFloat(styleOf(element).fontSize) + (Number(styleOf(element).fontWeight) >= 600 ? 3 : 0) }));
  const initials = (/** @type {string} */ text) => text.length <= 3 && sized.some((other) => other.text !== text && other.text.startsWith(text));
  const most = Math.max(0, ...sized.filter((item) => !initials(item.text)).map((item) => item.weight));
  return sized.filter((item) => !initials(item.text) && item.weight >= most - 0.5 && !isTimeText(item.text)).map((item) => item.text).slice(0, 2);
}
