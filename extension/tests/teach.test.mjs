// What may stand in a taught locator, and what an import refuses.
import assert from "node:assert/strict";
import { test } from "node:test";
import { asLocator, pathPattern } from "../shared/teach_format.js";
import { exportTaught, forPage, importTaught, keepTeam, readTeam } from "../shared/teach_sites.js";

const locator = {
  format: 1, site: "https://desk.test", path: "/tickets/*", made_at_ms: 1_800_000_000_000,
  list: [["scrolls", 1]], rows: [[["^<li>", 0.99], ["two parts", 0.9], [".1k3jz0aa", 1]]], roles: [["side=left", 2.5, 0], ["..[data-dir=out]", -3, 1.5]],
  box: { signs: [["textarea", 1]], place: "below" }, opens: true, headed: false, page_names: false, points: 2.5,
};

test("a locator is taken as it is, anything else in it is not", () => {
  assert.equal(asLocator(locator), locator);
  for (const [field, value] of [
    ["list", [["Where is my parcel", 1]]], ["list", [["scrolls", 2]]], ["rows", []], ["rows", [[["[data-name=marta]", 1]]]], ["roles", [["side=left", 1]]], ["box", { signs: [], place: "below", text: "hi" }],
    ["site", "https://desk.test/marta"], ["site", "ftp://desk.test"], ["path", "/users/marta"], ["format", 2], ["text", "hello"], ["points", Number.NaN], ["opens", "yes"],
  ]) assert.equal(asLocator({ ...locator, [field]: value }), null, `${field}: ${JSON.stringify(value)}`);
  for (const value of [null, 1, "x", [], {}]) assert.equal(asLocator(value), null);
});

test("of an address only the first step is kept", () => {
  const check = (address, expected) => assert.equal(pathPattern(new URL(address)), expected, address);
  check("https://d.test/", "/");
  check("https://d.test/tickets/48220/marta", "/tickets/*");
  check("https://d.test/marta.k", "/*");
  check("https://d.test/app#/chats/77?q=x", "/app#/chats/*");
  check("https://d.test/客服/1", "/*/*");
});

test("a file goes out without names and comes back for its own site alone", () => {
  const kept = { locator, own_names: ["abc"], from: "here" };
  const text = exportTaught([kept]);
  assert.ok(!text.includes("own_names"));
  assert.deepEqual(importTaught(text, "https://desk.test"), { locators: [locator] });
  const check = (file, problem, site = "https://desk.test") => assert.deepEqual(importTaught(file, site), { problem });
  check(text, "other_site", "https://other.test");
  check("{", "not_json");
  check("[]", "not_ours");
  check(text.replace('"version": 1', '"version": 2'), "other_version");
  check(text.replace("scrolls", "Hello Marta"), "bad_locator");
  check(" ".repeat(500_000), "too_many");
});

test("the agent's own goes first, of these the same kind of page, then what was taught here", () => {
  const make = (path, from) => ({ locator: { ...locator, path }, own_names: [], from });
  const order = forPage([make("/a", "team"), make("/a", "file"), make("/b", "here"), make("/a", "here")], "/a").map(({ locator: { path }, from }) => path + from);
  assert.deepEqual(order, ["/ahere", "/afile", "/bhere", "/ateam"]);
});

test("what the team approved is checked like a file, and is gone once it is not told any more", async () => {
  const stored = new Map();
  let writes = 0;
  const local = {
    get: async (key) => ({ [key]: stored.get(key) }),
    set: async (values) => { writes += 1; for (const [key, value] of Object.entries(values)) stored.set(key, value); },
    remove: async (key) => void stored.delete(key),
  };
  globalThis.chrome = { storage: { local } };
  const site = "https://desk.test";
  const told = [locator, { ...locator, text: "hi" }, { ...locator, site: "https://other.test" }, { ...locator, rows: [[["Where is my parcel", 1]]] }, null];
  await keepTeam(site, told);
  assert.deepEqual(await readTeam(site), [{ locator, own_names: [], from: "team" }]);
  await keepTeam(site, told);
  assert.equal(writes, 1, "the same again is not written");
  assert.deepEqual(await readTeam("https://other.test"), []);
  await keepTeam(site, []);
  assert.equal(stored.size, 0);
  for (const nonsense of [null, "x", 7, {}]) await keepTeam(site, nonsense);
  assert.deepEqual(await readTeam(site), []);
});
