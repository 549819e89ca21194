// k-shot accuracy of what is learned on the device, beside MiniLM with logistic regression on the same examples; written
// into docs/PERFORMANCE.md. The peer's figures come from `python -m warmseat_models.few_shot --data DIR` (models/).
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { ROOT, TARGET } from "../harness/paths.mjs";
import { provenance, writeFigures } from "../harness/performance_page.mjs";

/** @typedef {{ text: string, label: string, bot?: string }} Row */
/** @typedef {{ label: string, score: number, value: number, closeness: number, examples: number }} Answer */
/** @typedef {{ answers: (Answer | null)[], fit_ms: number, add_ms: number }} Report */

const SETS = ["banking77", "hint3"];
const SHOTS = [1, 5, 10, 20];
const SEEDS = [0, 1, 2];
/** Numbers of labels taught, where most messages are of others. */
const TAUGHT = [3, 8, Infinity];

const { values } = parseArgs({ options: { data: { type: "string" }, bin: { type: "string" }, fit: { type: "boolean", default: false }, "no-write": { type: "boolean", default: false } } });
if (!values.data) throw new Error("--data DIR names the folder of the training corpora");
const data = values.data;
const bin = values.bin ?? join(TARGET, "release/few_shot");

/** @param {string} set @param {string} split @returns {Row[]} */
const rows = (set, split) => readFileSync(join(data, set, `${split}.jsonl`), "utf8").trim().split("\n").map((line) => JSON.parse(line));

/** Of the model's own classes, in both languages. @param {string} file @param {number} [most] @returns {string[]} */
const corpus = (file, most) => readFileSync(join(ROOT, "models/corpus", file), "utf8").trim().split("\n").slice(0, most).map((line) => JSON.parse(line)).flatMap((row) => (row.text ? [row.text] : [row.zh, row.en]));

/** @param {Row[]} train @param {number} shots @param {number} seed */
function draw(train, shots, seed) {
  /** @type {Map<string, Map<string, Row>>} */
  const byLabel = new Map();
  for (const row of train) byLabel.set(row.label, (byLabel.get(row.label) ?? new Map()).set(row.text, row));
  const key = (/** @type {string} */ text) => createHash("sha256").update(`${seed}:${text}`).digest("hex");
  return [...byLabel.keys()].sort().flatMap((label) => {
    const texts = [...(byLabel.get(label)?.values() ?? [])].map((row) => ({ row, key: key(row.text) }));
    return texts.sort((a, b) => (a.key < b.key ? -1 : 1)).slice(0, shots).map(({ row }) => row);
  });
}

/** Sets of labels: hint3 is three bots with labels of their own. @param {string} set */
function parts(set) {
  const [train, dev] = [rows(set, "train"), rows(set, "dev")];
  const bots = [...new Set(train.map((row) => row.bot))].sort();
  return bots.map((bot) => ({ train: train.filter((row) => row.bot === bot), dev: dev.filter((row) => row.bot === bot) }));
}

// One process for all questions: it remembers the features of every text.
const child = spawn(bin, { stdio: ["pipe", "pipe", "inherit"] });
const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();

/** @param {{ train: Row[], dev: Row[] }[]} tasks @returns {Promise<Report[]>} */
async function ask(tasks) {
  const reports = [];
  for (const { train, dev } of tasks) {
    child.stdin.write(`${JSON.stringify({ train: train.map(({ text, label }) => ({ text, label })), test: dev.map(({ text }) => text) })}\n`);
    reports.push(JSON.parse((await answers.next()).value));
  }
  return reports;
}

