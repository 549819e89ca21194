// The console of our own: chats in panels side by side, alignment the only sign of who wrote. It has no notes and draws bots as its own side.
import { readFileSync } from "node:fs";
import { SEED } from "../../harness/paths.mjs";
import { start as startServer } from "../../desks/own/chat-console/server.mjs";

export const name = "chat-console";
export const seed = SEED;
export const notes = false;
export const bots = true;
export const attachments = "pictures";

/** @type {Awaited<ReturnType<typeof startServer>>} */
let server;
export async function start() {
  server = await startServer(seed);
}
export const stop = () => server.stop();
export const countMessages = async () => server.store.count();

/** @param {import("playwright-core").Page} page */
export async function login(page) {
  await page.goto(`${server.url}/`);
  await page.locator("#queue button").nth(seeded.length - 1).waitFor();
}

/** @type {{key: string, requester: {name: string}}[]} */
const seeded = JSON.parse(readFileSync(seed, "utf8"));
/** @type {import("../desk.d.ts").DeskConversation[]} */
export const conversations = seeded.map(({ key, requester }) => ({
  key,
  async open(page) {
    await page.locator("#queue button", { hasText: requester.name }).first().click();
    await page.locator(".panel.front .cap", { hasText: requester.name }).waitFor();
  },
}));

/** @param {string} text */
export async function say(text) {
  server.store.add(seeded[0].key, { role: "customer", text });
}

export const quiet = ["/", "/history"].map((path) => ({
  name: path,
  /** @param {import("playwright-core").Page} page */
  async open(page) {
    await page.goto(server.url + path);
  },
}));
