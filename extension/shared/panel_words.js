// @ts-check
/**
 * Owns the words of popup and glass box in both languages, and how they get into the page. Knows nothing of what is shown.
 *
 * @typedef {import("../wire").Locale} Locale
 * @typedef {"auto" | Locale} LocaleChoice
 */

const LOCALE_KEY = "locale";

/** `one`: the English words where `{n}` is 1. @type {Record<string, [en: string, zh: string, one?: string]>} */
const WORDS = {
  popup_title: ["Warmseat", "暖席"],
  this_site: ["Read this site", "读取此网站"],
  site_on: ["On. Warmseat reads conversations on {host} and shows the badge while it does.", "已开启。暖席会读取 {host} 上的对话，读取时图标上有标记。"],
  site_off: ["Off. Nothing on {host} is read.", "已关闭。{host} 上的内容不会被读取。"],
  site_never: ["This page cannot be read. Open your helpdesk first.", "此页无法读取。请先打开工单系统。"],
  site_refused: ["The browser did not give permission. Nothing is read.", "浏览器没有授权。内容不会被读取。"],
  taught: ["Taught for this site", "为此网站教过的"],
  teach: ["Teach this page", "教它读这页"],
  taught_none: ["Nothing. Warmseat finds conversations by itself.", "没有。暖席自己找对话。"],
  taught_as_found: ["This page is read as taught.", "此页按教过的方式读取。"],
  taught_as_team: ["This page is read as your team taught it.", "此页按团队教过的方式读取。"],
  taught_as_missed: ["What was taught was not found here, so Warmseat looked for itself.", "此页没有找到教过的内容，暖席自己找了一遍。"],
  taught_here: ["{path} · {day}", "{path} · {day}"],
  taught_file: ["{path} · {day} · from a file", "{path} · {day} · 来自文件"],
  taught_team: ["{path} · from your team", "{path} · 来自团队"],
  shared_here: ["Only on this device", "只在本机"],
  shared_waiting: ["On its way to your team", "正在发给团队"],
  shared_not_taken: ["The server could not take it", "服务器没能收下"],
  shared_proposed: ["Proposed. Your supervisor decides.", "已提议，等主管决定"],
  shared_approved: ["Approved. Your team reads this way.", "已批准，团队都这样读"],
  shared_rejected: ["Not taken for the team. It stays yours.", "主管没有采纳，仍在本机使用"],
  shared_withdrawn: ["Withdrawn from the team. It stays yours.", "团队已停用，仍在本机使用"],
  propose: ["Propose", "提议"],
  not_shareable: ["It holds more than signs of a page, so it stays here. Teach the page again to propose it.", "其中不只有页面特征，所以没有发出。重新教一遍再提议。"],
  forget: ["Forget", "忘掉"],
  named: ["{word}: {about}", "{word}：{about}"],
  export_taught: ["Export", "导出"],
  import_taught: ["Import", "导入"],
  imported: ["Imported: {n}", "已导入 {n} 项"],
  import_not_json: ["This file cannot be read: it is no JSON.", "无法读取此文件：不是 JSON。"],
  import_not_ours: ["This file holds nothing that was taught.", "此文件里没有教过的内容。"],
  import_other_version: ["This file is of another version of Warmseat.", "此文件来自另一个版本的暖席。"],
  import_bad_locator: ["This file is damaged or was changed. Nothing was imported.", "此文件已损坏或被改动过。没有导入任何内容。"],
  import_too_many: ["This file is too large. Nothing was imported.", "此文件过大。没有导入任何内容。"],
  import_other_site: ["This file was made for another site. Nothing was imported.", "此文件属于另一个网站。没有导入任何内容。"],
  language: ["Language", "语言"],
  auto: ["Auto", "自动"],
  rest_prompts: ["Rest prompts", "休息提醒"],
  rest_hint: ["Never within a chat or call, nor while you type. Nobody else sees this.", "聊天、通话和打字时不出现。别人看不到。"],
  pause: ["Pause now", "现在休息"],
  minutes: ["{n} min", "{n} 分钟"],
  paused_until: ["Pause until {time}", "休息到 {time}"],
  end_pause: ["End pause", "结束休息"],
  engine: ["Engine", "引擎"],
  own_model: ["Your team's own model", "团队自己的模型"],
  own_model_loading: ["loading; the built-in one works meanwhile", "正在加载，内置模型先顶上"],
  own_model_ready: ["gives the classes", "由它给出分类"],
  own_model_failed: ["off ({code}); the built-in one works on", "没有运行（{code}），内置模型照常工作"],
  engine_asleep: ["Asleep. It starts with your helpdesk's page.", "未启动。打开工单页面时启动。"],
  engine_starting: ["Starting", "正在启动"],
  engine_loading: ["Loading the model, {n} %", "正在加载模型，{n} %"],
  engine_ready: ["Ready, on this machine", "就绪，在本机运行"],
  engine_unavailable: ["Off. The page works as usual; what was recorded is kept.", "已停止。页面照常使用，已记录的内容都在。"],
  sync: ["Team server", "团队服务器"],
  sync_local: ["None. Nothing leaves this machine.", "未连接。没有任何内容离开本机。"],
  sync_synced: ["Up to date", "已同步"],
  sync_waiting: ["{n} records wait for the server", "{n} 条记录等待发送", "{n} record waits for the server"],
  sync_refused: ["The server refuses this device's token. {n} records wait.", "服务器拒绝了本机令牌。{n} 条记录等待发送。", "The server refuses this device's token. {n} record waits."],
  sync_unknown: ["Not known while the engine is off", "引擎未启动，暂时未知"],
  server: ["Server address", "服务器地址"],
  token: ["Device token", "设备令牌"],
  token_hint: ["From your supervisor. Leave it empty to stop sending.", "由主管提供。留空则停止发送。"],
  connect: ["Connect", "连接"],
  connect_done: ["Saved.", "已保存。"],
  disconnect_done: ["Saved. Nothing is sent any more.", "已保存。不再发送任何内容。"],
  bad_server: ["An address starts with https:// (http:// only for this machine).", "地址以 https:// 开头（http:// 只用于本机）。"],
  change: ["Change", "更改"],
  what_leaves: ["What leaves this machine", "哪些内容会离开本机"],
  not_saved: ["The engine does not answer, so this was not saved. Try again in a moment.", "引擎没有回应，设置没有保存。请稍后再试。"],

  inspect_title: ["What is read, what leaves", "读了什么，发了什么"],
  inspect_lead: ["Everything Warmseat has read on one page, and every record that leaves this machine. No message text leaves it.", "这里列出暖席在一个页面上读到的全部内容，以及离开本机的每一条记录。消息原文不会离开本机。"],
  page: ["Page", "页面"],
  refresh: ["Refresh", "刷新"],
  nothing_read: ["No page is read now. Open your helpdesk and switch Warmseat on for it.", "现在没有读取任何页面。打开工单系统并为它开启暖席。"],
  no_conversation: ["No conversation is open on this page.", "此页没有打开的对话。"],
  read_here: ["Read on this page", "此页读到的内容"],
  waiting: ["Waits to leave", "等待发送"],
  waiting_none: ["Nothing waits.", "没有等待发送的记录。"],
  waiting_local: ["No server is set: these records stay here.", "没有设置服务器，这些记录只留在本机。"],
  sent: ["Has left, newest first", "已发送，最新在前"],
  sent_none: ["Nothing has left this machine.", "没有任何内容离开本机。"],
  proposals: ["Proposed to the team: how sites are read", "向团队提议的网站读法"],
  proposals_none: ["Nothing was proposed.", "没有提议过。"],
  corrections: ["Corrections for the next training", "用于下次训练的更正"],
  corrections_lead: ["Nothing here is sent. If you wish, the words of messages whose class you set are kept on this machine, without names, numbers and addresses, and you can save them as a file for whoever trains the model.", "这里的内容不会发送。你可以选择保留自己更正过的消息文字（姓名、号码、地址会先去掉），只存在本机，再存成文件交给训练模型的人。"],
  keep_words: ["Keep the words of my corrections", "保留我更正过的文字"],
  corrections_none: ["Nothing is kept yet.", "还没有保留任何内容。"],
  corrections_off: ["Off. No words are kept.", "已关闭。不保留任何文字。"],
  save_corrections: ["Save as a file", "存为文件"],
  class: ["Class", "分类"],
  subject: ["Subject", "主题"],
  requester: ["Customer", "客户"],
  agent: ["Agent", "坐席"],
  channel: ["Channel", "渠道"],
  who: ["Who", "谁"],
  text: ["Text", "内容"],
  time: ["Time", "时间"],
  why: ["Why we think so", "判断依据"],
  what: ["Record", "记录"],
  kind_of_page: ["Page", "页面"],
  state: ["State", "状态"],
  contents: ["Contents, as sent", "内容（原样）"],
  as_data: ["All of it as data", "全部内容（数据）"],
  timing: ["Last message: {inference} ms in the model, {total} ms in all; {n} messages since the start. Ready {ready} ms after the start; {memory} MB of memory.", "上一条消息：模型 {inference} 毫秒，共 {total} 毫秒；启动以来 {n} 条。启动 {ready} 毫秒后就绪，占用内存 {memory} MB。", "Last message: {inference} ms in the model, {total} ms in all; {n} message since the start. Ready {ready} ms after the start; {memory} MB of memory."],
  by_customer: ["customer", "客户"],
  by_agent: ["agent", "坐席"],
  by_bot: ["bot", "机器人"],
  by_note: ["internal note", "内部备注"],
  by_system: ["system", "系统"],
  by_unknown: ["unknown", "未知"],
  on_chat: ["chat", "在线聊天"],
  on_email: ["e-mail", "邮件"],
  on_ticket: ["ticket", "工单"],
  on_social: ["social", "社交媒体"],
  on_phone: ["phone", "电话"],
  why_taught: ["as taught on this site", "按此网站上教过的方式"],
  why_taught_name: ["your own name, as taught on this site", "你自己的名字（在此网站上教过）"],
  why_alignment: ["the side it stands on", "消息所在的一侧"],
  why_author_in_desk_domain: ["the author's address is the desk's", "作者邮箱属于客服团队"],
  why_author_in_requester_domain: ["the author's address is the customer's company's", "作者邮箱与客户同属一家公司"],
  why_author_is_owner: ["the author handles this ticket", "作者是此工单的处理人"],
  why_author_is_requester: ["the author is the customer shown", "作者就是页面上的客户"],
  why_author_is_signed_in: ["the author is signed in here", "作者是当前登录的人"],
  why_author_word: ["a word beside the author", "作者旁边的字样"],
  why_badge_word: ["a badge on the message", "消息上的标签"],
  why_internal_badge: ["marked as internal", "标为内部"],
  why_note_paper: ["on the colour of note paper", "便签底色"],
  why_note_look: ["drawn as notes are, unlike the desk's answers", "样子像备注，和其他回复不同"],
  why_greets_requester: ["greets the customer by name", "称呼了客户的名字"],
  why_no_badge: ["no badge, where every customer has one", "没有客户都带的标签"],
  why_none: ["no evidence", "没有依据"],
  why_other_party: ["the one left when the others are known", "其他人都已知，剩下的一方"],
  why_other_side: ["on the other side", "在另一侧"],
  why_same_author: ["the same author as another message", "与另一条消息同一作者"],
  why_same_side: ["on the same side as known messages", "与已知消息同一侧"],
  why_portrait_letters: ["the letters of the portrait", "头像上的字"],
  why_speech: ["how they write", "说话的方式"],
  event_message_analysed: ["Message understood", "消息已理解"],
  event_mood_changed: ["Mood changed", "情绪变化"],
  event_alert_opened: ["Alert opened", "提醒开启"],
  event_alert_closed: ["Alert closed", "提醒结束"],
  event_conversation_reread: ["Misread before: what was sent of it is taken back", "先前读错：已发送的内容作废"],
  event_intent_corrected: ["Class corrected", "分类更正"],
  event_suggestion_shown: ["Answer shown", "回复已展示"],
  event_suggestion_inserted: ["Answer inserted", "回复已插入"],
  loading: ["Asking the engine", "正在询问引擎"],
  no_answer: ["The engine does not answer. The page works as usual; what was recorded is kept.", "引擎没有回应。页面照常使用，已记录的内容都在。"],
};

