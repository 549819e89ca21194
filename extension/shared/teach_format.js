// @ts-check
/**
 * Owns the form of a taught locator: what may stand in one and how large it may be. The sync API checks the same. There is no field for anything that
 * a customer or an agent wrote: signs are names of tags, roles and attributes out of a fixed grammar, or hashes.
 *
 * @typedef {[sign: string, share: number][]} SignShares share: of the rows that had it, 0–1
 * @typedef {[sign: string, present: number, absent: number][]} RoleVotes above 0 for the customer, below for the agent
 * @typedef {"above" | "below" | "inside" | "beside"} BoxPlace
 * @typedef {object} Locator
 * @property {1} format
 * @property {string} site origin of the desk
 * @property {string} path of the page it was taught on, numbers and names as "*"
 * @property {number} made_at_ms
 * @property {SignShares} list
 * @property {SignShares[]} rows one entry for each kind of row
 * @property {RoleVotes} roles
 * @property {{ signs: SignShares, place: BoxPlace } | null} box the reply box
 * @property {boolean} opens rows may be groups of messages
 * @property {boolean} headed lines between the rows name writers and times
 * @property {boolean} page_names the names on the taught page already gave the right roles
 * @property {number} points how much the taught page looks like a conversation by itself
 */

export const LOCATOR_FORMAT = 1;
export const MOST_SIGNS = 120;
const MOST_ROW_KINDS = 4;
const SIDE_VALUE = "in|out|incoming|outgoing|inbound|outbound|received|sent|left|right|start|end|me|self|own|mine|other|theirs|them|user|customer|client|visitor|contact|requester|buyer|guest|agent|operator|staff|admin|seller|support|bot|system|note|private|public|internal|true|false|0|1|2";
/** Values that name a direction or a side, the only ones ever kept. */
export const SIDE_VALUES = new RegExp(`^(?:${SIDE_VALUE})$`);
const SIGN = new RegExp(`^(?:\\.\\.)?\\^?(?:<[a-z][a-z0-9-]{0,30}>|role=[a-z]{3,20}|\\[(?:data|aria)-[a-z]+(?:-[a-z]+)*\\]|\\[data-[a-z]+(?:-[a-z]+)*=(?:${SIDE_VALUE})\\]|\\[dir=(?:ltr|rtl|auto)\\]|\\.[a-z0-9]{1,8}|side=(?:left|right)|surface=[0-9a-f]{6}|author|time|picture|badge|status|field|numbered|surface|bold|heading|small|centred|inline|leaf|two parts|many parts|scrolls|textarea|editable|frame|input|labelled|placeholder|tall|wide|narrow)$`);
const PATH = /^\/(?:(?:[A-Za-z][A-Za-z_-]{0,23}|\*)(?:\/\*)?)?(?:#\/(?:(?:[A-Za-z][A-Za-z_-]{0,23}|\*)(?:\/\*)?)?)?$/;

/**
 * Null where the value is no locator; never throws.
 * @param {unknown} value
 * @returns {Locator | null}
 */
export function asLocator(value) {
  if (!isObject(value)) return null;
  const { format, site, path, made_at_ms, list, rows, roles, box, opens, headed, page_names, points, ...rest } = value;
  if (Object.keys(rest).length > 0 || format !== LOCATOR_FORMAT || !isOrigin(site) || typeof path !== "string" || !PATH.test(path)) return null;
  if (![opens, headed, page_names].every((flag) => typeof flag === "boolean")) return null;
  if (!isNumber(made_at_ms, 0, 1e14) || !isNumber(points, -100, 100) || !areShares(list)) return null;
  if (!Array.isArray(rows) || rows.length === 0 || rows.length > MOST_ROW_KINDS || !rows.every(areShares)) return null;
  if (!Array.isArray(roles) || roles.length > MOST_SIGNS || !roles.every((vote) => isEntry(vote, 3, -10, 10))) return null;
  if (box !== null && (!isObject(box) || Object.keys(box).length !== 2 || !areShares(box.signs) || !/^(?:above|below|inside|beside)$/.test(String(box.place)))) return null;
  return /** @type {Locator} */ (/** @type {unknown} */ (value));
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @param {unknown} value */
function isOrigin(value) {
  if (typeof value !== "string" || value.length > 255 || !URL.canParse(value)) return false;
  const { origin, protocol } = new URL(value);
  return origin === value && /^https?:$/.test(protocol);
}

/** @param {unknown} value @param {number} least @param {number} most */
function isNumber(value, least, most) {
  return typeof value === "number" && value >= least && value <= most;
}

/** @param {unknown} value @returns {value is SignShares} */
function areShares(value) {
  return Array.isArray(value) && value.length <= MOST_SIGNS && value.every((entry) => isEntry(entry, 2, 0, 1));
}

/** A sign and the numbers that belong to it. @param {unknown} value @param {number} length @param {number} least @param {number} most */
function isEntry(value, length, least, most) {
  if (!Array.isArray(value) || value.length !== length) return false;
  const [sign, ...numbers] = value;
  return typeof sign === "string" && sign.length <= 48 && SIGN.test(sign) && numbers.every((number) => isNumber(number, least, most));
}

/**
 * What kind of page an address is: the first step of its path and of its route, never more, since further steps may name a person.
 * @param {{ pathname: string, hash: string }} address
 */
export function pathPattern({ pathname, hash }) {
  const route = /^#!?\//.test(hash) ? hash.replace(/^#!?/, "").replace(/[?&].*$/, "") : "";
  return firstStep(pathname) + (route === "" ? "" : `#${firstStep(route)}`);
}

/** @param {string} path */
function firstStep(path) {
  const steps = path.split("/").filter((step) => step !== "");
  const first = steps[0] ?? "";
  if (first === "") return "/";
  return `/${/^[A-Za-z][A-Za-z_-]{0,23}$/.test(first) ? first : "*"}${steps.length > 1 ? "/*" : ""}`;
}
