// @ts-check
/**
 * Owns what one unit (a row of a conversation list) shows: its text runs in order, each with the path to it and what kind of text it is by itself.
 * Does not compare units; the words' meaning across rows belongs to bodies.js.
 */
import { composedNodes, isControl, isScreenReaderOnly, isSkipped, isVisible, styleOf } from "./dom.js";
import { attributeTime, isTimeText, splitTime } from "./times.js";
import { filePlaceholder, isFileDetail, mediaPlaceholder } from "./attachments.js";
import { isEmojiImage, isIconElement, isNameLike, isQuote, isWroteLine } from "./text.js";
import { markLeftOut } from "./history.js";
import { headPart, splitHead } from "./message_labels.js";
import { ACTION_WORDS, AGENT_WORDS, AUTHORED_LEAD, BOT_WORDS, CUSTOMER_WORDS, NOTE_WORDS, STATUS_MARK } from "./words.js";

/**
 * "media" and "file" carry their placeholder as text; "left_out" is quoted history or a translation.
 * @typedef {"free" | "time" | "badge" | "control" | "status" | "action" | "header" | "quote" | "attribute" | "media" | "file" | "left_out"} RunKind
 * @typedef {object} TextRun
 * @property {Node} node the text node, or the element for an attribute
 * @property {Element} owner the element that holds it
 * @property {string} text one line, trimmed
 * @property {RunKind} kind
 * @property {string} path joined steps from the unit to the owner, "" for the unit's own words
 * @property {string} place the same; for the unit's own words what kind of row it is
 * @property {Element[]} chain elements below the unit down to the owner
 * @property {string[]} prefixes path of each chain element
 * @property {number | null} time_ms
 * @property {import("./message_labels.js").HeadPart | null} head of a header: what it names
 * @property {boolean} heading inside h1–h6 or role=heading
 * @property {boolean} link inside a link
 * @property {boolean} spoken only for screen readers
 */

/** Kinds that are neither a message's words nor a part of its header. @type {Set<RunKind>} */
export const NO_WORDS = new Set(["quote", "media", "file", "left_out"]);
const ATTRIBUTE_NAMES = ["aria-label", "title", "alt", "data-original-title", "data-bs-original-title", "data-tooltip", "aria-roledescription"];
/** What is called after what ticking it does. */
const TO_TICK = /^(?:checkbox|radio|switch)$/;
const MAX_RUNS = 600;
/** What parts a mark ("· Seen") from the time before it. */
const BEFORE_MARK = /^[·•|]\s*/;
/** Dots of other scripts and sets between a name and a time; in a name they stand without a space. */
const OTHER_DOT = /(^|\s)[・‧∙⋅●◦](?=\s|$)/g;
/** A word in brackets or behind a dot, bar or dash, after another. */
const ROLE_BEHIND = /^(.{1,70}?)(?:\s*[(（[【]([^()（）[\]【】]{1,30})[)）\]】]|\s+[·|–—-]\s+(.{1,30}))$/;
const WROTE_BEGIN = /^\s*(?:on|at|am|le)\s|^\s*[在于]|\b(?:wrote|schrieb)\b/i;
const WROTE_CHARACTERS = 200;
/** "👍 1": how many liked it. */
const REACTION = /^(?:\p{Extended_Pictographic}[\p{Extended_Pictographic}\p{Emoji_Modifier}\u200d\ufe0f]*\s*\d+\s*)+$/u;

/**
 * @param {Element} unit
 * @param {number} now_ms
 * @returns {TextRun[]}
 */
export function unitRuns(unit, now_ms) {
  /** @type {TextRun[]} */
  const runs = [];
  attributeRuns(unit, [], [], false, runs);
  collectRuns(unit, { chain: [], prefixes: [], control: false, quote: false, heading: false, link: false, spoken: false, unit, now_ms, runs });
  labelHeaders(runs);
  markLeftOut(runs);
  markReactions(runs);
  return runs;
}

/** Beside other words a counted emoji is no word of the message. @param {TextRun[]} runs */
function markReactions(runs) {
  const counted = runs.filter((run) => run.kind === "free" && REACTION.test(run.text));
  if (counted.length < runs.filter((run) => run.kind === "free").length) for (const run of counted) run.kind = "status";
}

/**
 * @typedef {object} RunScope
 * @property {Element[]} chain
 * @property {string[]} prefixes
 * @property {boolean} control
 * @property {boolean} quote
 * @property {boolean} heading
 * @property {boolean} link
 * @property {boolean} spoken
 * @property {Element} unit
 * @property {number} now_ms
 * @property {TextRun[]} runs
 */

