// @ts-check
/**
 * Owns how much what somebody writes sounds like the desk or like its customers: weighed phrases, learned from our own dialogues (models, `speech.py`).
 * Decides nothing: where a page shows who is who, roles.js does not ask.
 */
import { SPEECH_EN, SPEECH_ZH } from "./speech_table.js";

/** So much more, a message, does the desk sound like the desk than who asks: of 121 conversations, none the wrong way round. */
export const CONTRAST = 1;
/** Longest phrases: words in English, characters in Chinese. */
const LONGEST_PHRASE = { en: 4, zh: 5 };
/** Weights are hundredths of log-odds. */
const UNIT = 100;
/** One message says no more than that. */
const MOST = 3;
/** What a message says is said early; a pasted log goes on and on. */
const READ_CHARS = 1500;
const TEXTS_KEPT = 500;
/** Of a text's words so many are in our phrases, or it is in another language. */
const LEAST_ENGLISH = 0.4;

/** @typedef {{ bias: number, weights: Map<string, number>, words: Set<string> }} SpeechTable */
/** @type {{ en?: SpeechTable, zh?: SpeechTable }} */
const tables = {};
/** @type {Map<string, number>} */
const kept = new Map();

/**
 * Log-odds that the desk wrote it, −3 to 3; 0 where nothing in it tells, as in other languages.
 * @param {string} text
 */
export function likeness(text) {
  const known = kept.get(text);
  if (known !== undefined) return known;
  const read = text.slice(0, READ_CHARS), lang = /[\u4e00-\u9fff]/.test(read) ? "zh" : "en", table = (tables[lang] ??= unpack(lang));
  const found = isOf(lang, read, table) ? phrasesIn(read, lang).filter((phrase) => table.weights.has(phrase)) : [];
  const odds = found.length === 0 ? 0 : found.reduce((sum, phrase) => sum + (table.weights.get(phrase) ?? 0), table.bias) / UNIT;
  const capped = Math.max(-MOST, Math.min(MOST, odds));
  if (kept.size >= TEXTS_KEPT) kept.clear();
  kept.set(text, capped);
  return capped;
}

/** Of a message, on average; 0 of none. @param {string[]} texts */
export function meanLikeness(texts) {
  return texts.reduce((sum, text) => sum + likeness(text), 0) / Math.max(1, texts.length);
}

/** Each once; the text is read as by `normalize` in speech.py. @param {string} text @param {"en" | "zh"} lang */
function phrasesIn(text, lang) {
  const plain = text.toLowerCase().replaceAll("’", "'").replace(/https?:\/\/\S+|\S+@\S+/g, " ").replace(/[0-9]+/g, "0");
  const units = lang === "zh" ? [...plain.replace(/[^\u4e00-\u9fff0a-z]/g, "")] : plain.split(/[^a-z0']+/).filter((word) => word !== "");
  const sizes = Array.from({ length: LONGEST_PHRASE[lang] }, (_, at) => at + 1);
  return [...new Set(units.flatMap((_, at) => sizes.map((size) => units.slice(at, at + size).join(lang === "zh" ? "" : " "))))];
}

/** Not Japanese, whose characters are Chinese ones, nor another language in Latin letters. @param {"en" | "zh"} lang @param {string} text @param {SpeechTable} table */
function isOf(lang, text, table) {
  if (lang === "zh") return !/[\u3040-\u30ff]/.test(text);
  const words = text.toLowerCase().match(/[\p{L}']+/gu) ?? [];
  return words.length > 0 && words.filter((word) => table.words.has(word)).length >= words.length * LEAST_ENGLISH;
}

/** @param {"en" | "zh"} lang @returns {SpeechTable} */
function unpack(lang) {
  const { bias, phrases } = lang === "zh" ? SPEECH_ZH : SPEECH_EN;
  const weights = new Map(phrases.split(";").flatMap((line) => {
    const [weight, said = ""] = line.split(":");
    return said.split(",").map((phrase) => /** @type {[string, number]} */ ([phrase, Number(weight)]));
  }));
  return { bias, weights, words: new Set([...weights.keys()].flatMap((phrase) => phrase.split(" "))) };
}
