// The inbox's page. No class name, id or attribute of it says what anything is: a build step of a real product would have hashed them too.
import { baseKeymap } from "prosemirror-commands";
import { history, redo, undo } from "prosemirror-history";
import { keymap } from "prosemirror-keymap";
import { schema } from "prosemirror-schema-basic";
import { EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";

/** A new name for each at every load. */
const names = new Map();
const hashed = (name) => names.get(name) ?? names.set(name, `_${Math.random().toString(36).slice(2, 8)}${names.size}`).get(name);
const RULES = {
  app: "display:flex;height:100vh;font:14px/1.45 system-ui,sans-serif;color:#1c2430", rail: "width:56px;background:#20263a;display:flex;flex-direction:column;gap:14px;padding:14px 0;align-items:center", railItem: "color:#c9d0e3;text-decoration:none;font-size:11px",
  column: "width:290px;border-right:1px solid #e2e5ec;overflow:auto", top: "padding:12px;font-weight:600;border-bottom:1px solid #e2e5ec", item: "display:block;padding:10px 12px;border-bottom:1px solid #f0f2f6;text-decoration:none;color:inherit", here: "background:#eef3ff", line: "display:flex;justify-content:space-between", cut: "white-space:nowrap;overflow:hidden;text-overflow:ellipsis;color:#667", dim: "color:#778;font-size:12px",
  main: "flex:1;display:flex;flex-direction:column;min-width:0", head: "display:flex;gap:12px;align-items:center;padding:12px 18px;border-bottom:1px solid #e2e5ec", title: "font-size:17px;font-weight:600;margin:0", chip: "background:#eef0f5;border-radius:10px;padding:2px 8px;font-size:12px",
  thread: "flex:1;overflow:auto;position:relative", rows: "position:relative", row: "position:absolute;left:0;right:0;padding:6px 18px;display:flex;gap:10px", own: "flex-direction:row-reverse", face: "width:32px;height:32px;border-radius:50%;background:#c7d2f0;text-align:center;line-height:32px;font-size:12px;flex:none", faceGap: "width:32px;flex:none",
  cell: "max-width:68%", by: "font-size:12px;color:#667;margin-bottom:2px", bubble: "background:#f1f3f8;border-radius:10px;padding:9px 13px;overflow-wrap:anywhere", bubbleOwn: "background:#e3edff", bubbleNote: "background:#fff6d6", para: "margin:0 0 8px", lastPara: "margin:0", code: "background:#e8ebf2;padding:6px;white-space:pre-wrap;margin:0 0 8px", file: "display:inline-flex;gap:8px;border:1px solid #d5dae6;border-radius:8px;padding:5px 9px;margin-top:6px;text-decoration:none;color:#234", event: "position:absolute;left:0;right:0;text-align:center;color:#889;font-size:12px;padding:6px", react: "display:inline-block;border:1px solid #dde;border-radius:10px;padding:0 6px;font-size:12px;margin-top:3px",
  side: "width:250px;border-left:1px solid #e2e5ec;padding:14px;overflow:auto", label: "color:#778;font-size:12px;margin-top:10px", compose: "border-top:1px solid #e2e5ec;padding:10px 18px", tabs: "display:flex;gap:6px;margin-bottom:6px", tab: "border:0;background:none;padding:4px 8px;cursor:pointer", tabOn: "border-bottom:2px solid #3b6cf6;font-weight:600", editor: "min-height:70px;max-height:150px;overflow:auto;border:1px solid #cfd5e3;border-radius:8px;padding:8px", noteEditor: "background:#fffbe8", bar: "display:flex;justify-content:flex-end;margin-top:6px", button: "background:#3b6cf6;color:#fff;border:0;border-radius:8px;padding:7px 14px;cursor:pointer", pad: "padding:24px;max-width:700px",
};
const sheet = new CSSStyleSheet();
sheet.replaceSync(`body{margin:0}.ProseMirror{outline:none;min-height:60px;white-space:pre-wrap}.ProseMirror p{margin:0 0 6px}${Object.entries(RULES).map(([name, rule]) => `.${hashed(name)}{${rule}}`).join("")}`);
document.adoptedStyleSheets = [sheet];

/** @param {string} tag @param {string} styles @param {...(Node | string)} children */
function h(tag, styles, ...children) {
  const element = document.createElement(tag);
  if (styles) element.className = styles.split(" ").map(hashed).join(" ");
  element.append(...children);
  return element;
}

const clock = (at) => new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
const day = (at) => new Date(at).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
const initials = (name) => (/[\u3400-\u9fff]/.test(name) ? name.slice(-2) : name.split(" ").map((part) => part[0]).join("").slice(0, 2).toUpperCase());

void begin();

async function begin() {
  const { agent, cases } = await (await fetch("/api/cases")).json();
  const root = document.getElementById("root");
  /** @type {{ shown: any, refresh: () => void } | null} */
  let view = null;

  function draw() {
    const [, place, number] = location.pathname.split("/");
    const rail = h("nav", "rail", ...["inbox", "contacts", "settings"].map((name) => Object.assign(h("a", "railItem", name), { href: `/${name}` })), Object.assign(h("span", "face", initials(agent.name)), { title: agent.name }));
    view = null;
    if (place === "contacts") root.replaceChildren(h("div", "app", rail, contacts(cases)));
    else if (place === "settings") root.replaceChildren(h("div", "app", rail, settings(agent)));
    else {
      const shown = place === "c" ? cases.find((one) => String(one.number) === number) : undefined;
      const list = h("div", "column", h("div", "top", "Open"), ...cases.map((one) => caseLink(one, one === shown)));
      if (!shown) root.replaceChildren(h("div", "app", rail, list, h("main", "main", h("div", "pad", "Choose a conversation."))));
      else {
        const thread = threadOf(shown, agent);
        root.replaceChildren(h("div", "app", rail, list, h("main", "main", headOf(shown, agent), thread.element, composer(shown)), sideOf(shown)));
        thread.refresh(true);
        view = { shown, refresh: thread.refresh };
      }
    }
  }

  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link || link.origin !== location.origin || link.hasAttribute("download")) return;
    event.preventDefault();
    travel(link.pathname);
  });
  function travel(path) {
    window.history.pushState({}, "", path);
    draw();
  }
  addEventListener("popstate", draw);
  new EventSource("/api/events").addEventListener("message", (event) => {
    const { key, line } = JSON.parse(event.data);
    cases.find((one) => one.key === key)?.messages.push(line);
    if (view?.shown.key === key) view.refresh(true);
  });
  draw();
}

