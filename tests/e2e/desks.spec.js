// The main job on each real helpdesk: read, understand, insert, tell the dashboard; nothing is ever sent.
import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { boxes, publicBox, type } from "../desk-score/boxes.mjs";
import * as django from "../desk-score/desks/django-helpdesk.mjs";
import * as livechat from "../desk-score/desks/livechat.mjs";
import * as requestTracker from "../desk-score/desks/request-tracker.mjs";
import { normalise } from "../desks/score.mjs";
import { launchChromium } from "../harness/chromium.mjs";
import { openInspector } from "../harness/inspect.mjs";
import { insertFirst, openPanel, parts } from "../harness/overlay.mjs";
import { SEED } from "../harness/paths.mjs";
import { startSync } from "../harness/sync.mjs";
import { until } from "../harness/until.mjs";
import { NO_MOOD, signIn } from "./helpers.js";

/** @type {import("../desks/score.mjs").Seeded[]} */
const seed = JSON.parse(readFileSync(SEED, "utf8"));
/** @param {string} key */
const truth = (key) => /** @type {import("../desks/score.mjs").Seeded} */ (seed.find((one) => one.key === key));

/** @type {(import("../desk-score/desk.d.ts").DeskFile & {countMessages(): Promise<number>})[]} */
const DESKS = [django, requestTracker, livechat];

for (const desk of DESKS) {
  test.describe(desk.name, () => {
    /** @type {import("../harness/sync.mjs").Sync} */
    let sync;
    /** @type {import("../harness/chromium.mjs").Chromium} */
    let chromium;
    /** @type {import("playwright-core").Page} */
    let page;
    /** @type {import("../harness/inspect.mjs").Inspector} */
    let inspector;

    test.beforeAll(async () => {
      test.setTimeout(900_000);
      await desk.start?.();
      sync = await startSync();
      chromium = await launchChromium({ config: sync.config });
      page = await chromium.context.newPage();
      page.on("dialog", (dialog) => void dialog.accept().catch(() => {}));
      await desk.login(page);
      inspector = await openInspector(chromium);
    });

    test.afterAll(async () => {
      await chromium?.close();
      await sync?.close();
      await desk.stop?.();
    });

    /** @param {string} key */
    const conversation = (key) => /** @type {import("../desk-score/desk.d.ts").DeskConversation} */ (desk.conversations.find((one) => one.key === key));

    /** The view of a conversation once all its customer messages are understood.  @param {string} key */
    const understood = (key) =>
      until(
        `${key} is understood`,
        async () => {
          const inspection = await inspector.of(page);
          const view = inspection?.scene.conversation;
          const wanted = truth(key).messages.filter(({ role }) => role === "customer");
          return inspection?.scene.engine.state === "ready" && view?.pending === 0 && view.mood.course.length === wanted.length && view;
        },
        { timeoutMs: 30_000 },
      );

    test("reads the messages and knows who wrote them", async () => {
      for (const key of ["dev-2", "own-5"]) {
        await conversation(key).open(page);
        const expected = truth(key).messages.filter(({ role }) => desk.notes !== false || role !== "note");
        await expect
          .poll(async () => (await inspector.of(page))?.messages.map(({ author, text }) => [author, normalise(text)]), { timeout: 30_000 })
          .toEqual(expected.map(({ role, text }) => [role, normalise(text)]));
        const requester = (await inspector.of(page))?.conversation?.requester;
        expect([requester?.name, requester?.email]).toEqual(expect.arrayContaining([expect.stringMatching(RegExp(`^(${truth(key).requester.name}|${truth(key).requester.email})$`))]));
      }
    });

    test("shows mood, class and answers", async () => {
      await conversation("dev-3").open(page);
      const frame = await openPanel(page);
      const { mood, intent, sure, answers } = parts(frame);
      const view = await understood("dev-3");
      expect(view.mood.word).not.toBe("unknown");
      await expect(mood).not.toHaveText(NO_MOOD);
      await expect(intent).not.toBeEmpty();
      if (view.intent?.tier !== "silent") await expect(sure).toContainText("%");
      await expect(answers.first()).toBeVisible();
      expect(await inspector.badge(page)).toBe("on");
    });

    test("inserts exactly the answer into the public reply box and sends nothing", async () => {
      const before = await desk.countMessages();
      await conversation("dev-1").open(page);
      await understood("dev-1");
      await conversation("dev-1").openReply?.(page);
      const box = await publicBox(page);
      await type(page, box, "My own words. ");
      const suggestion = (await inspector.settled(page, { timeoutMs: 30_000 })).scene.conversation?.suggestions[0]?.text ?? "";
      expect(suggestion).not.toBe("");
      await insertFirst(page);
      const bare = (/** @type {string} */ text) => normalise(text).replaceAll(" ", "");
      const texts = async () => (await boxes(page)).filter(({ text }) => bare(text).includes(bare(suggestion)));
      await expect(parts(await openPanel(page)).notice).toContainText("Inserted");
      await expect.poll(async () => (await texts()).length).toBe(1);
      const [landed] = await texts();
      expect(landed.note).toBe(false);
      expect(normalise(landed.text)).toContain("My own words.");
      expect(bare(landed.text).split(bare(suggestion))).toHaveLength(2);
      expect(await desk.countMessages()).toBe(before);
    });

    test("tells the dashboard within a second, and the alert links back", async () => {
      const dashboard = await chromium.context.newPage();
      await signIn(dashboard, sync.url);
      const need = dashboard.locator("li.need", { hasText: /threat/i });
      await expect(need, "only what is opened now has one").toHaveCount(0);
      const threatens = () => [...document.querySelectorAll("li.need")].some(({ textContent }) => /threat/i.test(textContent ?? "")) && Date.now();
      const risen = dashboard.waitForFunction(threatens, undefined, { polling: 10 });
      await page.bringToFront();
      await conversation("own-8").open(page);
      const frame = await openPanel(page);
      const shown = await frame.waitForFunction(() => document.querySelector(".alert-line") && Date.now(), undefined, { polling: 10 });
      const delay_ms = Number(await (await risen).jsonValue()) - Number(await shown.jsonValue());
      expect(delay_ms).toBeLessThan(1000);
      await expect(need.locator(`a[href="${page.url()}"]`)).toBeVisible();
      await dashboard.close();
    });
  });
}

