// @ts-check
/** What was taught on one page is read on the others of its desk, also after a release that renamed every class and moved things about. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { asLocator } from "../../extension/shared/teach_format.js";
import { chatFixtures } from "./fixtures/chats.js";
import { conversations } from "./fixtures/conversations.js";
import { moreFixtures } from "./fixtures/more.js";
import { otherPages } from "./fixtures/pages.js";
import { rebuild, renameClasses } from "./fixtures/renewed.js";
import { ticketFixtures } from "./fixtures/tickets.js";
import { swappedSides, unreadFixtures } from "./fixtures/unread.js";
import { scoreDesk } from "./score.js";
import { openWorld } from "./world.js";

/** @typedef {import("./fixtures/unread.js").Fixture} Fixture */
/** @typedef {import("./fixtures/conversations.js").Conversation} Conversation */

/** @type {Fixture[]} */
const desks = [...chatFixtures, ...ticketFixtures, ...moreFixtures, ...unreadFixtures];
const first = /** @type {Conversation} */ (conversations[0]);
/** Share of the kinds of elements that get a wrapper in the next release. */
const WRAPPED = 0.35;

/** Runs beside the page: finds, as a pointer would, the innermost element that shows a piece of text, and learns from what belongs to it. */
const TEACH = `(customer, own, box) => {
  const holds = (element) => eyes.isVisible(element) && !/^(?:SCRIPT|STYLE)$/.test(element.tagName) && !/nowrap/.test(getComputedStyle(element).whiteSpace);
  const find = (element, text) => {
    for (const kid of eyes.composedElements(element)) { const found = holds(kid) ? find(kid, text) : null; if (found) return found; }
    return [...element.childNodes].some((node) => node.nodeType === 3 && node.nodeValue.replace(/\\s+/g, " ").includes(text)) ? element : null;
  };
  const candidates = eyes.findCandidates(document);
  const row = (text) => candidates.around(find(document.body, text));
  const lesson = eyes.learnLocator(document, { customer: row(customer), own: row(own), box: candidates.fields.find((field) => box === null || field.matches(box)) ?? null });
  return lesson && { taught: lesson.taught, customerRead: lesson.customerRead, ownRead: lesson.ownRead };
}`;
const READ = "(() => { const reader = eyes.createReader(document); const reading = reader.read(); return { reading, taught: reader.insight().taught }; })()";

/** @type {Awaited<ReturnType<typeof openWorld>>} */
let world;
/** @type {(html: string) => Promise<any>} */
let show;
before(async () => {
  world = await openWorld();
  ({ show } = world);
});
after(() => world.close());

/** A piece of what was said, as it stands in one piece on every desk. @param {Conversation} conversation @param {"customer" | "agent"} role */
function pieceOf(conversation, role) {
  const lines = conversation.messages.find((line) => line.role === role)?.text.split("\n") ?? [];
  return lines.reduce((longest, line) => (line.length > longest.length ? line : longest), "").slice(0, 24);
}

/** @param {Fixture} fixture @returns {Promise<{ taught: import("../../extension/content/teach_known.js").Taught, customerRead: boolean, ownRead: boolean }>} */
async function teach(fixture) {
  const eyes = await show(fixture.html(first));
  const lesson = await eyes.evaluate(`(${TEACH})(${JSON.stringify(pieceOf(first, "customer"))}, ${JSON.stringify(pieceOf(first, "agent"))}, ${JSON.stringify(fixture.boxSelector ?? null)})`);
  assert.ok(lesson, "something was learned");
  return lesson;
}

/** @param {any} eyes @param {object} taught */
const setTaught = (eyes, taught) => eyes.evaluate(`eyes.setTaught([${JSON.stringify(taught)}])`);

for (const fixture of desks) {
  test(`taught once: ${fixture.name}`, async (context) => {
    const { taught, customerRead, ownRead } = await teach(fixture);
    assert.deepEqual([customerRead, ownRead], [true, true], "what was pointed at is read, each as whose it is");
    const stored = JSON.stringify(taught.locator);
    assert.ok(asLocator(JSON.parse(stored)), `what was learned can be kept: ${stored}`);
    for (const words of ["Marta", "Anna", "parcel", "kowalska"]) assert.ok(!stored.includes(words), words);
    const pages = { untaught: /** @type {any[]} */ ([]), plain: /** @type {any[]} */ ([]), renewed: /** @type {any[]} */ ([]) };
    for (const conversation of conversations.filter(({ key }) => fixture.keys?.includes(key) ?? true)) {
      const truth = { ...conversation, requester: fixture.requester?.(conversation) ?? conversation.requester };
      const html = fixture.html(conversation);
      pages.untaught.push({ truth, reading: (await (await show(html)).read()).reading });
      for (const kind of /** @type {const} */ (["plain", "renewed"])) {
        const eyes = await show(kind === "renewed" ? renameClasses(html, `release of ${conversation.key}`) : html);
        if (kind === "renewed") await eyes.page.evaluate(rebuild, WRAPPED);
        await setTaught(eyes, taught);
        const { reading, taught: found } = await eyes.evaluate(READ);
        assert.equal(found, "found", `${conversation.key}, ${kind}`);
        pages[kind].push({ truth, reading });
      }
    }
    const scores = Object.entries(pages).map(([kind, pairs]) => ({ kind, ...scoreDesk(pairs, fixture) }));
    context.diagnostic(scores.map(({ kind, E, R }) => `${kind} E ${E} R ${R}`).join(", "));
    for (const { kind, E, R, customerPrecision, order } of scores.slice(1)) assert.ok(E >= 0.95 && R >= 0.95 && customerPrecision >= 0.98 && order === 1, `${kind}: ${JSON.stringify(scores)}`);
  });
}

