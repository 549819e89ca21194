// @ts-check
/**
 * Owns the decision who wrote a message, from evidence in order of trust; without evidence the author is "unknown".
 * Uses no class words of any product. Every decision carries a short code that the overlay can explain.
 */
import { byLooks, byMarks } from "./notes.js";
import { fold, looselySamePerson, samePerson, sharesDomain } from "./people.js";
import { mayStandFor, portraitLetters } from "./portrait_letters.js";
import { CONTRAST, meanLikeness } from "./speech.js";
import { literal } from "./text.js";
import { AGENT_WORDS, BOT_WORDS, CUSTOMER_WORDS, NOTE_WORDS, SELF_WORDS } from "./words.js";

/**
 * @typedef {import("./bodies.js").Draft} Draft
 * @typedef {import("./people.js").Person} Person
 * @typedef {"customer" | "agent" | "bot" | "note" | "system" | "unknown"} Author
 * @typedef {{ author: Author, evidence: string }} Decision
 * @typedef {object} Cast who is who on this page
 * @property {Person | null} requester
 * @property {Person[]} accounts
 * @property {Person[]} owners
 * @property {boolean} commentIsInternal the page offers reply and comment as two different things
 * @property {Element | null} [list] whose rows the messages are
 * @property {boolean} [notesOffered] the page has a way to write notes
 * @property {boolean} [partial] some rows' words are out of reach: whoever is left of those that were read may not be all who are left
 */

const BADGE_EDGE = /^[\s·•|,，\-–—(（\[←→↩]+|[\s·•|,，\-–—)）\]:：]+$/g;
const MAINLY = 2;
/** Who writes alone sounds so little like the desk, in log-odds. */
const ALONE = 0.5;
const COMMENT_HEADER = /\bcomments? (?:added|by|from)\b|\badded a comment\b|\b(?:internal|private) (?:note|comment)|(?:^|\s)note (?:added|by|from)\b|\badded (?:a |an )?(?:internal |private )?note\b|(?:添加|写|创建)了?(?:内部|私有|私密|私人)?(?:备注|注释)|添加了(?:一条)?\s*评论|(?:备注|注释)已(?:添加|创建)/i;
/** Only where the page calls comments another thing than what goes to the customer. */
const COMMENTED = /\bcommented\b|(?:^|\s)评论了?(?:\s|$)/i;
const NOTED = /(?:^|\s)(?:(?:logged )?note by|备注由)(?:\s|$)/i;
const REPLY_HEADER = /\bcorrespondence\b|\brepl(?:y|ied)\b|\brespon(?:se|ded)\b|回复/i;
const HEADER_INTERNAL = /[(\[（](?:private|internal|私密|私有|内部)[)\]）]|\b(?:internal note|private note|internal comment|staff only|only visible to|visible only to|not visible to)\b|内部备注|(?:仅|只有?)(?:内部|客服|坐席|团队|员工|工作人员|同事)(?:人员)?可见|客户不可见/i;
const SYSTEM_NAMES = /^(?:(?:the )?(?:\w{1,12} )?system(?: itself| assistant)?|automation|workflow|trigger|notification|系统(?:消息|通知)?|system message)$/i;

/**
 * @param {Draft[]} drafts chronological
 * @param {Cast} cast
 * @returns {Decision[]}
 */
export function decideRoles(drafts, cast) {
  const splits = cast.commentIsInternal || (drafts.some((draft) => COMMENT_HEADER.test(draft.header)) && drafts.some((draft) => REPLY_HEADER.test(draft.header) && !COMMENT_HEADER.test(draft.header)));
  const common = commonBadges(drafts);
  const thirds = thirdParties(drafts, cast.requester);
  const decisions = drafts.map((draft) => decideAlone(common.size > 0 ? { ...draft, badges: draft.badges.filter((badge) => !common.has(badge)) } : draft, cast, splits));
  byMarks(drafts, decisions, cast.list ?? null);
  spreadByPerson(drafts, decisions);
  byAddress(drafts, decisions, cast.requester);
  byLetters(drafts, decisions, cast);
  spreadByPlace(drafts, decisions, thirds, cast.partial);
  if (!cast.partial) alignUnknown(drafts, decisions, thirds);
  spreadByPlace(drafts, decisions, thirds, cast.partial);
  spreadByPerson(drafts, decisions);
  if (!cast.partial) otherParty(drafts, decisions);
  withoutBadge(drafts, decisions);
  for (const asking of [cast.requester, onlyCustomer(drafts, decisions)]) greetsRequester(drafts, decisions, asking);
  openedBy(drafts, decisions, cast.requester);
  if (!cast.partial) spokenFor(drafts, decisions, cast.requester);
  byMarks(drafts, decisions, cast.list ?? null);
  byLooks(drafts, decisions, cast.list ?? null, cast.notesOffered ?? false);
  return decisions;
}

