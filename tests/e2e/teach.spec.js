// Teaching a page that is read wrongly: by pointer and by keys, kept over a reload, forgotten, taken along as a file.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { conversations } from "../eyes/fixtures/conversations.js";
import { swappedSides } from "../eyes/fixtures/unread.js";
import { launchChromium } from "../harness/chromium.mjs";
import { openInspector } from "../harness/inspect.mjs";
import { openPanel, press } from "../harness/overlay.mjs";
import { until } from "../harness/until.mjs";

/** @typedef {import("playwright-core").Page} Page */

const [parcel, billing] = conversations;
const LISTEN = `<script>acts = 0; for (const type of ["click", "mousedown", "pointerdown", "keydown"]) document.addEventListener(type, () => { acts += 1; }, true);</script>`;

test.describe("teach", () => {
  /** @type {import("node:http").Server} */
  let server;
  let url = "";
  /** @type {import("../harness/chromium.mjs").Chromium} */
  let chromium;
  /** @type {Page} */
  let page;
  /** @type {import("../harness/inspect.mjs").Inspector} */
  let inspector;

  test.beforeAll(async () => {
    server = createServer((request, response) => {
      const conversation = request.url?.includes("/2") ? billing : parcel;
      response.setHeader("content-type", "text/html; charset=utf-8");
      response.end(conversation ? swappedSides.html(conversation).replace("<title>", `${LISTEN}<title>`) : "");
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
  });
  test.afterAll(() => void server.close());
  test.beforeEach(async () => {
    chromium = await launchChromium();
    inspector = await openInspector(chromium);
    page = await chromium.context.newPage();
    await page.goto(`${url}/desk/1`);
    await until("the page is read, the wrong way round", async () => (await authors())?.startsWith("agent customer"));
  });
  test.afterEach(async () => {
    await chromium.close();
  });

  /** Who wrote what is read on the page, in order. */
  async function authors() {
    const reading = await inspector.of(page);
    return reading?.messages.map((message) => message.author).join(" ");
  }
  const RIGHT = "customer agent agent customer customer agent customer";

  async function startTeaching() {
    const frame = await openPanel(page);
    await press(page, frame.locator("[data-sheet=menu]"));
    await press(page, frame.locator("#sheet button", { hasText: "Teach" }));
    await page.locator("warmseat-overlay[data-part=teach]").waitFor({ state: "attached" });
  }

  /** The popup as it stands over the page in front. */
  async function openPopup() {
    await page.bringToFront();
    const opened = chromium.context.waitForEvent("page");
    await inspector.page.evaluate(async (desk) => {
      const tab = (await chrome.tabs.query({})).find((one) => one.url === desk);
      await chrome.tabs.create({ url: "popup.html", active: false, windowId: tab?.windowId });
    }, page.url());
    const popup = await opened;
    await popup.locator("#taught-list").waitFor({ state: "attached" });
    return popup;
  }

  const ended = () => page.locator("warmseat-overlay[data-part=teach]").waitFor({ state: "detached" });

  test("by pointer: the page notices nothing, and the next page and the reload are read right", async () => {
    await startTeaching();
    const before = await page.evaluate(() => ({ acts: /** @type {any} */ (globalThis).acts, body: document.body.outerHTML }));
    for (const place of [page.locator(".m.q span").first(), page.locator(".m.p span").first(), page.locator("textarea")]) {
      const box = await place.boundingBox();
      await page.mouse.move((box?.x ?? 0) + 12, (box?.y ?? 0) + 12);
      await page.mouse.down();
      await page.mouse.up();
    }
    await page.keyboard.press("Enter");
    await ended();
    expect(await page.evaluate(() => ({ acts: /** @type {any} */ (globalThis).acts, body: document.body.outerHTML }))).toEqual(before);
    await until("the page is read right", async () => (await authors()) === RIGHT);
    await page.reload();
    await until("it is after a reload", async () => (await authors()) === RIGHT);
    expect((await inspector.of(page))?.messages[0]?.evidence).toBe("taught");
    await page.goto(`${url}/desk/2`);
    await until("another conversation is", async () => (await authors()) === "customer agent customer agent customer");
  });

  test("by keys: forward, back, out", async () => {
    await startTeaching();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Backspace");
    await page.keyboard.press("Escape");
    await ended();
    expect(await authors()).not.toBe(RIGHT);
    await startTeaching();
    for (const key of ["ArrowDown", "Enter", "ArrowDown", "ArrowDown", "Enter", "ArrowDown", "Enter", "Enter"]) await page.keyboard.press(key);
    await ended();
    await until("the page is read right", async () => (await authors()) === RIGHT);
  });

  test("kept in the popup: exported, forgotten, imported; a bad file changes nothing", async ({}, info) => {
    await startTeaching();
    for (const key of ["ArrowDown", "Enter", "ArrowDown", "ArrowDown", "Enter", "ArrowDown", "Enter", "Enter"]) await page.keyboard.press(key);
    await ended();
    const popup = await openPopup();
    await expect(popup.locator("#taught-list li")).toHaveCount(1);
    await expect(popup.locator("#taught-state")).toHaveText("This page is read as taught.");
    const download = popup.waitForEvent("download");
    await popup.locator("#export-taught").evaluate((button) => /** @type {HTMLButtonElement} */ (button).click());
    const file = info.outputPath("taught.json");
    await (await download).saveAs(file);
    const text = await readFile(file, "utf8");
    for (const words of ["Marta", "parcel", "Anna", "own_names"]) expect(text).not.toContain(words);
    await popup.locator("#taught-list button", { hasText: "Forget" }).evaluate((button) => /** @type {HTMLButtonElement} */ (button).click());
    await expect(popup.locator("#taught-list li")).toHaveCount(0);
    await until("it is forgotten", async () => (await authors())?.startsWith("agent customer"));
    for (const [bad, why] of /** @type {[string, RegExp][]} */ ([["{", /no JSON/], ["{}", /nothing that was taught/], [text.replaceAll(url, "https://other.test"), /another site/], [text.replace('"scrolls"', '"Hello Marta"'), /damaged/]])) {
      await popup.locator("#import-taught").setInputFiles({ name: "bad.json", mimeType: "application/json", buffer: Buffer.from(bad) });
      await expect(popup.locator("#note")).toHaveText(why);
      await expect(popup.locator("#taught-list li")).toHaveCount(0);
    }
    await popup.locator("#import-taught").setInputFiles(file);
    await expect(popup.locator("#taught-list li")).toHaveCount(1);
    await until("the page is read right", async () => (await authors()) === RIGHT);
  });
});
