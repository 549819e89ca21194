// @ts-check
/** Tables for the parts that need no page: times, persons, names, quoted text, system lines. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { looselySamePerson, parsePerson, samePerson } from "../../extension/content/people.js";
import { saysTeamSees } from "../../extension/content/message_labels.js";
import { isFragments, isNameLike, stripQuoted, tidyText, trimSeparators } from "../../extension/content/text.js";
import { isTimeText, parseTime, splitTime } from "../../extension/content/times.js";
import { isEventLeft, isSystemLine, isTombstone } from "../../extension/content/system_lines.js";
import { TRANSLATION_LABEL } from "../../extension/content/words.js";

const NOW = new Date(2026, 10, 25, 21, 0, 0).getTime();
const local = (/** @type {number[]} */ ...parts) => new Date(parts[0] ?? 0, parts[1] ?? 0, parts[2] ?? 1, parts[3] ?? 0, parts[4] ?? 0, parts[5] ?? 0).getTime();

test("times", () => {
  /** @type {[string, number][]} */
  const cases = [
    ["2026-11-25T19:44:31.781350+00:00", Date.UTC(2026, 10, 25, 19, 44, 31, 781)], ["1795635871", 1795635871000], ["1795635871781", 1795635871781],
    ["Nov. 25, 2026, 7:44 p.m.", local(2026, 10, 25, 19, 44)], ["Wed Nov 25 14:43:58 2026", local(2026, 10, 25, 14, 43, 58)], ["Wed, 25 Nov 2026 19:43:58 -0000", Date.UTC(2026, 10, 25, 19, 43, 58)],
    ["5 Nov 2025, 14:02", local(2025, 10, 5, 14, 2)], ["25.11.2026, 14:03", local(2026, 10, 25, 14, 3)], ["2026年11月25日 14:03", local(2026, 10, 25, 14, 3)], ["11月5日 14:03", local(2026, 10, 5, 14, 3)],
    ["2026-十一月-24 07:19:44 星期二", local(2026, 10, 24, 7, 19, 44)], ["2026-十月-02 08:00", local(2026, 9, 2, 8, 0)], ["2026年11月25日 08时05分09秒", local(2026, 10, 25, 8, 5, 9)],
    ["下午3:05", local(2026, 10, 25, 15, 5)], ["23:50", local(2026, 10, 24, 23, 50)], ["21:05", local(2026, 10, 25, 21, 5)], ["11/5 14:03", local(2026, 10, 5, 14, 3)], ["昨天 10:12", local(2026, 10, 24, 10, 12)], ["Yesterday at 5:12 PM", local(2026, 10, 24, 17, 12)], ["10:02", local(2026, 10, 25, 10, 2)],
    ["刚刚", NOW], ["just now", NOW], ["3分钟前", NOW - 180_000], ["2 小时前", NOW - 7_200_000], ["半小时前", NOW - 1_800_000], ["an hour ago", NOW - 3_600_000], ["5 min ago", NOW - 300_000], ["2h", NOW - 7_200_000],
  ];
  for (const [text, wanted] of cases) {
    assert.equal(parseTime(text, NOW), wanted, text);
    if (!/^\d{10,}$|T\d/.test(text)) assert.ok(isTimeText(text), `${text} is a time`);
  }
  for (const text of ["See you at 10:30", "I paid 89.00 EUR on 3 November", "order 48213", "你好", "Marta", "ok", "3 days is too long", "now or never", "7-B-00193", "Sunny", "Monica", "Fried rice", "24/7", "1/2"]) assert.ok(!isTimeText(text), `${text} is no time`);
  for (const text of ["Thu", "Fri", "Sunday", "周四"]) assert.ok(isTimeText(text), `${text} is a time`);
});

test("names and times on one line", () => {
  assert.deepEqual(splitTime("Marta Kowalska · 18:48"), { time: "18:48", rest: "Marta Kowalska" });
  assert.deepEqual(splitTime("王小明 3分钟前"), { time: "3分钟前", rest: "王小明" });
  assert.deepEqual(splitTime("Marta Kowalska, Nov 25, 2026 at 17:05"), { time: "Nov 25, 2026 at 17:05", rest: "Marta Kowalska" });
  assert.equal(splitTime("Anna Agent"), null);
});

