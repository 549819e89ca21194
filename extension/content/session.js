// @ts-check
/**
 * Owns one page's session: what the eyes see goes to the brain as changes, what the brain asks for goes to the hands, and the overlay
 * is there while a conversation is. The same in extension and widget; how the brain is reached is the caller's business.
 *
 * @typedef {import("../wire").PageEvent} PageEvent
 * @typedef {import("../wire").PageCommand} PageCommand
 * @typedef {import("../shared/broker.js").ToPage} ToPage
 * @typedef {import("./changes.js").Seeing} Seeing
 * @typedef {import("./port.js").Dial} Dial
 * @typedef {ReturnType<typeof import("./overlay_host.js").createOverlayHost>} OverlayHost
 */
import { countActivity } from "./activity.js";
import { rememberFocus } from "./caret_memory.js";
import { createChanges } from "./changes.js";
import { createFiller } from "./fill.js";
import { watchForm } from "./forms_watch.js";
import { watchPage } from "./observer.js";
import { keepConnected } from "./port.js";
import { askForBox } from "./box_chooser.js";
import { STANDS_MS } from "./standing.js";
import { insertReply, openReplyForm } from "./writer.js";

/** A click so soon after another conversation came up was meant for the one before. */
const TURNED_MS = 400;

/**
 * @param {{ dial: Dial, overlay: OverlayHost, onNever: () => void, onTeach?: () => void, onTeam?: (told: { connected: boolean, locators: unknown[] }) => void }} options
 *   `onNever`: the brain will not come back to this page; `onTeach`: the agent asked for it in the overlay; `onTeam`: how the team reads this site
 */
export function startSession({ dial, overlay, onNever, onTeach, onTeam }) {
  const changes = createChanges();
  /** @type {Seeing | null} */
  let seeing = null;
  /** When another conversation came up. */
  let turned_ms = -Infinity;
  /** From the first look on: the page's first moments are spent on reading alone. @type {ReturnType<typeof keepConnected> | null} */
  let connection = null;
  /** Whose rows are the messages. @type {Element | null} */
  let list = null;
  const listNow = () => (list?.isConnected ? list : null);
  const forms = watchForm(document, listNow, (form) => {
    if (!say({ type: "form_seen", ...form })) forms.forget();
  });
  const filler = createFiller(document, listNow);
  const watch = () =>
    watchPage(see, {
      onLook(messages) {
        list = messages;
        forms.soon();
      },
    });
  let stopWatching = watch();
  const stopRemembering = rememberFocus(document);
  const stopCounting = countActivity((activity) => {
    if (seeing || activity.key_presses > 0) say({ type: "activity", ...activity });
  });

  /** @param {PageEvent} event */
  function say(event) {
    return connection?.post({ event }) ?? false;
  }

  function sayEverything() {
    changes.forget();
    say({ type: "hello", site: location.host, url: location.href, locale: pageLocale() });
    if (seeing) sayChanges(seeing);
    forms.forget();
    forms.soon();
  }

  /** @param {Seeing | null} now */
  function see(now) {
    const before = seeing;
    seeing = now;
    if (before?.conversation.id !== now?.conversation.id) turned_ms = performance.now();
    if (now) {
      overlay.show();
      sayChanges(now);
      if (before?.conversation.id !== now.conversation.id) forms.forget();
      forms.follow(true);
    } else if (before) {
      forms.follow(false);
      changes.forget();
      say({ type: "conversation_left" });
      overlay.hide();
    }
    connection ??= keepConnected(dial, { onOpen: sayEverything, onMessage: hear, onNever });
  }

  /** What could not be sent is not held back: on connecting everything is said. @param {Seeing} now */
  function sayChanges(now) {
    const event = changes.report(now);
    if (event && !say(event)) changes.forget();
  }

  /** @param {unknown} raw */
  function hear(raw) {
    const message = /** @type {ToPage} */ (raw);
    if ("layout" in message && message.layout.type === "teach") onTeach?.();
    else if ("layout" in message) overlay.layout(message.layout);
    else if ("resend" in message) sayEverything();
    else if ("command" in message) void obey(message.command);
  }

  /** @param {PageCommand} command */
  async function obey(command) {
    if (command.type === "team_taught") {
      onTeam?.(command);
      return;
    }
    if (command.type === "open_reply_form") {
      const result = await openReplyForm();
      // The agent has clicked "open the reply form"; a page with unsaved work asks before it goes.
      if (result.outcome === "navigates" && new URL(result.href, location.href).origin === location.origin) location.assign(result.href);
      overlay.show();
      return;
    }
    if (command.type === "fill" || command.type === "undo_fill") {
      const undone = command.type === "undo_fill";
      const results = undone ? await filler.undo(command.fill_id) : await filler.fill(command.fill_id, command.fields, writingFor(command.conversation_id));
      // What the form holds now is known before it is said that it was filled.
      forms.now();
      say({ type: "fill_finished", fill_id: command.fill_id, results, undone });
      return;
    }
    const { outcome } = await insertReply(command.text, document, askForBox, STANDS_MS, writingFor(command.conversation_id));
    say({ type: "insert_finished", insert_id: command.insert_id, outcome });
  }

  /** Whether the page still shows the conversation that an answer or values are for. @param {string} conversationId */
  function writingFor(conversationId) {
    const isLate = performance.now() - turned_ms < TURNED_MS;
    return () => !isLate && stopWatching.stillShown() && seeing?.conversation.id === conversationId;
  }

  return {
    /** Reads the page afresh: what is taught for its site has changed. */
    reread() {
      stopWatching();
      stopWatching = watch();
    },
    /** Offers to the team what was taught; false when nobody heard it. @param {import("../wire").SiteLocator} locator */
    propose: (locator) => say({ type: "locator_proposed", locator }),
    stop() {
      stopWatching();
      stopCounting();
      stopRemembering();
      forms.stop();
      connection?.stop();
      overlay.remove();
    },
  };
}

/** @returns {import("../wire").Locale} */
function pageLocale() {
  return navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
}
