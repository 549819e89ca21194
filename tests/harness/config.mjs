// The configuration that the brain is told at its start, in a copy of what was built.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** @typedef {{server_url?: string, device_token?: string, help_url?: string}} Config */

/** Lays values over the config.json of a folder.  @param {string} folder @param {Config} config */
export async function layConfig(folder, config) {
  const path = join(folder, "config.json");
  const built = JSON.parse(await readFile(path, "utf8"));
  await writeFile(path, JSON.stringify({ ...built, ...config }));
}
