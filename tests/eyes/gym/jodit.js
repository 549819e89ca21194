// @ts-nocheck
/** Jodit, in the page and in a frame of its own. */
import { Jodit } from "jodit";
import { htmlText, paragraphs } from "./text.js";

async function mount(host, start, iframe) {
  const inner = host.appendChild(document.createElement("textarea"));
  inner.value = paragraphs(start);
  const editor = Jodit.make(inner, { iframe, height: 200, minHeight: 100, placeholder: "Write a reply", buttons: ["bold"], disablePlugins: "add-new-line" });
  await editor.waitForReady();
  editor.history.clear();
  // It takes its snapshots a moment after the change.
  window.settled = () => editor.history.canUndo();
  return () => htmlText(editor.value);
}

export const jodit = (host, start) => mount(host, start, false);
export const jodit_frame = (host, start) => mount(host, start, true);
