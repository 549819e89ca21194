// @ts-check
/**
 * Asks every case of every row in both browsers and writes the table of docs/EDITORS.md. One browser's figures
 * can be asked anew; the other's are then the last ones of this machine. A pattern asks only what
 * matches it of "editor/case" anew. usage: node tests/eyes/gym/table.mjs [chromium | firefox | both [PATTERN]]
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { RUN } from "../../harness/paths.mjs";
import { rows, serveGym } from "./build.js";
import { cases, runCase } from "./cases.js";
import { exceptionOf, exceptions, openCases } from "./exceptions.js";
import { chromiumWorld, firefoxWorld } from "./worlds.js";

const PAGE = join(dirname(fileURLToPath(import.meta.url)), "../../../docs/EDITORS.md");
const BEGIN = "<!-- table: node tests/eyes/gym/table.mjs -->", END = "<!-- end of table -->";
const WORLDS = { chromium: chromiumWorld, firefox: firefoxWorld };

/**
 * @typedef {{ mark: string, asExpected: boolean, sends: number, twice: boolean }} Cell
 * @typedef {{ name: string, version: string, date: string, cells: Record<string, Cell> }} Column
 */

const [only, pattern = ""] = process.argv.slice(2);
const gym = await serveGym();
await mkdir(RUN, { recursive: true });
await Promise.all(Object.entries(WORLDS).map(async ([name, open]) => {
  if (only && only !== "both" && only !== name) return;
  const world = await open();
  const known = pattern ? JSON.parse(await readFile(fileOf(name), "utf8")).cells : {}, asked = await ask(world);
  // A browser that is gone meanwhile has failed at everything since: none of it is written.
  await world.evaluate("0");
  await writeFile(fileOf(name), JSON.stringify({ name: world.name, version: world.version, date: new Date().toISOString().slice(0, 10), cells: { ...known, ...asked } }));
  await world.close();
}));
gym.close();
/** @type {Column[]} */
const columns = await Promise.all(Object.keys(WORLDS).map(async (name) => JSON.parse(await readFile(fileOf(name), "utf8"))));
const page = await readFile(PAGE, "utf8");
const [head = "", rest = ""] = page.split(BEGIN);
await writeFile(PAGE, `${head}${BEGIN}\n${tableOf(columns)}\n${END}${rest.split(END)[1] ?? "\n"}`);
process.exitCode = columns.every(({ cells }) => Object.values(cells).every((cell) => cell.asExpected)) ? 0 : 1;

/** @param {string} browser */
function fileOf(browser) {
  return join(RUN, `gym-${browser}.json`);
}

/** @param {import("./worlds.js").World} world @returns {Promise<Column["cells"]>} */
async function ask(world) {
  /** @type {Column["cells"]} */
  const cells = {};
  for (const row of rows) {
    for (const item of cases.filter(({ title }) => new RegExp(pattern).test(`${row.title}/${title}`))) {
      const result = await runCase(world, gym.origin, row, item).catch((error) => ({ ok: false, lines: [""], sends: 0, outcome: String(error) }));
      if (!result) continue;
      const known = exceptionOf(row, item);
      const asExpected = result.ok === !known;
      if (!asExpected) console.log(`${world.name}, ${row.title}, ${item.title}: ${JSON.stringify(result)}`);
      const twice = result.lines.join("\n").split(item.text.split("\n")[0] ?? "").length > 2;
      cells[`${row.title}/${item.title}`] = { mark: result.ok ? "✓" : known ? `[${exceptions.indexOf(known) + 1}]` : "✗", asExpected, sends: result.sends, twice };
    }
    console.log(`${world.name}: ${row.title}`);
  }
  return cells;
}

/** @param {Column[]} columns */
function tableOf(columns) {
  const figures = columns.map(({ name, version, date, cells }) => {
    const all = Object.values(cells);
    const count = (/** @type {(cell: Cell) => boolean} */ test) => all.filter(test).length;
    return `- ${name} ${version}, ${date}: ${count((cell) => cell.mark === "✓")} of ${all.length} green, ${count((cell) => cell.asExpected && cell.mark !== "✓")} proven impossible, ${count((cell) => !cell.asExpected)} red; ${count((cell) => cell.twice)} inserted twice, ${count((cell) => cell.sends > 0)} sent.`;
  });
  /** @param {string} key */
  const marks = (key) => columns.map(({ cells }) => cells[key]?.mark ?? "–").join(" ");
  const lines = rows.map((row) => `| ${row.title} | ${cases.map((item) => marks(`${row.title}/${item.title}`)).join(" | ")} |`);
  const notes = exceptions.map(({ note }, at) => `[${at + 1}] ${note}`);
  return [
    ...figures, "", `Each cell: ${columns.map(({ name }) => name).join(", then ")}. "–": the case does not apply.`, "",
    `| editor | ${cases.map((item) => item.title).join(" | ")} |`, `|---|${cases.map(() => "---").join("|")}|`, ...lines, "", ...notes, "", "Red and open:", "", ...openCases.map(({ name, place, browsers, titles, note }) => `- ${name}${place === "frame" ? " in a frame" : ""} (${browsers.join(", ")}; ${titles.join(", ")}): ${note}.`),
  ].join("\n");
}
