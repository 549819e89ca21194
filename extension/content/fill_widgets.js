// @ts-check
/**
 * Owns working lists as a person does: opens what hangs on a field and presses the option with the wanted words; and takes a choice away.
 * Presses only what opens, options, and what takes a value away inside the field; never a button that saves.
 */
import { isVisible, queryDeep } from "./dom.js";
import { chipsIn, optionText, wholeField, rememberOptions, shownText, triggerOf } from "./forms_widgets.js";
import { NO_CHOICE } from "./forms_words.js";
import { press, strike, typeText } from "./fill_values.js";
import { appeared, closeLayers, confirmIn, hover, layerOf, rowSaying, waitForLayer } from "./fill_popups.js";
import { withSight } from "./fill_sight.js";
import { pause, waitFor } from "./waits.js";

const OPEN_MS = 700;
const LOAD_MS = 1_500;
const ROWS_MS = 200;
const STEP_MS = 700;
/** A list that waits for more than a press on a row is still there after this. */
const TAKEN_MS = 150;
/** Some crosses take a moment to come in. */
const HOVERS_MS = [60, 300];

/**
 * Opens the list behind a widget, presses the option with these words, and closes the list. Of a path, "A / B", each step. False where there is none.
 * @param {Document} doc @param {Element} shown @param {string} text @param {Element} [element] what holds the value
 */
export function chooseOption(doc, shown, text, element = shown) {
  const trigger = triggerOf(shown);
  return withSight(doc, trigger, async (sight) => {
    /** @type {Set<Element>} */
    const pressed = new Set();
    const find = (/** @type {string} */ words) => rowSaying(sight, shown, words, pressed);
    if (shown.getAttribute("role") !== "listbox") await open(sight, trigger);
    const box = typingBox(sight, trigger, shown);
    // Rows may come a moment after the layer that they stand in.
    await waitFor(() => find(text) !== null, ROWS_MS);
    let row = find(text);
    const steps = text.split(/\s*[/>›]\s*/);
    if (!row && steps.length > 1 && (await waitFor(() => find(steps[0] ?? "") !== null, OPEN_MS))) {
      for (const step of steps) {
        await waitFor(() => find(step) !== null, STEP_MS);
        row = find(step);
        if (!row || step === steps.at(-1)) break;
        pressed.add(row);
        press(row);
      }
    } else if (!row && box) {
      typeText(box, text);
      await waitFor(() => find(text) !== null, LOAD_MS);
      row = find(text);
    }
    if (row) {
      rememberRows(element, row);
      const layer = layerOf(row);
      press(underPointer(row));
      if (layer && !(await waitFor(() => !appeared(sight), TAKEN_MS))) confirmIn(sight, layer);
    } else if (box && box.value !== "") typeText(box, "");
    if (!(await closeLayers(sight, trigger, box))) throw new Error("a list stays open");
    return row !== null;
  });
}

/** @param {import("./fill_sight.js").Sight} sight @param {HTMLElement} trigger */
async function open(sight, trigger) {
  press(trigger, () => trigger.focus({ preventScroll: true }));
  if (await waitForLayer(sight, OPEN_MS)) return;
  // The key alone would choose the next option in some.
  strike(trigger, "ArrowDown", 40, { altKey: true });
  await waitForLayer(sight, OPEN_MS);
}

/** What a pointer in the middle of an element meets: of a row with a tick box in it, not every part listens. @param {Element} row */
function underPointer(row) {
  const box = row.getBoundingClientRect();
  const root = /** @type {Document | ShadowRoot} */ (row.getRootNode());
  const met = root.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return met && row.contains(met) ? met : row;
}

/** The rows beside the pressed one are the field's options, too. @param {Element} element @param {Element} row */
function rememberRows(element, row) {
  const layer = layerOf(row);
  let item = row;
  while (item.parentElement && item.parentElement !== layer && item.parentElement.childElementCount === 1) item = item.parentElement;
  const peers = [...(item.parentElement?.children ?? [])].filter((peer) => peer.tagName === item.tagName && isVisible(peer));
  if (layer) rememberOptions(element, peers.map((peer) => shownText(peer)).filter((text) => text !== "" && !NO_CHOICE.test(text)));
}

