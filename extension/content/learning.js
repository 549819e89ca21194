// @ts-check
/**
 * Owns what the rows of one list have in common: it compares them and learns where their bodies and authors stand.
 * Reads no single row as a message; that is bodies.js.
 */
import { isFileText } from "./attachments.js";
import { headPart, splitHead } from "./message_labels.js";
import { fold, parsePerson, profileAlias, samePerson } from "./people.js";
import { isBadgeWord, pathStep } from "./runs.js";
import { isEventLeft, isSystemLine } from "./system_lines.js";
import { isNameLike, saidLength } from "./text.js";
import { splitTime } from "./times.js";
import { ACTION_WORDS, AUTHORED_LEAD, CUSTOMER_SECTION, FIELD_NAME, FIELD_TAIL_ZH, FIELD_VALUE, SELF_WORDS, TICKET_LABEL, isTicketField } from "./words.js";

/**
 * @typedef {import("./runs.js").TextRun} TextRun
 * @typedef {import("./people.js").Person} Person
 * @typedef {import("./bodies.js").Unit} Unit
 * @typedef {object} ListModel
 * @property {string[]} bodyPaths best first
 * @property {string[]} authorPaths places of runs, best first
 * @property {Set<string>} chromePaths seen beside a body, never in it
 * @property {Set<string>} repeated what many rows say at the same place, by `repeatKey`
 * @property {Set<string>} places where rows say sentences: what stands there is said, however it looks
 * @property {Set<string>} prefixes names that stand before what is said, in the same text: "Marta: …"
 * @property {Set<string>} speakers words that begin several rows and name a role: who speaks, not the label of a field
 */

const SAMPLE = 240;
/** Rows that begin with a name and a colon. */
const LEAST_PREFIXED = 3;
/** What begins a line and names nobody. */
const ASIDE = /^(?:question|answer|note|p\.?s\.?|edit|update|fyi|re|re: .*|subject|提问|问题|回答|注|备注|附|补充|更新|编辑)$/i;
/** A form has as many labels. */
const LEAST_LABELLED = 3, LABEL_ALONE = /^.{1,24}[:：]$/;
const PREFIXED = /^([^:：\n]{1,30}?)\s*[:：]\s*(\S[\s\S]*)$/;
/** Marks of who has read a message are so large, px. */
const READ_PX = { least: 4, most: 20 };
const PATH_LENGTH_CAP = 300;
const META_COST = 25;
/** What a header's price still counts for where the words alone reach the cap. */
const CAPPED_COST = 0.01;
/** Where a mail's head stands in one text, what follows the sender. */
const NEXT_HEAD = /\s(?=(?:to|cc|date|subject|sent)\s*:)/i;
const MESSAGE_FROM = /^(?:chat |new )?(?:message|reply|comment) (?:from|by) (.{1,60})$/i;
const ADDRESS_ALONE = /^[<＜(（]?[\w.+-]+@[\w-]+(?:\.[\w-]+)+[>＞)）]?$/;
/** Of the rows that say sentences. */
const PLACE_SHARE = 0.15;
/** Kinds that are neither a message's words nor a part of its header. @type {Set<import("./runs.js").RunKind>} */
export const NO_WORDS = new Set(["quote", "media", "file", "left_out"]);

/**
 * @param {Unit[]} units
 * @param {{ subject: string | null, known: Person[] }} facts
 * @returns {ListModel}
 */
