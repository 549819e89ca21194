// @ts-check
/**
 * The service worker: keeps one offscreen document alive, follows the sites that are switched on, shows the badge.
 * Stateless: it may die between any two events. Knows nothing of conversations; those go straight to the offscreen document.
 */
import { listenForReading } from "./badge.js";
import { listenForFocusKey } from "./focus_key.js";
import { followSites } from "./sites.js";

/** @type {Promise<void> | null} */
let creating = null;

followSites();
listenForReading();
listenForFocusKey();

chrome.runtime.onMessage.addListener((message, sender, answer) => {
  if (sender.id !== chrome.runtime.id || message?.type !== "wake") return;
  ensureOffscreen().then(
    () => answer({ awake: true }),
    () => answer({ awake: false }),
  );
  return true;
});

/** Only one offscreen document may exist; a second creation throws. While it is created it exists, but does not listen yet. */
async function ensureOffscreen() {
  if (creating) return creating;
  const contexts = await chrome.runtime.getContexts({ contextTypes: [chrome.runtime.ContextType.OFFSCREEN_DOCUMENT] });
  if (contexts.length > 0) return;
  creating ??= chrome.offscreen
    .createDocument({
      url: "offscreen.html",
      reasons: [chrome.offscreen.Reason.WORKERS],
      justification: "Runs the language model for customer messages in a Worker on this machine.",
    })
    .finally(() => {
      creating = null;
    });
  await creating;
}
