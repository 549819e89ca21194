// Scores the seven desks of tests/desks one after the other and writes the table into docs/PERFORMANCE.md.
// Each desk holds the whole seed; a run opens a sample of it on every desk (the reading of all is tested in tests/eyes), and each desk
// watches another part of the ordinary pages. --whole: all conversations and all pages on every desk.
// Names of desks: only those are scored anew, in that order; for the others stands what was measured last.
// usage: node all.mjs [--whole] [--no-write] [NAME…]
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { RUN, TESTS } from "../harness/paths.mjs";
import { provenance, writeFigures } from "../harness/performance_page.mjs";

const SAMPLE = 5;
/** Every desk's whole result, conversation by conversation. */
const KEPT = join(RUN, "desk-score");
const DESKS = ["django-helpdesk", "request-tracker", "trac", "livechat", "inbox-spa", "chat-console", "table-webmail"];
const whole = process.argv.includes("--whole");
const named = process.argv.slice(2).filter((word) => !word.startsWith("--"));
mkdirSync(KEPT, { recursive: true });
const keptAt = (/** @type {string} */ desk) => join(KEPT, `${desk}.json`);
for (const desk of named.length > 0 ? named : DESKS) {
  const share = whole ? [] : ["--sample", String(SAMPLE), "--ordinary", `${DESKS.indexOf(desk)}/${DESKS.length}`];
  const file = join(TESTS, "desk-score/desks", `${desk}.mjs`);
  writeFileSync(keptAt(desk), execFileSync("node", [join(TESTS, "desk-score/run.mjs"), "--json", "--desk", file, ...share], { stdio: ["ignore", "pipe", "inherit"], maxBuffer: 64 << 20 }));
}
const results = DESKS.filter((desk) => existsSync(keptAt(desk))).map((desk) => JSON.parse(readFileSync(keptAt(desk), "utf8")));

/** @param {number | null} value */
const share = (value) => (value === null ? "–" : value.toFixed(3));
const mean = results.reduce((sum, one) => sum + one.total, 0) / results.length;
const table = [
  provenance("node tests/desk-score/all.mjs"),
  "",
  "| desk | total | E | R | O | Q | I | L | C | customer precision | sends | note insertions | activations elsewhere |",
  "|---|---|---|---|---|---|---|---|---|---|---|---|---|",
  ...results.map(
    (one) =>
      `| ${one.desk} | **${share(one.total)}** | ${["E", "R", "O", "Q", "I", "L", "C"].map((part) => share(one[part])).join(" | ")} | ${share(one.gates.customerPrecision)} | ${one.gates.sends} | ${one.gates.noteInsertions} | ${one.gates.activations} of ${one.quiet.length} |`,
  ),
  `| mean | **${share(mean)}** | | | | | | | | | | | |`,
  "",
  "L is – where the desk has no live updates; the total then counts it as 1.",
  "",
  `Each desk holds all conversations of the seed; ${whole ? "all of them were opened" : `a sample of ${SAMPLE} was opened on each, at even distances, and each desk watched a seventh of the ordinary pages besides its own lists and settings`}. Leave one desk out: no rule of the content script names a desk's classes, ids, elements or host, so there is no hint to remove and the score without is the score above; \`tests/eyes/hints.test.js\` fails when one is added, and reads the made-up desks without the mail programs' marks.`,
].join("\n");
console.log(table);
if (!process.argv.includes("--no-write")) await writeFigures("desks", table);
process.exit(results.every((one) => one.gates.passed) ? 0 : 1);
