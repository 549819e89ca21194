// @ts-check
/** The gym's rows (an editor in a place), their bundles, and the server that gives one page per row. */
import { build } from "esbuild";
import { createServer } from "node:http";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { dirname, extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * @typedef {"page" | "shadow" | "frame" | "nested"} Place
 * @typedef {object} Row
 * @property {string} title
 * @property {string} group the bundle
 * @property {string} name the mount function in it
 * @property {Place} place the page itself, an open shadow root, a same-origin frame, a frame within one
 * @property {boolean} oneLine
 */

const here = dirname(fileURLToPath(import.meta.url));
/** Packages that load parts of themselves from an address, served under their names. */
const WHOLE = [["ckeditor4"], ["kindeditor"], ["neditor", "@notadd/neditor"]].map(([name = "", from = name]) => ({ name, folder: join(here, "../node_modules", from) }));

/** @type {[string, string, string][]} group, name, title */
const EDITORS = [
  ["fields", "textarea", "textarea"],
  ["fields", "input", "input"],
  ["fields", "react_textarea", "React controlled textarea"],
  ["fields", "react_input", "React controlled input"],
  ["fields", "vue_textarea", "Vue controlled textarea"],
  ["fields", "bare_editable", "contenteditable"],
  ["fields", "plaintext_editable", "contenteditable=plaintext-only"],
  ["fields", "pasting_editable", "contenteditable, cleans pastes itself"],
  ["fields", "controlled_editable", "contenteditable, model written back"],
  ["fields", "enter_textarea", "textarea, Enter sends"],
  ["fields", "enter_editable", "contenteditable, Enter sends"],
  ["fields", "redrawn_textarea", "textarea, drawn anew on focus"],
  ["fields", "redrawn_editable", "contenteditable, drawn anew on focus"],
  ["fields", "focused_textarea", "textarea, focused by the page"],
  ["fields", "picture_editable", "contenteditable, emoji as pictures"],
  ["fields", "restored_textarea", "textarea, draft put back on focus"],
  ["fields", "hearing_editable", "contenteditable, hears of a paste as input alone"],
  ["fields", "noting_editable", "contenteditable, notes its caret as a key goes down"],
  ["fields", "designed_frame", "frame with designMode"],
  ["fields", "adding_editable", "contenteditable, leaves a paste to the browser, too"],
  ["mentions", "antd_mentions", "Ant Design Mentions"],
  ["mentions", "element_mention", "Element Plus Mention"],
  ["mentions", "react_mentions", "react-mentions"],
  ["chatui", "chatui", "ChatUI, Enter sends"],
  ["libraries", "prosemirror", "ProseMirror"],
  ["libraries", "tiptap", "tiptap"],
  ["libraries", "enter_tiptap", "tiptap, Enter sends"],
  ["libraries", "quill", "Quill"],
  ["libraries", "enter_quill", "Quill, Enter sends"],
  ["libraries", "quill_1", "Quill 1"],
  ["libraries", "slate", "Slate"],
  ["libraries", "enter_slate", "Slate, Enter sends"],
  ["libraries", "draft", "Draft.js"],
  ["libraries", "enter_draft", "Draft.js, Enter sends"],
  ["libraries", "codemirror", "CodeMirror 6"],
  ["drawn", "codemirror_5", "CodeMirror 5"],
  ["drawn", "codemirror_5_focused", "CodeMirror 5, focused by itself"],
  ["drawn", "easymde", "EasyMDE"],
  ["lexical", "lexical_plain", "Lexical, plain text"],
  ["lexical", "lexical_rich", "Lexical, rich text"],
  ["lexical", "enter_lexical", "Lexical, Enter sends"],
  ["ckeditor4", "ckeditor4", "CKEditor 4"],
  ["ckeditor4", "ckeditor4_inline", "CKEditor 4 inline"],
  ["suites", "ckeditor5", "CKEditor 5"],
  ["suites", "ckeditor5_inline", "CKEditor 5 inline, with a placeholder"],
  ["suites", "tinymce_frame", "TinyMCE"],
  ["suites", "tinymce_inline", "TinyMCE inline"],
  ["jquery", "summernote", "Summernote"],
  ["jquery", "trumbowyg", "Trumbowyg"],
  ["trix", "trix", "Trix"],
  ["trix", "squire", "Squire"],
  ["jodit", "jodit", "Jodit"],
  ["jodit", "jodit_frame", "Jodit in its frame"],
  ["suneditor", "sun", "SunEditor"],
  ["wangeditor", "wang", "wangEditor"],
  ["wangeditor", "wang_4", "wangEditor 4"],
  ["kindeditor", "kind", "KindEditor"],
  ["ueditor", "neditor", "NEditor (UEditor)"],
  ["toast", "toast_markdown", "TOAST UI, Markdown"],
  ["toast", "toast_rich", "TOAST UI, rich text"],
  ["medium", "medium", "MediumEditor"],
  ["blocks", "editorjs", "Editor.js"],
  ["overtype", "overtype", "OverType"],
];
/** @type {[string, Place][]} */
const PLACED = [
  ["textarea", "frame"], ["bare_editable", "frame"], ["prosemirror", "frame"], ["lexical_rich", "frame"], ["ckeditor5", "frame"], ["bare_editable", "nested"],
  ["textarea", "shadow"], ["bare_editable", "shadow"], ["react_textarea", "shadow"], ["prosemirror", "shadow"], ["tiptap", "shadow"], ["codemirror", "shadow"],
];
const PLACES = { page: "", frame: ", in a frame", nested: ", in a frame within a frame", shadow: ", in a shadow root" };

/** @type {Row[]} */
export const rows = [...EDITORS.map(([, name]) => /** @type {[string, Place]} */ ([name, "page"])), ...PLACED].map(([name, place]) => {
  const [group, , title] = /** @type {[string, string, string]} */ (EDITORS.find((editor) => editor[1] === name));
  return { title: title + PLACES[place], group, name, place, oneLine: /input$/.test(name) };
});

/** @returns {Promise<Record<string, string>>} the script of each group; it sets `gym` to the group's mount functions */
async function bundleGym() {
  /** @type {Record<string, string>} */
  const scripts = {};
  for (const group of new Set(EDITORS.map((editor) => editor[0]))) {
    const built = await build({
      entryPoints: [join(here, `${group}.js`)], bundle: true, format: "iife", globalName: "gym", write: false, outdir: "out", minify: true,
      define: { "process.env.NODE_ENV": '"production"', global: "globalThis", __VUE_OPTIONS_API__: "true", __VUE_PROD_DEVTOOLS__: "false", __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false" },
      loader: { ".css": "text", ".svg": "text", ".eot": "empty", ".woff": "empty", ".woff2": "empty", ".ttf": "empty" }, logLevel: "error",
    });
    scripts[group] = /** @type {{ text: string }} */ (built.outputFiles.find((file) => file.path.endsWith(".js"))).text;
  }
  return scripts;
}

/** @param {Row} row @param {string} start what the editor holds before */
export function pathOf({ group, name, place }, start) {
  return `/page?${new URLSearchParams({ group, name, place, start })}`;
}

/** Counts what would send: a submitted form, and Enter in any shape that reaches a page's listeners. */
const SENDS = `window.sends = 0;
addEventListener("submit", (event) => { event.preventDefault(); sends++; }, true);
for (const type of ["keydown", "keypress", "keyup"]) addEventListener(type, (event) => { if (event.key === "Enter") sends++; }, true);`;

/** Stands for the overlay: a frame in a closed shadow root, which takes the focus when the agent clicks into it, unless the editor keeps it. */
const OVERLAY = `<warmseat-overlay style="position:fixed;right:0;bottom:0;width:120px;height:60px"></warmseat-overlay><script>
document.querySelector("warmseat-overlay").attachShadow({ mode: "closed" }).innerHTML = '<iframe style="width:120px;height:60px" srcdoc="<html onclick=parent.overlayClicked=true><button>Insert</button>"></iframe>';</script>`;

/** @param {URLSearchParams} query */
function pageOf(query) {
  const name = query.get("name") ?? "", place = query.get("place");
  const head = `<!doctype html><meta charset="utf-8"><title>gym</title><style>.ProseMirror, .ql-editor { white-space: pre-wrap; min-height: 80px }</style><script>${SENDS}</script>`;
  const within = { frame: "framed", nested: "nesting", nesting: "framed" }[place ?? ""];
  if (within) {
    query.set("place", within);
    return `${head}${place === "nesting" ? "" : OVERLAY}<h1>Ticket</h1><iframe src="/page?${query.toString().replace(/&/g, "&amp;")}" width="900" height="400"></iframe><script>
addEventListener("message", () => {
  window.model = () => frames[0].model();
  window.allSends = () => sends + frames[0].allSends();
  if (parent !== window) parent.postMessage("mounted", "*");
});</script>`;
  }
  return `${head}${place === "framed" ? "" : OVERLAY}<h1>${name}</h1><form id="f"><div id="host"></div><button type="submit">Send reply</button></form>
<script src="/${query.get("group")}.js"></script><script>
let host = document.getElementById("host");
if (${place === "shadow"}) host = host.attachShadow({ mode: "open" }).appendChild(document.createElement("div"));
Promise.resolve(gym.${name}(host, ${JSON.stringify(query.get("start") ?? "").replace(/</g, "\\u003c")})).then((model) => {
  window.model = model;
  window.allSends = () => window.sends;
  if (parent !== window) parent.postMessage("mounted", "*");
});</script>`;
}

const TYPES = { ".js": "text/javascript", ".css": "text/css", ".png": "image/png", ".gif": "image/gif" };

/** @returns {Promise<{ origin: string, close: () => void }>} */
export async function serveGym() {
  const scripts = await bundleGym();
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://gym");
    const type = TYPES[/** @type {keyof typeof TYPES} */ (extname(url.pathname))] ?? "text/html";
    /** @param {string | Buffer} body */
    const answer = (body) => response.writeHead(200, { "content-type": `${type}; charset=utf-8`, "cache-control": type === "text/html" ? "no-store" : "max-age=3600", ...(url.searchParams.has("clipboard_off") && { "permissions-policy": "clipboard-write=()" }) }).end(body);
    if (url.pathname === "/page") return answer(pageOf(url.searchParams));
    const script = scripts[url.pathname.slice(1, -3)];
    if (script !== undefined) return answer(script);
    const whole = WHOLE.find(({ name }) => url.pathname.startsWith(`/${name}/`));
    const file = whole ? normalize(join(whole.folder, url.pathname.slice(whole.name.length + 1))) : "";
    const body = whole && file.startsWith(whole.folder) ? await readFile(file).catch(() => null) : null;
    return body ? answer(body) : response.writeHead(404).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    origin: `http://127.0.0.1:${port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
