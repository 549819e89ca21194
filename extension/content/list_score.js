// @ts-check
/**
 * Owns how good a list reads as messages, and where it stands to the reply box: compares the lists of one page, never pages.
 * Whether the best of them is a conversation at all is gate.js' to judge.
 */
import { composedContains, drawnElement, hasColumnTitles } from "./dom.js";
import { isSectionHeading } from "./identity.js";
import { alike } from "./lists.js";
import { areFields, columnsOf, holdsEditor, holdsForm, holdsRows, isCutOff, isForTicking, isPageHead, isPageTitle, share, standBeside, standsAmongFields } from "./page_parts.js";
import { isBadgeWord } from "./runs.js";
import { isNameLike, saidLength } from "./text.js";
import { ANSWERS_WORDS, CUSTOMER_SECTION, DESCRIPTION_LABEL, INSERT_WORDS } from "./words.js";

/**
 * @typedef {import("./drafts.js").DraftList} DraftList
 * @typedef {import("./bodies.js").Draft} Draft
 * @typedef {import("./boxes.js").ReplyBox} ReplyBox
 */

/** Of so few rows one that holds but a name is the bar over the others. */
const FEW_ROWS = 3;
/** In so many rows few write more than once. */
const MANY_ROWS = 5;
/** A page has no more parts than this one under the other. */
const FEW_PARTS = 8;
/** Beside one name and one time it says whose ticket this is. */
const LONE_ADDRESS = /^\S+@\S+\.\w+$/;
/** A reply box so far above or below the messages is another's. */
const FAR_PX = 900;

/**
 * How good a list reads as messages.
 * @param {DraftList} reading
 * @param {ReplyBox[]} boxes
 */
export function readingScore(reading, boxes) {
  const { drafts, list, units } = reading;
  if (drafts.length === 0) return 0;
  const spoken = drafts.filter((draft) => !draft.system);
  const timed = share(spoken, (draft) => draft.timeText !== "");
  const composers = clearBoxes(boxes).map((box) => box.composer).filter((composer) => !composedContains(composer, list));
  let score = 0;
  for (const draft of spoken) {
    const lacksTime = timed >= 0.5 && draft.timeText === "" && !draft.side && draft.header !== "";
    const typed = composers.some((composer) => draft.bodies.some((body) => composedContains(composer, body)));
    if (!draft.marked || typed || lacksTime || isPart(draft, spoken) || holdsSeveral(draft, reading)) {
      score -= 0.5;
      continue;
    }
    const worth = 0.4 + (draft.timeText !== "" ? 0.3 : 0) + (draft.author !== null || draft.badges.length > 0 ? 0.3 : 0) + (draft.side ? 0.3 : 0) + Math.min(0.3, saidLength(draft.text) / 300);
    const beside = draft.unit.runs.filter((run) => run.kind !== "attribute" && !draft.bodies.some((body) => body === draft.unit.element || run.chain.includes(body))).length;
    score += worth * Math.min(1, 16 / Math.max(1, beside));
  }
  const drafted = new Set(drafts.map((draft) => draft.unit));
  const silent = units.filter((unit) => !unit.headerOnly && !drafted.has(unit) && unit.runs.some((run) => run.kind === "time")).length;
  score += Math.min(silent, 10) * 0.15;
  const authors = new Set(drafts.map((draft) => draft.author?.name ?? draft.author?.email ?? "").filter((name) => name !== ""));
  score /= Math.sqrt(1 + reading.loose);
  score *= 0.1 + 0.9 * kinship(reading);
  if (spoken.length > FEW_ROWS && authors.size <= 1 && share(spoken, (draft) => !draft.side && isNameLike(draft.text)) > 0.7) score *= 0.1;
  if (linkShare(reading) > 0.6) score *= 0.05;
  if (share(drafts, (draft) => isCutOff(draft.bodies[0])) > 0.6) score *= drafts.length >= 3 ? 0.05 : 0.3;
  if (share(units, (unit) => isForTicking(unit.element)) > 0.6 && units.length > 2) score *= 0.3;
  if (drafts.length >= MANY_ROWS && authors.size >= drafts.length * 0.8) score *= 0.5;
  if (offersAnswers(reading)) score *= 0.1;
  if (share(units, (unit) => unit.element.getAttribute("aria-selected") !== null || unit.element.getAttribute("role") === "option") > 0.6) score *= 0.3;
  if (timed === 0 && holdsForm(list)) score *= 0.2;
  if (areFields(units) || standsAmongFields(list)) score *= 0.2;
  const table = list.closest("table");
  if ((units.length >= 4 || (table && hasColumnTitles(table))) && share(units, (unit) => columnsOf(unit.element) >= 4) > 0.6) score *= 0.3;
  if (standBeside(spoken.slice(0, 12).map((draft) => draft.unit.element))) score *= 0.2;
  const over = standsOverBox(reading, boxes);
  // Beside a box to write in, a list of conversations.
  if (!over && clearBoxes(boxes).length > 0 && drafts.length >= FEW_ROWS && drafts.length < MANY_ROWS && authors.size === drafts.length) score *= 0.5;
  const aside = clearBoxes(boxes).length > 0 ? list.closest("aside, [role=complementary]") : null;
  // A bar to write in may go across the window, under what stands beside the thread, too.
  if (aside && !(over && clearBoxes(boxes).some((box) => composedContains(aside, box.shown)))) score *= 0.12;
  else if (over) score *= 1.5;
  if (boxes.some((box) => box.visible && composedContains(list, box.shown) && reading.drafts.length < 2)) score *= 0.7;
  return score;
}

