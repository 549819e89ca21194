// @ts-check
/**
 * Owns dates that are written in parts: a spin button each for year, month and day. What they hold, and turning them to a day as the arrow keys do.
 * Knows them by what ARIA says of their bounds; times of day are left alone.
 */
import { composedParent, isVisible, queryDeep } from "./dom.js";
import { strike } from "./fill_values.js";
import { pause } from "./waits.js";

/** A field's own text may be one, too: it is none in parts. */
export const SEGMENT = "[role=spinbutton]:not(input)";
/** From an empty one the first turn goes anywhere within the bounds, years to the one that it is now. */
const MOST_TURNS = 120;
/** A page draws what a key does after its turn. */
const DRAWN_MS = 10;
const MOST_AROUND = 4;
const BOUNDS = { year: [1_000, Infinity], month: [12, 12], day: [28, 31] };

/** @typedef {{ year: HTMLElement, month: HTMLElement, day: HTMLElement }} DateParts */

/** The box around a spin button that holds exactly a year, a month and a day. @param {Element} segment @returns {HTMLElement | null} */
export function dateBoxOf(segment) {
  for (let around = composedParent(segment), depth = 0; around && depth < MOST_AROUND; around = composedParent(around), depth++) {
    const count = queryDeep(around, SEGMENT).length;
    if (count >= 3) return count === 3 && partsOf(around) ? /** @type {HTMLElement} */ (around) : null;
  }
  return null;
}

/** @param {Element} box @returns {DateParts | null} */
export function partsOf(box) {
  const segments = /** @type {HTMLElement[]} */ (queryDeep(box, SEGMENT).filter(isVisible));
  const [year, month, day] = Object.values(BOUNDS).map(([least = 0, most = 0]) => segments.filter((segment) => Number(segment.getAttribute("aria-valuemax")) >= least && Number(segment.getAttribute("aria-valuemax")) <= most));
  return year?.length === 1 && month?.length === 1 && day?.length === 1 ? { year: /** @type {HTMLElement} */ (year[0]), month: /** @type {HTMLElement} */ (month[0]), day: /** @type {HTMLElement} */ (day[0]) } : null;
}

/** ISO 8601, or null while one of the parts is empty: then it shows no digit. @param {Element} box @returns {string | null} */
export function dateIn(box) {
  const parts = partsOf(box);
  if (!parts || !Object.values(parts).every(isSet)) return null;
  return [[parts.year, 4], [parts.month, 2], [parts.day, 2]].map(([part, length]) => String(valueOf(/** @type {HTMLElement} */ (part))).padStart(/** @type {number} */ (length), "0")).join("-");
}

/** Turns each part to the day, or empties them all. @param {Element} box @param {string} iso "" for no day */
export async function putDate(box, iso) {
  const parts = partsOf(box);
  if (!parts) return;
  const [year = 0, month = 0, day = 0] = iso.split("-").map(Number);
  // A day may be beyond a month's end until the month is set.
  for (const [part, value] of /** @type {const} */ ([[parts.year, year], [parts.month, month], [parts.day, day]])) {
    part.focus({ preventScroll: true });
    await (iso === "" ? empty(part) : turn(part, value));
  }
}

/** @param {HTMLElement} part @param {number} value */
async function turn(part, value) {
  for (let turns = 0; turns < MOST_TURNS && !(isSet(part) && valueOf(part) === value); turns++) {
    const was = part.textContent;
    const up = !isSet(part) || valueOf(part) < value;
    strike(part, up ? "ArrowUp" : "ArrowDown", up ? 38 : 40);
    await pause(DRAWN_MS);
    if (part.textContent === was) return;
  }
}

/** @param {HTMLElement} part */
async function empty(part) {
  for (let digits = 0; digits < 4 && isSet(part); digits++) {
    strike(part, "Backspace", 8);
    await pause(DRAWN_MS);
  }
}

/** @param {HTMLElement} part */
function isSet(part) {
  return part.hasAttribute("aria-valuenow") && /\d/.test(part.textContent ?? "");
}

/** @param {HTMLElement} part */
function valueOf(part) {
  return Number(part.getAttribute("aria-valuenow"));
}
