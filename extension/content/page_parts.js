// @ts-check
/**
 * Owns what parts of a page look like that hold words and are no messages: fields, tables, heads, forms, columns, previews.
 * Looks at single rows and tables; what they mean for a list is list_score.js' to weigh.
 */
import { isLeaving } from "./account.js";
import { frameDocument, isVisible, labelText, styleOf } from "./dom.js";
import { TRAIL } from "./headings.js";
import { firstWords } from "./learning.js";
import { saidLength } from "./text.js";
import { FIELD_TAIL_ZH, isTicketField, SENDER_LABEL } from "./words.js";

/** A ticket's head has that many labels; what somebody says has such a line, in letters. */
const LEAST_LABELS = 3, LONG_LINE = 70, SHORT_LINE = 16;
/** The head of a ticket that somebody's words stand in has as many; a line of words is so high, px. */
const LEAST_FIELDS = 2, LINE_PX = 20;
/** A sentence, in letters. */
const LEAST_PROSE = 40;
/** Rows so high hold messages; a box to tick in one splits or merges threads, px. */
const MESSAGE_HEIGHT = 96;

/** How many columns of its table the cells of a row fill; 0 for one cell that spans them all. @param {Element} row */
export function columnsOf(row) {
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
export function areFields(units) {
  if (share(units, (unit) => isPairs(unit.element)) > 0.4) return true;
  const named = units.map(firstWords).filter(isTicketField);
  if (named.length >= LEAST_LABELS && named.length >= units.length * 0.3 && new Set(named).size === named.length) return true;
  const labels = units.filter((unit) => isPair(unit.element) || /^.{1,30}[:：]$/.test(firstWords(unit))).map((unit) => firstWords(unit));
  return units.length >= 4 && labels.length >= units.length * 0.7 && new Set(labels).size > labels.length * 0.8;
}

/** In a form's set of fields; a set that frames a history holds none. @param {Element} list */
export function standsAmongFields(list) {
  const set = list.closest("fieldset");
  return set !== null && [...set.querySelectorAll("select, textarea, input:not([type=hidden], [type=button], [type=submit])")].some(isVisible);
}

/** Fields to fill in, as a search or a settings page has them; a conversation has its times. @param {Element} list */
export function holdsForm(list) {
  return [...list.querySelectorAll("select, input[type=text], input[type=number], input[type=date], input[type=radio], input:not([type])")].filter(isVisible).length >= 3;
}

/** A row with a visible editor in it is a part of the page, not a message. @param {Element} row */
export function holdsEditor(row) {
  return [...row.querySelectorAll("textarea, [contenteditable=true], iframe")].some((field) => isVisible(field) && field.getBoundingClientRect().height > 20 && (field.tagName !== "IFRAME" || frameDocument(field)?.body?.isContentEditable === true || frameDocument(field)?.designMode === "on"));
}

/** Where in the site the page stands, or who is signed in: the page's own, however its parts look. @param {Element} row */
export function isPageHead(row) {
  const way = `nav, [role=navigation], ${TRAIL}`;
  return row.matches(`header, ${way}`) || row.querySelector(`:scope > :is(${way})`) !== null || [...row.querySelectorAll("a, button")].slice(0, 20).some((link) => isLeaving(link));
}

/** The part of a page that holds its title, which no other part has. @param {Element} row @param {import("./bodies.js").Draft[]} spoken */
export function isPageTitle(row, spoken) {
  return spoken.length > 1 && row.querySelector("h1") !== null && spoken.every(({ unit: { element } }) => element === row || (element.querySelector("h1") === null && element.className !== row.className));
}

/** A log or list that the page names as such is no row of one. @param {Element} row */
export function holdsRows(row) {
  return row.matches("[role=log], [role=feed], [role=list]") || row.querySelector("[role=log], [role=feed], [role=list] > [role=listitem] ~ [role=listitem]") !== null;
}

/** A row to choose among others: its box says nothing of its own. @param {Element} row */
export function isForTicking(row) {
  const boxes = /** @type {HTMLInputElement[]} */ ([...row.querySelectorAll("input[type=checkbox]")]);
  return row.getBoundingClientRect().height < MESSAGE_HEIGHT && boxes.some((box) => ![...(box.labels ?? [])].some((label) => labelText(label, 20) !== ""));
}

/** Its words are in a frame that nobody outside may look into. @param {Element} row */
export function hidesWords(row) {
  return [...row.querySelectorAll("iframe")].some((frame) => frameDocument(frame) === null && isVisible(frame) && frame.getBoundingClientRect().height > LINE_PX);
}

/** A ticket's own head. @param {import("./bodies.js").Unit} unit */
export function showsFields({ runs }) {
  return runs.filter((run) => isTicketField(run.text)).length >= LEAST_FIELDS;
}

/** Fields to fill in beside its words, more than a message brings: a part of the ticket. @param {Element} row */
export function holdsFields(row) {
  return [...row.querySelectorAll("select, textarea, input[type=text], input[type=date], input:not([type])")].filter(isVisible).length >= 3;
}

/** Most rows stand beside the one before, not below it. @param {Element[]} rows */
export function standBeside(rows) {
  let beside = 0;
  for (let at = 1; at < rows.length; at++) {
    const [last, next] = [/** @type {Element} */ (rows[at - 1]).getBoundingClientRect(), /** @type {Element} */ (rows[at]).getBoundingClientRect()];
    if (Math.min(last.bottom, next.bottom) - Math.max(last.top, next.top) > Math.min(last.height, next.height) * 0.5) beside++;
  }
  return rows.length > 1 && beside >= (rows.length - 1) * 0.5;
}

/** One line that ends in an ellipsis where it is too long, or a few lines. @param {Element} element */
function cutsOff(element) {
  const style = styleOf(element);
  if (/^\d+$/.test(style.getPropertyValue("-webkit-line-clamp"))) return true;
  return style.textOverflow === "ellipsis" && style.overflowX !== "visible" && (/^(?:nowrap|pre)$/.test(style.whiteSpace) || element.scrollWidth > element.clientWidth);
}

/** A text cut with an ellipsis: a preview, not a message. @param {Element | undefined} body */
export function isCutOff(body) {
  for (let at = body ?? null, depth = 0; at && depth < 3; at = at.firstElementChild, depth++) {
    if (cutsOff(at)) return true;
  }
  return body?.parentElement ? cutsOff(body.parentElement) : false;
}

/** The share of the items that pass, 0 to 1; 0 of none. @template T @param {T[]} items @param {(item: T) => boolean} test */
export function share(items, test) {
  return items.length === 0 ? 0 : items.filter(test).length / items.length;
}

/** Sentences of the page's own stand over the row: it comments on an article. @param {Element} row */
export function standsUnderProse(row) {
  const blocks = [.../** @type {NodeListOf<HTMLElement>} */ (row.ownerDocument.querySelectorAll("p, div, section, article, blockquote, li"))];
  return blocks.some((block) => {
    if (!(block.compareDocumentPosition(row) & Node.DOCUMENT_POSITION_FOLLOWING) || block.contains(row)) return false;
    const said = [...block.childNodes].some((node) => node.nodeType === 3 && saidLength((node.nodeValue ?? "").trim()) > LEAST_PROSE);
    return said && !block.isContentEditable && block.closest("nav, aside, form, table, header, footer, [role=navigation], [role=complementary], [role=list]") === null && isVisible(block);
  });
}

/** Several fields of a ticket around a title, and nobody's sentence; or several in cells for labels, whatever else stands there: what opened the ticket is among them. @param {import("./bodies.js").Unit} unit @param {string} text what was read of it */
export function isTicketHead({ element, runs }, text) {
  const celled = new Set(runs.flatMap((run) => (run.kind !== "attribute" && run.owner.closest("th, dt") && isTicketField(run.text) ? [run.text] : [])));
  if (celled.size >= LEAST_LABELS) return true;
  if (/^(?:TABLE|TR)$/.test(element.tagName)) return false;
  const names = runs.filter((run) => run.kind !== "attribute").map((run) => run.text.split(/[:：]/)[0]?.trim() ?? "");
  const labels = new Set(names.filter((name) => isTicketField(name) || SENDER_LABEL.test(name) || (name.length <= 6 && FIELD_TAIL_ZH.test(name))));
  return labels.size >= LEAST_LABELS && !text.replace(/\S+@\S+/g, "").split("\n").some((line) => saidLength(line) >= LONG_LINE || (saidLength(line) > SHORT_LINE && /[.!。！，]/.test(line)));
}