/** A part of the page among what was read: a form, a list, the page's head, the bar over a chat. @param {Draft} draft @param {Draft[]} spoken */
function isPart(draft, spoken) {
  const { element } = draft.unit;
  if (holdsEditor(element) || holdsRows(element) || isTitled(draft.unit) || (spoken.length === 1 && LONE_ADDRESS.test(draft.text)) || (spoken.length <= FEW_ROWS && draft.author === null && isNameLike(draft.text))) return true;
  return spoken.length <= FEW_PARTS && (isPageHead(element) || isPageTitle(element, spoken));
}

/** Two and more of the writers' names and times in one row of few: what holds the list, not a message. @param {Draft} draft @param {DraftList} reading */
function holdsSeveral({ unit: { runs } }, { drafts, model }) {
  if (drafts.length > FEW_ROWS || runs.filter((run) => run.kind === "time").length < 2) return false;
  return model.authorPaths.some((path) => runs.filter((run) => run.kind === "free" && run.place === path).length > 1);
}

/** It begins with the title of a part of the page: "Details", "Customer". One that has a time beside it in a bar says what the row is: "Comment". @param {import("./bodies.js").Unit} unit */
function isTitled({ element, runs }) {
  const first = runs.find((run) => run.kind !== "attribute");
  if (!first?.heading || !(isSectionHeading(first.text) || isBadgeWord(first.text) || CUSTOMER_SECTION.test(first.text))) return false;
  if (DESCRIPTION_LABEL.test(first.text)) return true;
  const bar = first.owner.closest("h1, h2, h3, h4, h5, h6, [role=heading]")?.parentElement;
  return !bar || !element.contains(bar) || bar === element || !runs.some((run) => run.kind === "time" && bar.contains(run.owner));
}

/** Answers to choose from: each row has a button that puts it into the reply, or the panel is called so. @param {DraftList} reading */
function offersAnswers({ units, drafts }) {
  const titled = units[0]?.runs.some((run) => run.heading && ANSWERS_WORDS.test(run.text)) ?? false;
  return titled || (drafts.length > 1 && share(drafts, ({ unit: { runs } }) => runs.some((run) => run.kind === "control" && INSERT_WORDS.test(run.text))) > 0.6);
}

/** Boxes that are surely for replies. @param {ReplyBox[]} boxes */
export function clearBoxes(boxes) {
  return boxes.filter((box) => box.visible && box.score >= 2);
}

/** No further above or below the messages than a screen or so. @param {ReplyBox} box @param {Element} list */
export function isNear(box, list) {
  const area = box.shown.getBoundingClientRect(), frame = drawnElement(list).getBoundingClientRect();
  return Math.max(area.top - frame.bottom, frame.top - area.bottom) < FAR_PX;
}

/** Whether most rows share their width with the reply box, or with any box where none is clear. @param {DraftList} reading @param {ReplyBox[]} boxes */
export function standsOverBox({ drafts }, boxes) {
  const clear = clearBoxes(boxes), areas = (clear.length > 0 ? clear : boxes.filter((box) => box.visible)).map((box) => box.shown.getBoundingClientRect());
  const rows = areas.length === 0 ? [] : drafts.filter((draft) => !draft.system).slice(0, 20).map((draft) => drawnElement(draft.unit.element).getBoundingClientRect());
  return share(rows, (row) => areas.some((area) => Math.min(area.right, row.right) - Math.max(area.left, row.left) > Math.min(area.width, row.width) * 0.5)) > 0.5;
}

/**
 * The share of rows that are of one kind, a message's own parts counted once.
 * @param {DraftList} reading
 */
export function kinship(reading) {
  const rows = reading.drafts.filter((draft) => !draft.system).map((draft) => draft.unit.element);
  const sample = rows.slice(0, 60);
  if (sample.length < 2) return 1;
  return Math.max(...sample.slice(0, 8).map((row) => share(sample, (other) => alike(row, other))));
}

/** The share of words in links, writers' names aside. @param {DraftList} reading */
export function linkShare(reading) {
  let links = 0, all = 0;
  for (const unit of reading.units) {
    const whole = unit.element.tagName === "A" || unit.element.closest("a") !== null;
    for (const run of unit.runs) {
      if (run.kind !== "free" || reading.model.authorPaths.includes(run.place)) continue;
      all += run.text.length;
      if (run.link || whole) links += run.text.length;
    }
  }
  return all === 0 ? 0 : links / all;
}
