// @ts-check
/**
 * Owns the reading of one element as the only message of a page: a ticket that nobody has answered yet, a chat's first line.
 * Whether the page is a conversation is judged elsewhere.
 */
import { composedElements, composedParent } from "./dom.js";
import { assembleDrafts } from "./drafts.js";
import { alike, sharesClass } from "./lists.js";
import { unitRuns } from "./runs.js";
import { isNameLike } from "./text.js";

/**
 * @typedef {import("./bodies.js").Unit} Unit
 * @typedef {import("./drafts.js").DraftList} DraftList
 * @typedef {import("./people.js").Person} Person
 * @typedef {import("./context.js").PageFacts} PageFacts
 */

/** A message shows no more times at one place. */
const LIST_TIMES = 3;
/** Head, body and foot of a message. */
const MOST_PARTS = 4;
/** A menu has as many. */
const LEAST_POINTS = 3;

/**
 * A page with a single message has no list: the element itself as the one row of its parent. One of several like it is none.
 * @param {Element} inner @param {PageFacts} facts @param {Person[]} people @param {number} now_ms
 * @returns {DraftList | null}
 */
export function loneReading(inner, facts, people, now_ms) {
  const row = outermost(inner), parent = composedParent(row);
  if (!parent || /^(?:BODY|HTML|MAIN|IFRAME)$/.test(row.tagName)) return null;
  if (isOneOfSeveral(row)) return null;
  const unit = { element: row, headerOnly: false, runs: unitRuns(row, now_ms) };
  if (isSeveral(unit)) return null;
  const reading = assembleDrafts(parent, [unit], { subject: facts.subject, known: people }, now_ms);
  const [mail] = reading.drafts, text = mail?.text ?? "";
  if (mail && isMenu(mail)) return null;
  const signed = mail?.author?.email && mail.timeText !== "";
  return (text.length >= 6 && !isNameLike(text)) || (signed && text !== "") ? { ...reading, lone: true } : null;
}

/** What was taken for its words are links, each a point of a list. @param {import("./bodies.js").Draft} draft */
function isMenu({ bodies, unit: { runs } }) {
  const inside = runs.filter((run) => run.kind !== "attribute" && bodies.some((body) => body.contains(run.owner)));
  const points = new Set(inside.map((run) => (run.link ? run.owner.closest("li") : null)));
  return points.size >= LEAST_POINTS && !points.has(null);
}

/**
 * The row that holds nothing but these words, with portrait and surface, in what holds nothing but the row: against that its side shows.
 * @param {Element} inner
 */
function outermost(inner) {
  const words = (/** @type {Element} */ element) => (element.textContent ?? "").trim(), said = words(inner);
  let row = inner;
  for (let at = composedParent(inner); said !== "" && at && !/^(?:BODY|MAIN)$/.test(at.tagName); at = composedParent(at)) {
    const outer = composedParent(at);
    if (words(at) !== said || outer === null || words(outer) !== said) break;
    row = at;
  }
  return row;
}

/** Its times stand at one place in rows of its own: a list. @param {Unit} unit */
function isSeveral({ runs }) {
  const places = runs.filter((run) => run.kind === "time").map((run) => run.path);
  return places.some((place) => places.filter((other) => other === place).length >= LIST_TIMES);
}

/** Elements like it stand beside it, or beside what holds nothing else. @param {Element} row */
function isOneOfSeveral(row) {
  let at = row;
  for (let outer = composedParent(at); outer && outer.tagName !== "BODY" && composedElements(outer).length === 1; outer = composedParent(at)) at = outer;
  const around = composedParent(at);
  return around !== null && composedElements(around).filter((other) => other !== at && sharesClass(other, at) && alike(other, at) && (other.textContent ?? "").trim() !== "").length > 1;
}

/**
 * What was read as a list is one message: its parts are of different kinds, one of them says when or by whom, and taken as one row it says
 * the same.
 * @param {DraftList} reading @param {DraftList} lone the same element as one row
 */
export function areParts({ units, drafts }, lone) {
  const [whole] = lone.drafts, [only, next] = drafts, rows = units.map(({ element }) => element);
  // The only message there is, and its head beside it.
  if (whole?.author && only?.author === null && !next && only.text === whole.text) return true;
  if (!whole || whole.timeText === "" || rows.length < 2 || rows.length > MOST_PARTS) return false;
  const timed = units.filter(({ runs }) => runs.some((run) => run.kind === "time"));
  if (timed.length !== 1 || !drafts.some(({ text }) => text === whole.text)) return false;
  return drafts.length === 1 || rows.every((row, at) => rows.every((other, beside) => beside <= at || isOfOtherKind(row, other)));
}

/** @param {Element} row @param {Element} other */
function isOfOtherKind(row, other) {
  return row.classList.length > 0 && other.classList.length > 0 ? !sharesClass(row, other) : !alike(row, other);
}
