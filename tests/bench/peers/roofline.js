// Runs in the Worker: how fast the instructions are that the engine multiplies with, when nothing else is done.

/** Sums that do not wait for each other. */
const SUMS = 12;
/** Multiply-adds of one product. */
const PER_PRODUCT = 16;
const TURNS = 1_000_000;

/** @param {number} index @param {number[]} value pushed before */
const set = (index, value) => [...value, 0x21, index];
/** @param {number} index */
const get = (index) => [0x20, index];
/** @param {number} n up to 63 */
const splat = (n) => [0x41, n, 0xfd, 0x0f];

/** How a sum grows by a product of two vectors; which one the engine takes depends on the chip (wasm-core/engine/src/kernel/quads.rs). */
const PRODUCTS = {
  /** @param {number} a @param {number} b @param {number} sum */
  "i32x4.relaxed_dot_i8x16_i7x16_add_s": (a, b, sum) => [...get(a), ...get(b), ...get(sum), 0xfd, 0x93, 0x02],
  /** Of the sum itself: a product that is always the same would be made once.  @param {number} _ @param {number} b @param {number} sum */
  "i16x8.relaxed_dot_i8x16_i7x16_s, i16x8.add": (_, b, sum) => [...get(sum), ...get(b), 0xfd, 0x92, 0x02, ...get(sum), 0xfd, 0x8e, 0x01],
};

/** A module that exports `run(turns)`: in every turn each sum grows by one product.  @param {(a: number, b: number, sum: number) => number[]} product */
function bytes(product) {
  const sums = Array.from({ length: SUMS }, (_, index) => index + 1);
  const [a, b] = [SUMS + 1, SUMS + 2];
  const body = [
    ...[1, SUMS + 2, 0x7b],
    ...set(a, splat(3)),
    ...set(b, splat(5)),
    ...sums.flatMap((index) => set(index, splat(index))),
    ...[0x03, 0x40],
    ...sums.flatMap((index) => set(index, product(a, b, index))),
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

/** The faster of the two, and its multiply-adds a millisecond, the best of some tries. */
export async function peak() {
  const all = [];
  for (const [instruction, product] of Object.entries(PRODUCTS)) {
    const { instance } = await WebAssembly.instantiate(bytes(product));
    const run = /** @type {(turns: number) => number} */ (instance.exports.run);
    // Until it is compiled for speed.
    for (let i = 0; i < 2000; i += 1) run(1000);
    let perMs = 0;
    for (let i = 0; i < 20; i += 1) {
      const start = performance.now();
      run(TURNS);
      perMs = Math.max(perMs, (TURNS * SUMS * PER_PRODUCT) / (performance.now() - start));
    }
    all.push({ instruction, perMs });
  }
  return all.reduce((best, one) => (one.perMs > best.perMs ? one : best));
}
