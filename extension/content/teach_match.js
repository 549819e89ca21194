// @ts-check
/**
 * Owns the comparison of a page with what was taught: how like a row is to the taught rows, which rows stand under an element, which element is the list.
 * Class words only add to a likeness, so that renaming them costs nothing. Learns nothing and decides no roles.
 */
import { chainOf, drawnSigns, isClassSign, listSigns, rowSigns } from "./teach_signs.js";

/**
 * @typedef {import("./teach_signs.js").Mark} Mark
 * @typedef {import("../shared/teach_format.js").SignShares} SignShares
 * @typedef {import("../shared/teach_format.js").Locator} Locator
 * @typedef {object} FoundRow
 * @property {Mark} mark
 * @property {number} likeness
 * @property {boolean} matched like a taught row
 * @property {boolean} headerOnly stands in an opened group, beside its rows
 * @typedef {object} FoundList
 * @property {Mark} mark
 * @property {FoundRow[]} rows
 * @property {number} score
 */

export const LEAST_LIKENESS = 0.62;
export const CLOSE_LIKENESS = 0.85;
const LEAST_MATCH = 0.78;
const CLASS_BONUS = 0.08;
const FOREIGN_SHARE = 0.25;
/** What a row lacks says less than what it has. */
const ABSENT_SHARE = 0.6;
const GROUP_DEPTH = 4;
const FINALISTS = 8;
/** Looked at in every row, taught or not. */
export const BASE_SIGNS = ["time", "picture", "field", "<button>", "leaf", "two parts", "many parts"];
export const DRAWN_SIGNS = ["surface", "bold", "heading", "small", "centred", "inline"];

/** How much a sign tells about a row. @param {string} sign */
function weightOf(sign) {
  if (/^(?:\^?<(?:a|ul|ol|li|code|pre|blockquote|h[1-6]|svg|label|table|tr|td|th)>|status)$/.test(sign) && !sign.startsWith("^")) return 0.15;
  if (sign === "^picture" || sign === "^status" || sign === "^badge" || sign === "^time") return 0.2;
  if (/^\^<(?:p|span|font|b|strong|em|i)>$/.test(sign)) return 1.2;
  if (sign.startsWith("^role=") || sign.startsWith("^[data-") || sign.startsWith("^<")) return 2;
  if (sign.startsWith("^")) return 1.3;
  if (sign === "inline") return 1.5;
  if (sign === "field") return 2;
  if (sign === "time" || sign === "surface") return 1.2;
  if (sign.includes("=") && sign.startsWith("[data-")) return 0.3;
  if (sign.startsWith("[data-") || /^<.*-.*>$/.test(sign)) return 1;
  if (/^(?:leaf|two parts|many parts|bold|small|<button>|badge)$/.test(sign)) return 0.5;
  return 0.7;
}

/**
 * 0 to 1, and a little more where class words fit too. Signs of the drawing count only where they were looked at.
 * @param {SignShares} taught @param {Set<string>} signs @param {boolean} drawn
 */
export function signLikeness(taught, signs, drawn) {
  let total = 0, miss = 0, classes = 0, classHits = 0;
  const known = new Set();
  for (const [sign, share] of taught) {
    known.add(sign);
    if (isClassSign(sign)) {
      if (share < 0.8) continue;
      classes++;
      if (signs.has(sign)) classHits++;
      continue;
    }
    if (!drawn && DRAWN_SIGNS.includes(sign)) continue;
    const weight = weightOf(sign) * Math.abs(2 * share - 1) * (share < 0.5 ? ABSENT_SHARE : 1);
    total += weight;
    miss += weight * Math.abs(share - Number(signs.has(sign)));
  }
  for (const sign of signs) {
    if (known.has(sign) || isClassSign(sign) || DRAWN_SIGNS.includes(sign)) continue;
    const weight = weightOf(sign) * FOREIGN_SHARE;
    total += weight;
    miss += weight;
  }
  return (total === 0 ? 0.7 : 1 - miss / total) + (classes === 0 ? 0 : (CLASS_BONUS * classHits) / classes);
}

/**
 * Compares rows with what was taught, remembering what it has compared.
 * @param {SignShares[]} taught one entry for each kind of row @param {boolean} drawn
 */
