// axe-core in a page or frame, also where a CSP forbids scripts: it comes in through the debugger.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/**
 * The serious and critical violations, one line each.
 * @param {import("playwright-core").Page | import("playwright-core").Frame} frame
 */
export async function violations(frame) {
  await frame.evaluate(source);
  const found = await frame.evaluate(async () => {
    // A colour in the middle of a fade is nobody's to read.
    const ending = document.getAnimations().filter((animation) => animation.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map((animation) => animation.finished));
    const { axe } = /** @type {any} */ (globalThis);
    const result = await axe.run(document, { resultTypes: ["violations"] });
    return result.violations
      .filter((/** @type {any} */ rule) => rule.impact === "serious" || rule.impact === "critical")
      .flatMap((/** @type {any} */ rule) =>
        rule.nodes.map((/** @type {any} */ node) => `${rule.id} (${rule.impact}): ${node.target.join(" ")}: ${node.failureSummary.replace(/\s+/g, " ")}`),
      );
  });
  return /** @type {string[]} */ (found);
}
