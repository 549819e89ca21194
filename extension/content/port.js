// @ts-check
/**
 * Owns the page's connection to the broker: dials, redials with backoff, sends a heartbeat. Knows nothing of what is said.
 *
 * @typedef {object} PageWire one established connection
 * @property {(message: object) => void} post may throw when it has just died
 * @property {(listener: (message: unknown) => void) => void} onMessage
 * @property {(listener: () => void) => void} onGone
 * @property {() => void} close
 *
 * @typedef {() => Promise<PageWire | "later" | "never">} Dial `never`: the extension was removed or updated under this page
 */

const REDIAL_MS = [100, 300, 1_000, 2_000, 5_000, 10_000];
/** Firefox ends an event page that has heard nothing for 30 s. */
const HEARTBEAT_MS = 15_000;
const STABLE_CONNECTION_MS = 5_000;

/**
 * @param {Dial} dial
 * @param {{ onOpen(): void, onMessage(message: unknown): void, onNever(): void }} listener
 */
export function keepConnected(dial, { onOpen, onMessage, onNever }) {
  /** @type {PageWire | null} */
  let wire = null;
  let dialling = false;
  let tries = 0;
  let stopped = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let redialTimer;
  const heartbeat = setInterval(() => document.visibilityState === "visible" && post({ ping: true }), HEARTBEAT_MS);
  document.addEventListener("visibilitychange", onVisible);
  window.addEventListener("pageshow", onVisible);

  async function redial() {
    clearTimeout(redialTimer);
    if (stopped || dialling || wire) return;
    dialling = true;
    const dialled = await dial().catch(() => /** @type {const} */ ("later"));
    dialling = false;
    if (stopped) {
      if (typeof dialled === "object") dialled.close();
    } else if (dialled === "never") {
      stop();
      onNever();
    } else if (dialled === "later") {
      redialLater();
    } else {
      open(dialled);
    }
  }

  /** @param {PageWire} opened */
  function open(opened) {
    wire = opened;
    const openedAt = Date.now();
    opened.onMessage(onMessage);
    opened.onGone(() => {
      if (Date.now() - openedAt > STABLE_CONNECTION_MS) tries = 0;
      if (wire !== opened) return;
      wire = null;
      redialLater();
    });
    onOpen();
  }

  /** A hidden page waits until it is looked at or has something to say. */
  function redialLater() {
    if (stopped || (document.visibilityState === "hidden" && tries > 0)) return;
    clearTimeout(redialTimer);
    redialTimer = setTimeout(redial, REDIAL_MS[Math.min(tries, REDIAL_MS.length - 1)]);
    tries += 1;
  }

  function onVisible() {
    if (document.visibilityState === "visible" && !wire) void redial();
  }

  /**
   * False when nothing is connected; then everything is said again on connecting.
   * @param {object} message
   */
  function post(message) {
    if (wire) {
      try {
        wire.post(message);
        return true;
      } catch {
        wire = null;
      }
    }
    void redial();
    return false;
  }

  function stop() {
    stopped = true;
    clearInterval(heartbeat);
    clearTimeout(redialTimer);
    document.removeEventListener("visibilitychange", onVisible);
    window.removeEventListener("pageshow", onVisible);
    wire?.close();
    wire = null;
  }

  void redial();
  return { post, stop };
}
