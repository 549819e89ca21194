// A real Chromium with the built extension in a fresh profile, and the doors into it that a test needs.
// Does not know what the overlay shows; that is overlay.mjs.
import { createHash } from "node:crypto";
import { cp, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { once } from "node:events";
import { chromium } from "playwright-core";
import { WebSocket } from "ws";
import { layConfig } from "./config.mjs";
import { until } from "./until.mjs";
import { CHROMIUM, EXTENSION_CHROMIUM, RUN } from "./paths.mjs";

/**
 * @typedef {object} LaunchOptions
 * @property {string | null} [extension] folder of the unpacked extension; null: none
 * @property {import("./config.mjs").Config} [config] laid over the extension's config.json
 * @property {string} [locale]
 * @property {"light" | "dark"} [colorScheme]
 * @property {string[]} [args]
 */

/** @param {LaunchOptions} [options] */
export async function launchChromium({ extension = EXTENSION_CHROMIUM, config, locale = "en-GB", colorScheme, args = [] } = {}) {
  await mkdir(RUN, { recursive: true });
  const home = await mkdtemp(join(RUN, "chromium-"));
  const folder = extension && (await laid(extension, config, join(home, "extension")));
  const context = await chromium.launchPersistentContext(join(home, "profile"), {
    executablePath: CHROMIUM,
    // Extensions need the new headless mode, which the shell binary of `headless: true` is not.
    headless: false,
    args: [
      "--headless=new",
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      ...(folder ? [`--load-extension=${folder}`, `--disable-extensions-except=${folder}`] : []),
      `--lang=${locale}`,
      // Beside Playwright's pipe, for targets that it does not know (see evaluateIn).
      "--remote-debugging-port=0",
      "--no-first-run",
      "--disable-component-update",
      "--disable-background-networking",
      ...args,
    ],
    ignoreDefaultArgs: ["--disable-extensions"],
    viewport: { width: 1280, height: 900 },
    locale,
    colorScheme,
  });
  const id = folder && (await extensionId(folder));
  return {
    context,
    profile: join(home, "profile"),
    /** The extension's own pages start with this. */
    origin: id ? `chrome-extension://${id}` : "",
    /** @param {string} page */
    async open(page) {
      const opened = await context.newPage();
      await opened.goto(`chrome-extension://${id}/${page}`);
      return opened;
    },
    async close() {
      await context.close();
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** @typedef {Awaited<ReturnType<typeof launchChromium>>} Chromium */

/**
 * The built extension itself, or a copy with another configuration.
 * @param {string} extension @param {LaunchOptions["config"]} config @param {string} copy
 */
async function laid(extension, config, copy) {
  if (!existsSync(join(extension, "manifest.json"))) {
    throw new Error(`no extension in ${extension}; build it first: cargo xtask build`);
  }
  if (!config) return extension;
  await cp(extension, copy, { recursive: true });
  await layConfig(copy, config);
  return copy;
}

/** As Chromium computes it: from the manifest's key, else from the folder's path.  @param {string} folder */
async function extensionId(folder) {
  const { key } = JSON.parse(await readFile(join(folder, "manifest.json"), "utf8"));
  const hash = createHash("sha256").update(key ? Buffer.from(key, "base64") : folder);
  return hash
    .digest("hex")
    .slice(0, 32)
    .replace(/./g, (digit) => String.fromCharCode("a".charCodeAt(0) + Number.parseInt(digit, 16)));
}

/**
 * Ends the extension's service worker, as the browser does when it is idle.
 * @param {Chromium} chromium
 */
export async function stopServiceWorker(chromium) {
  const page = await chromium.context.newPage();
  const session = await chromium.context.newCDPSession(page);
  /** @type {Promise<string>} */
  const version = new Promise((resolve) => {
    session.on("ServiceWorker.workerVersionUpdated", ({ versions }) => {
      const ours = versions.find((v) => v.scriptURL.startsWith(chromium.origin) && v.runningStatus === "running");
      if (ours) resolve(ours.versionId);
    });
  });
  await page.goto(`${chromium.origin}/manifest.json`);
  await session.send("ServiceWorker.enable");
  const versionId = await version;
  const stopped = new Promise((resolve) => {
    session.on("ServiceWorker.workerVersionUpdated", ({ versions }) => {
      if (versions.some((v) => v.versionId === versionId && v.runningStatus === "stopped")) resolve(undefined);
    });
  });
  await session.send("ServiceWorker.stopWorker", { versionId });
  await stopped;
  await page.close();
}

/**
 * Ends the brain's Worker from outside. "silent": it is gone without a word, as when memory runs out;
 * "trap": it throws what a wasm trap throws.
 * @param {Chromium} chromium
 * @param {"silent" | "trap"} how
 */
export async function killEngine(chromium, how) {
  const expression =
    how === "silent" ? "self.close()" : "void setTimeout(() => { throw new WebAssembly.RuntimeError('unreachable'); })";
  await inOffscreen(chromium, async (send, worker) => {
    await send("Runtime.evaluate", { expression }, await worker());
  });
}

/** Evaluates in the extension's offscreen document, which Playwright gives no handle for.  @param {Chromium} chromium @param {string} expression */
export function evaluateInOffscreen(chromium, expression) {
  return inOffscreen(chromium, async (send) => {
    const { result, exceptionDetails } = await send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
    return result.value;
  });
}

/**
 * Speaks with the offscreen document over the browser's debugging port.
 * @template T
 * @param {Chromium} chromium
 * @param {(send: (method: string, params?: object, session?: string) => Promise<any>, worker: () => Promise<string>) => Promise<T>} work
 *   worker: the session of its Worker
 */
async function inOffscreen(chromium, work) {
  const [port] = (await readFile(join(chromium.profile, "DevToolsActivePort"), "utf8")).split("\n");
  const offscreen = await until("an offscreen document", async () => {
    const response = await fetch(`http://127.0.0.1:${port}/json/list`);
    const all = /** @type {{url: string, webSocketDebuggerUrl: string}[]} */ (await response.json());
    return all.find(({ url }) => url === `${chromium.origin}/offscreen.html`);
  });
  const socket = new WebSocket(offscreen.webSocketDebuggerUrl);
  let lastId = 0;
  /** @type {string | undefined} */
  let workerSession;
  /** @type {Map<number, {resolve: (value: any) => void, reject: (error: Error) => void}>} */
  const waiting = new Map();
  socket.on("message", (data) => {
    const message = JSON.parse(String(data));
    if (message.method === "Target.attachedToTarget" && message.params.targetInfo.type === "worker") workerSession = message.params.sessionId;
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error) asked?.reject(new Error(message.error.message));
    else asked?.resolve(message.result);
  });
  /** @param {string} method @param {object} [params] @param {string} [sessionId] @returns {Promise<any>} */
  const send = (method, params = {}, sessionId) => {
    lastId += 1;
    const id = lastId;
    socket.send(JSON.stringify({ id, method, params, ...(sessionId ? { sessionId } : {}) }));
    return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
  };
  const worker = async () => {
    await send("Target.setAutoAttach", { autoAttach: true, flatten: true, waitForDebuggerOnStart: false });
    return until("the brain's Worker", () => workerSession);
  };
  try {
    await once(socket, "open");
    return await work(send, worker);
  } finally {
    socket.close();
  }
}
