// @ts-check
/**
 * Owns finding the place to reply: every editable of the page, whether it is one, and how a hidden one opens. Who would read it is audience.js's.
 * Never types, clicks or changes anything.
 */
import { judgeAudience } from "./audience.js";
import { asksTitle, asksWho, boxWords, buttonText, composerOf, endsInPicture, machineWords, sendButtons } from "./composer.js";
import { composedContains, composedParent, frameDocument, isVisible, queryDeep, sight, styleOf } from "./dom.js";
import { drawnBy, takesKeysAlone } from "./drawn_editors.js";
import { taughtBox } from "./teach_locate.js";
import { COMMENT_WORDS, INTERNAL_WORDS, NOT_REPLY_WORDS, PUBLIC_WORDS, REPLY_WORDS } from "./words.js";

/**
 * @typedef {"public" | "internal" | "unsure"} Audience
 * @typedef {object} ReplyBox
 * @property {HTMLElement} element the field or editable root (inside its frame)
 * @property {HTMLElement} shown the element that stands for it in the page: the iframe, what draws the text of a field that nobody sees, or the field itself
 * @property {"field" | "editable" | "frame" | "drawn"} kind
 * @property {boolean} visible
 * @property {Audience} audience
 * @property {number} score how likely it is a reply box at all; below 1 it is none
 * @property {boolean} moded a reply/note switch of the page decided the audience
 * @property {boolean} [doubtful] something speaks for a note without saying so
 * @property {string} words its own: name, placeholder, label
 * @property {Element} composer what holds it and its buttons
 */

/** What any field asks for. */
const PROMPT = /^(?:请输入|type here|enter text)\s*[….]*$/i;
/** A bar to search with is no more than this higher than its field, px. */
const SEARCH_BAR_HEIGHT = 80;
/** A button that surely sends. */
const SENDS = /^(?:send\b|发\s?送)/i;
const BOX_SELECTOR = "textarea, [contenteditable]:not([contenteditable=false]), iframe, input[type=text], input:not([type])";
const REPLY_CONTROL = /^(?:(?:public |quick |new )?(?:reply|respond|answer|correspond)(?: (?:to )?(?:all|customer|requester|requestors?|client|sender|ticket|this|visitor|publicly|now|here|(?:this |the )?(?:comment|message|post|thread|mail|e-?mail|update)))?(?:\s*[….]{1,3})?|(?:click |tap )?(?:here )?to (?:reply|respond)(?: (?:or|to) .{1,20})?|write (?:a )?(?:reply|response)|add (?:a )?(?:reply|response|public reply)|send (?:a )?(?:message|reply)|(?:发送|发|写)消息|(?:公开|立即|快速|我要|点击|对外)?(?:回复|回覆|答复)(?:客户|全部|工单|邮件|消息|用户|访客)?|(?:点击|点此|点击这里)(?:进行)?回复|撰?写回复|展开回复)$/i;

/**
 * All editables that could be a reply box, best first, notes included (their audience says so).
 * @param {Document} doc @param {Element | null} list the message list, when known
 * @returns {ReplyBox[]}
 */
export function findBoxes(doc, list) {
  const inSight = sight();
  const all = queryDeep(doc, BOX_SELECTOR).flatMap((found) => asBox(/** @type {HTMLElement} */ (found), list, inSight) ?? []);
  const taught = taughtBox(all.filter((box) => box.visible).map((box) => box.shown));
  for (const box of all) if (box.shown === taught) preferBox(box);
  const boxes = all.filter((box) => box.score >= 1);
  const comments = boxes.filter(({ audience, moded, words }) => audience === "unsure" && !moded && COMMENT_WORDS.test(words) && !PUBLIC_WORDS.test(words));
  if (comments.length > 0 && (boxes.some((box) => box.audience === "public") || hasReplyControl(doc, list))) for (const box of comments) box.audience = "internal";
  return boxes.sort((left, right) => Number(right.visible) - Number(left.visible) || right.score - left.score);
}

/** The box that the agent pointed at goes first; a note it stays where the page says so. @param {ReplyBox} box */
function preferBox(box) {
  if (box.score < 1) judgeAudience(box);
  box.score = Math.max(box.score, 1) + 4;
  if (!box.moded && box.audience === "unsure") box.audience = "public";
}

