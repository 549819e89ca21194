// @ts-check
/**
 * Owns the preview that a list of conversations shows of the opened one: a row beside it with its last words and a name that also stands
 * over the messages. Says whose conversation it is where hardly anything was said yet; decides nothing about messages.
 */
import { composedContains, composedParent, isVisible, labelText, walkElements } from "./dom.js";
import { looselySamePerson, parsePerson } from "./people.js";
import { headingNames } from "./requester.js";
import { isNameLike } from "./text.js";
import { isTicketField } from "./words.js";

/** A preview cut off earlier than this could be anybody's. */
const LEAST_CUT = 8;
const LONGEST_PREVIEW = 300;
const STEPS_TO_ROW = 5;
/** A row of a list of conversations holds a name, a preview, a time and a count or two. */
const MOST_ROW_PARTS = 30;

/** @typedef {import("./people.js").Person} Person */

/**
 * @param {Document} doc @param {Element} list @param {import("./bodies.js").Draft[]} drafts of the list @param {string[]} headings over it
 * @returns {Person | null}
 */
export function previewedPerson(doc, list, drafts, headings) {
  const last = drafts.findLast((draft) => !draft.system);
  if (!last || headings.length === 0 || !doc.body) return null;
  const said = flat(last.text), writers = drafts.flatMap((draft) => draft.author ?? []);
  /** @type {Person | null} */
  let found = null;
  walkElements(doc.body, (element) => {
    if (found !== null || element === list) return false;
    if (element.childElementCount === 0 && begins(said, flat(element.textContent ?? "")) && isVisible(element)) found = nameBeside(element, list, headings, writers);
    return true;
  });
  return found;
}

/** @param {string} text */
function flat(text) {
  return text.replace(/\s+/g, " ").replace(/\s*(?:…|\.{3})$/, "").trim();
}

/** @param {string} said @param {string} preview */
function begins(said, preview) {
  return preview.length <= LONGEST_PREVIEW && (preview.length >= LEAST_CUT ? said.startsWith(preview) : preview.length > 1 && preview === said);
}

/** The name in the preview's row, where a heading over the messages says it too and no message another. @param {Element} preview @param {Element} list @param {string[]} headings @param {Person[]} writers */
function nameBeside(preview, list, headings, writers) {
  for (let row = composedParent(preview), depth = 0; row && depth < STEPS_TO_ROW && !composedContains(row, list); row = composedParent(row), depth++) {
    const parts = row.querySelectorAll("*");
    if (parts.length > MOST_ROW_PARTS) return null;
    for (const part of parts) {
      if (part === preview || part.childElementCount > 0) continue;
      const text = labelText(part, 60), person = isNameLike(text) && !isTicketField(text) ? parsePerson(text) : null;
      if (person && headings.some((heading) => headingNames(heading, person))) return writers.length === 0 || writers.some((writer) => looselySamePerson(writer, person)) ? person : null;
    }
  }
  return null;
}
