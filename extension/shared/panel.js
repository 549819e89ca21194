// @ts-check
/**
 * Owns the questions that popup and glass box ask the brain: connects when first needed, one answer each, with a time limit.
 * Draws nothing.
 *
 * @typedef {import("../wire").Query} Query
 * @typedef {import("../wire").AnswerResult} AnswerResult
 * @typedef {import("../wire").Inspection} Inspection
 * @typedef {import("./broker.js").PageTab} PageTab
 * @typedef {import("./engine.js").EngineLife} EngineLife
 */
import { connectRuntime } from "./runtime_port.js";

const PATIENCE_MS = 35_000;

export function createPanel() {
  /** @type {import("./runtime_port.js").Wire | null} */
  let wire = null;
  let nextId = 1;
  let isOpen = false;
  /** @type {Map<number, { message: object, resolve: (answer: object | null) => void }>} */
  const open = new Map();

  function connect() {
    wire ??= connectRuntime("panel", {
      onOpen(opened) {
        isOpen = true;
        for (const { message } of open.values()) opened.post(message);
      },
      onMessage(raw) {
        const answer = /** @type {{ id: number }} */ (raw);
        open.get(answer.id)?.resolve(answer);
        open.delete(answer.id);
      },
      onLost: () => undefined,
    });
    return wire;
  }

  /**
   * @param {object} question
   * @returns {Promise<object | null>} null when no answer came
   */
  function ask(question) {
    const id = nextId++;
    const message = { id, ...question };
    return new Promise((resolve) => {
      open.set(id, { message, resolve });
      const target = connect();
      if (isOpen) target.post(message);
      setTimeout(() => open.delete(id) && resolve(null), PATIENCE_MS);
    });
  }

  return {
    /**
     * @param {number} tab
     * @param {Query} query
     * @returns {Promise<AnswerResult>}
     */
    async query(tab, query) {
      const answer = /** @type {{ result: AnswerResult } | null} */ (await ask({ tab, query }));
      return answer?.result ?? { type: "error", code: "engine_unavailable", detail: "" };
    },
    /** Pages that are read now, the most recently active first. */
    async tabs() {
      const answer = /** @type {{ tabs: PageTab[], life: EngineLife } | null} */ (await ask({ tabs: true }));
      return answer ?? { tabs: [], life: /** @type {EngineLife} */ ("gone") };
    },
  };
}
