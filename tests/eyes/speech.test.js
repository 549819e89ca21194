// @ts-check
/** How much a message sounds like the desk: on dialogues that the table was not learned from, and where it must say nothing. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { CONTRAST, likeness, meanLikeness } from "../../extension/content/speech.js";
import { SEED } from "../harness/paths.mjs";

const dialogues = readFileSync(new URL("../../models/corpus/dialogues.dev.jsonl", import.meta.url), "utf8").split("\n").filter((line) => line !== "").map((line) => JSON.parse(line));
/** @type {{ author: string, text: string }[][]} */
const talks = [...dialogues.flatMap(({ turns }) => ["zh", "en"].map((lang) => turns.map((/** @type {any} */ turn) => ({ author: turn.author, text: turn[lang] })))), ...JSON.parse(readFileSync(SEED, "utf8")).map(({ messages }) => messages.map((/** @type {any} */ { role, text }) => ({ author: role, text })))];

test("in a conversation the desk sounds like it, and who asks does not", (context) => {
  const contrasts = talks.flatMap((talk) => {
    const [desk, asking] = ["agent", "customer"].map((side) => talk.flatMap(({ author, text }) => (author === side ? [text] : [])));
    return desk?.length && asking?.length ? [meanLikeness(desk) - meanLikeness(asking)] : [];
  });
  const told = contrasts.filter((contrast) => contrast >= CONTRAST).length;
  context.diagnostic(`${told} of ${contrasts.length} told, the least ${Math.min(...contrasts).toFixed(2)}`);
  assert.ok(contrasts.length >= 110 && contrasts.every((contrast) => contrast > -CONTRAST) && told >= contrasts.length * 0.95);
});

test("other languages and what has no words say nothing", () => {
  for (const text of ["", "…", "12345", "Hola, mi paquete no ha llegado todavía, ¿me pueden ayudar?", "Mijn pakket is nog niet aangekomen, kunt u me helpen?", "Lo sentimos, hoy le enviamos uno nuevo.", "申し訳ございません。確認いたします。", "Привет, где мой заказ?"]) assert.equal(likeness(text), 0, text);
});
