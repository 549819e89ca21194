// Precision and recall of field extraction per kind, and its speed, written into docs/PERFORMANCE.md.
// usage: node fields.mjs [--data DIR] [--no-write]      DIR: the folder with pii_zh_synthetic and presidio_pii; target/release/fields must be built
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { TARGET } from "../harness/paths.mjs";
import { provenance, writeFigures } from "../harness/performance_page.mjs";

/** @typedef {{ labelled: number, told: number, exact: number, labelled_touched: number, told_touched: number }} Counts */
/** @typedef {{ name: string, rows: number, without_fields: number, kinds: Record<string, Counts> }} Set */

const { values } = parseArgs({ options: { data: { type: "string" }, "no-write": { type: "boolean", default: false } } });
const NAMES = new Map([
  ["own_dev", "own, development"],
  ["own_held_out", "own, held out"],
  ["pii_zh_synthetic", "pii_zh_synthetic dev"],
  ["presidio_pii", "presidio_pii dev"],
]);

/** @param {number} part @param {number} whole */
const share = (part, whole) => (whole ? (part / whole).toFixed(3) : "–");

/** @param {Set} set */
function rows({ name, kinds }) {
  const all = Object.values(kinds).reduce((sum, kind) => {
    for (const key of /** @type {(keyof Counts)[]} */ (Object.keys(sum))) sum[key] += kind[key];
    return sum;
  }, { labelled: 0, told: 0, exact: 0, labelled_touched: 0, told_touched: 0 });
  return [...Object.entries(kinds), /** @type {[string, Counts]} */ (["**all**", all])].map(([kind, count]) =>
    `| ${NAMES.get(name)} | ${kind.replace("_", " ")} | ${count.labelled} | ${share(count.exact, count.told)} | ${share(count.exact, count.labelled)} | ${share(count.told_touched, count.told)} | ${share(count.labelled_touched, count.labelled)} |`);
}

const out = execFileSync(join(TARGET, "release/fields"), values.data ? ["--data", values.data] : [], { stdio: ["ignore", "pipe", "inherit"] });
/** @type {{ sets: Set[], absent: string[], microseconds: { zh: number, en: number } }} */
const { sets, absent, microseconds } = JSON.parse(out.toString());
const text = [
  provenance(`node tests/bench/fields.mjs${values.data ? " --data DIR" : ""}`),
  "",
  "| set | kind | labelled | precision | recall | precision, overlapping | recall, overlapping |",
  "|---|---|---|---|---|---|---|",
  ...sets.flatMap(rows),
  "",
  `Own set: ${sets.slice(0, 2).map(({ rows, without_fields }) => `${rows} messages, ${without_fields} of them without a field`).join("; held out ")}. Precision and recall count a field as right when kind and place are the same, "overlapping" when the places overlap. Messages and finders have one author: expect less of other people's messages. Of the other sets only the types that are fields here are counted; presidio_pii labels every name and street in running text, our finders tell what the words around it declare.`,
  ...(absent.length ? ["", `Not there, left out: ${absent.join(", ")}.`] : []),
  "",
  `A message of 200 characters takes ${Math.round(microseconds.zh)} µs in Chinese, ${Math.round(microseconds.en)} µs in English (native, median of 400).`,
].join("\n");
console.log(text);
if (!values["no-write"]) await writeFigures("fields", text);