function caseLink(one, here) {
  const last = one.messages.at(-1);
  return Object.assign(h("a", here ? "item here" : "item", h("div", "line", h("b", "", one.requester.name), h("span", "dim", clock(last.at))), h("div", "cut", one.subject), h("div", "cut", last.text.slice(0, 90))), { href: `/c/${one.number}` });
}

function headOf(one, agent) {
  return h("header", "head", h("h1", "title", one.subject), h("span", "chip", "Open"), h("span", "dim", `Assigned to ${agent.name}`), h("button", "tab", "Snooze"), h("button", "tab", "Close"));
}

function sideOf(one) {
  return h("aside", "side", h("b", "", "Contact"), h("div", "label", "Name"), h("div", "", one.requester.name), h("div", "label", "E-mail"), h("div", "", one.requester.email), h("div", "label", "Priority"), h("div", "", one.priority), h("div", "label", "Subject area"), h("div", "", one.category));
}

/** Only the rows near the window stand in the page; each is laid out once to learn its height. */
function threadOf(one, agent) {
  const rows = h("div", "rows"), element = h("div", "thread", rows);
  const heights = new Map(), mounted = new Map();
  const items = () => {
    const all = [{ id: "start", event: day(one.messages[0].at) }, { id: "assigned", event: `Conversation was assigned to ${agent.name}` }];
    one.messages.forEach((line, at) => all.push({ id: line.id, line, follows: at > 0 && who(one, line, agent) === who(one, one.messages[at - 1], agent) && one.messages[at - 1].role === line.role }));
    return all;
  };
  function render() {
    const all = items();
    let top = 0;
    const places = all.map((item) => ({ item, top: (top += heights.get(item.id) ?? 84) - (heights.get(item.id) ?? 84) }));
    rows.style.height = `${top}px`;
    const from = element.scrollTop - 160, to = element.scrollTop + element.clientHeight + 160;
    const near = new Set(places.filter(({ item, top: at }) => at + (heights.get(item.id) ?? 84) > from && at < to).map(({ item }) => item.id));
    for (const [id, row] of mounted) if (!near.has(id)) (row.remove(), mounted.delete(id));
    let changed = false;
    for (const { item, top: at } of places) {
      if (!near.has(item.id)) continue;
      let row = mounted.get(item.id);
      if (!row) {
        row = item.line ? rowOf(one, item, agent) : h("div", "event", item.event);
        mounted.set(item.id, row);
        rows.append(row);
      }
      row.style.transform = `translateY(${at}px)`;
      if (heights.get(item.id) !== row.offsetHeight && row.offsetHeight > 0) (heights.set(item.id, row.offsetHeight), (changed = true));
    }
    if (changed) render();
  }
  element.addEventListener("scroll", render);
  return {
    element,
    refresh(toEnd) {
      render();
      for (let before = -1; toEnd && before !== element.scrollHeight; ) {
        before = element.scrollHeight;
        element.scrollTop = before;
        render();
      }
    },
  };
}

const who = (one, line, agent) => (line.role === "customer" ? (line.from?.name ?? one.requester.name) : line.role === "bot" ? "Robin" : agent.name);