export function learnList(units, facts) {
  const sample = units.length > SAMPLE ? units.filter((_, at) => at < SAMPLE / 2 || at >= units.length - SAMPLE / 2) : units;
  const repeated = repeatedRuns(sample);
  const authorPaths = learnAuthorPaths(sample, repeated, facts);
  const gains = sample.map((unit) => unitGains(unit, repeated, authorPaths, facts));
  /** @type {string[]} */
  const bodyPaths = [];
  /** @type {Set<string>} */
  const chromePaths = new Set();
  let open = sample.map((_, at) => at);
  for (let round = 0; round < 6 && open.length > 0; round++) {
    /** @type {Map<string, number>} */
    const totals = new Map();
    for (const at of open) for (const [path, gain] of gains[at] ?? []) totals.set(path, (totals.get(path) ?? 0) + gain);
    let best = "", bestGain = 0;
    for (const [path, gain] of totals) {
      if (chromePaths.has(path) || gain <= 0) continue;
      if (gain > bestGain * 1.001 || (gain > bestGain * 0.999 && path.length < best.length)) [best, bestGain] = [path, gain];
    }
    if (bestGain <= 0) break;
    bodyPaths.push(best);
    const covered = open.filter((at) => (gains[at]?.get(best) ?? 0) > 0);
    if (covered.length === 0) break;
    open = open.filter((at) => !covered.includes(at));
    for (const at of covered) {
      const runs = sample[at]?.runs ?? [], alike = new Set(runs.filter((run) => run.kind === "free" && run.prefixes.includes(best)).flatMap((run) => run.prefixes.map(anySibling)));
      // The same place under the next nameless sibling is that of a further bubble.
      for (const run of runs) for (const path of ["", ...run.prefixes]) if (!path.startsWith(best) && !best.startsWith(path) && (anySibling(path) === path || !alike.has(anySibling(path)))) chromePaths.add(path);
    }
  }
  if (bodyPaths.length === 0) bodyPaths.push(...wordiest(sample, repeated, authorPaths));
  return { bodyPaths, authorPaths, chromePaths, repeated, places: learnPlaces(sample, bodyPaths), prefixes: learnPrefixes(sample, facts), speakers: learnSpeakers(sample) };
}

/** A path under nameless siblings, whichever of them it is, where the place itself has a name. @param {string} path */
export function anySibling(path) {
  return path.replace(/\[\d+\](?=.*\.)/g, "[]");
}

/** Where most words stand, where all are so few that their headers outweigh them. @param {Unit[]} units @param {Set<string>} repeated @param {string[]} authorPaths */
function wordiest(units, repeated, authorPaths) {
  /** @type {Map<string, number>} */
  const said = new Map();
  for (const { runs } of units) for (const run of runs) {
    if (run.kind === "free" && !run.spoken && !authorPaths.includes(run.place) && !repeated.has(repeatKey(run))) said.set(run.path, (said.get(run.path) ?? 0) + run.text.length);
  }
  return [...said].sort(([, left], [, right]) => right - left).slice(0, 1).map(([path]) => path);
}

/** @param {Unit[]} units @param {string[]} bodyPaths */
function learnPlaces(units, bodyPaths) {
  const saysSentence = (/** @type {TextRun} */ { kind, spoken, text }) => kind === "free" && !spoken && isSentence(text) && !isSystemLine(text);
  const talking = units.filter(({ headerOnly, runs }) => !headerOnly && runs.some(saysSentence));
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const unit of talking) for (const place of placesInRow(unit, bodyPaths, unit.runs.filter(saysSentence))) counts.set(place, (counts.get(place) ?? 0) + 1);
  const told = units.filter((unit) => isSystemLine(unit.runs.filter(({ kind }) => kind === "free").map(({ text }) => text).join(" "))).flatMap((unit) => [...placesInRow(unit, bodyPaths)]);
  return new Set([...counts].filter(([place, count]) => count >= talking.length * PLACE_SHARE && count >= told.filter((other) => other === place).length).map(([place]) => place));
}

/** @param {string} text */
function isSentence(text) {
  return text.length >= 24 || /[\u3400-\u9fff].{8}/.test(text);
}

/**
 * What kind of row a unit is and where in it the words stand, where either has a name: the body, or each run's own place where the row is all body.
 * @param {Unit} unit @param {string[]} bodyPaths @param {TextRun[]} [runs] those to look at
 * @returns {Set<string>}
 */
export function placesInRow(unit, bodyPaths, runs = unit.runs) {
  const body = bodyPaths.find((path) => path === "" || unit.runs.some((run) => !/^(?:attribute|control)$/.test(run.kind) && run.prefixes.includes(path)));
  const paths = body === undefined ? [] : body !== "" ? [body] : runs.flatMap((run) => (run.kind === "attribute" ? [] : [run.path]));
  return new Set(paths.map((path) => placeOfWords(unit, path)).filter((place) => place.includes(".")));
}

/** A row's own words stand between its children: another kind of child, another place. @param {Unit} unit @param {string} path */
export function placeOfWords({ element }, path) {
  const tags = path === "" ? [...new Set([...element.children].map(({ tagName }) => tagName))].filter((tag) => tag !== "BR" && tag !== "A") : [];
  return `${pathStep(element, 0)}${path}${tags.sort().join()}`;
}

