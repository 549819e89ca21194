// @ts-check
/**
 * The event page: hosts the broker and the brain's Worker (Firefox has no offscreen document), follows the sites that are switched
 * on, shows the badge. It dies when no message comes for a while; visible pages send a heartbeat, others reconnect and resend.
 */
import { listenForReading } from "./badge.js";
import { createBroker } from "./broker.js";
import { spawnWorker } from "./engine.js";
import { listenForFocusKey } from "./focus_key.js";
import { acceptPorts } from "./links.js";
import { followSites } from "./sites.js";

followSites();
listenForReading();
listenForFocusKey();
acceptPorts(createBroker({ spawn: () => spawnWorker({}) }));

chrome.runtime.onMessage.addListener((message, sender, answer) => {
  if (sender.id !== chrome.runtime.id || message?.type !== "wake") return;
  answer({ awake: true });
});
