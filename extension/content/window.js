// @ts-check
/**
 * Owns what a virtualised list has shown and shows no more: rows that a page takes out while one scrolls stay read, in their place, and
 * speak for the rows that are left: a row without a name continues the one above, wherever that is. A row that goes while its place is
 * in sight was deleted. Reads no rows itself.
 */
import { composedElements, composedParent, isVisible, styleOf } from "./dom.js";

/**
 * @typedef {import("./bodies.js").Draft} Draft
 * @typedef {{ draft: Draft, y: number, height: number }} Placed
 * @typedef {ReturnType<typeof createWindow>} ListWindow
 */

/** Empty room of this height before the first or after the last row is where rows were taken out. */
const ROOM_PX = 48;
/** A list that keeps more rows than this in the page takes none out. */
const MOST_ROWS = 300;
/** A row may move so far while others' heights are learnt and still be the same. */
const DRIFT_PX = 90;
/** Words as long as this hardly come twice. */
const TELLING = 12;

export function createWindow() {
  /** @type {Placed[]} in the page's order */
  let known = [];
  let conversation = "";
  return {
    /** What was kept of another conversation is forgotten. @param {string} id */
    turnTo(id) {
      if (id !== conversation) known = [];
      conversation = id;
    },
    /** Rows that are out of the page now. @returns {Draft[]} */
    past: () => known.flatMap(({ draft }) => (draft.past ? [draft] : [])),
    /**
     * The rows' drafts, and before and after them those known from places that are out of the page now.
     * @param {Element} list @param {Draft[]} drafts in the page's order
     */
    join(list, drafts) {
      const pane = drafts.length > 0 && drafts.length <= MOST_ROWS ? scrolledPane(list) : null;
      const room = pane ? emptyRoom(list, pane) : null;
      if (!pane || !room) {
        known = [];
        return drafts;
      }
      const base = pane.getBoundingClientRect().top - pane.scrollTop;
      const placed = drafts.map((draft) => {
        const box = draft.unit.element.getBoundingClientRect();
        return { draft, y: box.top - base, height: box.height };
      });
      const shift = shiftBetween(known, placed);
      const before = known.map((one) => ({ ...one, y: one.y + shift }));
      const gone = new Set(before);
      for (const one of placed) {
        const same = sameRow(one, before, gone);
        if (!same) continue;
        gone.delete(same);
        if (same.draft.id) one.draft.id = same.draft.id;
      }
      const top = Math.min(...placed.map(({ y }) => y)), bottom = Math.max(...placed.map(({ y, height }) => y + height));
      const earlier = room.above > ROOM_PX ? [...gone].filter(({ y, height }) => y + height <= top + DRIFT_PX / 2 && y < top) : [];
      const later = room.below > ROOM_PX ? [...gone].filter(({ y }) => y >= bottom - DRIFT_PX / 2) : [];
      for (const { draft } of [...earlier, ...later]) draft.past = true;
      known = [...earlier, ...placed, ...later];
      return known.map(({ draft }) => draft);
    },
  };
}

/**
 * Room inside the list above and below everything in it that says something.
 * @param {Element} list @param {Element} pane
 */
function emptyRoom(list, pane) {
  const boxes = composedElements(list).filter((child) => (child.textContent ?? "").trim() !== "" && isVisible(child)).map((child) => child.getBoundingClientRect()).filter((box) => box.height > 0);
  if (boxes.length === 0) return null;
  const frame = list.getBoundingClientRect();
  const start = list === pane ? frame.top - pane.scrollTop : frame.top;
  const end = list === pane ? start + pane.scrollHeight : frame.bottom;
  return { above: Math.min(...boxes.map((box) => box.top)) - start, below: end - Math.max(...boxes.map((box) => box.bottom)) };
}

/**
 * How far rows that both have moved since: by rows whose words tell them apart, else by one that stayed near.
 * @param {Placed[]} before @param {Placed[]} now
 */
function shiftBetween(before, now) {
  const places = new Map(before.map((one) => [one.draft.base, one.y]));
  const moves = now.flatMap(({ draft, y }) => (places.has(draft.base) ? [{ by: y - /** @type {number} */ (places.get(draft.base)), telling: isTelling(draft) }] : []));
  const telling = moves.filter((move) => move.telling).map((move) => move.by).sort((left, right) => left - right);
  if (telling.length > 0) return /** @type {number} */ (telling[Math.floor(telling.length / 2)]);
  return moves.find((move) => Math.abs(move.by) < DRIFT_PX)?.by ?? 0;
}

/** @param {Draft} draft */
function isTelling(draft) {
  return draft.base?.startsWith("d:") || draft.text.length >= TELLING;
}

/**
 * The same row as it was known: where it stood, or anywhere when nothing else says the same.
 * @param {Placed} row @param {Placed[]} before @param {Set<Placed>} open not yet found again
 */
function sameRow(row, before, open) {
  const twins = before.filter((one) => one.draft.base === row.draft.base && open.has(one));
  const near = twins.filter(({ y }) => Math.abs(y - row.y) < DRIFT_PX).sort((left, right) => Math.abs(left.y - row.y) - Math.abs(right.y - row.y))[0];
  return near ?? (twins.length === 1 && isTelling(row.draft) ? twins[0] : undefined);
}

/** The list itself or the nearest element around it that scrolls and has something to scroll. @param {Element} list */
function scrolledPane(list) {
  for (let at = /** @type {Element | null} */ (list), depth = 0; at && depth < 6 && at.tagName !== "BODY"; at = composedParent(at), depth++) {
    if (at.scrollHeight > at.clientHeight + ROOM_PX && /auto|scroll|overlay/.test(styleOf(at).overflowY)) return at;
  }
  return null;
}