/** @param {number[]} numbers */
const mean = (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
/** @param {number[]} numbers */
const spread = (numbers) => Math.sqrt(mean(numbers.map((number) => (number - mean(numbers)) ** 2)));
/** @param {number[]} shares */
const percent = (shares) => `${(mean(shares) * 100).toFixed(1)} ± ${(spread(shares) * 100).toFixed(1)}`;

if (values.fit) {
  const [value, closeness, examples, bias] = (await fitConfidence()).map((weight) => weight.toFixed(2));
  console.log(`CONFIDENCE: Confidence = Confidence { value: ${value}, closeness: ${closeness}, examples: ${examples}, bias: ${bias} };`);
  child.stdin.end();
  process.exit();
}
/** @type {{ accuracy: Record<string, Record<string, { default: number[], tuned: number[] }>> }} */
const peer = JSON.parse(readFileSync(join(ROOT, "models/goldens/few_shot.json"), "utf8"));
const table = [];
for (const set of SETS) {
  const halves = parts(set);
  for (const shots of SHOTS) {
    const tasks = SEEDS.flatMap((seed) => halves.map(({ train, dev }) => ({ seed, train: draw(train, shots, seed), dev })));
    const reports = await ask(tasks);
    const accuracies = SEEDS.map((seed) => mean(tasks.flatMap((task, i) => (task.seed === seed ? task.dev.map((row, at) => Number(reports[i].answers[at]?.label === row.label)) : []))));
    const theirs = peer.accuracy[set][String(shots)];
    const largest = tasks.reduce((most, { train }, i) => (train.length > tasks[most].train.length ? i : most), 0);
    const behind = (/** @type {number[]} */ other) => ((mean(accuracies) - mean(other)) * 100).toFixed(1).replace("-", "−");
    table.push([set, shots, percent(accuracies), percent(theirs.default), behind(theirs.default), percent(theirs.tuned), behind(theirs.tuned), tasks[largest].train.length, reports[largest].fit_ms.toFixed(0), reports[largest].add_ms.toFixed(0)]);
  }
}


/**
 * A few labels are taught, at most half of them: what is told of messages of all labels, and of messages of the model's own classes.
 * @param {string} set @param {number} shots @param {number} taught @param {boolean} [fits] with training messages that are no examples
 */
async function open(set, shots, taught, fits = false) {
  const own = fits ? corpus("pairs.dev.jsonl", 100) : corpus("dev.jsonl");
  const tasks = SEEDS.flatMap((seed) => parts(set).map(({ train, dev }) => {
    const labels = [...new Set(train.map((row) => row.label))].map((label) => ({ label, key: createHash("sha256").update(`${seed}:${label}`).digest("hex") }));
    const known = new Set(labels.sort((a, b) => (a.key < b.key ? -1 : 1)).slice(0, Math.min(taught, labels.length >> 1)).map(({ label }) => label));
    const drawn = draw(train, shots, seed);
    const rest = () => {
      const texts = new Set(drawn.map((row) => row.text));
      return draw(train, 20, seed).filter((row) => !texts.has(row.text));
    };
    return { train: drawn.filter((row) => known.has(row.label)), dev: fits ? rest() : dev };
  }));
  const asked = tasks.map(({ train, dev }) => ({ train, dev: [...dev, ...own.map((text) => ({ text, label: "" }))] }));
  return (await ask(asked)).flatMap(({ answers }, i) => answers.flatMap((answer, at) => (answer ? [{ ...answer, label: asked[i].dev[at].label, right: Number(answer.label === asked[i].dev[at].label) }] : [])));
}

/** @param {string} set @param {number} shots @param {number} taught */
async function openRow(set, shots, taught) {
  const all = await open(set, shots, taught);
  const [points, own] = [all.filter(({ label }) => label), all.filter(({ label }) => !label)];
  const at = (/** @type {number} */ floor) => {
    const told = points.filter(({ score }) => score >= floor);
    return `${told.length ? mean(told.map(({ right }) => right)).toFixed(2) : "–"} at ${(told.length / points.length).toFixed(2)}`;
  };
  const stolen = (/** @type {number} */ floor) => `${(mean(own.map(({ score }) => Number(score >= floor))) * 100).toFixed(2)} %`;
  const bins = Array.from({ length: 10 }, (_, i) => points.filter(({ score }) => Math.min(9, Math.floor(score * 10)) === i));
  const error = bins.reduce((sum, bin) => sum + (bin.length ? (bin.length / points.length) * Math.abs(mean(bin.map(({ score }) => score)) - mean(bin.map(({ right }) => right))) : 0), 0);
  return [set, shots, Number.isFinite(taught) ? taught : "half", at(0.5), at(0.85), stolen(0.5), stolen(0.85), error.toFixed(2)];
}

/** Logistic regression by Newton's method, every setting with the same weight; the weights of the evidence, the last one is the bias. */
async function fitConfidence() {
  /** @type {{ value: number, closeness: number, examples: number, right: number, weight: number }[]} */
  const points = [];
  for (const set of SETS) for (const shots of [1, 5, 10]) for (const taught of TAUGHT) {
    const told = await open(set, shots, taught, true);
    points.push(...told.map((point) => ({ ...point, weight: 1_000 / told.length })));
  }
  const rows = points.map(({ value, closeness, examples }) => [value, closeness, Math.log(examples), 1]);
  let weights = rows[0].map(() => 0);
  for (let round = 0; round < 20; round++) {
    const gradient = weights.map((weight) => -1e-3 * weight);
    const curve = weights.map((_, i) => weights.map((_, j) => (i === j ? 1e-3 : 0)));
    rows.forEach((row, at) => {
      const p = 1 / (1 + Math.exp(-row.reduce((sum, x, i) => sum + x * weights[i], 0)));
      row.forEach((x, i) => {
        gradient[i] += points[at].weight * (points[at].right - p) * x;
        row.forEach((y, j) => (curve[i][j] += points[at].weight * p * (1 - p) * x * y));
      });
    });
    const step = solve(curve, gradient);
    weights = weights.map((weight, i) => weight + step[i]);
  }
  return weights;
}

/** @param {number[][]} matrix symmetric, positive @param {number[]} right */
function solve(matrix, right) {
  const rows = matrix.map((row, i) => [...row, right[i]]);
  rows.forEach((pivot, i) => {
    rows.forEach((row, j) => {
      const factor = row[i] / pivot[i];
      if (j !== i) pivot.forEach((x, k) => (row[k] -= factor * x));
    });
  });
  return rows.map((row, i) => row[rows.length] / row[i]);
}

const openRows = [];
for (const set of SETS) for (const shots of [1, 5, 20]) for (const taught of TAUGHT) openRows.push(await openRow(set, shots, taught));
child.stdin.end();
const size = ["model.onnx", "tokenizer.json"].reduce((sum, name) => sum + statSync(join(ROOT, "models/bundle", name)).size, 0);
const text = [
  provenance("node tests/bench/few_shot.mjs --data DIR"),
  "",
  "Dev accuracy in percent, mean and spread of three draws of examples. The difference is ours minus theirs in points.",
  "",
  "| dev set | examples a class | learned on the device | MiniLM + LR, default (C = 1) | difference | MiniLM + LR, C = 30 | difference | examples in the largest set | fit, ms | one more, ms |",
  "|---|---|---|---|---|---|---|---|---|---|",
  ...table.map((row) => `| ${row.join(" | ")} |`),
  "",
  "A few labels taught, messages of all labels: how often what is told is right, at the share of messages of which it is told. Beside it the share of the authored dev messages, which are of the model's own classes, that a taught label takes.",
  "",
  "| dev set | examples a class | labels taught | told at ≥ 0.5 | at ≥ 0.85 | own classes taken at ≥ 0.5 | at ≥ 0.85 | calibration error |",
  "|---|---|---|---|---|---|---|---|",
  ...openRows.map((row) => `| ${row.join(" | ")} |`),
  "",
  `Ours is one encoder for everything, ${(size / 1e6).toFixed(1)} MB with its tokeniser; all-MiniLM-L6-v2 has 22.7 million parameters, 91 MB in fp32 and about 23 MB in int8. Both training sets were among the base model's training data with coarser labels, their dev sets were not; this makes its features of the drawn examples surer than of the dev messages. Confidence was fitted on training messages that were not drawn, and on messages of the model's own classes that are not among the authored dev messages (\`--fit\`). Times are native, of one thread.`,
].join("\n");
console.log(text);
if (!values["no-write"]) await writeFigures("few_shot", text);
