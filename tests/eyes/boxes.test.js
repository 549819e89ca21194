// @ts-check
/** Which box: public ones are written into, notes and unclear ones never; hidden forms open without anything being sent. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
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
