// @ts-check
/**
 * Owns working a calendar as a person does: opens it, turns to the month, presses the day, confirms where it asks for that.
 * Presses only what opens, turns, is a day or confirms in the calendar itself.
 */
import { isVisible, labelText } from "./dom.js";
import { readDate, readMonth } from "./forms_dates.js";
import { press } from "./fill_values.js";
import { appeared, closeLayers, confirmIn, layerOf } from "./fill_popups.js";
import { withSight } from "./fill_sight.js";
import { pause, waitFor } from "./waits.js";

const CALENDAR_OPEN_MS = 700;
const CALENDAR_SETTLE_MS = 600;
const MOST_MONTHS = 36;
const CELL = "td, [role=gridcell], button, span, div, a, li, abbr";

/**
 * Opens the calendar of a field and presses the day. Null where none opens, false where the day is not in it.
 * @param {Document} doc @param {HTMLElement} field @param {string} iso @param {number} [open_ms] how long a calendar may take to show
 * @returns {Promise<boolean | null>}
 */
export function chooseDay(doc, field, iso, open_ms = CALENDAR_OPEN_MS) {
  return withSight(doc, field, async (sight) => {
    const before = new Set(daysAmong(sight.all(CELL)));
    const cellsNow = () => daysAmong(sight.changed(CELL)).filter((cell) => !before.has(cell));
    field.focus({ preventScroll: true });
    press(field);
    const isOpen = () => cellsNow().length >= 28;
    if (!(await waitFor(isOpen, open_ms))) {
      sight.lookAround();
      if (!isOpen()) {
        if (appeared(sight)) await closeLayers(sight, field, field);
        return null;
      }
    }
    const layer = layerOf(cellsNow()[0] ?? field) ?? commonParent(cellsNow());
    const pressed = await turnAndPress(cellsNow, iso);
    if (pressed && !(await waitFor(() => !appeared(sight), CALENDAR_SETTLE_MS)) && layer && isVisible(layer)) confirmIn(sight, layer);
    if (!(await closeLayers(sight, field, field))) throw new Error("a calendar stays open");
    return pressed;
  });
}

/** @param {() => Element[]} cellsNow @param {string} iso @returns {Promise<boolean>} */
async function turnAndPress(cellsNow, iso) {
  let closest = Infinity, stuck = 0;
  for (let turns = 0; turns < MOST_MONTHS; turns++) {
    const cells = cellsNow();
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
    const arrow = away === 0 || Math.abs(away) >= closest ? null : arrowOf(calendar, cells, away > 0);
    // What is shown while one month gives way to the next is neither.
    if (!arrow && away !== 0 && ++stuck < 4) {
      await pause(CALENDAR_SETTLE_MS / 4);
      continue;
    }
    if (!arrow) return false;
    closest = Math.abs(away);
    const was = looksOf(cells, calendar);
    press(arrow);
    const turned = () => {
      const now = cellsNow();
      return now.length >= 28 && looksOf(now, commonParent(now)) !== was;
    };
    if (!(await waitFor(turned, CALENDAR_OPEN_MS))) return false;
    // The month before may still be on its way out.
    await waitFor(() => cellsNow().length <= cells.length + 7 && monthShown(commonParent(cellsNow()) ?? calendar, cellsNow())?.month !== month?.month, CALENDAR_SETTLE_MS);
  }
  return false;
}

/** @param {Element[]} cells @param {Element | null} calendar */
function looksOf(cells, calendar) {
  return cells.map((cell) => cell.getAttribute("aria-label") ?? "").join() + (calendar ? headingOf(calendar, cells) + calendar.textContent : "");
}

/** Small visible elements that hold a day's number and nothing else. @param {Element[]} elements @returns {Element[]} */
function daysAmong(elements) {
  return elements.filter((cell) => cell.childElementCount <= 1 && /^\s*(?:[1-9]|[12]\d|3[01])\s*$/.test(cell.textContent ?? "") && isVisible(cell) && ![...cell.children].some((child) => child.matches(CELL)));
}

/** @param {Element[]} cells */
function commonParent(cells) {
  let around = cells[0]?.parentElement ?? null;
  while (around && cells.filter((cell) => around?.contains(cell)).length < cells.length * 0.9) around = around.parentElement;
  const titled = (/** @type {Element | null} */ part) => part !== null && readMonth(headingOf(part, cells)) !== null;
  for (let depth = 0; around && depth < 4 && !titled(around) && around.parentElement && around.parentElement.tagName !== "BODY"; depth++) around = around.parentElement;
  return around;
}

/** The date that a cell names in an attribute of its own or of its cell. @param {Element} cell */
function dateOfCell(cell) {
  for (const part of [cell, cell.parentElement, cell.firstElementChild]) {
    for (const { name, value: text } of part?.attributes ?? []) {
      if (!/^(?:data-.*|datetime|aria-label|title)$/.test(name)) continue;
      const date = /^\d{11,13}$/.test(text) ? new Date(Number(text)).toISOString().slice(0, 10) : readDate(text);
      if (date) return date;
    }
  }
  return null;
}

