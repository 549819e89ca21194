// prosody + converse.js: one page for all chats, messages come over a WebSocket.
import { readFileSync } from "node:fs";
import { countMessages as count, startDesk, startTalker } from "../../harness/desks.mjs";
import { SEED } from "../../harness/paths.mjs";

export const name = "livechat";
export const seed = SEED;
export const notes = false;

/** @type {import("../../harness/desks.mjs").Desk} */
let desk;
/** @type {Awaited<ReturnType<typeof startTalker>> | undefined} */
let talker;
export async function start(options = {}) {
  desk = await startDesk(name, options);
}
export async function stop() {
  await talker?.stop();
  talker = undefined;
  await desk.stop();
}
export const countMessages = () => count(desk);

/** @param {string} email */
const user = (email) => email.split("@")[0];

/** @param {import("playwright-core").Page} page */
export async function login(page) {
  await page.goto(`${desk.url}/`);
  await page.locator("a.open-chat[data-jid]").nth(seeded.length - 1).waitFor();
}

/** @type {{key: string, requester: {email: string}, messages: {role: string, text: string}[]}[]} */
const seeded = JSON.parse(readFileSync(seed, "utf8"));
/** @type {import("../desk.d.ts").DeskConversation[]} */
export const conversations = seeded.map(({ key, requester, messages }) => ({
  key,
  async open(page) {
    await page.click(`a.open-chat[data-jid="${user(requester.email)}@desk.test"]`);
    const spoken = messages.filter(({ role }) => role === "customer" || role === "agent").length;
    await page.waitForFunction(
      ([from, count]) => document.querySelectorAll(`converse-chat[jid="${from}"] .chat-msg__text`).length >= Number(count),
      [`${user(requester.email)}@desk.test`, spoken],
    );
  },
}));

/** @param {string} text */
export async function say(text) {
  talker ??= await startTalker(desk, user(seeded[0].requester.email));
  await talker.say(text);
}

export const quiet = [
  {
    name: "the roster, no chat open",
    /** @param {import("playwright-core").Page} page */
    async open(page) {
      // Behind a closed chat stands the one opened before; the element itself has no height.
      const head = () => page.evaluate(() => document.querySelector("converse-chat .chat-head")?.textContent ?? "");
      for (let before = await head(); before !== ""; before = await head()) {
        await page.evaluate(() => /** @type {HTMLElement} */ (document.querySelector("converse-chat .close-chatbox-button")).click());
        await page.waitForFunction((text) => (document.querySelector("converse-chat .chat-head")?.textContent ?? "") !== text, before);
      }
    },
  },
];
