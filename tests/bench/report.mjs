// The measured figures as Markdown, between the markers of docs/PERFORMANCE.md.
import { provenance, writeFigures } from "../harness/performance_page.mjs";
import { median, ms } from "./figures.mjs";

/** Files below this are counted together. */
const SMALL_BYTES = 10_000;

/** @param {number} bytes */
const kb = (bytes) => (bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(2)} MB`);

/** @param {number[]} rounds */
const gap = (rounds) => `${ms(median(rounds))} ms, median of ${rounds.length} starts; at most ${ms(Math.max(...rounds))} ms`;

/** @param {any} result */
export const writeReport = (result) => writeFigures("browser", table(result));

/** @param {any} result */
export function table({ firstAnalysis, mainThread, latency, used, shipped }) {
  const around = { p50: latency.total.p50 - latency.inference.p50, p95: latency.total.p95 - latency.inference.p95 };
  const large = shipped.filter((/** @type {any} */ one) => one.rawBytes >= SMALL_BYTES);
  const small = shipped.filter((/** @type {any} */ one) => one.rawBytes < SMALL_BYTES);
  /** @param {any[]} list @param {"rawBytes" | "brotliBytes"} name */
  const sum = (list, name) => list.reduce((total, one) => total + one[name], 0);
  return [
    provenance("node tests/bench/run.mjs"),
    "",
    `| ${latency.count} messages of 32 tokens | p50 | p95 |`,
    "|---|---|---|",
    `| text in the page → overlay updated | ${ms(latency.total.p50)} ms | ${ms(latency.total.p95)} ms |`,
    `| of it the encoder alone (same messages) | ${ms(latency.inference.p50)} ms | ${ms(latency.inference.p95)} ms |`,
    `| of it the brain, with the encoder | ${ms(latency.brain.p50)} ms | ${ms(latency.brain.p95)} ms |`,
    `| everything around the encoder, as a multiple of it | ${(around.p50 / latency.inference.p50).toFixed(2)} | ${(around.p95 / latency.inference.p95).toFixed(2)} |`,
    "",
    "| | |",
    "|---|---|",
    `| longest gap in the page's event loop while the engine loads and runs | ${gap(mainThread.withMs)} (same page without the extension: ${gap(mainThread.withoutMs)}) |`,
    `| browser start with an empty profile → first class shown (median of ${firstAnalysis.length}) | ${ms(median(firstAnalysis.map((/** @type {any} */ one) => one.fromBrowserStartMs)))} ms, of it after the page was there ${ms(median(firstAnalysis.map((/** @type {any} */ one) => one.fromPageShownMs)))} ms |`,
    `| memory of the extension with 8 tabs, panels open | ${Math.round(used.privateMb)} MB private (${Math.round(used.proportionalMb)} MB proportional) in ${used.processes} process${used.processes === 1 ? "" : "es"} |`,
    "",
    "| shipped file | raw | brotli 11 |",
    "|---|---|---|",
    ...large.map((/** @type {any} */ one) => `| ${one.file} | ${kb(one.rawBytes)} | ${kb(one.brotliBytes)} |`),
    `| ${small.length} files under ${kb(SMALL_BYTES)} | ${kb(sum(small, "rawBytes"))} | ${kb(sum(small, "brotliBytes"))} |`,
    `| all | ${kb(sum(shipped, "rawBytes"))} | ${kb(sum(shipped, "brotliBytes"))} |`,
  ].join("\n");
}
