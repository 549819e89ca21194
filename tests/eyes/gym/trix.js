// @ts-nocheck
/** Trix and Squire. */
import Trix from "trix";
import Squire from "squire-rte";
import { htmlText, paragraphs } from "./text.js";

export async function trix(host, start) {
  const element = document.createElement("trix-editor");
  element.setAttribute("placeholder", "Write a reply");
  element.style.minHeight = "80px";
  const ready = new Promise((resolve) => element.addEventListener("trix-initialize", resolve, { once: true }));
  host.append(element);
  await ready;
  if (start) element.editor.loadHTML(paragraphs(start, "div"));
  return () => element.editor.getDocument().toString();
}

export function squire(host, start) {
  const inner = host.appendChild(document.createElement("div"));
  inner.setAttribute("aria-label", "Reply");
  inner.style.cssText = "min-height:80px;border:1px solid";
  const editor = new Squire(inner, { sanitizeToDOMFragment: (html) => document.createRange().createContextualFragment(html) });
  editor.setHTML(paragraphs(start, "div"));
  editor.saveUndoState();
  return () => htmlText(editor.getHTML());
}
