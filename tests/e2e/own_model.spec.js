// A team's own model, the whole way: checked in the administrator's browser, shared, fetched by an agent's, kept over a restart, removed.
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { send, serve } from "../desks/own/house.mjs";
import { violations } from "../harness/axe.mjs";
import { killEngine, launchChromium } from "../harness/chromium.mjs";
import { launchFirefox, openPanelInFirefox, textInFirefox } from "../harness/firefox.mjs";
import { openInspector } from "../harness/inspect.mjs";
import { openPanel, parts } from "../harness/overlay.mjs";
import { ROOT } from "../harness/paths.mjs";
import { startSync } from "../harness/sync.mjs";
import { ticketPage } from "../harness/ticket_page.mjs";
import { until } from "../harness/until.mjs";
import { signIn } from "./helpers.js";

const TEXT = "can I take my bicycle with me on the train tomorrow";
const NAME = "Bike on board";

/** @param {...string} names */
const fixture = (...names) => names.map((name) => join(ROOT, "own-model/fixtures", name));

/** A server with one ticket on every path.  @param {string} [head] HTML */
function serveTicket(head) {
  const page = ticketPage({ subject: "#1 Question", messages: ["Hello, I have a question.", "Hello, what is it about?", TEXT], head });
  return serve((_, response) => send(response, "text/html", page));
}

test("a team's own model gives the class until it is removed", async () => {
  const desk = await serveTicket();
  const sync = await startSync();
  const boss = await launchChromium({ extension: null });
  const chromium = await launchChromium({ config: sync.config });
  try {
    const dashboard = await boss.context.newPage();
    await signIn(dashboard, sync.url);
    await dashboard.goto(`${sync.url}/dashboard/own-model`);
    const content = dashboard.locator("main#content");
    await expect(content).toContainText("The built-in model is in use");
    const files = dashboard.locator("input[type=file]");

    await files.setInputFiles(fixture("foreign_operator.onnx", "bert/tokenizer.json", "bert/config.json"));
    await expect(content).toContainText("operator com.example.FusedWhatever (opset 3), which is not supported");
    await expect(content.getByRole("button", { name: "Use for the team" })).toHaveCount(0);

    await files.setInputFiles(fixture("distilbert/model.onnx", "distilbert/tokenizer.json", "distilbert/labels.json"));
    await expect(content).toContainText("It works here, with 6 labels.", { timeout: 20_000 });
    await dashboard.getByLabel("Try it").fill(TEXT);
    await dashboard.getByRole("button", { name: "Try", exact: true }).click();
    await expect(dashboard.locator(".own-model-scores li").first()).toContainText(NAME);
    await expect(content).toContainText("ms in this browser");
    await expect(dashboard.getByLabel("退款进度")).toHaveValue("refund_status");
    await expect(dashboard.getByLabel(NAME)).toHaveValue("");
    await dashboard.getByLabel("account_access").selectOption("technical_fault");
    expect(await violations(dashboard)).toEqual([]);

    const inspector = await openInspector(chromium);
    const page = await chromium.context.newPage();
    const open = async () => {
      await page.goto(`${desk.url}/tickets/1`);
      const frame = await openPanel(page);
      await inspector.settled(page);
      return frame;
    };
    const ours = await parts(await open()).intent.textContent();
    expect(ours).not.toBe(NAME);

    await dashboard.getByRole("button", { name: "Use for the team" }).click();
    const listed = dashboard.locator("li.taught");
    await expect(listed).toContainText("model.onnx");
    await listed.getByText("6 labels").click();
    await expect(listed).toContainText("App, site, device or service not working");

    // A page that opens finds what the team shares at most five seconds old.
    let frame = await open();
    await expect(parts(frame).intent).toHaveText(NAME, { timeout: 20_000 });
    await expect(frame.locator(".wants")).toContainText("by your team's model");
    await expect(inspector.page.locator("#facts")).toContainText("model.onnx · gives the classes", { timeout: 10_000 });

    await sync.stop();
    await killEngine(chromium, "silent");
    frame = await open();
    await expect(parts(frame).intent, "kept on the device").toHaveText(NAME, { timeout: 20_000 });
    await sync.start();

    await listed.getByRole("button", { name: /^Remove/ }).click();
    await listed.getByRole("group").getByRole("button", { name: "Remove" }).click();
    await expect(content).toContainText("The built-in model is in use");
    frame = await open();
    await expect(parts(frame).intent).toHaveText(ours ?? "", { timeout: 20_000 });
    await expect(frame.locator(".wants")).not.toContainText("by your team's model");
  } finally {
    await chromium.close();
    await boss.close();
    await sync.close();
    await desk.stop();
  }
});

test.describe("a team's own model gives the class", () => {
  /** @type {import("../harness/sync.mjs").Sync} */
  let sync;
  test.beforeAll(async () => {
    sync = await startSync();
    await sync.signIn();
    await sync.shareModel(join(ROOT, "own-model/fixtures/distilbert"));
  });
  test.afterAll(() => sync?.close());

  test("in the widget on another's page", async () => {
    const desk = await serveTicket(`<script src="${sync.url}/widget/widget.js" data-team="demo" defer></script>`);
    const chromium = await launchChromium({ extension: null });
    try {
      const page = await chromium.context.newPage();
      await page.goto(desk.url);
      await expect(parts(await openPanel(page)).intent).toHaveText(NAME, { timeout: 60_000 });
    } finally {
      await chromium.close();
      await desk.stop();
    }
  });

  test("in Firefox", async () => {
    test.setTimeout(180_000);
    const desk = await serveTicket();
    const firefox = await launchFirefox({ config: sync.config });
    try {
      const page = await firefox.browser.newPage();
      await page.goto(desk.url);
      const frame = await openPanelInFirefox(page);
      await until("the model's class", async () => (await textInFirefox(frame, ".wants .class-name")) === NAME, { timeoutMs: 60_000, everyMs: 200 });
    } finally {
      await firefox.close();
      await desk.stop();
    }
  });
});