/** @param {HTMLElement} element @param {Element | null} list @param {(element: Element) => boolean} inSight @returns {ReplyBox | null} */
function asBox(element, list, inSight) {
  /** @type {HTMLElement} */
  let target = element;
  /** @type {ReplyBox["kind"]} */
  let kind = "field";
  if (element.tagName === "IFRAME") {
    const inner = frameDocument(element);
    const body = inner?.body;
    if (!inner || !body) return null;
    const root = body.isContentEditable || inner.designMode === "on" ? body : null;
    if (!root) return null;
    [target, kind] = [root, "frame"];
  } else if (element.tagName !== "TEXTAREA" && element.tagName !== "INPUT") {
    if (element.tagName === "CODE") return null;
    if (element.parentElement?.isContentEditable || element.ownerDocument.designMode === "on") return null;
    if (element.tagName === "BODY" || element.tagName === "HTML") return null;
    kind = "editable";
  } else if (/** @type {HTMLInputElement} */ (element).readOnly || /** @type {HTMLInputElement} */ (element).disabled) return null;
  if (element.getAttribute("aria-hidden") === "true" && element.tagName === "TEXTAREA") return null;
  if (element.closest("h1, h2, h3, h4, h5, h6, [role=heading]") !== null) return null;
  const drawn = drawnBy(element), shown = drawn ?? element;
  if (drawn) kind = "drawn";
  else if (takesKeysAlone(element)) return null;
  const box = { element: target, shown, kind, visible: isVisible(shown) && hasArea(shown) && inSight(shown), audience: /** @type {Audience} */ ("unsure"), score: 0, moded: false, words: "", composer: /** @type {Element} */ (shown) };
  if (!box.visible && isVisible(element) && element.tagName === "TEXTAREA") return null;
  if (!box.visible && backsAnEditor(element)) return null;
  box.words = boxWords(box);
  box.composer = composerOf(box);
  if (element.tagName === "PRE" && !isSaidToWriteIn(element, box.composer)) return null;
  box.score = replyScore(box);
  const placed = list && box.visible ? placeScore(box, list) : 0;
  if (box.score + placed >= 1) judgeAudience(box);
  box.score += placed;
  return box;
}

/** Code that can be edited in place is no box; a box that is a pre element has a name, a role or a placeholder, or a button that sends. @param {HTMLElement} element @param {Element} composer */
function isSaidToWriteIn(element, composer) {
  if (element.getAttribute("role") === "textbox" || element.hasAttribute("placeholder") || element.hasAttribute("aria-label")) return true;
  return element.querySelector("code") === null && sendButtons(composer).some((button) => SENDS.test(buttonText(button)));
}

/** @param {HTMLElement} element */
function hasArea(element) {
  const box = element.getBoundingClientRect();
  return box.width > 40 && box.height > 10 && styleOf(element).opacity !== "0";
}

/** A hidden textarea beside a rich editor that shows its content. @param {HTMLElement} element */
function backsAnEditor(element) {
  if (element.tagName !== "TEXTAREA") return false;
  const near = element.parentElement;
  if (!near || !isVisible(near)) return false;
  return near.querySelector("iframe, [contenteditable=true]") !== null;
}

/** What it says for a box that it stands under the messages; who would read it that does not say. @param {ReplyBox} box @param {Element} list */
function placeScore(box, list) {
  const area = box.shown.getBoundingClientRect(), frame = list.getBoundingClientRect();
  const overlap = Math.min(area.right, frame.right) - Math.max(area.left, frame.left);
  return (overlap > Math.min(area.width, frame.width) * 0.6 ? 1.2 : 0) - (composedContains(list, box.shown) ? 1 : 0);
}

/** @param {ReplyBox} box */
function replyScore(box) {
  const { words, composer } = box, machine = machineWords(box);
  const input = box.shown.tagName === "INPUT";
  let score = input ? -1.5 : box.kind === "field" ? 0.5 : 1;
  if (input && (PROMPT.test(words) || isSearchField(box))) score -= 3;
  else if (REPLY_WORDS.test(words) || PUBLIC_WORDS.test(words)) score += 2.5;
  else if (INTERNAL_WORDS.test(words) || COMMENT_WORDS.test(words)) score += 2;
  else if (NOT_REPLY_WORDS.test(words)) score -= 4;
  if (box.shown.getAttribute("enterkeyhint") === "send") score += 2;
  if (/\b(?:reply|respond|message|comment|body|content|answer|note)\b/i.test(machine)) score += 0.8;
  if (/\b(?:search|query|filter|subject|title|cc|bcc|email|password|tag)\b/i.test(machine) || /^q$/.test(machine.trim())) score -= 3;
  if (composer.getAttribute("role") === "search" || /search/i.test(composer.getAttribute("action") ?? "")) score -= 5;
  if (composer.querySelector("input[type=password]") !== null) score -= 6;
  if (box.visible && asksWho(composer)) score -= 6;
  if (box.visible && asksTitle(composer)) score -= 2;
  const fields = [...composer.querySelectorAll("input, select")].filter((field) => !/^(?:hidden|submit|button|radio|checkbox|file)$/.test(field.getAttribute("type") ?? "") && isVisible(field)).length;
  if (fields >= 5) score -= 1;
  const buttons = sendButtons(composer).map(buttonText);
  if (buttons.length > 0 || (box.visible && endsInPicture(box))) score += 0.8;
  if (buttons.some((text) => REPLY_WORDS.test(text) || /^(?:send|发送)/i.test(text))) score += 1;
  if (box.visible) {
    const area = box.shown.getBoundingClientRect();
    if (area.height >= 60) score += 0.5;
  } else {
    const opener = openerOf(box);
    if (opener && REPLY_WORDS.test(buttonText(opener))) score += 2;
    else if (!opener || !REPLY_WORDS.test(words)) score -= 5;
  }
  if (isSmallDialogField(box)) score -= 2;
  return score;
}

