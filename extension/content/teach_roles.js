// @ts-check
/**
 * Owns who wrote a row by what was taught: signs that the customer's rows have and the agent's own lack, or the other way round, each with a weight.
 * Never overrules a mark of the page itself (internal note, bot, system line). Finds no rows.
 */
import { composedParent } from "./dom.js";
import { fold } from "./people.js";
import { drawnSigns, isClassSign, markElement, ownSigns, rowSigns } from "./teach_signs.js";
import { hashText } from "./text.js";

/**
 * @typedef {import("./bodies.js").Draft} Draft
 * @typedef {import("./roles.js").Decision} Decision
 * @typedef {import("../shared/teach_format.js").RoleVotes} RoleVotes
 * @typedef {"customer" | "agent"} Side
 */

const LEAST_VOTE = 0.45;
const MOST_VOTES = 40;
/** A sign that agrees with the others in fewer of the rows than this says nothing. */
const LEAST_AGREEMENT = 0.8;

/** @type {WeakMap<import("./bodies.js").Unit, Set<string>>} */
const remembered = new WeakMap();

/**
 * Everything about a row that may tell whose it is: its signs, those of the groups around it, its side, its surface, whether an author is named.
 * @param {Draft} draft @param {Element} list
 * @returns {Set<string>}
 */
export function roleSigns(draft, list) {
  const { unit } = draft;
  let fixed = remembered.get(unit);
  if (!fixed) {
    const mark = markElement(unit.element);
    fixed = mark ? rowSigns(mark) : new Set();
    if (mark) for (const sign of drawnSigns(mark)) fixed.add(sign);
    for (let at = composedParent(unit.element), depth = 0; at && at !== list && depth < 4; at = composedParent(at), depth++) for (const sign of ownSigns(at)) fixed.add(isClassSign(sign) ? sign : `..${sign}`);
    for (const shape of ["leaf", "two parts", "many parts", "<a>", "<ul>", "<ol>", "<li>", "<code>", "<pre>", "<blockquote>"]) fixed.delete(shape);
    remembered.set(unit, fixed);
  }
  const signs = new Set(fixed);
  if (unit.side) signs.add(`side=${unit.side}`);
  const surface = surfaceSign(unit.surface ?? "");
  if (surface !== null) signs.add(surface);
  if (draft.author !== null) signs.add("author");
  return signs;
}

