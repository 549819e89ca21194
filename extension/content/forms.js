// @ts-check
/**
 * Owns finding the ticket's form beside a conversation: which controls are its fields; what each is called, takes and holds is forms_controls.js' to read.
 * Leaves out reply boxes, messages, search, sign-in, payment, files and what no person can see. Changes nothing.
 */
import { findBoxes } from "./boxes.js";
import { composedContains, composedParent, isVisible, queryDeep, readingOnly, styleOf } from "./dom.js";
import { asControl, asDate, asListbox, closestOf, CONTROL_SELECTOR } from "./forms_controls.js";
import { placeholderOf } from "./forms_labels.js";
import { bareChoices, isTucked, ownListboxes, shownText, widgetOf } from "./forms_widgets.js";
import { AUDIENCE_LABEL, FILTER_BUTTON, NO_CHOICE, NOT_A_FIELD, OTHER_GROUP, SAVE_WORDS, SIGN_IN_BUTTON, TICKET_FIELD, WRITTEN_TO_SOMEBODY } from "./forms_words.js";
import { headPart } from "./message_labels.js";

/**
 * @typedef {import("../wire").FormField} FormField
 * @typedef {import("./forms_controls.js").FormControl} FormControl
 */

const OUTSIDE = "nav, [role=navigation], [role=search], [role=menu], [role=menubar], [role=toolbar], [role=grid] [role=row], [role=tablist], warmseat-overlay";
const MAX_CONTROLS = 400;

/**
 * The form's fields as they stand.
 * @param {Document} doc @param {Element | null} list the messages: what stands inside is no field
 * @returns {{ fields: FormField[], saves_itself: boolean }}
 */
export function readForm(doc, list) {
  const controls = findControls(doc, list);
  const groups = new Set(controls.map((control) => control.group));
  return { fields: controls.map((control) => control.field), saves_itself: controls.length > 0 && [...groups].every((group) => !hasSaveButton(group)) };
}

/**
 * The form's fields with their elements, in the order of the page.
 * @param {Document} doc @param {Element | null} list
 * @returns {FormControl[]}
 */
export function findControls(doc, list) {
  const found = readingOnly(() => candidates(doc, list));
  /** @type {Map<Element, FormControl[]>} */
  const groups = new Map();
  for (const control of found) groups.set(control.group, [...(groups.get(control.group) ?? []), control]);
  const kept = [...groups].filter(([group, controls]) => isTicketForm(group, controls)).flatMap(([, controls]) => controls);
  const order = new Map(found.map((control, at) => [control, at]));
  kept.sort((left, right) => (order.get(left) ?? 0) - (order.get(right) ?? 0));
  return withKeys(kept);
}

/** @param {Document} doc @param {Element | null} list @returns {FormControl[]} */
function candidates(doc, list) {
  const replyBoxes = new Set(findBoxes(doc, list).map((box) => box.element));
  /** @type {Set<Element>} */
  const taken = new Set();
  /** @type {FormControl[]} */
  const found = [];
  const elements = queryDeep(doc, CONTROL_SELECTOR).slice(0, MAX_CONTROLS * 2);
  for (const select of elements) {
    const widget = select.tagName === "SELECT" && isTucked(select) && !isBlank(/** @type {HTMLSelectElement} */ (select)) ? widgetOf(select) : null;
    if (widget) taken.add(widget);
  }
  const named = ownListboxes(doc, taken);
  const listboxes = [...named, ...bareChoices(doc, taken).filter((box) => !named.some((other) => other.contains(box) || box.contains(other)))];
  const inside = (/** @type {Element} */ element) => listboxes.some((box) => box !== element && box.contains(element)) || [...taken].some((widget) => widget !== element && widget.contains(element) && element.tagName !== "SELECT");
  /** @type {Set<Element>} */
  const grouped = new Set();
  for (const element of inDocumentOrder([...elements, ...listboxes.filter((box) => !elements.includes(box))])) {
    if (grouped.has(element) || inside(element) || found.length >= MAX_CONTROLS) continue;
    if (closestOf(element, OUTSIDE) || (list && composedContains(list, element)) || element.getAttribute("aria-hidden") === "true" && element.tagName !== "SELECT") continue;
    if (element.tagName === "SELECT" && isBlank(/** @type {HTMLSelectElement} */ (element))) continue;
    const control = listboxes.includes(element) ? (asDate(element) ?? asListbox(element)) : asControl(/** @type {HTMLElement} */ (element), grouped);
    if (!control || isOther(control)) continue;
    // What could be a reply box is a field only where its own name says what goes in.
    if (replyBoxes.has(/** @type {HTMLElement} */ (element)) && (control.field.label === "" || WRITTEN_TO_SOMEBODY.test(control.field.label) || WRITTEN_TO_SOMEBODY.test(placeholderOf(element).replace(/^请输入$/, "")))) continue;
    found.push(control);
  }
  return found;
}

