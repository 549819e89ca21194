// @ts-check
/** Rules of reading and filling forms that the kits rest on, each on a page made by hand that does nothing else. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { bundleEyes, eyesIn, openBrowser } from "./world.js";

/** @type {import("playwright-core").BrowserContext} */
let context;
let bundle = "";
before(async () => {
  bundle = await bundleEyes();
  context = await (await openBrowser()).newContext({ viewport: { width: 1000, height: 800 } });
});
after(() => context.browser()?.close());

const STYLE = `.layer { position: absolute; left: 300px; top: 200px; width: 200px; background: white; border: 1px solid } .layer[hidden] { display: none }
  .layer div { padding: 8px; cursor: pointer } .field { width: 220px; height: 32px; border: 1px solid } .cover { position: fixed; inset: 0; background: #0003 } .cover[hidden] { display: none }`;
/** A field that opens what `id="list"` is; a press on a row of it chooses. */
const CHOICE = `<div class="field" role="combobox" tabindex="0" aria-label="Category" aria-haspopup="listbox" id="field">Select</div>`;
const ROWS = `<div>Shipping</div><div>Refund</div><div>Billing</div>`;

/** @typedef {import("../../extension/wire").FormField} FormField */
/** @param {string} form @param {string} [beside] @param {string} [script] */
async function show(form, beside = "", script = "") {
  const page = await context.newPage();
  const html = `<!doctype html><meta charset="utf-8"><title>gym</title><style>${STYLE}</style><h1>Ticket 12</h1><form>${form}<button type="submit">Save</button></form>${beside}
<script>window.sends = window.harm = 0; window.chosen = []; const at = (id) => document.getElementById(id);
addEventListener("submit", (event) => { event.preventDefault(); sends++; });
const keep = (text) => { chosen = text === "" ? [] : [text]; at("field").textContent = text || "Select"; };
${script}</script>`;
  await page.route("http://gym.test/**", (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body: html }));
  await page.goto("http://gym.test/ticket/12");
  const eyes = await eyesIn(page, bundle);
  await eyes.evaluate("globalThis.filler = eyes.createFiller(document, () => null); undefined");
  /** @returns {Promise<FormField[]>} */
  const fields = async () => (await eyes.evaluate("eyes.readForm(document, null)")).fields;
  return {
    fields,
    /** @param {string} expression */
    ask: (expression) => page.evaluate(expression),
    /** @param {string} label @param {...string} values */
    async fill(label, ...values) {
      const field = (await fields()).find((one) => one.label === label);
      assert.ok(field, `${label} among ${JSON.stringify(await fields())}`);
      return (await eyes.evaluate(`filler.fill(1, ${JSON.stringify([{ key: field.key, before: field.values, values }])})`))[0].outcome;
    },
    undo: async () => (await eyes.evaluate("filler.undo(1)"))[0].outcome,
  };
}

