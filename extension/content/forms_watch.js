// @ts-check
/**
 * Owns when the form is read: after the page was looked at and after the agent changed a field, seldom enough to cost nothing, told only when it differs.
 * Does not know what a field is.
 */
import { readForm } from "./forms.js";

/** @typedef {ReturnType<typeof readForm>} FormReading */

const QUIET_MS = 150;
const GAP_MS = 400;
/** Reading may take this share of the time at most. */
const ONE_IN = 100;
/** One slow reading, as a busy machine has it, does not hold the next back for longer. */
const MOST_MS = 3_000;

/**
 * @param {Document} doc @param {() => Element | null} listOf the messages now
 * @param {(form: FormReading) => void} onForm
 */
export function watchForm(doc, listOf, onForm) {
  let told = "";
  let paid_ms = 0;
  let open = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  const read = () => {
    clearTimeout(timer);
    timer = undefined;
    if (!open) return;
    const start_ms = performance.now();
    /** @type {FormReading} */
    let form = { fields: [], saves_itself: false };
    try {
      form = readForm(doc, listOf());
    } catch {
      // A page that changes under the reader is read again at its next change.
    }
    const end_ms = performance.now();
    paid_ms = end_ms + Math.max(GAP_MS, Math.min((end_ms - start_ms) * ONE_IN, MOST_MS));
    const text = JSON.stringify(form);
    if (text === told || (told === "" && form.fields.length === 0)) return;
    told = text;
    onForm(form);
  };
  const soon = () => {
    if (!open || timer !== undefined) return;
    timer = setTimeout(read, Math.max(QUIET_MS, paid_ms - performance.now()));
  };
  // `change` does not leave a shadow root, `focusout` does.
  for (const type of ["change", "focusout"]) doc.addEventListener(type, soon, true);
  return {
    soon,
    /** At once, whatever it costs. */
    now: read,
    /** A conversation is on the page, or none. @param {boolean} is */
    follow(is) {
      open = is;
      if (is) soon();
      else told = "";
    },
    /** Everything is to be told again. */
    forget() {
      told = "";
    },
    stop() {
      open = false;
      clearTimeout(timer);
      for (const type of ["change", "focusout"]) doc.removeEventListener(type, soon, true);
    },
  };
}
