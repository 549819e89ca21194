// @ts-check
/**
 * Owns what came onto the page since a field was about to be pressed: the page is walked once, from then on only what changed is looked at.
 * Does not know what opens, nor what is chosen.
 */
import { innerScopes, isPutAway, isVisible, styleOf } from "./dom.js";
import { isTucked, wholeField } from "./forms_widgets.js";

const OPTION_ROLES = "[role=option], [role=menuitemradio], [role=menuitemcheckbox], [role=treeitem]";
const MIN_LAYER_PX2 = 1_500;
/** Above more elements than these, or in more places, a change is one of the page as a whole. */
const MOST_BELOW = 1_500;
const MOST_PLACES = 300;
/** Looking at the whole page again may take this share of the time. */
const LOOK_ONE_IN = 5;

/** @typedef {ReturnType<typeof watchFrom>} Sight */

/**
 * Does some work with the page in sight. @template T
 * @param {Document} doc @param {Element} field what is about to be pressed @param {(sight: Sight) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withSight(doc, field, work) {
  const sight = watchFrom(doc, wholeField(field));
  try {
    return await work(sight);
  } finally {
    sight.stop();
  }
}

/** Has the size and place of what lies over a page, shown or not. @param {Element} element */
export function liesOver(element) {
  const box = element.getBoundingClientRect();
  return box.width * box.height > MIN_LAYER_PX2 && /^(?:absolute|fixed)$/.test(styleOf(element).position);
}

/** @param {Element} element */
function isLayer(element) {
  return liesOver(element) && isVisible(element) && !isPutAway(element) && !isTucked(element);
}

/** @param {Document} doc @param {HTMLElement} field the whole of it */
function watchFrom(doc, field) {
  /** @type {Set<Document | ShadowRoot>} */
  const scopes = new Set();
  /** @type {Set<Element>} */
  const places = new Set(field.parentElement ? [field.parentElement] : []);
  let isWide = false, wideFrom_ms = 0;
  const observer = new MutationObserver(note);

  /** @param {Document | ShadowRoot} scope */
  function enter(scope) {
    if (!scopes.has(scope)) observer.observe(scope, { subtree: true, childList: true, attributes: true, characterData: true });
    scopes.add(scope);
    innerScopes(scope).forEach(enter);
  }

  /** @param {MutationRecord[]} records */
  function note(records) {
    for (const { type, target, addedNodes } of records) {
      // What an attribute shows may be the element, something in it or something beside it.
      if (type !== "childList") touch(target.parentElement ?? target);
      for (const node of addedNodes) touch(node.nodeType === 1 ? node : target);
    }
  }

  /** @param {Node} node */
  function touch(node) {
    const place = /** @type {Element} */ (node.nodeType === 11 ? /** @type {ShadowRoot} */ (node).host : node);
    if (place.nodeType !== 1 || places.has(place)) return;
    if (places.size >= MOST_PLACES || place.getElementsByTagName("*").length > MOST_BELOW) isWide = true;
    else places.add(place);
  }

  /** @param {string} selector */
  const all = (selector) => [...scopes].flatMap((scope) => [...scope.querySelectorAll(selector)]);

  /** Elements in what came or changed, and around the field. @param {string} selector */
  function changed(selector) {
    note(observer.takeRecords());
    if (isWide && performance.now() >= wideFrom_ms) {
      const start_ms = performance.now();
      isWide = false;
      lookAround();
      wideFrom_ms = performance.now() + (performance.now() - start_ms) * LOOK_ONE_IN;
    }
    /** @type {Set<Element>} */
    const found = new Set();
    /** @param {ParentNode} scope */
    const collect = (scope) => {
      for (const element of scope.querySelectorAll(selector)) found.add(element);
      for (const inner of innerScopes(scope)) enter(inner), collect(inner);
    };
    for (const place of places) {
      if (!place.isConnected) places.delete(place);
      else if (!isWithin(place.parentElement)) {
        if (place.matches(selector)) found.add(place);
        if (place.shadowRoot) enter(place.shadowRoot), collect(place.shadowRoot);
        collect(place);
      }
    }
    return [...found];
  }

  /** @param {Element | null} element */
  function isWithin(element) {
    for (let at = element; at; at = at.parentElement) if (places.has(at)) return true;
    return false;
  }

  /** Takes in what opened without a trace in the document as well: by focus, by a style sheet. */
  function lookAround() {
    enter(doc);
    for (const element of all("*")) if (!known.has(element) && isLayer(element)) places.add(element);
  }

  const options = () => all(OPTION_ROLES).filter((option) => isVisible(option) && !isTucked(option) && option.getAttribute("aria-disabled") !== "true");
  enter(doc);
  const known = new Set(all("*").filter(isLayer));
  const shown = new Set(options());
  return {
    field, all, changed, options, lookAround,
    /** Boxes over the page that were not there before. */
    layers: () => changed("*").filter((element) => !known.has(element) && isLayer(element)),
    /** @param {Element} element a layer or an option */
    wasThere: (element) => known.has(element) || shown.has(element),
    stop: () => observer.disconnect(),
  };
}
