// @ts-check
/**
 * The Worker of a team's own model: fetches its files, has crate own-model check and load them, classifies. The brain starts it where
 * the team has a model, the dashboard to try one out before it is shared. Here a trap of the engine ends nothing but this Worker.
 *
 * In: {id, load: Files} once, then {id, text}. Out, one for each: {id, loaded: {labels, sha256}}, {id, scores, ms} or {id, fault};
 * {progress} 0–1 in between. `fault` is domain::own_model::Fault. After {fault: {code: "stopped"}} the Worker is of no use any more.
 *
 * @typedef {{ model: Source, tokenizer: Source, labels: Source }} Files
 * @typedef {Uint8Array | Remote} Source
 * @typedef {{ url: string, token: string, sha256: string, size_bytes: number }} Remote
 */

/** Files stay here for the next start; the widget in a foreign page has no such place and lives by the HTTP cache. */
const CACHE = "warmseat-own-model";

/** @type {import("./own_model_engine.js").OwnClassifier | null} */
let classifier = null;

self.addEventListener("message", async ({ data: { id, load, text } }) => {
  try {
    self.postMessage({ id, ...(load ? await loaded(load) : classified(text)) });
  } catch (error) {
    self.postMessage({ id, fault: faultOf(error) });
  }
});

/** @param {Files} files */
async function loaded(files) {
  const { default: init, OwnClassifier, sha256 } = await import("./own_model_engine.js");
  await init({ module_or_path: new URL("own_model_engine_bg.wasm", self.location.href) });
  const cache = await openCache();
  /** @type {Uint8Array[]} */
  const read = [];
  for (const file of [files.model, files.tokenizer, files.labels]) {
    read.push(file instanceof Uint8Array ? file : await fetched(file, cache, sha256));
  }
  const [model, tokenizer, labels] = /** @type {[Uint8Array, Uint8Array, Uint8Array]} */ (read);
  await forget(cache, [files.model, files.tokenizer]);
  self.postMessage({ progress: 1 });
  classifier = new OwnClassifier(model, tokenizer, labels);
  return { loaded: { labels: JSON.parse(classifier.labels_json()), sha256: [sha256(model), sha256(tokenizer)] } };
}

/** @param {string} text */
function classified(text) {
  if (!classifier) throw new Error("nothing is loaded");
  const started = performance.now();
  const scores = [...classifier.classify(text)];
  return { scores, ms: performance.now() - started };
}

async function openCache() {
  try {
    return await caches.open(CACHE);
  } catch {
    return null;
  }
}

/**
 * From the cache, else from the server; in both cases only if it is the file that was shared.
 * @param {Remote} file
 * @param {Cache | null} cache
 * @param {(bytes: Uint8Array) => string} sha256
 */
async function fetched({ url, token, sha256: expected, size_bytes }, cache, sha256) {
  const kept = await cache?.match(url);
  if (kept) {
    const bytes = new Uint8Array(await kept.arrayBuffer());
    if (sha256(bytes) === expected) return bytes;
    await cache?.delete(url);
  }
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } }).catch(() => null);
  if (!response?.ok || !response.body) throw fault("not_fetched");
  const bytes = await received(response.body, size_bytes);
  if (sha256(bytes) !== expected) throw fault("changed");
  await cache?.put(url, new Response(bytes)).catch(() => undefined);
  return bytes;
}

/**
 * @param {ReadableStream<Uint8Array>} body
 * @param {number} size
 */
async function received(body, size) {
  const bytes = new Uint8Array(size);
  const reader = body.getReader();
  for (let at = 0; ; ) {
    const { done, value } = await reader.read().catch(() => Promise.reject(fault("not_fetched")));
    if (done) return bytes.subarray(0, at);
    if (at + value.length > size) throw fault("changed");
    bytes.set(value, at);
    at += value.length;
    self.postMessage({ progress: at / size });
  }
}

/** What another model left.  @param {Cache | null} cache @param {Source[]} files */
async function forget(cache, files) {
  const wanted = files.flatMap((file) => (file instanceof Uint8Array ? [] : [file.url]));
  if (!cache || wanted.length === 0) return;
  for (const { url } of await cache.keys()) if (!wanted.includes(url)) await cache.delete(url);
}

/** @param {string} code */
function fault(code) {
  return JSON.stringify({ code });
}

/** The engine throws faults as JSON text; whatever else it throws is a trap.  @param {unknown} error */
function faultOf(error) {
  return typeof error === "string" ? JSON.parse(error) : { code: "stopped" };
}
