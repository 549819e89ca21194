// @ts-check
/**
 * Owns working widgets as a person does: opens a list and presses the option with the wanted words, opens a calendar and presses the day.
 * Presses only what opens, options and days; never a button that saves.
 */
import { isVisible, labelText, queryDeep } from "./dom.js";
import { readDate, readMonth } from "./forms_dates.js";
import { optionText, triggerOf } from "./forms_widgets.js";
import { press, strike, typeText } from "./fill_values.js";
import { waitFor } from "./writer.js";

const OPTION = "[role=option], [role=menuitemradio], [role=menuitemcheckbox], [role=treeitem]";
const OPEN_MS = 700;
const LOAD_MS = 1_500;
const MOST_MONTHS = 36;

/**
 * Opens the list behind a widget, presses the option with these words, and closes the list. False where there is none.
 * @param {Document} doc @param {Element} shown @param {string} text
 */
export async function chooseOption(doc, shown, text) {
  const trigger = triggerOf(shown);
  const before = new Set(visibleOptions(doc));
  const find = () => visibleOptions(doc).find((option) => sameWords(optionText(option), text));
  if (shown.getAttribute("role") !== "listbox") {
    press(trigger);
    if (!(await waitFor(() => visibleOptions(doc).some((option) => !before.has(option)), OPEN_MS))) {
      strike(trigger, "ArrowDown", 40);
      await waitFor(() => visibleOptions(doc).some((option) => !before.has(option)), OPEN_MS);
    }
  }
  const box = typingBox(doc, trigger, shown);
  if (!find() && box) {
    typeText(box, text);
    await waitFor(() => find() !== undefined, LOAD_MS);
  }
  const option = find();
  if (option) press(option);
  else if (box) typeText(box, "");
  await waitFor(() => visibleOptions(doc).every((open) => before.has(open)), 200);
  if (visibleOptions(doc).some((open) => !before.has(open))) closeList(doc, trigger, box);
  return option !== undefined;
}

/** @param {Document} doc @returns {Element[]} */
function visibleOptions(doc) {
  return queryDeep(doc, OPTION).filter((option) => isVisible(option) && option.getAttribute("aria-disabled") !== "true");
}

/** @param {Document} doc @param {Element} trigger @param {Element} shown @returns {HTMLInputElement | null} */
function typingBox(doc, trigger, shown) {
  if (trigger.tagName === "INPUT") return /** @type {HTMLInputElement} */ (trigger);
  const inner = shown.querySelector("input:not([type=hidden])");
  if (inner && isVisible(inner)) return /** @type {HTMLInputElement} */ (inner);
  const open = queryDeep(doc, "[role=listbox] input, input[aria-controls], input[role=searchbox], input[role=combobox][aria-expanded=true]").find(isVisible);
  return /** @type {HTMLInputElement | null} */ (open ?? null);
}

/** @param {Document} doc @param {Element} trigger @param {HTMLInputElement | null} box */
function closeList(doc, trigger, box) {
  strike(box ?? trigger, "Escape", 27);
  const open = visibleOptions(doc)[0];
  if (trigger.getAttribute("aria-expanded") === "true") press(trigger);
  else if (open) strike(open, "Escape", 27);
}

