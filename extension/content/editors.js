// @ts-check
/**
 * Owns the craft of inserting into one field or rich editor: caret, one method, reading back.
 * Fields and bare editables take `insertText`; editors with a model of their own take a paste they handle themselves. Does not choose the box.
 */
import { isTouched, leftForOverlay, spanLeft } from "./caret_memory.js";
import { heldBy, PROOF_MS, proven, readEditable, squeeze, wordsIn } from "./editor_proof.js";
import { jointAt, lineEndingAt, placeInLines, placeInValue } from "./lines.js";
import { dispatchPaste, dispatchPastedInput } from "./pastes.js";
import { pause, waitFor } from "./waits.js";

/** Editors follow the browser's selection late, some at most ten times a second. */
const SETTLE_MS = 120;
/** In Firefox, CKEditor 4 goes back to the selection it has noted whenever it loses the focus; it notes one 200 ms after a key, not when it is set. */
const NOTES_LATE = navigator.userAgent.includes("Firefox/"), NOTED_MS = 250;
const HEARD_MS = 20;
/** Editors that set a caret of their own when they get the focus are asked again so often. */
const MOST_CARETS = 3;
/** Editors draw what was pasted at once or in a frame or two. */
const BREAK_MS = 400;
/** More lines than this are not parted one by one. */
const MOST_MENDED = 40;
/** What an insertion says of a box that is drawn anew, as another element, once it gets the focus. */
export const GAVE_WAY = "gave_way";
/** Two empty paragraphs, for editors whose paragraphs are p as for those whose are div: pasted, they part the one with the caret. */
const BREAK_HTML = "<div><p><br></p></div><div><p><br></p></div>";

/**
 * @param {HTMLTextAreaElement | HTMLInputElement} field @param {string} text @param {boolean} [own] whether a caret in it is the agent's
 * @param {() => boolean} [mayWrite] asked last of all: the page may have turned to another conversation, its box kept
 * @returns {Promise<string | null>} the method, GAVE_WAY, or null when the text is not there
 */
export async function insertIntoField(field, text, own = true, mayWrite = () => true) {
  const doc = field.ownerDocument;
  const held = own && isAtHand(field), away = !isFocused(field);
  if (await givesWay(field)) return GAVE_WAY;
  // Pages that put a kept draft back, or another field into its place, do so a moment after the field gets the focus.
  if (away) await pause(SETTLE_MS);
  if (!field.isConnected) return GAVE_WAY;
  const before = field.value;
  const wanted = field.tagName === "INPUT" ? text.replace(/\s*\n\s*/g, " ") : text;
  if (field.maxLength >= 0 && before.length + wanted.length > field.maxLength) return null;
  const place = fieldPlace(field, before, held);
  field.setSelectionRange(place.start, place.end);
  // Fields that work out a change from where they last knew the caret hear of it at a key or a moment later (react-mentions).
  tellTyped(field);
  await pause(HEARD_MS);
  // What is typed goes where the focus is: the agent may have gone to another box meanwhile.
  if (!mayWrite() || !isFocused(field)) return null;
  field.setSelectionRange(place.start, place.end);
  const piece = place.lead + wanted + place.trail;
  doc.execCommand("insertText", false, piece);
  const expected = before.slice(0, place.start) + piece + before.slice(place.end);
  const proven = await waitFor(() => sameText(field.value, expected), PROOF_MS);
  if (proven) {
    tellTyped(field);
    field.setSelectionRange(place.start + place.lead.length + wanted.length, place.start + place.lead.length + wanted.length);
    return "insert_text";
  }
  if (squeeze(field.value).includes(squeeze(wanted)) && !squeeze(before).includes(squeeze(wanted))) return "insert_text";
  takeOut(field, before, place, piece);
  return null;
}

/** Where a page has cut the answer off, its beginning does not stay either. @param {HTMLTextAreaElement | HTMLInputElement} field @param {string} before @param {{ start: number, end: number }} place @param {string} piece */
function takeOut(field, before, { start, end }, piece) {
  const now = field.value, tail = before.slice(end), length = now.length - start - tail.length;
  if (length <= 0 || now.slice(0, start) + piece.slice(0, length) + tail !== now) return;
  field.setSelectionRange(start, start + length);
  if (end > start) field.ownerDocument.execCommand("insertText", false, before.slice(start, end));
  else field.ownerDocument.execCommand("delete");
}

/**
 * @param {HTMLTextAreaElement | HTMLInputElement} field @param {string} value @param {boolean} held
 * @returns {{ start: number, end: number, lead: string, trail: string }}
 */
