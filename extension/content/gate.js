// @ts-check
/**
 * Owns the question whether a list of drafts on this page is a customer conversation at all: weighed evidence, silent below a threshold.
 * Inboxes, shops, reviews, comment sections, wikis, search results and settings stay below it.
 */
import { labelText } from "./dom.js";
import { clearBoxes, isNear, kinship, linkShare } from "./list_score.js";
import { columnsOf, isCutOff, isForTicking, share, standsUnderProse } from "./page_parts.js";
import { parsePerson } from "./people.js";
import { isCall, isMachine, isOutgoing } from "./requester.js";
import { isFragments, saidLength } from "./text.js";
import { COMMENT_WORDS, COMMENTS_WORDS, REPLY_WORDS, RESULTS_WORDS, REVIEW_WORDS, SHOP_WORDS } from "./words.js";

/**
 * @typedef {import("./drafts.js").DraftList} DraftList
 * @typedef {import("./roles.js").Decision} Decision
 * @typedef {import("./context.js").PageFacts} PageFacts
 * @typedef {import("./boxes.js").ReplyBox} ReplyBox
 * @typedef {object} Verdict
 * @property {boolean} conversation
 * @property {number} points
 * @property {boolean} poor the rows read too badly to be messages
 * @property {string[]} reasons for tests and for the overlay's explanation
 */

