// @ts-check
/**
 * Owns the walk over what a person can see: the composed tree through open shadow roots and same-origin iframes, and visibility.
 * Knows nothing of messages, roles or editors, and never writes to the page.
 */

/** Tags whose content is never conversation text. */
const SKIPPED_TAGS = new Set(["SCRIPT", "STYLE", "NOSCRIPT", "TEMPLATE", "SVG", "HEAD", "LINK", "META", "CANVAS", "VIDEO", "AUDIO", "OBJECT", "EMBED", "MAP", "WARMSEAT-OVERLAY"]);
const INLINE_DISPLAY = /^(inline|contents|ruby|none)/;
const INLINE_TAGS = new Set(["A", "ABBR", "B", "BDI", "BDO", "CITE", "CODE", "DEL", "EM", "FONT", "I", "IMG", "INS", "KBD", "MARK", "Q", "S", "SMALL", "SPAN", "STRONG", "SUB", "SUP", "TIME", "U", "VAR", "WBR", "LABEL", "BUTTON"]);

/** @param {Element} element */
export function isSkipped(element) {
  return SKIPPED_TAGS.has(element.tagName.toUpperCase()) || element.hasAttribute("data-warmseat-host");
}

/**
 * The document inside an iframe where the page's origin may look into it, else null.
 * @param {Element} element
 * @returns {Document | null}
 */
export function frameDocument(element) {
  if (element.tagName !== "IFRAME" && element.tagName !== "FRAME") return null;
  try {
    return /** @type {HTMLIFrameElement} */ (element).contentDocument;
  } catch {
    return null;
  }
}

/**
 * Children in the composed tree: a shadow root's before the light ones, assigned nodes for slots, a body for frames.
 * @param {Node} node
 * @returns {Node[]}
 */
export function composedNodes(node) {
  if (node.nodeType !== 1) return Array.from(node.childNodes);
  const element = /** @type {Element} */ (node);
  if (element.tagName === "SLOT") {
    const assigned = /** @type {HTMLSlotElement} */ (element).assignedNodes();
    if (assigned.length > 0) return assigned;
  }
  if (element.shadowRoot) return Array.from(element.shadowRoot.childNodes);
  const inner = frameDocument(element);
  if (inner) return inner.body ? [inner.body] : [];
  return Array.from(element.childNodes);
}

/**
 * @param {Node} node
 * @returns {Element[]}
 */
export function composedElements(node) {
  if (node.nodeType === 1) {
    const element = /** @type {Element} */ (node);
    if (!element.shadowRoot && element.tagName !== "SLOT" && element.tagName !== "IFRAME" && element.tagName !== "FRAME") return Array.from(element.children);
  }
  const found = [];
  for (const child of composedNodes(node)) if (child.nodeType === 1) found.push(/** @type {Element} */ (child));
  return found;
}

/** Whether it is, or holds, the host of an open shadow root. @param {Element} element */
export function holdsShadow(element) {
  return element.shadowRoot !== null || [...element.querySelectorAll("*")].some(({ shadowRoot }) => shadowRoot !== null);
}

/**
 * Parent in the composed tree, out of shadow roots and frames.
 * @param {Node} node
 * @returns {Element | null}
 */
export function composedParent(node) {
  const slot = /** @type {Element} */ (node).assignedSlot;
  if (slot) return slot;
  const parent = node.parentNode;
  if (!parent) return null;
  if (parent.nodeType === 1) return /** @type {Element} */ (parent);
  if (parent.nodeType === 11) return /** @type {ShadowRoot} */ (parent).host ?? null;
  if (parent.nodeType === 9) {
    try {
      return /** @type {Document} */ (parent).defaultView?.frameElement ?? null;
    } catch {
      return null;
    }
  }
  return null;
}

/** @param {Element} outer @param {Node} inner */
export function composedContains(outer, inner) {
  if (outer.contains(inner)) return true;
  for (let at = /** @type {Element | null} */ (composedParent(inner)); at; at = composedParent(at)) if (at === outer) return true;
  return false;
}

