// Waiting on conditions.

/**
 * Calls `probe` until it gives something truthy, and returns that.
 * @template T
 * @param {string} what for the error
 * @param {() => T | Promise<T>} probe
 * @param {{timeoutMs?: number, everyMs?: number}} [options]
 * @returns {Promise<NonNullable<Exclude<T, false | 0 | "" | null | undefined>>>}
 */
export async function until(what, probe, { timeoutMs = 15_000, everyMs = 50 } = {}) {
  const end = performance.now() + timeoutMs;
  let failure;
  for (;;) {
    try {
      const value = await probe();
      if (value) return /** @type {any} */ (value);
      failure = undefined;
    } catch (error) {
      failure = error;
    }
    if (performance.now() > end) throw new Error(`not within ${timeoutMs} ms: ${what}`, { cause: failure });
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
