// @ts-check
/**
 * Owns editors that draw their text themselves and take keys through a textarea that nobody sees (CodeMirror 5, Ace): which element shows
 * their text, and putting an answer into it. What they hold is read from what they show.
 */
import { isVisible, styleOf } from "./dom.js";
import { countText, PROOF_MS, squeeze } from "./editor_proof.js";
import { isAtHand } from "./editors.js";
import { placeInValue } from "./lines.js";
import { dispatchPaste } from "./pastes.js";
import { waitFor } from "./waits.js";

const MOST_FRAMES = 4;
const LEAST_SHOWN = { width: 120, height: 40 };
/** What an editor's own surface does not hold. */
const OTHER_CONTROLS = "input:not([type=hidden]), select, button, a[href], img, iframe, [contenteditable]:not([contenteditable=false])";
/** More steps of the caret than a signature is long are not taken. */
const MOST_STEPS = 500;
const IS_MAC = navigator.platform.startsWith("Mac");

/** What they showed, squeezed, when an answer had been put in: as long as that stands, the caret is where the answer left it. @type {WeakMap<Element, string>} */
const leftBehind = new WeakMap();

/**
 * The element that shows the text of a textarea that takes keys and is not seen itself; null for any other textarea.
 * @param {HTMLElement} textarea
 * @returns {HTMLElement | null}
 */
export function drawnBy(textarea) {
  if (textarea.tagName !== "TEXTAREA" || textarea.tabIndex < 0 || !isVisible(textarea) || isSeen(textarea)) return null;
  let at = textarea.parentElement;
  for (let out = 0; at && out < MOST_FRAMES; out++, at = at.parentElement) {
    const { width, height } = at.getBoundingClientRect();
    if (width < LEAST_SHOWN.width || height < LEAST_SHOWN.height) continue;
    const alone = at.querySelectorAll("textarea").length === 1 && at.querySelector(OTHER_CONTROLS) === null;
    return alone && isVisible(at) && [at, ...at.querySelectorAll("*")].slice(0, 60).some((part) => !part.contains(textarea) && styleOf(part).cursor === "text") ? at : null;
  }
  return null;
}

/** Large enough to write in, neither transparent nor cut off by what it stands in. @param {Element} textarea */
function isSeen(textarea) {
  const own = textarea.getBoundingClientRect();
  const frame = textarea.parentElement;
  const cut = frame && /hidden|clip/.test(styleOf(frame).overflow) ? frame.getBoundingClientRect() : own;
  return styleOf(textarea).opacity !== "0" && Math.min(own.width, cut.width) > 20 && Math.min(own.height, cut.height) > 8;
}

/** A field whose text is transparent lies over what draws it, and marks itself so that no tool draws between the two (OverType). @param {HTMLElement} element */
export function hasClearText(element) {
  const { color, webkitTextFillColor } = styleOf(element);
  return element.tagName === "TEXTAREA" && [color, webkitTextFillColor].some(isClear);
}

/** Nor is its caret seen: it takes keys for what is drawn elsewhere, and holds nothing (canvas-editor). @param {HTMLElement} element */
export function takesKeysAlone(element) {
  return hasClearText(element) && isClear(styleOf(element).caretColor);
}

/** @param {string} paint */
function isClear(paint) {
  return /^rgba\(.*, 0\)$|^transparent$/.test(paint);
}

/**
 * @param {HTMLTextAreaElement} textarea @param {HTMLElement} shown what shows its text @param {string} text
 * @returns {Promise<string | null>} the method, or null when the text is not there
 */
export async function insertIntoDrawn(textarea, shown, text) {
  const before = drawnText(shown);
  const held = isAtHand(textarea, shown) && squeeze(before) !== leftBehind.get(textarea);
  textarea.focus();
  let piece = text;
  if (!held && before.trim() !== "") {
    const { at, lead, trail } = placeInValue(before);
    if (before.length - at > MOST_STEPS) return null;
    moveCaret(textarea, before.length - at);
    piece = lead + text + trail;
  }
  if (!dispatchPaste(textarea, piece)) textarea.ownerDocument.execCommand("insertText", false, piece);
  const wanted = squeeze(text), old = squeeze(before);
  if (!(await waitFor(() => countText(squeeze(drawnText(shown)), wanted) > countText(old, wanted), PROOF_MS))) return null;
  leftBehind.set(textarea, squeeze(drawnText(shown)));
  return "paste";
}

/** Such editors draw an empty line as an invisible mark, and some number the lines. @param {HTMLElement} shown */
function drawnText(shown) {
  let number = 1;
  const lines = shown.innerText.replace(/[\u200b-\u200d\ufeff]/g, "").replace(/\u00a0/g, " ").split("\n");
  return lines.filter((line) => line.trim() !== String(number) || (number++, false)).join("\n").replace(/\n+$/, "");
}

/** To the end, and so many characters back. @param {HTMLElement} textarea @param {number} back */
function moveCaret(textarea, back) {
  pressKey(textarea, IS_MAC ? { key: "ArrowDown", keyCode: 40, metaKey: true } : { key: "End", keyCode: 35, ctrlKey: true });
  for (let step = 0; step < back; step++) pressKey(textarea, { key: "ArrowLeft", keyCode: 37 });
}

/** Keys that move the caret and nothing else. @param {HTMLElement} target @param {KeyboardEventInit & { keyCode: number }} key */
function pressKey(target, key) {
  const view = /** @type {Window & typeof globalThis} */ (target.ownerDocument.defaultView ?? window);
  for (const type of ["keydown", "keyup"]) target.dispatchEvent(new view.KeyboardEvent(type, { ...key, code: key.key, bubbles: true, cancelable: true, composed: true }));
}
