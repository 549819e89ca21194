// @ts-nocheck
/** wangEditor, which many Chinese desks use, and the version before. */
import { createEditor, createToolbar } from "@wangeditor/editor";
import style from "@wangeditor/editor/dist/css/style.css";
import E from "wangeditor_4/dist/wangEditor.js";
import { htmlText, paragraphs } from "./text.js";

export function wang(host, start) {
  document.head.appendChild(document.createElement("style")).textContent = style;
  const toolbar = host.appendChild(document.createElement("div"));
  const inner = host.appendChild(document.createElement("div"));
  inner.style.height = "160px";
  const editor = createEditor({ selector: inner, html: paragraphs(start), config: { placeholder: "请输入回复内容", autoFocus: false }, mode: "simple" });
  createToolbar({ editor, selector: toolbar, config: { toolbarKeys: ["bold"] }, mode: "simple" });
  return () => editor.getText();
}

export async function wang_4(host, start) {
  const editor = new E(host.appendChild(document.createElement("div")));
  Object.assign(editor.config, { height: 160, placeholder: "请输入回复内容", focus: false, menus: ["bold"], zIndex: 1 });
  editor.create();
  if (start) editor.txt.html(paragraphs(start));
  const noted = () => new Promise((resolve) => setTimeout(resolve, 400, true));
  await noted();
  window.settled = noted;
  return () => htmlText(editor.txt.html());
}
