// @ts-check
/** The reader on made-up desks (all messages, right roles) and on pages that are no conversation (silence). */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { chatFixtures } from "./fixtures/chats.js";
import { clientFixtures } from "./fixtures/chat_clients.js";
import { consoleFixtures } from "./fixtures/consoles.js";
import { conversations, date } from "./fixtures/conversations.js";
import { hostedFixtures } from "./fixtures/hosted.js";
import { moreFixtures } from "./fixtures/more.js";
import { otherPages } from "./fixtures/pages.js";
import { kitFixtures } from "./fixtures/kits.js";
import { morePages } from "./fixtures/pages_more.js";
import { sitePages } from "./fixtures/pages_site.js";
import { registryFixtures } from "./fixtures/registry.js";
import { openedMail, paneMail, threadFixtures } from "./fixtures/threads.js";
import { ticketFixtures } from "./fixtures/tickets.js";
import { issueJournal, panelsJournal, trackerFixtures, zhIssueJournal } from "./fixtures/trackers.js";
import { normalise, scoreDesk } from "./score.js";
import { openWorld } from "./world.js";

/** @type {Awaited<ReturnType<typeof openWorld>>} */
let world;
/** @type {(html: string, url?: string) => Promise<any>} */
let show;
before(async () => {
  world = await openWorld();
  ({ show } = world);
});
after(() => world.close());

for (const fixture of [...chatFixtures, ...kitFixtures, ...clientFixtures, ...ticketFixtures, ...trackerFixtures, ...threadFixtures, ...moreFixtures, ...hostedFixtures, ...registryFixtures, ...consoleFixtures]) {
  test(`reads ${fixture.name}`, async () => {
    const pairs = [];
    for (const conversation of conversations.filter(({ messages }) => messages.length >= (fixture.least ?? 1))) {
      const eyes = await show(fixture.html(conversation));
      const { reading, reasons } = await eyes.read();
      assert.ok(reading, `${conversation.key} was not taken for a conversation: ${reasons.join("; ")}`);
      assert.equal(reading.reply_box, fixture.box, `${conversation.key}: reply box`);
      assert.equal(new Set(reading.messages.map((/** @type {{ id: string }} */ message) => message.id)).size, reading.messages.length, "ids are unique");
      pairs.push({ truth: { ...conversation, requester: fixture.requester?.(conversation) ?? conversation.requester }, reading });
    }
    const score = scoreDesk(pairs, fixture);
    assert.ok(score.E >= 0.95 && score.R >= 0.95 && score.customerPrecision >= 0.98 && score.order === 1 && score.requester === 1, JSON.stringify(score));
  });
}

/** What customers answer, and what would be a time, a badge, a mark, a button or an event elsewhere on a page. */
const SHORT_ANSWERS = {
  en: ["Yesterday", "10:30", "5 November", "now", "Marta Kowalska", "agent", "customer", "sent", "seen", "new", "closed", "Ordered 3 days ago", "Refund now", "Before 2:30.", "We're full today.", "Order: 48213", "Status: still pending", "via DHL", "load more"],
  zh: ["昨天", "下午3:00", "刚刚", "王小明", "人工客服", "备注", "已读", "已发送", "关闭了", "活动结束了", "自提点是啥", "订单号：20261105-771", "系统消息", "修改了地址", "退款"],
};
for (const fixture of chatFixtures.filter(({ name }) => /^(?:aligned bubbles|hashed console)$/.test(name))) test(`short answers are said, whatever else they could be: ${fixture.name}`, async () => {
  for (const [lang, answers] of Object.entries(SHORT_ANSWERS)) for (const answer of answers) {
    const conversation = conversations[lang === "zh" ? 2 : 0];
    assert.ok(conversation);
    const [question, reply] = conversation.messages;
    assert.ok(question && reply);
    const messages = [question, reply, { ...question, text: answer, ago: 2 }];
    const { reading } = await (await show(fixture.html({ ...conversation, messages }))).read();
    const last = reading?.messages.at(-1);
    assert.deepEqual([last?.author, last?.text, reading?.messages.length], ["customer", answer, 3], answer);
  }
});

test("a ticket that nobody has answered is read by what opened it", async () => {
  for (const fixture of [issueJournal, zhIssueJournal]) for (const conversation of conversations) {
    const [first] = conversation.messages;
    assert.ok(first);
    const { reading, reasons } = await (await show(fixture.html({ ...conversation, messages: [first] }), "http://desk.test/issues/12")).read();
    assert.ok(reading, `${fixture.name}, ${conversation.key}: ${reasons.join("; ")}`);
    assert.deepEqual(reading.messages.map((/** @type {any} */ { author, text }) => [author, normalise(text)]), [["customer", normalise(first.text)]], `${fixture.name}, ${conversation.key}`);
  }
});

test("a numbered title is the subject, not what the desk is called", async () => {
  for (const conversation of conversations) {
    const { reading } = await (await show(panelsJournal.html(conversation), "http://desk.test/Ticket/Display.html?id=12")).read();
    assert.equal(reading.conversation.subject, conversation.subject);
  }
});

test("an opened mail is its sender's, unless it stands among what was sent", async () => {
  for (const mail of [openedMail, paneMail]) for (const conversation of conversations) {
    const { reading, reasons } = await (await show(mail(conversation), "http://desk.test/?_mbox=INBOX&_uid=7")).read();
    assert.ok(reading, `${mail.name}, ${conversation.key}: ${reasons.join("; ")}`);
    assert.deepEqual(reading.messages.map((/** @type {any} */ { author, text }) => [author, normalise(text)]), [["customer", normalise(conversation.messages[0]?.text ?? "")]], conversation.key);
    assert.equal(reading.conversation.requester.email, conversation.requester.email);
    assert.equal(reading.conversation.subject, conversation.subject);
    assert.equal((await (await show(mail(conversation), "http://desk.test/?_mbox=Sent&_uid=7")).read()).reading, null, `${conversation.key} in Sent`);
  }
});

