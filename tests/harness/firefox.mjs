// A real Firefox with the built add-on, over WebDriver BiDi, and the overlay's frame in it.
import { cp, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join } from "node:path";
import puppeteer from "puppeteer-core";
import { layConfig } from "./config.mjs";
import { EXTENSION_FIREFOX, FIREFOX, RUN } from "./paths.mjs";
import { until } from "./until.mjs";

/** @typedef {import("puppeteer-core").Frame} Frame */

/** The add-on's host name in this profile; Firefox would draw one by lot. */
const UUID = "5f0c6a3e-7a1b-4c59-9d3e-2b8f0a9c1d77";

/** @param {{config?: import("./config.mjs").Config, prefs?: Record<string, unknown>}} [options] */
export async function launchFirefox({ config, prefs = {} } = {}) {
  if (!existsSync(join(EXTENSION_FIREFOX, "manifest.json"))) throw new Error(`no add-on in ${EXTENSION_FIREFOX}; build it first: cargo xtask build`);
  await mkdir(RUN, { recursive: true });
  const home = await mkdtemp(join(RUN, "firefox-"));
  const addOn = join(home, "add-on");
  await cp(EXTENSION_FIREFOX, addOn, { recursive: true });
  if (config) await layConfig(addOn, config);
  const { browser_specific_settings: settings } = JSON.parse(await readFile(join(addOn, "manifest.json"), "utf8"));
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: FIREFOX,
    headless: true,
    userDataDir: join(home, "profile"),
    extraPrefsFirefox: {
      "extensions.webextensions.uuids": JSON.stringify({ [settings.gecko.id]: UUID }),
      "intl.accept_languages": "en-GB, en",
      ...prefs,
    },
    // BiDi hides the frames of add-ons without it.
    args: ["--remote-allow-system-access"],
  });
  const id = await browser.installExtension(addOn);
  return {
    browser,
    id,
    async close() {
      await browser.close();
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/**
 * The overlay's frame. Its URL reads about:blank over BiDi; the document knows better.
 * @param {import("puppeteer-core").Page} page
 * @returns {Promise<import("puppeteer-core").Frame>}
 */
export function overlayInFirefox(page) {
  return until(
    "the overlay stands on the page",
    async () => {
      for (const frame of page.frames().slice(1)) {
        if (/^moz-extension:.*\/overlay\.html/.test(await frame.evaluate(() => location.href))) return frame;
      }
      return undefined;
    },
    { timeoutMs: 45_000, everyMs: 200 },
  );
}

/** @param {Frame} frame @param {string} selector */
export const textInFirefox = (frame, selector) => frame.evaluate((css) => document.querySelector(css)?.textContent?.trim() ?? "", selector);

/** Clicks the first of these, where there is one; with `words`, the first that has them.  @param {Frame} frame @param {string} selector @param {string} [words] */
export const pressInFirefox = (frame, selector, words = "") =>
  frame.evaluate((css, has) => [...document.querySelectorAll(css)].find((one) => one.textContent?.includes(has))?.dispatchEvent(new MouseEvent("click", { bubbles: true })), selector, words);

/** The open panel, with a class and a mood.  @param {import("puppeteer-core").Page} page */
export async function openPanelInFirefox(page) {
  const there = { timeoutMs: 60_000, everyMs: 200 };
  const frame = await overlayInFirefox(page);
  await until("the pill or the panel", () => frame.evaluate(() => document.querySelector("button.pill-open, main.panel") !== null), there);
  await pressInFirefox(frame, "button.pill-open");
  await until("a class", () => textInFirefox(frame, ".wants .class-name"), there);
  await until("a mood", async () => !/^(Warmseat|starting|loading.*)?$/.test(await textInFirefox(frame, ".mood-word")), there);
  return frame;
}

/**
 * The readings of pages, as the extension's glass box asks for them (extension/shared/panel.js), from its inspect page.
 * @param {import("puppeteer-core").Browser} browser
 */
export async function openInspectorInFirefox(browser) {
  const box = await browser.newPage();
  // Over BiDi the way to an add-on's page has no end that could be waited for; the page is there.
  box.goto(`moz-extension://${UUID}/inspect.html`).catch(() => undefined);
  await until("the inspect page", () =>
    box.evaluate(async () => {
      const { createPanel } = await import(/** @type {any} */ ("/panel.js"));
      Object.assign(globalThis, { panel: createPanel() });
      return true;
    }),
  );
  return {
    /** Undefined when the brain knows none.  @param {string} url @returns {Promise<import("../../extension/wire.d.ts").Inspection | undefined>} */
    of: (url) =>
      box.evaluate(async (wanted) => {
        const { panel } = /** @type {any} */ (globalThis);
        const { tabs } = await panel.tabs();
        const known = tabs.find((/** @type {{url: string}} */ tab) => tab.url === wanted);
        const result = known && (await panel.query(known.tab, { type: "inspect" }));
        return result?.type === "inspection" ? result : undefined;
      }, url),
  };
}