export function createMatcher(taught, drawn) {
  /** @type {Map<Mark, number>} */
  const known = new Map();
  /** @param {Mark} mark */
  const likeness = (mark) => {
    let value = known.get(mark);
    if (value === undefined) {
      const signs = rowSigns(mark);
      if (drawn) for (const sign of drawnSigns(mark)) signs.add(sign);
      value = Math.max(...taught.map((shares) => signLikeness(shares, signs, drawn)));
      known.set(mark, value);
    }
    return value;
  };
  /** The rows below a mark in page order: groups opened, what is no row kept beside them. @param {Mark} mark @param {number} [depth] @returns {FoundRow[]} */
  const rowsUnder = (mark, depth = 0) => {
    /** @type {FoundRow[]} */
    const rows = [];
    for (const kid of mark.kids) {
      if (kid.text === 0 && kid.inner.size === 0 && !kid.own.includes("time")) continue;
      const own = kid.text > 0 ? likeness(kid) : 0;
      const inside = depth < GROUP_DEPTH && kid.kids.length > 0 ? rowsUnder(kid, depth + 1) : [];
      const inner = inside.filter((row) => row.matched);
      const mean = inner.reduce((sum, row) => sum + row.likeness, 0) / Math.max(1, inner.length);
      const margin = chainOf(kid).length > 1 && inner.length === 1 ? 0.1 : 0.03;
      if (inner.length > 0 && (own < LEAST_LIKENESS || mean > own + margin)) rows.push(...inside.map((row) => (row.matched ? row : { ...row, headerOnly: true })));
      else rows.push({ mark: kid, likeness: own, matched: own >= LEAST_LIKENESS, headerOnly: false });
    }
    return rows;
  };
  return { likeness, rowsUnder };
}

/**
 * The element whose rows are most like the taught ones, or null where none is like them enough.
 * @param {Mark} page @param {Locator} locator @param {(list: Element) => boolean} standsAsTaught to the reply box
 * @returns {Generator<undefined, FoundList | null>}
 */
export function* matchPage(page, locator, standsAsTaught) {
  const rough = createMatcher(locator.rows, false);
  /** @type {FoundList[]} */
  const found = [];
  let looked = 0;
  /** @type {Mark[]} */
  const open = [page];
  while (open.length > 0) {
    const mark = /** @type {Mark} */ (open.pop());
    if (mark.text === 0) continue;
    open.push(...mark.kids);
    if (mark.element.tagName === "IFRAME") continue;
    const entry = scoreList(mark, locator, rough);
    if (entry) found.push(entry);
    if (++looked % 400 === 0) yield;
  }
  found.sort((left, right) => right.score - left.score);
  const exact = createMatcher(locator.rows, true);
  /** @type {FoundList | null} */
  let best = null;
  for (const { mark } of found.slice(0, FINALISTS)) {
    yield;
    const entry = scoreList(mark, locator, exact);
    if (!entry) continue;
    if (standsAsTaught(mark.element)) entry.score += 0.12;
    if (!best || entry.score > best.score) best = entry;
  }
  return best && plainScore(best) >= LEAST_MATCH ? best : null;
}

/** The score without what many rows add. @param {FoundList} found */
function plainScore(found) {
  return found.score - manyRows(found.rows);
}

/** @param {FoundRow[]} rows */
function manyRows(rows) {
  return 0.08 * Math.log2(1 + Math.min(64, rows.filter((row) => row.likeness >= CLOSE_LIKENESS).length));
}

/**
 * @param {Mark} mark @param {Locator} locator @param {ReturnType<typeof createMatcher>} matcher
 * @returns {FoundList | null}
 */
export function scoreList(mark, locator, matcher) {
  const rows = matcher.rowsUnder(mark);
  const matched = rows.filter((row) => row.matched);
  if (matched.length === 0) return null;
  const mean = matched.reduce((sum, row) => sum + Math.min(1, row.likeness), 0) / matched.length;
  const covered = Math.min(1, matched.reduce((sum, row) => sum + row.mark.text, 0) / Math.max(1, mark.text));
  const list = signLikeness(locator.list, listSigns(mark), true);
  const score = ((mean - LEAST_LIKENESS) / (1 - LEAST_LIKENESS)) * 0.45 + Math.min(1.05, list) * 0.3 + covered * 0.25 + manyRows(rows);
  return { mark, rows, score };
}
