// @ts-check
/**
 * Owns the life of the brain's Worker: start, queue until it is ready, one answer to each request, time limits, respawn.
 * A trap fails what is pending and respawns once; after that the engine is gone until someone asks for a restart.
 * Knows nothing of ports or tabs' clients; see broker.js.
 *
 * @typedef {import("../wire").RequestBody} RequestBody
 * @typedef {import("../wire").AnswerResult} AnswerResult
 * @typedef {import("../wire").FromBrain} FromBrain
 * @typedef {import("../wire").Told} Told
 * @typedef {{ tab: number, body: RequestBody, settle: Array<(result: AnswerResult) => void> }} Entry
 * @typedef {Entry & { id: number, timer: ReturnType<typeof setTimeout> }} Sent
 * @typedef {"asleep" | "starting" | "ready" | "gone"} EngineLife `asleep`: nobody has asked for anything yet
 * @typedef {object} WorkerLike
 * @property {(message: unknown) => void} postMessage
 * @property {() => void} terminate
 * @property {((event: MessageEvent) => void) | null} onmessage
 * @property {((event: ErrorEvent) => void) | null} onerror
 */
import { endsContact, enqueue, isSeen } from "./queue.js";

const ANSWER_LIMIT_MS = 30_000;
const START_LIMIT_MS = 45_000;
/** A request unanswered, and nothing else heard, for this long is followed by a ping. */
const QUIET_MS = 3_000;
const PING_LIMIT_MS = 10_000;
/** After this long without a trap, the next one may respawn again. */
const STABLE_MS = 5 * 60_000;
const RESPAWNS = 1;

/**
 * @param {Record<string, unknown>} overrides laid over config.json by the worker
 * @returns {WorkerLike}
 */
export function spawnWorker(overrides) {
  const worker = new Worker(new URL("worker.js", location.href), { type: "module", name: "warmseat-brain" });
  worker.postMessage({ start: overrides });
  return worker;
}

/**
 * @param {{ spawn: () => WorkerLike, onTold: (told: Told) => void, onLife: (life: EngineLife, respawned: boolean) => void }} options
 */
export function createEngine({ spawn, onTold, onLife }) {
  /** @type {WorkerLike | null} */
  let worker = null;
  /** @type {EngineLife} */
  let life = "asleep";
  let respawnsLeft = RESPAWNS;
  let respawned = false;
  let nextId = 1;
  /** @type {Entry[]} */
  let waiting = [];
  /** @type {Map<number, Sent>} */
  const pending = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let startTimer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let pingTimer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let stableTimer;

  /** @param {EngineLife} next */
  function enter(next) {
    life = next;
    onLife(life, respawned);
  }

  function start() {
    try {
      worker = spawn();
    } catch {
      worker = null;
      enter("gone");
      return;
    }
    const mine = worker;
    worker.onmessage = (event) => mine === worker && hear(event.data);
    worker.onerror = (event) => {
      event.preventDefault?.();
      if (mine === worker) lose();
    };
    startTimer = setTimeout(lose, START_LIMIT_MS);
    enter("starting");
  }

  /** @param {FromBrain | { type: "pong" } | { type: "failed" }} message */
  function hear(message) {
    clearTimeout(pingTimer);
    pingTimer = undefined;
    queueMicrotask(() => pending.size > 0 && watch());
    switch (message.type) {
      case "ready":
        clearTimeout(startTimer);
        stableTimer = setTimeout(() => (respawnsLeft = RESPAWNS), STABLE_MS);
        enter("ready");
        for (const entry of waiting.splice(0)) submit(entry);
        break;
      case "answer":
        settle(message.id, message.result);
        break;
      case "told":
        onTold({ tab: message.tab, body: message.body });
        break;
      case "failed":
        lose();
        break;
    }
  }

  /** The worker trapped, closed itself or fell silent. */
  function lose() {
    stop();
    if (respawnsLeft > 0) {
      respawnsLeft -= 1;
      respawned = true;
      start();
    } else {
      enter("gone");
    }
  }

  function stop() {
    for (const timer of [startTimer, pingTimer, stableTimer]) clearTimeout(timer);
    pingTimer = undefined;
    worker?.terminate();
    worker = null;
    const lost = [...pending.values(), ...waiting.splice(0)];
    for (const sent of pending.values()) clearTimeout(sent.timer);
    pending.clear();
    for (const entry of lost) for (const settleOne of entry.settle) settleOne(unavailable());
  }

  /** @param {Entry} entry */
  function submit(entry) {
    if (isSeen(entry.body) && isBusy(entry.tab)) enqueue(waiting, entry);
    else send(entry);
  }

  /** @param {number} tab */
  function isBusy(tab) {
    for (const sent of pending.values()) if (sent.tab === tab && isSeen(sent.body)) return true;
    return false;
  }

  /** @param {Entry} entry */
  function send(entry) {
    const id = nextId;
    nextId = (nextId % 0xffff_fffe) + 1;
    pending.set(id, { ...entry, id, timer: setTimeout(() => expire(id), ANSWER_LIMIT_MS) });
    worker?.postMessage({ id, tab: entry.tab, body: entry.body });
    watch();
  }

  /** A worker that closed itself or ran out of memory says nothing: it is asked, and given up when it does not answer. */
  function watch() {
    pingTimer ??= setTimeout(() => {
      worker?.postMessage({ ping: true });
      pingTimer = setTimeout(lose, PING_LIMIT_MS);
    }, QUIET_MS);
  }

  /** @param {number} id */
  function expire(id) {
    settle(id, { type: "error", code: "internal", detail: "no answer in time" });
  }

  /**
   * @param {number} id
   * @param {AnswerResult} result
   */
  function settle(id, result) {
    const sent = pending.get(id);
    if (!sent) return;
    pending.delete(id);
    clearTimeout(sent.timer);
    for (const settleOne of sent.settle) settleOne(result);
    if (life === "ready" && isSeen(sent.body)) flush(sent.tab, 1);
  }

  /**
   * Sends held texts of a tab, oldest first.
   * @param {number} tab
   * @param {number} most
   */
  function flush(tab, most) {
    const held = waiting.filter((entry) => entry.tab === tab).slice(0, most);
    waiting = waiting.filter((entry) => !held.includes(entry));
    held.forEach(send);
  }

  return {
    life: () => life,
    /**
     * Wakes the engine where it sleeps. Resolves with exactly one answer, always.
     * @param {number} tab
     * @param {RequestBody} body
     * @returns {Promise<AnswerResult>}
     */
    request(tab, body) {
      if (life === "asleep") start();
      if (life === "gone") return Promise.resolve(unavailable());
      return new Promise((resolve) => {
        const entry = { tab, body, settle: [resolve] };
        if (life !== "ready") {
          enqueue(waiting, entry);
          return;
        }
        if (endsContact(body)) flush(tab, Infinity);
        submit(entry);
      });
    },
    /** On the agent's wish; grants one more respawn. */
    restart() {
      stop();
      respawnsLeft = RESPAWNS;
      respawned = true;
      start();
    },
    stop,
  };
}

/** @returns {AnswerResult} */
function unavailable() {
  return { type: "error", code: "engine_unavailable", detail: "" };
}
