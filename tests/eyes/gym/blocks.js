// @ts-nocheck
/** Editor.js: every paragraph is an editable of its own. */
import EditorJS from "@editorjs/editorjs";
import { escapeHtml, htmlText } from "./text.js";

export async function editorjs(host, start) {
  const holder = host.appendChild(document.createElement("div"));
  const blocks = start.split("\n").filter((text) => text !== "").map((text) => ({ type: "paragraph", data: { text: escapeHtml(text) } }));
  await new EditorJS({ holder, minHeight: 80, placeholder: "Write a reply", logLevel: "ERROR", data: { blocks } }).isReady;
  return () => [...holder.querySelectorAll(".ce-block")].map((block) => htmlText(block.querySelector("[contenteditable]")?.innerHTML ?? "")).join("\n");
}
