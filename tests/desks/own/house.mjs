// What the three desks of our own share: the seed as a living store, and a small HTTP server on 127.0.0.1.
// Knows no page; each desk's folder holds its own.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";

export const AGENT = { name: "Anna Agent", email: "anna@care-desk.example" };

/**
 * @typedef {{name: string, email: string}} Party
 * @typedef {{id: string, role: string, text: string, from?: Party, attachments?: string[], quotes?: boolean, at: number}} Line
 * @typedef {{key: string, number: number, subject: string, requester: Party, priority: string, category: string, messages: Line[]}} Case
 */

/**
 * The seed's conversations with times, newest conversation first; what is said and sent is added.
 * @param {string} path
 * @param {{notes?: boolean, bots?: boolean}} [holds] false: the desk cannot hold these, so they are left out
 */
export async function openStore(path, { notes = true, bots = true } = {}) {
  const seed = JSON.parse(await readFile(path, "utf8"));
  const now = Date.now();
  let last = 0;
  /** @type {Set<(key: string, line: Line) => void>} */
  const listeners = new Set();
  /** @type {Case[]} */
  const cases = seed.map((/** @type {any} */ one, /** @type {number} */ index) => {
    const end = now - (4 + index * 47) * 60_000;
    const lines = one.messages.filter((/** @type {any} */ line) => (notes || line.role !== "note") && (bots || (line.role !== "bot" && line.role !== "system")));
    const count = lines.length;
    return { ...one, number: 4100 + index, messages: lines.map((/** @type {any} */ line, /** @type {number} */ at) => ({ ...line, id: `m${(last += 7)}`, at: end - (count - 1 - at) * 11 * 60_000 })) };
  });
  return {
    cases,
    /** @param {string} key */
    find: (key) => /** @type {Case} */ (cases.find((one) => one.key === key)),
    /** @param {string} key @param {{role: string, text: string}} line */
    add(key, line) {
      const added = { ...line, id: `m${(last += 7)}`, at: Date.now() };
      cases.find((one) => one.key === key)?.messages.push(added);
      for (const listener of listeners) listener(key, added);
    },
    count: () => cases.reduce((sum, one) => sum + one.messages.length, 0),
    /** @param {(key: string, line: Line) => void} listener */
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** @typedef {Awaited<ReturnType<typeof openStore>>} Store */
/** @typedef {import("node:http").IncomingMessage} Request @typedef {import("node:http").ServerResponse} Response */

/**
 * @param {(request: Request, response: Response, url: URL, body: string) => void | Promise<void>} answer
 */
export async function serve(answer) {
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += chunk));
    request.on("end", () => void answer(request, response, new URL(request.url ?? "/", "http://127.0.0.1"), body));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      // A browser opens connections ahead of need; without a request, closing waits a minute for each.
      server.closeAllConnections();
      await closed;
    },
  };
}

/** @param {Response} response @param {string} type @param {string} text @param {Record<string, string>} [headers] */
export function send(response, type, text, headers = {}) {
  response.writeHead(200, { "content-type": `${type}; charset=utf-8`, "cache-control": "no-store", ...headers });
  response.end(text);
}

/** Server-sent events of what is added. @param {Response} response @param {Store} store */
export function stream(response, store) {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  response.write(": here\n\n");
  const stop = store.listen((key, line) => response.write(`data: ${JSON.stringify({ key, line })}\n\n`));
  response.on("close", stop);
}

/** @param {string} text */
export const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
