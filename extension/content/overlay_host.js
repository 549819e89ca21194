// @ts-check
/**
 * Owns the overlay's element in the page: a closed shadow root with one iframe, its size and place, dragging, staying there when the
 * page re-renders, moving into a modal dialog, hiding for print and fullscreen. Does not know what the iframe shows.
 *
 * @typedef {import("../wire").Layout} Layout
 * @typedef {import("./placement.js").Place} Place
 * @typedef {import("./placement.js").Box} Box
 * @typedef {object} PlaceStore
 * @property {() => Promise<Place | null>} load
 * @property {(place: Place) => void} save
 */
import { DEFAULT_PLACE, keepInside, keepTop, placeOf, placeOverlay, slideOff } from "./placement.js";
import { createReplyAreas } from "./reply_areas.js";

const OVERLAY_TAG = "warmseat-overlay";
const PILL_SIZE = { width: 168, height: 36 };
/** A page that removes the overlay more often than this within a minute does not want it. */
const MOST_REATTACHED = 12;
const DIALOG_CHECK_MS = 1_000;

const HOST_STYLE = `
:host { all: initial !important; position: fixed !important; inset: auto !important; margin: 0 !important; padding: 0 !important;
  border: 0 !important; overflow: visible !important; background: transparent !important; z-index: 2147483647 !important;
  max-width: none !important; max-height: none !important; color-scheme: light dark !important; }
:host(:popover-open) { display: block !important; }
:host(:not(:popover-open)) { display: none !important; }
iframe { display: block; position: relative; width: 100%; height: 100%; border: 0; margin: 0; border-radius: 18px; background: transparent;
  color-scheme: light dark; box-shadow: 0 1px 2px rgb(43 38 34 / 10%), 0 6px 20px rgb(43 38 34 / 14%); }
iframe.open { border-radius: 10px; }
iframe:not(.alive) { opacity: 0; pointer-events: none; }
.shield { position: fixed; inset: 0; cursor: grabbing; }
@media (forced-colors: active) { iframe { outline: 1px solid CanvasText; } }
@media print { :host(:popover-open) { display: none !important; } }
`;

