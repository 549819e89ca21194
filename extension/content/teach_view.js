// @ts-check
/**
 * Owns what teaching puts on the screen: one host with a closed shadow root, a shield that keeps the page from noticing, frames around elements of the
 * page, and the bar. Tells what the agent did; decides nothing.
 *
 * @typedef {{ elements: Element[], kind: string, letter: string }} Frame
 * @typedef {{ name: string, label: string, main?: boolean, last?: boolean }} BarButton
 * @typedef {{ title: string, step: string, ask: string, keys: string, problem: string, counts: { kind: string, letter: string, text: string }[], buttons: BarButton[] }} BarText
 * @typedef {object} TeachListener
 * @property {(element: Element | null) => void} onPoint the pointer is over this element of the page
 * @property {() => void} onPick the agent clicked where the pointer is
 * @property {(key: string) => boolean} onKey true when it meant something
 * @property {(name: string) => void} onButton
 */
import { composedParent, frameDocument, styleOf } from "./dom.js";
import { TEACH_STYLE } from "./teach_style.js";

const SWALLOWED = ["pointerdown", "pointerup", "pointermove", "pointerover", "pointerout", "mousedown", "mouseup", "mousemove", "mouseover", "mouseout", "click", "dblclick", "auxclick", "contextmenu", "touchstart", "touchend", "dragstart", "selectstart", "wheel", "keydown", "keypress", "keyup"];
/** Keys with these stay the browser's: reload, close, copy. */
const BROWSER_KEYS = /^(?:F\d{1,2}|Control|Meta|Alt|AltGraph|Shift|CapsLock)$/;
/** Left of a frame the letter covers no words. */
const LETTER_ROOM_PX = 28;
/** Where the bar may stand, as classes; the first that covers least is taken. */
const BAR_PLACES = ["up", "low", "low right", "low left", "up right", "up left"];

