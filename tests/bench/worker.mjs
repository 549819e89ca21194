// The brain in the extension's own Worker, in Chromium and in Firefox, written into docs/PERFORMANCE.md: its start, a message
// alone, a history. The figures are the brain's own (`Timing` in domain/src/wire/glass_box.rs). Run by `cargo xtask bench`.
// usage: node worker.mjs [--no-write]
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { evaluateInOffscreen, launchChromium } from "../harness/chromium.mjs";
import { launchFirefox, openInspectorInFirefox } from "../harness/firefox.mjs";
import { openInspector } from "../harness/inspect.mjs";
import { provenance, writeFigures } from "../harness/performance_page.mjs";
import { until } from "../harness/until.mjs";
import { serveChatPage, talk } from "./chat_page.mjs";
import { median, ms, quantile } from "./figures.mjs";

/** @typedef {import("../../extension/wire.d.ts").Inspection} Inspection */

const STARTS = 5;
const LONE_MESSAGES = 60;
const HISTORY = 200;
const CONFIG = { server_url: "", device_token: "" };
/** Whole milliseconds are too coarse for one message. */
const FINE_CLOCK = { "privacy.reduceTimerPrecision": false };

const { values } = parseArgs({ options: { "no-write": { type: "boolean", default: false } } });

/**
 * @typedef {object} Browser with the extension and one page
 * @property {string} name
 * @property {(url: string) => Promise<unknown>} goto
 * @property {(url: string, talk: [author: string, text: string][]) => Promise<unknown>} turnTo another ticket, without loading a page
 * @property {() => Promise<Inspection | undefined>} inspection of that page
 * @property {() => Promise<unknown>} [endWorker] another takes over; in Firefox there is no way to it from outside
 * @property {() => Promise<void>} close
 */

/** @returns {Promise<Browser>} */
async function chromium() {
  const browser = await launchChromium({ config: CONFIG });
  const page = await browser.context.newPage();
  const inspector = await openInspector(browser);
  await page.bringToFront();
  // The debugger's own answer is lost with the document.
  const endWorker = () => Promise.race([evaluateInOffscreen(browser, "window.close()"), sleep(1_000)]);
  return {
    name: "Chromium",
    goto: (url) => page.goto(url),
    turnTo: (url, shown) => page.evaluate(([to, what]) => /** @type {any} */ (window).turnTo(to, what), /** @type {const} */ ([url, shown])),
    inspection: () => inspector.of(page),
    endWorker,
    close: browser.close,
  };
}

/** @returns {Promise<Browser>} */
async function firefox() {
  const { browser, close } = await launchFirefox({ config: CONFIG, prefs: FINE_CLOCK });
  const inspector = await openInspectorInFirefox(browser);
  const page = await browser.newPage();
  return {
    name: "Firefox",
    goto: (url) => page.goto(url),
    turnTo: (url, shown) => page.evaluate((to, what) => /** @type {any} */ (window).turnTo(to, what), url, shown),
    inspection: () => inspector.of(page.url()),
    close,
  };
}

/**
 * What is told of a page of so many messages of the customer, once all of them are understood.
 * @param {Browser} browser @param {number} count
 * @param {number} [before] messages understood before that page
 * @param {number} [everyMs] asking costs the Worker time, too
 */
const understood = (browser, count, before = 0, everyMs = 20) =>
  until(
    `${count} messages are understood`,
    async () => {
      const reading = await browser.inspection();
      const read = reading?.messages.filter(({ author }) => author === "customer").length;
      const done = reading && read === count && reading.scene.conversation?.pending === 0;
      return done && reading.timing && reading.timing.messages > before ? reading.timing : undefined;
    },
    { timeoutMs: 120_000, everyMs },
  );

/** From the Worker's start until it can read, in a browser of its own.  @param {() => Promise<Browser>} launch @param {string} url of one message */
async function start(launch, url) {
  const browser = await launch();
  try {
    await browser.goto(url);
    return (await understood(browser, 1)).ready_ms;
  } finally {
    await browser.close();
  }
}

/** From the start of a Worker that takes over while the page rests.  @param {Browser} browser that shows one message */
async function startAgain(browser) {
  const { ready_ms } = await understood(browser, 1);
  await browser.endWorker?.();
  return until("another Worker", async () => {
    const timing = await understood(browser, 1);
    return timing.ready_ms !== ready_ms && timing.ready_ms;
  });
}

/** @param {() => Promise<Browser>} launch */
async function measure(launch) {
  const chat = await serveChatPage();
  try {
    const starts = [];
    for (let round = 0; round < STARTS; round += 1) starts.push(await start(launch, chat.history(0, 1)));
    const browser = await launch();
    try {
      const lone = [];
      await browser.goto(chat.history(LONE_MESSAGES + HISTORY, 1));
      let { messages } = await understood(browser, 1);
      for (let index = 0; index < LONE_MESSAGES; index += 1) {
        await browser.turnTo(chat.history(index, 1), talk(index, 1));
        const timing = await understood(browser, 1, messages);
        lone.push(timing.inference_ms);
        messages = timing.messages;
      }
      const startsAgain = [];
      for (let round = 0; round < STARTS && browser.endWorker; round += 1) startsAgain.push(await startAgain(browser));
      const from = performance.now();
      await browser.goto(chat.history(LONE_MESSAGES, HISTORY));
      const { memory_bytes } = await understood(browser, HISTORY, 0, 250);
      return { name: browser.name, starts, startsAgain, lone, historyMs: performance.now() - from, memoryBytes: memory_bytes ?? 0 };
    } finally {
      await browser.close();
    }
  } finally {
    await chat.close();
  }
}

const measured = [await measure(chromium), await measure(firefox)];
console.log(JSON.stringify(measured));

/** @param {string} what @param {(one: (typeof measured)[number]) => string} figure */
const row = (what, figure) => `| ${what} | ${measured.map(figure).join(" | ")} |`;

const table = [
  provenance("node tests/bench/worker.mjs"),
  "",
  `| in the extension's Worker | ${measured.map(({ name }) => name).join(" | ")} |`,
  `|---|${measured.map(() => "---|").join("")}`,
  row(`a message of some 32 tokens alone, tokeniser to heads: p50 of ${LONE_MESSAGES}`, ({ lone }) => `${ms(median(lone))} ms`),
  row("p95", ({ lone }) => `${ms(quantile(lone, 0.95))} ms`),
  row(`a history of ${HISTORY} such messages, each read with the two before it: page asked for → all understood`, ({ historyMs }) => `${(historyMs / 1000).toFixed(1)} s`),
  row("messages a second", ({ historyMs }) => ((HISTORY * 1000) / historyMs).toFixed(0)),
  row(`start of the Worker → the engine can read, median of ${STARTS} browsers with empty profiles`, ({ starts }) => `${ms(median(starts))} ms`),
  row("the same where the browser already runs and the page rests", ({ startsAgain }) => (startsAgain.length > 0 ? `${ms(median(startsAgain))} ms` : "–")),
  row("memory of the brain's WebAssembly after all that", ({ memoryBytes }) => `${(memoryBytes / 1e6).toFixed(0)} MB`),
].join("\n");
console.log(table);
if (!values["no-write"]) await writeFigures("worker", table);
