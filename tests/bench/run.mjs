// Speed and size in the browser, written into docs/PERFORMANCE.md. Run by `cargo xtask bench`.
// usage: node run.mjs [--messages 100] [--no-write]
import { parseArgs } from "node:util";
import { writeReport } from "./report.mjs";
import { delay, gaps, memory, start } from "./measure.mjs";
import { sizes } from "./sizes.mjs";

const { values } = parseArgs({ options: { messages: { type: "string", default: "100" }, "no-write": { type: "boolean", default: false } } });
/** @param {string} line */
const say = (line) => console.error(`bench: ${line}`);

say("from browser start to first analysis");
const firstAnalysis = [];
for (let round = 0; round < 3; round += 1) firstAnalysis.push(await start());
say("main thread of the page while the engine loads and runs");
const mainThread = await gaps(5);
say(`${values.messages} messages from page to overlay`);
const latency = await delay(Number(values.messages));
say("memory with 8 tabs");
const used = await memory(8);
say("sizes");
const shipped = await sizes();

const result = { firstAnalysis, mainThread, latency, used, shipped };
console.log(JSON.stringify(result));
if (!values["no-write"]) {
  await writeReport(result);
  say("written to docs/PERFORMANCE.md");
}
