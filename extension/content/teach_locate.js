// @ts-check
/**
 * Owns finding on a page what was taught for its site: the list, its rows, whose they are, the reply box. Reads no texts and keeps nothing but the last find.
 */
import { composedContains, isVisible, queryDeep } from "./dom.js";
import { openGroup } from "./lists.js";
import { createMatcher, matchPage, signLikeness } from "./teach_match.js";
import { knownTaught } from "./teach_known.js";
import { applyVotes } from "./teach_roles.js";
import { chainOf, markElement, ownSigns } from "./teach_signs.js";

/**
 * @typedef {import("./teach_known.js").Taught} Taught
 * @typedef {import("./lists.js").FlatRow} FlatRow
 * @typedef {import("../shared/teach_format.js").BoxPlace} BoxPlace
 * @typedef {object} TaughtList
 * @property {Element} list
 * @property {Taught} taught
 * @property {(child: Element) => FlatRow[]} open a child of the list as rows
 * @property {(drafts: import("./bodies.js").Draft[], decisions: import("./roles.js").Decision[]) => void} decide
 * @property {number} leastPoints a page that looks less like a conversation than this is none
 */

/** As in gate.js, which the search asks. */
const TAUGHT_GATE = 3.4;
const LEAST_POINTS = 1.5;
const POINTS_SLACK = 3;
const LEAST_BOX = 0.8;

/** @type {WeakRef<Element> | null} */
let lastList = null;

/**
 * What the agent taught goes before what the team approved.
 * @param {Document} doc @param {Taught[]} taught
 * @returns {Generator<undefined, TaughtList | null>}
 */
export function* locateTaught(doc, taught) {
  if (taught.length === 0 || !doc.body) return null;
  const page = markElement(doc.body);
  yield;
  if (!page) return null;
  const best = (yield* bestOf(doc, page, taught.filter(({ from }) => from !== "team"))) ?? (yield* bestOf(doc, page, taught.filter(({ from }) => from === "team")));
  if (!best) return null;
  const list = best.mark.element;
  lastList = new WeakRef(list);
  return asList(list, best.taught, leastPoints(best.taught.locator, standsAsTaught(doc, list, best.taught)));
}

/**
 * The one that fits the page best; of equal ones the first.
 * @param {Document} doc @param {import("./teach_signs.js").Mark} page @param {Taught[]} taught
 */
function* bestOf(doc, page, taught) {
  /** @type {{ mark: import("./teach_signs.js").Mark, score: number, taught: Taught } | null} */
  let best = null;
  for (const one of taught) {
    const found = yield* matchPage(page, one.locator, (list) => standsAsTaught(doc, list, one));
    if (found && (!best || found.score > best.score + 0.02)) best = { mark: found.mark, score: found.score, taught: one };
  }
  return best;
}

/**
 * How much a page with the taught rows must look like a conversation by itself: with the reply box in its place less than any other page, and where the
 * taught page did not look like one either, hardly more than it.
 * @param {import("../shared/teach_format.js").Locator} locator @param {boolean} hasBox
 */
function leastPoints({ points, box }, hasBox) {
  if (box !== null && !hasBox) return TAUGHT_GATE;
  if (points < TAUGHT_GATE) return points - POINTS_SLACK;
  return box === null ? TAUGHT_GATE - 1 : LEAST_POINTS;
}

