// @ts-check
/**
 * Owns what one control of a form is as a field: its kind, what it is called, takes and holds; radios and ticks that are one field are read as one.
 * Does not judge whether it is a ticket's: forms.js. Changes nothing.
 */
import { composedParent, isVisible, queryDeep } from "./dom.js";
import { dateFormatIn, readDate } from "./forms_dates.js";
import { dateBoxOf, dateIn, SEGMENT } from "./forms_segments.js";
import { choiceLabel, fieldHint, fieldLabel, groupLabel, placeholderOf, tickLabel } from "./forms_labels.js";
import { chipsIn, faceOf, frameOf, isTucked, listedOptions, shownChoice, widgetOf } from "./forms_widgets.js";
import { ABOUT_THE_PAST, ACT, ASKS_FOR_DAY, AUDIENCE_LABEL, IRREVERSIBLE, NOT_A_FIELD, NO_CHOICE, STATE_OPTION } from "./forms_words.js";

/**
 * @typedef {import("../wire").FormField} FormField
 * @typedef {import("../wire").FormFieldKind} FormFieldKind
 * @typedef {import("../wire").FormOption} FormOption
 * @typedef {object} FormControl a field with the elements it lives in
 * @property {FormField} field
 * @property {HTMLElement} element holds the value
 * @property {HTMLElement} shown stands for it on the page
 * @property {"text" | "select" | "radios" | "ticks" | "tick" | "listbox" | "segments"} way
 * @property {HTMLElement[]} members radios or tick boxes of a group
 * @property {string | null} dateFormat
 * @property {Element} group the form or part of the page that it belongs to
 */

export const CONTROL_SELECTOR = `input, select, textarea, [role=radiogroup], [role=checkbox], [role=switch], ${SEGMENT}`;
const RADIOS = "input[type=radio], [role=radio]";
const TICKS = "input[type=checkbox], [role=checkbox]";
const NEVER = /^(?:hidden|submit|button|image|reset|file|password|range|color|search|time|week|month)$/;
const PRIVATE = /^(?:cc-|one-time-code|current-password|new-password|username)/;
const GROUP = "form, [role=form], dialog, [role=dialog], aside, [role=complementary], section, [role=region], article, main, [role=main], body";
const PICKER_HINT = /date-?picker|date-?format|data-date|flatpickr|calendar/i;
const DATE_WORDS = /\bdate\b|\bday\b|\bon$|日期|时间$|日$/i;
const MAX_OPTIONS_READ = 300;

/** A native control, or one by its role; null for what is no field or belongs to another. @param {HTMLElement} element @param {Set<Element>} grouped those that are part of a field already @returns {FormControl | null} */
export function asControl(element, grouped) {
  if (element.tagName === "SELECT") return asSelect(/** @type {HTMLSelectElement} */ (element));
  if (element.tagName === "TEXTAREA") return isTucked(element) ? null : asText(/** @type {HTMLTextAreaElement} */ (element));
  const role = element.getAttribute("role");
  if (element.tagName !== "INPUT") {
    if (!isVisible(element)) return null;
    if (role === "spinbutton") return asSegments(element, grouped);
    return role === "radiogroup" ? asGroup(element, grouped) : asRoleTick(element, grouped);
  }
  const input = /** @type {HTMLInputElement} */ (element);
  if (hostSpeaks(input) || NEVER.test(input.type) || PRIVATE.test(input.autocomplete)) return null;
  if (input.type === "radio") return asGroup(input, grouped);
  if (input.type === "checkbox") return asTickOrGroup(input, grouped);
  return isTucked(input) ? null : asText(input);
}

