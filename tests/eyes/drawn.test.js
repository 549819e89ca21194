// @ts-check
/** The reader on pages drawn at random (`drawn.js`), always the same ones: what no fixture thought of. `drawn.mjs` draws others. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { drawPage } from "./drawn.js";
import { scoreDesk } from "./score.js";
import { openWorld } from "./world.js";

const PAGES = 80;
/** @type {Awaited<ReturnType<typeof openWorld>>} */
let world;
before(async () => {
  world = await openWorld(900);
});
after(() => world.close());

test("reads pages drawn at random", async () => {
  const read = [];
  for (let seed = 1; seed <= PAGES; seed++) {
    const { html, url, truth, notes } = drawPage(seed);
    const { reading } = await (await world.show(html, url)).read();
    read.push({ seed, ...scoreDesk([{ truth, reading }], { notes }) });
  }
  const mean = (/** @type {"E" | "R" | "customerPrecision"} */ of) => read.reduce((sum, one) => sum + one[of], 0) / PAGES;
  const worst = JSON.stringify(read.filter(({ E, customerPrecision }) => E < 1 || customerPrecision < 1).slice(0, 6));
  // Roles: some pages do not show who the second agent is.
  assert.ok(mean("E") >= 0.98 && mean("customerPrecision") >= 0.98 && mean("R") >= 0.92, `E ${mean("E")}, R ${mean("R")}, customer precision ${mean("customerPrecision")}; ${worst}`);
});
