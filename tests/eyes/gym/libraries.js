// @ts-nocheck
/** ProseMirror, tiptap, Quill, Slate, Draft. */
import { EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { schema } from "prosemirror-schema-basic";
import { history, undo } from "prosemirror-history";
import { keymap } from "prosemirror-keymap";
import { baseKeymap } from "prosemirror-commands";
import { Editor } from "@tiptap/core";
import StarterKit from "@tiptap/starter-kit";
import Quill from "quill";
import React from "react";
import { createRoot } from "react-dom/client";
import { createEditor, Node } from "slate";
import { Editable, Slate, withReact } from "slate-react";
import { withHistory } from "slate-history";
import * as Draft from "draft-js";

export function prosemirror(host, start) {
  const doc = schema.node("doc", null, [schema.node("paragraph", null, start ? [schema.text(start)] : [])]);
  const view = new EditorView(host, { state: EditorState.create({ doc, plugins: [history(), keymap({ "Mod-z": undo }), keymap(baseKeymap)] }), attributes: { "aria-label": "Reply", style: "min-height:80px" } });
  return () => view.state.doc.textBetween(0, view.state.doc.content.size, "\n", "\n");
}

export function tiptap(host, start) {
  const editor = new Editor({ element: host, extensions: [StarterKit], content: start ? `<p>${start}</p>` : "", editorProps: { attributes: { "aria-label": "Reply", style: "min-height:80px" } } });
  return () => editor.getText({ blockSeparator: "\n" });
}

export function quill(host, start) {
  const inner = host.appendChild(document.createElement("div"));
  const editor = new Quill(inner, { placeholder: "Write a reply" });
  if (start) editor.setText(start);
  return () => editor.getText();
}

export function slate(host, start) {
  const editor = withHistory(withReact(createEditor()));
  const value = [{ type: "paragraph", children: [{ text: start }] }];
  createRoot(host).render(React.createElement(Slate, { editor, initialValue: value }, React.createElement(Editable, { placeholder: "Write a reply", style: { minHeight: 80 } })));
  return () => editor.children.map((node) => Node.string(node)).join("\n");
}

export function draft(host, start) {
  let state = Draft.EditorState.createWithContent(Draft.ContentState.createFromText(start));
  const Box = () => {
    const [value, setValue] = React.useState(state);
    state = value;
    return React.createElement("div", { style: { minHeight: 80, border: "1px solid" } }, React.createElement(Draft.Editor, { editorState: value, onChange: setValue, ariaLabel: "Reply" }));
  };
  createRoot(host).render(React.createElement(Box));
  return () => state.getCurrentContent().getPlainText();
}
