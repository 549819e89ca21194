// @ts-check
/**
 * Owns the two kinds of wire between the broker and its clients: runtime ports (checked for sender and tab) and MessagePorts; and,
 * at the overlay's end, which answer belongs to which command. Knows nothing of what is said over them.
 *
 * @typedef {import("../wire").Command} Command
 * @typedef {import("../wire").AnswerResult} AnswerResult
 */

/**
 * One client of the broker.
 * @typedef {object} Link
 * @property {"page" | "overlay" | "panel"} kind
 * @property {number} tab 0 for panels that belong to no tab
 * @property {(message: object) => void} post never throws; a message to a client that is gone is dropped
 * @property {(listener: (message: unknown) => void) => void} onMessage
 * @property {(listener: () => void) => void} onGone
 */

/** @param {{ connect(link: Link): void }} broker */
export function acceptPorts(broker) {
  chrome.runtime.onConnect.addListener((port) => {
    const link = runtimeLink(port);
    if (link) broker.connect(link);
    else port.disconnect();
  });
}

/**
 * Null for a port that is not what it says it is.
 * @param {chrome.runtime.Port} port
 * @returns {Link | null}
 */
export function runtimeLink(port) {
  const sender = port.sender;
  if (!sender || sender.id !== chrome.runtime.id) return null;
  const tab = sender.tab?.id ?? 0;
  const own = (/** @type {string} */ page) => sender.url?.split(/[?#]/)[0] === chrome.runtime.getURL(page);
  const fits = {
    page: tab > 0 && sender.frameId === 0 && /^https?:/.test(sender.url ?? ""),
    overlay: tab > 0 && own("overlay.html"),
    panel: own("popup.html") || own("inspect.html"),
  };
  const kind = port.name;
  if ((kind !== "page" && kind !== "overlay" && kind !== "panel") || !fits[kind]) return null;
  return {
    kind,
    tab: kind === "panel" ? 0 : tab,
    post(message) {
      try {
        port.postMessage(message);
      } catch {
        // Disconnected between two events, or in the back/forward cache: onDisconnect tells.
      }
    },
    onMessage: (listener) => port.onMessage.addListener((message) => listener(message)),
    onGone: (listener) =>
      port.onDisconnect.addListener(() => {
        void chrome.runtime.lastError;
        listener();
      }),
  };
}

/**
 * @param {MessagePort} port
 * @param {"page" | "overlay" | "panel"} kind
 * @param {number} tab
 * @returns {Link}
 */
export function messagePortLink(port, kind, tab) {
  return {
    kind,
    tab,
    post: (message) => port.postMessage(message),
    onMessage(listener) {
      port.addEventListener("message", (event) => listener(event.data));
      port.start();
    },
    onGone: (listener) => port.addEventListener("close", () => listener()),
  };
}

/**
 * The overlay's commands and their answers: one for each, also when the wire breaks first.
 * @param {(command: Command, result: AnswerResult) => void} onAnswer
 */
export function createAsking(onAnswer) {
  /** @type {Map<number, Command>} */
  const waiting = new Map();
  let lastId = 0;

  return {
    /** The message to send for a command. @param {Command} command */
    ask(command) {
      lastId += 1;
      waiting.set(lastId, command);
      return { id: lastId, command };
    },
    /** @param {{ id: number, result: AnswerResult }} answer */
    hear({ id, result }) {
      const command = waiting.get(id);
      waiting.delete(id);
      if (command) onAnswer(command, result);
    },
    /** Nobody is left who could answer, except what is `kept` to be sent again. @param {Array<{ id?: number }>} kept */
    lost(kept) {
      for (const [id, command] of waiting) {
        if (kept.some((message) => message.id === id)) continue;
        waiting.delete(id);
        onAnswer(command, { type: "error", code: "engine_unavailable", detail: "" });
      }
    },
  };
}
