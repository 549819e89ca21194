// @ts-check
/**
 * Owns what in a row repeats something said elsewhere: a quoted mail from its header block on, and a translation beside the original.
 * Marks runs; cuts no text itself and compares no rows.
 */
import { FOLLOWS_SENDER } from "./message_labels.js";
import { isNameLike } from "./text.js";
import { TRANSLATION_LABEL } from "./words.js";

/** @typedef {import("./runs.js").TextRun} TextRun */

const DIVIDER = /^[-_=—\s]*(?:original message|forwarded message|原始邮件|原邮件|转发邮件|原始郵件|转发的邮件|original|forwarded)[-_=—\s]*$/i;
const BLOCK_RUNS = 10;
const CAPTION_CHARACTERS = 30;

/** @param {TextRun[]} runs */
export function markLeftOut(runs) {
  const start = quoteStart(runs);
  for (let at = start; at < runs.length; at++) leaveOut(runs[at]);
  markTranslations(runs);
}

/** @param {TextRun | undefined} run */
function leaveOut(run) {
  if (run && run.kind !== "attribute" && run.kind !== "control") run.kind = "left_out";
}

/**
 * Where a quoted mail begins: a block of "From: … Sent: … To: …" after the row's own words, or a divider before one. The row's own
 * header block, which stands before its words, is none.
 * @param {TextRun[]} runs
 */
function quoteStart(runs) {
  const from = runs.findIndex((run, at) => at > 0 && run.kind === "header" && run.head === "from" && isBlockStart(runs, at) && followsWords(runs, at));
  if (from < 0) return runs.length;
  const divider = runs.slice(Math.max(0, from - 2), from).findIndex((run) => DIVIDER.test(run.text));
  return divider < 0 ? from : Math.max(0, from - 2) + divider;
}

/** @param {TextRun[]} runs @param {number} at */
function isBlockStart(runs, at) {
  if (/[:：]$/.test(runs[at - 1]?.text ?? "") && runs[at - 1]?.kind === "header") return false;
  return runs.slice(at + 1, at + BLOCK_RUNS).some((run) => run.kind === "header" && FOLLOWS_SENDER.has(run.head ?? "more"));
}

/** Words after a time or an earlier header block: the row's own message. @param {TextRun[]} runs @param {number} at */
function followsWords(runs, at) {
  const headed = runs.findIndex((run) => run.kind === "time" || (run.kind === "header" && run.head === "from"));
  if (headed < 0 || headed >= at) return false;
  const words = runs.slice(headed + 1, at).filter((run) => run.kind === "free" || run.kind === "media" || run.kind === "file");
  const block = runs[at], after = runs.slice(at + 1).find((run) => run.kind === "free");
  if (!block || !after) return words.length > 0;
  return words.some((run) => sharedDepth(run, block) >= sharedDepth(block, after) || !isCaption(run.text));
}

/** How deep two runs stand together. @param {TextRun} left @param {TextRun} right */
function sharedDepth(left, right) {
  let depth = 0;
  while (depth < left.chain.length && left.chain[depth] === right.chain[depth]) depth++;
  return depth;
}

/** Names and deeds over a row ("Li Wei <…>", "- Ticket created") say nothing themselves. @param {string} text */
function isCaption(text) {
  return isNameLike(text) || /<?\S+@\S+\.\w+>?/.test(text) || (text.length <= CAPTION_CHARACTERS && !/[.!?。！？]/.test(text));
}

/** @param {TextRun[]} runs */
function markTranslations(runs) {
  runs.forEach((run, at) => {
    if (run.kind === "attribute" || run.kind === "left_out" || run.text.length > 90) return;
    const label = TRANSLATION_LABEL.exec(run.text);
    if (!label) return;
    const rest = run.text.slice(label[0].length).trim();
    const words = runs.filter((other) => other !== run && other.kind === "free" && !other.spoken);
    const part = labelledPart(run, words, rest !== "");
    if (part) {
      for (const other of runs) if (part.contains(other.node)) leaveOut(other);
      return;
    }
    const later = runs.slice(at + 1).filter((other) => words.includes(other));
    if (later.length > 0 && later.length < words.length) for (const other of later) leaveOut(other);
    leaveOut(run);
  });
}

/**
 * The nearest element that holds the label and some, but not all, of the row's words.
 * @param {TextRun} label @param {TextRun[]} words @param {boolean} speaks the label's run holds the translation itself
 */
function labelledPart(label, words, speaks) {
  for (let at = label.chain.length - 1; at >= 0; at--) {
    const element = /** @type {Element} */ (label.chain[at]);
    const inside = words.filter((run) => element.contains(run.node)).length;
    if (inside === words.length) return null;
    if (inside > 0 || speaks) return element;
  }
  return null;
}
