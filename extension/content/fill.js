// @ts-check
/**
 * Owns filling the ticket's form with what the agent confirmed: each value goes in so that the page has it, is read back, and can be taken back with all the others.
 * Never submits, never saves; a field that has changed since it was shown is left alone.
 */
import { chooseDay } from "./fill_calendar.js";
import { chooseOption, clearChoice, pressCross } from "./fill_widgets.js";
import { press, putOptions, putText, putTick, strike } from "./fill_values.js";
import { withoutSubmits } from "./fill_guard.js";
import { findControls } from "./forms.js";
import { isChosenMember, memberValue, submitsItself } from "./forms_controls.js";
import { readDate, writeDate } from "./forms_dates.js";
import { putDate } from "./forms_segments.js";
import { faceOf, faceText, isStillChosen, wholeField } from "./forms_widgets.js";
import { pause, waitFor } from "./waits.js";

/**
 * @typedef {import("../wire").FillField} FillField
 * @typedef {import("../wire").FillResult} FillResult
 * @typedef {import("../wire").FillOutcome} FillOutcome
 * @typedef {import("./forms_controls.js").FormControl} FormControl
 * @typedef {{ key: string, before: string[], raw: string[], after: string[], face: string, looks: string }} Memory what a field held, showed and looked like, and what it held after
 */

const KEPT_MS = 900;
const WIDGET_MS = 400;
/** A field that takes typing may have no calendar at all. */
const CALENDAR_MS = 300;

/**
 * @param {Document} doc @param {() => Element | null} listOf the messages now
 */
export function createFiller(doc, listOf) {
  /** @type {{ fill_id: number, fields: Memory[] } | null} */
  let last = null;
  const find = (/** @type {string} */ key) => findControls(doc, listOf()).find((control) => control.field.key === key);

  return {
    /**
     * Never throws. @param {number} fill_id @param {FillField[]} fields
     * @param {() => boolean} [mayFill] whether the page still shows the conversation that the values are from; asked before each field
     * @returns {Promise<FillResult[]>}
     */
    fill(fill_id, fields, mayFill = () => true) {
      /** @type {Memory[]} */
      const memory = [];
      last = { fill_id, fields: memory };
      return withoutSubmits(doc, async (stopped) => {
        /** @type {FillResult[]} */
        const results = [];
        for (const { key, before, values } of fields) {
          const control = find(key);
          const refusal = mayFill() ? refusalOf(control, before) : "changed";
          if (refusal || !control) {
            results.push({ key, outcome: refusal ?? "gone" });
            continue;
          }
          const raw = rawValues(control);
          const face = faceText(control.shown);
          const looks = looksOfFaces(control);
          const around = faceText(wholeField(control.shown));
          const focused = doc.activeElement;
          let outcome = await attempt(doc, control, values, find);
          if (stopped()) outcome = "would_submit";
          if (outcome === "filled") memory.push({ key, before, raw, after: find(key)?.field.values ?? values, face, looks });
          else {
            await restore(doc, find(key), raw, before, find);
            await pressAgain(doc, find(key), values, before, around);
          }
          giveFocusBack(doc, focused);
          stopped();
          results.push({ key, outcome });
        }
        return results;
      });
    },

    /**
     * Puts back what the fields of that fill held, the last one first. @param {number} fill_id
     * @returns {Promise<FillResult[]>}
     */
    undo(fill_id) {
      const known = last?.fill_id === fill_id ? last.fields : [];
      last = null;
      return withoutSubmits(doc, async () => {
        /** @type {FillResult[]} */
        const results = [];
        for (const { key, before, raw, after, face, looks } of [...known].reverse()) {
          const control = find(key);
          const refusal = refusalOf(control, after);
          const focused = doc.activeElement;
          const shows = refusal !== null || (await restore(doc, control, raw, before, find));
          giveFocusBack(doc, focused);
          // A list's field that is empty while one searches in it is not yet an empty one: it shows what it showed.
          // Radios that are drawn beside hidden ones show whether the page has let go of the choice.
          const isBack = () => {
            const now = find(key);
            return now !== undefined && sameValues(now.field.values, before) && (now.way !== "radios" || before.length > 0 || looksOfFaces(now) === looks) && (now.way !== "listbox" || before.length > 0 || (faceText(now.shown) === face && !isStillChosen(now.element, now.shown, after)));
          };
          results.push({ key, outcome: refusal ?? (shows && (await waitFor(isBack, WIDGET_MS)) ? "filled" : "not_kept") });
        }
        return results;
      });
    },
  };
}

