// @ts-check
/**
 * Owns that an answer stays: some pages write a draft that they have kept back over it, a moment after it was proven. Changes nothing, and looks no
 * further once the agent goes on.
 */
import { countText, readEditable, squeeze } from "./editor_proof.js";
import { pause, waitFor } from "./waits.js";

/** As late as pages do so after the input that they were waiting for. */
export const STANDS_MS = 800;
/** A page that draws its box anew may show it empty for so long. */
const REDRAW_MS = 100;

/**
 * False where the page took the answer away again.
 * @param {import("./boxes.js").ReplyBox} box @param {string} text @param {number} time_ms
 */
export async function stands({ element, shown, kind }, text, time_ms) {
  const read = () => (kind === "field" ? /** @type {HTMLTextAreaElement} */ (element).value : readEditable(kind === "drawn" ? shown : element));
  const isThere = () => countText(squeeze(read()), squeeze(text)) > 0;
  // Formats that were made of its signs are not read again, nor is a box that was drawn anew as another.
  if (!isThere()) return true;
  const lifetime = new AbortController();
  let isOver = false;
  for (const doc of new Set([element.ownerDocument, shown.ownerDocument])) {
    for (const type of ["keydown", "pointerdown"]) doc.addEventListener(type, (event) => { isOver ||= event.isTrusted; }, { capture: true, passive: true, signal: lifetime.signal });
  }
  const isDone = () => isOver || !element.isConnected || isThere();
  try {
    await waitFor(() => !isDone(), time_ms);
    if (!isDone()) await pause(REDRAW_MS);
    return isDone();
  } finally {
    lifetime.abort();
  }
}
