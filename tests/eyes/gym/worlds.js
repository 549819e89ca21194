// @ts-check
/**
 * The two browsers behind one face. The hands run where a content script runs: in Chromium in an isolated world of the page, in Firefox as
 * the content script of an add-on, with Xray vision. The add-on is the hands alone, reached from the test by events on the document.
 */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import puppeteer from "puppeteer-core";
import { FIREFOX } from "../../harness/paths.mjs";
import { bundleEyes, eyesIn, openBrowser } from "../world.js";

/**
 * @typedef {object} World
 * @property {string} name
 * @property {string} version
 * @property {(url: string) => Promise<void>} open
 * @property {(expression: string) => Promise<any>} evaluate in the page's own world
 * @property {(expression: string, why: string) => Promise<void>} wait until it is true
 * @property {(method: "insertReply" | "replyBox" | "openReplyForm", ...args: string[]) => Promise<any>} call the hands
 * @property {(...keys: string[]) => Promise<void>} press one after the other, "Shift+ArrowRight"
 * @property {(x: number, y: number) => Promise<void>} click
 * @property {() => Promise<void>} close
 */

const WAIT_MS = 4_000;

/** @returns {Promise<World>} */
export async function chromiumWorld() {
  const bundle = await bundleEyes();
  const browser = await openBrowser();
  const page = await (await browser.newContext({ viewport: { width: 1000, height: 700 } })).newPage();
  /** @type {Awaited<ReturnType<typeof eyesIn>>} */
  let eyes;
  return {
    name: "Chromium",
    version: browser.version().split(".")[0] ?? "",
    async open(url) {
      await page.goto(url);
      eyes = await eyesIn(page, bundle);
      await eyes.evaluate("eyes.rememberFocus(document); 0");
    },
    evaluate: (expression) => page.evaluate(expression),
    async wait(expression) {
      await page.waitForFunction(expression, undefined, { timeout: WAIT_MS, polling: 20 });
    },
    async call(method, ...args) {
      return eyes.evaluate(`eyes.${method}(${[...args.map((arg) => JSON.stringify(arg)), "document"].join(", ")})`);
    },
    async press(...keys) {
      for (const key of keys) await page.keyboard.press(key);
    },
    click: (x, y) => page.mouse.click(x, y),
    close: () => browser.close(),
  };
}

/** Answers the page's questions with the hands' exports; only strings pass. */
const BRIDGE = `eyes.rememberFocus(document);
document.addEventListener("hands-call", async (event) => {
  const { method, args } = JSON.parse(event.detail);
  let answer;
  try { answer = { value: await eyes[method](...args, document) ?? null }; } catch (error) { answer = { error: String(error) }; }
  document.dispatchEvent(new CustomEvent("hands-answer", { detail: JSON.stringify(answer) }));
});
document.addEventListener("hands-ask", () => document.dispatchEvent(new CustomEvent("hands-ready")));
document.dispatchEvent(new CustomEvent("hands-ready"));`;

/** @returns {Promise<World>} */
export async function firefoxWorld() {
  const home = await mkdtemp(join(tmpdir(), "gym-firefox-"));
  const addOn = join(home, "add-on");
  await mkdir(addOn);
  const manifest = {
    manifest_version: 3, name: "hands", version: "1", host_permissions: ["http://127.0.0.1/*"],
    content_scripts: [{ matches: ["http://127.0.0.1/*"], js: ["hands.js"], run_at: "document_end" }],
    browser_specific_settings: { gecko: { id: "hands@gym.example" } },
  };
  await writeFile(join(addOn, "manifest.json"), JSON.stringify(manifest));
  await writeFile(join(addOn, "hands.js"), `(() => {\n${await bundleEyes()}\n${BRIDGE}\n})();`);
  const browser = await puppeteer.launch({ browser: "firefox", executablePath: FIREFOX, headless: true, userDataDir: join(home, "profile"), defaultViewport: { width: 1000, height: 700 } });
  await browser.installExtension(addOn);
  const page = await browser.newPage();
  return {
    name: "Firefox",
    version: ((await browser.version()).match(/\d+/) ?? [""])[0],
    async open(url) {
      await page.goto(url);
    },
    evaluate: (expression) => page.evaluate(expression),
    async wait(expression, why) {
      const met = await page.evaluate(`new Promise((resolve) => {
        const end_ms = performance.now() + ${WAIT_MS};
        const look = () => {
          if (${expression}) resolve(true);
          else if (performance.now() > end_ms) resolve(false);
          else setTimeout(look, 15);
        };
        look();
      })`);
      if (!met) throw new Error(`not ${why} within ${WAIT_MS} ms`);
    },
    async call(method, ...args) {
      const question = JSON.stringify(JSON.stringify({ method, args }));
      const answer = JSON.parse(/** @type {string} */ (await page.evaluate(`new Promise((resolve) => {
        const ask = () => {
          document.removeEventListener("hands-ready", ask);
          document.addEventListener("hands-answer", (event) => resolve(event.detail), { once: true });
          document.dispatchEvent(new CustomEvent("hands-call", { detail: ${question} }));
        };
        document.addEventListener("hands-ready", ask);
        document.dispatchEvent(new CustomEvent("hands-ask"));
      })`)));
      if (answer.error !== undefined) throw new Error(answer.error);
      return answer.value;
    },
    async press(...keys) {
      for (const chord of keys) {
        const parts = /** @type {import("puppeteer-core").KeyInput[]} */ (chord.split("+"));
        const key = /** @type {import("puppeteer-core").KeyInput} */ (parts.pop());
        for (const part of parts) await page.keyboard.down(part);
        await page.keyboard.press(key);
        for (const part of parts.reverse()) await page.keyboard.up(part);
      }
    },
    click: (x, y) => page.mouse.click(x, y),
    async close() {
      await browser.close();
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
