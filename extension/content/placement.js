// @ts-check
/**
 * Owns where the overlay stands: arithmetic on rectangles in CSS pixels of the viewport. Touches no document.
 *
 * @typedef {{ left: number, top: number, width: number, height: number }} Box
 * @typedef {{ width: number, height: number }} Extent
 * @typedef {object} Place where the agent left the pill; kept per site
 * @property {"left" | "right"} edge the nearer edge
 * @property {number} gap_px distance from that edge
 * @property {number} y centre of the pill, as a fraction of the viewport's height
 */

const EDGE_MARGIN = 8;
const PILL_HEIGHT = 36;
const MOST_OF_HEIGHT = 0.7;
/** A panel is shortened to this much before it moves sideways, and to the other where nothing else fits. */
const SHORT_PANEL_HEIGHT = 260;
const SHORTEST_PANEL_HEIGHT = 140;
/** A pill that covers a control looks this far along its edge for a place that covers none, as a fraction of the viewport's height. */
const FURTHEST_SLIDE = 0.35;

/** Right edge, above the lower third. @type {Place} */
export const DEFAULT_PLACE = { edge: "right", gap_px: 12, y: 0.62 };

/**
 * Inside the viewport, off every box to avoid if there is any such place, else where it covers least.
 * @param {Extent} view
 * @param {Extent} size what the overlay asks for
 * @param {Place} place
 * @param {Box[]} avoid
 * @returns {Box}
 */
export function placeOverlay(view, size, place, avoid) {
  const width = Math.max(1, Math.min(size.width, view.width - 2 * EDGE_MARGIN));
  const height = Math.max(1, Math.min(size.height, view.height - 2 * EDGE_MARGIN, panelLimit(view)));
  const wishLeft = place.edge === "left" ? place.gap_px : view.width - place.gap_px - width;
  const wish = keepInside(view, { left: wishLeft, top: place.y * view.height - PILL_HEIGHT / 2, width, height });
  const blocking = avoid.filter((box) => overlap(view, box) > 0);
  if (blocking.every((box) => overlap(wish, box) === 0)) return wish;
  const candidates = [wish, ...blocking.flatMap((box) => besides(view, wish, box))].filter((box) => isInside(view, box));
  const cost = (/** @type {Box} */ box) => blocking.reduce((sum, other) => sum + overlap(box, other), 0);
  return candidates.reduce((best, box) => (cost(box) < cost(best) ? box : best));
}

/**
 * An open panel whose content grew or shrank keeps its top where that costs nothing, so that what is being aimed at stays.
 * @param {Extent} view
 * @param {Box} before
 * @param {Box} next where it would be placed now
 * @param {Box[]} avoid
 * @returns {Box}
 */
export function keepTop(view, before, next, avoid) {
  const kept = { ...next, top: before.top };
  const cost = (/** @type {Box} */ box) => avoid.reduce((sum, other) => sum + overlap(box, other), 0);
  const fits = kept.top + kept.height <= view.height - EDGE_MARGIN;
  return before.left === next.left && fits && cost(kept) <= cost(next) ? kept : next;
}

/**
 * Up or down along its edge to the nearest place that covers none of the page's controls; where it is if there is none near.
 * @param {Extent} view
 * @param {Box} box
 * @param {Box[]} controls
 * @returns {Box}
 */
export function slideOff(view, box, controls) {
  const isFree = (/** @type {Box} */ at) => isInside(view, at) && controls.every((other) => overlap(at, other) === 0);
  if (isFree(box)) return box;
  const tops = controls.flatMap((other) => [other.top - EDGE_MARGIN - box.height, other.top + other.height + EDGE_MARGIN]).map(Math.round);
  const way = (/** @type {number} */ top) => Math.abs(top - box.top);
  const near = tops.filter((top) => way(top) <= FURTHEST_SLIDE * view.height).sort((a, b) => way(a) - way(b));
  const top = near.find((at) => isFree({ ...box, top: at }));
  return top === undefined ? box : { ...box, top };
}

/**
 * The place that leaves a pill of this box where it is.
 * @param {Extent} view
 * @param {Box} box
 * @returns {Place}
 */
export function placeOf(view, box) {
  const right = view.width - box.left - box.width;
  const edge = right <= box.left ? "right" : "left";
  const gap_px = Math.round(Math.max(EDGE_MARGIN, edge === "right" ? right : box.left));
  const y = (box.top + Math.min(box.height, PILL_HEIGHT) / 2) / Math.max(1, view.height);
  return { edge, gap_px, y: Math.min(1, Math.max(0, y)) };
}

/**
 * @param {Extent} view
 * @param {Box} box
 * @returns {Box}
 */
export function keepInside(view, box) {
  const into = (/** @type {number} */ at, /** @type {number} */ length, /** @type {number} */ whole) =>
    Math.round(Math.max(EDGE_MARGIN, Math.min(at, whole - length - EDGE_MARGIN)));
  return { ...box, left: into(box.left, box.width, view.width), top: into(box.top, box.height, view.height) };
}

/** @param {Extent} view */
export function panelLimit(view) {
  return Math.max(PILL_HEIGHT, Math.floor(view.height * MOST_OF_HEIGHT));
}

/**
 * Above first (shortened where it must), then left, right, below, and last above or below but very short.
 * @param {Extent} view
 * @param {Box} wish
 * @param {Box} box
 * @returns {Box[]}
 */
function besides(view, wish, box) {
  const above = box.top - EDGE_MARGIN, below = box.top + box.height + EDGE_MARGIN;
  const up = (/** @type {number} */ least) => {
    const height = Math.max(Math.min(wish.height, least), Math.min(wish.height, above - EDGE_MARGIN));
    return { ...wish, top: above - height, height };
  };
  const down = (/** @type {number} */ least) => {
    const height = Math.max(Math.min(wish.height, least), Math.min(wish.height, view.height - EDGE_MARGIN - below));
    return { ...wish, top: below, height };
  };
  return [
    up(SHORT_PANEL_HEIGHT),
    { ...wish, left: box.left - EDGE_MARGIN - wish.width },
    { ...wish, left: box.left + box.width + EDGE_MARGIN },
    down(SHORT_PANEL_HEIGHT),
    up(SHORTEST_PANEL_HEIGHT),
    down(SHORTEST_PANEL_HEIGHT),
  ];
}

/**
 * @param {Extent} view
 * @param {Box} box
 */
function isInside(view, box) {
  return box.left >= 0 && box.top >= 0 && box.left + box.width <= view.width && box.top + box.height <= view.height;
}

/**
 * Shared area; an Extent is a box at the origin.
 * @param {Box | Extent} a
 * @param {Box} b
 */
function overlap(a, b) {
  const [left, top] = "left" in a ? [a.left, a.top] : [0, 0];
  const width = Math.min(left + a.width, b.left + b.width) - Math.max(left, b.left);
  const height = Math.min(top + a.height, b.top + b.height) - Math.max(top, b.top);
  return width > 0 && height > 0 ? width * height : 0;
}
