// @ts-check
/**
 * Owns controls that are not what they seem: a select hidden behind a widget, an ARIA combobox or listbox, and the options that these show.
 * Opens nothing and changes nothing.
 */
import { composedParent, isVisible, labelText, queryDeep, styleOf } from "./dom.js";
import { NO_CHOICE } from "./forms_words.js";

/** @typedef {import("../wire").FormOption} FormOption */

export const TRIGGER = "[role=combobox], [aria-haspopup=listbox], button, [tabindex]:not(select), input:not([type=hidden]), a";
const MAX_OPTIONS = 300;

/** Options of a listbox that was seen open once. @type {WeakMap<Element, FormOption[]>} */
const optionsSeen = new WeakMap();

/** Takes no place that a person could press. @param {Element} element */
export function isTucked(element) {
  if (!isVisible(element)) return true;
  const box = element.getBoundingClientRect();
  const style = styleOf(element);
  return box.width <= 2 || box.height <= 2 || style.opacity === "0" || (style.clipPath !== "none" && style.position === "absolute" && box.width <= 4);
}

/**
 * What shows a hidden select on the page: its neighbour or what wraps it. Null for a select that nothing shows.
 * @param {Element} select
 * @returns {HTMLElement | null}
 */
export function widgetOf(select) {
  const fits = (/** @type {Element | null} */ candidate) =>
    candidate !== null && isVisible(candidate) && candidate.getBoundingClientRect().height > 10 && (candidate.matches(TRIGGER) || candidate.querySelector(TRIGGER) !== null) && !/^(?:LABEL|FORM|BODY|TABLE)$/.test(candidate.tagName);
  const alone = (/** @type {Element} */ candidate) => candidate.querySelectorAll("select, textarea").length === 0;
  for (let next = select.nextElementSibling, steps = 0; next && steps < 2; next = next.nextElementSibling, steps++) if (fits(next) && alone(next)) return /** @type {HTMLElement} */ (next);
  const before = select.previousElementSibling;
  if (before && fits(before) && alone(before)) return /** @type {HTMLElement} */ (before);
  for (let around = select.parentElement, depth = 0; around && depth < 3; around = around.parentElement, depth++) {
    const selects = around.querySelectorAll("select").length;
    if (selects !== 1 || around.querySelectorAll("textarea, input:not([type=hidden])").length > 1) return null;
    if (fits(around) && around.getBoundingClientRect().height < 200) return /** @type {HTMLElement} */ (around);
  }
  return null;
}

/** What a person presses to open it. @param {Element} shown @returns {HTMLElement} */
export function triggerOf(shown) {
  if (shown.matches("[role=combobox], [aria-haspopup], button")) return /** @type {HTMLElement} */ (shown);
  const found = ["[role=combobox]", "[aria-haspopup=listbox], [aria-haspopup=true]", "button", "[tabindex]:not([tabindex='-1'])", "input:not([type=hidden])"].map((selector) => shown.querySelector(selector)).find((inner) => inner !== null && isVisible(inner));
  return /** @type {HTMLElement} */ (found ?? shown);
}

/** Combobox and listbox controls that stand for themselves; `taken` are those of hidden selects. @param {Document} doc @param {Set<Element>} taken */
export function ownListboxes(doc, taken) {
  const found = queryDeep(doc, "[role=combobox], [aria-haspopup=listbox], [role=listbox]");
  return found.filter((element) => {
    if (element.tagName === "SELECT" || isTucked(element) && !isTypingBox(element)) return false;
    if ([...taken].some((widget) => widget.contains(element))) return false;
    if (element.closest("[role=menu], [role=menubar], [role=toolbar], [role=grid]")) return false;
    if (element.getAttribute("role") === "listbox" && (element.closest("[role=combobox]") || isPopup(doc, element))) return false;
    return !found.some((other) => other !== element && other.getAttribute("role") === "combobox" && other.contains(element));
  });
}

/** A bare input of a combobox takes little place; what is around it shows it. @param {Element} element */
export function isTypingBox(element) {
  return element.tagName === "INPUT" && isVisible(element) && element.getAttribute("role") === "combobox";
}

