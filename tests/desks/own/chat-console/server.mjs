// A console for live chats in panels side by side. Who wrote a line shows only in which edge it stands at.
// usage: node server.mjs SEED      serves until it is ended
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { AGENT, openStore, send, serve, stream } from "../house.mjs";

const here = dirname(fileURLToPath(import.meta.url));

/** @param {string} seed */
export async function start(seed) {
  const store = await openStore(seed, { notes: false });
  const server = await serve(async (request, response, { pathname }, body) => {
    if (pathname === "/api/chats") send(response, "application/json", JSON.stringify({ agent: AGENT, chats: store.cases }));
    else if (pathname === "/api/events") stream(response, store);
    else if (pathname === "/api/send" && request.method === "POST") {
      store.add(JSON.parse(body).key, { role: "agent", text: JSON.parse(body).text });
      send(response, "application/json", "{}");
    } else if (pathname === "/console.js" || pathname === "/console.css") send(response, pathname.endsWith("js") ? "text/javascript" : "text/css", await readFile(join(here, pathname), "utf8"));
    else send(response, "text/html", await readFile(join(here, pathname === "/history" ? "history.html" : "console.html"), "utf8"));
  });
  return { ...server, store };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) console.log((await start(process.argv[2] ?? join(here, "../../seed/conversations.json"))).url);
