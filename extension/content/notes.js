// @ts-check
/**
 * Owns which of the desk's messages are notes that only the desk reads, where no word beside them says so: by signs on the row, and by a look
 * that sets it apart from the desk's answers. A customer's words are never a note, and what every message has says nothing.
 */
import { isAmber, isPaleNoteColour, isYellowPaper } from "./note_paper.js";
import { fold } from "./people.js";
import { lookOf } from "./row_looks.js";

/**
 * @typedef {import("./bodies.js").Draft} Draft
 * @typedef {import("./roles.js").Decision} Decision
 * @typedef {import("./row_looks.js").RowLook} RowLook
 */

/** Why else one message stands out. */
const OTHERWISE = /\b(?:pinned|merged|draft|scheduled|failed|not (?:sent|delivered)|unread|new messages?)\b|置顶|合并|草稿|定时|失败|未读|未发送/i;
/** Stripes of so many rows are no chance. */
const LEAST_STRIPES = 4;

/**
 * Signs on the row: an attribute that calls it internal, or a lock beside its words, which neither all the desk's rows have nor a customer's.
 * @param {Draft[]} drafts @param {Decision[]} decisions changed in place @param {Element | null} list
 */
export function byMarks(drafts, decisions, list) {
  if (list === null) return;
  for (const sign of /** @type {const} */ (["internal", "lock"])) {
    const marked = (/** @type {Draft} */ draft) => !draft.past && lookOf(draft, list)[sign];
    const rows = drafts.map((draft, at) => ({ draft, at, author: decisions[at]?.author })).filter(({ draft, author }) => !draft.system && author !== "system");
    if (rows.some(({ draft, author }) => author === "customer" && marked(draft)) || !rows.some(({ draft, author }) => author !== "customer" && !marked(draft))) continue;
    for (const { draft, at, author } of rows) if ((author === "agent" || author === "unknown") && marked(draft)) decisions[at] = { author: "note", evidence: "internal_badge" };
  }
}

/**
 * Note paper, an amber edge, a frame of dashes: what no customer's message has and not all of the desk's. It is the kind of message that is painted,
 * not who wrote it, where one writer's stand on both; a single one may only be pointed at.
 * @param {Draft[]} drafts @param {Decision[]} decisions changed in place @param {Element | null} list @param {boolean} offered the page has a way to write notes
 */
export function byLooks(drafts, decisions, list, offered) {
  if (list === null) return;
  const rows = drafts.flatMap((draft, at) => (decisions[at]?.author === "system" || draft.system || (draft.past && !draft.unit.look) ? [] : [{ draft, at, author: decisions[at]?.author ?? "unknown", look: lookOf(draft, list) }]));
  const own = rows.filter(({ author }) => author === "agent");
  if (own.length === 0) return;
  /** @param {(look: RowLook) => boolean} painted @param {boolean} plain the look alone is enough where the page says nothing of notes @param {string} evidence */
  const tell = (painted, plain, evidence) => {
    const open = rows.filter(({ author, look }) => /^(?:agent|unknown)$/.test(author) && painted(look));
    const told = rows.some(({ author, look }) => author === "note" && painted(look)), answers = own.filter(({ look }) => !painted(look));
    if (open.length === 0 || answers.length === 0 || rows.some(({ author, look }) => author === "customer" && painted(look))) return;
    if (!(plain || offered || told) || (open.length > answers.length && !offered && !told) || isStriped(rows.map(({ look }) => painted(look)))) return;
    const plainRows = rows.filter(({ author, look }) => /^(?:agent|unknown)$/.test(author) && !painted(look));
    const isKind = told || open.some(({ draft }) => plainRows.some((row) => sameWriter(row.draft, draft)));
    const ofKind = open.filter(({ author, draft }) => (isKind && author === "agent") || (author === "unknown" && offered) || answers.some((answer) => sameWriter(answer.draft, draft)));
    if (ofKind.length === 1 && !told && ofKind.some((row) => isPointedAt(row) || ((row === own.at(-1) || row === rows.at(-1)) && (!offered || answers.some(({ look }) => look.parts === row.look.parts))))) return;
    for (const { at } of ofKind) decisions[at] = { author: "note", evidence };
  };
  tell(({ grounds, heads }) => [...grounds].some(isPaleNoteColour) || [...heads].some(isYellowPaper), true, "note_paper");
  tell(({ dashed }) => dashed, true, "note_look");
  tell(({ edges }) => [...edges].some(isAmber), false, "note_look");
}

/** @param {{ draft: Draft, look: RowLook }} row */
function isPointedAt({ draft, look }) {
  return look.chosen || draft.unit.runs.some(({ owner, text }) => !draft.bodies.some((body) => body !== draft.unit.element && body.contains(owner)) && OTHERWISE.test(text));
}

/** The same name, or nobody named and on no other side. @param {Draft} one @param {Draft} other */
function sameWriter(one, other) {
  const [name, beside] = [one, other].map(({ author }) => author && (author.email ?? fold(author.name ?? author.handle ?? "")));
  if (name && beside) return name === beside;
  return (one.side ?? other.side) !== undefined && (one.side ?? other.side) === (other.side ?? one.side);
}

/** Every other row. @param {boolean[]} painted */
function isStriped(painted) {
  return painted.length >= LEAST_STRIPES && painted.every((on, at) => at === 0 || on !== painted[at - 1]);
}
