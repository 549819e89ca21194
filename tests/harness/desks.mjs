// Starts and stops the real helpdesks of tests/desks and asks their servers what they hold.
// Does not know the pages; that is desk-score/desks.
import { execFile, spawn } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { freePort } from "./ports.mjs";
import { RUN, SEED, TESTS } from "./paths.mjs";

const run = promisify(execFile);

/** @typedef {"django-helpdesk" | "request-tracker" | "livechat" | "trac"} DeskName */
/** The first port that is tried; others follow in steps of ten. @type {Record<DeskName, number>} */
const PORTS = { "django-helpdesk": 8701, "request-tracker": 8702, livechat: 8703, trac: 8704 };

/**
 * Starts a desk in a folder of its own, fresh from the seed unless `keep`.
 * @param {DeskName} name
 * @param {{port?: number, keep?: boolean}} [options]
 */
export async function startDesk(name, { port, keep = false } = {}) {
  const dir = join(RUN, "desks", name);
  await stop(dir);
  if (!keep) await rm(dir, { recursive: true, force: true });
  port ??= await freePort({ from: PORTS[name], with: name === "livechat" ? [1000, 1001] : [] });
  const { stdout } = await run("bash", [join(TESTS, "desks", name, "start.sh"), String(port), dir], {
    env: { ...process.env, SEED },
    timeout: 900_000,
  }).catch((error) => {
    throw new Error(`${name} did not start: ${String(error.stderr || error.message).trim()}`);
  });
  return { name, url: `http://127.0.0.1:${port}`, port, dir, told: stdout.trim(), stop: () => stop(dir) };
}

/** @typedef {Awaited<ReturnType<typeof startDesk>>} Desk */

/**
 * What a desk file of `desk-score/desks` says of a desk that these start: its servers, and pages of it by their path.
 * @param {DeskName} name
 */
export function deskNamed(name) {
  /** @type {Desk} */
  let desk;
  return {
    /** Once it has started. */
    url: () => desk.url,
    async start(options = {}) {
      desk = await startDesk(name, options);
    },
    stop: () => desk.stop(),
    countMessages: () => countMessages(desk),
    /** @param {string} path */
    at: (path) => ({
      name: path,
      /** @param {import("playwright-core").Page} page */
      async open(page) {
        await page.goto(desk.url + path);
      },
    }),
  };
}

/** @param {string} dir */
async function stop(dir) {
  await run("bash", [join(TESTS, "desks/stop.sh"), dir]);
}

const AGENT = { Authorization: `Basic ${Buffer.from("agent:agent-pw").toString("base64")}` };

/**
 * How many messages (answers, comments, mails) the desk's server holds in all: what "nothing was sent" means.
 * @param {Desk} desk
 * @returns {Promise<number>}
 */
export async function countMessages(desk) {
  if (desk.name === "livechat") {
    const archive = await readFile(join(desk.dir, "data/desk%2etest/archive/agent.list"), "utf8");
    return archive.match(/\["name"\] = "message"/g)?.length ?? 0;
  }
  if (desk.name === "request-tracker") return countRows(join(desk.dir, "rt.sqlite"), "select count(*) from Transactions where ObjectType = 'RT::Ticket' and Type in ('Create', 'Correspond', 'Comment')");
  if (desk.name === "trac") return countRows(join(desk.dir, "desk/db/trac.db"), "select (select count(*) from ticket) + (select count(*) from ticket_change where field = 'comment' and newvalue <> '')");
  const response = await fetch(`${desk.url}/api/followups/?page_size=1`, { headers: AGENT });
  if (!response.ok) throw new Error(`${desk.name} answered ${response.status} when asked for its follow-ups`);
  return /** @type {{count: number}} */ (await response.json()).count;
}

/** Of a desk whose interfaces give no total to those who are not administrators. @param {string} file @param {string} query @returns {Promise<number>} */
async function countRows(file, query) {
  const { stdout } = await run("python3", ["-c", 'import sqlite3, sys; print(sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True, timeout=20).execute(sys.argv[2]).fetchone()[0])', file, query]);
  return Number(stdout);
}

/**
 * A customer who is connected to the live chat and stays so.
 * @param {Desk} desk
 * @param {string} user
 */
export async function startTalker(desk, user) {
  const python = /SAY='(\S+) /.exec(desk.told)?.[1];
  if (!python) throw new Error(`no SAY in: ${desk.told}`);
  const child = spawn(python, [join(TESTS, "desks/livechat/say.py"), "talk", String(desk.port + 1000), user], {
    stdio: ["pipe", "pipe", "ignore"],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error("the talker has ended");
    return value;
  };
  await next();
  return {
    /** Resolves to the time at which it was handed over, ms since the epoch.  @param {string} text */
    async say(text) {
      child.stdin.write(`${JSON.stringify(text)}\n`);
      return Number(await next()) * 1000;
    },
    async stop() {
      child.stdin.end();
      if (child.exitCode === null) await new Promise((resolve) => child.once("exit", resolve));
    },
  };
}
