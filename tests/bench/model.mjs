// What the shipped model says of the development sets, through the engine that ships, written into docs/PERFORMANCE.md, and how far
// its scores can be trusted, drawn into docs/images/reliability.svg.
// usage: node model.mjs --data DIR [--no-write]      DIR: the folder of the training corpora; target/release/analyze must be built
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ROOT, TARGET } from "../harness/paths.mjs";
import { provenance, writeFigures } from "../harness/performance_page.mjs";
import { binned, calibrationError, reliabilityDiagram } from "./reliability.mjs";

/** @typedef {{ author: string, text: string }} Turn */
/** @typedef {{ text: string, context?: Turn[], intent: string, also?: string[], sentiment?: number, emotion?: string, abuse?: string }} Row */
/** @typedef {{ intent: { label: string, score: number }, intents: { label: string }[], sentiment: { label: string }, emotion: { label: string }, abuse: { kind: string, score: number } | null, flags: { label: string }[] }} Said */

const { values } = parseArgs({ options: { data: { type: "string" }, "no-write": { type: "boolean", default: false } } });
if (!values.data) throw new Error("--data DIR names the folder of the training corpora");
const data = values.data;

/** @param {string} path */
const lines = (path) => readFileSync(join(data, path), "utf8").trim().split("\n").map((line) => JSON.parse(line));

/** @param {Row[]} rows @returns {Said[]} */
function analyse(rows) {
  const input = rows.map(({ text, context = [] }) => JSON.stringify({ text, context })).join("\n");
  const out = execFileSync(join(TARGET, "release/analyze"), { input, maxBuffer: 256 << 20 });
  return out.toString().trim().split("\n").map((line) => JSON.parse(line));
}

/** @param {boolean[]} hits */
const share = (hits) => (hits.length ? (hits.filter(Boolean).length / hits.length).toFixed(3) : "–");

/** @param {number} value */
const polarity = (value) => (value < 0 ? "negative" : value > 0 ? "positive" : "neutral");

/** @param {string[]} gold @param {string[]} said */
function macroF1(gold, said) {
  const labels = [...new Set(gold)];
  const scores = labels.map((label) => {
    const hit = gold.filter((value, i) => value === label && said[i] === label).length;
    const all = gold.filter((value) => value === label).length + said.filter((value) => value === label).length;
    return (2 * hit) / all;
  });
  return (scores.reduce((sum, score) => sum + score, 0) / labels.length).toFixed(3);
}

/** How well something is found: wanted, told, precision, recall. @param {string} name @param {boolean[]} wanted @param {boolean[]} told */
function found(name, wanted, told) {
  return [name, wanted.length, wanted.filter(Boolean).length, told.filter(Boolean).length, share(wanted.filter((_, i) => told[i])), share(told.filter((_, i) => wanted[i]))];
}

/** What the same weights say in fp32 under onnxruntime. @type {Record<string, Record<string, number>>} */
const exact = JSON.parse(readFileSync(join(ROOT, "models/goldens/fp32.json"), "utf8"));
/** @type {{ gap: number, where: string }} */
let worst = { gap: -1, where: "" };

/** A share with its fp32 figure beside it. @param {string} set @param {string} figure @param {boolean[]} hits */
function beside(set, figure, hits) {
  const before = exact[set]?.[figure];
  if (before === undefined) throw new Error(`goldens/fp32.json has no ${figure} of ${set}`);
  const gap = before - hits.filter(Boolean).length / hits.length;
  if (gap > worst.gap) worst = { gap, where: `${set} ${figure}` };
  return `${share(hits)} (${before.toFixed(3)})`;
}

/** Every top intent told, with its score, by the name of its set. @type {Record<string, { score: number, right: boolean }[]>} */
const told = {};

/** @param {string} name @param {string} set name in the manifest @param {Row[]} rows */
function measure(name, set, rows) {
  const said = analyse(rows);
  const hits = rows.map((row, i) => row.intent === said[i].intent.label);
  told[set] = hits.map((right, i) => ({ right, score: said[i].intent.score }));
  const applied = hits.filter((_, i) => said[i].intent.score >= 0.85);
  const top3 = rows.map((row, i) => said[i].intents.some(({ label }) => label === row.intent));
  const mood = rows[0].emotion !== undefined;
  const emotions = said.map(({ emotion }) => emotion.label);
  return [
    name,
    rows.length,
    beside(set, "intent", hits),
    share(top3),
    `${share(applied)} at ${(applied.length / rows.length).toFixed(2)}`,
    calibrationError(binned(told[set])).toFixed(3),
    mood ? beside(set, "polarity", rows.map((row, i) => polarity(Number(row.sentiment)) === said[i].sentiment.label)) : "–",
    mood ? beside(set, "emotion", rows.map((row, i) => row.emotion === emotions[i])) : "–",
    mood ? macroF1(rows.map((row) => String(row.emotion)), emotions) : "–",
  ];
}

/** @param {any[]} turns @returns {Turn[]} */
const context = (turns) => turns.map(([author, text]) => ({ author: author === "user" ? "customer" : "agent", text }));

