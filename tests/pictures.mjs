// Takes the README's pictures from the built product, and on demand every screen for looking at.
// usage: node pictures.mjs [overlay-en|overlay-zh|dashboard-en…]   or   node pictures.mjs --look DIR
// dist/ and target/debug/sync-api must be built (cargo xtask build).
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { signIn } from "./e2e/helpers.js";
import * as django from "./desk-score/desks/django-helpdesk.mjs";
import { launchChromium } from "./harness/chromium.mjs";
import { openPanel } from "./harness/overlay.mjs";
import { ROOT } from "./harness/paths.mjs";
import { startSync } from "./harness/sync.mjs";

/** @typedef {import("playwright-core").Page} Page @typedef {import("./harness/chromium.mjs").LaunchOptions} LaunchOptions */

const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 390, height: 844 };
const IMAGES = join(ROOT, "docs/images");
/** A ticket of the demo desk whose customer grows impatient, in Chinese. */
const CHINESE_TICKET = "48213";

const { values, positionals } = parseArgs({ allowPositionals: true, options: { look: { type: "string" } } });

/** @param {LaunchOptions} options @param {(page: Page, chromium: import("./harness/chromium.mjs").Chromium) => Promise<void>} work */
async function inBrowser(options, work) {
  const chromium = await launchChromium(options);
  try {
    const page = await chromium.context.newPage();
    await page.setViewportSize(WIDE);
    await work(page, chromium);
  } finally {
    await chromium.close();
  }
}

/** The panel is open and says what the customer wants.  @param {Page} page */
async function understood(page) {
  const panel = await openPanel(page);
  await panel.locator(".wants .class-name").waitFor({ timeout: 60_000 });
  await panel.locator("li.answer").first().waitFor();
  await page.mouse.move(2, 2);
  await page.waitForTimeout(1_000);
}

/** @type {Record<string, () => Promise<void>>} */
const PICTURES = {
  async "overlay-en"() {
    await django.start();
    const sync = await startSync();
    await inBrowser({ config: sync.config }, async (page) => {
      await django.login(page);
      await django.conversations[1].open(page);
      await understood(page);
      await page.screenshot({ path: join(IMAGES, "overlay-en.png") });
    });
    await sync.close();
    await django.stop();
  },
  async "overlay-zh"() {
    const sync = await startSync();
    await inBrowser({ extension: null, locale: "zh-CN", colorScheme: "dark" }, async (page) => {
      await page.goto(`${sync.url}/demo/#/tickets/${CHINESE_TICKET}`);
      await understood(page);
      await page.screenshot({ path: join(IMAGES, "overlay-zh.png") });
    });
    await sync.close();
  },
  async "dashboard-en"() {
    const sync = await startSync({ history: true });
    await inBrowser({ extension: null }, async (page) => {
      await signIn(page, sync.url);
      await page.waitForTimeout(1_000);
      await page.screenshot({ path: join(IMAGES, "dashboard-en.png") });
    });
    await sync.close();
  },
};

/** Every page of the dashboard and the demo desk, the overlay on a real desk, the popup and the glass box: wide and narrow, light and dark, in both languages.  @param {string} folder */
async function look(folder) {
  await mkdir(folder, { recursive: true });
  const sync = await startSync({ history: true });
  await django.start();
  for (const locale of ["en-GB", "zh-CN"]) {
    for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
      /** @param {Page} page @param {string} name */
      const shootPage = async (page, name) => {
        for (const [width, size] of Object.entries({ wide: WIDE, narrow: NARROW })) {
          await page.setViewportSize(size);
          await page.waitForTimeout(600);
          await page.screenshot({ path: join(folder, `${name}-${locale.slice(0, 2)}-${colorScheme}-${width}.png`) });
        }
        await page.setViewportSize(WIDE);
      };
      await inBrowser({ config: sync.config, locale, colorScheme }, async (page, chromium) => {
        await django.login(page);
        await django.conversations[0].open(page);
        await understood(page);
        await shootPage(page, "desk");
        const popup = await chromium.open("popup.html");
        await shootPage(popup, "popup");
        const tab = await popup.evaluate(async (url) => (await chrome.tabs.query({})).find((one) => one.url === url)?.id, page.url());
        const box = await chromium.open(`inspect.html?tab=${tab}`);
        await box.locator("main").first().waitFor();
        await shootPage(box, "glass-box");
      });
      await inBrowser({ extension: null, locale, colorScheme }, async (page) => {
        /** @param {string} name */
        const shoot = (name) => shootPage(page, name);
        await page.goto(`${sync.url}/dashboard/`);
        await shoot("sign-in");
        await signIn(page, sync.url);
        for (const name of ["", "conversations", "today", "team", "taught", "labels", "own-model", "devices"]) {
          await page.goto(`${sync.url}/dashboard/${name}`);
          await page.locator("main#content h1").waitFor();
          await shoot(name || "now");
        }
        await page.goto(`${sync.url}/demo/#/tickets/${CHINESE_TICKET}`);
        await understood(page);
        await shoot("demo");
      });
    }
  }
  await django.stop();
  await sync.close();
}

if (values.look) await look(values.look);
else for (const name of positionals.length ? positionals : Object.keys(PICTURES)) await PICTURES[name]();
