// How often the category proposed for a ticket is right, on the labelled lists of wasm-core/tests/categories, written into docs/PERFORMANCE.md.
// usage: node categories.mjs [--no-write]      target/release/categories must be built
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { TARGET } from "../harness/paths.mjs";
import { provenance, writeFigures } from "../harness/performance_page.mjs";

/** @typedef {{ messages: number, proposed: number, right: number, ticked: number, ticked_right: number }} Counts */

const { values } = parseArgs({ options: { "no-write": { type: "boolean", default: false } } });
/** @type {Record<string, Counts>} */
const sets = JSON.parse(execFileSync(join(TARGET, "release/categories"), { stdio: ["ignore", "pipe", "inherit"] }).toString());

/** @param {number} part @param {number} whole */
const share = (part, whole) => (part / whole).toFixed(3);

const NAMES = new Map([["first_seen", "first seen"], ["mended_by", "mended by"]]);
const text = [
  provenance("node tests/bench/categories.mjs"),
  "",
  "| lists | messages | the right one is proposed | of all proposed, right | ticked by itself | of those, right |",
  "|---|---|---|---|---|---|",
  ...Object.entries(sets).map(([name, set]) =>
    `| ${NAMES.get(name)} | ${set.messages} | ${share(set.right, set.messages)} | ${share(set.right, set.proposed)} | ${share(set.ticked, set.messages)} | ${share(set.ticked_right, set.ticked)} |`),
  "",
  "One message a ticket, by itself. Lists, messages and labels have one author; those first seen were written before they were measured. Two constants were chosen on the others; that the name's word counts where both agree was chosen there, too, after a look at the figures of these.",
].join("\n");
console.log(text);
if (!values["no-write"]) await writeFigures("categories", text);
