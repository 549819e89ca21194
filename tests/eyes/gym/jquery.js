// @ts-nocheck
/** Summernote and Trumbowyg, which keep their text in a bare editable as Redactor does. */
import $ from "jquery";
import summernoteStyle from "summernote/dist/summernote-lite.css";
import trumbowygStyle from "trumbowyg/dist/ui/trumbowyg.css";
import { htmlText, paragraphs } from "./text.js";

globalThis.$ = globalThis.jQuery = $;

export async function summernote(host, start) {
  document.head.appendChild(document.createElement("style")).textContent = summernoteStyle;
  await import("summernote/dist/summernote-lite.js");
  const inner = host.appendChild(document.createElement("textarea"));
  inner.value = paragraphs(start);
  $(inner).summernote({ height: 120, placeholder: "Write a reply", toolbar: [["style", ["bold"]]] });
  return () => htmlText($(inner).summernote("code"));
}

export async function trumbowyg(host, start) {
  document.head.appendChild(document.createElement("style")).textContent = trumbowygStyle;
  await import("trumbowyg");
  const inner = host.appendChild(document.createElement("textarea"));
  inner.value = paragraphs(start);
  inner.placeholder = "Write a reply";
  $(inner).trumbowyg({ svgPath: false, btns: [["strong"]] });
  return () => htmlText($(inner).trumbowyg("html"));
}
