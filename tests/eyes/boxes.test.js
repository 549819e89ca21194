// @ts-check
/** Which box: public ones are written into, notes and unclear ones never; hidden forms open without anything being sent. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { replyModes } from "./fixtures/reply_modes.js";
import { bundleEyes, eyesIn, openBrowser, servePage } from "./world.js";

const TEXT = "We look into it.";
/** @type {import("playwright-core").Browser} */
let browser;
/** @type {(html: string) => Promise<any>} */
let show;

before(async () => {
  const bundle = await bundleEyes();
  browser = await openBrowser();
  const page = await (await browser.newContext({ viewport: { width: 1100, height: 800 } })).newPage();
  const serve = await servePage(page);
  show = async (html) => {
    await serve(`<!doctype html><title>t</title><script>sends = 0; addEventListener("submit", (event) => { event.preventDefault(); sends++; }, true);</script><style>textarea{width:500px;height:80px}</style>${html}`);
    return eyesIn(page, bundle);
  };
});
after(() => browser.close());

/** @type {[string, string, string][]} page, outcome, why */
const cases = [
  [`<form><label>Reply <textarea></textarea></label><button>Send</button></form>`, "inserted", "a labelled reply"],
  [`<div><textarea placeholder="Type here..."></textarea></div>`, "inserted", "a box that says to type, sent with Enter"],
  [`<form class="rooms"><input placeholder="请输入"></form><div><textarea placeholder="Write"></textarea><div>Send</div></div>`, "needs_choice", "a field that only asks for input, beside a box without words"],
  [`<form role="search"><input placeholder="Search messages"></form><div><textarea aria-label="Message"></textarea><button>Send</button></div>`, "inserted", "a search for messages beside the box"],
  [`<form><input placeholder="Your name"><input type="email" placeholder="Your e-mail"><textarea placeholder="Your message"></textarea><button>Send message</button></form>`, "no_reply_box", "a visitor's form, which asks who writes"],
  [`<form><label>Name <input value="Marta Kowalska"></label><label>E-mail <input value="marta@example.org"></label><label>Title <input value="Parcel"></label><textarea placeholder="Your reply"></textarea><button>Send</button></form>`, "inserted", "a ticket's own fields, filled in, beside the reply"],
  [`<form><label>标题 <input></label><textarea placeholder="在想些什么？"></textarea><button type="submit">保存草稿</button></form>`, "no_reply_box", "a form for something with a title of its own"],
  [`<form><textarea placeholder="Add an internal note"></textarea><button>Add note</button></form>`, "note_box_only", "a note box"],
  [`<form><textarea aria-label="添加内部备注"></textarea><button>保存备注</button></form>`, "note_box_only", "a Chinese note box"],
  [`<form><textarea placeholder="回复客户"></textarea><button>发送</button></form><form><textarea placeholder="内部备注"></textarea><button>保存</button></form>`, "inserted", "reply and note side by side"],
  [`<form><select><option>Reply to customer</option><option selected>Internal note</option></select><textarea></textarea><button>Submit</button></form>`, "note_box_only", "a select that says note"],
  [`<form><select><option selected>Reply to customer</option><option>Internal note</option></select><textarea></textarea><button>Submit</button></form>`, "inserted", "a select that says reply"],
  [`<form><select><option value=p>Comments (Not sent to requestors)</option><option value=r selected>Reply to requestors</option></select><textarea></textarea><button>Update</button></form>`, "inserted", "reply against comment"],
  [`<form><label><input type=radio name=a>Public reply</label><label><input type=radio name=a checked>Private note</label><textarea></textarea><button>Save</button></form>`, "note_box_only", "radios that say note"],
  [`<div><div role=tablist><button role=tab aria-selected=false>Public reply</button><button role=tab aria-selected=true>Internal note</button></div><div contenteditable=true style="min-height:60px"></div><button>Submit</button></div>`, "note_box_only", "tabs that say note"],
  [`<div><div><button class="t">Reply</button><button class="t is-active">Note</button></div><textarea placeholder="Type here"></textarea><button>Send</button></div>`, "note_box_only", "an active toggle that says note"],
  [`<div><div><button class="t">Reply</button><button class="t">Note</button></div><textarea placeholder="Type here"></textarea><button>Send</button></div>`, "needs_choice", "a toggle whose state nobody can see"],
  [`<form><textarea placeholder="Write your message"></textarea><label><input type=checkbox checked> Internal note</label><button>Save</button></form>`, "note_box_only", "a tick box that says internal"],
  [`<form><textarea></textarea><label><input type=checkbox checked> Is this update public?</label><button>Save</button></form>`, "inserted", "a tick box that says public"],
  [`<form><textarea></textarea><label><input type=checkbox> Visible to customer</label><button>Save</button></form>`, "note_box_only", "a tick box that says not visible"],
  [`<div><button aria-haspopup="menu">Internal comment</button><textarea placeholder="Write…"></textarea><button>Post</button></div>`, "note_box_only", "a mode menu that says internal"],
  [`<section aria-label="Internal notes"><textarea placeholder="Write…"></textarea><button>Save</button></section>`, "note_box_only", "a region of notes"],
  [`<a href="/ticket/1/reply">Reply</a><form><textarea placeholder="Add a comment"></textarea><button>Comment</button></form>`, "note_box_only", "a comment where replies go elsewhere"],
  [`<form><textarea placeholder="Leave a comment"></textarea><button>Comment</button></form>`, "inserted", "the only comment box"],
  [`<form role=search><input type=text placeholder="Search tickets" style="width:300px"></form>`, "no_reply_box", "a search box"],
  [`<form><label>Subject <input type=text></label><label>Description <textarea></textarea></label></form>`, "no_reply_box", "a new ticket's fields"],
  [`<p>nothing</p>`, "no_reply_box", "nothing"],
];
for (const [html, outcome, why] of cases) {
  test(why, async () => {
    const eyes = await show(html);
    const values = () => eyes.page.evaluate(() => [...document.querySelectorAll("textarea, input[type=text], [contenteditable]")].map((box) => ("value" in box ? box.value : box.textContent)));
    const before = await values();
    assert.equal((await eyes.insert(TEXT)).outcome, outcome);
    const now = await values();
    if (outcome === "inserted") assert.deepEqual(now.filter((/** @type {string} */ value) => value !== ""), [TEXT]);
    else assert.deepEqual(now, before);
    assert.equal(await eyes.page.evaluate("sends"), 0);
  });
}

