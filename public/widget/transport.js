// @ts-check
/**
 * The overlay's wire to the broker, widget flavour: broker and Worker live in this very frame. The page hands over one MessagePort;
 * whose page this may be is decided by the server's frame-ancestors. Storage is IndexedDB where the browser grants it to a frame
 * of another site, else memory, and that is said to the page and on globalThis.warmseatTransport.storage.
 *
 * @typedef {import("../../extension/wire").Scene} Scene
 */
import { createBroker } from "./broker.js";
import { spawnWorker } from "./engine.js";
import { createAsking, messagePortLink } from "./links.js";

const THE_TAB = 1;
const PLACE_KEY = "warmseat place";

const { port1: overlaySide, port2: brokerSide } = new MessageChannel();

/** @type {ReturnType<typeof createAsking> | null} */
let asking = null;

globalThis.warmseatTransport = {
  start(onScene, _onGone, onAnswer) {
    const asked = (asking = createAsking(onAnswer));
    overlaySide.addEventListener("message", ({ data }) => {
      if (data?.scene) onScene(data.scene);
      else if (data?.id) asked.hear(data);
    });
    overlaySide.start();
    overlaySide.postMessage({ command: { type: "hello" } });
  },
  send: (command) => overlaySide.postMessage(asking?.ask(command) ?? { command }),
  layout: (message) => overlaySide.postMessage({ layout: message }),
};

addEventListener("message", accept);

/** The first port from the embedding page; nothing else is ever heard. @param {MessageEvent} event */
function accept(event) {
  const port = event.ports[0];
  if (event.source !== window.parent || window.parent === window || event.data?.warmseat !== "port" || !port) return;
  removeEventListener("message", accept);
  void serve(port, event.origin, String(event.data.team ?? ""));
}

/**
 * @param {MessagePort} port
 * @param {string} host
 * @param {string} team
 */
async function serve(port, host, team) {
  const storage = await storageHere();
  globalThis.warmseatTransport.storage = storage;
  const broker = createBroker({ spawn: () => spawnWorker({ storage, team }) });
  broker.connect(messagePortLink(port, "page", THE_TAB));
  broker.connect(messagePortLink(brokerSide, "overlay", THE_TAB));
  const key = `${PLACE_KEY} ${host}`;
  port.addEventListener("message", ({ data }) => {
    if (data?.place) keep(key, JSON.stringify(data.place));
  });
  port.postMessage({ welcome: true });
  if (storage === "memory") port.postMessage({ storage });
  const place = kept(key);
  if (place) port.postMessage({ place: JSON.parse(place) });
}

/** @returns {Promise<"indexeddb" | "memory">} */
function storageHere() {
  return new Promise((resolve) => {
    try {
      const opening = indexedDB.open("warmseat-probe");
      opening.onerror = () => resolve("memory");
      opening.onsuccess = () => {
        opening.result.close();
        resolve("indexeddb");
      };
    } catch {
      resolve("memory");
    }
  });
}

/** @param {string} key */
function kept(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/**
 * @param {string} key
 * @param {string} value
 */
function keep(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Denied in a frame of another site: the place lasts as long as the page.
  }
}
