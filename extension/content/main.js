// @ts-check
/**
 * The content script: runs once per page, connects to the extension's brain, and leaves nothing behind when the site is switched off
 * or the extension is updated. A page can ask to be left alone: <meta name="warmseat" content="off">.
 */
import { createOverlayHost } from "./overlay_host.js";
import { startSession } from "./session.js";
import { attendTeaching } from "./teach_page.js";

/** In the extension's isolated world, which the page cannot see. */
const RUNNING = Symbol.for("warmseat running");
const OFF_MARK = "meta[name=warmseat][content=off]";
const SITES_OFF_KEY = "sites_off";

/** @typedef {{ stop: () => void, alive: () => boolean }} Running */
/** @typedef {import("./teach_page.js").Teaching} Teaching */

void begin();

async function begin() {
  const world = /** @type {Record<symbol, Running | undefined>} */ (/** @type {unknown} */ (globalThis));
  if (world[RUNNING]?.alive()) return;
  world[RUNNING]?.stop();
  const running = listenToExtension();
  world[RUNNING] = running;
  if (await isSwitchedOff()) {
    running.stop();
    return;
  }
  await whenShown();
  await running.teaching.load();
  if (running.alive()) running.start();
}

/** A page that the browser only prerenders is not read. */
function whenShown() {
  const page = /** @type {Document & { prerendering?: boolean }} */ (document);
  if (!page.prerendering) return Promise.resolve();
  return new Promise((resolve) => page.addEventListener("prerenderingchange", resolve, { once: true }));
}

/** Test builds are on for local hosts by their manifest; their off switch is a list. */
async function isSwitchedOff() {
  if (document.querySelector(OFF_MARK)) return true;
  const list = (await chrome.storage.local.get(SITES_OFF_KEY))[SITES_OFF_KEY];
  return Array.isArray(list) && list.includes(ownPattern());
}

function ownPattern() {
  return `${location.protocol}//${location.hostname}/*`;
}

function listenToExtension() {
  /** @type {ReturnType<typeof openSession> | null} */
  let session = null;
  let over = false;
  const teaching = attendTeaching({
    isThere: extensionIsThere,
    onStart: () => session?.overlay.hide(),
    onChanged: () => session?.reread(),
    propose: (locator) => session?.propose(locator) ?? false,
  });

  /** @param {{ type?: string, pattern?: string }} message @param {chrome.runtime.MessageSender} _ @param {(answer: object) => void} answer */
  function hear(message, _, answer) {
    if (message.type === "teach" || message.type === "teach_state") answer(session ? teaching.hear(message.type) : { taught: "off" });
    if (message.type === "stop" && message.pattern === ownPattern()) stop();
    if (message.type === "focus") session?.overlay.focus();
  }

  function stop() {
    if (over) return;
    over = true;
    teaching.stop();
    session?.stop();
    session = null;
    document.removeEventListener("warmseat-widget", claimPage);
    if (!extensionIsThere()) return;
    chrome.runtime.onMessage.removeListener(hear);
    tellReading(false);
  }

  chrome.runtime.onMessage.addListener(hear);
  document.addEventListener("warmseat-widget", claimPage);
  return {
    start() {
      session ??= openSession(stop, teaching);
    },
    teaching,
    stop,
    alive: () => !over && extensionIsThere(),
  };
}

/** The widget asks before it opens; the extension goes first, since it has storage of its own. @param {Event} event */
function claimPage(event) {
  event.preventDefault();
}

/** @param {() => void} onNever @param {Teaching} teaching */
function openSession(onNever, teaching) {
  const overlay = createOverlayHost({
    url: chrome.runtime.getURL("overlay.html"),
    title: "Warmseat",
    by: "extension",
    places: extensionPlaces(),
  });
  const session = startSession({ dial: dialExtension, overlay, onNever, onTeach: () => teaching.hear("teach"), onTeam: teaching.hearTeam });
  return { overlay, ...session };
}

/** @type {import("./port.js").Dial} */
async function dialExtension() {
  if (!extensionIsThere()) return "never";
  const answer = await chrome.runtime.sendMessage({ type: "wake" }).catch(() => undefined);
  if (!extensionIsThere()) return "never";
  if (!answer?.awake) return "later";
  const port = chrome.runtime.connect({ name: "page" });
  tellReading(true);
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => port.onMessage.addListener((message) => listener(message)),
    onGone: (listener) =>
      port.onDisconnect.addListener(() => {
        if (extensionIsThere()) void chrome.runtime.lastError;
        listener();
      }),
    close: () => port.disconnect(),
  };
}

/** False once the extension was updated, switched off or removed under this page. */
function extensionIsThere() {
  return Boolean(chrome.runtime?.id);
}

/** The badge (R15). @param {boolean} on */
function tellReading(on) {
  chrome.runtime.sendMessage({ type: "reading", on }).catch(() => undefined);
}

/** Per site, in the extension's storage: localStorage is the page's. @returns {import("./overlay_host.js").PlaceStore} */
function extensionPlaces() {
  const key = `place ${location.host}`;
  return {
    async load() {
      const place = (await chrome.storage.local.get(key))[key];
      return place && typeof place === "object" ? /** @type {import("./placement.js").Place} */ (place) : null;
    },
    save(place) {
      if (extensionIsThere()) void chrome.storage.local.set({ [key]: place });
    },
  };
}
