// @ts-check
/**
 * Owns the assembly of a list's units into messages in time order: headers standing alone join the row below, follow-ups inherit the author, day lines give dates.
 * Decides no roles and not whether the page is a conversation.
 */
import { draftUnit } from "./bodies.js";
import { learnList } from "./learning.js";
import { isVisible } from "./dom.js";
import { alike } from "./lists.js";
import { splitHead } from "./message_labels.js";
import { holdsEditor, holdsFields, isTicketHead } from "./page_parts.js";
import { fold, samePerson } from "./people.js";
import { measureSides, standsCentred } from "./sides.js";
import { isFragments } from "./text.js";
import { countRows, nameRows } from "./row_ids.js";
import { isTimeText, parseTime } from "./times.js";
import { isTicketField } from "./words.js";

/**
 * @typedef {import("./bodies.js").Draft} Draft
 * @typedef {import("./bodies.js").Unit} Unit
 * @typedef {import("./learning.js").ListModel} ListModel
 * @typedef {import("./people.js").Person} Person
 * @typedef {object} DraftList
 * @property {Element} list
 * @property {Unit[]} units
 * @property {ListModel} model
 * @property {Draft[]} drafts chronological, with text; those known from rows out of the page among them
 * @property {number} loose units with text and no sign of being a message
 * @property {string[]} titles rows that say no more than the name of one who writes in others: what a chat is called
 * @property {boolean} [lone] one message on the page: the list is only its parent
 * @property {boolean} newestFirst as shown on the page
 */

/** Of a bar with buttons. */
const LEAST_CONTROLS = 2;
const DAY_MS = 86_400_000;
const NUMBERED = /^#\s?\d+\b/;
/** "Marta Kowalska <marta@…>". */
const ADDRESSED = /^[^<>]{2,60}<\S+@\S+>$/;

/**
 * @param {Element} list @param {Unit[]} units @param {{ subject: string | null, known: Person[] }} facts @param {number} now_ms
 * @param {{ model?: ListModel, shown?: import("./window.js").ListWindow }} [before] what was learned of the list, and what it has shown
 * @returns {DraftList}
 */
export function assembleDrafts(list, units, facts, now_ms, { model: learned, shown } = {}) {
  const model = learned ?? learnList([...(shown?.past() ?? []).map((draft) => draft.unit), ...units], facts);
  /** @type {Draft[]} */
  let drafts = [];
  /** @type {Draft | null} */
  let pending = null;
  /** @type {Draft | null} */
  let group = null;
  /** @type {Map<Draft, Draft>} */
  const groupOf = new Map();
  let loose = 0;
  let day_ms = /** @type {number | null} */ (null);
  /** A time of the day on a line of its own is that of the rows after it. @type {{ text: string, time_ms: number } | null} */
  let clock = null;
  for (const unit of units) {
    const draft = draftUnit(unit, model, facts, now_ms);
    if (unit.day_ms === undefined) unit.day_ms = draft.said ? null : dayLine(unit, draft, now_ms);
    const divider = unit.day_ms;
    if (divider !== null) {
      day_ms = divider;
      clock = /\d\s*[:：]\s*\d/.test(rowLine(unit)) ? { text: rowLine(unit), time_ms: divider } : null;
      pending = null;
      continue;
    }
    if (clock !== null && draft.timeText === "" && draft.text !== "") [draft.timeText, draft.sent_at_ms] = [clock.text, clock.time_ms];
    if (draft.text === "") {
      if (draft.author !== null || draft.badges.length > 0 || draft.timeText !== "" || draft.header !== "") {
        if (unit.headerOnly) {
          if (group && group.unit.element.parentElement === unit.element.parentElement) mergeHeader(draft, group);
          group = draft;
          continue;
        }
        group = null;
        if (pending && pending.unit.element.parentElement === unit.element.parentElement) mergeHeader(draft, pending);
        pending = draft;
      }
      continue;
    }
    if ((unit.fields ??= holdsFields(unit.element)) || isTicketHead(unit, draft.text) || ((unit.editor ??= holdsEditor(unit.element)) && (draft.timeText === "" || standInForm(draft))) || (draft.timeText === "" && isOfControls(draft))) continue;
    if (pending) {
      const field = isFieldLabel(pending.header.trim());
      if (!field && draft.author === null && draft.timeText === "") mergeHeader(draft, pending);
      pending = null;
      if (field && draft.timeText === "") continue;
    }
    if (group && sameGroup(group, draft)) groupOf.set(draft, group);
    else group = null;
    const previous = drafts.at(-1);
    if (!draft.marked && !draft.system && draft.author === null && draft.timeText === "" && previous && isContinuation(previous, draft)) {
      const quotes = [previous, draft].map(({ bodies }) => bodies.every(({ tagName }) => tagName === "BLOCKQUOTE"));
      if (quotes[0] === quotes[1]) {
        previous.text += `\n${draft.text}`;
        previous.bodies.push(...draft.bodies);
      } else if (quotes[0]) [previous.text, previous.bodies] = [draft.text, draft.bodies];
      continue;
    }
    if (!draft.marked && !draft.system) loose++;
    if (day_ms !== null && draft.sent_at_ms !== null && isClockOnly(draft.timeText)) draft.sent_at_ms = onDay(day_ms, draft.sent_at_ms);
    drafts.push(draft);
    for (const { body, text } of draft.further ?? []) if (text !== "") drafts.push({ ...draft, bodies: [body], text, further: [] });
  }
  drafts = drafts.filter((draft) => !isCard(draft));
  loose -= dropEdges(drafts) + dropOdd(drafts);
  const titles = [...takeNumbered(drafts), ...takeTitles(drafts)];
  nameRows(units, drafts);
  drafts = shown?.join(list, drafts) ?? drafts;
  measureSides(list, drafts);
  loose -= dropCentred(list, drafts);
  applyGroups(drafts, groupOf);
  for (const draft of drafts) if (draft.side) draft.marked = true;
  inheritAuthors(drafts);
  completeAuthors(drafts);
  const newestFirst = isNewestFirst(drafts);
  if (newestFirst) drafts = openingFirst([...drafts].reverse());
  countRows(drafts);
  return { list, units, model, drafts, loose, titles, newestFirst };
}

