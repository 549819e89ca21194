// Pages that are no helpdesk but hold lists of people, times and texts; the reader's own pages of that kind (tests/eyes) are among them.
// The extension must leave them alone.
import { createServer } from "node:http";
import { morePages } from "../eyes/fixtures/pages_more.js";

const PEOPLE = ["Ines Koller", "Bo Lindqvist", "赵敏", "Daniel Okafor", "林晓", "Ruth Meyer"];
const DAYS = ["2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23", "2026-11-24", "2026-11-25"];
/** @param {(person: string, day: string, index: number) => string} line */
const each = (line) => PEOPLE.map((person, index) => line(person, DAYS[index], index)).join("\n");
/** @param {string} day */
const time = (day) => `<time datetime="${day}T09:${day.slice(-2)}:00Z">${day}</time>`;

const REVIEWS = [
  "Warm, light and true to size. I wear it every day on my way to work.",
  "The zip broke after two weeks, I sent it back and got my money at once.",
  "面料很舒服，洗了三次没有变形，值得买。",
  "Good jacket for the price, though the pockets are a little small for my hands.",
  "物流很快，第二天就到了，颜色和图片一样。",
  "My daughter loves the colour. We bought a second one for her cousin.",
];
const NEWS = [
  "The new bridge opens on Monday after three years of work and a long argument about its colour.",
  "Trains between the two cities run every twenty minutes from spring, the railway said today.",
  "市图书馆新馆周末试开放，市民可以提前预约座位。",
  "The council has put off its vote on the market hall until the new figures are in.",
  "Rain is expected in the north, the south stays dry and mild for the season.",
  "今年的马拉松有三万人报名，比去年多一成。",
];

/** @type {Record<string, string>} */
const PAGES = {
  "mail search": `<main role="main"><h1>Search: invoice</h1><input type="search" value="invoice"><table role="grid">${each((p, d, i) => `<tr role="row"><td>${p}</td><td><b>Invoice 2026-${i}</b> - ${NEWS[i]}</td><td title="${d} 09:12">${d}</td></tr>`)}</table></main>`,
  inbox: `<nav><a>Inbox</a><a>Sent</a></nav><ul>${each((p, d, i) => `<li class="message-row unread"><span class="sender">${p}</span><span class="subject">${NEWS[i]}</span>${time(d)}</li>`)}</ul>`,
  "shop product": `<main><h1>Rain jacket</h1><p>€ 89.00</p><button>Add to basket</button><section class="reviews"><h2>Reviews</h2>${each((p, d, i) => `<article class="review"><b>${p}</b> ★★★★☆ ${time(d)}<p>${REVIEWS[i]}</p></article>`)}<textarea placeholder="Write a review"></textarea></section></main>`,
  "shop orders": `<h1>My orders</h1>${each((p, d, i) => `<div class="order"><h3>Order 4821${i}</h3>${time(d)}<p>Delivered to ${p}, two items, the invoice is attached to the order's e-mail.</p><button>Buy again</button></div>`)}`,
  "wiki article": `<article><h1>Tea</h1>${each((p, d, i) => `<h2>Chapter ${i + 1}</h2><p>${NEWS[i]} ${NEWS[(i + 1) % 6]} ${NEWS[(i + 2) % 6]}</p>`)}<footer>Last edited on ${DAYS[3]} by ${PEOPLE[1]}</footer></article>`,
  "wiki history": `<h1>Revision history of Tea</h1><ul>${each((p, d, i) => `<li><a>cur</a> <a>prev</a> ${time(d)} <a>${p}</a> (${1200 + i} bytes) <i>corrected the year of the second harvest and its source</i></li>`)}</ul>`,
  "news with comments": `<article><h1>Bridge opens</h1><p>${NEWS[0]}</p></article><section id="comments"><h2>6 comments</h2>${each((p, d, i) => `<div class="comment"><div class="author">${p}</div>${time(d)}<div class="text">${NEWS[(i + 3) % 6]}</div></div>`)}<textarea name="comment" placeholder="Join the discussion"></textarea><button>Post</button></section>`,
  "social feed": `<main role="feed">${each((p, d, i) => `<article role="article"><header><strong>${p}</strong> ${time(d)}</header><p>${NEWS[i]}</p><button>Like</button><button>Share</button></article>`)}</main>`,
  "search results": `<form role="search"><input value="how to repair a zip"></form><ol>${each((p, d, i) => `<li><h3><a href="#">${NEWS[i].slice(0, 40)}</a></h3><cite>example.org › ${i}</cite><p>${d} — ${NEWS[(i + 2) % 6]}</p></li>`)}</ol>`,
  "bank statement": `<h1>Account 0042</h1><table>${each((p, d, i) => `<tr><td>${time(d)}</td><td>${p}</td><td>Transfer for the rent of the garden and the water of the second half</td><td>-${i}9.00 EUR</td></tr>`)}</table>`,
  calendar: `<h1>November</h1><ul>${each((p, d) => `<li>${time(d)} Meeting with ${p}: plan of the week, open questions, next steps for the release</li>`)}</ul>`,
  "team directory": `<h1>People</h1><ul class="contacts">${each((p, d) => `<li class="user-card"><img alt=""><b>${p}</b><span>Joined ${d}</span><p>Works on payments and likes to be asked about rounding.</p></li>`)}</ul>`,
  "order form": `<h1>Checkout</h1><form><label>Name <input name="name"></label><label>E-mail <input type="email"></label><label>Message to the seller <textarea name="message"></textarea></label><button type="submit">Pay</button></form>`,
  "questions and answers": `<h1>Help centre</h1>${each((p, d, i) => `<details open><summary>How do I ${["return", "pay", "cancel", "track", "change", "rate"][i]} an order?</summary><p>${REVIEWS[i]} Open your account, choose the order and follow the steps shown there.</p></details>`)}`,
  "build log": `<h1>Build 771</h1><pre>${each((p, d, i) => `${d}T09:1${i}:00Z [info] ${p.toLowerCase().replace(" ", ".")} compiled module ${i} in ${i}.4 s without warnings`)}</pre>`,
};

/** Serves them on a free port of 127.0.0.1. */
export async function serveOrdinaryPages() {
  const all = [...Object.entries(PAGES).map(([name, body]) => ({ name, html: `<!doctype html><html lang="en"><head><title>${name}</title></head><body>${body}</body></html>` })), ...morePages];
  const server = createServer((request, response) => {
    const page = all[Number(request.url?.slice(1))];
    response.writeHead(page ? 200 : 404, { "content-type": "text/html; charset=utf-8" });
    response.end(page?.html.replace("</title>", '</title><link rel="icon" href="data:,">'));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return {
    pages: all.map(({ name }, index) => ({ name, url: `http://127.0.0.1:${port}/${index}` })),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
