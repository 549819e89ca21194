// Our engine beside its peers in one Worker of one browser: same model, same texts, in turn. Written into docs/PERFORMANCE.md.
// usage: node peers.mjs [--fp32 FILE] [--rounds 20] [--no-write]      FILE: encoder.rounded.onnx of the training, the shipped weights in fp32; dist/ must be built
import { statSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { launchChromium } from "../harness/chromium.mjs";
import { ROOT } from "../harness/paths.mjs";
import { writeFigures } from "../harness/performance_page.mjs";
import { prepare, versions } from "./peers/prepare.mjs";
import { compared, table } from "./peers/report.mjs";
import { goldens, samples } from "./peers/samples.mjs";
import { serve } from "./peers/serve.mjs";
import { codeSizes } from "./peers/sizes.mjs";

const { values } = parseArgs({ options: { fp32: { type: "string" }, rounds: { type: "string", default: "20" }, "no-write": { type: "boolean", default: false } } });
/** @param {string} line */
const say = (line) => console.error(`peers: ${line}`);

const WARM_UP_ROUNDS = 3;
const STARTS = 5;

prepare(say);
const { headline, full, spread } = await samples();
const cases = goldens();
const server = await serve(values.fp32);
const chromium = await launchChromium({ extension: null });
try {
  const names = ["ours", "ours plain", "ort int8", "transformers", "tract int8", "rten int8", ...(values.fp32 ? ["ort fp32", "tract fp32", "rten fp32"] : [])];
  const ask = await openWorker();
  const chosen = (await ask("chosen", {})) === "brain" ? "ours plain" : "ours";
  /** @type {Map<string, string>} */
  const failed = new Map();
  for (const name of names) {
    say(`load ${name}`);
    await ask("load", { name, sample: headline }).catch((error) => failed.set(name, error.message));
  }
  const running = names.filter((name) => !failed.has(name));

  say(`outputs of ${running.join(", ")}`);
  /** @type {Record<string, ReturnType<typeof compared>>} */
  const agreement = {};
  for (const name of running) agreement[name] = compared(cases, await ask("logits", { name, samples: cases }));
  /** @type {number[][]} */
  const theirIds = running.includes("transformers") ? await ask("ids", { name: "transformers", samples: spread }) : [];
  const sameIds = theirIds.filter((ids, index) => ids.join() === spread[index].ids.join()).length;

  const texts = [headline, full, ...spread];
  say("warming up");
  await ask("time", { samples: texts, rounds: WARM_UP_ROUNDS });
  say(`${texts.length} texts, ${values.rounds} rounds`);
  const times = await ask("time", { samples: texts, rounds: Number(values.rounds) });
  const peak = await ask("peak", {});
  await ask.close();

  say("from fetch to ready");
  /** @type {Record<string, { readyMs: number, answeredMs: number }[]>} */
  const starts = Object.fromEntries(running.map((name) => [name, []]));
  for (let round = 0; round < STARTS; round += 1) {
    for (const name of running) {
      const fresh = await openWorker();
      starts[name].push(await fresh("start", { name, sample: headline }));
      await fresh.close();
    }
  }
  const modelBytes = { int8: statSync(join(ROOT, "models/bundle/model.onnx")).size, fp32: values.fp32 && statSync(values.fp32).size };
  const result = { names, chosen, failed: Object.fromEntries(failed), versions: versions(), headline, full, spread, times, peak, starts, agreement, goldens: cases.length, sameIds, sizes: await codeSizes(), modelBytes, rounds: Number(values.rounds) };
  console.log(JSON.stringify(result));
  const text = table(result, values.fp32 !== undefined);
  say(`\n${text}`);
  if (!values["no-write"]) await writeFigures("peers", text);
} finally {
  await chromium.close();
  server.close();
}

/** A page with one Worker; each question is answered before the next is asked. */
async function openWorker() {
  const page = await chromium.context.newPage();
  await page.goto(`${server.origin}/page.html`);
  if (await page.evaluate(() => crossOriginIsolated)) throw new Error("the page is isolated: an extension's pages are not");
  await page.evaluate(() => void Object.assign(globalThis, { worker: new Worker("/bench/worker.js", { type: "module" }) }));
  /** @param {string} command @param {object} args @returns {Promise<any>} */
  const ask = async (command, args) => {
    const { value, error } = await page.evaluate(
      (question) =>
        new Promise((resolve) => {
          const { worker } = /** @type {any} */ (globalThis);
          worker.onmessage = (/** @type {MessageEvent} */ { data }) => resolve(data);
          worker.onerror = (/** @type {ErrorEvent} */ { message }) => resolve({ error: message ?? "the Worker did not start" });
          worker.postMessage(question);
        }),
      { command, args },
    );
    if (error !== undefined) throw new Error(error);
    return value;
  };
  return Object.assign(ask, { close: () => page.close() });
}