/**
 * Where most rows are of one kind, a row of another kind that lacks author or time is a part of the page between them. Says how many loose ones went.
 * @param {Draft[]} drafts
 */
function dropOdd(drafts) {
  if (drafts.length < 2) return 0;
  const rows = drafts.map((draft) => draft.unit.element);
  const models = rows.slice(0, 6).map((model) => rows.filter((row) => alike(row, model)));
  const most = models.reduce((longest, next) => (next.length > longest.length ? next : longest), []);
  if (most.length < rows.length * 0.6 || most.length === rows.length) return 0;
  const kin = new Set(most);
  let loose = 0;
  for (let at = drafts.length - 1; at >= 0; at--) {
    const draft = /** @type {Draft} */ (drafts[at]);
    if (kin.has(draft.unit.element) || (draft.author !== null && draft.timeText !== "")) continue;
    if (!draft.marked && !draft.system) loose++;
    drafts.splice(at, 1);
  }
  return loose;
}

/**
 * A notice in the middle between bubbles: nothing says when or by whom, while every row that is not in the middle says so. Says how many loose ones went.
 * @param {Element} list @param {Draft[]} drafts
 */
function dropCentred(list, drafts) {
  const spoken = drafts.filter((draft) => !draft.system), centred = spoken.filter((draft) => standsCentred(list, draft));
  if (centred.length === 0 || centred.length * 2 > spoken.length) return 0;
  const told = (/** @type {Draft} */ { timeText, author, badges }) => timeText !== "" || author !== null || badges.length > 0;
  if (centred.some(told) || !spoken.every((draft) => centred.includes(draft) || told(draft) || draft.side !== undefined)) return 0;
  for (const draft of centred) drafts.splice(drafts.indexOf(draft), 1);
  return centred.filter(({ marked }) => !marked).length;
}

/**
 * The page's bar over rows that all have a class word in common and say when, or have no title, and the bar under them: what has neither
 * the word nor a time is no message, whoever's name stands in it. Says how many loose ones went.
 * @param {Draft[]} drafts
 */
function dropEdges(drafts) {
  const isTold = (/** @type {Draft} */ { timeText, system }) => timeText !== "" || system;
  const [head] = drafts, edges = new Set([head, drafts.at(-1)].flatMap((draft) => (draft && (!draft.said || isBarOfControls(draft)) && !isTold(draft) ? [draft] : [])));
  const kin = drafts.filter((draft) => !edges.has(draft));
  if (kin.length < 2) return 0;
  const said = kin.filter(({ system }) => !system);
  const common = said.reduce((words, { unit }) => words.filter((word) => unit.element.classList.contains(word)), [...(said[0]?.unit.element.classList ?? [])]);
  let loose = 0;
  for (const edge of edges) {
    const isTitle = edge === head && hasTitle(edge) && !drafts.some((draft) => draft !== edge && hasTitle(draft));
    if (!(isTitle || kin.every(isTold)) || common.every((word) => edge.unit.element.classList.contains(word))) continue;
    drafts.splice(drafts.indexOf(edge), 1);
    if (!edge.marked) loose++;
  }
  return loose;
}

