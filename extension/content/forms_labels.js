// @ts-check
/**
 * Owns what a control is called: its accessible name, else the words that stand before it in row, list or column; and weaker hints.
 * Does not know what the words mean for a ticket.
 */
import { closeUp, composedContains, composedParent, isScreenReaderOnly, isVisible } from "./dom.js";
import { ASKS_TO_CHOOSE, NO_CHOICE } from "./forms_words.js";

const MAX_LABEL = 80;
const CONTROLS = "input:not([type=hidden]), select, textarea, button, [role=combobox], [role=radio], [role=checkbox], [role=spinbutton], [contenteditable=true]";
const HEADINGS = /^(?:H[1-6]|LEGEND|HEADER|NAV|SUMMARY)$/;
const STATES = /^(?:on|off|yes|no|开|关|是|否|开启|关闭|启用|停用)(?:[ /|]+(?:on|off|yes|no|开|关|是|否|开启|关闭|启用|停用))?$/i;
/** Names that a widget gives to itself. */
const MACHINE = /^(?:(?:checkbox|radio|button|input|select)[- _]?)+(?:group)?$|^(?:search(?: for)?|selected|toggle|show|open|clear)(?: an?)? (?:options?|items?|values?|suggestions?|selection|menu)$/i;
const OUTER = /^(?:FORM|BODY|MAIN|HTML|ASIDE|SECTION|DIALOG|TABLE|IFRAME)$/;

/**
 * The label of a control; `shown` is what stands for it on the page, if not itself. Empty where there is none.
 * @param {Element} control @param {Element} shown
 */
export function fieldLabel(control, shown) {
  const both = new Set([control, shown]);
  for (const element of both) {
    const named = tidyLabel(referenced(element, "aria-labelledby", shown));
    if (named !== "" && !NO_CHOICE.test(named) && named !== tidyLabel(wordsOf(shown))) return named;
  }
  for (const element of both) {
    const labels = labelsOf(element);
    // A label around more than the control may hold its value, too.
    const own = tidyLabel(element.getAttribute("aria-label") ?? "");
    if (own !== "" && labels.some((label) => label.contains(element))) return own;
    const words = tidyLabel(labels.map(wordsOf).join(" "));
    if (words !== "") return words;
  }
  for (const element of both) {
    const named = tidyLabel(element.getAttribute("aria-label") ?? "");
    if (named !== "" && !ASKS_TO_CHOOSE.test(named) && !MACHINE.test(named) && named !== tidyLabel(wordsOf(element))) return named;
  }
  // A widget that took over its select's label.
  const by = control.tagName === "SELECT" && control !== shown ? shown.querySelector("[aria-labelledby]") : null;
  const taken = by ? tidyLabel(referenced(by, "aria-labelledby", by)) : "";
  if (taken !== "" && !NO_CHOICE.test(taken)) return taken;
  const inner = control.tagName === "SELECT" && control !== shown ? tidyLabel([...shown.querySelectorAll("input, [id]")].flatMap(labelsOf).filter((label) => !shown.contains(label)).slice(0, 1).map(wordsOf).join(" ")) : "";
  if (inner !== "") return inner;
  return labelOfHiddenTwin(shown) || tidyLabel(wordsBefore(shown)) || tidyLabel(shown.getAttribute("title") ?? "") || placeholderLabel(control);
}

/** Labels of a control; those that point at something no label can be for as well. @param {Element} element @returns {Element[]} */
function labelsOf(element) {
  const own = /** @type {HTMLInputElement} */ (element).labels;
  if (own && own.length > 0) return [...own];
  const scope = /** @type {Document | ShadowRoot} */ (element.getRootNode());
  const named = own || element.id === "" ? [] : [...scope.querySelectorAll(`label[for="${CSS.escape(element.id)}"]`)];
  // In a shadow root of its own a control has the label of its host.
  const host = /** @type {ShadowRoot} */ (scope).host;
  const around = host?.closest("label");
  return named.length > 0 || !host ? named : around ? [around] : labelsOf(host);
}