/** @param {HTMLInputElement | HTMLTextAreaElement} element @returns {FormControl} */
function asText(element) {
  const label = fieldLabel(element, element);
  const hint = fieldHint(element, element);
  const long = element.tagName === "TEXTAREA";
  const attributes = [...element.attributes].filter(({ name }) => name !== "value").map(({ name, value }) => `${name}=${value}`).join(" ");
  const dateFormat = long ? null : element.type === "date" || element.type === "datetime-local" ? "YYYY-MM-DD" : dateFormatIn([placeholderOf(element), element.getAttribute("data-date-format"), element.getAttribute("data-format"), element.getAttribute("aria-description"), hint, /[(（].*[)）]/.exec(label)?.[0], element.value]);
  const named = DATE_WORDS.test(label) || (label === "" && DATE_WORDS.test(hint));
  const around = [element.parentElement, element.parentElement?.parentElement, element.parentElement?.parentElement?.parentElement].map((part) => (part && part.querySelectorAll("input").length === 1 ? part.getAttribute("class") ?? "" : "")).join(" ");
  const picks = PICKER_HINT.test(`${attributes} ${around}`) || ASKS_FOR_DAY.test(placeholderOf(element)) || /^(?:dialog|grid|true)$/.test(element.getAttribute("aria-haspopup") ?? "") || element.readOnly;
  const isDate = !long && (element.type === "date" || element.type === "datetime-local" || (dateFormat !== null && (named || picks || !/\d/.test(hint))) || (named && picks));
  /** @type {Record<string, FormFieldKind>} */
  const kinds = { email: "email", tel: "phone", url: "url", number: "number" };
  const kind = isDate ? "date" : long ? "long_text" : (kinds[element.type] ?? (element.inputMode === "decimal" ? "number" : "text"));
  const text = element.value.trim();
  const value = kind === "date" && text !== "" ? (readDate(text, dateFormat) ?? text) : text;
  const locked = element.disabled || element.getAttribute("aria-disabled") === "true" || (element.readOnly && !isDate) || element.getAttribute("aria-readonly") === "true";
  return control("text", element, element, { label, hint, kind, values: value === "" ? [] : [value], locked, dateFormat: kind === "date" ? dateFormat : null });
}

/** A day in three parts. @param {HTMLElement} segment @param {Set<Element>} grouped @returns {FormControl | null} */
function asSegments(segment, grouped) {
  const box = dateBoxOf(segment);
  if (!box) return null;
  const members = /** @type {HTMLElement[]} */ (queryDeep(box, SEGMENT));
  for (const member of members) grouped.add(member);
  const value = dateIn(box);
  const named = closestOf(segment, "[role=group][aria-label], [role=group][aria-labelledby]");
  const label = groupLabel(members) || fieldLabel(named ?? box, box);
  const locked = members.some((member) => member.getAttribute("aria-disabled") === "true" || member.getAttribute("aria-readonly") === "true");
  return { ...control("segments", box, box, { label, hint: "", kind: "date", values: value === null ? [] : [value], locked }), members };
}

/** A combobox or a box that asks to choose, if it is a day that it wants. @param {Element} element @returns {FormControl | null} */
export function asDate(element) {
  if (element.tagName !== "INPUT" || /^(?:listbox|tree|menu)$/.test(element.getAttribute("aria-haspopup") ?? "")) return null;
  const read = asText(/** @type {HTMLInputElement} */ (element));
  return read.field.kind === "date" ? read : null;
}

/** @param {HTMLSelectElement} select @returns {FormControl | null} */
function asSelect(select) {
  const shown = isTucked(select) ? widgetOf(select) : select;
  if (!shown) return null;
  const own = [...select.options].filter((option) => !isNoChoice(option)).slice(0, MAX_OPTIONS_READ).map((option) => ({ value: option.value, text: option.text.replace(/\s+/g, " ").trim() }));
  const listed = shown === select ? [] : listedOptions(select, shown).filter((option) => !own.some((known) => known.text === option.text));
  const options = [...own, ...listed];
  const values = [...select.selectedOptions].filter((option) => !isNoChoice(option)).map((option) => option.value);
  return control("select", select, /** @type {HTMLElement} */ (shown), {
    label: fieldLabel(select, shown), hint: fieldHint(select, shown), kind: select.multiple ? "choices" : "choice", values, options,
    locked: select.disabled || shown.getAttribute("aria-disabled") === "true",
  });
}

/** @param {HTMLOptionElement} option */
function isNoChoice(option) {
  return option.text.trim() === "" || NO_CHOICE.test(option.text.trim()) || (option.value === "" && option.hasAttribute("value")) || (option.disabled && option.hidden);
}

/** @param {Element} element @returns {FormControl} */
export function asListbox(element) {
  const shown = frameOf(element);
  const label = fieldLabel(element, shown);
  const values = shownChoice(element, shown, label);
  const several = element.getAttribute("aria-multiselectable") === "true" || values.length > 1 || chipsIn(shown).length > 0;
  const disabled = [element, shown].some((part) => part.getAttribute("aria-disabled") === "true" || (part.getAttribute("aria-readonly") === "true" && !takesNoTyping(part)) || /** @type {HTMLInputElement} */ (part).disabled === true);
  return control("listbox", /** @type {HTMLElement} */ (element), shown, { label: values.includes(label) ? "" : label, hint: fieldHint(element, shown), kind: several ? "choices" : "choice", values, options: listedOptions(element, shown), locked: disabled });
}

