// @ts-check
/**
 * Owns that nothing is submitted while a form is being filled (R7): submit events and navigations that a field's own scripts would start are stopped.
 * Does not know what is filled.
 */
import { innerScopes } from "./dom.js";
import { pause } from "./waits.js";

/** Scripts often act on a change a moment later. */
const AFTER_MS = 120;

/**
 * Runs the work with the guard up, and says whether something had to be stopped since `stopped` was last asked.
 * @template T
 * @param {Document} doc
 * @param {(stopped: () => boolean) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withoutSubmits(doc, work) {
  let stops = 0, told = 0;
  /** @param {Event} event */
  const stop = (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    stops += 1;
  };
  /** A form that is submitted by script says nothing, but the page then goes elsewhere. @param {any} event */
  const stay = (event) => {
    if (!event.cancelable || event.destination?.sameDocument || event.hashChange || event.downloadRequest !== null && event.downloadRequest !== undefined) return;
    event.preventDefault();
    stops += 1;
  };
  const views = everyView(doc);
  for (const view of views) {
    view.addEventListener("submit", stop, true);
    /** @type {any} */ (view).navigation?.addEventListener("navigate", stay);
  }
  try {
    return await work(() => {
      const since = stops > told;
      told = stops;
      return since;
    });
  } finally {
    await pause(AFTER_MS);
    for (const view of views) {
      view.removeEventListener("submit", stop, true);
      /** @type {any} */ (view).navigation?.removeEventListener("navigate", stay);
    }
  }
}

/** The windows of a document and of the frames in it. @param {Document} doc @returns {Window[]} */
function everyView(doc) {
  /** @type {Set<Window>} */
  const views = new Set();
  /** @param {ParentNode} scope */
  const collect = (scope) => {
    const view = /** @type {Document} */ (scope).defaultView;
    if (view) views.add(view);
    for (const inner of innerScopes(scope)) collect(inner);
  };
  collect(doc);
  return [...views];
}