/** @param {{ url: string, title: string, by: "extension" | "widget", places: PlaceStore }} options */
export function createOverlayHost({ url, title, by, places }) {
  const host = document.createElement(OVERLAY_TAG);
  const frame = document.createElement("iframe");
  const shield = document.createElement("div");
  const placeSheet = new CSSStyleSheet();
  const root = host.attachShadow({ mode: "closed" });
  const baseSheet = new CSSStyleSheet();
  baseSheet.replaceSync(HOST_STYLE);
  root.adoptedStyleSheets = [baseSheet, placeSheet];
  root.append(frame);
  host.setAttribute("popover", "manual");
  host.dataset.by = by;
  frame.title = title;
  frame.allow = "clipboard-write";
  shield.className = "shield";

  /** @type {Place} */
  let place = DEFAULT_PLACE;
  let size = PILL_SIZE;
  let open = false;
  let wanted = false;
  /** The box while the agent drags. @type {Box | null} */
  let dragged = null;
  /** Where the shield last saw the pointer. @type {{ x: number, y: number } | null} */
  let onShield = null;
  /** @type {Box} */
  let box = { left: 0, top: 0, ...PILL_SIZE };
  /** Whether that is where the open panel was drawn. */
  let settled = false;
  let drawn = "";
  /** @type {number[]} */
  let reattachedAt = [];
  let drawing = 0;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let dialogTimer;
  /** @type {Element | null} */
  let lastFocus = null;

  const areas = createReplyAreas(() => refresh());
  const watcher = new MutationObserver(() => {
    if (wanted && !host.isConnected) reattach();
  });
  const dialogs = new MutationObserver(() => attach());
  const lifetime = new AbortController();
  const passive = { passive: true, capture: true, signal: lifetime.signal };
  window.addEventListener("resize", refresh, passive);
  window.addEventListener("scroll", refresh, passive);
  document.addEventListener("focusin", noteFocus, passive);
  document.addEventListener("fullscreenchange", () => attach(), passive);
  shield.addEventListener("pointermove", dragOnShield);
  shield.addEventListener("pointerup", endDrag);
  void places.load().then((stored) => {
    if (stored) place = stored;
    refresh();
  });

  function view() {
    const { clientWidth, clientHeight } = document.documentElement;
    // Without the page's scroll bars; a page in quirks mode is as high as its content.
    return { width: clientWidth || window.innerWidth, height: document.compatMode === "CSS1Compat" ? clientHeight : window.innerHeight };
  }

  function draw() {
    drawing = 0;
    if (!wanted) return;
    box = dragged ?? placed();
    settled = open;
    const { left, top, width, height } = box;
    const style = `:host { left: ${left}px !important; top: ${top}px !important; width: ${width}px !important; height: ${height}px !important; }`;
    if (style === drawn) return;
    drawn = style;
    placeSheet.replaceSync(style);
  }

  function placed() {
    const avoid = areas.boxes();
    const next = placeOverlay(view(), size, place, avoid);
    if (open) return settled ? keepTop(view(), box, next, avoid) : next;
    // A place that the agent chose is theirs.
    return place === DEFAULT_PLACE ? slideOff(view(), next, [...avoid, ...areas.controls()]) : next;
  }

  function refresh() {
    if (wanted && drawing === 0) drawing = requestAnimationFrame(draw);
  }

  /** @param {Event} event */
  function noteFocus(event) {
    const target = event.composedPath()[0];
    if (target instanceof Element && target !== host) lastFocus = target;
    if (wanted) areas.find();
  }

  /** Into the page, or into the modal dialog that makes the rest of the page inert; on top of what was opened since. */
  function attach() {
    if (!wanted) return;
    const parent = topmostModal() ?? document.documentElement;
    if (host.parentNode !== parent) {
      hidePopover();
      if (host.isConnected && "moveBefore" in parent && typeof parent.moveBefore === "function") parent.moveBefore(host, null);
      else parent.append(host);
      clearInterval(dialogTimer);
      if (parent !== document.documentElement) dialogTimer = setInterval(() => host.isConnected || reattach(), DIALOG_CHECK_MS);
    }
    if (fullscreenHidesUs()) hidePopover();
    else if (!host.matches(":popover-open")) host.showPopover();
    draw();
  }

  function reattach() {
    const now = Date.now();
    reattachedAt = [...reattachedAt.filter((at) => now - at < 60_000), now];
    if (reattachedAt.length > MOST_REATTACHED) hide();
    else attach();
  }

  function hidePopover() {
    if (host.matches(":popover-open")) host.hidePopover();
  }

  /** Also when the page was read anew: its reply box may have opened. */
  function show() {
    areas.find();
    if (wanted) return;
    wanted = true;
    if (!frame.src) frame.src = url;
    attach();
    watcher.observe(document.documentElement, { childList: true });
    dialogs.observe(document.documentElement, { subtree: true, attributeFilter: ["open"] });
  }

  function hide() {
    wanted = false;
    watcher.disconnect();
    dialogs.disconnect();
    clearInterval(dialogTimer);
    endDrag();
    hidePopover();
  }

  /**
   * A browser that keeps no pointer capture across frames sends the rest of the drag to the shield, another one to the frame. What
   * the shield has once seen is followed there alone, or it would count twice.
   */
  function startDrag() {
    dragged = box;
    onShield = null;
    root.append(shield);
  }

  /** @param {PointerEvent} event */
  function dragOnShield({ buttons, screenX, screenY }) {
    if (buttons === 0) {
      endDrag();
      return;
    }
    if (onShield) dragBy(screenX - onShield.x, screenY - onShield.y);
    onShield = { x: screenX, y: screenY };
  }

  /**
   * @param {number} dx_px
   * @param {number} dy_px
   */
  function dragBy(dx_px, dy_px) {
    if (!dragged) return;
    dragged = keepInside(view(), { ...dragged, left: dragged.left + dx_px, top: dragged.top + dy_px });
    draw();
  }

  function endDrag() {
    shield.remove();
    if (!dragged) return;
    place = placeOf(view(), dragged);
    dragged = null;
    onShield = null;
    places.save(place);
    draw();
  }

  function returnFocus() {
    frame.blur();
    if (lastFocus instanceof HTMLElement && lastFocus.isConnected) lastFocus.focus({ preventScroll: true });
  }

  return {
    frame,
    show,
    hide,
    /** Brings the keyboard into the overlay. */
    focus() {
      if (wanted) frame.focus();
    },
    /** @param {Layout} message */
    layout(message) {
      switch (message.type) {
        case "resize":
          size = { width: Math.max(1, message.width_px), height: Math.max(1, message.height_px) };
          open = message.open;
          frame.classList.add("alive");
          frame.classList.toggle("open", open);
          draw();
          break;
        case "drag_start":
          startDrag();
          break;
        case "drag_by":
          if (!onShield) dragBy(message.dx_px, message.dy_px);
          break;
        case "drag_end":
          if (!onShield) endDrag();
          break;
        case "return_focus":
          returnFocus();
          break;
      }
    },
    /** Takes everything of ours out of the page. */
    remove() {
      hide();
      lifetime.abort();
      areas.stop();
      cancelAnimationFrame(drawing);
      host.remove();
    },
  };
}

/** @returns {Element | null} */
function topmostModal() {
  const modals = document.querySelectorAll("dialog:modal");
  return modals.length > 0 ? modals[modals.length - 1] : null;
}

/** A film fills the screen; a helpdesk that does keeps its overlay. */
function fullscreenHidesUs() {
  const full = document.fullscreenElement;
  if (!full || full === document.documentElement || full === document.body) return false;
  return full.matches("video, iframe, canvas, img") || (full.querySelector("video") !== null && !full.querySelector("textarea, [contenteditable]"));
}
