// What the extension itself says it read, through its own inspect page.
import { until } from "./until.mjs";

/** @typedef {import("../../extension/wire.d.ts").Inspection} Inspection */
/** @typedef {import("playwright-core").Page} Page */

/** Opens the extension's inspect page.  @param {import("./chromium.mjs").Chromium} chromium */
export async function openInspector(chromium) {
  const page = await chromium.open("inspect.html");

  /** Every tab that the brain knows, newest state.  @returns {Promise<{tab: number, inspection: Inspection}[]>} */
  async function all() {
    const text = await page.locator("#reading").textContent();
    return text ? JSON.parse(text) : [];
  }

  /** The tab that shows this page.  @param {Page} shown */
  async function of(shown) {
    return (await all()).find(({ inspection }) => inspection.conversation?.url === shown.url())?.inspection;
  }

  return {
    page,
    all,
    of,
    /**
     * The reading once all that was seen is understood and nothing has changed for a while.
     * @param {Page} shown
     * @param {{quietMs?: number, timeoutMs?: number}} [options]
     */
    async settled(shown, { quietMs = 400, timeoutMs = 10_000 } = {}) {
      let last = "";
      let since = performance.now();
      return until(
        `a settled reading of ${shown.url()}`,
        async () => {
          const inspection = await of(shown);
          const now = JSON.stringify([inspection?.messages, inspection?.conversation, inspection?.scene.conversation?.suggestions]);
          if (now !== last) [last, since] = [now, performance.now()];
          const pending = inspection?.scene.conversation?.pending ?? 0;
          return inspection && inspection.messages.length > 0 && pending === 0 && performance.now() - since >= quietMs && inspection;
        },
        { timeoutMs },
      );
    },
    close: () => page.close(),
  };
}

/** @typedef {Awaited<ReturnType<typeof openInspector>>} Inspector */
