// @ts-check
/**
 * Owns how a row is drawn, apart from where it stands: its grounds, edges and frame, and what signs in its head and its attributes say.
 * Draws no conclusions; class words are not looked at.
 */
import { composedContains, composedParent, styleOf } from "./dom.js";
import { coreOf } from "./bodies.js";

/**
 * @typedef {import("./bodies.js").Draft} Draft
 * @typedef {object} RowLook
 * @property {Set<string>} grounds colours it stands on
 * @property {Set<string>} heads colours of the bars over or under its words
 * @property {Set<string>} edges colours of its borders
 * @property {boolean} dashed a frame of dashes, or hatched
 * @property {boolean} lock a lock, or an eye struck out, beside its words
 * @property {boolean} internal an attribute that calls it internal, private or a note
 * @property {string} parts what its head is made of
 * @property {boolean} chosen selected, or what the page's address points at
 */

const CLEAR = /^(?:transparent|rgba\(\d+, \d+, \d+, 0\))$/;
const LOCK = /(?:^|[^a-z])(?:lock(?:ed)?|padlock|eye[-_]?(?:slash|off|closed)|visibility[-_]?off)(?:$|[^a-z])|🔒|🔏|🔐/iu;
const INTERNAL = /(?:^|[-_.:])(?:internal|private|whisper|staff[-_]?only|(?:is[-_]?)?note)(?:$|[-_.:])/i;
const YES = /^(?:true|1|yes)$/i, NO = /^(?:false|0|no|none|null|)$/i;
/** A bar of the row, not a badge in it: of its width. */
const BAR_SHARE = 0.6;
/** So many parts of a head are looked at. */
const MOST_PARTS = 60;
const LONGEST_ICON = 14, LONGEST_VALUE = 30;

/** @param {Draft} draft @param {Element} list @returns {RowLook} */
export function lookOf(draft, list) {
  draft.unit.look ??= drawnLook(draft, list);
  return draft.unit.look;
}

/** @param {Draft} draft @param {Element} list @returns {RowLook} */
function drawnLook({ unit, bodies }, list) {
  /** @type {RowLook} */
  const look = { grounds: new Set(), heads: new Set(), edges: new Set(), dashed: false, lock: false, internal: false, parts: "", chosen: false };
  const body = unit.words ?? bodies[0];
  if (!body) return look;
  const outer = outermost(unit.element, list), around = chain(coreOf(body), outer);
  for (const element of around) addDrawn(look, element);
  const width = outer.getBoundingClientRect().width;
  const parts = [...outer.querySelectorAll("*")].filter((element) => !bodies.some((said) => said !== unit.element && composedContains(said, element)) && !around.includes(element)).slice(0, MOST_PARTS);
  for (const part of parts) {
    const { backgroundColor } = styleOf(part);
    if (!CLEAR.test(backgroundColor) && part.getBoundingClientRect().width >= width * BAR_SHARE) look.heads.add(backgroundColor);
    if (isLock(part)) look.lock = true;
  }
  look.parts = parts.map(({ tagName }) => tagName).join(" ");
  const owners = [outer, ...around.filter((element) => element !== outer && !bodies.includes(element))];
  look.internal = owners.some(saysInternal);
  look.chosen = owners.some((element) => element.getAttribute("aria-selected") === "true" || (element.getAttribute("aria-current") ?? "false") !== "false" || element.matches(":target"));
  return look;
}

/** The row with all boxes that hold nothing else. @param {Element} element @param {Element} list */
function outermost(element, list) {
  let outer = element;
  for (let at = composedParent(outer); at && at !== list && at.childElementCount === 1 && list.contains(at); at = composedParent(at)) outer = at;
  return outer;
}

/** @param {Element} inner @param {Element} outer */
function chain(inner, outer) {
  const elements = [];
  for (let at = /** @type {Element | null} */ (inner); at; at = at === outer ? null : composedParent(at)) elements.push(at);
  return elements;
}

/** @param {RowLook} look @param {Element} element */
function addDrawn(look, element) {
  const style = styleOf(element);
  if (!CLEAR.test(style.backgroundColor)) look.grounds.add(style.backgroundColor);
  if (/repeating-linear-gradient/.test(style.backgroundImage)) look.dashed = true;
  for (const side of /** @type {const} */ (["Top", "Right", "Bottom", "Left"])) {
    const kind = style[`border${side}Style`], wide = parseFloat(style[`border${side}Width`]);
    if (kind === "none" || !(wide > 0)) continue;
    look.edges.add(style[`border${side}Color`]);
    if (side === "Left" && /^(?:dashed|dotted)$/.test(kind)) look.dashed = true;
  }
}

/** @param {Element} part */
function isLock(part) {
  const named = part.tagName === "use" ? (part.getAttribute("href") ?? part.getAttribute("xlink:href")) : part.tagName === "IMG" ? (part.getAttribute("src") ?? "").slice(-40) : (part.getAttribute("data-icon") ?? part.getAttribute("data-lucide"));
  const drawn = part.childElementCount === 0 && part.tagName !== "IMG" ? (part.textContent ?? "").trim() : "";
  return LOCK.test(named ?? "") || (drawn.length <= LONGEST_ICON && !drawn.includes(" ") && LOCK.test(drawn));
}

/** "data-visibility=internal", "data-private", "id=note-12". @param {Element} element */
function saysInternal(element) {
  return [...element.attributes].some(({ name, value }) => {
    if (name === "id") return INTERNAL.test(value) && /\d$/.test(value);
    if (!name.startsWith("data-") || value.length > LONGEST_VALUE) return false;
    if (INTERNAL.test(value)) return true;
    return INTERNAL.test(name.slice(5)) && !NO.test(value) && YES.test(value);
  });
}
