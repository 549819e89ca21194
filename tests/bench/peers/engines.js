// Runs in the Worker: every engine behind the same two calls. One thread each.

/** @typedef {import("./samples.mjs").Sample} Sample */
/**
 * @typedef {object} Engine
 * @property {(sample: Sample) => Promise<{ encodeMs: number, wholeMs?: number }>} time one run; whole: with tokenising
 * @property {(sample: Sample) => Promise<number[]>} logits of intent, sentiment and emotion, one after the other
 * @property {(sample: Sample) => Promise<number[]>} [ids] as its own tokeniser has them
 */

const HEADS = ["intent_logits", "sentiment_logits", "emotion_logits", "abuse_logits", "flags_logits"];

/** @param {string} path */
const fetched = async (path) => {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
};

/** Keys are engine and model file.  @type {Record<string, () => Promise<Engine>>} */
export const ENGINES = {
  ours: () => loadOurs("brain_relaxed"),
  "ours plain": () => loadOurs("brain"),
  "ort int8": () => loadOrt("/model/int8.onnx"),
  "ort fp32": () => loadOrt("/model/fp32.onnx"),
  transformers: loadTransformers,
  "tract int8": () => loadBuilt("tract", "/model/int8.onnx"),
  "tract fp32": () => loadBuilt("tract", "/model/fp32.onnx"),
  "rten int8": () => loadBuilt("rten", "/model/int8.onnx"),
  "rten fp32": () => loadBuilt("rten", "/model/fp32.onnx"),
};

/** @param {"brain" | "brain_relaxed"} name @returns {Promise<Engine>} */
async function loadOurs(name) {
  const files = Promise.all(["manifest.json", "model.onnx", "tokenizer.json"].map((name) => fetched(`/bundle/${name}`)));
  const brain = await imported(`/ours/${name}.js`);
  await brain.default({ module_or_path: `/ours/${name}_bg.wasm` });
  const engine = new brain.Engine(...(await files));
  return {
    async time({ text }) {
      const { tokenise_ms, encode_ms } = JSON.parse(engine.bench(text, 1));
      return { encodeMs: encode_ms, wholeMs: tokenise_ms + encode_ms };
    },
    async logits({ text, context }) {
      const golden = JSON.parse(engine.golden_json(JSON.stringify({ text, context })));
      return HEADS.flatMap((head) => golden[head]);
    },
  };
}

/** @param {string} model @returns {Promise<Engine>} */
async function loadOrt(model) {
  const file = fetched(model);
  const ort = await imported("/ort/ort.wasm.bundle.min.mjs");
  Object.assign(ort.env.wasm, { numThreads: 1, wasmPaths: "/ort/" });
  const session = await ort.InferenceSession.create(await file, { executionProviders: ["wasm"], graphOptimizationLevel: "all" });
  /** @param {number[]} values @param {number[]} [shape] */
  const row = (values, shape = [1, values.length]) => new ort.Tensor("int64", BigInt64Array.from(values, BigInt), shape);
  return timed(async ({ ids, types, phrase_rows }) => {
    const { rows, shape } = padded(phrase_rows);
    const outputs = await session.run({ input_ids: row(ids), token_type_ids: row(types), attention_mask: row(ids.map(() => 1)), phrase_rows: row(rows, shape) });
    return HEADS.flatMap((head) => [...outputs[head].data]);
  });
}

/** @returns {Promise<Engine>} */
async function loadTransformers() {
  const { env, AutoTokenizer, AutoModel, Tensor } = await imported("/transformers/transformers.min.js");
  Object.assign(env, { allowLocalModels: true, allowRemoteModels: false, localModelPath: "/hub/", useBrowserCache: false, useWasmCache: false });
  // The files that it takes from a public server where nothing is said.
  const wasmPaths = { mjs: "/transformers-ort/ort-wasm-simd-threaded.asyncify.mjs", wasm: "/transformers-ort/ort-wasm-simd-threaded.asyncify.wasm" };
  Object.assign(env.backends.onnx.wasm, { numThreads: 1, wasmPaths });
  const [tokenizer, model] = await Promise.all([AutoTokenizer.from_pretrained("warmseat"), AutoModel.from_pretrained("warmseat", { device: "wasm", dtype: "fp32" })]);
  /** @param {number[]} values @param {number[]} [shape] */
  const row = (values, shape = [1, values.length]) => new Tensor("int64", BigInt64Array.from(values, BigInt), shape);
  /** @param {object} inputs @param {number[][]} phrases */
  const run = async (inputs, phrases) => {
    const { rows, shape } = padded(phrases);
    const outputs = await model({ ...inputs, phrase_rows: row(rows, shape) });
    return HEADS.flatMap((head) => [...outputs[head].data]);
  };
  return {
    async time({ text, phrase_rows }) {
      const start = performance.now();
      const inputs = await tokenizer(text);
      const between = performance.now();
      await run(inputs, phrase_rows);
      const end = performance.now();
      return { encodeMs: end - between, wholeMs: end - start };
    },
    logits: ({ ids, types, phrase_rows }) => run({ input_ids: row(ids), token_type_ids: row(types), attention_mask: row(ids.map(() => 1)) }, phrase_rows),
    ids: async ({ text }) => [...(await tokenizer(text)).input_ids.data].map(Number),
  };
}

/** @param {"tract" | "rten"} name @param {string} model @returns {Promise<Engine>} */
async function loadBuilt(name, model) {
  const file = fetched(model);
  // Its own instance for each file, so that one that trapped stays out of the other's way.
  const module = await imported(`/built/${name}.js?${model}`);
  await module.default({ module_or_path: `/built/${name}_bg.wasm` });
  const engine = new module.Model(await file);
  return timed(async ({ ids, types, phrase_rows }) => [...engine.run(Int32Array.from(ids), Int32Array.from(types), Int32Array.from(padded(phrase_rows).rows))]);
}

/** The rows of message and turns before it, one after the other, padded with zeros.  @param {number[][]} parts */
function padded(parts) {
  const longest = Math.max(1, ...parts.map((rows) => rows.length));
  return { rows: parts.flatMap((rows) => [...rows, ...Array(longest - rows.length).fill(0)]), shape: [1, parts.length, longest] };
}

/** @param {Engine["logits"]} logits @returns {Engine} */
function timed(logits) {
  return {
    async time(sample) {
      const start = performance.now();
      await logits(sample);
      return { encodeMs: performance.now() - start };
    },
    logits,
  };
}

/** Modules that are there only in the browser.  @param {string} url @returns {Promise<any>} */
const imported = (url) => import(url);
