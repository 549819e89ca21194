// What the extension itself says it read: its glass box's own questions (extension/shared/panel.js), asked from its inspect page.
import { until } from "./until.mjs";

/** @typedef {import("../../extension/wire.d.ts").Inspection} Inspection */
/** @typedef {import("playwright-core").Page} Page */

/** @param {import("./chromium.mjs").Chromium} chromium */
export async function openInspector(chromium) {
  const page = await chromium.open("inspect.html");
  await page.evaluate(async () => {
    const { createPanel } = await import(/** @type {any} */ ("/panel.js"));
    Object.assign(globalThis, { panel: createPanel() });
  });

  /**
   * The reading of the tab that shows this page; undefined when the brain knows none.
   * @param {Page} shown
   * @returns {Promise<Inspection | undefined>}
   */
  async function of(shown) {
    return page.evaluate(async (url) => {
      const tab = (await chrome.tabs.query({})).find((one) => one.url === url);
      const result = tab && (await /** @type {any} */ (globalThis).panel.query(tab.id, { type: "inspect" }));
      return result?.type === "inspection" ? result : undefined;
    }, shown.url());
  }

  return {
    page,
    of,
    /**
     * The reading once all that was seen is understood and nothing has changed for a while.
     * @param {Page} shown
     * @param {{quietMs?: number, timeoutMs?: number, unlike?: Inspection}} [options] unlike: another conversation that the same page
     *   showed before; its reading is not taken for the new one's, unless it stays for half of the time
     */
    async settled(shown, { quietMs = 800, timeoutMs = 15_000, unlike } = {}) {
      const started = performance.now();
      /** @param {Inspection | undefined} reading */
      const isStale = (reading) =>
        unlike !== undefined && performance.now() - started < timeoutMs / 2 && JSON.stringify(reading?.messages) === JSON.stringify(unlike.messages);
      let last = "";
      let since = performance.now();
      return until(
        `a settled reading of ${shown.url()}`,
        async () => {
          const inspection = await of(shown);
          const now = JSON.stringify([inspection?.messages, inspection?.conversation, inspection?.scene.conversation?.suggestions]);
          if (now !== last) [last, since] = [now, performance.now()];
          const view = inspection?.scene.conversation;
          return inspection && view && !isStale(inspection) && inspection.messages.length > 0 && view.pending === 0 && performance.now() - since >= quietMs && inspection;
        },
        { timeoutMs },
      );
    },
    /** Sets the interface's language, as the popup does.  @param {Page} shown @param {"en" | "zh"} locale */
    setLocale: (shown, locale) =>
      page.evaluate(
        async ([url, wanted]) => {
          const tab = (await chrome.tabs.query({})).find((one) => one.url === url);
          await /** @type {any} */ (globalThis).panel.query(tab?.id, { type: "set_locale", locale: wanted });
        },
        [shown.url(), locale],
      ),
    /** The badge on the extension's icon for this tab.  @param {Page} shown */
    badge: (shown) =>
      page.evaluate(async (url) => {
        const tab = (await chrome.tabs.query({})).find((one) => one.url === url);
        return chrome.action.getBadgeText({ tabId: tab?.id });
      }, shown.url()),
    close: () => page.close(),
  };
}

/** @typedef {Awaited<ReturnType<typeof openInspector>>} Inspector */
