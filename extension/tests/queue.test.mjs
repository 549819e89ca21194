// What may replace what in the queue before the brain.
import assert from "node:assert/strict";
import { test } from "node:test";
import { enqueue, supersede } from "../shared/queue.js";

const message = (id, text = id) => ({ id, author: "customer", author_name: null, text, sent_at_ms: null, evidence: "" });
const seen = (conversation, messages, removed = []) => ({
  type: "conversation_seen",
  conversation: { id: conversation, url: "", subject: null, channel: "chat", requester: {}, agent_name: null },
  messages,
  removed,
  reply_box: "open",
});
const ids = (event) => event.messages.map(({ id, text }) => (id === text ? id : `${id}=${text}`)).join(" ");

test("newer text supersedes older text of the same conversation", () => {
  const check = (older, newer, expected, removed = "") => {
    const merged = supersede(older, newer);
    assert.equal(ids(merged), expected);
    assert.equal(merged.removed.join(" "), removed);
  };
  check(seen("c", [message("1"), message("2")]), seen("c", [message("3")]), "1 2 3");
  check(seen("c", [message("1"), message("2")]), seen("c", [message("1", "edited")]), "1=edited 2");
  check(seen("c", [message("1"), message("2")]), seen("c", [], ["1"]), "2", "1");
  check(seen("c", [message("2")], ["1"]), seen("c", [message("1")]), "2 1");
  check(seen("c", [message("2")]), seen("c", [message("1"), message("2")]), "1 2");
  check(seen("c", [message("1")]), seen("d", [message("9")]), "9");
});

test("a queue merges only what nothing stands between", () => {
  const entry = (tab, body) => ({ tab, body, settle: [() => {}] });
  const page = (event) => ({ from: "page", message: event });
  const queue = [];
  enqueue(queue, entry(1, page(seen("c", [message("1")]))));
  enqueue(queue, entry(2, page(seen("c", [message("x")]))));
  enqueue(queue, entry(1, page({ type: "activity" })));
  enqueue(queue, entry(1, page(seen("c", [message("2")]))));
  assert.equal(queue.length, 3);
  assert.equal(ids(queue[0].body.message), "1 2");
  assert.equal(queue[0].settle.length, 2);
  enqueue(queue, entry(1, page({ type: "conversation_left" })));
  enqueue(queue, entry(1, page(seen("d", [message("3")]))));
  assert.equal(queue.length, 5);
});
