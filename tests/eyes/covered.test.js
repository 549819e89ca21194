// @ts-check
/** Pages opened on the reply tab: the thread behind the other tab is read; other tickets' panels and what is no conversation are not. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { conversations, dateEn, esc } from "./fixtures/conversations.js";
import { scoreDesk } from "./score.js";
import { bundleEyes, eyesIn, openBrowser, servePage } from "./world.js";

/** @typedef {import("./fixtures/conversations.js").Conversation} Conversation */
const URL = "http://desk.test/tickets/48213";
const FORM = `<form><label for=r>Your reply to the customer</label><textarea id=r rows=6 cols=60></textarea><button>Send reply</button></form>`;
/** @type {import("playwright-core").Browser} */
let browser;
/** @type {(html: string, url?: string) => Promise<any>} */
let show;

before(async () => {
  const bundle = await bundleEyes();
  browser = await openBrowser();
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  const serve = await servePage(page);
  show = async (html, url = URL) => {
    await serve(html, url);
    return eyesIn(page, bundle);
  };
});
after(() => browser.close());

/** @param {Conversation} one */
const thread = (one) => one.messages.map(({ role, text, ago }) => `<div class=e><p><b>${esc(role === "customer" ? one.requester.name : one.agent.name)}</b> <time>${dateEn(ago)}</time>${role === "note" ? " <i>Internal note</i>" : ""}</p><div>${esc(text).replace(/\n/g, "<br>")}</div></div>`).join("");
/** @param {Conversation} one @param {string} body */
const page = (one, body) => `<!doctype html><title>#48213 ${esc(one.subject)}</title><style>body{font:14px sans-serif}.off{display:none}.e{padding:8px;border-bottom:1px solid #ddd}</style><header>Signed in as ${esc(one.agent.name)}</header><h1>${esc(one.subject)}</h1><dl><dt>Requester</dt><dd>${esc(one.requester.name)} &lt;${one.requester.email}&gt;</dd><dt>Status</dt><dd>Open</dd></dl>${body}`;

/** @type {Record<string, (one: Conversation) => string>} */
const KINDS = {
  "tab panels by role": (one) => `<div role=tablist><button role=tab aria-controls=t1 aria-selected=false>Messages</button><button role=tab aria-controls=t2 aria-selected=true>Reply</button></div><div role=tabpanel id=t1 hidden>${thread(one)}</div><div role=tabpanel id=t2>${FORM}</div>`,
  "tabs of links": (one) => `<ul><li><a href="#log">History</a></li><li><a href="#answer">Respond</a></li></ul><div><section id=log class=off>${thread(one)}</section><section id=answer>${FORM}</section></div>`,
  "panels switched by script": (one) => `<nav><button type=button>对话</button><button type=button>回复</button></nav><div class="pane off"><div style="height:300px;overflow:auto">${thread(one)}</div></div><div class="pane">${FORM}</div>`,
  "panels of no visibility": (one) => `<div role=tablist><span role=tab aria-controls=a>Thread</span><span role=tab aria-controls=b>Answer</span></div><div style="position:relative;height:400px"><div id=a role=tabpanel style="visibility:hidden;position:absolute">${thread(one)}</div><div id=b role=tabpanel style="position:absolute">${FORM}</div></div>`,
};
for (const [name, body] of Object.entries(KINDS)) {
  test(`reads the thread behind ${name}`, async () => {
    const pairs = [];
    for (const one of conversations) {
      const { reading, reasons } = await (await show(page(one, body(one)))).read();
      assert.ok(reading && reading.messages.length > 0, `${one.key}: ${reasons.join("; ")}`);
      assert.equal(reading.reply_box, "open");
      pairs.push({ truth: one, reading });
    }
    const score = scoreDesk(pairs, /** @type {any} */ ({ notes: true }));
    assert.ok(score.E >= 0.99 && score.R >= 0.99 && score.order === 1 && score.requester === 1, JSON.stringify(score));
  });
}

