// Draws helpdesk pages and scores their reading: `node eyes/drawn.mjs [COUNT] [FIRST] [--keep DIR] [--write] [choice=value …]`. Prints the whole, each choice's share, and the worst pages' seeds; --write puts the whole into docs/PERFORMANCE.md.
import { mkdirSync, writeFileSync } from "node:fs";
import { provenance, writeFigures } from "../harness/performance_page.mjs";
import { drawPage } from "./drawn.js";
import { scoreDesk } from "./score.js";
import { openWorld } from "./world.js";

const asked = process.argv.slice(2), keep = asked.includes("--keep") ? asked[asked.indexOf("--keep") + 1] : undefined;
const numbers = asked.filter((word) => /^\d+$/.test(word)).map(Number), count = numbers[0] ?? 200, first = numbers[1] ?? 1;
const fixed = Object.fromEntries(asked.filter((word) => /^\w+=\w+$/.test(word)).map((word) => word.split("=")));
const world = await openWorld(900);
const results = [];
for (let seed = first; seed < first + count; seed++) {
  const drawn = drawPage(seed, fixed);
  const { reading } = await (await world.show(drawn.html, drawn.url)).read();
  const score = scoreDesk([{ truth: drawn.truth, reading }], { notes: drawn.notes });
  const subject = drawn.choices.title === "name" || reading?.conversation.subject === drawn.truth.subject;
  const box = reading?.reply_box === { behind: "hidden", link: "elsewhere" }[drawn.choices.composer ?? ""] || (reading?.reply_box === "open" && !/behind|link/.test(drawn.choices.composer ?? ""));
  results.push({ seed, drawn, reading, score, subject, box });
  if (keep && (score.E < 1 || score.R < 1 || score.customerPrecision < 1 || score.requester < 1)) {
    mkdirSync(keep, { recursive: true });
    writeFileSync(`${keep}/${seed}.html`, drawn.html);
  }
}
await world.close();
/** @typedef {typeof results} Results */
/** @type {[string, (one: Results[0]) => number][]} */
const FIGURES = [
  ["E", ({ score }) => score.E],
  ["R", ({ score }) => score.R],
  ["customer precision", ({ score }) => score.customerPrecision],
  ["order", ({ score }) => score.order],
  ["requester", ({ score }) => score.requester],
  ["subject", ({ subject }) => Number(subject)],
  ["reply box", ({ box }) => Number(box)],
  ["silent", ({ reading }) => Number(reading === null)],
];
const mean = (/** @type {Results} */ some, /** @type {(one: Results[0]) => number} */ of) => (some.reduce((sum, one) => sum + of(one), 0) / Math.max(1, some.length)).toFixed(3);
const line = (/** @type {Results} */ some) => `${String(some.length).padStart(4)}  ${FIGURES.map(([name, of]) => `${name} ${mean(some, of)}`).join("  ")}`;
console.log(`all ${line(results)}`);
for (const name of Object.keys(results[0]?.drawn.choices ?? {})) for (const value of new Set(results.map(({ drawn }) => drawn.choices[name]))) console.log(`${name}=${value}`.padEnd(22), line(results.filter(({ drawn }) => drawn.choices[name] === value)));
for (const { seed, score, reading, drawn } of results.filter(({ score }) => score.E * score.R * score.customerPrecision * score.requester < 1).sort((a, b) => a.score.E * a.score.R - b.score.E * b.score.R).slice(0, 60)) console.log(seed, reading ? `E ${score.E} R ${score.R} cp ${score.customerPrecision} q ${score.requester}` : "silent", Object.entries(drawn.choices).map(([, value]) => value).join(" "));
if (asked.includes("--write")) {
  const row = (/** @type {string} */ name, /** @type {Results} */ some) => `| ${name} | ${some.length} | ${FIGURES.map(([, of]) => mean(some, of)).join(" | ")} |`;
  const langs = [...new Set(results.map(({ drawn }) => drawn.choices.lang))].map((lang) => row(`${lang}`, results.filter(({ drawn }) => drawn.choices.lang === lang)));
  const table = [`| pages | number | ${FIGURES.map(([name]) => name).join(" | ")} |`, `|---|--:|${FIGURES.map(() => "--:|").join("")}`, row("all", results), ...langs];
  await writeFigures("drawn", [provenance(`node tests/eyes/drawn.mjs ${count} ${first} --write`), "", ...table].join("\n"));
}
