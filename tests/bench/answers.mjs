// How often the answers on offer fit, in the labelled conversations of wasm-core/tests/answers, written into docs/PERFORMANCE.md.
// usage: node answers.mjs [--no-write]      target/release/answers must be built
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { TARGET } from "../harness/paths.mjs";
import { provenance, writeFigures } from "../harness/performance_page.mjs";

/** @typedef {{ turns: number, wanting: number, served: number, served_first: number, offered: number, fitting: number }} Counts */

const { values } = parseArgs({ options: { "no-write": { type: "boolean", default: false } } });
/** @type {Record<string, Counts>} */
const sets = JSON.parse(execFileSync(join(TARGET, "release/answers"), { stdio: ["ignore", "pipe", "inherit"] }).toString());

/** @param {number} part @param {number} whole */
const share = (part, whole) => (part / whole).toFixed(3);

const NAMES = new Map([["first_seen", "first seen"], ["mended_by", "mended by"]]);
const text = [
  provenance("node tests/bench/answers.mjs"),
  "",
  "| conversations | customer turns | one of the answers on offer fits | the first fits | of all on offer, fitting | on offer a turn |",
  "|---|---|---|---|---|---|",
  ...Object.entries(sets).map(([name, set]) =>
    `| ${NAMES.get(name)} | ${set.turns} | ${share(set.served, set.wanting)} | ${share(set.served_first, set.wanting)} | ${share(set.fitting, set.offered)} | ${(set.offered / set.turns).toFixed(2)} |`),
  "",
  "The first two columns of shares are of the turns in which some answer of the base fits. Conversations, labels and ranking have one author; those first seen were written and labelled after the ranking stood.",
].join("\n");
console.log(text);
if (!values["no-write"]) await writeFigures("answers", text);
