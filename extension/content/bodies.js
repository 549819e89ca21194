// @ts-check
/**
 * Owns the split of a unit into header and body, by what learning.js knows of its list: the draft of a message.
 * Who is customer and who is agent is decided in roles.js.
 */
import { composedParent, cornerRadius, hasColumnTitles, styleOf } from "./dom.js";
import { bubblesIn, elementsAt } from "./bubbles.js";
import { placeholdersOf } from "./attachments.js";
import { bodyText, isNameLike } from "./text.js";
import { isTimeText, parseTime, splitTime, timeInside } from "./times.js";
import { fold, parsePerson, profileAlias } from "./people.js";
import { authorValue, isTicketTitle, saysWriter } from "./authors.js";
import { firstWords, placeOfWords, placesInRow, splitPrefix } from "./learning.js";
import { isBadgeWord, NO_WORDS, repeatKey } from "./runs.js";
import { namesAddressee, saysTeamSees } from "./message_labels.js";
import { isEventLeft, isSystemLine, isTombstone } from "./system_lines.js";
import { isTicketField, SELF_WORDS } from "./words.js";

/**
 * @typedef {import("./runs.js").TextRun} TextRun
 * @typedef {import("./people.js").Person} Person
 * @typedef {object} Unit
 * @property {Element} element
 * @property {TextRun[]} runs
 * @property {Element} [words] the innermost element around its first body's words
 * @property {string} [surface] colour of its bubble
 * @property {import("./row_looks.js").RowLook} [look] how it is drawn; undefined when not looked at
 * @property {{ model: ListModel, key: string, draft: Draft }} [drafted] the draft as read, for rows that did not change
 * @property {string} [id] what the page calls it, "" when nothing
 * @property {boolean} [editor] holds a visible editor; undefined when not looked at
 * @property {boolean} [fields] holds several fields to fill in; undefined when not looked at
 * @property {number | null} [day_ms] a day line's date; undefined when not looked at
 * @property {{ width: number, left: number, right: number, portrait: { side: "left" | "right", left: number, right: number } | null }} [box] its bubble's distance to the list's edges, and that of the portrait beside it
 * @property {boolean} headerOnly stands outside the inner list of a group: names and times for the rows after it
 * @typedef {import("./learning.js").ListModel} ListModel
 * @typedef {object} Draft
 * @property {Unit} unit
 * @property {Element[]} bodies
 * @property {string} text
 * @property {{ body: Element, text: string }[]} [further] what the same row holds in bubbles of its own after it
 * @property {Person | null} author
 * @property {string | null} authorText
 * @property {number | null} sent_at_ms
 * @property {string} timeText
 * @property {"left" | "right"} [side] where its bubble stands, when the list has two sides
 * @property {string[]} badges words beside the body that name a role, attributes included
 * @property {string} header all words beside the body
 * @property {boolean} system
 * @property {boolean} [said] stands where the sentences of other rows stand
 * @property {boolean} marked carries a sign of being one message: time, author, picture, id or bubble
 * @property {string} [base] the id but for the count of the same words
 * @property {string} [id] the message's
 * @property {boolean} [past] its row is out of the page now; element and geometry are another's
 * @property {import("./roles.js").Decision} [decided] who wrote it, as decided while it stood in the page
 */

