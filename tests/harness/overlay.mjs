// What stands in the overlay of a page, and the clicks an agent makes there.
import { until } from "./until.mjs";

/** @typedef {import("playwright-core").Page} Page @typedef {import("playwright-core").Frame} Frame */

/** The overlay's frame, wherever it is embedded (extension or widget); it lies in a closed shadow root.  @param {Page} page */
export const overlayFrame = (page) =>
  page.frames().find((frame) => /\/overlay\.html/.test(frame.url()) && !frame.isDetached());

/** @param {Page} page @param {{timeoutMs?: number}} [options] */
export const overlayOf = (page, { timeoutMs = 20_000 } = {}) => until("the overlay stands on the page", () => overlayFrame(page), { timeoutMs });

/** Opens the panel when only the pill stands there.  @param {Page} page */
export async function openPanel(page) {
  const frame = await overlayOf(page);
  const panel = frame.getByRole("button", { name: /^(insert|插入)/i }).first();
  if (!(await panel.isVisible())) await frame.getByRole("button").first().click();
  return frame;
}

/** Clicks Insert of the first answer.  @param {Page} page */
export async function insertFirst(page) {
  const frame = await openPanel(page);
  await frame.getByRole("button", { name: /^(insert|插入)/i }).first().click();
}
