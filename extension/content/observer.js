// @ts-check
/**
 * Owns noticing that the page changed: mutations through shadow roots and frames, addresses that change without a load, and how often reading is worth its cost.
 * Patches nothing of the page; calls back only when a reading differs.
 */
import { composedContains, innerScopes, isVisible } from "./dom.js";
import { createNoise } from "./noise.js";
import { createReader } from "./reader.js";
import { isOtherConversation, isOtherRows, keepTimes, sameReading, sharedMessages } from "./readings.js";

/**
 * @typedef {import("./reader.js").PageReading} PageReading
 * @typedef {object} WatchOptions
 * @property {Document} [doc]
 * @property {(cost: { kind: "whole" | "rows", cost_ms: number }) => void} [onCost] for benchmarks
 * @property {(list: Element | null) => void} [onLook] after each look at the whole page, with the element whose rows are the messages
 * @typedef {(() => void) & { stillShown: () => boolean }} Watch stops; `stillShown` looks at once whether the page shows the conversation that was told of last
 */

const ROWS_QUIET_MS = 12;
const ROWS_MIN_MS = 30;
const ROWS_MAX_MS = 700;
/** Rows whose attributes alone changed brought no words: they may wait until their share of the time allows it. */
const ROWS_PATIENT_MS = 5_000;
/** Looks at rows may run ahead of their share by this much, so that a message that comes alone is shown at once. */
const ROWS_AHEAD_MS = 1_500;
const WHOLE_QUIET_MS = 120;
const WHOLE_MIN_MS = 350;
const WHOLE_SETTLED_MS = 900;
const WHOLE_MAX_MS = 6_000;
/** Whole looks may run ahead of their share by this much, so that a quiet page is answered at once. */
const WHOLE_AHEAD_MS = 6_000;
const COST_SHARE = 50;
/** More than this is never owed. */
const DEBT_MS = 20_000;
/** Text this long outside the known list may be the conversation itself, arriving late. */
const LATE_TEXT = 20;
const SEARCH_AGAIN_MS = 20_000;
/** A search of the whole page gives the page its turn after this much work. */
const TURN_MS = 6;
/** For so long the same messages under another name are taken for a page between two views: the address has changed, what it names is still on its way. */
const BETWEEN_MS = 10_000;
/** A search of a page that puts another list into the place of what was found is begun again so often. */
const MOST_SEARCHES = 3;
/** What changes all the time is looked at so often. */
const NOISE_ROWS_MS = 3_000;
const NOISE_WHOLE_MS = 15_000;
const ADDRESS_MS = 250;
const ROOTS_MS = 1_500;
const WATCHED_ATTRIBUTES = ["class", "style", "hidden", "open", "aria-selected", "aria-hidden", "aria-pressed", "aria-checked", "aria-current", "disabled"];

/**
 * Calls `onReading` with the first reading, null where there is none, then with each that differs from the last one, null when a conversation was left.
 * @param {(reading: PageReading | null) => void} onReading
 * @param {WatchOptions} [options]
 * @returns {Watch}
 */
