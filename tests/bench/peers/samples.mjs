// Which texts are measured, laid out as ids by our engine in Node, and the goldens that outputs are compared with.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { EXTENSION_CHROMIUM, ROOT } from "../../harness/paths.mjs";

/** @typedef {{ text: string, context: { author: string, text: string }[], ids: number[], types: number[], phrase_rows: number[][] }} Sample */
/** @typedef {Sample & { fp32: Record<string, number[]> }} Golden */

const SHORTEST = 4;
const LONGEST = 120;
const PER_LANGUAGE = 15;
const HEADLINE_TOKENS = 32;
/** The most that one pass takes. */
const FULL_TOKENS = 128;

/** @param {string} path @returns {any[]} */
const lines = (path) => readFileSync(join(ROOT, path), "utf8").trim().split("\n").map((line) => JSON.parse(line));

/** Every fourth golden.  @returns {Golden[]} */
export const goldens = () => lines("models/goldens/encoder.jsonl").filter((_, index) => index % 4 === 0);

/** Development messages, evenly spread over the lengths that the corpus has; one of 32 tokens; and one of 128, of two messages. */
export async function samples() {
  const layOut = await tokeniser();
  const single = lines("models/corpus/dev.jsonl");
  const pairs = lines("models/corpus/pairs.dev.jsonl");
  /** @param {"zh" | "en"} lang @returns {Sample[]} */
  const inLanguage = (lang) =>
    [...single.filter((row) => row.lang === lang).map(({ text }) => text), ...pairs.map((row) => row[lang])]
      .map(layOut)
      .filter(({ ids }) => ids.length >= SHORTEST && ids.length <= LONGEST);
  const [zh, en] = [inLanguage("zh"), inLanguage("en")];
  const headline = en.find(({ ids }) => ids.length === HEADLINE_TOKENS);
  if (!headline) throw new Error(`the corpus has no message of ${HEADLINE_TOKENS} tokens`);
  return { headline, full: full(en, layOut), spread: [...spread(zh), ...spread(en)] };
}

/** Two messages in one, without truncation.  @param {Sample[]} all @param {(text: string) => Sample} layOut @returns {Sample} */
function full(all, layOut) {
  for (const one of all) {
    // [CLS] and [SEP] stand once.
    const other = all.find(({ ids }) => ids.length === FULL_TOKENS + 2 - one.ids.length);
    if (other) return layOut(`${one.text} ${other.text}`);
  }
  throw new Error(`the corpus has no two messages of ${FULL_TOKENS} tokens together`);
}

/** The message nearest to each of so many even steps of length, each once.  @param {Sample[]} all */
function spread(all) {
  const left = new Set(all);
  const longest = Math.max(...all.map(({ ids }) => ids.length));
  return Array.from({ length: PER_LANGUAGE }, (_, step) => {
    const wanted = SHORTEST + ((longest - SHORTEST) * step) / (PER_LANGUAGE - 1);
    const [nearest] = [...left].sort((a, b) => Math.abs(a.ids.length - wanted) - Math.abs(b.ids.length - wanted));
    left.delete(nearest);
    return nearest;
  });
}

/** @returns {Promise<(text: string) => Sample>} */
async function tokeniser() {
  const brain = await import(pathToFileURL(join(EXTENSION_CHROMIUM, "brain.js")).href);
  /** @param {string} name */
  const file = (name) => readFileSync(join(EXTENSION_CHROMIUM, name));
  brain.initSync({ module: file("brain_bg.wasm") });
  const engine = new brain.Engine(...["manifest.json", "model.onnx", "tokenizer.json"].map((name) => readFileSync(join(ROOT, "models/bundle", name))));
  return (text) => {
    const { ids, types, phrase_rows } = JSON.parse(engine.golden_json(JSON.stringify({ text })));
    if (!phrase_rows) throw new Error("the build in dist/ is older than this bench: cargo xtask build");
    return { text, context: [], ids, types, phrase_rows };
  };
}
