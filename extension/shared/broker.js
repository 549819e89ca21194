// @ts-check
/**
 * Owns who may talk to the brain and who hears of it: one page and any number of overlay frames per tab, and panels. Wraps what they
 * say into wire::Request, routes wire::Told back, and carries wire::Layout from overlay to page by itself. Knows nothing of what
 * the messages mean, except that a restart is its own business and that the overlay must be told when the engine is gone.
 *
 * Envelopes, one plain object a message. Every message to the broker may carry `id`; it is then answered once with {id, result}.
 *
 * @typedef {{ id?: number, event: PageEvent } | { ping: true }} FromPage `ping` keeps Firefox's event page alive
 * @typedef {{ command: PageCommand } | { layout: Layout } | { resend: true }} ToPage `resend`: the brain forgot, say everything again
 * @typedef {{ id?: number, command: Command } | { layout: Layout }} FromOverlay
 * @typedef {{ scene: Scene } | { id: number, result: AnswerResult }} ToOverlay
 * @typedef {{ id: number, tab: number, query: Query } | { id: number, tabs: true }} FromPanel
 * @typedef {{ id: number, result: AnswerResult } | { id: number, tabs: PageTab[], life: EngineLife }} ToPanel
 * @typedef {{ tab: number, site: string, url: string }} PageTab most recently active first
 *
 * @typedef {import("../wire").PageEvent} PageEvent
 * @typedef {import("../wire").PageCommand} PageCommand
 * @typedef {import("../wire").Command} Command
 * @typedef {import("../wire").Query} Query
 * @typedef {import("../wire").Layout} Layout
 * @typedef {import("../wire").Scene} Scene
 * @typedef {import("../wire").EngineState} EngineState
 * @typedef {import("../wire").AnswerResult} AnswerResult
 * @typedef {import("./engine.js").EngineLife} EngineLife
 * @typedef {import("./links.js").Link} Link
 * @typedef {object} Tab
 * @property {Link | null} page
 * @property {Set<Link>} overlays
 * @property {Scene | null} scene the last one, for the time when the brain is gone
 * @property {Array<() => void>} held what overlays asked before the page had connected
 * @property {Layout | null} resize the size last asked for, for a page that connects later
 * @property {string} site
 * @property {string} url
 */
import { createEngine } from "./engine.js";

/** @typedef {Parameters<typeof createEngine>[0]["spawn"]} Spawn */

const MOST_HELD = 8;

