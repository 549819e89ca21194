// @ts-check
/**
 * Owns the question "which box does the customer read?": frames the boxes in question on the page, each one a button, and takes one click.
 * Stands in a closed shadow root, only while it asks; does not write anything.
 */
import { viewportBox } from "./reply_areas.js";

/** The tag that readers of the page leave out. */
const CHOOSER_TAG = "warmseat-overlay";
const CHOOSER_STYLE = `
:host { all: initial !important; position: fixed !important; inset: 0 !important; width: 100% !important; height: 100% !important; margin: 0 !important;
  padding: 0 !important; border: 0 !important; background: transparent !important; pointer-events: none !important; z-index: 2147483647 !important;
  color-scheme: light dark !important; max-width: none !important; max-height: none !important; overflow: visible !important; }
:host(:not(:popover-open)) { display: none !important; }
button { all: unset; box-sizing: border-box; position: fixed; pointer-events: auto; cursor: pointer; border-radius: 8px;
  outline: 2px dashed light-dark(#8a4b12, #f0b37a); outline-offset: 2px; background: light-dark(rgb(255 244 232 / 55%), rgb(60 40 20 / 55%)); }
button:hover, button:focus-visible { outline-style: solid; outline-width: 3px; background: light-dark(rgb(255 236 214 / 70%), rgb(80 52 26 / 70%)); }
span, p { font: 600 13px/1.35 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; color: light-dark(#2b2622, #fbf4ec);
  background: light-dark(#fffaf4, #2b2622); border-radius: 6px; box-shadow: 0 1px 2px rgb(43 38 34 / 18%), 0 4px 14px rgb(43 38 34 / 18%); }
span { position: absolute; top: 50%; left: 50%; translate: -50% -50%; padding: 4px 10px; white-space: nowrap; }
p { position: fixed; left: 50%; translate: -50% 0; top: 12px; margin: 0; padding: 8px 14px; max-width: calc(100vw - 48px); box-sizing: border-box; text-align: center; }
@media (forced-colors: active) { button { outline-color: Highlight; } span, p { border: 1px solid CanvasText; } }
@media print { :host { display: none !important; } }
`;
const CHOOSER_WORDS = {
  en: { ask: "Which box does the customer read? Click it, or press Esc to insert nothing.", here: "Insert here" },
  zh: { ask: "哪个输入框是客户能看到的？点击它插入；按 Esc 则不插入。", here: "插入到这里" },
};

/**
 * @param {HTMLElement[]} elements what stands for the boxes in the page
 * @returns {Promise<number | null>} which one, or null for none
 */
export function askForBox(elements) {
  const words = CHOOSER_WORDS[navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en"];
  const host = document.createElement(CHOOSER_TAG);
  const root = host.attachShadow({ mode: "closed" });
  const sheet = new CSSStyleSheet(), places = new CSSStyleSheet();
  sheet.replaceSync(CHOOSER_STYLE);
  root.adoptedStyleSheets = [sheet, places];
  const question = document.createElement("p");
  question.setAttribute("role", "status");
  question.textContent = words.ask;
  const buttons = elements.map((element, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("aria-label", `${words.here} (${at + 1}/${elements.length}): ${element.getAttribute("aria-label") ?? element.getAttribute("placeholder") ?? element.getAttribute("title") ?? ""}`);
    const label = document.createElement("span");
    label.textContent = elements.length > 1 ? `${at + 1} · ${words.here}` : words.here;
    button.append(label);
    return button;
  });
  root.append(question, ...buttons);
  host.setAttribute("popover", "manual");
  const lifetime = new AbortController();
  const { signal } = lifetime;

  function draw() {
    places.replaceSync(elements.map((element, at) => {
      const { left, top, width, height } = viewportBox(element);
      return `button:nth-of-type(${at + 1}) { left: ${left}px; top: ${top}px; width: ${width}px; height: ${height}px; }`;
    }).join("\n"));
  }

  return new Promise((resolve) => {
    /** @param {number | null} chosen */
    function finish(chosen) {
      lifetime.abort();
      host.remove();
      resolve(chosen);
    }
    buttons.forEach((button, at) => button.addEventListener("click", (event) => {
      if (event.isTrusted) finish(elements[at]?.isConnected ? at : null);
    }, { signal }));
    window.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopImmediatePropagation();
      event.preventDefault();
      finish(null);
    }, { capture: true, signal });
    for (const type of ["scroll", "resize"]) window.addEventListener(type, draw, { capture: true, passive: true, signal });
    (document.querySelector("dialog:modal") ?? document.documentElement).append(host);
    host.showPopover();
    draw();
    elements[0]?.scrollIntoView({ block: "nearest" });
    draw();
    buttons[0]?.focus({ preventScroll: true });
  });
}
