// The boxes of a page that an agent can type into, on any desk: what stands in each, and whether it is a note's.
// Does not know any editor; looks at visible text areas, text inputs and editable elements in all frames.

import { overlayFrame } from "../harness/overlay.mjs";
import { until } from "../harness/until.mjs";

/** @typedef {import("playwright-core").Page} Page @typedef {import("playwright-core").Frame} Frame */
/** @typedef {{frame: Frame, index: number, text: string, area: number, multiline: boolean, note: boolean}} Box */

/** All visible boxes of the page and its own frames.  @param {Page} page @returns {Promise<Box[]>} */
export async function boxes(page) {
  const frames = page.frames().filter((frame) => frame !== overlayFrame(page) && !frame.isDetached());
  const found = await Promise.all(
    frames.map(async (frame) => {
      const inFrame = await frame
        .evaluateHandle(editables)
        .then((elements) => elements.evaluate(describe))
        .catch(() => []);
      // A note's editor may be named so only outside its frame.
      const frameElement = inFrame.length > 0 && frame.parentFrame() ? await frame.frameElement().catch(() => null) : null;
      const outside = frameElement && (await (await frameElement.evaluateHandle((element) => [/** @type {Element} */ (element)])).evaluate(describe))[0].note;
      return inFrame.map((box) => ({ ...box, frame, note: box.note || outside === true }));
    }),
  );
  return found.flat();
}

/** The box that an answer belongs into: the largest of many lines that is no note's, else the largest line.  @param {Page} page */
export async function publicBox(page) {
  const open = (await boxes(page)).filter((box) => !box.note);
  return open.sort((a, b) => Number(b.multiline) - Number(a.multiline) || b.area - a.area)[0];
}

/** Types at the end of a box, as an agent would, in the tab in front.  @param {Page} page @param {Box} box @param {string} text */
export async function type(page, box, text) {
  await page.bringToFront();
  await focus(box);
  // An editor that takes its placeholder away a moment after the focus would take away words that were quicker.
  await until("the placeholder is gone", async () => !(await showsPlaceholder(box)));
  await page.keyboard.press("Control+End");
  await page.keyboard.insertText(text);
}

/** Empties a box.  @param {Page} page @param {Box} box */
export async function clear(page, box) {
  await focus(box);
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
}

/** @param {Box} box */
async function focus(box) {
  const elements = await box.frame.evaluateHandle(editables);
  await elements.evaluate((all, index) => /** @type {HTMLElement} */ (all[index]).focus(), box.index);
}

/** @param {Box} box */
async function showsPlaceholder(box) {
  const elements = await box.frame.evaluateHandle(editables);
  return elements.evaluate((all, index) => all[index]?.classList.contains("placeholder"), box.index);
}

/** Runs in the page. Open shadow roots are looked into. */
function editables() {
  /** @type {Element[]} */
  const found = [];
  /** @param {Document | ShadowRoot} root */
  const look = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element.shadowRoot) look(element.shadowRoot);
      const editable =
        element instanceof HTMLTextAreaElement ||
        (element instanceof HTMLInputElement && ["text", "search", ""].includes(element.type)) ||
        (element instanceof HTMLElement && element.isContentEditable && !element.parentElement?.isContentEditable);
      if (editable && element.getClientRects().length > 0 && element.checkVisibility({ visibilityProperty: true })) found.push(element);
    }
  };
  look(document);
  return found;
}

/** Runs in the page.  @param {Element[]} elements */
function describe(elements) {
  /** @param {Element} element */
  const isNote = (element) => {
    for (let node = /** @type {Element | null} */ (element), depth = 0; node && depth < 3; node = node.parentElement, depth += 1) {
      const names = ["id", "name", "class", "aria-label", "placeholder", "title", "data-testid"].map((name) => node?.getAttribute(name)).join(" ");
      if (/\brepl(y|ies)\b|\bpublic\b|respon[ds]e?\b|回复|答复/i.test(names)) return false;
      if (/\bnotes?\b|internal|private|内部|备注|便签/i.test(names)) return true;
    }
    // One box for both, with a select that says which.
    return [...(element.closest("form")?.querySelectorAll("select") ?? [])].some((select) =>
      /private|internal|not sent|内部/i.test(select.selectedOptions[0]?.textContent ?? ""),
    );
  };
  return elements.map((element, index) => {
    const { width, height } = element.getBoundingClientRect();
    // Some editors write their placeholder into the text and take it away at the first focus (CKEditor 4's confighelper).
    const empty = element.classList.contains("placeholder");
    const text = empty ? "" : "value" in element ? String(element.value) : /** @type {HTMLElement} */ (element).innerText;
    return { index, text, area: Math.round(width * height), multiline: !(element instanceof HTMLInputElement), note: isNote(element) };
  });
}
