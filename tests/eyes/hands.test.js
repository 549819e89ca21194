// @ts-check
/** Rules of inserting that the editors rest on, each on a page made by hand that does nothing else: where an answer goes, and what counts as inserted. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { bundleEyes, eyesIn, openBrowser } from "./world.js";

const ANSWER = "Thank you, we have your parcel.";
/** @type {import("playwright-core").BrowserContext} */
let context;
let bundle = "";
before(async () => {
  bundle = await bundleEyes();
  context = await (await openBrowser()).newContext({ viewport: { width: 1000, height: 800 }, permissions: ["clipboard-write"] });
});
after(() => context.browser()?.close());

const FIELD = `<textarea id="box" rows="12" cols="60" aria-label="Reply"></textarea>`;
const EDITABLE = `<div id="box" contenteditable="true" role="textbox" aria-label="Reply" style="min-height:80px;border:1px solid"></div>`;

/** @param {string} box @param {string} [script] run once the agent has clicked beside it */
async function show(box, script = "") {
  const page = await context.newPage();
  const html = `<!doctype html><meta charset="utf-8"><title>gym</title><h1>Ticket 12</h1><form id="form">${box}<button>Send reply</button></form><script>
const at = (id) => document.getElementById(id), escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
const fill = (text, caret = null) => { const box = at("box");
  if ("value" in box) { box.value = text; if (caret !== null) { box.focus(); box.setSelectionRange(caret, caret); } return; }
  box.innerHTML = text.split("\\n").map((line) => "<div>" + (escaped(line) || "<br>") + "</div>").join("");
  if (caret === null) return;
  box.focus();
  const before = text.slice(0, caret).split("\\n"), line = box.children[before.length - 1];
  getSelection().collapse(line.firstChild.nodeType === 3 ? line.firstChild : line, before.at(-1).length);
};
const text = () => { const box = at("box"); return "value" in box ? box.value : [...box.children].map((line) => line.textContent).join("\\n"); };
const lines = () => { const box = at("box"); return ("value" in box ? box.value : box.innerText).split("\\n").map((line) => line.trim()).filter(Boolean); };
</script>`;
  await page.route("http://gym.test/**", (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body: html }));
  await page.goto("http://gym.test/ticket/12");
  await page.mouse.click(900, 700);
  await page.addScriptTag({ content: script || "0" });
  const eyes = await eyesIn(page, bundle);
  await eyes.evaluate("eyes.rememberFocus(document); undefined");
  return {
    page,
    /** @param {string} expression */
    ask: (expression) => page.evaluate(expression),
    /** @param {string} [text] @param {number} [stand_ms] */
    insert: async (text = ANSWER, stand_ms = 0) => (await eyes.evaluate(`eyes.insertReply(${JSON.stringify(text)}, document, null, ${stand_ms})`)).outcome,
  };
}

/** Where it goes, what stands there with "|" where the page leaves the caret, what stands there then with "+" for the answer. @type {[string, string, string][]} */
const places = [
  ["on the line that the page leaves free", "Dear Marta,\n\n|\n\nYours, the desk", "Dear Marta,\n\n+\n\nYours, the desk"],
  ["on a line of its own behind the words where the page leaves the caret", "We looked.|\n\nAnna Agent\nAcme Care", "We looked.\n+\n\nAnna Agent\nAcme Care"],
  ["at the end, where the page leaves the caret at the start of words", "|Existing words\nand more", "Existing words\nand more\n+"],
  ["on the free line that the box begins with, though the caret is elsewhere", "\n\nAnna Agent\nAcme |Care", "+\n\nAnna Agent\nAcme Care"],
  ["between greeting and farewell", "Dear Marta,\n\n\n\nKind regards,\nAnna", "Dear Marta,\n\n+\n\nKind regards,\nAnna"],
  ["above a farewell", "Dear Marta,\nit is found.\n\nRegards\nAnna", "Dear Marta,\nit is found.\n+\n\nRegards\nAnna"],
  ["zh: between greeting and farewell", "尊敬的客户：\n\n\n\n此致\n敬礼", "尊敬的客户：\n\n+\n\n此致\n敬礼"],
  ["after a word of farewell with a letter below it", `Regards\nI still wait for the carrier to say where it is, ${"and wait, ".repeat(4)}and wait.`, `Regards\nI still wait for the carrier to say where it is, ${"and wait, ".repeat(4)}and wait.\n+`],
  ["above a quoted mail that only its head tells", "Hello\n\nFrom: Marta\nSent: Monday\nTo: Care\nWhere is it?", "Hello\n+\n\nFrom: Marta\nSent: Monday\nTo: Care\nWhere is it?"],
  ["after lines that look like a mail's head", "From: Berlin\nTo: Munich\nDate: 3 May", "From: Berlin\nTo: Munich\nDate: 3 May\n+"],
  ["zh: after a name that begins like a farewell", "祝先生您好\n已经找到了。", "祝先生您好\n已经找到了。\n+"],
];

test("a box that the agent goes to meanwhile gets no answer that is another's", async () => {
  const desk = await show(FIELD, `document.body.insertAdjacentHTML("beforeend", '<label>Search tickets <input id="other"></label>'); at("box").addEventListener("focus", () => setTimeout(() => at("other").focus(), 125))`);
  assert.notEqual(await desk.insert(), "inserted");
  assert.equal(await desk.ask(`at("other").value + text()`), "");
});

