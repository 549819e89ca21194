// @ts-check
/**
 * Owns how the customer can be reached, as the page shows it beside the messages: labelled numbers and addresses, tel: links, a number as a
 * call's title. Where the page shows several, none is taken. Does not know who the customer is.
 */

/** @typedef {{ phones: string[], emails: string[] }} Reach as the page writes them */
/** @typedef {import("./people.js").Person} Person */

const PHONE_LABEL = /^(?:(?:mobile|cell|home|work|customer|contact|caller(?:'s)?)? ?(?:tele)?(?:phone|mobile|cell|tel)(?: ?(?:number|no\.?|#))?|caller ?(?:id|number)|calling (?:from|number)|(?:来电|主叫)(?:号码)?|(?:客户|联系|移动|手机)?(?:电话|手机)(?:号码?)?|联系方式)\s*[:：]?$/i;
const EMAIL_LABEL = /^(?:(?:customer |contact )?e-?mail(?: address)?|(?:客户|联系)?(?:电子)?(?:邮箱|邮件)(?:地址)?)\s*[:：]?$/i;
const PHONE = /^\+?[\d(][\d\s().\-–/]{5,24}(?:\s*(?:ext\.?|x|转)\s*\d{1,6})?$/i;
const WHOLE_EMAIL = /^[\w.+'-]+@[\w-]+(?:\.[\w-]+)+$/;
const LEAST_DIGITS = 7;

/** @param {string} label */
export function namesReach(label) {
  return PHONE_LABEL.test(label) || EMAIL_LABEL.test(label);
}

/** Takes of the values what is a number or an address as a whole. @param {Reach} reach @param {string[]} values */
export function addReach(reach, values) {
  for (const value of values.map((raw) => raw.replace(/\s+/g, " ").trim())) {
    if (isPhone(value)) reach.phones.push(value);
    else if (WHOLE_EMAIL.test(value)) reach.emails.push(value.toLowerCase());
  }
}

/** @param {string} text */
function isPhone(text) {
  return PHONE.test(text) && text.replace(/\D/g, "").length >= LEAST_DIGITS;
}

/**
 * The one number and the one address that are the customer's.
 * @param {Reach} reach @param {Person | null} requester @param {string[]} headings over the list @param {string[]} agents addresses of the desk's own people
 * @returns {{ phone: string | null, email: string | null }}
 */
export function reachOf(reach, requester, headings, agents) {
  const emails = new Set(reach.emails.filter((email) => !agents.includes(email)));
  /** The same number twice, written in two ways, is one. @type {Map<string, string>} */
  const phones = new Map();
  for (const phone of [...headings.filter(isPhone), ...reach.phones]) {
    const end = phone.replace(/\D/g, "").slice(-LEAST_DIGITS);
    if (!phones.has(end)) phones.set(end, phone);
  }
  return { phone: only(phones.values()), email: requester?.email ?? only(emails.values()) };
}

/** @param {Iterable<string>} values */
function only(values) {
  const [first, second] = values;
  return second === undefined ? (first ?? null) : null;
}

/** Addresses of the desk's own people, as far as the page shows them. @param {import("./context.js").PageFacts} facts @param {Person | null} requester */
export function agentEmails(facts, requester) {
  const emails = [...facts.accounts, ...facts.menus, ...facts.owners].flatMap((person) => person.email ?? []);
  return [...new Set(emails)].filter((email) => email !== requester?.email);
}
