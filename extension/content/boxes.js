// @ts-check
/**
 * Owns finding the place to reply: every editable of the page, what it is for, whether the customer would read it, and how a hidden one opens.
 * Never types, clicks or changes anything.
 */
import { composedContains, composedParent, frameDocument, isVisible, labelText, queryDeep, styleOf } from "./dom.js";
import { taughtBox } from "./teach_locate.js";
import { COMMENT_WORDS, INTERNAL_WORDS, NOT_REPLY_WORDS, PUBLIC_WORDS, REPLY_WORDS, SEND_WORDS } from "./words.js";

/**
 * @typedef {"public" | "internal" | "unsure"} Audience
 * @typedef {object} ReplyBox
 * @property {HTMLElement} element the field or editable root (inside its frame)
 * @property {HTMLElement} shown the element that stands for it in the page: the iframe or the field itself
 * @property {"field" | "editable" | "frame"} kind
 * @property {boolean} visible
 * @property {Audience} audience
 * @property {number} score how likely it is a reply box at all; below 1 it is none
 * @property {boolean} moded a reply/note switch of the page decided the audience
 */

const BOX_SELECTOR = "textarea, [contenteditable]:not([contenteditable=false]), iframe, input[type=text], input:not([type])";
const ACTIVE_WORD = /(?:^|[-_ ])(?:active|selected|current|checked|on|pressed|is-active)(?:$|[-_ ])/i;
const REPLY_CONTROL = /^(?:(?:public |quick |new )?(?:reply|respond|answer|correspond)(?: (?:to )?(?:all|customer|requester|requestors?|client|sender|ticket|this|visitor|publicly|now|here))?(?:\s*[….]{1,3})?|write (?:a )?(?:reply|response)|add (?:a )?(?:reply|response|public reply)|send (?:a )?(?:message|reply)|(?:公开|立即|快速|我要|点击|对外)?(?:回复|回覆|答复)(?:客户|全部|工单|邮件|消息|用户|访客)?|写回复)$/i;

/**
 * All editables that could be a reply box, best first, notes included (their audience says so).
 * @param {Document} doc @param {Element | null} list the message list, when known
 * @returns {ReplyBox[]}
 */
export function findBoxes(doc, list) {
  const all = queryDeep(doc, BOX_SELECTOR).flatMap((found) => asBox(/** @type {HTMLElement} */ (found), list) ?? []);
  const taught = taughtBox(all.filter((box) => box.visible).map((box) => box.shown));
  for (const box of all) if (box.shown === taught) preferBox(box);
  const boxes = all.filter((box) => box.score >= 1);
  const pairs = boxes.some((box) => box.audience === "public") || hasReplyControl(doc);
  for (const box of boxes) if (box.audience === "unsure" && !box.moded && pairs && COMMENT_WORDS.test(boxWords(box)) && !PUBLIC_WORDS.test(boxWords(box))) box.audience = "internal";
  return boxes.sort((left, right) => Number(right.visible) - Number(left.visible) || right.score - left.score);
}

/** The box that the agent pointed at goes first; a note it stays where the page says so. @param {ReplyBox} box */
function preferBox(box) {
  if (box.score < 1) judgeAudience(box);
  box.score = Math.max(box.score, 1) + 4;
  if (!box.moded && box.audience === "unsure") box.audience = "public";
}

/** @param {HTMLElement} element @param {Element | null} list @returns {ReplyBox | null} */
function asBox(element, list) {
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
    if (element.parentElement?.isContentEditable || element.ownerDocument.designMode === "on") return null;
    if (element.tagName === "BODY") return null;
    kind = "editable";
  } else if (/** @type {HTMLInputElement} */ (element).readOnly || /** @type {HTMLInputElement} */ (element).disabled) return null;
  if (element.getAttribute("aria-hidden") === "true" && element.tagName === "TEXTAREA") return null;
  const box = { element: target, shown: element, kind, visible: isVisible(element) && hasArea(element), audience: /** @type {Audience} */ ("unsure"), score: 0, moded: false };
  if (!box.visible && isVisible(element) && element.tagName === "TEXTAREA") return null;
  if (!box.visible && backsAnEditor(element)) return null;
  box.score = replyScore(box, list);
  if (box.score >= 1) judgeAudience(box);
  return box;
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

