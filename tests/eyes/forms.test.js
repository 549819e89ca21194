// @ts-check
/** The eyes on forms of different kinds: which fields there are, what they are called, take and hold; and pages and controls that are none of them. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { pages } from "./fixtures/forms.js";
import { bundleEyes, eyesIn, openBrowser, servePage } from "./world.js";

/** @typedef {import("../../extension/wire").FormField} FormField @typedef {{ fields: FormField[], saves_itself: boolean }} Form */
/** @type {{ pages: { name: string, saves_itself: boolean, left_out: string[], fields: { field: FormField, wants: string | null }[] }[] }} */
const truth = JSON.parse(readFileSync(new URL("fixtures/form_truth.json", import.meta.url), "utf8"));
/** @type {import("playwright-core").Browser} */
let browser;
/** @type {(html: string) => Promise<Awaited<ReturnType<typeof eyesIn>>>} */
let show;

before(async () => {
  const bundle = await bundleEyes();
  browser = await openBrowser();
  const page = await (await browser.newContext({ viewport: { width: 1200, height: 900 } })).newPage();
  const serve = await servePage(page);
  show = async (html) => {
    await serve(html, "http://desk.test/ticket/4821");
    await page.waitForLoadState("load");
    return eyesIn(page, bundle);
  };
});
after(() => browser.close());

/** @param {Awaited<ReturnType<typeof eyesIn>>} eyes @returns {Promise<Form>} */
const formOf = (eyes) => eyes.evaluate("(() => { const reader = eyes.createReader(document); reader.read(); return eyes.readForm(document, reader.list()); })()");
/** @param {string} html a form beside a ticket's heading @returns {Promise<FormField[]>} */
const fieldsIn = async (html) => (await formOf(await show(`<!doctype html><title>Ticket</title>${html}`))).fields;

let right = 0, found = 0, wanted = 0;
for (const { name, saves_itself, left_out, fields } of truth.pages) {
  test(`reads ${name}`, async () => {
    const form = await formOf(await show(/** @type {{ html: string }} */ (pages.find((page) => page.name === name)).html));
    found += form.fields.length;
    wanted += fields.length + left_out.length;
    right += form.fields.filter(({ label, kind }) => fields.some(({ field }) => field.label === label && field.kind === kind)).length;
    assert.deepEqual(form.fields, fields.map(({ field }) => field));
    assert.equal(form.saves_itself, saves_itself);
  });
}
after(() => console.log(`fields found: precision ${(right / found).toFixed(3)}, recall ${(right / wanted).toFixed(3)} of ${wanted}`));

