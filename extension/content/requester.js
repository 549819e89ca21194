// @ts-check
/**
 * Owns who asks for help in a conversation, and through which channel: from labels, headings and who writes to whom.
 * Decides no message's role; of the texts only how they sound.
 */
import { isSectionHeading } from "./identity.js";
import { headPart } from "./message_labels.js";
import { fold, looselySamePerson, parsePerson, samePerson, sharesDomain } from "./people.js";
import { meanLikeness } from "./speech.js";
import { isSystemLine } from "./system_lines.js";
import { isMatterZh, isNameLike, literal } from "./text.js";
import { LEAVE_WORDS, SELF_WORDS, STATUS_MARK } from "./words.js";

const CALL_HEADING = /\b(?:call (?:transcript|recording|captions?)|live (?:captions?|transcript(?:ion)?)|phone call)\b|^(?:(?:active|current|incoming|inbound|outbound|ongoing) call|on (?:a|the) call)\b.{0,40}$|通话(?:录音|记录|转写|文本|详情|中)|实时(?:字幕|转写)|录音转写|语音转写|来电(?:详情|弹屏)/im;
const OUTGOING_PLACE = /\b(?:sent|outbox|drafts?)\b|%E5%B7%B2%E5%8F%91|已发|发件箱|草稿/i;
/** What only mails say over their messages. @type {Set<import("./message_labels.js").HeadPart>} */
const MAIL_HEAD = new Set(["to", "copy", "subject"]);
/** What machines and lists send from, where nobody reads what is written back. */
const MACHINES = "cron|root|daemon|mailer-daemon|postmaster|no-?reply|do-?not-?reply|notifications?|alerts?|news|newsletter";
const MACHINE_ADDRESS = new RegExp(`^(?:${MACHINES})(?:[+._-][^@]*)?@`, "i");
/** Nobody's own: theirs, and what desks send from. */
const ROLE_ADDRESS = new RegExp(`^(?:${MACHINES}|support|services?|help|helpdesk|care|info|sales|contact|office|team|admin|administrator|webmaster|notify|updates|billing|kefu)(?:[+._-][^@]*)?@`, "i");
/** What a field called "Channel" says. */
const CHANNELS = {
  chat: /^(?:(?:live|web|online|in-?app)?[ -]?(?:chat|messaging|messenger)|(?:web)?widget|(?:在线|网页|网站|app ?)?(?:聊天|客服|会话|咨询))$/i,
  email: /^(?:e-?mail|mail|(?:电子)?邮[件箱])$/i,
  phone: /^(?:phone|(?:phone |voice |incoming |inbound )?call|voice|telephone|电话|来电|呼叫|语音)$/i,
  social: /^(?:whatsapp|facebook(?: messenger)?|instagram|twitter|x|line|telegram|wechat|weibo|social(?: media)?|微信(?:公众号|小程序)?|企业微信|微博|小红书|抖音|社交(?:媒体)?)$/i,
  ticket: /^(?:ticket|web ?form|form|portal|web portal|工单|(?:网页|在线)?表单)$/i,
};
const CALLER = /^(?:caller|来电人|来电者|主叫(?:方)?)\s*[:：]?$/i;

/**
 * @typedef {import("./people.js").Person} Person
 * @typedef {import("./drafts.js").DraftList} DraftList
 * @typedef {import("./context.js").PageFacts} PageFacts
 * @typedef {import("./boxes.js").ReplyBox} ReplyBox
 */

/**
 * Labels and phrases first where they name an author, then headings, then who is left when the desk's own people are known.
 * @param {DraftList} reading @param {PageFacts} facts @param {string[]} headings over the list
 * @returns {{ requester: Person | null, from: string }}
 */
