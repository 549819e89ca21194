// @ts-check
/**
 * Owns where the rows of one list show who wrote them, and which of a row's texts may be a name at all.
 * Who that is to the desk is decided in roles.js.
 */
import { isFileText } from "./attachments.js";
import { isSectionHeading } from "./identity.js";
import { splitHead } from "./message_labels.js";
import { fold, parsePerson, profileAlias, samePerson } from "./people.js";
import { isBadgeWord, NO_WORDS, pathStep, repeatKey } from "./runs.js";
import { isEventLeft } from "./system_lines.js";
import { isNameLike } from "./text.js";
import { splitTime } from "./times.js";
import { ACTION_WORDS, AUTHORED_LEAD, CUSTOMER_SECTION, FIELD_NAME, FIELD_TAIL_ZH, FIELD_VALUE, isTicketField, SELF_WORDS, TICKET_LABEL } from "./words.js";

/**
 * @typedef {import("./runs.js").TextRun} TextRun
 * @typedef {import("./people.js").Person} Person
 * @typedef {import("./bodies.js").Unit} Unit
 */

/** A form has as many labels. */
const LEAST_LABELLED = 3, LABEL_ALONE = /^.{1,24}[:：]$/;
/** More places than that are none. */
const MOST_PLACES = 6;
/** Marks of who has read a message are so large, px. */
const READ_PX = { least: 4, most: 20 };
/** Where a mail's head stands in one text, what follows the sender. */
const NEXT_HEAD = /\s(?=(?:to|cc|date|subject|sent)\s*:)/i;
const MESSAGE_FROM = /^(?:chat |new )?(?:message|reply|comment) (?:from|by) (.{1,60})$/i;

/**
 * What was seen at one place of the rows.
 * @typedef {object} NamePlace
 * @property {string[]} names one for each row that shows one
 * @property {Set<number>} rows
 * @property {number} seen texts, names or not
 * @property {number} known of the names those of people whom the page names elsewhere
 * @property {number} early before the longest text, or told by what stands with it
 * @property {number} alone with a time and nothing else
 * @property {number} under the words, with a time, as a heading or linked to somebody's page
 * @property {number} timed right beside a time
 */

/**
 * Paths of the places where rows show who wrote them, best first: short, name-like, before the longest run or with the time under it, few
 * different values or known ones.
 * @param {Unit[]} units @param {Set<string>} repeated @param {{ subject: string | null, known: Person[] }} facts
 */
export function learnAuthorPaths(units, repeated, facts) {
  /** @type {{ path: string, place: NamePlace, stray: boolean, score: number }[]} */
  const scored = [];
  for (const [path, place] of namePlaces(units, repeated, facts)) {
    const named = place.names.length;
    if (named === 0 || named < place.seen * 0.8) continue;
    const distinct = new Set(place.names).size;
    const repeats = named - distinct;
    const spoken = path.includes("@") ? 0.6 : 1;
    const score = (place.known * 2 + repeats + place.early * 0.5 + (named === 1 && units.length <= 2 ? 0.5 : 0)) * spoken;
    if (place.alone > 0 && (place.known > 0 || repeats * 3 >= named || units.length <= 2)) place.early += place.alone;
    // What stands beside or under every row ("WhatsApp 10:31") is no name.
    if (repeats * 3 >= named && (distinct > 1 || named < units.length * 0.8)) place.early += place.under;
    if (place.known > 0 || place.early >= named * 0.6) scored.push({ path, place, stray: place.known === 0 && repeats === 0, score: score / Math.max(1, place.seen) + named / Math.max(1, units.length) });
  }
  scored.sort((left, right) => right.score - left.score);
  const tellsMore = (/** @type {NamePlace} */ better, /** @type {NamePlace} */ place) => better.known > 0 || better.rows.size >= place.rows.size * 2 || (better.timed > 0 && place.timed === 0);
  /** Words in bold, in a row or two whose writer stands where the other rows' do, or with the time. @param {typeof scored[0]} one */
  const isStray = ({ place, stray }) => stray && scored.some((better) => better.place !== place && tellsMore(better.place, place) && [...place.rows].every((row) => better.place.rows.has(row)));
  return scored.filter((one) => !isStray(one)).slice(0, MOST_PLACES).map(({ path }) => path);
}

/**
 * By path, what stands where names do. A row that is the only one of its kind teaches none, nor does a place with several in one row.
 * @param {Unit[]} units @param {Set<string>} repeated @param {{ subject: string | null, known: Person[] }} facts @returns {Map<string, NamePlace>}
 */
