// Serves engines, model and bench page to the browser: nothing is cached, no cross-origin isolation, as in an extension.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { EXTENSION_CHROMIUM, ROOT } from "../../harness/paths.mjs";
import { BUILT, FOLDER, PACKAGES } from "./prepare.mjs";

const TYPES = new Map([[".js", "text/javascript"], [".mjs", "text/javascript"], [".wasm", "application/wasm"], [".json", "application/json"], [".html", "text/html"]]);
const PAGE = '<!doctype html><title>peers</title><link rel="icon" href="data:,">';

/** First part of a path → folder. @type {Record<string, string>} */
const FOLDERS = {
  bench: FOLDER,
  ours: EXTENSION_CHROMIUM,
  built: BUILT,
  ort: join(PACKAGES, "onnxruntime-web/dist"),
  transformers: join(PACKAGES, "@huggingface/transformers/dist"),
  // transformers.js pins an onnxruntime-web of its own.
  "transformers-ort": join(PACKAGES, "@huggingface/transformers/node_modules/onnxruntime-web/dist"),
};

/** @param {string | undefined} fp32 path of the same weights in fp32 */
export async function serve(fp32) {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? "/", "http://bench").pathname;
    try {
      const body = await answer(path, fp32);
      response.writeHead(200, { "content-type": TYPES.get(extname(path)) ?? "application/octet-stream", "cache-control": "no-store" }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = server.address();
  return { origin: `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`, close: () => server.close() };
}

/** @param {string} path @param {string | undefined} fp32 */
async function answer(path, fp32) {
  const [, first, ...rest] = path.split("/");
  const bundled = (/** @type {string} */ name) => readFile(join(ROOT, "models/bundle", name));
  if (path === "/page.html") return PAGE;
  if (first === "bundle") return bundled(rest.join("/"));
  if (path === "/model/int8.onnx" || path === "/hub/warmseat/onnx/model.onnx") return bundled("model.onnx");
  if (path === "/model/fp32.onnx" && fp32) return readFile(fp32);
  if (path === "/hub/warmseat/config.json") return JSON.stringify({ model_type: "bert", architectures: ["BertModel"] });
  if (path === "/hub/warmseat/tokenizer_config.json") return JSON.stringify({ tokenizer_class: "BertTokenizer", cls_token: "[CLS]", sep_token: "[SEP]", unk_token: "[UNK]", pad_token: "[PAD]", mask_token: "[MASK]" });
  if (path === "/hub/warmseat/tokenizer.json") return JSON.stringify(framed(JSON.parse((await bundled("tokenizer.json")).toString())));
  return readFile(join(FOLDERS[first], ...rest));
}

/** Our file leaves [CLS] and [SEP] to the caller; transformers.js expects the file to say where they go.  @param {any} tokenizer */
function framed(tokenizer) {
  const { "[CLS]": cls, "[SEP]": sep } = tokenizer.model.vocab;
  /** @param {string} id */
  const special = (id) => ({ SpecialToken: { id, type_id: 0 } });
  const single = [special("[CLS]"), { Sequence: { id: "A", type_id: 0 } }, special("[SEP]")];
  const special_tokens = { "[CLS]": { id: "[CLS]", ids: [cls], tokens: ["[CLS]"] }, "[SEP]": { id: "[SEP]", ids: [sep], tokens: ["[SEP]"] } };
  return { ...tokenizer, post_processor: { type: "TemplateProcessing", single, pair: single, special_tokens } };
}
