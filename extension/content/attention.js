// @ts-check
/**
 * Owns which of several conversations side by side the agent is in: the one whose reply box has the focus, else the one that was read last.
 * Does not read messages and never moves the focus.
 */
import { composedContains, composedParent, frameDocument } from "./dom.js";

/** Enough for a chat of one line beside long ones. */
const FOCUS_WEIGHT = 12;
const KNOWN_WEIGHT = 1.5;

/** The list read last. @type {Element | null} */
let readLast = null;
/** Whether others stand beside it. */
let amongOthers = false;

/** @param {Element | null} list what is read now @param {boolean} rivals whether others stand beside it */
export function rememberChosen(list, rivals) {
  readLast = list;
  amongOthers = rivals;
}

/** The list of the conversation that is read, while the page shows it. */
export function chosenList() {
  return readLast?.isConnected ? readLast : null;
}

/**
 * Of several conversations' boxes those that belong to the one that is read: an answer must not land in a neighbour's.
 * @template {{ shown: Element, visible: boolean }} Box @param {Box[]} boxes
 * @returns {Box[]}
 */
export function ownBoxes(boxes) {
  for (let at = amongOthers ? chosenList() : null; at; at = composedParent(at)) {
    const home = at;
    const own = boxes.filter((box) => box.visible && composedContains(home, box.shown));
    if (own.length > 0) return own;
  }
  return boxes;
}

/**
 * The focused element, inside open shadow roots and same-origin frames too; null where the page itself or our overlay has it.
 * @param {Document} doc
 * @returns {Element | null}
 */
export function focusedElement(doc) {
  let at = doc.activeElement;
  for (let depth = 0; at && depth < 8; depth++) {
    const inner = at.shadowRoot?.activeElement ?? frameDocument(at)?.activeElement ?? null;
    if (!inner) break;
    at = inner;
  }
  return at && !/^(?:BODY|HTML|IFRAME|WARMSEAT-OVERLAY)$/.test(at.tagName) ? at : null;
}

/**
 * By how much a list counts more than its score says.
 * @param {Element} list @param {Element[]} lists all that compete @param {Element | null} focus a reply box's @param {Element | null} known
 */
export function attentionWeight(list, lists, focus, known) {
  const rivals = lists.filter((other) => other !== list && !composedContains(other, list) && !composedContains(list, other));
  if (rivals.length === 0) return 1;
  if (focus && isNearest(focus, list, rivals)) return FOCUS_WEIGHT;
  return known === list ? KNOWN_WEIGHT : 1;
}

/** Going outwards from the focus, this list is met before any rival. @param {Element} focus @param {Element} list @param {Element[]} rivals */
function isNearest(focus, list, rivals) {
  for (let at = /** @type {Element | null} */ (focus); at; at = composedParent(at)) {
    const outer = at;
    if (composedContains(outer, list)) return !rivals.some((rival) => composedContains(outer, rival));
    if (rivals.some((rival) => composedContains(outer, rival))) return false;
  }
  return false;
}
