// Where things lie. Knows no behaviour.
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
export const TESTS = join(ROOT, "tests");
export const RUN = join(TESTS, ".run");
export const DIST = process.env.WARMSEAT_DIST ?? join(ROOT, "dist");
export const EXTENSION_CHROMIUM = join(DIST, "extension-chromium");
export const EXTENSION_FIREFOX = join(DIST, "extension-firefox");
export const WEB = join(DIST, "web");
/** Where cargo puts what it builds. */
export const TARGET = resolve(ROOT, process.env.CARGO_TARGET_DIR ?? "target");
export const SEED = join(TESTS, "desks/seed/conversations.json");

export const CHROMIUM = firstOf("CHROMIUM", ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]);
export const FIREFOX = firstOf("FIREFOX", ["/usr/bin/firefox-esr", "/usr/bin/firefox"]);
export const SYNC_API = process.env.WARMSEAT_SYNC_API ?? join(TARGET, "debug/sync-api");

/** @param {string} variable @param {string[]} candidates */
function firstOf(variable, candidates) {
  return process.env[variable] ?? candidates.find((path) => existsSync(path)) ?? candidates[0];
}
