// @ts-check
/**
 * Owns the synthetic paste: an event that the page's editor can read as if the agent had pasted.
 * Does not know whether the editor took it in.
 */

/**
 * True when the page handled the event.
 * @param {Element} target @param {string} data @param {"text/plain" | "text/html"} [type]
 */
export function dispatchPaste(target, data, type = "text/plain") {
  const view = /** @type {Window & typeof globalThis} */ (target.ownerDocument.defaultView ?? window);
  return !target.dispatchEvent(makePaste(view, data, type));
}

/**
 * The same for editors that hear of a paste as input alone: a browser tells them so before it pastes, but not before a script's own edit.
 * True when the page handled the event; an event that nobody handles changes nothing.
 * @param {Element} target @param {string} text
 */
export function dispatchPastedInput(target, text) {
  const view = /** @type {Window & typeof globalThis} */ (target.ownerDocument.defaultView ?? window);
  const { clipboardData: dataTransfer } = makePaste(view, text, "text/plain");
  return !target.dispatchEvent(new view.InputEvent("beforeinput", { inputType: "insertFromPaste", dataTransfer, bubbles: true, cancelable: true, composed: true }));
}

/**
 * Chromium fills the event's own DataTransfer. Firefox ignores `clipboardData` here and has `data` and `dataType` instead.
 * @param {Window & typeof globalThis} view @param {string} data @param {string} type
 * @returns {ClipboardEvent}
 */
function makePaste(view, data, type) {
  const init = { bubbles: true, cancelable: true, composed: true, clipboardData: new view.DataTransfer(), dataType: type, data };
  const event = new view.ClipboardEvent("paste", init);
  if (event.clipboardData?.getData(type) !== data) event.clipboardData?.setData(type, data);
  return event;
}
