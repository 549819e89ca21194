// @ts-check
/**
 * Owns the counting of activity on this page: how many keys were pressed since the last report, whether the page is in view, whether someone types.
 * Never looks at which key, where, or when exactly (R1, R4): the listener does not read its event, and counts leave only with the 20 s beat.
 */

/**
 * @typedef {object} ActivityReport
 * @property {number} key_presses since the last beat; 0 in reports between beats
 * @property {number} elapsed_ms since the last report of any kind
 * @property {boolean} visible the page is shown and has the focus
 * @property {boolean} typing keys within the last two seconds
 */

const BEAT_MS = 20_000;
const TYPING_MS = 2_000;

/**
 * Reports every 20 s, and between beats (with no count) when typing starts or stops.
 * @param {(report: ActivityReport) => void} onReport
 * @param {{ doc?: Document }} [options]
 * @returns {() => void} stop
 */
export function countActivity(onReport, options = {}) {
  const doc = options.doc ?? document;
  const view = doc.defaultView ?? window;
  let presses = 0;
  let typing = false;
  let lastReport_ms = performance.now();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let quiet;
  /** @type {Set<Document>} */
  const heard = new Set();

  /** @param {boolean} beat */
  const report = (beat) => {
    const now_ms = performance.now();
    const elapsed_ms = Math.round(now_ms - lastReport_ms);
    lastReport_ms = now_ms;
    const key_presses = beat ? presses : 0;
    if (beat) presses = 0;
    onReport({ key_presses, elapsed_ms, visible: doc.visibilityState === "visible" && doc.hasFocus(), typing });
  };
  const press = () => {
    presses++;
    if (!typing) {
      typing = true;
      report(false);
    }
    clearTimeout(quiet);
    quiet = setTimeout(() => {
      typing = false;
      report(false);
    }, TYPING_MS);
  };
  /** Editors in same-origin frames have documents of their own. */
  const hearFrames = () => {
    for (const frame of [null, ...doc.querySelectorAll("iframe")]) {
      try {
        const inner = frame === null ? doc : frame.contentDocument;
        if (!inner || heard.has(inner)) continue;
        heard.add(inner);
        inner.addEventListener("keydown", press, { capture: true, passive: true });
      } catch {
        continue;
      }
    }
    for (const known of heard) if (known !== doc && !known.defaultView) heard.delete(known);
  };
  hearFrames();
  const beat = setInterval(() => {
    hearFrames();
    report(true);
  }, BEAT_MS);
  view.addEventListener("focus", hearFrames);
  doc.addEventListener("focusin", hearFrames, { passive: true });
  return () => {
    clearInterval(beat);
    clearTimeout(quiet);
    view.removeEventListener("focus", hearFrames);
    doc.removeEventListener("focusin", hearFrames);
    for (const known of heard) known.removeEventListener("keydown", press, { capture: true });
  };
}
