// Who hears what: routes by tab, layout past the brain, scenes while the engine is away, resend after a respawn.
import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { createBroker } from "../shared/broker.js";
import { createAsking } from "../shared/links.js";

/** Time limits are engine.test.mjs's business. */
mock.timers.enable({ apis: ["setTimeout"] });
globalThis.navigator ??= { language: "en-US" };

let worker;
let spawned = 0;
let broker;

function spawn() {
  spawned += 1;
  worker = { posted: [], postMessage: (message) => worker.posted.push(message), terminate() {} };
  return worker;
}

function link(kind, tab) {
  const made = { kind, tab, got: [], post: (message) => made.got.push(message), onMessage: (say) => (made.say = say), onGone: (go) => (made.go = go) };
  broker.connect(made);
  return made;
}

const requests = () => worker.posted.filter((message) => message.body).map(({ tab, body }) => `${tab} ${body.from} ${body.message?.type ?? ""}`.trim());
const ready = () => worker.onmessage({ data: { type: "ready", version: "1" } });
const told = (tab, body) => worker.onmessage({ data: { type: "told", tab, body } });
const hello = (tab) => ({ event: { type: "hello", site: `desk${tab}`, url: `https://desk${tab}/`, locale: "en" } });
const scene = { locale: "zh", engine: { state: "ready" }, sync: { state: "local" }, conversation: { suggestions: [{}], pending: 1 }, care: { prompt: {} }, notice: null };

const settle = () => new Promise((done) => setImmediate(done));

beforeEach(() => {
  spawned = 0;
  broker = createBroker({ spawn });
});

test("each tab hears its own, layout goes past the brain", () => {
  const [page, other, overlay] = [link("page", 1), link("page", 2), link("overlay", 1)];
  page.say(hello(1));
  other.say(hello(2));
  ready();
  told(1, { to: "page", message: { type: "open_reply_form" } });
  told(1, { to: "overlay", message: scene });
  told(9, { to: "overlay", message: scene });
  overlay.say({ layout: { type: "drag_start" } });
  assert.deepEqual(page.got, [{ command: { type: "open_reply_form" } }, { layout: { type: "drag_start" } }]);
  assert.deepEqual(other.got, []);
  assert.deepEqual(overlay.got.at(-1), { scene });
});

test("an overlay is not heard before its page, and its size is not lost", () => {
  const overlay = link("overlay", 1);
  const resize = { type: "resize", width_px: 100, height_px: 36, open: false };
  overlay.say({ command: { type: "hello" } });
  overlay.say({ layout: resize });
  assert.equal(spawned, 0);
  const page = link("page", 1);
  ready();
  assert.deepEqual(requests(), ["1 overlay hello"]);
  assert.deepEqual(page.got, [{ layout: resize }]);
});

test("what an overlay asks before its page is there is answered once it was done", async () => {
  const overlay = link("overlay", 1);
  overlay.say({ id: 3, command: { type: "insert", suggestion_id: "a" } });
  for (let id = 4; id < 12; id += 1) overlay.say({ id, command: { type: "hello" } });
  await settle();
  assert.deepEqual(overlay.got, [{ id: 11, result: { type: "error", code: "no_conversation", detail: "" } }]);
  link("page", 1);
  ready();
  const { id } = worker.posted.find((message) => message.body?.message.type === "insert");
  worker.onmessage({ data: { type: "answer", id, result: { type: "error", code: "no_conversation", detail: "" } } });
  await settle();
  assert.deepEqual(overlay.got.at(-1), { id: 3, result: { type: "error", code: "no_conversation", detail: "" } });
});

test("each command is answered once, also when the wire breaks", () => {
  const answers = [];
  const asking = createAsking(({ type }, result) => answers.push([type, result.code ?? result.type]));
  const [insert, pause, hello] = ["insert", "pause", "hello"].map((type) => asking.ask({ type }));
  asking.hear({ id: pause.id, result: { type: "done" } });
  asking.hear({ id: pause.id, result: { type: "done" } });
  asking.lost([hello]);
  asking.hear({ id: insert.id, result: { type: "done" } });
  asking.hear({ id: hello.id, result: { type: "done" } });
  assert.deepEqual(answers, [["pause", "done"], ["insert", "engine_unavailable"], ["hello", "done"]]);
});

test("answers carry the asker's id; a page that goes is closed; panels see what is open", async () => {
  const [page, panel] = [link("page", 1), link("panel", 0)];
  page.say(hello(1));
  ready();
  panel.say({ id: 5, tab: 1, query: { type: "inspect" } });
  const { id } = worker.posted.findLast((message) => message.body?.from === "panel");
  worker.onmessage({ data: { type: "answer", id, result: { type: "done" } } });
  await Promise.resolve();
  await Promise.resolve();
  assert.deepEqual(panel.got, [{ id: 5, result: { type: "done" } }]);
  panel.say({ id: 6, tabs: true });
  assert.deepEqual(panel.got[1], { id: 6, tabs: [{ tab: 1, site: "desk1", url: "https://desk1/" }], life: "ready" });
  page.say({ event: { type: "conversation_seen", conversation: { url: "https://desk1/t/7" }, messages: [], removed: [], reply_box: "open" } });
  panel.say({ id: 7, tabs: true });
  assert.equal(panel.got[2].tabs[0].url, "https://desk1/t/7", "a page that turned to another address without loading");
  page.go();
  assert.equal(requests().at(-1), "1 closed");
});

test("the overlay is told when the engine is away; the page is asked to resend", () => {
  const [page, overlay] = [link("page", 1), link("overlay", 1)];
  page.say(hello(1));
  ready();
  told(1, { to: "overlay", message: scene });
  worker.onerror({});
  assert.equal(overlay.got.at(-1).scene.engine.state, "starting");
  assert.deepEqual(overlay.got.at(-1).scene.conversation.suggestions, []);
  ready();
  assert.deepEqual(page.got.at(-1), { resend: true });
  page.say(hello(1));
  assert.deepEqual(requests(), ["1 page hello", "1 overlay hello"]);
  worker.onerror({});
  assert.deepEqual(overlay.got.at(-1).scene.engine, { state: "unavailable", code: "engine_unavailable" });
  assert.equal(overlay.got.at(-1).scene.locale, "zh");
  overlay.say({ command: { type: "restart_engine" } });
  assert.equal(spawned, 3);
});
