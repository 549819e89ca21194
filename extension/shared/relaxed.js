// @ts-check
/**
 * Which of the two brains this browser can load. Knows only what is asked of WebAssembly.
 */

/** A module of one function, `i32x4.relaxed_dot_i8x16_i7x16_add_s` of its arguments. */
const PROBE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, // \0asm, version 1
  1, 8, 1, 96, 3, 123, 123, 123, 1, 123, // type: (v128, v128, v128) → v128
  3, 2, 1, 0, // one function of that type
  10, 13, 1, 11, 0, 32, 0, 32, 1, 32, 2, 253, 147, 2, 11, // its body
]);

/**
 * A module with these instructions is refused as a whole where they are unknown; the other runs wherever SIMD does. With them the
 * engine is faster, by how much depends on the chip (docs/PERFORMANCE.md).
 */
export function modules() {
  const name = WebAssembly.validate(PROBE) ? "brain_relaxed" : "brain";
  return { script: `./${name}.js`, wasm: `${name}_bg.wasm` };
}
