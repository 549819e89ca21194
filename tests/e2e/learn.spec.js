// A label of the team's own, the whole way: made in the chooser, learned from a few messages, found in another, kept over a restart, taken back, renamed, deleted.
import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { send, serve } from "../desks/own/house.mjs";
import { violations } from "../harness/axe.mjs";
import { killEngine, launchChromium } from "../harness/chromium.mjs";
import { openInspector } from "../harness/inspect.mjs";
import { openPanel, parts, press } from "../harness/overlay.mjs";
import { startSync } from "../harness/sync.mjs";
import { ticketPage } from "../harness/ticket_page.mjs";
import { signIn } from "./helpers.js";

/** @typedef {import("playwright-core").Page} Page @typedef {import("playwright-core").Frame} Frame */

/** The first five teach. */
const TICKETS = [
  "how do I take my bike on the train",
  "can I bring a bicycle on the express train",
  "is there a place for bikes on the train to the coast",
  "do I need a ticket for my bike on the train",
  "我想带自行车上火车，可以吗",
  "can I take my bicycle with me on the train tomorrow",
  "my parcel came broken and I want my money back",
];
const [LIKE, UNLIKE] = [6, 7];
const NAME = "Bike on board";

/** @param {number} number */
const ticket = (number) =>
  ticketPage({ subject: `#${number} Question`, messages: ["Hello, I have a question.", "Hello, what is it about?", TICKETS[number - 1]] });

