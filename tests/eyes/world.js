// @ts-check
/**
 * The eyes and hands in a browser as the extension runs them: bundled into one function scope and evaluated in an isolated world of the page.
 */
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const content = join(here, "../../extension/content");

/** @param {string[]} [further] modules to look into @returns {Promise<string>} a script that yields the object of all exports */
export async function bundleEyes(further = []) {
  const names = [...further, "reader", "observer", "writer", "activity", "boxes", "box_chooser", "caret_memory", "dom", "teach_known", "teach_candidates", "teach_learn", "forms", "fill", "forms_watch"];
  const entry = names.map((name) => `export * from ${JSON.stringify(join(content, `${name}.js`))};`).join("\n");
  const built = await build({ stdin: { contents: entry, resolveDir: content }, bundle: true, format: "iife", globalName: "eyes", write: false, target: "es2022" });
  return /** @type {{ text: string }} */ (built.outputFiles[0]).text;
}

export function openBrowser() {
  return chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
}

const READ = "(() => { const reader = eyes.createReader(document); const reading = reader.read(); return { reading, reasons: reader.reasons() }; })()";
/** Late in the day: of the hours on a made-up page none is still to come, which a page never shows and a reader takes for yesterday's. */
const READ_LATE = `(() => { const { now } = Date; Date.now = () => new Date().setHours(23, 58); try { return ${READ}; } finally { Date.now = now; } })()`;

/**
 * @param {import("playwright-core").Page} page
 * @param {string} bundle
 */
export async function eyesIn(page, bundle) {
  const cdp = await page.context().newCDPSession(page);
  const { frameTree } = await cdp.send("Page.getFrameTree");
  const { executionContextId } = await cdp.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id, worldName: "warmseat" });
  /** @param {string} expression @returns {Promise<any>} */
  const evaluate = async (expression) => {
    const answer = await cdp.send("Runtime.evaluate", { expression, contextId: executionContextId, awaitPromise: true, returnByValue: true });
    if (answer.exceptionDetails) throw new Error(answer.exceptionDetails.exception?.description ?? answer.exceptionDetails.text);
    return answer.result.value;
  };
  await evaluate(`${bundle}; globalThis.eyes = eyes; undefined`);
  return {
    page,
    evaluate,
    read: () => evaluate(READ),
    insert: (/** @type {string} */ text) => evaluate(`eyes.insertReply(${JSON.stringify(text)}, document)`),
    insertAsking: (/** @type {string} */ text) => evaluate(`eyes.insertReply(${JSON.stringify(text)}, document, eyes.askForBox)`),
    replyBox: () => evaluate("eyes.replyBox(document)"),
    openReplyForm: () => evaluate("eyes.openReplyForm(document)"),
  };
}

/**
 * Serves one page after the other at an address of its own.
 * @param {import("playwright-core").Page} page
 * @returns {Promise<(html: string, url?: string) => Promise<void>>}
 */
export async function servePage(page) {
  let html = "";
  await page.route("http://desk.test/**", (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body: html }));
  return async (next, url = "http://desk.test/x") => {
    html = next;
    await page.goto(url);
  };
}

/**
 * A browser whose one page shows what it is given, with the eyes in it.
 * @param {number} [height]
 */
export async function openWorld(height = 800) {
  const bundle = await bundleEyes();
  const browser = await openBrowser();
  const page = await (await browser.newContext({ viewport: { width: 1280, height } })).newPage();
  const serve = await servePage(page);
  /** @param {string} html @param {string} [url] */
  async function show(html, url) {
    await serve(html, url);
    const eyes = await eyesIn(page, bundle);
    return { ...eyes, read: () => eyes.evaluate(READ_LATE) };
  }
  return { show, close: () => browser.close() };
}