const single = lines("authored/dev.jsonl");
const pairs = lines("authored/pairs.dev.jsonl");
const jddc = lines("eval_only/unified_intents_zh_jddc/dev.jsonl").map((row) => ({ ...row, intent: row.label, context: context(row.context) }));
const rows = [
  measure("authored zh", "authored/zh", single.filter((row) => row.lang === "zh")),
  measure("authored en", "authored/en", single.filter((row) => row.lang === "en")),
  measure("pairs zh", "pairs/zh", pairs.map((row) => ({ ...row, text: row.zh }))),
  measure("pairs en", "pairs/en", pairs.map((row) => ({ ...row, text: row.en }))),
  measure("unified_intents_en", "unified_intents/en", lines("unified_intents_en/dev.jsonl").map((row) => ({ ...row, intent: row.label }))),
  measure("real Chinese turns (JDDC)", "jddc/zh", jddc.map((row) => ({ ...row, context: [] }))),
  measure("real Chinese turns, with context", "jddc+context/zh", jddc),
];
const dialogues = lines("authored/dialogues.dev.jsonl");
/** Customer turns in one language, each with the turns before it. @param {"zh" | "en"} lang @returns {Row[]} */
const turnsOf = (lang) =>
  dialogues.flatMap(({ turns }) =>
    turns.flatMap((/** @type {any} */ turn, /** @type {number} */ i) => {
      const before = turns.slice(0, i).filter((/** @type {any} */ { author }) => author === "customer" || author === "agent");
      return turn.author === "customer" ? [{ ...turn, text: turn[lang], context: before.map((/** @type {any} */ t) => ({ author: t.author, text: t[lang] })) }] : [];
    }),
  );
for (const lang of /** @type {const} */ (["zh", "en"])) {
  rows.push(measure(`dialogue turns ${lang}`, `dialogues/${lang}`, turnsOf(lang).map((row) => ({ ...row, context: [] }))));
  rows.push(measure(`dialogue turns ${lang}, with context`, `dialogues+context/${lang}`, turnsOf(lang)));
}
/** @param {string} name @param {string[]} sets */
const panel = (name, ...sets) => ({ name, bins: binned(sets.flatMap((set) => told[set])) });
const panels = [
  panel("zh: authored and pairs", "authored/zh", "pairs/zh"),
  panel("en: authored and pairs", "authored/en", "pairs/en"),
  panel("en: unified_intents_en", "unified_intents/en"),
  panel("zh: dialogue turns in context", "dialogues+context/zh"),
  panel("en: dialogue turns in context", "dialogues+context/en"),
  panel("zh: real turns (JDDC) in context", "jddc+context/zh"),
];
const AT_AGENT = ["insult", "threat", "harassment", "discrimination"];
/** @param {{ kind: string, score: number } | null} abuse */
const isCard = (abuse) => abuse !== null && AT_AGENT.includes(abuse.kind) && abuse.score >= 0.7;
const beyond = [];
const abuse = readFileSync(join(ROOT, "models/corpus/abuse.dev.jsonl"), "utf8").trim().split("\n").map((line) => JSON.parse(line));
for (const lang of /** @type {const} */ (["zh", "en"])) {
  const said = analyse(abuse.map((row) => ({ ...row, text: row[lang] })));
  beyond.push(found(`abuse of any kind, ${lang}`, abuse.map((row) => row.abuse !== "none"), said.map((one) => one.abuse !== null)));
  beyond.push(found(`abuse of the agent, with a card, ${lang}`, abuse.map((row) => AT_AGENT.includes(row.abuse)), said.map((one) => isCard(one.abuse))));
}
for (const lang of /** @type {const} */ (["zh", "en"])) {
  const said = analyse(pairs.map((row) => ({ ...row, text: row[lang] })));
  for (const flag of ["complaint", "human_agent"]) {
    const wanted = pairs.map((row) => row.intent === flag || row.also.includes(flag));
    beyond.push(found(`${flag}, pairs ${lang}`, wanted, said.map((one) => one.flags.some(({ label }) => label === flag))));
  }
  beyond.push(found(`abuse of any kind, pairs ${lang} (hardly any)`, pairs.map(() => false), said.map((one) => one.abuse !== null)));
}
// Reviews, posts and lines of a comedy: how far sentiment carries beyond support.
const foreign = lines("eval_only/unified_sentiment_restricted/dev.jsonl");
const elsewhere = /** @type {const} */ (["zh", "en"]).map((lang) => {
  const rows = foreign.filter((row) => row.lang.startsWith(lang));
  const said = analyse(rows);
  return [`reviews, posts and talk, ${lang}`, rows.length, beside(`foreign_moods/${lang}`, "polarity", rows.map((row, i) => row.label === said[i].sentiment.label))];
});
const table = [
  provenance("node tests/bench/model.mjs --data DIR"),
  "",
  "| dev set | rows | intent top-1 | top-3 | applied (≥ 0.85): precision at coverage | calibration error | sentiment, 3 classes | emotion accuracy | emotion macro-F1 |",
  "|---|---|---|---|---|---|---|---|---|",
  ...rows.map((row) => `| ${row.join(" | ")} |`),
  "",
  `In brackets: the weights before they were rounded, in fp32 under onnxruntime. The most that is lost to it is ${(worst.gap * 100).toFixed(1)} points (${worst.where}). A message in a language that the engine does not know has no class there and counts as wrong.`,
  "",
  "![Reliability diagrams: how often the top intent is right, by the score it is told with](images/reliability.svg)",
  "",
  "Bars: the share of the rows in each tenth of the score; on the broken line scores would be true. " +
    `Calibration error: ${panels.map(({ name, bins }) => `${name} ${calibrationError(bins).toFixed(3)}`).join("; ")}.`,
  "",
  "| sentiment of other genres, which take no part in training | rows | 3 classes |",
  "|---|---|---|",
  ...elsewhere.map((row) => `| ${row.join(" | ")} |`),
  "",
  "| beside the intent | rows | wanted | told | precision | recall |",
  "|---|---|---|---|---|---|",
  ...beyond.map((row) => `| ${row.join(" | ")} |`),
].join("\n");
console.log(table);
if (!values["no-write"]) {
  await writeFigures("model", table);
  writeFileSync(join(ROOT, "docs/images/reliability.svg"), reliabilityDiagram(panels));
}
