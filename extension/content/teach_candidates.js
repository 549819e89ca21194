// @ts-check
/**
 * Owns what the agent can point at: the rows of the page that could be messages, best reading first, and the fields that could be a reply box.
 * Draws nothing and decides nothing.
 */
import { findBoxes } from "./boxes.js";
import { readFacts } from "./context.js";
import { composedContains, composedElements, composedParent, isBlock, isSkipped, isVisible, queryDeep } from "./dom.js";
import { assembleDrafts } from "./drafts.js";
import { readingScore } from "./list_score.js";
import { alike, emptyMemory, listUnits, measurePage, proposeLists } from "./lists.js";
import { createReader } from "./reader.js";

const MOST_LISTS = 14;
/** A row with more of its list's text than this is not one message of many. */
const MOST_OF_LIST = 0.6;
const FIELDS = "textarea, [contenteditable]:not([contenteditable=false]), iframe, input[type=text], input:not([type])";

/**
 * @typedef {object} Candidates
 * @property {(inner: Element) => Element | null} around the row that an element of the page belongs to
 * @property {(row: Element, steps: number) => Element} resize outwards for steps above 0, inwards below
 * @property {Element[]} rows for walking through with the keyboard: the best list's in page order, then those of the others
 * @property {HTMLElement[]} fields
 */

/** @param {Document} doc @returns {Candidates} */
export function findCandidates(doc) {
  const lists = rankedRows(doc);
  return {
    around: (inner) => rowAround(inner, lists),
    resize,
    rows: [...new Set(lists.flatMap(inPageOrder))],
    fields: /** @type {HTMLElement[]} */ (queryDeep(doc, FIELDS).filter((field) => isVisible(field) && field.getBoundingClientRect().height > 10 && field.getBoundingClientRect().width > 40 && !field.parentElement?.isContentEditable)),
  };
}

/** Rows of the page as it is read now, then of every list that reads as messages at all, best first. @param {Document} doc @returns {Element[][]} */
function rankedRows(doc) {
  const now_ms = Date.now();
  const reader = createReader(doc);
  reader.read();
  const current = reader.insight().rows.map(({ draft }) => draft.unit.element);
  const facts = readFacts(doc, null);
  const boxes = findBoxes(doc, null);
  const known = [...facts.requesters, ...facts.accounts, ...facts.menus, ...facts.owners];
  const read = proposeLists(measurePage(doc, now_ms), MOST_LISTS).map(({ list }) => {
    const units = listUnits(list, now_ms, emptyMemory(), 60);
    const reading = assembleDrafts(list, units, { subject: facts.subject, known }, now_ms);
    const whole = (list.textContent ?? "").length;
    const rows = reading.drafts.map((draft) => draft.unit.element).filter((row, _, all) => all.length < 2 || (row.textContent ?? "").length <= whole * MOST_OF_LIST);
    return { rows, score: readingScore(reading, boxes) };
  });
  read.sort((left, right) => right.score - left.score);
  return [current, ...read.map(({ rows }) => rows)].filter((rows) => rows.length > 0);
}

/** @param {Element} inner @param {Element[][]} lists */
function rowAround(inner, lists) {
  for (const rows of lists) {
    const around = rows.filter((row) => row === inner || composedContains(row, inner));
    const smallest = around.find((row) => !around.some((other) => other !== row && composedContains(row, other)));
    if (smallest) return smallest;
  }
  return repeatedAround(inner);
}

/** Where no list covers it: the nearest block around that has a sibling of its kind. @param {Element} inner */
function repeatedAround(inner) {
  /** @type {Element | null} */
  let block = null;
  for (let at = /** @type {Element | null} */ (inner); at && at.tagName !== "BODY"; at = composedParent(at)) {
    if (isSkipped(at) || (at.textContent ?? "").trim() === "" || !isBlock(at)) continue;
    block ??= at;
    const row = at;
    const outer = composedParent(at);
    if (outer && composedElements(outer).some((sibling) => sibling !== row && alike(sibling, row) && (sibling.textContent ?? "").trim() !== "")) return at;
  }
  return block;
}

/** @param {Element} row @param {number} steps */
function resize(row, steps) {
  let at = row;
  for (let step = 0; step < steps; step++) {
    const outer = wider(at);
    if (!outer) break;
    at = outer;
  }
  for (let step = 0; step > steps; step--) {
    const inner = narrower(at);
    if (!inner) break;
    at = inner;
  }
  return at;
}

/** The next element outwards that shows more or looks larger. @param {Element} row */
function wider(row) {
  const area = areaOf(row);
  for (let at = composedParent(row); at && at.tagName !== "BODY" && at.tagName !== "HTML"; at = composedParent(at)) if (areaOf(at) > area * 1.02) return at;
  return null;
}

/** Inwards to the child with the most text, through wrappers of the same size. @param {Element} row */
function narrower(row) {
  const area = areaOf(row);
  let at = row;
  for (let depth = 0; depth < 6; depth++) {
    const kids = composedElements(at).filter((kid) => !isSkipped(kid) && isVisible(kid) && (kid.textContent ?? "").trim() !== "");
    const most = kids.reduce((/** @type {Element | null} */ best, kid) => (best === null || (kid.textContent ?? "").length > (best.textContent ?? "").length ? kid : best), null);
    if (!most) return null;
    if (areaOf(most) < area * 0.98) return most;
    at = most;
  }
  return null;
}

/** @param {Element} element */
function areaOf(element) {
  const { width, height } = element.getBoundingClientRect();
  return width * height;
}

/** @param {Element[]} rows */
function inPageOrder(rows) {
  return rows.filter((row) => isVisible(row)).sort((left, right) => {
    if (left.ownerDocument !== right.ownerDocument || left.getRootNode() !== right.getRootNode()) return left.getBoundingClientRect().top - right.getBoundingClientRect().top;
    return left.compareDocumentPosition(right) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
  });
}