/** Where one types to find an option: the field itself, or a box in what opened. @param {import("./fill_sight.js").Sight} sight @param {Element} trigger @param {Element} shown @returns {HTMLInputElement | null} */
function typingBox(sight, trigger, shown) {
  const free = (/** @type {Element | null | undefined} */ box) => (box && isVisible(box) && !(/** @type {HTMLInputElement} */ (box).readOnly) ? /** @type {HTMLInputElement} */ (box) : null);
  if (trigger.tagName === "INPUT") return free(trigger);
  const inner = free(shown.querySelector("input:not([type=hidden])"));
  if (inner) return inner;
  const boxes = [...new Set(sight.layers().flatMap((layer) => queryDeep(layer, "input:not([type]), input[type=text], input[type=search]")))].filter(isVisible);
  return boxes.length === 1 ? free(boxes[0]) : null;
}

/**
 * Takes a widget's choice away: the key that does so in most, the little cross, or the option that stands for nothing.
 * @param {Document} doc @param {Element} shown @param {() => boolean} isEmpty @param {string[]} [held] what it held
 */
export async function clearChoice(doc, shown, isEmpty, held = []) {
  const trigger = triggerOf(shown);
  const place = wholeField(trigger);
  if (await pressCross(place.contains(shown) ? place : shown, isEmpty, chipsIn(shown))) return true;
  return withSight(doc, trigger, async (sight) => {
    for (const [key, code] of /** @type {[string, number][]} */ ([["Backspace", 8], ["Delete", 46]])) {
      strike(trigger, key, code);
      if (await waitFor(isEmpty, 120)) break;
    }
    // Words that stand in the field itself are taken out, and the field is left, which tells whether they were all of it.
    const box = trigger.tagName === "INPUT" ? typingBox(sight, trigger, shown) : null;
    if (!isEmpty() && box) {
      typeText(box, "");
      await closeLayers(sight, trigger, box);
      await waitFor(() => false, TAKEN_MS);
      if (isEmpty() && held.length > 0) return !(await isListedAsChosen(sight, trigger, held));
    }
    if (!isEmpty() && shown.getAttribute("role") !== "listbox") {
      await open(sight, trigger);
      const nothing = sight.options().find((option) => !sight.wasThere(option) && NO_CHOICE.test(shownText(option)));
      if (nothing) press(nothing);
      await waitFor(isEmpty, 200);
    }
    await closeLayers(sight, trigger, null);
    return isEmpty();
  });
}

/** Some keep a choice whose words are gone: their list, opened again, marks it still. @param {import("./fill_sight.js").Sight} sight @param {HTMLElement} trigger @param {string[]} held */
async function isListedAsChosen(sight, trigger, held) {
  await open(sight, trigger);
  const marked = sight.options().some((option) => option.getAttribute("aria-selected") === "true" && held.includes(optionText(option)));
  await closeLayers(sight, trigger, null);
  return marked;
}

/** The cross of a field, shown or shown only when the pointer is over it. @param {Element} shown @param {() => boolean} isEmpty @param {Element[]} [chips] values among several: their own crosses are left alone */
export async function pressCross(shown, isEmpty, chips = /** @type {Element[]} */ ([])) {
  /** @type {Set<Element>} */
  const pressed = new Set();
  for (const wait_ms of HOVERS_MS) {
    hover(shown, triggerOf(shown));
    await pause(wait_ms);
    for (const cross of crossesIn(shown, chips).filter((part) => !pressed.has(part)).slice(0, 3)) {
      pressed.add(cross);
      press(cross);
      if (await waitFor(isEmpty, 200)) return true;
    }
  }
  return isEmpty();
}

/** Icons in a field that say by a name for people, or else for machines, that they take its value away; those of one value among several left out. @param {Element} shown @param {Element[]} chips */
function crossesIn(shown, chips) {
  const named = (/** @type {Element} */ part) => /clear|remove|清除|清空|移除/i.test(`${part.getAttribute("aria-label") ?? ""} ${part.getAttribute("title") ?? ""}`);
  const marked = (/** @type {Element} */ part) => /clear|close|remove|delete/i.test(part.getAttribute("class") ?? "") && !/placeholder/i.test(part.getAttribute("class") ?? "") && (part.textContent ?? "").trim() === "";
  const parts = [...shown.querySelectorAll("button, [role=button], [aria-label], [title], svg, i, span, div")].filter((part) => !chips.some((chip) => chip.contains(part)) && part.querySelector("input") === null && part.getBoundingClientRect().width <= 40);
  const drawn = parts.filter((part) => !named(part) && marked(part));
  return [...parts.filter(named), ...drawn.filter((part) => !drawn.some((other) => other !== part && part.contains(other)))];
}
