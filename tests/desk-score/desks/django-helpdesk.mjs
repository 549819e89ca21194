// django-helpdesk: one ticket a page, the reply box behind a tab.
import { readFileSync } from "node:fs";
import { deskNamed } from "../../harness/desks.mjs";
import { SEED } from "../../harness/paths.mjs";

export const name = "django-helpdesk";
export const seed = SEED;

const desk = deskNamed(name);
export const { start, stop, countMessages } = desk;

/** @param {import("playwright-core").Page} page */
export async function login(page) {
  await page.goto(`${desk.url()}/login/`);
  await page.fill("input[name=username]", "agent");
  await page.fill("input[name=password]", "agent-pw");
  await Promise.all([page.waitForURL((url) => !url.pathname.startsWith("/login")), page.locator("form [type=submit]").first().click()]);
}

/** @type {{key: string}[]} */
const seeded = JSON.parse(readFileSync(seed, "utf8"));
/** @type {import("../desk.d.ts").DeskConversation[]} */
export const conversations = seeded.map(({ key }, index) => ({
  key,
  async open(page) {
    await page.goto(`${desk.url()}/tickets/${index + 1}/`);
  },
  async openReply(page) {
    await page.click("#respond-tab");
    await page.locator("#commentBox").waitFor({ state: "visible" });
  },
}));

export const quiet = ["/dashboard/", "/tickets/", "/tickets/submit/", "/reports/", "/settings/"].map(desk.at);