function fieldPlace(field, value, held) {
  const { selectionStart: start, selectionEnd: end } = field;
  const { at, lead, trail } = placeInValue(value, start === end ? start : null);
  if (held && start !== null && end !== null && value !== "") {
    const said = value.slice(0, start), isBehind = start === end && isFinished(said);
    if (isBehind && value[start] === "\n" && value.slice(start).trim() !== "") return { start, end, lead: "\n", trail: "" };
    if (!isBehind || said.trim() !== value.slice(0, at).trim()) return { start, end, lead: "", trail: "" };
  }
  const inLine = (/** @type {string} */ breaks) => (field.tagName === "INPUT" ? breaks.replace(/\n/g, " ") : breaks);
  return { start: at, end: at, lead: inLine(lead), trail: inLine(trail) };
}

/**
 * @param {HTMLElement} editable the editable root @param {string} text @param {boolean} [own] whether a caret in it is the agent's
 * @param {() => boolean} [mayWrite] asked last of all: the page may have turned to another conversation, its box kept
 * @returns {Promise<string | null>} the method, GAVE_WAY, or null when the text is not there
 */
export async function insertIntoEditable(editable, text, own = true, mayWrite = () => true) {
  const left = spanLeft(editable);
  const held = own && isAtHand(editable) && (left !== null || selectionIn(editable));
  const span = left ?? (held && !isFocused(editable) ? spanOf(editable) : null);
  if (await givesWay(editable)) return GAVE_WAY;
  const { lead, trail, beside = "" } = await settleCaret(editable, () => {
    if (!held) return placeCaret(editable);
    if (span && editable.contains(span.anchorNode) && editable.contains(span.focusNode)) selectionOf(editable)?.setBaseAndExtent(span.anchorNode, span.anchorOffset, span.focusNode, span.focusOffset);
    if (standsBehindAll(editable)) return placeCaret(editable);
    const beside = finishedLineAt(editable);
    return beside === null ? { lead: "", trail: "" } : { lead: "\n", trail: "", beside };
  });
  if (!editable.isConnected) return GAVE_WAY;
  if (!mayWrite()) return null;
  const shown = readEditable(editable);
  const before = wordsIn(editable, shown);
  const replaced = held ? squeeze(selectionOf(editable)?.toString() ?? "").length : 0;
  const piece = (squeeze(before) === "" ? "" : lead) + text + trail;
  if (!selectionIn(editable)) placeCaret(editable);
  const was = heldBy(editable, before, replaced);
  const watch = watchEditable(editable), from = selectionOf(editable)?.anchorNode;
  const taken = dispatchPaste(caretElement(editable), piece);
  const caught = !taken && caretSentAway(editable, from ?? null, watch) && isAsBefore(editable, shown, replaced);
  if (caught) {
    typeLines(editable.ownerDocument, piece);
    await pause(SETTLE_MS);
  }
  const handled = taken || caught || (await waitFor(() => watch.grew(), 80)) || dispatchPastedInput(caretElement(editable), piece);
  watch.stop();
  if (handled) {
    if (!(await proven(editable, text, was))) return null;
    await mendLines(editable, text, shown);
    await mendBreak(editable, text, beside, trail !== "");
    tellTyped(editable);
    return "paste";
  }
  if (!mayWrite()) return null;
  if (!selectionIn(editable)) placeCaret(editable);
  editable.ownerDocument.execCommand("insertText", false, piece);
  if (!(await proven(editable, text, was))) return null;
  tellTyped(editable);
  return "insert_text";
}

/** What is selected in it now: some editors select anew when they get the focus back. @param {HTMLElement} editable @returns {import("./caret_memory.js").Span | null} */
function spanOf(editable) {
  const { anchorNode, anchorOffset, focusNode, focusOffset } = /** @type {Selection} */ (selectionOf(editable));
  return anchorNode && focusNode ? { anchorNode, anchorOffset, focusNode, focusOffset } : null;
}

/** Gives it the focus; whether the page has put another box into its place for that. @param {HTMLElement} box */
async function givesWay(box) {
  if (isFocused(box)) return false;
  box.focus();
  // A page that is editable as a whole has no element to focus in Firefox.
  if (!isFocused(box) && box.ownerDocument.designMode === "on") box.ownerDocument.defaultView?.focus();
  if (!box.isConnected) return true;
  await pause(0);
  return !box.isConnected;
}

/** The element that holds the caret, where a person's paste would arrive. @param {HTMLElement} editable @returns {Element} */
function caretElement(editable) {
  const node = selectionOf(editable)?.anchorNode ?? null;
  const element = node?.nodeType === 1 ? /** @type {Element} */ (node) : (node?.parentElement ?? null);
  return element && editable.contains(element) ? element : editable;
}

