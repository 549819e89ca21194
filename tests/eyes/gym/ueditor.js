// @ts-nocheck
/** NEditor, the UEditor that Chinese desks have in many versions. It loads its parts itself. */
import { htmlText, paragraphs } from "./text.js";

function load(src) {
  const script = document.head.appendChild(document.createElement("script"));
  script.src = src;
  return new Promise((resolve) => script.addEventListener("load", resolve));
}

export async function neditor(host, start) {
  window.UEDITOR_HOME_URL = "/neditor/";
  for (const part of ["neditor.config.js", "neditor.all.min.js", "i18n/zh-cn/zh-cn.js"]) await load(UEDITOR_HOME_URL + part);
  host.innerHTML = `<script id="content" type="text/plain" style="width:700px;height:160px"></script>`;
  const editor = UE.getEditor("content", { toolbars: [["bold"]], initialFrameHeight: 160, autoHeightEnabled: false, enableAutoSave: false });
  await new Promise((resolve) => editor.ready(resolve));
  if (start) editor.setContent(paragraphs(start));
  editor.reset();
  return () => htmlText(editor.getContent());
}