/** @param {Element} element @param {RunScope} scope */
function collectRuns(element, scope) {
  /** @type {Record<string, number>} */
  const nth = {};
  /** What is left of a "… wrote:" line that began in this element. @type {Set<Node>} */
  let cited = new Set();
  for (const child of composedNodes(element)) {
    if (scope.runs.length > MAX_RUNS) return;
    if (child.nodeType === 3 && cited.size === 0) cited = wroteLine(child);
    const quote = cited.delete(child) || scope.quote;
    if (child.nodeType === 3) addTextRun(child, element, { ...scope, quote });
    if (child.nodeType !== 1) continue;
    const inner = /** @type {Element} */ (child);
    const index = (nth[inner.tagName] = (nth[inner.tagName] ?? 0) + 1);
    const tag = inner.tagName;
    if ((tag === "IMG" || tag === "VIDEO" || tag === "AUDIO") && !scope.quote && isVisible(inner)) addMediaRun(inner, index, scope);
    if (tag === "svg" && isVisible(inner)) addIconRun(inner, index, scope);
    if (isSkipped(inner) || !isVisible(inner)) continue;
    if (tag === "TEXTAREA" || tag === "SELECT" || tag === "INPUT" || inner.getAttribute("role") === "menu") continue;
    if (/** @type {HTMLElement} */ (inner).isContentEditable && inner.getAttribute("contenteditable") !== "false") continue;
    const chain = [...scope.chain, inner];
    const prefixes = [...scope.prefixes, `${scope.prefixes.at(-1) ?? ""}>${pathStep(inner, index)}`];
    const spoken = scope.spoken || isScreenReaderOnly(inner);
    attributeRuns(inner, chain, prefixes, scope.control || TO_TICK.test(inner.getAttribute("role") ?? ""), scope.runs);
    if (tag !== "IMG" && isIconElement(inner) && (inner.textContent ?? "") !== "") continue;
    collectRuns(inner, {
      ...scope, chain, prefixes, spoken,
      quote: quote || tag === "BLOCKQUOTE" || tag === "Q" || isQuote(inner),
      control: scope.control || isControl(inner),
      heading: scope.heading || /^H[1-6]$/.test(tag) || inner.getAttribute("role") === "heading",
      link: scope.link || tag === "A",
    });
  }
}

/**
 * The nodes of a "… wrote:" line that stands in several, with a linked address in it. Empty where the text begins none.
 * @param {Node} text @returns {Set<Node>}
 */
function wroteLine(text) {
  if (!WROTE_BEGIN.test(text.nodeValue ?? "")) return new Set();
  /** @type {Set<Node>} */
  const nodes = new Set();
  let line = "";
  for (let node = /** @type {Node | null} */ (text); node && line.length < WROTE_CHARACTERS; node = node.nextSibling) {
    if (node.nodeType === 1 && /^(?:BR|DIV|P|BLOCKQUOTE|UL|OL|TABLE|PRE)$/.test(/** @type {Element} */ (node).tagName)) break;
    nodes.add(node);
    line += node.textContent ?? "";
  }
  return nodes.size > 1 && isWroteLine(line.replace(/\s+/g, " ").trim()) ? nodes : new Set();
}

/**
 * Tag and class words without the parts that differ from row to row; the position where there is no class.
 * @param {Element} element @param {number} index
 */
export function pathStep(element, index) {
  const tag = element.tagName.toLowerCase();
  const words = [];
  for (const word of element.classList) if (!/\d{3,}|(?:^|[-_])(?:odd|even|first|last|active|selected|unread|read|new)$/.test(word)) words.push(word.replace(/\d+$/, ""));
  return words.length > 0 ? `${tag}.${words.sort().join(".")}` : `${tag}[${/^(?:b|i|em|strong|u|code|font|a|br|p|li|pre)$/.test(tag) ? "" : index}]`;
}

/** @param {Node} node @param {Element} owner @param {RunScope} scope */
function addTextRun(node, owner, scope) {
  const text = (node.nodeValue ?? "").replace(/[\s\u00a0\u200b\u200e\u200f\ufeff]+/g, " ").replace(OTHER_DOT, "$1·").trim();
  if (text === "" || /^[·•|/\\,:;()[\]<>«»\-–—→←↩*＊、，：]+$/.test(text)) return;
  if (isWroteLine(text)) {
    addRun(node, owner, text, { ...scope, quote: true });
    return;
  }
  const split = isTimeText(text) || STATUS_MARK.test(text) ? null : splitTime(text);
  if (split && split.rest !== "" && !endsSentence(text) && (isNameLike(split.rest.replace(AUTHORED_LEAD, "").replace(/\s*(?:wrote|said|commented|replied|says|发表于|回复于|说|回复)\s*[:：]?$/i, "")) || isBadgeWord(split.rest))) {
    for (const part of [...badgesIn(split.rest), split.time]) addRun(node, owner, part, scope);
    return;
  }
  for (const part of badgesIn(text)) addRun(node, owner, part, scope);
}