export function watchPage(onReading, options = {}) {
  const doc = options.doc ?? document;
  const reader = createReader(doc);
  /** @type {PageReading | null} */
  let last = null;
  /** The list that `last` was read from. @type {Element | null} */
  let source = null;
  let nulls = 0;
  let told = false;
  let stopped = false;
  /** A whole look is under way, in turns with the page. */
  let looking = false;
  /** What changed while a search was under way. @type {Set<Node>} */
  let meanwhile = new Set();
  let searches = 0;
  /** Since when the page has shown what was told of under another name. */
  let between_ms = Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let betweenTimer;
  /** Words of the known rows changed since they were told of. */
  let rowsChanged = false;
  let address = doc.location?.href ?? "";
  /** Where the page was when its rows last changed. */
  let rowsAddress = address;
  /** @type {Set<Node>} */
  let dirty = new Set();
  let wholeWanted = true;
  let searchWanted = true;
  let searched_ms = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let dueAt_ms = Infinity;
  const rows = createBudget(ROWS_AHEAD_MS);
  const wholes = createBudget(WHOLE_AHEAD_MS);
  const noise = createNoise();
  /** Something other than attributes changed in the known rows. */
  let wordsChanged = false;
  /** @type {Set<Node>} */
  let noisyRows = new Set();
  let noisyWhole = false;
  let noisyRows_ms = -Infinity, noisyWhole_ms = -Infinity;
  /** What changes all the time has its turn, too. */
  const hearNoise = () => {
    const now_ms = performance.now();
    if (noisyRows.size > 0 && now_ms - noisyRows_ms >= NOISE_ROWS_MS) {
      for (const node of noisyRows) dirty.add(node);
      noisyRows = new Set();
      noisyRows_ms = now_ms;
    }
    if (noisyWhole && now_ms - noisyWhole_ms >= NOISE_WHOLE_MS) {
      wholeWanted = true;
      noisyWhole = false;
      noisyWhole_ms = now_ms;
    }
  };

  /** @param {MutationRecord[]} records */
  const hear = (records) => {
    const list = reader.list();
    const now_ms = performance.now();
    const href = doc.location?.href ?? "";
    for (const record of records) {
      if (isOurs(record)) continue;
      const noisy = noise.isNoise(record.target, now_ms);
      if (looking && !noisy) meanwhile.add(record.target);
      if (record.type !== "attributes" && (!list?.isConnected || composedContains(list, record.target) || record.target.contains(list))) rowsAddress = href;
      if (list && list.isConnected && (record.target === list || composedContains(list, record.target))) {
        if (noisy) {
          noisyRows.add(record.target);
          continue;
        }
        dirty.add(record.target);
        if (record.type !== "attributes") wordsChanged = rowsChanged = true;
      } else if (record.type !== "attributes" || list === null || record.attributeName !== "style") {
        if (noisy) {
          noisyWhole = true;
          continue;
        }
        wholeWanted = true;
        if (bringsText(record)) searchWanted = true;
      }
    }
  };
  const observer = new MutationObserver((records) => {
    hear(records);
    plan();
  });
  /** @type {Set<Node>} */
  const roots = new Set();
  const watchRoots = () => {
    for (const root of roots) if (!root.isConnected) roots.delete(root);
    for (const root of [doc, ...innerRoots(doc)]) {
      if (roots.has(root)) continue;
      roots.add(root);
      observer.observe(root, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: WATCHED_ATTRIBUTES });
      if (root !== doc) wholeWanted = true;
    }
  };

  const wholeAllowed_ms = () => wholes.allowed_ms(last === null ? WHOLE_MIN_MS : WHOLE_SETTLED_MS, WHOLE_MAX_MS);

  /** When the next reading is due, given what is wanted and what the last ones cost. */
  const plan = () => {
    if (stopped || looking || doc.visibilityState === "hidden") return;
    const now_ms = performance.now();
    let wanted_ms = Infinity;
    if (dirty.size > 0) wanted_ms = Math.max(now_ms + ROWS_QUIET_MS, rows.allowed_ms(ROWS_MIN_MS, wordsChanged ? ROWS_MAX_MS : ROWS_PATIENT_MS));
    if (wholeWanted) wanted_ms = Math.min(wanted_ms, Math.max(now_ms + WHOLE_QUIET_MS, wholeAllowed_ms()));
    if (wanted_ms === Infinity || dueAt_ms <= wanted_ms + 1) return;
    clearTimeout(timer);
    dueAt_ms = wanted_ms;
    timer = setTimeout(look, Math.max(0, wanted_ms - now_ms));
  };

  const look = async () => {
    if (stopped || looking) return;
    looking = true;
    dueAt_ms = Infinity;
    const wholeDue = wholeWanted && performance.now() >= wholeAllowed_ms() - 5;
    try {
      if (last !== null && dirty.size > 0 && !wholeDue) await lookAtRows();
      else if (wholeWanted || dirty.size > 0) await lookAtAll();
    } finally {
      looking = false;
      plan();
    }
  };
  const lookAtRows = async () => {
    const start_ms = performance.now();
    const changed = dirty;
    dirty = new Set();
    wordsChanged = false;
    const reading = reader.refresh(changed);
    const cost_ms = performance.now() - start_ms;
    rows.spend(cost_ms);
    options.onCost?.({ kind: "rows", cost_ms });
    if (reading === undefined || (reading && last && isOtherConversation(last, reading))) {
      searchWanted = true;
      await lookAtAll();
    } else tell(reading);
  };
  const lookAtAll = async () => {
    const start_ms = performance.now();
    const startAddress = address;
    const changed = dirty;
    const fresh = searchWanted || (start_ms - searched_ms > SEARCH_AGAIN_MS && !reader.list()?.isConnected) || (isElsewhere(source, reader.list()) && isVisible(source));
    wholeWanted = false;
    wordsChanged = false;
    dirty = new Set();
    let reading = last === null || fresh ? undefined : reader.review(changed);
    let cost_ms = performance.now() - start_ms;
    if (!reading) {
      searchWanted = false;
      meanwhile = new Set();
      const search = await inTurns(reader.readInSteps(), () => stopped || address !== startAddress);
      if (!search) return;
      reading = search.result;
      cost_ms += search.cost_ms;
      searched_ms = performance.now();
      hear(observer.takeRecords());
      if (reading && meanwhile.size > 0) {
        // Its parts are of different moments: what was found is read again in one go.
        const review_ms = performance.now();
        const now = reader.review(meanwhile);
        cost_ms += performance.now() - review_ms;
        if (now === undefined && ++searches < MOST_SEARCHES) {
          wholeWanted = searchWanted = true;
          return;
        }
        reading = now ?? reading;
      }
      searches = 0;
    }
    wholes.spend(cost_ms);
    options.onCost?.({ kind: "whole", cost_ms });
    tell(reading);
    options.onLook?.(reader.list());
  };

  /** A page between two views shows nothing for a moment: only a second null says that the conversation was left. @param {PageReading | null} reading */
  const tell = (reading) => {
    if (reading === null) {
      nulls++;
      if (last === null) {
        if (!told) onReading(null);
        told = true;
        return;
      }
      if (nulls < 2) {
        wholeWanted = true;
        return;
      }
      last = null;
      onReading(null);
      return;
    }
    nulls = 0;
    const list = reader.list();
    if (last && last.conversation.id === reading.conversation.id && isElsewhere(source, list) && !isVisible(source) && sharedMessages(last, reading) === 0) {
      // Another tab of the same ticket covers the conversation: what was read still stands.
      reading = { ...last, reply_box: reading.reply_box };
    } else {
      if (last && isBetween(last, reading, list)) return;
      source = list;
    }
    clearTimeout(betweenTimer);
    between_ms = Infinity;
    rowsChanged = false;
    if (last && last.conversation.id === reading.conversation.id) keepTimes(last, reading);
    if (last && sameReading(last, reading)) return;
    last = reading;
    told = true;
    onReading(reading);
  };

  /** The page names another conversation and still shows rows of one before. @param {PageReading} before @param {PageReading} now @param {Element | null} list */
  const isBetween = (before, now, list) => {
    if (before.conversation.id === now.conversation.id) return false;
    if (rowsAddress === doc.location?.href && (list !== source || rowsChanged || isOtherRows(before, now))) return false;
    const now_ms = performance.now();
    if (between_ms === Infinity) {
      between_ms = now_ms;
      betweenTimer = setTimeout(onShown, BETWEEN_MS);
    }
    return now_ms - between_ms < BETWEEN_MS;
  };

  const stillShown = () => {
    const before = last;
    if (!before || stopped) return false;
    hear(observer.takeRecords());
    const changed = dirty;
    dirty = new Set();
    const reading = reader.review(changed) ?? reader.read();
    tell(reading);
    return reading !== null && between_ms === Infinity && !isOtherConversation(before, reading);
  };

  const addressCheck = setInterval(() => {
    const href = doc.location?.href ?? "";
    if (href === address) return;
    address = href;
    wholeWanted = true;
    searchWanted = true;
    wholes.forget();
    plan();
  }, ADDRESS_MS);
  const rootCheck = setInterval(() => {
    if (doc.visibilityState === "hidden") return;
    watchRoots();
    hearNoise();
    plan();
  }, ROOTS_MS);
  const onShown = () => {
    wholeWanted = true;
    plan();
  };
  /** Beside other conversations, the one whose box the agent goes to is theirs. */
  const onFocus = () => {
    if (!reader.hasRivals()) return;
    wholeWanted = true;
    searchWanted = true;
    plan();
  };
  /** A picture has a size once it is loaded. @param {Event} event */
  const onLoaded = (event) => {
    const list = reader.list();
    const picture = /** @type {Node} */ (event.target);
    if (picture.nodeName !== "IMG" || !list || !list.contains(picture)) return;
    dirty.add(picture);
    plan();
  };
  doc.addEventListener("visibilitychange", onShown);
  doc.addEventListener("focusin", onFocus, true);
  doc.addEventListener("load", onLoaded, true);
  watchRoots();
  if (doc.readyState === "loading") doc.addEventListener("DOMContentLoaded", onShown, { once: true });
  timer = setTimeout(look);
  const stop = () => {
    stopped = true;
    clearTimeout(betweenTimer);
    observer.disconnect();
    clearTimeout(timer);
    clearInterval(addressCheck);
    clearInterval(rootCheck);
    doc.removeEventListener("visibilitychange", onShown);
    doc.removeEventListener("focusin", onFocus, true);
    doc.removeEventListener("load", onLoaded, true);
    doc.removeEventListener("DOMContentLoaded", onShown);
  };
  return Object.assign(stop, { stillShown });
}

