// @ts-check
/** The phone read like messages: live captions that grow and are corrected, recorded transcripts; and how the page says the customer can be reached. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { calls, liveCall, liveCallZh } from "./fixtures/calls.js";
import { chatFixtures } from "./fixtures/chats.js";
import { conversations } from "./fixtures/conversations.js";
import { openWorld } from "./world.js";

/** @type {Awaited<ReturnType<typeof openWorld>>} */
let world;
/** @type {(html: string) => Promise<any>} */
let show;
before(async () => {
  world = await openWorld();
  ({ show } = world);
});
after(() => world.close());

for (const call of calls) {
  test(`${call.name}: speakers, words, channel, number`, async () => {
    const { reading, reasons } = await (await show(call.html)).read();
    assert.ok(reading, reasons.join("; "));
    assert.deepEqual(reading.messages.map(({ author, text }) => [author, text]), call.lines.map(({ by, text }) => [by === "caller" ? "customer" : "agent", text]));
    assert.equal(reading.conversation.channel, "phone");
    assert.equal(reading.conversation.requester.phone, call.phone);
    assert.deepEqual(reading.messages.map((/** @type {any} */ message) => message.sent_at_ms), call.lines.map(() => null), "a recording's minutes are no time of the day");
  });
}

for (const [call, growing] of /** @type {[import("./fixtures/calls.js").Call, string[]][]} */ ([
  [liveCall, ["I", "I want", "I want my", "I want money", "I want my money back", "I want my money back today."]],
  [liveCallZh, ["我", "我要", "我要退", "我要推款", "我要退款", "我要退款，今天就要。"]],
])) {
  test(`${call.name}: a caption grows, is corrected, and ends as one message`, async () => {
    const eyes = await show(call.html);
    await eyes.evaluate("globalThis.seen = []; globalThis.stop = eyes.watchPage((reading) => seen.push(reading)); undefined");
    const until = async (/** @type {string} */ condition) => {
      const end = Date.now() + 10_000;
      while (!(await eyes.evaluate(condition))) {
        assert.ok(Date.now() < end, `never: ${condition}\n${JSON.stringify(await eyes.evaluate("seen.at(-1)"))}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    await until(`seen.at(-1)?.messages.length === ${call.lines.length}`);
    await eyes.page.evaluate(async (/** @type {string[]} */ [first, ...later]) => {
      const page = /** @type {any} */ (globalThis);
      page.say("caller", first);
      for (const words of later) {
        await new Promise((resolve) => setTimeout(resolve, 150));
        page.correct(words);
      }
    }, growing);
    await until(`seen.at(-1)?.messages.at(-1)?.text === ${JSON.stringify(growing.at(-1))}`);
    const last = await eyes.evaluate("seen.at(-1)");
    assert.equal(last.messages.length, call.lines.length + 1, "one message, whatever it was on the way");
    assert.equal(last.messages.at(-1).author, "customer");
    assert.equal(last.conversation.channel, "phone");
    assert.equal(new Set(await eyes.evaluate("seen.map((reading) => reading?.conversation.id)")).size, 1, "one conversation");
    await eyes.evaluate("stop()");
  });
}

test("a labelled address beside the messages is the customer's; two different ones are nobody's; the agent's own are told", async () => {
  const fixture = /** @type {import("./fixtures/chats.js").Fixture} */ (chatFixtures.find((other) => other.name === "zh workbench"));
  const html = fixture.html(/** @type {any} */ (conversations[0]));
  const { reading } = await (await show(html)).read();
  assert.equal(reading.conversation.requester.email, conversations[0]?.requester.email);
  const two = html.replace("<div>来源：微信</div>", "<div>邮箱：someone.else@example.org</div><div>电话：138 0013 8000</div><div>手机：139 1111 2222</div>");
  const { reading: unclear } = await (await show(two)).read();
  assert.deepEqual([unclear.conversation.requester.email, unclear.conversation.requester.phone], [null, null]);
  const signedIn = html.replace("当前坐席：", "<span>Logged in as anna@desk.example</span> 当前坐席：");
  const { reading: told } = await (await show(signedIn)).read();
  assert.deepEqual(told.conversation.agent_emails, ["anna@desk.example"]);
});
