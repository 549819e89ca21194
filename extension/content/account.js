// @ts-check
/**
 * Owns who is signed in, as the page says it: "Logged in as …", a name beside "Log out", the top bar and the account's menu.
 * Looks at single elements; the walk over the page is context.js'.
 */
import { composedParent, labelText } from "./dom.js";
import { addPeople, profileAlias } from "./people.js";
import { isNameLike, splitLine } from "./text.js";
import { LEAVE_PATTERN, LEAVE_WORDS, SIGNED_IN_LEAD } from "./words.js";

/** @typedef {import("./context.js").PageFacts} PageFacts */

const ACCOUNT_PHRASE = /^(?:(?:you are |you're )?(?:logged|signed) in as|logged in:|(?:current user|hello|hi|welcome(?: back)?)(?![a-z])(?!,? (?:there|all|again|everyone|everybody|team|folks)\b)|当前(?:用户|坐席|客服|账号|登录)|登录(?:用户|账号)|欢迎(?:您|回来|你)?|您好|你好)\s*[:：,，]?\s*(.{1,60}?)[!！。.]?$/i;
/** The link that stands right behind the name. */
const LEAVE_TAIL = new RegExp(`\\s*[(（[|·•]?\\s*${LEAVE_PATTERN}\\s*[)）\\]]?$`, "i");
/** "Log out [Anna Agent]". */
const LEAVE_NAMED = new RegExp(`^${LEAVE_PATTERN}\\s*[\\[(（【]\\s*(.{1,60}?)\\s*[\\])）】]$`, "i");
/** "Anna Agent (you)"; the name is empty where that stands in an element of its own behind it. */
const SELF_SUFFIX = /^(.{0,60}?)\s*[(（](?:me|you|我|自己|你)[)）]$/i;
const ACCOUNT_PLACE = /\b(?:account|profile|user[- ]?menu|my menu|current[- ]user|logged)\b|个人(?:中心|资料)?|[账帐][户号]|我的账号/i;
/** More names beside a link to sign out are a menu's entries. */
const MOST_BESIDE = 2;
/** What a menu's button is called after a person: two names, a login, or a Chinese name with one of the commonest surnames; "Settings" and "报表" are none. */
const PERSON = /^\p{Lu}\S+ \p{Lu}|^[a-z][\w.@-]+|^(?:欧阳|[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许邓冯韩曹曾彭萧肖蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷龙史陶黎贺顾毛郝龚邵万钱严赖覃洪武莫孔])[\u4e00-\u9fff]{1,2}(?:\s|$)/u;
const TOP_STRIP_PX = 60;
/** A bar over a page is no higher than this, and who is signed in stands behind this share of it, and ends behind that. */
const MOST_BAR_PX = 80, ACCOUNT_END = 0.6, CORNER = 0.85;
/** Portraits in a page's bar are at least and at most so wide. */
const FACE_PX = /** @type {const} */ ([14, 72]);

/**
 * Whether the element begins the page's bar or an account's menu, where names are first of all the signed-in person's.
 * @param {Element} element @param {boolean} across in a bar across the window that is not called one @param {number} width of the window
 */
export function beginsAccountPlace(element, across, width) {
  if (element.tagName === "NAV" || (element.tagName === "HEADER" && isPageBar(element)) || /^(?:banner|navigation)$/.test(element.getAttribute("role") ?? "")) return true;
  if (ACCOUNT_PLACE.test(`${element.getAttribute("aria-label") ?? ""} ${element.getAttribute("title") ?? ""}`)) return true;
  return across && element.getBoundingClientRect().left > width * ACCOUNT_END;
}

/** The bar over the whole page, not the head of a part of it. @param {Element} header */
function isPageBar(header) {
  if (header.parentElement?.closest("section, article, aside") != null) return false;
  return header.querySelector("h1") === null || header.getBoundingClientRect().top + (header.ownerDocument.defaultView?.scrollY ?? 0) < TOP_STRIP_PX;
}

/** The first strip of the page, from one side of the window to the other, with no title in it. @param {Element} element @param {number} width of the window */
export function isAcross(element, width) {
  const { top, left, right, height } = element.getBoundingClientRect();
  return top + (element.ownerDocument.defaultView?.scrollY ?? 0) < 4 && left < 4 && right > width - 24 && height > 20 && height < MOST_BAR_PX && element.querySelector("h1, h2, h3, [role=heading]") === null;
}

/** In the corner of the page where programs show who is signed in, whatever it stands in. @param {Element} element */
export function standsInCorner(element) {
  const { top, left, right, height } = element.getBoundingClientRect(), { scrollY, innerWidth } = element.ownerDocument.defaultView ?? { scrollY: 0, innerWidth: 0 };
  return top + scrollY < TOP_STRIP_PX && height < TOP_STRIP_PX && left > innerWidth * ACCOUNT_END && right > innerWidth * CORNER;
}

/** In the page's first strip or its menu: "User: anna" there is who is signed in. @param {Element} element */
export function standsOnTop(element) {
  const bottom = element.getBoundingClientRect().bottom + (element.ownerDocument.defaultView?.scrollY ?? 0);
  return bottom < TOP_STRIP_PX || (bottom < TOP_STRIP_PX * 3 && element.closest("nav, header, [role=navigation], [role=menubar], [id*=nav i], [id*=menu i], [class*=nav i], [class*=menu i]") !== null);
}

/**
 * What an element's words say of who is signed in.
 * @param {Element} element @param {string} own its words @param {string} whole those of its few children too @param {boolean} inTop @param {PageFacts} facts
 */
export function readAccount(element, own, whole, inTop, facts) {
  if (SIGNED_IN_LEAD.test(own) && element.firstElementChild) {
    const inner = [...element.children].find((child) => !isLeaving(child) && (isNameLike(labelText(child)) || /@/.test(labelText(child))));
    if (inner) addPeople(facts.accounts, [labelText(inner)], profileAlias(inner));
  }
  const before = SELF_SUFFIX.exec(own)?.[1] === "" && element.previousElementSibling ? labelText(element.previousElementSibling, 60) : "";
  if (isNameLike(before)) addPeople(facts.accounts, [before]);
  if (LEAVE_WORDS.test(own) && element.parentElement) addPeople(facts.accounts, besideLeaving(element));
  const phrase = [...splitLine(own), splitLine(whole)[0] ?? ""].map((part) => ACCOUNT_PHRASE.exec(part)).find((hit) => hit !== null) ?? SELF_SUFFIX.exec(own) ?? LEAVE_NAMED.exec(own);
  const signedIn = (phrase?.[1] ?? "").replace(LEAVE_TAIL, "");
  if (phrase && (isNameLike(signedIn) || /@/.test(signedIn))) addPeople(facts.accounts, [signedIn]);
  else if (isNameLike(own) && own.length > 1 && (inTop || standsInCorner(element))) {
    addPeople(facts.menus, [own]);
    if (standsByFace(element) || (standsInCorner(element) && (hasFaceBeside(element) || (opensMenu(element) && PERSON.test(own))))) addPeople(facts.faces, [own]);
  }
}

/** @param {Element} element @param {PageFacts} facts */
export function readAccountAttributes(element, facts) {
  for (const name of ["alt", "title", "aria-label"]) {
    const value = element.getAttribute(name) ?? "";
    if (value.length < 2 || value.length > 80) continue;
    const cleaned = value.replace(/^(?:(?:[a-z]+ )?account(?: manager)?|profile|user menu|open user menu|(?:[a-z]+ )?[账帐][户号](?:管理器?)?)\s*(?:of|for|[:：-])?\s*/i, "").replace(/(?:'s)? (?:account|profile|menu)$/i, "");
    if (!isNameLike(cleaned)) continue;
    addPeople(facts.menus, [cleaned]);
    if (element.tagName === "IMG" && isFace(element)) addPeople(facts.faces, [cleaned]);
  }
}

/** A small square picture stands right beside the name. @param {Element} element */
function hasFaceBeside(element) {
  return [element.previousElementSibling, element.nextElementSibling].some((beside) => beside?.tagName === "IMG" && isFace(beside));
}

/** @param {Element} element */
function opensMenu(element) {
  return element.closest("[aria-haspopup=true], [aria-haspopup=menu]") !== null;
}

/** A small square picture stands beside the name, around both nothing else is written. @param {Element} element */
function standsByFace(element) {
  const name = labelText(element, 60);
  for (let at = composedParent(element), depth = 0; at && depth < 3 && labelText(at, 60) === name; at = composedParent(at), depth++) if ([...at.querySelectorAll("img")].some(isFace)) return true;
  return false;
}

/** @param {Element} picture */
function isFace(picture) {
  const { width, height } = picture.getBoundingClientRect();
  return width >= FACE_PX[0] && width <= FACE_PX[1] && Math.abs(width - height) <= 2;
}

/** A link or button to sign out. @param {Element} link */
export function isLeaving(link) {
  return LEAVE_WORDS.test(labelText(link, 30));
}

/** Who can sign out: the name or address that stands beside the link. @param {Element} link */
function besideLeaving(link) {
  const around = [...(link.parentElement?.childNodes ?? [])], at = around.indexOf(link);
  // The nearest first, what stands before the link before what follows it: further off stands what the program is called.
  const near = [...around.slice(0, at).reverse(), ...around.slice(at + 1)];
  const texts = near.flatMap((node) => (node.textContent ?? "").split(/[|·•]/)).map((text) => text.replace(/\s+/g, " ").trim());
  const names = texts.map((text) => ACCOUNT_PHRASE.exec(text)?.[1] ?? text);
  const found = names.filter((text) => text.length >= 2 && text.length <= 80 && (/\S@\S+\.\w/.test(text) || (isNameLike(text) && !LEAVE_WORDS.test(text) && !SIGNED_IN_LEAD.test(text))));
  if (found.length > 0) return found.length > MOST_BESIDE ? [] : found.slice(0, 1);
  // A list that is opened from the name begins with it, in words that lead nowhere.
  const first = link.closest("ul, ol, [role=menu]")?.firstElementChild, name = first ? labelText(first, 60) : "";
  return first && !first.contains(link) && first.querySelector("a, button") === null && isNameLike(name) && /^[a-z]|\S\s\S|[\u3400-\u9fff]/.test(name) ? [name] : [];
}
