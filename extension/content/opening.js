// @ts-check
/**
 * Owns the message that opened a ticket where the page shows it apart from what followed: under "Description", among the ticket's fields, in a box over the answers.
 * Finds it, who wrote it and when; what role that gives is decided in roles.js.
 */
import { composedContains, composedElements, composedParent, isControl, isSkipped, isVisible, labelText, queryDeep } from "./dom.js";
import { holdsEditor, holdsFields, isTicketHead } from "./page_parts.js";
import { coreOf } from "./bodies.js";
import { assembleDrafts } from "./drafts.js";
import { alike, sharesClass } from "./lists.js";
import { parsePerson, samePerson } from "./people.js";
import { unitRuns } from "./runs.js";
import { bodyText, hashText, isNameLike, saidLength } from "./text.js";
import { attributeTime, parseTime, splitTime, timeInside } from "./times.js";
import { DESCRIPTION_LABEL, isTicketField } from "./words.js";

/**
 * @typedef {import("./bodies.js").Draft} Draft
 * @typedef {import("./people.js").Person} Person
 * @typedef {import("./context.js").PageFacts} PageFacts
 */

/** Words that are values too ("Type: Request"): labels only where they look like one. */
const BARE_LABEL = /^(?:message|request|enquiry|inquiry|内容|详情)$/i;
/** What a text of several parts is made of. */
const PARAGRAPH = /^(?:P|UL|OL|PRE|BLOCKQUOTE)$/;
const LABEL_SELECTOR = "h1, h2, h3, h4, h5, h6, summary, strong, b, th, dt, td, label, legend, span, div, p";
/** A label holds its words and a link or two; what holds more is not worth asking for its text. */
const MOST_PARTS = 3;
const LEAST_OPENING = 4;
/** In letters, of an opening that looks like none of the answers. */
const LEAST_WORDS = 24;
/** More than this is the page, not a message. */
const LONGEST_BOX = 12_000;
/** A message shows no more times, and no more boxes over a list are looked at. */
const MOST_TIMES = 2, MOST_OVER = 3;
const MOST_STEPS_OUT = 4;

/**
 * @param {Document} doc @param {Element | null} list the messages that followed, where there are any @param {PageFacts} facts @param {Person | null} requester
 * @param {Draft[]} drafts what was read of the list, in time order @param {number} now_ms
 * @returns {Draft | null}
 */
