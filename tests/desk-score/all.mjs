// Scores the three desks of tests/desks one after the other and writes the table into docs/PERFORMANCE.md.
// usage: node all.mjs [--no-write]
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { TESTS } from "../harness/paths.mjs";
import { provenance, writeFigures } from "../harness/performance_page.mjs";

const results = ["django-helpdesk", "request-tracker", "livechat"].map((desk) => {
  const file = join(TESTS, "desk-score/desks", `${desk}.mjs`);
  const out = execFileSync("node", [join(TESTS, "desk-score/run.mjs"), "--json", "--desk", file], { stdio: ["ignore", "pipe", "inherit"], maxBuffer: 64 << 20 });
  return JSON.parse(out.toString());
});

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
].join("\n");
console.log(table);
if (!process.argv.includes("--no-write")) await writeFigures("desks", table);
process.exit(results.every((one) => one.gates.passed) ? 0 : 1);
