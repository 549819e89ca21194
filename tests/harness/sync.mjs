// The real sync API with the demo team on a database of its own, and what its API says.
import { execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { layConfig } from "./config.mjs";
import { freePort } from "./ports.mjs";
import { RUN, SYNC_API, WEB } from "./paths.mjs";

export const SUPERVISOR = { email: "supervisor@demo.test", password: "warmseat-demo" };
export const DEVICE_TOKEN = "demo-device-token";

const run = promisify(execFile);
const LIST_EVENTS = `import json, sqlite3, sys
print(json.dumps([id for (id,) in sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True, timeout=20).execute("select id from events")]))`;

/**
 * On a free port, which it keeps over a stop and a start.
 * @param {{history?: boolean}} [options] history: the demo team's past days too
 */
export async function startSync({ history = false } = {}) {
  await mkdir(RUN, { recursive: true });
  const dir = await mkdtemp(join(RUN, "sync-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  // The pages as built, but a widget on them reports to this server.
  const web = join(dir, "web");
  await cp(WEB, web, { recursive: true });
  await layConfig(join(web, "widget"), { server_url: url, device_token: DEVICE_TOKEN });
  /** @type {import("node:child_process").ChildProcess | undefined} */
  let child;
  let cookie = "";

  async function start() {
    const args = ["serve", "--database", join(dir, "warmseat.sqlite"), "--web-dir", web, "--listen", `127.0.0.1:${port}`];
    child = spawn(SYNC_API, [...args, `--seed-demo=${history ? "full" : "empty"}`], { stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    const server = child;
    server.stderr?.on("data", (chunk) => (said = (said + chunk).slice(-2000)));
    await new Promise((resolve, reject) => {
      server.once("error", (error) => reject(new Error(`${SYNC_API}: ${error.message}; build it first: cargo build -p sync-api`)));
      server.once("exit", (code) => reject(new Error(`the sync API ended with ${code}: ${said}`)));
      if (server.stdout) {
        createInterface({ input: server.stdout }).on("line", (line) => {
          said = `${said}\n${line}`.slice(-2000);
          if (line.includes("listening")) resolve(undefined);
        });
      }
    });
  }

  async function stop() {
    const server = child;
    if (!server || server.exitCode !== null) return;
    const ended = new Promise((resolve) => server.once("exit", resolve));
    server.kill("SIGTERM");
    const kill = setTimeout(() => server.kill("SIGKILL"), 5000);
    await ended;
    clearTimeout(kill);
  }

  /**
   * @param {string} path
   * @param {RequestInit} [init]
   */
  async function call(path, init = {}) {
    const response = await fetch(url + path, { ...init, headers: { ...(cookie ? { cookie } : {}), ...init.headers } });
    if (!response.ok) throw new Error(`${init.method ?? "GET"} ${path}: ${response.status} ${await response.text()}`);
    return response;
  }

  await start();
  return {
    url,
    /** For the extension's config.json. */
    config: { server_url: url, device_token: DEVICE_TOKEN },
    start,
    stop,
    async signIn(credentials = SUPERVISOR) {
      const response = await call("/api/v1/session", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(credentials),
      });
      cookie = response.headers.getSetCookie().map((line) => line.split(";")[0]).join("; ");
    },
    /** @param {string} path @returns {Promise<any>} */
    get: async (path) => (await call(path)).json(),
    /**
     * Shares a model as the dashboard does; needs a supervisor who is signed in.
     * @param {string} folder with model.onnx, tokenizer.json and labels.json
     */
    async shareModel(folder) {
      /** @param {string} name */
      const put = async (name) => {
        const body = await readFile(join(folder, name));
        const sha256 = createHash("sha256").update(body).digest("hex");
        const headers = { "content-type": "application/octet-stream" };
        return (await call(`/api/v1/own-model/files/${sha256}`, { method: "PUT", headers, body })).json();
      };
      /** @type {string[]} */
      const names = JSON.parse(await readFile(join(folder, "labels.json"), "utf8"));
      const shared = { name: "model.onnx", model: await put("model.onnx"), tokenizer: await put("tokenizer.json"), labels: names.map((name) => ({ name, class: null })) };
      await call("/api/v1/own-model", { method: "PUT", headers: { "content-type": "application/json" }, body: JSON.stringify(shared) });
    },
    async close() {
      await stop();
      await rm(dir, { recursive: true, force: true });
    },
    /** Ids of all events in the database, also while the server is down.  @returns {Promise<string[]>} */
    async eventIds() {
      const { stdout } = await run("python3", ["-c", LIST_EVENTS, join(dir, "warmseat.sqlite")]);
      return JSON.parse(stdout);
    },
  };
}

/** @typedef {Awaited<ReturnType<typeof startSync>>} Sync */
