// @ts-check
/**
 * Owns what a press brings onto the page: the layers that appear, the row that says the wanted words, and how a layer goes away again.
 * Does not know what is chosen, nor whether the page kept it.
 */
import { composedParent, innerScopes, isPutAway, isVisible, queryDeep, styleOf } from "./dom.js";
import { isTucked, optionText, wholeField } from "./forms_widgets.js";
import { press, strike } from "./fill_values.js";
import { waitFor } from "./writer.js";

const OPTION = "[role=option], [role=menuitemradio], [role=menuitemcheckbox], [role=treeitem]";
const MIN_LAYER_PX2 = 1_500;
const GONE_MS = 350;
const CONFIRM = /^\s*(?:ok|done|apply|set|确\s*定|确\s*认|完\s*成)\s*$/i;

/** Visible boxes that lie over the page. @param {Document} doc @returns {Element[]} */
export function layersOf(doc) {
  return queryDeep(doc, "*").filter((element) => {
    const box = element.getBoundingClientRect();
    return box.width * box.height > MIN_LAYER_PX2 && /^(?:absolute|fixed)$/.test(styleOf(element).position) && isVisible(element) && !isPutAway(element);
  });
}

/** Options by role that a person sees. @param {Document} doc @returns {Element[]} */
export function visibleOptions(doc) {
  return queryDeep(doc, OPTION).filter((option) => isVisible(option) && !isTucked(option) && option.getAttribute("aria-disabled") !== "true");
}

/** What stands on the page before a field is pressed. @param {Document} doc @param {Element} field */
export function sightOf(doc, field) {
  return { field: wholeField(field), layers: new Set(layersOf(doc)), options: new Set(visibleOptions(doc)) };
}

/** @typedef {ReturnType<typeof sightOf>} Sight */

/** @param {Document} doc @param {Sight} sight */
export function appeared(doc, sight) {
  return visibleOptions(doc).some((option) => !sight.options.has(option) && !liesIn(option, sight.field)) || layersOf(doc).some((layer) => !sight.layers.has(layer) && !liesIn(layer, sight.field));
}

/** What a field shows in itself, its value among it, is nothing that opened. @param {Element} layer @param {Element} field */
function liesIn(layer, field) {
  const [inner, outer] = [layer.getBoundingClientRect(), field.getBoundingClientRect()];
  return field.contains(layer) && inner.top >= outer.top - 4 && inner.bottom <= outer.bottom + 4;
}

/**
 * The row with these words: an option by its role, else what says them in a layer that was not there before. Null also where it could be either of two.
 * @param {Document} doc @param {Sight} sight @param {Element} shown what was pressed: its own words are no row @param {string} text @param {Set<Element>} pressed
 * @returns {Element | null}
 */
export function rowSaying(doc, sight, shown, text, pressed) {
  const options = visibleOptions(doc).filter((option) => !pressed.has(option) && sameWords(optionText(option), text));
  const fresh = options.filter((option) => !sight.options.has(option));
  const named = fresh.length > 0 ? fresh : options;
  if (named.length > 0) return named[0] ?? null;
  const rows = partsSaying(doc, text).filter((part) => {
    const layer = layerOf(part);
    return layer !== null && !sight.layers.has(layer) && !pressed.has(part) && !layer.contains(shown) && (!shown.contains(part) || shown.contains(layer)) && !isTucked(part) && part.closest("[aria-disabled=true], :disabled") === null;
  });
  const [row] = rows;
  return rows.length === 1 && row ? row : null;
}

/** What an element lies in. @param {Element} element @returns {Element | null} */
export function layerOf(element) {
  for (let at = /** @type {Element | null} */ (element); at; at = composedParent(at)) {
    const box = at.getBoundingClientRect();
    if (box.width * box.height > MIN_LAYER_PX2 && /^(?:absolute|fixed)$/.test(styleOf(at).position)) return at;
  }
  return null;
}

/** Innermost visible elements whose words are these. @param {Document} doc @param {string} text @returns {Element[]} */
function partsSaying(doc, text) {
  /** @type {Element[]} */
  const found = [];
  /** @param {Document | ShadowRoot} scope */
  const search = (scope) => {
    const walker = (scope.ownerDocument ?? /** @type {Document} */ (scope)).createTreeWalker(scope, 4);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const part = node.parentElement;
      if (part && sameWords(node.nodeValue ?? "", text) && sameWords(part.textContent ?? "", text) && isVisible(part)) found.push(part);
    }
    for (const inner of innerScopes(scope)) search(inner);
  };
  search(doc);
  return found;
}

/** @param {string} left @param {string} right */
export function sameWords(left, right) {
  const bare = (/** @type {string} */ text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
  return bare(left) === bare(right);
}

/**
 * Lets go of what a press opened: by the press that opened it, by Escape, by a press beside it. False where it stays.
 * @param {Document} doc @param {Sight} sight @param {Element} trigger @param {Element | null} box where one types
 */
export async function closeLayers(doc, sight, trigger, box) {
  const gone = () => !appeared(doc, sight);
  if (await waitFor(gone, GONE_MS)) return leave(box ?? trigger), true;
  const inner = trigger.matches("[aria-expanded]") ? trigger : trigger.querySelector("[aria-expanded]");
  if (inner?.getAttribute("aria-expanded") !== "false") {
    press(trigger);
    if (await waitFor(gone, GONE_MS)) return leave(box ?? trigger), true;
  }
  strike(box ?? trigger, "Escape", 27);
  if (await waitFor(gone, GONE_MS)) return leave(box ?? trigger), true;
  // As a person presses beside it, where nothing is; beside a dialog that would close the dialog.
  if (trigger.closest("dialog, [role=dialog], [role=alertdialog], [aria-modal=true]") === null) press(doc.body);
  leave(box ?? trigger);
  /** @type {HTMLElement | null} */ (doc.activeElement)?.blur?.();
  return waitFor(gone, GONE_MS);
}

/** The field is left: what it shows from then on is what it holds. @param {Element} element */
function leave(element) {
  element.dispatchEvent(new FocusEvent("blur", { composed: true }));
  element.dispatchEvent(new FocusEvent("focusout", { bubbles: true, composed: true }));
}

/** Some pickers take a choice only when it is confirmed in the very layer that it was made in. @param {Element} layer */
export function confirmIn(layer) {
  const says = (/** @type {Element} */ part) => CONFIRM.test(part.textContent ?? "") && isVisible(part);
  const button = [...layer.querySelectorAll("button:not([type=submit]), [role=button], a")].find(says) ?? [...layer.querySelectorAll("span, div")].find((part) => says(part) && part.childElementCount === 0 && styleOf(part).cursor === "pointer");
  if (button) press(button);
}

/** The pointer comes over a field: what takes its value away shows itself. @param {Element} shown @param {Element} inner */
export function hover(shown, inner) {
  for (let at = /** @type {Element | null} */ (inner); at; at = at.parentElement) {
    at.dispatchEvent(new MouseEvent("mouseenter", { composed: true }));
    if (at === shown) break;
  }
  inner.dispatchEvent(new MouseEvent("mouseover", { bubbles: true, composed: true }));
  inner.dispatchEvent(new MouseEvent("mousemove", { bubbles: true, composed: true }));
}
