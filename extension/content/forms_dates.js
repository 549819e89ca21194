// @ts-check
/**
 * Owns how a date field writes its dates: the format seen in a placeholder, an attribute or a value, and dates to and from ISO 8601.
 * Touches no document.
 */

/**
 * @typedef {string} DateFormat parts `YYYY`, `YY`, `MM`, `M`, `MMM`, `MMMM`, `DD`, `D` with what stands between them
 */

const MONTH_NAMES = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const PART = "(y{4}|y{2}|j{4}|a{4}|年年年年|m{1,4}|d{1,2}|t{1,2}|j{1,2}|月月|日日)";
const GAP = "([-./\\s,]{1,2}|年|月)";
const PATTERN = new RegExp(`(?<![a-z])${PART}${GAP}${PART}${GAP}${PART}(日)?(?![a-z])`, "i");
const NAMED = new RegExp(`\\b(?:(\\d{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3,9})\\.?,?[ -](\\d{4})|([A-Za-z]{3,9})\\.? (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4}))\\b`);
const NUMBERS = /(?<!\d)(\d{1,4})([-./]|年)(\d{1,2})([-./]|月)(\d{1,4})(日)?(?!\d)/;

/**
 * The format that one of these texts shows, as a pattern or as an example. Null where none does.
 * @param {(string | null | undefined)[]} texts
 * @returns {DateFormat | null}
 */
export function dateFormatIn(texts) {
  for (const text of texts) {
    if (!text) continue;
    const pattern = PATTERN.exec(text);
    const format = pattern ? fromPattern(pattern) : fromExample(text);
    if (format) return format;
  }
  return null;
}

/** @param {RegExpExecArray} hit */
function fromPattern(hit) {
  const parts = [hit[1], hit[3], hit[5]].map((raw) => partOf(raw ?? ""));
  const kinds = parts.map((part) => part[0]).sort().join("");
  if (kinds !== "DMY") return null;
  return `${parts[0]}${hit[2]}${parts[1]}${hit[4]}${parts[2]}${hit[6] ?? ""}`;
}

/** "jj", "tt" and "日日" are days, "aaaa" and "jjjj" years, in other languages' placeholders. @param {string} raw */
function partOf(raw) {
  const lower = raw.toLowerCase();
  if (/^(?:y+|jjjj|aaaa|年+)$/.test(lower)) return lower.length === 2 ? "YY" : "YYYY";
  if (/^(?:m+|月+)$/.test(lower)) return "M".repeat(lower.length);
  return "D".repeat(lower.length);
}

/** @param {string} text */
function fromExample(text) {
  const named = NAMED.exec(text);
  if (named && monthOf(named[2] ?? named[4] ?? "") > 0) {
    const name = (named[2] ?? named[4] ?? "").length > 3 ? "MMMM" : "MMM";
    return named[1] ? `D${named[0].includes("-") ? "-" : " "}${name}${named[0].includes("-") ? "-" : " "}YYYY` : `${name} D, YYYY`;
  }
  const hit = NUMBERS.exec(text);
  if (!hit) return null;
  const [first, second, third] = [hit[1] ?? "", hit[3] ?? "", hit[5] ?? ""];
  const two = (/** @type {string} */ digits, /** @type {string} */ part) => (digits.length === 2 ? part + part : part);
  if (first.length === 4 && third.length <= 2) return `YYYY${hit[2]}${two(second, "M")}${hit[4]}${two(third, "D")}${hit[6] ?? ""}`;
  if (third.length !== 4 || first.length > 2) return null;
  if (Number(first) > 12) return `${two(first, "D")}${hit[2]}${two(second, "M")}${hit[4]}YYYY`;
  if (Number(second) > 12) return `${two(first, "M")}${hit[2]}${two(second, "D")}${hit[4]}YYYY`;
  return hit[2] === "." ? `${two(first, "D")}.${two(second, "M")}.YYYY` : null;
}