/** Labels and nothing else, each on its line. */
const LABELS_ALONE = /^(?:[^\n]{1,30}[:：][ \t]*(?:\n+|$)){2,}$/;
/** Before a time that is the writer's, not the message's. */
const OF_A_PERSON = /^(?:joined|registered|member since|last (?:seen|visit|active|online)|注册(?:时间|日期|于)?|加入(?:时间|于)|最后(?:登录|在线|活跃))\s*(?:on|at)?\s*[:：]?$/i;
/** To whom the desk sent a copy, over what was said. */
const SENT_TO = /^(?:notifications? )?(?:sent to|通知(?:给|已发送至)?|已通知)[:：]?\n(?:\S+@\S+\.\w+(?:\n+|$))+/i;
/** What parted the words from a time that is left out. */
const BEFORE_TIME = /\s*[–—·•|]\s*$/;
/** A label that begins so names a writer. */
const SAID_LABEL = /^(?:said|sent|written|posted) (?:by|from)\s/i;
const CLOCK = /\d[:：]\d\d/;
/** What is left of "by Marta:" over the words, where name and time are left out. */
const HEAD_LEFT = /^(?:by|from|wrote|said|由|来自)?\s*[:：]\s*/i;
const PROSE_BLOCK = /^(?:P|UL|OL|PRE|TABLE|BLOCKQUOTE|DL|FIGURE)$/;

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
  const inPlace = [...placesInRow(unit, model.bodyPaths)].some((place) => model.places.has(place));
  const found = unit.headerOnly || /^(?:H[1-6]|DT)$/.test(unit.element.tagName) || isHeadRow(unit) ? [] : bodyElements(unit, model, inPlace);
  const bubbles = bubblesIn(found, unit, model), further = bubbles.slice(1), bodies = further.length > 0 ? bubbles.slice(0, 1) : found;
  const inFurther = (/** @type {TextRun} */ run) => further.some((body) => run.chain.includes(body));
  const inBody = (/** @type {TextRun} */ run) => bodies.some((body) => body === unit.element || run.chain.includes(body));
  const header = unit.runs.filter((run) => !inBody(run) && !inFurther(run) && !NO_WORDS.has(run.kind));
  const inner = unit.runs.filter((run) => inBody(run) && run.kind !== "attribute");
  /** @type {Set<Node>} */
  const without = new Set();
  const aliases = new Set(facts.known.flatMap((person) => person.aliases));
  const knownAuthors = (/** @type {TextRun} */ run) => model.authorPaths.includes(run.place) && authorValue(run, aliases) !== null;
  for (const run of inner) if (run.kind === "left_out" || run.kind === "media" || run.kind === "file") without.add(run.node);
  /** Parts of one line that stands where sentences stand, without a writer's name in it. @param {TextRun} run */
  const isPart = (run) => inPlace && inner.some((other) => other !== run && other.node === run.node) && !inner.some((other) => other.node === run.node && knownAuthors(other));
  let meta = inner.filter((run) => !NO_WORDS.has(run.kind) && !isPart(run) && ((run.kind !== "free" && run.kind !== "header") || (run.kind === "header" && inner.some((other) => other.kind === "free")) || (knownAuthors(run) && inner.length > 1)));
  let solid = inner.filter((run) => !meta.includes(run) && !(NO_WORDS.has(run.kind) && run.kind !== "quote"));
  const files = unit.headerOnly ? [] : placeholdersOf(unit.runs);
  const isHead = solid.length === 0 && inner.some(knownAuthors) && inner.some((run) => run.kind === "time") && inner.every((run) => /^(?:time|status|badge)$/.test(run.kind) || knownAuthors(run));
  if (solid.length === 0 && inPlace && !isHead && files.length === 0) {
    const whole = bodies[0] === unit.element;
    solid = meta.filter((run) => /^(?:time|badge|status)$/.test(run.kind) && (!whole || model.places.has(placeOfWords(unit, run.path))));
    meta = meta.filter((run) => !solid.includes(run));
  }
  if (bodies[0]) unit.words = around(bodies[0], solid.filter((run) => bodies.length === 1 || run.chain.includes(bodies[0] ?? unit.element)));
  for (const run of meta) if (solid.length + files.length > 0 || run.kind === "control" || run.kind === "action") without.add(run.node);
  const isBar = !inPlace && solid.length > 0 && solid.every((run) => run.link && model.repeated.has(repeatKey(run)));
  const onlyHeader = solid.length > 0 && solid.every((run) => run.kind === "header") && /[:：]$/.test(solid[0]?.text ?? "");
  const last = solid.at(-1), led = last !== undefined && meta.some((run) => knownAuthors(run) && unit.runs.indexOf(run) < unit.runs.indexOf(last));
  const whole = isBar || onlyHeader || isHead ? "" : bodyText(bodies, without).replace(SENT_TO, "");
  const bare = led ? whole.replace(HEAD_LEFT, "") : whole, said = meta.some((run) => run.kind === "time") ? bare.replace(BEFORE_TIME, "") : bare;
  if (said === "" && files.length > 0) bodies.splice(0, bodies.length, ...holders(unit));
  const untitled = withoutTitle(said, facts.subject), prefixed = splitPrefix(untitled), prefix = prefixed && model.prefixes.has(prefixed.name) ? prefixed : null;
  const text = [isWritersAddress(said, unit) ? "" : prefix?.said ?? untitled, ...files].filter((part) => part !== "").join("\n");
  const named = facts.known.find((person) => person.aliases.includes(fold(text)));
  const beside = onlyHeader || isHead ? [...header, ...inner] : solid.length > 0 ? [...header, ...meta] : header;
  const shown = pickAuthor(beside, model, facts);
  // A portrait's name inside what holds the bubble, too.
  const author = shown.person ? shown : prefix ? { person: parsePerson(prefix.name), text: prefix.name } : pickAuthor(unit.runs.filter((run) => run.kind === "attribute" && inBody(run) && model.authorPaths.includes(run.place)), model, facts);
  const time = pickTime(beside, unit, now_ms);
  const badges = beside.filter((run) => run.kind === "badge" || (run.kind === "attribute" && isBadgeWord(run.text))).map((run) => run.text);
  if (unit.runs.some((run) => run.kind === "header" && saysTeamSees(run.text))) badges.push("internal");
  const words = beside.filter((run) => !/^(?:attribute|time|control|status)$/.test(run.kind)).map((run) => run.text).join(" ");
  const hasPicture = unit.runs.some((run) => run.kind === "attribute" && run.owner.tagName === "IMG");
  const line = unit.runs.filter((run) => run.kind !== "attribute" && !run.spoken && run.kind !== "control" && !NO_WORDS.has(run.kind)).map((run) => run.text).join(" ");
  const isEvent = !inPlace && isEventLeft(text) && (author.person !== null || time.text !== "");
  const system = isTombstone(text) || isEvent || !inPlace && text !== "" && badges.length === 0 && ((author.person === null && isSystemLine(text)) || (text.length < line.length * 0.75 && text.length < 60 && isSystemLine(line)));
  const begin = firstWords(unit);
  const isField = !inPlace && !model.speakers.has(begin) && isTicketField(begin);
  const isLabel = (!inPlace && LABELS_ALONE.test(text)) || ((!inPlace || unit.element.tagName === "TR") && /^[^\n]{1,30}[:：]$/.test(text));
  if ((isField && time.text === "") || isLabel) return { unit, bodies, text: isLabel ? "" : text, author: null, authorText: null, sent_at_ms: null, timeText: "", badges: [], header: words, system: false, marked: false };
  if (named && !inPlace && text !== "") return { unit, bodies, text: "", author: named, authorText: named.name ?? text, sent_at_ms: time.value, timeText: time.text, badges, header: words, system: false, marked: true };
  return {
    unit, bodies, text, further: further.map((body) => ({ body, text: bodyText([body], without) })), author: author.person, authorText: author.text, sent_at_ms: time.value, timeText: time.text, badges, header: words, system, said: inPlace,
    marked: time.text !== "" || author.person !== null || hasPicture || badges.length > 0 || unitId(unit.element) !== null || isBubble(unit.words ?? bodies[0], unit.element),
  };
}

