// @ts-check
/**
 * The overlay's wire to the broker, extension flavour; public/widget/transport.js is the other. The overlay's wasm binds to exactly
 * globalThis.warmseatTransport. Keeps no state but the connection.
 *
 * @typedef {import("../wire").Scene} Scene
 * @typedef {import("../wire").Command} Command
 * @typedef {import("../wire").Layout} Layout
 */
import { createAsking } from "./links.js";
import { connectRuntime } from "./runtime_port.js";

globalThis.warmseatTransport = overRuntime();

/** @returns {WarmseatTransport} */
function overRuntime() {
  /** @type {import("./runtime_port.js").Wire | null} */
  let wire = null;
  /** Said while nothing is connected. @type {Array<{ id?: number }>} */
  let early = [];
  /** @type {ReturnType<typeof createAsking> | null} */
  let asking = null;
  /** The size last asked for: whoever listens after a broken connection has not heard it. @type {Layout | null} */
  let resize = null;
  /** @param {object} message */
  const say = (message) => {
    if (!wire?.post(message) && early.length < 32) early.push(message);
  };
  return {
    start(onScene, onGone, onAnswer) {
      const asked = (asking = createAsking(onAnswer));
      wire = connectRuntime("overlay", {
        onOpen(open) {
          open.post({ command: { type: "hello" } });
          if (resize) open.post({ layout: resize });
          for (const message of early.splice(0)) open.post(message);
        },
        onMessage(raw) {
          const message = /** @type {import("./broker.js").ToOverlay} */ (raw);
          if ("scene" in message) onScene(message.scene);
          else asked.hear(message);
        },
        onBroken: () => asked.lost(early),
        onLost: onGone,
      });
    },
    send: (command) => say(asking?.ask(command) ?? { command }),
    layout(message) {
      if (message.type === "resize") resize = message;
      say({ layout: message });
    },
  };
}
