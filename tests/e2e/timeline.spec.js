// One customer in two tabs: asked about, shown as one timeline, separated again, remembered over a restart of the brain; and a call beside a chat.
import { expect, test } from "@playwright/test";
import * as inbox from "../desk-score/desks/inbox-spa.mjs";
import * as webmail from "../desk-score/desks/table-webmail.mjs";
import { send, serve } from "../desks/own/house.mjs";
import { liveCall } from "../eyes/fixtures/calls.js";
import { zhWorkbench } from "../eyes/fixtures/chats.js";
import { conversations } from "../eyes/fixtures/conversations.js";
import { violations } from "../harness/axe.mjs";
import { killEngine, launchChromium } from "../harness/chromium.mjs";
import { openInspector } from "../harness/inspect.mjs";
import { openPanel, parts, press } from "../harness/overlay.mjs";
import { startSync } from "../harness/sync.mjs";

/** @typedef {import("playwright-core").Page} Page @typedef {import("playwright-core").Frame} Frame */

/** What the panel says of the customer's other conversations.  @param {Frame} frame */
const timelineOf = (frame) => ({
  offer: frame.locator(".offer"),
  answer: (/** @type {string} */ name) => frame.locator(".offer button", { hasText: name }),
  entries: frame.locator(".timeline .entries li"),
  more: frame.locator(".timeline > button"),
  separate: frame.locator(".timeline .joined button"),
  apart: frame.locator(".apart"),
});

/** @param {import("../desk-score/desk.d.ts").DeskFile} desk @param {string} key */
const conversation = (desk, key) => /** @type {import("../desk-score/desk.d.ts").DeskConversation} */ (desk.conversations.find((one) => one.key === key));

