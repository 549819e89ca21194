// @ts-check
/**
 * Owns what a virtualised list has shown and shows no more: rows that a page takes out while one scrolls stay read, in their place.
 * A row that goes while its place is in sight was deleted. Reads no rows itself.
 */
import { composedElements, composedParent, isVisible, styleOf } from "./dom.js";

/**
 * @typedef {import("./reader.js").ReadMessage} ReadMessage
 * @typedef {{ message: ReadMessage, y: number, height: number }} Placed
 * @typedef {{ message: ReadMessage, element: Element }} Row
 */

/** Empty room of this height before the first or after the last row is where rows were taken out. */
const ROOM_PX = 48;
/** A list that keeps more rows than this in the page takes none out. */
const MOST_ROWS = 300;
/** A row may move so far while others' heights are learnt and still be the same. */
const DRIFT_PX = 90;
/** Words as long as this hardly come twice. */
const TELLING = 12;

/** @returns {{ join: (list: Element, rows: Row[]) => ReadMessage[], forget: () => void }} */
export function createWindow() {
  /** @type {Placed[]} in the page's order */
  let known = [];
  return {
    forget() {
      known = [];
    },
    /**
     * The rows' messages, and before and after them those known from places that are out of the page now.
     * @param {Element} list @param {Row[]} rows in the page's order
     */
    join(list, rows) {
      const pane = rows.length > 0 && rows.length <= MOST_ROWS ? scrolledPane(list) : null;
      const room = pane ? emptyRoom(list, pane) : null;
      if (!pane || !room) {
        known = [];
        return rows.map(({ message }) => message);
      }
      const base = pane.getBoundingClientRect().top - pane.scrollTop;
      const placed = rows.map(({ message, element }) => {
        const box = element.getBoundingClientRect();
        return { message, y: box.top - base, height: box.height };
      });
      if (room.above <= ROOM_PX && room.below <= ROOM_PX) {
        known = placed;
        return rows.map(({ message }) => message);
      }
      const shift = shiftBetween(known, placed);
      const before = known.map((one) => ({ ...one, y: one.y + shift }));
      tellTwinsApart(before, placed);
      const now = new Set(placed.map(({ message }) => message.id));
      const gone = before.filter(({ message }) => !now.has(message.id));
      const top = Math.min(...placed.map(({ y }) => y)), bottom = Math.max(...placed.map(({ y, height }) => y + height));
      const earlier = room.above > ROOM_PX ? gone.filter(({ y, height }) => y + height <= top + DRIFT_PX / 2 && y < top) : [];
      const later = room.below > ROOM_PX ? gone.filter(({ y }) => y >= bottom - DRIFT_PX / 2) : [];
      known = [...earlier, ...placed, ...later];
      return known.map(({ message }) => message);
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
  const places = new Map(before.map((one) => [one.message.id, one.y]));
  const moves = now.flatMap(({ message, y }) => (places.has(message.id) ? [{ by: y - /** @type {number} */ (places.get(message.id)), telling: message.text.length >= TELLING }] : []));
  const telling = moves.filter((move) => move.telling).map((move) => move.by).sort((left, right) => left - right);
  if (telling.length > 0) return /** @type {number} */ (telling[Math.floor(telling.length / 2)]);
  return moves.find((move) => Math.abs(move.by) < DRIFT_PX)?.by ?? 0;
}

/**
 * Two rows of the same words have ids that count them in the page; what is out of the page is counted, too.
 * @param {Placed[]} before @param {Placed[]} now
 */
function tellTwinsApart(before, now) {
  for (const one of now) {
    const stem = idStem(one.message.id);
    if (!stem.startsWith("h:")) continue;
    const twins = before.filter(({ message }) => idStem(message.id) === stem);
    const same = twins.find(({ y }) => Math.abs(y - one.y) < DRIFT_PX);
    if (same) one.message.id = same.message.id;
    else if (twins.some(({ message }) => message.id === one.message.id)) one.message.id = `${stem}.${1 + Math.max(...twins.map(({ message }) => Number(/\.(\d+)$/.exec(message.id)?.[1] ?? 1)))}`;
  }
}

/** @param {string} id */
function idStem(id) {
  return id.startsWith("h:") ? id.replace(/\.\d+$/, "") : id;
}

/** The list itself or the nearest element around it that scrolls and has something to scroll. @param {Element} list */
function scrolledPane(list) {
  for (let at = /** @type {Element | null} */ (list), depth = 0; at && depth < 6 && at.tagName !== "BODY"; at = composedParent(at), depth++) {
    if (at.scrollHeight > at.clientHeight + ROOM_PX && /auto|scroll|overlay/.test(styleOf(at).overflowY)) return at;
  }
  return null;
}
