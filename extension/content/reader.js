// @ts-check
/**
 * Owns the reading of a page as a conversation: finds the list, drafts its messages, decides roles, passes the gate, names the conversation.
 * Keeps only caches; knows nothing of models, the overlay or how readings travel.
 */
import { offersBoth, offersNotes } from "./audience.js";
import { formRuns } from "./authors.js";
import { attentionWeight, focusedElement, rememberChosen } from "./attention.js";
import { findBoxes, replyControls } from "./boxes.js";
import { readFacts } from "./context.js";
import { assembleDrafts } from "./drafts.js";
import { answersCustomer, judgePage } from "./gate.js";
import { conversationId, subjectOf } from "./identity.js";
import { clearBoxes, readingScore, standsOverBox } from "./list_score.js";
import { alike, emptyMemory, listUnits, measurePage, proposeLists, sharesClass } from "./lists.js";
import { bestReading, holdsConversations, standsInColumns } from "./list_choice.js";
import { areParts, loneReading } from "./lone.js";
import { headingsOver } from "./headings.js";
import { splitHead } from "./message_labels.js";
import { coveredPanels, searchCovered } from "./covered.js";
import { composedContains, composedParent, isVisible, sight, uncovering } from "./dom.js";
import { looselySamePerson } from "./people.js";
import { agentEmails, reachOf } from "./reach.js";
import { findApart, findOpening, withOpening } from "./opening.js";
import { hidesWords, holdsEditor, showsFields } from "./page_parts.js";
import { previewedPerson } from "./previews.js";
import { boxState, replyPage } from "./reply_page.js";
import { channelOf, chooseRequester, inFull, mayBeSignedIn, whoOpened } from "./requester.js";
import { countsFromZero } from "./times.js";
import { decideRoles } from "./roles.js";
import { isNameLike } from "./text.js";
import { STATUS_MARK } from "./words.js";
import { knownTaught } from "./teach_known.js";
import { locateTaught } from "./teach_locate.js";
import { createWindow } from "./window.js";

/**
 * @typedef {import("./bodies.js").Unit} Unit
 * @typedef {import("./people.js").Person} Person
 * @typedef {import("./drafts.js").DraftList} DraftList
 * @typedef {import("./context.js").PageFacts} PageFacts
 * @typedef {import("./boxes.js").ReplyBox} ReplyBox
 * @typedef {import("./window.js").ListWindow} ListWindow
 *
 * @typedef {"open" | "hidden" | "elsewhere" | "none"} ReplyBoxState
 * @typedef {object} ReadMessage
 * @property {string} id
 * @property {import("./roles.js").Author} author
 * @property {string | null} author_name
 * @property {string} text
 * @property {number | null} sent_at_ms
 * @property {string} evidence
 * @typedef {object} PageReading
 * @property {{ id: string, url: string, subject: string | null, channel: "chat" | "email" | "ticket" | "social" | "phone", requester: { name: string | null, email: string | null, handle: string | null, phone: string | null }, agent_name: string | null, agent_emails: string[] }} conversation
 * @property {ReadMessage[]} messages
 * @property {ReplyBoxState} reply_box
 *
 * @typedef {{ draft: import("./bodies.js").Draft, author: import("./roles.js").Author }} ReadRow
 * @typedef {{ rows: ReadRow[], points: number | null, taught: "none" | "found" | "team" | "missed" }} Insight `taught`: whether what was taught for this site was found, and whether it was the team's
 *
 * @typedef {object} PageReader
 * @property {() => PageReading | null} read the whole page afresh, in one go
 * @property {() => Generator<undefined, PageReading | null>} readInSteps the same, so that the page may have its turn between steps
 * @property {(dirty: Set<Node>) => PageReading | null | undefined} refresh only what changed inside the known list; undefined when a whole read is needed
 * @property {(dirty: Set<Node>) => PageReading | null | undefined} review what stands around the known list, its rows from memory; undefined when the list is gone
 * @property {() => Element | null} list the element whose rows are the messages, after a successful read
 * @property {() => boolean} hasRivals whether other conversations stand beside the one read
 * @property {() => string[]} reasons why the last page was taken or left
 * @property {() => Insight} insight what the messages of the last reading were read from
 */