test.describe("one timeline", () => {
  /** @type {import("../harness/sync.mjs").Sync} */
  let sync;
  /** @type {import("../harness/chromium.mjs").Chromium} */
  let chromium;

  test.beforeAll(async () => {
    await inbox.start();
    await webmail.start();
    sync = await startSync();
  });
  test.afterAll(async () => {
    await sync?.close();
    await inbox.stop();
    await webmail.stop();
  });
  test.afterEach(async () => {
    await chromium?.close();
  });

  /** The same customer's mail and message, each in a tab.  @param {string} key @param {"en-GB" | "zh-CN"} locale */
  async function both(key, locale) {
    chromium = await launchChromium({ config: sync.config, locale });
    const [mail, chat] = [await chromium.context.newPage(), await chromium.context.newPage()];
    const inspector = await openInspector(chromium);
    await webmail.login(mail);
    await conversation(webmail, key).open(mail);
    await inspector.settled(mail, { timeoutMs: 40_000 });
    await chat.bringToFront();
    await inbox.login(chat);
    await conversation(inbox, key).open(chat);
    await inspector.settled(chat, { timeoutMs: 40_000 });
    return { mail, chat, inspector, frame: await openPanel(chat) };
  }

  test("offered, joined, separated, joined again, and remembered when the brain starts anew", async () => {
    const { mail, chat, inspector, frame } = await both("dev-1", "en-GB");
    const { offer, answer, entries, more, separate, apart } = timelineOf(frame);
    await expect(offer).toContainText(/Marta Kowalska also wrote by e-mail, .*Same e-mail address\. Show as one timeline\?/);
    await expect(entries).toHaveCount(0);
    const alone = Number(/\d+/.exec((await frame.locator(".head-count").textContent()) ?? "")?.[0]);

    await press(chat, answer("One timeline"));
    await expect(offer).toHaveCount(0);
    await expect(frame.locator(".head-count")).toContainText(`${2 * alone} messages`);
    if (await more.count()) await press(chat, more);
    await expect(entries).toHaveCount(2 * alone);
    await expect(entries.filter({ hasText: "E-mail" })).toHaveCount(alone);
    await expect(entries.filter({ hasText: /ago|just now/ })).toHaveCount(2 * alone);
    expect(await violations(frame)).toEqual([]);
    const other = await openPanel(mail);
    await expect(timelineOf(other).separate).toHaveCount(1);

    await press(chat, parts(frame).insert.first());
    await expect(parts(frame).notice).toContainText(/Inserted|clipboard/);
    expect((await inspector.of(chat))?.messages.length).toBeGreaterThan(0);

    await press(chat, separate);
    await expect(entries).toHaveCount(0);
    await expect(apart).toContainText("E-mail kept separate");
    await expect(timelineOf(other).separate).toHaveCount(0);
    await press(chat, apart.locator("button"));
    await expect(separate).toHaveCount(1);

    await killEngine(chromium, "trap");
    await expect(frame.locator(".head-count")).toContainText(`${2 * alone} messages`, { timeout: 40_000 });
    await expect(offer).toHaveCount(0);

    const told = JSON.stringify(await Promise.all([mail, chat].map(async (page) => (await inspector.of(page))?.sent)));
    expect(told).toContain("message_analysed");
    expect(told).not.toMatch(/marta|kowalska|cracked/i);
  });

  test("中文：提示、合并、不是同一人", async () => {
    const { chat, frame } = await both("dev-3", "zh-CN");
    const { offer, answer, entries, separate, apart } = timelineOf(frame);
    await expect(offer).toContainText(/王小明 .*也发过邮件.*邮箱相同。合并成一条时间线？/);
    await press(chat, answer("合并时间线"));
    await expect(entries.filter({ hasText: "邮件" }).first()).toBeVisible();
    await press(chat, separate);
    await expect(apart).toContainText("已与邮件分开");
    await chat.reload();
    await conversation(inbox, "dev-3").open(chat);
    const again = await openPanel(chat);
    await expect(parts(again).intent).not.toBeEmpty();
    await expect(timelineOf(again).offer).toHaveCount(0);
    await expect(timelineOf(again).entries).toHaveCount(0);
  });

  test("a call's captions stand in the timeline of a chat, by the number; only what has settled", async () => {
    const card = "<div>来源：微信</div>";
    const number = `${card}<div>电话：06-12345678</div>`;
    const desk = zhWorkbench.html(/** @type {any} */ (conversations[0])).replace(card, number);
    const [phone, workbench] = [await serve((_, response) => send(response, "text/html", liveCall.html)), await serve((_, response) => send(response, "text/html", desk))];
    chromium = await launchChromium({ config: sync.config });
    const [call, chat] = [await chromium.context.newPage(), await chromium.context.newPage()];
    const inspector = await openInspector(chromium);
    await call.goto(phone.url);
    expect((await inspector.settled(call, { timeoutMs: 40_000 })).conversation?.channel).toBe("phone");
    await chat.bringToFront();
    await chat.goto(workbench.url);
    await inspector.settled(chat, { timeoutMs: 40_000 });
    const frame = await openPanel(chat);
    const { offer, answer, entries, more } = timelineOf(frame);
    await expect(offer).toContainText(/also spoke on the phone, .*Same phone number\./);
    await press(chat, answer("One timeline"));
    await expect(frame.locator(".found .chip", { hasText: "WX-90388" })).toContainText("Phone");
    if (await more.count()) await press(chat, more);
    const spoken = entries.filter({ hasText: "Phone" });
    const before = await spoken.count();

    await call.bringToFront();
    await call.evaluate(async () => {
      const page = /** @type {any} */ (globalThis);
      page.say("caller", "I");
      for (const words of ["I want", "I want money", "I want my money", "I want my money back today, please."]) {
        await new Promise((resolve) => setTimeout(resolve, 200));
        page.correct(words);
      }
    });
    await expect(spoken).toHaveCount(before + 1, { timeout: 20_000 });
    await expect(spoken.last()).toContainText("I want my money back today, please.");
    const ofCall = async () => {
      const { sent = [], waiting = [] } = (await inspector.of(call)) ?? {};
      return [...sent, ...waiting].filter(({ type, conversation }) => type === "message_analysed" && conversation.channel === "phone").length;
    };
    await expect.poll(ofCall, { timeout: 20_000 }).toBe(before + 1);
    await phone.stop();
    await workbench.stop();
  });
});
