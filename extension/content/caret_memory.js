// @ts-check
/**
 * Owns the memory of which element the agent was in before they clicked into the overlay, whose frame takes the focus and leaves the caret where it was.
 * Remembers one element and its selection, and which the agent has clicked or typed in, not when or how often.
 */
import { frameDocument } from "./dom.js";

const OVERLAY_HOST = "WARMSEAT-OVERLAY";
/** @typedef {{ anchorNode: Node, anchorOffset: number, focusNode: Node, focusOffset: number }} Span */
/** @type {Document | null} */
let watched = null;
/** @type {WeakRef<Element> | null} */
let lastFocused = null;
/** What the agent has clicked or pressed a key in, with all that holds it. @type {WeakSet<EventTarget>} */
let touched = new WeakSet();
/** Where the selection was when the focus left: some editors drop it then. @type {Span | null} */
let lastSpan = null;

/** @param {Document} doc @returns {() => void} stops it */
export function rememberFocus(doc) {
  watched = doc;
  const lifetime = new AbortController();
  const options = { capture: true, passive: true, signal: lifetime.signal };
  /** @param {Event} event @returns {Element | null} */
  const elementOf = (event) => {
    const target = /** @type {Element | undefined} */ (event.composedPath()[0]);
    return target?.nodeType === 1 && target.tagName !== OVERLAY_HOST ? target : null;
  };
  /** @type {WeakSet<Document>} */
  const listening = new WeakSet();

  /** @param {Document} scope the page or a frame of it */
  function listen(scope) {
    if (listening.has(scope)) return;
    listening.add(scope);
    // What had the focus before this began, as the page set it, is the agent's only once they click or press there: that moves no focus.
    for (const type of ["pointerdown", "click", "keyup"]) {
      scope.addEventListener(type, (event) => {
        if (!event.isTrusted || !elementOf(event)) return;
        if (/** @type {KeyboardEvent} */ (event).key !== "Tab") for (const part of event.composedPath()) touched.add(part);
        if (event.type === "pointerdown" || lastFocused?.deref()?.isConnected) return;
        const focused = focusedIn(scope);
        if (focused && focused !== scope.body) lastFocused = new WeakRef(focused);
      }, options);
    }
    scope.addEventListener("focusin", (event) => {
      const element = elementOf(event);
      if (!element) return;
      lastFocused = new WeakRef(element);
      lastSpan = null;
    }, options);
    scope.addEventListener("focusout", (event) => {
      const root = /** @type {any} */ (elementOf(event)?.getRootNode());
      if (!root) return;
      const { anchorNode, anchorOffset, focusNode, focusOffset } = /** @type {Selection} */ (root.getSelection?.() ?? scope.getSelection());
      lastSpan = anchorNode && focusNode ? { anchorNode, anchorOffset, focusNode, focusOffset } : null;
    }, options);
    // A frame that takes the focus tells its page nothing but this, and is the active element only afterwards.
    scope.defaultView?.addEventListener("blur", () => setTimeout(noteFrame, 0, scope), { passive: true, signal: lifetime.signal });
    const focusedFrame = frameIn(scope);
    if (focusedFrame) listen(focusedFrame);
  }
  listen(doc);

  /** @param {Document} scope the page, or a frame that holds another */
  function noteFrame(scope) {
    const inner = frameIn(scope);
    if (!inner?.activeElement) return;
    listen(inner);
    if (frameIn(inner)) return noteFrame(inner);
    lastFocused = new WeakRef(inner.activeElement);
    lastSpan = null;
    // The click that brought the focus into the frame was over before anybody listened there.
    if (inner.defaultView?.navigator.userActivation?.isActive) for (let at = /** @type {Element | null} */ (inner.activeElement); at; at = at.parentElement) touched.add(at);
  }
  return () => {
    lifetime.abort();
    lastFocused = lastSpan = null;
    touched = new WeakSet();
  };
}

/** What the frame that has the focus holds. @param {Document} scope */
function frameIn(scope) {
  const element = focusedIn(scope);
  return element && frameDocument(element);
}

/** Through shadow roots. @param {Document} scope */
function focusedIn(scope) {
  let element = scope.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}

/** The agent went from this element straight into the overlay. @param {Element} element */
export function leftForOverlay(element) {
  const last = lastFocused?.deref();
  return last !== undefined && watched?.activeElement?.tagName === OVERLAY_HOST && element.contains(last);
}

/** The agent has clicked or pressed a key in it: a caret there is theirs, not where the page's own focus left it. @param {Element} element */
export function isTouched(element) {
  return touched.has(element);
}

/** What was selected in the element when it lost the focus, where that still stands. @param {Element} element @returns {Span | null} */
export function spanLeft(element) {
  if (!lastSpan || !leftForOverlay(element)) return null;
  const { anchorNode, anchorOffset, focusNode, focusOffset } = lastSpan;
  const stands = (/** @type {Node} */ node, /** @type {number} */ offset) => element.contains(node) && offset <= (node.nodeType === 3 ? (node.nodeValue ?? "").length : node.childNodes.length);
  return stands(anchorNode, anchorOffset) && stands(focusNode, focusOffset) ? lastSpan : null;
}
