// @ts-check
/**
 * Owns the choice among the lists that were read on one page: the best one, its rows and not what holds several conversations or columns.
 */
import { composedContains, composedElements, composedParent, isVisible } from "./dom.js";
import { alike, sharesClass } from "./lists.js";

/**
 * @typedef {import("./drafts.js").DraftList} DraftList
 * @typedef {import("./boxes.js").ReplyBox} ReplyBox
 */

/**
 * The highest score, then inwards: a list inside it wins where the outer one only adds rows of another kind.
 * @param {{ reading: DraftList, score: number }[]} readings
 * @returns {DraftList | null}
 */
export function bestReading(readings) {
  let best = readings.reduce((/** @type {{ reading: DraftList, score: number } | null} */ top, next) => (top === null || next.score > top.score ? next : top), null);
  const least = (best?.score ?? 0) * 0.8;
  for (let round = 0; best && round < 6; round++) {
    const outer = best;
    const inner = readings.find((candidate) => {
      if (candidate === outer || !composedContains(outer.reading.list, candidate.reading.list) || candidate.score < least) return false;
      // What is inside the only message and does not say it is its head.
      if (outer.reading.lone && !candidate.reading.drafts.some((draft) => draft.text === outer.reading.drafts[0]?.text)) return false;
      const named = (/** @type {DraftList} */ reading) => reading.drafts.every((draft) => draft.author !== null || draft.badges.length > 0 || draft.side !== undefined);
      if (named(outer.reading) && !named(candidate.reading)) return false;
      // What stands in a message that says when and by whom, and says neither, is a part of it.
      const dated = candidate.reading.drafts.some((draft) => draft.timeText !== "");
      if (!dated && outer.reading.drafts.some((draft) => draft.timeText !== "" && draft.author !== null && composedContains(draft.unit.element, candidate.reading.list))) return false;
      const own = new Set(candidate.reading.drafts.map((draft) => draft.unit.element));
      const model = candidate.reading.drafts[0]?.unit.element;
      const timed = candidate.reading.drafts.every((draft) => draft.timeText !== "");
      return model !== undefined && outer.reading.drafts.every((draft) => own.has(draft.unit.element) || composedContains(draft.unit.element, candidate.reading.list) || !alike(draft.unit.element, model) || (timed && draft.timeText === "") || (draft.author === null && !sharesClass(draft.unit.element, model)));
    });
    if (!inner) break;
    best = inner;
  }
  return best?.reading ?? null;
}

/**
 * Two or more parts of it hold a list and a box of their own: several conversations, not one.
 * @param {Element} list @param {import("./lists.js").ListCandidate[]} proposals @param {ReplyBox[]} boxes
 */
export function holdsConversations(list, proposals, boxes) {
  const shown = boxes.filter((box) => box.visible && composedContains(list, box.shown));
  if (shown.length < 2) return false;
  const homes = shown.filter((box) => {
    for (let at = composedParent(box.shown); at && at !== list; at = composedParent(at)) {
      const home = at;
      if (shown.some((other) => other !== box && composedContains(home, other.shown))) return false;
      if (proposals.some((other) => other.list !== home && composedContains(home, other.list))) return true;
    }
    return false;
  });
  return homes.length >= 2;
}

/**
 * Children that stand side by side are columns of a page, not rows of a list.
 * @param {Element} list @param {Map<Element, import("./lists.js").ElementFacts>} measures
 */
export function standsInColumns(list, measures) {
  // What was left out of the measures is a column all the same: a list of conversations, a menu.
  const isFilled = (/** @type {Element} */ child) => (measures.get(child)?.text || (child.textContent ?? "").trim().length) > 0 && isVisible(child);
  const rows = composedElements(list).filter((child) => isFilled(child) && child.getBoundingClientRect().height > 100).slice(0, 6);
  // A term may stand beside its description.
  if (rows.length < 2 || list.tagName === "DL") return false;
  let beside = 0;
  for (let at = 1; at < rows.length; at++) {
    const left = /** @type {Element} */ (rows[at - 1]).getBoundingClientRect(), right = /** @type {Element} */ (rows[at]).getBoundingClientRect();
    const apart = right.left >= left.right - 4 || left.left >= right.right - 4;
    const overlap = Math.min(left.bottom, right.bottom) - Math.max(left.top, right.top);
    if (apart && overlap > Math.min(left.height, right.height) * 0.5) beside++;
  }
  return beside >= (rows.length - 1) * 0.5;
}
