// @ts-check
/**
 * Owns the craft of inserting into one field or rich editor: caret, one method, reading back.
 * Fields and bare editables take `insertText`; editors with a model of their own take a paste they handle themselves. Does not choose the box.
 */

const SETTLE_MS = 60;
const PROOF_MS = 900;
const SIGNATURE_IN_FIELD = /(?:^|\n)(?:-- ?|—|__+)\n/;
const SIGNATURE_NODE = "[data-signature], [data-smartmail=gmail_signature], .gmail_signature, .moz-signature, [class*=signature], [id*=signature], blockquote[type=cite], .gmail_quote";

/**
 * @param {HTMLTextAreaElement | HTMLInputElement} field @param {string} text
 * @returns {Promise<string | null>} the method, or null when the text is not there
 */
export async function insertIntoField(field, text) {
  const doc = field.ownerDocument;
  const held = isFocused(field);
  const before = field.value;
  const wanted = field.tagName === "INPUT" ? text.replace(/\s*\n\s*/g, " ") : text;
  if (field.maxLength >= 0 && before.length + wanted.length > field.maxLength) return null;
  field.focus();
  const place = fieldPlace(field, before, held);
  field.setSelectionRange(place.start, place.end);
  const piece = place.lead + wanted + place.trail;
  doc.execCommand("insertText", false, piece);
  const expected = before.slice(0, place.start) + piece + before.slice(place.end);
  const proven = await until(() => sameText(field.value, expected), PROOF_MS);
  if (proven) {
    field.setSelectionRange(place.start + place.lead.length + wanted.length, place.start + place.lead.length + wanted.length);
    return "insert_text";
  }
  return squeeze(field.value).includes(squeeze(wanted)) && !squeeze(before).includes(squeeze(wanted)) ? "insert_text" : null;
}

/**
 * @param {HTMLTextAreaElement | HTMLInputElement} field @param {string} value @param {boolean} held
 * @returns {{ start: number, end: number, lead: string, trail: string }}
 */
function fieldPlace(field, value, held) {
  const line = field.tagName === "INPUT" ? " " : "\n";
  if (held && field.selectionStart !== null && field.selectionEnd !== null && value !== "") return { start: field.selectionStart, end: field.selectionEnd, lead: "", trail: "" };
  const signature = SIGNATURE_IN_FIELD.exec(value);
  if (signature) {
    const at = value.slice(0, signature.index).replace(/\s+$/, "").length;
    return { start: at, end: at, lead: at > 0 ? line : "", trail: value.slice(at).startsWith("\n") ? "" : line };
  }
  const lead = value === "" || /\s$/.test(value) ? "" : line;
  return { start: value.length, end: value.length, lead, trail: "" };
}

/**
 * @param {HTMLElement} editable the editable root @param {string} text
 * @returns {Promise<string | null>}
 */
export async function insertIntoEditable(editable, text) {
  const held = isFocused(editable) && selectionIn(editable);
  editable.focus();
  const blank = squeeze(readEditable(editable)) === squeeze(placeholderText(editable));
  if (!held && !(blank && selectionIn(editable))) placeCaret(editable);
  await pause(SETTLE_MS);
  const shown = readEditable(editable);
  const before = squeeze(shown) === squeeze(placeholderText(editable)) ? "" : shown;
  const replaced = held ? squeeze(selectionOf(editable)?.toString() ?? "").length : 0;
  if (!selectionIn(editable)) placeCaret(editable);
  const bare = squeeze(before) === "";
  const lead = held || bare ? "" : "\n";
  const watch = watchEditable(editable);
  const handled = pasteInto(editable, lead + text);
  if (handled || (await until(() => watch.changed(), 80))) {
    watch.stop();
    return (await proven(editable, before, text, replaced)) ? "paste" : null;
  }
  watch.stop();
  if (!selectionIn(editable)) placeCaret(editable);
  editable.ownerDocument.execCommand("insertText", false, lead + text);
  return (await proven(editable, before, text, replaced)) ? "insert_text" : null;
}

/**
 * A paste made of the text, at the caret's element. True when the editor took it.
 * @param {HTMLElement} editable @param {string} text
 */
function pasteInto(editable, text) {
  const view = /** @type {Window & typeof globalThis} */ (editable.ownerDocument.defaultView ?? window);
  const event = makePaste(view, text);
  const node = selectionOf(editable)?.anchorNode ?? null;
  const target = node && editable.contains(node) ? (node.nodeType === 1 ? /** @type {Element} */ (node) : node.parentElement) : null;
  return !(target ?? editable).dispatchEvent(event);
}

/**
 * Firefox shows page scripts only what was made in the page's own compartment, which `wrappedJSObject` reaches from an isolated world.
 * @param {Window & typeof globalThis} view @param {string} text
 * @returns {ClipboardEvent}
 */
