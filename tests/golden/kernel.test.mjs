// @ts-check
/** The engine's integer products on odd shapes, in Chromium: the instructions that this machine's browser makes them with (wasm-core/kernel-check). */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { launchChromium } from "../harness/chromium.mjs";
import { ROOT } from "../harness/paths.mjs";

const MODULE = join(process.env.CARGO_TARGET_DIR ?? join(ROOT, "target"), "wasm32-unknown-unknown/wasm/kernel_check.wasm");
const SHAPES = 3000;

test("integer products are exact in the browser, whatever their shape", async (t) => {
  const module = await readFile(MODULE, "base64").catch(() => assert.fail(`no ${MODULE}: cargo build -p kernel-check --target wasm32-unknown-unknown --profile wasm`));
  const chromium = await launchChromium({ extension: null });
  t.after(() => chromium.close());
  const page = await chromium.context.newPage();
  /** The first shape whose sums are not exact, and what was said of it. */
  const failed = await page.evaluate(
    async ({ module, shapes }) => {
      const bytes = Uint8Array.from(atob(module), (letter) => letter.charCodeAt(0));
      const { instance } = await WebAssembly.instantiate(bytes);
      const check = /** @type {(seed: number) => void} */ (instance.exports.check);
      for (let seed = 0; seed < shapes; seed += 1) {
        try {
          check(seed);
        } catch (error) {
          return `${seed}: ${error}`;
        }
      }
      return null;
    },
    { module, shapes: SHAPES },
  );
  assert.equal(failed, null);
});