/** The ticket's title, with or without its number, on a line of its own over what was said. @param {string} said @param {string | null} subject */
function withoutTitle(said, subject) {
  const [, title = "", rest = ""] = /^([^\n]{4,200})\n+([^]+)$/.exec(said) ?? [];
  return title !== "" && subject !== null && subject.replace(/\s*[(（#]+\d+[)）]?$/, "") === title ? rest.trim() : said;
}

/** "<marta@…>" beside a time: what is left of a head whose name stands elsewhere in it. @param {string} said @param {Unit} unit */
function isWritersAddress(said, { runs }) {
  return /^[<＜]\s*\S+@\S+\s*[>＞]$/.test(said) && runs.some((run) => run.kind === "time");
}

/**
 * A row that says who wrote what follows, or no message at all: titles of a table, labels of author and date with nothing but links
 * beside them, a table of data and its heading.
 * @param {Unit} unit
 */
function isHeadRow({ element, runs }) {
  if (element.tagName === "TR") return element.childElementCount > 0 && [...element.children].every((cell) => cell.tagName === "TH");
  const table = element.tagName === "TBODY" ? element.parentElement : element.childElementCount === 1 && element.tagName !== "TABLE" ? element.firstElementChild : element;
  if (table?.tagName === "TABLE") return hasColumnTitles(table);
  const data = [...element.querySelectorAll("table")].find(hasColumnTitles);
  if (data && (data.textContent ?? "").length > (element.textContent ?? "").length * 0.7) return true;
  const labelled = runs.some((run) => run.kind === "header" && authorValue(run) !== null) && runs.some((run) => run.kind === "time" || (run.kind === "header" && run.head === "date"));
  return labelled && runs.every((run) => run.kind !== "free" || run.link);
}

/** What holds a row's pictures and files, where it holds nothing else. @param {Unit} unit */
function holders(unit) {
  return [...new Set(unit.runs.filter((run) => run.kind === "media" || run.kind === "file").map((run) => (run.kind === "media" ? (run.owner.parentElement ?? run.owner) : run.owner)))].slice(0, 1);
}

/**
 * The blocks beside a row's paragraphs that belong to them: lists, code, tables between or after them, and all of a box that holds
 * nothing but such blocks.
 * @param {Element[]} found @param {Unit} unit @param {ListModel} model
 */
function withBlocks(found, unit, model) {
  const parent = found[0]?.parentElement;
  if (!parent || found.includes(unit.element) || found.some((body) => body.parentElement !== parent)) return found;
  const blocks = [...parent.children];
  const isName = (/** @type {TextRun} */ run) => model.authorPaths.includes(run.place) && !run.chain.some((element) => element.tagName === "LI");
  const spoken = new Set(unit.runs.filter((run) => run.kind === "free" && !run.spoken && !isName(run)).map((run) => run.chain.find((element) => element.parentElement === parent)));
  const first = blocks.indexOf(/** @type {Element} */ (found[0]));
  const last = Math.max(...found.map((body) => blocks.indexOf(body)));
  const pure = parent !== unit.element && blocks.every((block) => PROSE_BLOCK.test(block.tagName) || !unit.runs.some((run) => run.kind === "free" && run.chain.includes(block)));
  const belongs = (/** @type {Element} */ block, /** @type {number} */ at) => pure || (at > first && (at < last || PROSE_BLOCK.test(block.tagName)));
  return blocks.filter((block, at) => found.includes(block) || (spoken.has(block) && belongs(block, at)));
}

/** @param {Unit} unit @param {ListModel} model @param {boolean} inPlace its words stand where sentences stand, whatever they look like */
function bodyElements(unit, model, inPlace) {
  for (const path of model.bodyPaths) {
    if (path === "") {
      const chromeOnly = unit.runs.every((run) => run.kind !== "free" || (run.path !== "" && model.chromePaths.has(run.path)));
      if (inPlace || !chromeOnly) return [unit.element];
      continue;
    }
    // A bar of buttons stands where other rows say something: in theirs a name stands before it.
    const found = elementsAt(path, unit.runs.filter((run) => !NO_WORDS.has(run.kind) && run.kind !== "control"));
    if (found.length > 0) return withBlocks(found, unit, model);
  }
  const loose = unit.runs.filter((run) => run.kind === "free" && !run.spoken && !run.prefixes.some((path) => model.chromePaths.has(path)));
  const owners = [...new Set(loose.map((run) => run.owner))];
  const whole = owners.length === 1 && owners[0] === unit.element;
  const own = whole ? owners : owners.filter((owner) => owner !== unit.element || loose.length === 1);
  if (own.length > 0) return own;
  for (const path of model.bodyPaths) {
    const quoted = path === "" ? [] : elementsAt(path, unit.runs.filter((run) => run.kind === "quote"));
    if (quoted.length > 0) return quoted;
  }
  return own;
}

/** The innermost element that all these runs stand in, from the body inward: the bubble without what stands beside it. @param {Element} body @param {TextRun[]} runs */
function around(body, runs) {
  const [first, ...others] = runs.map((run) => run.chain);
  return first?.findLast((inner) => others.every((chain) => chain.includes(inner)) && (body === inner || body.contains(inner))) ?? body;
}

/** @param {TextRun[]} runs @param {ListModel} model @param {{ subject: string | null, known: Person[] }} facts */
function pickAuthor(runs, model, facts) {
  const knownAliases = new Set(facts.known.flatMap((person) => person.aliases));
  /** @type {{ person: Person | null, text: string | null, score: number, run: TextRun | null }} */
  let best = { person: null, text: null, score: 0, run: null };
  runs.forEach((run, at) => {
    const value = authorValue(run, knownAliases);
    const person = value === null ? null : parsePerson(value);
    if (!person || value === null || isTicketTitle(run, runs, knownAliases) || (facts.subject !== null && value === facts.subject) || namesAddressee(runs[at - 1]?.text ?? "")) return;
    const place = model.authorPaths.indexOf(run.place);
    let score = place >= 0 ? 3 - place * 0.25 : 0;
    if ((place === 0 && SELF_WORDS.test(value)) || person.aliases.some((alias) => knownAliases.has(alias))) score += 2.5;
    if (run.kind === "header") score += 2.5;
    if (person.name === null && person.email === null) score *= 0.4;
    if (person.email) score += 0.5;
    if (mailOf(run) !== null) score += 1.5;
    if (run.heading && !person.aliases.some((alias) => knownAliases.has(alias))) score *= 0.4;
    if (run.kind === "attribute") score *= 0.5;
    if (score === 0 && SAID_LABEL.test(run.text) && saysWriter(run)) score = 0.6;
    if (run.kind === "control") score *= place >= 0 || score > 2 ? 0.8 : 0;
    if (score > 0) score -= at * 0.01;
    if (score > best.score) best = { person, text: person.name ?? person.email ?? person.handle, score, run };
  });
  if (best.person && best.run && (best.person.name === null || best.person.email === null)) joinNeighbour(best, runs);
  const linked = best.person?.email === null ? mailOf(best.run) : null;
  if (linked !== null && best.person) best.person = { ...best.person, email: linked, aliases: [...best.person.aliases, linked] };
  const handle = best.person && best.person.handle === null ? runs.find((run) => run.kind === "free" && /^@[\w.-]{2,40}$/.test(run.text)) : undefined;
  if (handle && best.person) best.person = { ...best.person, handle: handle.text, aliases: [...best.person.aliases, handle.text.toLowerCase(), handle.text.slice(1).toLowerCase()] };
  const profile = best.run ? profileAlias(best.run.owner) : null;
  if (profile !== null && best.person) best.person = { ...best.person, aliases: [...best.person.aliases, profile] };
  return best;
}

/** The address that a name is linked to. @param {TextRun | null} run */
function mailOf(run) {
  return /^mailto:([^\s@?]+@[\w-]+(?:\.[\w-]+)+)(?:\?|$)/i.exec(run?.owner.closest("a")?.getAttribute("href") ?? "")?.[1]?.toLowerCase() ?? null;
}

/**
 * "Marta" and "<marta@…>" in two elements side by side are one person.
 * @param {{ person: Person | null, text: string | null, run: TextRun | null }} best @param {TextRun[]} runs
 */
function joinNeighbour(best, runs) {
  const { person, run } = best;
  if (!person || !run) return;
  const near = runs.find((other) => {
    if (other === run || (other.kind !== "free" && other.kind !== run.kind) || (other.owner !== run.owner && wrapOf(other).parentElement !== wrapOf(run).parentElement)) return false;
    return person.name === null ? isNameLike(other.text) && !/@/.test(other.text) : /^[<(]?[\w.+-]+@[\w-]+(?:\.[\w-]+)+[>)]?$/.test(other.text);
  });
  const more = near ? parsePerson(near.text) : null;
  if (!more) return;
  best.person = { name: person.name ?? more.name, email: person.email ?? more.email, handle: person.handle ?? more.handle, aliases: [...new Set([...person.aliases, ...more.aliases])] };
  best.text = best.person.name ?? best.text;
}

/** The outermost element that shows nothing but the run. @param {TextRun} run */
function wrapOf({ owner, text }) {
  let at = owner;
  while (at.parentElement && (at.parentElement.textContent ?? "").trim() === text) at = at.parentElement;
  return at;
}

/** The hour may stand apart from its day. @param {TextRun[]} runs @param {Unit} unit @param {number} now_ms */
function pickTime(runs, unit, now_ms) {
  const times = runs.filter((run, at) => run.kind === "time" && !run.spoken && !OF_A_PERSON.test(runs[at - 1]?.text ?? ""));
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
    const hour = CLOCK.test(first.text) ? null : times.find((run) => CLOCK.test(run.text));
    const joined = hour ? `${first.text} ${hour.text}` : times.filter((run) => run.owner === first.owner).map((run) => run.text).join(" ");
    return { value: parseTime(joined, now_ms) ?? parseTime(first.text, now_ms), text: first.text };
  }
  const dated = runs.find((run) => run.kind === "header" && run.head === "date" && parseTime(run.text.replace(/^\D{0,8}[:：]/, ""), now_ms) !== null);
  if (dated) return { value: parseTime(dated.text.replace(/^\D{0,8}[:：]/, ""), now_ms), text: dated.text };
  for (const run of runs) {
    const labelled = run.kind !== "attribute" ? null : isTimeText(run.text) ? run.text : saysWriter(run) ? splitTime(run.text)?.time : null;
    if (labelled) return { value: parseTime(labelled, now_ms), text: labelled };
  }
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
  return surfaceUnder(body, unit)?.colour ?? "";
}

/** That surface, and what draws it. @param {Element} body @param {Element} unit @returns {{ element: Element, colour: string } | null} */
export function surfaceUnder(body, unit) {
  for (let at = /** @type {Element | null} */ (coreOf(body)); at; at = at === unit ? null : composedParent(at)) {
    const style = styleOf(at);
    const filled = style.backgroundColor !== "rgba(0, 0, 0, 0)" && style.backgroundColor !== "transparent";
    if (filled) return { element: at, colour: style.backgroundColor };
    if (style.borderTopStyle !== "none" && cornerRadius(style) > 3 && parseFloat(style.borderTopWidth) > 0) return { element: at, colour: `border ${style.borderTopColor}` };
  }
  return null;
}
