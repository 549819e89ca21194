// @ts-check
/**
 * Owns the course of teaching: one customer message, one own message, the reply box, a look at what would be read, and the agent's word. Leaves the page
 * as it was. Where the lesson is kept is the caller's business.
 *
 * @typedef {import("./teach_known.js").Taught} Taught
 * @typedef {import("./teach_learn.js").Lesson} Lesson
 * @typedef {import("./teach_view.js").Frame} Frame
 * @typedef {"customer" | "own" | "box" | "preview"} Step
 */
import { labelText } from "./dom.js";
import { findCandidates } from "./teach_candidates.js";
import { learnLocator } from "./teach_learn.js";
import { createTeachView } from "./teach_view.js";
import { teachWords } from "./teach_words.js";

/** @type {Step[]} */
const STEPS = ["customer", "own", "box", "preview"];
const MOST_RESIZE = 6;
const ROLES = ["customer", "agent", "note", "bot", "unknown"];

/**
 * @param {{ locale: import("../wire").Locale, hasTeam: boolean, onLearned: (taught: Taught, forTeam: boolean) => Promise<string>, onEnd: () => void }} options `hasTeam`: it can
 *   be proposed; `onLearned` keeps it, and proposes it where the agent said so: a word of teach_words.js for what went wrong
 */