/** The classes of what is drawn for hidden radios. @param {FormControl} control */
function looksOfFaces({ members }) {
  const drawn = members.filter((member) => faceOf(member) !== member);
  return drawn.map((member) => [faceOf(member), faceOf(member).closest("label")].map((part) => part?.getAttribute("class") ?? "").join()).join("|");
}

/** Widgets take the focus when they are pressed; a field that keeps it may not show yet what it holds. @param {Document} doc @param {Element | null} before */
function giveFocusBack(doc, before) {
  const now = /** @type {HTMLElement | null} */ (doc.activeElement);
  if (now === before) return;
  now?.blur?.();
  if (before && before !== doc.body) /** @type {HTMLElement} */ (before).focus?.({ preventScroll: true });
}

/** @param {FormControl | undefined} control @param {string[]} before @returns {FillOutcome | null} */
function refusalOf(control, before) {
  if (!control) return "gone";
  if (control.field.locked) return "locked";
  if (submitsItself(control.element)) return "would_submit";
  return sameValues(control.field.values, before) ? null : "changed";
}

/** @param {string[]} left @param {string[]} right */
function sameValues(left, right) {
  return left.length === right.length && left.every((value) => right.includes(value));
}

/** @param {Document} doc @param {FormControl} control @param {string[]} values @param {(key: string) => FormControl | undefined} find @returns {Promise<FillOutcome>} */
async function attempt(doc, control, values, find) {
  const { field } = control;
  try {
    if (field.options.length > 0 && !values.every((value) => field.options.some((option) => option.value === value))) return "no_such_option";
    const texts = values.map((value) => textOf(control, value));
    const wasInvalid = isInvalid(control);
    await put(doc, control, values);
    const holds = () => {
      const now = find(field.key);
      // A widget before a select that shows something else would be a half-made fill.
      const shows = now?.way !== "select" || now.shown === now.element || texts.every((text) => faceText(now.shown).includes(text));
      return now !== undefined && shows && !(isInvalid(now) && !wasInvalid) && takes(now, values, texts);
    };
    // What a page takes back, it takes back at once or after its next turn; some only write it anew.
    for (let tries = 0; tries < 3 && (await waitFor(holds, tries === 0 ? KEPT_MS : WIDGET_MS)); tries++) {
      await pause(30);
      if (holds()) return "filled";
    }
    return "not_kept";
  } catch {
    return "not_kept";
  }
}

/** The page says that it does not take what stands there. @param {FormControl} control */
function isInvalid({ element, shown }) {
  return [element, shown].some((part) => part.getAttribute("aria-invalid") === "true");
}

/** What a person reads for a value. @param {FormControl} control @param {string} value */
function textOf({ field }, value) {
  return field.options.find((option) => option.value === value)?.text ?? value;
}

/** Whether the control holds these values, however it writes them. @param {FormControl} control @param {string[]} values @param {string[]} texts of the values */
function takes(control, values, texts) {
  const { field } = control;
  if (field.values.length !== values.length) return false;
  const bare = (/** @type {string} */ text) => text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
  return values.every((value, at) => field.values.some((held) => {
    if (held === value || bare(held) === bare(value) || (field.options.length > 0 && textOf(control, held) === texts[at])) return true;
    if (field.kind === "date") return readDate(held) === value || sameDay(held, value);
    const [left, right] = [held, value].map((text) => Number(text.replace(/[^\d.-]/g, "")));
    return /\d/.test(held) && /^-?[\d.,]+$/.test(value) && left === right;
  }));
}

