// Whether the page's own DOM is as it would be without the extension.
// Two loads without the extension show what differs by itself; digits and long tokens never count.

/** The page as a set of lines, one per element, without the overlay's host.  @param {import("playwright-core").Page} page */
export async function domLines(page) {
  const lines = await page.evaluate(() =>
    [...document.querySelectorAll("*")]
      .filter((element) => !element.closest("warmseat-overlay"))
      .map((element) => {
        const attributes = [...element.attributes].map(({ name, value }) => `${name}=${value}`).sort();
        return `${element.parentElement?.localName ?? ""}>${element.localName} ${attributes.join(" ")}`;
      }),
  );
  return new Set(lines.map((line) => line.replace(/[\w+/=-]{16,}/g, "…").replace(/\d+/g, "#")));
}

/**
 * Lines that only the page with the extension has.
 * @param {Set<string>} withExtension @param {Set<string>[]} without
 */
export const added = (withExtension, without) => [...withExtension].filter((line) => !without.some((lines) => lines.has(line)));
