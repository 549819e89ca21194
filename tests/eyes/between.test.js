// @ts-check
/** A desk that goes from one conversation to another without a load: what is told is of one of them, never the one's words in the other's name. */
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { bundleEyes, eyesIn, openBrowser, servePage } from "./world.js";

const WATCH = `globalThis.seen = []; globalThis.looks = 0; globalThis.watch = eyes.watchPage((reading) => seen.push(reading && { id: reading.conversation.id, name: reading.conversation.requester.name, texts: reading.messages.map(({ text }) => text) }), { onLook: () => { looks++; } }); undefined`;
/** Lets the page turn at the n-th turn that a search gives it. */
const TURN = `globalThis.turnAt = (n, turn) => { const wait = globalThis.setTimeout; let turns = 0; globalThis.setTimeout = (work, ms, ...rest) => { if (ms === undefined && ++turns === n) turn(); return wait(work, ms, ...rest); }; return () => { globalThis.setTimeout = wait; return turns >= n; }; }; undefined`;
const TALKS = [
  { id: 101, name: "Marta Kowalska", lines: ["Hello, the screen of my tablet came cracked.", "I am sorry about that. Could you send a photo?", "Here it is. I need the tablet on Monday."] },
  { id: 102, name: "Jonas Feld", lines: ["Could I get an invoice with our VAT number?", "Of course. Which company name should stand on it?", "Feld Werkzeuge, and please send it by mail."] },
];
/** Words of a page that takes some turns to search. */
const FILLING = Array.from({ length: 250 }, (_, at) => `<a href="#">Topic ${at}</a> `).join("");
const PAGE = `<!doctype html><title>Inbox</title><style>body { margin: 0 } .row { margin: 8px } .own { text-align: right } nav { height: 90px; overflow: auto } .away { position: absolute; left: -3000px; width: 1000px }</style>
  <header><span>Signed in as Anna Becker</span></header><main></main><nav>${FILLING}</nav>
  <script>
    const talks = ${JSON.stringify(TALKS)};
    const rows = (talk) => talk.lines.map((line, at) => '<div class="row' + (at % 2 ? " own" : "") + '"><b>' + (at % 2 ? "Anna Becker" : talk.name) + '</b> <time datetime="2026-11-25T09:0' + at + ':00Z">09:0' + at + '</time><p>' + line + "</p></div>").join("");
    const pane = (talk) => '<section><h2>' + talk.name + '</h2><div class="thread">' + rows(talk) + '</div><form><textarea placeholder="Write a reply"></textarea><button>Send</button></form></section>';
    document.querySelector("main").innerHTML = pane(talks[0]);
    const head = (talk) => { document.querySelector("h2").textContent = talk.name; };
    const thread = (talk) => { document.querySelector(".thread").innerHTML = rows(talk); };
  </script>`;
/** @typedef {{ id: string, name: string, texts: string[] }} Seen */

/** @type {import("playwright-core").Browser} */
let browser;
/** @type {(url?: string) => Promise<any>} */
let open;

before(async () => {
  const bundle = await bundleEyes();
  browser = await openBrowser();
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  const serve = await servePage(page);
  open = async (url = "http://desk.test/inbox/101") => {
    await serve(PAGE, url);
    const eyes = await eyesIn(page, bundle);
    await eyes.evaluate(WATCH);
    await until(eyes, "seen.at(-1)?.texts.length === 3");
    return eyes;
  };
});
after(() => browser.close());

