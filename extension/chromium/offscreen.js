// @ts-check
/**
 * The one offscreen document: hosts the broker and the brain's Worker for all tabs. Of the extension API it has only chrome.runtime.
 */
import { createBroker } from "./broker.js";
import { spawnWorker } from "./engine.js";
import { acceptPorts } from "./links.js";

acceptPorts(createBroker({ spawn: () => spawnWorker({}) }));
