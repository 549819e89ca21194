// @ts-check
/**
 * Owns the connection of an extension page (overlay, popup, glass box) to the broker: wakes it, reconnects while that makes sense.
 * The content script has its own in content/port.js, since it cannot import.
 *
 * @typedef {object} Wire
 * @property {(message: object) => boolean} post false when nothing is connected
 * @property {() => void} close
 */

const RETRY_MS = [100, 300, 1_000, 2_000, 5_000];

/**
 * @param {string} name
 * @param {{ onOpen(wire: Wire): void, onMessage(message: unknown): void, onBroken?(): void, onLost(reason: "engine" | "extension"): void }} listener
 *   onBroken: this connection is over, whatever comes next
 * @returns {Wire}
 */
export function connectRuntime(name, { onOpen, onMessage, onBroken, onLost }) {
  /** @type {chrome.runtime.Port | null} */
  let port = null;
  let tries = 0;
  let closed = false;

  async function open() {
    if (closed) return;
    if (!chrome.runtime?.id) {
      onLost("extension");
      return;
    }
    await chrome.runtime.sendMessage({ type: "wake" }).catch(() => undefined);
    if (closed) return;
    try {
      port = chrome.runtime.connect({ name });
    } catch {
      onLost("extension");
      return;
    }
    const mine = port;
    mine.onMessage.addListener((message) => {
      tries = 0;
      onMessage(message);
    });
    mine.onDisconnect.addListener(() => {
      void chrome.runtime?.lastError;
      if (port === mine) port = null;
      if (closed) return;
      onBroken?.();
      if (tries === 1) onLost("engine");
      setTimeout(open, RETRY_MS[Math.min(tries, RETRY_MS.length - 1)]);
      tries += 1;
    });
    onOpen(wire);
  }

  /** @type {Wire} */
  const wire = {
    post(message) {
      if (!port) return false;
      try {
        port.postMessage(message);
        return true;
      } catch {
        return false;
      }
    },
    close() {
      closed = true;
      port?.disconnect();
    },
  };
  void open();
  return wire;
}
