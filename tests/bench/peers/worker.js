// The bench's Worker: loads engines, times them in turn, and compares what they say with the goldens.
import { ENGINES } from "./engines.js";
import { peak } from "./roofline.js";

/** @typedef {import("./engines.js").Engine} Engine */
/** @typedef {import("./samples.mjs").Sample} Sample */
/** @typedef {{ encodeMs: number[], wholeMs: number[] }} Times of one text, one of each round */

/** @type {Map<string, Engine>} */
const loaded = new Map();

const commands = { start, load, time, logits, ids, peak, chosen };

self.addEventListener("message", async ({ data: { command, args } }) => {
  try {
    self.postMessage({ value: await commands[/** @type {keyof typeof commands} */ (command)](/** @type {never} */ (args)) });
  } catch (error) {
    self.postMessage({ error: String(error instanceof Error ? error.message || error : error) });
  }
});

/** From the first byte asked for to ready, and to the first answer.  @param {{ name: string, sample: Sample }} args */
async function start({ name, sample }) {
  const begun = performance.now();
  const engine = await ENGINES[name]();
  const readyMs = performance.now() - begun;
  await engine.logits(sample);
  return { readyMs, answeredMs: performance.now() - begun };
}

/** Loads it and runs it once.  @param {{ name: string, sample: Sample }} args */
async function load({ name, sample }) {
  const engine = await ENGINES[name]();
  await engine.logits(sample);
  loaded.set(name, engine);
}

/** A B C A B C …, every round beginning with another engine.  @param {{ samples: Sample[], rounds: number }} args */
async function time({ samples, rounds }) {
  const engines = [...loaded];
  const times = new Map(engines.map(([name]) => [name, samples.map(() => /** @type {Times} */ ({ encodeMs: [], wholeMs: [] }))]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, sample] of samples.entries()) {
      for (let turn = 0; turn < engines.length; turn += 1) {
        const [name, engine] = engines[(turn + round) % engines.length];
        const { encodeMs, wholeMs } = await engine.time(sample);
        const of = /** @type {Times[]} */ (times.get(name))[index];
        of.encodeMs.push(encodeMs);
        if (wholeMs !== undefined) of.wholeMs.push(wholeMs);
      }
    }
  }
  return Object.fromEntries(times);
}

/** @param {{ name: string, samples: Sample[] }} args */
async function logits({ name, samples }) {
  const all = [];
  for (const sample of samples) all.push(await loaded.get(name)?.logits(sample));
  return all;
}

/** @param {{ name: string, samples: Sample[] }} args */
async function ids({ name, samples }) {
  const all = [];
  for (const sample of samples) all.push(await loaded.get(name)?.ids?.(sample));
  return all;
}

/** Which of our two brains the extension loads here. */
async function chosen() {
  const { modules } = await import(/** @type {any} */ ("/ours/relaxed.js"));
  return modules().script.slice("./".length, -".js".length);
}
