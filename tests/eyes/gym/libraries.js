// @ts-nocheck
/** ProseMirror, tiptap, Quill, Slate, Draft, CodeMirror; some with Enter bound to sending. */
import { EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { schema } from "prosemirror-schema-basic";
import { history, undo } from "prosemirror-history";
import { keymap } from "prosemirror-keymap";
import { baseKeymap } from "prosemirror-commands";
import { Editor, Extension } from "@tiptap/core";
import StarterKit from "@tiptap/starter-kit";
import Quill2 from "quill";
import Quill1 from "quill_1";
import quill1Style from "quill_1/dist/quill.core.css";
import React from "react";
import { createRoot } from "react-dom/client";
import { createEditor, Node } from "slate";
import { Editable, Slate, withReact } from "slate-react";
import { withHistory } from "slate-history";
import * as Draft from "draft-js";
import { EditorState as CodeState } from "@codemirror/state";
import { EditorView as CodeView, keymap as codeKeymap, placeholder } from "@codemirror/view";
import { defaultKeymap, history as codeHistory, historyKeymap } from "@codemirror/commands";
import { paragraphs } from "./text.js";

const ATTRIBUTES = { "aria-label": "Reply", style: "min-height:80px" };

export function prosemirror(host, start) {
  const lines = start.split("\n").map((line) => schema.node("paragraph", null, line ? [schema.text(line)] : []));
  const plugins = [history(), keymap({ "Mod-z": undo }), keymap(baseKeymap)];
  const view = new EditorView(host, { state: EditorState.create({ doc: schema.node("doc", null, lines), plugins }), attributes: ATTRIBUTES });
  return () => view.state.doc.textBetween(0, view.state.doc.content.size, "\n", "\n");
}

function mountTiptap(host, start, extensions) {
  const editor = new Editor({ element: host, extensions: [StarterKit, ...extensions], content: paragraphs(start), editorProps: { attributes: ATTRIBUTES } });
  return () => editor.getText({ blockSeparator: "\n" });
}

export const tiptap = (host, start) => mountTiptap(host, start, []);
export const enter_tiptap = (host, start) => mountTiptap(host, start, [Extension.create({ priority: 1000, addKeyboardShortcuts: () => ({ Enter: () => { sends++; return true; } }) })]);

function mountQuill(Quill, host, start, bindings) {
  const inner = host.appendChild(document.createElement("div"));
  const editor = new Quill(inner, { placeholder: "Write a reply", modules: { keyboard: { bindings } } });
  if (start) editor.setText(start);
  editor.history.clear();
  return () => editor.getText();
}

export function quill_1(host, start) {
  document.head.appendChild(document.createElement("style")).textContent = quill1Style;
  return mountQuill(Quill1, host, start, {});
}
export const quill = (host, start) => mountQuill(Quill2, host, start, {});
export const enter_quill = (host, start) => mountQuill(Quill2, host, start, { enter: { key: "Enter", handler: () => { sends++; return false; } } });

function mountSlate(host, start, onKeyDown) {
  const editor = withHistory(withReact(createEditor()));
  const value = start.split("\n").map((text) => ({ type: "paragraph", children: [{ text }] }));
  createRoot(host).render(React.createElement(Slate, { editor, initialValue: value }, React.createElement(Editable, { placeholder: "Write a reply", style: { minHeight: 80 }, onKeyDown: (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "z") { event.preventDefault(); editor.undo(); }
    onKeyDown(event);
  } })));
  return () => editor.children.map((node) => Node.string(node)).join("\n");
}

export const slate = (host, start) => mountSlate(host, start, () => {});
export const enter_slate = (host, start) => mountSlate(host, start, (event) => { if (event.key === "Enter") { event.preventDefault(); sends++; } });

function mountDraft(host, start, handleReturn) {
  let state = Draft.EditorState.createWithContent(Draft.ContentState.createFromText(start));
  const Box = () => {
    const [value, setValue] = React.useState(state);
    state = value;
    return React.createElement("div", { style: { minHeight: 80, border: "1px solid" } }, React.createElement(Draft.Editor, { editorState: value, onChange: setValue, ariaLabel: "Reply", handleReturn }));
  };
  createRoot(host).render(React.createElement(Box));
  return () => state.getCurrentContent().getPlainText();
}

export const draft = (host, start) => mountDraft(host, start, undefined);
export const enter_draft = (host, start) => mountDraft(host, start, () => { sends++; return "handled"; });

export function codemirror(host, start) {
  const extensions = [codeHistory(), codeKeymap.of([...historyKeymap, ...defaultKeymap]), placeholder("Write a reply"), CodeView.lineWrapping, CodeView.contentAttributes.of({ "aria-label": "Reply" }), CodeView.theme({ ".cm-content": { minHeight: "80px" } })];
  const view = new CodeView({ parent: host, root: host.getRootNode(), state: CodeState.create({ doc: start, extensions }) });
  return () => view.state.doc.toString();
}