test.describe("livechat, live", () => {
  /** @type {import("../harness/sync.mjs").Sync} */
  let sync;
  /** @type {import("../harness/chromium.mjs").Chromium} */
  let chromium;

  test.beforeAll(async () => {
    test.setTimeout(900_000);
    await livechat.start();
    sync = await startSync();
    chromium = await launchChromium({ config: sync.config });
  });

  test.afterAll(async () => {
    await chromium?.close();
    await sync?.close();
    await livechat.stop();
  });

  test("an alert rises on the dashboard within a second of the message, and the agent hears who sees to it", async () => {
    const page = await chromium.context.newPage();
    await livechat.login(page);
    const inspector = await openInspector(chromium);
    await livechat.conversations[0].open(page);
    await inspector.settled(page);
    const dashboard = await chromium.context.newPage();
    await signIn(dashboard, sync.url);
    await page.bringToFront();
    const text = "I know where you work. If nobody answers today I will find you.";
    const inDom = page.waitForFunction((words) => document.body.innerText.includes(words) && Date.now(), text, { polling: 10 });
    const onDashboard = dashboard.waitForFunction(() => document.querySelector("li.need") && Date.now(), undefined, { polling: 10 });
    await livechat.say(text);
    const [said, risen] = await Promise.all([inDom, onDashboard].map(async (handle) => Number(await (await handle).jsonValue())));
    expect(risen - said).toBeLessThan(1000);
    await dashboard.locator(".sees-to-it button").click();
    const panel = await openPanel(page);
    await expect(panel.locator(".alert-line")).toContainText("林秀英 is on it. Shared with your supervisor", { timeout: 20_000 });
  });
});
