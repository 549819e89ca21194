// R16: whatever is killed, the helpdesk page works as if Warmseat were not there, the overlay says what is off, and all comes back.
import { expect, test } from "@playwright/test";
import { boxes, publicBox, type } from "../desk-score/boxes.mjs";
import * as desk from "../desk-score/desks/livechat.mjs";
import { evaluateInOffscreen, killEngine, launchChromium, stopServiceWorker } from "../harness/chromium.mjs";
import { openInspector } from "../harness/inspect.mjs";
import { insertFirst, openPanel, parts, press } from "../harness/overlay.mjs";
import { startSync } from "../harness/sync.mjs";
import { until } from "../harness/until.mjs";
import { errorsOf } from "./helpers.js";

test.describe("killed in mid-use", () => {
  /** @type {import("../harness/sync.mjs").Sync} */
  let sync;
  /** @type {import("../harness/chromium.mjs").Chromium} */
  let chromium;
  /** @type {import("playwright-core").Page} */
  let page;
  /** @type {import("../harness/inspect.mjs").Inspector} */
  let inspector;
  /** @type {string[]} */
  let errors;

  test.beforeAll(async () => {
    test.setTimeout(900_000);
    await desk.start();
    sync = await startSync();
  });
  test.afterAll(async () => {
    await sync?.close();
    await desk.stop();
  });
  test.beforeEach(async () => {
    chromium = await launchChromium({ config: sync.config });
    page = await chromium.context.newPage();
    await desk.login(page);
    inspector = await openInspector(chromium);
    await desk.conversations[1].open(page);
    await openPanel(page);
    await inspector.settled(page);
    errors = errorsOf(page);
    await type(page, await publicBox(page), "I am writing this");
  });
  test.afterEach(async () => {
    await chromium.close();
  });

  /** The page is as the agent left it: the draft stands, typing works, nothing was thrown. */
  async function expectUnharmed() {
    await type(page, await publicBox(page), " and go on");
    await expect.poll(async () => (await boxes(page)).map(({ text }) => text)).toContain("I am writing this and go on");
    expect(errors).toEqual([]);
  }

  /** A new customer message is understood again. @param {string} text */
  async function expectUnderstood(text) {
    await desk.conversations[0].open(page);
    await desk.say(text);
    await expect
      .poll(async () => (await inspector.of(page))?.messages.filter((message) => message.text === text).length, { timeout: 60_000 })
      .toBe(1);
    const reading = await inspector.settled(page, { timeoutMs: 60_000 });
    expect(reading.scene.engine.state).toBe("ready");
    expect(reading.scene.conversation?.mood.course.at(-1)?.excerpt).toContain(text.slice(0, 20));
  }

  test("the engine traps: it comes back by itself", async () => {
    await killEngine(chromium, "trap");
    await expectUnharmed();
    await expectUnderstood("The engine came back and reads this line.");
    await expect(parts(await openPanel(page)).off).toHaveCount(0);
  });

  test("the engine traps twice: the overlay says so, and one click brings it back", async () => {
    await killEngine(chromium, "trap");
    await until("the engine is back", async () => (await inspector.of(page))?.scene.engine.state === "ready", { timeoutMs: 60_000 });
    await killEngine(chromium, "trap");
    const { off } = parts(await openPanel(page));
    await expect(off).toContainText("engine is off");
    await expectUnharmed();
    await press(page, off.getByRole("button"));
    await expect(off).toHaveCount(0);
    await expectUnderstood("Restarted on the agent's wish.");
  });

  test("the engine vanishes without a word: it is missed and replaced", async () => {
    await killEngine(chromium, "silent");
    await expectUnharmed();
    await expectUnderstood("Nobody said goodbye, but I am still here.");
  });

  test("the service worker dies: nothing changes", async () => {
    await stopServiceWorker(chromium);
    await expectUnharmed();
    await expectUnderstood("The service worker is gone.");
    await insertFirst(page);
    const suggestion = (await inspector.of(page))?.scene.conversation?.suggestions[0].text ?? "?";
    await expect.poll(async () => (await boxes(page)).some(({ text }) => text.includes(suggestion.slice(0, 40)))).toBe(true);
  });

  test("the offscreen document closes: overlay and page reconnect", async () => {
    // The debugger's own answer is lost with the document.
    await Promise.race([evaluateInOffscreen(chromium, "window.close()"), until("closed", () => new Promise((done) => setTimeout(() => done(true), 1000)))]);
    await expectUnharmed();
    await expectUnderstood("A new document took over.");
  });
});

test.describe("the server is away for a while", () => {
  /** @type {import("../harness/sync.mjs").Sync} */
  let sync;
  /** @type {import("../harness/chromium.mjs").Chromium} */
  let chromium;
  test.beforeAll(async () => {
    test.setTimeout(900_000);
    await desk.start();
    sync = await startSync();
    chromium = await launchChromium({ config: sync.config });
  });
  test.afterAll(async () => {
    await chromium?.close();
    await sync?.close();
    await desk.stop();
  });

  test("nothing is lost: every event arrives afterwards, once", async () => {
    test.setTimeout(240_000);
    const page = await chromium.context.newPage();
    await desk.login(page);
    const inspector = await openInspector(chromium);
    /** @param {number} index */
    const read = async (index) => {
      await desk.conversations[index].open(page);
      return inspector.settled(page, { timeoutMs: 30_000 });
    };
    await read(0);
    await until("the first events have left", async () => ((await inspector.of(page))?.waiting.length === 0 ? (await sync.eventIds()).length : 0));
    const before = await sync.eventIds();

    await sync.stop();
    for (const index of [1, 2, 3]) await read(index);
    const waiting = (await inspector.of(page))?.waiting.map(({ id }) => id) ?? [];
    expect(waiting.length).toBeGreaterThan(5);
    await expect(parts(await openPanel(page)).answers.first()).toBeVisible();
    expect(await sync.eventIds()).toEqual(before);

    // Killed on top of it: the outbox is on disk.
    await killEngine(chromium, "trap");
    await sync.start();
    await until("nothing waits any more", async () => {
      const inspection = await inspector.of(page);
      return inspection?.scene.engine.state === "ready" && inspection.waiting.length === 0;
    }, { timeoutMs: 120_000, everyMs: 250 });
    const after = await sync.eventIds();
    expect(after.filter((id) => waiting.includes(id)).sort()).toEqual([...new Set(waiting)].sort());
    expect(new Set(after).size).toBe(after.length);
  });
});
