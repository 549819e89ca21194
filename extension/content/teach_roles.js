// @ts-check
/**
 * Owns who wrote a row by what was taught: signs that the customer's rows have and the agent's own lack, or the other way round, each with a weight.
 * Never overrules a mark of the page itself (internal note, bot, system line). Finds no rows.
 */
import { composedParent } from "./dom.js";
import { fold } from "./people.js";
import { drawnSigns, isClassSign, markElement, ownSigns, rowSigns } from "./teach_signs.js";
import { hashText, isNameLike } from "./text.js";

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
  if (draft.side) signs.add(`side=${draft.side}`);
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
  otherName(drafts, decisions, ownNames);
}

/**
 * Where rows show the agent's own name, the same place in the others shows whose they are: one other name there is the customer's.
 * @param {Draft[]} drafts @param {Decision[]} decisions @param {string[]} ownNames
 */
function otherName(drafts, decisions, ownNames) {
  const places = new Set(drafts.flatMap((draft) => namesIn(draft).filter(({ name }) => ownNames.includes(hashName(name))).map(({ path }) => path)));
  const named = drafts.map((draft, at) => (decisions[at]?.author === "unknown" ? namesIn(draft).find(({ path }) => places.has(path))?.name : undefined));
  if (new Set(named.filter((name) => name !== undefined)).size !== 1) return;
  drafts.forEach((_, at) => {
    if (named[at] !== undefined) decisions[at] = { author: "customer", evidence: "other_party" };
  });
}

/**
 * What may be a name beside a row's text, with its place: the author as read, and every short name-like text.
 * @param {Draft} draft
 * @returns {{ name: string, path: string }[]}
 */
function namesIn({ author, unit, bodies }) {
  const beside = unit.runs.filter((run) => (run.kind === "free" || run.kind === "badge") && run.text.length <= 50 && isNameLike(run.text) && !bodies.some((body) => run.chain.includes(body) || body === unit.element));
  return [...(author?.aliases ?? []).map((name) => ({ name, path: "author" })), ...beside.map((run) => ({ name: fold(run.text), path: run.path }))];
}

/** @param {string} name */
function hashName(name) {
  return hashText(`own ${name}`);
}

/** Names that the agent's own row shows and the customer's does not, as hashes: they stay on this device. @param {Draft} own @param {Draft} customer */
export function ownNameHashes(own, customer) {
  const theirs = new Set(namesIn(customer).map(({ name }) => name));
  return [...new Set(namesIn(own).map(({ name }) => name).filter((name) => !theirs.has(name)).map(hashName))];
}

/** @param {Draft} draft @param {string[]} ownNames */
function isOwnName(draft, ownNames) {
  return ownNames.length > 0 && namesIn(draft).some(({ name }) => ownNames.includes(hashName(name)));
}
