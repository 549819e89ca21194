// @ts-check
/**
 * Owns the split of units into header and body: it compares the rows of one list and learns where bodies, authors and times stand.
 * Yields drafts of messages; who is customer and who is agent is decided in roles.js.
 */
import { composedParent, styleOf } from "./dom.js";
import { bodyText, isNameLike, tidyText } from "./text.js";
import { parseTime, timeInside } from "./times.js";
import { fold, parsePerson } from "./people.js";
import { isBadgeWord } from "./runs.js";
import { OWNER_LABEL, REQUESTER_LABEL, SYSTEM_LINE, TICKET_LABEL } from "./words.js";

/**
 * @typedef {import("./runs.js").TextRun} TextRun
 * @typedef {import("./people.js").Person} Person
 * @typedef {object} Unit
 * @property {Element} element
 * @property {TextRun[]} runs
 * @property {"left" | "right"} [side] where its bubble stands, when the list has two sides
 * @property {string} [surface] colour of its bubble
 * @property {{ model: ListModel, key: string, draft: Draft }} [drafted] the draft as read, for rows that did not change
 * @property {string} [id] what the page calls it, "" when nothing
 * @property {number | null} [day_ms] a day line's date; undefined when not looked at
 * @property {{ width: number, left: number, right: number }} [box] its bubble's distance to the list's edges
 * @property {boolean} headerOnly stands outside the inner list of a group: names and times for the rows after it
 * @typedef {object} ListModel
 * @property {string[]} bodyPaths best first
 * @property {string[]} authorPaths best first
 * @property {Set<string>} chromePaths seen beside a body, never in it
 * @typedef {object} Draft
 * @property {Unit} unit
 * @property {Element[]} bodies
 * @property {string} text
 * @property {Person | null} author
 * @property {string | null} authorText
 * @property {number | null} sent_at_ms
 * @property {string} timeText
 * @property {string[]} badges words beside the body that name a role, attributes included
 * @property {string} header all words beside the body
 * @property {boolean} system
 * @property {boolean} marked carries a sign of being one message: time, author, picture, id or bubble
 */

const SAMPLE = 240;
const PATH_LENGTH_CAP = 300;
const META_COST = 25;
const FIRST_PERSON = /^(?:i|i'm|i've|we|we've|you|your|my|please|hi|hello|我|您|你|请|亲)\b|[?？]$|\b(?:i|we) (?:have|will|am|can|would)\b|^[我您你请亲]|[我您你]/i;

/**
 * @param {Unit[]} units
 * @param {{ subject: string | null, known: Person[] }} facts
 * @returns {ListModel}
 */
export function learnList(units, facts) {
  const sample = units.length > SAMPLE ? units.filter((_, at) => at < SAMPLE / 2 || at >= units.length - SAMPLE / 2) : units;
  const repeated = repeatedRuns(sample);
  const authorPaths = learnAuthorPaths(sample, facts);
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
    for (const at of covered) for (const run of sample[at]?.runs ?? []) for (const path of ["", ...run.prefixes]) if (!path.startsWith(best) && !best.startsWith(path)) chromePaths.add(path);
  }
  return { bodyPaths, authorPaths, chromePaths };
}