// They wait for most of their time.
describe("rules", { concurrency: 5 }, () => {
  test("what a style sheet alone opens is seen, and what stood open before is not it", async () => {
    const desk = await show(CHOICE, `<div class="layer" style="top:400px" onclick="harm++">${ROWS}</div><div class="layer" id="list">${ROWS}</div>`,
      `document.head.append(Object.assign(document.createElement("style"), { textContent: "#list { display: none } body:has(#field:focus) #list { display: block }" }));
       at("list").addEventListener("mousedown", (event) => { event.preventDefault(); keep(event.target.textContent); at("field").blur(); });`);
    assert.equal(await desk.fill("Category", "Refund"), "filled");
    assert.deepEqual(await desk.ask("[chosen, harm, sends]"), [["Refund"], 0, 0]);
  });

  test("only a box in what opened is typed into", async () => {
    const desk = await show(CHOICE, `<input aria-controls="list" aria-label="Find" id="other"><div class="layer" id="list" hidden><input type="search" id="search"><div id="rows"></div></div>`,
      `at("field").onclick = () => { at("list").hidden = false; };
       at("search").oninput = () => { at("rows").innerHTML = at("search").value === "Refund" ? "<div>Refund</div>" : ""; };
       at("rows").onclick = (event) => { keep(event.target.textContent); at("list").hidden = true; };`);
    assert.equal(await desk.fill("Category", "Refund"), "filled");
    assert.deepEqual(await desk.ask("[chosen, at('other').value]"), [["Refund"], ""]);
  });

  test("a choice is confirmed in the very layer that opened", async () => {
    const desk = await show(CHOICE, `<div class="layer" style="top:500px"><button type="button" onclick="harm++">OK</button></div><div class="layer" id="list" hidden>${ROWS}<button type="button" id="ok">OK</button></div>`,
      `let picked = ""; at("field").onclick = () => { at("list").hidden = false; };
       at("list").onclick = (event) => { if (event.target.matches("div > div")) picked = event.target.textContent; };
       at("ok").onclick = () => { keep(picked); at("list").hidden = true; };`);
    assert.equal(await desk.fill("Category", "Refund"), "filled");
    assert.deepEqual(await desk.ask("[chosen, harm, sends]"), [["Refund"], 0, 0]);
  });

  for (const [way, out] of [["its own way out", `<div class="layer" id="list" hidden>${ROWS}<button type="button" id="out">Cancel</button></div>`], ["the cover behind it", `<div class="cover" id="out" hidden></div><div class="layer" id="list" hidden>${ROWS}</div>`]]) {
    test(`a layer that stays without the wanted row is left by ${way}`, async () => {
      const desk = await show(CHOICE, out, `const turn = (open) => { at("list").hidden = !open; if (at("out").className === "cover") at("out").hidden = !open; };
        at("field").onclick = () => turn(true); at("out").onclick = () => turn(false);`);
      assert.equal(await desk.fill("Category", "Exchange"), "not_kept");
      assert.deepEqual(await desk.ask("[chosen, at('list').hidden, sends]"), [[], true, 0]);
    });
  }

  test("what was pressed and cannot be read is pressed again", async () => {
    const desk = await show(CHOICE, `<div class="layer" id="list" role="listbox" aria-multiselectable="true" hidden>${ROWS.replaceAll("<div>", `<div role="option">`)}</div>`,
      `at("field").onclick = () => { at("list").hidden = !at("list").hidden; };
       at("list").onclick = ({ target }) => { chosen = chosen.includes(target.textContent) ? chosen.filter((one) => one !== target.textContent) : [...chosen, target.textContent]; at("field").textContent = chosen.length ? chosen.length + " chosen" : "Select"; };`);
    assert.equal(await desk.fill("Category", "Refund"), "not_kept");
    assert.deepEqual(await desk.ask("chosen"), []);
  });

  test("what the page calls invalid was not kept", async () => {
    const desk = await show(`<label>Order no. <input id="order"></label>`, "", `at("order").oninput = () => at("order").setAttribute("aria-invalid", String(at("order").value !== ""));`);
    assert.equal(await desk.fill("Order no.", "AB-1"), "not_kept");
    assert.equal(await desk.ask("at('order').value"), "");
  });

  test("a choice whose words are gone but whose option is still chosen was not taken back", async () => {
    const desk = await show(`<input role="combobox" aria-label="Category" aria-haspopup="listbox" aria-controls="list" id="field"><div class="layer" id="list" role="listbox" hidden>${ROWS.replaceAll("<div>", `<div role="option" aria-selected="false">`)}</div>`, "",
      `at("field").onclick = () => { at("list").hidden = !at("list").hidden; };
       at("list").onclick = ({ target }) => { for (const row of at("list").children) row.setAttribute("aria-selected", String(row === target)); at("field").value = target.textContent; at("list").hidden = true; };`);
    assert.equal(await desk.fill("Category", "Refund"), "filled");
    assert.equal(await desk.undo(), "not_kept");
  });

  for (const [what, keeps, outcome] of /** @type {const} */ ([["that its list, opened once more, still marks was not taken back", true, "not_kept"], ["that its list, opened once more, marks no longer was taken back", false, "filled"]])) {
    test(`a choice whose words are gone and ${what}`, async () => {
      const desk = await show(`<input role="combobox" aria-label="Category" aria-haspopup="listbox" aria-controls="list" id="field">`, "",
        `const close = () => at("list")?.remove();
         at("field").onclick = () => { if (at("list")) return close();
           document.body.insertAdjacentHTML("beforeend", '<div class="layer" id="list" role="listbox">' + ["Shipping", "Refund", "Billing"].map((one) => '<div role="option" aria-selected="' + chosen.includes(one) + '">' + one + "</div>").join("") + "</div>");
           at("list").onclick = ({ target }) => { chosen = [target.textContent]; at("field").value = target.textContent; close(); }; };
         at("field").oninput = () => { if (${!keeps} && at("field").value === "") chosen = []; };
         at("field").onblur = close; at("field").onkeydown = ({ key }) => { if (key === "Escape") close(); };`);
      assert.equal(await desk.fill("Category", "Refund"), "filled");
      assert.equal(await desk.undo(), outcome);
      assert.deepEqual(await desk.ask("[chosen, sends]"), [keeps ? ["Refund"] : [], 0]);
    });
  }

  test("labels are found through shadow roots, slots and hosts", async () => {
    const desk = await show(`<x-field>Order no.</x-field><label>Serial no. <x-bare></x-bare></label><label for="w">Waybill no.</label><p>Printed on the parcel</p><x-bare id="w"></x-bare><x-tick>Refund wanted</x-tick><x-tick>Parcel lost</x-tick>`, "",
      `const define = (name, inner) => customElements.define(name, class extends HTMLElement { constructor() { super(); this.attachShadow({ mode: "open" }).innerHTML = inner; } });
       define("x-field", "<label for=i><slot></slot></label><input id=i>"); define("x-bare", "<input>"); define("x-tick", "<label><input type=checkbox><slot></slot></label>");`);
    assert.deepEqual((await desk.fields()).map(({ label, kind }) => [label, kind]), [["Order no.", "text"], ["Serial no.", "text"], ["Waybill no.", "text"], ["Refund wanted", "tick"], ["Parcel lost", "tick"]]);
  });

  test("a list that is clipped away in its field is none of what the field shows", async () => {
    const drop = `<div style="position:absolute;width:200px;clip:rect(0 0 0 0)">${ROWS}</div>`;
    const desk = await show(CHOICE.replace("Select<", `Shipping${drop}<`));
    assert.deepEqual((await desk.fields()).map(({ label, values }) => [label, values]), [["Category", ["Shipping"]]]);
  });

  test("an id that several elements have names no list", async () => {
    const choice = (/** @type {string} */ label, /** @type {string} */ rows) => `<div><div class="field" role="combobox" tabindex="0" aria-label="${label}" aria-controls="same">Select</div><ul id="same" role="listbox" hidden>${rows}</ul></div>`;
    const desk = await show(choice("Category", `<li role="option">Refund</li><li role="option">Shipping</li>`) + choice("Product", `<li role="option">Lamp</li><li role="option">Chair</li>`));
    assert.deepEqual((await desk.fields()).map(({ label, options }) => [label, options.length]), [["Category", 0], ["Product", 0]]);
  });

  test("a date in three parts is turned to the day, and emptied again", async () => {
    const part = (/** @type {string} */ name, /** @type {number} */ most) => `<span role="spinbutton" tabindex="0" aria-label="${name}" aria-valuemin="1" aria-valuemax="${most}">--</span>`;
    const desk = await show(`<p id="l">Purchase date</p><div role="group" aria-labelledby="l">${part("month", 12)}/${part("day", 31)}/${part("year", 9999)}</div><p id="t">Call time</p><div role="group" aria-labelledby="t">${part("hour", 23)}:${part("minute", 59)}</div>`, "",
      `for (const spin of document.querySelectorAll("[role=spinbutton]")) spin.onkeydown = ({ key }) => {
         const most = Number(spin.ariaValueMax), now = spin.ariaValueNow === null ? null : Number(spin.ariaValueNow);
         const next = key === "Backspace" ? null : now === null ? (most > 1000 ? 2026 : most) : key === "ArrowUp" ? (now % most) + 1 : ((now + most - 2) % most) + 1;
         spin.ariaValueNow = next === null ? null : String(next); spin.textContent = next ?? "--";
       };`);
    assert.deepEqual((await desk.fields()).map(({ label, kind, values }) => [label, kind, values]), [["Purchase date", "date", []]]);
    assert.equal(await desk.fill("Purchase date", "2024-03-05"), "filled");
    assert.equal(await desk.ask("document.querySelector('[role=group]').textContent"), "3/5/2024");
    assert.equal(await desk.undo(), "filled");
    assert.equal(await desk.ask("document.querySelector('[role=group]').textContent"), "--/--/--");
  });

  test("an element with a role of its own is one tick box with the input in its shadow root", async () => {
    const desk = await show(`<fieldset><legend>Tags</legend><x-tick>Broken</x-tick><x-tick>Urgent</x-tick></fieldset>`, "",
      `customElements.define("x-tick", class extends HTMLElement {
         constructor() { super(); this.attachShadow({ mode: "open" }).innerHTML = "<label><slot></slot><input type=checkbox></label>"; }
         connectedCallback() { this.role = "checkbox"; this.tabIndex = 0; this.ariaChecked = "false"; this.onclick = (event) => { event.preventDefault(); this.ariaChecked = String(this.ariaChecked !== "true"); }; }
       });`);
    assert.deepEqual((await desk.fields()).map(({ label, kind, options }) => [label, kind, options.map(({ text }) => text)]), [["Tags", "choices", ["Broken", "Urgent"]]]);
    assert.equal(await desk.fill("Tags", "Urgent"), "filled");
    assert.deepEqual(await desk.ask("[...document.querySelectorAll('x-tick')].map((tick) => tick.ariaChecked)"), ["false", "true"]);
  });
});
