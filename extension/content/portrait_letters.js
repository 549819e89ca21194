// @ts-check
/**
 * Owns the letters that stand in the place of a writer's portrait ("MK"), and whether they are somebody's.
 * Where rows name nobody, they tell more than the side a row stands on. What role that gives is decided in roles.js.
 */
import { fold } from "./people.js";
import { isInitials } from "./runs.js";

/** @typedef {import("./people.js").Person} Person */

/** @param {import("./bodies.js").Draft} draft @returns {string | null} */
export function portraitLetters({ unit, bodies }) {
  const shown = new Set(unit.runs.flatMap(({ kind, text, chain }) => (kind === "status" && isInitials(text, chain) && !bodies.some((body) => chain.includes(body)) ? [text] : [])));
  return shown.size === 1 ? ([...shown][0] ?? null) : null;
}

/** Whether a portrait of that person may show these letters: their initials, the first alone, or a part of a Chinese name. @param {string} letters @param {Person} person */
export function mayStandFor(letters, person) {
  if (letters === "") return true;
  const named = [person.name ?? "", (person.email?.split("@")[0] ?? "").replace(/[._-]/g, " ")].map(fold).filter((words) => words !== "");
  return named.some((words) => {
    if (/^[\u3400-\u9fff]+$/.test(words)) return words.startsWith(letters) || words.endsWith(letters);
    const initials = words.split(" ").map((word) => word[0] ?? "").join("");
    const shown = letters.toLowerCase();
    return initials.startsWith(shown) || (shown.length > 1 && [...shown].reverse().join("") === initials) || (shown.length > 1 && shown === (initials[0] ?? "") + (initials.at(-1) ?? ""));
  });
}
