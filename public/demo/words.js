// @ts-check
/** The demo desk's own words, zh and en. The customers' words are in conversations.js. */

/** @type {Record<string, [en: string, zh: string]>} */
const DESK_WORDS = {
  inbox: ["Inbox", "收件箱"],
  open_tickets: ["Open tickets", "待处理工单"],
  play: ["Customer writes…", "客户发来消息…"],
  signed_in: ["Signed in as", "当前登录"],
  is_typing: ["{name} is typing…", "{name} 正在输入…"],
  conversation: ["Conversation", "对话"],
  reply: ["Reply to customer", "回复客户"],
  reply_placeholder: ["Write a reply…", "输入回复…"],
  send: ["Send", "发送"],
  reply_sent: ["Reply sent", "回复已发送"],
  details: ["Ticket details", "工单信息"],
  requester: ["Requester", "客户"],
  email: ["E-mail", "邮箱"],
  since: ["Customer since", "注册年份"],
  channel: ["Channel", "渠道"],
  chat: ["Chat", "在线聊天"],
  channel_email: ["E-mail", "邮件"],
  category: ["Category", "分类"],
  priority: ["Priority", "优先级"],
  order: ["Order no.", "订单号"],
  date: ["Date concerned", "相关日期"],
  amount: ["Amount", "金额"],
  not_chosen: ["Choose…", "请选择"],
  fields: ["Ticket fields", "工单字段"],
  save: ["Save", "保存"],
  saved: ["Saved", "已保存"],
  choose: ["Choose a ticket on the left.", "请在左侧选择一张工单。"],
  new: ["New", "新消息"],
};

const KEY = "demo desk language";

/** @returns {"zh" | "en"} */
export function language() {
  const asked = new URLSearchParams(location.search).get("lang");
  const kept = sessionStorage.getItem(KEY) ?? asked ?? navigator.language;
  return kept.toLowerCase().startsWith("zh") ? "zh" : "en";
}

/** @param {"zh" | "en"} to */
export function setLanguage(to) {
  sessionStorage.setItem(KEY, to);
}

/** @param {string} word */
export function t(word) {
  return DESK_WORDS[word]?.[language() === "zh" ? 1 : 0] ?? word;
}

/** @param {number} at_ms */
export function when(at_ms) {
  const date = new Date(at_ms);
  const locale = language() === "zh" ? "zh-CN" : "en-GB";
  const time = date.toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit" });
  const today = date.toDateString() === new Date().toDateString();
  return today ? time : `${date.toLocaleDateString(locale, { month: "short", day: "numeric" })} ${time}`;
}
