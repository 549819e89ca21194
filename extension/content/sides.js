// @ts-check
/**
 * Owns geometry as evidence: whether a list's bubbles stand on two sides, and which surface each stands on.
 * Does not say whose side is whose.
 */
import { bubbleSurface, coreOf, surfaceUnder } from "./bodies.js";
import { composedParent, cornerRadius, drawnElement, styleOf } from "./dom.js";

/** @typedef {import("./bodies.js").Draft} Draft */

/** Rows with and without a portrait begin so far apart. */
const INDENT_PX = 56;
const EDGE_PX = 24;
const EDGE_SHARE = 0.08;
/** By so much long bubbles fall short of the other edge. */
const EDGE_GAP_PX = 6;
/** Portraits, and the discs with letters or a figure in their place, px. */
const PORTRAIT_SIZE_PX = { least: 20, most: 72 };

/**
 * Sets `side` on the drafts and `surface` on their units. `side` stays undefined where all stand on one edge.
 * @param {Element} list @param {Draft[]} drafts
 */
export function measureSides(list, drafts) {
  const frame = drawnElement(list).getBoundingClientRect();
  /** @type {{ draft: Draft, left: number, right: number }[]} */
  const bubbles = [];
  for (const draft of drafts) {
    const body = draft.unit.words ?? draft.bodies[0];
    if (!body || draft.system || (draft.past && draft.unit.box?.width !== frame.width)) continue;
    if (draft.unit.surface === undefined) draft.unit.surface = bubbleSurface(body, draft.unit.element);
    if (draft.unit.box?.width !== frame.width) {
      const box = bubbleBox(coreOf(body), draft.unit.element);
      const portrait = portraitBeside(coreOf(body), draft.unit.element);
      draft.unit.box = { width: frame.width, left: box.width > 0 ? box.left - frame.left : NaN, right: frame.right - box.right, portrait: portrait && { side: portrait.side, left: portrait.box.left - frame.left, right: frame.right - portrait.box.right } };
    }
    const { left, right } = draft.unit.box;
    if (!Number.isNaN(left)) bubbles.push({ draft, left, right });
  }
  const portraits = bubbles.map(({ draft }) => draft.unit.box?.portrait ?? null);
  const facing = ["left", "right"].every((side) => portraits.some((portrait) => portrait?.side === side));
  const withPortraits = bubbles.map((box, at) => ({ ...box, left: Math.min(box.left, portraits[at]?.left ?? Infinity), right: Math.min(box.right, portraits[at]?.right ?? Infinity) }));
  // Portraits that face each other stand at the edges; long bubbles between them say less.
  const boxes = facing ? withPortraits : bubbles;
  if (boxes.length === 0 || frame.width < 80 || standInRows(drafts)) {
    for (const { draft } of boxes) delete draft.side;
    return;
  }
  const nearLeft = Math.min(...boxes.map((box) => box.left));
  const nearRight = Math.min(...boxes.map((box) => box.right));
  const edge = Math.max(EDGE_PX, frame.width * EDGE_SHARE);
  const sided = boxes.map((box, at) => {
    const fromLeft = box.left - nearLeft, fromRight = box.right - nearRight;
    if (fromLeft > edge && fromRight <= INDENT_PX && fromLeft > fromRight * 2) return "right";
    if (fromRight > edge && fromLeft <= INDENT_PX && fromRight > fromLeft * 2) return "left";
    return (facing ? portraits[at]?.side : null) ?? (fromLeft <= 12 && fromRight <= 12 ? "both" : "none");
  });
  settleByEdges(boxes, sided, nearLeft, nearRight);
  const rights = sided.filter((side) => side === "right").length;
  const lefts = sided.filter((side) => side === "left").length;
  const lone = boxes.length - lefts - rights;
  const alone = loneSide(withPortraits, frame.width);
  // Without bubbles, a row beside its portrait begins further right than the row that follows it.
  const onSurface = boxes.some((box, at) => sided[at] === "right" && box.draft.unit.surface !== "");
  boxes.forEach((box, at) => {
    const side = sided[at];
    if (rights > 0 && (lefts > 0 || (lone < rights * 3 && onSurface)) && (side === "left" || side === "right")) box.draft.side = side;
    else if (alone !== null) box.draft.side = alone;
    else delete box.draft.side;
  });
}

/** So far from the middle, px. */
const CENTRE_PX = 16;

/** Its words stand in the middle of the list with room on both sides, and no portrait beside them. @param {Element} list @param {Draft} draft */
export function standsCentred(list, draft) {
  const { box, words } = draft.unit, body = words ?? draft.bodies[0];
  if (!body || !box || draft.past || box.portrait) return false;
  const range = body.ownerDocument.createRange();
  range.selectNodeContents(body);
  const text = range.getBoundingClientRect(), frame = drawnElement(list).getBoundingClientRect();
  const left = text.left - frame.left, right = frame.right - text.right;
  return text.width > 0 && Math.min(left, right) > EDGE_PX && Math.abs(left - right) <= CENTRE_PX;
}

/**
 * Bubbles too long to leave room begin at one edge and end short of the other; where each edge has a surface of its own, that tells them.
 * @param {{ draft: Draft, left: number, right: number }[]} boxes @param {string[]} sided changed where the edges say it @param {number} nearLeft @param {number} nearRight
 */
