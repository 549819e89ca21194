// The measurements themselves; each in a fresh browser. Times are wall-clock milliseconds.
import { readFile, readdir } from "node:fs/promises";
import { launchChromium } from "../harness/chromium.mjs";
import { openInspector } from "../harness/inspect.mjs";
import { openPanel } from "../harness/overlay.mjs";
import { until } from "../harness/until.mjs";
import { message, serveChatPage } from "./chat_page.mjs";
import { median, quantile } from "./figures.mjs";

/** People write no faster; a burst is answered together. */
const MESSAGE_APART_MS = 500;

/** Nothing leaves while measuring. */
const CONFIG = { server_url: "", device_token: "" };

/** From starting the browser with an empty profile to the first class in the overlay. */
export async function start() {
  const chat = await serveChatPage();
  const from = performance.now();
  const chromium = await launchChromium({ config: CONFIG });
  try {
    const page = await chromium.context.newPage();
    await page.goto(chat.url(1));
    const shown = performance.now();
    await openPanel(page).then((frame) => frame.locator(".wants .class-name").waitFor({ timeout: 60_000 }));
    const end = performance.now();
    return { fromBrowserStartMs: end - from, fromPageShownMs: end - shown };
  } finally {
    await chromium.close();
    await chat.close();
  }
}

/**
 * Longest time for which the page's event loop did not turn, in each round: without the extension, and while its engine loads and runs.
 * @param {number} rounds
 */
export async function gaps(rounds) {
  /** @type {number[]} */
  const withoutMs = [];
  /** @type {number[]} */
  const withMs = [];
  for (let round = 0; round < rounds; round += 1) {
    withoutMs.push(await longestGap(null));
    withMs.push(await longestGap(undefined));
  }
  return { withoutMs, withMs };
}

/** Nothing else than page and extension runs meanwhile: the page writes its messages itself, and is asked only at the end.  @param {null | undefined} extension null: none */
async function longestGap(extension) {
  const chat = await serveChatPage();
  const chromium = await launchChromium({ extension, ...(extension === null ? {} : { config: CONFIG }) });
  try {
    const page = await chromium.context.newPage();
    await page.goto("about:blank");
    await page.addInitScript(watchTurns, Array.from({ length: 10 }, (_, index) => message(index)));
    await page.goto(chat.url(2));
    await new Promise((resolve) => setTimeout(resolve, 7000));
    const longest = await page.evaluate(() => /** @type {any} */ (globalThis).turns.longest);
    if (extension !== null) {
      const panel = await openPanel(page);
      await panel.locator(".wants .class-name").waitFor();
    }
    return longest;
  } finally {
    await chromium.close();
    await chat.close();
  }
}

/** Runs in the page, from its load on; parsing and drawing the page itself is not ours.  @param {string[]} texts */
function watchTurns(texts) {
  const channel = new MessageChannel();
  const turns = { longest: 0, last: 0 };
  Object.assign(globalThis, { turns });
  channel.port1.onmessage = () => {
    const now = performance.now();
    turns.longest = Math.max(turns.longest, now - turns.last);
    turns.last = now;
    // One turn a millisecond or so: enough to see a gap, without keeping the page busy.
    setTimeout(() => channel.port2.postMessage(0), 0);
  };
  addEventListener("load", () => {
    turns.last = performance.now();
    channel.port2.postMessage(0);
    texts.forEach((text, index) => setTimeout(() => /** @type {any} */ (globalThis).add("Ines Koller", text), 3500 + 250 * index));
  });
}

/**
 * From text in the page to the overlay updated, with the encoder's own time for the same messages.
 * @param {number} count
 */