test("a page that shows another conversation by now takes no answer", async () => {
  const eyes = await show(`<form><label>Reply <textarea></textarea></label><button>Send</button></form>`);
  const { outcome } = await eyes.evaluate(`eyes.insertReply(${JSON.stringify(TEXT)}, document, null, 0, () => false)`);
  assert.equal(outcome, "other_conversation");
  assert.equal(await eyes.page.evaluate("document.querySelector('textarea').value"), "");
});

test("an editor without words that is alone in a frame, the button around it", async () => {
  const eyes = await show(`<form><iframe srcdoc="<div contenteditable=true style='min-height:60px'></div>"></iframe><button>Send reply</button></form>`);
  assert.equal((await eyes.insert(TEXT)).outcome, "inserted");
  assert.deepEqual(await eyes.page.evaluate("[document.querySelector('iframe').contentDocument.body.textContent, sends]"), [TEXT, 0]);
});

/** What stands in the boxes of one readership, through shadow roots. @param {string} who */
const boxesFor = (who) => `(() => {
  const texts = [];
  const look = (root) => { for (const box of root.querySelectorAll("*")) { if (box.shadowRoot) look(box.shadowRoot); if (box.dataset.for === "${who}") texts.push(box.value ?? box.textContent); } };
  look(document);
  return texts;
})()`;

