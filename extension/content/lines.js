// @ts-check
/**
 * Owns where in a box an answer belongs when the agent has not put the caret there: after what stands, before a farewell, a signature or a quoted
 * mail, or on the line that the page leaves free for it.
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
/** A line of nothing but a farewell, with no more than a name, a role and an address under it. */
const FAREWELL = /^(?:(?:(?:with )?(?:kind|kindest|best|warm|warmest) )?(?:regards|wishes)|(?:yours )?(?:sincerely|faithfully|truly)(?: yours)?|mit freundlichen gr(?:ü|ue)(?:ß|ss)en|此致|敬上|顺祝商祺|祝(?!.*(?:先生|女士|小姐|[您你]好))[^，,。]{1,12})[,，.。!！]?$/i;
const MOST_UNDER_FAREWELL = 4, LONGEST_UNDER_FAREWELL = 60;
/** The head of a quoted mail as programs write it that do not mark it otherwise. */
const MAIL_HEAD = /^(?:from|von|de|发件人|寄件者)\s*[:：]/i, MAIL_FIELD = /^(?:sent|date|to|cc|subject|gesendet|datum|an|betreff|发送时间|日期|收件人|抄送|主题)\s*[:：]/i;
const MAIL_FIELDS = 5, SURE_FIELD = /^(?:sent|subject|gesendet|betreff|发送时间|主题)/i;

/** Which line begins what the answer stands above; -1 if none does. @param {string[]} lines */
function closingIn(lines) {
  const spoken = lines.map(visibleText);
  return spoken.findIndex((line, at) => {
    if (CLOSING_LINE.test(line)) return true;
    const below = spoken.slice(at + 1).filter(Boolean);
    if (FAREWELL.test(line)) return below.length > 0 && below.length <= MOST_UNDER_FAREWELL && below.every((under) => under.length <= LONGEST_UNDER_FAREWELL);
    const fields = MAIL_HEAD.test(line) ? below.slice(0, MAIL_FIELDS).filter((under) => MAIL_FIELD.test(under)) : [];
    return fields.length >= 2 && fields.some((field) => SURE_FIELD.test(field));
  });
}

/**
 * @param {string} value of a field @param {number | null} [caret] where the page left it
 * @returns {Breaks & { at: number }}
 */
export function placeInValue(value, caret = null) {
  const lines = value.split("\n"), closing = closingIn(lines);
  const above = closing < 0 ? value : lines.slice(0, closing).join("\n"), end = above.trimEnd().length;
  const isFree = (/** @type {number} */ at) => at <= above.length && (at === 0 || value[at - 1] === "\n") && value[at] === "\n" && value.slice(at).trim() !== "";
  const free = [0, caret].find((at) => at !== null && isFree(at));
  if (typeof free === "number") return { at: free, lead: "", trail: "" };
  if (caret !== null && caret < end && value[caret] === "\n" && value.slice(0, caret).trim() !== "") return { at: caret, lead: "\n", trail: "" };
  if (closing < 0) return { at: value.length, lead: value === "" || /\s$/.test(value) ? "" : "\n", trail: "" };
  const blank = above.slice(end).split("\n").length - 1;
  if (end > 0 && blank >= 2) return { at: end + 2, lead: "", trail: blank === 2 ? "\n" : "" };
  return { at: end, lead: end > 0 ? "\n" : "", trail: value.slice(end).startsWith("\n") ? "" : "\n" };
}

/**
 * @param {HTMLElement} editable @param {Point | null} [caret] where the page left it
 * @returns {Breaks & { point: Point | null }} null where the editor shows no line yet
 */
export function placeInLines(editable, caret = null) {
  const lines = linesOf(editable), isBlank = (/** @type {Line} */ line) => visibleText(line.text) === "";
  const marked = lines.findIndex((line) => line.closing), worded = closingIn(lines.map((line) => line.text));
  const closing = marked < 0 || worded < 0 ? Math.max(marked, worded) : Math.min(marked, worded);
  const own = closing < 0 ? lines : lines.slice(0, closing), last = lines.findLastIndex((line) => !isBlank(line));
  const free = own.find((line, at) => at < last && isBlank(line) && (at === 0 || (caret && isOnBlank(editable, line, caret))));
  if (free) return { point: free.end, lead: "", trail: "" };
  const spoken = own.findLastIndex((line) => !isBlank(line)), after = own[spoken];
  const said = caret && own.find((line, at) => at < spoken && isBehind(line, caret));
  if (said) return { point: said.end, lead: "\n", trail: "", beside: said.text };
  const blank = closing < 0 ? own.at(spoken < 0 ? 0 : -1) : own[spoken + 2];
  if (after && blank && blank !== after) return { point: blank.end, lead: "", trail: "" };
  if (after) return { point: after.end, lead: "\n", trail: "", beside: after.text };
  const below = lines[closing];
  if (below && !own[0]) return { point: below.start, lead: "", trail: below.closing ? "" : "\n", beside: below.text };
  return { point: (own[0] ?? blank)?.end ?? null, lead: "", trail: "" };
}

/** The words of the line that ends at the caret; null where it stands elsewhere. @param {HTMLElement} editable @param {Point} caret */
export function lineEndingAt(editable, caret) {
  return linesOf(editable).find((line) => visibleText(line.text) !== "" && isBehind(line, caret))?.text ?? null;
}

/** Nothing but a page that means it, or an answer, leaves the caret behind words with more below them. @param {Line} line @param {Point} caret */
function isBehind({ end }, { node, offset }) {
  return node === end.node ? offset === end.offset : node.nodeType === 1 && node.childNodes[offset - 1] === end.node;
}

/** The line that a page leaves free for the answer. @param {HTMLElement} editable @param {Line} blank @param {Point} caret */
function isOnBlank(editable, { start }, { node, offset }) {
  if (node === start.node && offset === start.offset) return true;
  return start.node !== editable && visibleText(start.node.textContent ?? "") === "" && start.node.contains(node);
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
    if (!parent || (value.trim() === "" && value !== "" && !line && !keepsBreaks(parent) && (parent === editable || [...parent.children].some(isBlock)))) return;
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