/**
 * Every element below a node in the composed tree, in document order; `enter` false leaves a subtree out.
 * @param {Node} root
 * @param {(element: Element) => boolean} enter
 */
export function walkElements(root, enter) {
  for (const child of composedElements(root)) {
    if (isSkipped(child)) continue;
    if (enter(child)) walkElements(child, enter);
  }
}

/** What `innerScopes` found in the course of some work. @type {Map<ParentNode, (ShadowRoot | Document)[]> | null} */
let scopesFound = null;

/**
 * Does some work that changes nothing, so that shadow roots and frames need not be looked for each time.
 * @template T @param {() => T} work
 * @returns {T}
 */
export function readingOnly(work) {
  if (scopesFound) return work();
  scopesFound = new Map();
  try {
    return work();
  } finally {
    scopesFound = null;
  }
}

/**
 * Open shadow roots and same-origin frame documents directly below a scope.
 * @param {ParentNode} scope
 * @returns {(ShadowRoot | Document)[]}
 */
export function innerScopes(scope) {
  const known = scopesFound?.get(scope);
  if (known) return known;
  /** @type {(ShadowRoot | Document)[]} */
  const found = [];
  scopesFound?.set(scope, found);
  for (const element of scope.querySelectorAll("*")) {
    if (element.shadowRoot && element.tagName !== "WARMSEAT-OVERLAY") found.push(element.shadowRoot);
    else if (element.tagName === "IFRAME") {
      const inner = frameDocument(element);
      if (inner) found.push(inner);
    }
  }
  return found;
}

/**
 * Every element that matches, through shadow roots and frames.
 * @param {Node} root
 * @param {string} selector
 * @returns {Element[]}
 */
export function queryDeep(root, selector) {
  /** @type {Element[]} */
  const found = [];
  /** @param {ParentNode} scope */
  const search = (scope) => {
    for (const element of scope.querySelectorAll(selector)) if (element.tagName !== "WARMSEAT-OVERLAY") found.push(element);
    for (const inner of innerScopes(scope)) search(inner);
  };
  search(/** @type {ParentNode} */ (/** @type {unknown} */ (root)));
  return found;
}

/** A hidden panel that is read as if it were shown, and what was found visible in it. @type {{ panel: Element, visible: Map<Element, boolean> } | null} */
let uncovered = null;

/**
 * Does some work that looks at a hidden panel as if its tab were open.
 * @template T @param {Element} panel @param {() => T} work
 * @returns {T}
 */
export function uncovering(panel, work) {
  const before = uncovered;
  uncovered = { panel, visible: new Map([[panel, true]]) };
  try {
    return work();
  } finally {
    uncovered = before;
  }
}

/** Nothing between the element and its uncovered panel hides it. @param {Element} element @param {{ panel: Element, visible: Map<Element, boolean> }} within @returns {boolean} */
function isShownWithin(element, within) {
  const known = within.visible.get(element);
  if (known !== undefined) return known;
  const parent = composedParent(element);
  const style = styleOf(element);
  const closed = parent?.tagName === "DETAILS" && !(/** @type {HTMLDetailsElement} */ (parent).open) && element.tagName !== "SUMMARY";
  const shown = parent !== null && !closed && style.display !== "none" && (style.visibility === "visible" || style.visibility === styleOf(within.panel).visibility) && isShownWithin(parent, within);
  within.visible.set(element, shown);
  return shown;
}

/**
 * Laid out and not hidden: `display`, `visibility`, `content-visibility`, closed `<details>`. Ancestor frames count.
 * An element with `display: contents` has no box of its own and is there when its parent is.
 * @param {Element} element
 * @returns {boolean}
 */
export function isVisible(element) {
  if (uncovered && composedContains(uncovered.panel, element)) return isShownWithin(element, uncovered);
  const check = /** @type {any} */ (element).checkVisibility;
  const boxed = typeof check === "function" ? check.call(element, { visibilityProperty: true, contentVisibilityAuto: false }) : element.getClientRects().length > 0;
  if (!boxed) {
    const parent = styleOf(element).display === "contents" ? composedParent(element) : null;
    return parent !== null && isVisible(parent);
  }
  try {
    const frame = element.ownerDocument.defaultView?.frameElement;
    if (frame) return isVisible(frame);
  } catch {
    return true;
  }
  return true;
}