/**
 * When looks of one kind may be: not at once after the last, and on average within their share of the time.
 * @param {number} ahead_ms they may run ahead of their share by this much
 */
function createBudget(ahead_ms) {
  let cost_ms = 0, end_ms = -Infinity, paid_ms = -Infinity;
  return {
    /** @param {number} gap_ms least time between two @param {number} most_ms longest wait that one look costs */
    allowed_ms: (gap_ms, most_ms) => Math.max(end_ms + gap_ms, Math.min(paid_ms, end_ms + most_ms) - ahead_ms),
    /** @param {number} spent_ms by a look that ends now */
    spend(spent_ms) {
      cost_ms = cost_ms === 0 ? spent_ms : (cost_ms + spent_ms) / 2;
      end_ms = performance.now();
      paid_ms = Math.min(Math.max(end_ms, paid_ms) + cost_ms * COST_SHARE, end_ms + DEBT_MS);
    },
    /** A new page starts afresh. */
    forget() {
      end_ms = paid_ms = -Infinity;
    },
  };
}

/**
 * Takes the steps, the page's own work between them. Null when `isOver` said so on the way.
 * @template T @param {Generator<undefined, T>} steps @param {() => boolean} isOver
 * @returns {Promise<{ result: T, cost_ms: number } | null>}
 */
