// @ts-nocheck
/** Boxes without an editor library: plain fields, React's and Vue's controlled ones, bare and home-made editables, and chat boxes where Enter sends. */
import React from "react";
import { createRoot } from "react-dom/client";
import { createApp, h, ref } from "vue/dist/vue.esm-bundler.js";
import { escapeHtml, paragraphs, shownText } from "./text.js";

const EDITABLE = `aria-label="Reply" style="min-height:80px;border:1px solid"`;

export function textarea(host, start) {
  host.innerHTML = `<textarea rows="6" cols="60" aria-label="Reply"></textarea>`;
  const field = host.firstChild;
  field.value = start;
  return () => field.value;
}

export function input(host, start) {
  host.innerHTML = `<input type="text" placeholder="Type a message" style="width:400px;height:30px">`;
  host.firstChild.value = start;
  return () => host.firstChild.value;
}

function reactField(tag, props) {
  return (host, start) => {
    let model = start;
    const Box = () => {
      const [value, setValue] = React.useState(start);
      model = value;
      return React.createElement(tag, { value, placeholder: "Write a reply", onChange: (event) => setValue(event.target.value), ...props });
    };
    createRoot(host).render(React.createElement(Box));
    return () => model;
  };
}

export const react_textarea = reactField("textarea", { rows: 6, cols: 60 });
export const react_input = reactField("input", { type: "text", style: { width: 400, height: 30 } });

export function vue_textarea(host, start) {
  const value = ref(start);
  createApp({ render: () => h("textarea", { value: value.value, rows: 6, cols: 60, placeholder: "Write a reply", onInput: (event) => { value.value = event.target.value; } }) }).mount(host);
  return () => value.value;
}

export function bare_editable(host, start) {
  host.innerHTML = `<div contenteditable="true" ${EDITABLE}>${start && paragraphs(start, "div")}</div>`;
  return () => shownText(host.firstChild);
}

/** A box that is drawn from a model of its own; `hear` is given the box and what puts text in the place of two offsets. */
function modelled(hear) {
  return (host, start) => {
    host.innerHTML = `<div contenteditable="true" ${EDITABLE}></div>`;
    const box = host.firstChild, undo = [];
    let model = start;
    const draw = () => {
      box.innerHTML = paragraphs(model, "div");
      getSelection().selectAllChildren(box);
      getSelection().collapseToEnd();
    };
    box.addEventListener("keydown", (event) => {
      if (!event.ctrlKey || event.key !== "z" || undo.length === 0) return;
      model = undo.pop();
      draw();
    });
    hear(box, (from, to, text) => {
      undo.push(model);
      model = model.slice(0, from) + text + model.slice(to);
      draw();
    });
    box.innerHTML = paragraphs(model, "div");
    return () => model;
  };
}

/** The selection in characters of the model. */
function offsetsIn(box) {
  const { startContainer, startOffset, endContainer, endOffset } = getSelection().getRangeAt(0);
  return [[startContainer, startOffset], [endContainer, endOffset]].map(([node, at]) => {
    const range = document.createRange();
    range.setStart(box, 0);
    range.setEnd(node, at);
    return shownText(range.cloneContents()).replace(/\n$/, "").length;
  });
}

/** Knows only what a browser says before it changes a box: a script's own edit it says nothing of. */
export const hearing_editable = modelled((box, put) => box.addEventListener("beforeinput", (event) => {
  event.preventDefault();
  if (event.inputType === "insertFromPaste") put(...offsetsIn(box), event.dataTransfer.getData("text/plain"));
}));

/** Notes where the caret is as a key goes down, at no other time. */
export const noting_editable = modelled((box, put) => {
  let noted = [0, 0];
  box.addEventListener("keydown", () => { noted = offsetsIn(box); });
  box.addEventListener("paste", (event) => {
    event.preventDefault();
    put(...noted, event.clipboardData.getData("text/plain"));
  });
});

/** A frame whose page is editable as a whole, as older editors make it. */
export function designed_frame(host, start) {
  host.innerHTML = `<iframe title="Reply" style="width:600px;height:160px"></iframe>`;
  const inner = host.firstChild.contentDocument;
  inner.open();
  inner.write(`<body style="min-height:100px">${start && paragraphs(start, "div")}</body>`);
  inner.close();
  inner.designMode = "on";
  return () => shownText(inner.body);
}

/** Puts a paste in and lets the browser go on with it, which pastes nothing for a script's event. */
export function adding_editable(host, start) {
  const model = bare_editable(host, start);
  host.firstChild.addEventListener("paste", (event) => { document.execCommand("insertText", false, event.clipboardData.getData("text/plain")); });
  return model;
}

