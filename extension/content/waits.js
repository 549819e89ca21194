// @ts-check
/**
 * Owns waiting: for a time, and for something to become true. Does not know what for.
 */

/** Often enough that a wait ends within a frame or two of what it waits for. */
const LOOK_MS = 30;

/** @param {number} [time_ms] without it until the page's next turn @returns {Promise<void>} */
export function pause(time_ms = 0) {
  return new Promise((resolve) => setTimeout(resolve, time_ms));
}

/** Whether it became true in time. @param {() => boolean} test @param {number} limit_ms */
export async function waitFor(test, limit_ms) {
  const end_ms = performance.now() + limit_ms;
  while (performance.now() < end_ms) {
    if (test()) return true;
    await pause(LOOK_MS);
  }
  return test();
}
