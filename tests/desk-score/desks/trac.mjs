// Trac: an issue tracker; the message that opened a ticket stands apart from the comments.
import { readFileSync } from "node:fs";
import { countMessages as count, startDesk } from "../../harness/desks.mjs";
import { SEED } from "../../harness/paths.mjs";

export const name = "trac";
export const seed = SEED;
export const notes = false;

/** @type {import("../../harness/desks.mjs").Desk} */
let desk;
export async function start(options = {}) {
  desk = await startDesk(name, options);
}
export const stop = () => desk.stop();
export const countMessages = () => count(desk);

/** @param {import("playwright-core").Page} page */
export async function login(page) {
  await page.goto(`${desk.url.replace("//", "//agent:agent-pw@")}/desk/login`);
  await page.goto(`${desk.url}/desk/report`);
  await page.getByText("Logout").first().waitFor();
}

/** @type {{key: string, messages: {role: string}[]}[]} */
const seeded = JSON.parse(readFileSync(seed, "utf8"));
/** @type {import("../desk.d.ts").DeskConversation[]} */
export const conversations = seeded.map(({ key }, index) => ({
  key,
  async open(page) {
    await page.goto(`${desk.url}/desk/ticket/${index + 1}`);
  },
}));

/** @param {string} path */
const at = (path) => ({
  name: path,
  /** @param {import("playwright-core").Page} page */
  async open(page) {
    await page.goto(`${desk.url}/desk${path}`);
  },
});
export const quiet = ["/wiki", "/report", "/query", "/timeline", "/newticket", "/search?q=order", "/prefs", "/admin"].map(at);
