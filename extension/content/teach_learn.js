// @ts-check
/**
 * Owns learning a locator from what the agent pointed at: one message of the customer's, one of their own, the reply box. Reads the page with it at once,
 * so that what is shown is what will be read. Stores nothing.
 */
import { pathPattern, LOCATOR_FORMAT } from "../shared/teach_format.js";
import { composedContains } from "./dom.js";
import { openGroup } from "./lists.js";
import { createReader } from "./reader.js";
import { boxSigns, boxPlace } from "./teach_locate.js";
import { BASE_SIGNS, CLOSE_LIKENESS, createMatcher, DRAWN_SIGNS } from "./teach_match.js";
import { learnVotes, ownNameHashes, roleSigns } from "./teach_roles.js";
import { drawnSigns, isClassSign, listSigns, markElement, rowSigns } from "./teach_signs.js";

/**
 * @typedef {import("./teach_signs.js").Mark} Mark
 * @typedef {import("./teach_known.js").Taught} Taught
 * @typedef {import("./reader.js").ReadRow} ReadRow
 * @typedef {import("../shared/teach_format.js").Locator} Locator
 * @typedef {import("../shared/teach_format.js").SignShares} SignShares
 * @typedef {{ customer: Element, own: Element | null, box: Element | null }} Picks
 * @typedef {object} Lesson
 * @property {Taught} taught
 * @property {ReadRow[]} rows what would now be read
 * @property {boolean} customerRead the message pointed at is among them, with its role
 * @property {boolean} ownRead the same, true where none was pointed at
 */

const LEARN_ROUNDS = 3;
/** With a line of another kind before this share of the rows, those lines are their headers. */
const HEADED_SHARE = 0.3;
const OUTWARD_STEPS = 5;
const MOST_SHARES = 70;

/**
 * Null where nothing could be learned: the two are one message, or stand in different documents.
 * @param {Document} doc @param {Picks} picks
 * @returns {Lesson | null}
 */
export function learnLocator(doc, picks) {
  const { customer, own } = picks;
  if (own && (composedContains(customer, own) || composedContains(own, customer))) return null;
  const page = doc.body ? markElement(doc.body) : null;
  const marks = page ? [customer, own].map((element) => (element ? findMark(page, element) : null)) : [];
  const first = marks[0];
  if (!page || !first || (own && !marks[1])) return null;
  const examples = /** @type {Mark[]} */ (marks.filter((mark) => mark));
  /** @type {Lesson | null} */
  let best = null;
  for (const list of listsAround(examples)) {
    const lesson = lessonFrom(doc, picks, list, examples);
    if (!best || worthOf(lesson) > worthOf(best)) best = lesson;
    if (lesson.customerRead && lesson.ownRead) break;
  }
  return best;
}

/** @param {Lesson} lesson */
function worthOf(lesson) {
  return Number(lesson.customerRead) * 2 + Number(lesson.ownRead) * 2 + Math.min(1, lesson.rows.length / 50);
}

/** @param {Mark} page @param {Element} element @returns {Mark | null} */
function findMark(page, element) {
  const open = [page];
  for (let mark = open.pop(); mark; mark = open.pop()) {
    if (mark.element === element) return mark;
    for (const kid of mark.kids) if (kid.element === element || composedContains(kid.element, element)) open.push(kid);
  }
  return null;
}

/**
 * Where the list may be: the nearest element around both, or around one where it has others like it; then outwards.
 * @param {Mark[]} examples
 * @returns {Mark[]}
 */
function listsAround(examples) {
  const [first, second] = examples;
  /** @type {Mark[]} */
  const lists = [];
  for (let at = first?.parent ?? null; at && lists.length < 3; at = at.parent) if (!second || composedContains(at.element, second.element)) lists.push(at);
  if (second || lists.length === 0) return lists;
  const example = rowSigns(/** @type {Mark} */ (first));
  const shares = /** @type {SignShares} */ ([...example].map((sign) => [sign, 0.9]));
  const repeated = lists.find((list) => createMatcher([shares], false).rowsUnder(list).filter((row) => row.matched).length >= 2);
  return repeated ? [repeated, ...lists.filter((list) => list !== repeated)] : lists;
}

/** @param {Document} doc @param {Picks} picks @param {Mark} start @param {Mark[]} examples @returns {Lesson} */
function lessonFrom(doc, picks, start, examples) {
  let kinds = examples.map((mark) => shareSigns([mark]));
  let list = start;
  for (let round = 0; round < LEARN_ROUNDS; round++) {
    const matcher = createMatcher(kinds, true);
    list = outward(start, matcher);
    const rows = matcher.rowsUnder(list).filter((row) => row.matched && row.likeness >= CLOSE_LIKENESS).map((row) => row.mark);
    kinds = examples.map((example, at) => shareSigns([example, ...rows.filter((row) => row !== example && nearestKind(row, kinds) === at)]));
  }
  /** @type {Locator} */
  const locator = {
    format: LOCATOR_FORMAT, site: doc.location?.origin ?? "", path: pathPattern(doc.location ?? { pathname: "/", hash: "" }), made_at_ms: Date.now(),
    list: asShares([...listSigns(list)].map((sign) => [sign, 1])), rows: kinds, roles: [],
    box: picks.box ? { signs: asShares([...boxSigns(picks.box)].map((sign) => [sign, 1])), place: boxPlace(list.element, picks.box) } : null,
    opens: examples.every((mark) => !opensByItself(mark.element)), headed: areHeaded(createMatcher(kinds, true).rowsUnder(list)), page_names: false, points: -100,
  };
  const taught = { locator, own_names: /** @type {string[]} */ ([]) };
  const before = readWith(doc, taught);
  teachRoles(taught, picks, before.rows, list.element);
  locator.points = Math.max(-100, Math.round((before.points ?? -100) * 10) / 10);
  const { rows } = readWith(doc, taught);
  const reads = (/** @type {Element | null} */ pick, /** @type {string} */ author) => pick === null || rowOf(rows, pick)?.author === author;
  return { taught, rows, customerRead: reads(picks.customer, "customer"), ownRead: reads(picks.own, "agent") };
}