/** Pages that read their box on `keyup` alone learn that it changed. @param {HTMLElement} element */
function tellTyped(element) {
  tell(element, "keyup");
}

/** The event names no key. @param {HTMLElement} element @param {"keydown" | "keyup"} type */
function tell(element, type) {
  const view = /** @type {Window & typeof globalThis} */ (element.ownerDocument.defaultView ?? window);
  element.dispatchEvent(new view.KeyboardEvent(type, { key: "Unidentified", bubbles: true, composed: true }));
}

/** @param {HTMLElement} editable */
function watchEditable(editable) {
  /** @type {MutationRecord[]} */
  const seen = [];
  const observer = new MutationObserver((records) => { seen.push(...records); });
  observer.observe(editable, { subtree: true, childList: true, characterData: true });
  return {
    // What is only taken away is the words that an empty box shows.
    grew: () => seen.some(({ type, addedNodes }) => type === "characterData" || addedNodes.length > 0),
    /** @param {Node} node */
    added(node) {
      seen.push(...observer.takeRecords());
      return seen.some((record) => [...record.addedNodes].some((added) => added.contains(node)));
    },
    stop: () => observer.disconnect(),
  };
}

/**
 * Some editors send the caret into a hidden box of their own when a paste comes, let the browser paste there, and fetch it a moment later
 * (Froala, KindEditor). A browser does nothing for an event that a page's script made: then it is done for it.
 * @param {HTMLElement} editable @param {Node | null} from where the caret was @param {ReturnType<typeof watchEditable>} watch
 */
function caretSentAway(editable, from, watch) {
  const focused = /** @type {Document | ShadowRoot} */ (editable.getRootNode()).activeElement;
  if (focused && /** @type {HTMLElement} */ (focused).isContentEditable && !focused.contains(editable) && !editable.contains(focused)) return true;
  const now = selectionOf(editable)?.anchorNode ?? null;
  return now !== null && now !== from && watch.added(now);
}

/** Nothing was put in yet, though the selection may be gone. @param {HTMLElement} editable @param {string} shown what it showed before @param {number} replaced */
function isAsBefore(editable, shown, replaced) {
  const now = squeeze(readEditable(editable)).length, before = squeeze(shown).length;
  return now === before || (replaced > 0 && now === before - replaced);
}

/**
 * Some editors drop the line break that a paste begins or ends with (MediumEditor, TOAST UI, Squire): the answer must not share a line with what was there.
 * @param {HTMLElement} editable @param {string} text @param {string} beside the line that the answer was put before or after @param {boolean} atEnd whether it was put before it
 */
async function mendBreak(editable, text, beside, atEnd) {
  const lines = text.split("\n").map((line) => line.trim()).filter(Boolean);
  const joint = () => jointAt(editable, (atEnd ? lines.at(-1) : lines[0]) ?? "", beside, atEnd);
  const found = joint();
  if (!found) return;
  selectionOf(editable)?.collapse(found.node, found.offset);
  await pause(SETTLE_MS);
  if (dispatchPaste(caretElement(editable), BREAK_HTML, "text/html") && (await waitFor(() => joint() === null, BREAK_MS))) return;
  if (selectionIn(editable)) editable.ownerDocument.execCommand("insertLineBreak");
}

/**
 * Some boxes take all the line breaks out of what is pasted (chat senders that have one line in mind): the answer's lines are parted again.
 * @param {HTMLElement} editable @param {string} text @param {string} shown what it showed before
 */
async function mendLines(editable, text, shown) {
  const lines = text.split("\n").map((line) => line.trim()).filter(Boolean), whole = squeeze(text);
  const inOneLine = (/** @type {string} */ words) => words.split("\n").filter((line) => squeeze(line).includes(whole)).length;
  if (lines.length < 2 || lines.length > MOST_MENDED || inOneLine(readEditable(editable)) <= inOneLine(shown)) return;
  for (const [at, line] of lines.slice(0, -1).entries()) {
    const joint = jointAt(editable, line, lines[at + 1] ?? "", true);
    if (!joint) continue;
    selectionOf(editable)?.collapse(joint.node, joint.offset);
    await pause(SETTLE_MS);
    if (selectionIn(editable)) editable.ownerDocument.execCommand("insertLineBreak");
  }
}

