// @ts-check
/**
 * Owns the signs by which a taught row is known again: what an element is without its words, its values and its class names.
 * Walks the page once into a tree of marks; knows nothing of roles, of messages or of what was taught.
 */
import { SIDE_VALUES } from "../shared/teach_format.js";
import { bubbleSurface } from "./bodies.js";
import { composedElements, isSkipped, isVisible, styleOf } from "./dom.js";
import { isTimeText, timeInside } from "./times.js";
import { hashText } from "./text.js";
import { isBadgeWord } from "./runs.js";
import { STATUS_MARK } from "./words.js";

/**
 * One element that shows something, with what stands below it.
 * @typedef {object} Mark
 * @property {Element} element
 * @property {Mark | null} parent
 * @property {string[]} own signs of the element itself
 * @property {Mark[]} kids
 * @property {Set<string>} inner signs of everything below
 * @property {number} text characters shown below it, times and controls left out
 * @property {number} spread children that show text
 */

/** Elements that only wrap or set off text: an update may add or drop them freely. */
const PLAIN_TAGS = new Set(["DIV", "SPAN", "P", "BR", "B", "I", "EM", "STRONG", "FONT", "U", "SMALL", "CENTER", "BODY", "HTML", "WBR", "HR"]);
const STATE_ATTRIBUTES = /^aria-(?:hidden|selected|expanded|busy|current|pressed|checked|controls|owns|activedescendant|describedby|posinset|setsize)$/;
const FIELD_TAGS = /^(?:TEXTAREA|SELECT|INPUT)$/;
const MOST_ELEMENTS = 60_000;
const MOST_INNER = 90;
/** A column that takes this share of the page's width is a wide one. */
const WIDE_SHARE = 0.35;

/**
 * The marks of an element and of everything visible below it. Null where nothing shows.
 * @param {Element} root @param {Mark | null} [above]
 * @returns {Mark | null}
 */
export function markElement(root, above = null) {
  let left = MOST_ELEMENTS;
  /** @param {Element} element @param {Mark | null} parent @returns {Mark | null} */
  const visit = (element, parent) => {
    if (left-- <= 0 || isSkipped(element) || !isVisible(element)) return null;
    /** @type {Mark} */
    const mark = { element, parent, own: ownSigns(element), kids: [], inner: new Set(), text: 0, spread: 0 };
    if (FIELD_TAGS.test(element.tagName) || element.getAttribute("contenteditable") === "true") {
      mark.own = ["field"];
      return mark;
    }
    const bare = readTexts(element, mark);
    for (const child of composedElements(element)) {
      const kid = visit(child, mark);
      if (kid) adopt(mark, kid);
    }
    if (bare && mark.spread > 0) mark.spread++;
    if (element.tagName === "BUTTON" || element.getAttribute("role") === "button") mark.text = 0;
    const shows = mark.text > 0 || mark.inner.size > 0 || mark.own.length > 0;
    return shows ? mark : null;
  };
  return visit(root, above);
}

/** The element's own texts, times and role words as signs. Says whether it holds free text. @param {Element} element @param {Mark} mark */
function readTexts(element, mark) {
  let bare = false;
  for (const node of element.childNodes) {
    if (node.nodeType !== 3) continue;
    const text = (node.nodeValue ?? "").trim();
    if (text === "") continue;
    const kind = textSign(text);
    if (kind !== null) mark.own.push(kind);
    else {
      mark.text += text.length;
      bare = true;
    }
  }
  return bare;
}

/** @param {Mark} mark @param {Mark} kid */
function adopt(mark, kid) {
  mark.kids.push(kid);
  mark.text += kid.text;
  if (kid.text > 0) mark.spread++;
  for (const sign of kid.own) if (mark.inner.size < MOST_INNER) mark.inner.add(sign);
  for (const sign of kid.inner) if (mark.inner.size < MOST_INNER) mark.inner.add(sign);
}

/** @param {string} text @returns {string | null} */
function textSign(text) {
  if (text.length > 60) return null;
  if (isTimeText(text)) return "time";
  if (STATUS_MARK.test(text)) return "status";
  const bare = text.replace(/^[\s·•|,，\-–—(（\[←→↩]+|[\s·•|,，\-–—)）\]:：]+$/g, "").trim();
  if (isBadgeWord(bare)) return "badge";
  return timeInside(text) !== null ? "time" : null;
}

/**
 * Signs of the element itself: its tag where that says something, its role, the names of its data- and aria- attributes. A class word is only a hash.
 * @param {Element} element
 * @returns {string[]}
 */