/** @param {TextRun} run */
function repeatKey(run) {
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
 * Places where rows show names: short, name-like, before the longest run, few different values or known ones.
 * @param {Unit[]} units @param {{ subject: string | null, known: Person[] }} facts
 */
function learnAuthorPaths(units, facts) {
  const knownAliases = new Set(facts.known.flatMap((person) => person.aliases));
  /** @type {Map<string, { names: string[], seen: number, known: number, early: number, alone: number }>} */
  const places = new Map();
  for (const unit of units) {
    const longest = Math.max(0, ...unit.runs.filter((run) => run.kind === "free").map((run) => run.text.length));
    let longestAt = unit.runs.findIndex((run) => run.kind === "free" && run.text.length === longest);
    if (longestAt < 0) longestAt = unit.runs.length;
    unit.runs.forEach((run, at) => {
      const value = run.text === facts.subject ? null : authorValue(run);
      if (value === null && run.kind !== "free") return;
      const place = places.get(run.path) ?? { names: [], seen: 0, known: 0, early: 0, alone: 0 };
      place.seen++;
      const person = value === null ? null : parsePerson(value);
      if (person && value !== null) {
        place.names.push(person.name ?? person.email ?? value);
        if (person.aliases.some((alias) => knownAliases.has(alias))) place.known++;
        const alone = unit.runs.filter((other) => other.kind === "free").length === 1 && unit.runs.some((other) => other.kind === "time");
        if (at < longestAt || unit.headerOnly) place.early++;
        else if (alone) place.alone++;
      }
      places.set(run.path, place);
    });
  }
  const scored = [];
  for (const [path, place] of places) {
    const named = place.names.length;
    if (named === 0 || named < place.seen * 0.8) continue;
    const distinct = new Set(place.names).size;
    const repeats = named - distinct;
    const spoken = path.includes("@") ? 0.6 : 1;
    const score = (place.known * 2 + repeats + place.early * 0.5 + (named === 1 && units.length <= 2 ? 0.5 : 0)) * spoken;
    if (place.alone > 0 && (place.known > 0 || repeats >= named * 0.4)) place.early += place.alone;
    if (place.known > 0 || place.early >= named * 0.6) scored.push({ path, score: score / Math.max(1, place.seen) + named / Math.max(1, units.length) });
  }
  return scored.sort((left, right) => right.score - left.score).slice(0, 6).map((place) => place.path);
}

/**
 * The name a run may show as author, or null.
 * @param {TextRun} run
 */
function authorValue(run) {
  if (run.kind === "badge" || run.kind === "time" || run.kind === "status" || run.kind === "action" || run.kind === "quote") return null;
  if (run.kind === "header") {
    if (!/^(?:from|sender|发件人|寄件人)/.test(run.label)) return null;
    const value = run.text.replace(/^(?:from|sender|发件人|寄件人)\s*[:：]\s*/i, "");
    return value === "" ? null : value;
  }
  const received = /\bfrom\s+(\S+@\S+\.\w+)$/i.exec(run.text);
  if (received) return received[1] ?? null;
  const cleaned = run.text.replace(/^[·•|\-–—\s,]+|\s*[·•|,:：]\s*$/g, "").replace(/\s*(?:says?|said|wrote|commented|replied|说|回复|写道)\s*$/i, "");
  if (isBadgeWord(cleaned) && !/^(?:me|you|我)$/i.test(cleaned)) return null;
  if (run.kind === "attribute") {
    if (!/@(?:aria-label|alt|title)$/.test(run.path) || (run.owner.tagName !== "IMG" && (run.owner.textContent ?? "").trim().length > 3)) return null;
    const person = parsePerson(cleaned);
    return person && isNameLike(person.name ?? person.email ?? "") && cleaned.length < 60 && /^(?:IMG|SPAN|DIV|A|FIGURE|LI|ARTICLE)$/.test(run.owner.tagName) && !/[.!?。]$/.test(cleaned) ? cleaned : null;
  }
  return isNameLike(cleaned) ? cleaned : null;
}

/**
 * What each path would gain as body of this unit: free text under it, less a price for header text under it.
 * @param {Unit} unit @param {Set<string>} repeated @param {string[]} authorPaths @param {{ subject: string | null, known: Person[] }} facts
 */
function unitGains(unit, repeated, authorPaths, facts) {
  /** @type {Map<string, number>} */
  const gains = new Map();
  if (unit.headerOnly) return gains;
  const knownAliases = new Set(facts.known.flatMap((person) => person.aliases));
  const frees = unit.runs.filter((run) => run.kind === "free" && !run.spoken);
  for (const run of unit.runs) {
    if (run.kind === "attribute" || run.spoken || run.kind === "control" || run.kind === "action" || run.kind === "quote") continue;
    const value = authorValue(run);
    const named = value !== null && (authorPaths.includes(run.path) || (parsePerson(value)?.aliases ?? []).some((alias) => knownAliases.has(alias)));
    const isMeta = run.kind !== "free" || (named && unit.runs.some((other) => other.kind === "time") && authorPaths.includes(run.path)) || (frees.length > 1 && (named || repeated.has(repeatKey(run)) || (facts.subject !== null && run.text === facts.subject)));
    let weight = isMeta ? -(META_COST + run.text.length) : run.text.length;
    if (!isMeta && run.heading && frees.length > 1) weight *= 0.2;
    for (const path of ["", ...run.prefixes]) gains.set(path, (gains.get(path) ?? 0) + weight);
  }
  if (![...gains.values()].some((gain) => gain > 0)) return new Map();
  for (const [path, gain] of gains) gains.set(path, Math.min(gain, PATH_LENGTH_CAP) - path.length * 0.0001);
  return gains;
}

/**
 * @param {Unit} unit @param {ListModel} model @param {{ subject: string | null, known: Person[] }} facts @param {number} now_ms
 * @returns {Draft}
 */
export function draftUnit(unit, model, facts, now_ms) {
  const key = `${facts.subject ?? ""}\u0000${facts.known.length}`;
  if (unit.drafted?.model !== model || unit.drafted.key !== key) unit.drafted = { model, key, draft: readDraft(unit, model, facts, now_ms) };
  const { draft } = unit.drafted;
  return { ...draft, bodies: [...draft.bodies], badges: [...draft.badges] };
}

/**
 * @param {Unit} unit @param {ListModel} model @param {{ subject: string | null, known: Person[] }} facts @param {number} now_ms
 * @returns {Draft}
 */
function readDraft(unit, model, facts, now_ms) {
  const bodies = unit.headerOnly || /^(?:H[1-6]|DT)$/.test(unit.element.tagName) ? [] : bodyElements(unit, model);
  const inBody = (/** @type {TextRun} */ run) => bodies.some((body) => body === unit.element || run.chain.includes(body));
  const header = unit.runs.filter((run) => !inBody(run));
  const inner = unit.runs.filter((run) => inBody(run) && run.kind !== "attribute");
  /** @type {Set<Node>} */
  const without = new Set();
  const knownAuthors = (/** @type {TextRun} */ run) => model.authorPaths.includes(run.path) && authorValue(run) !== null;
  const meta = inner.filter((run) => (run.kind !== "free" && run.kind !== "header" && run.kind !== "quote") || (run.kind === "header" && inner.some((other) => other.kind === "free")) || (knownAuthors(run) && inner.length > 1));
  const solid = inner.filter((run) => !meta.includes(run));
  for (const run of meta) if (solid.length > 0 || run.kind === "control" || run.kind === "action") without.add(run.node);
  const onlyHeader = solid.length > 0 && solid.every((run) => run.kind === "header") && /[:：]$/.test(solid[0]?.text ?? "");
  const text = onlyHeader ? "" : tidyText(bodies.map((body) => bodyText(body, without)).filter((part) => part !== "").join("\n"));
  const named = facts.known.find((person) => person.aliases.includes(fold(text)));
  const beside = onlyHeader ? [...header, ...inner] : solid.length > 0 ? [...header, ...meta] : header;
  const author = pickAuthor(beside, model, facts);
  const time = pickTime(beside, unit, now_ms);
  const badges = beside.filter((run) => run.kind === "badge" || (run.kind === "attribute" && isBadgeWord(run.text))).map((run) => run.text);
  const words = beside.filter((run) => run.kind !== "attribute" && run.kind !== "time" && run.kind !== "control").map((run) => run.text).join(" ");
  const hasPicture = unit.runs.some((run) => run.kind === "attribute" && run.owner.tagName === "IMG");
  const line = unit.runs.filter((run) => run.kind !== "attribute" && !run.spoken && run.kind !== "control").map((run) => run.text).join(" ");
  const saysSystem = (/** @type {string} */ words) => words.length < 160 && !FIRST_PERSON.test(words) && SYSTEM_LINE.test(words.replace(/\s+/g, " "));
  const system = text !== "" && badges.length === 0 && ((author.person === null && saysSystem(text)) || (text.length < line.length * 0.75 && text.length < 60 && saysSystem(line)));
  const firstWords = unit.runs.find((run) => run.kind !== "attribute")?.text ?? "";
  const isField = TICKET_LABEL.test(firstWords) || REQUESTER_LABEL.test(firstWords) || OWNER_LABEL.test(firstWords);
  if (isField && time.text === "") return { unit, bodies, text, author: null, authorText: null, sent_at_ms: null, timeText: "", badges: [], header: words, system: false, marked: false };
  if (named && text !== "") return { unit, bodies, text: "", author: named, authorText: named.name ?? text, sent_at_ms: time.value, timeText: time.text, badges, header: words, system: false, marked: true };
  return {
    unit, bodies, text, author: author.person, authorText: author.text, sent_at_ms: time.value, timeText: time.text, badges, header: words, system,
    marked: time.text !== "" || author.person !== null || hasPicture || badges.length > 0 || unitId(unit.element) !== null || isBubble(bodies[0], unit.element),
  };
}

/** @param {Unit} unit @param {ListModel} model */
function bodyElements(unit, model) {
  for (const path of model.bodyPaths) {
    if (path === "") {
      const chromeOnly = unit.runs.every((run) => run.kind !== "free" || (run.path !== "" && model.chromePaths.has(run.path)));
      if (!chromeOnly) return [unit.element];
      continue;
    }
    /** @type {Set<Element>} */
    const found = new Set();
    for (const run of unit.runs) {
      const at = run.prefixes.indexOf(path);
      if (at >= 0 && run.kind !== "attribute") found.add(/** @type {Element} */ (run.chain[at]));
    }
    if (found.size > 0) return [...found];
  }
  const loose = unit.runs.filter((run) => run.kind === "free" && !run.spoken && !run.prefixes.some((path) => model.chromePaths.has(path)));
  const owners = [...new Set(loose.map((run) => run.owner))];
  const whole = owners.length === 1 && owners[0] === unit.element;
  return whole ? owners : owners.filter((owner) => owner !== unit.element || loose.length === 1);
}

/** @param {TextRun[]} runs @param {ListModel} model @param {{ subject: string | null, known: Person[] }} facts */
function pickAuthor(runs, model, facts) {
  const knownAliases = new Set(facts.known.flatMap((person) => person.aliases));
  /** @type {{ person: Person | null, text: string | null, score: number, run: TextRun | null }} */
  let best = { person: null, text: null, score: 0, run: null };
  runs.forEach((run, at) => {
    const value = authorValue(run);
    const person = value === null ? null : parsePerson(value);
    if (!person || value === null || (facts.subject !== null && value === facts.subject)) return;
    const place = model.authorPaths.indexOf(run.path);
    let score = place >= 0 ? 3 - place * 0.25 : 0;
    if (person.aliases.some((alias) => knownAliases.has(alias))) score += 2.5;
    if (run.kind === "header") score += 2.5;
    if (person.name === null && person.email === null) score *= 0.4;
    if (person.email) score += 0.5;
    if (run.kind === "attribute") score *= 0.5;
    if (run.kind === "control") score *= place >= 0 || score > 2 ? 0.8 : 0;
    if (score > 0) score -= at * 0.01;
    if (score > best.score) best = { person, text: person.name ?? person.email ?? person.handle, score, run };
  });
  if (best.person && best.run && (best.person.name === null || best.person.email === null)) joinNeighbour(best, runs);
  const handle = best.person && best.person.handle === null ? runs.find((run) => run.kind === "free" && /^@[\w.-]{2,40}$/.test(run.text)) : undefined;
  if (handle && best.person) best.person = { ...best.person, handle: handle.text, aliases: [...best.person.aliases, handle.text.toLowerCase(), handle.text.slice(1).toLowerCase()] };
  return best;
}

/**
 * "Marta" and "<marta@…>" in two elements side by side are one person.
 * @param {{ person: Person | null, text: string | null, run: TextRun | null }} best @param {TextRun[]} runs
 */
function joinNeighbour(best, runs) {
  const { person, run } = best;
  if (!person || !run) return;
  const near = runs.find((other) => {
    if (other === run || (other.kind !== "free" && other.kind !== run.kind) || (other.owner !== run.owner && other.owner.parentElement !== run.owner.parentElement)) return false;
    return person.name === null ? isNameLike(other.text) && !/@/.test(other.text) : /^[<(]?[\w.+-]+@[\w-]+(?:\.[\w-]+)+[>)]?$/.test(other.text);
  });
  const more = near ? parsePerson(near.text) : null;
  if (!more) return;
  best.person = { name: person.name ?? more.name, email: person.email ?? more.email, handle: person.handle ?? more.handle, aliases: [...new Set([...person.aliases, ...more.aliases])] };
  best.text = best.person.name ?? best.text;
}

/** @param {TextRun[]} runs @param {Unit} unit @param {number} now_ms */
function pickTime(runs, unit, now_ms) {
  const times = runs.filter((run) => run.kind === "time" && !run.spoken);
  const exact = times.find((run) => run.time_ms !== null);
  if (exact) return { value: exact.time_ms, text: exact.text };
  for (const element of [unit.element, ...(unit.element.firstElementChild ? [unit.element.firstElementChild] : [])]) {
    for (const attribute of element.attributes) {
      if (!/^data-.*(?:time|date|stamp|sent|created)/.test(attribute.name)) continue;
      const value = parseTime(attribute.value, now_ms);
      if (value !== null) return { value, text: times[0]?.text ?? attribute.value };
    }
  }
  const first = times[0];
  if (first) {
    const joined = times.filter((run) => run.owner === first.owner).map((run) => run.text).join(" ");
    return { value: parseTime(joined, now_ms) ?? parseTime(first.text, now_ms), text: first.text };
  }
  const dated = runs.find((run) => run.kind === "header" && /^(?:date|sent|received|日期|时间|发送时间)/.test(run.label) && parseTime(run.text.replace(/^\D{0,8}[:：]/, ""), now_ms) !== null);
  if (dated) return { value: parseTime(dated.text.replace(/^\D{0,8}[:：]/, ""), now_ms), text: dated.text };
  for (const run of runs) {
    const inside = run.kind === "free" || run.kind === "header" ? timeInside(run.text) : null;
    if (inside !== null) return { value: parseTime(inside, now_ms), text: inside };
  }
  return { value: null, text: "" };
}

const ID_ATTRIBUTE = /^(?:data-(?:[\w-]*-)?(?:id|msgid|mid|message|messageid|uid|uuid|guid|key|eventid)|id|name)$/;
const VOLATILE_ID = /^(?::r|ember|react|mui|radix|headlessui|ext-gen|yui|cke|tippy|popper|gwt|__|\d{1,2}$)/i;

/**
 * The identity the page itself gives to a row: a data-…id, an id or an anchor's name with a number in it. Null where there is none.
 * @param {Element} unit
 * @returns {string | null}
 */
export function unitId(unit) {
  /** @type {Element[]} */
  const places = [unit];
  for (let at = unit.firstElementChild, depth = 0; at && depth < 2; at = at.firstElementChild, depth++) places.push(at);
  for (const element of places) {
    const own = [...element.attributes].filter((attribute) => ID_ATTRIBUTE.test(attribute.name)).sort((left, right) => Number(right.name.startsWith("data-")) - Number(left.name.startsWith("data-")));
    for (const { name, value } of own) {
      if (value.length >= 1 && value.length <= 120 && /\d/.test(value) && !VOLATILE_ID.test(name === "id" || name === "name" ? value : `x${value}`) && !/user|author|avatar|reactroot|testid/.test(name)) return value;
    }
    if (element !== unit && unit.childElementCount > 1 && element.parentElement === unit) break;
  }
  return null;
}

/**
 * Whether a body stands on a surface of its own: another background or a border with rounded corners.
 * @param {Element | undefined} body @param {Element} unit
 */
export function isBubble(body, unit) {
  return body !== undefined && bubbleSurface(body, unit) !== "";
}

/**
 * The innermost element of a single chain: the bubble where the body is only its row.
 * @param {Element} body
 */
export function coreOf(body) {
  let at = body;
  for (let depth = 0; depth < 5; depth++) {
    const only = at.firstElementChild;
    if (!only || at.childElementCount !== 1 || [...at.childNodes].some((node) => node.nodeType === 3 && (node.nodeValue ?? "").trim() !== "")) break;
    at = only;
  }
  return at;
}

/**
 * The colour of the surface a body stands on between itself and its unit ("" when it is the page's).
 * @param {Element} body @param {Element} unit
 */
export function bubbleSurface(body, unit) {
  for (let at = /** @type {Element | null} */ (coreOf(body)); at; at = at === unit ? null : composedParent(at)) {
    const style = styleOf(at);
    const filled = style.backgroundColor !== "rgba(0, 0, 0, 0)" && style.backgroundColor !== "transparent";
    if (filled) return style.backgroundColor;
    if (style.borderTopStyle !== "none" && parseFloat(style.borderTopLeftRadius) > 3 && parseFloat(style.borderTopWidth) > 0) return `border ${style.borderTopColor}`;
  }
  return "";
}