/** @param {{ locale: import("../wire").Locale, listener: TeachListener }} options */
export function createTeachView({ locale, listener }) {
  const host = document.createElement("warmseat-overlay");
  const root = host.attachShadow({ mode: "closed" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(TEACH_STYLE);
  root.adoptedStyleSheets = [sheet];
  host.setAttribute("popover", "manual");
  host.dataset.part = "teach";
  const shield = part("div", "shield"), frames = part("div", "frames"), bar = part("section", "bar");
  const title = part("span", "title"), step = part("span", "step"), top = part("div", "top");
  const ask = part("p", "ask"), keys = part("p", "keys"), now = part("p", "now"), problem = part("p", "problem"), counts = part("ul", "counts"), buttons = part("div", "buttons"), spoken = part("p", "spoken");
  top.append(title, step);
  bar.append(top, ask, keys, counts, problem, now, buttons, spoken);
  root.append(shield, frames, bar);
  bar.tabIndex = -1;
  bar.lang = locale === "zh" ? "zh-CN" : "en";
  bar.setAttribute("role", "dialog");
  bar.setAttribute("aria-label", "Warmseat");
  problem.setAttribute("role", "alert");
  spoken.setAttribute("aria-live", "polite");
  frames.setAttribute("aria-hidden", "true");

  /** @type {Frame[]} */
  let shown = [];
  let drawing = 0;
  let place = 0;
  const stand = (/** @type {string} */ name) => (bar.className = `bar ${name}`);
  const lifetime = new AbortController();
  const early = { capture: true, passive: false, signal: lifetime.signal };
  for (const type of SWALLOWED) window.addEventListener(type, swallow, early);
  for (const type of ["scroll", "resize"]) window.addEventListener(type, redrawSoon, { capture: true, passive: true, signal: lifetime.signal });
  for (const type of SWALLOWED) host.addEventListener(type, (event) => event.stopPropagation(), { signal: lifetime.signal });
  const focusBefore = document.activeElement;
  (topmostDialog() ?? document.documentElement).append(host);
  host.showPopover();
  bar.focus({ preventScroll: true });

  /** Everything the agent does while teaching is for us; the page hears none of it. @param {Event} event */
  function swallow(event) {
    if (event instanceof KeyboardEvent) {
      hearKey(event);
      return;
    }
    const point = event instanceof MouseEvent ? event : null;
    const under = point ? root.elementFromPoint(point.clientX, point.clientY) : null;
    if (event.target === host && (under === null || bar.contains(under))) {
      if (event.type === "pointermove") listener.onPoint(null);
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!point) return;
    if (event.type === "pointermove") {
      listener.onPoint(pageElementAt(document, point.clientX, point.clientY, host));
    } else if (event.type === "click" && point.button === 0) {
      listener.onPoint(pageElementAt(document, point.clientX, point.clientY, host));
      listener.onPick();
    } else if (event instanceof WheelEvent) scrollUnder(event);
  }

  /** @param {KeyboardEvent} event */
  function hearKey(event) {
    const { key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || BROWSER_KEYS.test(key)) {
      event.stopImmediatePropagation();
      return;
    }
    const focused = root.activeElement instanceof HTMLButtonElement ? root.activeElement : null;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.type !== "keydown") return;
    if (key === "Tab") moveFocus(event.shiftKey ? -1 : 1);
    else if ((key === "Enter" || key === " ") && focused) listener.onButton(focused.dataset.name ?? "");
    else listener.onKey(key);
  }

  /** @param {number} by */
  function moveFocus(by) {
    const all = [...buttons.querySelectorAll("button")];
    const at = all.findIndex((button) => button === root.activeElement);
    all[(at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by + all.length) % all.length]?.focus();
  }

  /** The shield takes the wheel, so what lies under it is scrolled here. @param {WheelEvent} event */
  function scrollUnder(event) {
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : event.deltaMode === WheelEvent.DOM_DELTA_PAGE ? window.innerHeight : 1;
    for (let at = pageElementAt(document, event.clientX, event.clientY, host); at; at = composedParent(at)) {
      const scrolls = /auto|scroll/.test(styleOf(at).overflowY) || at === at.ownerDocument.scrollingElement;
      const before = at.scrollTop;
      if (!scrolls || at.scrollHeight <= at.clientHeight) continue;
      at.scrollBy({ top: event.deltaY * unit, left: event.deltaX * unit, behavior: "instant" });
      if (at.scrollTop !== before || event.deltaY === 0) break;
    }
  }

  function redrawSoon() {
    if (drawing === 0) drawing = requestAnimationFrame(draw);
  }

  function draw() {
    drawing = 0;
    frames.replaceChildren(...shown.flatMap(({ elements, kind, letter }) => {
      const box = boxAround(elements);
      if (!box) return [];
      const frame = part("div", `frame ${kind} ${letter.length === 1 && box.left > LETTER_ROOM_PX ? "outside" : ""}`);
      Object.assign(frame.style, { left: `${box.left - 3}px`, top: `${box.top - 3}px`, width: `${box.right - box.left + 6}px`, height: `${box.bottom - box.top + 6}px` });
      if (letter !== "") frame.append(part("b", "", letter));
      return [frame];
    }));
  }

  return {
    /** @param {BarText} text */
    tell(text) {
      title.textContent = text.title;
      step.textContent = text.step;
      ask.textContent = text.ask;
      keys.textContent = text.keys;
      if (problem.textContent !== text.problem) problem.textContent = text.problem;
      counts.replaceChildren(...text.counts.map(({ kind, letter, text: words }) => {
        const line = part("li", kind);
        line.append(...(letter === "" ? [] : [part("b", "", letter)]), words);
        return line;
      }));
      const focused = root.activeElement instanceof HTMLElement ? root.activeElement.dataset.name : undefined;
      buttons.replaceChildren(...text.buttons.map(({ name, label, main, last }) => {
        const button = /** @type {HTMLButtonElement} */ (part("button", `${main ? "main" : ""} ${last ? "last" : ""}`, label));
        button.type = "button";
        button.dataset.name = name;
        button.addEventListener("click", () => listener.onButton(name));
        return button;
      }));
      const next = [...buttons.querySelectorAll("button")].find((button) => button.dataset.name === focused);
      (next ?? bar).focus({ preventScroll: true });
      spoken.textContent = `${text.step}. ${text.ask} ${text.counts.map((count) => count.text).join(", ")} ${text.keys}`;
    },
    /** Puts the bar where it covers least of these. @param {Element[]} wanted */
    clear(wanted) {
      const boxes = wanted.map(viewBox);
      /** @param {string} name */
      const covered = (name) => {
        stand(name);
        const own = bar.getBoundingClientRect();
        return boxes.reduce((sum, box) => sum + Math.max(0, Math.min(own.right, box.right) - Math.max(own.left, box.left)) * Math.max(0, Math.min(own.bottom, box.bottom) - Math.max(own.top, box.top)), 0);
      };
      const costs = BAR_PLACES.map(covered);
      place = costs.indexOf(Math.min(...costs));
      stand(BAR_PLACES[place] ?? "up");
    },
    /** The agent wants to see what is under it. */
    move() {
      place = (place + 1) % BAR_PLACES.length;
      stand(BAR_PLACES[place] ?? "up");
    },
    /** One line about what is pointed at now, said too. @param {string} text */
    say(text) {
      now.textContent = text;
      if (text !== "") spoken.textContent = text;
    },
    /** @param {Frame[]} next @param {boolean} [still] nothing is to be pointed at */
    frame(next, still = false) {
      shown = next;
      shield.classList.toggle("still", still);
      redrawSoon();
    },
    remove() {
      lifetime.abort();
      cancelAnimationFrame(drawing);
      host.remove();
      if (focusBefore instanceof HTMLElement && focusBefore.isConnected) focusBefore.focus({ preventScroll: true });
    },
  };
}

/** @typedef {ReturnType<typeof createTeachView>} TeachView */

/** @param {string} tag @param {string} className @param {string} [text] */
function part(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

/** The modal dialog that makes the rest of the page inert, if one is open. */
function topmostDialog() {
  return [...document.querySelectorAll("dialog:modal")].at(-1) ?? null;
}

/**
 * The page's own element at a point, through open shadow roots and frames of its origin.
 * @param {Document | ShadowRoot} scope @param {number} x @param {number} y @param {Element} host @returns {Element | null}
 */
function pageElementAt(scope, x, y, host) {
  const found = scope.elementsFromPoint(x, y).find((element) => element !== host && element.tagName !== "WARMSEAT-OVERLAY" && !host.contains(element));
  if (!found) return null;
  if (found.shadowRoot) return pageElementAt(found.shadowRoot, x, y, host) ?? found;
  const inner = frameDocument(found);
  if (!inner) return found;
  const frame = found.getBoundingClientRect();
  return pageElementAt(inner, x - frame.left - found.clientLeft, y - frame.top - found.clientTop, host) ?? found;
}

/** The smallest box around all of them, in the viewport of the page. @param {Element[]} elements */
function boxAround(elements) {
  const boxes = elements.filter((element) => element.isConnected).map(viewBox).filter((box) => box.right > box.left && box.bottom > box.top);
  if (boxes.length === 0) return null;
  return {
    left: Math.min(...boxes.map((box) => box.left)), top: Math.min(...boxes.map((box) => box.top)),
    right: Math.max(...boxes.map((box) => box.right)), bottom: Math.max(...boxes.map((box) => box.bottom)),
  };
}

/** @param {Element} element */
function viewBox(element) {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  let x = 0, y = 0;
  for (let frame = element.ownerDocument.defaultView?.frameElement; frame; frame = frame.ownerDocument.defaultView?.frameElement) {
    const outer = frame.getBoundingClientRect();
    x += outer.left + frame.clientLeft;
    y += outer.top + frame.clientTop;
  }
  return { left: left + x, top: top + y, right: right + x, bottom: bottom + y };
}
