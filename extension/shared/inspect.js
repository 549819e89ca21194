// @ts-check
/**
 * The glass box (R13): what is read on a tab, what waits to leave and what has left, as tables, and all of it as data in #reading.
 * ?tab=ID selects the tab; otherwise the last active one. Changes only whether words of corrections are kept, and saves those.
 *
 * @typedef {import("../wire").Inspection} Inspection
 * @typedef {import("../wire").Message} Message
 * @typedef {import("../wire").Event} SyncEvent
 */
import { createPanel } from "./panel.js";
import { browserLocale, moment, readLocaleChoice, say, sayCode, sayTaught, speak } from "./panel_words.js";

const REFRESH_MS = 2_000;

const panel = createPanel();
const picker = /** @type {HTMLSelectElement} */ (document.getElementById("tab"));
const reading = /** @type {HTMLPreElement} */ (document.getElementById("reading"));
const keepWords = /** @type {HTMLInputElement} */ (document.getElementById("keep-words"));
/** @type {Inspection["corrections"]} */
let corrections = [];
/** The tab that is drawn. */
let shown = 0;
let wanted = Number(new URLSearchParams(location.search).get("tab")) || 0;

async function start() {
  const choice = await readLocaleChoice();
  speak(choice === "auto" ? browserLocale() : choice);
  document.title = say("inspect_title");
  picker.addEventListener("change", () => {
    wanted = Number(picker.value);
    void refresh();
  });
  document.getElementById("refresh")?.addEventListener("click", () => void refresh());
  keepWords.addEventListener("change", async () => {
    const result = await panel.query(shown, { type: "keep_words", on: keepWords.checked });
    if (result.type === "error") state(say("not_saved"));
    await refresh();
  });
  document.getElementById("save-corrections")?.addEventListener("click", saveCorrections);
  state(say("loading"));
  await refresh();
  setInterval(() => document.visibilityState === "visible" && void refresh(), REFRESH_MS);
}

/** @type {Promise<void> | null} */
let refreshing = null;

function refresh() {
  refreshing ??= refreshNow().finally(() => (refreshing = null));
  return refreshing;
}

async function refreshNow() {
  const { tabs } = await panel.tabs();
  const chosen = tabs.some(({ tab }) => tab === wanted) ? wanted : (tabs[0]?.tab ?? wanted);
  drawPicker(tabs, chosen);
  shown = chosen;
  const result = await panel.query(chosen, { type: "inspect" });
  if (result.type === "inspection") {
    const { type, ...inspection } = result;
    draw(inspection);
    await drawTaught(chosen);
    state(tabs.length === 0 ? say("nothing_read") : inspection.conversation ? "" : say("no_conversation"));
  } else {
    state(say(result.type === "error" && result.code === "no_conversation" ? "nothing_read" : "no_answer"));
  }
}

/** Written only on a change, so that a reader of the page is not interrupted. @param {string} text */
function state(text) {
  const place = document.getElementById("state");
  if (place && place.textContent !== text) place.textContent = text;
}

/**
 * @param {import("./broker.js").PageTab[]} tabs
 * @param {number} chosen
 */
function drawPicker(tabs, chosen) {
  const options = tabs.map(({ tab, site, url }) => ({ value: String(tab), text: `${site} · ${pathOf(url)}` }));
  if (JSON.stringify(options) !== picker.dataset.drawn) {
    picker.replaceChildren(...options.map(({ value, text }) => new Option(text, value)));
    picker.dataset.drawn = JSON.stringify(options);
  }
  picker.disabled = tabs.length === 0;
  picker.value = String(chosen);
}

/** @param {string} url */
function pathOf(url) {
  return URL.canParse(url) ? new URL(url).pathname : url;
}

/** @param {Inspection} inspection */
function draw(inspection) {
  const text = JSON.stringify(inspection, null, 2);
  if (text === reading.textContent) return;
  reading.textContent = text;
  const content = document.getElementById("content");
  if (content) content.hidden = false;
  drawFacts(inspection);
  fill("messages", messageTable(inspection.messages), inspection.messages.length > 0, say("no_conversation"));
  const waitingNote = inspection.server_url ? say("waiting_none") : say("waiting_local");
  fill("waiting", eventTable(inspection.waiting), inspection.waiting.length > 0, waitingNote);
  fill("sent", eventTable(inspection.sent), inspection.sent.length > 0, say("sent_none"));
  fill("proposals", proposalTable(inspection.proposals), inspection.proposals.length > 0, say("proposals_none"));
  drawCorrections(inspection);
  const { timing } = inspection;
  const place = document.getElementById("timing");
  if (!place) return;
  place.textContent = timing
    ? say("timing", {
        inference: timing.inference_ms.toFixed(1),
        total: timing.total_ms.toFixed(1),
        n: timing.messages,
        ready: timing.ready_ms.toFixed(0),
        memory: ((timing.memory_bytes ?? 0) / 1e6).toFixed(0),
      })
    : "";
}