/** In a search, so named: a bar around the field, not the page that is found. @param {ReplyBox} box */
function isSearchField({ shown }) {
  const search = shown.closest("[role=search], [class*=search i]");
  return search !== null && search.getBoundingClientRect().height < shown.getBoundingClientRect().height + SEARCH_BAR_HEIGHT;
}

/** @param {ReplyBox} box */
function isSmallDialogField(box) {
  const dialog = box.shown.closest("[role=dialog], dialog, [aria-modal=true]");
  return dialog !== null && !isVisible(dialog);
}

/**
 * The tab or toggle that reveals a hidden box: it points at an ancestor by aria-controls, data-…target or #href. Null where none does.
 * @param {ReplyBox} box
 * @returns {HTMLElement | null}
 */
export function openerOf(box) {
  const doc = box.shown.ownerDocument;
  for (let at = /** @type {Element | null} */ (box.shown); at; at = composedParent(at)) {
    if (at.tagName === "DETAILS" && !(/** @type {HTMLDetailsElement} */ (at).open)) return at.querySelector("summary");
    const id = (at.getAttribute("id") ?? "").replace(/["\\]/g, "\\$&");
    if (id === "") continue;
    for (const opener of doc.querySelectorAll(`[aria-controls="${id}"], [data-bs-target="#${id}"], [data-target="#${id}"], a[href="#${id}"]`)) {
      if (isVisible(opener) && !isSubmit(opener)) return /** @type {HTMLElement} */ (opener);
    }
  }
  return null;
}

/**
 * A control that would send or save: every button of a form that is not type=button or a tab.
 * @param {Element} control
 */
export function isSubmit(control) {
  const type = (control.getAttribute("type") ?? "").toLowerCase();
  if (type === "submit" || type === "image") return true;
  if (control.tagName === "BUTTON") return type !== "button" && type !== "reset" && /** @type {HTMLButtonElement} */ (control).form !== null;
  return control.tagName === "INPUT" && type !== "button";
}

/**
 * Buttons and links that say reply: to open a form in the page, or to go to one. `menu`: a list of ways to reply or a form of nothing but a button, which leads to one.
 * @param {Document} doc
 * @returns {{ buttons: HTMLElement[], links: HTMLAnchorElement[], menu: boolean }}
 */
export function replyControls(doc) {
  /** @type {HTMLElement[]} */
  const buttons = [];
  /** @type {HTMLAnchorElement[]} */
  const links = [];
  let posts = false;
  for (const control of queryDeep(doc, "a, button, input[type=submit], [role=button], [role=tab], summary, span[title], i[title], div[title]")) {
    if (!/^(?:A|BUTTON|INPUT|SUMMARY)$/.test(control.tagName) && !control.hasAttribute("role") && ((control.textContent ?? "").trim() !== "" || styleOf(control).cursor !== "pointer")) continue;
    if (control.getAttribute("aria-haspopup") === "listbox" || control.getAttribute("role") === "combobox" || !REPLY_CONTROL.test(buttonText(control))) continue;
    if (control.tagName === "A" && leadsAway(/** @type {HTMLAnchorElement} */ (control))) links.push(/** @type {HTMLAnchorElement} */ (control));
    else if (!isSubmit(control) && isVisible(control)) buttons.push(/** @type {HTMLElement} */ (control));
    else if (isVisible(control) && asksNothing(/** @type {HTMLButtonElement} */ (control).form)) posts = true;
  }
  const menu = queryDeep(doc, "select").some((select) => isVisible(select) && REPLY_CONTROL.test((/** @type {HTMLSelectElement} */ (select).options[0]?.text ?? "").replace(/^[-–—\s]+|[-–—\s]+$/g, "")));
  return { buttons, links, menu: menu || posts };
}

/** A form of nothing but a button leads on, as a link does. @param {HTMLFormElement | null} form */
function asksNothing(form) {
  return form !== null && [...form.elements].every((field) => /^(?:hidden|submit|button|image)$/.test(/** @type {HTMLInputElement} */ (field).type));
}

/** @param {HTMLAnchorElement} link */
function leadsAway(link) {
  const href = link.getAttribute("href") ?? "";
  if (href === "" || href.startsWith("#") || /^javascript:/i.test(href) || link.getAttribute("role") === "tab") return false;
  return link.getAttribute("role") !== "button" || !href.startsWith("#");
}

/** One for the conversation: what stands at every message fills the same box. @param {Document} doc @param {Element | null} list */
function hasReplyControl(doc, list) {
  const { buttons, links, menu } = replyControls(doc), words = buttons.map(buttonText);
  return links.length > 0 || menu || buttons.some((button, at) => !(list && composedContains(list, button)) && words.filter((other) => other === words[at]).length === 1);
}
