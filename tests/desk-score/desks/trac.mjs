// Trac: an issue tracker; the message that opened a ticket stands apart from the comments.
import { readFileSync } from "node:fs";
import { deskNamed } from "../../harness/desks.mjs";
import { SEED } from "../../harness/paths.mjs";

export const name = "trac";
export const seed = SEED;
export const notes = false;

const desk = deskNamed(name);
export const { start, stop, countMessages } = desk;

/** @param {import("playwright-core").Page} page */
export async function login(page) {
  await page.goto(`${desk.url().replace("//", "//agent:agent-pw@")}/desk/login`);
  await page.goto(`${desk.url()}/desk/report`);
  await page.getByText("Logout").first().waitFor();
}

/** @type {{key: string, messages: {role: string}[]}[]} */
const seeded = JSON.parse(readFileSync(seed, "utf8"));
/** @type {import("../desk.d.ts").DeskConversation[]} */
export const conversations = seeded.map(({ key }, index) => ({
  key,
  async open(page) {
    await page.goto(`${desk.url()}/desk/ticket/${index + 1}`);
  },
}));

export const quiet = ["/wiki", "/report", "/query", "/timeline", "/newticket", "/search?q=order", "/prefs", "/admin"].map((path) => desk.at(`/desk${path}`));
