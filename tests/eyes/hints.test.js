// @ts-check
/**
 * Leave one desk out: the content script holds no rule that names a desk, so there is none to leave out; and without the marks that
 * mail programs leave in quoted mail, the only names of products in it, the reading loses next to nothing.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { chatFixtures } from "./fixtures/chats.js";
import { conversations } from "./fixtures/conversations.js";
import { moreFixtures } from "./fixtures/more.js";
import { ticketFixtures } from "./fixtures/tickets.js";
import { scoreDesk } from "./score.js";
import { bundleEyes, eyesIn, openBrowser, servePage } from "./world.js";

const content = fileURLToPath(new URL("../../extension/content/", import.meta.url));
const desks = fileURLToPath(new URL("../desk-score/desks/", import.meta.url));
/** Marks in the bodies of mails, whatever desk shows them. */
const MAIL_MARKS = /gmail_quote|gmail_attr|yahoo_quoted|moz-cite-prefix|protonmail_quote|divRplyFwdMsg|appendonsend|gmail_signature|moz-signature|ms-outlook-mobile-signature/;
const code = readdirSync(content).filter((name) => name.endsWith(".js")).map((name) => ({ name, source: readFileSync(content + name, "utf8") }));

test("the content script names no class, id, element or host of any desk", () => {
  const deskFiles = readdirSync(desks).filter((name) => name.endsWith(".mjs")).map((name) => readFileSync(desks + name, "utf8"));
  const css = readFileSync(new URL("../desks/own/chat-console/console.css", import.meta.url), "utf8");
  const selectors = [...deskFiles.flatMap((file) => [...file.matchAll(/(?:click|locator|fill|querySelector(?:All)?|waitForFunction|frameLocator)\(\s*[`"']([^`"']+)/g)].map((hit) => hit[1] ?? "")), css];
  const names = new Set(["converse", "django", "helpdesk/", "rt-", "prosody", "conversejs", ...selectors.flatMap((selector) => [...selector.matchAll(/[.#]([a-zA-Z][\w-]{3,})/g)].map((hit) => hit[1] ?? ""))]);
  assert.ok(names.size > 12, [...names].join(" "));
  for (const { name, source } of code) {
    const strings = [...source.matchAll(/"(?:[^"\\\n]|\\.)*"|`[^`]*`/g)].map((hit) => hit[0]);
    for (const mark of names) for (const text of strings) assert.ok(!new RegExp(`(?:^["\`]?|[\\s,>(])[a-z*]*[.#]${mark.replace(/[/-]/g, "\\$&")}\\b|\\[(?:class|id)[*^$~|]?="?${mark.replace(/[/-]/g, "\\$&")}`).test(text), `${name}: ${text} names ${mark}`);
  }
});

test("selectors of the content script name attributes of the platform, and mail programs' marks", () => {
  for (const { name, source } of code) {
    const selectors = [...source.matchAll(/(?:matches|closest|querySelector|querySelectorAll|queryDeep)\((?:doc, )?"([^"]*)"|_(?:SELECTOR|NODE|MARK) = "([^"]*)"/g)].map((hit) => hit[1] ?? hit[2] ?? "");
    for (const selector of selectors) {
      for (const hit of selector.replace(/\[[^\]]*\]/g, "").matchAll(/[.#]([a-zA-Z][\w-]+)/g)) assert.match(hit[1] ?? "", MAIL_MARKS, `${name}: ${selector}`);
    }
  }
});

/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

test("without the mail programs' marks the reading of pages that have them loses no more than 0.03", async (context) => {
  const whole = await bundleEyes();
  const bare = whole.replace(/"blockquote\[type=cite\], \.gmail_quote[^"]*"/, '"blockquote[type=cite]"');
  assert.notEqual(bare, whole);
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  const serve = await servePage(page);
  const marked = [...chatFixtures, ...ticketFixtures, ...moreFixtures].filter(({ html }) => conversations.some((conversation) => MAIL_MARKS.test(html(conversation))));
  assert.ok(marked.length > 0);
  /** @param {string} bundle */
  const read = async (bundle) => {
    const scores = [];
    for (const fixture of marked) {
      const pairs = [];
      for (const conversation of conversations) {
        await serve(fixture.html(conversation));
        const { reading } = await (await eyesIn(page, bundle)).read();
        pairs.push({ truth: { ...conversation, requester: fixture.requester?.(conversation) ?? conversation.requester }, reading });
      }
      const { E, R } = scoreDesk(pairs, fixture);
      scores.push(E * R);
    }
    return scores.reduce((sum, score) => sum + score, 0) / scores.length;
  };
  const [full, without] = [await read(whole), await read(bare)];
  context.diagnostic(`E·R over ${marked.length} made-up desks: ${full.toFixed(3)}, without marks ${without.toFixed(3)}`);
  assert.ok(full - without <= 0.03);
});