/** What stands at every message of several people ("Member") tells none of them. @param {Draft[]} drafts */
function commonBadges(drafts) {
  const spoken = drafts.filter((draft) => !draft.system);
  if (new Set(spoken.map(personKey).filter((key) => key !== "")).size < 2) return new Set();
  return new Set(spoken[0]?.badges.filter((badge) => !NOTE_WORDS.test(badge) && !BOT_WORDS.test(badge) && spoken.every((draft) => draft.badges.includes(badge))));
}

/**
 * Who writes beside the requester, or is one of several on a side where nobody is known: where they stand does not make them customers.
 * @param {Draft[]} drafts @param {Person | null} requester @returns {Set<Draft>}
 */
function thirdParties(drafts, requester) {
  const named = drafts.filter((draft) => draft.author !== null && !isBotName(draft.author.name ?? ""));
  const lettered = requester === null ? [] : drafts.filter((draft) => draft.author === null && !mayStandFor(portraitLetters(draft) ?? "", requester));
  if (requester && named.some((draft) => samePerson(draft.author, requester))) return new Set([...lettered, ...named.filter((draft) => !looselySamePerson(draft.author, requester))]);
  const mainly = ["left", "right"].map((side) => mainSpeaker(named.filter((draft) => draft.side === side)));
  return new Set([...lettered, ...named.filter((draft) => draft.side && !mainly.includes(personKey(draft)) && named.some((other) => other.side === draft.side && personKey(other) !== personKey(draft)))]);
}

/** Who speaks first on a side, and twice as often as all others there; a colleague who came in for a message or two does not. @param {Draft[]} drafts */
function mainSpeaker(drafts) {
  const keys = drafts.map(personKey), [first] = keys;
  return first !== undefined && keys.filter((key) => key === first).length >= keys.filter((key) => key !== first).length * MAINLY ? first : null;
}

/** @param {Draft} draft */
function bareBadges({ badges }) {
  return badges.map((badge) => badge.replace(BADGE_EDGE, "").trim());
}

/** @param {string} name */
function isBotName(name) {
  return BOT_WORDS.test(name) || /\s(?:chat)?bot$|机器人$|智能(?:客服|助手)$/i.test(name);
}

/** @param {Draft} draft @param {Cast} cast @param {boolean} splits @returns {Decision} */
function decideAlone(draft, cast, splits) {
  const name = draft.author?.name ?? "";
  if (draft.system || SYSTEM_NAMES.test(name)) return { author: "system", evidence: "system_line" };
  const badges = bareBadges(draft);
  const isRequester = samePerson(draft.author, cast.requester);
  if (!isRequester && (badges.some((badge) => NOTE_WORDS.test(badge)) || HEADER_INTERNAL.test(draft.header))) return { author: "note", evidence: "internal_badge" };
  if ((splits && COMMENT_HEADER.test(draft.header)) || (!isRequester && cast.commentIsInternal && COMMENTED.test(draft.header))) return { author: "note", evidence: "internal_badge" };
  const isAccount = !isRequester && cast.accounts.some((account) => looselySamePerson(draft.author, account) && !samePerson(account, cast.requester));
  if (!isRequester && NOTED.test(draft.header)) return { author: "note", evidence: "internal_badge" };
  const saysCustomer = badges.some((badge) => CUSTOMER_WORDS.test(badge));
  const saysAgent = badges.some((badge) => AGENT_WORDS.test(badge));
  if (badges.some((badge) => BOT_WORDS.test(badge)) || isBotName(name)) return { author: "bot", evidence: "badge_word" };
  if (SELF_WORDS.test(draft.authorText ?? "")) return { author: "agent", evidence: "author_is_signed_in" };
  if (saysCustomer !== saysAgent && !(saysCustomer && isAccount) && !(saysAgent && isRequester)) return { author: saysCustomer ? "customer" : "agent", evidence: "badge_word" };
  if (isRequester) return { author: "customer", evidence: "author_is_requester" };
  if (isAccount) return { author: "agent", evidence: "author_is_signed_in" };
  if (draft.author && AGENT_WORDS.test(name) && name !== "") return { author: "agent", evidence: "author_word" };
  if (draft.author && CUSTOMER_WORDS.test(name)) return { author: "customer", evidence: "author_word" };
  if (draft.author && cast.owners.some((owner) => samePerson(owner, draft.author))) return { author: "agent", evidence: "author_is_owner" };
  if (draft.author?.email) {
    const { author } = draft;
    const ofRequester = cast.requester !== null && sharesDomain(cast.requester, author);
    const deskMail = [...cast.accounts, ...cast.owners].filter((account) => account.email !== null);
    const ofDesk = deskMail.some((account) => sharesDomain(account, author));
    if (ofDesk && !ofRequester) return { author: "agent", evidence: "author_in_desk_domain" };
    if (ofRequester && !ofDesk && deskMail.length > 0) return { author: "customer", evidence: "author_in_requester_domain" };
  }
  return { author: "unknown", evidence: "none" };
}