/** @param {string} left @param {string} right */
function sameWords(left, right) {
  const bare = (/** @type {string} */ text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
  return bare(left) === bare(right);
}

/**
 * Takes a widget's choice away: the key that does so in most, else the little cross.
 * @param {Element} shown @param {() => boolean} isEmpty
 */
export async function clearChoice(shown, isEmpty) {
  const trigger = triggerOf(shown);
  for (const [key, code] of /** @type {[string, number][]} */ ([["Backspace", 8], ["Delete", 46]])) {
    strike(trigger, key, code);
    if (await waitFor(isEmpty, 120)) return true;
  }
  const cross = [...shown.querySelectorAll("button, [role=button], [aria-label], [title]")].find((part) => /clear|remove|清除|清空|移除/i.test(`${part.getAttribute("aria-label") ?? ""} ${part.getAttribute("title") ?? ""}`));
  if (cross) press(cross);
  return waitFor(isEmpty, 200);
}

/**
 * Opens the calendar of a field and presses the day. False where none opens or the day is not in it.
 * @param {Document} doc @param {HTMLElement} field @param {string} iso
 */
export async function chooseDay(doc, field, iso) {
  const before = new Set(dayCells(doc));
  field.focus({ preventScroll: true });
  press(field);
  const isOpen = () => dayCells(doc).filter((cell) => !before.has(cell)).length >= 28;
  if (!(await waitFor(isOpen, OPEN_MS))) return false;
  for (let turns = 0; turns < MOST_MONTHS; turns++) {
    const cells = dayCells(doc).filter((cell) => !before.has(cell));
    const calendar = commonParent(cells);
    if (!calendar) return false;
    const day = dayOf(calendar, cells, iso);
    if (day) {
      press(day);
      return true;
    }
    const month = monthShown(calendar, cells);
    const wanted = Number(iso.slice(0, 4)) * 12 + Number(iso.slice(5, 7));
    const away = month === null ? 0 : wanted - (month.year * 12 + month.month);
    const arrow = away === 0 ? null : arrowOf(calendar, away > 0);
    if (!arrow) break;
    const was = cells.map((cell) => cell.getAttribute("aria-label") ?? "").join() + calendar.textContent;
    press(arrow);
    const turned = () => {
      const now = dayCells(doc).filter((cell) => !before.has(cell));
      return now.map((cell) => cell.getAttribute("aria-label") ?? "").join() + (commonParent(now)?.textContent ?? "") !== was;
    };
    if (!(await waitFor(turned, OPEN_MS))) break;
  }
  strike(field, "Escape", 27);
  return false;
}

/** Small visible elements that hold a day's number and nothing else. @param {Document} doc @returns {Element[]} */
function dayCells(doc) {
  return queryDeep(doc, "td, [role=gridcell], button, span, div, a, li, abbr").filter((cell) => cell.childElementCount <= 1 && /^\s*(?:[1-9]|[12]\d|3[01])\s*$/.test(cell.textContent ?? "") && isVisible(cell) && ![...cell.children].some((child) => child.matches("td, [role=gridcell], button, span, div, a, li, abbr")));
}

/** @param {Element[]} cells */
function commonParent(cells) {
  let around = cells[0]?.parentElement ?? null;
  while (around && cells.filter((cell) => around?.contains(cell)).length < cells.length * 0.9) around = around.parentElement;
  const titled = (/** @type {Element | null} */ part) => part !== null && readMonth(headingOf(part)) !== null;
  for (let depth = 0; around && depth < 4 && !titled(around) && around.parentElement && around.parentElement.tagName !== "BODY"; depth++) around = around.parentElement;
  return around;
}

/** The date that a cell names in an attribute of its own or of its cell. @param {Element} cell */
function dateOfCell(cell) {
  for (const part of [cell, cell.parentElement, cell.firstElementChild]) {
    for (const name of ["data-date", "datetime", "data-value", "data-day", "aria-label", "title", "data-iso"]) {
      const text = part?.getAttribute(name) ?? "";
      const date = /^\d{11,13}$/.test(text) ? new Date(Number(text)).toISOString().slice(0, 10) : readDate(text);
      if (date) return date;
    }
  }
  return null;
}

/** @param {Element} calendar @param {Element[]} cells @param {string} iso */
function dayOf(calendar, cells, iso) {
  const free = cells.filter((cell) => !cell.matches(":disabled, [aria-disabled=true]") && cell.closest("[aria-disabled=true]") === null);
  const named = free.find((cell) => dateOfCell(cell) === iso);
  if (named || free.some((cell) => dateOfCell(cell) !== null)) return named ?? null;
  const month = readMonth(headingOf(calendar));
  if (!month || month.year * 12 + month.month !== Number(iso.slice(0, 4)) * 12 + Number(iso.slice(5, 7))) return null;
  // The month begins at the first "1"; what follows its last day is the next month's.
  const first = free.findIndex((cell) => Number(cell.textContent) === 1);
  return free.slice(first).find((cell) => Number(cell.textContent) === Number(iso.slice(8, 10))) ?? null;
}

/** @param {Element} calendar @param {Element[]} cells */
function monthShown(calendar, cells) {
  const middle = cells.map(dateOfCell).filter((date) => date !== null);
  const date = middle[Math.floor(middle.length / 2)];
  return date ? { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)) } : readMonth(headingOf(calendar));
}

/** What a calendar says above its days, chosen months and years included. @param {Element} calendar */
function headingOf(calendar) {
  const chosen = [...calendar.querySelectorAll("select")].map((select) => select.selectedOptions[0]?.text ?? "").join(" ");
  const year = [...calendar.querySelectorAll("input")].map((input) => input.value).find((value) => /^\d{4}$/.test(value)) ?? "";
  return `${chosen} ${year} ${labelText(calendar, 120)}`;
}

/** @param {Element} calendar @param {boolean} forward */
function arrowOf(calendar, forward) {
  const words = forward ? /\bnext\b(?!.*year)|下(?:个|一)?月|后一月/i : /\bprev(?:ious)?\b(?!.*year)|上(?:个|一)?月|前一月/i;
  const machine = forward ? /next|forward/i : /prev|back/i;
  const signs = forward ? /^\s*[›>→▶❯]\s*$/ : /^\s*[‹<←◀❮]\s*$/;
  const parts = [...calendar.querySelectorAll("button, [role=button], a, span, th, div")].filter((part) => isVisible(part) && part.childElementCount <= 3);
  const nameOf = (/** @type {Element} */ part) => `${part.getAttribute("aria-label") ?? ""} ${part.getAttribute("title") ?? ""}`;
  return parts.find((part) => words.test(nameOf(part))) ?? parts.find((part) => signs.test(part.textContent ?? "")) ?? parts.find((part) => machine.test(part.getAttribute("class") ?? "") && !/year/i.test(part.getAttribute("class") ?? "") && (part.textContent ?? "").trim().length < 3) ?? null;
}
