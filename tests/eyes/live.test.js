// @ts-check
/** The observer on pages that change: every message once, in order, soon; other conversations and none noticed; a bounded cost. And the counting of keys. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { chatFixtures } from "./fixtures/chats.js";
import { conversations } from "./fixtures/conversations.js";
import { gaps } from "./fixtures/gaps.js";
import { bundleEyes, eyesIn, openBrowser, servePage } from "./world.js";

const WATCH = `globalThis.seen = []; globalThis.costs = []; globalThis.stop = eyes.watchPage((reading) => seen.push({ at: Date.now(), id: reading?.conversation.id ?? null, messages: reading?.messages.map(({ id, author, text }) => ({ id, author, text })) ?? null }), { onCost: (cost) => costs.push(cost) }); undefined`;
/** @typedef {{ at: number, id: string | null, messages: { id: string, author: string, text: string }[] | null }} Seen */
/** @type {import("playwright-core").Browser} */
let browser;
/** @type {(html: string) => Promise<any>} */
let show;

before(async () => {
  const bundle = await bundleEyes();
  browser = await openBrowser();
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  const serve = await servePage(page);
  show = async (html) => {
    await serve(html);
    const eyes = await eyesIn(page, bundle);
    await eyes.evaluate(WATCH);
    return eyes;
  };
});
after(() => browser.close());