/** Names and times stand between the rows, as rows of their own. @param {import("./teach_match.js").FoundRow[]} rows */
function areHeaded(rows) {
  const matched = rows.filter((row) => row.matched).length;
  const headers = rows.filter((row, at) => !row.matched && !row.headerOnly && row.mark.text > 0 && rows[at + 1]?.matched === true).length;
  return headers > 1 && headers >= matched * HEADED_SHARE;
}

/** The search would take this one message for several. @param {Element} row */
function opensByItself(row) {
  /** @type {import("./lists.js").FlatRow[]} */
  const rows = [];
  openGroup(row, rows, 0, Infinity);
  return rows.filter((one) => !one.headerOnly).length > 1;
}

/** @param {Document} doc @param {Taught} taught */
function readWith(doc, taught) {
  const reader = createReader(doc, () => [taught]);
  reader.read();
  return reader.insight();
}

/**
 * Votes from the rows as read, and the agent's own names. What the page's names said right on both is trusted further on.
 * @param {Taught} taught @param {Picks} picks @param {ReadRow[]} rows @param {Element} list
 */
function teachRoles({ locator, ...taught }, picks, rows, list) {
  const theirs = rowOf(rows, picks.customer), ours = picks.own ? rowOf(rows, picks.own) : null;
  locator.page_names = theirs?.author === "customer" && (ours === null || ours?.author === "agent");
  if (!theirs || !ours) return;
  const spoken = rows.filter((row) => row.author !== "note" && row.author !== "bot");
  const sure = spoken.map((row) => (row === theirs ? "customer" : row === ours ? "agent" : locator.page_names && (row.author === "customer" || row.author === "agent") ? row.author : null));
  locator.roles = learnVotes(spoken.map((row) => roleSigns(row.draft, list)), roleSigns(theirs.draft, list), roleSigns(ours.draft, list), sure);
  taught.own_names.push(...ownNameHashes(ours.draft, theirs.draft));
}

/** @param {ReadRow[]} rows @param {Element} pick @returns {ReadRow | undefined} */
export function rowOf(rows, pick) {
  return rows.find(({ draft }) => draft.unit.element === pick) ?? rows.find(({ draft }) => composedContains(pick, draft.unit.element) || composedContains(draft.unit.element, pick)) ?? rows.find(({ draft }) => draft.bodies.some((body) => composedContains(pick, body) || composedContains(body, pick)));
}

/**
 * Outwards from a list while an element around it holds more rows like the taught ones in the same column: days and groups of one conversation.
 * @param {Mark} start @param {ReturnType<typeof createMatcher>} matcher
 */
function outward(start, matcher) {
  const rowsIn = (/** @type {Mark} */ mark) => matcher.rowsUnder(mark).filter((row) => row.matched && row.likeness >= CLOSE_LIKENESS);
  const column = start.element.getBoundingClientRect();
  let list = start, most = rowsIn(start).length;
  let at = start.parent;
  for (let step = 0; at && step < OUTWARD_STEPS && at.inner.has("field") === start.inner.has("field"); step++, at = at.parent) {
    const rows = rowsIn(at);
    const covered = rows.reduce((sum, row) => sum + row.mark.text, 0) / Math.max(1, at.text);
    if (rows.length > most && covered > 0.6 && rows.every((row) => inColumn(row.mark.element, column))) [list, most] = [at, rows.length];
  }
  return list;
}

/** @param {Element} row @param {DOMRect} column */
function inColumn(row, column) {
  const box = row.getBoundingClientRect();
  return Math.min(box.right, column.right) - Math.max(box.left, column.left) >= Math.min(box.width, column.width) * 0.6;
}

/** @param {Mark} row @param {SignShares[]} kinds */
function nearestKind(row, kinds) {
  const scores = kinds.map((shares) => createMatcher([shares], true).likeness(row));
  return scores.indexOf(Math.max(...scores));
}

/**
 * In which share of the rows each sign stands; the first row, which was pointed at, counts for three.
 * @param {Mark[]} rows
 * @returns {SignShares}
 */
function shareSigns(rows) {
  /** @type {Map<string, number>} */
  const counts = new Map([...BASE_SIGNS, ...DRAWN_SIGNS].map((sign) => [sign, 0]));
  let total = 0;
  rows.forEach((row, at) => {
    const weight = at === 0 ? 2 : 1;
    total += weight;
    for (const sign of new Set([...rowSigns(row), ...drawnSigns(row)])) counts.set(sign, (counts.get(sign) ?? 0) + weight);
  });
  return asShares([...counts].map(([sign, count]) => [sign, (count + 0.1) / (total + 0.2)]));
}

/** The surest first, class words last, as few as say it. @param {[string, number][]} entries @returns {SignShares} */
function asShares(entries) {
  const sure = (/** @type {[string, number]} */ [sign, share]) => Math.abs(share - 0.5) - (isClassSign(sign) ? 1 : 0);
  return entries.sort((left, right) => sure(right) - sure(left)).slice(0, MOST_SHARES).map(([sign, share]) => [sign, Math.round(share * 100) / 100]);
}