/** A list that some combobox opens is no field of its own. @param {Document} doc @param {Element} list */
function isPopup(doc, list) {
  if (list.id === "") return false;
  return queryDeep(doc, "[aria-controls], [aria-owns]").some((element) => [element.getAttribute("aria-controls"), element.getAttribute("aria-owns")].some((ids) => ids?.split(/\s+/).includes(list.id)));
}

/** What shows a combobox's value: the box itself, for a bare input what wraps it closely. @param {Element} element @returns {HTMLElement} */
export function frameOf(element) {
  let shown = element;
  if (element.tagName !== "INPUT" || element.getBoundingClientRect().width >= 120 && /** @type {HTMLInputElement} */ (element).value !== "") return /** @type {HTMLElement} */ (shown);
  for (let around = composedParent(element), depth = 0; around && depth < 4; around = composedParent(around), depth++) {
    if (around.querySelectorAll("input:not([type=hidden]), select, textarea, [role=combobox]").length > 1 || around.getBoundingClientRect().height > 80) break;
    if (around.querySelector("label") !== null || around.tagName === "LABEL") break;
    shown = around;
  }
  return /** @type {HTMLElement} */ (shown);
}

/**
 * Options that stand in the document, open or not, or were seen before. Their words are their values, but those of a `select` have its own.
 * @param {Element} element @param {Element} shown
 * @returns {FormOption[]}
 */
export function listedOptions(element, shown) {
  const valueOf = (/** @type {Element} */ option) => (element.tagName === "SELECT" ? option.getAttribute("data-value") : null) ?? optionText(option);
  const lists = [];
  for (const owner of [element, shown, ...shown.querySelectorAll("[aria-controls], [aria-owns]")]) {
    const ids = `${owner.getAttribute("aria-controls") ?? ""} ${owner.getAttribute("aria-owns") ?? ""}`.split(/\s+/).filter((id) => id !== "");
    const scope = /** @type {Document | ShadowRoot} */ (owner.getRootNode());
    for (const id of ids) lists.push(scope.getElementById?.(id) ?? owner.ownerDocument.getElementById(id));
  }
  lists.push(shown);
  for (const list of lists) {
    const options = [...(list?.querySelectorAll("[role=option]") ?? [])].filter((option) => option.getAttribute("aria-disabled") !== "true");
    if (options.length < 2) continue;
    const read = options.slice(0, MAX_OPTIONS).map((option) => ({ value: valueOf(option), text: optionText(option) })).filter(({ text }) => text !== "" && !NO_CHOICE.test(text));
    if (read.length > 0) optionsSeen.set(element, read);
    break;
  }
  return optionsSeen.get(element) ?? [];
}

/** @param {Element} option */
export function optionText(option) {
  return option.getAttribute("aria-label") ?? labelText(option, 120);
}

/** The chosen texts as the page shows them. @param {Element} element @param {Element} shown @returns {string[]} */
export function shownChoice(element, shown) {
  if (element.getAttribute("role") === "listbox") return [...element.querySelectorAll("[role=option][aria-selected=true]")].map(optionText);
  const typed = element.tagName === "INPUT" ? /** @type {HTMLInputElement} */ (element).value.trim() : "";
  if (typed !== "") return [typed];
  if (element.hasAttribute("data-placeholder") || shown.hasAttribute("data-placeholder")) return [];
  const placeholder = shown.querySelector("[class*=placeholder], [id*=placeholder]");
  if (placeholder && isVisible(placeholder)) return [];
  const text = shownText(shown);
  return text === "" || NO_CHOICE.test(text) ? [] : [text];
}

/** Words that an element shows, live regions and clipped text left out. @param {Element} element @returns {string} */
export function shownText(element) {
  let text = "";
  for (const node of element.childNodes) {
    if (node.nodeType === 3) text += node.nodeValue ?? "";
    if (node.nodeType !== 1) continue;
    const child = /** @type {Element} */ (node);
    if (/^(?:SELECT|OPTION|STYLE|SCRIPT|svg|SVG)$/.test(child.tagName) || child.hasAttribute("aria-live") || /^(?:alert|status|log)$/.test(child.getAttribute("role") ?? "")) continue;
    if (isTucked(child) && child.tagName !== "INPUT") continue;
    text += ` ${shownText(child)}`;
  }
  return text.replace(/[\s\u00a0\u200b]+/g, " ").replace(/^[×✕▾▼\s]+|[×✕▾▼⌄\s]+$/g, "").trim();
}