export function startTeaching({ locale, hasTeam, onLearned, onEnd }) {
  const say = teachWords(locale);
  const candidates = findCandidates(document);
  /** @type {Step} */
  let step = "customer";
  /** @type {Record<"customer" | "own" | "box", Element | null>} */
  const picks = { customer: null, own: null, box: null };
  /** What the pointer or the arrow keys are at, before its size is changed. @type {Element | null} */
  let at = null;
  let size = 0;
  let walked = -1;
  let problem = "";
  /** @type {Lesson | null} */
  let lesson = null;
  let over = false;
  const view = createTeachView({ locale, listener: { onPoint: point, onPick: pick, onKey: hear, onButton: press } });
  enter("customer");

  /** @param {Step} next @param {string} [trouble] a word for what went wrong */
  function enter(next, trouble = "") {
    step = next;
    at = null;
    size = 0;
    walked = -1;
    problem = trouble === "" ? "" : say(trouble);
    if (step === "preview") preview();
    tell();
    draw();
  }

  function tell() {
    const number = Math.min(3, STEPS.indexOf(step) + 1);
    const picking = step !== "preview";
    view.tell({
      title: say("name"),
      step: picking ? say("step", { n: number }) : "",
      ask: say(step),
      keys: picking ? say("keys") : "",
      problem,
      counts: step === "preview" ? counts() : [],
      buttons: [
        ...(canUse() ? [{ name: "use", label: say("use"), main: true }] : []),
        ...(canUse() && hasTeam ? [{ name: "propose", label: say("propose") }] : []),
        ...(step !== "customer" ? [{ name: "back", label: say("back") }] : []),
        ...(step === "customer" || step === "own" ? [{ name: "narrower", label: say("narrower") }, { name: "wider", label: say("wider") }] : []),
        ...(step === "own" || step === "box" ? [{ name: "none", label: say("none") }] : []),
        { name: "move", label: say("move"), last: true },
        { name: "cancel", label: say("cancel") },
      ],
    });
    view.clear(step === "box" ? candidates.fields : step === "preview" ? (lesson?.rows ?? []).flatMap(({ draft }) => draft.bodies) : candidates.rows);
  }

  function canUse() {
    return step === "preview" && lesson !== null && lesson.rows.length > 0;
  }

  /** @param {Element | null} inner */
  function point(inner) {
    if (step === "preview") return;
    at = inner === null ? null : step === "box" ? fieldAround(inner) : candidates.around(inner);
    draw();
    view.say("");
  }

  /** @param {Element} inner */
  function fieldAround(inner) {
    return candidates.fields.find((field) => field === inner || field.contains(inner) || /** @type {HTMLIFrameElement} */ (field).contentDocument?.contains(inner)) ?? null;
  }

  function pointed() {
    return at && step !== "box" ? candidates.resize(at, size) : at;
  }

  function pick() {
    const chosen = pointed();
    if (step === "preview" || !chosen) return;
    picks[step] = chosen;
    const text = step === "box" ? "" : labelText(chosen, 80);
    advance();
    if (text !== "" && step !== "customer") view.say(say("picked", { text }));
  }

  function advance() {
    if (step === "box") {
      lesson = learnLocator(document, { customer: /** @type {Element} */ (picks.customer), own: picks.own, box: picks.box });
      if (lesson) enter("preview");
      else enter("own", "nothing");
      return;
    }
    const next = STEPS[STEPS.indexOf(step) + 1];
    if (next) enter(next);
  }

  function back() {
    const before = STEPS[STEPS.indexOf(step) - 1];
    if (!before || before === "preview") return;
    picks[before] = null;
    enter(before);
  }

  function preview() {
    if (!lesson) return;
    if (!lesson.customerRead) problem = say("missing_customer");
    else if (!lesson.ownRead) problem = say("missing_own");
  }

  function counts() {
    const rows = lesson?.rows ?? [];
    const found = ROLES.flatMap((role) => {
      const n = rows.filter((row) => row.author === role).length;
      return n === 0 ? [] : [{ kind: role, letter: say(`letter_${role}`), text: say(`count_${role}`, { n }) }];
    });
    return picks.box ? [...found, { kind: "box", letter: "", text: say("has_box") }] : found;
  }

  function draw() {
    /** @type {Frame[]} */
    const frames = [];
    if (step === "preview") {
      for (const { draft, author } of lesson?.rows ?? []) frames.push({ elements: draft.bodies.length > 0 ? draft.bodies : [draft.unit.element], kind: author, letter: say(`letter_${author}`) });
    } else {
      if (picks.customer) frames.push({ elements: [picks.customer], kind: "customer", letter: say("letter_customer") });
      if (picks.own) frames.push({ elements: [picks.own], kind: "agent", letter: say("letter_agent") });
      const chosen = pointed();
      if (chosen) frames.push({ elements: [chosen], kind: "hover", letter: "" });
    }
    if (picks.box) frames.push({ elements: [picks.box], kind: "box", letter: say("letter_box") });
    view.frame(frames, step === "preview");
  }

  /** @param {number} by */
  function walk(by) {
    const all = step === "box" ? candidates.fields : candidates.rows;
    if (all.length === 0) {
      view.say(say("no_rows"));
      return;
    }
    walked = walked < 0 ? (by > 0 ? 0 : all.length - 1) : (walked + by + all.length) % all.length;
    at = all[walked] ?? null;
    at?.scrollIntoView({ block: "nearest", behavior: "instant" });
    draw();
    view.say(step === "box" ? say("field", { n: walked + 1, all: all.length }) : say("at", { n: walked + 1, all: all.length, text: at ? labelText(at, 80) : "" }));
  }

  /** @param {number} by */
  function resize(by) {
    size = Math.max(-MOST_RESIZE, Math.min(MOST_RESIZE, size + by));
    draw();
    const chosen = pointed();
    if (chosen) view.say(labelText(chosen, 80));
  }

  /** @param {string} key */
  function hear(key) {
    const does = {
      Escape: () => end(), Backspace: back, ArrowDown: () => walk(1), ArrowUp: () => walk(-1), ArrowRight: () => walk(1), ArrowLeft: () => walk(-1),
      "+": () => resize(1), "=": () => resize(1), "-": () => resize(-1), Enter: step === "preview" ? () => void use(false) : pick,
    }[key];
    does?.();
    return does !== undefined;
  }

  /** @param {string} name */
  function press(name) {
    if (name === "cancel") end();
    else if (name === "move") view.move();
    else if (name === "back") back();
    else if (name === "wider") resize(1);
    else if (name === "narrower") resize(-1);
    else if (name === "none") advance();
    else if (name === "use" || name === "propose") void use(name === "propose");
  }

  /** @param {boolean} forTeam */
  async function use(forTeam) {
    if (!lesson || !canUse() || over) return;
    const trouble = await onLearned(lesson.taught, forTeam);
    if (trouble === "") end();
    else {
      problem = say(trouble);
      tell();
    }
  }

  function end() {
    if (over) return;
    over = true;
    view.remove();
    onEnd();
  }

  return { stop: end };
}