const MAX_LISTS = 9;
const SAMPLE_ROWS = 60;
/** What stands beside the thread over the reply box is more often the list of conversations. */
const BESIDE_WEIGHT = 0.4;
/** So many lists are looked at, where those before turn out to be none. */
const MOST_TRIES = 2;
/** So few messages hardly say whose conversation it is. */
const FEW_DRAFTS = 3;
/** Of a text with its label; a ticket's fields in its head. */
const MOSTLY = 0.5;

/**
 * One reading of the page, or null where it shows no conversation.
 * @param {Document} [doc]
 * @returns {PageReading | null}
 */
export function readPage(doc = document) {
  return createReader(doc).read();
}

/**
 * A reader that remembers the rows it has seen, for pages that change. What was taught for the site is looked for first.
 * @param {Document} doc @param {() => import("./teach_known.js").Taught[]} [taught]
 * @returns {PageReader}
 */
export function createReader(doc, taught = knownTaught) {
  let memory = emptyMemory();
  const shown = createWindow();
  /** @type {Found | null} */
  let found = null;
  /** @type {string[]} */
  let reasons = [];
  /** What had the focus last. @type {Element | null} */
  let attended = null;
  let rivals = false;
  /** The hidden panel that holds the list. @type {Element | null} */
  let covered = null;
  /** @template T @param {() => T} work @returns {T | undefined} nothing once the panel is shown: the page is another then */
  const inPanel = (work) => (covered === null ? work() : isVisible(covered) ? undefined : uncovering(covered, work));
  /** The known list's rows, changed ones read again. @param {Found} known @param {Set<Node>} dirty */
  const knownUnits = (known, dirty) => {
    const { list, lone } = known.reading;
    if (lone || !list.isConnected || !isVisible(list) || (!known.taught && !sight()(list))) return undefined;
    for (const node of dirty) for (let at = /** @type {Node | null} */ (node); at && at !== list; at = composedParent(at)) {
      memory.units.delete(/** @type {Element} */ (at));
      memory.groups.delete(/** @type {Element} */ (at));
    }
    const units = listUnits(list, Date.now(), memory);
    return units.length > 0 ? units : undefined;
  };
  /** @returns {Generator<undefined, PageReading | null>} */
  function* readInSteps() {
    memory = emptyMemory();
    attended = focusedElement(doc) ?? (attended?.isConnected ? attended : null);
    const known = found;
    let result = (yield* findTaught(doc, memory, shown, taught())) ?? (yield* findConversation(doc, memory, shown, attended, known));
    if (!result.found || result.found.reading.drafts.length === 1) {
      const opened = yield* findOpened(doc, shown);
      if (opened && (!result.found || saysLess(result.found, opened.found))) result = { ...opened, reasons: [...opened.reasons, ...result.reasons] };
    }
    covered = null;
    if (!result.found || result.found.reading.lone) {
      const search = () => findConversation(doc, memory, shown, attended, known);
      const behind = yield* searchCovered(coveredPanels(doc), search, ({ found: thread }) => thread?.reading.list);
      if (behind) [result, covered] = [behind.result, behind.panel];
    }
    rivals = result.rivals;
    found = result.found;
    reasons = result.reasons;
    rememberChosen(found?.reading.list ?? null, rivals);
    yield;
    return found ? toReading(doc, found) : replyPage(doc);
  }
  return {
    read: () => finish(readInSteps()),
    readInSteps,
    refresh: (dirty) => inPanel(() => {
      const known = found;
      const units = known ? knownUnits(known, dirty) : undefined;
      if (!known || !units) return undefined;
      const relearn = units.length < 40 || units.length > known.learnedAt * 1.3 || units.length < known.reading.units.length * 0.5;
      const reading = assembleDrafts(known.reading.list, units, { subject: known.subject, known: known.people }, Date.now(), { model: relearn ? undefined : known.reading.model, shown });
      const opening = known.opening?.unit.element.isConnected ? known.opening : null;
      found = { ...known, opening, reading: { ...reading, drafts: withOpening(reading.drafts, opening) }, learnedAt: relearn ? units.length : known.learnedAt };
      return toReading(doc, found);
    }),
    review: (dirty) => inPanel(() => {
      const units = found ? knownUnits(found, dirty) : undefined;
      if (!found || !units) return undefined;
      const now_ms = Date.now(), { list } = found.reading;
      const known = { ...found.reading, units };
      const facts = readFacts(doc, list, messageRows(known));
      // Who wrote rows that are gone does not say who asks in those that came.
      const fresh = units.length !== found.reading.units.length || units.some((unit, at) => unit !== found?.reading.units[at]);
      const first = fresh ? { ...known, ...assembleDrafts(list, units, { subject: facts.subject, known: namedIn(facts) }, now_ms) } : known;
      const settled = finish(settle(doc, first, facts, now_ms, shown, found));
      if (!settled.found) return undefined;
      found = settled.found;
      reasons = settled.reasons;
      return toReading(doc, found);
    }),
    list: () => found?.reading.list ?? null,
    hasRivals: () => rivals,
    reasons: () => reasons,
    insight: () => ({ rows: found ? readRows(found) : [], points: found?.points ?? null, taught: taught().length === 0 ? "none" : !found?.taught ? "missed" : found.taught.taught.from === "team" ? "team" : "found" }),
  };
}