/** What a widget made and keeps for the form alone: it has no id, is not drawn, and its options have no words. @param {HTMLSelectElement} select */
function isBlank(select) {
  return select.id === "" && styleOf(select).display === "none" && [...select.options].every((option) => NO_CHOICE.test(option.text.trim()));
}

/** Documents and shadow roots one after the other where they cannot be compared. @param {Element[]} elements */
function inDocumentOrder(elements) {
  return elements.sort((left, right) => {
    if (left.getRootNode() !== right.getRootNode()) return 0;
    return left.compareDocumentPosition(right) & 4 ? -1 : 1;
  });
}

/** A control of the page, not of a ticket. @param {FormControl} found */
function isOther({ field, way, group, element }) {
  const { label, hint } = field;
  if (label === "" && (way === "tick" || way === "radios" || way === "ticks" || hint === "")) return true;
  if (NOT_A_FIELD.test(label) || (way !== "text" && AUDIENCE_LABEL.test(label)) || (label === "" && NOT_A_FIELD.test(hint)) || ["from", "to"].includes(headPart(label) ?? "") && group.querySelector("textarea, [contenteditable=true], iframe") !== null) return true;
  if (field.options.some((option) => NOT_A_FIELD.test(option.text) && /\b(?:public|private|internal|reply)\b|公开|内部|私密|回复/i.test(option.text))) return true;
  // Ticks in rows of a table are for choosing rows.
  return way === "tick" && element.closest("tr, [role=row], li") !== null && /^(?:select|choose|选择|勾选)?.{0,3}#?\d*$/i.test(label);
}

/** @param {Element} group @param {FormControl[]} controls */
function isTicketForm(group, controls) {
  if (!controls.some(({ field }) => TICKET_FIELD.test(field.label) || (field.label === "" && TICKET_FIELD.test(field.hint)))) return false;
  if (group.querySelector("input[type=password], input[autocomplete^='cc-']") !== null) return false;
  const words = controls.map(({ field }) => field.label).join("\n");
  if (/\b(?:card number|cvv|cvc)\b|卡号|安全码/i.test(words)) return false;
  const form = group.tagName === "FORM" ? /** @type {HTMLFormElement} */ (group) : null;
  if (form && /search|filter|login|signin|logout/i.test(form.getAttribute("action") ?? "")) return false;
  const buttons = buttonTexts(group);
  if (buttons.some((text) => SIGN_IN_BUTTON.test(text))) return false;
  if (buttons.some((text) => FILTER_BUTTON.test(text)) && !buttons.some((text) => SAVE_WORDS.test(text) && !FILTER_BUTTON.test(text))) return false;
  return !OTHER_GROUP.test(headOf(group));
}

/** @param {Element} group */
function headOf(group) {
  const labelled = group.getAttribute("aria-label") ?? "";
  const head = group.querySelector("h1, h2, h3, h4, legend, [role=heading]");
  const around = group.tagName === "FORM" ? group.parentElement?.querySelector(":scope > h1, :scope > h2, :scope > h3") : null;
  return (labelled || (head ?? around)?.textContent || "").replace(/\s+/g, " ").trim();
}

/** @param {Element} group */
function buttonTexts(group) {
  const buttons = [...group.querySelectorAll("button, input[type=submit], input[type=button], [role=button]")].filter(isVisible);
  return buttons.map((button) => (shownText(button) || /** @type {HTMLInputElement} */ (button).value || button.getAttribute("aria-label") || button.getAttribute("title") || "").trim());
}

/** Whether something near saves what was changed. @param {Element} group */
function hasSaveButton(group) {
  const parents = group.tagName === "FORM" ? [group] : [group, composedParent(group)];
  return parents.some((scope) => scope !== null && scope.tagName !== "BODY" && (buttonTexts(scope).some((text) => SAVE_WORDS.test(text)) || (scope.tagName === "FORM" && scope.querySelector("[type=submit]") !== null)));
}

/** Names where the page has them, else labels; a number behind those that come again. @param {FormControl[]} controls */
function withKeys(controls) {
  /** @type {Map<string, number>} */
  const seen = new Map();
  for (const { field, element } of controls) {
    const name = element.getAttribute("name") ?? "";
    const base = (name !== "" ? name : field.label || field.hint || element.id || "field").toLowerCase().slice(0, 80);
    const count = (seen.get(base) ?? 0) + 1;
    seen.set(base, count);
    field.key = count === 1 ? base : `${base}#${count}`;
  }
  return controls;
}

