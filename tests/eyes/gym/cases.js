// @ts-check
/** What is asked of every editor, and one run of one case: what its own model holds afterwards, line by line. */
import { pathOf } from "./build.js";

/**
 * @typedef {import("./build.js").Row} Row
 * @typedef {import("./worlds.js").World} World
 * @typedef {object} Case
 * @property {string} title
 * @property {string} start
 * @property {string} text
 * @property {string[]} lines what the model holds afterwards, blank lines left out
 * @property {string[]} [keys] pressed first, in the focused editor at its very start
 * @property {string} [earlier] an answer inserted before this one
 * @property {[number, number]} [selects] what is selected then, in characters
 * @property {boolean} [undone] one Ctrl+Z afterwards gives back what was there
 * @property {boolean} [core]
 */

const ONE = "Thank you, we have your parcel.";
const MANY = "Hello Marta,\n\nyour parcel left today.\nIt arrives on 3 May.\n\nBest wishes";
const MANY_LINES = ["Hello Marta,", "your parcel left today.", "It arrives on 3 May.", "Best wishes"];
const SIGNS = `"quoted" 'so' & <b>not bold</b> &amp; – 您好，世界 😀👍🏽 C:\\n 50 %`;
const MARKDOWN = ["* point", "- other", "1. first", "> quote", "---", "# head", "**bold** and _so_ on, @anna #12 /help :smile: :)"];
const WORDS = "Hi. Last words.";
const rights = (/** @type {number} */ times, key = "ArrowRight") => Array.from({ length: times }, () => key);

/** @type {Case[]} `core`: enough to tell that the hands work; the table asks all */
export const cases = [
  { title: "one line", start: "", text: ONE, lines: [ONE] },
  { title: "many lines", start: "", text: MANY, lines: MANY_LINES },
  { title: "signs", start: "", text: SIGNS, lines: [SIGNS], core: true },
  { title: "Markdown", start: "", text: MARKDOWN.join("\n"), lines: MARKDOWN },
  { title: "text kept", start: "Existing words", text: ONE, lines: ["Existing words", ONE] },
  { title: "caret", start: WORDS, text: "New", lines: ["Hi. NewLast words."], keys: rights(4), selects: [4, 4] },
  { title: "selection", start: WORDS, text: "New", lines: ["Hi. New words."], keys: [...rights(4), ...rights(4, "Shift+ArrowRight")], selects: [4, 8], core: true },
  { title: "after an answer", start: "", earlier: "We looked into it.", text: ONE, lines: ["We looked into it.", ONE], core: true },
  { title: "signature", start: "Hello Marta,\n\n-- \nAnna Agent", text: ONE, lines: ["Hello Marta,", ONE, "--", "Anna Agent"], core: true },
  { title: "undo", start: "Existing words", text: MANY, lines: ["Existing words", ...MANY_LINES], undone: true, core: true },
];

/** Sets `editable` (what a row names as its `surface`, or the largest one, in any frame or open shadow root) and yields where to click it, in the coordinates of the page. */
const WHERE = `(() => {
  if (window.surface) {
    window.editable = surface;
    return { x: surface.getBoundingClientRect().x + 8, y: surface.getBoundingClientRect().y + 8 };
  }
  const found = [];
  const look = (root, left, top) => {
    for (const element of root.querySelectorAll("*")) {
      const box = element.getBoundingClientRect();
      if ((element.matches("textarea, input") || (element.isContentEditable && element !== root.documentElement)) && box.height > 10 && box.width > 40) found.push({ element, area: box.width * box.height, x: left + box.left + 12, y: top + box.top + 12 });
      if (element.shadowRoot) look(element.shadowRoot, left, top);
      if (element.tagName === "IFRAME" && element.contentDocument) look(element.contentDocument, left + box.left + element.clientLeft, top + box.top + element.clientTop);
    }
  };
  look(document, 0, 0);
  const best = found.sort((one, other) => other.area - one.area)[0];
  if (!best) return null;
  window.editable = best.element;
  const text = "value" in editable ? null : editable.ownerDocument.createTreeWalker(editable, 4).nextNode();
  if (!text) return { x: best.x, y: best.y };
  const range = editable.ownerDocument.createRange(), frame = editable.getBoundingClientRect();
  range.selectNodeContents(text);
  const first = range.getClientRects()[0] ?? frame;
  return { x: best.x - 12 + first.left - frame.left + 1, y: best.y - 12 + first.top - frame.top + first.height / 2 };
})()`;