/** The words a row begins with. @param {Unit} unit */
export function firstWords(unit) {
  return unit.runs.find((run) => run.kind !== "attribute")?.text ?? "";
}

/** "Marta: where is it", as one text. @param {string} text @returns {{ name: string, said: string } | null} */
export function splitPrefix(text) {
  const [, name = "", said = ""] = PREFIXED.exec(text) ?? [];
  return name !== "" && isNameLike(name) && !FIELD_NAME.test(name) && !isTicketField(name) && !FIELD_TAIL_ZH.test(name) ? { name, said } : null;
}

/**
 * Most rows begin so, and somebody begins several or is known from the page: then a name that stands once is one, too.
 * @param {Unit[]} units @param {{ known: Person[] }} facts
 */
function learnPrefixes(units, facts) {
  const known = new Set(facts.known.flatMap((person) => person.aliases));
  const spoken = units.map((unit) => unit.runs.filter(({ kind, spoken: hidden }) => kind === "free" && !hidden)).filter((runs) => runs.length > 0);
  const names = spoken.flatMap(([first]) => splitPrefix(first?.text ?? "")?.name ?? []);
  if (names.length < LEAST_PREFIXED || names.length < spoken.length * 0.5) return new Set();
  const speaks = (/** @type {string} */ name) => names.indexOf(name) !== names.lastIndexOf(name) || known.has(fold(name));
  return new Set(names.some(speaks) ? names.filter((name) => speaks(name) || !ASIDE.test(name)) : []);
}

/** @param {Unit[]} units */
function learnSpeakers(units) {
  const begins = units.map(firstWords).filter((words) => isBadgeWord(words.replace(/[\s:：]+$/, "")));
  return new Set(begins.filter((words, at) => begins.indexOf(words) !== at));
}

/** Place and words, figures aside. @param {TextRun} run */
export function repeatKey(run) {
  return `${run.path}\u0000${run.text.replace(/\d+/g, "0")}`;
}

/**
 * Runs that say the same at the same place in many rows ("Emailed:", a subject over every row).
 * @param {Unit[]} units
 */
function repeatedRuns(units) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const unit of units) for (const key of new Set(unit.runs.map(repeatKey))) counts.set(key, (counts.get(key) ?? 0) + 1);
  const needed = Math.max(3, units.length * 0.4);
  return new Set([...counts].filter(([, count]) => count >= needed).map(([key]) => key));
}

/**
 * Places where rows show names: short, name-like, before the longest run or with the time under it, few different values or known ones.
 * A row that is the only one of its kind teaches none, nor does a place with several in one row.
 * @param {Unit[]} units @param {Set<string>} repeated @param {{ subject: string | null, known: Person[] }} facts
 */
