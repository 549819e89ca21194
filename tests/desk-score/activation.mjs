// The gate for pages that are no conversation: the desk's own lists and settings, and ordinary pages with look-alikes.
import { overlayFrame } from "../harness/overlay.mjs";
import { serveOrdinaryPages } from "./ordinary.mjs";

/** How long a page is watched. The extension reads a page within half of that. */
const WATCH_MS = 1500;

/**
 * @param {import("./desk.d.ts").DeskFile} desk
 * @param {import("playwright-core").Page} page signed in
 * @param {import("../harness/inspect.mjs").Inspector} inspector
 */
export async function activationOn(desk, page, inspector) {
  const results = [];
  for (const { name, open } of desk.quiet ?? []) {
    await open(page);
    results.push({ name, active: await active(page, inspector) });
  }
  const ordinary = await serveOrdinaryPages();
  for (const { name, url } of ordinary.pages) {
    await page.goto(url);
    results.push({ name, active: await active(page, inspector) });
  }
  await ordinary.close();
  return results;
}

/** @param {import("playwright-core").Page} page @param {import("../harness/inspect.mjs").Inspector} inspector */
async function active(page, inspector) {
  const end = performance.now() + WATCH_MS;
  while (performance.now() < end) {
    const reading = await inspector.of(page);
    if (reading?.scene.conversation || overlayFrame(page)) return true;
    await page.waitForTimeout(100);
  }
  return false;
}
