// @ts-check
/**
 * Owns teaching as the extension offers it on one page: what is kept for the site, the agent's own and the team's, is known to the reader, changes of it
 * are followed, and teaching is started where someone asks. Knows nothing of how a lesson is learned or how it gets to the team.
 */
import { pathPattern } from "../shared/teach_format.js";
import { forPage, keepTaught, keepTeam, readTaught, readTeam, taughtKey, teamKey } from "../shared/teach_sites.js";
import { createReader } from "./reader.js";
import { startTeaching } from "./teach.js";
import { knownTaught, setTaught } from "./teach_known.js";

const LANGUAGE_KEY = "locale";
/** Each one taught is looked for on every page. */
const MOST_OF_TEAM = 8;

/** @typedef {ReturnType<typeof attendTeaching>} Teaching @typedef {import("../shared/teach_format.js").Locator} Locator */

/**
 * @param {{ isThere: () => boolean, onStart: () => void, onChanged: () => void, propose: (locator: Locator) => boolean }} options `isThere`: the
 *   extension is still installed; `onStart`: the agent needs to see the page; `onChanged`: the page is to be read again; `propose`: to the team, false
 *   when nobody heard it
 */
export function attendTeaching({ isThere, onStart, onChanged, propose }) {
  const site = location.origin;
  /** @type {ReturnType<typeof startTeaching> | null} */
  let course = null;
  let starting = false;
  let hasTeam = false;

  async function load() {
    if (!isThere()) return;
    const [own, team] = await Promise.all([readTaught(site), readTeam(site)]);
    const path = pathPattern(location);
    setTaught(forPage([...own, ...forPage(team, path).slice(0, MOST_OF_TEAM)], path));
  }

  /** @param {Record<string, unknown>} changes @param {string} area */
  function follow(changes, area) {
    if (area === "local" && (taughtKey(site) in changes || teamKey(site) in changes)) void load().then(onChanged);
  }
  chrome.storage.onChanged.addListener(follow);

  async function start() {
    if (course || starting) return;
    starting = true;
    const choice = (await chrome.storage.local.get(LANGUAGE_KEY))[LANGUAGE_KEY];
    starting = false;
    const locale = choice === "zh" || choice === "en" ? choice : navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
    onStart();
    course = startTeaching({
      locale,
      hasTeam,
      async onLearned(taught, forTeam) {
        try {
          await keepTaught(site, { ...taught, from: "here" });
        } catch {
          return "not_saved";
        }
        return !forTeam || propose(taught.locator) ? "" : "not_proposed";
      },
      onEnd() {
        course = null;
        onChanged();
      },
    });
  }

  /** Whether what is taught is found on the page now. */
  function state() {
    if (knownTaught().length === 0) return { taught: "none" };
    const reader = createReader(document);
    reader.read();
    return { taught: reader.insight().taught };
  }

  return {
    load,
    /** What the brain says of the team. @param {{ connected: boolean, locators: unknown[] }} told */
    hearTeam({ connected, locators }) {
      hasTeam = connected;
      if (isThere()) void keepTeam(site, locators);
    },
    /** @param {"teach" | "teach_state"} asked */
    hear(asked) {
      if (asked === "teach_state") return state();
      void start();
      return { taught: "teaching" };
    },
    stop() {
      const open = course;
      course = null;
      open?.stop();
      if (isThere()) chrome.storage.onChanged.removeListener(follow);
    },
  };
}
