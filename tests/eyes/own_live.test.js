// @ts-check
/** The observer on the desks of our own that are live: whatever the customer says in a row is read at once, in order, once. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as chatConsole from "../desk-score/desks/chat-console.mjs";
import * as inboxSpa from "../desk-score/desks/inbox-spa.mjs";
import { bundleEyes, eyesIn, openBrowser } from "./world.js";

/** @typedef {import("../desk-score/desk.d.ts").DeskFile} DeskFile */
/** @typedef {{ at: number, ids: string[], messages: { author: string, author_name: string | null, text: string }[] }} Seen */

/** More than a virtualised list keeps in a low page: at the end only rows without name and time stand in the page. */
const SAID = 24;
const LINES = ["Are you still there?", "还在吗？", "It is order 48213, as I said.", "快递员电话打不通。", "ok", "请尽快处理。"];
const WATCH = `globalThis.seen = []; eyes.watchPage((reading) => seen.push({ at: Date.now(), ids: reading?.messages.map(({ id }) => id) ?? [], messages: reading?.messages.map(({ author, author_name, text }) => ({ author, author_name, text })) ?? [] })); undefined`;

/** @type {import("playwright-core").Browser} */
let browser;
let bundle = "";
before(async () => {
  bundle = await bundleEyes();
  browser = await openBrowser();
});
after(() => browser.close());

for (const desk of /** @type {DeskFile[]} */ ([chatConsole, inboxSpa])) {
  test(desk.name, async (context) => {
    await desk.start?.();
    context.after(() => desk.stop?.());
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 600 } })).newPage();
    await desk.login(page);
    const eyes = await eyesIn(page, bundle);
    await eyes.evaluate(WATCH);
    await /** @type {import("../desk-score/desk.d.ts").DeskConversation} */ (desk.conversations[0]).open(page);
    await page.waitForTimeout(3_000);
    const before = /** @type {Seen} */ (await eyes.evaluate("seen.at(-1)"));
    assert.ok(before.messages.length > 0, "read at all");
    /** @type {{ text: string, at: number }[]} */
    const said = [];
    for (let n = 0; n < SAID; n++) {
      const text = `${LINES[n % LINES.length]} (${n + 1})`;
      const shown = page.waitForFunction((/** @type {string} */ words) => document.body.innerText.includes(words) && Date.now(), text, { polling: 10 });
      await desk.say?.(text);
      said.push({ text, at: Number(await (await shown).jsonValue()) });
      await page.waitForTimeout(n % 3 === 0 ? 700 : 60);
    }
    await page.waitForTimeout(3_000);
    const seen = /** @type {Seen[]} */ (await eyes.evaluate("seen"));
    const last = /** @type {Seen} */ (seen.at(-1));
    for (const { text, at } of said) {
      const first = seen.find((one) => one.messages.some((message) => message.text === text));
      assert.ok(first && first.at - at < 1_000, `${text}: ${first ? first.at - at : "never"} ms`);
    }
    assert.deepEqual(last.messages.map(({ text }) => text), [...before.messages.map(({ text }) => text), ...said.map(({ text }) => text)]);
    assert.deepEqual(last.ids.slice(0, before.ids.length), before.ids, "what was read keeps its ids");
    assert.equal(new Set(last.ids).size, last.ids.length, "ids are unique");
    const live = last.messages.slice(-SAID);
    assert.ok(live.every(({ author }) => author === "customer"), live.map(({ author }) => author).join(" "));
    assert.deepEqual(live.map(({ author_name }) => author_name), live.map(() => live[0]?.author_name), "one writer");
    await page.context().close();
  });
}
