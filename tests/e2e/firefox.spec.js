// Firefox: the add-on loads, reads the demo desk, shows the overlay, inserts, fills and is taught.
import { expect, test } from "@playwright/test";
import { send, serve } from "../desks/own/house.mjs";
import { conversations } from "../eyes/fixtures/conversations.js";
import { swappedSides } from "../eyes/fixtures/unread.js";
import { launchFirefox, openPanelInFirefox, overlayInFirefox, pressInFirefox as press, textInFirefox as text } from "../harness/firefox.mjs";
import { startSync } from "../harness/sync.mjs";
import { until } from "../harness/until.mjs";

/** @typedef {import("puppeteer-core").Page} Page */

const there = { timeoutMs: 60_000, everyMs: 200 };

test.describe("Firefox", () => {
  test.describe.configure({ timeout: 180_000 });
  /** @type {import("../harness/sync.mjs").Sync} */
  let sync;
  /** @type {Awaited<ReturnType<typeof launchFirefox>>} */
  let firefox;
  /** @type {Page} */
  let page;

  test.beforeAll(async () => {
    sync = await startSync();
  });
  test.afterAll(() => sync?.close());
  test.beforeEach(async () => {
    firefox = await launchFirefox({ config: sync.config });
    page = await firefox.browser.newPage();
    await page.setViewport({ width: 1280, height: 900 });
  });
  test.afterEach(() => firefox.close());

  test("the add-on reads the demo desk, shows the overlay and inserts an answer", async () => {
    expect(firefox.id).toMatch(/^warmseat@/);
    await page.goto(`${sync.url}/demo/#/tickets/48220`);
    const frame = await openPanelInFirefox(page);
    await until("an answer that can be inserted", async () => /^Insert$/.test(await text(frame, "li.answer button.insert")), there);
    const before = await page.evaluate(() => document.querySelectorAll("#thread > *").length);
    const answer = await text(frame, "li.answer .answer-text");
    await press(frame, "li.answer button.insert");
    const inserted = await until("the answer in the reply box", () => page.evaluate(() => document.querySelector("textarea")?.value), there);
    expect(inserted.replace(/\s+/g, " ")).toBe(answer.replace(/\s+/g, " "));
    expect(await page.evaluate(() => document.querySelectorAll("#thread > *").length)).toBe(before);
    // What was understood has left, too.
    await until("events at the server", async () => (await sync.eventIds()).length > 0, there);
  });

  test("the form is filled as confirmed and taken back in one step", async () => {
    await page.goto(`${sync.url}/demo/?lang=en#/tickets/48231`);
    const frame = await openPanelInFirefox(page);
    /** @param {string} label */
    const held = (label) => page.evaluate((words) => (/** @type {HTMLInputElement | null | undefined} */ ([...document.querySelectorAll("label")].find((one) => one.textContent?.trim().startsWith(words))?.control))?.value ?? null, label);
    await until("a proposal", async () => (await text(frame, ".fill-list")).includes("WX-90388"), there);
    await press(frame, ".fill-confirm");
    await until("the order number in the form", async () => (await held("Order no.")) === "WX-90388", there);
    // One field after the other.
    await until("the amount", async () => (await held("Amount")) === "64.90", there);
    await until("word of it", async () => /^Filled \d/.test(await text(frame, ".fill-done")), there);
    await press(frame, ".fill-done button");
    await until("the form as it was", async () => (await held("Order no.")) === "" && (await held("Amount")) === "", there);
    await until("word of that", async () => /^Put back \d/.test(await text(frame, ".fill-done")), there);
  });

  test("a page that is read the wrong way round is taught by pointer, and read right after a reload", async () => {
    const [parcel] = conversations;
    const desk = await serve((_, response) => send(response, "text/html", parcel ? swappedSides.html(parcel) : ""));
    try {
      await page.goto(desk.url);
      const frame = await openPanelInFirefox(page);
      const counted = (/** @type {string} */ words) => async () => (await text(await overlayInFirefox(page), ".head-count")).startsWith(words);
      await until("the agent's three messages are taken for the customer's", counted("3 messages"), there);
      await press(frame, "[data-sheet=menu]");
      await until("the menu", () => frame.evaluate(() => document.querySelector("#sheet button") !== null), there);
      await press(frame, "#sheet button", "Teach");
      await page.waitForSelector("warmseat-overlay[data-part=teach]");
      for (const selector of [".m.q span", ".m.p span", "textarea"]) {
        const box = await (await page.$(selector))?.boundingBox();
        await page.mouse.click((box?.x ?? 0) + 12, (box?.y ?? 0) + 12);
      }
      await page.keyboard.press("Enter");
      await until("taught", async () => (await page.$("warmseat-overlay[data-part=teach]")) === null, there);
      await until("the customer's four messages", counted("4 messages"), there);
      await page.reload();
      await openPanelInFirefox(page);
      await until("the same after a reload", counted("4 messages"), there);
    } finally {
      await desk.stop();
    }
  });
});
