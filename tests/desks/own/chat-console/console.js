// The console's page: a queue, up to three chats open beside each other, the last one clicked in front with the focus in its box.
const OPEN_MOST = 3;
const PICTURE = "data:image/svg+xml," + encodeURIComponent("<svg xmlns='http://www.w3.org/2000/svg' width='150' height='96'><rect width='100%' height='100%' fill='#90a4ae'/></svg>");
const queue = document.getElementById("queue"), panels = document.getElementById("panels");
/** @type {any[]} */
let chats = [];
/** @type {Map<string, HTMLElement>} open panels by chat, oldest first */
const open = new Map();

/** @param {string} tag @param {string} name @param {string} [text] */
function make(tag, name, text = "") {
  const element = document.createElement(tag);
  element.className = name;
  element.textContent = text;
  return element;
}

const clock = (at) => new Date(at).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });

function drawQueue() {
  queue.replaceChildren(...chats.map((chat) => {
    const button = make("button", "", chat.requester.name);
    button.append(make("small", "", chat.messages.at(-1).text));
    button.addEventListener("click", () => bringForward(chat));
    return button;
  }));
}

function bringForward(chat) {
  panels.querySelector(".hint")?.remove();
  let panel = open.get(chat.key);
  if (!panel) {
    panel = panelOf(chat);
    panels.append(panel);
    open.set(chat.key, panel);
    if (open.size > OPEN_MOST) close(/** @type {string} */ (open.keys().next().value));
  } else {
    open.delete(chat.key);
    open.set(chat.key, panel);
  }
  for (const other of open.values()) other.classList.toggle("front", other === panel);
  panel.querySelector(".feed").scrollTop = 1e9;
  panel.querySelector("textarea").focus();
}

/** @param {string} key */
function close(key) {
  open.get(key)?.remove();
  open.delete(key);
}

function panelOf(chat) {
  const panel = make("section", "panel"), cap = make("div", "cap"), feed = make("div", "feed"), write = make("div", "write");
  const shut = make("button", "", "×");
  shut.title = "关闭";
  shut.addEventListener("click", () => close(chat.key));
  cap.append(make("span", "", chat.requester.name), shut);
  chat.messages.forEach((line, at) => {
    if (at === 0 || line.at - chat.messages[at - 1].at > 20 * 60_000 || at % 4 === 0) feed.append(make("div", "mid", clock(line.at)));
    feed.append(lineOf(line));
  });
  const box = Object.assign(document.createElement("textarea"), { placeholder: "输入消息，Enter 发送" });
  const button = make("button", "", "发送");
  const submit = async () => {
    const text = box.value;
    box.value = "";
    if (text.trim() !== "") await fetch("/api/send", { method: "POST", body: JSON.stringify({ key: chat.key, text }) });
  };
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey) (event.preventDefault(), void submit());
  });
  button.addEventListener("click", submit);
  write.append(box, button);
  panel.append(cap, feed, write);
  return panel;
}

function lineOf(line) {
  if (line.role === "system") return make("div", "mid", line.text);
  const row = make("div", line.role === "customer" ? "l" : "l o"), bubble = make("div", "s", line.text);
  for (const name of line.attachments ?? []) bubble.append(/\.(?:jpe?g|png)$/.test(name) ? Object.assign(make("img", "pic"), { src: PICTURE, width: 150, height: 96, alt: "" }) : make("div", "", `📎 ${name}`));
  row.append(bubble);
  return row;
}

new EventSource("/api/events").addEventListener("message", (event) => {
  const { key, line } = JSON.parse(event.data);
  const chat = chats.find((one) => one.key === key);
  chat.messages.push(line);
  const feed = open.get(key)?.querySelector(".feed");
  // The row comes first, its text a moment later, as a renderer with a queue does it.
  if (feed) {
    const row = lineOf({ ...line, text: "" });
    feed.append(row);
    requestAnimationFrame(() => {
      row.firstElementChild?.prepend(line.text);
      feed.scrollTop = 1e9;
    });
  }
  drawQueue();
});
fetch("/api/chats").then((answer) => answer.json()).then((all) => {
  chats = all.chats;
  drawQueue();
});
