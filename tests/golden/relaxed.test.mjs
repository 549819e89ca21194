// @ts-check
/** The brain with relaxed SIMD, in Chromium, beside the other one and the fp32 reference. Node 20 has the instructions as an experiment only. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { test } from "node:test";
import { modules } from "../../extension/shared/relaxed.js";
import { launchChromium } from "../harness/chromium.mjs";
import { EXTENSION_CHROMIUM, ROOT } from "../harness/paths.mjs";

const TYPES = new Map([[".js", "text/javascript"], [".wasm", "application/wasm"], [".html", "text/html"]]);
const HEADS = /** @type {const} */ (["intent_logits", "sentiment_logits", "emotion_logits", "abuse_logits"]);

/** @typedef {{ intent_logits: number[], sentiment_logits: number[], emotion_logits: number[], abuse_logits: number[], search: number[] }} Outputs */
/** @typedef {{ text: string, context: unknown[], fp32: Outputs }} Golden */

/** @param {number[]} a @param {number[]} b */
function cosine(a, b) {
  const dot = (/** @type {number[]} */ x, /** @type {number[]} */ y) => x.reduce((sum, value, i) => sum + value * y[i], 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

/** @param {number[]} row */
const best = (row) => row.indexOf(Math.max(...row));

test("Chromium is given the brain with relaxed SIMD, and both say the same", async (t) => {
  const lines = (await readFile(join(ROOT, "models/goldens/encoder.jsonl"), "utf8")).trim().split("\n");
  const goldens = lines.map((line) => /** @type {Golden} */ (JSON.parse(line)));
  const server = createServer(async (request, response) => {
    const path = request.url ?? "/";
    const body = path === "/page.html" ? '<!doctype html><link rel="icon" href="data:,">' : await readFile(join(path.startsWith("/bundle/") ? join(ROOT, "models") : EXTENSION_CHROMIUM, path)).catch(() => null);
    response.writeHead(body === null ? 404 : 200, { "content-type": TYPES.get(extname(path)) ?? "application/octet-stream" }).end(body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  t.after(() => server.close());
  const chromium = await launchChromium({ extension: null });
  t.after(() => chromium.close());
  const page = await chromium.context.newPage();
  const address = server.address();
  await page.goto(`http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/page.html`);

  const script = await page.evaluate(async () => (await import(/** @type {any} */ ("/relaxed.js"))).modules().script);
  assert.equal(script, "./brain_relaxed.js");
  /** @param {string} name @returns {Promise<Outputs[]>} */
  const outputs = (name) =>
    page.evaluate(
      async ({ name, inputs }) => {
        const file = async (/** @type {string} */ path) => new Uint8Array(await (await fetch(`/bundle/${path}`)).arrayBuffer());
        const brain = await import(`/${name}.js`);
        await brain.default({ module_or_path: `/${name}_bg.wasm` });
        const engine = new brain.Engine(await file("manifest.json"), await file("model.onnx"), await file("tokenizer.json"));
        return inputs.map((/** @type {string} */ input) => JSON.parse(engine.golden_json(input)));
      },
      { name, inputs: goldens.map(({ text, context }) => JSON.stringify({ text, context })) },
    );
  const [plain, relaxed] = [await outputs("brain"), await outputs("brain_relaxed")];
  let same = 0;
  for (const [index, { text, fp32 }] of goldens.entries()) {
    assert.ok(cosine(relaxed[index].search, fp32.search) > 0.999, `search ${text.slice(0, 80)}`);
    for (const head of HEADS) {
      assert.ok(cosine(relaxed[index][head], fp32[head]) > 0.999, `${head} ${text.slice(0, 80)}`);
      same += Number(best(relaxed[index][head]) === best(plain[index][head]));
    }
  }
  const share = same / (goldens.length * HEADS.length);
  assert.ok(share >= 0.995, `labels equal: ${share}`);
});

test("where WebAssembly knows no relaxed SIMD the other brain is taken", (t) => {
  const known = t.mock.method(WebAssembly, "validate", () => false);
  assert.deepEqual(modules(), { script: "./brain.js", wasm: "brain_bg.wasm" });
  known.mock.mockImplementation(() => true);
  assert.deepEqual(modules(), { script: "./brain_relaxed.js", wasm: "brain_relaxed_bg.wasm" });
});
