// @ts-check
/**
 * Owns the search for the element whose children are the messages: repeating siblings with text and time, groups and day sections flattened.
 * Proposes lists with their units; whether the page is a conversation is decided in gate.js.
 */
import { composedElements, composedParent, cornerRadius, hasColumnTitles, holdsShadow, isControl, isPutAway, isSkipped, isVisible, sight, styleOf } from "./dom.js";
import { isFileText } from "./attachments.js";
import { attributeTime, isTimeText, timeInside } from "./times.js";
import { bubbleSurface, unitId } from "./bodies.js";
import { saidLength } from "./text.js";
import { unitRuns } from "./runs.js";

/**
 * @typedef {import("./bodies.js").Unit} Unit
 * @typedef {object} ElementFacts
 * @property {number} text visible words outside controls, as long as they say (text.js)
 * @property {number} links of which in links
 * @property {number} times
 * @property {number} fields form controls for typing
 * @typedef {object} ListCandidate
 * @property {Element} list
 * @property {number} rough
 */

const OUTSIDE_ROLES = /^(?:navigation|search|banner|contentinfo|menu|menubar|toolbar|tablist|listbox|tree)$/;
const MAX_ELEMENTS = 60_000;
/** A page keeps no more panels than this side by side; longer lists hold rows, which may be on their way in. */
const FEW_PANELS = 12;
const NEAR_ANCHOR = 3;
const NAMED_PICTURE = "[role=img][aria-label], img[alt]:not([alt=''])";

/** No place of messages; what holds a log or a box to write in is one, whatever it is called. @param {Element} element */
function isOutside(element) {
  return (OUTSIDE_ROLES.test(element.getAttribute("role") ?? "") || isControl(element)) && element.querySelector("[role=log], textarea") === null;
}

/**
 * Facts of every visible element that may hold messages, measured in one pass.
 * @param {Document} doc @param {number} now_ms
 * @returns {Map<Element, ElementFacts>}
 */
export function measurePage(doc, now_ms) {
  /** @type {Map<Element, ElementFacts>} */
  const facts = new Map();
  let left = MAX_ELEMENTS;
  /** @param {Element} element @param {boolean} inLink @returns {ElementFacts | null} */
  const measure = (element, inLink) => {
    if (left-- <= 0 || isSkipped(element)) return null;
    const tag = element.tagName;
    const typed = tag === "TEXTAREA" || (tag === "INPUT" && !/^(?:hidden|button|submit|checkbox|radio|image|reset)$/.test(element.getAttribute("type") ?? "")) || element.getAttribute("contenteditable") === "true";
    if (typed) return { text: 0, links: 0, times: 0, fields: 1 };
    if (tag === "NAV" || tag === "FOOTER" && element.parentElement === doc.body || isOutside(element)) return null;
    if (!isVisible(element)) return null;
    const own = { text: 0, links: 0, times: 0, fields: 0 };
    const link = inLink || tag === "A";
    for (const node of element.childNodes) {
      if (node.nodeType !== 3) continue;
      const text = (node.nodeValue ?? "").trim();
      if (text === "") continue;
      if (isTimeText(text) || (text.length < 80 && timeInside(text) !== null)) own.times++;
      else {
        const said = saidLength(text);
        own.text += said;
        if (link) own.links += said;
      }
    }
    if (own.times === 0 && (tag === "TIME" || (element.childElementCount === 0 && element.hasAttribute("title")))) if (attributeTime(element, now_ms) !== null) own.times++;
    for (const child of composedElements(element)) {
      const inner = measure(child, link);
      if (!inner) continue;
      own.text += inner.text;
      own.links += inner.links;
      own.times += inner.times;
      own.fields += inner.fields;
    }
    facts.set(element, own);
    return own;
  };
  if (doc.body) measure(doc.body, false);
  return facts;
}

/**
 * The likeliest lists, best first: elements whose children carry text, most of them with a time of their own. Those nearest to the
 * anchors are always among them, however little they hold beside others.
 * @param {Map<Element, ElementFacts>} facts
 * @param {number} limit
 * @param {Element[]} [anchors] where the agent writes: what has the focus, a reply box
 * @returns {ListCandidate[]}
 */
