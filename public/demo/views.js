// @ts-check
/**
 * What the demo desk looks like: list rows, thread, reply form, fields. Draws what it is given; keeps nothing.
 *
 * @typedef {import("./desk.js").OpenTicket} OpenTicket
 * @typedef {import("./desk.js").Entry} Entry
 * @typedef {{ id: string, label: string, type: string, value: string, options: Array<{ value: string, text: string }> | null, set: (value: string) => void }} FieldView
 */
import { t, when } from "./words.js";

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, string>} attributes
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/**
 * @param {HTMLElement} list
 * @param {OpenTicket[]} desk
 * @param {OpenTicket | null} open
 */
export function drawList(list, desk, open) {
  list.replaceChildren(
    ...desk.map((item) => {
      const { ticket, entries, unread } = item;
      const last = entries.at(-1);
      const link = h(
        "a",
        { href: `#/tickets/${ticket.number}`, class: unread ? "row unread" : "row" },
        h("span", { class: "row-top" }, h("span", { class: "row-name" }, ticket.customer.name), h("span", { class: "row-time" }, last ? when(last.at_ms) : "")),
        h("span", { class: "row-subject", lang: ticket.lang }, ticket.subject),
        h("span", { class: "row-meta" }, `#${ticket.number} · ${ticket.channel === "chat" ? t("chat") : t("channel_email")}`, ...(unread ? [h("b", { class: "new" }, t("new"))] : [])),
      );
      if (item === open) link.setAttribute("aria-current", "true");
      return h("li", {}, link);
    }),
  );
}

/**
 * @param {HTMLElement} place
 * @param {OpenTicket | null} open
 * @param {{ send: (open: OpenTicket, text: string) => void, save: (open: OpenTicket) => void, fields: FieldView[] }} wiring
 */
export function draw(place, open, { send, save, fields }) {
  if (!open) {
    place.replaceChildren(h("p", { class: "choose" }, t("choose")));
    return;
  }
  const { ticket, entries } = open;
  const thread = h("div", { id: "thread", class: "thread", role: "log", "aria-label": t("conversation"), tabindex: "0" });
  thread.append(...entries.map((entry) => drawMessage(entry, ticket.lang)));
  const head = h("header", { class: "ticket-head" }, h("h1", { lang: ticket.lang }, ticket.subject), h("p", { class: "number" }, `#${ticket.number}`));
  const column = h("div", { class: "talk" }, head, h("div", { class: "scroller" }, thread), drawReply(open, send));
  place.replaceChildren(column, drawDetails(open, fields, save));
  const scroller = thread.parentElement;
  if (scroller) scroller.scrollTop = scroller.scrollHeight;
}

/**
 * @param {Entry} entry
 * @param {string} lang
 */
export function drawMessage(entry, lang) {
  const initials = /^[A-Za-z]/.test(entry.name) ? entry.name.split(" ").slice(0, 2).map((word) => word[0]).join("") : entry.name.slice(0, 1);
  const time = h("time", { datetime: new Date(entry.at_ms).toISOString(), title: new Date(entry.at_ms).toLocaleString() }, when(entry.at_ms));
  return h(
    "article",
    { class: `message ${entry.role}`, id: `message-${entry.id}` },
    h("span", { class: `avatar ${entry.role}`, "aria-hidden": "true" }, initials.toUpperCase()),
    h("div", { class: "bubble" }, h("p", { class: "byline" }, h("span", { class: "author" }, entry.name), time), h("div", { class: "body", lang }, entry.text)),
  );
}

/**
 * @param {OpenTicket} open
 * @param {(open: OpenTicket, text: string) => void} send
 */
function drawReply(open, send) {
  const box = h("textarea", { id: "reply", rows: "4", placeholder: t("reply_placeholder"), lang: open.ticket.lang });
  box.value = open.draft;
  const button = h("button", { type: "submit", class: "send" }, t("send"));
  const form = h("form", { class: "reply" }, h("label", { for: "reply" }, t("reply")), box, h("div", { class: "reply-foot" }, button));
  box.addEventListener("input", () => (open.draft = box.value));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = box.value.trim();
    if (text === "") return;
    send(open, text);
    box.value = "";
    box.focus();
  });
  return form;
}

/**
 * @param {OpenTicket} open
 * @param {FieldView[]} fields
 * @param {(open: OpenTicket) => void} save
 */
function drawDetails(open, fields, save) {
  const { ticket } = open;
  const form = h("form", { class: "fields", "aria-label": t("fields") }, ...fields.map(drawField), h("button", { type: "submit", class: "save" }, t("save")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save(open);
  });
  const fact = (/** @type {string} */ word, /** @type {string} */ value) => [h("dt", {}, t(word)), h("dd", {}, value)];
  return h(
    "aside",
    { class: "details", "aria-label": t("details") },
    h("h2", {}, t("details")),
    h(
      "dl",
      {},
      ...fact("requester", ticket.customer.name),
      ...fact("email", ticket.customer.email),
      ...fact("since", ticket.customer.since),
      ...fact("channel", ticket.channel === "chat" ? t("chat") : t("channel_email")),
    ),
    form,
  );
}

/** @param {FieldView} field */
function drawField(field) {
  const control = field.options
    ? h("select", { id: field.id, name: field.id }, ...field.options.map(({ value, text }) => new Option(text, value, false, value === field.value)))
    : h("input", { id: field.id, name: field.id, type: field.type, value: field.value, autocomplete: "off", ...(field.type === "number" ? { step: "0.01", min: "0" } : {}) });
  control.addEventListener("change", () => field.set(control.value));
  return h("div", { class: "field" }, h("label", { for: field.id }, field.label), control);
}
