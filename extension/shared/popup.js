// @ts-check
/**
 * The popup: on or off for this site, language, breaks, engine and server state. Holds no settings itself: sites are the browser's
 * permissions, everything else is the brain's.
 *
 * @typedef {import("../wire").Query} Query
 * @typedef {import("../wire").Scene} Scene
 * @typedef {import("../wire").EngineState} EngineState
 * @typedef {import("../wire").SyncState} SyncState
 */
import { createPanel } from "./panel.js";
import { browserLocale, clock, currentLocale, readLocaleChoice, say, speak, storeLocaleChoice } from "./panel_words.js";
import { createTaughtGroup } from "./teach_popup.js";
import { siteIsOn, sitePattern, switchOff, switchOn } from "./sites.js";

const PAUSES = [5, 10, 15];
const REFRESH_MS = 2_000;

/**
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} type
 * @returns {T}
 */
function part(id, type) {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`popup.html has no ${id}`);
  return found;
}

const site = part("site", HTMLInputElement);
const rest = part("rest", HTMLInputElement);
const endPause = part("end-pause", HTMLButtonElement);
const pauses = part("pauses", HTMLDivElement);
const change = part("change", HTMLButtonElement);
const form = part("server-form", HTMLFormElement);
const server = part("server", HTMLInputElement);
const serverTrouble = part("server-trouble", HTMLParagraphElement);
const token = part("token", HTMLInputElement);

const panel = createPanel();
const taught = createTaughtGroup(part("taught", HTMLElement), { note, propose: (locator) => tell({ type: "propose_locator", locator }) });
/** @type {number} */
let tabId = 0;
/** @type {string | null} */
let pattern = null;
let refused = false;
/** @type {Scene | null} */
let scene = null;
/** Shown in the form until the agent types. */
let serverUrl = "";

async function start() {
  const choice = await readLocaleChoice();
  speak(choice === "auto" ? browserLocale() : choice);
  for (const radio of localeRadios()) radio.checked = radio.value === choice;
  const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
  tabId = tab?.id ?? 0;
  pattern = sitePattern(tab?.url);
  if (pattern && tab?.url) taught.follow(tabId, new URL(tab.url).origin);
  drawPauses();
  draw();
  await drawSite();
  listen();
  const { life } = await panel.tabs();
  if (life !== "asleep" || site.checked) void poll();
}

function listen() {
  site.addEventListener("change", () => void toggleSite());
  rest.addEventListener("change", () => void tell({ type: "set_rest_prompts", on: rest.checked }));
  endPause.addEventListener("click", () => void tell({ type: "end_pause" }));
  for (const radio of localeRadios()) radio.addEventListener("change", () => void chooseLocale(radio.value));
  change.addEventListener("click", () => showForm(Boolean(form.hidden)));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void connect();
  });
  part("inspect", HTMLButtonElement).addEventListener("click", () => {
    void chrome.tabs.create({ url: chrome.runtime.getURL(`inspect.html?tab=${tabId}`) });
    window.close();
  });
}

/** The permission question must be asked within the click itself. */
async function toggleSite() {
  if (!pattern) return;
  if (site.checked) {
    refused = !(await switchOn(pattern).catch(() => false));
  } else {
    refused = false;
    await switchOff(pattern);
  }
  await drawSite();
  if (site.checked) void poll();
}

