// @ts-check
/**
 * A page for looking at the overlay while it is being made; never shipped. Serve the repository's root and open
 * /app/gallery/overlay.html after `cargo xtask build`: all scenes of scenes.json in frames that obey Layout messages.
 * With ?scene=NAME&locale=en|zh it is one overlay, fed with that scene; window.said keeps what the overlay sends.
 */
const SCENES = await (await fetch(new URL("scenes.json", import.meta.url))).json();
const query = new URLSearchParams(location.search);
const name = query.get("scene");
if (name) overlay(name, query.get("locale") === "zh" ? "zh" : "en");
else index();

/**
 * Texts stand in scenes.json as {"en", "zh"}; instants as milliseconds from now.
 * @param {any} value
 * @param {string} locale
 * @param {string} [key]
 * @returns {any}
 */
function resolve(value, locale, key = "") {
  if (key.endsWith("_ms") && key !== "inert_ms") return Date.now() + value;
  if (Array.isArray(value)) return value.map((item) => resolve(item, locale));
  if (value === null || typeof value !== "object") return value;
  if ("en" in value && "zh" in value) return value[locale];
  return Object.fromEntries(Object.entries(value).map(([inner, item]) => [inner, resolve(item, locale, inner)]));
}

/**
 * @param {string} name
 * @param {string} locale
 */
async function overlay(name, locale) {
  /** @type {any} */
  let scene;
  /** @type {(scene: any) => void} */
  let show = () => undefined;
  /** @type {(command: any, result: any) => void} */
  let answer = () => undefined;
  const draw = (/** @type {string} */ wanted) => {
    scene = { ...resolve(SCENES[name], wanted), locale: wanted };
    delete scene.gone;
    show(scene);
  };
  /** Just enough of a brain to try things out. @type {Record<string, (command: any) => void>} */
  const reactions = {
    set_locale: (command) => draw(command.locale),
    insert: () => show((scene = { ...scene, notice: { type: "inserted" } })),
    fill: ({ keys }) => fill((now) => ({ proposals: now.proposals.filter((/** @type {any} */ one) => !keys.includes(one.key)), done: { filled: keys.length, refused: 0, undone: false } })),
    undo_fill: () => fill((now) => ({ proposals: resolve(SCENES[name], scene.locale).conversation.fill.proposals, done: { ...now.done, undone: true } })),
    dismiss_notice: () => show((scene = { ...scene, notice: null })),
    pause: ({ minutes }) => care({ prompt: null, pause: { minutes, ends_at_ms: Date.now() + minutes * 60_000 } }),
    end_pause: () => care({ pause: null }),
    snooze_rest: () => care({ prompt: null }),
    set_rest_prompts: ({ on }) => care({ prompts_on: on, prompt: on ? scene.care.prompt : null }),
    correct_intent: ({ label }) => intent({ label, corrected: true }),
    undo_correction: () => intent({ ...resolve(SCENES[name], scene.locale).conversation.intent, corrected: false }),
  };
  const care = (/** @type {any} */ change) => show((scene = { ...scene, care: { ...scene.care, ...change } }));
  const fill = (/** @type {(now: any) => any} */ change) => {
    const now = scene.conversation.fill;
    show((scene = { ...scene, conversation: { ...scene.conversation, fill: { ...now, ...change(now) } } }));
  };
  const intent = (/** @type {any} */ change) => {
    const { conversation } = scene;
    show((scene = { ...scene, conversation: { ...conversation, intent: { ...conversation.intent, ...change } } }));
  };
  const said = [];
  Object.assign(globalThis, {
    said,
    /** @param {any} next */
    showScene: (next) => show((scene = next)),
    warmseatTransport: {
      start(/** @type {any} */ onScene, /** @type {any} */ onGone, /** @type {any} */ onAnswer) {
        show = onScene;
        answer = onAnswer;
        draw(locale);
        if (SCENES[name].gone) onGone(SCENES[name].gone);
      },
      send(/** @type {any} */ command) {
        said.push(command);
        reactions[command.type]?.(command);
        answer(command, { type: "done" });
      },
      layout(/** @type {any} */ message) {
        said.push(message);
        if (parent !== window) parent.postMessage({ layout: message, name, locale }, location.origin);
      },
    },
  });
  const built = new URL("../../target/browser/overlay/", import.meta.url);
  const { default: init } = await import(new URL("overlay.js", built).href);
  await init({ module_or_path: new URL("overlay_bg.wasm", built) });
  if (query.has("open")) /** @type {HTMLElement} */ (document.querySelector(".pill-open")).click();
}

function index() {
  document.documentElement.style.overflow = document.body.style.overflow = "auto";
  document.body.style.cssText += "; display: flex; flex-wrap: wrap; align-items: flex-start; gap: 24px; padding: 24px; background: var(--ground)";
  /** @type {Map<string, HTMLIFrameElement>} */
  const frames = new Map();
  for (const locale of ["en", "zh"]) {
    for (const name of Object.keys(SCENES)) {
      const figure = document.createElement("figure");
      const frame = document.createElement("iframe");
      frame.src = `?scene=${name}&locale=${locale}${query.has("open") ? "&open" : ""}`;
      frame.title = `${name} ${locale}`;
      frame.style.cssText = "display: block; border: 0; width: 168px; height: 36px; border-radius: 10px; box-shadow: var(--shadow); color-scheme: light dark";
      figure.style.margin = "0";
      figure.append(Object.assign(document.createElement("figcaption"), { textContent: frame.title, className: "meta" }), frame);
      document.body.append(figure);
      frames.set(frame.title, frame);
    }
  }
  addEventListener("message", ({ data }) => {
    const frame = frames.get(`${data.name} ${data.locale}`);
    if (!frame || data.layout?.type !== "resize") return;
    frame.style.width = `${data.layout.width_px}px`;
    frame.style.height = `${Math.min(data.layout.height_px, innerHeight * 0.7)}px`;
    frame.style.borderRadius = data.layout.open ? "10px" : "18px";
  });
}