function learnAuthorPaths(units, repeated, facts) {
  const knownAliases = new Set(facts.known.flatMap((person) => person.aliases));
  /** @type {Map<string, boolean>} */
  const known = new Map();
  const isKnown = (/** @type {Person} */ person, /** @type {string} */ value) => {
    if (!known.has(value)) known.set(value, facts.known.some((other) => samePerson(other, person)));
    return known.get(value) === true;
  };
  /** @type {Map<string, { names: string[], rows: Set<number>, seen: number, known: number, early: number, alone: number, under: number, timed: number }>} */
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
      const value = run.text === facts.subject || filledIn.has(run) || isOfText(run, unit.runs) ? null : authorValue(run, knownAliases);
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
  /** @type {{ path: string, place: { rows: Set<number>, known: number, timed: number }, stray: boolean, score: number }[]} */
  const scored = [];
  for (const [path, place] of places) {
    const named = place.names.length;
    if (named === 0 || named < place.seen * 0.8) continue;
    const distinct = new Set(place.names).size;
    const repeats = named - distinct;
    const spoken = path.includes("@") ? 0.6 : 1;
    const score = (place.known * 2 + repeats + place.early * 0.5 + (named === 1 && units.length <= 2 ? 0.5 : 0)) * spoken;
    if (place.alone > 0 && (place.known > 0 || repeats * 3 >= named)) place.early += place.alone;
    // What stands beside or under every row ("WhatsApp 10:31") is no name.
    if (repeats * 3 >= named && (distinct > 1 || named < units.length * 0.8)) place.early += place.under;
    if (place.known > 0 || place.early >= named * 0.6) scored.push({ path, place, stray: place.known === 0 && repeats === 0, score: score / Math.max(1, place.seen) + named / Math.max(1, units.length) });
  }
  scored.sort((left, right) => right.score - left.score);
  /** Words in bold or set as code, in a row or two whose writer stands where the other rows' do. @param {typeof scored[0]} one */
  const isStray = ({ place, stray }) => stray && scored.some((better) => better.place !== place && (better.place.known > 0 || better.place.rows.size >= place.rows.size * 2 || (better.place.timed > 0 && place.timed === 0)) && [...place.rows].every((row) => better.place.rows.has(row)));
  return scored.filter((one) => !isStray(one)).slice(0, 6).map(({ path }) => path);
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
  if (FIELD_NAME.test(cleaned) || FIELD_TAIL_ZH.test(cleaned) || FIELD_VALUE.test(cleaned) || TICKET_LABEL.test(cleaned) || CUSTOMER_SECTION.test(cleaned) || (isBadgeWord(cleaned) && !/^(?:me|you|我)$/i.test(cleaned)) || isEventLeft(cleaned)) return null;
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

/** "Marta Kowalska at 11:17 PM", "Chat message from Marta Kowalska". @param {string} label @returns {string | null} */
function writerInLabel(label) {
  const name = splitTime(label)?.rest ?? MESSAGE_FROM.exec(label)?.[1] ?? "";
  return name !== "" && isNameLike(name) && parsePerson(name)?.name ? name : null;
}

/**
 * The labels of a form that was sent as a message, and what stands beside them or in the second of two cells: name and address are theirs to say.
 * @param {TextRun[]} runs of a row
 */
function formRuns(runs) {
  const frees = runs.filter((run) => run.kind === "free" && !run.spoken);
  const rowOf = (/** @type {TextRun} */ run) => run.chain.findLast((element) => element.tagName === "TR" && /** @type {HTMLTableRowElement} */ (element).cells.length === 2);
  const labels = frees.filter((run) => LABEL_ALONE.test(run.text) || rowOf(run)?.firstElementChild?.contains(run.owner));
  if (labels.length < LEAST_LABELLED) return new Set();
  return new Set(frees.filter((run, at) => labels.includes(run) || labels.includes(/** @type {TextRun} */ (frees[at - 1])) || rowOf(run) !== undefined));
}

/**
 * What each path would gain as body of this unit: free text under it, less a price for header text under it.
 * @param {Unit} unit @param {Set<string>} repeated @param {string[]} authorPaths @param {{ subject: string | null, known: Person[] }} facts
 */
function unitGains(unit, repeated, authorPaths, facts) {
  /** @type {Map<string, number>} */
  const gains = new Map(), costs = new Map();
  if (unit.headerOnly) return gains;
  const knownAliases = new Set(facts.known.flatMap((person) => person.aliases));
  const frees = unit.runs.filter((run) => run.kind === "free" && !run.spoken);
  const filledIn = formRuns(unit.runs);
  for (const run of unit.runs) {
    if (run.kind === "attribute" || run.spoken || run.kind === "control" || run.kind === "action" || NO_WORDS.has(run.kind)) continue;
    const value = authorValue(run, knownAliases);
    const named = value !== null && (authorPaths.includes(run.place) || (parsePerson(value)?.aliases ?? []).some((alias) => knownAliases.has(alias)));
    const isMeta = run.kind !== "free" || (named && unit.runs.some((other) => other.kind === "time") && authorPaths.includes(run.place)) || (frees.length > 1 && ((!filledIn.has(run) && (named || ADDRESS_ALONE.test(run.text))) || headPart(run.text) !== null || repeated.has(repeatKey(run)) || (facts.subject !== null && run.text === facts.subject)));
    let weight = isMeta ? -(META_COST + run.text.length) : saidLength(run.text);
    if (!isMeta && run.heading && frees.length > 1) weight *= 0.2;
    for (const path of ["", ...run.prefixes]) {
      gains.set(path, (gains.get(path) ?? 0) + weight);
      if (weight < 0) costs.set(path, (costs.get(path) ?? 0) - weight);
    }
  }
  if (![...gains.values()].some((gain) => gain > 0)) return new Map();
  // Long rows all reach the cap: of two paths the one with less header under it is the body.
  for (const [path, gain] of gains) gains.set(path, Math.min(gain, PATH_LENGTH_CAP) - (costs.get(path) ?? 0) * CAPPED_COST - path.length * 0.0001);
  return gains;
}