/** The same author elsewhere in the list has a known role; who writes notes is of the desk. @param {Draft[]} drafts @param {Decision[]} decisions */
function spreadByPerson(drafts, decisions) {
  /** @type {Map<string, Set<Author>>} */
  const roles = new Map();
  drafts.forEach((draft, at) => {
    const key = personKey(draft);
    const author = decisions[at]?.author;
    if (key && author && /^(?:customer|agent|bot|note)$/.test(author)) roles.set(key, (roles.get(key) ?? new Set()).add(author === "note" ? "agent" : author));
  });
  drafts.forEach((draft, at) => {
    const known = roles.get(personKey(draft));
    if (decisions[at]?.author === "unknown" && known?.size === 1) decisions[at] = { author: /** @type {Author} */ ([...known][0]), evidence: "same_author" };
  });
}

/** Whoever writes from an address of the firm that a known agent, and not the requester, writes from is of the desk, too. @param {Draft[]} drafts @param {Decision[]} decisions @param {Person | null} requester */
function byAddress(drafts, decisions, requester) {
  const desk = drafts.flatMap(({ author }, at) => (author?.email && /^(?:agent|note)$/.test(decisions[at]?.author ?? "") ? [author] : []));
  drafts.forEach(({ author }, at) => {
    if (decisions[at]?.author === "unknown" && author?.email && !(requester && sharesDomain(requester, author)) && desk.some((agent) => sharesDomain(agent, author))) decisions[at] = { author: "agent", evidence: "author_in_desk_domain" };
  });
}

/** Rows without a name, by the letters in the place of their writers' portraits. @param {Draft[]} drafts @param {Decision[]} decisions @param {Cast} cast */
function byLetters(drafts, decisions, { requester, accounts, owners }) {
  drafts.forEach((draft, at) => {
    const letters = draft.author === null && decisions[at]?.author === "unknown" ? portraitLetters(draft) : null;
    if (letters === null || requester === null) return;
    const asks = mayStandFor(letters, requester), serves = [...accounts, ...owners].some((person) => !samePerson(person, requester) && mayStandFor(letters, person));
    if (asks !== serves) decisions[at] = { author: asks ? "customer" : "agent", evidence: "portrait_letters" };
  });
}

/** @param {Draft} draft */
function personKey(draft) {
  return draft.author ? (draft.author.email ?? fold(draft.author.name ?? draft.author.handle ?? "")) : "";
}

/**
 * Sides and surfaces: a side whose known messages are all one role gives it to the others.
 * @param {Draft[]} drafts @param {Decision[]} decisions @param {Set<Draft>} thirds @param {boolean} [partial]
 */
function spreadByPlace(drafts, decisions, thirds, partial = false) {
  for (const place of [(/** @type {Draft} */ draft) => draft.side ?? "", (/** @type {Draft} */ draft) => draft.unit.surface ?? ""]) {
    /** @type {Map<string, Map<Author, number>>} */
    const seen = new Map();
    drafts.forEach((draft, at) => {
      const key = place(draft);
      const author = decisions[at]?.author ?? "unknown";
      // Bots greet from either side.
      if (key === "" || author === "system" || author === "note" || (author === "bot" && draft.side === "left")) return;
      const counts = seen.get(key) ?? new Map();
      if (author !== "unknown") counts.set(author === "bot" ? "agent" : author, (counts.get(author === "bot" ? "agent" : author) ?? 0) + 1);
      seen.set(key, counts);
    });
    if (seen.size < 2) continue;
    const pure = new Map([...seen].map(([key, counts]) => [key, counts.size === 1 ? /** @type {Author} */ ([...counts.keys()][0]) : null]));
    const mixed = [...seen.values()].some((counts) => counts.size > 1);
    const rolesUsed = new Set([...pure.values()].filter((role) => role !== null));
    if (mixed || (rolesUsed.size === 1 && [...pure.values()].filter((role) => role !== null).length > 1)) continue;
    drafts.forEach((draft, at) => {
      if (decisions[at]?.author !== "unknown") return;
      const own = pure.get(place(draft)) ?? null;
      if (own === "customer" && thirds.has(draft)) return;
      if (own !== null) decisions[at] = { author: own, evidence: "same_side" };
      else if (!partial && seen.size === 2 && rolesUsed.size === 1 && place(draft) !== "" && (draft.side ?? "") !== "" && !(rolesUsed.has("agent") && thirds.has(draft))) decisions[at] = { author: rolesUsed.has("agent") ? "customer" : "agent", evidence: "other_side" };
    });
  }
}