/** The element itself, or what it stands in where it has no box of its own: slots, other `display: contents`, covered panels. @param {Element} element @returns {Element} */
export function drawnElement(element) {
  const parent = element.getClientRects().length === 0 ? composedParent(element) : null;
  return parent ? drawnElement(parent) : element;
}

/**
 * Laid out where nobody sees it: moved off the page, shrunk to nothing, clipped away, or fully transparent without an animation that ends it.
 * For panels that a page keeps; a single row may be on its way in.
 * @param {Element} element
 */
export function isPutAway(element) {
  // What the page's own body cuts off is the window's business.
  if (/^(?:BODY|HTML)$/.test(element.tagName) || (uncovered && composedContains(uncovered.panel, element))) return false;
  const style = styleOf(element);
  if (style.display === "contents") return false;
  if (style.opacity === "0" && element.getAnimations().length === 0) return true;
  if (/^inset\((?:100|50)%/.test(style.clipPath)) return true;
  const box = element.getBoundingClientRect();
  if ((box.width < 2 || box.height < 2) && style.overflow !== "visible") return true;
  if (box.width < 2 || element.ownerDocument.defaultView === null) return false;
  const view = element.ownerDocument.defaultView;
  const page = element.ownerDocument.documentElement;
  return box.right + view.scrollX <= 0 || box.left + view.scrollX >= Math.max(page.scrollWidth, view.innerWidth) || (box.height >= 2 && box.bottom + view.scrollY <= 0 && page.scrollTop >= 0 && !scrolls(element));
}

/** Tells elements that a person sees from those in panels that the page keeps out of sight; remembers what it has looked at. */
export function sight() {
  /** @type {Map<Element, boolean>} */
  const known = new Map();
  /** @param {Element} element @returns {boolean} */
  const inSight = (element) => {
    const before = known.get(element);
    if (before !== undefined) return before;
    // What is fixed to the window is not cut off by what it stands in.
    const parent = styleOf(element).position === "fixed" ? null : composedParent(element);
    const result = (!parent || inSight(parent)) && !isPutAway(element);
    known.set(element, result);
    return result;
  };
  return inSight;
}

/** Stands inside something that scrolls, where above the fold is not away. @param {Element} element */
function scrolls(element) {
  for (let at = composedParent(element); at && at.tagName !== "BODY" && at.tagName !== "HTML"; at = composedParent(at)) if (at.scrollHeight > at.clientHeight + 1 && /auto|scroll|hidden|overlay/.test(styleOf(at).overflowY)) return true;
  return false;
}

/**
 * Kept for screen readers only: clipped to a pixel.
 * @param {Element} element
 */
export function isScreenReaderOnly(element) {
  const html = /** @type {HTMLElement} */ (element);
  if (typeof html.offsetWidth !== "number" || html.offsetWidth > 2 || html.offsetHeight > 2 || html.offsetWidth === 0) return false;
  return styleOf(element).position === "absolute";
}

/**
 * @param {Element} element
 * @returns {CSSStyleDeclaration}
 */
export function styleOf(element) {
  const view = element.ownerDocument.defaultView ?? window;
  return view.getComputedStyle(element);
}

/** The roundest corner, px: of bubbles that follow each other the corners between them are often square. @param {CSSStyleDeclaration} style */
export function cornerRadius(style) {
  return Math.max(...[style.borderTopLeftRadius, style.borderTopRightRadius, style.borderBottomLeftRadius, style.borderBottomRightRadius].map((corner) => parseFloat(corner) || 0));
}

/** @param {Element} element */
export function isBlock(element) {
  if (INLINE_TAGS.has(element.tagName)) {
    if (element.tagName !== "SPAN" && element.tagName !== "A" && element.tagName !== "LABEL" && element.tagName !== "STRONG" && element.tagName !== "SMALL") return false;
  }
  return !INLINE_DISPLAY.test(styleOf(element).display);
}

/**
 * Whether something below or at the element can be pressed, or names a field: its words are controls, not messages.
 * @param {Element} element
 */
export function isControl(element) {
  const tag = element.tagName;
  if (tag === "BUTTON" || tag === "SELECT" || tag === "INPUT" || tag === "TEXTAREA" || tag === "OPTION" || tag === "SUMMARY") return true;
  if (tag === "LABEL" && /** @type {HTMLLabelElement} */ (element).control !== null) return true;
  const role = element.getAttribute("role");
  if (role === "button") return !holdsProse(element);
  return role === "menu" || role === "menuitem" || role === "menubar" || role === "toolbar" || role === "tab" || role === "tablist" || role === "tooltip" || role === "combobox" || role === "listbox" || role === "switch" || role === "checkbox";
}

const PROSE = "p, blockquote, ul, ol, pre, table";
const BUTTON_WORDS = 200;
/** The same where no key reaches it, a Chinese character counted twice. */
const UNREACHED_WORDS = 24;

/** More than a button says: paragraphs of a mail in a box that can be pressed. @param {Element} element */
function holdsProse(element) {
  if ((element.textContent ?? "").length > BUTTON_WORDS || element.querySelector(PROSE) !== null) return true;
  return element.getAttribute("tabindex") === "-1" && (element.textContent ?? "").trim().replace(/[\u3400-\u9fff]/g, "$&$&").length > UNREACHED_WORDS;
}

/**
 * Text of an element as a label: visible words with single spaces, at most `limit` characters.
 * @param {Element} element
 * @param {number} [limit]
 */
export function labelText(element, limit = 200) {
  const text = element.childElementCount === 0 ? (element.textContent ?? "").slice(0, limit * 4) : partedText(element, limit * 4);
  return closeUp(text.replace(/[\s\u00a0\u200b\ue000-\uf8ff]+/g, " ").trim()).slice(0, limit);
}

const PARTED = /^(?:ADDRESS|ARTICLE|ASIDE|BLOCKQUOTE|BR|BUTTON|DD|DIV|DL|DT|FIGURE|FOOTER|FORM|H[1-6]|HEADER|HR|LABEL|LEGEND|LI|MAIN|NAV|OL|P|PRE|SECTION|TABLE|TD|TH|TR|UL)$/;

/** Text in which what stands on lines or in cells of its own does not run into the next. @param {Element} element @param {number} limit */
function partedText(element, limit) {
  let text = "";
  /** @param {Element} at */
  const add = (at) => {
    for (const node of at.childNodes) {
      if (text.length > limit) return;
      if (node.nodeType === 3) text += node.nodeValue ?? "";
      if (node.nodeType !== 1) continue;
      const apart = PARTED.test(/** @type {Element} */ (node).tagName);
      if (apart) text += " ";
      add(/** @type {Element} */ (node));
      if (apart) text += " ";
    }
  };
  add(element);
  return text.slice(0, limit);
}

/**
 * A short Chinese label without the spaces that pages put between its characters: "发 送", "姓　名：".
 * @param {string} text single spaces
 */
export function closeUp(text) {
  return text.replace(/^(?:[\u3400-\u9fff] ){1,4}[\u3400-\u9fff](?=\s*(?:[:：]|$))/, (spaced) => spaced.replace(/ /g, ""));
}

/** A table of data: its columns have titles, more than messages need. @param {Element} table */
export function hasColumnTitles(table) {
  return [...table.querySelectorAll(":scope > tr, :scope > * > tr")].some((row) => row.querySelectorAll(":scope > th").length >= 4);
}

/** Text directly in the element, without its children's. @param {Element} element */
export function ownText(element) {
  let text = "";
  for (const node of element.childNodes) if (node.nodeType === 3) text += node.nodeValue ?? "";
  return closeUp(text.replace(/[\s\u00a0]+/g, " ").trim());
}
