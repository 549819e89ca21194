// How measured numbers are summed up and written.

/** @param {number[]} list @param {number} share 0 to 1 */
export const quantile = (list, share) => list.toSorted((a, b) => a - b)[Math.min(list.length - 1, Math.floor(share * list.length))] ?? Number.NaN;

/** @param {number[]} list */
export const median = (list) => quantile(list, 0.5);

/** Without its unit.  @param {number} value */
export const ms = (value) => (value < 10 ? value.toFixed(1) : Math.round(value).toString());
