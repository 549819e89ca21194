// @ts-check
/** Owns which bubbles stand in one row of a list: a row may hold several messages of the same writer. */
import { anySibling } from "./learning.js";

/**
 * @typedef {import("./runs.js").TextRun} TextRun
 * @typedef {import("./bodies.js").Unit} Unit
 * @typedef {import("./learning.js").ListModel} ListModel
 */

/** Labels are compared so far. */
const LABEL_LENGTH = 80;

/**
 * All bubbles of a row that holds several, in their order; empty where it holds but one.
 * @param {Element[]} bodies as found @param {Unit} unit @param {ListModel} model @returns {Element[]}
 */
export function bubblesIn(bodies, unit, model) {
  const labelled = labelledBubbles(bodies, unit);
  return labelled.length > 0 ? labelled : bubblesOf(bodies, unit, model);
}

/**
 * What stands at the same place as its body's words under nameless siblings, where the place itself has a name.
 * @param {Element[]} bodies @param {Unit} unit @param {ListModel} model @returns {Element[]}
 */
function bubblesOf(bodies, unit, model) {
  const [body] = bodies, frees = unit.runs.filter((run) => run.kind === "free");
  const inside = frees.filter((run) => body !== undefined && run.chain.includes(body) && !model.authorPaths.includes(run.place));
  const own = inside[0]?.prefixes.findLast((path) => /\.[^>]*$/.test(path) && inside.every((run) => run.prefixes.includes(path)));
  if (bodies.length !== 1 || own === undefined || anySibling(own) === own) return [];
  const alike = new Set(frees.flatMap((run) => run.prefixes.filter((path) => anySibling(path) === anySibling(own) && !model.authorPaths.includes(path))));
  const found = [...alike].flatMap((path) => elementsAt(path, frees));
  return found.length < 2 ? [] : found.sort((left, right) => (left.compareDocumentPosition(right) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
}

/**
 * The parts of a row whose labels repeat their own words ("Marta's message: where is it?"), where there are several and nothing else is said: each is
 * a message. @param {Element[]} bodies @param {Unit} unit @returns {Element[]}
 */
function labelledBubbles(bodies, { element, runs }) {
  const plain = (/** @type {string} */ text) => text.replace(/\s+/g, "").slice(0, LABEL_LENGTH);
  const labelled = [...element.querySelectorAll("[aria-label]")].filter((part) => {
    const label = plain(part.getAttribute("aria-label")?.replace(/^[^:：]{1,40}[:：]/, "") ?? ""), words = plain(part.textContent ?? "");
    return words !== "" && label === words && /[:：]/.test(part.getAttribute("aria-label") ?? "");
  });
  const said = runs.filter((run) => run.kind === "free" && bodies.some((body) => run.chain.includes(body) || body === element));
  return labelled.length > 1 && said.every((run) => labelled.some((part) => run.chain.includes(part))) ? labelled : [];
}

/** @param {string} path @param {TextRun[]} runs @returns {Element[]} */
export function elementsAt(path, runs) {
  /** @type {Set<Element>} */
  const found = new Set();
  for (const run of runs) {
    const at = run.prefixes.indexOf(path);
    if (at >= 0 && run.kind !== "attribute") found.add(/** @type {Element} */ (run.chain[at]));
  }
  return [...found];
}
