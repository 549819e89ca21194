// @ts-check
/**
 * Owns the walk over what the page says around the messages: requester, signed-in person, owner, subject, ticket fields.
 * Reads labels and phrases in English and Chinese; never reads message texts.
 */
import { beginsAccountPlace, isAcross, readAccount, readAccountAttributes, standsOnTop } from "./account.js";
import { composedElements, composedParent, hasColumnTitles, isSkipped, isVisible, labelText, ownText } from "./dom.js";
import { isHeading, TRAIL } from "./headings.js";
import { labelledValues, sectionPeople } from "./labelled.js";
import { headPart } from "./message_labels.js";
import { isNameLike, splitLine } from "./text.js";
import { addPeople, leadsToCustomer, profileAlias, samePerson } from "./people.js";
import { addReach, namesReach } from "./reach.js";
import { CHANNEL_LABEL, CUSTOMER_SECTION, FIELD_NAME, HOLDER_LABEL, NOBODY, OWNER_LABEL, REQUESTER_LABEL, SENDER_LABEL, TICKET_LABEL } from "./words.js";

/**
 * @typedef {import("./people.js").Person} Person
 * @typedef {object} PageFacts
 * @property {Person[]} requesters best first, from labels and phrases
 * @property {Person[]} labelled those of them that stand beside a requester label
 * @property {Person[]} sections who stands first in a section that is called the customer's
 * @property {Person[]} accounts the signed-in person, as phrases name them ("Logged in as …", "… (me)")
 * @property {Person[]} menus names in the page's top bar and account menus: the signed-in person may be among them
 * @property {Person[]} faces those of them who stand beside a portrait or open a menu in the page's corner: one of them is signed in
 * @property {Person[]} owners
 * @property {number} ticketLabels different ticket words seen as labels
 * @property {string | null} subject from a labelled field
 * @property {string | null} channel from a labelled field, as the page calls it
 * @property {string} words small texts of the page outside lists, for the gate
 * @property {string[]} headings visible headings
 * @property {import("./reach.js").Reach} reach
 * @typedef {object} Gathered while the page is read
 * @property {Person[]} weak from labels and phrases that name others too
 * @property {Person[]} holders whose the ticket is, as its field says: the desk's where nobody else is responsible
 */

