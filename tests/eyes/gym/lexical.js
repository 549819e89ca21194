// @ts-nocheck
/** Lexical, with plain and with rich text. */
import { $createParagraphNode, $createTextNode, $getRoot, createEditor } from "lexical";
import { registerPlainText } from "@lexical/plain-text";
import { registerRichText } from "@lexical/rich-text";
import { createEmptyHistoryState, registerHistory } from "@lexical/history";

function mount(host, start, register) {
  host.innerHTML = `<div contenteditable="true" aria-label="Reply" style="min-height:80px;border:1px solid"></div>`;
  const editor = createEditor({ namespace: "gym", onError: (error) => { throw error; } });
  editor.setRootElement(host.firstChild);
  register(editor);
  registerHistory(editor, createEmptyHistoryState(), 300);
  if (start) editor.update(() => { $getRoot().append($createParagraphNode().append($createTextNode(start))); });
  return () => editor.getEditorState().read(() => $getRoot().getTextContent());
}

export const lexical_plain = (host, start) => mount(host, start, registerPlainText);
export const lexical_rich = (host, start) => mount(host, start, registerRichText);