/** A pressed day is that day whichever of day and month comes first. @param {string} held @param {string} iso */
function sameDay(held, iso) {
  const numbers = (/** @type {string} */ text) => (text.match(/\d+/g) ?? []).slice(0, 3).map(Number).sort((left, right) => left - right).join();
  return numbers(held) === numbers(iso) && /\d{4}/.test(held);
}

/** @param {Document} doc @param {FormControl} control @param {string[]} values */
async function put(doc, control, values) {
  const { element, way, members } = control;
  if (way === "text") return putDateOrText(doc, control, values[0] ?? "");
  if (way === "select") return putSelect(doc, control, values);
  if (way === "listbox") return putListbox(doc, control, values);
  if (way === "segments") return putDate(element, values[0] ?? "");
  for (const member of members) {
    const on = way === "tick" ? values.includes("on") : values.includes(memberValue(member));
    if (way === "radios" && !on) continue;
    await putTick(member, on);
  }
  if (way === "radios" && values.length === 0 && element.tagName === "INPUT") for (const member of members) if (isChosenMember(member)) /** @type {HTMLInputElement} */ (member).checked = false;
}

/** A day is pressed where a calendar opens, and else typed. @param {Document} doc @param {FormControl} control @param {string} value */
async function putDateOrText(doc, { element, field, dateFormat }, value) {
  const input = /** @type {HTMLInputElement} */ (element);
  if (field.kind !== "date") return putText(input, value);
  const isDate = /^\d{4}-\d{2}-\d{2}/.test(value);
  const isEmpty = () => input.value === "";
  const own = input.type === "date" || input.type === "datetime-local";
  if (!own && isDate && (await chooseDay(doc, input, value.slice(0, 10), input.readOnly ? undefined : CALENDAR_MS)) !== null) return;
  if (input.readOnly && isDate) return;
  if (!own && value === "" && (await clearDay(input, isEmpty))) return;
  if (input.type === "datetime-local") return putText(input, value === "" ? "" : value.includes("T") ? value : `${value}T${input.value.slice(11) || "00:00"}`);
  await putText(input, isDate ? writeDate(value, dateFormat ?? "YYYY-MM-DD") : value);
}

/** @param {HTMLInputElement} input @param {() => boolean} isEmpty */
async function clearDay(input, isEmpty) {
  if (await pressCross(wholeField(input), isEmpty)) return true;
  if (!input.readOnly) return false;
  // Pickers take their date away by this key, some of them only while they are open.
  strike(input, "Backspace", 8);
  if (!isEmpty()) {
    press(input);
    strike(input, "Backspace", 8);
    strike(input, "Escape", 27);
  }
  return isEmpty();
}

/** @param {Document} doc @param {FormControl} control @param {string[]} values */
async function putSelect(doc, control, values) {
  const { shown } = control;
  const select = /** @type {HTMLSelectElement} */ (control.element);
  const texts = values.map((value) => textOf(control, value));
  const listed = values.every((value) => [...select.options].some((option) => option.value === value));
  // Of several that are kept from everybody the widget holds its own.
  const isRecord = select.multiple && shown !== select && select.closest("[aria-hidden=true]") !== null;
  if (isRecord) return pressDifference(doc, control, values);
  if (listed) putOptions(select, values);
  if (shown === select) return;
  const shows = () => texts.every((text) => faceText(shown).includes(text));
  if (listed && (texts.length === 0 || (await waitFor(shows, WIDGET_MS)))) return;
  for (const text of texts) if (!faceText(shown).includes(text)) await chooseOption(doc, shown, text);
}

/** @param {Document} doc @param {FormControl} control @param {string[]} values */
async function pressDifference(doc, control, values) {
  const { shown, field } = control;
  for (const value of [...field.values.filter((held) => !values.includes(held)), ...values.filter((wanted) => !field.values.includes(wanted))]) await chooseOption(doc, shown, textOf(control, value));
}