export function chooseRequester(reading, facts, headings) {
  const authors = uniqueAuthors(reading);
  const isSelf = (/** @type {Person} */ person) => SELF_WORDS.test(person.name ?? "") || facts.accounts.some((account) => samePerson(account, person)) || facts.owners.some((owner) => samePerson(owner, person));
  for (const labelled of [...facts.requesters, ...facts.sections]) {
    if (isSelf(labelled)) continue;
    const author = authors.find((person) => samePerson(person, labelled));
    // A phrase may speak of the signed-in person, whom the page's bar calls by a login.
    if (author && !facts.labelled.includes(labelled) && facts.accounts.some((account) => looselySamePerson(author, account))) continue;
    if (author) return { requester: joinPerson(labelled, author), from: facts.labelled.includes(labelled) ? "label" : "phrase" };
  }
  for (const heading of headings.slice(0, 4)) {
    if (isSectionHeading(heading)) continue;
    // "Mei Ling, Siyu Chen": all who take part.
    const parts = heading.split(/\s*[,，、&]\s*/).map(fold);
    if (authors.filter((person) => !isSelf(person) && person.aliases.some((alias) => parts.includes(alias))).length > 1) continue;
    const author = authors.find((person) => headingNames(heading, person) && !isSelf(person) && !ROLE_ADDRESS.test(person.email ?? ""));
    if (author) return { requester: joinPerson(author, parsePerson(heading)), from: "heading" };
  }
  const onCard = authors.find((person) => !isSelf(person) && facts.headings.some((heading) => !isSectionHeading(heading) && person.aliases.includes(fold(heading))));
  if (onCard) return { requester: onCard, from: "card" };
  const onSide = (/** @type {"left" | "right"} */ side) => reading.drafts.filter((draft) => !draft.system && draft.side === side);
  // The agent's own bubbles have no name, those on the other side have one: who is left is not signed in, wherever else the name stands.
  const facing = onSide("left")[0]?.author ?? null;
  if (facing && !isSelf(facing) && onSide("right").some((draft) => draft.author === null) && onSide("left").every((draft) => samePerson(draft.author, facing)) && !onSide("right").some((draft) => samePerson(draft.author, facing))) return { requester: facing, from: "other party" };
  const labelled = facts.requesters.find((person) => !isSelf(person));
  const inSection = facts.sections.find((person) => !isSelf(person));
  const others = authors.filter((author) => !isSelf(author) && ![...facts.accounts, ...mayBeSignedIn(reading, facts)].some((account) => looselySamePerson(author, account)));
  const [other, third] = others;
  // "Customer: Example Ltd" names the firm of who writes.
  if (labelled && authors.length === 2 && other?.email && !third && authors.every((author) => author.email !== null && (author === other || !sharesDomain(author, other)))) return { requester: other, from: "other party" };
  if (labelled) return { requester: labelled, from: facts.labelled.includes(labelled) ? "label" : "phrase" };
  const isNameless = (/** @type {"left" | "right"} */ side) => onSide(side).length > 0 && onSide(side).every((draft) => draft.author === null);
  const chatNames = authors.length === 0 || isNameless("left") || isNameless("right") ? headings.filter((heading) => isNameLike(heading) && !isMatterZh(heading) && heading.length <= 40 && !isSectionHeading(heading) && !isSystemLine(heading) && !STATUS_MARK.test(heading) && !LEAVE_WORDS.test(heading)) : [];
  // What stands in the page's bar is the site or who is signed in, where there is another.
  const chatName = chatNames.find((heading) => !facts.menus.some((person) => person.aliases.includes(fold(heading)))) ?? chatNames[0];
  if (chatName !== undefined && reading.drafts.some((draft) => draft.side)) return { requester: parsePerson(chatName), from: "title" };
  const mails = isMail(reading);
  const addressed = mails || facts.accounts.concat(facts.menus).some((account) => account.email !== null && account.email !== others[0]?.email);
  if (authors.length === 1 && others[0]?.email && !ROLE_ADDRESS.test(others[0].email) && !writesHome(reading, others[0]) && (addressed || isReceived(reading))) return { requester: others[0], from: "sender" };
  const opener = others.find((author) => author.email !== null), desk = [...facts.accounts, ...authors.filter((author) => !others.includes(author))];
  if (mails && opener && desk.length > 0 && authors.some((author) => isSelf(author) || desk.some((member) => sharesDomain(member, author))) && others.every((author) => author === opener || sharesDomain(author, opener) || desk.some((member) => sharesDomain(member, author)))) return { requester: opener, from: "sender" };
  if (authors.length >= 2 && others.length === 1 && others[0]) return { requester: others[0], from: "other party" };
  if (inSection) return { requester: inSection, from: "phrase" };
  return { requester: null, from: "none" };
}

