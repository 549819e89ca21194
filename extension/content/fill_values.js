// @ts-check
/**
 * Owns putting a value into plain controls so that the page's own framework has it: the control's own setter, then the events that a person's change makes.
 * Does not move the focus, does not know widgets.
 */

import { faceOf } from "./forms_widgets.js";
import { pause } from "./waits.js";

const TICK_TURN_MS = 40;

/**
 * @param {HTMLInputElement | HTMLTextAreaElement} field @param {string} text
 */
export async function putText(field, text) {
  // What a field does when it is left, some do only if they saw it entered.
  field.dispatchEvent(new FocusEvent("focus", { composed: true }));
  field.dispatchEvent(new FocusEvent("focusin", { bubbles: true, composed: true }));
  nativeSet(field, "value", text);
  tellInput(field, text);
  // What a page makes of the input it has after its turn; some compare that with what stood there when the field is left.
  await pause();
  fire(field, "change");
  // Older widgets read their field at a key alone; this one names none.
  field.dispatchEvent(new KeyboardEvent("keyup", { key: "Unidentified", bubbles: true, composed: true }));
  // Frameworks that check a field when it is left wait for this.
  field.dispatchEvent(new FocusEvent("blur", { composed: true }));
  field.dispatchEvent(new FocusEvent("focusout", { bubbles: true, composed: true }));
}

/** Typing without leaving the field. @param {HTMLInputElement} field @param {string} text */
export function typeText(field, text) {
  nativeSet(field, "value", text);
  tellInput(field, text);
}

/** @param {HTMLSelectElement} select @param {string[]} values option values, the placeholder's included */
export function putOptions(select, values) {
  const wanted = new Set(values);
  let found = false;
  for (const option of select.options) {
    /** @type {boolean} */
    const on = wanted.has(option.value) && (select.multiple || !found);
    found ||= on;
    if (option.selected !== on && (on || select.multiple)) nativeSet(option, "selected", on);
  }
  if (!found && !select.multiple) nativeSet(select, "selectedIndex", -1);
  fire(select, "input");
  fire(select, "change");
}

/** @param {HTMLElement} member a radio or tick box @param {boolean} on */
export async function putTick(member, on) {
  if (isOn(member) === on) return;
  const face = faceOf(member);
  if (face === member) member.click();
  else press(face);
  // A page that computes the next choice from the one before needs a turn in between.
  await pause(TICK_TURN_MS);
  if (isOn(member) === on || member.tagName !== "INPUT") return;
  if (face !== member) member.click();
  if (isOn(member) === on) return;
  nativeSet(/** @type {HTMLInputElement} */ (member), "checked", on);
  fire(member, "input");
  fire(member, "change");
}

/** @param {HTMLElement} member */
function isOn(member) {
  return member.tagName === "INPUT" ? /** @type {HTMLInputElement} */ (member).checked : member.getAttribute("aria-checked") === "true";
}

/** As a person presses: opened on one event here, on another there. @param {Element} element @param {() => void} [focus] what takes the focus between the button's going down and coming up */
export function press(element, focus) {
  const box = element.getBoundingClientRect();
  const at = { bubbles: true, cancelable: true, composed: true, view: element.ownerDocument.defaultView, clientX: box.left + box.width / 2, clientY: box.top + box.height / 2, button: 0 };
  const pointer = { ...at, pointerId: 1, pointerType: "mouse", isPrimary: true };
  element.dispatchEvent(new PointerEvent("pointerover", pointer));
  element.dispatchEvent(new PointerEvent("pointermove", pointer));
  element.dispatchEvent(new MouseEvent("mouseover", at));
  element.dispatchEvent(new PointerEvent("pointerdown", { ...pointer, buttons: 1 }));
  if (element.dispatchEvent(new MouseEvent("mousedown", { ...at, buttons: 1, detail: 1 }))) focus?.();
  element.dispatchEvent(new PointerEvent("pointerup", pointer));
  element.dispatchEvent(new MouseEvent("mouseup", { ...at, detail: 1 }));
  element.dispatchEvent(new MouseEvent("click", { ...at, detail: 1 }));
}

/** @param {Element} element @param {string} key @param {number} keyCode @param {{ altKey?: boolean }} [held] */
export function strike(element, key, keyCode, { altKey = false } = {}) {
  for (const type of ["keydown", "keyup"]) element.dispatchEvent(new KeyboardEvent(type, { key, code: key, keyCode, altKey, bubbles: true, cancelable: true, composed: true }));
}

/** The element's own setter: a framework's on the element would take it for its own change. @param {Element} element @param {string} property @param {unknown} value */
function nativeSet(element, property, value) {
  for (let kind = Object.getPrototypeOf(element); kind; kind = Object.getPrototypeOf(kind)) {
    const setter = Object.getOwnPropertyDescriptor(kind, property)?.set;
    if (setter) return setter.call(element, value);
  }
}

/** @param {Element} field @param {string} text */
function tellInput(field, text) {
  field.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true, inputType: "insertReplacementText", data: text }));
}

/** @param {Element} element @param {string} type */
function fire(element, type) {
  element.dispatchEvent(new Event(type, { bubbles: true, composed: type === "input" }));
}
