// The widget: one script tag on a page, no extension.
import { expect, test } from "@playwright/test";
import { send, serve } from "../desks/own/house.mjs";
import { launchChromium } from "../harness/chromium.mjs";
import { openPanel, parts, press } from "../harness/overlay.mjs";
import { startSync } from "../harness/sync.mjs";
import { ticketPage } from "../harness/ticket_page.mjs";
import { errorsOf, NO_MOOD, signIn } from "./helpers.js";

test.describe("widget", () => {
  /** @type {import("../harness/sync.mjs").Sync} */
  let sync;
  /** @type {import("../harness/chromium.mjs").Chromium} */
  let chromium;
  test.beforeAll(async () => {
    sync = await startSync();
    chromium = await launchChromium({ extension: null });
  });
  test.afterAll(async () => {
    await chromium?.close();
    await sync?.close();
  });

  test("reads the demo desk, follows it live, inserts and tells the dashboard", async () => {
    const page = await chromium.context.newPage();
    const errors = errorsOf(page);
    await page.goto(`${sync.url}/demo/#/tickets/48220`);
    const frame = await openPanel(page);
    const { mood, intent, answers, insert } = parts(frame);
    await expect(answers.first()).toBeVisible({ timeout: 60_000 });
    await expect(intent).not.toBeEmpty();
    await expect(mood).not.toHaveText(NO_MOOD);

    const thread = page.locator("#thread > *");
    const before = await thread.count();
    const text = (await answers.first().locator(".answer-text").textContent()) ?? "";
    await press(page, insert.first());
    await expect(page.locator("textarea")).toHaveValue(text);
    await expect(thread).toHaveCount(before);

    const course = frame.locator(".course button.dot");
    const dots = await course.count();
    await page.locator("#play").click();
    await expect(thread).toHaveCount(before + 1);
    await expect.poll(() => course.count()).toBeGreaterThan(dots);

    const dashboard = await chromium.context.newPage();
    await signIn(dashboard, sync.url);
    await dashboard.goto(`${sync.url}/dashboard/conversations`);
    await expect(dashboard.locator(`a[href="${page.url()}"]`).first()).toBeVisible();
    expect(errors).toEqual([]);
  });

  test("works on a page whose policy allows only the vendor's script and frame", async () => {
    const page = await chromium.context.newPage();
    const ticket = ticketPage({
      subject: "#1 Parcel missing",
      messages: [
        "Where is my parcel? It should have been here on Monday.",
        "I am asking the carrier and will write to you today.",
        "Still nothing, this is really disappointing.",
      ],
      head: `<script src="${sync.url}/widget/widget.js" data-team="demo" defer></script>`,
    });
    const policy = `default-src 'none'; script-src ${sync.url}; frame-src ${sync.url}`;
    const host = await serve((_, response) => send(response, "text/html", ticket, { "content-security-policy": policy }));
    const errors = errorsOf(page, /favicon|img-src/);
    await page.goto(`${host.url}/ticket/1`);
    const frame = await openPanel(page);
    await expect(parts(frame).answers.first()).toBeVisible({ timeout: 60_000 });
    expect(errors).toEqual([]);
    await host.stop();
  });
});