/** What the page calls them in full elsewhere, where the thread has their login. @param {Person} person @param {PageFacts} facts @param {string[]} headings over the list */
export function inFull(person, facts, headings) {
  if (person.name !== null && !/^[a-z][a-z\d._-]*$/.test(person.name)) return person;
  const named = [...facts.requesters, ...facts.sections, ...headings.concat(facts.headings).filter(isNameLike).flatMap((heading) => parsePerson(heading) ?? [])];
  const full = named.find((other) => other.name !== null && /\s|[\u3400-\u9fff]/.test(other.name) && samePerson(other, person));
  return full ? { ...person, name: full.name, email: person.email ?? full.email, aliases: [...new Set([...person.aliases, ...full.aliases])] } : person;
}

/** Only one is signed in: where names of several who write stand in bars and menus, those are who takes part. @param {DraftList} reading @param {PageFacts} facts */
export function mayBeSignedIn(reading, facts) {
  return uniqueAuthors(reading).filter((author) => facts.menus.some((person) => samePerson(person, author))).length > 1 ? facts.faces : facts.menus;
}

/**
 * Who wrote first where the signed-in person, or who handles the ticket, is known to be another: they opened the ticket, and alone if nobody has answered yet. A chat may
 * begin with a greeting of the desk's, a mail may be a colleague's; what opened the ticket may stand apart, and the desk's answer first.
 * @param {DraftList} reading @param {PageFacts} facts @returns {Person | null}
 */
export function whoOpened(reading, facts) {
  const spoken = reading.drafts.filter((draft) => !draft.system), writer = spoken[0]?.author;
  const signedIn = [...facts.accounts, ...facts.faces, ...mayBeSignedIn(reading, facts).filter((person) => uniqueAuthors(reading).some((author) => samePerson(author, person)))];
  if (!writer || signedIn.length + facts.owners.length === 0 || isMail(reading) || new Set(spoken.map((draft) => draft.side)).size > 1) return null;
  const ofDesk = [...facts.accounts, ...facts.menus, ...facts.owners].some((person) => looselySamePerson(writer, person) || sharesDomain(person, writer));
  return ofDesk || spoken.some((draft) => draft.author === null) || soundsLikeDesk(reading, writer) ? null : writer;
}

/** They sound like the desk, and somebody else who writes less so: that one asks. @param {DraftList} reading @param {Person} person */
function soundsLikeDesk(reading, person) {
  const sound = (/** @type {Person} */ who) => meanLikeness(reading.drafts.flatMap(({ author, text }) => (samePerson(author, who) ? [text] : [])));
  const own = sound(person);
  return own > 0 && uniqueAuthors(reading).some((other) => !samePerson(other, person) && sound(other) < own);
}

/** @param {DraftList} reading */
function isMail({ drafts }) {
  return drafts.some((draft) => /(?:^|\s)(?:to|收件人)\s*[:：]/i.test(draft.header));
}

/** One mail that names who sent it or got it, opened from a folder of mail that came in. @param {DraftList} reading */
function isReceived({ drafts: [mail, next], list }) {
  if (!mail || next || isOutgoing(list.ownerDocument.location?.href ?? "")) return false;
  return /(?:^|\s)(?:from|来自|发件人)(?:\s|[:：]|$)/i.test(mail.header) || mail.unit.runs.some((run) => run.head === "to" || (run.kind === "free" && headPart(run.text) === "to"));
}

