// @ts-check
/**
 * Owns the headings of a page and the title-like lines that stand over a list: a chat's header, a ticket's title.
 * Does not know whom or what they name.
 */
import { standsInCorner } from "./account.js";
import { composedElements, composedParent, drawnElement, isSkipped, isVisible, labelText, ownText, styleOf } from "./dom.js";
import { isTimeText } from "./times.js";
import { ACTION_WORDS, AUTHORED_LEAD } from "./words.js";

const CARDS = 3;
/** Where in the site a page stands: "Home › Users". */
export const TRAIL = "[class*=breadcrumb i], [aria-label*=breadcrumb i]";
const MENU_OPENER = `:is(${TRAIL}) a, nav, [role=navigation], [aria-haspopup]:not([aria-haspopup=false]), [data-toggle=dropdown], [data-bs-toggle=dropdown]`;

/** @param {Element} element */
export function isHeading(element) {
  return /^H[1-6]$/.test(element.tagName) || element.getAttribute("role") === "heading";
}

/**
 * Headings and title-like lines that stand over the list, nearest first: a chat's header, a ticket's title.
 * @param {Element} list
 * @returns {string[]}
 */
export function headingsOver(list) {
  /** @type {string[]} */
  const found = [];
  let at = /** @type {Element | null} */ (list);
  const top = shownTop(list), frame = drawnElement(list).getBoundingClientRect();
  // A pane on the right has its own head there.
  const besideCorner = frame.left < (list.ownerDocument.defaultView?.innerWidth ?? 0) / 2;
  const isOver = (/** @type {Element} */ element) => {
    const box = element.getBoundingClientRect();
    return isVisible(element) && box.right > frame.left && box.left < frame.right && !(besideCorner && standsInCorner(element));
  };
  for (let depth = 0; at && depth < 9 && found.length < 6; depth++, at = composedParent(at)) {
    /** @type {Element | null} */
    const parent = composedParent(at);
    if (!parent || parent.tagName === "HTML") break;
    for (const sibling of composedElements(parent)) {
      if (sibling === at || isSkipped(sibling) || !isVisible(sibling) || /^(?:NAV|ASIDE|FOOTER)$/.test(sibling.tagName)) continue;
      const box = sibling.getBoundingClientRect();
      if (box.bottom > top + 40 || box.height === 0) continue;
      const marked = [sibling, ...sibling.querySelectorAll("h1, h2, h3, h4, h5, [role=heading]")].filter(isHeading);
      const texts = withoutCards(marked).filter(isOver).map((element) => headingText(element));
      if (!marked.some(isVisible) && box.height < 120 && isOver(sibling)) texts.push(...prominentTexts(sibling, isOver));
      for (const text of texts) if (text !== "" && text.length < 200 && !found.includes(text)) found.push(text);
    }
  }
  return found;
}

/** Titles side by side, three and more, are each its card's: members, figures. @param {Element[]} headings */
function withoutCards(headings) {
  if (headings.length < CARDS) return headings;
  const tops = headings.map((heading) => Math.round(heading.getBoundingClientRect().top));
  return headings.filter((heading, at) => headings.filter((other, beside) => other.tagName === heading.tagName && tops[beside] === tops[at]).length < CARDS);
}

/** Where what is shown of a list begins: one scrolled down reaches up behind the headings over it. @param {Element} list */
function shownTop(list) {
  let { top } = drawnElement(list).getBoundingClientRect();
  for (let at = composedParent(list); at && at.tagName !== "BODY"; at = composedParent(at)) {
    if (styleOf(at).overflowY !== "visible") top = Math.max(top, at.getBoundingClientRect().top);
  }
  return top;
}

/** A heading's text without badges and buttons in it. @param {Element} heading */
function headingText(heading) {
  let text = "";
  for (const node of heading.childNodes) {
    if (node.nodeType === 3) text += node.nodeValue ?? "";
    else if (node.nodeType === 1 && !/^(?:BUTTON|SMALL|SVG|svg)$/.test(/** @type {Element} */ (node).tagName)) {
      const inner = labelText(/** @type {Element} */ (node));
      if (!/^#?\d+$|^\[.*\]$/.test(inner) && !ACTION_WORDS.test(inner)) text += ` ${inner}`;
    }
  }
  return text.replace(/[\s\u00a0\u200b]+/g, " ").trim();
}

/** Bold or large leaf texts of a header bar. @param {Element} bar @param {(element: Element) => boolean} isOver the list */
function prominentTexts(bar, isOver) {
  const leaves = [bar, ...bar.querySelectorAll("*")].filter((element) => element.childElementCount === 0 && (element.textContent ?? "").trim().length > 1 && (element.textContent ?? "").length < 120 && !/^(?:BUTTON|OPTION|SVG|svg|I)$/.test(element.tagName) && element.closest(MENU_OPENER) === null && !AUTHORED_LEAD.test(ownText(element.parentElement ?? element))).slice(0, 30);
  const sized = leaves.filter(isOver).map((element) => ({ text: labelText(element), weight: parseFloat(styleOf(element).fontSize) + (Number(styleOf(element).fontWeight) >= 600 ? 3 : 0) }));
  const initials = (/** @type {string} */ text) => text.length <= 3 && sized.some((other) => other.text !== text && other.text.startsWith(text));
  const most = Math.max(0, ...sized.filter((item) => !initials(item.text)).map((item) => item.weight));
  return sized.filter((item) => !initials(item.text) && item.weight >= most - 0.5 && !isTimeText(item.text)).map((item) => item.text).slice(0, 2);
}
