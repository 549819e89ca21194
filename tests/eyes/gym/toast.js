// @ts-nocheck
/** TOAST UI Editor: on an older ProseMirror, which trims what is pasted. */
import Editor from "@toast-ui/editor";
import style from "@toast-ui/editor/dist/toastui-editor.css";

/** Longer than its history takes for one step. */
const NEXT_STEP_MS = 600;

async function mount(host, start, mode, model) {
  document.head.appendChild(document.createElement("style")).textContent = style;
  const el = host.appendChild(document.createElement("div"));
  const editor = new Editor({ el, height: "240px", initialEditType: mode, previewStyle: "tab", initialValue: start, usageStatistics: false, autofocus: false, placeholder: "Reply" });
  await new Promise((resolve) => setTimeout(resolve, NEXT_STEP_MS));
  return () => model(editor);
}

export const toast_markdown = (host, start) => mount(host, start, "markdown", (editor) => editor.getMarkdown());
/** Dashes in a line of their own would be a rule in Markdown. */
export const toast_rich = (host, start) => mount(host, start.replace(/^-- $/m, "\\-- "), "wysiwyg", ({ wwEditor: { view: { state: { doc } } } }) => doc.textBetween(0, doc.content.size, "\n", "\n"));
