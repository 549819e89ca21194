// @ts-check
/**
 * Owns controls that are not what they seem: a select hidden behind a widget, an ARIA combobox or listbox, and the options that these show.
 * Opens nothing and changes nothing.
 */
import { composedParent, isVisible, labelText, queryDeep, styleOf } from "./dom.js";
import { fieldLabel } from "./forms_labels.js";
import { ASKS_FOR_DAY, ASKS_TO_CHOOSE, NO_CHOICE } from "./forms_words.js";

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
  if (/^(?:SELECT|INPUT)$/.test(element.tagName) && isClippedAway(element)) return true;
  // The older way to clip counts for what is placed by itself alone.
  if (/^(?:absolute|fixed)$/.test(style.position) && /^rect\(([01]px(?:, |\)$)){4}/.test(style.clip)) return true;
  return box.width <= 2 || box.height <= 2 || style.opacity === "0" || (style.clipPath !== "none" && style.position === "absolute" && box.width <= 4);
}

/** In a box for screen readers alone. @param {Element} element */
function isClippedAway(element) {
  for (let around = element.parentElement, depth = 0; around && depth < 3; around = around.parentElement, depth++) {
    const box = around.getBoundingClientRect();
    if (box.width <= 2 && box.height <= 2 && box.width > 0 && /hidden|clip/.test(styleOf(around).overflow)) return true;
  }
  return false;
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
  // One that nobody sees but everybody presses, over what shows its words.
  const under = select.parentElement, box = select.getBoundingClientRect();
  return under && box.width >= 40 && box.height >= 16 && isVisible(select) && /** @type {HTMLSelectElement} */ (select).multiple === false && under.getBoundingClientRect().height < 80 && (under.textContent ?? "").trim() !== "" ? under : null;
}

/** What a person presses for a radio or tick box: itself, else its label, else what is drawn beside a hidden one. @param {Element} member @returns {HTMLElement} */
export function faceOf(member) {
  const html = /** @type {HTMLElement} */ (member);
  if (member.tagName !== "INPUT" || !isTucked(member)) return html;
  const label = [...(/** @type {HTMLInputElement} */ (member).labels ?? [])].find(isVisible);
  const next = member.nextElementSibling;
  return label ?? (!isVisible(member) && next && isVisible(next) && !/^(?:INPUT|SELECT|TEXTAREA|LABEL|BUTTON|A)$/.test(next.tagName) ? /** @type {HTMLElement} */ (next) : html);
}

/** What a person presses to open it. @param {Element} shown @returns {HTMLElement} */
export function triggerOf(shown) {
  if (shown.matches("[role=combobox], [aria-haspopup], button")) return /** @type {HTMLElement} */ (shown);
  const found = ["[role=combobox]", "[aria-haspopup=listbox], [aria-haspopup=true]", "button", "[tabindex]:not([tabindex='-1'])", "input:not([type=hidden])"].map((selector) => shown.querySelector(selector)).find((inner) => inner !== null && isVisible(inner));
  return /** @type {HTMLElement} */ (found ?? shown);
}

/** Combobox and listbox controls that stand for themselves; `taken` are those of hidden selects. @param {Document} doc @param {Set<Element>} taken */
export function ownListboxes(doc, taken) {
  const found = queryDeep(doc, "[role=combobox], [aria-haspopup=listbox], [role=listbox]").filter((element) => element.tagName !== "BUTTON" || element.getAttribute("role") === "combobox" || [wholeField(element), element.parentElement].every((place) => place?.querySelector(place === element.parentElement ? ":scope > input[role=combobox]" : "input[role=combobox]") == null));
  return found.filter((element) => {
    if (element.tagName === "SELECT" || isTucked(element) && !isTypingBox(element)) return false;
    if ([...taken].some((widget) => widget.contains(element))) return false;
    if (element.closest("[role=menu], [role=menubar], [role=toolbar], [role=grid]")) return false;
    if (/^(?:dialog|grid)$/.test(element.getAttribute("aria-haspopup") ?? "") && element.tagName !== "INPUT" && element.querySelector("input") !== null) return false;
    if (element.getAttribute("role") === "listbox" && (element.closest("[role=combobox]") || isPopup(doc, element))) return false;
    // Of two that stand in each other and both say so, the inner one has the label and takes the keys.
    if (element.getAttribute("role") === "combobox" && element.tagName !== "INPUT" && element.querySelector("input[role=combobox]") !== null) return false;
    return !found.some((other) => other !== element && other.getAttribute("role") === "combobox" && other.contains(element) && other.querySelector("input[role=combobox]") !== element);
  });
}

