// @ts-check
/**
 * Owns a conversation's identity across reloads and its subject: from the address, the open chat's marks or the requester, never from message texts.
 */
import { composedParent, queryDeep } from "./dom.js";
import { fold } from "./people.js";
import { hashText, isNameLike } from "./text.js";
import { isSystemLine } from "./system_lines.js";
import { SIGNED_IN_LEAD, STATUS_MARK } from "./words.js";

/** @typedef {import("./people.js").Person} Person */

const ID_PARAMETER = /^(?:id|.*id|ticket|case|conversation|chat|thread|no|num|number|key|uid|sid|cid|pos|t)$/i;
/** Of what kind the numbered thing is. */
const KIND_PARAMETER = /^(?:model|type|kind|object|module|entity)$/i;
const ACTION_SEGMENT = /^(?:edit|update|reply|view|show|display|details?|history|index|respond|comment|messages?|all|mine|open)(?:\.\w+)?$/i;
const IDENTITY_ATTRIBUTE = /^(?:jid|data-(?:[\w-]*-)?(?:id|jid|key|uid|uuid|conversation|chat|ticket|thread))$/;
/** What a framework calls an element anew each time the page is drawn. */
const MADE_AT_RUN_TIME = /^[:«]r\w*[:»]$/;
/** What parts of a page are called, with or without how much is in them. */
const SECTION_HEADING = /^(?:log ?in|sign ?in|sign ?up|register|登[录陆]|注册|invoice|order|profile|dashboard|settings|help|home|faq|overview|发票|订单|首页|帮助|设置|概述|(?:change |ticket |message )?history|messages?|notes?|conversation|chat|details|description|people|dates|links|reminders|contacts?|inbox|activity|timeline|comments?|discussion|attachments?|ticket metadata|(?:历史|变更|操作|沟通)(?:记录)?|消息|会话|详情|描述|对话|评论|附件)(?:\s*[(（]\d+[)）])?$/i;

/** Whether a heading names a part of a page instead of somebody. @param {string} heading */
export function isSectionHeading(heading) {
  return SECTION_HEADING.test(heading);
}

/**
 * @param {Document} doc @param {Element} list @param {Person | null} requester @param {string} [called] a name over the list
 * @returns {string}
 */
export function conversationId(doc, list, requester, called = "") {
  const url = new URL(doc.location?.href || "about:blank");
  const named = addressId(url);
  if (named !== null) return named;
  const place = sitePlace(url);
  const mark = openChatMark(doc, list);
  if (mark) return `${place}|${mark}`;
  const who = requester?.email ?? requester?.handle ?? requester?.name;
  return who ? `${place}|${fold(who)}` : `${place}|${hashText(doc.title + called)}`;
}

/** Host and path without the words that only say what is done there. @param {URL} url */
function sitePlace(url) {
  return `${url.host || "file"}/${wayOf(url).join("/")}`;
}

/** @param {URL} url */
function wayOf(url) {
  const path = url.pathname.split("/").filter((part) => part !== "");
  while (path.length > 0 && (ACTION_SEGMENT.test(path.at(-1) ?? "") || /\.(?:html?|php|aspx?|jsp|pl|cgi|do)$/i.test(path.at(-1) ?? ""))) path.pop();
  return path;
}

/** @param {URL} url */
function idParameters(url) {
  return [...url.searchParams].filter(([name, value]) => ID_PARAMETER.test(name) && /\d|[a-f0-9-]{8,}/i.test(value) && value.length < 80 && !/quote|session|token|user/i.test(name)).map(([name, value]) => `${name.toLowerCase()}=${value}`);
}