/** @param {Document} doc @param {string} text */
function typeLines(doc, text) {
  text.split("\n").forEach((line, at) => {
    if (at > 0) doc.execCommand("insertLineBreak");
    if (line !== "") doc.execCommand("insertText", false, line);
  });
}

/** @param {string} left @param {string} right */
function sameText(left, right) {
  return left === right || left.replace(/\r\n?/g, "\n") === right;
}

/** @param {HTMLElement} editable @returns {Selection | null} */
function selectionOf(editable) {
  const root = /** @type {any} */ (editable.getRootNode());
  if (root !== editable.ownerDocument && typeof root.getSelection === "function") return root.getSelection();
  return editable.ownerDocument.getSelection();
}

/** @param {HTMLElement} editable */
function selectionIn(editable) {
  const selection = selectionOf(editable);
  return selection !== null && selection.rangeCount > 0 && selection.anchorNode !== null && editable.contains(selection.anchorNode);
}

/** The agent was in it last, or went from it into the overlay, and has clicked or typed there. @param {HTMLElement} box takes the keys @param {Element} [shown] what is clicked, where that is another */
export function isAtHand(box, shown = box) {
  return isTouched(shown) && (isFocused(box) || leftForOverlay(box));
}

/** @param {HTMLElement} element */
export function isFocused(element) {
  const root = /** @type {Document | ShadowRoot} */ (element.getRootNode());
  if (!element.contains(root.activeElement)) return false;
  const frame = element.ownerDocument.defaultView?.frameElement;
  return !frame || frame.ownerDocument.activeElement === frame;
}

/**
 * The caret where an answer belongs.
 * @param {HTMLElement} editable
 * @returns {import("./lines.js").Breaks}
 */
function placeCaret(editable) {
  const selection = selectionOf(editable);
  const { point, ...breaks } = placeInLines(editable, caretIn(editable));
  const range = editable.ownerDocument.createRange();
  if (point) range.setStart(point.node, point.offset);
  else range.selectNodeContents(editable);
  range.collapse(true);
  selection?.removeAllRanges();
  selection?.addRange(range);
  return breaks;
}

/** @param {HTMLElement} editable @param {() => import("./lines.js").Breaks} place */
async function settleCaret(editable, place) {
  let breaks = place();
  for (let placed = 1; placed < MOST_CARETS; placed++) {
    const at = caretOffset(editable);
    await pause(SETTLE_MS);
    if (caretOffset(editable) === at) break;
    breaks = place();
  }
  // Some note where the caret is at a key alone, as it comes up (wangEditor 4) or goes down (cledit): this one does nothing.
  tell(editable, "keydown");
  tellTyped(editable);
  if (NOTES_LATE) await pause(NOTED_MS);
  return breaks;
}

/** Characters before the caret: the same for every DOM point that editors make of one place. @param {HTMLElement} editable */
function caretOffset(editable) {
  const selection = selectionOf(editable);
  return selection?.anchorNode && selectionIn(editable) ? textBefore(editable, selection.anchorNode, selection.anchorOffset).length : -1;
}

/** @param {HTMLElement} editable @param {Node} node @param {number} offset */
function textBefore(editable, node, offset) {
  const range = editable.ownerDocument.createRange();
  range.setStart(editable, 0);
  range.setEnd(node, offset);
  return range.toString();
}

/**
 * Whether the caret stands where an answer is put anyway, behind a finished sentence, as an answer inserted before leaves it: the next one
 * begins a line of its own. Behind a salutation or within words it goes where the caret is.
 * @param {HTMLElement} editable
 */
function standsBehindAll(editable) {
  const selection = selectionOf(editable), { point } = placeInLines(editable);
  if (!selection?.anchorNode || !selection.isCollapsed || !point) return false;
  const before = textBefore(editable, selection.anchorNode, selection.anchorOffset);
  return isFinished(before) && before.trim() === textBefore(editable, point.node, point.offset).trim();
}

/** The words that the caret stands behind, where they are a finished line with others below. @param {HTMLElement} editable */
function finishedLineAt(editable) {
  const caret = caretIn(editable), beside = caret && lineEndingAt(editable, caret);
  return beside && isFinished(beside) ? beside : null;
}

/** @param {HTMLElement} editable @returns {import("./lines.js").Point | null} null where more than a place is selected */
function caretIn(editable) {
  const selection = selectionOf(editable);
  return selection?.anchorNode && selection.isCollapsed && selectionIn(editable) ? { node: selection.anchorNode, offset: selection.anchorOffset } : null;
}

/** @param {string} text */
function isFinished(text) {
  return /[.!?。！？…][)"'”’）」』]*[\u200b\ufeff]*$/.test(text);
}
