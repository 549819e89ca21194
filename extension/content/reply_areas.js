// @ts-check
/**
 * Owns which parts of the viewport the overlay must leave free: the reply boxes with their toolbars and send buttons, and which its
 * pill had better: the other controls. Guesses a reply box's buttons from its surroundings, so it needs no words of any product.
 */
import { findBoxes } from "./boxes.js";
import { isVisible, queryDeep } from "./dom.js";

/** A frame around a reply box is taken for its form up to this much more height, px. */
const FORM_EXTRA_HEIGHT = 140;
/** What of a form must stay free: its box, its toolbars and buttons; not the empty rest of its lines. */
const FORM_PARTS = "button, input, select, textarea, a, iframe, [role=button], [role=toolbar], [contenteditable=true]";
const MOST_FORM_PARTS = 60;
/** What an agent writes into or presses; links are everywhere. */
const CONTROLS = "button, input, select, textarea, [role=button], [role=combobox], [role=textbox], [role=switch], [contenteditable=true]";
const MOST_CONTROLS = 2_000;
/** Looking for boxes walks the page; measuring the known ones does not. */
const AREAS_MIN_MS = 1_000;

/** @param {() => void} onFound the areas may have changed */
export function createReplyAreas(onFound) {
  /** The parts of each form. @type {Element[][]} */
  let forms = [];
  /** Where the controls stood when they were looked for: a pill that dodged them at every scroll would never rest. @type {import("./placement.js").Box[]} */
  let controls = [];
  let foundAt = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  function findNow() {
    timer = undefined;
    foundAt = performance.now();
    forms = findBoxes(document, null).filter((box) => box.visible).map((box) => partsAround(box.shown));
    controls = queryDeep(document, CONTROLS).slice(0, MOST_CONTROLS).filter(isVisible).map(viewportBox);
    onFound();
  }

  return {
    /** The first time at once, that nothing is drawn in their way; then soon, and once for many calls. */
    find() {
      if (foundAt === -Infinity) findNow();
      else timer ??= setTimeout(findNow, Math.max(0, foundAt + AREAS_MIN_MS - performance.now()));
    },
    /** Where the areas stand now. @returns {import("./placement.js").Box[]} */
    boxes: () => forms.map((parts) => parts.filter((part) => part.isConnected).map(viewportBox).filter(({ width, height }) => width > 0 && height > 0)).filter((parts) => parts.length > 0).map(boundsOf),
    controls: () => controls,
    stop: () => clearTimeout(timer),
  };
}

/** @param {HTMLElement} shown @returns {Element[]} */
function partsAround(shown) {
  const limit = shown.getBoundingClientRect().height + FORM_EXTRA_HEIGHT;
  let area = shown;
  for (let outer = shown.parentElement; outer && outer !== document.body; outer = outer.parentElement) {
    if (outer.getBoundingClientRect().height > limit) break;
    area = outer;
  }
  return [shown, ...[...area.querySelectorAll(FORM_PARTS)].filter((part) => part !== shown).slice(0, MOST_FORM_PARTS)];
}

/** @param {import("./placement.js").Box[]} boxes at least one @returns {import("./placement.js").Box} */
function boundsOf(boxes) {
  const left = Math.min(...boxes.map((box) => box.left)), top = Math.min(...boxes.map((box) => box.top));
  const right = Math.max(...boxes.map((box) => box.left + box.width)), bottom = Math.max(...boxes.map((box) => box.top + box.height));
  return { left, top, width: right - left, height: bottom - top };
}

/**
 * Boxes inside same-origin frames are moved by where the frame stands.
 * @param {Element} element
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
