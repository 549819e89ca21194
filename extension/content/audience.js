// @ts-check
/**
 * Owns who would read what is written into a box, the customer or only the team: the page's own switch first, then plain statements, then words and buttons.
 * In doubt it says so; it never decides by colour alone that a box is public.
 */
import { composedParent, isVisible, labelText, styleOf } from "./dom.js";
import { buttonText, sendButtons } from "./composer.js";
import { isNoteColour } from "./note_paper.js";
import { COMMENT_WORDS, INTERNAL_WORDS, PUBLIC_WORDS, REPLY_WORDS, SEND_WORDS } from "./words.js";

/**
 * @typedef {import("./boxes.js").Audience} Audience
 * @typedef {import("./boxes.js").ReplyBox} ReplyBox
 */

const REPLY_ACT = /^(?:reply|respond|reply to .*|correspond|回复|答复)$/, EMAIL_ACT = /^(?:new|send|write)(?: an?)? e-?mail$|^(?:新邮件|新建邮件|发送?邮件|写邮件)$/, COMMENT_ACT = /^(?:comment|add comment|注释|评论|添加注释|添加备注|添加评论)$/;
const ACTIVE_WORD = /(?:^|[-_ ])(?:active|selected|current|checked|on|pressed|is-active)(?:$|[-_ ])/i;
/** A choice or tick that says that the customer gets it. */
const TO_CUSTOMER = /\bpublic\b|\b(?:visible|shown) to (?:the )?(?:customer|client|requester|everyone)|\b(?:customer|client|requester)s? can see|\b(?:notify|e-?mail|send to|share with) (?:the )?(?:customer|requester|client)|公开|(?:客户|顾客|用户|所有人|全员)可见|(?:发送|发|通知|同步|邮件通知|抄送)(?:给|至)?(?:客户|顾客|用户)|对外/i;
/** Where one choice is for everyone, each other one keeps somebody out. */
const FOR_EVERYONE = /\b(?:visible|shown|readable) (?:to|by) (?:everyone|everybody|all)\b|(?:所有人|全员|任何人)(?:可见|可读)/i;
/** A sentence beside the box about who reads it. */
const TEAM_SENTENCE = /\bonly (?:your |the )?(?:team|team members|agents?|staff|colleagues|internal users) (?:can|will) (?:see|read)|\b(?:visible|shown) (?:only )?to (?:your |the )?(?:team|team members|agents?|staff|colleagues)(?: only)?\b|\b(?:customer|client|requester|visitor)s? (?:can(?:'|’)?(?:no)?t|won(?:'|’)t|will not|do(?:es)?(?: not|n(?:'|’)t)) (?:see|receive|read|get)|\b(?:won(?:'|’)t|will not|not) be (?:sent|visible|shown|e-?mailed) to (?:the )?(?:customer|client|requester|visitor)|(?:仅|只有?)(?:限)?(?:内部|客服|坐席|团队|员工|工作人员|同事)(?:成员|人员)?(?:可见|能看到|可以看到|可查看)|(?:客户|顾客|用户|访客)(?:看不到|不可见|无法看到|不会收到|不会看到)|不会(?:发送|发)给(?:客户|顾客|用户)/i;
/** Words that both choices and send buttons begin with. */
const CHOICE_WORDS = /^(?:reply|respond|answer|comment|回复|评论|留言)/i;
const MODE_WORDS = /reply|note|comment|internal|private|public|visible|回复|备注|内部|可见|公开|私密/i;
/** Beside a choice for notes the other one. */
const MESSAGE_CHOICE = /^(?:send |new |write )?(?:a )?message$|^(?:发送?|写)消息$/i;
const NOTE_BUTTON = /^(?:log|log note|add note|save note|记录|记录备注|添加备注|保存备注)$/i;
/** What can be one of several ways; a button that says the same may send. */
const TAB = "input, [role=tab], [role=radio], [aria-selected], [aria-pressed], li, li > a";
/** Menus of answers to choose from. */
const READY_MADE = /\b(?:canned|saved|quick|predefined|preset|template)\b|预设|常用|快捷|模板/i;
/** Higher than a bar of tabs is something else, px. */
const TAB_BAR_HEIGHT = 80;
/** What goes with a change of a ticket, to all who follow it. */
const CHANGE_NOTE = /\bchange notes?\b/gi;
/** What writes notes is called so shortly. */
const LONGEST_OFFER = 32;
const PRIVATE_NAME = /(?:^|[^a-z])(?:internal|private|is_?note|staff_?only)(?:$|[^a-z])/i;

/**
 * Decides who would read what is written into the box: the page's own switch first, then the box's words, then its button.
 * @param {ReplyBox} box
 */
export function judgeAudience(box) {
  const { composer, words } = box;
  const mode = modeOf(box, composer);
  const toTeam = saysTeamOnly(box, composer);
  if (mode !== null) {
    box.audience = mode === "public" && toTeam ? "unsure" : mode;
    box.moded = true;
    return;
  }
  if (toTeam) {
    box.audience = "internal";
    return;
  }
  if (INTERNAL_WORDS.test(words.replace(CHANGE_NOTE, ""))) {
    box.audience = PUBLIC_WORDS.test(words) ? "unsure" : "internal";
    return;
  }
  const buttons = sendButtons(composer).filter((button) => isVisible(button) || !box.visible).map(buttonText);
  if (buttons.some((text) => INTERNAL_WORDS.test(text) || NOTE_BUTTON.test(text)) && !buttons.some((text) => PUBLIC_WORDS.test(text) || /^(?:send|发送)$/i.test(text))) {
    box.audience = "internal";
    return;
  }
  const heading = nearHeading(box, composer);
  if (INTERNAL_WORDS.test(heading) && !PUBLIC_WORDS.test(heading)) {
    box.audience = "internal";
    return;
  }
  if (PUBLIC_WORDS.test(words)) box.audience = "public";
  else if (isNotePaper(box, composer)) box.doubtful = true;
  else if (REPLY_WORDS.test(words) || buttons.some((text) => REPLY_WORDS.test(text) || /^(?:send|发送)/i.test(text)) || PUBLIC_WORDS.test(heading)) box.audience = "public";
  else if (COMMENT_WORDS.test(words) || buttons.some((text) => COMMENT_WORDS.test(text))) box.audience = "unsure";
  else if (box.score >= 2) box.audience = "public";
}

/**
 * A visible sentence of the composer, outside its choices, that keeps the customer out.
 * @param {ReplyBox} box @param {Element} composer
 */
function saysTeamOnly(box, composer) {
  const scope = composer.contains(box.shown) ? composer : box.shown.parentElement;
  for (const element of scope?.querySelectorAll("p, small, span, div, em, i, strong, label, [role=img], [role=status], svg, [aria-label]") ?? []) {
    if (element.closest("button, [role=tab], [role=radio], [role=option], [role=button], option, a, label:has(input)") || box.element.contains(element)) continue;
    const text = element.childElementCount === 0 ? labelText(element, 160) : [...element.childNodes].map((node) => (node.nodeType === 3 ? (node.nodeValue ?? "") : "")).join(" ").trim();
    const words = `${text} ${element.getAttribute("aria-label") ?? ""}`;
    if (words.length < 200 && TEAM_SENTENCE.test(words) && isVisible(element)) return true;
  }
  return false;
}

/** The yellow of note paper on the box or around it: a hint to ask, no proof. @param {ReplyBox} box @param {Element} composer */
function isNotePaper(box, composer) {
  for (let at = /** @type {Element | null} */ (box.shown); at && at.tagName !== "BODY"; at = composedParent(at)) {
    const paper = isNoteColour(styleOf(at).backgroundColor);
    if (paper !== null) return paper;
    if (at === composer) break;
  }
  return false;
}

/** @param {string} text @param {boolean} paired another choice says reply @returns {Audience | null} */
function choiceAudience(text, paired) {
  if (text === "" || text.length > 80) return null;
  if (INTERNAL_WORDS.test(text)) return /\bnon-?(?:private|internal)|\bnot (?:private|internal)/i.test(text) ? "public" : "internal";
  if (PUBLIC_WORDS.test(text) || TO_CUSTOMER.test(text)) return "public";
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
  scopes.push(...tabsOver(composer));
  for (const scope of scopes) {
    const mode = selectMode(scope) ?? groupMode(scope) ?? tickMode(scope) ?? menuMode(scope) ?? hiddenMode(scope);
    if (mode !== null) return mode;
  }
  return null;
}

/** Bars of buttons right over the composer or over what holds it. @param {Element} composer */
function tabsOver(composer) {
  /** @type {Element[]} */
  const bars = [];
  for (let at = /** @type {Element | null} */ (composer), depth = 0; at && depth < 3 && at.tagName !== "BODY"; at = composedParent(at), depth++) {
    const bar = at.previousElementSibling;
    if (bar && isVisible(bar) && bar.getBoundingClientRect().height < TAB_BAR_HEIGHT && bar.querySelector("button, a, [role=tab], [role=button]") !== null) bars.push(bar);
  }
  return bars;
}

/** @param {Element} scope @returns {Audience | null} */
function selectMode(scope) {
  for (const select of scope.querySelectorAll("select")) {
    const options = [...select.options].map((option) => option.text.trim());
    const paired = options.some((text) => (PUBLIC_WORDS.test(text) || TO_CUSTOMER.test(text)) && !INTERNAL_WORDS.test(text));
    const audiences = options.map((text) => choiceAudience(text, paired));
    if (options.some((text) => FOR_EVERYONE.test(text)) && !audiences.includes("internal")) return audiences[select.selectedIndex] ?? "internal";
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
  const exact = texts.map((text, at) => ((SEND_WORDS.test(text) && !CHOICE_WORDS.test(text) && !choices[at]?.matches(TAB)) || READY_MADE.test(text) ? "" : text));
  const paired = exact.some((text) => PUBLIC_WORDS.test(text) && !INTERNAL_WORDS.test(text));
  const audiences = exact.map((text, at) => choiceAudience(text, paired) ?? (MESSAGE_CHOICE.test(texts[at] ?? "") ? "public" : null));
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
  const alone = choice.parentElement?.childElementCount === 1 ? choice.parentElement : null;
  return [choice, alone].some((element) => ACTIVE_WORD.test((element?.getAttribute("class") ?? "").replace(/([a-z])([A-Z])/g, "$1-$2")));
}

/** @param {Element} scope @returns {Audience | null} */
function tickMode(scope) {
  for (const tick of scope.querySelectorAll("input[type=checkbox], [role=switch], [role=checkbox]")) {
    const input = /** @type {HTMLInputElement} */ (tick);
    const named = (tick.getAttribute("aria-labelledby") ?? "").split(/\s+/).map((id) => (id && tick.ownerDocument.getElementById(id)?.textContent) || "").join(" ").trim();
    const label = labelText(input.labels?.[0] ?? tick.closest("label") ?? tick, 90) || (tick.getAttribute("aria-label") ?? (named || wordsBeside(tick)));
    const on = tick.tagName === "INPUT" ? input.checked : tick.getAttribute("aria-checked") === "true";
    if (INTERNAL_WORDS.test(label) || PRIVATE_NAME.test(tick.getAttribute("name") ?? "")) return on ? "internal" : "public";
    if (TO_CUSTOMER.test(label)) return on ? "public" : "internal";
  }
  return null;
}

/** What stands right behind a box to tick, or before it, in elements or as bare text. @param {Element} tick */
function wordsBeside(tick) {
  for (const node of [tick.nextSibling, tick.nextElementSibling, tick.previousSibling, tick.previousElementSibling]) {
    const words = node?.nodeType === 3 ? (node.nodeValue ?? "").replace(/\s+/g, " ").trim() : node?.nodeType === 1 ? labelText(/** @type {Element} */ (node), 60) : "";
    if (words !== "") return words.slice(0, 60);
  }
  return "";
}

/** A menu button that shows the present mode ("Internal note ▾"). @param {Element} scope @returns {Audience | null} */
function menuMode(scope) {
  for (const button of scope.querySelectorAll("[aria-haspopup], [role=combobox]")) {
    const text = buttonText(button);
    if (text.length < 40 && MODE_WORDS.test(text)) {
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

/** A field of the form that says it is a private one. Its absence says nothing. @param {Element} scope @returns {Audience | null} */
function hiddenMode(scope) {
  for (const input of scope.querySelectorAll("input[type=hidden]")) {
    if (PRIVATE_NAME.test(input.getAttribute("name") ?? "") && /^(?:1|true|yes|on)$/i.test(/** @type {HTMLInputElement} */ (input).value)) return "internal";
  }
  return null;
}

/** The page offers "Reply" and "Comment" as two different acts, in a menu or side by side, or to write an e-mail beside comments. @param {Document} doc */
export function offersBoth(doc) {
  const listed = [...doc.querySelectorAll("a, option, [role=tab], [role=menuitem]")].map(actText).filter((text) => text.length < 40);
  const comments = listed.some((text) => COMMENT_ACT.test(text) || /^comments?\s*\(.*\)$/.test(text));
  if (comments && listed.some((text) => REPLY_ACT.test(text))) return true;
  const buttons = [...doc.querySelectorAll("button")], commenting = buttons.filter((button) => COMMENT_ACT.test(actText(button)));
  if (commenting.length > 0 && buttons.some((button) => EMAIL_ACT.test(actText(button)))) return true;
  return commenting.some((button) => [...(button.parentElement?.children ?? [])].some((beside) => REPLY_ACT.test(actText(beside))));
}

/** A tab, a button or a menu of the page writes notes that the customer does not get. @param {Document} doc */
export function offersNotes(doc) {
  return [...doc.querySelectorAll("button, [role=button], [role=tab], [role=menuitem], [role=radio], option, label, a")].some((control) => {
    const text = actText(control);
    return text.length < LONGEST_OFFER && INTERNAL_WORDS.test(text.replace(CHANGE_NOTE, ""));
  });
}

/** @param {Element} element */
function actText(element) {
  return (element.textContent ?? "").trim().toLowerCase();
}