/**
 * Boxes that open a list without a role to say so: a field that asks to choose or that nobody can type in, and, in a form, a box with an
 * icon at its end that the keyboard reaches in a field's place.
 * @param {Document} doc @param {Set<Element>} taken
 */
export function bareChoices(doc, taken) {
  return queryDeep(doc, "input:not([role]), [tabindex='0']:not([role])").filter((element) => ![...taken].some((widget) => widget.contains(element)) && (element.tagName === "INPUT" ? asksToChoose(/** @type {HTMLInputElement} */ (element)) : isBareBox(element)));
}

/** @param {HTMLInputElement} input */
function asksToChoose(input) {
  if (!/^(?:text|search)$/.test(input.type) || input.disabled || !isVisible(input)) return false;
  // Beside a choice that is shown, a field that only takes the keys gives way.
  const around = input.parentElement;
  if (isTucked(input)) {
    const place = around && shownText(around) === "" ? wholeField(input) : around;
    const words = place && !isTucked(place) && place.getBoundingClientRect().height <= 90 ? shownText(place) : "";
    return words !== "" && (input.readOnly || ASKS_TO_CHOOSE.test(input.placeholder) || input.placeholder === words || chipsIn(wholeField(input)).length > 0);
  }
  if (input.value === "" && input.placeholder === "" && (chipsIn(wholeField(input)).length > 0 || ASKS_TO_CHOOSE.test(shownText(wholeField(input))) || isUnderWords(input))) return true;
  return ASKS_TO_CHOOSE.test(input.placeholder) || (input.readOnly && styleOf(input).cursor === "pointer");
}

/** An empty field over which words stand that are not its name, with an icon at its end: they are what is chosen, or ask to choose. @param {HTMLInputElement} input */
function isUnderWords(input) {
  const place = wholeField(input), own = input.getBoundingClientRect();
  const words = [...place.querySelectorAll("*")].filter((part) => {
    const box = part.getBoundingClientRect();
    return !part.contains(input) && box.left < own.right && box.right > own.left && box.top < own.bottom && box.bottom > own.top && shownText(part) !== "";
  });
  return words.length > 0 && hasIconAtEnd(place) && fieldLabel(input, input) !== shownText(place);
}

/** @param {Element} box */
function hasIconAtEnd(box) {
  const { right } = box.getBoundingClientRect();
  return [...box.querySelectorAll("svg, i, img")].some((icon) => isVisible(icon) && right - icon.getBoundingClientRect().right < 40);
}

/** @param {Element} box */
function isBareBox(box) {
  const { width, height } = box.getBoundingClientRect();
  if (!/^(?:DIV|SPAN)$/.test(box.tagName) || isTucked(box) || width < 80 || height < 18 || height > 90) return false;
  if (box.querySelector("textarea, select, button, a, label, [role=combobox], [contenteditable=true], [type=radio], [type=checkbox]") !== null || box.querySelectorAll("input:not([type=hidden])").length > 1 || ASKS_FOR_DAY.test(box.querySelector("input")?.placeholder ?? "")) return false;
  return hasIconAtEnd(box) && (NO_CHOICE.test(shownText(box)) || box.closest("form, [role=form]") !== null);
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
  if (element.tagName !== "INPUT" || element.getBoundingClientRect().width >= 120 && /** @type {HTMLInputElement} */ (element).value !== "") return /** @type {HTMLElement} */ (element);
  return wholeField(element);
}