function namePlaces(units, repeated, facts) {
  const knownAliases = new Set(facts.known.flatMap((person) => person.aliases));
  /** @type {Map<string, boolean>} */
  const known = new Map();
  const isKnown = (/** @type {Person} */ person, /** @type {string} */ value) => {
    if (!known.has(value)) known.set(value, facts.known.some((other) => samePerson(other, person)));
    return known.get(value) === true;
  };
  /** @type {Map<string, NamePlace>} */
  const places = new Map();
  const kinds = units.map(({ element }) => pathStep(element, 0));
  units.forEach((unit, row) => {
    const kind = kinds[row] ?? "";
    const isAlone = units.length > 3 && kinds.indexOf(kind) === kinds.lastIndexOf(kind);
    let longestAt = unit.runs.length, longest = 0;
    const filledIn = formRuns(unit.runs);
    /** @type {Map<string, Set<string>>} */
    const shown = new Map();
    unit.runs.forEach((run, at) => {
      if (run.kind !== "free") return;
      shown.set(run.place, (shown.get(run.place) ?? new Set()).add(run.text));
      if (run.text.length > longest && !repeated.has(repeatKey(run))) [longestAt, longest] = [at, run.text.length];
    });
    unit.runs.forEach((run, at) => {
      const value = run.text === facts.subject || filledIn.has(run) || isOfText(run, unit.runs) || isTicketTitle(run, unit.runs, knownAliases) ? null : authorValue(run, knownAliases);
      if (value === null && run.kind !== "free") return;
      const place = places.get(run.place) ?? { names: [], rows: new Set(), seen: 0, known: 0, early: 0, alone: 0, under: 0, timed: 0 };
      const shownPerson = value === null ? null : parsePerson(value);
      if (value !== null && isAlone && !(shownPerson && isKnown(shownPerson, value))) return;
      place.seen++;
      const person = (shown.get(run.place)?.size ?? 0) > 1 ? null : shownPerson;
      if (person && value !== null) {
        place.names.push(person.name ?? person.email ?? value);
        place.rows.add(row);
        if (isKnown(person, value)) place.known++;
        const withTime = unit.runs.filter((other) => other.kind === "free").length === 1 && unit.runs.some((other) => other.kind === "time");
        const timed = standsWithTime(unit.runs, run);
        if (timed) place.timed++;
        if (at < longestAt || unit.headerOnly || AUTHORED_LEAD.test(run.text) || (timed && standsByRole(unit.runs, run))) place.early++;
        else if (withTime) place.alone++;
        else if (timed || run.heading || profileAlias(run.owner) !== null) place.under++;
      }
      places.set(run.place, place);
    });
  });
  return places;
}

/** Words set as code, one of several points, one of several titles, or a line with a colon right over the points it leads to. @param {TextRun} run @param {TextRun[]} runs of its row */
function isOfText({ kind, owner, text, chain }, runs) {
  if (kind !== "free") return false;
  const points = chain.findLast(({ tagName }) => /^[OU]L$/.test(tagName));
  const inside = runs.filter((other) => points?.contains(other.owner) && other.kind !== "attribute");
  let at = owner;
  while (at.nextElementSibling === null && at.parentElement && (at.parentElement.textContent ?? "").trim() === text) at = at.parentElement;
  const leads = /[:：]$/.test(text) && /^[OU]L$/.test(at.nextElementSibling?.tagName ?? "") && (at.nextSibling === at.nextElementSibling || (at.nextSibling?.textContent ?? "").trim() === "");
  const title = owner.closest("h1, h2, h3, h4, h5, h6");
  const titles = title !== null && runs.some((other) => other.kind === "free" && (other.owner.closest(title.tagName) ?? title) !== title);
  return leads || titles || owner.closest("code, kbd, samp") !== null || (inside.length > 1 && inside.every((other) => other.kind === "free"));
}

/**
 * Right before or after a time, badges aside, in a box that holds no other words.
 * @param {TextRun[]} runs @param {TextRun} name
 */
function standsWithTime(runs, name) {
  const shown = runs.filter((run) => !/^(?:attribute|badge)$/.test(run.kind) || run === name), at = shown.indexOf(name);
  if (shown[at - 1]?.kind !== "time" && shown[at + 1]?.kind !== "time") return false;
  let box = /** @type {Element | null} */ (name.owner);
  while (box && (box.textContent ?? "").trim() === name.text) box = box.parentElement;
  const inside = shown.filter((run) => box?.contains(run.owner));
  const place = inside.indexOf(name);
  return inside.every((run) => run === name || run.kind !== "free") && (inside[place - 1]?.kind === "time" || inside[place + 1]?.kind === "time");
}

/** A word for a role follows the name in its box. @param {TextRun[]} runs @param {TextRun} name */
function standsByRole(runs, name) {
  const next = runs.slice(runs.indexOf(name) + 1).find(({ kind }) => kind !== "attribute");
  return next?.kind === "badge" && name.owner.contains(next.owner);
}

