// @ts-check
/** The hands in real form fields: the page's own model has the value, it shows, undo takes it back, and nothing is ever submitted. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { build } from "esbuild";
import { bundleEyes, eyesIn, openBrowser } from "./world.js";

/** @type {import("playwright-core").Browser} */
let browser;
/** @type {import("playwright-core").Page} */
let page;
let html = "", bundle = "";

before(async () => {
  const [eyes, built] = await Promise.all([
    bundleEyes(),
    build({ entryPoints: [new URL("gym/forms.js", import.meta.url).pathname], bundle: true, format: "iife", globalName: "gym", write: false, outdir: "out", define: { "process.env.NODE_ENV": '"production"', global: "globalThis", __VUE_OPTIONS_API__: "true", __VUE_PROD_DEVTOOLS__: "false", __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false" }, loader: { ".css": "text" }, logLevel: "error" }),
  ]);
  bundle = eyes;
  const script = /** @type {{ text: string }} */ (built.outputFiles.find((file) => file.path.endsWith(".js"))).text;
  browser = await openBrowser();
  page = await (await browser.newContext({ viewport: { width: 1000, height: 800 } })).newPage();
  await page.route("http://gym.test/**", (route) => route.fulfill(route.request().url().endsWith(".js") ? { contentType: "text/javascript", body: script } : { contentType: "text/html; charset=utf-8", body: html }));
});
after(() => browser.close());

/** @param {string} form */
async function show(form) {
  html = `<!doctype html><meta charset="utf-8"><title>gym</title><h1>Ticket 12</h1>${form}
<script>window.sends = 0; addEventListener("submit", (event) => { event.preventDefault(); sends++; });</script><script src="/gym.js"></script>`;
  await page.goto("http://gym.test/ticket/12");
  const eyes = await eyesIn(page, bundle);
  await eyes.evaluate("globalThis.filler = eyes.createFiller(document, () => null); undefined");
  return eyes;
}

/** @param {string} name */
async function mount(name) {
  const eyes = await show(`<form><div id="host"></div><button type="submit">Save</button></form>`);
  await page.evaluate(`Promise.resolve(gym.${name}(document.getElementById("host"))).then((model) => { window.model = model; })`);
  await page.waitForFunction(`window.model && document.querySelector("#host").getBoundingClientRect().height > 15`);
  return eyes;
}

/** @typedef {import("../../extension/wire").FormField} FormField @typedef {import("../../extension/wire").FillResult} FillResult */
/** @param {Awaited<ReturnType<typeof eyesIn>>} eyes @returns {Promise<FormField[]>} */
const fieldsOf = async (eyes) => (await eyes.evaluate("eyes.readForm(document, null)")).fields;
/** @param {Awaited<ReturnType<typeof eyesIn>>} eyes @param {Partial<FormField>} field @param {string[]} values @returns {Promise<FillResult[]>} */
const fill = (eyes, field, values) => eyes.evaluate(`filler.fill(1, ${JSON.stringify([{ key: field.key, before: field.values, values }])})`);
/** @param {Awaited<ReturnType<typeof eyesIn>>} eyes @returns {Promise<FillResult[]>} */
const undo = (eyes) => eyes.evaluate("filler.undo(1)");

/** @type {[name: string, label: string, kind: string, values: string[], model: string, empty: string][]} */
const cases = [
  ["native_text", "Order no.", "text", ["AB-10001"], "AB-10001", ""],
  ["native_select", "Category", "choice", ["refund"], "refund", ""],
  ["native_multiple", "Category", "choices", ["refund", "billing"], "refund,billing", ""],
  ["native_date", "Purchase date", "date", ["2026-11-05"], "2026-11-05", ""],
  ["native_radios", "Priority", "choice", ["high"], "high", ""],
  ["native_ticks", "Tags", "choices", ["refund", "vip"], "refund,vip", ""],
  ["react_text", "Order no.", "text", ["订单 AB-1"], "订单 AB-1", ""],
  ["react_select", "Category", "choice", ["refund"], "refund", ""],
  ["react_radios", "Priority", "choice", ["high"], "high", "low"],
  ["react_masked", "Phone", "phone", ["13812345678"], "13812345678", ""],
  ["vue_text", "Order no.", "text", ["AB-10001"], "AB-10001", ""],
  ["vue_lazy", "Order no.", "text", ["AB-10001"], "AB-10001", ""],
  ["vue_select", "Category", "choice", ["refund"], "refund", ""],
  ["select2_single", "Category", "choice", ["refund"], "refund|Refund", "|Select…"],
  ["select2_multiple", "Category", "choices", ["refund", "billing"], "refund,billing|Refund,Billing", "|"],
  ["bootstrap_select", "Category", "choice", ["refund"], "refund|Refund", "|Select…"],
  ["choices_single", "Category", "choice", ["refund"], "refund|Refund", "|Select…"],
  ["react_select_widget", "Category", "choice", ["Refund"], "refund", ""],
  ["radix_select", "Category", "choice", ["refund"], "refund", ""],
  ["aria_listbox", "Category", "choice", ["Refund"], "refund", ""],
  ["flatpickr_plain", "Purchase date", "date", ["2026-03-05"], "2026-03-05", ""],
  ["flatpickr_typed", "Purchase date", "date", ["2026-03-05"], "2026-03-05", ""],
  ["flatpickr_alternative", "Purchase date", "date", ["2026-03-05"], "2026-03-05", ""],
  ["formatted_date", "Delivery date", "date", ["2026-03-05"], "03/05/2026", ""],
  ["shadow_field", "Order no.", "text", ["AB-10001"], "AB-10001", ""],
  ["frame_field", "Order no.", "text", ["AB-10001"], "AB-10001", ""],
];

for (const [name, label, kind, values, model, empty] of cases) {
  test(`${name}: filled, shown, taken back`, async () => {
    const eyes = await mount(name);
    const [field, ...others] = await fieldsOf(eyes);
    assert.ok(field, "the field is found");
    assert.deepEqual([others.length, field.label, field.kind], [0, label, kind], JSON.stringify(others));
    assert.deepEqual(await fill(eyes, field, values), [{ key: field.key, outcome: "filled" }], JSON.stringify([field, await page.evaluate("model()"), await fieldsOf(eyes)]));
    assert.equal(await page.evaluate("model()"), model);
    assert.deepEqual(await undo(eyes), [{ key: field.key, outcome: "filled" }], JSON.stringify([await page.evaluate("model()"), await fieldsOf(eyes)]));
    assert.equal(await page.evaluate("model()"), empty);
    assert.deepEqual((await fieldsOf(eyes))[0]?.values, field.values);
    assert.equal(await page.evaluate("sends"), 0);
  });
}

test("a page that keeps nothing is said to have kept nothing", async () => {
  const eyes = await mount("react_stubborn");
  const [field] = await fieldsOf(eyes);
  assert.equal((await fill(eyes, /** @type {FormField} */ (field), ["AB-1"]))[0]?.outcome, "not_kept");
  assert.equal(await page.evaluate("model()"), "");
});

/** @type {[why: string, form: string, before: string[] | null, values: string[], outcome: string, value: string][]} */
const refusals = [
  ["what changed meanwhile is left alone", `<form><label>Order no. <input value="typed since"></label><button>Save</button></form>`, [], ["AB-1"], "changed", "typed since"],
  ["a locked field is left alone", `<form><label>Order no. <input value="A" readonly></label><button>Save</button></form>`, null, ["AB-1"], "locked", "A"],
  ["an option that is not there", `<form><label>Category <select><option value="">–<option value="a">A</select></label><button>Save</button></form>`, null, ["b"], "no_such_option", ""],
  ["a field that says it submits", `<form action="/gone"><label>Category <select onchange="this.form.submit()"><option value="">–<option value="a">A</select></label><button>Save</button></form>`, null, ["a"], "would_submit", ""],
  ["a field whose script submits", `<form action="/gone"><label>Category <select id="s"><option value="">–<option value="a">A</select></label><button>Save</button></form><script>s.addEventListener("change", () => s.form.submit())</script>`, null, ["a"], "would_submit", ""],
  ["a field whose script asks to submit", `<form action="/gone"><label>Category <select id="s"><option value="">–<option value="a">A</select></label><button>Save</button></form><script>s.addEventListener("change", () => s.form.requestSubmit())</script>`, null, ["a"], "would_submit", ""],
];
for (const [why, form, before, values, outcome, value] of refusals) {
  test(why, async () => {
    const eyes = await show(form);
    const [field] = await fieldsOf(eyes);
    assert.ok(field);
    const results = await fill(eyes, { ...field, values: before ?? field.values }, values);
    assert.equal(results[0]?.outcome, outcome);
    assert.equal(await page.evaluate("document.querySelector('input, select').value"), value);
    assert.equal(await page.evaluate("sends"), 0);
    assert.match(page.url(), /ticket\/12$/);
  });
}

test("a field that is not there any more", async () => {
  const eyes = await show(`<form><label>Order no. <input></label><button>Save</button></form>`);
  assert.deepEqual(await fill(eyes, { key: "nothing", values: [] }, ["x"]), [{ key: "nothing", outcome: "gone" }]);
});

test("once the page shows another conversation nothing more is filled", async () => {
  const eyes = await show(`<form><label>Order no. <input name="order"></label><label>Phone <input type="tel" name="phone"></label><button>Save</button></form>`);
  const results = await eyes.evaluate(`globalThis.asked = 0; filler.fill(1, [{ key: "order", before: [], values: ["AB-1"] }, { key: "phone", before: [], values: ["13812345678"] }], () => ++asked < 2)`);
  assert.deepEqual(results, [{ key: "order", outcome: "filled" }, { key: "phone", outcome: "changed" }]);
  assert.deepEqual(await page.evaluate("[...document.querySelectorAll('input')].map((input) => input.value)"), ["AB-1", ""]);
});

test("undo leaves alone what the agent has changed since", async () => {
  const eyes = await show(`<form><label>Order no. <input name="order"></label><label>Phone <input type="tel" name="phone" value="123"></label><button>Save</button></form>`);
  await eyes.evaluate(`filler.fill(1, [{ key: "order", before: [], values: ["AB-1"] }, { key: "phone", before: ["123"], values: ["13812345678"] }])`);
  await page.fill("[name=order]", "mine");
  assert.deepEqual(await undo(eyes), [{ key: "phone", outcome: "filled" }, { key: "order", outcome: "changed" }]);
  assert.deepEqual(await page.evaluate("[...document.querySelectorAll('input')].map((input) => input.value)"), ["mine", "123"]);
  assert.deepEqual(await undo(eyes), [], "once");
});
