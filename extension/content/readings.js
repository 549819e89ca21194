// @ts-check
/**
 * Owns the comparison of one page's readings: the same, another conversation's, or other rows. Reads nothing.
 *
 * @typedef {import("./reader.js").PageReading} PageReading
 */

/** Other rows, or another conversation by name. @param {PageReading} before @param {PageReading} after */
export function isOtherConversation(before, after) {
  return before.conversation.id !== after.conversation.id || isOtherRows(before, after);
}

/** Whether fewer than half of the messages of the shorter one are in the other. @param {PageReading} before @param {PageReading} after */
export function isOtherRows(before, after) {
  const least = Math.min(before.messages.length, after.messages.length);
  return least > 0 && sharedMessages(before, after) < least * 0.5;
}

/** How many messages both have. @param {PageReading} before @param {PageReading} after */
export function sharedMessages(before, after) {
  const known = new Set(before.messages.map((message) => message.id));
  return after.messages.filter((message) => known.has(message.id)).length;
}

/** "2 minutes ago" says less every minute: the first time read stays. @param {PageReading} before @param {PageReading} after */
export function keepTimes(before, after) {
  const times = new Map(before.messages.map((message) => [message.id, message.sent_at_ms]));
  for (const message of after.messages) message.sent_at_ms = times.get(message.id) ?? message.sent_at_ms;
}

/** @param {PageReading} left @param {PageReading} right */
export function sameReading(left, right) {
  if (left.reply_box !== right.reply_box || left.messages.length !== right.messages.length) return false;
  if (JSON.stringify(left.conversation) !== JSON.stringify(right.conversation)) return false;
  return left.messages.every((message, at) => {
    const other = right.messages[at];
    return other !== undefined && message.id === other.id && message.text === other.text && message.author === other.author && message.author_name === other.author_name && message.sent_at_ms === other.sent_at_ms;
  });
}
