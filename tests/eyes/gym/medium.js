// @ts-nocheck
/** MediumEditor. */
import MediumEditor from "medium-editor";
import { htmlText, paragraphs } from "./text.js";

export function medium(host, start) {
  const inner = host.appendChild(document.createElement("div"));
  inner.style.cssText = "min-height:80px;border:1px solid";
  inner.innerHTML = paragraphs(start);
  const editor = new MediumEditor(inner, { placeholder: { text: "Reply" } });
  return () => htmlText(editor.getContent());
}