/** What a ticket is about stands over its fields, in one row with them; nobody is called so. @param {TextRun} run @param {TextRun[]} runs of its row @param {Set<string>} known aliases */
export function isTicketTitle(run, runs, known) {
  return run.heading && !known.has(fold(run.text)) && runs.filter((other) => isTicketField(other.text)).length > 1;
}

/**
 * The name a run may show as author, or null. Whom the page names elsewhere is one however they are called.
 * @param {TextRun} run @param {Set<string>} [known] aliases
 */
export function authorValue(run, known) {
  if (run.kind === "free" && known?.has(fold(run.text))) return run.text;
  if (run.kind === "badge" || run.kind === "time" || run.kind === "status" || run.kind === "action" || NO_WORDS.has(run.kind) || ACTION_WORDS.test(run.text)) return null;
  if (run.kind === "free" && SELF_WORDS.test(run.text)) return run.text;
  if (run.kind === "header") {
    if (run.head !== "from") return null;
    return (splitHead(run.text)?.value ?? run.text).split(NEXT_HEAD)[0] || null;
  }
  const received = /\bfrom\s+(\S+@\S+\.\w+)$/i.exec(run.text);
  if (received) return received[1] ?? null;
  const cleaned = run.text.replace(/^[·•|\-–—\s,]+|\s*[·•|,:：]\s*$/g, "").replace(/\s*(?:says?|said|wrote|commented|replied|说|写道|(?:回复|评论|发表|发布|提交|写)[于在]?)\s*$/i, "").replace(AUTHORED_LEAD, "");
  if (FIELD_NAME.test(cleaned) || FIELD_TAIL_ZH.test(cleaned) || FIELD_VALUE.test(cleaned) || isSectionHeading(cleaned) || TICKET_LABEL.test(cleaned) || CUSTOMER_SECTION.test(cleaned) || (isBadgeWord(cleaned) && !/^(?:me|you|我)$/i.test(cleaned)) || isEventLeft(cleaned)) return null;
  if (run.kind === "attribute") {
    const shown = (run.owner.textContent ?? "").trim(), labelled = /@aria-label$/.test(run.path) ? writerInLabel(cleaned) : null;
    if (labelled !== null) return labelled;
    if (!/@(?:aria-label|alt|title)$/.test(run.path) || (run.owner.tagName !== "IMG" && (shown.length > 3 || shown === run.text))) return null;
    const person = parsePerson(cleaned);
    return person && isNameLike(person.name ?? person.email ?? "") && cleaned.length < 60 && /^(?:IMG|SPAN|DIV|A|FIGURE|LI|ARTICLE)$/.test(run.owner.tagName) && !/[.!?。]$/.test(cleaned) && !isFileText(cleaned) && !isReader(run.owner) ? cleaned : null;
  }
  return isNameLike(cleaned) ? cleaned : null;
}

/** A face smaller than a writer's: who has read it. What is kept for screen readers alone is smaller still. @param {Element} face */
function isReader(face) {
  const { width, height } = face.getBoundingClientRect();
  return Math.min(width, height) > READ_PX.least && Math.max(width, height) < READ_PX.most;
}

/** It is labelled with who said it. @param {TextRun} run */
export function saysWriter(run) {
  return run.kind === "attribute" && /@aria-label$/.test(run.path) && writerInLabel(run.text) !== null;
}

const SAID_BY = /^(?:said|sent|written|posted) (?:by|from)\s+/i, SAID_BEHIND = /\s+(?:at|于|在)(?:\s*(?:发送|说|发表))?$|\s+(?:发送|说|发表)$/i;

/** "Marta Kowalska at 11:17 PM", "said by Marta Kowalska at 11:17 PM", "Chat message from Marta Kowalska". @param {string} label @returns {string | null} */
function writerInLabel(label) {
  const name = splitTime(label)?.rest.replace(SAID_BY, "").replace(SAID_BEHIND, "") ?? MESSAGE_FROM.exec(label)?.[1] ?? "";
  return name !== "" && isNameLike(name) && parsePerson(name)?.name ? name : null;
}

/**
 * The labels of a form that was sent as a message, and what stands beside them or in the second of two cells: name and address are theirs to say.
 * @param {TextRun[]} runs of a row
 */
export function formRuns(runs) {
  const frees = runs.filter((run) => run.kind === "free" && !run.spoken);
  const rowOf = (/** @type {TextRun} */ run) => run.chain.findLast((element) => element.tagName === "TR" && /** @type {HTMLTableRowElement} */ (element).cells.length === 2);
  const labels = frees.filter((run) => LABEL_ALONE.test(run.text) || rowOf(run)?.firstElementChild?.contains(run.owner));
  if (labels.length < LEAST_LABELLED) return new Set();
  return new Set(frees.filter((run, at) => labels.includes(run) || labels.includes(/** @type {TextRun} */ (frees[at - 1])) || rowOf(run) !== undefined));
}