export const GATE_POINTS = 3.4;
/** One message with a time and some text reads at 1 or better. */
const LEAST_SCORE = 0.9;
/** A lone line shorter than this, without a time, is a field and its value. */
const LONE_LINE = 32;
/** Who opened a topic of a forum has other badges. */
const CUSTOMER_BADGE = /^\W*(?:customer|client|requester|requestor|visitor|end[- ]?user|客户|客戶|访客|訪客|顾客|买家|買家|用户|用戶)\W*$/i;
/** Over a form for something new. */
const COMPOSING = /^(?:compose|(?:write|compose|create|send) (?:a )?(?:new )?(?:message|mail|e-?mail|ticket)|new (?:message|mail|e-?mail|ticket|issue|conversation))$|^compose new\b|^(?:写信|写邮件|发邮件|新建?(?:邮件|消息|工单|会话|问题))$/i;
/** Whatever it is: the page's title and its address say so. */
const MAKING = /^(?:new|create|add)\s+(?:a |an )?\w+(?:\s+\w+)?$|^(?:新建|新增|创建|添加)\S{2,8}$/i, MAKING_PATH = /\/(?:add|new|create)(?:[-_]\w+)?(?:\.\w+)?\/?(?:[?#]|$)/i;
const ANSWERS_CUSTOMER = /\b(?:customer|client|requester|requestor|visitor)s?\b|客户|顾客|访客|买家/i;
const TICKET_PATH = /(?:^|[/#?&_-])(?:tickets?|cases?|conversations?|convos?|chats?|inbox|threads?|issues?|requests?|support|helpdesk|messages?|im|workbench|工单|会话)(?:[/#?&=_-]|$|\.)|[?&;](?:ticket|case|conv(?:ersation)?|issue|request|thread|chat)[_-]?(?:id|no|num(?:ber)?|key)=\w*\d/i;

/**
 * @param {DraftList} reading @param {Decision[]} decisions @param {PageFacts} facts @param {{ boxes: ReplyBox[], elsewhere: boolean, hidden: boolean, opened: boolean, toCustomer: boolean, commentIsInternal: boolean, requesterFrom: string, url: string, score: number }} signs `score` of the reading, `opened` by a message that stands apart, `toCustomer` where a control says whom it answers
 * @returns {Verdict}
 */
export function judgePage(reading, decisions, facts, signs) {
  /** @type {string[]} */
  const reasons = [];
  let points = 0;
  /** @param {number} weight @param {string} reason */
  const weigh = (weight, reason) => { points += weight; reasons.push(`${weight > 0 ? "+" : ""}${weight} ${reason}`); };
  const spoken = reading.drafts.filter((_, at) => decisions[at]?.author !== "system");
  if (spoken.length === 0) return { conversation: false, points: -9, poor: true, reasons: ["no message"] };
  if (signs.score < LEAST_SCORE) weigh(-4, "poor rows");
  const [first, second] = spoken;
  if (first && !second && first.timeText === "" && first.side === undefined && saidLength(first.text) < LONE_LINE) weigh(-3, "one short line");
  // How somebody sounds says who they are, hardly what the page is: questions are answered in forums, too.
  const shown = decisions.filter(({ evidence }) => evidence !== "speech");
  const roles = new Set(shown.map((decision) => decision.author)), asked = decisions.some(({ author }) => author === "customer"), call = isCall(reading, facts);
  const clear = clearBoxes(signs.boxes).filter((candidate) => isNear(candidate, reading.list)), box = clear.find((candidate) => candidate.audience !== "internal" || candidate.moded);
  if (box) weigh(2, "reply box");
  else if (clear.length > 0) weigh(0.5, "box for notes");
  else if (signs.hidden || signs.boxes.some((candidate) => !candidate.visible && candidate.score >= 2)) weigh(1.5, "hidden reply box");
  else if (signs.elsewhere) weigh(1.5, "reply on another page");
  else if (!call && facts.ticketLabels === 0 && !signs.boxes.some((candidate) => candidate.visible && isNear(candidate, reading.list))) weigh(-0.7, "no way to answer");
  if (box?.moded) weigh(1, "reply and note");
  const answered = box ? !isForComments(box) : signs.hidden || signs.elsewhere;
  const signed = answered && !isOutgoing(signs.url) && share(spoken, isSigned) > 0.8;
  const guessed = signs.requesterFrom === "opener" && decisions.every(({ author, evidence }) => author !== "customer" || !/^(?:badge|author)_word$/.test(evidence));
  if (signs.requesterFrom === "label") weigh(2, "requester labelled");
  else if (signs.requesterFrom === "preview") weigh(1.5, "requester by preview");
  else if (signs.requesterFrom === "heading") weigh(spoken.some(isHeaded) ? 0.5 : 1.5, "requester in heading");
  else if (!box && (signs.requesterFrom === "title" || (signs.requesterFrom === "card" && spoken.every(isHeaded)))) weigh(0, "parts of a page have titles, too");
  else if (signs.requesterFrom === "card" && facts.ticketLabels === 0 && spoken.length > 1 && new Set(spoken.map((draft) => draft.author?.name)).size === 1) weigh(0, "somebody's own page");
  else if (signs.requesterFrom !== "none" && !guessed) weigh(1, `requester by ${signs.requesterFrom}`);
  const both = roles.has("customer") && (roles.has("agent") || roles.has("bot"));
  const told = shown.some(({ author, evidence }) => (author === "agent" || author === "bot") && !/^(?:other_party|other_side|alignment)$/.test(evidence));
  if (both && (told || answered)) weigh(1.5, "both sides known");
  else if (both) weigh(0.7, "the other side is whoever is left");
  else if (roles.has("agent") && asked) weigh(0.7, "the other side by how it sounds");
  else if (roles.has("agent") || (roles.has("customer") && !guessed)) weigh(0.5, "one side known");
  const marksCustomers = decisions.some(({ author, evidence }, at) => author === "customer" && evidence === "badge_word" && reading.drafts[at]?.badges.some((badge) => CUSTOMER_BADGE.test(badge)));
  if (both && told && marksCustomers) weigh(0.5, "the desk marks its customers");
  const rows = signs.opened ? reading.drafts.slice(1) : reading.drafts;
  if (rows.filter((draft) => spoken.includes(draft)).length > 1 && kinship({ ...reading, drafts: rows }) * Math.min(spoken.length, 60) < 1.5) weigh(-1.5, "no two rows alike");
  if (call) {
    weigh(1.5, "call");
    if (facts.reach.phones.length > 0) weigh(1, "a number");
  }
  if (facts.ticketLabels >= 2) weigh(Math.min(1.5, facts.ticketLabels * 0.5), "ticket fields");
  if (spoken.some((draft) => new Set(draft.header.toLowerCase().match(/(?:^|\s)(?:from|to|cc|date|subject|sent|发件人|收件人|日期|主题|时间)\s*[:：]/g)).size >= 3)) weigh(0.7, "mail headers");
  if (spoken.some((draft) => draft.author?.email)) weigh(0.5, "authors with addresses");
  if (!second && facts.ticketLabels === 0 && first && isMachine(first.author)) weigh(-1, "a machine's mail");
  const making = MAKING_PATH.test(pathOf(signs.url));
  if (facts.headings.some((heading) => COMPOSING.test(heading.trim()) || (making && MAKING.test(heading.trim())))) weigh(-2, "a new message is written");
  if (TICKET_PATH.test(pathOf(signs.url)) || facts.headings.some((heading) => /#\d+|\[[\w-]+\d+\]|工单/.test(heading))) weigh(0.7, "ticket address");
  if (spoken.some((draft) => draft.side)) weigh(0.7, "two sides");
  if (spoken.length > 0 && share(spoken, (draft) => draft.marked) < 0.6) weigh(-2, "unmarked text");
  if (spoken.length >= 2 && share(spoken, (draft) => draft.timeText === "" && draft.author === null && draft.badges.length === 0 && (!draft.side || (!box && draft.unit.surface === ""))) >= 0.75) weigh(-2, "neither when nor by whom");
  if (!box && !call && spoken.every((draft) => draft.timeText === "" && draft.sent_at_ms === null)) weigh(-1.5, "nothing says when, nowhere to answer");
  if (spoken.length > 1 && share(spoken, (draft) => isFragments(draft.text)) > 0.5) weigh(-3, "parts of a page");
  if (reading.loose > Math.max(1, spoken.length * 0.4)) weigh(-1.5, "loose text");
  if (linkShare(reading) > 0.6) weigh(-4, "rows are links");
  if (spoken.length >= 2 && share(spoken, (draft) => isCutOff(draft.bodies[0])) > 0.6) weigh(-4, "rows are cut off");
  weighPublicPage(reading, facts, spoken, signs.toCustomer || (signs.commentIsInternal && facts.ticketLabels > 0) || (box !== undefined && ANSWERS_CUSTOMER.test(box.words)), weigh);
  const nobody = !roles.has("customer") && !roles.has("agent");
  // Where nothing else speaks against it.
  if (signed && (!second || nobody) && points >= 2 && !(first && standsUnderProse(first.unit.element))) weigh(second ? 0.7 : 1.4, "when and by whom");
  else if (nobody && !guessed && second && !asked) weigh(-1, "nobody known");
  return { conversation: points >= GATE_POINTS, points, poor: signs.score < LEAST_SCORE, reasons };
}

/** A button or link says that it answers a customer. @param {{ buttons: HTMLElement[], links: HTMLElement[] }} controls */
export function answersCustomer({ buttons, links }) {
  return [...buttons, ...links].some((control) => ANSWERS_CUSTOMER.test(labelText(control, 60)));
}

/** Comments are written under articles. @param {ReplyBox} box */
function isForComments({ words, composer }) {
  const says = [words, ...[...composer.querySelectorAll("button, input[type=submit]")].map((button) => labelText(button, 30) || (button.getAttribute("value") ?? ""))];
  return says.some((text) => COMMENT_WORDS.test(text)) && !says.some((text) => REPLY_WORDS.test(text));
}

/** It says when and by whom it was written. @param {import("./bodies.js").Draft} draft */
function isSigned({ author, side, badges, timeText }) {
  return timeText !== "" && (author !== null || side !== undefined || badges.length > 0);
}

/** The writer's name is a heading of the row: as often a title of a part of the page. @param {import("./bodies.js").Draft} draft */
function isHeaded({ author, unit }) {
  return author !== null && unit.runs.some((run) => run.heading && run.kind === "free" && parsePerson(run.text)?.name === author.name);
}

/** @param {string} url */
function pathOf(url) {
  try {
    const { pathname, hash, search } = new URL(url);
    return pathname + search + hash;
  } catch {
    return url;
  }
}

/**
 * @param {DraftList} reading @param {PageFacts} facts @param {import("./bodies.js").Draft[]} spoken @param {boolean} toCustomer the reply box says whom it answers, or comments are another act than replies @param {(weight: number, reason: string) => void} weigh
 */
function weighPublicPage(reading, facts, spoken, toCustomer, weigh) {
  const inRows = reading.units.slice(0, 40).map((unit) => unit.runs.map((run) => run.text).join(" "));
  if (SHOP_WORDS.test(facts.words)) weigh(-4, "shop");
  if (share(inRows, (text) => REVIEW_WORDS.test(text)) > 0.3) weigh(-4, "ratings in rows");
  else if (REVIEW_WORDS.test(facts.words)) weigh(-2, "reviews");
  const lines = facts.words.split("\n");
  const comments = [...facts.headings, ...lines.filter((line) => line.length < 40)].some((line) => COMMENTS_WORDS.test(line.trim()));
  if (comments && !toCustomer) weigh(facts.ticketLabels >= 2 ? -1 : -2.5, "comment section");
  if (RESULTS_WORDS.test(facts.words)) weigh(-2, "result counts");
  const authors = spoken.map((draft) => draft.author?.name ?? draft.author?.email ?? "").filter((name) => name !== "");
  const distinct = new Set(authors).size;
  if (authors.length >= 5 && distinct >= authors.length * 0.8) weigh(-2, "every row another author");
  else if (distinct > 6) weigh(-1, "many authors");
  if (reading.units.length > 2 && share(reading.units, (unit) => isForTicking(unit.element)) > 0.6) weigh(-3, "rows to tick");
  if (reading.units.length > 3 && share(reading.units, (unit) => columnsOf(unit.element) >= 4) > 0.6) weigh(-3, "table of many columns");
}
