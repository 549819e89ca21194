// @ts-check
/** The brain without relaxed SIMD, in wasm, against the reference outputs of models/goldens; relaxed.test.mjs has the other. Native runs the same in wasm-core/tests. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";

const root = new URL("../../", import.meta.url);
const shipped = new URL("dist/extension-chromium/", root);

/** @typedef {{ intent_logits: number[], sentiment_logits: number[], emotion_logits: number[], abuse_logits: number[], search: number[] }} Outputs */
/** @typedef {{ text: string, context: { author: string, text: string }[], ids: number[], types: number[], truncated: boolean, phrase_rows: number[][], fp32: Outputs, int8: Outputs }} Golden */

/** @type {Golden[]} */
const goldens = readFileSync(new URL("models/goldens/encoder.jsonl", root), "utf8").trim().split("\n").map((line) => JSON.parse(line));
const heads = /** @type {const} */ (["intent_logits", "sentiment_logits", "emotion_logits", "abuse_logits"]);

/** @type {{ golden_json(line: string): string, analyze_json(line: string): string }} */
let engine;

before(async () => {
  const brain = await import(new URL("brain.js", shipped).href);
  brain.initSync({ module: readFileSync(new URL("brain_bg.wasm", shipped)) });
  const file = (/** @type {string} */ name) => readFileSync(new URL(`models/bundle/${name}`, root));
  engine = new brain.Engine(file("manifest.json"), file("model.onnx"), file("tokenizer.json"));
});

/** @param {number[]} a @param {number[]} b */
function cosine(a, b) {
  const dot = (/** @type {number[]} */ x, /** @type {number[]} */ y) => x.reduce((sum, value, i) => sum + value * y[i], 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

/** @param {number[]} row */
function best(row) {
  return row.indexOf(Math.max(...row));
}

/** Gap between the best two: on a near-tie, rounding may decide. @param {number[]} row */
function margin(row) {
  const [first, second] = [...row].sort((a, b) => b - a);
  return first - second;
}

test("tokens, types, truncation and phrases are exactly the reference's", () => {
  assert.ok(goldens.length >= 200);
  for (const golden of goldens) {
    const ours = JSON.parse(engine.golden_json(JSON.stringify({ text: golden.text, context: golden.context })));
    assert.deepEqual([ours.ids, ours.types, ours.truncated, ours.phrase_rows], [golden.ids, golden.types, golden.truncated, golden.phrase_rows], golden.text.slice(0, 80));
  }
});

test("logits agree with the fp32 reference, and labels wherever it is no near-tie", () => {
  for (const golden of goldens) {
    const ours = JSON.parse(engine.golden_json(JSON.stringify({ text: golden.text, context: golden.context })));
    assert.ok(cosine(ours.search, golden.fp32.search) > 0.99, `search ${golden.text.slice(0, 80)}`);
    for (const head of heads) {
      const likeness = cosine(ours[head], golden.fp32[head]);
      assert.ok(likeness > 0.99, `${head} ${likeness} ${golden.text.slice(0, 80)}`);
      if (margin(golden.fp32[head]) >= 0.2) assert.equal(best(ours[head]), best(golden.fp32[head]), `${head} ${golden.text.slice(0, 80)}`);
    }
  }
});

test("a line that is no JSON gets an error and text in another language no guess", () => {
  assert.equal(JSON.parse(engine.analyze_json("{")).error.code !== undefined, true);
  const other = JSON.parse(engine.analyze_json(JSON.stringify({ text: "Wo bleibt meine Bestellung, ich warte seit drei Wochen" })));
  assert.deepEqual([other.lang, other.intent.label, other.emotion.label], ["unknown", "unknown", "unknown"]);
});