/** @type {[why: string, html: string, labels: string[]][]} */
const cases = [
  ["search and filters", `<form role="search"><label>Order <input></label><button>Search</button></form><form method="get"><label>Status <select><option>All<option>Open</select></label><label>Date <input type="date"></label><button>Filter</button></form>`, []],
  ["signing in", `<form><label>E-mail <input type="email"></label><label>Password <input type="password"></label><button>Sign in</button></form>`, []],
  ["a payment", `<form><label>Amount <input></label><label>Card number <input></label><button>Pay now</button></form>`, []],
  ["settings", `<section><h2>Notification settings</h2><label>E-mail <input></label><label>Phone <input></label><button>Save</button></section>`, []],
  ["a reply and its header", `<form><label>To <input></label><label>Cc <input></label><label>Reply <textarea></textarea></label><button>Send reply</button></form>`, []],
  ["an internal note", `<form><label>内部备注 <textarea></textarea></label><button>保存</button></form>`, []],
  ["files, codes and hidden values", `<form><label>Order no. <input></label><input type="hidden" name="order_id"><label>Attachment <input type="file"></label><label>验证码 <input></label><label hidden>Order date <input type="date"></label><button>Save</button></form>`, ["Order no."]],
  ["macros, audience and notices", `<form><label>Order no. <input></label><label>Macro <select><option>Greeting<option>Bye</select></label><label><input type="checkbox"> Public</label><label><input type="checkbox"> Notify customer</label><label>Insert template <select><option>a<option>b</select></label><button>Save</button></form>`, ["Order no."]],
  ["rows to choose", `<table>${[1, 2].map((n) => `<tr><td><label><input type="checkbox"> #${n}</label></td><td>Order ${n}</td></tr>`).join("")}</table>`, []],
  ["a form of something else", `<form><label>Nickname <input></label><label>Colour <select><option>Red<option>Blue</select></label><button>Save</button></form>`, []],
];
for (const [why, html, labels] of cases) {
  test(`leaves out: ${why}`, async () => assert.deepEqual((await fieldsIn(html)).map((field) => field.label), labels));
}

/** @type {[why: string, html: string, label: string][]} */
const labels = [
  ["label for", `<label for="a">Order no.</label><input id="a">`, "Order no."],
  ["label around, a star and a colon", `<label>* Order no.: <input></label>`, "Order no."],
  ["aria-labelledby", `<b id="x">Order no.</b><input aria-labelledby="x">`, "Order no."],
  ["aria-label", `<input aria-label="Order no.">`, "Order no."],
  ["words before", `Order no.: <input>`, "Order no."],
  ["words in a column before", `<div><div><span>订单号</span></div><div><span><input></span></div></div>`, "订单号"],
  ["a cell before", `<table><tr><td>Order no.</td><td><input></td></tr></table>`, "Order no."],
  ["the head of the column", `<table><thead><tr><th>Order no.</th><th>Phone</th></tr></thead><tr><td><input></td></tr></table>`, "Order no."],
  ["a term", `<dl><dt>Order no.</dt><dd><div><input></div></dd></dl>`, "Order no."],
  ["a title", `<input title="Order no.">`, "Order no."],
  ["a placeholder", `<input placeholder="Order no.">`, "Order no."],
];
for (const [why, html, label] of labels) {
  test(`label by ${why}`, async () => assert.deepEqual((await fieldsIn(`<form>${html}<button>Save</button></form>`)).map((field) => field.label), [label]));
}

/** @type {[html: string, irreversible: boolean][]} */
const acts = [
  [`<label>Status <select><option>A<option>B</select></label>`, true],
  [`<label>Progress <select><option>Open<option>Pending<option>Solved</select></label>`, true],
  [`<label>Assignee <select><option>A<option>B</select></label>`, true],
  [`<label>受理人 <select><option>甲<option>乙</select></label>`, true],
  [`<label><input type="checkbox"> Close ticket</label>`, true],
  [`<label><input type="checkbox"> 关闭工单</label>`, true],
  [`<label>Refund amount <input type="number"></label>`, true],
  [`<label>Category <select onchange="this.form.submit()"><option>A<option>B</select></label>`, true],
  [`<label>Category <select><option>A<option>B</select></label>`, false],
  [`<label>Refund reason <select><option>A<option>B</select></label>`, false],
  [`<label>Order no. <input></label>`, false],
  [`<label>优先级 <select><option>低<option>高</select></label>`, false],
];
for (const [html, irreversible] of acts) {
  test(`${irreversible ? "not easily taken back" : "easily taken back"}: ${html}`, async () => {
    assert.deepEqual((await fieldsIn(`<form>${html}<label>Order no. <input></label><button>Save</button></form>`)).map((field) => field.irreversible), [irreversible, false]);
  });
}

test("a key stays with its field when others come and go", async () => {
  const eyes = await show(`<!doctype html><title>t</title><form><label>Order no. <input name="o"></label><label>Phone <input type="tel"></label><button>Save</button></form>`);
  const keys = async () => Object.fromEntries((await formOf(eyes)).fields.map((field) => [field.label, field.key]));
  const before = await keys();
  await eyes.page.evaluate(`document.querySelector("form").insertAdjacentHTML("afterbegin", "<label>E-mail <input></label>")`);
  assert.deepEqual(await keys(), { "E-mail": "e-mail", ...before });
});

test("the watcher tells of a form once, and again when the agent has changed it", async () => {
  const eyes = await show(`<!doctype html><title>t</title><form><label>Order no. <input name="o"></label><button>Save</button></form>`);
  await eyes.evaluate(`globalThis.told = []; globalThis.watch = eyes.watchForm(document, () => null, (form) => told.push(form.fields.map((field) => field.values[0] ?? "").join())); watch.follow(true); undefined`);
  const until = async (/** @type {string[]} */ expected) => {
    for (;;) {
      const told = await eyes.evaluate("told");
      if (told.length >= expected.length) return assert.deepEqual(told, expected);
      await eyes.page.evaluate("new Promise((resolve) => requestAnimationFrame(resolve))");
    }
  };
  await until([""]);
  await eyes.page.fill("[name=o]", "AB-1");
  await eyes.page.locator("[name=o]").blur();
  await until(["", "AB-1"]);
  await eyes.evaluate("watch.now()");
  await until(["", "AB-1"]);
});
