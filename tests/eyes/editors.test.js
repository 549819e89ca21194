// @ts-check
/** The hands in real editors: the text is in the editor's own model exactly once, what was there stays, nothing is sent, undo takes it back. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { bundleGym, editors, gymPage } from "./gym/build.js";
import { bundleEyes, eyesIn, openBrowser } from "./world.js";

const ONE = "Thank you, we have your parcel.";
const MANY = "Hello Marta,\n\n\"quoted\" & <b>x</b> – 您好 😀\nBest wishes";
/** @type {import("playwright-core").Browser} */
let browser;
/** @type {import("playwright-core").Page} */
let page;
let html = "", bundle = "";

before(async () => {
  const [eyes, scripts] = await Promise.all([bundleEyes(), bundleGym()]);
  bundle = eyes;
  browser = await openBrowser();
  page = await (await browser.newContext({ viewport: { width: 1000, height: 700 } })).newPage();
  await page.route("http://gym.test/**", (route) => {
    const script = scripts[new URL(route.request().url()).pathname.slice(1, -3)];
    return route.fulfill(script ? { contentType: "text/javascript", body: script } : { contentType: "text/html; charset=utf-8", body: html });
  });
});
after(() => browser.close());

/** @param {string} text */
const flat = (text) => text.replace(/[\s\u200b\ufeff]+/g, "");

/** The model as text; CKEditor's is HTML. @returns {Promise<string>} */
async function model() {
  const raw = /** @type {string} */ (await page.evaluate("model()"));
  if (!/^<(?:p|figure)>/.test(raw)) return raw;
  return raw.replace(/<\/p><p>|<br>/g, "\n").replace(/<[^>]+>/g, "").replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&nbsp;/g, " ").replace(/&ndash;/g, "–").replace(/&quot;/g, '"').replace(/&amp;/g, "&");
}

/** @param {string} group @param {string} name @param {string} start */
async function mount(group, name, start) {
  html = gymPage(group, name, start);
  await page.goto("http://gym.test/x");
  await page.waitForFunction("window.model");
  await page.waitForFunction(`document.querySelector("#host").getBoundingClientRect().height > 15`);
  await page.evaluate("new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50)))");
  return eyesIn(page, bundle);
}

for (const [group, names] of Object.entries(editors)) {
  for (const name of names) {
    for (const [place, start, text] of [["an empty box", "", ONE], ["an empty box, many lines", "", MANY], ["a box with words", "Existing words", ONE]]) {
      test(`${name}: ${place}`, async () => {
        const eyes = await mount(group, name, /** @type {string} */ (start));
        assert.equal(await eyes.replyBox(), "open");
        const result = await eyes.insert(/** @type {string} */ (text));
        const after = await model();
        assert.equal(result.outcome, "inserted", JSON.stringify({ result, after }));
        assert.equal(flat(after).split(flat(/** @type {string} */ (text))).length - 1, 1, JSON.stringify(after));
        assert.ok(flat(after).startsWith(flat(/** @type {string} */ (start))), "what was there stays first");
        assert.equal(await page.evaluate("sends"), 0);
        await page.keyboard.press("Control+z");
        await page.waitForFunction(`!model().includes("Thank you") && !model().includes("Hello Marta")`);
      });
    }
  }
}

for (const name of ["textarea", "react_textarea", "bare_editable", "prosemirror", "tiptap", "quill", "draft", "lexical_rich", "ckeditor5", "tinymce_inline"]) {
  test(`${name}: at the caret, and instead of a selection`, async () => {
    const group = /** @type {string} */ (Object.keys(editors).find((key) => editors[key]?.includes(name)));
    const eyes = await mount(group, name, "First words. Last words.");
    await page.locator("textarea:visible, [contenteditable=true]").first().click();
    await page.keyboard.press("Control+Home");
    for (let at = 0; at < 13; at++) await page.keyboard.press("ArrowRight");
    for (let at = 0; at < 4; at++) await page.keyboard.press("Shift+ArrowRight");
    await page.waitForFunction(`(document.getSelection()?.toString() || document.activeElement.value?.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd)) === "Last"`);
    assert.equal((await eyes.insert("New")).outcome, "inserted");
    assert.equal(flat(await model()), flat("First words. New words."));
  });
}

test("a signature stays below what is inserted", async () => {
  const eyes = await mount("fields", "textarea", "\n\n-- \nAnna Agent\nAcme Care");
  assert.equal((await eyes.insert(ONE)).outcome, "inserted");
  assert.equal(await model(), `${ONE}\n\n-- \nAnna Agent\nAcme Care`);
});

test("a field that is too small is left alone", async () => {
  const eyes = await mount("fields", "textarea", "");
  await page.evaluate("document.querySelector('textarea').maxLength = 10");
  assert.equal((await eyes.insert(ONE)).outcome, "copied");
  assert.equal(await model(), "");
});

test("it is not said to be on the clipboard where the page keeps that for itself", async () => {
  const eyes = await mount("fields", "textarea", "");
  await page.evaluate(`document.querySelector("textarea").maxLength = 10;
    addEventListener("copy", (event) => event.stopImmediatePropagation(), true)`);
  assert.equal((await eyes.insert(ONE)).outcome, "not_copied");
  assert.equal(await model(), "");
});