/** @param {any} eyes @param {string} condition over `seen`, in the isolated world */
async function until(eyes, condition, limit_ms = 60_000) {
  const end = Date.now() + limit_ms;
  while (Date.now() < end) {
    if (await eyes.evaluate(condition)) return;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  assert.fail(`never: ${condition}\n${JSON.stringify(await eyes.evaluate("seen"))}`);
}

/** Readings that are of both. @param {Seen[]} seen @param {(one: Seen) => string | undefined} whose */
const mixed = (seen, whose) => seen.filter((one) => TALKS.some(({ lines, name, id }) => one.texts.some((text) => lines.includes(text)) && ![name, String(id)].includes(whose(one) ?? "")));

/** Does something in the page and waits for a look at it. @param {any} eyes @param {string} deed */
async function andLook(eyes, deed) {
  const looks = await eyes.evaluate("looks");
  await eyes.page.evaluate(deed);
  await until(eyes, `looks > ${looks}`);
}

for (const [what, url, deed, whose] of /** @type {const} */ ([
  ["an address", "http://desk.test/inbox/101", `history.pushState({}, "", "/inbox/102")`, "id"],
  ["a name over the rows", "http://desk.test/inbox", "head(talks[1])", "name"],
])) {
  test(`${what} that changes before the rows names nothing yet`, async () => {
    const eyes = await open(url);
    await andLook(eyes, deed);
    await eyes.page.evaluate("head(talks[1]); thread(talks[1])");
    await until(eyes, `seen.at(-1).texts.includes(${JSON.stringify(TALKS[1]?.lines[0])})`);
    assert.deepEqual(mixed(/** @type {Seen[]} */ (await eyes.evaluate("seen")), (one) => one[whose].split("/").at(-1)), []);
    assert.match((await eyes.evaluate("seen")).at(-1)[whose], /(?:102|Jonas Feld)$/);
    await eyes.evaluate("watch()");
  });
}

test("the same conversation under another address is told of after a while", async () => {
  const eyes = await open();
  await eyes.page.evaluate(`history.pushState({}, "", "/inbox/777")`);
  await until(eyes, `seen.at(-1).id.endsWith("777")`);
  await eyes.evaluate("watch()");
});

test("whatever the moment of a search at which the page turns, a reading is of one conversation", async () => {
  const eyes = await open("http://desk.test/inbox");
  await eyes.evaluate(TURN);
  for (let turn = 1; turn <= 8; turn++) {
    const to = turn % 2;
    const [html, name] = await eyes.page.evaluate(`[rows(talks[${to}]), talks[${to}].name]`);
    await eyes.evaluate(`globalThis.over = turnAt(${turn}, () => { document.querySelector("h2").textContent = ${JSON.stringify(name)}; document.querySelector(".thread").innerHTML = ${JSON.stringify(html)}; }); undefined`);
    // What is put beside the rows starts a search.
    await andLook(eyes, `document.querySelector("nav").insertAdjacentHTML("beforeend", "<a>One more topic of the house, number ${turn}</a>")`);
    if (!(await eyes.evaluate("over()"))) break;
    await until(eyes, `seen.at(-1).texts.includes(${JSON.stringify(TALKS[to]?.lines[0])})`);
  }
  assert.deepEqual(mixed(/** @type {Seen[]} */ (await eyes.evaluate("seen")), ({ name }) => name), []);
  await eyes.evaluate("watch()");
});

test("a look at once says whether the page still shows what was told", async () => {
  const eyes = await open();
  assert.equal(await eyes.evaluate("watch.stillShown()"), true);
  await eyes.page.evaluate(`document.querySelector(".thread").insertAdjacentHTML("beforeend", rows({ name: "Marta Kowalska", lines: ["Are you still there?"] }))`);
  assert.equal(await eyes.evaluate("watch.stillShown()"), true, "a new message is none of another conversation");
  await eyes.page.evaluate(`history.pushState({}, "", "/inbox/102")`);
  assert.equal(await eyes.evaluate("watch.stillShown()"), false, "the address has changed, the rows have not");
  await eyes.page.evaluate(`head(talks[1]); thread(talks[1])`);
  assert.equal(await eyes.evaluate("watch.stillShown()"), false, "it was told of the one before");
  assert.equal(await eyes.evaluate("watch.stillShown()"), true, "and now of this one");
  await eyes.evaluate("watch()");
});

test("a pane that is moved off the page is left for the one that is shown, and its box is none", async () => {
  const eyes = await open("http://desk.test/inbox");
  await eyes.page.evaluate(`document.querySelector("main").insertAdjacentHTML("beforeend", pane(talks[1])); document.querySelector("section").className = "away"`);
  await until(eyes, `seen.at(-1).name === "Jonas Feld"`);
  assert.equal(await eyes.evaluate("watch.stillShown()"), true);
  await eyes.insert("Here is your invoice.");
  assert.deepEqual(await eyes.page.evaluate(`[...document.querySelectorAll("textarea")].map((box) => box.value)`), ["", "Here is your invoice."]);
  await eyes.evaluate("watch()");
});
