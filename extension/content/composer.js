// @ts-check
/**
 * Owns what stands around one box: its words, its machine names, the composer it belongs to and the buttons of that.
 * Draws no conclusion from them.
 */
import { composedParent, isVisible, labelText } from "./dom.js";
import { SEND_WORDS } from "./words.js";

/** @typedef {import("./boxes.js").ReplyBox} ReplyBox */

/** Accessible name, placeholder and title of the box itself, and of the frame that it stands in. @param {ReplyBox} box */
export function boxWords(box) {
  const words = [], frame = isFramed(box.shown) ? (box.shown.ownerDocument.defaultView?.frameElement ?? null) : null;
  for (const element of new Set([box.shown, box.element, ...(frame ? [frame] : [])])) {
    for (const name of ["aria-label", "placeholder", "data-placeholder", "aria-placeholder", "title", "data-text"]) words.push(element.getAttribute(name) ?? "");
    const ids = (element.getAttribute("aria-labelledby") ?? "").split(/\s+/).filter((id) => id !== "");
    const scope = /** @type {Document | ShadowRoot} */ (element.getRootNode());
    for (const id of ids) words.push(scope.getElementById?.(id)?.textContent ?? "");
    for (const label of /** @type {HTMLInputElement} */ (element).labels ?? []) words.push(label.textContent ?? "");
  }
  const placeholder = box.element.querySelector("[data-placeholder], [class*=placeholder]") ?? box.shown.parentElement?.querySelector(":scope > [class*=placeholder]");
  if (placeholder) words.push(placeholder.getAttribute("data-placeholder") ?? placeholder.textContent ?? "");
  else words.push(laidOver(box));
  return (words.join(" ").replace(/\s+/g, " ").trim() || cellBefore(box.shown)).slice(0, 300);
}

/** The label in the cell before a field's, where it has no words of its own. @param {Element} shown */
function cellBefore(shown) {
  const cell = shown.closest("td, dd");
  const label = cell?.previousElementSibling;
  return label && /^(?:TD|TH|DT)$/.test(label.tagName) ? labelText(label, 60) : "";
}

/** Words that stand where an empty editor does, and are no part of it. @param {ReplyBox} box */
function laidOver({ kind, element, shown }) {
  if (kind !== "editable" || (element.textContent ?? "").trim() !== "") return "";
  const area = shown.getBoundingClientRect();
  for (const beside of shown.parentElement?.querySelectorAll("*") ?? []) {
    const words = beside.childElementCount === 0 ? labelText(beside, 60) : "";
    if (words === "" || shown.contains(beside)) continue;
    const { left, right, top, bottom } = beside.getBoundingClientRect();
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    if (right > left && x > area.left && x < area.right && y > area.top && y < area.bottom) return words;
  }
  return "";
}

/** Machine names are weak signs: only used to leave out or lift. @param {ReplyBox} box */
export function machineWords(box) {
  return `${box.shown.getAttribute("name") ?? ""} ${box.shown.getAttribute("id") ?? ""}`.replace(/([a-z])([A-Z])/g, "$1 $2").replace(/[_-]+/g, " ");
}

/**
 * The composer around a box: the nearest ancestor with a pressable send or save control, at most the form, around its frame, too.
 * @param {ReplyBox} box
 * @returns {Element}
 */
export function composerOf(box) {
  let at = composedParent(box.shown);
  for (let depth = 0; at && depth < 9; depth++) {
    if ((at.tagName === "BODY" && !isFramed(at)) || at.tagName === "MAIN") break;
    if (at.tagName === "FORM" || at.getAttribute("role") === "form" || sendButtons(at).some((button) => !box.visible || isVisible(button))) return at;
    at = composedParent(at);
  }
  return composedParent(box.shown) ?? box.shown;
}

/** In a frame of the page that is read. @param {Element} element */
function isFramed(element) {
  return element.ownerDocument !== document;
}