const OPENED_PHRASE = /^(?:(.{1,60}?)\s+(?:opened|created|raised|reported|submitted|started|asked)\s+(?:this|the|a|an|in)\b.*|(?:opened|added|raised|reported|submitted|requested|asked|created|started|filed|logged)\s*[:：]?\s+(?:.{0,40}?\s)?by\s+(.{1,60}?)(?:\s+(?:on|at|\d|about|via).*)?|由\s*(.{1,20}?)\s*(?:[在于]\s?.{1,30}?)?(?:提交|创建|发起|提出|反馈|添加|新建).*|(.{1,20}?)\s*(?:[在于]\s?.{1,30}?)?(?:提交了|创建了|发起了|提出了)(?:此|该|这个|本)?(?:工单|问题|请求|会话|咨询).*)$/i;
/** "Created by Anna on Friday for Marta (marta@…)". */
const ON_BEHALF = /^(?:opened|created|logged|submitted|raised)\s*by\b.{1,120}\b(?:for|on behalf of)\s+(.{1,60}?)\s*(?:[(（].*)?$/i;
/** Behind the name of who did it, in an element of its own. */
const OPENED_TAIL = /(?:^|\s)(?:opened|created|raised|reported|submitted) this (?:issue|ticket|case|request)\b|(?:提交|创建|发起|提出)了(?:此|该|这个|本)?(?:工单|问题|请求)/i;
const REPLY_TO = /^(?:(?:write |type |send )?(?:a |your )?(?:public )?(?:reply(?:ing)?|message|response|answer|responding)\s+(?:to|for)|message(?! from)|chat(?:ting)? with|conversation with|(?:快速|快捷)?回复(?:给)?|发消息给|正在[与和跟]|与)\s*[:：]?\s*(.{2,60}?)\s*(?:[….]+|(?:聊天|对话|沟通|会话|的对话|的会话)中?)?$/i;
/** In a page's bar it is who is signed in. */
const ANY_USER = /^(?:user(?: ?name)?|account|用户名?|会员名?|账[号户])$/i;
const SUBJECT_LABEL = /^(?:subject|title|topic|summary|主题|标题|问题标题|主旨)\s*[:：]?$/i;
const FILED_UNDER = /^(?:tags?|labels?|group|channel|标签|分类|分组|渠道|来源)$/;

/**
 * @param {Document} doc @param {Element | null} list elements inside are not looked at
 * @param {Element[]} [rows] the list's messages: given, what else stands in the list is looked at where it has headings or forms in it
 * @returns {PageFacts}
 */
export function readFacts(doc, list, rows = []) {
  const skipped = new Set(list && rows.length > 0 && holdsPage(list, rows) ? rows : list ? [list] : []);
  /** @type {PageFacts & Gathered} */
  const facts = { requesters: [], labelled: [], sections: [], accounts: [], menus: [], faces: [], owners: [], ticketLabels: 0, subject: null, channel: null, words: "", headings: [], reach: { phones: [], emails: [] }, weak: [], holders: [] };
  /** @type {Set<string>} */
  const labels = new Set();
  let budget = 12_000;
  const { innerWidth } = doc.defaultView ?? { innerWidth: 0 };
  /** @param {Element} element @param {boolean} top in the page's bar or menu @param {boolean} across in a bar across the window that is not called one */
  const visit = (element, top, across) => {
    if (budget-- < 0 || isSkipped(element) || skipped.has(element)) return;
    const visible = isVisible(element);
    const tag = element.tagName;
    const inTop = top || beginsAccountPlace(element, across, innerWidth);
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
  for (const holder of facts.holders) (facts.owners.every((owner) => samePerson(owner, holder)) ? facts.owners : facts.weak).push(holder);
  const titled = REPLY_TO.exec((doc.title.split(/\s[-–—|]\s/)[0] ?? "").trim());
  if (titled) addPeople(facts.weak, [titled[1] ?? ""]);
  facts.requesters.push(...facts.weak.filter((person) => !facts.labelled.some((other) => samePerson(other, person))));
  facts.words = facts.words.slice(0, 20_000);
  return facts;
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

/**
 * What an element's own words say: a label for what stands beside it, "label: value", or a phrase that names somebody.
 * @param {Element} element @param {string} own @param {boolean} inTop @param {PageFacts & Gathered} facts @param {Set<string>} labels
 */
function readText(element, own, inTop, facts, labels) {
  facts.words += `${own}\n`;
  const table = element.closest("th")?.closest("table");
  if (table && hasColumnTitles(table)) return;
  readLabel(element, own, inTop, facts, labels);
  for (const part of splitLine(own)) readPair(element, part, facts, labels);
  const whole = element.childElementCount > 0 && element.childElementCount < 6 ? labelText(element, 160) : own;
  readPhrases(element, own, whole, facts);
  readAccount(element, own, whole, inTop, facts);
}

/** @param {Element} element @param {string} own @param {boolean} inTop @param {PageFacts & Gathered} facts @param {Set<string>} labels */
function readLabel(element, own, inTop, facts, labels) {
  if (TICKET_LABEL.test(own)) labels.add(own.toLowerCase().replace(/[:：\s]+$/, ""));
  if (namesReach(own)) addReach(facts.reach, labelledValues(element));
  if (SUBJECT_LABEL.test(own) && facts.subject === null) facts.subject = labelledValues(element)[0] ?? null;
  if (CHANNEL_LABEL.test(own)) facts.channel ??= labelledValues(element)[0] ?? null;
  // What a description says of its term labels nothing.
  const entry = isMenuEntry(element) || element.closest("dd") !== null;
  if (REQUESTER_LABEL.test(own) && !entry) {
    const values = labelledValues(element).filter((value) => !NOBODY.test(value) && !FIELD_NAME.test(value));
    addReach(facts.reach, values);
    if (values.length > 0) addPeople(facts.requesters, values, null, true);
    else addPeople(facts.sections, sectionPeople(element));
  }
  else if ((headPart(own) === "from" || SENDER_LABEL.test(own)) && !inTop) addPeople(facts.weak, labelledValues(element, false));
  else if (headPart(own) === "to" && isReplyForm(element.closest("form"))) addPeople(facts.weak, labelledValues(element));
  else if (OWNER_LABEL.test(own) && !entry) addPeople(handlersBy(own, facts), labelledValues(element));
  if (CUSTOMER_SECTION.test(own) && !entry) addPeople(facts.sections, sectionPeople(element));
}

/** Whom a label for who handles the ticket names. @param {string} label @param {PageFacts & Gathered} facts */
function handlersBy(label, facts) {
  return HOLDER_LABEL.test(label) ? facts.holders : facts.owners;
}

/** "Customer: Marta" in one line. @param {Element} element @param {string} part of its words @param {PageFacts & Gathered} facts @param {Set<string>} labels */
function readPair(element, part, facts, labels) {
  const [, label, value = ""] = /^([^:：]{2,24})[:：]\s*(\S.{0,80})$/.exec(part) ?? [];
  if (label === undefined) return;
  if (TICKET_LABEL.test(label)) labels.add(label.toLowerCase());
  if (CHANNEL_LABEL.test(label)) facts.channel ??= value.trim();
  const asked = REQUESTER_LABEL.test(label);
  if (asked && ANY_USER.test(label) && standsOnTop(element)) {
    addPeople(facts.accounts, [value]);
    return;
  }
  if (asked || namesReach(label)) addReach(facts.reach, [value]);
  if (asked) addPeople(facts.requesters, [value], null, true);
  else if (OWNER_LABEL.test(label)) addPeople(handlersBy(label, facts), [value]);
}

/** "Reply to Marta", "Marta opened this issue". @param {Element} element @param {string} own @param {string} whole its few children's words too @param {PageFacts & Gathered} facts */
function readPhrases(element, own, whole, facts) {
  const replyTo = REPLY_TO.exec(own);
  if (replyTo) addPeople(facts.weak, [replyTo[1] ?? ""]);
  const behalf = ON_BEHALF.exec(whole);
  if (behalf) addPeople(facts.weak, [behalf[1] ?? ""]);
  const opened = behalf ? null : OPENED_PHRASE.exec(whole.replace(/^(?:open|closed|merged|draft|new|pending|solved|resolved)\s+/i, ""));
  if (opened) addPeople(facts.weak, [opened[1] ?? opened[2] ?? opened[3] ?? opened[4] ?? ""]);
  else if (OPENED_TAIL.test(own)) addPeople(facts.weak, nameBeforeTail(element));
}

/** @param {Element} element whose own words end in "opened this issue" @returns {string[]} */
function nameBeforeTail(element) {
  const tail = [...element.childNodes].find((node) => node.nodeType === 3 && OPENED_TAIL.test(node.nodeValue ?? ""));
  const name = labelText(/** @type {Element} */ (tail?.previousSibling?.nodeType === 1 ? tail.previousSibling : element.firstElementChild ?? element), 60);
  return isNameLike(name) ? [name] : [];
}

/** @param {Element} element @param {PageFacts & Gathered} facts */
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
    else if (OWNER_LABEL.test(name)) addPeople(handlersBy(name, facts), [value]);
    else if (SUBJECT_LABEL.test(name) && facts.subject === null) facts.subject = value;
    else if (CHANNEL_LABEL.test(name)) facts.channel ??= value;
  }
}

/** @param {Element | null} form */
function isReplyForm(form) {
  return form?.querySelector("textarea, [contenteditable=true], iframe") != null;
}