/** A stop at the end that is no abbreviation's. @param {string} text */
function endsSentence(text) {
  return /[.!?。！？…]$/.test(text) && !/(?:[ap]\.?m|ago)\.$/i.test(text);
}

/** "Bot · automated reply" is two badges, "Anna Agent (Staff)" a name and one; all else stays whole. @param {string} text */
function badgesIn(text) {
  const [, name = "", inBrackets, behind] = (text.length <= 100 && ROLE_BEHIND.exec(text.replace(/\s*[,，:：]$/, ""))) || [], role = inBrackets ?? behind ?? "";
  if (isBadgeWord(role) && isNameLike(name) && !isBadgeWord(name)) return [name, role];
  const words = text.length <= 60 ? text.split(/[\s·|｜]+/) : [];
  return words.length > 1 && words.every(isBadgeWord) ? words : [text];
}

/** What a drawn sign is called, where that names a role ("Visible to agents only"). @param {Element} icon @param {number} index @param {RunScope} scope */
function addIconRun(icon, index, scope) {
  const text = (icon.getAttribute("aria-label") ?? icon.querySelector(":scope > title")?.textContent ?? "").replace(/\s+/g, " ").trim();
  if (!isBadgeWord(text)) return;
  const path = `${scope.prefixes.at(-1) ?? ""}>${pathStep(icon, index)}`;
  scope.runs.push({ node: icon, owner: icon, text, kind: "attribute", path, place: path, chain: [...scope.chain, icon], prefixes: [...scope.prefixes, path], time_ms: null, head: null, heading: false, link: scope.link, spoken: true });
}

/** @param {Element} element @param {number} index @param {RunScope} scope */
function addMediaRun(element, index, scope) {
  const text = isEmojiImage(element) ? "" : mediaPlaceholder(element);
  if (text === "") return;
  const path = `${scope.prefixes.at(-1) ?? ""}>${pathStep(element, index)}`;
  scope.runs.push({ node: element, owner: element, text, kind: "media", path, place: path, chain: [...scope.chain, element], prefixes: [...scope.prefixes, path], time_ms: null, head: null, heading: false, link: scope.link, spoken: false });
}

/** @param {Node} node @param {Element} owner @param {string} text @param {RunScope} scope */
function addRun(node, owner, text, scope) {
  const bare = text.replace(/^[\s·•|,，\-–—(（\[←→↩]+|[\s·•|,，\-–—)）\]:：]+$/g, "").trim();
  const timeOwner = timeElement(scope.chain, scope.now_ms);
  /** @type {RunKind} */
  let kind = "free";
  const file = scope.quote || scope.heading || !text.includes(".") ? "" : filePlaceholder(text, owner);
  if (scope.quote) kind = "quote";
  else if (file !== "") kind = "file";
  else if (isFileDetail(text, scope.runs.at(-1))) kind = "status";
  else if (isTimeText(text) || (timeOwner && (timeOwner.element.tagName === "TIME" || (text.length < 40 && !namesMore(timeOwner.element, text))))) kind = "time";
  else if (isInitials(text, scope.chain) || (scope.chain.length < 2 && isSmallDisc(text, scope.unit))) kind = "status";
  else if (scope.control) kind = isBadgeWord(bare) && !namesUnticked(owner) ? "badge" : "control";
  else if (isBadgeWord(bare)) kind = "badge";
  else if (STATUS_MARK.test(text.replace(BEFORE_MARK, ""))) kind = "status";
  else if (ACTION_WORDS.test(bare) && (scope.link || bare.length > 3)) kind = scope.link ? "action" : "free";
  else if (splitHead(text) && text.length < 200) kind = "header";
  scope.runs.push({
    node, owner, text: file === "" ? text : file, kind, path: scope.prefixes.at(-1) ?? "", place: scope.prefixes.at(-1) ?? pathStep(scope.unit, 0), chain: scope.chain, prefixes: scope.prefixes,
    time_ms: kind === "time" ? (timeOwner?.value ?? null) : null, head: null, heading: scope.heading, link: scope.link, spoken: scope.spoken,
  });
}

/** Beside a box to tick that is not ticked: what the message is not. @param {Element} owner */
function namesUnticked(owner) {
  const box = /** @type {HTMLLabelElement | null} */ (owner.closest("label"))?.control;
  return box?.tagName === "INPUT" && /** @type {HTMLInputElement} */ (box).type === "checkbox" && !(/** @type {HTMLInputElement} */ (box).checked);
}

/** An element labelled "said by Marta at 18:46" says when, the name in it does not. @param {Element} element @param {string} text */
function namesMore(element, text) {
  const name = text.replace(/\s*·$/, "");
  return !/\d/.test(name) && isNameLike(name) && (element.getAttribute("aria-label") ?? "").includes(name);
}

