// What popup and glass box say of numbers.
import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.chrome = { i18n: { getUILanguage: () => "en" } };
globalThis.document = { documentElement: {}, querySelectorAll: () => [] };
const { say, speak } = await import("../shared/panel_words.js");

test("one is one, in both languages", () => {
  speak("en");
  assert.equal(say("sync_waiting", { n: 1 }), "1 record waits for the server");
  assert.equal(say("sync_waiting", { n: 0 }), "0 records wait for the server");
  assert.match(say("sync_refused", { n: 1 }), / 1 record waits\.$/);
  assert.match(say("timing", { n: 1 }), /; 1 message since the start\./);
  assert.equal(say("minutes", { n: 1 }), "1 min");
  speak("zh");
  assert.equal(say("sync_waiting", { n: 1 }), "1 条记录等待发送");
  assert.equal(say("no such word"), "no such word");
});