/** The whole of a field: what stands around an input up to where another or a label begins, with its arrow and its cross. @param {Element} element @returns {HTMLElement} */
export function wholeField(element) {
  let shown = element;
  for (let around = composedParent(element), depth = 0; around && depth < 4; around = composedParent(around), depth++) {
    if (around.querySelectorAll("input:not([type=hidden]), select, textarea, [role=combobox]").length > 1 || around.getBoundingClientRect().height > 80) break;
    if (around.querySelector("label") !== null || /^(?:LABEL|FORM|BODY)$/.test(around.tagName) || around.getRootNode() !== element.getRootNode()) break;
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
  const lists = [...listsNamedBy(element, shown), shown];
  for (const list of lists) {
    if (!list || isForReadersOnly(list)) continue;
    const named = [...list.querySelectorAll("[role=option]")];
    const rows = named.length > 0 || list !== shown ? named : hiddenRows(shown);
    const options = rows.filter((option) => option.getAttribute("aria-disabled") !== "true");
    if (options.length < 2) continue;
    const read = options.slice(0, MAX_OPTIONS).map((option) => ({ value: valueOf(option), text: optionText(option) })).filter(({ text }) => text !== "" && !NO_CHOICE.test(text));
    if (read.length > 0) optionsSeen.set(element, read);
    break;
  }
  return optionsSeen.get(element) ?? [];
}

/** @param {Element} element @param {Element} shown @returns {Element[]} */
function listsNamedBy(element, shown) {
  return [element, shown, ...shown.querySelectorAll("[aria-controls], [aria-owns]")].flatMap((owner) => {
    const ids = `${owner.getAttribute("aria-controls") ?? ""} ${owner.getAttribute("aria-owns") ?? ""}`.split(/\s+/).filter((id) => id !== "");
    const scope = /** @type {Document | ShadowRoot} */ (owner.getRootNode());
    return ids.map((id) => shown.querySelector(`#${CSS.escape(id)}`) ?? onlyOne(scope, id) ?? onlyOne(owner.ownerDocument, id)).filter((list) => list != null);
  });
}

/** Whether its list says of one of these that it is chosen, whatever stands in the field. @param {Element} element @param {Element} shown @param {string[]} texts */
export function isStillChosen(element, shown, texts) {
  return listsNamedBy(element, shown).some((list) => [...list.querySelectorAll("[role=option][aria-selected=true]")].some((option) => texts.includes(optionText(option))));
}

/** An id that several elements have names none of them. @param {ParentNode} scope @param {string} id */
function onlyOne(scope, id) {
  const found = scope.querySelectorAll(`#${CSS.escape(id)}`);
  return found.length === 1 ? found[0] : undefined;
}

/** A list of no size, beside the one that people see: it holds some of the options only. @param {Element} list */
function isForReadersOnly(list) {
  const style = styleOf(list);
  return style.overflow === "hidden" && (parseFloat(style.height) === 0 || parseFloat(style.width) === 0) && style.height !== "auto";
}

/** Items of a list without roles that is kept hidden inside a widget. @param {Element} shown @returns {Element[]} */
function hiddenRows(shown) {
  const lists = [...shown.querySelectorAll("ul, ol, dl")].filter((list) => list.children.length > 1 && [...list.children].every((row) => /^(?:LI|DD)$/.test(row.tagName) && row.querySelector("ul, ol, input, button") === null));
  return lists.length === 1 ? [...(lists[0]?.children ?? [])] : [];
}

/** What was seen while a list was open. @param {Element} element @param {string[]} texts */
export function rememberOptions(element, texts) {
  const known = optionsSeen.get(element)?.map((option) => option.text) ?? [];
  // Of several, those that are chosen may be left out of the list.
  if (texts.length > 1 && !texts.every((text) => known.includes(text))) optionsSeen.set(element, texts.map((text) => ({ value: text, text })));
}

/** @param {Element} option */
export function optionText(option) {
  return option.getAttribute("aria-label") ?? (labelText(option, 120) || [...option.querySelectorAll("slot")].flatMap((slot) => slot.assignedNodes()).map((node) => (node.textContent ?? "").trim()).join(" ").trim());
}

/** The chosen texts as the page shows them; what is one of the options is chosen, however it is marked. @param {Element} element @param {Element} shown @param {string} label @returns {string[]} */
export function shownChoice(element, shown, label) {
  if (element.getAttribute("role") === "listbox") return [...element.querySelectorAll("[role=option][aria-selected=true]")].map(optionText);
  const chips = chipsIn(shown).map((chip) => shownText(chip));
  if (chips.length > 0) return chips;
  const typed = element.tagName === "INPUT" ? /** @type {HTMLInputElement} */ (element).value.trim() : "";
  const options = listedOptions(element, shown).map((option) => option.text);
  // While one searches, the choice stands where a placeholder does.
  const kept = /** @type {HTMLInputElement} */ (element).placeholder ?? "";
  const text = typed !== "" ? typed : options.includes(kept) ? kept : shownText(shown, label);
  const parts = text.split(/\s*[,，、;；]\s*/);
  if (options.includes(text)) return [text];
  if (parts.length > 1 && parts.every((part) => options.includes(part))) return parts;
  const row = optionsInRow(text, options);
  if (row.length > 1) return row;
  if (typed !== "") return [typed];
  if (element.hasAttribute("data-placeholder") || shown.hasAttribute("data-placeholder")) return [];
  const placeholder = shown.querySelector("[class*=placeholder], [id*=placeholder]");
  if (placeholder && isVisible(placeholder) && shownText(placeholder) !== "") return [];
  return text === "" || NO_CHOICE.test(text) ? [] : [text];
}

/** Options that make up a text with spaces between them; none if anything else is in it. @param {string} text @param {string[]} options @returns {string[]} */
function optionsInRow(text, options) {
  const found = [];
  const longest = [...options].sort((left, right) => right.length - left.length);
  for (let rest = text; rest !== ""; ) {
    const next = longest.find((option) => rest === option || rest.startsWith(`${option} `));
    if (!next) return [];
    found.push(next);
    rest = rest.slice(next.length).trim();
  }
  return found;
}

/** Chosen values that each stand in a box of their own with something to take them away. @param {Element} shown @returns {Element[]} */
export function chipsIn(shown) {
  const width = shown.getBoundingClientRect().width;
  const chips = [...shown.querySelectorAll("*")].filter((part) => {
    const box = part.getBoundingClientRect();
    if (box.height < 12 || box.height > 44 || box.width < 16 || box.width > width * 0.9 || part.querySelector("svg, i, button, [role=button], [role=img]") === null || part.querySelector("input") !== null) return false;
    const style = styleOf(part);
    const drawn = !/^(?:transparent|rgba\(.*, 0\))$/.test(style.backgroundColor) || parseFloat(style.borderTopWidth) > 0;
    return drawn && !/^(?:svg|I|BUTTON)$/.test(part.tagName) && isVisible(part) && shownText(part) !== "";
  });
  return chips.filter((chip) => !chips.some((other) => other !== chip && other.contains(chip)));
}

/** Without a size of its own, as a box is whose parts are all placed by themselves: they may be seen all the same. @param {Element} element */
function overflows(element) {
  const { width, height } = element.getBoundingClientRect();
  const style = styleOf(element);
  return isVisible(element) && (width <= 2 || height <= 2) && style.overflow === "visible" && style.opacity !== "0" && element.childElementCount > 0;
}

/** The same with what stands in its inputs. @param {Element} element */
export function faceText(element) {
  const inputs = [...element.querySelectorAll("input:not([type=hidden])")].filter(isVisible);
  return `${shownText(element)} ${inputs.map((input) => /** @type {HTMLInputElement} */ (input).value).join(" ")}`;
}

/** Words that an element shows, live regions, clipped text and its own label left out. @param {Element} element @param {string} [label] @returns {string} */
export function shownText(element, label = "") {
  let text = "";
  for (const node of element.childNodes) {
    if (node.nodeType === 3) text += node.nodeValue ?? "";
    if (node.nodeType !== 1) continue;
    const child = /** @type {Element} */ (node);
    if (/^(?:SELECT|OPTION|STYLE|SCRIPT|svg|SVG)$/.test(child.tagName) || child.hasAttribute("aria-live") || /^(?:alert|status|log)$/.test(child.getAttribute("role") ?? "")) continue;
    if (isTucked(child) && child.tagName !== "INPUT" && !overflows(child)) continue;
    if (label !== "" && (child.tagName === "LABEL" || (child.textContent ?? "").trim() === label) || child.getAttribute("aria-hidden") === "true" && /^(?:I|SPAN)$/.test(child.tagName)) continue;
    text += ` ${shownText(child, label)}`;
  }
  return text.replace(/[\s\u00a0\u200b]+/g, " ").replace(/^[×✕▾▼\s]+|[×✕▾▼⌄\s]+$/g, "").trim();
}