const OWN_NAME = /^(?:(?:your |full |first |last )?name|author|nick ?name|(?:您的|你的)?(?:姓名|昵称|名字|称呼))\b|(?:^|[-_])name$/i;
const OWN_ADDRESS = /\be-?mail\b|邮箱|邮件地址|^(?:your )?(?:phone|mobile)|手机|电话/i;

/** What a field is called: its labels, placeholder and machine names. @param {HTMLInputElement} input */
function fieldNames(input) {
  return [input.placeholder, input.getAttribute("aria-label") ?? "", input.name, input.id, ...[...(input.labels ?? [])].map((label) => label.textContent ?? "")].map((word) => word.replace(/[\s*＊:：]+$/, "").trim());
}

/** Fields still to be filled in: a ticket's own are filled where one answers it. @param {Element} composer */
function openFields(composer) {
  return [...composer.querySelectorAll("input")].filter((input) => /^(?:text|email|tel|)$/.test(input.type) && input.value === "" && isVisible(input));
}

/** Whether a form is for something new with a title of its own: a post, a page, an event. @param {Element} composer */
export function asksTitle(composer) {
  return openFields(composer).some((input) => fieldNames(input).some((word) => /^(?:(?:post|page|article|event|task|your) )?title$|^(?:文章|页面|活动|任务)?标题$/i.test(word)));
}

/**
 * Whether a form asks who is writing: a visitor's, who contacts a shop or comments on a page. Whoever answers
 * customers is signed in.
 * @param {Element} composer
 */
export function asksWho(composer) {
  const words = openFields(composer).map(fieldNames);
  const names = words.filter((field) => field.some((word) => OWN_NAME.test(word)));
  return names.length > 1 || (names.length === 1 && words.some((field) => field !== names[0] && field.some((word) => OWN_ADDRESS.test(word))));
}

/** @param {Element} scope */
export function sendButtons(scope) {
  return [...scope.querySelectorAll("button, input[type=submit], input[type=button], input[type=image], [role=button], a:not([href]), a[href^='javascript:'], a[href='#'], :is([class*=button i], [class*=btn i]):not(a)")].filter((button) => SEND_WORDS.test(buttonText(button)) || button.getAttribute("type") === "submit");
}

/** So much higher than the box may be what holds it and its buttons, px. */
const TOOLS_HEIGHT = 120;

/**
 * Whether a button that shows nothing but a picture ends the box's row, or the row under it: what chats without words have to send.
 * @param {ReplyBox} box
 */
export function endsInPicture({ shown }) {
  const area = shown.getBoundingClientRect();
  for (let at = composedParent(shown), depth = 0; at && depth < 6 && at.tagName !== "BODY"; at = composedParent(at), depth++) {
    if (at.getBoundingClientRect().height > area.height + TOOLS_HEIGHT) return false;
    const buttons = [...at.querySelectorAll("button, [role=button]")].filter((button) => !shown.contains(button) && isVisible(button));
    const last = buttons.at(-1);
    if (!last) continue;
    const box = last.getBoundingClientRect();
    return !/[\p{L}\p{N}]/u.test(labelText(last, 20)) && (labelText(last, 20) !== "" || last.querySelector("svg, img, i, span") !== null) && (box.left >= area.right - 2 || (box.right > area.right - 60 && box.bottom > area.bottom - 40));
  }
  return false;
}

/** The key that presses a button, behind its words. */
const ACCESS_KEY = /\s*[(（]\s*[A-Z]\s*[)）]$/;

/** What a button says: its words, else its name, else that of the picture in it; a sign alone ("➤") says nothing. @param {Element} button */
export function buttonText(button) {
  const shown = labelText(button, 80) || (button.tagName === "INPUT" ? /** @type {HTMLInputElement} */ (button).value : "");
  if (/[\p{L}\p{N}]/u.test(shown)) return shown.replace(ACCESS_KEY, "").trim();
  const picture = button.querySelector("img[alt], [aria-label]");
  const names = [button.getAttribute("aria-label"), button.getAttribute("title"), button.getAttribute("data-original-title"), picture?.getAttribute("alt"), picture?.getAttribute("aria-label")];
  return (names.find((name) => name) ?? shown).trim();
}
