// Whether the page's own DOM is as it would be without the extension.
// Two loads without the extension show what differs by itself; digits and long tokens never count.

/**
 * The page as a set of lines, one per element, without the overlay's host; without class names where every load has others.
 * @param {import("playwright-core").Page} page @param {boolean} [classesVary]
 */
export async function domLines(page, classesVary = false) {
  const lines = await page.evaluate((/** @type {boolean} */ varying) =>
    [...document.querySelectorAll("*")]
      .filter((element) => !element.closest("warmseat-overlay"))
      .map((element) => {
        const attributes = [...element.attributes].filter(({ name }) => !varying || name !== "class").map(({ name, value }) => `${name}=${value}`).sort();
        return `${element.parentElement?.localName ?? ""}>${element.localName} ${attributes.join(" ")}`;
      }),
    classesVary,
  );
  return new Set(lines.map((line) => line.replace(/[\w+/=-]{16,}/g, "…").replace(/\d+/g, "#")));
}

/**
 * Lines that only the page with the extension has.
 * @param {Set<string>} withExtension @param {Set<string>[]} without
 */
export const added = (withExtension, without) => [...withExtension].filter((line) => !without.some((lines) => lines.has(line)));