/** Accessible name, placeholder and title of the box itself. @param {ReplyBox} box */
function boxWords(box) {
  const words = [];
  for (const element of new Set([box.shown, box.element])) {
    for (const name of ["aria-label", "placeholder", "data-placeholder", "aria-placeholder", "title", "data-text"]) words.push(element.getAttribute(name) ?? "");
    const ids = (element.getAttribute("aria-labelledby") ?? "").split(/\s+/).filter((id) => id !== "");
    const scope = /** @type {Document | ShadowRoot} */ (element.getRootNode());
    for (const id of ids) words.push(scope.getElementById?.(id)?.textContent ?? "");
    for (const label of /** @type {HTMLInputElement} */ (element).labels ?? []) words.push(label.textContent ?? "");
  }
  const placeholder = box.element.querySelector("[data-placeholder], [class*=placeholder]") ?? box.shown.parentElement?.querySelector(":scope > [class*=placeholder]");
  if (placeholder) words.push(placeholder.getAttribute("data-placeholder") ?? placeholder.textContent ?? "");
  return words.join(" ").replace(/\s+/g, " ").trim().slice(0, 300);
}

/** Machine names are weak signs: only used to leave out or lift. @param {ReplyBox} box */
function machineWords(box) {
  return `${box.shown.getAttribute("name") ?? ""} ${box.shown.getAttribute("id") ?? ""}`.replace(/([a-z])([A-Z])/g, "$1 $2").replace(/[_-]+/g, " ");
}

/**
 * The composer around a box: the nearest ancestor with a pressable send or save control, at most the form.
 * @param {ReplyBox} box
 * @returns {Element}
 */
function composerOf(box) {
  let at = composedParent(box.shown);
  for (let depth = 0; at && depth < 9; depth++) {
    if (at.tagName === "FORM" || at.getAttribute("role") === "form") return at;
    if (depth > 0 && sendButtons(at).length > 0) return at;
    if (at.tagName === "BODY" || at.tagName === "MAIN") break;
    at = composedParent(at);
  }
  return composedParent(box.shown) ?? box.shown;
}

/** @param {Element} scope */
function sendButtons(scope) {
  return [...scope.querySelectorAll("button, input[type=submit], [role=button]")].filter((button) => SEND_WORDS.test(buttonText(button)) || button.getAttribute("type") === "submit");
}

/** @param {Element} button */
export function buttonText(button) {
  const shown = labelText(button, 80) || (/** @type {HTMLInputElement} */ (button).value ?? "");
  return (shown || (button.getAttribute("aria-label") ?? button.getAttribute("title") ?? button.getAttribute("data-original-title") ?? "")).trim();
}

/** @param {ReplyBox} box @param {Element | null} list */
function replyScore(box, list) {
  const words = boxWords(box);
  const machine = machineWords(box);
  const input = box.shown.tagName === "INPUT";
  let score = input ? -1.5 : box.kind === "field" ? 0.5 : 1;
  if (REPLY_WORDS.test(words) || PUBLIC_WORDS.test(words)) score += 2.5;
  else if (INTERNAL_WORDS.test(words) || COMMENT_WORDS.test(words)) score += 2;
  else if (NOT_REPLY_WORDS.test(words)) score -= 4;
  if (/\b(?:reply|respond|message|comment|body|content|answer|note)\b/i.test(machine)) score += 0.8;
  if (/\b(?:search|query|filter|subject|title|cc|bcc|email|password|tag)\b/i.test(machine) || /^q$/.test(machine.trim())) score -= 3;
  const composer = composerOf(box);
  if (composer.getAttribute("role") === "search" || /search/i.test(composer.getAttribute("action") ?? "")) score -= 5;
  const fields = [...composer.querySelectorAll("input, select")].filter((field) => !/^(?:hidden|submit|button|radio|checkbox|file)$/.test(field.getAttribute("type") ?? "") && isVisible(field)).length;
  if (fields >= 5) score -= 1;
  const buttons = sendButtons(composer).map(buttonText);
  if (buttons.length > 0) score += 0.8;
  if (buttons.some((text) => REPLY_WORDS.test(text) || /^(?:send|发送)/i.test(text))) score += 1;
  if (box.visible) {
    const area = box.shown.getBoundingClientRect();
    if (area.height >= 60) score += 0.5;
    if (list) {
      if (composedContains(list, box.shown)) score -= 1;
      const frame = list.getBoundingClientRect();
      const overlap = Math.min(area.right, frame.right) - Math.max(area.left, frame.left);
      if (overlap > area.width * 0.6) score += 1.2;
    }
  } else {
    const opener = openerOf(box);
    if (opener && REPLY_WORDS.test(buttonText(opener))) score += 2;
    else if (!opener || !REPLY_WORDS.test(words)) score -= 5;
  }
  if (isSmallDialogField(box)) score -= 2;
  return score;
}

/** @param {ReplyBox} box */
function isSmallDialogField(box) {
  const dialog = box.shown.closest("[role=dialog], dialog, [aria-modal=true]");
  return dialog !== null && !isVisible(dialog);
}

/**
 * Decides who would read what is written into the box: the page's own switch first, then the box's words, then its button.
 * @param {ReplyBox} box
 */
