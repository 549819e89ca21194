// @ts-check
/**
 * Owns clean text: line breaks from layout, no quoted history, no signature, no icon words, no invisible marks.
 * Works on one body element or one string; knows nothing of authors.
 */
import { FOLLOWS_SENDER, splitHead } from "./message_labels.js";
import { composedNodes, holdsShadow, isBlock, isControl, isScreenReaderOnly, isSkipped, isVisible, styleOf } from "./dom.js";

const QUOTE_SELECTOR = "blockquote[type=cite], .gmail_quote, .gmail_attr, .yahoo_quoted, .moz-cite-prefix, .protonmail_quote, #divRplyFwdMsg, #appendonsend, [data-smartmail=gmail_signature], .gmail_signature, .moz-signature, #ms-outlook-mobile-signature";
const WROTE_LINE = /^(?:on\b.{4,160}?\bwrote\s*[:：]|.{0,80}[<＜]?[\w.+-]+@[\w.-]+[>＞]?.{0,40}\b(?:wrote|schrieb|a écrit)\s*[:：]|在.{4,80}(?:写道|寫道)\s*[:：]?|.{2,80}于.{4,40}(?:写道|寫道)\s*[:：]?|-{2,}\s*(?:original message|forwarded message|原始邮件|原邮件|转发邮件|原始郵件|reply above this line)\s*-{2,}.*|#{2,}.*(?:reply|type).{0,30}above.*|_{10,}|begin forwarded message:)$/i;
const SIGNATURE_LINE = /^(?:-- ?|—\s*|__+|sent from my .{2,30}|sent via .{2,30}|get outlook for .{2,20}|发自我的.{1,20}|来自.{1,12}(?:手机|客户端|邮箱)|从.{0,14}(?:邮件|手机|iphone|ipad|android|outlook|客户端|电脑).{0,6}发送|获取 ?outlook.{0,20}|sent with .{2,30})$/i;
const SIGN_OFF = /^(?:(?:best|kind|warm|many)?\s*(?:regards|wishes)|(?:best|cheers|sincerely|yours (?:sincerely|faithfully|truly)|thanks|thank you|many thanks|mit freundlichen grüßen|cordialement)|此致(?:敬礼)?|敬礼|祝好|顺祝商祺|谢谢)\s*[,，.!！。]?$/i;
const POSTSCRIPT = /^(?:p\.?\s?s\.?\b|另外|对了|补充)/i;
/** A line that ends as a sentence does and says so much, in letters, belongs to no signature. */
const LEAST_SENTENCE = 24;
const CONTACT_LINE = /(?:\+?\d[\d\s()-]{7,}\d|[\w.+-]+@[\w-]+\.\w+|https?:\/\/|www\.|(?:tel|phone|mobile|fax|电话|手机|传真|地址|邮箱)\s*[:：])/i;
const DISCLAIMER = /^(?:this (?:e-?mail|message)(?: and any (?:attachments?|files))?.{0,80}(?:confidential|intended (?:only|solely)|privileged)|confidentiality notice|disclaimer\b|the information (?:contained )?in this (?:e-?mail|message)|please consider the environment|本(?:邮件|电子邮件|信息).{0,40}(?:保密|机密|仅供|仅限)|免责声明)/i;
const ATTACHMENT_LINE = /^(?:(?:one|two|\d+) attachments?\b.*|attachments?\s*[(:（：].*|attachments?|附件\s*[(:（：\d].*|附件|\d+\s*个附件.*|scanned by .{1,30}|[^\s].{0,80}\.(?:pdf|docx?|xlsx?|zip|png|jpe?g|gif|txt|csv|mp4|heic)\s*[(（]?\s*[\d.]+\s*[KMG]?B\s*[)）]?|)$/i;
/** In names of people and teams. */
const PARTICLE = /^(?:de|da|van|von|der|bin|al|del|la|le|di|dos|y|e|of|and|the)$/;
/** "Re: …", "Fwd: …", "AW: …": a mail's subject. */
const REPLY_SUBJECT = /^(?:\p{L}{2,3}|fwd|回复|答复|转发)\s?[:：]\s?\S/iu;
const ICON_FONT = /icon|symbol|awesome|glyph|material|feather|ionic/i;
const PRIVATE_USE = /[\ue000-\uf8ff]|[\u{f0000}-\u{10fffd}]/gu;
/** Stands for a ruled line until it is known whether a signature follows it. */
const RULE = "\u0002";
const INVISIBLE = /[\u200b-\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a-\u202e]/g;

/**
 * One space for each run of space inside lines, no blank lines at the ends, no invisible marks (joiners inside emoji stay).
 * @param {string} text
 */
export function tidyText(text) {
  return text
    .replace(PRIVATE_USE, "")
    .replace(/\u200d(?=\p{Extended_Pictographic})/gu, "\u0001")
    .replace(INVISIBLE, "")
    .replace(/\u0001/g, "\u200d")
    .replace(/[^\S\n]+/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

/** How much a text says, in letters: a Chinese character says as much as two. @param {string} text */
export function saidLength(text) {
  return text.length + (text.match(/[\u3400-\u9fff]/g)?.length ?? 0);
}

/**
 * Words of an icon font ("more_vert", "done_all"): an element whose font draws its text as pictures.
 * @param {Element} element
 */
export function isIconElement(element) {
  if (/^(?:SLOT|I?FRAME)$/.test(element.tagName) || element.shadowRoot) return false;
  const text = element.textContent ?? "";
  if (text.length > 30) return false;
  const bare = text.replace(PRIVATE_USE, "").trim();
  if (bare === "") return !holdsShadow(element);
  if (element.tagName === "TIME" || element.childElementCount > 0 || !/^[a-z0-9_ -]+$/.test(bare)) return false;
  if (element.getAttribute("aria-hidden") === "true" && /^[a-z]+(?:_[a-z]+)+$/.test(bare)) return true;
  if (element.tagName === "I" && ICON_FONT.test(element.getAttribute("class") ?? "")) return true;
  // A login may look like one: "sofia_l".
  const drawn = /^(?:I|MAT-ICON)$/.test(element.tagName) || (element.tagName === "SPAN" && ICON_FONT.test(element.getAttribute("class") ?? ""));
  return ICON_FONT.test(styleOf(element).fontFamily.split(",")[0] ?? "") || (drawn && /^[a-z]+(?:_[a-z0-9]+)+$/.test(bare));
}

/** An element that mail clients wrap quoted history or a signature in. @param {Element} element */
export function isQuote(element) {
  return element.matches(QUOTE_SELECTOR);
}

/** "On Monday Marta wrote:" @param {string} line */
export function isWroteLine(line) {
  return line.length < 200 && WROTE_LINE.test(line);
}

/**
 * The text of a message's bodies as the customer wrote it, with "\n" where the layout breaks lines. Nodes in `without` are left out.
 * @param {Element[]} bodies in the page's order
 * @param {Set<Node>} without
 */
export function bodyText(bodies, without) {
  const collect = (/** @type {boolean} */ dropQuotes) => bodies.map((body) => collectText(body, without, dropQuotes)).filter((part) => part !== "").join("\n");
  const text = collect(true) || collect(false);
  return text === "" ? "" : stripQuoted(trimSeparators(tidyText(text)));
}

/** Without the dots and bars, alone on their lines at either end, that stood between name and time or between buttons. @param {string} text */
export function trimSeparators(text) {
  return text.replace(/^(?:[·•|](?:\s*[·•|])*\s*\n\s*)+|(?:\s*\n\s*[·•|](?:\s*[·•|])*)+$/g, "");
}

/**
 * @param {Element} root @param {Set<Node>} without @param {boolean} dropQuotes
 */
function collectText(root, without, dropQuotes) {
  let out = "";
  const newline = () => { if (out !== "" && !out.endsWith("\n")) out += "\n"; };
  /** @param {Node} node @param {boolean} keepsLines */
  const visit = (node, keepsLines) => {
    if (without.has(node)) return;
    if (node.nodeType === 3) {
      const raw = node.nodeValue ?? "";
      out += keepsLines ? raw.replace(/\r\n?/g, "\n") : raw.replace(/[\s]+/g, " ").replace(/^ (?=$)/, " ");
      return;
    }
    if (node.nodeType !== 1) return;
    const element = /** @type {Element} */ (node);
    if (isSkipped(element)) return;
    if (element.tagName === "BR") { out += "\n"; return; }
    if (element.tagName === "HR") { newline(); out += `${RULE}\n`; return; }
    if (element.tagName === "IMG") { out += imageText(element); return; }
    if (element !== root) {
      if (!isVisible(element) || isControl(element)) return;
      if (dropQuotes && (element.matches(QUOTE_SELECTOR) || element.tagName === "BLOCKQUOTE")) { newline(); return; }
      if (isScreenReaderOnly(element) || isIconElement(element)) return;
    }
    const block = element !== root && isBlock(element);
    const style = styleOf(element);
    const keeps = /^(?:pre|pre-wrap|pre-line|break-spaces)$/.test(style.whiteSpace) || /preserve/.test(/** @type {any} */ (style).whiteSpaceCollapse ?? "");
    if (block) newline();
    for (const child of composedNodes(element)) visit(child, keeps);
    if (block) newline();
    if (element.tagName === "P" && element !== root) out += "\n";
    if (element.tagName === "TD" && !out.endsWith("\n")) out += " ";
  };
  visit(root, false);
  return out.trim();
}

/** @param {Element} element */
export function isEmojiImage(element) {
  return element.tagName === "IMG" && imageText(element) !== "";
}

/**
 * An emoji drawn as an image gives its character; other pictures give nothing here.
 * @param {Element} element
 */
function imageText(element) {
  const alt = (element.getAttribute("alt") ?? "").trim();
  if (/^\p{Extended_Pictographic}/u.test(alt) && alt.length <= 12) return alt;
  return /^(?::[\w+-]+:|\[[\u4e00-\u9fff]{1,4}\])$/.test(alt) ? alt : "";
}

/** A page that shows no line breaks puts the quoted mail behind the words: "… On Monday Marta wrote: > Hello". */
const QUOTED_BEHIND = /\s(?:on\b(?=.{0,80}\d).{4,160}?\bwrote\s*[:：]|在(?=.{0,60}\d).{4,80}?(?:写道|寫道)\s*[:：])\s*[>＞]\s.*$/i;
/** The same with a signature. */
const SIGNED_BEHIND = /\s--\s(.{2,160})$/;

/** Without the quoted mail and the signature that a line ends in. @param {string} line */
function withoutTail(line) {
  const own = line.replace(QUOTED_BEHIND, ""), signature = SIGNED_BEHIND.exec(own);
  return signature && CONTACT_LINE.test(signature[1] ?? "") ? own.slice(0, signature.index) : own;
}

/**
 * Cuts an e-mail's quoted history, delimited signature, sign-off block with contact data and disclaimer. Never empties a text.
 * @param {string} text
 */
export function stripQuoted(text) {
  const lines = text.split("\n");
  let end = lines.length;
  for (let at = 0; at < lines.length; at++) {
    const line = (lines[at] ?? "").trim();
    const next = (lines[at + 1] ?? "").trim();
    const joined = line.length < 160 && !/[:：]$/.test(line) ? `${line} ${next}` : line;
    const quoteStarts = WROTE_LINE.test(line) || (/^(?:on\b|在|于)/i.test(line) && WROTE_LINE.test(joined)) || startsQuotedMail(line, lines.slice(at + 1, at + 4));
    const signatureStarts = SIGNATURE_LINE.test(line) || (DISCLAIMER.test(line) && at > 0);
    const signOffStarts = at > 0 && SIGN_OFF.test(line) && lines.length - at <= 9 && lines.slice(at + 1).some((other) => CONTACT_LINE.test(other)) && !saysMore(lines.slice(at + 1));
    const ruleStarts = line === RULE && lines.length - at <= 8 && lines.slice(at + 1).every(isContactLine);
    if (quoteStarts || signatureStarts || signOffStarts || ruleStarts) {
      end = at;
      break;
    }
  }
  while (end > 1 && (ATTACHMENT_LINE.test((lines[end - 1] ?? "").trim()) || /^[-_=—*~\u0002\s]{3,}$|^\u0002$/.test(lines[end - 1] ?? ""))) end--;
  const kept = lines.slice(0, end).filter((line) => line !== RULE && !/^\s*(?:>|＞|\|\s)/.test(line)).map(withoutTail);
  const result = kept.join("\n").replace(/\n{3,}/g, "\n\n").trim();
  if (result !== "") return result;
  return end === 0 ? "" : lines.slice(0, end).filter((line) => line !== RULE).join("\n").trim();
}

/** "From: …" over "Sent: …", "To: …". @param {string} line @param {string[]} below */
function startsQuotedMail(line, below) {
  const head = splitHead(line);
  return head !== null && head.part === "from" && head.value !== "" && below.some((other) => FOLLOWS_SENDER.has(splitHead(other.trim())?.part ?? "more"));
}

/** Somebody goes on after their thanks: "PS: my new number is …". @param {string[]} below */
function saysMore(below) {
  const end = below.findIndex((line) => DISCLAIMER.test(line.trim()));
  return below.slice(0, end < 0 ? below.length : end).some((line) => POSTSCRIPT.test(line.trim()) || (/[.!?。！？]$/.test(line.trim()) && saidLength(line.trim()) >= LEAST_SENTENCE && /\p{Ll}\s+\p{Ll}|[\u3400-\u9fff]{6}/u.test(line)));
}

/** A line of a signature under a rule: a name, a firm, an address, nothing that is a sentence. @param {string} line */
function isContactLine(line) {
  const text = line.trim();
  return text === "" || CONTACT_LINE.test(text) || isNameLike(text);
}

/** Figures, titles and labels by the dozen; who writes to somebody writes sentences. @param {string} text */
export function isFragments(text) {
  const pieces = text.split("\n").filter((line) => line.trim() !== "");
  const short = pieces.filter((line) => line.length < (/[\u3400-\u9fff]/.test(line) ? 8 : 18)), figures = pieces.filter((line) => /^[\d\s.,:%+$€£¥￥/–-]+$/.test(line));
  return short.length > pieces.length * 0.7 && (pieces.length >= 6 || (pieces.length >= 3 && figures.length >= pieces.length / 3));
}

/**
 * A name or address as an author line shows it: short, no sentence.
 * @param {string} text
 */
export function isNameLike(text) {
  const name = text.replace(/[:：]\s*$/, "").trim();
  if (name.length < 1 || name.length > 70 || /[?!？！。；;]|\.\s|,\s.*,\s|https?:/.test(name)) return false;
  if (/^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/.test(name) || /[<＜(（].*@.*[>＞)）]$/.test(name)) return true;
  if (/^@[\w.-]{2,40}$/.test(name)) return true;
  if (/^[\d\s#.:/-]+$/.test(name) || REPLY_SUBJECT.test(name)) return false;
  if (/[\u3400-\u9fff]{3,} [\u3400-\u9fff]{3,}/.test(name)) return false;
  if (/[\u3400-\u9fff]/.test(name)) return name.length <= 16 && !/[，、：的了吗呢吧是]/.test(name.replace(/[(（].*[)）]/, ""));
  const words = name.split(/\s+/);
  if (words.length > 6 || /['’](?:re|ve|ll|m|t)$/i.test(words[0] ?? "")) return false;
  if (words.length === 1) return /^[\p{L}\d][\p{L}\d._'’-]{1,39}$/u.test(name);
  if (/^\p{Ll}/u.test(words[0] ?? "") && !PARTICLE.test(words[0] ?? "") && !/[(（]/.test(name)) return false;
  return words.filter((word) => /^[\p{Lu}(@"“'[]/u.test(word) || PARTICLE.test(word)).length >= words.length - 1 && /^[\p{L}("“@]/u.test(name);
}

/** What Chinese titles of requests speak of, and names do not. */
const MATTER_ZH = /没|无法|不能|不了|不到|怎么|如何|为什么|什么|请问|问题|退款|退货|换货|发票|订单|快递|物流|账[号户]|密码|登录|支付|付款|失败|错误|咨询|投诉|申请|故障|异常|充值|提现|发货|售后|一直|收到/;

/** A Chinese line that is short enough for a name and speaks of a matter. @param {string} text */
export function isMatterZh(text) {
  return MATTER_ZH.test(text);
}

/** As it stands, for a pattern. @param {string} text */
export function literal(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/**
 * A short stable hash, base 36 (FNV-1a, 53 bits by two lanes).
 * @param {string} text
 */
export function hashText(text) {
  let low = 0x811c9dc5, high = 0x1b873593;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x85ebca6b) ^ (high >>> 13);
  }
  return (low >>> 0).toString(36) + (high >>> 0).toString(36);
}

/** The parts of a line that dots or bars keep apart. @param {string} line */
export function splitLine(line) {
  return line.split(/\s*[|·•]\s*/);
}
