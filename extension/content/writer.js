// @ts-check
/**
 * Owns putting text into the public reply box: which box, where in it, by which one method, and proof that it is there.
 * Never sends, submits or presses Enter; never writes where the box is a note or its audience is unsure.
 */
import { chosenList, ownBoxes } from "./attention.js";
import { boxState } from "./reply_page.js";
import { findBoxes, openerOf, replyControls } from "./boxes.js";
import { endsInPicture } from "./composer.js";
import { hasClearText, insertIntoDrawn } from "./drawn_editors.js";
import { GAVE_WAY, insertIntoEditable, insertIntoField } from "./editors.js";
import { isVisible } from "./dom.js";
import { stands } from "./standing.js";
import { waitFor } from "./waits.js";

/**
 * @typedef {import("./boxes.js").ReplyBox} ReplyBox
 * @typedef {"inserted" | "copied" | "not_copied" | "needs_choice" | "no_reply_box" | "note_box_only" | "other_conversation"} InsertOutcome
 * @typedef {{ outcome: InsertOutcome, method: string | null }} InsertResult `method` null where nothing was done
 * @typedef {{ outcome: "opened" | "already_open" | "none" } | { outcome: "navigates", href: string }} OpenResult
 */

/** Other tools' opt-outs: a box that carries one with the value false is not written into. */
const OPT_OUTS = ["data-gramm", "data-gramm_editor", "data-enable-grammarly", "data-lt-active"];

/**
 * Puts the text into the public reply box at the caret, before a signature, or after what is there. Never throws.
 * @param {string} text
 * @param {Document} [doc]
 * @param {((elements: HTMLElement[]) => Promise<number | null>) | null} [ask] lets the agent choose where it is unclear which box is public
 * @param {number} [stand_ms] for so long the answer must stand to count as inserted
 * @param {() => boolean} [mayWrite] whether the page still shows the conversation that the answer is for; asked right before it is written
 * @returns {Promise<InsertResult>}
 */
export async function insertReply(text, doc = document, ask = null, stand_ms = 0, mayWrite = () => true) {
  const clean = text.replace(/\r\n?/g, "\n");
  let began = false;
  try {
    if (!mayWrite()) return { outcome: "other_conversation", method: null };
    const box = await decideBox(doc, ask);
    if (typeof box === "string") return { outcome: box, method: null };
    if (clean.trim() === "") return { outcome: "inserted", method: "nothing" };
    began = true;
    const done = optsOut(box) ? null : await insertOpening(box, clean, doc, mayWrite);
    if (done && (stand_ms === 0 || (await stands(done.box, clean, stand_ms)))) return { outcome: "inserted", method: done.method };
  } catch {
    if (!began) return { outcome: "no_reply_box", method: null };
  }
  if (!mayWrite()) return { outcome: "other_conversation", method: null };
  return (await copyText(clean, doc)) ? { outcome: "copied", method: "clipboard" } : { outcome: "not_copied", method: null };
}

/**
 * Some pages put another box into the place of the one that gets the focus, larger or with tools: it takes the answer if it is the public one, too.
 * @param {ReplyBox} box @param {string} text @param {Document} doc @param {() => boolean} mayWrite
 * @returns {Promise<{ box: ReplyBox, method: string } | null>} where it went, and how
 */
async function insertOpening(box, text, doc, mayWrite) {
  const method = await insertInto(box, text, true, mayWrite);
  if (method !== GAVE_WAY) return method === null ? null : { box, method };
  if (!mayWrite()) return null;
  const opened = chooseBox(ownBoxes(findBoxes(doc, chosenList())), doc);
  if (typeof opened === "string" || optsOut(opened)) return null;
  const second = await insertInto(opened, text, false, mayWrite);
  return second === null || second === GAVE_WAY ? null : { box: opened, method: second };
}

/** @param {ReplyBox} box @param {string} text @param {boolean} own whether a caret in it is the agent's @param {() => boolean} mayWrite */
function insertInto({ kind, element, shown }, text, own, mayWrite) {
  if (kind === "field") return insertIntoField(/** @type {HTMLTextAreaElement | HTMLInputElement} */ (element), text, own, mayWrite);
  return kind === "drawn" ? insertIntoDrawn(/** @type {HTMLTextAreaElement} */ (element), shown, text) : insertIntoEditable(element, text, own, mayWrite);
}

/**
 * @param {Document} doc @param {Parameters<typeof insertReply>[2]} ask
 * @returns {Promise<ReplyBox | "needs_choice" | "no_reply_box" | "note_box_only">}
 */
async function decideBox(doc, ask) {
  const boxes = ownBoxes(findBoxes(doc, chosenList()));
  const choice = chooseBox(boxes, doc);
  if (choice !== "needs_choice" || !ask) return choice;
  const asked = boxes.filter((box) => box.visible && isVisible(box.shown) && box.audience !== "internal");
  const chosen = await ask(asked.map((box) => box.shown));
  return (chosen === null ? undefined : asked[chosen]) ?? "needs_choice";
}

