// @ts-check
/**
 * Which of the two brains serves this browser on this machine better. Knows only what is asked of WebAssembly.
 */

/** A module of one function, `dot(a, b)`: the first lane of `i32x4.relaxed_dot_i8x16_i7x16_add_s` of vectors full of a and of b, and 0. */
const PROBE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, // \0asm, version 1
  1, 7, 1, 96, 2, 127, 127, 1, 127, // type: (i32, i32) → i32
  3, 2, 1, 0, // one function of that type
  7, 7, 1, 3, 100, 111, 116, 0, 0, // exported as "dot"
  10, 22, 1, 20, 0, 32, 0, 253, 15, 32, 1, 253, 15, 65, 0, 253, 17, 253, 147, 2, 253, 27, 0, 11, // its body
]);

/** Four times -128 · 255, two products at a time cut to 16 bits. */
const IN_SIXTEEN_BITS = 2 * -32768;

/**
 * What this machine makes of a product that the specification leaves open (the second factor is to be below 128), so that each
 * chip may use what it has; null where relaxed SIMD is unknown. Chips with one instruction for all of it take -1 for 255 in
 * 32 bits (AVX-VNNI) or for -1 (Arm); x86 without one is given three others, of which the first adds in 16 bits.
 */
export function openProduct() {
  if (!WebAssembly.validate(PROBE)) return null;
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(PROBE));
  return /** @type {(a: number, b: number) => number} */ (exports.dot)(-128, -1);
}

/**
 * Relaxed SIMD makes the engine faster by about a third on chips with the instruction, slower by as much on others
 * (docs/PERFORMANCE.md); the other module runs wherever SIMD does.
 */
export function modules() {
  const product = openProduct();
  const name = product === null || product === IN_SIXTEEN_BITS ? "brain" : "brain_relaxed";
  return { script: `./${name}.js`, wasm: `${name}_bg.wasm` };
}
