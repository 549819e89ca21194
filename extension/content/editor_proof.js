// @ts-check
/**
 * Owns the proof that an answer stands in a rich editor: what the editor held before, what it shows now, and whether the one is the other with the answer.
 * Changes nothing.
 */
import { waitFor } from "./waits.js";

/** Generous: some editors load a part of themselves at their first paste. */
export const PROOF_MS = 2_500;
/** Editors of many boxes keep them no deeper than this in what holds them all. */
const MOST_OUTER = 4;
/** What an emoji may be drawn as, and what Markdown signs may turn into. */
const PICTURES = "img, svg, [style*=background]", FORMATS = "li, blockquote, h1, h2, h3, h4, h5, h6, hr, strong, b, em, i, s, del, code";

/**
 * @typedef {object} Held what an editor held before
 * @property {string} text
 * @property {number} replaced characters of the selection that gives way
 * @property {number} pictures
 * @property {number} formats
 * @property {Frame[]} around
 */

/** @param {HTMLElement} editable @param {string} text its words @param {number} replaced @returns {Held} */
export function heldBy(editable, text, replaced) {
  return { text, replaced, pictures: countIn(editable, PICTURES), formats: countIn(editable, FORMATS), around: framesOf(editable) };
}

/**
 * The text stands in the editor once more than before, and what was there still is. Editors whose every paragraph is a box of its own put
 * the further ones beside it, some draw an emoji or a smiley as a picture, and some make a list or emphasis of Markdown signs.
 * @param {HTMLElement} editable @param {string} text @param {Held} was
 */
export async function proven(editable, text, was) {
  /** @param {string} now @param {string} old @param {(words: string) => string} [read] */
  const added = (now, old, read = (words) => words) => {
    const [shown, before, wanted] = /** @type {[string, string, string]} */ ([now, old, text].map((words) => squeeze(read(words))));
    return countText(shown, wanted) > countText(before, wanted) && shown.length >= before.length - was.replaced + wanted.length;
  };
  return waitFor(() => {
    const now = readEditable(editable);
    if (added(now, was.text)) return true;
    if (countIn(editable, PICTURES) > was.pictures && (added(now, was.text, withoutEmoji) || added(namedText(editable), was.text))) return true;
    if (countIn(editable, FORMATS) > was.formats && added(now, was.text, withoutMarks)) return true;
    return was.around.some(({ element, before }) => holdsBoxesLike(element, editable) && added(element.textContent ?? "", before));
  }, PROOF_MS);
}

/** @param {HTMLElement} editable @param {string} selector */
function countIn(editable, selector) {
  return editable.querySelectorAll(selector).length;
}

/** Its text with the words that its pictures stand for. @param {Node} node @returns {string} */
function namedText(node) {
  if (node.nodeType === 3) return node.nodeValue ?? "";
  if (node.nodeName === "IMG") return /** @type {Element} */ (node).getAttribute("alt") ?? "";
  return [...node.childNodes].map(namedText).join("");
}

/** @param {string} text */
function withoutEmoji(text) {
  return text.replace(/[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\ufe0f]/gu, "");
}

/** Without what Markdown takes for formatting. @param {string} text */
function withoutMarks(text) {
  return text.replace(/^[ \t]*(?:(?:[*+-]|\d+[.)]|>|#{1,6})(?=\s)|(?:-{3,}|\*{3,}|_{3,})[ \t]*$)/gm, "").replace(/[*_`~]/g, "");
}

/**
 * What holds the editable, from the inside outwards, and its text before.
 * @typedef {{ element: Element, before: string }} Frame
 * @param {HTMLElement} editable @returns {Frame[]}
 */
function framesOf(editable) {
  /** @type {Frame[]} */
  const frames = [];
  for (let at = editable.parentElement; at && at.tagName !== "BODY" && at.tagName !== "HTML" && frames.length < MOST_OUTER; at = at.parentElement) frames.push({ element: at, before: at.textContent ?? "" });
  return frames;
}

/** @param {Element} frame @param {HTMLElement} editable */
function holdsBoxesLike(frame, editable) {
  return editable.className !== "" && [...frame.querySelectorAll("[contenteditable=true]")].some((other) => other !== editable && other.className === editable.className && !editable.contains(other));
}

/** @param {HTMLElement} editable */
export function readEditable(editable) {
  return editable.innerText ?? editable.textContent ?? "";
}

/** What it shows, without the words that editors draw into an empty box. @param {HTMLElement} editable @param {string} shown */
export function wordsIn(editable, shown) {
  return squeeze(shown) === squeeze(placeholderText(editable)) ? "" : shown;
}

/** @param {HTMLElement} editable */
function placeholderText(editable) {
  const drawn = [...editable.querySelectorAll("[contenteditable=false], [aria-hidden=true], [data-placeholder]")].map((element) => {
    const words = /** @type {HTMLElement} */ (element).innerText, named = element.getAttribute("data-placeholder");
    return !named || squeeze(words) === squeeze(named) ? words : "";
  }).join("");
  return drawn || (editable.getAttribute("aria-placeholder") ?? editable.getAttribute("data-placeholder") ?? "");
}

/** Spaces, invisible marks and typographic variants do not count. @param {string} text */
export function squeeze(text) {
  return text.normalize("NFKC").replace(/[\s\u00a0\u200b-\u200d\ufeff\u2060]+/g, "").replace(/[“”„]/g, '"').replace(/[‘’]/g, "'").replace(/…/g, "...");
}

/** How often `part` stands in `text`. @param {string} text @param {string} part */
export function countText(text, part) {
  return part === "" ? 0 : text.split(part).length - 1;
}