/** Where the selection begins and ends, in characters from the start of `editable`; a row whose editor draws its own caret tells it. */
const CARET = `(() => {
  if (window.caretSpan) return caretSpan();
  if ("selectionStart" in editable) return [editable.selectionStart, editable.selectionEnd];
  const root = editable.getRootNode(), doc = editable.ownerDocument;
  const selection = root.getSelection?.() ?? doc.getSelection();
  const [range] = root instanceof doc.defaultView.ShadowRoot && selection.getComposedRanges ? selection.getComposedRanges({ shadowRoots: [root] }) : selection.rangeCount ? [selection.getRangeAt(0)] : [];
  if (!range || !editable.contains(range.startContainer)) return [-1, -1];
  const before = (node, offset) => {
    const all = doc.createRange();
    all.setStart(editable, 0);
    all.setEnd(node, offset);
    return all.toString().replace(/[\\u200b\\ufeff]/g, "").length;
  };
  return [before(range.startContainer, range.startOffset), before(range.endContainer, range.endOffset)];
})()`;

/** As a person does: clicks, presses, looks where the caret is, waits and begins again where the editor was still busy. @param {World} world @param {string[]} keys @param {number[]} wanted */
async function placeCaret(world, keys, wanted) {
  for (let attempt = 0; attempt < 10; attempt++) {
    const { x, y } = await world.evaluate(WHERE);
    await world.click(x, y);
    if (keys.length > 0) await world.press("Home", ...keys);
    await world.evaluate("new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))");
    if (JSON.stringify(await world.evaluate(CARET)) === JSON.stringify(wanted)) return;
    await new Promise((resolve) => setTimeout(resolve, attempt * 100));
  }
  throw new Error(`the caret is not at ${wanted.join("–")} but at ${await world.evaluate(CARET)}`);
}

/** The agent clicks "Insert" in the overlay. @param {World} world */
async function clickOverlay(world) {
  const { x, y } = await world.evaluate("(({ left, top }) => ({ x: left + 80, y: top + 45 }))(document.querySelector('warmseat-overlay').getBoundingClientRect())");
  await world.click(x, y);
  await world.wait("window.overlayClicked", "in the overlay");
}

/** Blank lines left out: how many an editor makes of an empty line is its own affair. */
const LINES = `model().replace(/[\\u00a0]/g, " ").replace(/[\\u200b\\ufeff]/g, "").split("\\n").map((line) => line.trim()).filter((line) => line !== "")`;

/**
 * @param {World} world @param {string} origin @param {Row} row @param {Case} item
 * @returns {Promise<{ ok: boolean, outcome: string, method: string | null, lines: string[], wanted: string[], sends: number, undone: boolean } | null>} null where the case does not apply
 */
export async function runCase(world, origin, row, item) {
  if (row.oneLine && item.title === "signature") return null;
  const start = row.oneLine ? item.start.replace(/\n+/g, " ") : item.start;
  const wanted = row.oneLine && item.lines.length > 1 ? [item.lines.join(" ")] : item.lines;
  await world.open(origin + pathOf(row, start));
  await world.wait("window.model && window.allSends && document.readyState === 'complete'", "mounted");
  await world.wait(WHERE, "drawn");
  await world.evaluate("new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))");
  if (item.keys && item.selects) {
    await placeCaret(world, item.keys, item.selects);
    await clickOverlay(world);
  }
  if (item.earlier) {
    await world.call("insertReply", item.earlier);
    await clickOverlay(world);
  }
  const { outcome, method } = await world.call("insertReply", row.oneLine ? item.text.replace(/\n+/g, " ") : item.text);
  const lines = await world.evaluate(LINES);
  let undone = true;
  if (item.undone) {
    await world.wait("window.settled?.() ?? true", "settled");
    await world.press("Control+z");
    const before = start.split("\n").map((line) => line.trim()).filter((line) => line !== "");
    undone = await world.wait(`JSON.stringify(${LINES}) === ${JSON.stringify(JSON.stringify(before))}`, "undone").then(() => true, () => false);
  }
  const sends = await world.evaluate("allSends()");
  return { ok: outcome === "inserted" && sends === 0 && undone && JSON.stringify(lines) === JSON.stringify(wanted), outcome, method, lines, wanted, sends, undone };
}
