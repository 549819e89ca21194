// Measures how well the built extension reads and serves one helpdesk.
// usage: node run.mjs --desk FILE.mjs [--json]      FILE: see desk.d.ts; the answer is one JSON object on standard output
// The extension runs in a fresh profile with no setting for the desk. Progress goes to standard error.
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { normalise, score } from "../desks/score.mjs";
import { launchChromium } from "../harness/chromium.mjs";
import { openInspector } from "../harness/inspect.mjs";
import { activationOn } from "./activation.mjs";
import { added, domLines } from "./dom.mjs";
import { insertion } from "./insertion.mjs";
import { liveUpdates } from "./live.mjs";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("./desk.d.ts").DeskFile} DeskFile */

const { values } = parseArgs({ options: { desk: { type: "string" }, json: { type: "boolean", default: false }, sample: { type: "string" }, ordinary: { type: "string", default: "0/1" } } });
if (!values.desk) {
  console.error("usage: node run.mjs --desk FILE.mjs [--json] [--sample CONVERSATIONS] [--ordinary PART/PARTS]");
  process.exit(2);
}
const desk = /** @type {DeskFile} */ (await import(pathToFileURL(resolve(values.desk)).href));
for (const name of /** @type {const} */ (["name", "seed", "login", "conversations"])) {
  if (!desk[name]) throw new Error(`${values.desk} exports no ${name}; see tests/desk-score/desk.d.ts`);
}

const holds = { notes: desk.notes, bots: desk.bots, attachments: desk.attachments };
const conversations = sampled(desk.conversations, Number(values.sample ?? Infinity));
const [ordinaryPart, ordinaryParts] = values.ordinary.split("/").map(Number);

/** The first, which live messages go to, and others at even distances.  @template T @param {T[]} all @param {number} most */
function sampled(all, most) {
  return all.length <= most ? all : Array.from({ length: most }, (_, at) => all[Math.floor((at * all.length) / most)]);
}

const say = (/** @type {string} */ line) => console.error(`desk-score ${desk.name}: ${line}`);
/** A reading that has not changed for so long is the extension's last word: late histories arrive and readings are rationed. */
const SETTLED_MS = 3000;
/** @param {number[]} list */
const mean = (list) => (list.length === 0 ? 0 : list.reduce((sum, value) => sum + value, 0) / list.length);
/** @param {number} value */
const round = (value) => Math.round(value * 1000) / 1000;

try {
  say("starting");
  await desk.start?.();
  const result = await measure();
  console.log(JSON.stringify(result, null, values.json ? undefined : 2));
} finally {
  await desk.stop?.();
}