async function inTurns(steps, isOver) {
  let cost_ms = 0;
  let turn_ms = performance.now();
  for (;;) {
    const { done, value } = steps.next();
    const worked_ms = performance.now() - turn_ms;
    if (!done && worked_ms < TURN_MS) continue;
    cost_ms += worked_ms;
    await new Promise((resolve) => setTimeout(resolve));
    if (isOver()) return null;
    if (done) return { result: value, cost_ms };
    turn_ms = performance.now();
  }
}

/** Changes made by the overlay's own host element. @param {MutationRecord} record */
function isOurs(record) {
  const ours = (/** @type {Node} */ node) => node.nodeName === "WARMSEAT-OVERLAY";
  if (ours(record.target)) return true;
  if (record.type !== "childList") return false;
  const nodes = [...record.addedNodes, ...record.removedNodes];
  return nodes.length > 0 && nodes.every(ours);
}

/** @param {MutationRecord} record */
function bringsText(record) {
  return [...record.addedNodes].some((node) => (node.textContent ?? "").trim().length >= LATE_TEXT && node.nodeName !== "STYLE" && node.nodeName !== "SCRIPT");
}

/** Open shadow roots and same-origin frames of a document, inner ones included. @param {ParentNode} scope @returns {Node[]} */
function innerRoots(scope) {
  return innerScopes(scope).flatMap((inner) => [inner, ...innerRoots(inner)]);
}

/** Whether the list read from before stands in the page, and is not the one read from now. @param {Element | null} before @param {Element | null} now @returns {before is Element} */
function isElsewhere(before, now) {
  return before !== null && before !== now && before.isConnected;
}