/**
 * Letters drawn in place of a portrait: their element is labelled with a name that begins with them, or is a small square or disc.
 * @param {string} text @param {Element[]} chain
 */
export function isInitials(text, chain) {
  if (text.length > 3 || !/^[\p{Lu}\p{Lo}]{1,3}$/u.test(text)) return false;
  for (const element of chain.slice(-3)) {
    const label = element.getAttribute("aria-label") ?? element.getAttribute("title") ?? element.getAttribute("alt") ?? element.getAttribute("name") ?? "";
    const whole = label.trim() === text && /[\u3400-\u9fff]{2}/.test(text);
    if (label !== "" && !whole && label.trim().toUpperCase().startsWith(text[0] ?? "")) return true;
    if (isPortraitSized(element)) return true;
  }
  return false;
}

/** Letters in a row of their own that is no more than a portrait. @param {string} text @param {Element} unit */
function isSmallDisc(text, unit) {
  return /^\p{Lu}{1,3}$/u.test(text) && unit.textContent?.trim() === text && isPortraitSized(unit);
}

/** @param {Element} element */
function isPortraitSized(element) {
  const box = element.getBoundingClientRect();
  return box.width >= 16 && box.width <= 72 && Math.abs(box.width - box.height) <= 2 && (parseFloat(styleOf(element).borderTopLeftRadius) >= 3 || styleOf(element).backgroundColor !== "rgba(0, 0, 0, 0)");
}

/** Place and words, figures aside. @param {TextRun} run */
export function repeatKey(run) {
  return `${run.path}\u0000${run.text.replace(/\d+/g, "0")}`;
}

/** @param {string} bare */
export function isBadgeWord(bare) {
  return bare.length <= 60 && (CUSTOMER_WORDS.test(bare) || AGENT_WORDS.test(bare) || BOT_WORDS.test(bare) || NOTE_WORDS.test(bare));
}

/**
 * The nearest element of the last three that carries a machine-readable time and little text.
 * @param {Element[]} chain @param {number} now_ms
 */
function timeElement(chain, now_ms) {
  for (const element of chain.slice(-3).reverse()) {
    if ((element.textContent ?? "").length > 60) return null;
    const value = attributeTime(element, now_ms);
    if (value !== null) return { element, value };
  }
  return null;
}

/**
 * @param {Element} element @param {Element[]} chain @param {string[]} prefixes @param {boolean} control @param {TextRun[]} runs
 */
function attributeRuns(element, chain, prefixes, control, runs) {
  for (const name of ATTRIBUTE_NAMES) {
    const value = element.getAttribute(name);
    if (!value || value.length > 120) continue;
    const text = value.replace(/\s+/g, " ").trim();
    if (text === "" || (control && !isBadgeWord(text))) continue;
    const path = `${prefixes.at(-1) ?? ""}@${name}`;
    runs.push({ node: element, owner: element, text, kind: "attribute", path, place: path, chain, prefixes, time_ms: null, head: null, heading: false, link: element.tagName === "A", spoken: true });
  }
}

/** "to" without a colon, in an element that holds the name it leads to. @param {TextRun} run @param {TextRun | undefined} next */
function leadsToAddressee(run, next) {
  return run.kind === "free" && next !== undefined && next.owner !== run.owner && run.owner.contains(next.owner) && isNameLike(next.text) && /^(?:to|copy)$/.test(headPart(run.text) ?? "");
}

/**
 * A header label standing alone ("To:") gives its name to the next cell's runs, which then are header too.
 * @param {TextRun[]} runs
 */
function labelHeaders(runs) {
  for (let at = 0; at < runs.length; at++) {
    const run = /** @type {TextRun} */ (runs[at]);
    if (leadsToAddressee(run, runs[at + 1])) run.kind = "header";
    if (run.kind !== "header" || run.head !== null) continue;
    const head = splitHead(run.text) ?? splitHead(`${run.text}:`);
    run.head = head?.part ?? null;
    if (head && head.value !== "") continue;
    const following = runs[at + 1];
    const cell = following && run.owner.contains(following.node) && following.owner !== run.owner ? run.owner : run.owner.nextElementSibling ?? (run.owner.parentElement === run.chain.at(-2) ? run.owner.parentElement?.nextElementSibling : null);
    for (let next = at + 1; next < runs.length && next < at + 8; next++) {
      const value = /** @type {TextRun} */ (runs[next]);
      const inCell = cell ? cell.contains(value.node) : value.owner === run.owner && next === at + 1;
      if (!inCell) break;
      if (/^(?:free|time|header|badge)$/.test(value.kind)) {
        value.kind = "header";
        value.head = run.head;
      }
    }
  }
}
