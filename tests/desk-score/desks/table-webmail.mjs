// The webmail of our own: nested tables, quoted history, signatures and disclaimers, the reply form on a page of its own, no live updates.
import { readFileSync } from "node:fs";
import { SEED } from "../../harness/paths.mjs";
import { start as startServer } from "../../desks/own/table-webmail/server.mjs";

export const name = "table-webmail";
export const seed = SEED;
export const notes = false;
export const attachments = true;

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
  await page.fill("input[name=user]", "anna");
  await page.fill("input[name=password]", "anna-pw");
  await Promise.all([page.waitForURL(/folder=INBOX/), page.click("input[type=submit]")]);
}

/** @type {{key: string}[]} */
const seeded = JSON.parse(readFileSync(seed, "utf8"));
/** @type {import("../desk.d.ts").DeskConversation[]} */
export const conversations = seeded.map(({ key }) => ({
  key,
  async open(page) {
    await page.goto(`${server.url}/mail?thread=${server.store.find(key).number}`);
  },
  async openReply(page) {
    await Promise.all([page.waitForURL(/compose/), page.getByRole("link", { name: "Reply", exact: true }).last().click()]);
  },
}));

export const quiet = ["/mail?folder=INBOX", "/addresses", "/options", "/compose"].map((path) => ({
  name: path,
  /** @param {import("playwright-core").Page} page */
  async open(page) {
    await page.goto(server.url + path);
  },
}));
