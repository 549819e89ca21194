// @ts-check
/**
 * Owns where in a box an answer belongs when the agent has not put the caret there: after what stands, before a signature or a quoted mail.
 * Reads the lines of a rich editor as a person sees them. Knows no editor and changes nothing.
 */
import { isBlock, styleOf } from "./dom.js";

/**
 * @typedef {{ node: Node, offset: number }} Point
 * @typedef {object} Line
 * @property {string} text
 * @property {Point} start
 * @property {Point} end
 * @property {{ node: Node, from: number, to: number }[]} pieces its stretches of text nodes
 * @property {boolean} closing a signature or a quotation by its element, not its words
 * @typedef {{ lead: string, trail: string, beside?: string }} Breaks line breaks that the answer needs before and after it, and the line that they part it from
 */

/** Marks that mail programs share, and the word itself in a name. */
const CLOSING_NODE = "[data-signature], [data-smartmail=gmail_signature], [class*=signature], [id*=signature], [class*=Signature], blockquote[type=cite], .gmail_quote";
const CLOSING_LINE = /^(?:--|—|–{2}|_{2,}|-{3,}\s*(?:original message|forwarded message|原始邮件|转发邮件|原始郵件)\s*-{3,}.*|on\b.{6,160}\bwrote\s*[:：]|在.{4,80}(?:写道|寫道)\s*[:：]|.{2,80}于.{4,40}(?:写道|寫道)\s*[:：])$/i;

/**
 * @param {string} value of a field
 * @returns {Breaks & { at: number }}
 */
export function placeInValue(value) {
  let start = 0;
  for (const line of value.split("\n")) {
    if (CLOSING_LINE.test(line.trim())) {
      const at = value.slice(0, start).replace(/\s+$/, "").length;
      return { at, lead: at > 0 ? "\n" : "", trail: value.slice(at).startsWith("\n") ? "" : "\n" };
    }
    start += line.length + 1;
  }
  return { at: value.length, lead: value === "" || /\s$/.test(value) ? "" : "\n", trail: "" };
}

/**
 * @param {HTMLElement} editable
 * @returns {Breaks & { point: Point | null }} null where the editor shows no line yet
 */
export function placeInLines(editable) {
  const lines = linesOf(editable);
  const closing = lines.findIndex((line) => line.closing || CLOSING_LINE.test(visibleText(line.text)));
  const own = closing < 0 ? lines : lines.slice(0, closing);
  const spoken = own.findLastIndex((line) => visibleText(line.text) !== "");
  const after = own[spoken];
  const blank = closing < 0 ? own.at(spoken < 0 ? 0 : -1) : own[0];
  if (after && (closing >= 0 || after === blank)) return { point: after.end, lead: "\n", trail: "", beside: after.text };
  if (blank) return { point: blank.end, lead: "", trail: "" };
  const below = lines[closing];
  return below ? { point: below.start, lead: "", trail: below.closing ? "" : "\n", beside: below.text } : { point: null, lead: "", trail: "" };
}

/**
 * Where an answer shares a line with what it was put beside: between the two. Null where it does not.
 * @param {HTMLElement} editable @param {string} part the answer's line there @param {string} beside the line that was there @param {boolean} atEnd whether it follows the answer
 * @returns {Point | null}
 */
export function jointAt(editable, part, beside, atEnd) {
  const [first, second] = (atEnd ? [part, beside] : [beside, part]).map((text) => plain(visibleText(text)));
  if (!first || !second) return null;
  for (const line of linesOf(editable)) {
    const text = plain(line.text), start = text.indexOf(first), end = start + first.length;
    if (start < 0 || !visibleText(text.slice(end)).startsWith(second)) continue;
    let before = 0;
    for (const { node, from, to } of line.pieces) {
      if (end <= before + to - from) return { node, offset: from + end - before };
      before += to - from;
    }
  }
  return null;
}

/** Spaces of whichever kind are one. @param {string} text */
function plain(text) {
  return text.replace(/\s/g, " ");
}

/** @param {string} text */
function visibleText(text) {
  return text.replace(/[\u200b-\u200d\ufeff\u2060]/g, "").trim();
}

/** @param {HTMLElement} editable @returns {Line[]} */
function linesOf(editable) {
  /** @type {Line[]} */
  const lines = [];
  /** @type {Line | null} */
  let line = null;
  let closing = false;

  /** @param {string} text @param {Point} start @param {Point} end */
  function add(text, start, end) {
    line ??= { text: "", start, end, pieces: [], closing };
    line.text += text;
    line.end = end;
    if (text !== "") line.pieces.push({ node: start.node, from: start.offset, to: end.offset });
  }
  function close() {
    if (line) lines.push(line);
    line = null;
  }

  /** @param {Node} node */
  function visit(node) {
    if (node.nodeType === 3) return readText(/** @type {Text} */ (node));
    if (node.nodeType !== 1) return undefined;
    const element = /** @type {HTMLElement} */ (node);
    if (element.tagName === "BR") {
      const point = pointBefore(element);
      if (!line) add("", point, point);
      return close();
    }
    if (element.getAttribute("contenteditable") === "false" || element.getAttribute("aria-hidden") === "true" || styleOf(element).display === "none") return undefined;
    const block = isBlock(element);
    const marked = !closing && element.matches(CLOSING_NODE);
    if (block || marked) close();
    if (marked) {
      closing = true;
      add("", pointBefore(element), pointBefore(element));
      close();
    }
    element.childNodes.forEach(visit);
    if (block) close();
    return undefined;
  }

  /** @param {Text} node */
  function readText(node) {
    const parent = node.parentElement;
    const value = node.nodeValue ?? "";
    if (!parent || (value.trim() === "" && value !== "" && !line && !keepsBreaks(parent) && parent === editable)) return;
    if (!keepsBreaks(parent)) return add(value, { node, offset: 0 }, { node, offset: value.length });
    let at = 0;
    for (const part of value.split("\n")) {
      if (at > 0) close();
      add(part, { node, offset: at }, { node, offset: at + part.length });
      at += part.length + 1;
    }
  }

  editable.childNodes.forEach(visit);
  close();
  return lines;
}

/** @param {Element} element */
function keepsBreaks(element) {
  return /^(?:pre|break-spaces)/.test(styleOf(element).whiteSpace);
}

/** @param {Element} element @returns {Point} */
function pointBefore(element) {
  const parent = /** @type {Node} */ (element.parentNode);
  return { node: parent, offset: [...parent.childNodes].indexOf(element) };
}