/** Lines are text, not elements. */
export function plaintext_editable(host, start) {
  host.innerHTML = `<div contenteditable="plaintext-only" aria-label="Reply" style="min-height:80px;white-space:pre-wrap;border:1px solid"></div>`;
  host.firstChild.textContent = start;
  return () => host.firstChild.innerText;
}

/** A chat box that keeps its own model and cleans pastes itself. */
export function pasting_editable(host, start) {
  host.innerHTML = `<div contenteditable="true" role="textbox" data-placeholder="Message" style="min-height:40px;white-space:pre-wrap;border:1px solid"></div>`;
  const box = host.firstChild;
  box.textContent = start;
  let model = start;
  box.addEventListener("input", () => { model = box.innerText; });
  box.addEventListener("paste", (event) => { event.preventDefault(); document.execCommand("insertText", false, event.clipboardData.getData("text/plain")); });
  return () => model;
}

export function enter_textarea(host, start) {
  const model = textarea(host, start);
  host.firstChild.addEventListener("keydown", (event) => { if (event.key === "Enter") sends++; });
  host.firstChild.addEventListener("beforeinput", (event) => { if (event.inputType === "insertLineBreak") sends++; });
  return model;
}

/** Sends on the key, and on the input that phones give instead of a key. */
export function enter_editable(host, start) {
  const model = bare_editable(host, start);
  host.firstChild.addEventListener("keydown", (event) => { if (event.key === "Enter") sends++; });
  host.firstChild.addEventListener("beforeinput", (event) => { if (/^insert(?:Paragraph|LineBreak)$/.test(event.inputType)) { event.preventDefault(); sends++; } });
  return model;
}

/** An editable that writes its model back over the DOM, as frameworks do. */
export function controlled_editable(host, start) {
  host.innerHTML = `<div contenteditable="true" aria-label="Reply" style="min-height:80px;white-space:pre-wrap;border:1px solid"></div>`;
  const box = host.firstChild;
  let model = start;
  box.textContent = start;
  const observer = new MutationObserver(() => { if (box.innerText !== model) box.textContent = model; });
  observer.observe(box, { childList: true, characterData: true, subtree: true });
  box.addEventListener("input", () => { model = box.innerText.replace(/\n$/, ""); });
  return () => model;
}

/** A draft that was kept comes back a moment after the box gets the focus. */
export function restored_textarea(host, start) {
  const model = textarea(host, start), field = host.firstChild;
  field.addEventListener("focus", () => setTimeout(() => { field.value = start; }, 60), { once: true });
  return model;
}

/** The page gives it the focus, which leaves the caret before all that stands there. */
export function focused_textarea(host, start) {
  const model = textarea(host, start);
  host.firstChild.focus();
  host.firstChild.setSelectionRange(0, 0);
  return model;
}

const EMOJI = /:\)|\p{Extended_Pictographic}[\p{Emoji_Modifier}\u200d\ufe0f\p{Extended_Pictographic}]*/gu;
const PICTURE = "data:image/gif;base64,R0lGODlhAQABAAAAACw=";

/** A chat box that draws each emoji and smiley as a picture. */
export function picture_editable(host, start) {
  const model = bare_editable(host, start), box = host.firstChild;
  box.addEventListener("paste", (event) => {
    event.preventDefault();
    const html = escapeHtml(event.clipboardData.getData("text/plain")).replace(EMOJI, (emoji) => `<img alt="${emoji}" src="${PICTURE}" width="16" height="16">`);
    document.execCommand("insertHTML", false, html.replace(/\n/g, "<br>"));
  });
  return () => {
    const copy = box.cloneNode(true);
    copy.querySelectorAll("img").forEach((picture) => picture.replaceWith(picture.alt));
    return shownText(copy);
  };
}

/** A box that gives way to another, larger one when it gets the focus. */
function redrawn(html, read, write) {
  return (host, start) => {
    let model = start;
    const draw = (open) => {
      host.innerHTML = html(open);
      const box = host.firstChild;
      write(box, model);
      box.addEventListener("input", () => { model = read(box); });
      if (!open) box.addEventListener("focus", () => draw(true).focus(), { once: true });
      return box;
    };
    draw(false);
    return () => model;
  };
}

export const redrawn_textarea = redrawn((open) => `<textarea placeholder="Write a reply" rows="${open ? 6 : 1}" cols="60"></textarea>`, (box) => box.value, (box, text) => { box.value = text; });
export const redrawn_editable = redrawn((open) => `<div contenteditable="true" role="textbox" aria-label="Reply" style="border:1px solid;white-space:pre-wrap;min-height:${open ? 120 : 30}px"></div>`, (box) => box.innerText, (box, text) => { box.textContent = text; });
