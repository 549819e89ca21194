// A taught site and the team, the whole way: one agent teaches and proposes, the supervisor decides on the dashboard, another agent's extension reads with it.
import { createServer } from "node:http";
import { expect, test } from "@playwright/test";
import { conversations } from "../eyes/fixtures/conversations.js";
import { swappedSides } from "../eyes/fixtures/unread.js";
import { violations } from "../harness/axe.mjs";
import { launchChromium } from "../harness/chromium.mjs";
import { openInspector } from "../harness/inspect.mjs";
import { openPanel, press } from "../harness/overlay.mjs";
import { startSync } from "../harness/sync.mjs";
import { until } from "../harness/until.mjs";
import { errorsOf, signIn } from "./helpers.js";

/** @typedef {import("playwright-core").Page} Page @typedef {import("../harness/chromium.mjs").Chromium} Chromium */

const [parcel] = conversations;
const RIGHT = "customer agent agent customer customer agent customer";
/** Walks to the first message, to the next one, to the reply box. */
const LESSON = ["ArrowDown", "Enter", "ArrowDown", "ArrowDown", "Enter", "ArrowDown", "Enter"];

test.describe("share", () => {
  /** @type {import("node:http").Server} */
  let desk;
  let url = "";
  /** @type {import("../harness/sync.mjs").Sync} */
  let sync;
  /** @type {Chromium[]} */
  let browsers = [];

  test.beforeAll(async () => {
    desk = createServer((_, response) => {
      response.setHeader("content-type", "text/html; charset=utf-8");
      response.end(parcel ? swappedSides.html(parcel) : "");
    });
    await new Promise((resolve) => desk.listen(0, "127.0.0.1", () => resolve(undefined)));
    const address = desk.address();
    url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
    sync = await startSync();
  });
  test.afterAll(async () => {
    desk.close();
    await sync?.close();
  });
  test.afterEach(async () => {
    for (const browser of browsers.splice(0)) await browser.close();
  });

  /** An agent's browser on the desk's page, and what its glass box says. @param {string} token */
  async function agent(token) {
    const chromium = await launchChromium({ config: { server_url: sync.url, device_token: token } });
    browsers.push(chromium);
    const inspector = await openInspector(chromium);
    const page = await chromium.context.newPage();
    await page.goto(`${url}/desk/1`);
    const authors = async () => (await inspector.of(page))?.messages.map((message) => message.author).join(" ");
    return { chromium, inspector, page, authors };
  }

  /** @param {Page} page */
  async function teach(page) {
    const frame = await openPanel(page);
    await press(page, frame.locator("[data-sheet=menu]"));
    await press(page, frame.locator("#sheet button", { hasText: "Teach" }));
    await page.locator("warmseat-overlay[data-part=teach]").waitFor({ state: "attached" });
    for (const key of LESSON) await page.keyboard.press(key);
  }

  const ended = (/** @type {Page} */ page) => page.locator("warmseat-overlay[data-part=teach]").waitFor({ state: "detached" });

  /** The popup as it stands over the page in front.  @param {Awaited<ReturnType<typeof agent>>} one */
  async function openPopup({ chromium, inspector, page }) {
    await page.bringToFront();
    const opened = chromium.context.waitForEvent("page");
    await inspector.page.evaluate(async (shown) => {
      const tab = (await chrome.tabs.query({})).find((each) => each.url === shown);
      await chrome.tabs.create({ url: "popup.html", active: false, windowId: tab?.windowId });
    }, page.url());
    const popup = await opened;
    await popup.locator("#taught-list").waitFor({ state: "attached" });
    return popup;
  }

  /** A click in a tab that is not in front.  @param {import("playwright-core").Locator} button */
  const click = (button) => button.evaluate((element) => /** @type {HTMLButtonElement} */ (element).click());

  test("taught by one, approved by the supervisor, read by another; withdrawn, it goes", async () => {
    const boss = await launchChromium({ extension: null });
    browsers.push(boss);
    const dashboard = await boss.context.newPage();
    const errors = errorsOf(dashboard, /401 \(Unauthorized\)/);
    await signIn(dashboard, sync.url);
    await dashboard.goto(`${sync.url}/dashboard/taught`);
    await expect(dashboard.locator("main#content")).toContainText("No site was taught yet");

    const anna = await agent("demo-device-token");
    await until("the page is read, the wrong way round", async () => (await anna.authors())?.startsWith("agent customer"));
    await sync.signIn();
    const told = async () => (await sync.get("/api/v1/conversations")).items.map((/** @type {{customer_messages: number}} */ one) => one.customer_messages);
    await expect.poll(told, "what the agent wrote is told of as the customer's").toEqual([3]);
    await teach(anna.page);
    // From "Use this" to "Use and propose to team".
    await anna.page.keyboard.press("Tab");
    await anna.page.keyboard.press("Tab");
    await anna.page.keyboard.press("Enter");
    await ended(anna.page);
    await until("the page is read right", async () => (await anna.authors()) === RIGHT);
    await expect.poll(told, "and is taken back").toEqual([4]);
    const popup = await openPopup(anna);
    await expect(popup.locator("#taught-list li")).toContainText("Your supervisor decides");
    await expect(popup.locator("#taught-list button", { hasText: "Propose" })).toHaveCount(0);
    const [proposal] = (await anna.inspector.of(anna.page))?.proposals ?? [];
    expect(proposal?.state).toBe("proposed");
    const sent = JSON.stringify(proposal);
    for (const words of ["Marta", "parcel", "Anna", "own_names"]) expect(sent).not.toContain(words);

    const card = dashboard.locator("li.taught");
    await expect(card, "told by the stream").toHaveCount(1, { timeout: 5_000 });
    await expect(card).toContainText("127.0.0.1");
    await expect(card).toContainText("陈静");
    await expect(card).toContainText("The customer stands on the right");
    await expect(dashboard.locator("nav .badge.waits")).toContainText("1");

    await card.locator("summary").click();
    expect(await violations(dashboard)).toEqual([]);
    expect(await violations(popup)).toEqual([]);

    const li = await agent(await connectOther(dashboard));
    await until("another agent's page is read the wrong way round", async () => (await li.authors())?.startsWith("agent customer"));
    await card.getByRole("button", { name: /^Approve/ }).click();
    await expect(dashboard.locator("section", { hasText: "In use by the team" }).locator("li.taught")).toHaveCount(1);
    await li.page.reload();
    await until("it is read as the team does", async () => (await li.authors()) === RIGHT);
    const other = await openPopup(li);
    await expect(other.locator("#taught-state")).toHaveText("This page is read as your team taught it.");
    await expect(other.locator("#taught-list li")).toContainText("from your team");
    await expect(li.inspector.page.locator("#taught")).toContainText("as your team taught it");
    await expect(popup.locator("#taught-list li").first()).toContainText("Approved", { timeout: 75_000 });

    await card.getByRole("button", { name: /^Withdraw/ }).click();
    await card.getByRole("group").getByRole("button", { name: "Withdraw" }).click();
    await expect(dashboard.locator("section", { hasText: "Not in use" }).locator("li.taught")).toHaveCount(1);
    await li.page.reload();
    await until("the other agent's page is read as before", async () => (await li.authors())?.startsWith("agent customer"));
    expect(await anna.authors(), "what one taught oneself stays").toBe(RIGHT);
    expect(errors).toEqual([]);
  });

  test("one's own teaching wins; what was refused stays on the device", async () => {
    const boss = await launchChromium({ extension: null });
    browsers.push(boss);
    const dashboard = await boss.context.newPage();
    await signIn(dashboard, sync.url);
    const anna = await agent("demo-device-token");
    await until("the page is read, the wrong way round", async () => (await anna.authors())?.startsWith("agent customer"));
    await teach(anna.page);
    await anna.page.keyboard.press("Enter");
    await ended(anna.page);
    const popup = await openPopup(anna);
    await expect(popup.locator("#taught-list li")).toContainText("Only on this device");
    await click(popup.locator("#taught-list button", { hasText: "Propose" }));
    await expect(popup.locator("#taught-list li")).toContainText("Your supervisor decides");
    await dashboard.goto(`${sync.url}/dashboard/taught`);
    const proposed = dashboard.locator("section", { hasText: "To decide" }).locator("li.taught");
    await expect(proposed).toHaveCount(1);
    await proposed.getByRole("button", { name: /^Refuse/ }).click();
    await dashboard.keyboard.press("Escape");
    await expect(proposed.getByRole("button", { name: /^Refuse/ })).toBeFocused();
    await proposed.getByRole("button", { name: /^Refuse/ }).click();
    await proposed.getByRole("group").getByRole("button", { name: "Refuse" }).click();
    await expect(proposed).toHaveCount(0);
    await anna.page.reload();
    await expect(popup.locator("#taught-list li").first()).toContainText("It stays yours");
    await until("it is still read as taught", async () => (await anna.authors()) === RIGHT);

    const refused = dashboard.locator("section", { hasText: "Not in use" }).locator("li.taught").first();
    await refused.getByRole("button", { name: /^Approve/ }).click();
    await expect(dashboard.locator("section", { hasText: "In use by the team" }).locator("li.taught")).toHaveCount(1);
    await anna.page.reload();
    await expect(popup.locator("#taught-list li").first()).toContainText("Approved");
    await until("it is read as one's own", async () => (await anna.authors()) === RIGHT);
    const again = await openPopup(anna);
    await expect(again.locator("#taught-list li")).toHaveCount(2);
    await expect(again.locator("#taught-state")).toHaveText("This page is read as taught.");
  });

  /** Another agent of the team gets a device on the dashboard; its token.  @param {Page} dashboard */
  async function connectOther(dashboard) {
    const token = await dashboard.evaluate(async () => {
      const { items } = await (await fetch("/api/v1/agents")).json();
      const agent = items.find((/** @type {{ name: string }} */ one) => one.name !== "陈静");
      const body = JSON.stringify({ label: "laptop", agent_id: agent.id });
      const answer = await fetch("/api/v1/devices", { method: "POST", headers: { "content-type": "application/json" }, body });
      return (await answer.json()).token;
    });
    expect(token).toMatch(/^wsd_/);
    return token;
  }
});