/** A group's own label: radios, a row of tick boxes. @param {Element[]} members */
export function groupLabel(members) {
  const [first] = members;
  if (!first) return "";
  const groups = "[role=radiogroup], [role=group], fieldset";
  for (let group = /** @type {Element | null} */ (first); (group = closestComposed(group, groups)); group = composedParent(group)) {
    if ([...group.querySelectorAll(CONTROLS)].some((other) => !members.some((member) => member.contains(other) || other.contains(member)))) break;
    const named = tidyLabel(referenced(group, "aria-labelledby")) || tidyLabel((group.getAttribute("aria-label") ?? "").replace(MACHINE, "")) || tidyLabel(wordsOf(group.querySelector("legend")));
    if (named !== "") return named;
  }
  let around = composedParent(first);
  while (around && !members.every((member) => around !== null && composedContains(around, member))) around = composedParent(around);
  return around ? tidyLabel(leadOf(around, first) ?? "") || tidyLabel(wordsBefore(around)) : "";
}

/** @param {Element | null} element @param {string} selector */
function closestComposed(element, selector) {
  for (let at = element; at; at = composedParent(at)) if (at.matches(selector)) return at;
  return null;
}

/** What a single tick or switch is called; "on" and "off" beside it are its states. @param {Element} control @param {Element} shown */
export function tickLabel(control, shown) {
  const own = choiceLabel(control);
  return own === "" || STATES.test(own) ? fieldLabel(control, shown) || own : own;
}

/** What one radio or tick box says. @param {Element} control */
export function choiceLabel(control) {
  const own = labelsOf(control).map(wordsOf).join(" ") || referenced(control, "aria-labelledby") || control.getAttribute("aria-label") || (control.tagName === "INPUT" ? "" : wordsOf(control));
  if (tidyLabel(own) !== "") return tidyLabel(own);
  for (let next = control.nextSibling; next; next = next.nextSibling) {
    if (next.nodeType === 1 && /** @type {Element} */ (next).matches(CONTROLS)) break;
    const words = tidyLabel(next.textContent ?? "");
    if (words !== "") return words;
  }
  return tidyLabel(control.getAttribute("title") ?? "");
}

