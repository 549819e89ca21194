// @ts-check
/**
 * Owns what a message holds besides words: which pictures, recordings and files belong to it, and the placeholder each gets in the text.
 * Does not open, fetch or name anything that the page does not show.
 */
import { composedParent, isBlock, styleOf } from "./dom.js";

/** @typedef {import("./runs.js").TextRun} TextRun */

const EXTENSIONS = "pdf|docx?|xlsx?|pptx?|odt|ods|rtf|txt|csv|log|json|xml|zip|rar|7z|gz|tar|png|jpe?g|gif|webp|heic|bmp|svg|tiff?|mp3|m4a|ogg|wav|amr|mp4|mov|avi|webm|eml|msg|ics|wps|et|dps|psd|ai|apk|exe|dmg|har|ofd";
const FILE_NAME = new RegExp(`^(?:📎|📄|🖼️?|附件[:：]?|attachment[:：]?)?\\s*([^\\n/\\\\<>:"|?*]{1,120}?\\.(?:${EXTENSIONS}))(?:\\s*[·•,，-]?\\s*[(（\\[]?\\s*[\\d.,]+\\s*(?:bytes|[KMG]i?B?|字节)\\s*[)）\\]]?)?$`, "i");
const SIZE_TEXT = /^[·•,，\-(（[\s]*[\d.,]+\s*(?:bytes|[KMG]i?B|字节)[)）\]\s]*$/i;
const PICTURE_NAME = /\.(?:png|jpe?g|gif|webp|heic|bmp|svg|tiff?)\]$/i;
const LENGTH_TEXT = /^\d{1,2}:\d{2}$|^\d{1,3}\s*(?:″|"|''|秒|s)$/;
/** Pictures smaller than this are portraits, icons and marks. */
const PICTURE_PX = 56;
const PORTRAIT_PX = 96;
/** One that is called so may be larger. */
const AVATAR_PX = 128;
const AVATAR = /\b(?:avatar|portrait|gravatar)|头像/i;
const CHIP_SLACK = 48;

/**
 * The placeholder of a picture or recording that is part of a message, "" for portraits, icons and decoration.
 * @param {Element} element
 */
export function mediaPlaceholder(element) {
  const tag = element.tagName.toUpperCase();
  if (tag === "AUDIO") return "[audio]";
  const box = element.getBoundingClientRect();
  if (tag === "VIDEO") return box.width >= PICTURE_PX ? "[video]" : "";
  if (box.width < PICTURE_PX || box.height < PICTURE_PX || element.getAttribute("role") === "presentation") return "";
  if (box.width <= AVATAR_PX && AVATAR.test(`${element.getAttribute("alt") ?? ""} ${element.getAttribute("class") ?? ""}`)) return "";
  const square = Math.abs(box.width - box.height) <= 2;
  const radius = parseFloat(styleOf(element).borderTopLeftRadius) || 0;
  const rounded = styleOf(element).borderTopLeftRadius.endsWith("%") ? radius >= 30 : radius >= box.width * 0.3;
  if (square && (box.width <= 72 || (box.width <= PORTRAIT_PX && rounded))) return "";
  return "[image]";
}

/** A file's name, its size perhaps, and nothing else. @param {string} text */
export function isFileText(text) {
  return text.length < 160 && FILE_NAME.test(text.trim());
}

/** Whether a text is a size ("84 KB") or a recording's length, which say nothing of their own beside a file. @param {string} text @param {TextRun | undefined} before */
export function isFileDetail(text, before) {
  if (!before || (before.kind !== "file" && before.kind !== "media")) return false;
  return SIZE_TEXT.test(text) || (before.text !== "[image]" && before.kind === "media" && LENGTH_TEXT.test(text));
}

/**
 * The placeholder of a file whose name is all that its block says, "" for a name inside a sentence.
 * @param {string} text @param {Element} owner
 */
export function filePlaceholder(text, owner) {
  const name = FILE_NAME.exec(text)?.[1];
  if (name === undefined) return "";
  let block = /** @type {Element | null} */ (owner);
  while (block && !isBlock(block)) block = composedParent(block);
  const whole = (block?.textContent ?? "").replace(/\s+/g, " ").trim();
  const names = [...whole.matchAll(new RegExp(`\\.(?:${EXTENSIONS})(?![\\w])`, "gi"))].length;
  const linked = owner.closest("a") !== null;
  if (whole.length > text.length + CHIP_SLACK && !(linked && names > 1)) return "";
  if (!linked && whole.length > text.length + 24 && names < 2) return "";
  return `[file: ${name.trim()}]`;
}

/**
 * A unit's placeholders in the order they stand; a thumbnail with its file's name counts once.
 * @param {TextRun[]} runs
 */
export function placeholdersOf(runs) {
  /** @type {string[]} */
  const found = [];
  for (const run of runs) {
    if (run.kind !== "media" && run.kind !== "file") continue;
    if (run.kind === "file" && (found.includes(run.text) || (PICTURE_NAME.test(run.text) && found.at(-1) === "[image]"))) {
      if (!found.includes(run.text)) found[found.length - 1] = run.text;
      continue;
    }
    found.push(run.text);
  }
  return found;
}
