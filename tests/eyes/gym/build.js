// @ts-check
/** Bundles the gym's editors for the browser and yields one page per editor. */
import { build } from "esbuild";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));

/** @type {Record<string, string[]>} */
export const editors = {
  fields: ["textarea", "input", "react_textarea", "vue_textarea", "bare_editable", "pasting_editable", "shadow_editable"],
  libraries: ["prosemirror", "tiptap", "quill", "slate", "draft"],
  lexical: ["lexical_plain", "lexical_rich"],
  suites: ["ckeditor5", "tinymce_frame", "tinymce_inline"],
};

/** @returns {Promise<Record<string, string>>} the script of each group; it sets `gym` to the group's mount functions */
export async function bundleGym() {
  /** @type {Record<string, string>} */
  const scripts = {};
  for (const group of Object.keys(editors)) {
    const built = await build({ entryPoints: [join(here, `${group}.js`)], bundle: true, format: "iife", globalName: "gym", write: false, outdir: "out", minify: true, define: { "process.env.NODE_ENV": '"production"', global: "globalThis", __VUE_OPTIONS_API__: "true", __VUE_PROD_DEVTOOLS__: "false", __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false" }, loader: { ".css": "text" }, logLevel: "error" });
    scripts[group] = /** @type {{ text: string }} */ (built.outputFiles.find((file) => file.path.endsWith(".js"))).text;
  }
  return scripts;
}

/** @param {string} group @param {string} name @param {string} start what the editor holds before */
export function gymPage(group, name, start) {
  return `<!doctype html><meta charset="utf-8"><title>gym</title><h1>${name}</h1><form id="f"><div id="host"></div><button type="submit">Send reply</button></form>
<script>window.sends = 0; document.getElementById("f").addEventListener("submit", (event) => { event.preventDefault(); sends++; }); document.addEventListener("keydown", (event) => { if (event.key === "Enter") sends++; }, true);</script>
<script src="/${group}.js"></script><script>Promise.resolve(gym.${name}(document.getElementById("host"), ${JSON.stringify(start)})).then((model) => { window.model = model; });</script>`;
}
