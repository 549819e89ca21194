// The peers' figures as Markdown. Ratios are peer / ours: above 1 the peer is slower.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { EXTENSION_CHROMIUM } from "../../harness/paths.mjs";
import { provenance } from "../../harness/performance_page.mjs";

/** @typedef {import("./worker.js").Times} Times */
/** @typedef {import("./samples.mjs").Golden} Golden */

const HEADS = ["intent_logits", "sentiment_logits", "emotion_logits", "abuse_logits", "flags_logits"];

/** @param {number} value */
const ms = (value) => (value < 100 ? value.toFixed(1) : Math.round(value).toString());
/** @param {number} bytes */
const mb = (bytes) => `${(bytes / 1_000_000).toFixed(2)} MB`;
/** By nearest rank.  @param {number[]} list @param {number} share */
const quantile = (list, share) => [...list].sort((a, b) => a - b)[Math.ceil(share * list.length) - 1] ?? Number.NaN;
/** @param {number[]} list */
const median = (list) => quantile(list, 0.5);
/** @param {number[]} list */
const geometricMean = (list) => Math.exp(list.reduce((sum, value) => sum + Math.log(value), 0) / list.length);

/** How often each head's first label is that of the exact model, and the least cosine of a head's logits to its.  @param {Golden[]} goldens @param {number[][]} outputs */
export function compared(goldens, outputs) {
  let same = 0;
  let least = 1;
  for (const [index, { fp32 }] of goldens.entries()) {
    let from = 0;
    for (const head of HEADS) {
      const exact = fp32[head];
      const said = outputs[index].slice(from, (from += exact.length));
      same += Number(best(said) === best(exact));
      least = Math.min(least, cosine(said, exact));
    }
  }
  return { same, of: goldens.length * HEADS.length, least };
}

/** @param {number[]} row */
const best = (row) => row.indexOf(Math.max(...row));