test("who stands beside the customer is no customer for that; of several whom nobody knows who speaks first and most is, or who sounds like it", async () => {
  const row = (/** @type {string} */ who, /** @type {string} */ text, /** @type {number} */ ago) => `<div class="r ${who === "" ? "me" : ""}"><div class="x">${who === "" ? "" : `<b>${who}</b>`} <i>${date(ago).toISOString().slice(11, 16)}</i><p>${text}</p></div></div>`;
  const page = (/** @type {string} */ title, last = row("Jonas Weber", "It works, thanks to both of you!", 10)) => `<!doctype html><title>Chats</title><style>body{margin:0;font:14px sans-serif;width:900px}.r{display:flex;margin:8px}.me{justify-content:flex-end}.x{max-width:420px;padding:8px;border-radius:8px;background:#eee}.me .x{background:#cdf}</style><h2>${title}</h2><div>${row("Jonas Weber", "My printer is offline since the update last night.", 90)}${row("Tom Becker", "Hello Jonas, which version does the display show?", 80)}${row("Jonas Weber", "It says 4.2.1 and blinks orange.", 70)}${row("", "I take over from Tom. Please hold the power button for ten seconds.", 20)}${last}</div><textarea placeholder="Write a message"></textarea><button>Send</button>`;
  const roles = async (/** @type {[title: string, last?: string]} */ ...how) => (await (await show(page(...how))).read()).reading?.messages.map((/** @type {any} */ { author }) => author);
  assert.deepEqual(await roles("Jonas Weber"), ["customer", "agent", "customer", "agent", "customer"]);
  assert.deepEqual(await roles("Printer offline"), ["customer", "agent", "customer", "agent", "customer"]);
  assert.deepEqual(await roles("Printer offline", row("Tom Becker", "I have noted it for the next update.", 10)), ["customer", "agent", "customer", "agent", "agent"]);
});

test("cards of members over a thread do not say who asks", async () => {
  const card = (/** @type {string} */ name) => `<div style="width:200px"><h5><a href="/m/${name.length}">${name}</a></h5></div>`;
  const row = (/** @type {string} */ who, /** @type {string} */ text, /** @type {number} */ ago) => `<div class="r"><b>${who}</b> <time datetime="${date(ago).toISOString()}">${ago} minutes ago</time><p>${text}</p></div>`;
  const { reading, reasons } = await (await show(`<!doctype html><title>Thread</title><div>Signed in as Anna Agent</div><div style="display:flex">${card("Tom Becker")}${card("Fatima Zahra")}${card("Anna Agent")}</div><div class="list">${row("Fatima Zahra", "I cannot log in on my tablet, on the phone it works.", 300)}${row("Tom Becker", "Hello Fatima, which tablet is it?", 200)}${row("Fatima Zahra", "It is a year old, with version 7.3.", 100)}${row("Anna Agent", "I take over from Tom and look at it now.", 20)}</div><form><textarea placeholder="Reply"></textarea><button>Send reply</button></form>`)).read();
  assert.ok(reading, reasons.join("; "));
  assert.equal(reading.conversation.requester.name, "Fatima Zahra");
});

test("names the same conversation and messages again after a reload, and others for another", async () => {
  for (const fixture of [chatFixtures[0], ticketFixtures[2]]) {
    assert.ok(fixture);
    const ids = [];
    for (const at of [0, 0, 1]) {
      const { reading } = await (await show(fixture.html(/** @type {any} */ (conversations[at])))).read();
      ids.push([reading.conversation.id, ...reading.messages.map((/** @type {{ id: string }} */ message) => message.id)]);
    }
    assert.deepEqual(ids[0], ids[1]);
    assert.notEqual(ids[0]?.[0], ids[2]?.[0]);
  }
});

test("parameters behind the hash tell conversations apart, whatever their order", async () => {
  const conversation = /** @type {any} */ (conversations[0]), fixture = /** @type {import("./fixtures/chats.js").Fixture} */ (ticketFixtures[2]);
  const idAt = async (/** @type {string} */ hash) => (await (await show(fixture.html(conversation), `http://desk.test/web${hash}`)).read()).reading?.conversation.id;
  const task = await idAt("#id=14&action=98&model=project.task&menu_id=75");
  assert.equal(task, await idAt("#action=99&menu_id=75&model=project.task&id=14"));
  assert.notEqual(task, await idAt("#id=14&action=98&model=crm.lead&menu_id=75"));
  assert.notEqual(task, await idAt("#id=15&action=98&model=project.task&menu_id=75"));
});

for (const other of [...otherPages, ...morePages, ...sitePages]) {
  test(`stays silent on ${other.name}`, async () => {
    const { reading, reasons } = await (await show(other.html)).read();
    assert.equal(reading, null, reasons.join("; "));
  });
}

test("leaves the page's DOM and globals as they were", async () => {
  const fixture = /** @type {import("./fixtures/chats.js").Fixture} */ (chatFixtures[0]);
  const eyes = await show(fixture.html(/** @type {any} */ (conversations[0])));
  const snapshot = () => eyes.page.evaluate(() => ({ html: document.documentElement.outerHTML, globals: Object.keys(window).length }));
  const before = await snapshot();
  await eyes.read();
  await eyes.replyBox();
  assert.deepEqual(await snapshot(), before);
});
