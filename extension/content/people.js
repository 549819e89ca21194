// @ts-check
/**
 * Owns persons as pages write them ("Marta Kowalska <marta@…>", "agent (Anna Agent)", "@marta") and whether two of them are the same.
 * Does not know which of them is the customer.
 */

import { closeUp } from "./dom.js";
import { headPart } from "./message_labels.js";
import { plainPinyin, spellings } from "./pinyin.js";
import { isNameLike } from "./text.js";
import { isTimeText } from "./times.js";
import { FIELD_NAME, FIELD_TAIL_ZH, FIELD_VALUE, LEAVE_WORDS, NOBODY } from "./words.js";

/**
 * @typedef {object} Person
 * @property {string | null} name
 * @property {string | null} email
 * @property {string | null} handle
 * @property {string[]} aliases lower case, compared as wholes
 */

const EMAIL = /[\w.+'-]+@[\w-]+(?:\.[\w-]+)+/;
const DECORATION = /^(?:avatar (?:of|for)|profile (?:picture|image|photo) (?:of|for)|photo of|picture of|user|message (?:from|by)|reply (?:from|by)|from|by|sent by|posted by|replied by|来自|发件人|用户)\s*[:：]?\s*|(?:'s|’s|的)?\s*(?:avatar|profile (?:picture|image|photo)|photo|头像)$|\s*(?:says?|said|wrote|commented|replied|说|回复|写道)\s*[:：]?$|\s*[·•|:：,，]$/gi;

/**
 * @param {string | null | undefined} raw
 * @returns {Person | null}
 */
export function parsePerson(raw) {
  if (!raw) return null;
  let text = raw.normalize("NFKC").replace(/[\s\u200b]+/g, " ").trim();
  text = text.replace(DECORATION, "").replace(DECORATION, "").trim();
  text = text.replace(/\s*[(\[]\s*at\s*[)\]]\s*/i, "@").replace(/\s*[(\[]\s*dot\s*[)\]]\s*/gi, ".");
  text = text.replace(OPENS_MENU, "");
  const email = EMAIL.exec(text)?.[0] ?? null;
  if (email) text = text.replace(email, "").replace(/<\s*>|\(\s*\)|\[\s*\]|mailto:/g, "").trim();
  text = text.replace(NEXT_FIELD, "");
  text = text.replace(/^["'“‘(]+|["'”’),]+$/g, (edge) => (edge.startsWith(")") && text.includes("(") ? edge : "")).trim();
  const self = /\s*[(（](?:me|you|我|你)[)）]$/i;
  text = text.replace(self, "").trim();
  const handle = /(?:^|\s)(@[\w.-]{2,40})$/.exec(text)?.[1] ?? null;
  const bare = handle ? text.replace(handle, "").trim() : text;
  const inner = /^(.+?)\s*[(（]([^()（）]+)[)）]$/.exec(bare);
  const said = inner ? longer(inner[1] ?? "", inner[2] ?? "") : bare;
  const name = FIELD_NAME.test(said.replace(/\s*[:：]$/, "")) ? "" : said;
  if (email === null && handle === null && PICTURE_WORD.test(name)) return null;
  /** @type {Set<string>} */
  const aliases = new Set();
  for (const part of [bare, inner?.[1], inner?.[2], email, handle, handle?.slice(1)]) {
    const alias = fold(part ?? "");
    if (alias !== "") aliases.add(alias);
  }
  if (aliases.size === 0) return null;
  return { name: name === "" ? null : name, email: email?.toLowerCase() ?? null, handle, aliases: [...aliases] };
}

/** What a menu's button shows behind the name. */
const OPENS_MENU = /\s*[▾▼▿⌄˅⯆🞃]$/u;
/** Where behind a name its address, number and so on follow. */
const NEXT_FIELD = /\s+(?:e-?mail|phone|tel|ip)\s*[:：].*$/i;
/** What stands beside a picture that nobody named. */
const PICTURE_WORD = /^(?:image|img|picture|photo|avatar|user|icon|logo|profile|portrait|placeholder|头像|图片|照片|图标)$/i;
const PROFILE_PATH = /\/(?:users?|people|persons?|members?|profiles?|agents?|staff|operators?|contacts?|customers?|accounts?|u)\/~?[^/]+\/?$/i;

const CUSTOMER_PATH = /\/(?:customers?|contacts?|clients?|visitors?|requesters?|requestors?|end[-_]?users?|leads?|buyers?)\/~?[^/]*\d[^/]*(?:\/(?:edit|view|show|profile|details?))?\/?$/i;

/** Whether a link leads to the page of one of the desk's customers. @param {Element} link */
export function leadsToCustomer(link) {
  return CUSTOMER_PATH.test(/** @type {string} */ ((link.getAttribute("href") ?? "").split(/[?#]/)[0]));
}

/** A page that shows whoever is asked for: the person is in the address' question. */
const ANYBODY_PAGE = /\/(?:[^/]+\.\w{2,5}|summary|view|show|profile|details?|index|edit|display)\/?$/i;
const ASKED_PERSON = /[?&;](?:id|u|uid|user|user_?id|user_?name|login|name)=([^&;#]+)/i;

/**
 * The address of a person's own page, which is theirs whatever name the link shows; null for other elements.
 * @param {Element | null | undefined} element @returns {string | null}
 */
export function profileAlias(element) {
  const href = element?.closest("a")?.getAttribute("href") ?? "";
  const path = /** @type {string} */ (href.split(/[?#]/)[0]).replace(/\/$/, "").toLowerCase();
  if (!PROFILE_PATH.test(path)) return null;
  if (!ANYBODY_PAGE.test(path)) return path;
  const asked = ASKED_PERSON.exec(href)?.[1];
  return asked === undefined ? null : `${path}?${asked.toLowerCase()}`;
}

/** @param {string} text */
export function fold(text) {
  return closeUp(text.normalize("NFKC").toLowerCase().replace(/["'“”]/g, "").replace(/\s+/g, " ").trim());
}

/** @param {string} left @param {string} right */
function longer(left, right) {
  return /\s|[\u3400-\u9fff]/.test(right) && !/\s|[\u3400-\u9fff]/.test(left) ? right : left;
}

/**
 * Whole-name, address or handle equality; "Kowalska, Marta" equals "Marta Kowalska". First names alone do not count.
 * @param {Person | null} left @param {Person | null} right
 */
export function samePerson(left, right) {
  if (!left || !right) return false;
  if (left.email && right.email) return left.email === right.email || (left.email.split("@")[0] === right.email.split("@")[0] && left.name !== null && left.name === right.name);
  if (left.aliases.some((alias) => right.aliases.includes(alias))) return true;
  if ([[left, right], [right, left]].some(([called, named]) => called && named && (isAddressOf(called, named) || isLoginOf(called, named) || isSpelling(called, named)))) return true;
  const turned = (/** @type {string | null} */ name) => (name ? fold(name).split(/[\s,]+/).sort().join(" ") : "");
  return left.name !== null && right.name !== null && /\s/.test(left.name) && turned(left.name) === turned(right.name);
}

/** A bare "marta.kowalska@…" or "m.kowalska@…", and either with "Marta" before it, is Marta Kowalska's. @param {Person} address @param {Person} named */
function isAddressOf(address, named) {
  const [first = "", last = "", more] = (address.email?.split("@")[0] ?? "").toLowerCase().split(/[._-]/);
  if (more !== undefined || named.email !== null || named.name === null || !/^[a-z]+$/.test(first) || !/^[a-z]{2,}$/.test(last)) return false;
  const [called = "", surname = "", third] = fold(named.name).split(" ");
  return third === undefined && surname === last && (first === called || first === called[0]) && (address.name === null || fold(address.name) === called);
}

/** So many letters of a login that was cut off are somebody's. */
const LEAST_TRUNCATED = 5;

/** What programs make of a name or an address: "mkowalska", "marta_k", "marta.kowalska". @param {Person} called @param {Person} named */
function isLoginOf(called, named) {
  const login = called.handle?.slice(1) ?? called.name ?? "";
  if (called.email !== null || !/^[a-z][a-z\d._-]{3,}$/.test(login)) return false;
  if (named.email !== null && named.email.split("@")[0] === login) return true;
  const words = named.name === null ? [] : fold(named.name).replace(/['’]/g, "").split(/[\s-]+/), last = words.pop() ?? "", first = words.join(""), initials = words.map((word) => word[0]).join("");
  if (words.length < 1 || words.length > 2 || ![...words, last].every((word) => /^[a-z]{2,}$/.test(word))) return false;
  const letters = login.replace(/[._\d-]/g, ""), cut = letters.length >= LEAST_TRUNCATED && (initials + last).startsWith(letters);
  return cut || [initials + last, first[0] + last, first + last, last + first, last + initials, first + last[0]].includes(letters);
}

/** A Chinese name in letters: "siyuan.chen", "Chen Siyuan" for 陈思远. @param {Person} called @param {Person} named */
function isSpelling(called, named) {
  const letters = called.handle?.slice(1) ?? called.name ?? called.email?.split("@")[0] ?? "";
  if (named.name === null || (called.email !== null && named.email !== null) || !/^[a-z][a-z\d\s._'-]{3,}$/i.test(letters)) return false;
  return spellings(named.name).includes(plainPinyin(letters));
}

/**
 * The weaker test for the signed-in person: a first name, a login or an address' local part also counts.
 * @param {Person | null} author @param {Person | null} account
 */
export function looselySamePerson(author, account) {
  if (!author || !account) return false;
  if (samePerson(author, account)) return true;
  const shortNames = (/** @type {Person} */ person) => {
    const local = person.email?.split("@")[0] ?? "";
    const first = person.name && /^\p{L}+\s/u.test(person.name) ? fold(person.name.split(" ")[0] ?? "") : "";
    return [local, first].filter((key) => key.length > 1);
  };
  return shortNames(author).some((key) => account.aliases.includes(key)) || shortNames(account).some((key) => author.aliases.includes(key));
}

const PUBLIC_MAIL = /^(?:gmail|googlemail|outlook|hotmail|live|yahoo|qq|163|126|yeah|sina|sohu|139|189|icloud|proton(?:mail)?|gmx|web|mail|foxmail|aol|msn|zoho|yandex)\./;

/**
 * Two people of one firm by their addresses; the domains of public mail services say nothing.
 * @param {Person} left @param {Person} right
 */
export function sharesDomain(left, right) {
  const domain = left.email?.split("@")[1] ?? "";
  return domain !== "" && !PUBLIC_MAIL.test(domain) && right.email?.split("@")[1] === domain;
}

const LONGEST_LABELLED = 160, LEAST_LONG = 40;

/** Longer than a person's and no sentence. @param {string} name */
function isLongName(name) {
  return name.length >= LEAST_LONG && !/[.!?。！？;；]|https?:/.test(name);
}

/**
 * Adds whom the values name; what they say of somebody known already is added to them.
 * @param {Person[]} people @param {string[]} values @param {string | null} [alias] what else they are known by @param {boolean} [labelled] a label says that it is a person's, however long: a department is called so
 */
export function addPeople(people, values, alias = null, labelled = false) {
  for (const value of values) {
    const text = value.replace(/\s+/g, " ").trim();
    if (text === "" || text.length > (labelled ? LONGEST_LABELLED : 100) || NOBODY.test(text) || LEAVE_WORDS.test(text) || FIELD_VALUE.test(text) || FIELD_NAME.test(text) || FIELD_TAIL_ZH.test(text) || headPart(text) !== null || isTimeText(text)) continue;
    const person = parsePerson(text);
    if (person?.name && person.email !== null && NOBODY.test(person.name)) person.name = null;
    if (!person || (person.name !== null && !isNameLike(person.name) && person.email === null && !(labelled && isLongName(person.name)))) continue;
    if (alias !== null) person.aliases.push(alias);
    const known = people.find((other) => samePerson(other, person));
    if (!known) people.push(person);
    else {
      known.name ??= person.name;
      known.email ??= person.email;
      known.aliases = [...new Set([...known.aliases, ...person.aliases])];
    }
  }
}