function makePaste(view, text) {
  const page = /** @type {any} */ (view).wrappedJSObject;
  if (page) {
    const data = new page.DataTransfer();
    data.setData("text/plain", text);
    const init = new page.Object();
    Object.assign(init, { bubbles: true, cancelable: true, composed: true, clipboardData: data });
    return new page.ClipboardEvent("paste", init);
  }
  const event = new view.ClipboardEvent("paste", { bubbles: true, cancelable: true, composed: true, clipboardData: new view.DataTransfer() });
  event.clipboardData?.setData("text/plain", text);
  return event;
}

/** @param {HTMLElement} editable */
function watchEditable(editable) {
  let changes = 0;
  const observer = new MutationObserver((records) => { changes += records.filter((record) => record.type !== "attributes").length; });
  observer.observe(editable, { subtree: true, childList: true, characterData: true });
  return { changed: () => changes > 0, stop: () => observer.disconnect() };
}

/** The text stands in the editor once more than before, and what was there still is. @param {HTMLElement} editable @param {string} before @param {string} text @param {number} replaced characters of the selection that gives way */
async function proven(editable, before, text, replaced) {
  const wanted = squeeze(text), old = squeeze(before);
  return until(() => {
    const now = squeeze(readEditable(editable));
    return count(now, wanted) > count(old, wanted) && now.length >= old.length - replaced + wanted.length * 0.9;
  }, PROOF_MS);
}

/** @param {HTMLElement} editable */
export function readEditable(editable) {
  return editable.innerText ?? editable.textContent ?? "";
}

/** Words that editors draw into an empty box. @param {HTMLElement} editable */
function placeholderText(editable) {
  const drawn = [...editable.querySelectorAll("[contenteditable=false], [aria-hidden=true], [data-placeholder]")].map((element) => /** @type {HTMLElement} */ (element).innerText).join("");
  return drawn || (editable.getAttribute("aria-placeholder") ?? editable.getAttribute("data-placeholder") ?? "");
}

/** Spaces, invisible marks and typographic variants do not count. @param {string} text */
function squeeze(text) {
  return text.normalize("NFKC").replace(/[\s\u00a0\u200b-\u200d\ufeff\u2060]+/g, "").replace(/[“”„]/g, '"').replace(/[‘’]/g, "'").replace(/…/g, "...");
}

/** @param {string} text @param {string} part */
function count(text, part) {
  return part === "" ? 0 : text.split(part).length - 1;
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

/** @param {HTMLElement} element */
function isFocused(element) {
  const root = /** @type {Document | ShadowRoot} */ (element.getRootNode());
  if (!element.contains(root.activeElement)) return false;
  const frame = element.ownerDocument.defaultView?.frameElement;
  return !frame || frame.ownerDocument.activeElement === frame;
}

/**
 * The caret before a signature or quoted mail, else at the end of the last block.
 * @param {HTMLElement} editable
 */
function placeCaret(editable) {
  const selection = selectionOf(editable);
  if (!selection) return;
  const range = editable.ownerDocument.createRange();
  const signature = [...editable.querySelectorAll(SIGNATURE_NODE)].find((element) => element !== editable);
  const first = editable.firstElementChild;
  if (signature && first && !first.contains(signature)) {
    const previous = signature.previousElementSibling;
    if (previous && previous.tagName !== "BR") {
      range.selectNodeContents(previous);
      range.collapse(false);
    } else {
      range.setStartBefore(signature);
      range.collapse(true);
    }
  } else {
    let last = /** @type {Node} */ (editable);
    for (let inner = lastEditable(last); inner; inner = lastEditable(last)) last = inner;
    if (last.nodeType === 1) range.selectNodeContents(last);
    else range.setStart(last, (last.nodeValue ?? "").length);
    range.collapse(last.nodeType === 1 ? last.lastChild !== null && last.lastChild.nodeName === "BR" && last.childNodes.length === 1 : false);
  }
  selection.removeAllRanges();
  selection.addRange(range);
}

/** The last child a caret can go into: no picture, no island that is not editable. @param {Node} node @returns {Node | null} */
function lastEditable(node) {
  for (let child = node.lastChild; child; child = child.previousSibling) {
    if (child.nodeType === 3) return child;
    if (child.nodeType !== 1 || /^(?:BR|IMG|HR|INPUT|BUTTON)$/.test(child.nodeName)) return null;
    const element = /** @type {Element} */ (child);
    if (element.getAttribute("contenteditable") !== "false" && element.getAttribute("aria-hidden") !== "true") return child;
  }
  return null;
}

/** @param {number} time_ms @returns {Promise<void>} */
function pause(time_ms) {
  return new Promise((resolve) => setTimeout(resolve, time_ms));
}

/** @param {() => boolean} test @param {number} limit_ms */
async function until(test, limit_ms) {
  const end_ms = performance.now() + limit_ms;
  while (performance.now() < end_ms) {
    if (test()) return true;
    await pause(20);
  }
  return test();
}