/** @param {any} eyes @param {string} condition over `seen`, in the isolated world */
async function until(eyes, condition, limit_ms = 10_000) {
  const end = Date.now() + limit_ms;
  while (Date.now() < end) {
    if (await eyes.evaluate(condition)) return;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  assert.fail(`never: ${condition}\n${JSON.stringify(await eyes.evaluate("seen"))}`);
}

for (const [name, row, slot] of [["aligned bubbles", ".m.j", "span"], ["zh workbench", ".li:not(.me)", ".tx"], ["busy messenger", ".row:not(.own)", ".bub > div"]]) {
  test(`${name}: twenty messages, in a burst and one by one, text arriving late`, async () => {
    const fixture = /** @type {import("./fixtures/chats.js").Fixture} */ (chatFixtures.find((other) => other.name === name));
    const eyes = await show(fixture.html(/** @type {any} */ (conversations[0])));
    await until(eyes, "seen.length > 0");
    const said = /** @type {{ at: number, text: string }[]} */ (await eyes.page.evaluate(async (/** @type {string[]} */ [selector, inner]) => {
      const out = [];
      for (let n = 0; n < 20; n++) {
        const source = /** @type {HTMLElement} */ (document.querySelector(/** @type {string} */ (selector)));
        const copy = /** @type {HTMLElement} */ (source.cloneNode(true));
        copy.removeAttribute("data-mid");
        const place = /** @type {HTMLElement} */ (copy.querySelector(/** @type {string} */ (inner)));
        place.textContent = "";
        const reversed = document.querySelector("[role=log]");
        if (reversed) reversed.prepend(copy);
        else source.parentElement?.append(copy);
        await new Promise((resolve) => setTimeout(resolve, 15));
        place.textContent = `Live message number ${n} is here`;
        out.push({ at: Date.now(), text: place.textContent });
        await new Promise((resolve) => setTimeout(resolve, n < 10 ? 10 : 200));
      }
      return out;
    }, [row, slot]));
    await until(eyes, `seen.at(-1).messages.some((message) => message.text.includes("number 19"))`);
    const seen = /** @type {Seen[]} */ (await eyes.evaluate("seen"));
    const last = seen.at(-1)?.messages ?? [];
    const places = said.map(({ text }) => last.flatMap((message, at) => (message.text === text ? [at] : [])));
    assert.ok(places.every((found) => found.length === 1), "each once");
    assert.deepEqual(places.flat(), [...places.flat()].sort((a, b) => a - b), "in order");
    assert.equal(new Set(last.map((message) => message.id)).size, last.length, "unique ids");
    assert.ok(seen.every((event) => event.messages?.every((message) => message.text !== "")), "no empty message");
    for (const { at, text } of said) {
      const first = seen.find((event) => event.messages?.some((message) => message.text === text));
      assert.ok(first && first.at - at < 1_000, `${text}: ${first ? first.at - at : "never"} ms`);
    }
    await eyes.evaluate("stop()");
  });
}

test("a single-page desk: each conversation opened, and the inbox between", async () => {
  const eyes = await show(`<!doctype html><title>SPA</title><style>.m{margin:8px;overflow:hidden}.m>span{display:inline-block;padding:8px 12px;border-radius:14px;background:#eef;max-width:60%}.m.k>span{float:right;background:#dfd}</style><div id=app></div><script>
    const all = { 1: ["Marta Kowalska", [["j", "Hello, my parcel is lost"], ["k", "I am looking for it now"]]], 2: ["Li Wei", [["j", "Charged twice!"], ["k", "So sorry about that."], ["j", "When do I get it back?"]]] };
    function go(n) { history.pushState({}, "", n ? "/c/" + n : "/inbox"); app.innerHTML = n ? "<h2>" + all[n][0] + "</h2><div>" + all[n][1].map(([c, t]) => '<div class="m ' + c + '"><span>' + t + "</span></div>").join("") + '</div><textarea placeholder="Type a message"></textarea><button>Send</button>' : "<h1>Inbox</h1><ul>" + Object.values(all).map((d) => "<li><a href=#>" + d[0] + "</a></li>").join("") + "</ul>"; }
    go(0);</script>`);
  await until(eyes, "seen.length > 0");
  for (const [n, wanted] of [[1, "desk.test/c/1"], [2, "desk.test/c/2"], [0, null], [2, "desk.test/c/2"]]) {
    await eyes.page.evaluate(`go(${n})`);
    await until(eyes, `seen.length > 0 && seen.at(-1).id === ${JSON.stringify(wanted)}`);
  }
  const seen = /** @type {Seen[]} */ (await eyes.evaluate("seen"));
  assert.deepEqual(seen.map((event) => [event.id, event.messages?.map((message) => message.author[0]).join("") ?? null]), [[null, null], ["desk.test/c/1", "ca"], ["desk.test/c/2", "cac"], [null, null], ["desk.test/c/2", "cac"]]);
  await eyes.evaluate("stop()");
});

test("an edited message keeps its id, a deleted one goes", async () => {
  const fixture = /** @type {import("./fixtures/chats.js").Fixture} */ (chatFixtures.find((other) => other.name === "busy messenger"));
  const eyes = await show(fixture.html(/** @type {any} */ (conversations[0])));
  await until(eyes, "seen.length > 0");
  const [first] = /** @type {Seen[]} */ (await eyes.evaluate("seen"));
  const id = first?.messages?.at(-1)?.id;
  await eyes.page.evaluate(() => { /** @type {HTMLElement} */ (document.querySelector(".row .bub > div")).textContent = "ok, thank you"; });
  await until(eyes, `seen.at(-1).messages.at(-1).text === "ok, thank you"`);
  assert.equal((/** @type {Seen[]} */ (await eyes.evaluate("seen"))).at(-1)?.messages?.at(-1)?.id, id);
  await eyes.page.evaluate(() => document.querySelector(".row")?.remove());
  await until(eyes, `!seen.at(-1).messages.some((message) => message.text === "ok, thank you")`);
  await eyes.evaluate("stop()");
});

test("a virtualised list: all that was scrolled past stays read, in order; a row deleted in sight goes", async () => {
  const eyes = await show(`<!doctype html><title>Desk</title><style>body{font:14px sans-serif}.p{height:400px;overflow:auto;width:600px}.c{position:relative;height:6000px}.r{position:absolute;left:0;right:0;height:90px}</style><h1>Long thread</h1><p>Requested by Marta Kowalska</p>
    <div class=p><div class=c></div></div><form onsubmit="return false"><label>Your answer <textarea></textarea></label><button>Send answer</button></form><script>
    const pane = document.querySelector(".p"), content = document.querySelector(".c"), words = ["the parcel", "my invoice", "that order", "a refund"];
    let lines = Array.from({ length: 60 }, (_, n) => [n, n % 9 === 4 ? "ok" : "About " + words[n % 4] + ", point number " + n + " of the list"]);
    function draw() {
      const from = Math.floor(pane.scrollTop / 100) - 1, to = Math.ceil((pane.scrollTop + 400) / 100) + 1;
      const wanted = lines.map(([n, text], at) => [n, text, at]).filter(([, , at]) => at >= from && at <= to);
      for (const row of [...content.children]) if (!wanted.some(([n]) => row.k === n)) row.remove();
      for (const [n, text, at] of wanted) {
        let row = [...content.children].find((one) => one.k === n);
        if (!row) { row = document.createElement("div"); row.k = n; row.className = "r"; row.innerHTML = "<b>" + (n % 2 ? "Anna Agent" : "Marta Kowalska") + "</b> <span>10:" + String(n).padStart(2, "0") + "</span><div>" + text + "</div>"; content.append(row); }
        row.style.transform = "translateY(" + at * 100 + "px)";
      }
    }
    pane.addEventListener("scroll", draw); draw();</script>`);
  await until(eyes, "seen.length > 0");
  for (let at = 0; at < 60; at += 3) {
    await eyes.page.evaluate(`pane.scrollTop = ${at * 100}`);
    await until(eyes, `seen.at(-1).messages.length >= ${Math.min(60, at + 4)}`);
  }
  const wanted = await eyes.page.evaluate("lines.map(([, text]) => text)");
  const texts = async () => /** @type {Seen[]} */ (await eyes.evaluate("seen")).at(-1)?.messages?.map((message) => message.text);
  assert.deepEqual(await texts(), wanted);
  const ids = /** @type {Seen[]} */ (await eyes.evaluate("seen")).at(-1)?.messages?.map((message) => message.id) ?? [];
  assert.equal(new Set(ids).size, ids.length, "ids are unique");
  await eyes.page.evaluate("lines = lines.filter(([n]) => n !== 58); content.style.height = '5900px'; draw()");
  await until(eyes, `seen.at(-1).messages.length === 59`);
  assert.deepEqual(await texts(), wanted.filter((/** @type {string} */ _, /** @type {number} */ n) => n !== 58));
  await eyes.evaluate("stop()");
});

test("a short message written letter by letter is read to its end", async () => {
  const fixture = /** @type {import("./fixtures/chats.js").Fixture} */ (chatFixtures.find((other) => other.name === "zh workbench"));
  const eyes = await show(fixture.html(/** @type {any} */ (conversations[0])));
  await until(eyes, "seen.length > 0");
  await eyes.page.evaluate(async () => {
    const row = /** @type {HTMLElement} */ (document.querySelector(".li:not(.me)")?.cloneNode(true));
    const place = /** @type {HTMLElement} */ (row.querySelector(".tx"));
    place.textContent = "";
    document.querySelector(".list")?.append(row);
    for (const letter of "Is it here before Saturday, then?") {
      place.textContent += letter;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  });
  await until(eyes, `seen.at(-1).messages.at(-1).text === "Is it here before Saturday, then?"`);
  await eyes.evaluate("stop()");
});

test("history loaded on scroll: older messages come before, the known ones keep their ids", async () => {
  const fixture = /** @type {import("./fixtures/chats.js").Fixture} */ (chatFixtures.find((other) => other.name === "zh workbench"));
  const eyes = await show(fixture.html(/** @type {any} */ (conversations[0])));
  await until(eyes, "seen.length > 0");
  const [first] = /** @type {Seen[]} */ (await eyes.evaluate("seen"));
  await eyes.page.evaluate(() => {
    const list = /** @type {HTMLElement} */ (document.querySelector(".list")), row = /** @type {HTMLElement} */ (document.querySelector(".li:not(.me)"));
    for (let n = 20; n > 0; n--) {
      const copy = /** @type {HTMLElement} */ (row.cloneNode(true));
      /** @type {HTMLElement} */ (copy.querySelector(".tx")).textContent = `Older message number ${n}`;
      list.prepend(copy);
    }
  });
  await until(eyes, `seen.at(-1).messages.some((message) => message.text.endsWith("number 1"))`);
  const last = /** @type {Seen[]} */ (await eyes.evaluate("seen")).at(-1)?.messages ?? [];
  assert.deepEqual(last.slice(0, 20).map((message) => message.text), Array.from({ length: 20 }, (_, n) => `Older message number ${n + 1}`));
  assert.deepEqual(last.slice(20), first?.messages);
  await eyes.evaluate("stop()");
});

test("chats side by side: the focus says which one is read", async () => {
  const gap = /** @type {import("./fixtures/gaps.js").Gap} */ (gaps.find((other) => other.name.startsWith("side by side")));
  const eyes = await show(gap.html);
  await until(eyes, `seen.at(-1)?.messages?.[0]?.text === "Charged twice!"`);
  await eyes.page.evaluate(() => /** @type {HTMLElement} */ (document.querySelectorAll("textarea")[2]).focus());
  await until(eyes, `seen.at(-1)?.messages?.[0]?.text === "Where is my invoice?"`);
  await eyes.page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement).blur());
  await eyes.page.evaluate(() => document.querySelectorAll(".l")[0]?.insertAdjacentHTML("beforeend", `<div class="m"><span>And it was a present for somebody, as I told you before</span></div>`));
  await eyes.page.evaluate(() => document.querySelectorAll(".l")[2]?.insertAdjacentHTML("beforeend", `<div class="m"><span>Bye</span></div>`));
  await until(eyes, `seen.at(-1)?.messages?.at(-1)?.text === "Bye"`);
  assert.equal((await eyes.insert("For Jo alone")).outcome, "inserted");
  assert.deepEqual(await eyes.page.evaluate(() => [...document.querySelectorAll("textarea")].map((box) => box.value)), ["", "", "For Jo alone"], "never into a neighbour's box");
  await eyes.evaluate("stop()");
});