test("a page that is no conversation stays none, whatever was taught", async () => {
  const lessons = [];
  for (const fixture of [...unreadFixtures.slice(0, 4), ...ticketFixtures.slice(2, 4)]) lessons.push({ name: fixture.name, taught: (await teach(fixture)).taught });
  for (const other of otherPages) {
    const eyes = await show(other.html);
    for (const { name, taught } of lessons) {
      await setTaught(eyes, taught);
      const { reading } = await eyes.evaluate(READ);
      assert.equal(reading, null, `${other.name}, taught on ${name}`);
    }
  }
});

test("what the agent taught goes before what the team approved, which goes before the search", async () => {
  const { taught } = await teach(swappedSides);
  const roles = taught.locator.roles.map(([sign, present, absent]) => [sign, -present, -absent]);
  const team = { locator: { ...taught.locator, roles }, own_names: [], from: "team" };
  const eyes = await show(swappedSides.html(first));
  const check = async (/** @type {object[]} */ known, /** @type {string} */ found, /** @type {string} */ author) => {
    await eyes.evaluate(`eyes.setTaught(${JSON.stringify(known)})`);
    const { reading, taught: by } = await eyes.evaluate(READ);
    assert.deepEqual([by, reading?.messages[0]?.author], [found, author]);
  };
  await check([team, { ...taught, from: "here" }], "found", "customer");
  await check([team], "team", "agent");
  await check([{ ...team, locator: { ...team.locator, rows: [[["<x-none>", 1]]] } }], "missed", "agent");
});

test("what arrives on a taught page is read as taught, each once", async () => {
  const { taught } = await teach(swappedSides);
  const eyes = await show(swappedSides.html(first));
  await setTaught(eyes, taught);
  await eyes.evaluate("globalThis.seen = []; globalThis.stop = eyes.watchPage((reading) => seen.push(reading?.messages.map(({ author, text }) => [author, text]) ?? [])); undefined");
  const until = async (/** @type {string} */ condition) => {
    for (const end = Date.now() + 10_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 30))) if (await eyes.evaluate(condition)) return;
    assert.fail(`never: ${condition}: ${JSON.stringify(await eyes.evaluate("seen.at(-1)"))}`);
  };
  await until("seen.length > 0 && seen.at(-1).length === 7");
  for (const [selector, author, text] of [[".m.q", "customer", "Are you there?"], [".m.p", "agent", "Yes, we are."], [".m.q", "customer", "Good."]]) {
    await eyes.page.evaluate((/** @type {string[]} */ [row, words]) => {
      const copy = /** @type {HTMLElement} */ (document.querySelector(/** @type {string} */ (row))?.cloneNode(true));
      /** @type {HTMLElement} */ (copy.firstElementChild).textContent = words ?? "";
      document.querySelector(".t")?.append(copy);
    }, [selector, text]);
    await until(`JSON.stringify(seen.at(-1).at(-1)) === ${JSON.stringify(JSON.stringify([author, text]))}`);
  }
  assert.equal((await eyes.evaluate("seen.at(-1)")).length, 10);
  await eyes.evaluate("stop()");
});

test("the reply box pointed at goes before others, and a note stays a note", async () => {
  const boxes = (/** @type {string} */ note) => `<div class="t" style="height:200px"></div><div><textarea aria-label="Details" class="one" style="width:400px;height:80px"></textarea><button>Save</button></div><div>${note}<div contenteditable="true" class="two" style="width:400px;min-height:80px;border:1px solid"></div><button>Go</button></div>`;
  const page = (/** @type {string} */ note) => swappedSides.html(first).replace(/<textarea[^]*<\/button>/, boxes(note));
  const { taught } = await teach({ ...swappedSides, html: () => page(""), boxSelector: ".two" });
  for (const [note, outcome, words] of [["", "inserted", "Hello"], [`<select><option>Reply to customer</option><option selected>Internal note</option></select>`, "needs_choice", ""]]) {
    const eyes = await show(page(note ?? ""));
    await setTaught(eyes, taught);
    await eyes.read();
    assert.equal((await eyes.insert("Hello")).outcome, outcome);
    assert.equal(await eyes.page.locator(".two").textContent(), words);
    assert.equal(await eyes.page.locator(".one").inputValue(), "");
  }
});
