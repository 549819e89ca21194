// @ts-nocheck
/** CodeMirror 5 and EasyMDE, which draw their text themselves and take keys through a textarea that nobody sees. */
import CodeMirror from "codemirror";
import codeStyle from "codemirror/lib/codemirror.css";
import EasyMDE from "easymde";
import markdownStyle from "easymde/dist/easymde.min.css";

function withStyle(style) {
  document.head.appendChild(document.createElement("style")).textContent = style;
}

/** Where to click, and where its own caret is. */
function watched(editor) {
  window.surface = editor.getWrapperElement().querySelector(".CodeMirror-lines");
  window.caretSpan = () => ["from", "to"].map((end) => editor.indexFromPos(editor.getCursor(end)));
  return () => editor.getValue();
}

export function codemirror_5(host, start) {
  withStyle(codeStyle);
  const editor = CodeMirror(host, { value: start, lineWrapping: true, lineNumbers: true });
  editor.setSize(null, 120);
  return watched(editor);
}

/** The editor takes the focus itself when it is there, as Cherry Markdown does. */
export function codemirror_5_focused(host, start) {
  withStyle(codeStyle);
  const editor = CodeMirror(host, { value: start, lineWrapping: true, autofocus: true });
  editor.setSize(null, 120);
  return watched(editor);
}

export function easymde(host, start) {
  withStyle(markdownStyle);
  const element = host.appendChild(document.createElement("textarea"));
  element.name = "reply";
  return watched(new EasyMDE({ element, initialValue: start, spellChecker: false, autoDownloadFontAwesome: false, toolbar: false, status: false, minHeight: "100px" }).codemirror);
}
