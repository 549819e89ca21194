// @ts-check
/**
 * Owns which values of a page belong to a label: the rest of its element, the next cell, a field; and who stands first in a section about the customer.
 * Does not know what a label means.
 */
import { composedParent, isVisible, labelText, ownText } from "./dom.js";
import { TRAIL } from "./headings.js";
import { headPart } from "./message_labels.js";
import { isMatterZh, isNameLike } from "./text.js";
import { CUSTOMER_SECTION, FIELD_NAME, FIELD_VALUE, isTicketField, LEAVE_WORDS, NOBODY, REQUESTER_LABEL, TICKET_LABEL } from "./words.js";

/**
 * The values that belong to a label: the rest of its element, the next cell, the next row, an input's value.
 * @param {Element} label @param {boolean} [typed] what stands in fields, too
 * @returns {string[]}
 */
export function labelledValues(label, typed = true) {
  if (label.tagName === "TH" && label.nextElementSibling?.tagName === "TH") return [];
  const under = underLabel(label);
  if (under) return valuesIn(under);
  const control = label.tagName === "LABEL" ? /** @type {HTMLLabelElement} */ (label).control : null;
  if (control) return typed ? valuesIn(control) : [];
  if (/[:：]$/.test(ownText(label))) {
    const inside = [...label.children].flatMap(valuesIn);
    if (inside.length > 0) return inside;
  }
  const beside = label.nextSibling;
  if (beside?.nodeType === 3 && (beside.nodeValue ?? "").trim().length > 1 && (beside.nodeValue ?? "").trim().length < 100) return [(beside.nodeValue ?? "").replace(/^\s*[:：]/, "").trim()];
  /** @type {Element | null} */
  let at = label;
  for (let depth = 0; at && depth < 3; depth++) {
    for (let next = at.nextElementSibling, tries = 0; next && tries < 2; next = next.nextElementSibling, tries++) {
      const values = valuesIn(next);
      if (values.length > 0) return typed || next.querySelector("select, input") === null ? values : [];
      if (next.tagName !== "BR" && isVisible(next) && next.querySelector("svg, i") === null) return [];
    }
    const parent = composedParent(at);
    if (!parent || (parent.textContent ?? "").length > (at.textContent ?? "").trim().length + 400) return [];
    at = parent;
  }
  return [];
}

/** A label right beside another heads a column: the value stands at the same place of the next row. @param {Element} label */
function underLabel(label) {
  const row = [...(label.parentElement?.children ?? [])], below = [...(label.parentElement?.nextElementSibling?.children ?? [])];
  const isLabel = (/** @type {Element} */ cell) => isTicketField(labelText(cell, 30)) || headPart(labelText(cell, 30)) !== null;
  const beside = [label.previousElementSibling, label.nextElementSibling].some((cell) => cell !== null && isLabel(cell));
  return beside && row.length === below.length && row.every((cell) => cell.childElementCount === 0) ? below[row.indexOf(label)] : undefined;
}

/** What stands in an element, its fields first, without its buttons' words. @param {Element} element @returns {string[]} */
function valuesIn(element) {
  if (element.tagName === "SELECT") return [/** @type {HTMLSelectElement} */ (element).selectedOptions[0]?.text ?? ""];
  if (element.tagName === "INPUT") {
    const input = /** @type {HTMLInputElement} */ (element);
    return /^(?:text|email|search|tel|)$/.test(input.type) && input.value ? [input.value] : [];
  }
  if (!isVisible(element)) return [];
  const titles = element.querySelectorAll("h1, h2, h3, h4, h5, h6, th, dt");
  if (titles.length > 0) return titles.length === 1 && /\S@\S+\.\w/.test(labelText(element, 200)) ? [labelText(/** @type {Element} */ (titles[0]), 100)] : [];
  const field = element.querySelector("input[type=text], input[type=email], input:not([type]), select");
  if (field && isVisible(field)) {
    const values = valuesIn(field);
    if (values.length > 0) return values;
  }
  const acts = [...element.querySelectorAll("button, [role=button]")].map((button) => labelText(button, 100)).filter((text) => text !== "");
  const links = [...element.querySelectorAll("a, li, [title]")].filter((link) => isVisible(link)).map((link) => labelText(link, 100)).filter((text) => text !== "");
  const said = labelText(element, 300);
  if (said === "") return [];
  const besides = acts.reduce((text, act) => text.replace(act, " "), said).trim();
  const whole = besides === "" ? said : besides;
  const others = besides === "" ? links : links.filter((link) => !acts.includes(link));
  return whole.length <= 90 ? [whole, ...others] : others.slice(0, 4);
}

/** First name and address inside the box that a "Customer details" heading heads. @param {Element} heading @returns {string[]} */
export function sectionPeople(heading) {
  if (heading.tagName === "LABEL") return [];
  /** @type {Element | null} */
  let at = composedParent(heading);
  for (let depth = 0; at && depth < 3; depth++, at = composedParent(at)) {
    const text = (at.textContent ?? "").trim();
    if (text.length < (heading.textContent ?? "").trim().length + 3) continue;
    if (text.length > 1500) return [];
    const leaves = [...at.querySelectorAll("*")].filter((leaf) => leaf.childElementCount === 0 && leaf !== heading && !/^(?:LABEL|DT|TH)$/.test(leaf.tagName) && leaf.closest(`${TRAIL}, [role=tab], [role=tablist]`) === null && !isTwin(leaf, heading) && isVisible(leaf)).map((leaf) => (leaf.tagName === "INPUT" ? /** @type {HTMLInputElement} */ (leaf).value : labelText(leaf, 100)));
    const email = leaves.find((leaf) => /^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/.test(leaf));
    const name = leaves.find((leaf) => isNameLike(leaf) && !isMatterZh(leaf) && !LEAVE_WORDS.test(leaf) && !NOBODY.test(leaf) && !FIELD_NAME.test(leaf) && !FIELD_VALUE.test(leaf) && !/@/.test(leaf) && !/[:：]$/.test(leaf) && leaf.length > 1 && !TICKET_LABEL.test(leaf) && !REQUESTER_LABEL.test(leaf) && !CUSTOMER_SECTION.test(leaf));
    return name ? [email ? `${name} <${email}>` : name] : email ? [email] : [];
  }
  return [];
}

/** Another title like it: the next tab or section. @param {Element} leaf @param {Element} heading */
function isTwin(leaf, heading) {
  return leaf.tagName === heading.tagName && (leaf.parentElement === heading.parentElement || leaf.parentElement?.parentElement === heading.parentElement?.parentElement) && leaf.className.split(/\s+/)[0] === heading.className.split(/\s+/)[0];
}