/**
 * With nobody known, right is the agent's own side; not where one person stands on both: what is indented is no side. Several may stand on
 * the right where one faces them and comes back on the left: answers that are indented have nobody to come back.
 * Which of several on the left is the customer it does not say.
 * @param {Draft[]} drafts @param {Decision[]} decisions @param {Set<Draft>} thirds
 */
function alignUnknown(drafts, decisions, thirds) {
  if (decisions.some((decision) => decision.author === "customer" || decision.author === "agent")) return;
  const named = (/** @type {"left" | "right"} */ side) => new Set(drafts.filter((draft) => draft.side === side).map(personKey).filter((key) => key !== ""));
  const right = named("right"), left = named("left");
  if ((right.size > 1 && !(left.size === 1 && comesBack(drafts))) || [...left].some((key) => right.has(key)) || (left.size > 1 && !drafts.some((draft) => draft.side === "right"))) return;
  drafts.forEach((draft, at) => {
    if (decisions[at]?.author === "unknown" && draft.side && (draft.side === "right" || !thirds.has(draft))) decisions[at] = { author: draft.side === "right" ? "agent" : "customer", evidence: "alignment" };
  });
}

/** Who begins stands on the left and writes there again after somebody on the right. @param {Draft[]} drafts */
function comesBack(drafts) {
  const own = new Map(drafts.flatMap((draft) => (draft.side ? [[personKey(draft), draft.side]] : [])));
  const sides = drafts.filter((draft) => !draft.system).map((draft) => draft.side ?? own.get(personKey(draft)));
  return !sides.includes(undefined) && sides[0] === "left" && sides.lastIndexOf("left") > sides.indexOf("right");
}

/**
 * All who write but one are known to stand on the same side: that one is the other party.
 * @param {Draft[]} drafts @param {Decision[]} decisions
 */
function otherParty(drafts, decisions) {
  const keys = new Set(drafts.filter((_, at) => !/^(?:system|bot)$/.test(decisions[at]?.author ?? "")).map(personKey).filter((key) => key !== ""));
  const roleOf = (/** @type {string} */ key) => decisions.find((decision, at) => personKey(/** @type {Draft} */ (drafts[at])) === key && (decision.author === "customer" || decision.author === "agent"))?.author ?? null;
  const open = [...keys].filter((key) => roleOf(key) === null), known = new Set([...keys].map(roleOf).filter((role) => role !== null));
  if (open.length !== 1 || known.size !== 1) return;
  drafts.forEach((draft, at) => {
    if (decisions[at]?.author === "unknown" && personKey(draft) === open[0]) decisions[at] = { author: known.has("agent") ? "customer" : "agent", evidence: "other_party" };
  });
}

/**
 * Where a badge marks every customer, and somebody known to be of the desk has none, whoever else has none is of the desk too.
 * @param {Draft[]} drafts @param {Decision[]} decisions
 */
function withoutBadge(drafts, decisions) {
  const by = (/** @type {Author} */ author) => drafts.filter((_, at) => decisions[at]?.author === author);
  const marked = (/** @type {Draft} */ draft) => bareBadges(draft).some((badge) => CUSTOMER_WORDS.test(badge));
  if (by("customer").length === 0 || !by("customer").every(marked) || !by("agent").some(({ badges }) => badges.length === 0)) return;
  drafts.forEach((draft, at) => {
    if (decisions[at]?.author === "unknown" && draft.author !== null && draft.badges.length === 0) decisions[at] = { author: "agent", evidence: "no_badge" };
  });
}

/** The one person whose messages are known to be the customer's. @param {Draft[]} drafts @param {Decision[]} decisions @returns {Person | null} */
function onlyCustomer(drafts, decisions) {
  const asking = drafts.filter(({ author }, at) => author !== null && decisions[at]?.author === "customer");
  return new Set(asking.map(personKey)).size === 1 ? (asking[0]?.author ?? null) : null;
}

