// What stands in the overlay of a page, and the clicks an agent makes there.
import { until } from "./until.mjs";

/** @typedef {import("playwright-core").Page} Page @typedef {import("playwright-core").Frame} Frame @typedef {import("playwright-core").Locator} Locator */

/** The overlay's frame, by extension or widget; it lies in a closed shadow root.  @param {Page} page */
export const overlayFrame = (page) => page.frames().find((frame) => /\/(overlay|widget\/frame)\.html/.test(frame.url()) && !frame.isDetached());

/** @param {Page} page @param {{timeoutMs?: number}} [options] */
export const overlayOf = (page, { timeoutMs = 20_000 } = {}) => until("the overlay stands on the page", () => overlayFrame(page), { timeoutMs });

/**
 * One click, as a person makes it: in the tab in front, on what the browser shows. Chromium gives the pointer to the frame that it drew
 * last at that point; until a frame of another process that has changed its size or place is drawn there, the page under it gets the
 * click. That takes some 50 ms, and up to a second behind another tab. So the pointer goes there first, and the click
 * follows once the element knows of it.  @param {Page} page @param {Locator} target @param {{timeoutMs?: number}} [options]
 */
export async function press(page, target, { timeoutMs = 20_000 } = {}) {
  await page.bringToFront();
  await target.waitFor({ timeout: timeoutMs });
  await until("the pointer is on what is to be clicked", async () => {
    await target.hover({ timeout: 2_000 });
    return target.evaluate((element) => element.matches(":hover"));
  });
  await target.click({ timeout: timeoutMs });
}

/** Opens the panel when only the pill stands there.  @param {Page} page @param {{timeoutMs?: number}} [options] */
export async function openPanel(page, options) {
  const frame = await overlayOf(page, options);
  const pill = frame.locator("button.pill-open");
  const panel = frame.locator("main.panel");
  await pill.or(panel).first().waitFor({ timeout: 20_000 });
  if (await pill.isVisible()) await press(page, pill);
  await panel.waitFor({ timeout: 5_000 });
  return frame;
}

/** What the open panel says.  @param {Frame} frame */
export const parts = (frame) => ({
  mood: frame.locator(".mood-word"),
  intent: frame.locator(".wants .class-name"),
  sure: frame.locator(".wants .sure"),
  answers: frame.locator("li.answer"),
  insert: frame.locator("li.answer button.insert"),
  alert: frame.locator(".alert-line"),
  off: frame.locator(".off-line"),
  notice: frame.locator(".notice-line"),
});

/** Clicks Insert of the first answer, once the overlay knows of an open reply box, and waits for what is said of it.  @param {Page} page */
export async function insertFirst(page) {
  const { insert, notice } = parts(await openPanel(page));
  await press(page, insert.filter({ hasText: /^\s*(Insert|插入)\s*$/ }).first());
  await notice.first().waitFor({ timeout: 20_000 });
}
