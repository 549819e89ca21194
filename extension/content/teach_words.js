// @ts-check
/**
 * Owns the words of teaching in both languages. Knows nothing of when they are said.
 *
 * @typedef {import("../wire").Locale} Locale
 */

/** @type {Record<string, [en: string, zh: string]>} */
const TEACH_WORDS = {
  name: ["Teach Warmseat this page", "教暖席读这个页面"],
  step: ["Step {n} of 3", "第 {n} 步，共 3 步"],
  customer: ["Point at one message that the customer wrote.", "指出一条客户写的消息。"],
  own: ["Point at one message that you or your team wrote.", "指出一条你或同事写的消息。"],
  box: ["Point at the box you reply in.", "指出你写回复的输入框。"],
  keys: ["Arrow keys walk, Enter takes, + and − change the size, Esc leaves.", "方向键移动，回车选定，+ 和 − 调整范围，Esc 退出。"],
  back: ["Back", "返回"],
  wider: ["Wider", "放大范围"],
  narrower: ["Narrower", "缩小范围"],
  move: ["Move this", "挪开"],
  none: ["None here", "这里没有"],
  cancel: ["Cancel", "取消"],
  use: ["Use this", "就这样读"],
  propose: ["Use and propose to team", "就这样读，并提议给团队"],
  preview: ["This is what Warmseat would read from now on.", "以后暖席会这样读。"],
  count_customer: ["{n} customer", "客户 {n} 条"],
  count_agent: ["{n} agent", "坐席 {n} 条"],
  count_note: ["{n} note", "备注 {n} 条"],
  count_bot: ["{n} bot", "机器人 {n} 条"],
  count_unknown: ["{n} unknown", "未知 {n} 条"],
  letter_customer: ["C", "客"],
  letter_agent: ["A", "席"],
  letter_note: ["N", "注"],
  letter_bot: ["B", "机"],
  letter_unknown: ["?", "?"],
  letter_box: ["Reply", "回复"],
  has_box: ["reply box marked", "回复框已标出"],
  missing_customer: ["The customer's message you pointed at is not read as one. Go back and point at it with a wider or narrower frame.", "你指出的客户消息没有被读成客户消息。请返回，用更大或更小的范围再指一次。"],
  missing_own: ["Your own message is not read as yours. Go back and point at another one.", "你自己的消息没有被读成坐席消息。请返回，换一条再指。"],
  nothing: ["Nothing could be learned from that: the two are one message. Point at another one.", "学不到东西：这两处是同一条消息。请换一条。"],
  no_rows: ["No messages were found to walk through. Use the pointer.", "没有找到可以移动的消息。请用鼠标指。"],
  picked: ["Taken: {text}", "已选：{text}"],
  at: ["{n} of {all}: {text}", "第 {n} 条，共 {all} 条：{text}"],
  field: ["Field {n} of {all}", "第 {n} 个输入框，共 {all} 个"],
  saved: ["Saved for this site, on this device.", "已为此网站保存在本机。"],
  not_proposed: ["Kept on this device, but not proposed: the engine does not answer. Propose it later from the popup.", "已保存在本机，但没有提议出去：引擎没有回应。稍后可以在扩展弹窗里提议。"],
  not_saved: ["Could not be saved. Nothing changed.", "没有保存成功，一切照旧。"],
};

/**
 * @param {Locale} locale
 * @returns {(word: string, values?: Record<string, string | number>) => string}
 */
export function teachWords(locale) {
  return (word, values = {}) => (TEACH_WORDS[word]?.[locale === "zh" ? 1 : 0] ?? word).replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}
