// @ts-check
/**
 * Owns which parts of the viewport the overlay must leave free: the reply boxes with their toolbars and send buttons. Guesses the
 * latter from the box's surroundings, so it needs no words of any product.
 */
import { findBoxes } from "./boxes.js";

/** A frame around a reply box is taken for its form up to this much more height, px. */
const FORM_EXTRA_HEIGHT = 140;
/** How long the boxes found are trusted, ms; where they stand is measured every time. */
const BOXES_AGE_MS = 2_000;

/** @type {HTMLElement[]} */
let areaElements = [];
let areasFoundAt = -Infinity;

/** @returns {import("./placement.js").Box[]} */
export function replyAreas() {
  const now = performance.now();
  if (now - areasFoundAt > BOXES_AGE_MS || areaElements.some((element) => !element.isConnected)) {
    areasFoundAt = now;
    areaElements = findBoxes(document, null).filter((box) => box.visible).map((box) => formAround(box.shown));
  }
  return areaElements.map(viewportBox);
}

/** @param {HTMLElement} shown */
function formAround(shown) {
  const limit = shown.getBoundingClientRect().height + FORM_EXTRA_HEIGHT;
  let area = shown;
  for (let outer = shown.parentElement; outer && outer !== document.body; outer = outer.parentElement) {
    if (outer.getBoundingClientRect().height > limit) break;
    area = outer;
  }
  return area;
}

/**
 * Boxes inside same-origin frames are moved by where the frame stands.
 * @param {HTMLElement} element
 */
function viewportBox(element) {
  let { left, top, width, height } = element.getBoundingClientRect();
  for (let frame = element.ownerDocument.defaultView?.frameElement; frame; frame = frame.ownerDocument.defaultView?.frameElement) {
    const outer = frame.getBoundingClientRect();
    left += outer.left;
    top += outer.top;
  }
  return { left, top, width, height };
}