function judgeAudience(box) {
  const composer = composerOf(box);
  const mode = modeOf(box, composer);
  if (mode !== null) {
    box.audience = mode;
    box.moded = true;
    return;
  }
  const words = boxWords(box);
  if (INTERNAL_WORDS.test(words)) {
    box.audience = PUBLIC_WORDS.test(words) ? "unsure" : "internal";
    return;
  }
  const buttons = sendButtons(composer).filter((button) => isVisible(button) || !box.visible).map(buttonText);
  if (buttons.some((text) => INTERNAL_WORDS.test(text)) && !buttons.some((text) => PUBLIC_WORDS.test(text) || /^(?:send|发送)$/i.test(text))) {
    box.audience = "internal";
    return;
  }
  const heading = nearHeading(box, composer);
  if (INTERNAL_WORDS.test(heading) && !PUBLIC_WORDS.test(heading)) {
    box.audience = "internal";
    return;
  }
  if (REPLY_WORDS.test(words) || buttons.some((text) => REPLY_WORDS.test(text) || /^(?:send|发送)/i.test(text)) || PUBLIC_WORDS.test(heading)) box.audience = "public";
  else if (COMMENT_WORDS.test(words) || buttons.some((text) => COMMENT_WORDS.test(text))) box.audience = "unsure";
  else if (box.score >= 2) box.audience = "public";
}

/** @param {string} text @param {boolean} paired another choice says reply @returns {Audience | null} */
function choiceAudience(text, paired) {
  if (text === "" || text.length > 80) return null;
  if (INTERNAL_WORDS.test(text)) return /\bnon-?(?:private|internal)|\bnot (?:private|internal)/i.test(text) ? "public" : "internal";
  if (PUBLIC_WORDS.test(text)) return "public";
  if (paired && COMMENT_WORDS.test(text)) return "internal";
  return null;
}

/**
 * The state of a reply/note switch around the box: select, radios, tabs, pressed buttons, a "private" or "public" tick box, a mode menu. Null where there is none.
 * @param {ReplyBox} box @param {Element} composer
 * @returns {Audience | null}
 */
function modeOf(box, composer) {
  /** @type {Element[]} */
  const scopes = [composer];
  for (let at = composedParent(composer), depth = 0; at && depth < 3 && composer.tagName !== "FORM"; at = composedParent(at), depth++) {
    if (at.tagName === "BODY" || at.tagName === "MAIN" || at.getBoundingClientRect().height > composer.getBoundingClientRect().height + 160) break;
    scopes.push(at);
  }
  const form = composer.closest("form") ?? (box.shown.ownerDocument === composer.ownerDocument ? box.shown.closest("form") : null);
  if (form) scopes.push(form);
  if (composer.tagName === "FORM" && composer.parentElement && composer.parentElement.tagName !== "BODY") scopes.push(composer.parentElement);
  for (const scope of scopes) {
    const mode = selectMode(scope) ?? groupMode(scope) ?? tickMode(scope) ?? menuMode(scope);
    if (mode !== null) return mode;
  }
  return null;
}

/** @param {Element} scope @returns {Audience | null} */
function selectMode(scope) {
  for (const select of scope.querySelectorAll("select")) {
    const options = [...select.options].map((option) => option.text.trim());
    const paired = options.some((text) => PUBLIC_WORDS.test(text) && !INTERNAL_WORDS.test(text));
    const audiences = options.map((text) => choiceAudience(text, paired));
    if (!audiences.includes("public") || !audiences.includes("internal")) continue;
    return audiences[select.selectedIndex] ?? "unsure";
  }
  return null;
}

/** Radios, tabs and toggle buttons. @param {Element} scope @returns {Audience | null} */
function groupMode(scope) {
  const choices = [...scope.querySelectorAll("input[type=radio], [role=tab], [role=radio], button, a[role=button], [aria-pressed], [aria-selected], [role=button], li, label, a, div, span")]
    .filter((choice) => choice.tagName === "INPUT" || (isVisible(choice) && (choice.textContent ?? "").trim().length < 40 && choice.querySelector("textarea, input, [contenteditable]") === null));
  const texts = choices.map((choice) => (choice.tagName === "INPUT" ? labelText(/** @type {HTMLInputElement} */ (choice).labels?.[0] ?? choice.parentElement ?? choice, 80) : buttonText(choice)));
  const exact = texts.map((text) => (SEND_WORDS.test(text) && !/^(?:reply|respond|comment|回复|评论|留言)$/i.test(text) ? "" : text));
  const paired = exact.some((text) => PUBLIC_WORDS.test(text) && !INTERNAL_WORDS.test(text));
  const audiences = exact.map((text) => choiceAudience(text, paired));
  /** @type {{ choice: Element, audience: Audience }[]} */
  const group = [];
  choices.forEach((choice, at) => {
    const audience = audiences[at];
    const pressable = choice.matches("input, [role], button, [aria-pressed], [aria-selected], a") || styleOf(choice).cursor === "pointer";
    if (audience && pressable && choice.getAttribute("type") !== "submit") group.push({ choice, audience });
  });
  const internal = group.filter((item) => item.audience === "internal");
  const open = group.filter((item) => item.audience === "public");
  if (internal.length === 0 || open.length === 0) return null;
  const chosen = group.filter((item) => isChosen(item.choice));
  const audience = new Set(chosen.map((item) => item.audience));
  return audience.size === 1 ? (chosen[0]?.audience ?? "unsure") : "unsure";
}

