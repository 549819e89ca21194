// @ts-check
/**
 * Owns the question which hidden panels of a page may hold the thread of the ticket whose reply form is shown: tabs beside the form's own.
 * Reads no messages; whether a panel holds a conversation is asked of the search that is handed in.
 */
import { findBoxes } from "./boxes.js";
import { composedElements, composedParent, isSkipped, isVisible, labelText, queryDeep, uncovering } from "./dom.js";
import { alike } from "./lists.js";

const MOST_PANELS = 3;
/** Less than this is no thread. */
const LEAST_TEXT = 20;
/** A tab that is called by a number or an address is another ticket's. */
const OTHER_TICKET = /#\s?\d|\d{4,}|@/;

/**
 * Hidden panels beside the shown one that holds the reply form, those with most text first. One with a form of its own is another conversation's.
 * @param {Document} doc
 * @returns {Element[]}
 */
export function coveredPanels(doc) {
  const box = findBoxes(doc, null).find((candidate) => candidate.visible && candidate.score >= 2);
  /** @type {Element[]} */
  const panels = [];
  for (let open = /** @type {Element | null} */ (box?.shown ?? null); open && open.tagName !== "BODY"; open = composedParent(open)) {
    for (const panel of composedElements(composedParent(open) ?? open)) if (panel !== open && isTabBeside(doc, open, panel)) panels.push(panel);
  }
  const size = (/** @type {Element} */ panel) => (panel.textContent ?? "").length;
  return panels.sort((left, right) => size(right) - size(left)).slice(0, MOST_PANELS);
}

/** @param {Document} doc @param {Element} open @param {Element} panel */
function isTabBeside(doc, open, panel) {
  if (isSkipped(panel) || isVisible(panel) || (panel.textContent ?? "").trim().length < LEAST_TEXT) return false;
  if (queryDeep(panel, "textarea, [contenteditable=true], [role=textbox], iframe").length > 0) return false;
  const openers = openersOf(doc, panel);
  if (openers.some((opener) => OTHER_TICKET.test(labelText(opener)))) return false;
  return openers.some(isVisible) || (panel.getAttribute("role") === "tabpanel" && open.getAttribute("role") === "tabpanel") || alike(open, panel);
}

/** Controls that point at the panel. @param {Document} doc @param {Element} panel */
function openersOf(doc, panel) {
  const id = CSS.escape(panel.id);
  return id === "" ? [] : [...doc.querySelectorAll(`[aria-controls="${id}"], [data-bs-target="#${id}"], [data-target="#${id}"], a[href="#${id}"]`)];
}

/**
 * Searches one panel after the other as if it were open; the result where exactly one holds a conversation.
 * @template T @param {Element[]} panels @param {() => Generator<undefined, T>} search @param {(result: T) => Element | undefined} listOf
 * @returns {Generator<undefined, { result: T, panel: Element } | null>}
 */
export function* searchCovered(panels, search, listOf) {
  /** @type {{ result: T, panel: Element }[]} */
  const threads = [];
  for (const panel of panels) {
    const steps = search();
    for (;;) {
      yield;
      const { done, value } = uncovering(panel, () => steps.next());
      if (!done) continue;
      const list = listOf(value);
      if (list && panel.contains(list)) threads.push({ result: value, panel });
      break;
    }
  }
  return threads.length === 1 ? (threads[0] ?? null) : null;
}
