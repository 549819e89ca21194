// What watching costs: CPU time of the page's main thread on a page with 2,000 messages and 50 mutations a second, with the built
// extension's content script and without it, in turns on the same machine. Thread time, so that other processes do not count.
// usage: node watcher.mjs [--rounds N] [--no-write]
import { parseArgs } from "node:util";
import { chatFixtures } from "../eyes/fixtures/chats.js";
import { conversations } from "../eyes/fixtures/conversations.js";
import { bundleEyes, eyesIn, openBrowser, servePage } from "../eyes/world.js";
import { provenance, writeFigures } from "../harness/performance_page.mjs";
import { until } from "../harness/until.mjs";
import { median } from "./figures.mjs";

const MESSAGES = 2000;
const EVERY_MS = 20;
const WARM_UP_MS = 4000;
const WATCHED_MS = 10_000;
const ROUNDS = Number(parseArgs({ options: { rounds: { type: "string", default: "3" }, "no-write": { type: "boolean" } } }).values.rounds);

/** What moves, and how it moves; runs in the page. @type {{name: string, move: string}[]} */
const MOVES = [
  { name: "a counter outside the conversation", move: "document.getElementById('tick').textContent = ++n" },
  { name: "a typing sign in the last row", move: "rows.at(-1).querySelector('.nm').lastChild.nodeValue = ['.', '..', '...'][++n % 3]" },
  { name: "attributes of random rows", move: "rows[(n = (n * 7919 + 13) % rows.length)].classList.toggle('near')" },
];

const fixture = /** @type {import("../eyes/fixtures/chats.js").Fixture} */ (chatFixtures.find(({ name }) => name === "zh workbench"));
const messages = Array.from({ length: MESSAGES }, (_, at) => ({ role: /** @type {"agent" | "customer"} */ (at % 3 === 1 ? "agent" : "customer"), text: `Message ${at}: ${"lorem ipsum dolor ".repeat(1 + (at % 5))}`, ago: MESSAGES - at }));
const html = `${fixture.html({ ...conversations[0], messages })}<div id="tick">0</div>`;
const bundle = await bundleEyes();
const browser = await openBrowser();
const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
const serve = await servePage(page);

/** Share of a core that the page's main thread takes, and of it its scripts.  @param {string} move @param {boolean} watched */
async function share(move, watched) {
  await serve(html);
  const eyes = await eyesIn(page, bundle);
  if (watched) {
    await eyes.evaluate("globalThis.looks = 0; globalThis.stop = eyes.watchPage(() => { looks++; }); undefined");
    await until("the first reading", () => eyes.evaluate("looks > 0"), { timeoutMs: 60_000 });
  }
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
  const busy = async () => {
    const { metrics } = await cdp.send("Performance.getMetrics");
    const of = (/** @type {string} */ name) => metrics.find((metric) => metric.name === name)?.value ?? 0;
    return { script: of("ScriptDuration"), task: of("TaskDuration") };
  };
  await page.evaluate(`n = 0; rows = [...document.querySelectorAll(".li")]; setInterval(() => { ${move}; }, ${EVERY_MS}); undefined`);
  await page.waitForTimeout(WARM_UP_MS);
  const before = await busy();
  await page.waitForTimeout(WATCHED_MS);
  const after = await busy();
  await cdp.detach();
  return { script: ((after.script - before.script) / WATCHED_MS) * 1e5, task: ((after.task - before.task) / WATCHED_MS) * 1e5 };
}

const lines = [];
for (const { name, move } of MOVES) {
  /** @type {{bare: Awaited<ReturnType<typeof share>>, watched: Awaited<ReturnType<typeof share>>}[]} */
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push({ bare: await share(move, false), watched: await share(move, true) });
  const script = median(rounds.map(({ bare, watched }) => watched.script - bare.script));
  const task = median(rounds.map(({ bare, watched }) => watched.task - bare.task));
  lines.push(`| ${name} | ${median(rounds.map(({ bare }) => bare.task)).toFixed(2)} % | ${script.toFixed(2)} % | ${task.toFixed(2)} % |`);
  console.error(lines.at(-1));
}
await browser.close();
const table = [
  provenance(`node tests/bench/watcher.mjs${ROUNDS === 3 ? "" : ` --rounds ${ROUNDS}`}`),
  "",
  `| ${MESSAGES.toLocaleString("en")} messages, ${1000 / EVERY_MS} mutations a second | the page by itself, main thread | our script | our script with the layout it asks for |`,
  "|---|---|---|---|",
  ...lines,
  "",
  `Shares of one core in thread time over ${WATCHED_MS / 1000} s, ${ROUNDS > 1 ? `median of ${ROUNDS} rounds` : "one round"} with and without in turns.`,
].join("\n");
console.log(table);
if (!process.argv.includes("--no-write")) await writeFigures("watcher", table);