/** The address of a folder of what the desk itself wrote. @param {string} url */
export function isOutgoing(url) {
  return OUTGOING_PLACE.test(url.replace(/^\w+:\/\/[^/]*/, ""));
}

/** A mail with a copy to the sender's own firm, to somebody else: as likely the desk's as a customer's. @param {DraftList} reading @param {Person} sender */
function writesHome({ drafts }, sender) {
  const copied = drafts.flatMap(({ unit }) => unit.runs.filter((run) => run.kind === "header" && run.head === "copy").flatMap((run) => parsePerson(run.text) ?? []));
  return copied.some((person) => sharesDomain(person, sender));
}

/** Nobody reads what is written back there. @param {Person | null} person */
export function isMachine(person) {
  return MACHINE_ADDRESS.test(person?.email ?? "");
}

/** Whether a heading is a person's name, alone or as in "Chat with Marta (3)". @param {string} heading @param {Person} person */
export function headingNames(heading, person) {
  const folded = fold(heading).replace(/^#\s?/, "");
  return person.aliases.some((alias) => alias.length > 1 && (folded === alias || new RegExp(`(?:^|\\b(?:with|from|for|by|chat:?)\\s|与|和|来自)${literal(alias)}(?:$|\\s*[(（<·|,，的]|\\s[-–—])`).test(folded)));
}

/** @param {Person} base @param {Person | null} more @returns {Person} */
function joinPerson(base, more) {
  if (!more || !samePerson(base, more)) return base;
  const nameOf = (/** @type {Person} */ person) => (person.name !== null && isNameLike(person.name) ? person.name : null);
  return { name: nameOf(base) ?? nameOf(more) ?? (base.email === null ? base.name : null), email: base.email ?? more.email, handle: base.handle ?? more.handle, aliases: [...new Set([...base.aliases, ...more.aliases])] };
}

/** @param {DraftList} reading */
function uniqueAuthors(reading) {
  /** @type {Person[]} */
  const authors = [];
  for (const draft of reading.drafts) if (draft.author && !draft.system && !authors.some((person) => samePerson(person, draft.author))) authors.push(draft.author);
  return authors;
}

/** A call's captions or transcript: the page says so, or one who speaks is called the caller. @param {DraftList} reading @param {PageFacts} facts */
export function isCall(reading, facts) {
  return CALL_HEADING.test(facts.headings.join("\n")) || reading.drafts.some((draft) => [draft.authorText ?? "", ...draft.badges].some((words) => CALLER.test(words.trim())));
}

/**
 * @param {DraftList} reading @param {PageFacts} facts @param {ReplyBox[]} boxes
 * @returns {"chat" | "email" | "ticket" | "social" | "phone"}
 */
export function channelOf(reading, facts, boxes) {
  const headers = reading.drafts.filter((draft) => draft.unit.runs.some((run) => run.kind === "header" && MAIL_HEAD.has(run.head ?? "more"))).length;
  if (isCall(reading, facts)) return "phone";
  if (reading.drafts.filter((draft) => draft.author?.handle).length * 2 > reading.drafts.length) return "social";
  const named = Object.entries(CHANNELS).find(([, words]) => words.test(facts.channel ?? ""))?.[0];
  if (named !== undefined) return /** @type {keyof typeof CHANNELS} */ (named);
  if (facts.ticketLabels >= 2) return "ticket";
  if (headers * 2 >= reading.drafts.length) return "email";
  const box = boxes.find((candidate) => candidate.visible);
  const sided = reading.drafts.some((draft) => draft.side);
  if (sided || (box && box.shown.getBoundingClientRect().height < 140)) return "chat";
  return "ticket";
}
