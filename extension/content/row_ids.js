// @ts-check
/**
 * Owns the ids of messages: what the page itself calls a row, else a hash of its words, counted where they come twice. Who wrote a row is
 * no part of it: a row's name may stand in another that the page has taken out.
 */
import { unitId } from "./bodies.js";
import { hashText } from "./text.js";

/** @typedef {import("./bodies.js").Draft} Draft */
/** @typedef {import("./bodies.js").Unit} Unit */

/** Sets each draft's `base`: its id but for the count. @param {Unit[]} units @param {Draft[]} drafts */
export function nameRows(units, drafts) {
  /** @type {Map<string, number>} */
  const owners = new Map();
  for (const unit of units) {
    unit.id ??= unitId(unit.element) ?? "";
    if (unit.id !== "") owners.set(unit.id, (owners.get(unit.id) ?? 0) + 1);
  }
  for (const draft of drafts) {
    const own = draft.unit.id ?? "";
    draft.base = own !== "" && owners.get(own) === 1 ? `d:${own}` : `h:${hashText(draft.text)}`;
  }
}

/** Gives an id to each draft that has none yet. @param {Draft[]} drafts chronological */
export function countRows(drafts) {
  /** @type {Map<string, number>} */
  const last = new Map();
  for (const { id, base = "" } of drafts) if (id) last.set(base, Math.max(last.get(base) ?? 0, Number(id.slice(base.length + 1)) || 1));
  for (const draft of drafts) {
    const { id, base = "" } = draft;
    if (id) continue;
    const count = (last.get(base) ?? 0) + 1;
    last.set(base, count);
    draft.id = count === 1 ? base : `${base}.${count}`;
  }
}
