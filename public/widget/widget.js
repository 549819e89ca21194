// @ts-check
/**
 * The widget's loader: <script src="https://VENDOR/widget/widget.js" data-team="…">. Reads the page it stands on like the extension
 * does and opens one frame from the vendor's origin that holds overlay, broker and brain. Asks of the host page only script-src
 * VENDOR (or a nonce) and frame-src VENDOR; leaves nothing global behind. Steps aside where the extension is at work.
 *
 * @typedef {import("../../extension/content/port.js").PageWire} PageWire
 * @typedef {import("../../extension/content/placement.js").Place} Place
 */
import { createOverlayHost } from "../../extension/content/overlay_host.js";
import { startSession } from "../../extension/content/session.js";

/** Several tags on a page are one widget. */
const WIDGET_MARK = Symbol.for("warmseat widget");
const EXTENSION_OVERLAY = "warmseat-overlay[data-by=extension]";
/** After this time past the page's load, the extension's content script has run if there is one. */
const EXTENSION_GRACE_MS = 200;

startWidget();

function startWidget() {
  const tag = document.currentScript;
  const page = /** @type {Record<symbol, unknown>} */ (/** @type {unknown} */ (document));
  if (!(tag instanceof HTMLScriptElement) || !tag.src || page[WIDGET_MARK]) return;
  page[WIDGET_MARK] = true;
  const team = tag.dataset.team ?? "";
  const url = new URL("frame.html", tag.src);
  const soon = () => setTimeout(() => extensionIsHere() || runWidget(url, team), EXTENSION_GRACE_MS);
  if (document.readyState === "complete") soon();
  else addEventListener("load", soon, { once: true });
}

/** The extension's content script answers this event by cancelling it; nothing in the page changes. */
function extensionIsHere() {
  return !document.dispatchEvent(new CustomEvent("warmseat-widget", { cancelable: true }));
}

/**
 * @param {URL} url
 * @param {string} team
 */
function runWidget(url, team) {
  const line = createFrameLine(url.origin, team);
  const overlay = createOverlayHost({ url: url.href, title: "Warmseat", by: "widget", places: line.places });
  line.attend(overlay.frame);
  const session = startSession({ dial: line.dial, overlay, onNever: stop });
  const watcher = new MutationObserver(() => {
    if (document.querySelector(EXTENSION_OVERLAY)) stop();
  });
  watcher.observe(document.documentElement, { childList: true });

  function stop() {
    watcher.disconnect();
    session.stop();
  }
}

/**
 * The line to the frame: one MessagePort, handed to the vendor's origin only, anew whenever the frame is loaded anew.
 * @param {string} origin
 * @param {string} team
 */
function createFrameLine(origin, team) {
  /** @type {((wire: PageWire) => void) | null} */
  let waiting = null;
  /** @type {PageWire | null} */
  let ready = null;
  /** @type {MessagePort | null} */
  let current = null;
  let gone = () => {};
  /** @type {(place: Place) => void} */
  let found = () => {};

  /** @param {HTMLIFrameElement} frame */
  function hand(frame) {
    gone();
    current?.close();
    const { port1, port2 } = new MessageChannel();
    current = port1;
    /** @type {Array<(message: unknown) => void>} */
    const listeners = [];
    port1.addEventListener("message", ({ data }) => {
      if (data?.welcome) welcome();
      else if (data?.place) found(data.place);
      else if (data?.storage === "memory") frame.title = "Warmseat (keeps nothing when this page closes)";
      else for (const listener of listeners) listener(data);
    });
    port1.start();
    frame.contentWindow?.postMessage({ warmseat: "port", team }, origin, [port2]);

    function welcome() {
      /** @type {PageWire} */
      const wire = {
        post: (message) => port1.postMessage(message),
        onMessage: (listener) => listeners.push(listener),
        onGone: (listener) => (gone = listener),
        close: () => port1.close(),
      };
      ready = wire;
      settle();
    }
  }

  function settle() {
    if (!waiting || !ready) return;
    waiting(ready);
    waiting = null;
    ready = null;
  }

  return {
    /** @param {HTMLIFrameElement} frame */
    attend(frame) {
      frame.addEventListener("load", () => hand(frame));
    },
    /** The frame is first loaded when there is a conversation; until then the dial stays open. */
    dial() {
      return /** @type {Promise<PageWire>} */ (
        new Promise((resolve) => {
          waiting = resolve;
          settle();
        })
      );
    },
    places: {
      /** @returns {Promise<Place | null>} */
      load: () => new Promise((resolve) => (found = resolve)),
      /** @param {Place} place */
      save: (place) => current?.postMessage({ place }),
    },
  };
}
