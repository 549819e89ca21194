// @ts-nocheck
/** wangEditor, which many Chinese desks use. */
import { createEditor, createToolbar } from "@wangeditor/editor";
import style from "@wangeditor/editor/dist/css/style.css";
import { paragraphs } from "./text.js";

export function wang(host, start) {
  document.head.appendChild(document.createElement("style")).textContent = style;
  const toolbar = host.appendChild(document.createElement("div"));
  const inner = host.appendChild(document.createElement("div"));
  inner.style.height = "160px";
  const editor = createEditor({ selector: inner, html: paragraphs(start), config: { placeholder: "请输入回复内容", autoFocus: false }, mode: "simple" });
  createToolbar({ editor, selector: toolbar, config: { toolbarKeys: ["bold"] }, mode: "simple" });
  return () => editor.getText();
}
