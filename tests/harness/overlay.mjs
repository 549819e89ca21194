// What stands in the overlay of a page, and the clicks an agent makes there.
import { until } from "./until.mjs";

/** @typedef {import("playwright-core").Page} Page @typedef {import("playwright-core").Frame} Frame */

/** The overlay's frame, by extension or widget; it lies in a closed shadow root.  @param {Page} page */
export const overlayFrame = (page) => page.frames().find((frame) => /\/(overlay|widget\/frame)\.html/.test(frame.url()) && !frame.isDetached());

/** @param {Page} page @param {{timeoutMs?: number}} [options] */
export const overlayOf = (page, { timeoutMs = 20_000 } = {}) => until("the overlay stands on the page", () => overlayFrame(page), { timeoutMs });

/** Opens the panel when only the pill stands there.  @param {Page} page @param {{timeoutMs?: number}} [options] */
export async function openPanel(page, options) {
  const frame = await overlayOf(page, options);
  const pill = frame.locator("button.pill-open");
  const panel = frame.locator("main.panel");
  await pill.or(panel).first().waitFor();
  // While the overlay is being drawn for the first time a click can fall on a pill that is replaced.
  await until("the panel is open", async () => {
    if (await panel.isVisible()) return true;
    await pill.click({ timeout: 2_000 });
    return panel.waitFor({ timeout: 2_000 }).then(() => true);
  });
  return frame;
}

/**
 * Waits until the overlay has stood still for a while: clicks right after it grew or moved were lost. Why is not proven; Chromium
 * discarding input to frames that have just moved is the suspicion.  @param {Frame} frame
 */
export async function standsStill(frame) {
  const element = await frame.frameElement();
  let last = "";
  let since = performance.now();
  await until("the overlay stands still", async () => {
    const place = JSON.stringify(await element.boundingBox());
    if (place !== last) [last, since] = [place, performance.now()];
    return performance.now() - since > 700;
  });
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

/** Clicks Insert of the first answer, once the overlay knows of an open reply box, and again when nothing is said of it.  @param {Page} page */
export async function insertFirst(page) {
  const frame = await openPanel(page);
  const { insert, notice } = parts(frame);
  await until(
    "the overlay says what became of the answer",
    async () => {
      if (await notice.first().isVisible()) return true;
      await standsStill(frame);
      await insert.filter({ hasText: /^\s*(Insert|插入)\s*$/ }).first().click({ timeout: 20_000 });
      return notice.first().waitFor({ timeout: 4_000 }).then(() => true);
    },
    { timeoutMs: 40_000 },
  );
}
