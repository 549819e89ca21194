// @ts-nocheck
/** CKEditor 5 and TinyMCE, in a frame or a box of their own and inline. */
import { Bold, ClassicEditor, Essentials, InlineEditor, Paragraph } from "ckeditor5";
import tinymce from "tinymce/tinymce";
import "tinymce/models/dom";
import "tinymce/themes/silver";
import "tinymce/icons/default";
import "tinymce/skins/ui/oxide/skin.js";
import "tinymce/skins/ui/oxide/content.js";
import "tinymce/skins/content/default/content.js";
import { htmlText, paragraphs } from "./text.js";

async function ckeditor(Kind, host, start, options) {
  const inner = host.appendChild(document.createElement("div"));
  inner.innerHTML = paragraphs(start);
  const editor = await Kind.create(inner, { licenseKey: "GPL", plugins: [Essentials, Paragraph, Bold], toolbar: ["bold"], ...options });
  editor.editing.view.change((writer) => writer.setStyle("min-height", "80px", editor.editing.view.document.getRoot()));
  return () => htmlText(editor.getData());
}

export const ckeditor5 = (host, start) => ckeditor(ClassicEditor, host, start, {});
export const ckeditor5_inline = (host, start) => ckeditor(InlineEditor, host, start, { placeholder: "Write a reply" });

async function tiny(host, start, inline) {
  const inner = host.appendChild(document.createElement(inline ? "div" : "textarea"));
  inner.id = "tiny";
  inner.innerHTML = paragraphs(start);
  const [editor] = await tinymce.init({ target: inner, inline, license_key: "gpl", skin: "oxide", content_css: "default", menubar: false, promotion: false, branding: false, height: 200, placeholder: "Reply" });
  return () => htmlText(editor.getContent());
}

export const tinymce_frame = (host, start) => tiny(host, start, false);
export const tinymce_inline = (host, start) => tiny(host, start, true);
