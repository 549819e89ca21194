// Firefox: the add-on loads, reads the demo desk, shows the overlay, inserts.
import { expect, test } from "@playwright/test";
import { launchFirefox, overlayInFirefox } from "../harness/firefox.mjs";
import { startSync } from "../harness/sync.mjs";
import { until } from "../harness/until.mjs";

test("the add-on reads the demo desk, shows the overlay and inserts an answer", async () => {
  test.setTimeout(180_000);
  const sync = await startSync();
  const firefox = await launchFirefox({ config: sync.config });
  try {
    expect(firefox.id).toMatch(/^warmseat@/);
    const page = await firefox.browser.newPage();
    await page.goto(`${sync.url}/demo/#/tickets/48220`);
    const frame = await overlayInFirefox(page);
    /** @param {string} selector */
    const text = (selector) => frame.evaluate((css) => document.querySelector(css)?.textContent?.trim() ?? "", selector);
    const there = { timeoutMs: 60_000, everyMs: 200 };
    await until("the pill or the panel", () => frame.evaluate(() => document.querySelector("button.pill-open, main.panel") !== null), there);
    await frame.evaluate(() => /** @type {HTMLElement | null} */ (document.querySelector("button.pill-open"))?.click());
    await until("a class", () => text(".wants .class-name"), there);
    await until("a mood", async () => !/^(Warmseat|starting|loading.*)?$/.test(await text(".mood-word")), there);
    await until("an answer that can be inserted", async () => /^Insert$/.test(await text("li.answer button.insert")), there);
    const before = await page.evaluate(() => document.querySelectorAll("#thread > *").length);
    const answer = await text("li.answer .answer-text");
    await frame.evaluate(() => /** @type {HTMLElement | null} */ (document.querySelector("li.answer button.insert"))?.click());
    const inserted = await until("the answer in the reply box", () => page.evaluate(() => document.querySelector("textarea")?.value), there);
    expect(inserted.replace(/\s+/g, " ")).toBe(answer.replace(/\s+/g, " "));
    expect(await page.evaluate(() => document.querySelectorAll("#thread > *").length)).toBe(before);
    // What was understood has left, too.
    await until("events at the server", async () => (await sync.eventIds()).length > 0, there);
  } finally {
    await firefox.close();
    await sync.close();
  }
});
