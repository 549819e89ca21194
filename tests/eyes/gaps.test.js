// @ts-check
/** One difficulty a page: what was said, by whom, word for word. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { gaps } from "./fixtures/gaps.js";
import { openWorld } from "./world.js";

/** @type {Awaited<ReturnType<typeof openWorld>>} */
let world;
/** @type {(html: string, url?: string) => Promise<any>} */
let show;
before(async () => {
  world = await openWorld(900);
  ({ show } = world);
});
after(() => world.close());

for (const gap of gaps) {
  test(gap.name, async () => {
    const { reading, reasons } = await (await show(gap.html, gap.url)).read();
    assert.ok(reading, reasons.join("; "));
    const said = reading.messages.map((/** @type {{ author: string, text: string }} */ { author, text }) => ({ role: author, text: text.replace(/\n+/g, "\n") }));
    assert.deepEqual(said, gap.said.map(({ role, text }) => ({ role, text: text.replace(/\n+/g, "\n").replace(/[^\S\n]+/g, " ").replace(/\n /g, "\n") })), reasons.join("; "));
    const { channel, subject, requester } = reading.conversation;
    if (gap.channel) assert.equal(channel, gap.channel);
    if (gap.subject) assert.equal(subject, gap.subject);
    if (gap.box) assert.equal(reading.reply_box, gap.box);
    if (gap.requester) assert.equal(requester.name, gap.requester);
  });
}