export function proposeLists(facts, limit, anchors = []) {
  /** @type {ListCandidate[]} */
  const found = [];
  for (const [element, own] of facts) {
    if (own.text < 2 || /^(?:P|SPAN|A|TR|H[1-6]|PRE|CODE|BLOCKQUOTE|FORM|LABEL)$/.test(element.tagName)) continue;
    let rough = 0, kids = 0;
    for (const child of composedElements(element)) {
      const inner = facts.get(child);
      if (!inner || inner.text + inner.times === 0) continue;
      kids++;
      const share = Math.min(inner.text, 160) / 160;
      const linked = inner.text > 0 && inner.links / inner.text > 0.75 ? 0.4 : 1;
      const typed = inner.fields > 1 ? 0.3 : 1;
      rough += (0.25 + share) * (inner.times > 0 ? 1 : 0.35) * linked * typed;
    }
    const log = element.getAttribute("role") === "log" || element.getAttribute("role") === "feed" || element.getAttribute("aria-live") === "polite";
    if (kids >= 1) found.push({ list: element, rough: Math.log2(1 + rough) * (log ? 1.3 : 1) + Math.min(own.times, 4) * 0.1 });
  }
  found.sort((left, right) => right.rough - left.rough);
  const seen = sight();
  /** @type {ListCandidate[]} */
  const best = [];
  const innermost = withoutWrappers(found, facts);
  for (const candidate of innermost) {
    if (best.length === limit) break;
    if (seen(candidate.list)) best.push(candidate);
  }
  for (const candidate of anchors.flatMap((anchor) => nearest(innermost, anchor))) if (!best.includes(candidate) && seen(candidate.list)) best.push(candidate);
  return best;
}

/**
 * The candidates in the smallest surroundings of an anchor that hold any.
 * @param {ListCandidate[]} candidates @param {Element} anchor
 */
function nearest(candidates, anchor) {
  for (let at = composedParent(anchor), depth = 0; at && depth < 8 && at.tagName !== "BODY"; at = composedParent(at), depth++) {
    const around = at;
    const inside = candidates.filter(({ list }) => list !== around && around.contains(list));
    if (inside.length > 0) return inside.slice(0, NEAR_ANCHOR);
  }
  return [];
}

/**
 * Of a chain of single-child wrappers only the innermost stays; what has a portrait or the like with a name beside its child is a row.
 * @param {ListCandidate[]} found @param {Map<Element, ElementFacts>} facts
 */
function withoutWrappers(found, facts) {
  const speaks = (/** @type {Element} */ child) => (facts.get(child)?.text ?? 0) + (facts.get(child)?.times ?? 0) > 0;
  return found.filter(({ list }) => {
    const kids = composedElements(list).filter(speaks);
    const only = kids.length === 1 ? kids[0] : undefined;
    return !only || composedElements(only).filter((child) => speaks(child) || child.querySelector(NAMED_PICTURE) !== null).length !== 1;
  });
}

/**
 * What was read of rows and groups, until their elements change.
 * @typedef {object} RowMemory
 * @property {WeakMap<Element, Unit>} units
 * @property {WeakMap<Element, FlatRow[]>} groups
 * @property {(child: Element) => FlatRow[]} [open] how a child of a taught list is taken as rows
 * @typedef {{ element: Element, headerOnly: boolean }} FlatRow
 */

/** @returns {RowMemory} */
export function emptyMemory() {
  return { units: new WeakMap(), groups: new WeakMap() };
}

/**
 * The units of a list in visual order, groups and sections opened.
 * @param {Element} list @param {number} now_ms @param {RowMemory} memory @param {number} [sample] at most so many rows from each end
 * @returns {Unit[]}
 */
export function listUnits(list, now_ms, memory, sample = Infinity) {
  /** @type {FlatRow[]} */
  const flat = [];
  const children = composedElements(list), main = list.querySelector("main, [role=main]");
  for (const child of bothEnds(children, sample)) {
    if (children.length <= FEW_PANELS && isVisible(child) && isPutAway(child)) continue;
    const known = memory.units.get(child);
    const group = sample === Infinity ? memory.groups.get(child) : undefined;
    if (known && !known.headerOnly && isVisible(child)) flat.push({ element: child, headerOnly: false });
    else if (group && isVisible(child)) flat.push(...group);
    else if (hasContent(child)) {
      /** @type {FlatRow[]} */
      const rows = [];
      if (memory.open) rows.push(...memory.open(child));
      else openGroup(child, rows, 0, sample);
      if (sample === Infinity && rows.length > 1) memory.groups.set(child, rows);
      flat.push(...rows);
    }
  }
  /** @type {Unit[]} */
  const units = [];
  for (const { element, headerOnly } of flat) {
    // What holds the page's main part has no rows beside it.
    if (main && !main.contains(element) && !element.contains(main) && isVisible(main)) continue;
    let unit = memory.units.get(element);
    if (!unit || unit.headerOnly !== headerOnly) {
      unit = { element, headerOnly, runs: unitRuns(element, now_ms) };
      memory.units.set(element, unit);
    }
    if (unit.runs.length > 0) units.push(unit);
  }
  return inVisualOrder(units, list);
}

/** @template T @param {T[]} items @param {number} sample */
function bothEnds(items, sample) {
  return items.length > sample * 2 ? [...items.slice(0, sample), ...items.slice(-sample)] : items;
}

