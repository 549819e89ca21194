// axe finds nothing serious or critical on what people see, light and dark.
import { expect, test } from "@playwright/test";
import { violations } from "../harness/axe.mjs";
import { launchChromium } from "../harness/chromium.mjs";
import { openPanel, overlayOf, press } from "../harness/overlay.mjs";
import { startSync } from "../harness/sync.mjs";
import { signIn } from "./helpers.js";

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  test.describe(colorScheme, () => {
    /** @type {import("../harness/sync.mjs").Sync} */
    let sync;
    /** @type {import("../harness/chromium.mjs").Chromium} */
    let chromium;

    test.beforeAll(async () => {
      sync = await startSync({ history: true });
      chromium = await launchChromium({ config: sync.config, colorScheme });
    });
    test.afterAll(async () => {
      await chromium?.close();
      await sync?.close();
    });

    test("overlay: pill and panel", async () => {
      const page = await chromium.context.newPage();
      await page.goto(`${sync.url}/demo/#/tickets/48220`);
      const frame = await overlayOf(page);
      await frame.locator("button.pill-open").waitFor();
      expect(await violations(frame)).toEqual([]);
      await openPanel(page);
      await frame.locator("li.answer").first().waitFor({ timeout: 30_000 });
      expect(await violations(frame)).toEqual([]);
      await press(page, frame.locator("button[data-choose]"));
      await frame.locator("#chooser").waitFor();
      expect(await violations(frame)).toEqual([]);
      await page.close();
    });

    for (const name of ["popup.html", "inspect.html"]) {
      test(name, async () => {
        const page = await chromium.open(name);
        await expect(page.locator("h1")).toBeVisible();
        expect(await violations(page)).toEqual([]);
        await page.close();
      });
    }

    test("dashboard: sign-in and every place", async () => {
      const page = await chromium.context.newPage();
      await page.goto(`${sync.url}/dashboard/`);
      await page.locator("form button[type=submit]").waitFor();
      expect(await violations(page)).toEqual([]);
      await signIn(page, sync.url);
      const places = await page.locator("nav a[href^='/dashboard']").evaluateAll((links) => links.map((link) => /** @type {HTMLAnchorElement} */ (link).href));
      expect(places.length).toBeGreaterThan(3);
      for (const href of places) {
        await page.goto(href);
        await expect(page.locator("main#content h1")).toBeVisible();
        await expect(page.locator(".skeleton")).toHaveCount(0);
        expect(await violations(page), href).toEqual([]);
      }
      await page.close();
    });
  });
}