for (const { why, html, outcome } of replyModes) {
  test(`reply or note: ${why}`, async () => {
    const eyes = await show(html);
    const result = await eyes.insert(TEXT);
    const written = async (/** @type {string} */ who) => (await eyes.page.evaluate(boxesFor(who))).filter((/** @type {string} */ text) => text !== "");
    assert.deepEqual(await written("team"), [], "nothing in a note");
    assert.deepEqual(await written("either"), [], "nothing where nobody can tell");
    assert.equal(await eyes.page.evaluate("sends"), 0);
    assert.equal(result.outcome, outcome);
    assert.deepEqual(await written("customer"), outcome === "inserted" ? [TEXT] : []);
  });
}

for (const name of ["data-gramm", "data-gramm_editor", "data-enable-grammarly", "data-lt-active"]) {
  test(`${name}=false is honoured`, async () => {
    const eyes = await show(`<form><label>Reply <textarea ${name}="false"></textarea></label><button>Send</button></form>`);
    // Browsers give the clipboard only to who was clicked just now.
    await eyes.page.mouse.click(5, 790);
    assert.equal((await eyes.insert(TEXT)).outcome, "copied");
    assert.equal(await eyes.page.evaluate("document.querySelector('textarea').value"), "");
  });
}

test("a mark of an editor that marks each of its lines, too, is no opt-out", async () => {
  const eyes = await show(`<form><div contenteditable="true" aria-label="Reply" data-gramm="false" style="min-height:60px"><p data-id="p1"><br></p></div><button>Send</button></form>`);
  assert.equal((await eyes.insert(TEXT)).outcome, "inserted");
});

test("an opt-out that says true is none, and an open box goes before one that opts out", async () => {
  const one = await show(`<form><label>Reply <textarea data-gramm="true"></textarea></label><button>Send</button></form>`);
  assert.equal((await one.insert(TEXT)).outcome, "inserted");
  const two = await show(`<form><label>Reply <textarea id="no" data-gramm="false"></textarea></label><button>Send</button></form><form><label>Reply <textarea id="yes"></textarea></label><button>Send</button></form>`);
  assert.equal((await two.insert(TEXT)).outcome, "inserted");
  assert.deepEqual(await two.page.evaluate("[no.value, yes.value]"), ["", TEXT]);
});

const TWINS = `<form><textarea id="first"></textarea><button>Save</button></form><form style="margin-top:40px"><textarea id="second"></textarea><button>Save</button></form>`;

test("the agent chooses the box by one click", async () => {
  const eyes = await show(TWINS);
  const outcome = eyes.insertAsking(TEXT);
  await eyes.page.waitForFunction("document.querySelector('warmseat-overlay')");
  const { x, y, width, height } = await eyes.page.locator("#second").boundingBox();
  await eyes.page.mouse.click(x + width / 2, y + height / 2);
  assert.equal((await outcome).outcome, "inserted");
  assert.deepEqual(await eyes.page.evaluate("[first.value, second.value, document.querySelectorAll('warmseat-overlay').length, sends]"), ["", TEXT, 0, 0]);
});

test("the agent chooses by keyboard, or chooses none", async () => {
  const eyes = await show(TWINS);
  const none = eyes.insertAsking(TEXT);
  await eyes.page.waitForFunction("document.activeElement?.tagName === 'WARMSEAT-OVERLAY'");
  await eyes.page.keyboard.press("Escape");
  assert.equal((await none).outcome, "needs_choice");
  const second = eyes.insertAsking(TEXT);
  await eyes.page.waitForFunction("document.activeElement?.tagName === 'WARMSEAT-OVERLAY'");
  await eyes.page.keyboard.press("Tab");
  await eyes.page.keyboard.press("Space");
  assert.equal((await second).outcome, "inserted");
  assert.deepEqual(await eyes.page.evaluate("[first.value, second.value, document.querySelectorAll('warmseat-overlay').length, sends]"), ["", TEXT, 0, 0]);
});

test("the page cannot choose for the agent", async () => {
  const eyes = await show(`${TWINS}<script>new MutationObserver(() => document.querySelector("warmseat-overlay")?.click()).observe(document.documentElement, { childList: true })</script>`);
  const outcome = eyes.insertAsking(TEXT);
  await eyes.page.waitForFunction("document.activeElement?.tagName === 'WARMSEAT-OVERLAY'");
  await eyes.page.keyboard.press("Escape");
  assert.equal((await outcome).outcome, "needs_choice");
});