/** What a fragment names: a way ("#/ticket/7"), or parameters of its own ("#id=7&model=task"). @param {string} hash */
function hashId(hash) {
  if (!/\d/.test(hash) || !/[/=]/.test(hash)) return "";
  if (!/^#[\w.-]+=[^/]*$/.test(hash)) return hash.replace(/[?&].*$/, "");
  const pairs = [...new URLSearchParams(hash.slice(1))].filter(([name, value]) => (ID_PARAMETER.test(name) && /\d/.test(value)) || KIND_PARAMETER.test(name));
  return pairs.some(([, value]) => /\d/.test(value)) ? `#${pairs.map(([name, value]) => `${name}=${value}`).sort().join("&")}` : "";
}

/** The identity that an address alone gives, null where it has no number of its own. @param {URL} url */
function addressId(url) {
  const parameters = idParameters(url);
  const hash = hashId(url.hash);
  const named = wayOf(url).some((part) => /\d/.test(part) && part.length < 80) || parameters.length > 0 || hash !== "";
  return named ? [sitePlace(url), ...parameters.sort(), hash].filter((part) => part !== "").join("|") : null;
}

/**
 * The conversation that a separate reply page answers: the page it was reached from, where that is of this site and nothing in this
 * page's own address speaks against it.
 * @param {Document} doc
 * @returns {string | null}
 */
export function answeredId(doc) {
  if (!doc.referrer || !doc.location) return null;
  const here = new URL(doc.location.href), before = new URL(doc.referrer);
  if (here.origin !== before.origin) return null;
  const named = addressId(before);
  const numbers = (/** @type {URL} */ url) => [...idParameters(url), ...wayOf(url).filter((part) => /^\D*\d+$/.test(part))];
  const own = numbers(here), theirs = numbers(before);
  return named !== null && (own.length === 0 || own.some((part) => theirs.includes(part))) ? named : null;
}

/**
 * What the page itself calls the open chat: an identity attribute around the list, or the selected row of the chat list.
 * @param {Document} doc @param {Element} list
 */
function openChatMark(doc, list) {
  let at = /** @type {Element | null} */ (list);
  for (let depth = 0; at && depth < 8 && at.tagName !== "BODY"; depth++, at = composedParent(at)) {
    for (const attribute of at.attributes) {
      if (IDENTITY_ATTRIBUTE.test(attribute.name) && /[\d@]/.test(attribute.value) && !MADE_AT_RUN_TIME.test(attribute.value) && attribute.value.length < 120) return attribute.value;
    }
    if (/^(?:chat|conversation|ticket|thread|room)[-_:]\w*\d/i.test(at.getAttribute("id") ?? "")) return at.getAttribute("id");
  }
  const selected = queryDeep(doc, "[aria-selected=true], [aria-current]:not([aria-current=false])").find((element) => !element.matches("[role=tab]") && element.closest("nav") === null);
  if (!selected) return null;
  for (const element of [selected, ...selected.querySelectorAll("[data-id], [href]")]) {
    for (const name of ["data-id", "data-key", "data-conversation-id", "id", "href"]) {
      const value = element.getAttribute(name) ?? "";
      if (/\d/.test(value) && value.length < 160) return value;
    }
  }
  return null;
}

/**
 * @param {Document} doc @param {{ subject: string | null, headings: string[] }} facts @param {string[]} headings over the list, nearest first @param {Person | null} requester
 * @returns {string | null}
 */
export function subjectOf(doc, facts, headings, requester) {
  const aliases = requester?.aliases ?? [];
  const candidates = [...headings, ...(facts.subject ? [facts.subject] : []), ...facts.headings].map(cleanSubject);
  const spoken = candidates.filter((text) => !isSystemLine(text) && !STATUS_MARK.test(text));
  const useful = (spoken.length > 0 ? spoken : candidates).filter((text) => text.length >= 4 && text.length < 200 && !SIGNED_IN_LEAD.test(text) && !aliases.includes(fold(text)) && !/[<＜][^<>]*@[^<>]*[>＞]/.test(text) && !SECTION_HEADING.test(text));
  const sentence = useful.find((text) => !isNameLike(text) || /[\u3400-\u9fff]{5}/.test(text) || text.split(" ").length > 3 || /\d/.test(text));
  if (facts.subject && useful.includes(cleanSubject(facts.subject))) return cleanSubject(facts.subject);
  const title = cleanSubject(doc.title);
  const titled = useful.find((text) => (text.includes(" ") ? text.length >= 8 : /[\u3400-\u9fff]{5}/.test(text)) && (text !== title || /#\d/.test(doc.title)) && title.includes(text));
  if (sentence) return titled ?? sentence;
  // A title's last part is what the site is called.
  const site = doc.title.split(/\s[-–—|·•]\s/).slice(1).at(-1)?.trim();
  return useful[0] && title.includes(useful[0]) && useful[0] !== site ? useful[0] : null;
}

/** @param {string} text */
function cleanSubject(text) {
  return text.replace(/^(?:(?:re|fw|fwd|回复|转发|答复)\s*[:：]\s*)+/i, "").replace(/^(?:update |reply to )?(?:ticket |case |issue )?#\d+\s*[:：-]?\s*/i, "").replace(/\s*#\d+\s*$/, "").replace(/^\[[^\]]*\d[^\]]*\]\s*/, "").replace(/^(?:re|回复)\s*[:：]\s*/i, "").trim();
}