/** Everybody whom the page names around the messages. @param {PageFacts} facts */
function namedIn(facts) {
  return [...facts.requesters, ...facts.accounts, ...facts.menus, ...facts.owners];
}

/** @template T @param {Generator<undefined, T>} steps @returns {T} */
function finish(steps) {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/**
 * @typedef {object} Found
 * @property {string} id the conversation's
 * @property {DraftList} reading
 * @property {PageFacts} facts
 * @property {Person[]} people
 * @property {Person | null} requester
 * @property {string | null} subject
 * @property {string[]} headings over the list
 * @property {ReplyBox[]} boxes
 * @property {ReplyBoxState} state
 * @property {boolean} commentIsInternal
 * @property {boolean} notesOffered
 * @property {number} learnedAt
 * @property {number} points how much the page looks like a conversation
 * @property {number} score how good the list read as messages
 * @property {import("./bodies.js").Draft | null} opening the message that opened the ticket, where it stands apart
 * @property {import("./teach_locate.js").TaughtList | null} taught
 */

/**
 * The list as taught for this site, without a search; the gate asks of the page what it gave when it was taught. Null where the list is not there.
 * @param {Document} doc @param {import("./lists.js").RowMemory} memory @param {ListWindow} shown @param {import("./teach_known.js").Taught[]} known
 * @returns {Generator<undefined, { found: Found | null, reasons: string[], rivals: boolean } | null>}
 */
function* findTaught(doc, memory, shown, known) {
  const taught = yield* locateTaught(doc, known);
  if (!taught) return null;
  const now_ms = Date.now();
  const rows = { ...emptyMemory(), open: taught.open };
  const units = listUnits(taught.list, now_ms, rows);
  yield;
  const facts = readFacts(doc, units.length === 1 ? (units[0]?.element ?? null) : taught.list);
  const first = assembleDrafts(taught.list, units, { subject: facts.subject, known: namedIn(facts) }, now_ms);
  yield;
  const settled = yield* settle(doc, first, facts, now_ms, shown, undefined, taught);
  if (!settled.found) return null;
  Object.assign(memory, rows);
  return { found: settled.found, reasons: [...settled.reasons, "as taught"], rivals: false };
}

/**
 * @param {Document} doc @param {import("./lists.js").RowMemory} memory @param {ListWindow} shown @param {Element | null} focus @param {Found | null} known what was read before
 * @returns {Generator<undefined, { found: Found | null, reasons: string[], rivals: boolean }>}
 */
function* findConversation(doc, memory, shown, focus, known) {
  const now_ms = Date.now();
  const measures = measurePage(doc, now_ms);
  yield;
  const boxes = findBoxes(doc, null);
  const anchors = [...(focus ? [focus] : []), ...clearBoxes(boxes).slice(0, 1).map((box) => box.shown)];
  const proposals = proposeLists(measures, MAX_LISTS, anchors).filter((proposal) => !standsInColumns(proposal.list, measures));
  if (proposals.length === 0) return { found: null, reasons: ["no list"], rivals: false };
  yield;
  let facts = readFacts(doc, proposals[0]?.list ?? null);
  yield;
  const people = namedIn(facts);
  /** @type {{ reading: DraftList, score: number }[]} */
  const readings = [];
  /** @type {string[]} */
  const tried = [];
  for (const { list, rough } of proposals) {
    yield;
    if (holdsConversations(list, proposals, boxes)) continue;
    const units = listUnits(list, now_ms, memory, SAMPLE_ROWS);
    if (units.length === 0) continue;
    yield;
    const reading = assembleDrafts(list, units, { subject: facts.subject, known: people }, now_ms);
    const score = Math.max(readingScore(reading, boxes), list === known?.reading.list && shown.past().length > 0 ? known.score : 0);
    tried.push(`${list.tagName.toLowerCase()}.${list.getAttribute("class") ?? ""} rough ${rough.toFixed(2)}, ${units.length} units, ${reading.drafts.length} drafts, score ${score.toFixed(2)}`);
    const lone = units.length <= 6 ? loneReading(list, facts, people, now_ms) : null;
    const loneScore = lone ? readingScore(lone, boxes) : 0;
    if (score > 0 && !(lone && loneScore > 0 && areParts(reading, lone))) readings.push({ reading, score });
    if (lone && loneScore > 0) {
      tried.push(`  as one row: score ${loneScore.toFixed(2)}`);
      readings.push({ reading: lone, score: loneScore });
    }
  }
  yield;
  const lists = readings.filter(({ reading, score }) => !reading.lone && score > 1).map(({ reading }) => reading.list);
  const writing = focus && boxes.some((box) => box.visible && composedContains(box.shown, focus)) ? focus : null;
  const weights = readings.map(({ reading }) => attentionWeight(reading.list, lists, writing, known?.reading.list ?? null));
  const overBox = readings.map(({ reading }) => standsOverBox(reading, boxes));
  let rivals = false;
  const answered = clearBoxes(boxes).length > 0 && readings.some(({ reading, score }, at) => overBox[at] && score >= 1 && !holdsEditor(reading.list));
  readings.forEach((one, at) => (one.score *= (weights[at] ?? 1) * (answered && !overBox[at] ? BESIDE_WEIGHT : 1)));
  let best = bestReading(readings), result = /** @type {{ found: Found | null, reasons: string[] }} */ ({ found: null, reasons: ["no messages"] });
  for (let tries = 0; best && !result.found && tries < MOST_TRIES; tries++) {
    const chosen = best, inside = chosen.lone ? (chosen.units[0]?.element ?? chosen.list) : chosen.list;
    facts = readFacts(doc, inside, chosen.lone ? [] : messageRows(chosen));
    const all = chosen.lone ? chosen.units : listUnits(chosen.list, now_ms, memory);
    yield;
    const settled = yield* settle(doc, { ...chosen, units: all }, facts, now_ms, shown);
    tried.push(`took ${inside.tagName.toLowerCase()}.${inside.getAttribute("class") ?? ""}${chosen.lone ? " alone" : ""}`);
    result = { found: settled.found, reasons: [...settled.reasons, ...result.reasons] };
    rivals = lists.some((list) => !composedContains(list, inside) && !composedContains(inside, list));
    // Read again with all that is known by now, some lists hold no rows.
    best = settled.poor ? bestReading(readings.filter(({ reading }) => reading.list !== chosen.list)) : null;
  }
  return { found: result.found, reasons: [...result.reasons, ...tried], rivals };
}

/**
 * A ticket that nobody has answered yet: its opening message alone. Null where the page shows none.
 * @param {Document} doc @param {ListWindow} shown
 * @returns {Generator<undefined, { found: Found, reasons: string[], rivals: boolean } | null>}
 */
function* findOpened(doc, shown) {
  const now_ms = Date.now();
  const facts = readFacts(doc, null);
  const opening = findOpening(doc, null, facts, null, [], now_ms);
  const parent = opening && composedParent(opening.unit.element);
  if (!opening || !parent) return null;
  yield;
  const people = namedIn(facts);
  const first = { ...assembleDrafts(parent, [opening.unit], { subject: facts.subject, known: people }, now_ms), lone: true };
  const settled = yield* settle(doc, first, facts, now_ms, shown);
  return settled.found ? { found: settled.found, reasons: [...settled.reasons, "opening message"], rivals: false } : null;
}

/** The one message of `wide` is the other's with more around it, a label, a title, or without its writer. @param {Found} wide @param {Found} bare */
function saysLess(wide, bare) {
  const one = wide.reading.drafts.at(-1), other = bare.reading.drafts.at(-1);
  if (!one || !other || one.text === other.text) return one?.author === null && other?.author !== null;
  return one.text.includes(other.text) && !isPartOf({ text: other.text, element: bare.reading.list }, wide.reading.drafts);
}

/**
 * A few of the words of a message that says when and by whom, or what a form that was sent as one was called there. A ticket's own head has the ticket's fields.
 * @param {{ text: string, element: Element }} opening @param {import("./bodies.js").Draft[]} drafts
 */
function isPartOf({ text: words, element }, drafts) {
  return drafts.some(({ author, badges, timeText, text, unit }) => (author !== null || badges.length > 0) && timeText !== "" && composedContains(unit.element, element) && (words.length < text.length * MOSTLY || formRuns(unit.runs).size > 0) && !showsFields(unit));
}

/**
 * With the list known: who the requester is, a second drafting with the names known, roles, the gate.
 * @param {Document} doc @param {DraftList} first @param {PageFacts} facts @param {number} now_ms @param {ListWindow} shown @param {Found} [before] what is known already: its model stays @param {import("./teach_locate.js").TaughtList | null} [taught]
 * @returns {Generator<undefined, { found: Found | null, reasons: string[], poor: boolean }>} `poor`: what was read are no rows
 */
function* settle(doc, first, facts, now_ms, shown, before, taught = before?.taught ?? null) {
  const over = headingsOver(first.list), headings = [...ownTitle(first), ...over, ...first.titles];
  const controls = replyControls(doc);
  const boxes = findBoxes(doc, first.list);
  yield;
  const chosen = chooseRequester(first, facts, headings);
  const previewed = chosen.requester === null && first.drafts.length <= FEW_DRAFTS ? previewedPerson(doc, first.list, first.drafts, headings) : null;
  const opener = chosen.requester === null && previewed === null ? whoOpened(first, facts) : null;
  const { requester: called, from } = previewed ? { requester: previewed, from: "preview" } : opener ? { requester: opener, from: "opener" } : chosen;
  const requester = called && inFull(called, facts, headings);
  const people = [...(requester ? [requester] : []), ...facts.requesters, ...facts.accounts, ...facts.menus, ...facts.owners];
  const subject = subjectOf(doc, facts, headings, requester);
  const same = before && before.subject === subject && before.people.length === people.length && first.units.length < before.learnedAt * 1.3;
  const id = conversationId(doc, first.list, requester, over.find((text) => isNameLike(text) && !STATUS_MARK.test(text)));
  shown.turnTo(id);
  const reading = { ...assembleDrafts(first.list, first.units, { subject, known: people }, now_ms, { model: same ? before.reading.model : undefined, shown: first.lone ? undefined : shown }), lone: first.lone };
  yield;
  if (requester && from === "label") nameOpener(reading, requester);
  const opening = taught ? null : openingOf(doc, reading, facts, { subject, known: people }, requester, now_ms);
  const opened = { ...reading, drafts: withOpening(reading.drafts, opening), loose: first.lone && opening ? 0 : reading.loose };
  const score = readingScore(first.lone ? opened : reading, boxes);
  reading.drafts = opened.drafts;
  const state = boxState(boxes, controls);
  const commentIsInternal = offersBoth(doc);
  const found = { id, reading, facts, people, requester, subject, headings, boxes, state, commentIsInternal, notesOffered: offersNotes(doc), learnedAt: same ? before.learnedAt : first.units.length, points: 0, score, opening, taught };
  const decisions = decide(found);
  yield;
  const verdict = judgePage(reading, decisions, facts, { boxes, elsewhere: state === "elsewhere", hidden: state === "hidden", opened: opening !== null, toCustomer: answersCustomer(controls), commentIsInternal, requesterFrom: from, url: doc.location?.href ?? "", score: found.score });
  found.points = verdict.points;
  const passes = verdict.conversation || (taught !== null && verdict.points >= taught.leastPoints);
  return { found: passes ? found : null, reasons: [`${verdict.points.toFixed(1)} points`, ...verdict.reasons], poor: verdict.poor };
}

/**
 * The message that opened the ticket, where it stands apart from what was read; null where it is a part of that.
 * @param {Document} doc @param {DraftList} reading @param {PageFacts} facts @param {{ subject: string | null, known: Person[] }} around @param {Person | null} requester @param {number} now_ms
 */
function openingOf(doc, reading, facts, around, requester, now_ms) {
  if (!reading.lone) return findOpening(doc, reading.list, facts, requester, reading.drafts, now_ms) ?? findApart(reading, around, requester, now_ms);
  const described = findOpening(doc, null, facts, requester, [], now_ms);
  return described && !isPartOf({ text: described.text, element: described.unit.element }, reading.drafts) ? described : null;
}

/** The only message stands unsigned among the ticket's own fields: it is of whom they call the requester. @param {DraftList} reading @param {Person} requester */
function nameOpener({ lone, drafts: [mail, next] }, requester) {
  if (lone && mail && !next && mail.author === null && mail.badges.length === 0 && showsFields(mail.unit)) Object.assign(mail, { author: requester, authorText: requester.name ?? requester.email });
}

/** What a single message is headed with in its own row. @param {DraftList} reading */
function ownTitle({ drafts: [mail, next] }) {
  if (!mail || next) return [];
  const outside = mail.unit.runs.filter((run) => !mail.bodies.some((body) => body.contains(run.owner)));
  const titles = outside.filter((run) => run.head === "subject" || (run.heading && run.kind === "free")).map((run) => splitHead(run.text)?.value ?? run.text);
  return titles.filter((title) => title !== "" && (!isNameLike(title) || /[\u3400-\u9fff]{5}/.test(title))).slice(0, 1);
}

/** The rows of one kind; what is unlike all others may be a part of the page with labels of its own. @param {DraftList} reading */
function messageRows(reading) {
  const rows = reading.drafts.filter((draft) => !draft.system && !showsFields(draft.unit)).map((draft) => draft.unit.element);
  return rows.length < 3 ? rows : rows.filter((row) => rows.some((other) => other !== row && (row.classList.length === 0 ? alike(row, other) : sharesClass(row, other))));
}

/** From the page's evidence, then by what was taught. @param {Found} found */
function decide({ reading, facts, requester, commentIsInternal, notesOffered, taught }) {
  const partial = reading.units.some(({ element }) => hidesWords(element));
  const menus = requester === null ? mayBeSignedIn(reading, facts) : facts.menus;
  const decisions = decideRoles(reading.drafts, { requester, accounts: [...facts.accounts, ...menus], owners: facts.owners, commentIsInternal, notesOffered, list: reading.list, partial });
  taught?.decide(reading.drafts, decisions);
  reading.drafts.forEach((draft, at) => {
    if (!draft.past) draft.decided = decisions[at];
    else if (draft.decided && (taught || decisions[at]?.author === "unknown")) decisions[at] = draft.decided;
  });
  return decisions;
}

/** @param {Found} found @returns {ReadRow[]} */
function readRows(found) {
  const decisions = decide(found);
  return found.reading.drafts.flatMap((draft, at) => {
    const author = decisions[at]?.author ?? "system";
    return author === "system" || draft.past || draft === found.opening ? [] : [{ draft, author }];
  });
}

/** @param {Document} doc @param {Found} found @returns {PageReading} */
function toReading(doc, found) {
  const { reading, facts, requester } = found;
  const decisions = decide(found);
  const messages = reading.drafts.flatMap((draft, at) => {
    const decision = decisions[at];
    if (!decision || decision.author === "system") return [];
    return [{ id: draft.id ?? "", author: decision.author, author_name: draft.authorText, text: draft.text, sent_at_ms: draft.sent_at_ms, evidence: decision.evidence }];
  });
  const customers = new Map(reading.drafts.flatMap(({ author }, at) => (decisions[at]?.author === "customer" && author?.name ? [[author.name, author]] : [])));
  const asking = requester ?? (customers.size === 1 ? [...customers.values()][0] : null);
  const channel = channelOf(reading, facts, found.boxes);
  if (channel === "phone" && countsFromZero(messages.map((message) => message.sent_at_ms))) for (const message of messages) message.sent_at_ms = null;
  const agents = agentEmails(facts, requester);
  const { phone, email } = reachOf(facts.reach, requester, found.headings, agents);
  const agent = reading.drafts.find((draft, at) => decisions[at]?.author === "agent" && draft.author && [...facts.accounts, ...facts.menus].some((account) => looselySamePerson(draft.author, account)));
  return {
    conversation: {
      id: found.id,
      url: doc.location?.href ?? "",
      subject: found.subject,
      channel,
      requester: { name: asking?.name ?? null, email: email ?? asking?.email ?? null, handle: asking?.handle ?? null, phone },
      agent_name: agent?.authorText ?? facts.accounts.find((account) => account.name !== null && /\s|[\u3400-\u9fff]/.test(account.name))?.name ?? null,
      agent_emails: agents,
    },
    messages,
    reply_box: found.state,
  };
}
