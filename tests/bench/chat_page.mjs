// A plain ticket page that messages can be added to, for measuring without a helpdesk's own delays.
import { createServer } from "node:http";

const HTML = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>#4821 Parcel missing</title><link rel="icon" href="data:,">
<style>body{font:14px sans-serif;max-width:720px;margin:24px}article{border:1px solid #ccc;padding:8px;margin:8px 0}</style></head><body>
<h1>#4821 Parcel missing</h1><p>Signed in as Anna Agent</p>
<dl><dt>Requester</dt><dd>Ines Koller</dd><dt>E-mail</dt><dd>ines.koller@example.org</dd><dt>Status</dt><dd>Open</dd></dl>
<section id="thread"></section>
<form onsubmit="return false"><label for="reply">Reply to Ines Koller</label><br><textarea id="reply" rows="5" cols="70"></textarea><br><button>Send reply</button></form>
<script>
  let minute = 0;
  window.add = (author, text) => {
    const at = new Date(Date.UTC(2026, 10, 25, 9, minute++)).toISOString();
    const article = document.createElement("article");
    const name = Object.assign(document.createElement("b"), { className: "author", textContent: author });
    const time = Object.assign(document.createElement("time"), { dateTime: at, textContent: at.slice(11, 16) });
    const body = Object.assign(document.createElement("p"), { textContent: text });
    article.append(name, " ", time, body);
    document.getElementById("thread").append(article);
    return performance.timeOrigin + performance.now();
  };
  window.show = (talk) => {
    document.getElementById("thread").replaceChildren();
    for (const [author, text] of talk) add(author, text);
  };
  // As desks do that load their page once.
  window.turnTo = (url, talk) => {
    history.pushState(null, "", url);
    show(talk);
  };
  show(TALK);
</script></body></html>`;

const OPENING = [
  ["Ines Koller", "Hello, my parcel with order 48213 should have been here on Monday and there is still no sign of it."],
  ["Anna Agent", "Hello Ines, I am sorry about the wait. I have asked the carrier and will write to you today."],
];
/** @type {[author: string, text: string]} */
const CLOSING = ["Anna Agent", "Thank you, Ines. I am looking into all of that and will write to you today."];

/** So many messages of the customer and an answer.  @param {number} from number of the first @param {number} count @returns {[author: string, text: string][]} */
export const talk = (from, count) => [...Array.from({ length: count }, (_, index) => /** @type {[string, string]} */ (["Ines Koller", message(from + index)])), CLOSING];

export async function serveChatPage() {
  const server = createServer(({ url = "" }, response) => {
    const [, from, count] = /^\/histories\/(\d+)-(\d+)$/.exec(url)?.map(Number) ?? [];
    const shown = from === undefined ? OPENING : talk(from, count ?? 0);
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
    response.end(HTML.replace("TALK", () => JSON.stringify(shown)));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return {
    /** Each number is a ticket of its own.  @param {number} ticket */
    url: (ticket) => `http://127.0.0.1:${port}/tickets/${ticket}`,
    /** A ticket with this talk.  @param {number} from @param {number} count */
    history: (from, count) => `http://127.0.0.1:${port}/histories/${from}-${count}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

const OPENINGS = ["I have now waited", "This is the second time that I have waited", "To be clear, I have waited", "As I said before, I have waited", "My whole family has waited"];
const THINGS = ["the grey winter jacket", "the replacement kettle", "the two blue lamps", "the birthday present", "the spare battery"];
const ENDINGS = ["please tell me today when it will arrive.", "please send me my money back this week.", "nobody at your hotline could help me.", "thank you for looking into it again.", "I would rather cancel the whole order now."];

/** Messages of about 32 tokens, all different.  @param {number} index */
export const message = (index) =>
  `${OPENINGS[index % 5]} ${3 + (index % 9)} days for ${THINGS[Math.floor(index / 5) % 5]} from order ${48000 + index}, the tracking page has not changed, and ${ENDINGS[(index * 3) % 5]}`;
