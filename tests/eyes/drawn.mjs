// Draws helpdesk pages and scores their reading: `node eyes/drawn.mjs [COUNT] [FIRST] [--keep DIR] [choice=value …]`. Prints the whole, each choice's share, and the worst pages' seeds.
import { mkdirSync, writeFileSync } from "node:fs";
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
const mean = (/** @type {typeof results} */ some, /** @type {(one: typeof results[0]) => number} */ of) => (some.reduce((sum, one) => sum + of(one), 0) / Math.max(1, some.length)).toFixed(3);
const line = (/** @type {typeof results} */ some) => `${String(some.length).padStart(4)}  E ${mean(some, ({ score }) => score.E)}  R ${mean(some, ({ score }) => score.R)}  cp ${mean(some, ({ score }) => score.customerPrecision)}  order ${mean(some, ({ score }) => score.order)}  requester ${mean(some, ({ score }) => score.requester)}  subject ${mean(some, ({ subject }) => Number(subject))}  box ${mean(some, ({ box }) => Number(box))}  silent ${mean(some, ({ reading }) => Number(reading === null))}`;
console.log(`all ${line(results)}`);
for (const name of Object.keys(results[0]?.drawn.choices ?? {})) for (const value of new Set(results.map(({ drawn }) => drawn.choices[name]))) console.log(`${name}=${value}`.padEnd(22), line(results.filter(({ drawn }) => drawn.choices[name] === value)));
for (const { seed, score, reading, drawn } of results.filter(({ score }) => score.E * score.R * score.customerPrecision * score.requester < 1).sort((a, b) => a.score.E * a.score.R - b.score.E * b.score.R).slice(0, 60)) console.log(seed, reading ? `E ${score.E} R ${score.R} cp ${score.customerPrecision} q ${score.requester}` : "silent", Object.entries(drawn.choices).map(([, value]) => value).join(" "));
