// Runs in the Worker: how fast the instruction is that the engine multiplies with, when nothing else is done.

/** Sums that do not wait for each other. */
const SUMS = 12;
/** Multiply-adds of one `i32x4.relaxed_dot_i8x16_i7x16_add_s`. */
const PER_INSTRUCTION = 16;
const TURNS = 1_000_000;

/** @param {number} index @param {number[]} value pushed before */
const set = (index, value) => [...value, 0x21, index];
/** @param {number} index */
const get = (index) => [0x20, index];
/** @param {number} n up to 63 */
const splat = (n) => [0x41, n, 0xfd, 0x0f];

/** A module that exports `run(turns)`: in every turn each sum grows by one product of two constants. */
function bytes() {
  const sums = Array.from({ length: SUMS }, (_, index) => index + 1);
  const [a, b] = [SUMS + 1, SUMS + 2];
  const body = [
    ...[1, SUMS + 2, 0x7b],
    ...set(a, splat(3)),
    ...set(b, splat(5)),
    ...sums.flatMap((index) => set(index, splat(index))),
    ...[0x03, 0x40],
    ...sums.flatMap((index) => set(index, [...get(a), ...get(b), ...get(index), 0xfd, 0x93, 0x02])),
    ...[...get(0), 0x41, 1, 0x6b, 0x22, 0, 0x0d, 0, 0x0b],
    ...sums.flatMap((index, i) => [...get(index), ...(i ? [0xfd, 0x51] : [])]),
    ...[0xfd, 0x1b, 0, 0x0b],
  ];
  /** @param {number} n below 2¹⁴ */
  const size = (n) => [(n & 127) | 128, n >> 7];
  const code = [1, ...size(body.length), ...body];
  return new Uint8Array([
    ...[0, 97, 115, 109, 1, 0, 0, 0],
    ...[1, 6, 1, 0x60, 1, 0x7f, 1, 0x7f],
    ...[3, 2, 1, 0],
    ...[7, 7, 1, 3, 114, 117, 110, 0, 0],
    ...[10, ...size(code.length), ...code],
  ]);
}

/** Multiply-adds a millisecond, the best of some tries. */
export async function peak() {
  const { instance } = await WebAssembly.instantiate(bytes());
  const run = /** @type {(turns: number) => number} */ (instance.exports.run);
  // Until it is compiled for speed.
  for (let i = 0; i < 2000; i += 1) run(1000);
  let best = 0;
  for (let i = 0; i < 20; i += 1) {
    const start = performance.now();
    run(TURNS);
    best = Math.max(best, (TURNS * SUMS * PER_INSTRUCTION) / (performance.now() - start));
  }
  return best;
}
