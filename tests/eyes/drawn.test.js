// @ts-check
/** The reader on pages drawn at random (`drawn.js`), always the same ones: what no fixture thought of. `drawn.mjs` draws others. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { drawPage } from "./drawn.js";
import { scoreDesk } from "./score.js";
import { openWorld } from "./world.js";

const PAGES = 80, UNTOLD_PAGES = 30;
/** @type {Awaited<ReturnType<typeof openWorld>>} */
let world;
before(async () => {
  world = await openWorld(900);
});
after(() => world.close());

/** @param {number} count @param {Partial<import("./drawn.js").Choices>} [fixed] */
async function readDrawn(count, fixed) {
  const read = [];
  for (let seed = 1; seed <= count; seed++) {
    const { html, url, truth, notes } = drawPage(seed, fixed);
    const { reading } = await (await world.show(html, url)).read();
    read.push({ seed, ...scoreDesk([{ truth, reading }], { notes }) });
  }
  const mean = (/** @type {"E" | "R" | "customerPrecision"} */ of) => read.reduce((sum, one) => sum + one[of], 0) / count;
  const worst = JSON.stringify(read.filter(({ E, customerPrecision }) => E < 1 || customerPrecision < 1).slice(0, 6));
  return { E: mean("E"), R: mean("R"), customerPrecision: mean("customerPrecision"), worst };
}

test("reads pages drawn at random", async () => {
  const { E, R, customerPrecision, worst } = await readDrawn(PAGES);
  assert.ok(E >= 0.98 && customerPrecision >= 0.98 && R >= 0.94, `E ${E}, R ${R}, customer precision ${customerPrecision}; ${worst}`);
});

test("where a page shows nowhere who is the desk, how they write does", async () => {
  const { E, R, customerPrecision, worst } = await readDrawn(UNTOLD_PAGES, { told: "no" });
  assert.ok(E >= 0.9 && customerPrecision >= 0.98 && R >= 0.8, `E ${E}, R ${R}, customer precision ${customerPrecision}; ${worst}`);
});