/** @param {number[]} a @param {number[]} b */
function cosine(a, b) {
  /** @param {number[]} x @param {number[]} y */
  const dot = (x, y) => x.reduce((sum, value, i) => sum + value * y[i], 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

/** Of all matrices over so many tokens; of the last layer but keys and values only [CLS] is computed.  @param {number} tokens */
function multiplyAdds(tokens) {
  const { layers, hidden, intermediate, embedding } = JSON.parse(readFileSync(join(EXTENSION_CHROMIUM, "bundle/manifest.json"), "utf8")).architecture;
  const [square, feedForward] = [hidden * hidden, 2 * hidden * intermediate];
  return tokens * (embedding * hidden + (layers - 1) * (4 * square + feedForward) + 2 * square) + 2 * square + feedForward;
}

/** @param {any} result @param {boolean} withFp32 */
export function table({ names, chosen, failed, versions, headline, full, spread, times, peak, starts, agreement, goldens, sameIds, sizes, modelBytes, rounds }, withFp32) {
  /** @param {string} name */
  const title = (name) => {
    if (name.startsWith("ours")) return `ours ${name === "ours" ? "with" : "without"} relaxed SIMD, int8${name === chosen ? ", loaded here" : ""}`;
    const [engine, file = "int8"] = name.split(" ");
    const called = { ort: `onnxruntime-web ${versions.ort}`, transformers: `transformers.js ${versions.transformers}`, tract: `tract ${versions.tract}`, rten: `rten ${versions.rten}` }[engine];
    return `${called}, ${file}`;
  };
  const running = names.filter((/** @type {string} */ name) => !failed[name]);
  if (full.ids.length !== 128) throw new Error(`the full text has ${full.ids.length} tokens`);
  const lengths = spread.map((/** @type {any} */ { ids }) => ids.length);

  /** A row's times and ratios; the first two texts are those of 32 and 128 tokens.  @param {string} name @param {keyof Times} kind */
  const speed = (name, kind) => {
    const [first, second, ...rest] = times[name].map((/** @type {Times} */ one) => one[kind]);
    const [ourFirst, ourSecond, ...ourRest] = times[chosen].map((/** @type {Times} */ one) => one[kind]);
    const ratios = rest.map((/** @type {number[]} */ one, /** @type {number} */ index) => median(one) / median(ourRest[index]));
    const all = rest.flat();
    return [
      ms(median(first)),
      ms(quantile(first, 0.95)),
      `**${(median(first) / median(ourFirst)).toFixed(2)}**`,
      ms(median(second)),
      ms(quantile(second, 0.95)),
      `**${(median(second) / median(ourSecond)).toFixed(2)}**`,
      ms(median(all)),
      ms(quantile(all, 0.95)),
      `**${geometricMean(ratios).toFixed(2)}** (${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)})`,
    ];
  };
  /** @param {(string | number)[]} cells */
  const row = (cells) => `| ${cells.join(" | ")} |`;
  const head = ["|  | 32 tokens: p50 | p95 | peer / ours | 128 tokens: p50 | p95 | peer / ours | 30 messages: p50 | p95 | peer / ours (least–most) |", "|---|---|---|---|---|---|---|---|---|---|"];

  return [
    provenance(`node tests/bench/peers.mjs${withFp32 ? " --fp32 FILE" : ""}`),
    "",
    `One Worker, one thread, no cross-origin isolation; milliseconds, ${rounds} rounds, engines in turn, after warming up. 30 development messages of ${Math.min(...lengths)} to ${Math.max(...lengths)} tokens, half Chinese, half English; the message of 32 tokens is "${headline.text}", the one of 128 is two messages of them in one. The ratio over the 30 is the geometric mean of the ratios of medians. The encoder alone; ours looks its phrases up in this time, peers are given them. Ratios are to the build that a browser like this one loads (extension/shared/relaxed.js):`,
    "",
    ...head,
    ...running.map((/** @type {string} */ name) => row([title(name), ...speed(name, "encodeMs")])),
    ...Object.entries(failed).map(([name, error]) => row([title(name), `does not run: ${error.replaceAll("|", "\\|").replaceAll("\n", " ")}`, "", "", "", "", "", "", "", ""])),
    "",
    "With tokenising, for the peer that has it:",
    "",
    ...head,
    ...[chosen, "transformers"].filter((name) => running.includes(name)).map((name) => row([title(name), ...speed(name, "wholeMs")])),
    "",
    `What ours with relaxed SIMD multiplies with, here \`${peak.instruction}\`, makes ${Math.round(peak.perMs / 1e6)} G multiply-adds a second where nothing else is done. ${[headline, full]
      .map(({ ids }, index) => {
        const products = multiplyAdds(ids.length);
        const leastMs = products / peak.perMs;
        return `At ${ids.length} tokens the matrices need ${Math.round(products / 1e6)} M, ${ms(leastMs)} ms at that rate: ${Math.round((100 * leastMs) / median(times.ours[index].encodeMs))} % of what it takes.`;
      })
      .join(" ")}`,
    "",
    "Code without the model; start from the first byte asked for, over the loopback, nothing cached, median of 5 fresh pages; outputs beside those of the exact model:",
    "",
    "|  | code, raw | brotli 11 | fetch → ready | fetch → first answer | first labels as fp32 | least cosine to fp32 |",
    "|---|---|---|---|---|---|---|",
    ...running.map((/** @type {string} */ name) => {
      const { rawBytes, brotliBytes } = sizes[name] ?? sizes[name.split(" ")[0]];
      const { same, of, least } = agreement[name];
      /** @param {"readyMs" | "answeredMs"} kind */
      const start = (kind) => `${Math.round(median(starts[name].map((/** @type {any} */ one) => one[kind])))} ms`;
      return row([title(name), mb(rawBytes), mb(brotliBytes), start("readyMs"), start("answeredMs"), `${same} of ${of}`, least.toFixed(4)]);
    }),
    "",
    `Outputs are those of ${goldens} goldens, five heads each. The model: ${withFp32 ? `int8 ${mb(modelBytes.int8)}, fp32 ${mb(modelBytes.fp32)}` : mb(modelBytes.int8)}.${running.includes("transformers") ? ` transformers.js's tokeniser gave our ids for ${sameIds} of ${spread.length} messages.` : ""} Ours ships the whole brain in its file: session, answers, fields, language and outbox beside the engine, all but the engine compiled for size; tract and rten are compiled for speed.`,
  ].join("\n");
}
