// Scores what was read off a desk's pages against the seed.
// CLI: node score.mjs PRED.json SEED.json [--without-notes]   prints one JSON line.
// PRED: {"<key>": {"messages": [{"text", "role"}], "requester"?}}
//
// A predicted message matches a seeded one when the normalised texts are >= 0.90 alike (Ratcliff-Obershelp, as Python's
// difflib without autojunk); one to one, best pairs first. All else that was predicted (system lines, signatures as
// messages, the same message twice) is a false positive.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

/** @typedef {{text: string, role: string | null}} Message */
/** @typedef {{key: string, subject: string, requester: {name: string, email: string}, messages: (Message & {attachments?: string[]})[]}} Seeded */
/** @typedef {{notes?: boolean, bots?: boolean, attachments?: boolean | "pictures"}} Holds what a desk can hold of a seed; attachments "pictures": it draws pictures and names other files */
/** @typedef {{messages: Message[], requester?: string | null}} Reading */

/** @param {string} text */
export function normalise(text) {
  return text.normalize("NFKC").replaceAll("\u200b", " ").replace(/\s+/g, " ").trim();
}

/** 2·matching / total characters, 0–1.  @param {string} left @param {string} right */
export function similarity(left, right) {
  const [a, b] = [Array.from(left), Array.from(right)];
  if (a.length + b.length === 0) return 1;
  /** @type {Map<string, number[]>} */
  const positions = new Map();
  b.forEach((character, j) => (positions.get(character) ?? positions.set(character, []).get(character))?.push(j));
  let matching = 0;
  const open = [[0, a.length, 0, b.length]];
  for (let range = open.pop(); range; range = open.pop()) {
    const [aStart, aEnd, bStart, bEnd] = range;
    let [bestA, bestB, size] = [aStart, bStart, 0];
    /** @type {Map<number, number>} */
    let lengths = new Map();
    for (let i = aStart; i < aEnd; i += 1) {
      /** @type {Map<number, number>} */
      const next = new Map();
      for (const j of positions.get(a[i]) ?? []) {
        if (j < bStart) continue;
        if (j >= bEnd) break;
        const length = (lengths.get(j - 1) ?? 0) + 1;
        next.set(j, length);
        if (length > size) [bestA, bestB, size] = [i - length + 1, j - length + 1, length];
      }
      lengths = next;
    }
    if (size === 0) continue;
    matching += size;
    open.push([aStart, bestA, bStart, bestB], [bestA + size, aEnd, bestB + size, bEnd]);
  }
  return (2 * matching) / (a.length + b.length);
}

/**
 * What a perfect reader of a desk's page reports of a seeded conversation. A bot speaks for the desk's side; system lines are no messages.
 * @param {Seeded} conversation @param {Holds} [holds]
 * @returns {Message[]}
 */
export function truthOf(conversation, { notes = true, bots = false, attachments = false } = {}) {
  return conversation.messages
    .filter(({ role }) => role !== "system" && (notes || role !== "note") && (bots || role !== "bot"))
    .map(({ role, text, attachments: files = [] }) => ({
      role: role === "bot" ? "agent" : role,
      text: [text, ...(attachments ? files.map((file) => (attachments === "pictures" && /\.(?:jpe?g|png)$/.test(file) ? "[image]" : `[file: ${file}]`)) : [])].filter((part) => part !== "").join("\n"),
    }));
}

/**
 * @param {Record<string, Reading>} predicted
 * @param {Seeded[]} seed
 * @param {Holds} [holds]
 */
export function score(predicted, seed, holds) {
  const sum = { tp: 0, fp: 0, fn: 0, role: 0, customerTp: 0, customerFp: 0, customerFn: 0, order: 0, requester: 0, conversations: 0 };
  for (const conversation of seed) {
    const reading = predicted[conversation.key];
    if (!reading) continue;
    sum.conversations += 1;
    const truth = truthOf(conversation, holds).map((m) => ({ text: normalise(m.text), role: m.role }));
    const seen = reading.messages.map((m) => ({ text: normalise(m.text), role: m.role }));
    const pairs = truth.flatMap((t, i) => seen.map((s, j) => ({ i, j, alike: similarity(t.text, s.text) })));
    pairs.sort((x, y) => y.alike - x.alike || y.i - x.i || y.j - x.j);
    /** @type {Map<number, number>} */ const seenOf = new Map();
    /** @type {Map<number, number>} */ const pairedTruth = new Map();
    for (const { i, j, alike } of pairs) {
      if (alike >= 0.9 && !seenOf.has(i) && !pairedTruth.has(j)) {
        seenOf.set(i, j);
        pairedTruth.set(j, i);
      }
    }
    sum.tp += seenOf.size;
    sum.fn += truth.length - seenOf.size;
    sum.fp += seen.length - pairedTruth.size;
    for (const [i, j] of seenOf) {
      sum.role += Number(truth[i].role === seen[j].role);
      sum.customerTp += Number(truth[i].role === "customer" && seen[j].role === "customer");
    }
    sum.customerFn += truth.filter((t, i) => t.role === "customer" && seen[seenOf.get(i) ?? -1]?.role !== "customer").length;
    sum.customerFp += seen.filter((s, j) => s.role === "customer" && truth[pairedTruth.get(j) ?? -1]?.role !== "customer").length;
    const sequence = [...seenOf.keys()].sort((x, y) => x - y).map((i) => seenOf.get(i) ?? 0);
    const rising = sequence.every((j, k) => k === 0 || j > sequence[k - 1]);
    const falling = sequence.every((j, k) => k === 0 || j < sequence[k - 1]);
    sum.order += Number(rising || falling);
    const requester = normalise(reading.requester ?? "");
    sum.requester += Number(requester !== "" && [conversation.requester.name, conversation.requester.email].includes(requester));
  }
  const precision = ratio(sum.tp, sum.tp + sum.fp);
  const recall = ratio(sum.tp, sum.tp + sum.fn);
  return {
    conversations: sum.conversations,
    precision: round(precision),
    recall: round(recall),
    f1: round(ratio(2 * precision * recall, precision + recall)),
    roleAccuracy: round(ratio(sum.role, sum.tp)),
    customerPrecision: round(ratio(sum.customerTp, sum.customerTp + sum.customerFp)),
    customerRecall: round(ratio(sum.customerTp, sum.customerTp + sum.customerFn)),
    order: round(ratio(sum.order, sum.conversations)),
    requester: round(ratio(sum.requester, sum.conversations)),
  };
}

/** @param {number} part @param {number} whole */
const ratio = (part, whole) => (whole === 0 ? 0 : part / whole);
/** @param {number} value */
const round = (value) => Math.round(value * 1000) / 1000;

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [prediction, seed] = process.argv.slice(2, 4).map((path) => JSON.parse(readFileSync(path, "utf8")));
  console.log(JSON.stringify(score(prediction, seed, { notes: !process.argv.includes("--without-notes") })));
}
