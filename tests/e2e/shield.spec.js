// After an abusive message, on the shipped model: the card, a pause, a boundary in the customer's language, the agent's word that it is none; and no card for swearing at nobody.
import { expect, test } from "@playwright/test";
import { send, serve } from "../desks/own/house.mjs";
import { violations } from "../harness/axe.mjs";
import { killEngine, launchChromium } from "../harness/chromium.mjs";
import { openInspector } from "../harness/inspect.mjs";
import { openPanel, parts, press } from "../harness/overlay.mjs";
import { ticketPage } from "../harness/ticket_page.mjs";

/** @typedef {import("playwright-core").Frame} Frame */

const TICKETS = {
  en: "You are a useless idiot. Is there anything at all in your head?",
  zh: "你是个废物客服，蠢得要命，脑子里装的是浆糊吗",
  swearing: "this flight's so damn late I missed my bloody connection, fuck",
};

/** @param {string} text */
const ticket = (text) => ticketPage({ subject: "#7 Refund", messages: ["Hello, where is my refund?", "Hello, let me look into it.", text] });

test.describe("shield", () => {
  /** @type {Awaited<ReturnType<typeof serve>>} */
  let desk;
  /** @type {import("../harness/chromium.mjs").Chromium} */
  let chromium;
  /** @type {Awaited<ReturnType<typeof openInspector>>} */
  let inspector;

  test.beforeAll(async () => {
    desk = await serve((_, response, { pathname }) => {
      const name = /** @type {keyof typeof TICKETS} */ (/\w+$/.exec(pathname)?.[0]);
      send(response, "text/html", ticket(TICKETS[name] ?? ""));
    });
  });
  test.afterAll(() => desk.stop());
  test.beforeEach(async () => {
    chromium = await launchChromium({ config: {} });
    inspector = await openInspector(chromium);
  });
  test.afterEach(() => chromium.close());

  /** @param {keyof typeof TICKETS} name */
  async function open(name) {
    const page = await chromium.context.newPage();
    await page.goto(`${desk.url}/tickets/${name}`);
    // A pill that is just growing by a mark may lose the click to the page.
    await inspector.settled(page);
    const frame = await openPanel(page);
    return { page, frame, card: frame.locator("section.shield") };
  }

  /** Buttons do nothing for the first two seconds.  @param {import("playwright-core").Locator} card */
  const awake = (card) => expect(card.locator("button.primary")).toHaveAttribute("aria-disabled", "false");

  test("an insult in English: pause, boundary, not abuse and back", async () => {
    const { page, frame, card } = await open("en");
    await expect(card).toContainText("This message insults you.");
    await expect(frame.locator("main.panel")).not.toContainText("idiot");
    await expect(frame.locator(".marks")).toContainText("Insult");
    await awake(card);
    expect(await violations(frame)).toEqual([]);

    const dot = frame.locator(".dot").last();
    await expect(dot).toHaveAttribute("aria-label", /Insult: Words covered/);
    await press(page, dot);
    await expect(frame.locator(".dot").last()).toHaveAttribute("aria-label", /useless idiot/);

    const boundary = card.locator(".boundaries li").first();
    const text = await boundary.locator("p").textContent();
    await press(page, boundary.getByRole("button"));
    await expect(page.locator("#reply")).toHaveValue(text ?? "");
    await expect(page.locator("#reply")).toHaveValue(/insults/);

    await press(page, card.getByRole("button", { name: "Pause 5 min" }));
    await expect(frame.getByRole("timer")).toHaveText(/^[45]:\d\d$/);
    await expect(card.getByRole("button", { name: /^Pause/ }), "one pause at a time").toHaveCount(0);
    await press(page, frame.getByRole("button", { name: "End pause" }));

    await press(page, card.getByRole("button", { name: "Not abuse" }));
    await expect(card).toHaveCount(0);
    await expect(frame.locator(".marks")).toContainText("Not abuse, as you said");
    await expect(frame.locator(".dot").last()).not.toHaveAttribute("aria-label", /Insult/);
    await press(page, frame.locator(".marks").getByRole("button", { name: "Undo" }));
    await expect(card).toBeVisible();
    await press(page, card.getByRole("button", { name: "Not abuse" }));

    await killEngine(chromium, "silent");
    const again = await open("en");
    await expect(again.frame.locator(".marks"), "remembered for this message").toContainText("Not abuse, as you said");
    await expect(again.card).toHaveCount(0);
  });

  test("an insult in Chinese: the boundary is Chinese, and the card can be dismissed and switched off", async () => {
    const { page, frame, card } = await open("zh");
    await expect(card).toContainText("This message insults you.");
    await expect(card.locator(".boundaries p").first()).toHaveText(/^[^a-zA-Z]+$/);
    await press(page, frame.locator("[data-sheet=menu]"));
    await press(page, frame.getByRole("button", { name: "中文" }));
    await expect(card).toContainText("这条消息在辱骂你。");
    await expect(frame.locator(".marks")).toContainText("侮辱");
    await awake(card);
    await press(page, card.getByRole("button", { name: "知道了" }));
    await expect(card).toHaveCount(0);
    await expect(frame.locator(".marks")).toContainText("侮辱");

    await press(page, frame.getByRole("switch", { name: "遇冒犯时提示" }));
    await expect(frame.getByRole("switch", { name: "遇冒犯时提示" })).toHaveAttribute("aria-checked", "false");
    const other = await open("en");
    await expect(other.frame.locator(".marks")).toContainText("侮辱");
    await expect(other.card).toHaveCount(0);
  });

  test("swearing at nobody has a word and no card", async () => {
    const { frame, card } = await open("swearing");
    await expect(parts(frame).intent).toBeVisible();
    await expect(frame.locator(".marks")).toContainText("Swearing");
    await expect(card).toHaveCount(0);
  });
});
