// Request Tracker: the history arrives late, the reply box (CKEditor) is on a page of its own.
import { readFileSync } from "node:fs";
import { deskNamed } from "../../harness/desks.mjs";
import { SEED } from "../../harness/paths.mjs";

export const name = "request-tracker";
export const seed = SEED;

const desk = deskNamed(name);
export const { start, stop, countMessages } = desk;

/** @param {import("playwright-core").Page} page */
export async function login(page) {
  await page.goto(`${desk.url()}/`);
  await page.fill("input[name=user]", "agent");
  await page.fill("input[name=pass]", "agent-pw");
  await page.click("input[type=submit], button[type=submit]");
  await page.getByText("Logged in as", { exact: false }).first().waitFor({ state: "attached" });
}

/** @type {{key: string, messages: {role: string, text: string}[]}[]} */
const seeded = JSON.parse(readFileSync(seed, "utf8"));
/** @type {import("../desk.d.ts").DeskConversation[]} */
export const conversations = seeded.map(({ key, messages }, index) => ({
  key,
  async open(page) {
    await page.goto(`${desk.url()}/Ticket/Display.html?id=${index + 1}`);
    await page.waitForFunction((count) => document.querySelectorAll(".messagebody").length >= count, messages.filter(({ role }) => role !== "bot" && role !== "system").length);
  },
  async openReply(page) {
    await page.goto(`${desk.url()}/Ticket/Update.html?id=${index + 1}&Action=Respond`);
    await page.frameLocator("iframe.cke_wysiwyg_frame").locator("body[contenteditable=true]").waitFor();
  },
}));

export const quiet = ["/", "/Search/Simple.html?q=order", "/Search/Results.html?Query=id%20%3E%200", "/Ticket/Create.html?Queue=Care", "/Prefs/Other.html"].map(desk.at);