/** A combobox that is for keys alone: what it says of being read-only is about typing. @param {Element} element */
function takesNoTyping(element) {
  const input = /** @type {HTMLInputElement} */ (element);
  return element.tagName === "INPUT" && element.getAttribute("role") === "combobox" && (input.readOnly || input.inputMode === "none");
}

/** Radios of one name, or of one ARIA group, or that stand together. @param {HTMLElement} element @param {Set<Element>} grouped @returns {FormControl | null} */
function asGroup(element, grouped) {
  const root = /** @type {ParentNode} */ (/** @type {unknown} */ (element.getRootNode()));
  const name = element.getAttribute("name") ?? "";
  const scope = /** @type {HTMLInputElement} */ (element).form ?? root;
  const members = element.tagName === "INPUT"
    ? (name === "" ? standingTogether(element, RADIOS) : [...scope.querySelectorAll(`input[type=radio][name="${CSS.escape(name)}"]`)])
    : innermost(allWithin(element, RADIOS));
  for (const member of members) grouped.add(member);
  const seen = members.filter((member) => isVisible(faceOf(member)));
  const [first] = seen;
  if (!first || members.length < 2) return null;
  return groupControl("radios", "choice", /** @type {HTMLElement[]} */ (seen), first);
}

/** One that stands alone, or several that are one field: in a group of their own that has a name. @param {HTMLElement} tick @param {Set<Element>} grouped @returns {FormControl | null} */
function asTickOrGroup(tick, grouped) {
  if (!isVisible(faceOf(tick))) return null;
  const group = closestOf(tick, "fieldset, [role=group]");
  const own = group ? innermost(allWithin(group, TICKS)) : [];
  const others = group?.querySelectorAll("input:not([type=checkbox]):not([type=hidden]), select, textarea").length ?? 0;
  const peers = own.length > 1 && others === 0 ? own : standingTogether(tick, TICKS);
  const apart = peers.length < 2 || groupLabel(peers) === "" || peers.some((peer) => standsAlone(choiceLabel(peer)));
  if (apart) return asTick(tick);
  for (const peer of peers) grouped.add(peer);
  return groupControl("ticks", "choices", /** @type {HTMLElement[]} */ (peers), tick);
}

/** A tick box or switch by role; an input inside that takes the click speaks for it. @param {HTMLElement} element @param {Set<Element>} grouped @returns {FormControl | null} */
function asRoleTick(element, grouped) {
  const inner = element.querySelector("input[type=checkbox]");
  if (inner && isVisible(inner)) return null;
  if (inner) grouped.add(inner);
  return element.getAttribute("role") === "checkbox" ? asTickOrGroup(element, grouped) : asTick(element);
}

/** What cannot be one of several options: it has no words, is an act, or says who reads or hears of the ticket. @param {string} label */
function standsAlone(label) {
  return label === "" || ACT.test(label) || NOT_A_FIELD.test(label) || AUDIENCE_LABEL.test(label);
}

/** All of a kind in the smallest place around that has several of them and nothing else to fill in. @param {Element} element @param {string} kind @returns {Element[]} */
function standingTogether(element, kind) {
  for (let around = composedParent(element), depth = 0; around && depth < 7 && !/^(?:FORM|BODY|TABLE|TR)$/.test(around.tagName); around = composedParent(around), depth++) {
    const members = innermost(allWithin(around, kind));
    if (allWithin(around, CONTROL_SELECTOR).some((other) => !other.matches(kind) && !/hidden/.test(other.getAttribute("type") ?? "") && !other.matches("[role=radiogroup]"))) break;
    if (members.length > 1) return members;
  }
  return [element];
}

/** What matches in an element, in shadow roots in it and of its own, and in what its slots show. @param {Element} around @param {string} selector @returns {Element[]} */
function allWithin(around, selector) {
  const found = new Set([around, ...(around.shadowRoot ? [around.shadowRoot] : [])].flatMap((scope) => queryDeep(scope, selector)));
  for (const slot of around.querySelectorAll("slot")) for (const shown of slot.assignedElements({ flatten: true })) for (const element of [shown, ...allWithin(shown, selector)]) if (element.matches(selector)) found.add(element);
  return [...found];
}