test("persons", () => {
  /** @type {[string, string, boolean][]} */
  const same = [
    ["Marta Kowalska <marta@example.org>", "marta@example.org", true], ["agent (Anna Agent)", "Anna Agent", true], ["Kowalska, Marta", "Marta Kowalska", true], ["MARTA KOWALSKA", "Marta Kowalska", true],
    ["@marta_k", "marta_k", true], ["王小明的头像", "王小明", true], ["Marta", "Marta Kowalska", false], ["Marta Kowalska", "Marta Nowak", false], ["marta@example.org", "marta@example.net", false],
    ["marta.kowalska (at) example (dot) org", "marta.kowalska@example.org", true], ["marta.kowalska@example.org", "Marta Kowalska", true], ["李 娜", "李娜", true], ["info@example.org", "Info Desk", false],
    ["jlmoreau", "Jean-Luc Moreau", true], ["dwhit", "Dana Whitfield", true], ["toneill", "Tom O'Neill", true], ["dwho", "Dana Whitfield", false], ["siyuan.chen", "陈思远", true], ["chensy", "陈思远", true], ["sychen", "陈思远", true], ["Chen Siyuan", "陈思远", true],
    ["siyuan.chen@example.org", "陈思远", true], ["ouyangj", "欧阳静", true], ["lina_0912", "李娜", true], ["zengwei", "曾伟", true], ["lvjing", "吕静", true], ["lyujing", "吕静", true], ["siyuan.chen", "陈思明", false], ["wang", "王小明", false],
  ];
  for (const [left, right, wanted] of same) assert.equal(samePerson(parsePerson(left), parsePerson(right)), wanted, `${left} = ${right}`);
  for (const words of ["User Image", "avatar", "头像", "Photo"]) assert.equal(parsePerson(words), null, `${words} is nobody`);
  for (const words of ["Email: u0@example.com", "邮箱 u0@example.com"]) assert.equal(parsePerson(words)?.name, null, `${words} has no name`);
  assert.ok(looselySamePerson(parsePerson("Anna Agent"), parsePerson("Anna")));
  assert.ok(!looselySamePerson(parsePerson("Anna Agent"), parsePerson("Anna Schmidt")));
  for (const name of ["Marta Kowalska", "王小明", "anna@acme.example", "Jean-Luc de la Tour", "O'Neil"]) assert.ok(isNameLike(name), name);
  for (const name of ["Where is my parcel?", "Thank you for writing to us today", "我上周申请的退款到现在还没有到账", "4711", "ok, see you then", "羊毛围巾 冬季加厚"]) assert.ok(!isNameLike(name), name);
});

test("quoted history, signatures and disclaimers go, the rest stays", () => {
  /** @type {[string, string][]} */
  const cases = [
    ["Yes please\n\nOn Nov 5, 2026, at 10:02, Anna Agent <a@x.org> wrote:\n> Would you like one?", "Yes please"],
    ["好的\n\n在 2026年11月5日 10:02，客服 <a@x.org> 写道：\n> 需要吗", "好的"],
    ["It works.\n\n-----Original Message-----\nFrom: Anna\nSent: today", "It works."],
    ["It works.\n\nFrom: Anna Agent\nSent: Monday\nTo: Marta\nSubject: x\n\nold", "It works."],
    ["Hello\nMarta", "Hello\nMarta"],
    ["Hello,\n\nit broke.\n\n-- \nMarta Kowalska\n+49 30 1234567", "Hello,\n\nit broke."],
    ["It broke.\n\nBest regards,\nMarta Kowalska\nTel. +49 30 1234567", "It broke."],
    ["It broke.\n\nBest regards,\nMarta", "It broke.\n\nBest regards,\nMarta"],
    ["It broke\nSent from my iPhone", "It broke"], ["坏了\n发自我的iPhone", "坏了"],
    ["See it\nphoto.jpg (182 KB)", "See it"],
    ["This e-mail and any attachments are confidential and intended only for you.", "This e-mail and any attachments are confidential and intended only for you."],
    ["好的\n\n李安娜 <a@x.org> 于2026年11月5日周四 10:02写道：\n\n需要吗", "好的"],
    ["好的\n\n------------------ 原始邮件 ------------------\n发件人: \"李安娜\"<a@x.org>;\n发送时间: 2026年11月5日\n\n需要吗", "好的"],
    ["好的\n\nAt 2026-11-05 10:02:33, \"李安娜\" <a@x.org> wrote:\n需要吗", "好的"],
    ["好的\n\n------------------------------------------------------------------\n发件人：李安娜 <a@x.org>\n日　期：2026年11月5日\n收件人：王小明\n主　题：Re: 退款\n\n需要吗", "好的"],
    ["好的\n\n发件人： 李安娜\n发送时间： 2026-11-05 10:02\n收件人： 王小明\n主题： Re: 退款\n\n需要吗", "好的"],
    ["It works.\n\nFrom: Anna Agent <a@x.org>\nDate: Thursday, 5 November 2026 at 10:02\nTo: Marta\nSubject: Re: x\n\nold", "It works."],
    ["It works.\n\nBegin forwarded message:\n\nFrom: Anna", "It works."],
    ["It works.\n\nGet Outlook for iOS", "It works."], ["好的\n\n从 Windows 版邮件发送", "好的"], ["好的\n\n发自我的小米手机", "好的"],
    ["请查收。\n\n祝好\n王小明\n电话：138-1234-5678", "请查收。"],
    ["请查收。\n\n本邮件及其附件含有保密信息，仅供收件人使用。", "请查收。"],
    ["It broke.\n\nCONFIDENTIALITY NOTICE: for the person named above only.", "It broke."],
    ["I wrote to you on Monday: nothing.\nPlease answer.", "I wrote to you on Monday: nothing.\nPlease answer."],
    ["发件人写错了，应该是我爱人的名字。", "发件人写错了，应该是我爱人的名字。"],
    ["From: Berlin\nto Paris, how much?", "From: Berlin\nto Paris, how much?"],
  ];
  for (const [text, wanted] of cases) assert.equal(stripQuoted(tidyText(text)), wanted);
  assert.equal(tidyText("a\u200bb \n\n\n\n c\ue000 👩\u200d💻"), "ab\n\nc 👩\u200d💻");
});