/** Placeholder, description and machine name, one a line. @param {Element} control @param {Element} shown */
export function fieldHint(control, shown) {
  const machine = [control.getAttribute("name"), control.id].map((name) => (name ?? "").replace(/([a-z])([A-Z])/g, "$1 $2").replace(/[^\p{L}\p{N}#]+/gu, " ").trim()).find((name) => /^[\p{L} ]{3,40}$/u.test(name)) ?? "";
  const lines = [placeholderOf(control), placeholderOf(shown), referenced(control, "aria-describedby"), machine];
  return [...new Set(lines.map((line) => line.replace(/\s+/g, " ").trim().slice(0, MAX_LABEL)).filter((line) => line !== ""))].join("\n");
}

/** @param {Element} control */
export function placeholderOf(control) {
  return control.getAttribute("placeholder") ?? control.getAttribute("aria-placeholder") ?? control.getAttribute("data-placeholder") ?? "";
}

/** A placeholder that is words, not an example or a format. @param {Element} control */
function placeholderLabel(control) {
  const text = tidyLabel(placeholderOf(control));
  return /\d|@|[ymd]{2,4}[-./]/i.test(text) ? "" : text;
}

/** What shows a value names it too ("Category Refund"): that part is no label. @param {Element} element @param {"aria-labelledby" | "aria-describedby"} attribute @param {Element} [shown] */
function referenced(element, attribute, shown) {
  const ids = (element.getAttribute(attribute) ?? "").split(/\s+/).filter((id) => id !== "");
  const scope = /** @type {Document | ShadowRoot} */ (element.getRootNode());
  const parts = ids.map((id) => scope.getElementById?.(id) ?? null).filter((part) => part !== null && part !== element && part !== shown);
  const outside = shown ? parts.filter((part) => !element.contains(part) && !shown.contains(part)) : [];
  return (outside.length > 0 ? outside : parts).map(wordsOf).join(" ").trim();
}

/** A field that a picker shows in place of a hidden one: the label still points at the hidden one. @param {Element} shown */
function labelOfHiddenTwin(shown) {
  const near = shown.parentElement;
  if (!near || near.querySelectorAll("input:not([type=hidden]), select, textarea").length > 1) return "";
  for (const twin of near.querySelectorAll("input[type=hidden], input[hidden]")) {
    const scope = /** @type {Document | ShadowRoot} */ (shown.getRootNode());
    const label = twin.id === "" ? null : scope.querySelector(`label[for="${CSS.escape(twin.id)}"]`);
    if (label) return tidyLabel(wordsOf(label));
  }
  return "";
}

/** Words of an element, those of controls inside it left out, and those for screen readers alone where there are others. @param {Element | null} element @returns {string} */
function wordsOf(element) {
  if (!element) return "";
  const seen = wordsIn(element, (part) => !isScreenReaderOnly(part));
  return seen.trim() === "" ? wordsIn(element, () => true) : seen;
}

/** @param {Element} element @param {(part: Element) => boolean} counts @returns {string} */
function wordsIn(element, counts) {
  let text = "";
  const assigned = element.tagName === "SLOT" ? /** @type {HTMLSlotElement} */ (element).assignedNodes() : [];
  for (const node of assigned.length > 0 ? assigned : element.childNodes) {
    if (node.nodeType === 3) text += node.nodeValue ?? "";
    else if (node.nodeType === 1) {
      const child = /** @type {Element} */ (node);
      if (/^(?:SELECT|OPTION|BUTTON|TEXTAREA|INPUT|SCRIPT|STYLE|SVG|svg)$/.test(child.tagName) || /^(?:listbox|combobox|tooltip|button)$/.test(child.getAttribute("role") ?? "") || child.getAttribute("aria-hidden") === "true" || child.hasAttribute("aria-live") || !counts(child)) continue;
      text += ` ${wordsIn(child, counts)} `;
    }
  }
  return text;
}

/** The words that stand before a control and belong to no other one: cell before, column head, term, sibling. @param {Element} shown */
function wordsBefore(shown) {
  for (let at = /** @type {Element | null} */ (shown), depth = 0; at && depth < 7; at = composedParent(at), depth++) {
    if (OUTER.test(at.tagName)) return "";
    if (at.tagName === "TD" || at.getAttribute("role") === "cell" || at.getAttribute("role") === "gridcell") {
      const head = cellLabel(at);
      if (head !== "") return head;
    }
    if (at.tagName === "DD") return wordsOf(at.previousElementSibling);
    const lead = leadOf(at.parentNode ?? at, at);
    if (lead !== null) return lead;
  }
  return "";
}

/** Words directly before `at` among its siblings; empty where another control's place begins, null where nothing stands there. @param {Node} parent @param {Node} at @returns {string | null} */
function leadOf(parent, at) {
  let from = at;
  for (let up = /** @type {Node | null} */ (from); up && up !== parent; up = up.parentNode ?? /** @type {ShadowRoot} */ (up).host ?? null) from = up;
  for (let before = from.previousSibling; before; before = before.previousSibling) {
    if (before.nodeType === 3) {
      const words = tidyLabel(before.nodeValue ?? "");
      if (words !== "") return words;
    } else if (before.nodeType === 1) {
      const element = /** @type {Element} */ (before);
      if (/^(?:SCRIPT|STYLE|TEMPLATE|BR)$/.test(element.tagName)) continue;
      if (!isVisible(element) || element.hasAttribute("aria-live") || /^(?:status|alert|log)$/.test(element.getAttribute("role") ?? "")) continue;
      if (HEADINGS.test(element.tagName) || element.matches(CONTROLS) || [...element.querySelectorAll(CONTROLS)].some(isVisible)) return "";
      const words = tidyLabel(wordsOf(element));
      if (words !== "") return words.length <= 60 ? words : "";
    }
  }
  return null;
}

/** @param {Element} cell */
function cellLabel(cell) {
  const before = cell.previousElementSibling;
  if (before && before.querySelector(CONTROLS) === null) {
    const words = tidyLabel(wordsOf(before));
    if (words !== "" && words.length <= 60) return words;
  }
  const row = cell.parentElement;
  const table = cell.closest("table");
  const heads = table?.querySelector("thead tr, tr");
  if (!row || !heads || heads === row || heads.querySelector(CONTROLS)) return "";
  return wordsOf(heads.children[[...row.children].indexOf(cell)] ?? null);
}

/** Without stars, colons and "required". @param {string} text */
function tidyLabel(text) {
  const line = closeUp(text.replace(/[\s\u00a0\u200b\ue000-\uf8ff]+/g, " ").trim().replace(/^[*＊•·\s]+/, ""));
  const bare = line.replace(/\s*[(（[]?\s*(?:required|optional|必填|选填|可选)\s*[)）\]]?\s*$/i, "").replace(/[\s*＊:：]+$/, "");
  return /[\p{L}\p{N}#]/u.test(bare) ? bare.slice(0, MAX_LABEL) : "";
}