/**
 * Who begins a message with the requester's name answers them: a second agent, where nothing else tells.
 * @param {Draft[]} drafts @param {Decision[]} decisions @param {Person | null} requester
 */
function greetsRequester(drafts, decisions, requester) {
  const greeting = requester?.name ? greetingOf(requester.name) : null;
  if (!greeting) return;
  const greeters = new Set(drafts.filter((draft, at) => decisions[at]?.author === "unknown" && !samePerson(draft.author, requester) && greeting.test(draft.text)).map(personKey).filter((key) => key !== ""));
  drafts.forEach((draft, at) => {
    if (decisions[at]?.author === "unknown" && greeters.has(personKey(draft))) decisions[at] = { author: "agent", evidence: "greets_requester" };
  });
}

/** "Dear Marta Kowalska", "Marta, …", "王先生您好". @param {string} name @returns {RegExp | null} */
function greetingOf(name) {
  if (/^[\u3400-\u9fff]{2,4}$/.test(name)) return new RegExp(`^(?:尊敬的|亲爱的)?(?:${name}|${name[0]}(?:先生|女士|小姐|老师|总))(?:先生|女士|小姐)?(?:[，,:：！!\\s]|您好|你好)`);
  const words = name.split(" ").map(literal), [first = ""] = words;
  if (!/^\p{L}{2,}/u.test(first)) return null;
  const called = `(?:${words.join("\\s+")}|${first}|(?:mr|mrs|ms|dr)\\.?\\s+${words.at(-1)})`;
  return new RegExp(`^(?:(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|thanks|thank you)[\\s,]+${called}(?![\\p{L}\\d])|${called}\\s*[,，:!\\n])`, "iu");
}

/**
 * What stands first without a writer where all that follows has one, some of it the requester's, is their own words too.
 * @param {Draft[]} drafts @param {Decision[]} decisions @param {Person | null} requester
 */
function openedBy(drafts, decisions, requester) {
  const spoken = drafts.flatMap((draft, at) => (decisions[at]?.author === "system" ? [] : [{ draft, at }]));
  const [first, ...others] = spoken;
  if (!requester || !first || others.length === 0 || first.draft.author !== null || first.draft.side || decisions[first.at]?.author !== "unknown") return;
  if (first.draft.timeText !== "" && others.every(({ draft }) => draft.author !== null && !draft.side) && others.some(({ draft }) => samePerson(draft.author, requester))) decisions[first.at] = { author: "customer", evidence: "other_party" };
}

/**
 * How they write: where nobody is known to ask, who sounds least like the desk does, if the others clearly sound more like it; then whoever sounds
 * like it is of the desk.
 * @param {Draft[]} drafts @param {Decision[]} decisions @param {Person | null} requester
 */
function spokenFor(drafts, decisions, requester) {
  /** @type {Map<string, number[]>} */
  const open = new Map();
  const alone = decisions.filter(({ author }) => author !== "system").length === 1;
  drafts.forEach((draft, at) => {
    const party = personKey(draft) || draft.side || draft.unit.surface || (alone ? "alone" : "");
    if (decisions[at]?.author === "unknown" && party !== "") open.set(party, [...(open.get(party) ?? []), at]);
  });
  if (open.size === 0) return;
  const sound = (/** @type {number[]} */ places) => meanLikeness(places.map((at) => drafts[at]?.text ?? ""));
  const known = (/** @type {Author} */ author) => decisions.flatMap((decision, at) => (decision.author === author ? [at] : []));
  const tell = (/** @type {string} */ party, /** @type {Author} */ author) => {
    for (const at of open.get(party) ?? []) decisions[at] = { author, evidence: "speech" };
    open.delete(party);
  };
  if (known("customer").length === 0) {
    const [[party, places] = ["", []]] = [...open].sort(([, left], [, right]) => sound(left) - sound(right));
    const beside = [...open].flatMap(([other, at]) => (other === party ? [] : at));
    // Whoever is said to ask may not have written: one who writes beside the desk's own may be of the desk, too.
    if (requester && beside.length === 0) return;
    const others = [...known("agent"), ...beside];
    if (sound(places) > (others.length === 0 ? -ALONE : sound(others) - CONTRAST)) return;
    tell(party, "customer");
  }
  const asking = sound(known("customer"));
  for (const [party, places] of open) if (sound(places) > 0 && sound(places) - asking >= CONTRAST) tell(party, "agent");
}
