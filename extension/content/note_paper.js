// @ts-check
/**
 * Owns the pale yellow of note paper: on a box a hint to ask, in a conversation a note where the same writer's other messages stand on another ground.
 * A desk may paint all that it writes so; that says nothing.
 */
import { fold } from "./people.js";

/** @typedef {import("./bodies.js").Draft} Draft */
/** @typedef {import("./roles.js").Decision} Decision */

/** A signal colour, as chats paint own bubbles, has less blue. */
const LEAST_BLUE = 150;

/** @param {string} colour as computed @returns {boolean | null} null where nothing is painted */
export function isNoteColour(colour) {
  const parts = (colour.match(/[\d.]+/g) ?? []).map(Number), [red = 0, green = 0, blue = 0, alpha = 1] = parts;
  if (parts.length < 3 || alpha <= 0.1) return null;
  return red > 220 && green > 190 && red - blue > 18 && green - blue > 10;
}

/**
 * What the desk wrote on note paper, where its writer's other messages stand on another ground and no customer's stands on that colour.
 * @param {Draft[]} drafts @param {Decision[]} decisions changed in place
 */
export function byPaper(drafts, decisions) {
  const ground = (/** @type {Draft} */ { unit }) => unit.surface ?? "";
  const isPaper = (/** @type {Draft} */ draft) => isNoteColour(ground(draft)) === true && Number((ground(draft).match(/[\d.]+/g) ?? [])[2] ?? 0) >= LEAST_BLUE;
  const asked = new Set(drafts.flatMap((draft, at) => (decisions[at]?.author === "agent" ? [] : [ground(draft)])));
  const writer = (/** @type {Draft} */ { author, side }) => (author ? (author.email ?? fold(author.name ?? "")) : side ? ` ${side}` : null);
  const own = drafts.filter((_, at) => decisions[at]?.author === "agent");
  const answering = new Set(own.filter((draft) => !isPaper(draft)).map(writer));
  drafts.forEach((draft, at) => {
    if (decisions[at]?.author !== "agent" || !isPaper(draft) || asked.has(ground(draft)) || writer(draft) === null || !answering.has(writer(draft))) return;
    decisions[at] = { author: "note", evidence: "note_paper" };
  });
}
