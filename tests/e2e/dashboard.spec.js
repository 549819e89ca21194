// The dashboard by keyboard and with its server away: focus never falls out of the page, and what failed says what is safe.
import { expect, test } from "@playwright/test";
import { launchChromium } from "../harness/chromium.mjs";
import { startSync } from "../harness/sync.mjs";
import { signIn } from "./helpers.js";

/** 带车乘车，我想带自行车上火车 as a Chinese spreadsheet saves it. */
const GBK = Buffer.from("b4f8b3b5b3cbb3b52cced2cfebb4f8d7d4d0d0b3b5c9cfbbf0b3b5", "hex");

test.describe("dashboard", () => {
  /** @type {import("../harness/sync.mjs").Sync} */
  let sync;
  /** @type {import("../harness/chromium.mjs").Chromium} */
  let chromium;
  /** @type {import("playwright-core").Page} */
  let page;

  test.beforeAll(async () => {
    sync = await startSync({ history: true });
    chromium = await launchChromium({ extension: null });
  });
  test.afterAll(async () => {
    await chromium?.close();
    await sync?.close();
  });
  test.beforeEach(async () => {
    page = await chromium.context.newPage();
    await page.goto(`${sync.url}/dashboard/`);
    await expect(page.locator("form.sign-in, main#content h1").first()).toBeVisible();
    if (await page.locator("form.sign-in").isVisible()) await signIn(page, sync.url);
  });
  test.afterEach(() => page.close());

  const button = (/** @type {string | RegExp} */ name) => page.getByRole("button", { name, exact: typeof name === "string" });
  const press = async (/** @type {import("playwright-core").Locator} */ target) => {
    await target.focus();
    await page.keyboard.press("Enter");
  };
  const trouble = () => page.locator(".trouble[role=alert]");
  const heading = () => page.locator("main h1");

  test("who sees to an alert is told to the other supervisors, one at a time, and can give it back", async () => {
    const other = await launchChromium({ extension: null });
    const colleague = await other.context.newPage();
    await signIn(colleague, sync.url, "admin@demo.test");
    const row = page.locator(".need").first();
    const theirs = colleague.locator(".need").first();
    await press(row.getByRole("button"));
    await expect(row.getByRole("status")).toContainText("You are on it");
    await expect(row.getByRole("button")).toBeFocused();
    await expect(theirs.getByRole("status")).toContainText("林秀英 is on it");
    await expect(theirs.getByRole("button")).toHaveText("Take over");
    await theirs.getByRole("button").click();
    await expect(theirs.getByRole("status")).toContainText("You are on it");
    await expect(row.getByRole("button")).toHaveText("Take over");
    await theirs.getByRole("button").click();
    await expect(row.getByRole("button")).toHaveText("I'm on it");
    await expect(row.getByRole("status")).toBeEmpty();
    // The word of who has not yet heard of the other's.
    await page.route("**/stream", (route) => route.abort());
    await page.reload();
    await expect(row.getByRole("button")).toHaveText("I'm on it");
    await page.route("**/conversations?*", (route) => route.abort());
    await theirs.getByRole("button").click();
    await expect(theirs.getByRole("status")).toContainText("You are on it");
    await row.getByRole("button").click();
    await expect(trouble()).toContainText("Somebody was faster");
    await theirs.getByRole("button").click();
    await other.close();
  });

  test("filters that are cleared leave the focus on the first", async () => {
    await page.goto(`${sync.url}/dashboard/conversations`);
    await page.locator("#filter-mood").selectOption("Upset");
    await press(button("Clear filters"));
    await expect(page.locator("#filter-mood")).toBeFocused();
  });

  test("a token that is put away and a device that is revoked leave the focus on the page", async () => {
    await page.goto(`${sync.url}/dashboard/devices`);
    await page.locator("#device-label").fill("Spare laptop");
    await page.keyboard.press("Enter");
    await expect(page.getByLabel("Token", { exact: true })).toBeFocused();
    await press(button("Done"));
    await expect(page.locator("#device-label")).toBeFocused();
    await press(button(/^Revoke: Spare laptop, ./));
    await expect(button("Keep")).toBeFocused();
    await press(page.getByRole("group").getByRole("button", { name: "Revoke" }));
    await expect(heading()).toBeFocused();
    await expect(page.locator("tr", { hasText: "Spare laptop" })).toContainText("Revoked");
  });

  test("labels are shared with words for everybody, and what failed is kept", async () => {
    await page.goto(`${sync.url}/dashboard/labels`);
    const list = page.locator("#label-list");
    await press(button("Share with the team"));
    await expect(list).toBeFocused();
    await expect(page.locator("#label-list-lack")).toHaveText("Paste a list or choose a file first.");

    await page.locator("input[type=file]").setInputFiles({ name: "labels.csv", mimeType: "text/csv", buffer: GBK });
    await expect(list).toHaveValue("带车乘车,我想带自行车上火车");
    await expect(page.locator(".import-faults")).toHaveCount(0);
    await press(button("Share with the team"));
    await expect(page.locator(".told")).toHaveText("The team's devices have them within a minute.");
    await expect(page.locator(".told")).toBeVisible();
    await expect(heading()).toBeFocused();

    await list.fill("Dogs,may I bring a dog");
    await sync.stop();
    await press(button("Share with the team"));
    await expect(trouble()).toHaveText("The server does not answer. Nothing was changed. Check the network, then try again. What you entered is still here.");
    await expect(list).toHaveValue("Dogs,may I bring a dog");
    await press(button(/^Remove: /));
    await press(page.getByRole("group").getByRole("button", { name: "Remove" }));
    await expect(page.locator(".confirm .trouble")).toHaveText("The server does not answer. Nothing was changed. Check the network, then try again.");
    await sync.start();
    await press(page.getByRole("group").getByRole("button", { name: "Remove" }));
    await expect(heading()).toBeFocused();
    await expect(page.locator("li.taught")).toHaveCount(0);
  });

  test("of two supervisors nobody loses the labels that the other shared meanwhile", async () => {
    const other = await launchChromium({ extension: null });
    const colleague = await other.context.newPage();
    await signIn(colleague, sync.url);
    for (const one of [page, colleague]) {
      await one.goto(`${sync.url}/dashboard/labels`);
      await expect(one.locator("#label-list")).toBeVisible();
    }
    // What the first has looked at stays as it was.
    const fetched = (/** @type {import("playwright-core").Route} */ route) => (route.request().method() === "GET" ? route.abort() : route.continue());
    await page.route("**/api/v1/labels", fetched);
    await colleague.locator("#label-list").fill("Points,what are my points worth");
    await colleague.getByRole("button", { name: "Share with the team" }).click();
    await expect(colleague.locator("li.taught")).toHaveCount(1);
    await page.locator("#label-list").fill("Bikes,may I bring a bike");
    await press(button("Share with the team"));
    await expect(trouble()).toHaveText("Someone else has changed this already. The list follows in a moment. What you entered is still here.");
    await page.unroute("**/api/v1/labels", fetched);
    await expect(page.locator("li.taught")).toHaveCount(1);
    await press(button("Share with the team"));
    await expect(page.locator("li.taught")).toHaveCount(2);
    await other.close();
  });

  test("what is done for a page that the reader has left neither speaks nor takes the focus", async () => {
    await page.goto(`${sync.url}/dashboard/labels`);
    /** @type {(value?: unknown) => void} */
    let release = () => undefined;
    const held = new Promise((resolve) => (release = resolve));
    await page.route("**/api/v1/labels", async (route) => {
      if (route.request().method() === "PUT") await held;
      await route.continue();
    });
    await page.locator("#label-list").fill("Cats,may I bring a cat");
    await press(button("Share with the team"));
    await page.locator("nav a", { hasText: "Devices" }).click();
    const field = page.locator("#device-label");
    await field.pressSequentially("Li Wei");
    const answered = page.waitForResponse((response) => response.request().method() === "PUT");
    release();
    await (await answered).finished();
    await page.evaluate(() => new Promise((drawn) => setTimeout(() => requestAnimationFrame(drawn))));
    await expect(page.locator(".told")).toHaveCount(0);
    await page.keyboard.type(", laptop");
    await expect(field).toHaveValue("Li Wei, laptop");
  });

  test("with the server away a page says so once, and focus stays in it when the server is back", async () => {
    await page.goto(`${sync.url}/dashboard/labels`);
    await expect(page.locator("#label-list")).toBeVisible();
    await sync.stop();
    await expect(page.locator(".banner")).toContainText("Showing what was known at");
    await page.locator("nav a", { hasText: "Today" }).click();
    await expect(page.locator(".notice")).toContainText("The server does not answer");
    await expect(page.locator(".banner")).toHaveCount(0);
    await sync.start();
    const retry = button("Try again");
    await retry.focus();
    await expect(page.locator(".figures")).toBeVisible();
    await expect(heading()).toBeFocused();
  });

  test("who cannot be signed out is told that they are still signed in", async () => {
    await sync.stop();
    await press(button("Sign out"));
    const alarm = page.locator(".banner.alarm");
    await expect(alarm).toContainText("You are still signed in here");
    await expect(button("Sign out again")).toBeFocused();
    await expect(heading()).toBeVisible();
    await sync.start();
    await page.keyboard.press("Enter");
    await expect(page.locator("#email")).toBeFocused();
    await page.reload();
    await expect(page.locator("form.sign-in")).toBeVisible();
  });
});
