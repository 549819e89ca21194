// @ts-check
/**
 * The demo desk: an ordinary single-page helpdesk with a list, a thread, a reply form and a few fields. Everything lives in this
 * page's memory. Knows nothing of Warmseat.
 *
 * @typedef {import("./conversations.js").Ticket} Ticket
 */
import { CATEGORIES, PRIORITIES, TICKETS } from "./conversations.js";
import { draw, drawList, drawMessage, h } from "./views.js";
import { language, setLanguage, t } from "./words.js";

const TYPING_MS = 700;
const AGENT = { name: "Lin Yu 林语" };
const loadedAt = Date.now();

/**
 * @typedef {object} Entry
 * @property {string} id
 * @property {"customer" | "agent"} role
 * @property {string} name
 * @property {number} at_ms
 * @property {string} text
 *
 * @typedef {object} OpenTicket
 * @property {Ticket} ticket
 * @property {Entry[]} entries
 * @property {number} played scripted messages already written
 * @property {boolean} typing
 * @property {boolean} unread
 * @property {string} draft
 * @property {Record<string, string>} fields by id, as they stand in the form
 * @property {Record<string, string>} saved as they were saved last
 */

/** @type {OpenTicket[]} */
const desk = TICKETS.map((ticket) => ({
  ticket,
  entries: ticket.messages.map(([role, minutesAgo, text], at) => ({
    id: `${ticket.number}-${at + 1}`,
    role,
    name: role === "customer" ? ticket.customer.name : AGENT.name,
    at_ms: loadedAt - minutesAgo * 60_000,
    text,
  })),
  played: 0,
  typing: false,
  unread: false,
  draft: "",
  fields: filed(ticket),
  saved: filed(ticket),
}));

/** @param {Ticket} ticket */
function filed({ category, priority, order }) {
  return { category, priority, order, date: "", amount: "" };
}

const list = /** @type {HTMLElement} */ (document.getElementById("tickets"));
const place = /** @type {HTMLElement} */ (document.getElementById("ticket"));
const play = /** @type {HTMLButtonElement} */ (document.getElementById("play"));

function current() {
  const number = Number(/^#\/tickets\/(\d+)/.exec(location.hash)?.[1]);
  return desk.find(({ ticket }) => ticket.number === number) ?? null;
}

function redraw() {
  document.documentElement.lang = language() === "zh" ? "zh-CN" : "en";
  for (const element of document.querySelectorAll("[data-t]")) element.textContent = t(element.getAttribute("data-t") ?? "");
  const button = /** @type {HTMLElement} */ (document.getElementById("language"));
  button.textContent = language() === "zh" ? "English" : "中文";
  const open = current();
  if (open) open.unread = false;
  redrawList();
  draw(place, open, { send, save, fields: fieldsOf(open) });
  document.title = open ? `#${open.ticket.number} ${open.ticket.subject} · Demo desk` : "Demo desk 演示工单台";
  drawPlay();
}

function redrawList() {
  drawList(list, desk, current());
}

function drawPlay() {
  const open = current();
  play.disabled = !open || open.typing || open.played >= open.ticket.next.length;
}

/** @param {OpenTicket | null} open */
function fieldsOf(open) {
  if (!open) return [];
  const choose = (/** @type {Record<string, [string, string]>} */ from) =>
    Object.entries(from).map(([value, words]) => ({ value, text: words[language() === "zh" ? 1 : 0] }));
  const field = (/** @type {string} */ id, /** @type {import("./views.js").FieldView["options"]} */ options, type = "text") => ({
    id, type, options, label: t(id), value: open.fields[id] ?? "", set: (/** @type {string} */ value) => (open.fields[id] = value),
  });
  return [
    field("category", [{ value: "", text: t("not_chosen") }, ...choose(CATEGORIES)]),
    field("priority", choose(PRIORITIES)),
    field("order", null),
    field("date", null, "date"),
    field("amount", null, "number"),
  ];
}

/** @param {OpenTicket} open */
function save(open) {
  open.saved = { ...open.fields };
  say(t("saved"));
}

/**
 * @param {OpenTicket} open
 * @param {"customer" | "agent"} role
 * @param {string} text
 */
function add(open, role, text) {
  const { ticket, entries } = open;
  const name = role === "customer" ? ticket.customer.name : AGENT.name;
  const entry = { id: `${ticket.number}-${entries.length + 1}`, role, name, at_ms: Date.now(), text };
  entries.push(entry);
  if (current() === open) {
    const thread = document.getElementById("thread");
    thread?.append(drawMessage(entry, ticket.lang));
    thread?.lastElementChild?.scrollIntoView({ block: "nearest" });
  } else {
    open.unread = true;
  }
  redrawList();
}

/** @param {OpenTicket} open @param {string} text */
function send(open, text) {
  add(open, "agent", text);
  open.draft = "";
  say(t("reply_sent"));
}

/** @param {string} words */
function say(words) {
  const announce = document.getElementById("announce");
  if (announce) announce.textContent = words;
}

play.addEventListener("click", () => {
  const open = current();
  const text = open?.ticket.next[open.played];
  if (!open || text === undefined) return;
  open.played += 1;
  open.typing = true;
  drawPlay();
  const typing = h("p", { class: "typing" }, t("is_typing").replace("{name}", open.ticket.customer.name));
  document.getElementById("thread")?.after(typing);
  setTimeout(() => {
    typing.remove();
    open.typing = false;
    add(open, "customer", text);
    drawPlay();
  }, TYPING_MS);
});
document.getElementById("language")?.addEventListener("click", () => {
  setLanguage(language() === "zh" ? "en" : "zh");
  redraw();
});
addEventListener("hashchange", redraw);
if (!location.hash) history.replaceState(null, "", `#/tickets/${TICKETS[0]?.number}`);
redraw();
