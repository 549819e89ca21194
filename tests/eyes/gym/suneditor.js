// @ts-nocheck
import suneditor from "suneditor";
import style from "../node_modules/suneditor/dist/suneditor.min.css";
import { htmlText, paragraphs } from "./text.js";

export async function sun(host, start) {
  document.head.appendChild(document.createElement("style")).textContent = style;
  const inner = host.appendChild(document.createElement("textarea"));
  const editor = await new Promise((resolve) => {
    const made = suneditor.create(inner, { value: paragraphs(start), height: "120px", width: "100%", placeholder: "Write a reply", buttonList: [["bold"]], events: { onload: () => resolve(made) } });
  });
  return () => htmlText(editor.$.html.get());
}
