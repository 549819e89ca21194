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

/** Of so many conversations it is known what is doubtful. */
const MOST_CONVERSATIONS = 60;

export function createChanges() {
  /** Fingerprints by message id, in the page's order. @type {Map<string, string>} */
  let known = new Map();
  /** @type {string | null} */
  let knownId = null;
  let knownFrame = "";
  /**
   * Messages that were told of in two conversations, one straight after the other: a page that changes its address before its rows, or
   * after them, lets the one's be told in the other's name. By conversation. @type {Map<string, Set<string>>}
   */
  const doubtful = new Map();

  /** @param {string[]} conversations @param {string[]} messages */
  const doubt = (conversations, messages) => {
    for (const id of conversations) {
      const all = new Set([...(doubtful.get(id) ?? []), ...messages]);
      doubtful.delete(id);
      doubtful.set(id, all);
    }
    for (const oldest of doubtful.keys()) if (doubtful.size > MOST_CONVERSATIONS) doubtful.delete(oldest);
  };
  /** Those that a conversation does not show when it is seen again. @param {string} id @param {Map<string, string>} now */
  const strays = (id, now) => {
    const gone = [...(doubtful.get(id) ?? [])].filter((message) => !now.has(message));
    for (const message of gone) doubtful.get(id)?.delete(message);
    return gone;
  };

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
      const removed = same ? [...before.keys()].filter((id) => !now.has(id)) : strays(conversation.id, now);
      const changed = messages.filter((message) => before.get(message.id) !== now.get(message.id));
      const frame = JSON.stringify([conversation, reply_box]);
      const nothingNew = same && changed.length === 0 && removed.length === 0 && frame === knownFrame;
      const shared = same || knownId === null ? [] : [...now.keys()].filter((id) => known.has(id));
      if (knownId !== null && shared.length > 0 && shared.length >= Math.min(known.size, now.size) * 0.5) doubt([knownId, conversation.id], shared);
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
