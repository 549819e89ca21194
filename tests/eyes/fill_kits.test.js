// @ts-check
/** The hands in the forms of component kits: fields found and named, the kit's own model filled and taken back, no list left open, nothing submitted. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { build } from "esbuild";
import { bundleEyes, eyesIn, openBrowser } from "./world.js";

/** @type {import("playwright-core").Browser} */
let browser;
/** @type {import("playwright-core").Page} */
let page;
let bundle = "";

before(async () => {
  const [eyes, built] = await Promise.all([
    bundleEyes(),
    // An alias is looked up from the folder that the build runs in.
    build({ absWorkingDir: new URL(".", import.meta.url).pathname, entryPoints: [new URL("gym/kits.js", import.meta.url).pathname], bundle: true, format: "iife", globalName: "gym", write: false, outdir: "out", alias: { vue: "vue/dist/vue.esm-bundler.js" }, define: { "process.env.NODE_ENV": '"production"', global: "globalThis", __VUE_OPTIONS_API__: "true", __VUE_PROD_DEVTOOLS__: "false", __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false" }, loader: { ".css": "text" }, external: ["*.woff", "*.woff2", "*.ttf", "*.eot", "*.svg", "*.png", "*.gif"], logLevel: "error" }),
  ]);
  bundle = eyes;
  const script = /** @type {{ text: string }} */ (built.outputFiles.find((file) => file.path.endsWith(".js"))).text;
  const html = `<!doctype html><meta charset="utf-8"><title>gym</title><h1>Ticket 12</h1><form><div id="host" style="width:560px"></div><button type="submit">保存</button></form>
<script>window.sends = 0; addEventListener("submit", (event) => { event.preventDefault(); sends++; });</script><script src="/gym.js"></script>`;
  browser = await openBrowser();
  page = await (await browser.newContext({ viewport: { width: 1000, height: 900 } })).newPage();
  await page.route("http://gym.test/**", (route) => route.fulfill(route.request().url().endsWith(".js") ? { contentType: "text/javascript", body: script } : { contentType: "text/html; charset=utf-8", body: html }));
});
after(() => browser.close());

/** @typedef {import("../../extension/wire").FormField} FormField @typedef {import("../../extension/wire").FillResult} FillResult */

/** A list or calendar that hangs over the page, below any height a field has. */
const OPEN = `[...document.querySelectorAll("body *")].filter((part) => /absolute|fixed/.test(getComputedStyle(part).position) && part.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && part.getBoundingClientRect().height > 80 && part.getBoundingClientRect().width > 80).length`;

/** @typedef {[label: string, kind: string, texts: string[], name: string, value: unknown]} Row @type {Record<"category" | "tags" | "region" | "ways" | "urgent" | "date", Row>} */
const rows = {
  category: ["问题分类", "choice", ["退货退款"], "category", "refund"],
  tags: ["标签", "choice", ["退货退款"], "tags", "refund"],
  region: ["地区", "choice", ["浙江 / 宁波"], "region", "nb"],
  ways: ["联系渠道", "choices", ["电话", "短信"], "ways", "phone,sms"],
  urgent: ["客户加急", "tick", ["on"], "urgent", true],
  date: ["购买日期", "date", ["2026-03-05"], "date", "2026-03-05"],
};
/** Which fields each kit's form has, in their order. @type {Record<string, Row[]>} */
const kits = {
  element_plus: [rows.category, rows.tags, rows.region, rows.ways, rows.urgent, rows.date],
  naive_ui: [rows.category, rows.tags, rows.region, rows.ways, rows.urgent, rows.date],
  ant_design: [rows.category, rows.tags, rows.ways, rows.date],
  layui: [rows.category, rows.ways, rows.urgent],
  vant_sheet: [rows.category, rows.ways, rows.urgent],
};
/** Nothing in the field takes its choice away: it is said. @type {Record<string, Row[]>} */
const staying = { vant_sheet: [rows.category] };

for (const [kit, fields] of Object.entries(kits)) {
  test(`${kit}: filled in its own model, taken back, nothing left open`, async () => {
    await page.goto("http://gym.test/ticket/12");
    const eyes = await eyesIn(page, bundle);
    await page.evaluate(`Promise.resolve(gym.${kit}(document.getElementById("host"))).then((model) => { window.model = model; })`);
    await page.waitForFunction(`window.model && document.querySelector("#host").getBoundingClientRect().height > 100`);
    await eyes.evaluate("globalThis.filler = eyes.createFiller(document, () => null); undefined");
    /** @returns {Promise<FormField[]>} */
    const read = async () => (await eyes.evaluate("eyes.readForm(document, null)")).fields;
    assert.deepEqual((await read()).map(({ label, kind }) => [label, kind]), fields.map(([label, kind]) => [label, kind]));
    const before = /** @type {Record<string, unknown>} */ (await page.evaluate("model()"));
    for (const row of fields) {
      const [label, , texts, name, value] = row;
      const stays = staying[kit]?.includes(row) ?? false;
      const field = /** @type {FormField} */ ((await read()).find((one) => one.label === label));
      const values = texts.map((text) => field.options.find((option) => option.text === text)?.value ?? text);
      assert.deepEqual(await eyes.evaluate(`filler.fill(1, ${JSON.stringify([{ key: field.key, before: field.values, values }])})`), [{ key: field.key, outcome: "filled" }], label);
      assert.deepEqual(await page.evaluate("model()"), { ...before, [name]: value }, label);
      // What was let go of may still be fading.
      await page.waitForFunction(`${OPEN} === 0`, undefined, { timeout: 1_000 }).catch(() => assert.fail(`${label}: left open`));
      assert.deepEqual(await eyes.evaluate("filler.undo(1)"), [{ key: field.key, outcome: stays ? "not_kept" : "filled" }], `${label} taken back`);
      if (stays) Object.assign(before, { [name]: value });
      assert.deepEqual(await page.evaluate("model()"), before, `${label} taken back`);
    }
    assert.equal(await page.evaluate("sends"), 0);
  });
}
