// @ts-check
/**
 * Which of the two brains this browser can load. Knows only what is asked of WebAssembly.
 */

/** A module whose only function has an instruction of relaxed SIMD. */
const PROBE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, // \0asm, version 1
  1, 4, 1, 96, 0, 0, // type: () → ()
  3, 2, 1, 0, // one function of that type
  10, 20, 1, 18, 0, 65, 0, 253, 15, 65, 0, 253, 15, 65, 0, 253, 17, 253, 147, 2, 26, 11, // i32x4.relaxed_dot_i8x16_i7x16_add_s
]);

/**
 * A module with these instructions is refused as a whole where they are unknown; the other runs wherever SIMD does. With them the
 * engine is faster, by how much depends on the chip (docs/PERFORMANCE.md).
 */
export function modules() {
  const name = WebAssembly.validate(PROBE) ? "brain_relaxed" : "brain";
  return { script: `./${name}.js`, wasm: `${name}_bg.wasm` };
}