/** @param {{ spawn: Spawn }} options */
export function createBroker({ spawn }) {
  /** Least recently active first. @type {Map<number, Tab>} */
  const tabs = new Map();

  const engine = createEngine({
    spawn,
    onTold({ tab: id, body }) {
      const tab = tabs.get(id);
      if (!tab) return;
      if (body.to === "page") {
        tab.page?.post({ command: body.message });
      } else {
        tab.scene = body.message;
        show(tab, body.message);
      }
    },
    onLife: enter,
  });

  /**
   * @param {EngineLife} life
   * @param {boolean} respawned
   */
  function enter(life, respawned) {
    if (life === "gone") showEngine({ state: "unavailable", code: "engine_unavailable" });
    else if (life === "starting") showEngine({ state: "starting" });
    else if (respawned) for (const tab of tabs.values()) tab.page?.post({ resend: true });
  }

  /** @param {EngineState} state */
  function showEngine(state) {
    for (const tab of tabs.values()) show(tab, withoutEngine(tab.scene, state));
  }

  /**
   * @param {Tab} tab
   * @param {Scene} scene
   */
  function show(tab, scene) {
    for (const overlay of tab.overlays) overlay.post({ scene });
  }

  /** @param {number} id */
  function tabOf(id) {
    const tab = tabs.get(id) ?? { page: null, overlays: new Set(), scene: null, held: [], resize: null, site: "", url: "" };
    tabs.set(id, tab);
    return tab;
  }

  /** @param {Link} link */
  function connectPage(link) {
    const tab = tabOf(link.tab);
    tab.page = link;
    if (tab.resize) link.post({ layout: tab.resize });
    for (const ask of tab.held.splice(0)) ask();
    link.onMessage((raw) => {
      const message = /** @type {FromPage} */ (raw);
      if (tab.page !== link || !("event" in message)) return;
      hearPage(link.tab, tab, message.event);
      reply(link, message.id, engine.request(link.tab, { from: "page", message: message.event }));
      if (message.event.type === "hello" && tab.overlays.size > 0) greet(link.tab);
    });
    link.onGone(() => {
      if (tab.page !== link) return;
      tab.page = null;
      tab.scene = null;
      void engine.request(link.tab, { from: "closed" });
      forgetIfEmpty(link.tab, tab);
    });
  }

  /**
   * @param {number} id
   * @param {Tab} tab
   * @param {PageEvent} event
   */
  function hearPage(id, tab, event) {
    if (event.type === "hello") {
      tab.site = event.site;
      tab.url = event.url;
    }
    // A page that is loaded once turns from one conversation to the next.
    if (event.type === "conversation_seen") tab.url = event.conversation.url;
    if (event.type === "activity" && !event.visible) return;
    tabs.delete(id);
    tabs.set(id, tab);
  }

  /** The overlay asks for a scene once more. @param {number} id */
  function greet(id) {
    void engine.request(id, { from: "overlay", message: { type: "hello" } });
  }

  /** @param {Link} link */
  function connectOverlay(link) {
    const tab = tabOf(link.tab);
    tab.overlays.add(link);
    if (engine.life() === "gone") {
      link.post({ scene: withoutEngine(tab.scene, { state: "unavailable", code: "engine_unavailable" }) });
    }
    link.onMessage((raw) => {
      const message = /** @type {FromOverlay} */ (raw);
      if ("layout" in message) {
        if (message.layout.type === "resize") tab.resize = message.layout;
        tab.page?.post({ layout: message.layout });
      } else if ("command" in message) {
        reply(link, message.id, obey(link.tab, tab, message.command));
      }
    });
    link.onGone(() => {
      tab.overlays.delete(link);
      forgetIfEmpty(link.tab, tab);
    });
  }

  /**
   * A frame that no page vouches for (someone else's page may embed overlay.html) is not heard until one does.
   * @param {number} id
   * @param {Tab} tab
   * @param {Command} command
   * @returns {Promise<AnswerResult>}
   */
  function obey(id, tab, command) {
    if (!tab.page) {
      if (tab.held.length >= MOST_HELD) return Promise.resolve({ type: "error", code: "no_conversation", detail: "" });
      return new Promise((resolve) => tab.held.push(() => resolve(obey(id, tab, command))));
    }
    if (command.type === "restart_engine") {
      engine.restart();
      return Promise.resolve({ type: "done" });
    }
    return engine.request(id, { from: "overlay", message: command });
  }

  /** @param {Link} link */
  function connectPanel(link) {
    link.onMessage((raw) => {
      const message = /** @type {FromPanel} */ (raw);
      if ("tabs" in message) {
        link.post({ id: message.id, tabs: pageTabs(), life: engine.life() });
      } else if ("query" in message) {
        reply(link, message.id, engine.request(message.tab, { from: "panel", message: message.query }));
      }
    });
  }

  /** @returns {PageTab[]} */
  function pageTabs() {
    const open = [...tabs].filter(([, tab]) => tab.page !== null);
    return open.map(([id, { site, url }]) => ({ tab: id, site, url })).reverse();
  }

  /**
   * @param {number} id
   * @param {Tab} tab
   */
  function forgetIfEmpty(id, tab) {
    if (!tab.page && tab.overlays.size === 0 && tabs.get(id) === tab) tabs.delete(id);
  }

  return {
    /** @param {Link} link */
    connect(link) {
      ({ page: connectPage, overlay: connectOverlay, panel: connectPanel })[link.kind](link);
    },
  };
}

/**
 * @param {Link} link
 * @param {number | undefined} id
 * @param {Promise<AnswerResult>} result
 */
function reply(link, id, result) {
  if (id === undefined) return;
  void result.then((answer) => link.post({ id, result: answer }));
}

/**
 * What is still true while the brain is away: the mood as last known, but nothing that would need an answer.
 * @param {Scene | null} scene
 * @param {EngineState} engine
 * @returns {Scene}
 */
function withoutEngine(scene, engine) {
  const nothing = { minutes_since_break: 0, prompt: null, pause: null, prompts_on: false, shield_on: false, long_day: false, help_url: null };
  const timeline = scene?.conversation?.timeline ? { ...scene.conversation.timeline, offer: null, apart: null } : null;
  const conversation = scene?.conversation ? { ...scene.conversation, suggestions: [], shield: null, pending: 0, timeline } : null;
  return {
    locale: scene?.locale ?? browserLocale(),
    engine,
    sync: scene?.sync ?? { state: "local" },
    conversation,
    care: scene ? { ...scene.care, prompt: null } : nothing,
    notice: null,
    labels: scene?.labels ?? [],
    own_model: scene?.own_model ?? null,
  };
}

/** @returns {import("../wire").Locale} */
function browserLocale() {
  return navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
}