export async function delay(count) {
  const chat = await serveChatPage();
  const chromium = await launchChromium({ config: CONFIG });
  try {
    const page = await chromium.context.newPage();
    await page.goto(chat.url(3));
    const frame = await openPanel(page);
    const inspector = await openInspector(chromium);
    await inspector.settled(page, { timeoutMs: 60_000 });
    await page.bringToFront();
    await frame.evaluate(watchCourse);
    /** @type {{totalMs: number, inferenceMs: number, brainMs: number}[]} */
    const rows = [];
    for (let index = 0; index < count; index += 1) {
      await page.waitForTimeout(MESSAGE_APART_MS);
      const added = await page.evaluate(([text]) => /** @type {any} */ (globalThis).add("Ines Koller", text), [message(index)]);
      const shown = await frame.waitForFunction((after) => {
        const { at } = /** @type {any} */ (globalThis).courseState;
        return at > after && at;
      }, added, { polling: 5 });
      const timing = (await inspector.of(page))?.timing;
      if (timing) rows.push({ totalMs: Number(await shown.jsonValue()) - added, inferenceMs: timing.inference_ms, brainMs: timing.total_ms });
    }
    return { count: rows.length, total: percentiles(rows.map((r) => r.totalMs)), inference: percentiles(rows.map((r) => r.inferenceMs)), brain: percentiles(rows.map((r) => r.brainMs)) };
  } finally {
    await chromium.close();
    await chat.close();
  }
}

/** Runs in the overlay: when the newest dot of the course last changed; a message has one once it is understood. */
function watchCourse() {
  const state = { at: 0, newest: "" };
  Object.assign(globalThis, { courseState: state });
  const look = () => {
    const dots = document.querySelectorAll(".course button.dot");
    const newest = `${dots.length} ${dots[dots.length - 1]?.getAttribute("aria-label")}`;
    if (newest === state.newest) return;
    state.newest = newest;
    state.at = performance.timeOrigin + performance.now();
  };
  look();
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ["aria-label"] });
}

/** @param {number[]} list */
const percentiles = (list) => ({ p50: median(list), p95: quantile(list, 0.95) });

/**
 * Memory of the extension's own processes (brain, overlays, service worker) with so many helpdesk tabs.
 * @param {number} tabs
 */
export async function memory(tabs) {
  const chat = await serveChatPage();
  const chromium = await launchChromium({ config: CONFIG });
  try {
    for (let tab = 1; tab <= tabs; tab += 1) {
      const page = await chromium.context.newPage();
      await page.goto(chat.url(tab));
      const frame = await openPanel(page);
      await frame.locator(".wants .class-name").waitFor({ timeout: 60_000 });
    }
    // What loading left behind is given back within seconds.
    return await until("memory stands still", settledMemory(chromium.profile), { timeoutMs: 30_000, everyMs: 2000 });
  } finally {
    await chromium.close();
    await chat.close();
  }
}

/** @param {string} profile */
function settledMemory(profile) {
  let last = Number.POSITIVE_INFINITY;
  return async () => {
    const now = await extensionMemory(profile);
    const still = Math.abs(now.privateMb - last) < 2;
    last = now.privateMb;
    return still ? now : undefined;
  };
}

/** Private and proportional set size of this browser's extension processes, in MB.  @param {string} profile */
async function extensionMemory(profile) {
  let privateMb = 0;
  let proportionalMb = 0;
  let processes = 0;
  for (const pid of (await readdir("/proc")).filter((name) => /^\d+$/.test(name))) {
    const command = (await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")).replaceAll("\0", " ");
    if (!command.includes("--extension-process") || !(await belongsTo(pid, profile))) continue;
    const rollup = await readFile(`/proc/${pid}/smaps_rollup`, "utf8").catch(() => "");
    /** @param {string} name */
    const kb = (name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(rollup)?.[1] ?? 0);
    privateMb += (kb("Private_Clean") + kb("Private_Dirty")) / 1024;
    proportionalMb += kb("Pss") / 1024;
    processes += 1;
  }
  return { processes, privateMb, proportionalMb };
}

/** Whether one of its ancestors was started with this profile.  @param {string} pid @param {string} profile */
async function belongsTo(pid, profile) {
  for (let at = pid; Number(at) > 1; ) {
    const command = await readFile(`/proc/${at}/cmdline`, "utf8").catch(() => "");
    if (command.includes(`--user-data-dir=${profile}`)) return true;
    const stat = await readFile(`/proc/${at}/stat`, "utf8").catch(() => "");
    at = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1] ?? "0";
  }
  return false;
}
