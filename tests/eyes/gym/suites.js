// @ts-nocheck
/** CKEditor 5, TinyMCE in a frame and inline. */
import { ClassicEditor, Essentials, Paragraph, Bold } from "ckeditor5";
import tinymce from "tinymce/tinymce";
import "tinymce/models/dom";
import "tinymce/themes/silver";
import "tinymce/icons/default";
import "tinymce/skins/ui/oxide/skin.js";
import "tinymce/skins/ui/oxide/content.js";
import "tinymce/skins/content/default/content.js";
import { htmlText, paragraphs } from "./text.js";

export async function ckeditor5(host, start) {
  const inner = host.appendChild(document.createElement("div"));
  inner.innerHTML = paragraphs(start);
  const editor = await ClassicEditor.create(inner, { licenseKey: "GPL", plugins: [Essentials, Paragraph, Bold], toolbar: ["bold"] });
  editor.editing.view.change((writer) => writer.setStyle("min-height", "80px", editor.editing.view.document.getRoot()));
  return () => htmlText(editor.getData());
}

async function tiny(host, start, inline) {
  const inner = host.appendChild(document.createElement(inline ? "div" : "textarea"));
  inner.id = "tiny";
  inner.innerHTML = paragraphs(start);
  const [editor] = await tinymce.init({ target: inner, inline, license_key: "gpl", skin: "oxide", content_css: "default", menubar: false, promotion: false, branding: false, height: 200, placeholder: "Reply" });
  return () => htmlText(editor.getContent());
}

export const tinymce_frame = (host, start) => tiny(host, start, false);
export const tinymce_inline = (host, start) => tiny(host, start, true);
