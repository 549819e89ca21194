// @ts-nocheck
/** OverType: a transparent textarea over its drawn Markdown. */
import OverType from "overtype";

export async function overtype(host, start) {
  const inner = host.appendChild(document.createElement("div"));
  inner.style.cssText = "height:160px;width:700px";
  const [editor] = new OverType(inner, { value: start, placeholder: "Write a reply" });
  await new Promise((resolve) => setTimeout(resolve, 300));
  return () => editor.getValue();
}