/** @param {Document} doc @param {FormControl} control @param {string[]} values */
async function putListbox(doc, { element, shown, field }, values) {
  const place = element.getAttribute("role") === "listbox" ? element : shown;
  for (const held of field.values) if (field.kind === "choices" && !values.includes(held)) await chooseOption(doc, place, held, element);
  for (const value of values) if (!field.values.includes(value)) await chooseOption(doc, place, value, element);
}

/** What stands in the control itself, placeholder options included. @param {FormControl} control */
function rawValues({ element, way, field }) {
  if (way === "text") return [/** @type {HTMLInputElement} */ (element).value];
  if (way === "select") return [...(/** @type {HTMLSelectElement} */ (element)).selectedOptions].map((option) => option.value);
  return field.values;
}

/** False where the page shows something else still. @param {Document} doc @param {FormControl | undefined} control @param {string[]} raw @param {string[]} before @param {(key: string) => FormControl | undefined} find */
async function restore(doc, control, raw, before, find) {
  if (!control) return false;
  const { element, way, field } = control;
  try {
    if (sameValues(field.values, before) && way !== "select") return true;
    if (way === "select") return await restoreSelect(doc, control, raw, before, find);
    if (way === "text" && field.kind !== "date") await putText(/** @type {HTMLInputElement} */ (element), raw[0] ?? "");
    else if (way === "text") await putDateOrText(doc, control, before[0] ?? "");
    else if (way === "listbox" && before.length === 0) return await clearListbox(doc, control, find);
    else await put(doc, control, before);
    return true;
  } catch {
    // The page took the field away meanwhile.
    return false;
  }
}

/** Where a field shows that something was chosen, but not what, the same options take it away. @param {Document} doc @param {FormControl | undefined} control @param {string[]} values @param {string[]} before @param {string} around what the whole field showed */
async function pressAgain(doc, control, values, before, around) {
  if (control?.way !== "listbox" || (sameValues(control.field.values, before) && faceText(wholeField(control.shown)) === around)) return;
  for (const value of values) await chooseOption(doc, control.shown, value, control.element).catch(() => false);
}

/** Of several the options that are chosen are pressed again; one goes by what takes it away. @param {Document} doc @param {FormControl} control @param {(key: string) => FormControl | undefined} find */
async function clearListbox(doc, control, find) {
  const held = control.field.values;
  const isEmpty = () => find(control.field.key)?.field.values.length === 0;
  if (control.field.kind === "choices") await putListbox(doc, control, []);
  const cleared = isEmpty() || (await clearChoice(doc, control.shown, isEmpty, held));
  const now = find(control.field.key);
  // What opened may have chosen another.
  if (now && now.field.values.length > 0 && !sameValues(now.field.values, held)) await putListbox(doc, now, held);
  return cleared;
}

/** @param {Document} doc @param {FormControl} control @param {string[]} raw @param {string[]} before @param {(key: string) => FormControl | undefined} find */
async function restoreSelect(doc, control, raw, before, find) {
  const { shown, field } = control;
  const select = /** @type {HTMLSelectElement} */ (control.element);
  if (select.multiple && shown !== select && select.closest("[aria-hidden=true]") !== null) await pressDifference(doc, control, before);
  const was = field.values.map((value) => textOf(control, value));
  const texts = before.map((value) => textOf(control, value));
  const options = [...select.options].filter((option) => raw.includes(option.value));
  const listed = options.length > 0 || raw.length === 0;
  const stale = () => shown !== select && was.some((text) => faceText(shown).includes(text) && !texts.includes(text));
  if (listed) putOptions(select, raw);
  if (listed && (await waitFor(() => !stale(), shown === select ? 0 : WIDGET_MS))) return true;
  // What stands for "nothing" may be an option like others.
  for (const text of texts.length > 0 ? texts : options.map((option) => option.text)) await chooseOption(doc, shown, text);
  if (!stale() || texts.length > 0) return !stale();
  putOptions(select, []);
  const isEmpty = () => find(field.key)?.field.values.length === 0 && !stale();
  return (await waitFor(isEmpty, WIDGET_MS)) || clearChoice(doc, shown, isEmpty);
}
