// @ts-check
/**
 * Owns which parts of the viewport the overlay must leave free: the reply boxes with their toolbars and send buttons. Guesses the
 * latter from the box's surroundings, so it needs no words of any product.
 */
import { findBoxes } from "./boxes.js";

/** A frame around a reply box is taken for its form up to this much more height, px. */
const FORM_EXTRA_HEIGHT = 140;
/** Looking for boxes walks the page; measuring the known ones does not. */
const AREAS_MIN_MS = 1_000;

/** @param {() => void} onFound the areas may have changed */
export function createReplyAreas(onFound) {
  /** @type {HTMLElement[]} */
  let elements = [];
  let foundAt = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  function findNow() {
    timer = undefined;
    foundAt = performance.now();
    elements = findBoxes(document, null).filter((box) => box.visible).map((box) => formAround(box.shown));
    onFound();
  }

  return {
    /** Soon, and once for many calls. */
    find() {
      timer ??= setTimeout(findNow, Math.max(0, foundAt + AREAS_MIN_MS - performance.now()));
    },
    /** Where the areas stand now. @returns {import("./placement.js").Box[]} */
    boxes: () => elements.filter((element) => element.isConnected).map(viewportBox),
    stop: () => clearTimeout(timer),
  };
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
export function viewportBox(element) {
  let { left, top, width, height } = element.getBoundingClientRect();
  for (let frame = element.ownerDocument.defaultView?.frameElement; frame; frame = frame.ownerDocument.defaultView?.frameElement) {
    const outer = frame.getBoundingClientRect();
    left += outer.left;
    top += outer.top;
  }
  return { left, top, width, height };
}
