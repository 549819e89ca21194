// @ts-check
/** The reader on the three desks of our own, all conversations of the seed. The virtualised one is watched while an agent scrolls. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { SEED } from "../harness/paths.mjs";
import { score, truthOf } from "../desks/score.mjs";
import * as chatConsole from "../desk-score/desks/chat-console.mjs";
import * as inboxSpa from "../desk-score/desks/inbox-spa.mjs";
import * as tableWebmail from "../desk-score/desks/table-webmail.mjs";
import { bundleEyes, eyesIn, openBrowser } from "./world.js";

/** @typedef {import("../desk-score/desk.d.ts").DeskFile} DeskFile */
/** @typedef {import("../../extension/content/reader.js").PageReading} PageReading */

const seed = JSON.parse(readFileSync(SEED, "utf8"));
/** @type {import("playwright-core").Browser} */
let browser;
let bundle = "";
before(async () => {
  bundle = await bundleEyes();
  browser = await openBrowser();
});
after(() => browser.close());

/** @param {PageReading | null} reading */
const told = (reading) => ({ messages: (reading?.messages ?? []).map(({ author, text }) => ({ role: author === "bot" ? "agent" : author, text })), requester: reading?.conversation.requester.name });

for (const desk of /** @type {DeskFile[]} */ ([chatConsole, tableWebmail, inboxSpa])) {
  test(desk.name, async (context) => {
    await desk.start?.();
    context.after(() => desk.stop?.());
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
    await desk.login(page);
    /** @type {Record<string, import("../desks/score.mjs").Reading>} */
    const readings = {};
    let eyes = await eyesIn(page, bundle);
    const watched = desk.name === "inbox-spa";
    const watch = "globalThis.last = null; globalThis.stop = eyes.watchPage((reading) => { last = reading; }); undefined";
    if (watched) await eyes.evaluate(watch);
    for (const { key, open } of desk.conversations) {
      await open(page);
      const truth = truthOf(seed.find((/** @type {{ key: string }} */ one) => one.key === key), desk);
      if (watched) {
        const end = Date.now() + 4_000;
        while (Date.now() < end && !(await eyes.evaluate(`last?.conversation.url === location.href && last.messages.length >= ${truth.length}`))) await new Promise((resolve) => setTimeout(resolve, 50));
        readings[key] = told(await eyes.evaluate("last"));
      } else {
        eyes = await eyesIn(page, bundle);
        const { reading, reasons } = await eyes.read();
        readings[key] = told(reading);
        if (!reading) context.diagnostic(`${key}: ${reasons.join("; ")}`);
      }
      const alone = score({ [key]: readings[key] }, seed, desk);
      if (alone.f1 < 1 || alone.roleAccuracy < 1 || alone.order < 1 || alone.requester < 1) context.diagnostic(`${key}: ${JSON.stringify(alone)}\n${JSON.stringify(readings[key], null, 1)}`);
    }
    const all = score(readings, seed, desk);
    context.diagnostic(JSON.stringify(all));
    assert.ok(all.f1 >= 0.95 && all.roleAccuracy >= 0.97 && all.customerPrecision >= 0.98 && all.order === 1 && all.requester >= 0.97, JSON.stringify(all));
    for (const { name, open } of desk.quiet ?? []) {
      await open(page);
      await page.waitForLoadState("networkidle");
      const { reading, reasons } = await (await eyesIn(page, bundle)).read();
      assert.equal(reading, null, `${name}: ${reasons.join("; ")}`);
    }
    await page.context().close();
  });
}
