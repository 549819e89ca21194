// @ts-check
/**
 * Owns what of a reading the brain already has, and tells what is new. Does not read pages and sends nothing.
 *
 * @typedef {import("../wire").Conversation} Conversation
 * @typedef {import("../wire").Message} Message
 * @typedef {import("../wire").ReplyBox} ReplyBoxState
 * @typedef {Extract<import("../wire").PageEvent, { type: "conversation_seen" }>} SeenEvent
 * @typedef {{ conversation: Conversation, messages: Message[], reply_box: ReplyBoxState }} Seeing
 */

export function createChanges() {
  /** Fingerprints by message id, in the page's order. @type {Map<string, string>} */
  let known = new Map();
  /** @type {string | null} */
  let knownId = null;
  let knownFrame = "";

  return {
    /** The brain has nothing: the next report says everything. */
    forget() {
      known = new Map();
      knownId = null;
    },
    /**
     * Null when the brain already has all of it. History that appears above known messages is reported with everything, so that
     * the order is plain.
     * @param {Seeing} seeing
     * @returns {SeenEvent | null}
     */
    report({ conversation, messages, reply_box }) {
      const same = knownId === conversation.id;
      const before = same ? known : new Map();
      const now = new Map(messages.map((message) => [message.id, fingerprint(message)]));
      const removed = [...before.keys()].filter((id) => !now.has(id));
      const changed = messages.filter((message) => before.get(message.id) !== now.get(message.id));
      const frame = JSON.stringify([conversation, reply_box]);
      const nothingNew = same && changed.length === 0 && removed.length === 0 && frame === knownFrame;
      known = now;
      knownId = conversation.id;
      knownFrame = frame;
      if (nothingNew) return null;
      const sent = addsOnlyAtEnd(messages, before) ? changed : messages;
      return { type: "conversation_seen", conversation, messages: sent, removed, reply_box };
    },
  };
}

/** @param {Message} message */
function fingerprint(message) {
  return JSON.stringify([message.author, message.author_name, message.text, message.sent_at_ms]);
}

/**
 * @param {Message[]} messages
 * @param {Map<string, string>} before
 */
function addsOnlyAtEnd(messages, before) {
  const firstNew = messages.findIndex((message) => !before.has(message.id));
  return firstNew < 0 || messages.slice(firstNew).every((message) => !before.has(message.id));
}