/** The letters of a portrait beside two or more buttons. @param {Draft} draft */
function isBarOfControls({ text, unit }) {
  return /^(?:\p{Lu}{1,3}|[\u3400-\u9fff])$/u.test(text) && unit.runs.filter(({ kind }) => kind === "control").length >= LEAST_CONTROLS && unit.runs.every(({ kind, text: words }) => kind !== "free" || words === text);
}

/** @param {Draft} draft */
function hasTitle({ unit }) {
  return unit.runs.some((run) => run.heading && run.kind !== "attribute");
}

/** No words in the row but those of a form with a box to write in: how it is filled in. @param {Draft} draft */
function standInForm({ unit }) {
  const words = unit.runs.filter((run) => run.kind === "free" && !run.spoken && !run.heading);
  const forms = new Set(words.map((run) => run.owner.closest("form")));
  return words.length > 0 && [...forms].every((form) => form !== null && unit.element.contains(form) && holdsEditor(form));
}

/** All its words are those of forms with something to choose or fill in. @param {Draft} draft */
function isOfControls({ unit, said }) {
  const words = said ? [] : unit.runs.filter((run) => run.kind === "free" && !run.spoken);
  return words.length > 0 && words.every(({ owner }) => {
    const form = owner.closest("form");
    return form !== null && unit.element.contains(form) && [...form.querySelectorAll("select, textarea, input:not([type=hidden])")].some(isVisible);
  });
}

/** The ticket's head among its messages: no other row has a title, this one's begins with the ticket's number. @param {Draft[]} drafts @returns {string[]} who stands in it */
function takeNumbered(drafts) {
  const titled = drafts.filter(hasTitle);
  const [head] = titled;
  if (!head || titled.length > 1 || drafts.length < 2 || !head.unit.runs.some((run) => run.heading && NUMBERED.test(run.text))) return [];
  drafts.splice(drafts.indexOf(head), 1);
  return head.unit.runs.flatMap(({ kind, text }) => (kind === "free" && ADDRESSED.test(text) ? [text] : []));
}

/** A card of labels and values among the messages: what the customer's device is, when the ticket is due. @param {Draft} draft */
function isCard({ text, said }) {
  const lines = text.split("\n").filter((line) => line.trim() !== ""), labels = lines.filter((line) => /[:：]\s*$/.test(line));
  return labels.length >= 3 && (labels.length > lines.length * 0.6 || (!said && isFragments(text)));
}

/** Takes the rows out that only name a writer of other rows. @param {Draft[]} drafts */
function takeTitles(drafts) {
  const names = new Set(drafts.flatMap(({ author, text }) => (author?.name && fold(author.name) !== fold(text) ? [fold(author.name)] : [])));
  const bare = drafts.filter((draft) => !draft.said && draft.badges.length === 0 && names.has(fold(draft.text)));
  const titles = bare.filter(({ timeText }) => timeText === "");
  for (const title of titles) drafts.splice(drafts.indexOf(title), 1);
  // With a time it is what is left of an event: who did it.
  for (const draft of bare) if (draft.timeText !== "" && draft.author === null) draft.system = true;
  return titles.map(({ text }) => text);
}

/** @param {Draft} draft @param {Draft} header */
function mergeHeader(draft, header) {
  if (draft.author === null) {
    draft.author = header.author;
    draft.authorText = header.authorText;
  }
  if (draft.timeText === "") {
    draft.timeText = header.timeText;
    draft.sent_at_ms = header.sent_at_ms;
  }
  draft.badges = [...header.badges, ...draft.badges];
  draft.header = `${header.header} ${draft.header}`;
  draft.marked = true;
  draft.system = false;
}

/** @param {string} words */
function isFieldLabel(words) {
  return isTicketField(words) || splitHead(words)?.value === "";
}

/**
 * A group's header speaks for its rows only where they stand on one side and name nobody else: a chat's title is over both.
 * @param {Draft[]} drafts @param {Map<Draft, Draft>} groupOf
 */
function applyGroups(drafts, groupOf) {
  for (const header of new Set(groupOf.values())) {
    const around = drafts.filter((draft) => sameGroup(header, draft));
    if (new Set(around.map((row) => row.side)).size > 1 || (header.author !== null && around.some((row) => row.author !== null && !samePerson(row.author, header.author)))) continue;
    for (const row of drafts) if (groupOf.get(row) === header && row.author === null && (!row.system || header.author !== null)) mergeHeader(row, header);
  }
}

