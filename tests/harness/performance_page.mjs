// Writes measured figures between the markers of docs/PERFORMANCE.md.
import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { CHROMIUM, ROOT } from "./paths.mjs";

const PATH = join(ROOT, "docs/PERFORMANCE.md");

/** @param {string} name of the marker @param {string} text Markdown */
export async function writeFigures(name, text) {
  const page = await readFile(PATH, "utf8");
  const [begin, end] = [`<!-- bench:${name} -->`, `<!-- /bench:${name} -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/PERFORMANCE.md has no place ${begin} … ${end}`);
  await writeFile(PATH, `${page.slice(0, from)}${begin}\n${text}\n${page.slice(to)}`);
}

/** Date, command and machine, as one sentence.  @param {string} command */
export function provenance(command) {
  const chromium = execFileSync(CHROMIUM, ["--version"], { stdio: ["ignore", "pipe", "ignore"] }).toString().split(" built")[0].trim();
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB`;
  return `Measured ${new Date().toISOString().slice(0, 10)} by \`${command}\`: ${chromium}, headless, ${machine}.`;
}
