// @ts-check
/**
 * Owns which lines of a conversation the desk writes itself, English and Chinese: who came and went, what became of the ticket, what was taken back, where older messages begin.
 * Judges words alone; where they stand is bodies.js' to know. A customer who tells of the same things ("the driver left", "活动结束了") says them.
 */
import { isNameLike } from "./text.js";

const THING = "(?:conversation|chat|ticket|session|case|issue|thread|request)";
const THING_ZH = "(?:会话|對話|对话|聊天室|聊天|工单|房间|频道|群聊|通话|咨询|本次服务|本次会话)";
const PARTY_ZH = "(?:客服|坐席|座席|访客|訪客|用户|客户|顾客|买家|对方|机器人|系统)";
/** Nothing that asks, addresses somebody or goes on in another clause. */
const CLAUSE_ZH = "[^，,。；？?！!请吗怎么能不我您你]";

/** @param {string[]} patterns each for the whole line */
const lines = (...patterns) => new RegExp(`^(?:${patterns.join("|")})$`, "iu");

/** What became of the conversation. */
const EVENT = lines(
  "(?:assigned|reassigned|transferred|referred) to\\b.{1,60}\\bby\\b.{1,50}",
  "(?:(?:re|un)?assigned|transferred|escalated) (?:to|from) (?:[\\p{Lu}@][^,.;:!?]{0,40}|the .{1,30} (?:team|queue|group|department))",
  "(?:created|opened|submitted|added) (?:on|at) .{4,60}\\bby\\b.*",
  `(?:open |closed )?.{1,60}\\b(?:opened|closed|reopened|created|raised|edited|updated) (?:this|the) ${THING}\\b.*`,
  `${THING}(?:\\s+(?:#?[\\w-]*\\d[\\w-]*|status|priority|has|have|been|was|is|were|now|automatically|successfully))*\\s+(?:started|ended|closed|open|reopened|opened|assigned|transferred|resolved|created|updated|merged|rated|snoozed|solved|joined|queued)(?:\\s+(?:to|by|from|with|on|at|in|into|as|after|due|for|until|automatically|\\d).*)?[.]?`,
  `(?:created|opened|raised|submitted|closed|reopened) this ${THING}(?:\\s+(?:assigned|on|at|by|via)\\b.*)?`, "[^,.;:?!]{1,60}\\s(?:created|opened|submitted) this",
  ".{1,60}\\bmarked (?:(?:this|the) (?:\\w+ )?)?as [\\w ]{2,24}",
  "(?:status|priority|group|queue|type|assignee|owner|due date|tags?) (?:was )?(?:changed|updated|set)(?:(?:\\s+(?:from|to|as|by|on|at)\\b|\\s*:).*)?",
  `${THING_ZH}${CLAUSE_ZH}{0,12}(?:已|被|开始|结束|关闭|转接|创建|分配|建立|接入|评价|超时)[^，,？?！!]{0,20}`,
  `${CLAUSE_ZH}{1,16}(?:加入|进入|离开|退出|接入|接受|发起|结束|关闭|转接|接起)了?${THING_ZH}[。.]?`,
  `${PARTY_ZH}${CLAUSE_ZH}{0,14}(?:加入|进入|离开|退出|接入|接受|接起|已?上线|已?下线)了?[。.]?`,
  "\\S{1,12} (?:加入|进入|离开|退出|接入)了?[。.]?",
  ".{0,20}(?:已为您接通|为您服务|正在排队|邀请.{1,8}评价|对方正在输入).{0,40}",
  `(?:工单)?(?:状态|优先级|分组|分类|类型|标签|处理人|负责人|受理人|截止时间)(?:已|被|从.{1,12})?(?:修改|变更|更改|设置|调整|更新|改)(?:为|成)${CLAUSE_ZH}{1,20}`,
  `(?:工单)?(?:状态|优先级)(?:已)?更新[:：]?${CLAUSE_ZH}{0,12}`,
  `(?!.{0,3}(?:麻烦|帮|能|想|要|怎|应|该|可))${CLAUSE_ZH}{1,20}(?:添加|移除|删除|更改|修改|更新)了?(?:标签|里程碑|指派|优先级|状态|部门)${CLAUSE_ZH}{0,40}`,
  "(?:[\\u4e00-\\u9fff]{2,4}\\s|[\\w.-]{2,20}\\s?)(?:创建|提交)了?",
  `${CLAUSE_ZH}{1,20}邀请了${CLAUSE_ZH}{1,20}[。.]?`,
  `${CLAUSE_ZH}{0,20}(?:转接至|已转接|转接给|分配给|将状态|将优先级|修改了|撤回了一条消息|正在输入)${CLAUSE_ZH}{0,40}[。.…]*`,
  "visitor (?:came from|navigated to|is (?:now )?on|opened|visited) (?:the )?page\\b.*", "no (?:file )?attachments?", "(?:没有|无)附件",
  "(?:系统|系統)(?:消息|提示|通知)(?:[:：].*)?",
);
/** Marks between the messages. */
const DIVIDER_LINE = lines(
  "(?:new|unread) messages?", "today", "yesterday", "load (?:more|earlier|older|previous).*", "view (?:more|earlier).*", "no more(?: messages.*| data)?", "beginning of (?:the )?conversation.*",
  "以下为?(?:历史|最新|新)消息.*", "以上(?:是|为)历史(?:消息|记录).*", "查看更多(?:消息|历史)?.*", "加载更多.*", "没有更多.*", "已(?:经)?(?:加载全部|到顶|到底)了?", "历史消息", "新消息", "未读消息",
);
/** Somebody's deed in the conversation: who, what, and to what of it. */
const DEED = /^(.{1,60}?)\s+(?:(?:has|have|was|were|been|just|automatically)\s+)*(?:joined|left|entered|added|removed|assigned|unassigned|self-assigned|transferred|closed|reopened|resolved|merged|snoozed|took over|picked up|marked|changed?|set|added the|removed the|updated the|labeled|unlabeled|renamed|started|ended|rated|invited|mentioned this|referenced this|pinned|locked|moved)\b.{0,30}\b(?:conversation|chat|ticket|session|case|issue|room|status|priority|labels?|tags?|owner|assignee|assigned|queue|channel|group|department|title|subject|closed|resolved|solved|open|pending|high|low|urgent|bug|enhancement)\b.{0,80}$/i;
const CAME_OR_WENT = /^(.{1,40}?)\s+(?:(joined|has joined|has left|is typing|are typing|(?:has )?invited .{1,40})|left)(?: the (?:room|channel|server))?[.…]*$/i;
/** What a name of somebody does not begin with. */
const NO_SUBJECT = /^(?:(?!the (?:system|agent|customer|visitor|bot)\b)the|an?|my|our|your|his|her|their|its?|that|those|these|this|how|what|who|when|where|why|which|all|only|no|not|nobody|nothing|none|much|many|it|he|she|they|there|and|but|so|if|because|as|after|before|just|still|then|also|please|can|could|would|does|did|is|are|was|\d+)\b|[,，"“]/i;
/** Somebody speaks of themselves, addresses somebody, asks, or goes on after a sentence's end. */
const SPEAKS = /^(?:you|your|please|hi|hello|请|亲)\b|\b(?:i|i'm|i've|we|we've|my|our|me)\b|[?？]$|[我您你]|^[请亲]|\p{Ll}{3}[.!?]\s+\S|[。！？!?]\s*\S/iu;

const TAKEN_BACK = lines(
  "(?:this|the|your) message (?:was|has been|is) (?:deleted|removed|unsent|retracted|withdrawn|recalled|no longer available)(?: by .{1,40})?",
  "(?:message|comment|reply) (?:was |has been )?(?:deleted|removed|unsent|retracted|recalled|withdrawn)(?: by .{1,40})?",
  "(?:you|.{1,40}) (?:deleted|unsent|removed|retracted|recalled|withdrew) (?:a|this|the) (?:message|comment|reply)",
  "(?:此|该|这)?条?(?:消息|留言|评论|信息|内容)(?:已经?|被)?(?:被.{0,10})?(?:撤回|删除|撤销|回收)了?",
  ".{1,16}(?:撤回|删除|撤销)了(?:一条)?(?:消息|留言|评论)",
);
const TAKEN_BACK_MARK = /^[[(（]\s*(?:deleted|removed|message deleted|已删除|已撤回)\s*[\])）]$/i;
/** What is left of an event without names and times: "Created by -", "Assigned to by", "Changed Status from Open to Closed". */
const EVENT_LEFT = /^(?:changed|set|updated) (?:the )?(?:status|state|priority|severity|owner|assignee|assigned to|queue|category|department|title|due (?:date|on))(?: from .{1,40})? to .{1,40}$|^(?:last |first )?(?:created|opened|submitted|raised|reported|started|assigned|reassigned|transferred|claimed|released|closed|reopened|resolved|merged|escalated|updated|changed|modified|edited)(?:\s+(?:on|at|by|to|from|via|for|the|this|ticket|case|issue|request|conversation|chat|thread|assigned|themselves))*(?:\s*[-–—:])?$|^(?:最后|最近|首次)?(?:创建|提交|更新|修改|更改|编辑|打开|重新打开|关闭|解决|分配|指派|转派|认领|合并|升级)(?:[于给到由了为]|工单|会话|优先级|状态|部门)*(?:\s*[-–—:：])?$/i;

/** Whether a line tells of the conversation instead of being said in it. @param {string} text */
export function isSystemLine(text) {
  const line = text.replace(/\s+/g, " ").trim();
  if (line.length > 160 || SPEAKS.test(line)) return false;
  if (EVENT.test(line) || DIVIDER_LINE.test(line)) return true;
  const [, doer = ""] = DEED.exec(line) ?? [];
  if (doer !== "" && doer.split(" ").length <= 5 && !NO_SUBJECT.test(doer)) return true;
  const [, who = "", surely] = CAME_OR_WENT.exec(line) ?? [];
  return who !== "" && isNameLike(who) && !NO_SUBJECT.test(who) && (surely !== undefined || /^[\p{Lu}\p{Lo}]/u.test(who));
}

/** What stands in place of a message that was taken back. @param {string} text */
export function isTombstone(text) {
  const line = text.replace(/[.。]$/, "");
  return TAKEN_BACK_MARK.test(line) || TAKEN_BACK.test(line.replace(/^[[(（]\s*|\s*[\])）]$/g, ""));
}

/** Whether words are an event's, without whose it was and when. @param {string} text */
export function isEventLeft(text) {
  return EVENT_LEFT.test(text);
}