// They wait for most of their time.
describe("where an answer goes", { concurrency: 4 }, () => {
  for (const [kind, box] of [["a field", FIELD], ["an editable", EDITABLE]]) {
    for (const [where, start, wanted] of places) {
      test(`${kind}: ${where}`, async () => {
        const caret = start.indexOf("|");
        const desk = await show(box ?? "", `fill(${JSON.stringify(start.replace("|", ""))}, ${caret < 0 ? null : caret})`);
        assert.equal(await desk.insert(), "inserted");
        assert.equal(await desk.ask("text()"), wanted.replace("+", ANSWER));
      });
    }

    test(`${kind}: on a line of its own behind a finished sentence that the agent has clicked`, async () => {
      const desk = await show(box ?? "", `fill("\\nWe looked.\\n\\nAnna Agent", 11)`);
      await desk.page.keyboard.press("ArrowLeft");
      await desk.page.keyboard.press("ArrowRight");
      assert.equal(await desk.insert(), "inserted");
      assert.deepEqual(await desk.ask("lines()"), ["We looked.", ANSWER, "Anna Agent"]);
    });

    test(`${kind}: a second answer goes below the first, above what stands under it`, async () => {
      const desk = await show(box ?? "", `fill("\\n\\nAnna Agent\\nAcme Care")`);
      await desk.insert("We looked into it.");
      assert.equal(await desk.insert(), "inserted");
      assert.deepEqual(await desk.ask("lines()"), ["We looked into it.", ANSWER, "Anna Agent", "Acme Care"]);
    });
  }
});

test("what only sets elements apart in the page's source is no free line", async () => {
  const desk = await show(EDITABLE, `at("box").innerHTML = "\\n <div>\\n  <div>\\n <div>Existing words</div>\\n <div>and more</div></div></div>"`);
  assert.equal(await desk.insert(), "inserted");
  assert.deepEqual(await desk.ask("lines()"), ["Existing words", "and more", ANSWER]);
});

describe("what counts as inserted", { concurrency: 4 }, () => {
  for (const [kind, box] of [["a field", FIELD], ["an editable", EDITABLE]]) {
    test(`${kind}: not what the page writes its old draft over a moment later`, async () => {
      const desk = await show(box ?? "", `fill("Old draft"); at("box").addEventListener("input", () => setTimeout(fill, 250, "Old draft"), { once: true });`);
      assert.equal(await desk.insert(ANSWER, 800), "copied");
      assert.deepEqual(await desk.ask("lines()"), ["Old draft"]);
    });

    test(`${kind}: what a page only draws anew, and what the agent has gone on with`, async () => {
      const drawn = await show(box ?? "", `fill(""); at("box").addEventListener("input", () => setTimeout(() => { const now = lines().join("\\n"); fill(""); setTimeout(fill, 40, now); }, 200), { once: true });`);
      assert.equal(await drawn.insert(ANSWER, 500), "inserted");
      const sent = await show(box ?? "", `fill(""); at("box").addEventListener("keydown", (event) => { if (event.isTrusted) fill(""); });`);
      const outcome = sent.insert(ANSWER, 1_500);
      await sent.page.waitForFunction("lines().length > 0");
      await sent.page.keyboard.press("a");
      assert.equal(await outcome, "inserted");
    });

    test(`${kind}: once, in the box that takes the place of one that is drawn anew a moment after it got the focus`, async () => {
      const desk = await show(box ?? "", `fill("Old draft"); at("box").addEventListener("focus", () => setTimeout(() => { const now = lines().join("\\n"), other = at("box").cloneNode(); at("box").replaceWith(other); fill(now); other.focus(); }, 60), { once: true });`);
      assert.equal(await desk.insert(), "inserted");
      assert.deepEqual(await desk.ask("lines()"), ["Old draft", ANSWER]);
    });
  }

  test("no beginning of an answer that the page cuts off stays in a field", async () => {
    const desk = await show(FIELD, `fill("Old draft"); at("box").addEventListener("input", () => { at("box").value = at("box").value.slice(0, 20); });`);
    assert.equal(await desk.insert(), "copied");
    assert.deepEqual(await desk.ask("lines()"), ["Old draft"]);
  });

  const hint = (/** @type {string} */ more) => `<div ${more} contenteditable="false" style="position:absolute;color:#aaa">Write a comment, reply…</div>`;
  test("words that an empty box shows are none of its text, marked as such without being named", async () => {
    const desk = await show(EDITABLE, `at("box").innerHTML = ${JSON.stringify(`<p>${hint(`data-placeholder=""`)}<br></p>`)}; at("box").addEventListener("paste", (event) => { event.preventDefault(); at("box").textContent = event.clipboardData.getData("text/plain"); });`);
    assert.equal(await desk.insert(), "inserted");
    assert.deepEqual(await desk.ask("lines()"), [ANSWER]);
  });

  test("a page that only takes those words away at a paste has not taken the answer in", async () => {
    const desk = await show(EDITABLE, `at("box").innerHTML = ${JSON.stringify(hint(""))}; at("box").addEventListener("paste", () => at("box").replaceChildren());`);
    assert.equal(await desk.insert(), "inserted");
    assert.deepEqual(await desk.ask("lines()"), [ANSWER]);
  });

  test("a field whose text and caret nobody sees takes keys for something else", async () => {
    const desk = await show(`<canvas width="400" height="100"></canvas><textarea id="box" aria-label="Reply" style="width:200px;height:40px;color:transparent;caret-color:transparent"></textarea>`);
    assert.equal(await desk.insert(), "no_reply_box");
    assert.equal(await desk.ask("at('box').value"), "");
  });
});