/** @param {string} surface a colour as the browser computes it @returns {string | null} */
function surfaceSign(surface) {
  const numbers = /rgba?\((\d+), (\d+), (\d+)/.exec(surface)?.slice(1, 4);
  return numbers ? `surface=${numbers.map((part) => Number(part).toString(16).padStart(2, "0")).join("")}` : null;
}

/** How far a sign is trusted. @param {string} sign */
function trustOf(sign) {
  if (sign.startsWith("side=")) return 2.5;
  if (sign.startsWith("[data-") || sign.startsWith("^[data-") || sign.startsWith("..[data-")) return sign.includes("=") ? 3 : 1.5;
  if (sign.startsWith("surface=")) return 1.5;
  if (isClassSign(sign)) return 0.3;
  if (sign.startsWith("^") || sign.startsWith("..")) return 1.2;
  return sign === "author" || sign === "picture" ? 1 : 0.7;
}

/** Signs whose absence says nothing: a renamed class, a changed theme, a side that is not measured. @param {string} sign */
function onlyPresent(sign) {
  return isClassSign(sign) || sign.startsWith("side=") || sign.startsWith("surface=");
}

/**
 * @param {Set<string>[]} rows signs of all rows @param {Set<string>} customer of the row pointed at @param {Set<string>} own of the other
 * @param {(Side | null)[]} sure rows whose writer is known without doubt, the two pointed at among them
 * @returns {RoleVotes}
 */
export function learnVotes(rows, customer, own, sure) {
  /** @type {RoleVotes} */
  let votes = [];
  for (const sign of new Set([...customer, ...own])) {
    const theirs = customer.has(sign), ours = own.has(sign);
    if (theirs === ours) continue;
    const weight = trustOf(sign) * (theirs ? 1 : -1);
    votes.push([sign, weight, onlyPresent(sign) ? 0 : -weight / 2]);
  }
  for (let round = 0; round < 3 && rows.length > 3; round++) {
    const sides = rows.map((signs, at) => sure[at] ?? sideOf(voteOf(votes, signs)));
    const kept = votes.filter(([sign, present]) => {
      let right = 0, seen = 0;
      rows.forEach((signs, at) => {
        const side = sides[at];
        if (!side || (onlyPresent(sign) && !signs.has(sign))) return;
        seen++;
        if (signs.has(sign) === (side === "customer") === present > 0) right++;
      });
      return seen === 0 || right >= seen * LEAST_AGREEMENT;
    });
    if (kept.length === votes.length) break;
    votes = kept;
  }
  votes.sort((left, right) => Math.abs(right[1]) - Math.abs(left[1]));
  return capClasses(votes.slice(0, MOST_VOTES));
}

/** All class words together weigh as much as one good sign. @param {RoleVotes} votes @returns {RoleVotes} */
function capClasses(votes) {
  const classes = votes.filter(([sign]) => isClassSign(sign)).length;
  const share = Math.min(1, 3 / Math.max(1, classes));
  return votes.map(([sign, present, absent]) => [sign, round(isClassSign(sign) ? present * share : present), round(absent)]);
}

/** @param {number} value */
function round(value) {
  return Math.round(value * 1000) / 1000;
}

/** @param {RoleVotes} votes @param {Set<string>} signs */
export function voteOf(votes, signs) {
  return votes.reduce((sum, [sign, present, absent]) => sum + (signs.has(sign) ? present : absent), 0);
}

/** @param {number} vote @returns {Side | null} */
function sideOf(vote) {
  return Math.abs(vote) < LEAST_VOTE ? null : vote > 0 ? "customer" : "agent";
}

/**
 * Changes the decisions where what was taught says something.
 * @param {Draft[]} drafts @param {Decision[]} decisions @param {{ votes: RoleVotes, ownNames: string[], list: Element, trustsPage: boolean }} taught
 *   `trustsPage`: on the taught page the page's own names gave the right answer for both
 */
export function applyVotes(drafts, decisions, { votes, ownNames, list, trustsPage }) {
  drafts.forEach((draft, at) => {
    const decision = decisions[at];
    if (!decision || /^(?:system|note|bot)$/.test(decision.author)) return;
    const byName = decision.evidence === "author_is_requester" || decision.evidence === "author_is_signed_in" || decision.evidence === "badge_word";
    if (isOwnName(draft, ownNames)) decisions[at] = { author: "agent", evidence: "taught_name" };
    else if (!(trustsPage && byName)) {
      const side = sideOf(voteOf(votes, roleSigns(draft, list)));
      if (side) decisions[at] = { author: side, evidence: "taught" };
    }
  });
  const open = new Set(drafts.filter((draft, at) => decisions[at]?.author === "unknown" && draft.author).map(nameOf));
  const knowsOwn = decisions.some((decision) => decision.evidence === "taught_name");
  if (!knowsOwn || open.size !== 1) return;
  drafts.forEach((draft, at) => {
    if (decisions[at]?.author === "unknown" && draft.author) decisions[at] = { author: "customer", evidence: "other_party" };
  });
}

/** @param {Draft} draft */
function nameOf(draft) {
  return draft.author ? (draft.author.email ?? fold(draft.author.name ?? draft.author.handle ?? "")) : "";
}

/** The agent's own names, as hashes: they stay on this device. @param {Draft} draft @returns {string[]} */
export function nameHashes(draft) {
  return (draft.author?.aliases ?? []).map((alias) => hashText(`own ${alias}`));
}

/** @param {Draft} draft @param {string[]} ownNames */
function isOwnName(draft, ownNames) {
  return ownNames.length > 0 && nameHashes(draft).some((hash) => ownNames.includes(hash));
}
