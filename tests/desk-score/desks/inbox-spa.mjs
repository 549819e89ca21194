// The inbox of our own: hashed classes, a virtualised thread, ProseMirror. Its page shows all messages only to those who scroll.
import { readFileSync } from "node:fs";
import { SEED } from "../../harness/paths.mjs";
import { start as startServer } from "../../desks/own/inbox-spa/server.mjs";

export const name = "inbox-spa";
export const seed = SEED;
export const bots = true;
export const attachments = true;
export const classesVary = true;

/** @type {Awaited<ReturnType<typeof startServer>>} */
let server;
export async function start() {
  server = await startServer(seed);
}
export const stop = () => server.stop();
export const countMessages = async () => server.store.count();

/** @param {import("playwright-core").Page} page */
export async function login(page) {
  await page.goto(`${server.url}/inbox`);
  await page.getByText("Choose a conversation.").waitFor();
}

/** @type {{key: string, subject: string}[]} */
const seeded = JSON.parse(readFileSync(seed, "utf8"));
/** @type {import("../desk.d.ts").DeskConversation[]} */
export const conversations = seeded.map(({ key, subject }) => ({
  key,
  async open(page) {
    await page.locator(`a[href="/c/${server.store.find(key).number}"]`).click();
    await page.getByRole("heading", { name: subject, exact: true }).waitFor();
    await page.evaluate(readThrough);
  },
}));

/** Runs in the page: the agent scrolls up to the first message and reads down to the last. */
async function readThrough() {
  const thread = [...document.querySelectorAll("main div")].find((element) => element.scrollHeight > element.clientHeight + 4 && getComputedStyle(element).overflowY === "auto");
  const frames = async (/** @type {number} */ count) => {
    for (let n = 0; n < count; n += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
  };
  if (!thread) return;
  const step = thread.clientHeight * 0.6;
  for (let way = -1; way <= 1; way += 2) {
    for (let before = -1; before !== thread.scrollTop; ) {
      before = thread.scrollTop;
      thread.scrollTop += way * step;
      await frames(way < 0 ? 6 : 12);
    }
  }
}

/** @param {string} text */
export async function say(text) {
  server.store.add(seeded[0].key, { role: "customer", text });
}

export const quiet = ["/inbox", "/contacts", "/settings"].map((path) => ({
  name: path,
  /** @param {import("playwright-core").Page} page */
  async open(page) {
    await page.goto(server.url + path);
  },
}));