/** An input in the shadow root of what has its role: that stands for it and takes the press. @param {Element} input */
function hostSpeaks(input) {
  const { host } = /** @type {ShadowRoot} */ (input.getRootNode());
  return host !== undefined && input.tagName === "INPUT" && host.matches("[role=radio], [role=checkbox], [role=switch]");
}

/** Of an input inside something with its role the one to ask: the input, unless it is not on the page at all. @param {Element[]} all */
function innermost(all) {
  const members = all.filter((member) => !hostSpeaks(member));
  const inputs = members.filter((member) => member.tagName === "INPUT" && isVisible(faceOf(member)) && isVisible(member));
  return members.filter((member) => (member.tagName === "INPUT" ? inputs.includes(member) || !members.some((other) => other !== member && other.contains(member)) : !inputs.some((input) => member.contains(input))));
}

/** @param {"radios" | "ticks"} way @param {FormFieldKind} kind @param {HTMLElement[]} members @param {Element} first @returns {FormControl} */
function groupControl(way, kind, members, first) {
  const options = members.map((member) => ({ value: memberValue(member), text: choiceLabel(member) })).filter((option) => option.text !== "");
  const values = members.filter(isChosenMember).map(memberValue);
  const made = control(way, /** @type {HTMLElement} */ (first), faceOf(first), {
    label: groupLabel(members), hint: fieldHint(first, first), kind, values, options,
    locked: members.every((member) => /** @type {HTMLInputElement} */ (member).disabled === true || member.getAttribute("aria-disabled") === "true"),
  });
  return { ...made, members };
}

/** @param {HTMLElement} member */
export function memberValue(member) {
  const value = member.getAttribute("value") ?? "";
  return value === "" || value === "on" ? choiceLabel(member) : value;
}

/** @param {HTMLElement} member */
export function isChosenMember(member) {
  return member.tagName === "INPUT" ? /** @type {HTMLInputElement} */ (member).checked : member.getAttribute("aria-checked") === "true";
}

/** @param {HTMLElement} element @returns {FormControl} */
function asTick(element) {
  const disabled = /** @type {HTMLInputElement} */ (element).disabled === true || element.getAttribute("aria-disabled") === "true";
  return { ...control("tick", element, faceOf(element), { label: tickLabel(element, faceOf(element)), hint: fieldHint(element, element), kind: "tick", values: isChosenMember(element) ? ["on"] : [], locked: disabled }), members: [element] };
}

/**
 * @param {FormControl["way"]} way @param {HTMLElement} element @param {HTMLElement} shown
 * @param {{ label: string, hint: string, kind: FormFieldKind, values: string[], options?: FormOption[], locked: boolean, dateFormat?: string | null }} read
 * @returns {FormControl}
 */
function control(way, element, shown, { label, hint, kind, values, options = [], locked, dateFormat = null }) {
  const required = /** @type {HTMLInputElement} */ (element).required === true || element.getAttribute("aria-required") === "true" || shown.getAttribute("aria-required") === "true";
  const act = kind === "tick" || kind === "choice" || kind === "choices" || /refund|退款/i.test(label);
  const states = options.filter((option) => STATE_OPTION.test(option.text.trim())).length;
  const irreversible = (act && IRREVERSIBLE.test(label) && !ABOUT_THE_PAST.test(label)) || states >= 2 || submitsItself(element);
  const field = { key: "", label, hint, kind, values, options, required, locked, irreversible };
  return { field, element, shown, way, members: [], dateFormat, group: groupOf(shown) };
}

/** An attribute of the page's own says that a change submits. @param {Element} element */
export function submitsItself(element) {
  return ["onchange", "oninput", "onclick", "onblur"].some((name) => /\bsubmit\s*\(|\.click\s*\(/.test(element.getAttribute(name) ?? ""));
}

/** @param {Element} shown */
function groupOf(shown) {
  return closestOf(shown, "form, [role=form]") ?? closestOf(shown, GROUP) ?? shown.ownerDocument.body;
}

/** `closest` through shadow roots and frames. @param {Element} element @param {string} selector */
export function closestOf(element, selector) {
  for (let at = /** @type {Element | null} */ (element); at; at = composedParent(at)) if (at.matches(selector)) return at;
  return null;
}
