// I: exactly the suggestion lands in the public box, nothing is sent, existing text is kept.
import { normalise } from "../desks/score.mjs";
import { insertFirst } from "../harness/overlay.mjs";
import { until } from "../harness/until.mjs";
import { boxes, clear, publicBox, type } from "./boxes.mjs";

/** @typedef {"landed" | "no suggestion" | "no box" | "nothing changed" | "other text" | "several boxes" | "in a note" | "sent"} Outcome */

const DRAFT = "Draft of mine. ";

/**
 * @param {import("playwright-core").Page} page where the reply box is shown
 * @param {import("../harness/inspect.mjs").Inspector} inspector
 * @param {import("./desk.d.ts").DeskFile} desk
 * @param {{draft: boolean}} options draft: type something of one's own first
 * @returns {Promise<{outcome: Outcome, sends: number, draft: boolean, detail?: string}>}
 */
export async function insertion(page, inspector, desk, { draft }) {
  const box = await publicBox(page);
  if (!box) return { outcome: "no box", sends: 0, draft };
  if (draft) await type(page, box, DRAFT);
  const reading = await inspector.settled(page).catch(() => undefined);
  const suggestion = reading?.scene.conversation?.suggestions[0]?.text;
  if (!suggestion) return { outcome: "no suggestion", sends: 0, draft };

  const messagesBefore = await desk.countMessages?.();
  const requests = watchSends(page, suggestion);
  const before = await boxes(page);
  const done = await insertFirst(page).then(() => true, () => false);
  await until("a box has changed", async () => differing(before, await boxes(page)).length > 0, { timeoutMs: 5000 }).catch(() => {});
  // A second method or a late handler would show within this time.
  await page.waitForTimeout(400);
  const after = await boxes(page);
  const changed = differing(before, after);
  const sends = Math.max(requests.stop(), ((await desk.countMessages?.()) ?? 0) - (messagesBefore ?? 0));
  const { outcome, detail } = judge(changed, suggestion, draft);
  await clear(page, box).catch(() => {});
  return { outcome: sends > 0 ? "sent" : outcome, sends, draft, detail: done ? detail : "Insert could not be clicked" };
}

/**
 * @param {{before: string, after: string, note: boolean}[]} changed
 * @param {string} suggestion
 * @param {boolean} draft
 * @returns {{outcome: Outcome, detail?: string}}
 */
function judge(changed, suggestion, draft) {
  if (changed.length === 0) return { outcome: "nothing changed" };
  if (changed.some((box) => box.note)) return { outcome: "in a note" };
  if (changed.length > 1) return { outcome: "several boxes" };
  const [{ before, after }] = changed;
  const bare = (/** @type {string} */ text) => normalise(text).replaceAll(" ", "");
  const rest = bare(after).split(bare(suggestion));
  const kept = !draft || normalise(after).includes(normalise(DRAFT));
  if (rest.length === 2 && rest.join("") === bare(before) && kept) return { outcome: "landed" };
  return { outcome: "other text", detail: `before ${JSON.stringify(before.slice(-200))}, after ${JSON.stringify(after.slice(-400))}` };
}

/**
 * @param {import("./boxes.mjs").Box[]} before
 * @param {import("./boxes.mjs").Box[]} after
 */
function differing(before, after) {
  return after.flatMap((box) => {
    const same = before.find((other) => other.frame === box.frame && other.index === box.index);
    const text = same?.text ?? "";
    return normalise(text) === normalise(box.text) ? [] : [{ before: text, after: box.text, note: box.note }];
  });
}

/** Requests and socket frames that carry the suggestion away from the page.  @param {import("playwright-core").Page} page @param {string} suggestion */
function watchSends(page, suggestion) {
  const words = [suggestion, JSON.stringify(suggestion).slice(1, -1), encodeURIComponent(suggestion)].map((text) => text.slice(0, 60));
  let sends = 0;
  /** @param {import("playwright-core").Request} request */
  const look = (request) => {
    const body = request.method() === "GET" ? null : request.postData();
    if (body && words.some((word) => body.includes(word))) sends += 1;
  };
  page.on("request", look);
  return {
    stop() {
      page.off("request", look);
      return sends;
    },
  };
}
