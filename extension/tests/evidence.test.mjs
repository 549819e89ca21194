// Every reason why a message is someone's has words: in the glass box, and in the overlay where it can make a customer.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const lines = ["roles.js", "notes.js", "teach_roles.js"].flatMap((file) => read(`extension/content/${file}`).split("\n"));
const codesOf = (some) => new Set(some.flatMap((line) => [...line.matchAll(/evidence: "(\w+)"/g)].map(([, code]) => code)));

test("the glass box has words for every reason", () => {
  const words = read("extension/shared/panel_words.js");
  const codes = codesOf(lines);
  assert.ok(codes.size > 10);
  assert.deepEqual([...codes].filter((code) => code !== "system_line" && !words.includes(`  why_${code}: [`)), []);
});

test("the overlay has words for every reason that makes a customer", () => {
  const words = read("app/src/overlay/words.rs");
  const codes = codesOf(lines.filter((line) => line.includes('"customer"')));
  assert.ok(codes.has("author_in_requester_domain"));
  assert.deepEqual([...codes].filter((code) => !words.includes(`"${code}" => `)), []);
});