/** @param {Element} element */
function textChildren(element) {
  return composedElements(element).filter(hasContent);
}

/** @param {Element} child */
function hasContent(child) {
  return (!isSkipped(child) && !/^(?:TEXTAREA|INPUT|SELECT|BUTTON)$/.test(child.tagName) && isVisible(child) && ((child.textContent ?? "").trim() !== "" || /^(?:IFRAME|SLOT)$/.test(child.tagName) || child.querySelector("img, iframe, slot") !== null || holdsShadow(child)));
}

/** @param {Element} element @param {FlatRow[]} flat @param {number} depth @param {number} sample */
export function openGroup(element, flat, depth, sample) {
  const inner = depth < 3 ? innerList(element) : null;
  if (!inner) {
    flat.push({ element, headerOnly: false });
    return;
  }
  /** @param {Element} at */
  const open = (at) => {
    for (const child of textChildren(at)) {
      if (child === inner) openRows(inner, flat, depth, sample);
      else if (child.contains(inner)) open(child);
      else if (at === element || !looksLikeUnit(child)) flat.push({ element: child, headerOnly: true });
    }
  };
  if (inner === element) openRows(inner, flat, depth, sample);
  else open(element);
}

/** The rows of a group's inner list; what stands over them as one of another kind is their head. @param {Element} inner @param {FlatRow[]} flat @param {number} depth @param {number} sample */
function openRows(inner, flat, depth, sample) {
  const [head, ...rows] = bothEnds(textChildren(inner), sample);
  const headed = head !== undefined && rows.length > 1 && rows.every((row) => unlikeByClass(head, row)) && rows.some((row) => rows.some((other) => row !== other && sharesClass(row, other)));
  if (head && headed && hasOwnTime(head)) flat.push({ element: head, headerOnly: true });
  else if (head) openGroup(head, flat, depth + 1, sample);
  for (const row of rows) openGroup(row, flat, depth + 1, sample);
}

/**
 * The element inside a group that holds two or more rows which each look like a message of their own.
 * @param {Element} group
 * @returns {Element | null}
 */
function innerList(group) {
  /** @type {Element[]} */
  let level = [group];
  for (let depth = 0; depth < 5 && level.length > 0; depth++) {
    /** @type {Element[]} */
    const next = [];
    for (const element of level) {
      if (/^(?:P|TR|TABLE|BLOCKQUOTE|PRE|A)$/.test(element.tagName) && depth === 0) continue;
      if (element.tagName === "TABLE" && hasColumnTitles(element)) continue;
      const all = textChildren(element);
      const kids = bothEnds(all, 30);
      const rows = kids.filter(looksLikeUnit);
      const first = rows.find((row) => rows.filter((other) => alike(row, other)).length >= 2);
      const same = first ? rows.filter((row) => alike(first, row)) : [];
      const rowsText = same.reduce((sum, row) => sum + (row.textContent ?? "").length, 0);
      const [one, other] = same;
      const headAndBody = same.length === 2 && one !== undefined && other !== undefined && unlikeByClass(one, other);
      if (same.length >= 2 && !headAndBody && same.length >= rows.length * 0.6 && rowsText * (all.length / kids.length) >= (group.textContent ?? "").length * 0.5) return element;
      next.push(...kids);
    }
    level = next.length > 24 ? [] : next;
  }
  return null;
}

/** Both have class words and none in common: a head and a body, where there are but two. @param {Element} left @param {Element} right */
function unlikeByClass(left, right) {
  return left.classList.length > 0 && right.classList.length > 0 && !sharesClass(left, right);
}

/** @param {Element} left @param {Element} right */
export function sharesClass(left, right) {
  return [...left.classList].some((word) => right.classList.contains(word));
}

/**
 * Siblings of one kind: same tag, and a class word in common or children of the same tags; parts of a page have names of their own.
 * @param {Element} left @param {Element} right
 */
export function alike(left, right) {
  if (left === right) return true;
  if (left.tagName !== right.tagName || left.getAttribute("role") !== right.getAttribute("role")) return false;
  if (sharesClass(left, right)) return true;
  if (left.id !== "" && right.id !== "" && !/\d/.test(left.id + right.id)) return false;
  if ((left.classList.length === 0) !== (right.classList.length === 0)) return false;
  const tags = (/** @type {Element} */ element) => new Set([...element.children].map((child) => child.tagName));
  const [ours, theirs] = [tags(left), tags(right)];
  const common = [...ours].filter((tag) => theirs.has(tag)).length;
  return common >= Math.max(ours.size, theirs.size) * 0.5;
}

