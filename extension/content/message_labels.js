// @ts-check
/**
 * Owns the labels in a message's head, English and Chinese, and what each of them names: who wrote, to whom, when, about what.
 * Holds no product's class names and looks at no DOM. What tickets and forms call their fields is in words.js and forms_words.js.
 */

/** @typedef {"from" | "to" | "copy" | "date" | "subject" | "audience" | "more"} HeadPart */

/** Labels without blanks, in small letters. @type {Record<HeadPart, RegExp>} */
const PARTS = {
  from: /^(?:from|sender|author|postedby|writtenby|发件人|發件人|寄件人|寄件者|作者|发布者)$/,
  to: /^(?:to|recipients?|sendto|replyto|reply-to|收件人|收信人|发送至|发送给|回复给)$/,
  copy: /^(?:cc|bcc|抄送|密送)$/,
  date: /^(?:date|sent|received|.{0,4}(?:日期|时间))$/,
  subject: /^(?:subject|主题|主旨)$/,
  audience: /^(?:visibility|visibleto|audience|可见性|可见范围|公开范围)$/,
  more: /^(?:via|emailed|attachments?|附件)$/,
};
/** The parts that may stand under the sender of a quoted mail. @type {Set<HeadPart>} */
export const FOLLOWS_SENDER = new Set(["date", "to", "copy", "subject"]);
const LONGEST = 14;
const LABEL = new RegExp(`^\\*?([^:：\\n]{1,${LONGEST}})[:：]\\*?`);

/**
 * What a label names, with or without its colon. Null for one that heads no message.
 * @param {string} label @returns {HeadPart | null}
 */
export function headPart(label) {
  if (label.length > LONGEST + 2) return null;
  const bare = label.replace(/[\s\u3000:：*]/g, "").toLowerCase();
  for (const [part, words] of Object.entries(PARTS)) if (words.test(bare)) return /** @type {HeadPart} */ (part);
  return null;
}

/**
 * The label that a line begins with, up to its colon, and what stands after it. Null where the line begins with none.
 * @param {string} line @returns {{ part: HeadPart, label: string, value: string } | null}
 */
export function splitHead(line) {
  const [whole = "", label = ""] = LABEL.exec(line) ?? [];
  const part = headPart(label);
  return part && { part, label: whole, value: line.slice(whole.length).trim() };
}

/** Not the customer's to see, as a message's visibility says it. */
const TEAM_ONLY = /\b(?:internal|private|staff|agents?|team|handlers?|developers?|supervisors?|operators?|hidden|restricted)\b|内部|私[密有]|员工|客服|坐席|团队|不公开|隐藏/i;
const FOR_ALL = /\b(?:public|everyone|all|customers?|reporters?|requesters?|clients?)\b|公开|所有人|全部|客户|访客/i;

/** Whether "Visibility: Staff" stands in a message's head. @param {string} line */
export function saysTeamSees(line) {
  const head = splitHead(line);
  return head !== null && head.part === "audience" && TEAM_ONLY.test(head.value) && !FOR_ALL.test(head.value.replace(/不公开/g, ""));
}

/** Whether words end in a label of whom a message goes to: what comes next is not who wrote it. @param {string} words */
export function namesAddressee(words) {
  const part = headPart(/(?:^|\s)([^\s:：]+)\s*[:：]$/.exec(words)?.[1] ?? "");
  return part === "to" || part === "copy";
}
