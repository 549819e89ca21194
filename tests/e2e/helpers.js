// What several specs need: a conversation opened beside a supervisor's dashboard, and complaints of a page.
import { expect } from "@playwright/test";
import { SUPERVISOR } from "../harness/sync.mjs";

/** @typedef {import("playwright-core").Page} Page */

/** What the overlay shows in the place of a mood before anything is understood. */
export const NO_MOOD = /^\s*(Warmseat|starting.*|loading.*|unknown.*|not known.*)?\s*$/i;

/** Signs a supervisor in on the dashboard, as a person does.  @param {Page} page @param {string} url of the sync API */
export async function signIn(page, url, email = SUPERVISOR.email) {
  await page.goto(`${url}/dashboard/`);
  await page.locator("input[type=email]").fill(email);
  await page.locator("input[type=password]").fill(SUPERVISOR.password);
  await page.locator("form button[type=submit]").click();
  await expect(page.locator("main#content h1")).toBeVisible();
}

/** Errors of the page from now on, those of the desk itself left out by `except`.  @param {Page} page @param {RegExp} [except] */
export function errorsOf(page, except) {
  /** @type {string[]} */
  const errors = [];
  /** @param {string} text */
  const add = (text) => {
    if (!except?.test(text)) errors.push(text);
  };
  page.on("console", (message) => {
    if (message.type() === "error") add(`${message.text()} ${message.location().url}`);
  });
  page.on("pageerror", (error) => add(error.message));
  return errors;
}