/** @param {string} iso @param {DateFormat} format */
export function writeDate(iso, format) {
  const [year = "", month = "", day = ""] = iso.slice(0, 10).split("-");
  const name = MONTH_NAMES[Number(month) - 1] ?? "";
  return format.replace(/YYYY|YY|M{1,4}|D{1,2}/g, (part) => {
    if (part === "YYYY") return year;
    if (part === "YY") return year.slice(2);
    if (part === "MMMM") return name;
    if (part === "MMM") return name.slice(0, 3);
    const digits = part[0] === "M" ? month : day;
    return part.length === 2 ? digits : String(Number(digits));
  });
}

/**
 * ISO 8601 of a date in this format, or in any form that leaves no doubt. Null for what is no date.
 * @param {string} text @param {DateFormat | null} [format]
 * @returns {string | null}
 */
export function readDate(text, format = null) {
  const trimmed = text.trim().replace(/(\d)(?:st|nd|rd|th)\b/gi, "$1");
  const own = format ?? dateFormatIn([trimmed]);
  if (!own) return null;
  /** @type {string[]} */
  const order = own.match(/YYYY|YY|M{1,4}|D{1,2}/g) ?? [];
  const source = own.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/YYYY|YY|M{3,4}|M{1,2}|D{1,2}/g, (part) => (part === "YYYY" ? "(\\d{4})" : part === "YY" ? "(\\d{2})" : part.length > 2 ? "([A-Za-z]{3,9})\\.?" : "(\\d{1,2})"));
  const hit = new RegExp(source).exec(trimmed);
  if (!hit) return format ? readDate(text) : null;
  let year = 0, month = 0, day = 0;
  order.forEach((part, at) => {
    const value = hit[at + 1] ?? "";
    if (part[0] === "Y") year = Number(value) + (part === "YY" ? 2000 : 0);
    else if (part[0] === "M") month = part.length > 2 ? monthOf(value) : Number(value);
    else day = Number(value);
  });
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || year < 1900) return null;
  return date.toISOString().slice(0, 10);
}

/** 1–12, 0 for what is no month. @param {string} name */
function monthOf(name) {
  return MONTH_NAMES.findIndex((month) => name.length >= 3 && month.toLowerCase().startsWith(name.toLowerCase().replace(/^sept$/, "sep"))) + 1;
}

/** Year and month of a calendar's heading: "November 2026", "2026年11月", "十一月 2026", "2026-11", "11/2026". @param {string} text @returns {{ year: number, month: number } | null} */
export function readMonth(text) {
  const chinese = /(\d{4})\s*年\s*(\d{1,2})\s*月/.exec(text);
  if (chinese) return { year: Number(chinese[1]), month: Number(chinese[2]) };
  const words = /(十[一二]?|[一二三四五六七八九])月[\s,，]*(\d{4})/.exec(text);
  if (words) return { year: Number(words[2]), month: "一二三四五六七八九十".indexOf(words[1]?.at(-1) ?? "") + 1 + (words[1]?.length === 2 ? 10 : 0) };
  const reversed = /(?<!\d)(\d{1,2})\s*月\s*(\d{4})/.exec(text) ?? /(?<![-\d])(\d{4})\s*[-/]\s*(\d{1,2})(?![-/\d])/.exec(text);
  if (reversed) return Number(reversed[1]) > 12 ? { year: Number(reversed[1]), month: Number(reversed[2]) } : { year: Number(reversed[2]), month: Number(reversed[1]) };
  const named = /([A-Za-z]{3,9})\.?,?\s*(\d{4})/.exec(text) ?? null;
  if (named && monthOf(named[1] ?? "") > 0) return { year: Number(named[2]), month: monthOf(named[1] ?? "") };
  const after = /(?<!\d)(\d{4})\s*,?\s*([A-Za-z]{3,9})(?![a-z])/.exec(text);
  if (after && monthOf(after[2] ?? "") > 0) return { year: Number(after[1]), month: monthOf(after[2] ?? "") };
  const digits = /(?<!\d)(\d{1,2})\s*[/.-]\s*(\d{4})(?!\d)/.exec(text);
  return digits ? { year: Number(digits[2]), month: Number(digits[1]) } : null;
}