test("2,000 messages and 50 mutations a second: the watcher's share of a core", async (context) => {
  const fixture = /** @type {import("./fixtures/chats.js").Fixture} */ (chatFixtures.find((other) => other.name === "zh workbench"));
  const messages = Array.from({ length: 2000 }, (_, at) => ({ role: at % 3 === 1 ? "agent" : "customer", text: `Message ${at}: ${"lorem ipsum dolor ".repeat(1 + (at % 5))}`, ago: 2000 - at }));
  const eyes = await show(`${fixture.html(/** @type {any} */ ({ ...conversations[0], messages }))}<div id="tick">0</div>`);
  await until(eyes, "seen.length > 0", 60_000);
  const cdp = await eyes.page.context().newCDPSession(eyes.page);
  await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
  const busy_s = async () => (await cdp.send("Performance.getMetrics")).metrics.find((/** @type {{ name: string }} */ metric) => metric.name === "ScriptDuration")?.value ?? 0;
  await eyes.page.evaluate("n = 0; beat = setInterval(() => { tick.textContent = ++n; }, 20); new Promise((resolve) => setTimeout(resolve, 3000))");
  const start_s = await busy_s();
  await eyes.page.evaluate("new Promise((resolve) => setTimeout(resolve, 8000))");
  const watched_s = (await busy_s()) - start_s;
  await eyes.evaluate("stop()");
  const idle_s = await busy_s();
  await eyes.page.evaluate("new Promise((resolve) => setTimeout(resolve, 4000))");
  const share = (watched_s / 8 - ((await busy_s()) - idle_s) / 4) * 100;
  context.diagnostic(`${share.toFixed(2)} % of a core (thread time)`);
  assert.ok(share < 4, `${share.toFixed(2)} %`);
});

test("keys are counted, not looked at", async () => {
  const eyes = await show(`<!doctype html><textarea></textarea>`);
  await eyes.evaluate("globalThis.reports = []; globalThis.quit = eyes.countActivity((report) => reports.push(report)); undefined");
  await eyes.page.locator("textarea").pressSequentially("hello");
  await until(eyes, "reports.length === 1 && reports[0].typing");
  await until(eyes, "reports.length === 2 && !reports[1].typing");
  await until(eyes, "reports.length === 3", 25_000);
  const reports = await eyes.evaluate("reports");
  assert.deepEqual(reports.map((/** @type {any} */ report) => report.key_presses), [0, 0, 5]);
  const total = reports.reduce((/** @type {number} */ sum, /** @type {any} */ report) => sum + report.elapsed_ms, 0);
  assert.ok(total >= 19_500 && total < 24_000, String(total));
  assert.deepEqual(Object.keys(reports[2]).sort(), ["elapsed_ms", "key_presses", "typing", "visible"]);
  await eyes.evaluate("quit(); stop()");
});