/** @param {Element} choice */
function isChosen(choice) {
  if (choice.tagName === "INPUT") return /** @type {HTMLInputElement} */ (choice).checked;
  for (const name of ["aria-selected", "aria-pressed", "aria-checked", "aria-current"]) {
    const value = choice.getAttribute(name);
    if (value !== null) return value !== "false";
  }
  const state = choice.getAttribute("data-state");
  if (state !== null) return /^(?:active|on|checked|selected)$/.test(state);
  return ACTIVE_WORD.test(choice.getAttribute("class") ?? "") || (choice.parentElement !== null && choice.parentElement.childElementCount === 1 && ACTIVE_WORD.test(choice.parentElement.getAttribute("class") ?? ""));
}

/** @param {Element} scope @returns {Audience | null} */
function tickMode(scope) {
  for (const tick of scope.querySelectorAll("input[type=checkbox], [role=switch], [role=checkbox]")) {
    const input = /** @type {HTMLInputElement} */ (tick);
    const label = labelText(input.labels?.[0] ?? tick.closest("label") ?? tick, 90) || (tick.getAttribute("aria-label") ?? "");
    const on = tick.tagName === "INPUT" ? input.checked : tick.getAttribute("aria-checked") === "true";
    if (INTERNAL_WORDS.test(label)) return on ? "internal" : "public";
    if (/\bpublic\b|公开|客户可见|visible to (?:the )?(?:customer|client|requester)|notify (?:the )?(?:customer|requester|client)|e-?mail (?:the )?(?:customer|requester)|发送给客户/i.test(label)) return on ? "public" : "internal";
  }
  return null;
}

/** A menu button that shows the present mode ("Internal note ▾"). @param {Element} scope @returns {Audience | null} */
function menuMode(scope) {
  for (const button of scope.querySelectorAll("[aria-haspopup], [role=combobox]")) {
    const text = buttonText(button);
    if (text.length < 40 && /reply|note|comment|回复|备注/i.test(text)) {
      const audience = choiceAudience(text, true);
      if (audience) return audience;
    }
  }
  return null;
}

/** @param {ReplyBox} box @param {Element} composer */
function nearHeading(box, composer) {
  const inside = composer.querySelector("h1, h2, h3, h4, h5, h6, legend, [role=heading]");
  if (inside) return labelText(inside, 80);
  const panel = box.shown.closest("section, [role=tabpanel], [role=region], fieldset, [aria-label]");
  const name = panel?.getAttribute("aria-label") ?? "";
  const before = composer.previousElementSibling;
  return `${name} ${before && /^H[1-6]$/.test(before.tagName) ? labelText(before, 80) : ""}`.trim();
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
 * Buttons and links that say reply: to open a form in the page, or to go to one.
 * @param {Document} doc
 * @returns {{ buttons: HTMLElement[], links: HTMLAnchorElement[] }}
 */
export function replyControls(doc) {
  /** @type {HTMLElement[]} */
  const buttons = [];
  /** @type {HTMLAnchorElement[]} */
  const links = [];
  for (const control of queryDeep(doc, "a, button, [role=button], [role=tab], summary")) {
    if (control.getAttribute("aria-haspopup") === "listbox" || control.getAttribute("role") === "combobox" || !REPLY_CONTROL.test(buttonText(control))) continue;
    if (control.tagName === "A" && leadsAway(/** @type {HTMLAnchorElement} */ (control))) links.push(/** @type {HTMLAnchorElement} */ (control));
    else if (!isSubmit(control) && isVisible(control)) buttons.push(/** @type {HTMLElement} */ (control));
  }
  return { buttons, links };
}

/** @param {HTMLAnchorElement} link */
function leadsAway(link) {
  const href = link.getAttribute("href") ?? "";
  if (href === "" || href.startsWith("#") || /^javascript:/i.test(href) || link.getAttribute("role") === "tab") return false;
  return link.getAttribute("role") !== "button" || !href.startsWith("#");
}

/** @param {Document} doc */
function hasReplyControl(doc) {
  const controls = replyControls(doc);
  return controls.links.length > 0 || controls.buttons.length > 0;
}
