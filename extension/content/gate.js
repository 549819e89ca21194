// @ts-check
/**
 * Owns the question whether a list of drafts on this page is a customer conversation at all: weighed evidence, silent below a threshold.
 * Inboxes, shops, reviews, comment sections, wikis, search results and settings stay below it.
 */
import { composedContains, drawnElement, frameDocument, hasColumnTitles, isVisible, styleOf } from "./dom.js";
import { composerOf } from "./composer.js";
import { isLeaving } from "./context.js";
import { firstWords } from "./learning.js";
import { alike } from "./lists.js";
import { isCall } from "./requester.js";
import { parsePerson } from "./people.js";
import { isFragments, isNameLike } from "./text.js";
import { COMMENTS_WORDS, RESULTS_WORDS, REVIEW_WORDS, SHOP_WORDS } from "./words.js";

/**
 * @typedef {import("./drafts.js").DraftList} DraftList
 * @typedef {import("./roles.js").Decision} Decision
 * @typedef {import("./context.js").PageFacts} PageFacts
 * @typedef {import("./boxes.js").ReplyBox} ReplyBox
 * @typedef {object} Verdict
 * @property {boolean} conversation
 * @property {number} points
 * @property {string[]} reasons for tests and for the overlay's explanation
 */

export const GATE_POINTS = 3.4;
/** One message with a time and some text reads at 1 or better. */
const LEAST_SCORE = 0.9;
/** A lone line shorter than this, without a time, is a field and its value. */
const LONE_LINE = 20;
/** Over a form for something new. */
const COMPOSING = /^(?:compose|(?:write|compose|create|send) (?:a )?(?:new )?(?:message|mail|e-?mail|ticket)|new (?:message|mail|e-?mail|ticket|issue|conversation))$|^compose new\b|^(?:写信|写邮件|发邮件|新建?(?:邮件|消息|工单|会话|问题))$/i;
const FAR_PX = 900;
/** Of so few rows one that holds but a name is the bar over the others. */
const FEW_ROWS = 3;
/** A page has no more parts than this one under the other. */
const FEW_PARTS = 8;
const TICKET_PATH = /(?:^|[/#?&_-])(?:tickets?|cases?|conversations?|convos?|chats?|inbox|threads?|issues?|requests?|support|helpdesk|messages?|im|workbench|工单|会话)(?:[/#?&=_-]|$|\.)|[?&;](?:ticket|case|conv(?:ersation)?|issue|request|thread|chat)[_-]?(?:id|no|num(?:ber)?|key)=\w*\d/i;

/**
 * How good a list reads as messages; compares lists of one page, never pages.
 * @param {DraftList} reading
 * @param {ReplyBox[]} boxes
 */
export function readingScore(reading, boxes) {
  const { drafts, list, units } = reading;
  if (drafts.length === 0) return 0;
  const spoken = drafts.filter((draft) => !draft.system);
  const timed = share(spoken, (draft) => draft.timeText !== "");
  const composers = clearBoxes(boxes).map(composerOf).filter((composer) => !composedContains(composer, list));
  let score = 0;
  for (const draft of spoken) {
    const lacksTime = timed >= 0.5 && draft.timeText === "" && !draft.side && draft.header !== "";
    const bar = spoken.length <= FEW_ROWS && draft.author === null && isNameLike(draft.text);
    const typed = composers.some((composer) => draft.bodies.some((body) => composedContains(composer, body)));
    if (!draft.marked || bar || typed || lacksTime || holdsEditor(draft.unit.element) || holdsRows(draft.unit.element) || (spoken.length <= FEW_PARTS && (isPageHead(draft.unit.element) || isPageTitle(draft.unit.element, spoken)))) {
      score -= 0.5;
      continue;
    }
    const worth = 0.4 + (draft.timeText !== "" ? 0.3 : 0) + (draft.author !== null || draft.badges.length > 0 ? 0.3 : 0) + (draft.side ? 0.3 : 0) + Math.min(0.3, draft.text.length / 300);
    const beside = draft.unit.runs.filter((run) => run.kind !== "attribute" && !draft.bodies.some((body) => body === draft.unit.element || run.chain.includes(body))).length;
    score += worth * Math.min(1, 16 / Math.max(1, beside));
  }
  const drafted = new Set(drafts.map((draft) => draft.unit));
  const silent = units.filter((unit) => !unit.headerOnly && !drafted.has(unit) && unit.runs.some((run) => run.kind === "time")).length;
  score += Math.min(silent, 10) * 0.15;
  const authors = new Set(drafts.map((draft) => draft.author?.name ?? draft.author?.email ?? "").filter((name) => name !== ""));
  score /= Math.sqrt(1 + reading.loose);
  score *= 0.1 + 0.9 * kinship(reading);
  if (linkShare(reading) > 0.6) score *= 0.05;
  if (drafts.length >= 3 && share(drafts, (draft) => isCutOff(draft.bodies[0])) > 0.6) score *= 0.05;
  if (share(units, (unit) => unit.element.querySelector("input[type=checkbox]") !== null) > 0.6 && units.length > 2) score *= 0.3;
  if (drafts.length >= 5 && authors.size >= drafts.length * 0.8) score *= 0.5;
  if (share(units, (unit) => unit.element.getAttribute("aria-selected") !== null || unit.element.getAttribute("role") === "option") > 0.6) score *= 0.3;
  if (timed === 0 && holdsForm(list)) score *= 0.2;
  if (areFields(units) || list.closest("fieldset") !== null) score *= 0.2;
  const table = list.closest("table");
  if ((units.length >= 4 || (table && hasColumnTitles(table))) && share(units, (unit) => columnsOf(unit.element) >= 4) > 0.6) score *= 0.3;
  if (standBeside(spoken.slice(0, 12).map((draft) => draft.unit.element))) score *= 0.2;
  if (standsOverBox(reading, boxes)) score *= 1.5;
  else if (clearBoxes(boxes).length > 0 && list.closest("aside, [role=complementary]")) score *= 0.12;
  if (boxes.some((box) => box.visible && composedContains(list, box.shown) && reading.drafts.length < 2)) score *= 0.7;
  return score;
}

/** Boxes that are surely for replies. @param {ReplyBox[]} boxes */
export function clearBoxes(boxes) {
  return boxes.filter((box) => box.visible && box.score >= 2);
}

/** No further above or below the messages than a screen or so. @param {ReplyBox} box @param {Element} list */
function isNear(box, list) {
  const area = box.shown.getBoundingClientRect(), frame = drawnElement(list).getBoundingClientRect();
  return Math.max(area.top - frame.bottom, frame.top - area.bottom) < FAR_PX;
}

/** Whether most rows share their width with the reply box, or with any box where none is clear. @param {DraftList} reading @param {ReplyBox[]} boxes */
export function standsOverBox({ drafts }, boxes) {
  const clear = clearBoxes(boxes), areas = (clear.length > 0 ? clear : boxes.filter((box) => box.visible)).map((box) => box.shown.getBoundingClientRect());
  const rows = areas.length === 0 ? [] : drafts.filter((draft) => !draft.system).slice(0, 20).map((draft) => drawnElement(draft.unit.element).getBoundingClientRect());
  return share(rows, (row) => areas.some((area) => Math.min(area.right, row.right) - Math.max(area.left, row.left) > Math.min(area.width, row.width) * 0.5)) > 0.5;
}

/**
 * The share of rows that are of one kind, a message's own parts counted once.
 * @param {DraftList} reading
 */
function kinship(reading) {
  const rows = reading.drafts.filter((draft) => !draft.system).map((draft) => draft.unit.element);
  const sample = rows.slice(0, 60);
  if (sample.length < 2) return 1;
  return Math.max(...sample.slice(0, 8).map((row) => share(sample, (other) => alike(row, other))));
}

/** Most rows stand beside the one before, not below it. @param {Element[]} rows */
function standBeside(rows) {
  let beside = 0;
  for (let at = 1; at < rows.length; at++) {
    const [last, next] = [/** @type {Element} */ (rows[at - 1]).getBoundingClientRect(), /** @type {Element} */ (rows[at]).getBoundingClientRect()];
    if (Math.min(last.bottom, next.bottom) - Math.max(last.top, next.top) > Math.min(last.height, next.height) * 0.5) beside++;
  }
  return rows.length > 1 && beside >= (rows.length - 1) * 0.5;
}

/** How many columns of its table the cells of a row fill; 0 for one cell that spans them all. @param {Element} row */
function columnsOf(row) {
  const cells = row.tagName === "TR" ? [.../** @type {HTMLTableRowElement} */ (row).cells] : [];
  return cells.length > 1 ? cells.reduce((sum, cell) => sum + cell.colSpan, 0) : 0;
}

/** A row of two cells of which the first is a label. @param {Element} row */
function isPair(row) {
  const cells = row.tagName === "TR" ? /** @type {HTMLTableRowElement} */ (row).cells : [];
  return cells.length === 2 && (cells[0]?.textContent ?? "").trim().length <= 30;
}

/** A table of nothing but labels and values. @param {Element} table */
function isPairs(table) {
  const rows = table.tagName === "TABLE" ? [.../** @type {HTMLTableElement} */ (table).rows] : [];
  return rows.length > 1 && rows.every(isPair);
}

/** A ticket's fields: nearly every row begins with another label. Who speaks in a chat speaks again. @param {import("./bodies.js").Unit[]} units */
function areFields(units) {
  if (share(units, (unit) => isPairs(unit.element)) > 0.4) return true;
  const labels = units.filter((unit) => isPair(unit.element) || /^.{1,30}[:：]$/.test(firstWords(unit))).map((unit) => firstWords(unit));
  return units.length >= 4 && labels.length >= units.length * 0.7 && new Set(labels).size > labels.length * 0.8;
}

/** Fields to fill in, as a search or a settings page has them; a conversation has its times. @param {Element} list */
function holdsForm(list) {
  return [...list.querySelectorAll("select, input[type=text], input[type=number], input[type=date], input[type=radio], input:not([type])")].filter(isVisible).length >= 3;
}

/** A row with a visible editor in it is a part of the page, not a message. @param {Element} row */
export function holdsEditor(row) {
  return [...row.querySelectorAll("textarea, [contenteditable=true], iframe")].some((field) => isVisible(field) && field.getBoundingClientRect().height > 20 && (field.tagName !== "IFRAME" || frameDocument(field)?.body?.isContentEditable === true || frameDocument(field)?.designMode === "on"));
}

/** Where in the site the page stands, or who is signed in: the page's own, however its parts look. @param {Element} row */
function isPageHead(row) {
  const trail = "nav, [role=navigation], [class*=breadcrumb i], [aria-label*=breadcrumb i]";
  return row.matches(`header, ${trail}`) || row.querySelector(`:scope > :is(${trail})`) !== null || [...row.querySelectorAll("a, button")].slice(0, 20).some((link) => isLeaving(link));
}

/** The part of a page that holds its title, which no other part has. @param {Element} row @param {import("./bodies.js").Draft[]} spoken */
function isPageTitle(row, spoken) {
  return spoken.length > 1 && row.querySelector("h1") !== null && spoken.every(({ unit: { element } }) => element === row || (element.querySelector("h1") === null && element.className !== row.className));
}

/** A log or list that the page names as such is no row of one. @param {Element} row */
function holdsRows(row) {
  return row.matches("[role=log], [role=feed], [role=list]") || row.querySelector("[role=log], [role=feed], [role=list] > [role=listitem] ~ [role=listitem]") !== null;
}

/** Fields to fill in beside its words, more than a message brings: a part of the ticket. @param {Element} row */
export function holdsFields(row) {
  return [...row.querySelectorAll("select, textarea, input[type=text], input[type=date], input:not([type])")].filter(isVisible).length >= 3;
}

/** @template T @param {T[]} items @param {(item: T) => boolean} test */
function share(items, test) {
  return items.length === 0 ? 0 : items.filter(test).length / items.length;
}

/** @param {DraftList} reading */
function linkShare(reading) {
  let links = 0, all = 0;
  for (const unit of reading.units) {
    const whole = unit.element.tagName === "A" || unit.element.closest("a") !== null;
    for (const run of unit.runs) {
      if (run.kind !== "free") continue;
      all += run.text.length;
      if (run.link || whole) links += run.text.length;
    }
  }
  return all === 0 ? 0 : links / all;
}

/** One line that ends in an ellipsis where it is too long, or a few lines. @param {Element} element */
function cutsOff(element) {
  const style = styleOf(element);
  if (/^\d+$/.test(style.getPropertyValue("-webkit-line-clamp"))) return true;
  return style.textOverflow === "ellipsis" && style.overflowX !== "visible" && (/^(?:nowrap|pre)$/.test(style.whiteSpace) || element.scrollWidth > element.clientWidth);
}

/** A text cut with an ellipsis: a preview, not a message. @param {Element | undefined} body */
function isCutOff(body) {
  for (let at = body ?? null, depth = 0; at && depth < 3; at = at.firstElementChild, depth++) {
    if (cutsOff(at)) return true;
  }
  return body?.parentElement ? cutsOff(body.parentElement) : false;
}

/**
 * @param {DraftList} reading @param {Decision[]} decisions @param {PageFacts} facts @param {{ boxes: ReplyBox[], elsewhere: boolean, hidden: boolean, requesterFrom: string, url: string, score: number }} signs `score` of the reading
 * @returns {Verdict}
 */
export function judgePage(reading, decisions, facts, signs) {
  /** @type {string[]} */
  const reasons = [];
  let points = 0;
  /** @param {number} weight @param {string} reason */
  const weigh = (weight, reason) => { points += weight; reasons.push(`${weight > 0 ? "+" : ""}${weight} ${reason}`); };
  const spoken = reading.drafts.filter((_, at) => decisions[at]?.author !== "system");
  if (spoken.length === 0) return { conversation: false, points: -9, reasons: ["no message"] };
  if (signs.score < LEAST_SCORE) weigh(-4, "poor rows");
  const [first, second] = spoken;
  if (first && !second && first.timeText === "" && first.text.length < LONE_LINE) weigh(-3, "one short line");
  const roles = new Set(decisions.map((decision) => decision.author));
  const clear = clearBoxes(signs.boxes).filter((candidate) => isNear(candidate, reading.list)), box = clear.find((candidate) => candidate.audience !== "internal" || candidate.moded);
  if (box) weigh(2, "reply box");
  else if (clear.length > 0) weigh(0.5, "box for notes");
  else if (signs.hidden || signs.boxes.some((candidate) => !candidate.visible && candidate.score >= 2)) weigh(1.5, "hidden reply box");
  else if (signs.elsewhere) weigh(1.5, "reply on another page");
  if (box?.moded) weigh(1, "reply and note");
  if (signs.requesterFrom === "label") weigh(2, "requester labelled");
  else if (signs.requesterFrom === "preview") weigh(1.5, "requester by preview");
  else if (signs.requesterFrom === "heading") weigh(spoken.some((draft) => draft.author !== null && draft.unit.runs.some((run) => run.heading && run.kind === "free" && parsePerson(run.text)?.name === draft.author?.name)) ? 0.5 : 1.5, "requester in heading");
  else if (signs.requesterFrom !== "none") weigh(1, `requester by ${signs.requesterFrom}`);
  if (roles.has("customer") && (roles.has("agent") || roles.has("bot"))) weigh(1.5, "both sides known");
  else if (roles.has("customer") || roles.has("agent")) weigh(0.5, "one side known");
  else if (spoken.length > 1) weigh(-1, "nobody known");
  if (spoken.length > 1 && kinship(reading) * Math.min(spoken.length, 60) < 1.5) weigh(-1.5, "no two rows alike");
  if (isCall(reading, facts)) {
    weigh(1.5, "call");
    if (facts.reach.phones.length > 0) weigh(1, "a number");
  }
  if (facts.ticketLabels >= 2) weigh(Math.min(1.5, facts.ticketLabels * 0.5), "ticket fields");
  if (spoken.some((draft) => new Set(draft.header.toLowerCase().match(/(?:^|\s)(?:from|to|cc|date|subject|sent|发件人|收件人|日期|主题|时间)\s*[:：]/g)).size >= 3)) weigh(0.7, "mail headers");
  if (spoken.some((draft) => draft.author?.email)) weigh(0.5, "authors with addresses");
  if (facts.headings.some((heading) => COMPOSING.test(heading.trim()))) weigh(-2, "a new message is written");
  if (TICKET_PATH.test(pathOf(signs.url)) || facts.headings.some((heading) => /#\d+|\[[\w-]+\d+\]|工单/.test(heading))) weigh(0.7, "ticket address");
  if (spoken.some((draft) => draft.side)) weigh(0.7, "two sides");
  if (spoken.length > 0 && share(spoken, (draft) => draft.marked) < 0.6) weigh(-2, "unmarked text");
  if (spoken.length >= 2 && share(spoken, (draft) => draft.timeText === "" && draft.author === null && draft.badges.length === 0 && (!draft.side || draft.unit.surface === "")) >= 0.75) weigh(-2, "neither when nor by whom");
  if (!box && spoken.every((draft) => draft.timeText === "" && draft.sent_at_ms === null)) weigh(-1.5, "nothing says when, nowhere to answer");
  if (spoken.length > 1 && share(spoken, (draft) => isFragments(draft.text)) > 0.5) weigh(-3, "parts of a page");
  if (reading.loose > Math.max(1, spoken.length * 0.4)) weigh(-1.5, "loose text");
  if (linkShare(reading) > 0.6) weigh(-4, "rows are links");
  if (spoken.length >= 2 && share(spoken, (draft) => isCutOff(draft.bodies[0])) > 0.6) weigh(-4, "rows are cut off");
  weighPublicPage(reading, facts, spoken, weigh);
  return { conversation: points >= GATE_POINTS, points, reasons };
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
 * @param {DraftList} reading @param {PageFacts} facts @param {import("./bodies.js").Draft[]} spoken @param {(weight: number, reason: string) => void} weigh
 */
function weighPublicPage(reading, facts, spoken, weigh) {
  const inRows = reading.units.slice(0, 40).map((unit) => unit.runs.map((run) => run.text).join(" "));
  if (SHOP_WORDS.test(facts.words)) weigh(-4, "shop");
  if (share(inRows, (text) => REVIEW_WORDS.test(text)) > 0.3) weigh(-4, "ratings in rows");
  else if (REVIEW_WORDS.test(facts.words)) weigh(-2, "reviews");
  const lines = facts.words.split("\n");
  const comments = [...facts.headings, ...lines.filter((line) => line.length < 40)].some((line) => COMMENTS_WORDS.test(line.trim()));
  if (comments) weigh(facts.ticketLabels >= 2 ? -1 : -2.5, "comment section");
  if (RESULTS_WORDS.test(facts.words)) weigh(-2, "result counts");
  const authors = spoken.map((draft) => draft.author?.name ?? draft.author?.email ?? "").filter((name) => name !== "");
  const distinct = new Set(authors).size;
  if (authors.length >= 5 && distinct >= authors.length * 0.8) weigh(-2, "every row another author");
  else if (distinct > 6) weigh(-1, "many authors");
  if (reading.units.length > 2 && share(reading.units, (unit) => unit.element.querySelector("input[type=checkbox]") !== null) > 0.6) weigh(-3, "rows to tick");
  if (reading.units.length > 3 && share(reading.units, (unit) => columnsOf(unit.element) >= 4) > 0.6) weigh(-3, "table of many columns");
}
