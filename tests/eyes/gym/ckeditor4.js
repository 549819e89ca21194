// @ts-nocheck
/** CKEditor 4 as served from its package (it loads its parts itself): in a frame, and inline. */
import { htmlText, paragraphs } from "./text.js";

async function mount(host, start, inline) {
  globalThis.CKEDITOR_BASEPATH = "/ckeditor4/";
  await new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = "/ckeditor4/ckeditor.js";
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });
  const inner = host.appendChild(document.createElement(inline ? "div" : "textarea"));
  inner.id = "editor";
  inner.innerHTML = paragraphs(start);
  if (inline) { inner.contentEditable = "true"; inner.style.minHeight = "80px"; }
  globalThis.CKEDITOR.disableAutoInline = true;
  const options = { height: 120, versionCheck: false, title: "Reply", customConfig: "", removePlugins: "scayt,wsc" };
  const editor = inline ? globalThis.CKEDITOR.inline(inner, options) : globalThis.CKEDITOR.replace(inner, options);
  await new Promise((resolve) => editor.on("instanceReady", resolve));
  editor.resetUndo();
  return () => htmlText(editor.getData());
}

export const ckeditor4 = (host, start) => mount(host, start, false);
export const ckeditor4_inline = (host, start) => mount(host, start, true);
