// @ts-check
/**
 * Owns one synthetic paste of plain text: an event that the page's editor can read as if the agent had pasted.
 * Does not know whether the editor took it in.
 */

/**
 * True when the page handled the event.
 * @param {Element} target @param {string} text
 */
export function dispatchPaste(target, text) {
  const view = /** @type {Window & typeof globalThis} */ (target.ownerDocument.defaultView ?? window);
  return !target.dispatchEvent(makePaste(view, text));
}

/**
 * Chromium fills the event's own DataTransfer. Firefox ignores `clipboardData` here and has `data` and `dataType` instead.
 * @param {Window & typeof globalThis} view @param {string} text
 * @returns {ClipboardEvent}
 */
function makePaste(view, text) {
  const init = { bubbles: true, cancelable: true, composed: true, clipboardData: new view.DataTransfer(), dataType: "text/plain", data: text };
  const event = new view.ClipboardEvent("paste", init);
  if (event.clipboardData?.getData("text/plain") !== text) event.clipboardData?.setData("text/plain", text);
  return event;
}
