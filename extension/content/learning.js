// @ts-check
/**
 * Owns what the rows of one list have in common: it compares them and learns where their bodies stand; where their writers' names do, authors.js.
 * Reads no single row as a message; that is bodies.js.
 */
import { authorValue, formRuns, learnAuthorPaths } from "./authors.js";
import { headPart } from "./message_labels.js";
import { fold, parsePerson } from "./people.js";
import { isBadgeWord, NO_WORDS, pathStep, repeatKey } from "./runs.js";
import { isEventLeft, isSystemLine } from "./system_lines.js";
import { isNameLike, saidLength } from "./text.js";
import { FIELD_NAME, FIELD_TAIL_ZH, isTicketField } from "./words.js";

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
const PREFIXED = /^([^:：\n]{1,30}?)\s*[:：]\s*(\S[\s\S]*)$/;
const PATH_LENGTH_CAP = 300;
const META_COST = 25;
/** What a header's price still counts for where the words alone reach the cap. */
const CAPPED_COST = 0.01;
const ADDRESS_ALONE = /^[<＜(（]?[\w.+-]+@[\w-]+(?:\.[\w-]+)+[>＞)）]?$/;
/** Of the rows that say sentences. */
const PLACE_SHARE = 0.15;

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
  const saysSentence = (/** @type {TextRun} */ { kind, spoken, text }) => kind === "free" && !spoken && isSentence(text) && !isSystemLine(text) && !isEventLeft(text);
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
