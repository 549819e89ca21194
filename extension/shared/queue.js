// @ts-check
/**
 * Owns what may overtake or replace what while requests wait for the brain: newer text of a conversation supersedes queued older
 * text. Reports carry only what changed, so to supersede is to merge; a test in tests/ holds it to that.
 *
 * @typedef {import("../wire").RequestBody} RequestBody
 * @typedef {import("../wire").PageEvent} PageEvent
 * @typedef {Extract<PageEvent, { type: "conversation_seen" }>} Seen
 * @typedef {import("./engine.js").Entry} Entry
 */

/** @param {RequestBody} body */
export function isSeen(body) {
  return body.from === "page" && body.message.type === "conversation_seen";
}

/**
 * Events before which everything that the page reported must have been sent.
 * @param {RequestBody} body
 */
export function endsContact(body) {
  if (body.from === "closed") return true;
  return body.from === "page" && (body.message.type === "conversation_left" || body.message.type === "hello");
}

/**
 * Adds an entry to the queue, merging it into the newest one of its tab where both report text.
 * @param {Entry[]} queue
 * @param {Entry} entry
 */
export function enqueue(queue, entry) {
  const older = isSeen(entry.body) ? queue.findLast((other) => other.tab === entry.tab && bars(other.body)) : undefined;
  if (!older || !isSeen(older.body)) {
    queue.push(entry);
    return;
  }
  older.body = { from: "page", message: supersede(seenOf(older), seenOf(entry)) };
  older.settle.push(...entry.settle);
}

/** @param {RequestBody} body */
function bars(body) {
  return isSeen(body) || endsContact(body);
}

/**
 * @param {Entry} entry
 * @returns {Seen}
 */
function seenOf(entry) {
  return /** @type {{ from: "page", message: Seen }} */ (entry.body).message;
}

/**
 * What both reports say together, in the newer one's order where it repeats all; of another conversation the older one is forgotten.
 * @param {Seen} older
 * @param {Seen} newer
 * @returns {Seen}
 */
export function supersede(older, newer) {
  if (older.conversation.id !== newer.conversation.id) return newer;
  const removed = new Set([...older.removed, ...newer.removed]);
  for (const message of newer.messages) removed.delete(message.id);
  const newest = new Map(newer.messages.map((message) => [message.id, message]));
  const kept = older.messages.filter((message) => !newer.removed.includes(message.id));
  const whole = kept.every((message) => newest.has(message.id));
  const merged = kept.map((message) => newest.get(message.id) ?? message);
  const added = newer.messages.filter((message) => !kept.some((other) => other.id === message.id));
  return { ...newer, messages: whole ? newer.messages : [...merged, ...added], removed: [...removed] };
}