/** @param {Element} element */
function looksLikeUnit(element) {
  if (/^(?:P|SPAN|BR|TD|TH|A|B|I|EM|STRONG|CODE|H[1-6]|DT|DD|TIME|LABEL|IMG)$/.test(element.tagName)) return false;
  const text = (element.textContent ?? "").trim();
  if (text.length < 1 || text.length > 20_000 || isFileText(text)) return false;
  const isBubbleRow = () => element.tagName !== "TR" && element.tagName !== "LI" && surfaceInside(element);
  if (isTimeText(text)) return isBubbleRow();
  const role = element.getAttribute("role");
  if (element.tagName === "ARTICLE" || role === "article" || role === "listitem" || role === "row") return hasOwnTime(element) || text.length > 0 && role !== null;
  if (saysWhen(element)) return true;
  if (hasOwnTime(element) && text.length > 12 && (text.length > 60 || saysMoreThanTime(element))) return true;
  if (element.tagName !== "LI" && unitId(element) !== null && [element.previousElementSibling, element.nextElementSibling].some((other) => other !== null && unitId(other) !== null)) return true;
  return isBubbleRow();
}

/** It, or all that is in it, is labelled with who said it when. @param {Element} element */
function saysWhen(element) {
  for (let at = /** @type {Element | undefined} */ (element), depth = 0; at && depth < 3; at = at.children.length === 1 ? at.children[0] : undefined, depth++) {
    const label = at.getAttribute("aria-label") ?? "";
    if (/^(?:group|article|listitem)$/.test(at.getAttribute("role") ?? "") && label.length < 120 && timeInside(label) !== null) return true;
  }
  return false;
}

/** Whether it shows words beside its times: a name that is there and not shown is none. @param {Element} element @returns {boolean} */
function saysMoreThanTime(element) {
  if (!isVisible(element)) return false;
  return [...element.childNodes].some((node) => {
    if (node.nodeType === 1) return saysMoreThanTime(/** @type {Element} */ (node));
    const text = (node.nodeValue ?? "").trim();
    return node.nodeType === 3 && text !== "" && !isTimeText(text);
  });
}

/** @param {Element} element */
function hasOwnTime(element) {
  if (element.querySelector("time") !== null) return true;
  const stack = [element];
  let budget = 60;
  while (stack.length > 0 && budget-- > 0) {
    const at = /** @type {Element} */ (stack.pop());
    for (const child of at.children) stack.push(child);
    if (at.childElementCount === 0 && isTimeText((at.textContent ?? "").trim())) return true;
    for (const node of at.childNodes) if (node.nodeType === 3 && isTimeText((node.nodeValue ?? "").trim())) return true;
  }
  return false;
}

/** A bubble: the element or the single chain below it stands on a rounded surface of its own. @param {Element} element */
function surfaceInside(element) {
  /** @type {Element | null} */
  let at = element;
  const most = (element.textContent ?? "").length * 0.6;
  for (let depth = 0; at && depth < 4; depth++) {
    const style = styleOf(at);
    if (cornerRadius(style) >= 4 && bubbleSurface(at, at) !== "" && parseFloat(style.paddingLeft) >= 4 && (at.textContent ?? "").trim().length > 0 && !/^(?:IMG|BUTTON)$/.test(at.tagName)) return true;
    const kids = textChildren(at);
    at = kids.length === 1 ? kids[0] ?? null : kids.find((kid) => (kid.textContent ?? "").length > most) ?? null;
  }
  return false;
}

/**
 * Rows as the eye meets them, top to bottom: `column-reverse` and recycled, absolutely placed rows come out right.
 * @param {Unit[]} units @param {Element} list
 */
function inVisualOrder(units, list) {
  const tops = units.map((unit) => offsetTop(unit.element, list));
  const order = units.map((_, at) => at);
  const sorted = tops.every((top, at) => at === 0 || top >= /** @type {number} */ (tops[at - 1]) - 1);
  if (sorted) return units;
  order.sort((left, right) => /** @type {number} */ (tops[left]) - /** @type {number} */ (tops[right]) || left - right);
  return order.map((at) => /** @type {Unit} */ (units[at]));
}

/** @param {Element} element @param {Element} list */
function offsetTop(element, list) {
  if (element.ownerDocument === list.ownerDocument) return element.getBoundingClientRect().top;
  const frame = element.ownerDocument.defaultView?.frameElement;
  return element.getBoundingClientRect().top + (frame ? frame.getBoundingClientRect().top : 0);
}

/**
 * The smallest scrolled or bordered ancestor that frames the list: the conversation's panel.
 * @param {Element} list
 */
export function panelOf(list) {
  let at = /** @type {Element | null} */ (list);
  for (let depth = 0; at && depth < 12; depth++) {
    const role = at.getAttribute("role");
    if (at.tagName === "MAIN" || role === "main" || role === "dialog" || role === "tabpanel" || at.tagName === "BODY") return at;
    at = composedParent(at);
  }
  return at ?? list;
}
