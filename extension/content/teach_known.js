// @ts-check
/**
 * Owns what has been taught for the site of this page, while the page is open. Where it is stored and who taught it is not known here.
 *
 * @typedef {import("../shared/teach_format.js").Locator} Locator
 * @typedef {object} Taught
 * @property {Locator} locator
 * @property {string[]} own_names hashes of the agent's own names; only on the device that learned them
 * @property {"here" | "file" | "team"} [from]
 */

/** @type {Taught[]} */
let known = [];

/** @param {Taught[]} taught the likeliest for this page first */
export function setTaught(taught) {
  known = taught;
}

/** @returns {Taught[]} */
export function knownTaught() {
  return known;
}
