// @ts-check
/**
 * The brain's Worker: starts wasm-core and hands it requests one by one. Every failure ends in one {type: "failed"}, never in
 * silence. Knows neither tabs nor ports.
 *
 * In: {start: overrides} first, then wire::Request; {ping}. Out: wire::FromBrain, {type: "pong"}, {type: "failed"}.
 */
import { modules } from "./relaxed.js";

/** @typedef {import("../wire").Request} Request */
/** @typedef {import("../types/brain").BrainConfig} BrainConfig */

/** @type {import("./brain.js").Brain | null} */
let brain = null;
/** @type {Request[]} */
const early = [];

self.addEventListener("message", ({ data }) => {
  if (data?.start) start(data.start).catch(fail);
  else if (data?.ping) self.postMessage({ type: "pong" });
  else if (brain) receive(data);
  else early.push(data);
});
self.addEventListener("unhandledrejection", (event) => {
  event.preventDefault();
  fail();
});

/**
 * config.json, then what it says of the team, then what the host of this Worker knows better.
 * @param {Partial<BrainConfig> & { team?: string }} overrides
 */
async function start({ team, ...overrides }) {
  const [{ teams, ...stored }, Brain] = await Promise.all([readConfig(), loaded()]);
  /** @type {BrainConfig} */
  const config = { bundle_url: "bundle/", storage: "indexeddb", version: "", ...stored, ...(team ? teams?.[team] : undefined), ...overrides };
  config.bundle_url = new URL(config.bundle_url, self.location.href).href;
  brain = new Brain((message) => self.postMessage(message), config);
  for (const request of early.splice(0)) receive(request);
}

async function loaded() {
  const { script, wasm } = modules();
  /** @type {typeof import("./brain.js")} */
  const { default: init, Brain } = await import(script);
  await init({ module_or_path: new URL(wasm, self.location.href) });
  return Brain;
}

/** @returns {Promise<Partial<BrainConfig> & { teams?: Record<string, Partial<BrainConfig>> }>} */
async function readConfig() {
  const response = await fetch(new URL("config.json", self.location.href));
  return response.ok ? response.json() : {};
}

/** @param {Request} request */
function receive(request) {
  try {
    const done = brain?.receive(request);
    if (done instanceof Promise) done.catch(fail);
  } catch {
    fail();
  }
}

/** A trapped wasm instance must not be entered again. */
function fail() {
  brain = null;
  self.postMessage({ type: "failed" });
  self.close();
}
