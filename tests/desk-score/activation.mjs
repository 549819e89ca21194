// The gate for pages that are no conversation: the desk's own lists and settings, and ordinary pages with look-alikes.
import { overlayFrame } from "../harness/overlay.mjs";
import { until } from "../harness/until.mjs";
import { serveOrdinaryPages } from "./ordinary.mjs";

/** How long a page is watched. */
const WATCH_MS = 1500;
/** A conversation that was on the same page before may stay for this long. */
const LEAVE_MS = 6000;

/**
 * @param {import("./desk.d.ts").DeskFile} desk
 * @param {import("playwright-core").Page} page signed in
 * @param {import("../harness/inspect.mjs").Inspector} inspector
 * @param {{part: number, parts: number}} share of the ordinary pages, which are the same for every desk
 */
export async function activationOn(desk, page, inspector, { part, parts }) {
  const results = [];
  for (const { name, open } of desk.quiet ?? []) {
    await open(page);
    results.push({ name, active: await active(page, inspector) });
  }
  const ordinary = await serveOrdinaryPages();
  for (const { name, url } of ordinary.pages.filter((_, index) => index % parts === part)) {
    await page.goto(url);
    results.push({ name, active: await active(page, inspector) });
  }
  await ordinary.close();
  return results;
}

/** @param {import("playwright-core").Page} page @param {import("../harness/inspect.mjs").Inspector} inspector */
async function active(page, inspector) {
  const isActive = async () => Boolean((await inspector.of(page))?.scene.conversation || (await overlayShown(page)));
  await until("the conversation before is left", async () => !(await isActive()), { timeoutMs: LEAVE_MS }).catch(() => {});
  const end = performance.now() + WATCH_MS;
  while (performance.now() < end) {
    if (await isActive()) return true;
    await page.waitForTimeout(100);
  }
  return false;
}

/** The overlay's frame may stay loaded in an element that is hidden.  @param {import("playwright-core").Page} page */
async function overlayShown(page) {
  const element = await overlayFrame(page)?.frameElement();
  return element ? element.isVisible() : false;
}
