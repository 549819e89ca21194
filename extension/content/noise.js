// @ts-check
/**
 * Owns what changes all the time and says little: counters, clocks, typing signs. Tells them by how often a small text changes.
 * Looks at no meaning; what it calls noise is still looked at, only later.
 */

/** So many changes within so long are a habit. */
const MANY = 12;
const WITHIN_MS = 4_000;
/** A text that can grow beyond this is a message being written, not a sign. */
const SMALL_TEXT = 60;

/** @returns {{ isNoise: (node: Node, now_ms: number) => boolean }} */
export function createNoise() {
  /** @type {WeakMap<Node, { count: number, since_ms: number, steady: boolean }>} */
  const changes = new WeakMap();
  return {
    /** Called once for each change of a node. */
    isNoise(node, now_ms) {
      const seen = changes.get(node);
      if (!seen) {
        changes.set(node, { count: 1, since_ms: now_ms, steady: false });
        return false;
      }
      seen.count++;
      if (now_ms - seen.since_ms > WITHIN_MS) {
        seen.steady = seen.count > MANY;
        seen.count = 1;
        seen.since_ms = now_ms;
      } else if (seen.count > MANY) seen.steady = true;
      return seen.steady && node.firstChild?.nodeType !== 1 && (node.textContent ?? "").length < SMALL_TEXT;
    },
  };
}
