// L: share of live messages that are reflected within a second of being in the DOM, without doubles.
import { normalise } from "../desks/score.mjs";

const MESSAGES = 20;
const LIMIT_MS = 1000;
const LINES = [
  "Are you still there?", "还在吗？", "I can send a photo if that helps.", "快递员电话打不通。", "It is order 48213, as I said.",
  "What happens with my deposit?", "请尽快处理。", "Thank you for checking.", "My address has not changed.", "退款要多久？",
  "I will be at home on Friday.", "这个颜色还有货吗？", "The second parcel came today.", "能开发票吗？", "Can I pay by card?",
  "我已经等了两天了。", "Please write to me in English.", "好的，谢谢。", "One more question.", "就这些，再见。",
];

/**
 * @param {import("playwright-core").Page} page
 * @param {import("../harness/inspect.mjs").Inspector} inspector
 * @param {import("./desk.d.ts").DeskFile} desk
 */
export async function liveUpdates(page, inspector, desk) {
  if (!desk.say) return { L: null, basis: "the desk has no live updates; counted as 1", messages: [] };
  await desk.conversations[0].open(page);
  await inspector.settled(page).catch(() => {});
  /** @type {{text: string, afterMs: number | null, times: number}[]} */
  const messages = [];
  for (let index = 0; index < MESSAGES; index += 1) {
    const text = `${LINES[index % LINES.length]} (${index + 1})`;
    const inDom = page.waitForFunction(appeared, text, { polling: 10, timeout: 10_000 });
    await desk.say(text);
    const shownAt = await inDom.then((handle) => handle.jsonValue());
    const seenAt = await seen(page, inspector, text, Number(shownAt));
    messages.push({ text, afterMs: seenAt && Math.round(seenAt - Number(shownAt)), times: 0 });
  }
  await inspector.settled(page).catch(() => {});
  const read = (await inspector.of(page))?.messages ?? [];
  for (const message of messages) message.times = read.filter(({ text }) => normalise(text) === normalise(message.text)).length;
  const good = messages.filter(({ afterMs, times }) => afterMs !== null && afterMs <= LIMIT_MS && times === 1);
  return { L: good.length / MESSAGES, basis: `${MESSAGES} messages said`, messages };
}

/** Runs in the page: when the text is there, the time.  @param {string} text */
function appeared(text) {
  return document.body.innerText.includes(text) && Date.now();
}

/**
 * @param {import("playwright-core").Page} page
 * @param {import("../harness/inspect.mjs").Inspector} inspector
 * @param {string} text
 * @param {number} shownAt
 */
async function seen(page, inspector, text, shownAt) {
  while (Date.now() < shownAt + 3 * LIMIT_MS) {
    const reading = await inspector.of(page);
    const reflected = reading?.messages.some((message) => normalise(message.text) === normalise(text)) && (reading.scene.conversation?.pending ?? 0) === 0;
    if (reflected) return Date.now();
  }
  return null;
}
