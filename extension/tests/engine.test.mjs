// The Worker's life as the broker sees it: one answer each, one respawn, then gone until asked for.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { createEngine } from "../shared/engine.js";

/** @type {FakeWorker[]} */
let spawned = [];
let lives = [];
let engine;

class FakeWorker {
  constructor() {
    this.posted = [];
    this.terminated = false;
    spawned.push(this);
  }
  postMessage(message) {
    this.posted.push(message);
  }
  terminate() {
    this.terminated = true;
  }
  say(message) {
    this.onmessage({ data: message });
  }
  requests() {
    return this.posted.filter((message) => message.body);
  }
  answer(at = 0) {
    this.say({ type: "answer", id: this.requests()[at].id, result: { type: "done" } });
  }
}

const ask = (body = { from: "panel", message: { type: "inspect" } }) => engine.request(1, body);
const seen = (id) => ({
  from: "page",
  message: { type: "conversation_seen", conversation: { id: "c" }, messages: [{ id }], removed: [], reply_box: "open" },
});
const ready = (at = -1) => spawned.at(at).say({ type: "ready", version: "1" });

beforeEach(() => {
  spawned = [];
  lives = [];
  engine = createEngine({ spawn: () => new FakeWorker(), onTold: () => {}, onLife: (life) => lives.push(life) });
});

test("sleeps until the first request, queues until ready, answers each once", async () => {
  assert.equal(engine.life(), "asleep");
  const answer = ask();
  assert.equal(spawned[0].requests().length, 0);
  ready();
  assert.equal(spawned[0].requests().length, 1);
  spawned[0].answer();
  spawned[0].answer();
  assert.deepEqual(await answer, { type: "done" });
  engine.stop();
});

test("a Worker that cannot be started leaves no request without an answer", async () => {
  engine = createEngine({
    spawn: () => {
      throw new DOMException("not here", "SecurityError");
    },
    onTold: () => {},
    onLife: (life) => lives.push(life),
  });
  assert.deepEqual([(await ask()).code, (await ask()).code], ["engine_unavailable", "engine_unavailable"]);
  assert.deepEqual(lives, ["gone"]);
});

test("a trap fails what is pending and respawns once, then the engine is gone, a restart brings it back", async () => {
  const first = ask();
  ready();
  spawned[0].onerror({});
  assert.equal((await first).code, "engine_unavailable");
  assert.ok(spawned[0].terminated);
  assert.equal(spawned.length, 2);
  ready();
  const second = ask();
  spawned[1].say({ type: "failed" });
  assert.equal((await second).code, "engine_unavailable");
  assert.equal(spawned.length, 2);
  assert.equal((await ask()).code, "engine_unavailable");
  assert.deepEqual(lives, ["starting", "ready", "starting", "ready", "gone"]);
  engine.restart();
  ready();
  assert.equal(engine.life(), "ready");
  spawned[1].onerror({});
  assert.equal(engine.life(), "ready", "a dead worker's last words count for nothing");
  engine.stop();
});

test("text waits for the one before it and merges meanwhile; leaving sends it first", async () => {
  const answers = [ask(seen("1"))];
  ready();
  answers.push(ask(seen("2")), ask(seen("3")));
  const worker = spawned[0];
  assert.equal(worker.requests().length, 1);
  worker.answer();
  assert.deepEqual(worker.requests()[1].body.message.messages.map(({ id }) => id), ["2", "3"]);
  worker.answer(1);
  await Promise.all(answers);
  ask(seen("4"));
  ask(seen("5"));
  ask({ from: "page", message: { type: "conversation_left" } });
  assert.deepEqual(worker.requests().slice(2).map(({ body }) => body.message.type), ["conversation_seen", "conversation_seen", "conversation_left"]);
  engine.stop();
});

test("silence is a failure", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  engine = createEngine({ spawn: () => new FakeWorker(), onTold: () => {}, onLife: (life) => lives.push(life) });
  const answers = [ask(), ask()];
  ready();
  spawned[0].answer();
  await Promise.resolve();
  const pings = () => spawned[0].posted.filter((message) => message.ping).length;
  context.mock.timers.tick(3_000);
  assert.equal(pings(), 1);
  spawned[0].say({ type: "pong" });
  await Promise.resolve();
  context.mock.timers.tick(3_000);
  assert.equal(pings(), 2);
  context.mock.timers.tick(10_000);
  assert.deepEqual(await answers[0], { type: "done" });
  assert.equal((await answers[1]).code, "engine_unavailable");
  assert.equal(spawned.length, 2);
  engine.stop();
});