export function ownSigns(element) {
  const tag = element.tagName.toUpperCase();
  /** @type {string[]} */
  const signs = [];
  if (tag === "IMG" || tag === "PICTURE") signs.push("picture");
  else if (tag === "TIME") signs.push("time");
  else if (!PLAIN_TAGS.has(tag) && /^[A-Z][A-Z0-9-]{0,30}$/.test(tag)) signs.push(`<${tag.toLowerCase()}>`);
  for (const { name, value } of element.attributes) {
    if (name === "role" && /^[a-z]{3,20}$/.test(value)) signs.push(`role=${value}`);
    else if (/^(?:data|aria)-[a-z]+(?:-[a-z]+)*$/.test(name) && name.length <= 30 && !STATE_ATTRIBUTES.test(name)) {
      signs.push(`[${name}]`);
      if (name.startsWith("data-") && SIDE_VALUES.test(value.toLowerCase())) signs.push(`[${name}=${value.toLowerCase()}]`);
    } else if (name === "id" && /\d/.test(value)) signs.push("numbered");
    else if (name === "dir" && /^(?:ltr|rtl|auto)$/i.test(value)) signs.push(`[dir=${value.toLowerCase()}]`);
  }
  for (const word of element.classList) signs.push(classSign(word));
  return signs;
}

/** A class word as a vote: its hash, so that nothing is told by it. @param {string} word */
function classSign(word) {
  return `.${hashText(word).slice(0, 8)}`;
}

/** @param {string} sign */
export function isClassSign(sign) {
  return sign.startsWith(".");
}

/**
 * The element and the wrappers around its content, down to where the content branches.
 * @param {Mark} mark
 * @returns {Mark[]}
 */
export function chainOf(mark) {
  const chain = [mark];
  for (let at = mark; at.kids.length === 1 && chain.length < 8; ) {
    const only = /** @type {Mark} */ (at.kids[0]);
    if (only.text < at.text) break;
    chain.push(only);
    at = only;
  }
  return chain;
}

/**
 * All signs of a row: those of the row and its wrappers marked "^", those below as they are, how many parts it has.
 * @param {Mark} mark
 * @returns {Set<string>}
 */
export function rowSigns(mark) {
  const chain = chainOf(mark);
  const signs = new Set(mark.inner);
  for (const link of chain) for (const sign of link.own) {
    signs.add(sign);
    if (!isClassSign(sign)) signs.add(`^${sign}`);
  }
  const core = chain.at(-1) ?? mark;
  if (/^(?:P|SPAN|FONT|B|STRONG|EM|I)$/.test(core.element.tagName)) signs.add(`^<${core.element.tagName.toLowerCase()}>`);
  const parts = core.spread;
  signs.add(parts <= 1 ? "leaf" : parts === 2 ? "two parts" : "many parts");
  return signs;
}

/**
 * How a row is drawn; costly, so asked only of rows that may be messages.
 * @param {Mark} mark
 * @returns {string[]}
 */
export function drawnSigns(mark) {
  const core = chainOf(mark).at(-1) ?? mark;
  const style = styleOf(core.element);
  /** @type {string[]} */
  const signs = [];
  if (bubbleSurface(core.element, mark.element) !== "") signs.push("surface");
  if (Number(style.fontWeight) >= 600) signs.push("bold");
  if (/^H[1-6]$/.test(core.element.tagName)) signs.push("heading");
  if (/center/.test(style.textAlign)) signs.push("centred");
  if (/^inline(?!-)/.test(styleOf(mark.element).display)) signs.push("inline");
  if (parseFloat(style.fontSize) <= 12.5) signs.push("small");
  return signs;
}

/**
 * Signs of a list: its own and its wrappers', and whether it scrolls. Wrappers count while nothing else stands in them.
 * @param {Mark} mark
 * @returns {Set<string>}
 */
export function listSigns(mark) {
  /** @type {Set<string>} */
  const signs = new Set();
  const links = [mark];
  for (let at = mark.parent, depth = 0; at && depth < 4 && at.text === mark.text && at.element.tagName !== "BODY"; at = at.parent, depth++) links.push(at);
  for (const link of links) {
    for (const sign of link.own) signs.add(sign);
    const style = styleOf(link.element);
    if (/auto|scroll/.test(style.overflowY)) signs.add("scrolls");
  }
  const view = mark.element.ownerDocument.documentElement.clientWidth;
  signs.add(mark.element.getBoundingClientRect().width >= view * WIDE_SHARE ? "wide" : "narrow");
  return signs;
}