export function findOpening(doc, list, facts, requester, drafts, now_ms) {
  if (drafts.some((draft) => draft.side) || (facts.ticketLabels < 1 && facts.requesters.length === 0 && requester === null)) return null;
  for (const label of queryDeep(doc, LABEL_SELECTOR)) {
    if (label.childElementCount > MOST_PARTS || (label.textContent ?? "").length > 60 || !DESCRIPTION_LABEL.test(labelText(label).replace(/[\s¶#]+$/, "")) || !isVisible(label) || label.closest("nav, aside, footer, form[role=search]") !== null) continue;
    if ((list && !precedes(label, list, drafts)) || (BARE_LABEL.test(labelText(label)) && /^(?:TD|SPAN|DIV|P)$/.test(label.tagName))) continue;
    const { bodies, head } = labelledBody(label), [body] = bodies;
    const text = bodyText(bodies, new Set([label]));
    if (!body || saidLength(text) < LEAST_OPENING || (list && composedContains(body, list)) || drafts.some((draft) => composedContains(body, draft.unit.element))) continue;
    const unit = { element: body, headerOnly: false, runs: unitRuns(body, now_ms).filter((run) => !label.contains(run.owner)) };
    if (unit.runs.length === 0 || isTicketHead(unit, text) || isTicketField(unit.runs.find(({ kind }) => kind !== "attribute")?.text ?? "")) continue;
    const { sent_at_ms, timeText } = openedAt(body, list, drafts, now_ms);
    const author = facts.requesters[0] ?? requester ?? parsePerson(head);
    const own = requester && author && samePerson(author, requester) ? requester : author;
    const base = `o:${hashText(text)}`;
    return { unit, bodies, text, author: own, authorText: own?.name ?? own?.email ?? null, sent_at_ms, timeText, badges: [], header: "", system: false, marked: true, base, id: base };
  }
  return null;
}

/**
 * The first message in a box of its own over the list of answers: a row like theirs, or words of somebody in the conversation from before them all.
 * @param {import("./drafts.js").DraftList} reading of the list @param {{ subject: string | null, known: Person[] }} facts @param {Person | null} requester @param {number} now_ms
 * @returns {Draft | null}
 */
export function findApart({ list, drafts }, facts, requester, now_ms) {
  const spoken = drafts.filter((draft) => !draft.system);
  if (spoken.length === 0 || new Set(spoken.map((draft) => draft.side)).size > 1) return null;
  const first_ms = Math.min(...spoken.map((draft) => draft.sent_at_ms ?? Infinity));
  const people = [...(requester ? [requester] : []), ...spoken.flatMap(({ author }) => author ?? [])];
  for (const box of boxesOver(list)) {
    if ((box.textContent ?? "").length > LONGEST_BOX) continue;
    const row = coreOf(box), unit = { element: row, headerOnly: false, runs: unitRuns(row, now_ms) };
    if (holdsFields(row) || holdsEditor(row) || unit.runs.filter((run) => run.kind === "time").length > MOST_TIMES) continue;
    const [draft, next] = assembleDrafts(composedParent(row) ?? list, [unit], facts, now_ms).drafts;
    if (!draft || next || draft.system || draft.timeText === "" || draft.text.length < LEAST_OPENING || isTicketHead(unit, draft.text) || (draft.sent_at_ms ?? 0) > first_ms) continue;
    const isRow = spoken.some(({ unit: { element } }) => sharesClass(element, row) && alike(element, row));
    const speaks = people.some((person) => samePerson(person, draft.author)) && saidLength(draft.text) >= LEAST_WORDS && /[.!?,:。！？，：\n]/.test(draft.text) && draft.text !== facts.subject && (draft.sent_at_ms ?? first_ms) < first_ms;
    if (isRow || speaks) return { ...draft, marked: true };
  }
  return null;
}

/** What stands right over a list or over what holds it, the nearest first. @param {Element} list */
function boxesOver(list) {
  /** @type {Element[]} */
  const found = [];
  for (let at = /** @type {Element | null} */ (list), out = 0; at && out < MOST_STEPS_OUT && at.tagName !== "BODY"; at = composedParent(at), out++) {
    let before = at.previousElementSibling;
    for (let tries = 0; before && tries < MOST_OVER; before = before.previousElementSibling, tries++) {
      if (!isSkipped(before) && isVisible(before) && !/^(?:NAV|ASIDE|FORM|HEADER|H[1-6]|BUTTON)$/.test(before.tagName)) found.push(before);
    }
  }
  return found;
}

/**
 * The opening message before the others; a row that was read of the same place gives way to it.
 * @param {Draft[]} drafts @param {Draft | null} opening
 */
export function withOpening(drafts, opening) {
  return opening === null ? drafts : [opening, ...drafts.filter((draft) => !opening.bodies.some((body) => composedContains(body, draft.unit.element)) && draft.text !== opening.text)];
}

/** A list that is the page itself holds the label, over all its messages. @param {Element} label @param {Element} list @param {Draft[]} drafts */
function precedes(label, list, drafts) {
  const rows = composedContains(list, label) ? drafts.map(({ unit }) => unit.element) : [list];
  return rows.every((row) => !composedContains(row, label) && (label.compareDocumentPosition(row) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0);
}

/**
 * What stands after a label: prose, no fields and no form; and who wrote it, where a line between them says so.
 * @param {Element} label @returns {{ bodies: Element[], head: string | null }}
 */
function labelledBody(label) {
  /** @type {{ bodies: Element[], head: string | null }} */
  const none = { bodies: [], head: null };
  /** @type {string | null} */
  let head = null;
  if (leadsText(label)) return { bodies: label.parentElement ? [label.parentElement] : [], head };
  for (let at = /** @type {Element | null} */ (label), out = 0; at && out < MOST_STEPS_OUT; at = composedParent(at), out++) {
    for (let next = at.nextElementSibling; next; next = next.nextElementSibling) {
      if (isSkipped(next) || isControl(next) || !isVisible(next) || /^(?:FORM|BUTTON|HR|BR|H[1-6])$/.test(next.tagName) || labelText(next, 20) === "") continue;
      if (next.tagName === "TR" && [...next.children].filter((cell) => labelText(cell, 20) !== "").length > 1) return none;
      const writer = writerIn(labelText(next, 160));
      if (writer !== null) {
        head = writer;
        continue;
      }
      const fields = [next, ...next.querySelectorAll("*")].some((inner) => /^(?:TEXTAREA|INPUT|SELECT|TH|DT|H1|H2)$/.test(inner.tagName) && isVisible(inner));
      return fields ? none : { bodies: paragraphsFrom(next), head };
    }
    const parent = composedParent(at);
    if (!parent || labelText(parent, 400).length > labelText(label).length + 60) return none;
  }
  return none;
}

/** The label stands in bold before the words, in one paragraph with nothing else. @param {Element} label */
function leadsText({ tagName, parentElement, nextElementSibling: next, previousSibling: before, nextSibling: after }) {
  if (!/^(?:STRONG|B|LABEL)$/.test(tagName) || !/^(?:P|DIV|TD|LI|DD)$/.test(parentElement?.tagName ?? "") || (before?.textContent ?? "").trim() !== "") return false;
  const words = next?.tagName === "BR" ? next.nextSibling : after;
  return words?.nodeType === 3 && (words.nodeValue ?? "").trim() !== "" && [...(parentElement?.querySelectorAll("*") ?? [])].every((inner) => /^(?:STRONG|B|LABEL|EM|I|BR|A)$/.test(inner.tagName));
}

/** A text of several paragraphs goes on as long as they are nothing but that and none begins with a label. @param {Element} first */
function paragraphsFrom(first) {
  const bodies = [first];
  for (let next = first.nextElementSibling; next && PARAGRAPH.test(first.tagName) && PARAGRAPH.test(next.tagName) && !isFieldLine(next); next = next.nextElementSibling) {
    if (!isSkipped(next) && isVisible(next)) bodies.push(next);
  }
  return bodies;
}

/** "Assigned to: Marta". @param {Element} line */
function isFieldLine(line) {
  const words = labelText(line, 60).split(/[:：]/);
  return words.length > 1 && (isTicketField(words[0] ?? "") || (line.firstElementChild !== null && /[:：]\s*$/.test(line.firstElementChild.textContent ?? "")));
}

/** "Marta Kowalska, 3 days ago": nothing but who and when. @param {string} line @returns {string | null} */
function writerIn(line) {
  const { rest } = splitTime(line) ?? { rest: "" };
  return rest !== "" && isNameLike(rest) ? rest : null;
}

/**
 * When the ticket was opened: the earliest time beside its description that is not after its first answer.
 * @param {Element} body @param {Element | null} list @param {Draft[]} drafts @param {number} now_ms
 */
function openedAt(body, list, drafts, now_ms) {
  const first_ms = Math.min(...drafts.map((draft) => draft.sent_at_ms ?? Infinity), now_ms);
  for (let at = composedParent(body), out = 0; at && out < MOST_STEPS_OUT && at.tagName !== "BODY" && !(list && composedContains(at, list)); at = composedParent(at), out++) {
    const times = timesAround(at, body, now_ms).filter(({ sent_at_ms }) => sent_at_ms <= first_ms);
    if (times.length > 0) return times.reduce((earliest, next) => (next.sent_at_ms < earliest.sent_at_ms ? next : earliest));
  }
  return { sent_at_ms: null, timeText: "" };
}

/** @param {Element} around @param {Element} body @param {number} now_ms @returns {{ sent_at_ms: number, timeText: string }[]} */
function timesAround(around, body, now_ms) {
  if (around === body || isSkipped(around) || !isVisible(around)) return [];
  const own = [...around.childNodes].filter((node) => node.nodeType === 3).map((node) => node.nodeValue ?? "").join(" ").trim();
  const text = own.length < 120 ? (timeInside(own) ?? own) : "";
  const sent_at_ms = attributeTime(around, now_ms) ?? (/\d/.test(text) ? parseTime(text, now_ms) : null);
  return [...(sent_at_ms === null ? [] : [{ sent_at_ms, timeText: text || "–" }]), ...composedElements(around).flatMap((child) => timesAround(child, body, now_ms))];
}