async function drawSite() {
  site.disabled = pattern === null;
  site.checked = pattern ? await siteIsOn(pattern) : false;
  const host = pattern ? new URL(pattern.replace("/*", "/")).hostname : "";
  const word = pattern === null ? "site_never" : site.checked ? "site_on" : refused ? "site_refused" : "site_off";
  part("site-state", HTMLParagraphElement).textContent = say(word, { host });
  await taught.draw(site.checked);
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let pollTimer;

/** Asks while the popup is open; the brain is only woken where there is something to read or to set. */
async function poll() {
  clearTimeout(pollTimer);
  const result = await panel.query(tabId, { type: "inspect" });
  if (result.type === "inspection") {
    scene = result.scene;
    if (result.server_url && server.value === serverUrl) server.value = result.server_url;
    serverUrl = result.server_url ?? "";
    adoptLocale(result.scene);
    await taught.tell(result.server_url ? result.proposals : null);
  } else if (result.type === "error" && result.code === "engine_unavailable") {
    scene = scene && { ...scene, engine: { state: "unavailable", code: result.code } };
  }
  draw();
  pollTimer = setTimeout(poll, REFRESH_MS);
}

/**
 * @param {Query} query
 * @returns {Promise<boolean>}
 */
async function tell(query) {
  const result = await panel.query(tabId, query);
  const saved = result.type !== "error";
  note(saved ? "" : say(result.code === "not_shareable" ? "not_shareable" : "not_saved"));
  await poll();
  return saved;
}

/** @param {string} value */
async function chooseLocale(value) {
  const choice = value === "zh" || value === "en" ? value : "auto";
  await storeLocaleChoice(choice);
  const locale = choice === "auto" ? browserLocale() : choice;
  speak(locale);
  drawPauses();
  draw();
  await drawSite();
  await tell({ type: "set_locale", locale });
}

/** The overlay can change the language too. @param {Scene} now */
function adoptLocale(now) {
  if (now.locale === currentLocale()) return;
  speak(now.locale);
  for (const radio of localeRadios()) radio.checked = radio.value === now.locale;
  drawPauses();
  void drawSite();
}

/** @returns {NodeListOf<HTMLInputElement>} */
function localeRadios() {
  return document.querySelectorAll('input[name="locale"]');
}

async function connect() {
  const address = server.value.trim().replace(/\/+$/, "");
  const isGood = address === "" || isServer(address);
  serverTrouble.textContent = isGood ? "" : say("bad_server");
  server.setAttribute("aria-invalid", String(!isGood));
  if (!isGood) {
    server.focus();
    return;
  }
  const saved = await tell({ type: "connect", server_url: address, device_token: token.value.trim() });
  if (!saved) return;
  note(say(token.value.trim() === "" ? "disconnect_done" : "connect_done"));
  token.value = "";
  showForm(false);
  change.focus();
}

/** @param {string} address */
function isServer(address) {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === "https:" || (protocol === "http:" && ["localhost", "127.0.0.1", "[::1]"].includes(hostname));
}

/** @param {boolean} shown */
function showForm(shown) {
  form.hidden = !shown;
  change.setAttribute("aria-expanded", String(shown));
  if (shown) server.focus();
}

function drawPauses() {
  pauses.replaceChildren(
    ...PAUSES.map((minutes) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = say("minutes", { n: minutes });
      button.setAttribute("aria-label", say("named", { word: say("pause"), about: say("minutes", { n: minutes }) }));
      button.addEventListener("click", () => void tell({ type: "pause", minutes }));
      return button;
    }),
  );
}

function draw() {
  part("engine", HTMLParagraphElement).textContent = scene ? engineWords(scene.engine) : say("engine_asleep");
  part("sync", HTMLParagraphElement).textContent = scene ? syncWords(scene.sync) : say("sync_unknown");
  rest.disabled = !scene;
  if (scene) rest.checked = scene.care.prompts_on;
  const pause = scene?.care.pause;
  if (pause) swap(pauses, endPause);
  else swap(endPause, pauses);
  part("pause-label", HTMLHeadingElement).textContent = pause ? say("paused_until", { time: clock(pause.ends_at_ms) }) : say("pause");
}

/** Shows one in the place of the other; the focus goes along. @param {HTMLElement} out @param {HTMLElement} shown */
function swap(out, shown) {
  const isHeld = out.contains(document.activeElement);
  out.hidden = true;
  shown.hidden = false;
  if (isHeld) (shown.querySelector("button") ?? shown).focus();
}

/** @param {EngineState} engine */
function engineWords(engine) {
  return engine.state === "loading" ? say("engine_loading", { n: Math.round(engine.progress * 100) }) : say(`engine_${engine.state}`);
}

/** @param {SyncState} sync */
function syncWords(sync) {
  return say(`sync_${sync.state}`, { n: "events" in sync ? sync.events : 0 });
}

/** @param {string} text */
function note(text) {
  part("note", HTMLParagraphElement).textContent = text;
}

void start();