/** @type {[string, string][]} what hides the form, page */
const hiddenForms = [
  ["a tab that shows a panel", `<div role="tablist"><button type="button" role="tab" aria-controls="p" onclick="document.getElementById('p').hidden = false">Reply</button></div><div id="p" role="tabpanel" hidden><form><textarea aria-label="Your reply"></textarea><button>Send</button></form></div>`],
  ["a fold of a framework", `<button type="button" data-bs-target="#c" onclick="document.querySelector('#c').style.display = 'block'">Respond to customer</button><div id="c" style="display:none"><form><textarea aria-label="Response"></textarea><button>Send</button></form></div>`],
  ["a form that is made on the click, late", `<div id="place"><div role="button" tabindex="0">Click here to reply</div></div><script>document.querySelector("[role=button]").addEventListener("click", () => setTimeout(() => { place.innerHTML = '<form><div contenteditable="true" aria-label="Reply" style="min-height:60px"></div><button>Send</button></form>'; }, 300))</script>`],
  ["zh: a button above the form", `<button type="button" onclick="document.forms[0].hidden = false">点击回复</button><form hidden><textarea placeholder="请输入回复内容"></textarea><button>发送</button></form>`],
  ["a link to a part of the page", `<a href="#reply" onclick="document.getElementById('reply').hidden = false">Reply</a><section id="reply" hidden><form><textarea aria-label="Reply"></textarea><button>Send reply</button></form></section>`],
  ["a note that stands open meanwhile", `<button type="button" aria-controls="r" onclick="document.getElementById('r').hidden = false">Reply</button><form><textarea aria-label="Internal note" data-for="team"></textarea><button>Save note</button></form><div id="r" hidden><form><textarea aria-label="Reply"></textarea><button>Send</button></form></div>`],
];
for (const [why, html] of hiddenForms) {
  test(`opens, then inserts: ${why}`, async () => {
    const eyes = await show(html);
    assert.equal(await eyes.replyBox(), "hidden");
    assert.deepEqual(await eyes.openReplyForm(), { outcome: "opened" });
    assert.equal((await eyes.insert(TEXT)).outcome, "inserted");
    assert.deepEqual(await eyes.page.evaluate(boxesFor("team")), html.includes("data-for") ? [""] : []);
    assert.equal(await eyes.page.evaluate("sends"), 0);
  });
}

test("opens a form behind a button, presses nothing that sends", async () => {
  const eyes = await show(`<button type="button" onclick="document.querySelector('form').hidden = false">Reply</button><form hidden><textarea aria-label="Reply"></textarea><button>Send reply</button></form>`);
  assert.equal(await eyes.replyBox(), "hidden");
  assert.deepEqual(await eyes.openReplyForm(), { outcome: "opened" });
  assert.equal(await eyes.replyBox(), "open");
  assert.equal(await eyes.page.evaluate("sends"), 0);
});

test("opens a details element", async () => {
  const eyes = await show(`<details><summary>Reply to customer</summary><form><textarea aria-label="Your reply"></textarea><button>Send</button></form></details>`);
  assert.deepEqual(await eyes.openReplyForm(), { outcome: "opened" });
  assert.equal((await eyes.insert(TEXT)).outcome, "inserted");
});

test("names the page where the reply form is, and does not go there", async () => {
  const eyes = await show(`<a href="/ticket/1/respond">Reply</a>`);
  assert.equal(await eyes.replyBox(), "elsewhere");
  const result = await eyes.openReplyForm();
  assert.equal(result.outcome, "navigates");
  assert.match(result.href, /\/ticket\/1\/respond$/);
});

test("never presses a submit button that says Reply", async () => {
  const eyes = await show(`<form><input type="hidden" name="body" value="x"><button>Reply</button></form>`);
  assert.deepEqual(await eyes.openReplyForm(), { outcome: "none" });
  assert.equal(await eyes.page.evaluate("sends"), 0);
});
