// @ts-check
/**
 * The hands in real editors, in Chromium and Firefox: the editor's own model has the text exactly once, what was there stays, nothing is sent, one undo takes it back.
 * The core cases of gym/cases.js; gym/table.mjs asks all.
 */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { pathOf, rows, serveGym } from "./gym/build.js";
import { cases, runCase } from "./gym/cases.js";
import { exceptionOf, isOpen } from "./gym/exceptions.js";
import { chromiumWorld, firefoxWorld } from "./gym/worlds.js";

const ONE = "Thank you, we have your parcel.";
/** @type {Awaited<ReturnType<typeof serveGym>>} */
let gym;
before(async () => { gym = await serveGym(); });
after(() => gym.close());

/** A browser for the tests of one group. @param {() => Promise<import("./gym/worlds.js").World>} open */
function worldOf(open) {
  /** @type {import("./gym/worlds.js").World} */
  let world;
  before(async () => { world = await open(); });
  after(() => world?.close());
  return () => world;
}

// Most of the time goes by in waiting for an editor: the browsers take their turns side by side, each in two windows.
describe("in both browsers", { concurrency: 4 }, () => {
  for (const [browser, open] of /** @type {const} */ ([["Chromium", chromiumWorld], ["Firefox", firefoxWorld]])) {
    const half = Math.ceil(rows.length / 2);
    for (const [title, part] of /** @type {const} */ ([["first half", rows.slice(0, half)], ["second half", rows.slice(half)]])) {
      describe(`${browser}, ${title} of the editors`, { concurrency: 1 }, () => {
        const world = worldOf(open);
        for (const row of part) {
          test(row.title, async () => {
            for (const item of cases.filter((item) => item.core && !isOpen(row, item, browser))) {
              const result = await runCase(world(), gym.origin, row, item);
              if (!result) continue;
              assert.equal(result.sends, 0, item.title);
              assert.equal(result.ok, !exceptionOf(row, item), JSON.stringify({ case: item.title, ...result }));
            }
          });
        }
      });
    }

    describe(`${browser}, in one place or another`, { concurrency: 1 }, () => {
      const world = worldOf(open);

      test("words of the answer that a signature has, too, are left whole there", async () => {
        for (const name of ["toast_markdown", "medium", "squire"]) {
          const row = /** @type {import("./gym/build.js").Row} */ (rows.find((candidate) => candidate.name === name));
          const result = await runCase(world(), gym.origin, row, { title: "twice", start: "Hi\n\n-- \nAll is ok here", text: "ok", lines: ["Hi", "ok", "--", "All is ok here"] });
          assert.equal(result?.ok, true, JSON.stringify({ name, ...result }));
        }
      });

      test("a caret that a click alone has set is the agent's, in a frame, too", async () => {
        for (const [name, place] of [["bare_editable", "page"], ["bare_editable", "frame"], ["prosemirror", "frame"]]) {
          const row = /** @type {import("./gym/build.js").Row} */ (rows.find((candidate) => candidate.name === name && candidate.place === place));
          const result = await runCase(world(), gym.origin, row, { title: "click", start: "Last words.", text: "New ", lines: ["New Last words."], keys: [], selects: [0, 0] });
          assert.equal(result?.ok, true, JSON.stringify({ name, place, ...result }));
        }
      });

      test("an editor that makes formats of Markdown signs has the words all the same", async () => {
        const row = /** @type {import("./gym/build.js").Row} */ (rows.find(({ name }) => name === "tiptap"));
        const result = await runCase(world(), gym.origin, row, { title: "Markdown", start: "", text: "* one\n**two** and `three`", lines: ["* one", "two and three"] });
        assert.equal(result?.ok, true, JSON.stringify(result));
      });

      /** @param {string} start @param {string} change run in the page before the answer is inserted @param {string} more of the address */
      async function textarea(start, change = "0", more = "") {
        const row = /** @type {import("./gym/build.js").Row} */ (rows.find(({ name }) => name === "textarea"));
        await world().open(gym.origin + pathOf(row, start) + more);
        await world().wait("window.model", "mounted");
        // Browsers give the clipboard only to who was clicked just now.
        await world().click(5, 5);
        await world().evaluate(`{ ${change} }`);
        return world().call("insertReply", ONE);
      }

      test("above a signature with nothing before it, and above a quoted mail", async () => {
        assert.equal((await textarea("\n\n-- \nAnna Agent\nAcme Care")).outcome, "inserted");
        assert.equal(await world().evaluate("model()"), `${ONE}\n\n-- \nAnna Agent\nAcme Care`);
        assert.equal((await textarea("\n\nOn Mon, 3 May 2026, Marta wrote:\n> Where is it?")).outcome, "inserted");
        assert.equal(await world().evaluate("model()"), `${ONE}\n\nOn Mon, 3 May 2026, Marta wrote:\n> Where is it?`);
      });

      test("between greeting and farewell, and on the line that the page leaves free", async () => {
        assert.equal((await textarea("Dear Marta,\n\n\n\nKind regards,\nAnna")).outcome, "inserted");
        assert.equal(await world().evaluate("model()"), `Dear Marta,\n\n${ONE}\n\nKind regards,\nAnna`);
        assert.equal((await textarea("Hi\n\n\n\nBye", `document.querySelector("textarea").focus(); document.querySelector("textarea").setSelectionRange(4, 4)`)).outcome, "inserted");
        assert.equal(await world().evaluate("model()"), `Hi\n\n${ONE}\n\nBye`);
      });

      test("a page that reads its box on keyup learns of it", async () => {
        await textarea("", `document.querySelector("textarea").addEventListener("keyup", (event) => { window.heard = event.target.value; })`);
        assert.equal(await world().evaluate("heard"), ONE);
      });

      test("a field that is too small is left alone, and the answer is on the clipboard", async () => {
        assert.equal((await textarea("", `document.querySelector("textarea").maxLength = 10`)).outcome, "copied");
        assert.equal(await world().evaluate("model()"), "");
      });

      // Firefox knows no Permissions-Policy for the clipboard.
      test("it is not said to be on the clipboard where the page keeps that for itself", { skip: browser === "Firefox" }, async () => {
        const change = `document.querySelector("textarea").maxLength = 10; addEventListener("copy", (event) => event.stopImmediatePropagation(), true);`;
        assert.equal((await textarea("", change, "&clipboard_off=1")).outcome, "not_copied");
        assert.equal(await world().evaluate("model()"), "");
      });
    });
  }
});