const [one, other] = /** @type {[Conversation, Conversation]} */ (/** @type {unknown} */ (conversations));
const reviews = Array.from({ length: 6 }, (_, at) => `<div class=e><p><b>Person ${"ABCDEF"[at]}</b> <time>${dateEn(at * 3000)}</time> ★★★★☆</p><div>Works as described, delivery took ${at + 2} days and the box was dented.</div></div>`).join("");
/** @type {Record<string, string>} */
const SILENT = {
  "another ticket's panel, with a form of its own": page(one, `<div role=tablist><button role=tab aria-controls=x1>Anna</button><button role=tab aria-controls=x2>Ben</button></div><div id=x1 role=tabpanel hidden>${thread(other)}${FORM}</div><div id=x2 role=tabpanel>${FORM}</div>`),
  "another ticket's panel, called by its number": page(one, `<div role=tablist><button role=tab aria-controls=x1>#48199</button><button role=tab aria-controls=x2>#48213</button></div><div id=x1 role=tabpanel hidden>${thread(other)}</div><div id=x2 role=tabpanel>${FORM}</div>`),
  "panels with one form for all": page(one, `<div role=tablist><button role=tab aria-controls=x1>Anna</button><button role=tab aria-controls=x2>Ben</button></div><div><div id=x1 role=tabpanel hidden>${thread(other)}</div><div id=x2 role=tabpanel></div></div><footer>${FORM}</footer>`),
  "a shop's reviews behind a tab": `<!doctype html><title>Kettle</title><h1>Steel kettle 1.7 l</h1><p>39.90 EUR <button>Add to cart</button></p><ul><li><a href="#rev">Reviews</a></li><li><a href="#ask">Questions</a></li></ul><section id=rev hidden>${reviews}</section><section id=ask><form><label>Your message<textarea></textarea></label><button>Send</button></form></section>`,
  "a contact page with answers behind a tab": `<!doctype html><title>Contact us</title><h1>Contact us</h1><div role=tablist><button role=tab aria-controls=faq>Help</button><button role=tab aria-controls=form>Write to us</button></div><div role=tabpanel id=faq hidden>${Array.from({ length: 5 }, (_, at) => `<div class=e><b>How do I return an item ${at}?</b><p>You can return it within 30 days. Updated ${dateEn(at * 900)}</p></div>`).join("")}</div><div role=tabpanel id=form><form><input type=email placeholder=E-mail><label>Message<textarea></textarea></label><button>Send</button></form></div>`,
};
for (const [name, html] of Object.entries(SILENT)) {
  test(`reads no messages of ${name}`, async () => {
    const { reading, reasons } = await (await show(html, name.includes("ticket") ? URL : "http://desk.test/p/kettle")).read();
    assert.deepEqual(reading?.messages ?? [], [], reasons.join("; "));
  });
}

test("the messages keep their ids when the tab is opened, and new ones are read behind it", async () => {
  const eyes = await show(page(one, /** @type {(one: Conversation) => string} */ (KINDS["tab panels by role"])(one)));
  await eyes.evaluate("globalThis.seen = []; globalThis.stop = eyes.watchPage((reading) => seen.push({ id: reading?.conversation.id, ids: reading?.messages.map(({ id }) => id) ?? [], last: reading?.messages.at(-1)?.text })); undefined");
  const until = async (/** @type {string} */ condition) => {
    for (const end = Date.now() + 8_000; !(await eyes.evaluate(condition)); ) {
      assert.ok(Date.now() < end, `never: ${condition}\n${JSON.stringify(await eyes.evaluate("seen"))}`);
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
  };
  await until("seen.at(-1)?.ids.length > 0");
  const first = await eyes.evaluate("seen.at(-1)");
  const add = (/** @type {string} */ text) => eyes.page.evaluate((/** @type {string} */ words) => {
    const row = /** @type {Element} */ (document.querySelector(".e")?.cloneNode(true));
    /** @type {Element} */ (row.lastElementChild).textContent = words;
    document.querySelector("#t1")?.append(row);
  }, text);
  await add("Is anybody there behind the tab?");
  await until(`seen.at(-1).last === "Is anybody there behind the tab?"`);
  await eyes.page.evaluate(() => document.querySelectorAll("[role=tabpanel]").forEach((panel) => panel.toggleAttribute("hidden")));
  await add("And now in front of it?");
  await until(`seen.at(-1).last === "And now in front of it?"`);
  const last = await eyes.evaluate("seen.at(-1)");
  assert.equal(last.id, first.id);
  assert.deepEqual(last.ids.slice(0, first.ids.length), first.ids);
  assert.equal(last.ids.length, first.ids.length + 2);
  await eyes.evaluate("stop()");
});