/**
 * The words of a code, or the code itself where there are none.
 * @param {string} kind
 * @param {string} code
 */
export function sayCode(kind, code) {
  const word = `${kind}_${code}`;
  return word in WORDS ? say(word) : code;
}

/** How the page is read, of what a content script says; nothing where nothing was taught. @param {unknown} taught */
export function sayTaught(taught) {
  return taught === "found" || taught === "team" || taught === "missed" ? say(`taught_as_${taught}`) : "";
}

/** @type {Locale} */
let current = browserLocale();

/** @returns {Locale} */
export function browserLocale() {
  return chrome.i18n.getUILanguage().toLowerCase().startsWith("zh") ? "zh" : "en";
}

/** @returns {Promise<LocaleChoice>} */
export async function readLocaleChoice() {
  const choice = (await chrome.storage.local.get(LOCALE_KEY))[LOCALE_KEY];
  return choice === "zh" || choice === "en" ? choice : "auto";
}

/** @param {LocaleChoice} choice */
export function storeLocaleChoice(choice) {
  return chrome.storage.local.set({ [LOCALE_KEY]: choice });
}

/**
 * Fills every [data-word] of the page with its words.
 * @param {Locale} locale
 */
export function speak(locale) {
  current = locale;
  document.documentElement.lang = locale === "zh" ? "zh-CN" : "en";
  for (const element of document.querySelectorAll("[data-word]")) {
    element.textContent = say(element.getAttribute("data-word") ?? "");
  }
}

export function currentLocale() {
  return current;
}

/**
 * @param {string} word
 * @param {Record<string, string | number>} [values]
 */
export function say(word, values = {}) {
  const [en, zh, one] = WORDS[word] ?? [word, word];
  const text = current === "zh" ? zh : values.n === 1 ? (one ?? en) : en;
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/** Day and time. @param {number} at_ms */
export function moment(at_ms) {
  return new Date(at_ms).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "medium" });
}

/** @param {number} at_ms */
export function clock(at_ms) {
  return new Date(at_ms).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
}
