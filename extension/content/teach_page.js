// @ts-check
/**
 * Owns teaching as the extension offers it on one page: what is kept for the site is known to the reader, changes of it are followed, and teaching is
 * started where someone asks. Knows nothing of how a lesson is learned.
 */
import { pathPattern } from "../shared/teach_format.js";
import { forPage, keepTaught, readTaught, taughtKey } from "../shared/teach_sites.js";
import { createReader } from "./reader.js";
import { startTeaching } from "./teach.js";
import { knownTaught, setTaught } from "./teach_known.js";

const LANGUAGE_KEY = "locale";

/** @typedef {ReturnType<typeof attendTeaching>} Teaching */

/**
 * @param {{ isThere: () => boolean, onStart: () => void, onChanged: () => void }} options `isThere`: the extension is still installed; `onStart`: the
 *   agent needs to see the page; `onChanged`: the page is to be read again
 */
export function attendTeaching({ isThere, onStart, onChanged }) {
  const site = location.origin;
  /** @type {ReturnType<typeof startTeaching> | null} */
  let course = null;
  let starting = false;

  async function load() {
    if (!isThere()) return;
    setTaught(forPage(await readTaught(site), pathPattern(location)));
  }

  /** @param {Record<string, unknown>} changes @param {string} area */
  function follow(changes, area) {
    if (area === "local" && taughtKey(site) in changes) void load().then(onChanged);
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
      async onLearned(taught) {
        try {
          await keepTaught(site, { ...taught, from: "here" });
          return true;
        } catch {
          return false;
        }
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