/** @param {ReplyBox} box */
function optsOut(box) {
  return [box.shown, box.element].some((element) => OPT_OUTS.some((name) => element.getAttribute(name) === "false" && !isOfEditor(element, name)));
}

/** Marks that an editor sets on each of its boxes, whatever the page thinks of other tools. @param {HTMLElement} element @param {string} name */
function isOfEditor(element, name) {
  return hasPasteBin(element) || hasClearText(element) || (name === "data-gramm" && element.isContentEditable && marksEachLine(element));
}

/** An editor with a model of its own draws every line and marks it as its own (Slate, AM Editor). @param {HTMLElement} element */
function marksEachLine(element) {
  return element.childElementCount > 0 && [...element.children].every((line) => [...line.attributes].some(({ name }) => name.startsWith("data-")));
}

/** Quill 1 is known by the hidden box beside it, where it lets pastes fall. @param {HTMLElement} element */
function hasPasteBin(element) {
  return element.isContentEditable && [...(element.parentElement?.children ?? [])].some((other) => other !== element && other.matches("[contenteditable=true][tabindex='-1']"));
}

/**
 * Where a reply could be written now.
 * @param {Document} [doc]
 * @returns {import("./reader.js").ReplyBoxState}
 */
export function replyBox(doc = document) {
  try {
    return boxState(findBoxes(doc, chosenList()), replyControls(doc));
  } catch {
    return "none";
  }
}

/**
 * Shows a reply form that the page keeps behind a tab, a fold or a "Reply" button. Presses nothing that could send; a link to another page is only named.
 * @param {Document} [doc]
 * @returns {Promise<OpenResult>}
 */
export async function openReplyForm(doc = document) {
  try {
    const boxes = findBoxes(doc, chosenList());
    if (boxes.some((box) => box.visible && box.audience === "public")) return { outcome: "already_open" };
    const controls = replyControls(doc);
    const hidden = boxes.filter((box) => !box.visible && box.audience !== "internal");
    for (const opener of [...hidden.map(openerOf), ...controls.buttons]) {
      if (!opener) continue;
      opener.click();
      if (await waitFor(() => findBoxes(doc, chosenList()).some((box) => box.visible && box.audience !== "internal"), 1_500)) return { outcome: "opened" };
      return { outcome: "none" };
    }
    const link = controls.links[0];
    return link ? { outcome: "navigates", href: link.href } : { outcome: "none" };
  } catch {
    return { outcome: "none" };
  }
}

/**
 * @param {ReplyBox[]} boxes best first @param {Document} doc
 * @returns {ReplyBox | "needs_choice" | "no_reply_box" | "note_box_only"}
 */
function chooseBox(boxes, doc) {
  const shown = boxes.filter((box) => box.visible && isVisible(box.shown));
  const allowing = shown.filter((box) => box.audience === "public" && !optsOut(box));
  const open = allowing.length > 0 ? allowing : shown.filter((box) => box.audience === "public");
  const unsure = shown.filter((box) => box.audience === "unsure");
  const focused = deepFocus(doc);
  const held = open.find((box) => box.element === focused || box.shown === focused || box.element.contains(focused));
  if (held) return held;
  const [first, second] = open;
  if (first) {
    if (second && first.score - second.score < 0.5 && first.shown.closest("form") !== second.shown.closest("form")) return "needs_choice";
    return first;
  }
  const only = unsure[0];
  if (only) return unsure.length === 1 && shown.length === 1 && !only.moded && !only.doubtful && (only.score >= 2 || endsInPicture(only)) && replyControls(doc).links.length === 0 ? only : "needs_choice";
  return shown.some((box) => box.audience === "internal") ? "note_box_only" : "no_reply_box";
}

/** The focused element through shadow roots and same-origin frames. @param {Document} doc @returns {Element | null} */
export function deepFocus(doc) {
  let at = doc.activeElement;
  for (let depth = 0; at && depth < 8; depth++) {
    const inside = at.shadowRoot?.activeElement ?? frameFocus(at);
    if (!inside) return at;
    at = inside;
  }
  return at;
}

/** @param {Element} element */
function frameFocus(element) {
  if (element.tagName !== "IFRAME") return null;
  try {
    return /** @type {HTMLIFrameElement} */ (element).contentDocument?.activeElement ?? null;
  } catch {
    return null;
  }
}

/** @param {string} text @param {Document} doc */
async function copyText(text, doc) {
  try {
    await doc.defaultView?.navigator.clipboard.writeText(text);
    return true;
  } catch {
    let copied = false;
    /** @param {ClipboardEvent} event */
    const fill = (event) => {
      event.clipboardData?.setData("text/plain", text);
      event.preventDefault();
      event.stopImmediatePropagation();
      copied = true;
    };
    doc.addEventListener("copy", fill, { capture: true, once: true });
    const done = doc.execCommand("copy");
    doc.removeEventListener("copy", fill, { capture: true });
    return done && copied;
  }
}