test.describe("learn", () => {
  /** @type {Awaited<ReturnType<typeof serve>>} */
  let desk;
  /** @type {import("../harness/chromium.mjs").Chromium[]} */
  const browsers = [];

  test.beforeAll(async () => {
    desk = await serve((_, response, { pathname }) => send(response, "text/html", ticket(Number(/\d+$/.exec(pathname)?.[0] ?? 1))));
  });
  test.afterAll(() => desk.stop());
  test.afterEach(async () => {
    for (const browser of browsers.splice(0)) await browser.close();
  });

  /** An agent's browser on the desk.  @param {import("../harness/config.mjs").Config} config */
  async function agent(config) {
    const chromium = await launchChromium({ config });
    browsers.push(chromium);
    const inspector = await openInspector(chromium);
    const page = await chromium.context.newPage();
    /** @param {number} number */
    async function open(number) {
      await page.goto(`${desk.url}/tickets/${number}`);
      await inspector.settled(page);
      return openPanel(page);
    }
    /** Sets the class: by one click where it is offered already. False where it was learned so well that nothing is asked.  @param {Frame} frame @param {string} name */
    async function choose(frame, name) {
      const offered = frame.getByRole("button", { name: `right: ${name}` });
      if (await offered.isVisible()) {
        await press(page, offered);
      } else if ((await parts(frame).intent.textContent()) === name) {
        await expect(frame.locator(".wants")).toContainText("learned here");
        return false;
      } else {
        await press(page, frame.locator("[data-choose]"));
        await frame.locator(".chooser input").fill(name);
        await expect(frame.locator(".chooser [role=option][aria-selected=true]")).toContainText(name);
        await page.keyboard.press("Enter");
      }
      await expect(parts(frame).intent).toHaveText(name);
      await expect(frame.locator(".wants")).toContainText("set by you");
      return true;
    }
    /** The own labels as the menu lists them.  @param {Frame} frame */
    async function labels(frame) {
      await press(page, frame.locator("[data-sheet=menu]"));
      await press(page, frame.getByRole("group", { name: "Own labels" }).getByRole("button"));
      return frame.locator(".labels li");
    }
    return { chromium, inspector, page, open, choose, labels };
  }

  test("a team's own label is learned, kept, taken back, renamed and deleted", async () => {
    const { chromium, page, open, choose, labels } = await agent({});
    const taught = [];
    for (let number = 1; number <= 5; number++) if (await choose(await open(number), NAME)) taught.push(number);
    expect(taught.length).toBeGreaterThan(2);
    await expect(parts(await open(LIKE)).intent).toHaveText(NAME);
    await expect((await openPanel(page)).locator(".wants")).toContainText("learned here");
    await expect(parts(await open(UNLIKE)).intent).not.toHaveText(NAME);

    await killEngine(chromium, "silent");
    let frame = await open(LIKE);
    await expect(parts(frame).intent, "kept in the device's store").toHaveText(NAME);

    frame = await open(taught.at(-1) ?? 0);
    await press(page, frame.getByRole("button", { name: "Undo" }));
    await expect(frame.locator(".wants")).not.toContainText("set by you");
    let rows = await labels(frame);
    /** @param {string} name */
    const withOneLess = (name) => new RegExp(`${name}\\s*${taught.length - 1} examples`);
    await expect(rows).toHaveText([withOneLess(NAME)]);

    await press(page, rows.getByRole("button", { name: "Rename" }));
    await expect(frame.locator(".label-form input")).toBeFocused();
    await frame.locator(".label-form input").fill("refund status");
    await expect(frame.locator(".label-form [role=alert]")).toContainText("has this name");
    await frame.locator(".label-form input").fill("Bicycles");
    await page.keyboard.press("Enter");
    await expect(rows).toHaveText([withOneLess("Bicycles")]);
    frame = await open(1);
    await expect(parts(frame).intent).toHaveText("Bicycles");

    rows = await labels(frame);
    await press(page, rows.getByRole("button", { name: "Delete" }));
    await expect(frame.locator(".label-form").getByRole("button", { name: "Cancel" })).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(rows.getByRole("button", { name: "Rename" })).toBeFocused();
    await press(page, rows.getByRole("button", { name: "Delete" }));
    await press(page, rows.getByRole("button", { name: "Delete" }));
    await expect(frame.locator("#sheet")).toContainText("No labels of your own yet");
    await expect(parts(frame).intent).not.toHaveText("Bicycles");
    await expect(parts(await open(LIKE)).intent).not.toHaveText("Bicycles");
  });

  test("a supervisor's list reaches the team's devices and goes with it; words are kept only if the agent wants it", async () => {
    const sync = await startSync();
    try {
      const { page, open, choose, labels, inspector } = await agent(sync.config);
      await expect(parts(await open(LIKE)).intent).not.toHaveText(NAME);

      const boss = await launchChromium({ extension: null });
      browsers.push(boss);
      const dashboard = await boss.context.newPage();
      await signIn(dashboard, sync.url);
      await dashboard.goto(`${sync.url}/dashboard/labels`);
      await expect(dashboard.locator("main#content")).toContainText("No labels of your own yet");
      const lines = TICKETS.slice(0, 5).map((text) => `${NAME},${text}`);
      await dashboard.locator("#label-list").fill(["label,example", ...lines, "no comma", `${NAME},call 0151 2345678`].join("\n"));
      await expect(dashboard.locator(".import-faults li")).toHaveText([/^Line 7: there is no example/, /^Line 8: it holds/]);
      await expect(dashboard.locator("#content")).toContainText("New: 5 examples");
      expect(await violations(dashboard)).toEqual([]);
      await dashboard.getByRole("button", { name: "Share with the team" }).click();
      const listed = dashboard.locator("li.taught");
      await expect(listed).toContainText(NAME);
      await expect(listed).toContainText("5 examples");

      let frame = await open(LIKE);
      await expect(parts(frame).intent).toHaveText(NAME, { timeout: 75_000 });
      const rows = await labels(frame);
      await expect(rows).toContainText("your team's");
      await expect(rows.getByRole("button")).toHaveCount(0);

      const glass = inspector.page;
      await glass.getByLabel("Keep the words of my corrections").check();
      frame = await open(1);
      await choose(frame, "Folding bikes");
      await expect(glass.locator("#corrections td.words")).toHaveText(TICKETS[0] ?? "", { timeout: 10_000 });
      const [file] = await Promise.all([glass.waitForEvent("download"), glass.getByRole("button", { name: "Save as a file" }).click()]);
      const row = JSON.parse(await readFile(await file.path(), "utf8"));
      expect(row).toMatchObject({ text: TICKETS[0], lang: "en", name: "Folding bikes" });
      expect(await violations(glass)).toEqual([]);

      await listed.getByRole("button", { name: /^Remove/ }).click();
      await listed.getByRole("group").getByRole("button", { name: "Remove" }).click();
      await expect(listed).toHaveCount(0);
      frame = await open(LIKE);
      await expect(parts(frame).intent).not.toHaveText(NAME, { timeout: 75_000 });
      await page.close();
    } finally {
      await sync.close();
    }
  });
});
