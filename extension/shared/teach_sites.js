// @ts-check
/**
 * Owns where taught locators are kept: in the extension's storage on this device, by site; the agent's own, and beside them what the team approved. Also
 * their file, for taking them elsewhere. What a locator may hold is said in teach_format.js; how it is used is the content script's business.
 *
 * @typedef {import("./teach_format.js").Locator} Locator
 * @typedef {object} KeptLocator
 * @property {Locator} locator
 * @property {string[]} own_names hashes of the agent's own names; never exported, never shared
 * @property {"here" | "file" | "team"} from
 *
 * @typedef {{ locators: Locator[] } | { problem: "not_json" | "not_ours" | "other_version" | "bad_locator" | "too_many" | "other_site" }} ImportResult
 */
import { asLocator, LOCATOR_FORMAT } from "./teach_format.js";

const KEY_PREFIX = "taught ";
const TEAM_PREFIX = "taught by team ";
const FILE_KIND = "warmseat-taught";
const MOST_KEPT = 8;
const MOST_KEPT_OF_TEAM = 40;
const MOST_FILE_BYTES = 400_000;

/** @param {string} site origin */
export function taughtKey(site) {
  return KEY_PREFIX + site;
}

/** @param {string} site origin */
export function teamKey(site) {
  return TEAM_PREFIX + site;
}

/**
 * What is kept for a site, newest first; what does not read as a locator is left out.
 * @param {string} site
 * @returns {Promise<KeptLocator[]>}
 */
export async function readTaught(site) {
  const key = taughtKey(site);
  const stored = (await chrome.storage.local.get(key))[key];
  return Array.isArray(stored) ? stored.flatMap((entry) => asKept(entry) ?? []) : [];
}

/** @param {unknown} entry @returns {KeptLocator | null} */
function asKept(entry) {
  const kept = /** @type {Partial<KeptLocator> | null} */ (entry);
  const locator = asLocator(kept?.locator);
  if (!locator) return null;
  const names = Array.isArray(kept?.own_names) ? kept.own_names.filter((name) => typeof name === "string").slice(0, 20) : [];
  return { locator, own_names: names, from: kept?.from === "file" ? "file" : "here" };
}

/**
 * Keeps one; an older one of the same kind of page from the same source makes way.
 * @param {string} site @param {KeptLocator} next
 */
export async function keepTaught(site, next) {
  const before = await readTaught(site);
  const others = before.filter((kept) => kept.locator.path !== next.locator.path || kept.from !== next.from);
  await store(site, [next, ...others].slice(0, MOST_KEPT));
}

/** @param {string} site @param {KeptLocator} gone */
export async function forgetTaught(site, gone) {
  const before = await readTaught(site);
  await store(site, before.filter((kept) => !isSame(kept, gone)));
}

/** @param {KeptLocator} left @param {KeptLocator} right */
function isSame(left, right) {
  return left.from === right.from && isSameLocator(left.locator, right.locator);
}

/** @typedef {{ site: string, path: string, made_at_ms: number }} LocatorName */

/** @param {LocatorName} left @param {LocatorName} right */
export function isSameLocator(left, right) {
  return left.site === right.site && left.made_at_ms === right.made_at_ms && left.path === right.path;
}

/** @param {string} site @param {KeptLocator[]} kept */
async function store(site, kept) {
  if (kept.length === 0) await chrome.storage.local.remove(taughtKey(site));
  else await chrome.storage.local.set({ [taughtKey(site)]: kept });
}

/**
 * What the team approved for a site, as it was last told.
 * @param {string} site
 * @returns {Promise<KeptLocator[]>}
 */
export async function readTeam(site) {
  const key = teamKey(site);
  return asTeam((await chrome.storage.local.get(key))[key], site);
}

/** Keeps what the team approved now, and nothing of before. @param {string} site @param {unknown} told */
export async function keepTeam(site, told) {
  const next = asTeam(told, site).map(({ locator }) => locator);
  const before = (await readTeam(site)).map(({ locator }) => locator);
  if (JSON.stringify(next) === JSON.stringify(before)) return;
  if (next.length === 0) await chrome.storage.local.remove(teamKey(site));
  else await chrome.storage.local.set({ [teamKey(site)]: next });
}

/** What of it could have been imported from a file for this site. @param {unknown} told @param {string} site @returns {KeptLocator[]} */
function asTeam(told, site) {
  const locators = Array.isArray(told) ? told.flatMap((value) => asLocator(value) ?? []) : [];
  return locators.filter((locator) => locator.site === site).slice(0, MOST_KEPT_OF_TEAM).map((locator) => ({ locator, own_names: [], from: "team" }));
}

/** The likeliest for a page first: the agent's own, then the same kind of page, then what was taught here. @param {KeptLocator[]} kept @param {string} path pattern */
export function forPage(kept, path) {
  const rank = (/** @type {KeptLocator} */ { locator, from }) => (from === "team" ? 0 : 4) + (locator.path === path ? 2 : 0) + (from === "here" ? 1 : 0);
  return [...kept].sort((left, right) => rank(right) - rank(left));
}

/** The text of a file with these. @param {KeptLocator[]} kept */
export function exportTaught(kept) {
  return `${JSON.stringify({ kind: FILE_KIND, version: LOCATOR_FORMAT, locators: kept.map(({ locator }) => locator) }, null, 1)}\n`;
}

/**
 * What a file holds for this site, or what is wrong with it.
 * @param {string} text @param {string} site
 * @returns {ImportResult}
 */
export function importTaught(text, site) {
  if (text.length > MOST_FILE_BYTES) return { problem: "too_many" };
  /** @type {any} */
  let file;
  try {
    file = JSON.parse(text);
  } catch {
    return { problem: "not_json" };
  }
  if (file?.kind !== FILE_KIND || !Array.isArray(file.locators) || file.locators.length === 0) return { problem: "not_ours" };
  if (file.version !== LOCATOR_FORMAT) return { problem: "other_version" };
  if (file.locators.length > MOST_KEPT) return { problem: "too_many" };
  const locators = file.locators.map(asLocator);
  if (locators.some((/** @type {Locator | null} */ locator) => locator === null)) return { problem: "bad_locator" };
  if (locators.some((/** @type {Locator} */ locator) => locator.site !== site)) return { problem: "other_site" };
  return { locators };
}
