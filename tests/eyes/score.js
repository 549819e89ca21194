// @ts-check
/**
 * The desk score of shared/helpdesks/score/score.py in JS: messages found (F1), roles, customer precision, order, requester.
 * Texts match at 0.90 by the Ratcliff–Obershelp ratio, as Python's difflib without junk.
 */

/** @param {string} text */
export function normalise(text) {
  return text.normalize("NFKC").replace(/\u200b/g, " ").replace(/\s+/g, " ").trim();
}

/** @param {string} a @param {string} b */
export function likeness(a, b) {
  if (a === b) return 1;
  return (2 * matches([...a], [...b])) / Math.max(1, [...a].length + [...b].length);
}

/** @param {string[]} a @param {string[]} b */
function matches(a, b) {
  /** @type {Map<string, number[]>} */
  const at = new Map();
  b.forEach((c, j) => at.set(c, [...(at.get(c) ?? []), j]));
  let total = 0;
  /** @type {[number, number, number, number][]} */
  const stack = [[0, a.length, 0, b.length]];
  while (stack.length > 0) {
    const [alo, ahi, blo, bhi] = /** @type {[number, number, number, number]} */ (stack.pop());
    let bi = alo, bj = blo, size = 0;
    /** @type {Map<number, number>} */
    let run = new Map();
    for (let i = alo; i < ahi; i++) {
      const next = new Map();
      for (const j of at.get(/** @type {string} */ (a[i])) ?? []) {
        if (j < blo) continue;
        if (j >= bhi) break;
        const k = (run.get(j - 1) ?? 0) + 1;
        next.set(j, k);
        if (k > size) [bi, bj, size] = [i - k + 1, j - k + 1, k];
      }
      run = next;
    }
    if (size === 0) continue;
    total += size;
    stack.push([alo, bi, blo, bj], [bi + size, ahi, bj + size, bhi]);
  }
  return total;
}

/**
 * @typedef {{ text: string, role: string }} Said
 * @typedef {{ key: string, requester: { name: string, email: string }, messages: Said[] }} Truth
 * @typedef {{ messages: { text: string, author: string }[], conversation: { requester: { name: string | null, email: string | null } } } | null} Reading
 * @param {{ truth: Truth, reading: Reading }[]} pairs
 * @param {{ notes: boolean }} desk whether the desk can hold an internal note
 */
export function scoreDesk(pairs, desk) {
  let tp = 0, fp = 0, fn = 0, roleOk = 0, customerTp = 0, customerFp = 0, customerFn = 0, order = 0, requester = 0;
  for (const { truth, reading } of pairs) {
    const wanted = truth.messages.filter(({ role }) => role !== "system" && role !== "bot" && (desk.notes || role !== "note")).map((message) => ({ text: normalise(message.text), role: message.role }));
    const got = (reading?.messages ?? []).map((message) => ({ text: normalise(message.text), role: message.author }));
    const all = wanted.flatMap((want, i) => got.map((have, j) => ({ likeness: likeness(want.text, have.text), i, j }))).sort((a, b) => b.likeness - a.likeness);
    /** @type {Map<number, number>} */
    const ti = new Map();
    /** @type {Map<number, number>} */
    const pj = new Map();
    for (const pair of all) if (pair.likeness >= 0.9 && !ti.has(pair.i) && !pj.has(pair.j)) { ti.set(pair.i, pair.j); pj.set(pair.j, pair.i); }
    tp += ti.size; fn += wanted.length - ti.size; fp += got.length - pj.size;
    for (const [i, j] of ti) roleOk += Number(wanted[i]?.role === got[j]?.role);
    wanted.forEach((want, i) => { if (want.role === "customer") { const j = ti.get(i); if (j !== undefined && got[j]?.role === "customer") customerTp++; else customerFn++; } });
    got.forEach((have, j) => { if (have.role === "customer") { const i = pj.get(j); if (i === undefined || wanted[i]?.role !== "customer") customerFp++; } });
    const sequence = [...ti.keys()].sort((a, b) => a - b).map((i) => /** @type {number} */ (ti.get(i)));
    order += Number(sequence.every((value, at) => at === 0 || value > /** @type {number} */ (sequence[at - 1])));
    const who = reading?.conversation.requester;
    requester += Number([who?.name, who?.email].some((value) => value && [truth.requester.name, truth.requester.email].includes(normalise(value))));
  }
  const ratio = (/** @type {number} */ a, /** @type {number} */ b) => (b ? Math.round((a / b) * 1000) / 1000 : 0);
  const precision = ratio(tp, tp + fp), recall = ratio(tp, tp + fn);
  return { conversations: pairs.length, E: ratio(2 * precision * recall, precision + recall), R: ratio(roleOk, tp), customerPrecision: customerTp + customerFp === 0 ? 1 : ratio(customerTp, customerTp + customerFp), customerRecall: ratio(customerTp, customerTp + customerFn), order: ratio(order, pairs.length), requester: ratio(requester, pairs.length) };
}
