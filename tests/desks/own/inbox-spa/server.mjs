// A hosted inbox as a single-page app: hashed class names that change at every load, a virtualised thread, ProseMirror.
// usage: node server.mjs SEED      serves until it is ended
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { AGENT, openStore, send, serve, stream } from "../house.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const libraries = join(here, "../../../eyes");
const CSP = "default-src 'self'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'";
const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Inbox</title><link rel="icon" href="data:,"></head><body><div id="root"></div><script src="/app.js"></script></body></html>`;

/** @param {string} seed */
export async function start(seed) {
  const store = await openStore(seed);
  const { build } = createRequire(join(libraries, "package.json"))("esbuild");
  const built = await build({ entryPoints: [join(here, "app.js")], bundle: true, format: "iife", write: false, target: "es2022", nodePaths: [join(libraries, "node_modules")], logLevel: "error" });
  const script = built.outputFiles[0].text;
  const server = await serve((request, response, { pathname }, body) => {
    if (pathname === "/app.js") send(response, "text/javascript", script);
    else if (pathname === "/api/cases") send(response, "application/json", JSON.stringify({ agent: AGENT, cases: store.cases }));
    else if (pathname === "/api/events") stream(response, store);
    else if (pathname === "/api/send" && request.method === "POST") {
      const { key, text, note } = JSON.parse(body);
      store.add(key, { role: note ? "note" : "agent", text });
      send(response, "application/json", "{}");
    } else send(response, "text/html", PAGE, { "content-security-policy": CSP });
  });
  return { ...server, store };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) console.log((await start(process.argv[2] ?? join(here, "../../seed/conversations.json"))).url);