function settleByEdges(boxes, sided, nearLeft, nearRight) {
  const edges = boxes.map((box, at) => {
    const fromLeft = box.left - nearLeft, fromRight = box.right - nearRight;
    if (sided[at] === "left" || sided[at] === "right") return sided[at];
    return fromLeft <= 2 && fromRight >= EDGE_GAP_PX ? "left" : fromRight <= 2 && fromLeft >= EDGE_GAP_PX ? "right" : null;
  });
  const surfaces = (/** @type {string} */ side) => new Set(boxes.flatMap((box, at) => (edges[at] === side ? [box.draft.unit.surface ?? ""] : [])));
  const left = surfaces("left"), right = surfaces("right");
  if (left.size === 0 || right.size === 0 || left.has("") || right.has("") || [...left].some((surface) => right.has(surface))) return;
  edges.forEach((edge, at) => { if (edge) sided[at] = edge; });
}

/** Cards that wrap into rows: where one stands says nothing of who wrote it. @param {Draft[]} drafts */
function standInRows(drafts) {
  const places = drafts.filter((draft) => !draft.past).slice(0, 24).map((draft) => draft.unit.element.getBoundingClientRect());
  let beside = 0;
  for (let at = 1; at < places.length; at++) {
    const before = /** @type {DOMRect} */ (places[at - 1]), here = /** @type {DOMRect} */ (places[at]);
    const overlap = Math.min(before.bottom, here.bottom) - Math.max(before.top, here.top);
    if (overlap > Math.min(before.height, here.height) * 0.5 && (here.left >= before.right - 2 || before.left >= here.right - 2)) beside++;
  }
  return beside > 0 && beside >= (places.length - 1) * 0.3;
}

/**
 * The portrait and on which side of the words it stands; null where there is none, or one on each. What can be pressed is no portrait.
 * @param {Element} body @param {Element} unit @returns {{ side: "left" | "right", box: DOMRect } | null}
 */
function portraitBeside(body, unit) {
  const words = body.getBoundingClientRect();
  const portraits = [...unit.querySelectorAll("*")].slice(0, 80).flatMap((element) => {
    const box = element.getBoundingClientRect(), { width, height, left, right } = box;
    const sized = Math.min(width, height) >= PORTRAIT_SIZE_PX.least && Math.max(width, height) <= PORTRAIT_SIZE_PX.most && Math.max(width, height) <= Math.min(width, height) * 1.3;
    if (!sized || element.closest("button, [role=button]:not([title])") !== null || !isPortrait(element, width)) return [];
    const side = right <= words.left + 4 ? "left" : left >= words.right - 4 ? "right" : null;
    return side ? [{ side: /** @type {"left" | "right"} */ (side), box }] : [];
  });
  const [first] = portraits;
  return first && portraits.every(({ side }) => side === first.side) ? first : null;
}

/** @param {Element} element @param {number} width */
function isPortrait(element, width) {
  if (element.tagName === "IMG") return true;
  const style = styleOf(element);
  const filled = style.backgroundColor !== "rgba(0, 0, 0, 0)" || style.backgroundImage !== "none";
  const round = style.borderTopLeftRadius.endsWith("%") ? parseFloat(style.borderTopLeftRadius) >= 25 : cornerRadius(style) >= width * 0.25;
  return filled && round && /^\p{L}{0,3}$/u.test((element.textContent ?? "").trim());
}

/**
 * All bubbles on one edge, narrow, with clear room on the other: only then is one side alone a sign.
 * @param {{ draft: Draft, left: number, right: number }[]} boxes @param {number} width
 * @returns {"left" | "right" | null}
 */
function loneSide(boxes, width) {
  if (!boxes.every((box) => box.draft.unit.surface !== "")) return null;
  if (boxes.every((box) => box.right > width * 0.2 && box.left < width * 0.12)) return "left";
  if (boxes.every((box) => box.left > width * 0.2 && box.right < width * 0.12)) return "right";
  return null;
}

/**
 * The box of the bubble around a body: the surface it stands on, else the widest ancestor that does not yet span the unit; text itself where a row spans all.
 * @param {Element} body @param {Element} unit
 */
function bubbleBox(body, unit) {
  const whole = unit.getBoundingClientRect().width, surface = surfaceUnder(body, unit);
  const drawn = surface && surface.element !== unit ? surface.element.getBoundingClientRect() : null;
  if (drawn && drawn.width > 0 && drawn.width < whole * 0.92) return drawn;
  let box = body.getBoundingClientRect();
  if (body.ownerDocument === unit.ownerDocument) {
    for (let at = composedParent(body); at && at !== unit && unit.contains(at); at = composedParent(at)) {
      const wider = at.getBoundingClientRect();
      if (wider.width === 0) continue;
      if (wider.width >= whole * 0.92) break;
      box = wider;
    }
  }
  if (box.width >= whole * 0.92 && body.ownerDocument === unit.ownerDocument) {
    const range = body.ownerDocument.createRange();
    range.selectNodeContents(body);
    const text = range.getBoundingClientRect();
    const align = styleOf(body).textAlign;
    if (text.width > 0 && (/right|end/.test(align) || unit === body)) return text;
  }
  return box;
}
