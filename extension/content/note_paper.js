// @ts-check
/** Owns the colours that notes are painted in: pale yellow and peach paper, an amber edge. Says of no message that it is a note; that is notes.js. */

/** Of pure yellow the palest cream counts, too. */
const PURE_YELLOW = 3;

/** @param {string} colour as computed @returns {{ red: number, green: number, blue: number } | null} null where nothing is painted */
function channels(colour) {
  const parts = (colour.match(/[\d.]+/g) ?? []).map(Number), [red = 0, green = 0, blue = 0, alpha = 1] = parts;
  return parts.length < 3 || alpha <= 0.1 ? null : { red, green, blue };
}

/** @param {string} colour as computed @returns {boolean | null} null where nothing is painted */
export function isNoteColour(colour) {
  const painted = channels(colour);
  if (painted === null) return null;
  const { red, green, blue } = painted;
  return red > 220 && green > 190 && red - blue > 18 && green - blue > 10;
}

/** The pale ones: signal colours, as chats paint own bubbles, have less blue. @param {string} colour as computed */
export function isPaleNoteColour(colour) {
  const painted = channels(colour);
  return painted !== null && painted.blue >= 150 && isNoteColour(colour) === true;
}

/** Yellow and no orange: of a head's bar, which desks paint in many colours. @param {string} colour as computed */
export function isYellowPaper(colour) {
  const painted = channels(colour);
  if (painted === null) return false;
  const { red, green, blue } = painted, range = red - blue;
  return red > 240 && blue >= 150 && green <= red && range > (red - green <= PURE_YELLOW ? 14 : 18) && (green - blue) / range > 0.68;
}

/** Amber or yellow, of an edge or a frame. @param {string} colour as computed */
export function isAmber(colour) {
  const painted = channels(colour);
  if (painted === null) return false;
  const { red, green, blue } = painted, range = red - blue;
  return red > 200 && range > 40 && (green - blue) / range > 0.45 && green < red;
}
