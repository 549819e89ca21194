// @ts-check
/** What was taught on one page is read on the others of its desk, also after a release that renamed every class and moved things about. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { chatFixtures } from "./fixtures/chats.js";
import { conversations } from "./fixtures/conversations.js";
import { moreFixtures } from "./fixtures/more.js";
import { rebuild, renameClasses } from "./fixtures/renewed.js";
import { ticketFixtures } from "./fixtures/tickets.js";
import { scoreDesk } from "./score.js";
import { bundleEyes, eyesIn, openBrowser, servePage } from "./world.js";

/** @typedef {import("./fixtures/chats.js").Fixture} Fixture */
/** @typedef {import("./fixtures/conversations.js").Conversation} Conversation */

const desks = [...chatFixtures, ...ticketFixtures, ...moreFixtures];
const first = /** @type {Conversation} */ (conversations[0]);

/** Finds, as a pointer would, the innermost element that shows a line, and learns from what belongs to it. */
const TEACH = `(customer, own, box) => {
  const deepest = (text) => {
    const holds = (element) => eyes.isVisible(element) && !/^(?:SCRIPT|STYLE)$/.test(element.tagName) && !/nowrap/.test(getComputedStyle(element).whiteSpace);
    const find = (element) => {
      for (const kid of eyes.composedElements(element)) { const found = holds(kid) ? find(kid) : null; if (found) return found; }
      return [...element.childNodes].some((node) => node.nodeType === 3 && node.nodeValue.replace(/\\s+/g, " ").includes(text)) ? element : null;
    };
    return find(document.body);
  };
  const candidates = eyes.findCandidates(document);
  const row = (text) => text === null ? null : candidates.around(deepest(text));
  const lesson = eyes.learnLocator(document, { customer: row(customer), own: row(own), box: candidates.fields.find((field) => box === null || field.matches(box)) ?? null });
  return lesson && { taught: lesson.taught, read: [lesson.customerRead, lesson.ownRead], rows: lesson.rows.length, said: lesson.rows.map((row) => [row.author, row.draft.unit.element.tagName, row.draft.text.slice(0, 50)]), row: row(customer)?.outerHTML.slice(0, 300) };
}`;

/** @type {import("playwright-core").Browser} */
let browser;
/** @type {(html: string, url?: string) => Promise<any>} */
let show;
let bundle = "";

before(async () => {
  bundle = await bundleEyes();
  browser = await openBrowser();
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  const serve = await servePage(page);
  show = async (html, url) => {
    await serve(html, url);
    return eyesIn(page, bundle);
  };
});
after(() => browser.close());

/** A piece of what was said, as it stands in one piece on every desk. @param {Conversation} conversation @param {"customer" | "agent"} role */
function pieceOf(conversation, role) {
  const lines = conversation.messages.find((line) => line.role === role)?.text.split("\n") ?? [];
  return lines.reduce((longest, line) => (line.length > longest.length ? line : longest), "").slice(0, 24);
}

for (const fixture of desks) {
  test(`taught once: ${fixture.name}`, async (context) => {
    const eyes = await show(fixture.html(first));
    const lesson = await eyes.evaluate(`(${TEACH})(${JSON.stringify(pieceOf(first, "customer"))}, ${JSON.stringify(pieceOf(first, "agent"))}, ${JSON.stringify(fixture.boxSelector ?? null)})`);
    assert.ok(lesson, "something was learned");
    const plain = [], renewed = [];
    for (const [at, conversation] of conversations.entries()) {
      const truth = { ...conversation, requester: fixture.requester?.(conversation) ?? conversation.requester };
      const html = fixture.html(conversation);
      for (const anew of [false, true]) {
        const page = await show(anew ? renameClasses(html, `release ${at}`) : html);
        if (anew) await page.page.evaluate(rebuild, 0.35);
        await page.evaluate(`eyes.setTaught([${JSON.stringify(lesson.taught)}])`);
        const { reading, reasons, insight } = await page.evaluate("(() => { const reader = eyes.createReader(document); const reading = reader.read(); return { reading, reasons: reader.reasons(), insight: reader.insight().taught }; })()");
        if (insight !== "found") context.diagnostic(`${conversation.key} ${anew}: ${insight} ${reasons.slice(0, 3).join("; ")}`);
        (anew ? renewed : plain).push({ truth, reading });
      }
    }
    const [a, b] = [scoreDesk(plain, fixture), scoreDesk(renewed, fixture)];
    context.diagnostic(JSON.stringify({ lesson: lesson.read, rows: lesson.rows, a: [a.E, a.R], b: [b.E, b.R] }));
    if (process.env.TEACH_SHOW) context.diagnostic(JSON.stringify(lesson));
    if (process.env.TEACH_SHOW) for (const { reading, truth } of renewed) context.diagnostic(JSON.stringify([truth.key, reading?.messages.map((m) => [m.author, m.evidence, m.text.slice(0, 40)])]));
    assert.ok(a.E >= 0.95 && a.R >= 0.95 && b.E >= 0.95 && b.R >= 0.95, JSON.stringify({ lesson: lesson.read, row: lesson.row, a, b }));
  });
}
