// Pure parts of the content script: what is new in a reading, and where the overlay stands.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createChanges } from "../content/changes.js";
import { DEFAULT_PLACE, keepTop, placeOf, placeOverlay, slideOff } from "../content/placement.js";

const message = (id, text = "") => ({ id, author: "customer", author_name: null, text, sent_at_ms: null, evidence: "" });
const reading = (id, messages, reply_box = "open") => ({
  conversation: { id, url: "", subject: null, channel: "chat", requester: { name: null, email: null, handle: null, phone: null }, agent_name: null, agent_emails: [] },
  messages,
  reply_box,
});

test("only what is new or changed is reported", () => {
  const changes = createChanges();
  const check = (now, expected, removed = "") => {
    const event = changes.report(now);
    assert.equal(event && event.messages.map(({ id }) => id).join(" "), expected);
    if (event) assert.equal(event.removed.join(" "), removed);
  };
  check(reading("c", [message("1"), message("2")]), "1 2");
  check(reading("c", [message("1"), message("2")]), null);
  check(reading("c", [message("1"), message("2"), message("3")]), "3");
  check(reading("c", [message("1", "edited"), message("2"), message("3")]), "1");
  check(reading("c", [message("2"), message("3")]), "", "1");
  check(reading("c", [message("2"), message("3")], "hidden"), "");
  check(reading("c", [message("0"), message("2"), message("3")]), "0 2 3");
  check(reading("d", [message("2")]), "2");
  changes.forget();
  check(reading("d", [message("2")]), "2");
});

test("messages told of in two conversations, one after the other, are taken back where they are not shown again", () => {
  const changes = createChanges();
  const check = (now, removed) => assert.equal(changes.report(now)?.removed.join(" "), removed);
  check(reading("c", [message("1"), message("2")]), "");
  // The page has another address already, and still these rows.
  check(reading("d", [message("1"), message("2")]), "");
  check(reading("e", [message("5"), message("6")]), "");
  check(reading("d", [message("3"), message("4")]), "1 2");
  check(reading("c", [message("1"), message("2")]), "");
  check(reading("d", [message("3"), message("4")]), "");
});

const view = { width: 1440, height: 900 };
const pill = { width: 148, height: 36 };
const panel = { width: 336, height: 900 };
const overlaps = (a, b) => a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height;

test("the overlay keeps inside the viewport and off the reply box", () => {
  const box = (left, top, width, height) => ({ left, top, width, height });
  const check = (size, avoid, place = DEFAULT_PLACE, within = view) => {
    const at = placeOverlay(within, size, place, avoid);
    const where = JSON.stringify(at);
    assert.ok(at.left >= 0 && at.top >= 0 && at.left + at.width <= within.width && at.top + at.height <= within.height, where);
    for (const other of avoid) assert.ok(!overlaps(at, other), where);
    return at;
  };
  assert.deepEqual(check(pill, []), { left: 1280, top: 540, width: 148, height: 36 });
  assert.equal(check(panel, []).height, 630);
  check(panel, [box(0, 700, 1440, 200)]);
  check(panel, [box(0, 420, 1440, 480)]);
  check(panel, [box(900, 0, 540, 900)]);
  check(pill, [box(1000, 500, 440, 300)]);
  check(pill, [box(1000, 500, 440, 300), box(1000, 400, 440, 90)]);
  check({ width: 336, height: 400 }, [box(280, 258, 520, 202)], DEFAULT_PLACE, { width: 800, height: 600 });
  check(pill, [], { edge: "right", gap_px: 5000, y: 3 });
  check(panel, [], DEFAULT_PLACE, { width: 320, height: 400 });
});

test("an open panel that grows or shrinks keeps its top where it can", () => {
  const check = (before, size, avoid, top) => {
    const from = { ...placeOverlay(view, { width: 336, height: size }, DEFAULT_PLACE, avoid), top: before };
    assert.equal(keepTop(view, from, placeOverlay(view, { width: 336, height: size }, DEFAULT_PLACE, avoid), avoid).top, top);
  };
  check(262, 400, [], 262);
  check(262, 630, [], 262);
  check(400, 500, [], 392);
  check(262, 400, [{ left: 1000, top: 300, width: 440, height: 200 }], 8);
  const elsewhere = { left: 100, top: 262, width: 336, height: 400 };
  assert.equal(keepTop(view, elsewhere, { ...elsewhere, left: 1092, top: 492 }, []).top, 492);
});

test("a pill slides along its edge off the page's controls, not far", () => {
  const at = placeOverlay(view, pill, DEFAULT_PLACE, []);
  const field = (top, height = 36) => ({ left: 1100, top, width: 320, height });
  const check = (controls, top) => assert.deepEqual(slideOff(view, at, controls), { ...at, top });
  check([], 540);
  check([field(400), field(600)], 540);
  check([field(530)], 574);
  check([field(560)], 516);
  check([field(460), field(530), field(574)], 618);
  check([field(0, 900)], 540);
  check([field(100, 600), field(720, 180)], 540);
});

test("a place is what puts the pill back", () => {
  const check = (left, top) => {
    const there = { left, top, ...pill };
    assert.deepEqual(placeOverlay(view, pill, placeOf(view, there), []), there);
  };
  check(20, 100);
  check(1200, 700);
});