async function measure() {
  const seed = JSON.parse(await readFile(desk.seed, "utf8"));
  const baseline = await without();
  const chromium = await launchChromium({ config: { server_url: "", device_token: "" } });
  try {
    const page = await chromium.context.newPage();
    const complaints = complaintsOf(page);
    page.on("dialog", (dialog) => void dialog.accept().catch(() => {}));
    await desk.login(page);
    const inspector = await openInspector(chromium);

    /** @type {Record<string, import("../desks/score.mjs").Reading>} */
    const readings = {};
    /** @type {Awaited<ReturnType<typeof insertion>>[]} */
    const insertions = [];
    /** @type {any[]} */
    const details = [];
    /** @type {import("../harness/inspect.mjs").Inspection | undefined} */
    let before;
    for (const [index, conversation] of conversations.entries()) {
      complaints.length = 0;
      const truth = seed.find((/** @type {{key: string}} */ one) => one.key === conversation.key);
      await conversation.open(page);
      const reading = await inspector.settled(page, { unlike: before, quietMs: SETTLED_MS, timeoutMs: 25_000 }).catch((error) => {
        say(`${conversation.key}: ${error.message}`);
        return undefined;
      });
      before = reading ?? before;
      readings[conversation.key] = {
        messages: (reading?.messages ?? []).map(({ author, text }) => ({ role: author === "bot" ? "agent" : author, text })),
        requester: requesterOf(reading?.conversation?.requester, truth.requester),
      };
      const grown = added(await domLines(page, desk.classesVary), baseline.dom[conversation.key]);
      if (conversation.openReply) await conversation.openReply(page);
      const landed = await insertion(page, inspector, desk, { draft: index % 2 === 1 });
      insertions.push(landed);
      const own = complaints.filter((line) => !baseline.complaints.has(line));
      details.push({
        key: conversation.key,
        read: readings[conversation.key].messages.length,
        ...score({ [conversation.key]: readings[conversation.key] }, seed, holds),
        insertion: landed,
        complaints: own,
        domAdded: grown.slice(0, 5),
      });
      say(`${conversation.key}: F1 ${details.at(-1).f1}, roles ${details.at(-1).roleAccuracy}, insertion ${landed.outcome}`);
    }
    const read = score(readings, seed, holds);
    const live = await liveUpdates(page, inspector, desk);
    const activations = await activationOn(desk, page, inspector, { part: ordinaryPart, parts: ordinaryParts });

    const I = mean(insertions.map((one) => Number(one.outcome === "landed")));
    const C = mean(details.map((one) => Number(one.complaints.length === 0 && one.domAdded.length === 0)));
    const parts = { E: read.f1, R: read.roleAccuracy, O: read.order, Q: read.requester, I, L: live.L, C };
    const total = 0.35 * parts.E * parts.R + 0.25 * parts.I + 0.15 * (parts.L ?? 1) + 0.15 * parts.Q * parts.O + 0.1 * parts.C;
    const gates = {
      customerPrecision: read.customerPrecision,
      sends: insertions.reduce((sum, one) => sum + one.sends, 0),
      noteInsertions: insertions.filter((one) => one.outcome === "in a note").length,
      activations: activations.filter((one) => one.active).length,
    };
    return {
      desk: desk.name,
      conversationsSeeded: desk.conversations.length,
      date: new Date().toISOString(),
      total: round(total),
      ...Object.fromEntries(Object.entries(parts).map(([name, value]) => [name, value === null ? null : round(value)])),
      liveBasis: live.basis,
      gates: { ...gates, passed: gates.customerPrecision >= 0.98 && gates.sends + gates.noteInsertions + gates.activations === 0 },
      reading: read,
      live: live.messages,
      quiet: activations,
      conversations: details,
    };
  } finally {
    await chromium.close();
  }
}

/** The desk as it is by itself: complaints in the console, and the DOM of two loads of each conversation. */
async function without() {
  const chromium = await launchChromium({ extension: null });
  try {
    const page = await chromium.context.newPage();
    const complaints = complaintsOf(page);
    await desk.login(page);
    /** @type {Record<string, Set<string>[]>} */
    const dom = {};
    for (let pass = 0; pass < 2; pass += 1) {
      for (const conversation of conversations) {
        await conversation.open(page);
        await page.waitForLoadState("networkidle").catch(() => {});
        (dom[conversation.key] ??= []).push(await domLines(page, desk.classesVary));
      }
    }
    return { dom, complaints: new Set(complaints) };
  } finally {
    await chromium.close();
  }
}

/** Errors and CSP violations that the page shows in its console, numbers masked.  @param {Page} page */
function complaintsOf(page) {
  /** @type {string[]} */
  const lines = [];
  const add = (/** @type {string} */ line) => lines.push(line.replace(/\d+/g, "#").slice(0, 200));
  page.on("console", (message) => {
    if (message.type() === "error") add(`${message.text()} ${message.location().url}`);
  });
  page.on("pageerror", (error) => add(error.message));
  return lines;
}

/**
 * The name or address that was read, the right one first when several were.
 * @param {import("../../extension/wire.d.ts").Requester | undefined} read
 * @param {{name: string, email: string}} truth
 */
function requesterOf(read, truth) {
  const candidates = [read?.name, read?.email, read?.handle].filter((text) => typeof text === "string");
  return candidates.find((text) => [truth.name, truth.email].includes(normalise(text))) ?? candidates[0] ?? null;
}