/** @param {Element} list @param {Taught} taught @param {number} least @returns {TaughtList} */
function asList(list, taught, least) {
  const { locator, own_names } = taught;
  /** @type {WeakMap<Element, boolean>} */
  const matched = new WeakMap();
  return {
    list,
    taught,
    leastPoints: least,
    open(child) {
      const mark = markElement(child);
      if (!mark) return [{ element: child, headerOnly: false }];
      const rows = createMatcher(locator.rows, true).rowsUnder({ element: list, parent: null, own: [], kids: [mark], inner: new Set(), text: mark.text, spread: 1 });
      /** @type {FlatRow[]} */
      const flat = [];
      for (const row of rows) {
        if (!row.matched && !row.headerOnly && !locator.headed && row.mark.text > 0) continue;
        const element = boxedElement(row.mark);
        /** @type {FlatRow[]} */
        const inner = [];
        if (row.matched && locator.opens) openGroup(element, inner, 0, Infinity);
        else inner.push({ element, headerOnly: row.headerOnly });
        for (const one of inner) matched.set(one.element, row.matched);
        flat.push(...inner);
      }
      return flat;
    },
    decide(drafts, decisions) {
      applyVotes(drafts, decisions, { votes: locator.roles, ownNames: own_names, list, trustsPage: locator.page_names });
      drafts.forEach((draft, at) => {
        if (matched.get(draft.unit.element) === false) decisions[at] = { author: "system", evidence: "not_taught" };
      });
    },
  };
}

/** A wrapper that is not drawn has no place on the page: what it wraps stands for it. @param {import("./teach_signs.js").Mark} mark */
function boxedElement(mark) {
  return (chainOf(mark).find(({ element }) => element.getBoundingClientRect().height > 0) ?? mark).element;
}

/** A field like the taught reply box stands to the list as it did. @param {Document} doc @param {Element} list @param {Taught} taught */
function standsAsTaught(doc, list, { locator: { box } }) {
  if (!box) return false;
  return queryDeep(doc, "textarea, [contenteditable=true], iframe, input[type=text], input:not([type])").some((field) => isVisible(field) && boxPlace(list, field) === box.place && signLikeness(box.signs, boxSigns(field), true) >= LEAST_BOX);
}

/** Where a reply box stands to a list. @param {Element} list @param {Element} box @returns {BoxPlace} */
export function boxPlace(list, box) {
  if (composedContains(list, box)) return "inside";
  const [ours, theirs] = [list.getBoundingClientRect(), box.getBoundingClientRect()];
  const shared = Math.min(ours.right, theirs.right) - Math.max(ours.left, theirs.left);
  if (shared < Math.min(ours.width, theirs.width) * 0.5) return "beside";
  return theirs.top + theirs.height / 2 > ours.top + ours.height / 2 ? "below" : "above";
}

/**
 * Signs of a reply box: what kind of field it is, how it is labelled and how large it is, never what it says.
 * @param {Element} box
 * @returns {Set<string>}
 */
export function boxSigns(box) {
  const signs = new Set(ownSigns(box).filter((sign) => !sign.startsWith("<")));
  const kind = { TEXTAREA: "textarea", INPUT: "input", IFRAME: "frame" }[box.tagName] ?? "editable";
  signs.add(kind);
  if (box.hasAttribute("aria-label") || box.hasAttribute("aria-labelledby") || (/** @type {HTMLInputElement} */ (box).labels?.length ?? 0) > 0) signs.add("labelled");
  if (box.hasAttribute("placeholder")) signs.add("placeholder");
  const { width, height } = box.getBoundingClientRect();
  if (height >= 60) signs.add("tall");
  if (width >= 300) signs.add("wide");
  return signs;
}

/**
 * The one of these boxes that was taught as reply box; null where none or more than one fits.
 * @param {HTMLElement[]} boxes visible ones
 * @returns {HTMLElement | null}
 */
export function taughtBox(boxes) {
  const list = lastList?.deref();
  for (const { locator } of knownTaught()) {
    const { box } = locator;
    if (!box) continue;
    const scored = boxes.map((element) => ({ element, score: signLikeness(box.signs, boxSigns(element), true) + (list?.isConnected && boxPlace(list, element) === box.place ? 0.15 : 0) })).sort((left, right) => right.score - left.score);
    const [first, second] = scored;
    if (first && first.score >= LEAST_BOX && (!second || first.score > second.score + 0.05)) return first.element;
  }
  return null;
}
