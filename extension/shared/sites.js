// @ts-check
/**
 * Owns on which sites the content script runs. The host permission is the switch: granted means on, so the browser's own
 * settings page and the popup can never disagree. Sites that a manifest switches on (test builds) cannot give their
 * permission back; for those alone a list of exceptions is stored. Patterns for all sites at once are never followed.
 */

const OFF_KEY = "sites_off";
const ID_PREFIX = "site ";

/**
 * The match pattern of a page's host, any port; null where no content script can run.
 * @param {string | undefined} url
 * @returns {string | null}
 */
export function sitePattern(url) {
  if (!url || !URL.canParse(url)) return null;
  const { protocol, hostname } = new URL(url);
  return protocol === "http:" || protocol === "https:" ? `${protocol}//${hostname}/*` : null;
}

/** @param {string} pattern */
export async function siteIsOn(pattern) {
  if (!(await chrome.permissions.contains({ origins: [pattern] }))) return false;
  return !(await sitesOff()).includes(pattern);
}

/**
 * Call it straight from a click: the browser asks the agent here.
 * @param {string} pattern
 */
export async function switchOn(pattern) {
  const granted = await chrome.permissions.request({ origins: [pattern] });
  if (!granted) return false;
  await storeOff((await sitesOff()).filter((other) => other !== pattern));
  await injectInto(pattern);
  return true;
}

/** @param {string} pattern */
export async function switchOff(pattern) {
  await tellTabsToStop(pattern);
  const removed = await chrome.permissions.remove({ origins: [pattern] }).catch(() => false);
  if (!removed) await storeOff([...(await sitesOff()), pattern]);
}

/** For the background: follows permissions and repairs registrations after an update. Call it at top level. */
export function followSites() {
  chrome.permissions.onAdded.addListener(() => void registerSites());
  chrome.permissions.onRemoved.addListener(({ origins }) => {
    void registerSites();
    for (const pattern of origins ?? []) void tellTabsToStop(pattern);
  });
  chrome.runtime.onInstalled.addListener(() => void registerSites().then(injectEverywhere));
  chrome.runtime.onStartup.addListener(() => void registerSites());
}

/** @type {Promise<void>} */
let registering = Promise.resolve();

/** One run at a time, so that two events cannot register the same id twice. */
export function registerSites() {
  registering = registering.then(registerNow).catch(() => undefined);
  return registering;
}

async function registerNow() {
  const { origins = [] } = await chrome.permissions.getAll();
  const builtIn = builtInPatterns();
  const wanted = origins.filter((pattern) => isOneSite(pattern) && !builtIn.includes(pattern));
  const present = (await chrome.scripting.getRegisteredContentScripts()).map((script) => script.id);
  const gone = present.filter((id) => !wanted.includes(id.slice(ID_PREFIX.length)));
  if (gone.length > 0) await chrome.scripting.unregisterContentScripts({ ids: gone });
  const added = wanted.filter((pattern) => !present.includes(ID_PREFIX + pattern));
  if (added.length === 0) return;
  await chrome.scripting.registerContentScripts(
    added.map((pattern) => ({
      id: ID_PREFIX + pattern,
      matches: [pattern],
      js: ["content.js"],
      runAt: "document_idle",
      allFrames: false,
      persistAcrossSessions: true,
    })),
  );
  await Promise.all(added.map(injectInto));
}

/** @param {string} pattern */
function isOneSite(pattern) {
  return /^https?:\/\/[^*/]+\/\*$/.test(pattern);
}

/** @returns {string[]} */
function builtInPatterns() {
  return (chrome.runtime.getManifest().content_scripts ?? []).flatMap((script) => script.matches ?? []);
}

async function injectEverywhere() {
  const { origins = [] } = await chrome.permissions.getAll();
  await Promise.all(origins.filter(isOneSite).map(injectInto));
}

/**
 * Tabs that were open before the site was switched on. The content script itself sees to it that it runs once.
 * @param {string} pattern
 */
async function injectInto(pattern) {
  const tabs = await chrome.tabs.query({ url: pattern });
  await Promise.allSettled(
    tabs.map((tab) => chrome.scripting.executeScript({ target: { tabId: tab.id ?? -1 }, files: ["content.js"] })),
  );
}

/** @param {string} pattern */
async function tellTabsToStop(pattern) {
  const tabs = await chrome.tabs.query({});
  await Promise.allSettled(tabs.map((tab) => chrome.tabs.sendMessage(tab.id ?? -1, { type: "stop", pattern })));
}

/** @returns {Promise<string[]>} */
async function sitesOff() {
  const stored = await chrome.storage.local.get(OFF_KEY);
  const list = stored[OFF_KEY];
  return Array.isArray(list) ? list.filter((pattern) => typeof pattern === "string") : [];
}

/** @param {string[]} patterns */
function storeOff(patterns) {
  return chrome.storage.local.set({ [OFF_KEY]: [...new Set(patterns)] });
}
