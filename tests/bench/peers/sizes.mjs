// What an engine ships beside the model: JavaScript and wasm.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { EXTENSION_CHROMIUM } from "../../harness/paths.mjs";
import { compressed } from "../sizes.mjs";
import { BUILT, PACKAGES } from "./prepare.mjs";

const TRANSFORMERS = join(PACKAGES, "@huggingface/transformers");

/** @type {Record<string, string[]>} */
const FILES = {
  ours: ["brain.js", "brain_bg.wasm"].map((name) => join(EXTENSION_CHROMIUM, name)),
  ort: ["ort.wasm.bundle.min.mjs", "ort-wasm-simd-threaded.wasm"].map((name) => join(PACKAGES, "onnxruntime-web/dist", name)),
  transformers: [
    join(TRANSFORMERS, "dist/transformers.min.js"),
    ...["mjs", "wasm"].map((kind) => join(TRANSFORMERS, `node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.asyncify.${kind}`)),
  ],
  tract: ["tract.js", "tract_bg.wasm"].map((name) => join(BUILT, name)),
  rten: ["rten.js", "rten_bg.wasm"].map((name) => join(BUILT, name)),
};

/** @returns {Promise<Record<string, { rawBytes: number, brotliBytes: number }>>} */
export async function codeSizes() {
  const entries = Object.entries(FILES).map(async ([name, paths]) => {
    const files = await Promise.all(paths.map((path) => readFile(path)));
    const brotli = await Promise.all(files.map(compressed));
    /** @param {Buffer[]} list */
    const sum = (list) => list.reduce((total, bytes) => total + bytes.length, 0);
    return [name, { rawBytes: sum(files), brotliBytes: sum(brotli) }];
  });
  return Object.fromEntries(await Promise.all(entries));
}