function rowOf(one, { line, follows }, agent) {
  if (line.role === "system") return h("div", "event", line.text);
  const own = line.role !== "customer", name = who(one, line, agent);
  const by = h("div", "by", name, " · ", Object.assign(h("span", "", clock(line.at)), { title: new Date(line.at).toISOString() }));
  if (line.role === "note") by.append(" · ", h("span", "chip", "Internal note"));
  if (line.role === "bot") by.append(" ", h("span", "chip", "Bot"));
  const bubble = h("div", `bubble ${line.role === "note" ? "bubbleNote" : own ? "bubbleOwn" : ""}`.trim(), ...blocks(line.text));
  for (const name of line.attachments ?? []) bubble.append(h("div", "", Object.assign(h("a", "file", h("span", "", name), h("small", "dim", "148 KB")), { href: `/files/${encodeURIComponent(name)}`, download: name })));
  const cell = h("div", "cell", ...(follows ? [] : [by]), bubble);
  if (line.id.endsWith("8") && !own) cell.append(h("span", "react", "👍 1"));
  if (own && line.role === "agent" && line === one.messages.at(-1)) cell.append(h("div", "dim", "Seen"));
  return h("div", own ? "row own" : "row", follows ? h("span", "faceGap") : h("span", "face", initials(name)), cell);
}

/** Paragraphs, lists, code and links, as a rich inbox shows them. */
function blocks(text) {
  const parts = text.split(/\n{2,}/);
  return parts.map((part, at) => {
    const lines = part.split("\n");
    if (lines.length > 1 && lines.every((line) => /^(?:[-•]|\d+\.)\s/.test(line))) return h(/^\d/.test(part) ? "ol" : "ul", "", ...lines.map((line) => h("li", "", ...inline(line.replace(/^(?:[-•]|\d+\.)\s/, "")))));
    if (lines.length > 1 && lines.every((line) => /^ {2}/.test(line))) return h("pre", "code", lines.map((line) => line.slice(2)).join("\n"));
    return h("p", at === parts.length - 1 ? "lastPara" : "para", ...lines.flatMap((line, n) => (n > 0 ? [document.createElement("br"), ...inline(line)] : inline(line))));
  });
}

function inline(line) {
  return line.split(/(https?:\/\/[^\s，。]+)/).map((part) => (/^https?:/.test(part) ? Object.assign(h("a", "", part), { href: part, target: "_blank", rel: "noreferrer" }) : part));
}

function composer(one) {
  let note = false;
  const host = h("div", "editor");
  const view = new EditorView(host, { state: EditorState.create({ schema, plugins: [history(), keymap({ "Mod-z": undo, "Mod-y": redo }), keymap(baseKeymap)] }), attributes: { role: "textbox", "aria-multiline": "true", "aria-label": "Reply" } });
  const reply = h("button", "tab tabOn", "Reply"), comment = h("button", "tab", "Note"), button = h("button", "button", "Send");
  const choose = (/** @type {boolean} */ internal) => {
    note = internal;
    for (const [tab, on] of [[reply, !internal], [comment, internal]]) {
      tab.className = `${hashed("tab")}${on ? ` ${hashed("tabOn")}` : ""}`;
      tab.setAttribute("aria-pressed", String(on));
    }
    host.className = internal ? `${hashed("editor")} ${hashed("noteEditor")}` : hashed("editor");
    view.dom.setAttribute("aria-label", internal ? "Internal note" : "Reply");
    button.textContent = internal ? "Add note" : "Send";
  };
  reply.addEventListener("click", () => choose(false));
  comment.addEventListener("click", () => choose(true));
  choose(false);
  button.addEventListener("click", async () => {
    const text = view.state.doc.textBetween(0, view.state.doc.content.size, "\n\n");
    if (text.trim() === "") return;
    await fetch("/api/send", { method: "POST", body: JSON.stringify({ key: one.key, text, note }) });
    view.dispatch(view.state.tr.delete(0, view.state.doc.content.size));
  });
  return h("div", "compose", h("div", "tabs", reply, comment), host, h("div", "bar", button));
}

function contacts(cases) {
  return h("main", "main", h("div", "pad", h("h1", "title", "Contacts"), ...cases.map((one) => h("div", "item", h("b", "", one.requester.name), h("div", "dim", one.requester.email), h("div", "dim", `Last seen ${day(one.messages.at(-1).at)}`), h("div", "cut", one.subject)))));
}

function settings(agent) {
  const field = (/** @type {string} */ name, /** @type {string} */ value) => h("p", "", h("label", "", name, Object.assign(document.createElement("input"), { value })));
  return h("main", "main", h("div", "pad", h("h1", "title", "Settings"), field("Display name", agent.name), field("E-mail", agent.email), h("p", "", h("label", "", "Signature", Object.assign(document.createElement("textarea"), { value: "Kind regards\nAnna" }))), h("button", "button", "Save")));
}
