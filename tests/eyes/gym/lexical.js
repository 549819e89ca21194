// @ts-nocheck
/** Lexical, with plain and with rich text, and with Enter bound to sending. */
import { $createParagraphNode, $createTextNode, $getRoot, COMMAND_PRIORITY_HIGH, KEY_ENTER_COMMAND, createEditor } from "lexical";
import { registerPlainText } from "@lexical/plain-text";
import { registerRichText } from "@lexical/rich-text";
import { createEmptyHistoryState, registerHistory } from "@lexical/history";

function mount(host, start, register) {
  host.innerHTML = `<div contenteditable="true" aria-label="Reply" style="min-height:80px;border:1px solid"></div>`;
  const editor = createEditor({ namespace: "gym", onError: (error) => { throw error; } });
  editor.setRootElement(host.firstChild);
  register(editor);
  registerHistory(editor, createEmptyHistoryState(), 300);
  if (start) {
    editor.update(() => {
      for (const line of start.split("\n")) $getRoot().append($createParagraphNode().append(...(line ? [$createTextNode(line)] : [])));
    }, { tag: "history-merge", discrete: true });
  }
  return () => editor.getEditorState().read(() => $getRoot().getTextContent());
}

export const lexical_plain = (host, start) => mount(host, start, registerPlainText);
export const lexical_rich = (host, start) => mount(host, start, registerRichText);
export const enter_lexical = (host, start) => mount(host, start, (editor) => {
  registerRichText(editor);
  editor.registerCommand(KEY_ENTER_COMMAND, (event) => { event?.preventDefault(); sends++; return true; }, COMMAND_PRIORITY_HIGH);
});
