// The overlay beside an agent's hands: it stands still, takes no focus that is not its own, and says what did not work.
import { expect, test } from "@playwright/test";
import { killEngine, launchChromium } from "../harness/chromium.mjs";
import { openInspector } from "../harness/inspect.mjs";
import { openPanel, overlayOf, parts, press } from "../harness/overlay.mjs";
import { startSync } from "../harness/sync.mjs";

test.describe("overlay", () => {
  /** @type {import("../harness/sync.mjs").Sync} */
  let sync;
  /** @type {import("../harness/chromium.mjs").Chromium} */
  let chromium;
  /** @type {import("playwright-core").Page} */
  let page;

  test.beforeAll(async () => {
    sync = await startSync();
  });
  test.afterAll(async () => {
    await sync?.close();
  });
  test.beforeEach(async () => {
    chromium = await launchChromium({ config: sync.config });
    page = await chromium.context.newPage();
  });
  test.afterEach(async () => {
    await chromium.close();
  });

  const open = () => page.goto(`${sync.url}/demo/#/tickets/48220`);

  test("the pill keeps size and place while the engine starts", async () => {
    await page.addInitScript(() => {
      /** @type {Set<string>} */
      const seen = new Set();
      Object.assign(globalThis, { overlayBoxes: seen });
      const look = () => {
        const host = document.querySelector("warmseat-overlay");
        const { left, top, width, height } = host?.getBoundingClientRect() ?? new DOMRect();
        if (width > 0) seen.add([left, top, width, height].join(" "));
        requestAnimationFrame(look);
      };
      look();
    });
    await open();
    const frame = await overlayOf(page);
    await frame.locator(".pill:not(.hollow)").waitFor();
    await expect(frame.locator(".pill-word")).not.toHaveText("Warmseat");
    expect(await page.evaluate(() => [.../** @type {any} */ (globalThis).overlayBoxes])).toHaveLength(1);
  });

  test("what is typed stays in the page, however late the overlay is drawn", async () => {
    await open();
    const frame = await overlayOf(page);
    await frame.locator(".pill:not(.hollow)").waitFor();
    // On a busy machine and behind another tab the next frame can be a second away; here it comes when it is let.
    await frame.evaluate(() => {
      /** @type {FrameRequestCallback[]} */
      const held = [];
      window.requestAnimationFrame = (callback) => held.push(callback);
      Object.assign(globalThis, { draw: () => held.splice(0).forEach((callback) => callback(performance.now())) });
    });
    await frame.locator("button.pill-open").focus();
    await page.keyboard.press("Enter");
    await frame.locator("main.panel").waitFor();
    const box = page.locator("textarea");
    await box.focus();
    await frame.evaluate(() => /** @type {any} */ (globalThis).draw());
    await page.keyboard.insertText("My own words.");
    await expect(box).toHaveValue("My own words.");
  });

  test("an answer that does not go in is said to be missing, with what to do", async () => {
    await open();
    const inspector = await openInspector(chromium);
    await inspector.settled(page);
    const { insert, notice } = parts(await openPanel(page));
    await expect(insert.first()).toHaveText("Insert");
    await killEngine(chromium, "silent");
    await press(page, insert.first());
    await expect(insert.first()).toHaveAttribute("aria-busy", "true");
    await expect(notice).toContainText("nothing was inserted");
    await expect(notice).toContainText("insert once it is back");
    await expect(page.locator("textarea")).toHaveValue("");
    await inspector.setLocale(page, "zh");
    await expect(notice).toContainText("未插入");
    await expect(notice).toContainText("等它恢复后再插入");
    await press(page, insert.filter({ hasText: "插入" }).first());
    await expect(notice).toContainText("已插入");
    await expect(page.locator("textarea")).not.toHaveValue("");
  });
});
