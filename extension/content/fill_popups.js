// @ts-check
/**
 * Owns what a press brings onto the page: the layers that appear, the row that says the wanted words, and how a layer goes away again.
 * Does not know what is chosen, nor whether the page kept it.
 */
import { composedParent, innerScopes, isVisible, styleOf } from "./dom.js";
import { isTucked, optionText } from "./forms_widgets.js";
import { liesOver } from "./fill_sight.js";
import { press, strike } from "./fill_values.js";
import { waitFor } from "./waits.js";

const GONE_MS = 350;
const CANCEL = /^\s*(?:cancel|close|dismiss|取\s*消|关\s*闭)\s*$/i;
const CONFIRM = /^\s*(?:ok|done|apply|set|确\s*定|确\s*认|完\s*成)\s*$/i;

/** @typedef {import("./fill_sight.js").Sight} Sight */

/** @param {Sight} sight */
export function appeared(sight) {
  return sight.options().some((option) => !sight.wasThere(option) && !liesIn(option, sight.field)) || sight.layers().some((layer) => !liesIn(layer, sight.field));
}

/** Waits for something to appear; what came without a trace in the document is seen at the end. @param {Sight} sight @param {number} limit_ms */
export async function waitForLayer(sight, limit_ms) {
  if (await waitFor(() => appeared(sight), limit_ms)) return true;
  sight.lookAround();
  return appeared(sight);
}

/** What a field shows in itself, its value among it, is nothing that opened. @param {Element} layer @param {Element} field */
function liesIn(layer, field) {
  const [inner, outer] = [layer.getBoundingClientRect(), field.getBoundingClientRect()];
  return field.contains(layer) && inner.top >= outer.top - 4 && inner.bottom <= outer.bottom + 4;
}

/**
 * The row with these words: an option by its role, else what says them in a layer that was not there before. Null also where it could be either of two.
 * @param {Sight} sight @param {Element} shown what was pressed: its own words are no row @param {string} text @param {Set<Element>} pressed
 * @returns {Element | null}
 */
export function rowSaying(sight, shown, text, pressed) {
  const options = sight.options().filter((option) => !pressed.has(option) && sameWords(optionText(option), text));
  const fresh = options.filter((option) => !sight.wasThere(option));
  const named = fresh.length > 0 ? fresh : options;
  if (named.length > 0) return named[0] ?? null;
  const rows = partsSaying(sight.layers(), text).filter((part) => {
    const layer = layerOf(part);
    return layer !== null && !sight.wasThere(layer) && !pressed.has(part) && !layer.contains(shown) && (!shown.contains(part) || shown.contains(layer)) && !isTucked(part) && part.closest("[aria-disabled=true], :disabled") === null;
  });
  const [row] = rows;
  return rows.length === 1 && row ? row : null;
}

/** What an element lies in. @param {Element} element @returns {Element | null} */
export function layerOf(element) {
  for (let at = /** @type {Element | null} */ (element); at; at = composedParent(at)) if (liesOver(at)) return at;
  return null;
}

/** Innermost visible elements whose words are these. @param {Element[]} layers @param {string} text @returns {Element[]} */
function partsSaying(layers, text) {
  /** @type {Set<Element>} */
  const found = new Set();
  /** @param {Element | ShadowRoot} scope */
  const search = (scope) => {
    const walker = scope.ownerDocument.createTreeWalker(scope, 4);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const part = node.parentElement;
      if (part && sameWords(node.nodeValue ?? "", text) && sameWords(part.textContent ?? "", text) && isVisible(part)) found.add(part);
    }
    for (const inner of innerScopes(scope)) if (inner.nodeType === 11) search(/** @type {ShadowRoot} */ (inner));
  };
  for (const layer of layers) if (!layers.some((other) => other !== layer && other.contains(layer))) {
    search(layer);
    if (layer.shadowRoot) search(layer.shadowRoot);
  }
  return [...found];
}

/** @param {string} left @param {string} right */
export function sameWords(left, right) {
  const bare = (/** @type {string} */ text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
  return bare(left) === bare(right);
}

/**
 * Lets go of what a press opened: by the press that opened it, by Escape, by a press beside it. False where it stays.
 * @param {Sight} sight @param {Element} trigger @param {Element | null} box where one types
 */
export async function closeLayers(sight, trigger, box) {
  const doc = trigger.ownerDocument;
  const gone = async () => {
    if (!(await waitFor(() => !appeared(sight), GONE_MS))) return false;
    sight.lookAround();
    if (appeared(sight)) return false;
    leave(box ?? trigger);
    return true;
  };
  if (await gone()) return true;
  const inner = trigger.matches("[aria-expanded]") ? trigger : trigger.querySelector("[aria-expanded]");
  if (inner?.getAttribute("aria-expanded") !== "false") {
    press(trigger);
    if (await gone()) return true;
  }
  strike(box ?? trigger, "Escape", 27);
  if (await gone()) return true;
  // As a person presses beside it, where nothing is; beside a dialog that would close the dialog.
  if (trigger.closest("dialog, [role=dialog], [role=alertdialog], [aria-modal=true]") === null) press(doc.body);
  leave(box ?? trigger);
  /** @type {HTMLElement | null} */ (doc.activeElement)?.blur?.();
  if (await gone()) return true;
  const out = wayOut(sight);
  if (!out) return false;
  press(out);
  return gone();
}

/** The field is left: what it shows from then on is what it holds. @param {Element} element */
function leave(element) {
  element.dispatchEvent(new FocusEvent("blur", { composed: true }));
  element.dispatchEvent(new FocusEvent("focusout", { bubbles: true, composed: true }));
}

/** Some pickers take a choice only when it is confirmed in the very layer that it was made in, or in what opened around it. @param {Sight} sight @param {Element} layer */
export function confirmIn(sight, layer) {
  const around = [layer, ...sight.layers().filter((other) => other !== layer && other.contains(layer))];
  const button = around.map((part) => buttonSaying(part, CONFIRM)).find((found) => found !== null);
  if (button) press(button);
}

/** @param {Element} layer @param {RegExp} words @returns {Element | null} */
function buttonSaying(layer, words) {
  const says = (/** @type {Element} */ part) => (words.test(part.textContent ?? "") || words.test(part.getAttribute("aria-label") ?? "")) && isVisible(part);
  return [...layer.querySelectorAll("button:not([type=submit]), [role=button], a")].find(says) ?? [...layer.querySelectorAll("span, div")].find((part) => says(part) && part.childElementCount === 0 && styleOf(part).cursor === "pointer") ?? null;
}

/** What a layer that stays has to be let go of: its own way out, or the cover behind it. @param {Sight} sight @returns {Element | undefined} */
function wayOut(sight) {
  const layers = sight.layers();
  const button = layers.map((layer) => buttonSaying(layer, CANCEL)).find((found) => found !== null);
  return button ?? layers.find((layer) => layer.getBoundingClientRect().width >= innerWidth && layer.getBoundingClientRect().height >= innerHeight && (layer.textContent ?? "").trim() === "");
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