/** @param {Inspection} inspection */
function drawFacts({ scene, conversation, server_url }) {
  const requester = conversation?.requester;
  /** @type {[string, string | null | undefined][]} */
  const facts = [
    ["subject", conversation?.subject],
    ["requester", [requester?.name, requester?.email, requester?.handle].filter(Boolean).join(" · ")],
    ["agent", conversation?.agent_name],
    ["channel", conversation && sayCode("on", conversation.channel)],
    ["server", server_url],
    ["own_model", ownModel(scene.own_model)],
  ];
  const known = facts.filter(([, value]) => value);
  document.getElementById("facts")?.replaceChildren(
    ...known.flatMap(([word, value]) => [element("dt", say(word)), element("dd", value ?? "")]),
  );
}

/** @param {Inspection["scene"]["own_model"]} model */
function ownModel(model) {
  if (!model) return null;
  const { name, state } = model;
  return `${name} · ${say(`own_model_${state.state}`, { code: state.state === "failed" ? state.fault.code : "" })}`;
}

/** Whether the page is read as taught, where anything was. @param {number} tab */
async function drawTaught(tab) {
  const answer = await chrome.tabs.sendMessage(tab, { type: "teach_state" }).catch(() => undefined);
  const text = sayTaught(answer?.taught);
  const place = document.getElementById("taught");
  if (place && place.textContent !== text) place.textContent = text;
}

/** @param {Message[]} messages */
function messageTable(messages) {
  return table(
    ["who", "text", "time", "why"],
    messages.map((message) => [
      element("td", [sayCode("by", message.author), message.author_name].filter(Boolean).join(" · "), "name"),
      element("td", message.text, "words"),
      element("td", message.sent_at_ms === null ? "–" : moment(message.sent_at_ms), "number"),
      element("td", sayCode("why", message.evidence), "reason"),
    ]),
  );
}

/** @param {SyncEvent[]} events */
function eventTable(events) {
  return table(
    ["time", "what", "contents"],
    events.map((event) => {
      const { type, at_ms } = event;
      return [element("td", moment(at_ms), "number"), element("td", sayCode("event", type), "reason"), withCode(JSON.stringify(event))];
    }),
  );
}

/** @param {Inspection["proposals"]} proposals */
function proposalTable(proposals) {
  return table(
    ["kind_of_page", "state", "contents"],
    proposals.map(({ state, locator }) => [
      element("td", locator.site + locator.path, "name"),
      element("td", sayCode("shared", state), "reason"),
      withCode(JSON.stringify(locator)),
    ]),
  );
}

/** @param {Inspection} inspection */
function drawCorrections(inspection) {
  corrections = inspection.corrections;
  keepWords.checked = inspection.keeps_words;
  const rows = corrections.map(({ text, name, label }) => [element("td", name ?? label.replaceAll("_", " "), "name"), element("td", text, "words")]);
  fill("corrections", table(["class", "text"], rows), rows.length > 0, say(inspection.keeps_words ? "corrections_none" : "corrections_off"));
  const save = document.getElementById("save-corrections");
  if (save) save.hidden = rows.length === 0;
}

/** One correction a line, as models/README.md says. */
function saveCorrections() {
  const lines = corrections.map((correction) => `${JSON.stringify(correction)}\n`);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(lines, { type: "application/x-ndjson" }));
  link.download = "corrections.jsonl";
  link.click();
  URL.revokeObjectURL(link.href);
}

/**
 * @param {string[]} heads
 * @param {HTMLElement[][]} rows
 */
function table(heads, rows) {
  const head = document.createElement("thead");
  head.append(row(heads.map((word) => Object.assign(element("th", say(word)), { scope: "col" }))));
  const body = document.createElement("tbody");
  body.append(...rows.map(row));
  const made = document.createElement("table");
  made.append(head, body);
  return made;
}

/** @param {HTMLElement[]} cells */
function row(cells) {
  const made = document.createElement("tr");
  made.append(...cells);
  return made;
}

/** @param {string} text */
function withCode(text) {
  const cell = document.createElement("td");
  cell.append(element("code", text));
  return cell;
}

/**
 * @param {string} id
 * @param {HTMLTableElement} content
 * @param {boolean} any
 * @param {string} empty
 */
function fill(id, content, any, empty) {
  const frame = document.createElement("div");
  frame.className = "scroll";
  frame.tabIndex = 0;
  frame.append(content);
  document.getElementById(id)?.replaceChildren(any ? frame : element("p", empty, "empty"));
}

/**
 * @param {string} tag
 * @param {string} text
 * @param {string} [className]
 */
function element(tag, text, className) {
  const made = document.createElement(tag);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

void start();
