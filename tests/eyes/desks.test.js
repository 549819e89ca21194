// @ts-check
/** The reader and the hands on the four real desks, started fresh from their seeds. EYES_DJANGO, EYES_RT, EYES_CHAT, EYES_TRAC name running ones instead. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { startDesk } from "../harness/desks.mjs";
import { SEED } from "../harness/paths.mjs";
import { scoreDesk } from "./score.js";
import { bundleEyes, eyesIn, openBrowser } from "./world.js";

const truth = JSON.parse(readFileSync(SEED, "utf8"));
/** Every fourth conversation with its place in the seed: some minutes for the desks. @type {[number, any][]} */
const sample = [...truth.entries()].filter(([at]) => at % 4 === 0);
const TEXT = "We are looking into it.\n\nYou hear from us \"today\" & by mail.";
/** @type {import("playwright-core").Browser} */
let browser;
let bundle = "";
before(async () => {
  bundle = await bundleEyes();
  browser = await openBrowser();
});
after(() => browser.close());

/** @param {import("playwright-core").Page} page */
async function readSoon(page) {
  await page.waitForLoadState("networkidle");
  const eyes = await eyesIn(page, bundle);
  const end = Date.now() + 10_000;
  let result = await eyes.read();
  while (!result.reading && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    result = await eyes.read();
  }
  return result;
}

/** @param {ReturnType<typeof scoreDesk>} score */
function judge(score) {
  assert.ok(score.E >= 0.95 && score.R >= 0.97 && score.customerPrecision >= 0.98 && score.order === 1 && score.requester === 1, JSON.stringify(score));
}

/** @param {import("../harness/desks.mjs").DeskName} name @param {string | undefined} url @param {import("node:test").TestContext} context */
async function deskAt(name, url, context) {
  if (url) return url;
  const desk = await startDesk(name);
  context.after(() => desk.stop());
  return desk.url;
}

/** @param {import("playwright-core").Page} page @param {string[]} urls */
async function silentOn(page, urls) {
  for (const url of urls) {
    await page.goto(url);
    await page.waitForLoadState("networkidle");
    const { reading, reasons } = await (await eyesIn(page, bundle)).read();
    assert.equal(reading, null, `${url}: ${reasons.join("; ")}`);
  }
}

test("django-helpdesk", async (context) => {
  const base = await deskAt("django-helpdesk", process.env.EYES_DJANGO, context);
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  await page.goto(`${base}/login/`);
  await page.fill("[name=username]", "agent");
  await page.fill("[name=password]", "agent-pw");
  await Promise.all([page.waitForURL((url) => !url.pathname.includes("login")), page.keyboard.press("Enter")]);
  const pairs = [];
  for (const [at, conversation] of sample) {
    await page.goto(`${base}/tickets/${at + 1}/`);
    pairs.push({ truth: conversation, reading: (await readSoon(page)).reading });
  }
  judge(scoreDesk(pairs, { notes: true }));
  await silentOn(page, [`${base}/`, `${base}/tickets/`, `${base}/tickets/submit/`, `${base}/settings/`, `${base}/reports/`, `${base}/kb/`, `${base}/tickets/1/edit/`]);
  await page.goto(`${base}/tickets/1/`);
  const eyes = await eyesIn(page, bundle);
  assert.equal((await eyes.insert(TEXT)).outcome, "no_reply_box");
  assert.equal((await eyes.openReplyForm()).outcome, "opened");
  assert.equal((await eyes.insert(TEXT)).outcome, "inserted");
  assert.equal(await page.inputValue("#commentBox"), TEXT);
  await page.uncheck("#id_public");
  await page.fill("#commentBox", "");
  assert.equal((await eyes.insert(TEXT)).outcome, "note_box_only");
  assert.equal(await page.inputValue("#commentBox"), "");
  await page.context().close();
});

test("Request Tracker", async (context) => {
  const base = await deskAt("request-tracker", process.env.EYES_RT, context);
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  await page.goto(base);
  await page.fill("[name=user]", "agent");
  await page.fill("[name=pass]", "agent-pw");
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  const pairs = [];
  for (const [at, conversation] of sample) {
    await page.goto(`${base}/Ticket/Display.html?id=${at + 1}`);
    pairs.push({ truth: conversation, reading: (await readSoon(page)).reading });
  }
  assert.deepEqual([...new Set(pairs.map(({ reading }) => reading?.reply_box))], ["elsewhere"]);
  judge(scoreDesk(pairs, { notes: true }));
  await silentOn(page, [`${base}/`, `${base}/Search/Results.html?Query=id%3E0`, `${base}/Prefs/Other.html`, `${base}/Ticket/Create.html?Queue=Care`, `${base}/Ticket/ModifyPeople.html?id=1`]);
  for (const [action, outcome] of [["Respond", "inserted"], ["Comment", "note_box_only"]]) {
    await page.goto(`${base}/Ticket/Update.html?id=1&Action=${action}`);
    await page.waitForFunction("window.CKEDITOR && Object.values(CKEDITOR.instances)[0]?.status === 'ready'");
    const { reading } = await readSoon(page);
    assert.equal(reading?.conversation.id, pairs[0]?.reading?.conversation.id, "the reply page belongs to the ticket");
    assert.equal((await (await eyesIn(page, bundle)).insert(TEXT)).outcome, outcome);
    const held = /** @type {string} */ (await page.evaluate("Object.values(CKEDITOR.instances)[0].getData()"));
    assert.equal(held.includes("looking into it"), outcome === "inserted", held);
  }
  await page.context().close();
});

test("live chat", async (context) => {
  const base = await deskAt("livechat", process.env.EYES_CHAT, context);
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  await page.goto(base);
  const pairs = [];
  for (const [, conversation] of sample) {
    await page.locator(".open-chat", { hasText: conversation.requester.name }).first().click();
    const last = conversation.messages.filter((/** @type {{ role: string }} */ message) => message.role !== "note").at(-1).text.slice(0, 20);
    await page.locator(".chat-msg__text", { hasText: last }).first().waitFor();
    pairs.push({ truth: conversation, reading: (await readSoon(page)).reading });
  }
  judge(scoreDesk(pairs, { notes: false }));
  const eyes = await eyesIn(page, bundle);
  assert.equal((await eyes.insert(TEXT)).outcome, "inserted");
  assert.equal(await page.locator("textarea:visible").inputValue(), TEXT);
  await page.context().close();
});

test("Trac", async (context) => {
  const base = await deskAt("trac", process.env.EYES_TRAC, context);
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 }, httpCredentials: { username: "agent", password: "agent-pw" } })).newPage();
  await page.goto(`${base}/desk/login`);
  const pairs = [];
  for (const [at, conversation] of truth.entries()) {
    await page.goto(`${base}/desk/ticket/${at + 1}`);
    pairs.push({ truth: conversation, reading: (await readSoon(page)).reading });
  }
  judge(scoreDesk(pairs, { notes: false }));
  await silentOn(page, ["wiki", "report", "query", "timeline", "newticket", "search?q=order", "prefs"].map((path) => `${base}/desk/${path}`));
  await page.context().close();
});