/** @param {Draft} group @param {Draft} draft */
function sameGroup(group, draft) {
  const parent = group.unit.element.parentElement;
  return parent !== null && parent.contains(draft.unit.element);
}

/**
 * A paragraph that follows its header as a sibling of its own.
 * @param {Draft} previous @param {Draft} draft
 */
function isContinuation(previous, draft) {
  return previous.marked && previous.unit.element.parentElement === draft.unit.element.parentElement && /^(?:P|DD|PRE|UL|OL|TR|BLOCKQUOTE|SPAN)$/.test(draft.unit.element.tagName);
}

/** @param {Unit} unit */
function rowLine(unit) {
  return unit.runs.filter((run) => run.kind !== "attribute").map((run) => run.text).join(" ");
}

/** @param {Unit} unit @param {Draft} draft @param {number} now_ms */
function dayLine(unit, draft, now_ms) {
  const visible = unit.runs.filter((run) => run.kind !== "attribute");
  if (visible.length === 0 || visible.length > 3 || !visible.every((run) => run.kind === "time" || isTimeText(run.text)) || draft.author !== null) return null;
  const text = rowLine(unit);
  if (unit.headerOnly && isClockOnly(text)) return null;
  return visible[0]?.time_ms ?? parseTime(text, now_ms);
}

/** @param {string} text */
function isClockOnly(text) {
  return /^\D{0,6}\d{1,2}\s*[:：]\s*\d{2}(?:\s*[:：]\s*\d{2})?\s*(?:[ap]\.?m\.?)?$/i.test(text.trim());
}

/** @param {number} day_ms @param {number} clock_ms */
function onDay(day_ms, clock_ms) {
  const day = new Date(day_ms), clock = new Date(clock_ms);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate(), clock.getHours(), clock.getMinutes(), clock.getSeconds()).getTime();
}

/**
 * A row without author line in a list that shows authors continues the row above where nothing speaks against it. Where the first has a
 * time and no author, one side is never named.
 * @param {Draft[]} drafts
 */
function inheritAuthors(drafts) {
  if (!drafts.some((draft) => draft.author !== null)) return;
  const first = drafts.find((draft) => !draft.system);
  const oneNamed = first !== undefined && first.author === null && first.timeText !== "";
  /** @type {Draft | null} */
  let last = null;
  for (const draft of drafts) {
    if (draft.system) {
      last = null;
      continue;
    }
    if (draft.author === null && last !== null && !(oneNamed && draft.timeText !== "") && draft.badges.length === 0 && draft.header === "") {
      const changed = draft.side !== last.side || ((draft.unit.surface ?? "") !== "" && (last.unit.surface ?? "") !== "" && draft.unit.surface !== last.unit.surface);
      if (!changed) {
        draft.author = last.author;
        draft.authorText = last.authorText;
        if (last.badges.length > 0) draft.badges = [...last.badges];
      }
    }
    last = draft;
  }
}

/** Whose address stands beside the name in one row is the same where it is left out, unless two of that name write. @param {Draft[]} drafts */
function completeAuthors(drafts) {
  /** @type {Map<string, Person>} */
  const addressed = new Map();
  for (const { author } of drafts) if (author?.email && author.name && !addressed.has(author.email)) addressed.set(author.email, author);
  for (const draft of drafts) {
    if (draft.author?.email !== null || draft.author.name === null) continue;
    const same = [...addressed.values()].filter((person) => fold(person.name ?? "") === fold(draft.author?.name ?? ""));
    if (same.length === 1 && same[0]) draft.author = same[0];
  }
}

/** What opened a ticket stays over answers that stand newest first. @param {Draft[]} drafts @returns {Draft[]} */
function openingFirst(drafts) {
  const last = drafts.at(-1), time_ms = last?.sent_at_ms ?? null;
  return last && time_ms !== null && drafts.every((draft) => draft === last || (draft.sent_at_ms !== null && draft.sent_at_ms > time_ms)) ? [last, ...drafts.slice(0, -1)] : drafts;
}

/** @param {Draft[]} drafts */
function isNewestFirst(drafts) {
  let up = 0, down = 0;
  let last = /** @type {number | null} */ (null);
  for (const draft of drafts) {
    if (draft.sent_at_ms === null) continue;
    if (last !== null && Math.abs(draft.sent_at_ms - last) < 400 * DAY_MS) {
      if (draft.sent_at_ms > last) up++;
      if (draft.sent_at_ms < last) down++;
    }
    last = draft.sent_at_ms;
  }
  // Times of the day alone go up and down over several days.
  return down > up * 2;
}