test("lines of the system", () => {
  for (const line of ["Anna Agent joined the conversation", "Ticket #12 was closed by Anna", "王小明 邀请了 李安娜", "李安娜 加入了频道", "Marta Kowalska left", "Conversation was assigned to Anna Agent", "Status changed from New to Open", "客服 小安 接入会话", "对方正在输入", "annaagent added the bug label 2 hours ago", "Today"]) assert.ok(isSystemLine(line), line);
  for (const line of ["My tablet came today", "how many are left", "The driver left", "activity is closed but the status says open. why", "能接受", "活动结束了", "怎么关闭", "工单被标\"已解决\"，解决的是工单吧", "已解决，请关闭对话", "Can you close the account?", "The parcel was left at the door", "退款一直没有到账", "I want to talk to a human"]) assert.ok(!isSystemLine(line), line);
});

test("what stands for a message taken back", () => {
  for (const line of ["This message was deleted", "Message deleted", "This message has been removed by a moderator", "Anna Agent deleted a message", "此消息已被撤回", "对方撤回了一条消息", "该评论已删除", "[deleted]"]) assert.ok(isTombstone(line), line);
  for (const line of ["I deleted the app", "Please delete this message", "消息怎么删除？", "撤回的消息还能看到吗", "My account was deleted", "Removed.", "The message I sent was removed from your page, why?"]) assert.ok(!isTombstone(line), line);
});

test("labels of translations", () => {
  for (const line of ["Translated from Polish", "Translation:", "(machine translation)", "译文：", "翻译自英语", "由谷歌翻译", "机器翻译", "Translated by the assistant"]) assert.match(line, TRANSLATION_LABEL);
  for (const line of ["The translation is wrong", "翻译错了", "自提点是啥", "自助餐限时多久", "Translate into Japanese: we will always be friends", "Translated manuals are missing in the box", "你们的说明书翻译得太差了"]) assert.doesNotMatch(line, TRANSLATION_LABEL);
});

test("separators between name and time are no words of the message", () => {
  assert.equal(trimSeparators("·\nHere are the photos\n·"), "Here are the photos");
  assert.equal(trimSeparators("| \n·\n还没到"), "还没到");
  for (const text of ["· first\n· second", "·", "one\n·\ntwo", "a | b"]) assert.equal(trimSeparators(text), text);
});

test("what is left of an event without names and times", () => {
  for (const line of ["Assigned to by", "Created By -", "Updated by", "Closed"]) assert.ok(isEventLeft(line), line);
  for (const line of ["Assigned to the wrong person", "Created by mistake", "Closed again?", "Updated my address"]) assert.ok(!isEventLeft(line), line);
});

test("who may see a message", () => {
  for (const line of ["Visibility: Support Handlers", "Visibility: Internal", "可见性：仅客服", "Visible to: Staff"]) assert.ok(saysTeamSees(line), line);
  for (const line of ["Visibility: Reporters", "Visibility: Public", "可见性：公开", "Visible to: Customer and staff", "To: Staff", "The staff were kind"]) assert.ok(!saysTeamSees(line), line);
});

test("parts of a page are told from messages in short lines", () => {
  for (const text of ["Total Orders\n\n1596\n\n67%", "Device:\nOther\nBrowser:\nChrome\nSystem:\nLinux\nAddress:\n127.0.0.1", "订单总数\n1596\n67%"]) assert.ok(isFragments(text), text);
  for (const text of ["Hello,\n\nmy parcel never arrived.\n\nMarta", "2 shirts\nblue please", "你好\n我的订单一直没有到\n谢谢", "Hi\nWhere is it?"]) assert.ok(!isFragments(text), text);
});