/** @param {Element} calendar @param {Element[]} cells @param {string} iso */
function dayOf(calendar, cells, iso) {
  const free = cells.filter((cell) => cell.closest(":disabled, [aria-disabled=true]") === null);
  const named = free.find((cell) => dateOfCell(cell) === iso);
  if (named || free.some((cell) => dateOfCell(cell) !== null)) return named ?? null;
  const month = readMonth(headingOf(calendar, cells));
  if (!month || month.year * 12 + month.month !== Number(iso.slice(0, 4)) * 12 + Number(iso.slice(5, 7))) return null;
  // The month begins at the first "1"; what follows its last day is the next month's.
  const first = free.findIndex((cell) => Number(cell.textContent) === 1);
  return free.slice(first).find((cell) => Number(cell.textContent) === Number(iso.slice(8, 10))) ?? null;
}

/** @param {Element} calendar @param {Element[]} cells */
function monthShown(calendar, cells) {
  const middle = cells.map(dateOfCell).filter((date) => date !== null);
  const date = middle[Math.floor(middle.length / 2)];
  return date ? { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)) } : readMonth(headingOf(calendar, cells));
}

/** What a calendar says above its days, chosen months and years included; what it keeps hidden says nothing. @param {Element} calendar @param {Element[]} cells */
function headingOf(calendar, cells) {
  const chosen = [...calendar.querySelectorAll("select")].map((select) => select.selectedOptions[0]?.text ?? "").join(" ");
  const typed = [...calendar.querySelectorAll("input")].map((input) => input.value).filter((value) => /^\d{4}\s*年?$|^\d{1,2}\s*月$/.test(value)).join(" ");
  const top = topOf(cells);
  const above = [...calendar.querySelectorAll("*")].filter((part) => part.childElementCount === 0 && part.getBoundingClientRect().bottom <= top + 2 && (part.textContent ?? "").length < 40 && isVisible(part)).map((part) => part.textContent ?? "").join(" ");
  return `${chosen} ${typed} ${readMonth(above) ? above : labelText(calendar, 120)}`;
}

/** Where the days begin: a month's number in the heading looks like a day. @param {Element[]} cells */
function topOf(cells) {
  return cells.map((cell) => cell.getBoundingClientRect().top).sort((left, right) => left - right)[3] ?? 0;
}

/** What turns one month: named so, a sign, or what stands next to the heading over the days. @param {Element} calendar @param {Element[]} cells @param {boolean} forward @returns {Element | null} */
function arrowOf(calendar, cells, forward) {
  const words = forward ? /\bnext\b(?!.*year)|下(?:个|一)?月|后一月/i : /\bprev(?:ious)?\b(?!.*year)|上(?:个|一)?月|前一月/i;
  const machine = forward ? /next|forward/i : /prev|back/i;
  const signs = forward ? /^\s*[›>→▶❯]\s*$/ : /^\s*[‹<←◀❮]\s*$/;
  const wide = /year|fast|super|double|decade/i;
  // Some have their arrows beside the month, not in it.
  const place = calendar.parentElement && calendar.parentElement.childElementCount <= 6 && layerOf(calendar)?.contains(calendar.parentElement) ? calendar.parentElement : calendar;
  const parts = [...place.querySelectorAll("button, [role=button], a, span, th, div, i, svg")].filter((part) => isVisible(part) && part.childElementCount <= 3);
  const nameOf = (/** @type {Element} */ part) => `${part.getAttribute("aria-label") ?? ""} ${part.getAttribute("title") ?? ""}`;
  const classOf = (/** @type {Element} */ part) => `${part.getAttribute("class") ?? ""} ${part.matches("i, svg") ? part.parentElement?.getAttribute("class") ?? "" : ""}`;
  return parts.find((part) => words.test(nameOf(part)))
    ?? parts.find((part) => signs.test(part.textContent ?? ""))
    ?? parts.find((part) => machine.test(classOf(part)) && !wide.test(classOf(part)) && (part.textContent ?? "").trim().length < 3)
    ?? besideHeading(calendar, parts, cells, forward);
}

/** Of the icons in the row of the heading the one nearest to its words on that side: further out stand those for years. @param {Element} calendar @param {Element[]} parts @param {Element[]} cells @param {boolean} forward */
function besideHeading(calendar, parts, cells, forward) {
  const top = topOf(cells);
  const heading = [...calendar.querySelectorAll("*")].filter((part) => part.getBoundingClientRect().bottom <= top && isVisible(part) && readMonth(part.textContent ?? "") !== null).pop();
  if (!heading) return null;
  const own = heading.getBoundingClientRect();
  const middle = (own.left + own.right) / 2;
  const icons = parts.filter((part) => {
    const box = part.getBoundingClientRect();
    return !heading.contains(part) && !part.contains(heading) && (part.textContent ?? "").trim() === "" && box.width >= 6 && box.width <= 48 && box.height <= 48 && box.bottom > own.top && box.top < own.bottom && box.bottom <= top + 4;
  });
  const away = (/** @type {Element} */ part) => (part.getBoundingClientRect().left + part.getBoundingClientRect().right) / 2 - middle;
  const side = icons.filter((part) => (forward ? away(part) > 0 : away(part) < 0)).sort((left, right) => Math.abs(away(left)) - Math.abs(away(right)));
  return side[0] ?? null;
}
