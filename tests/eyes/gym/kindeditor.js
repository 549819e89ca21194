// @ts-nocheck
/** KindEditor, which many Chinese desks use. It lets the browser paste into a box that it hides, and fetches it there, as Froala does. */
import { htmlText, paragraphs } from "./text.js";

export async function kind(host, start) {
  const script = document.head.appendChild(document.createElement("script"));
  script.src = "/kindeditor/kindeditor-all-min.js";
  await new Promise((resolve) => script.addEventListener("load", resolve));
  const area = host.appendChild(document.createElement("textarea"));
  area.style.cssText = "width:700px;height:200px";
  area.value = paragraphs(start);
  /** @type {any} */
  let editor;
  await new Promise((resolve) => { editor = KindEditor.create(area, { basePath: "/kindeditor/", items: ["bold"], afterCreate: () => setTimeout(resolve) }); });
  return () => htmlText(editor.html());
}
