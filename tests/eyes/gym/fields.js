// @ts-nocheck
/** Fields and editables without an editor library: the page's own textarea, React's and Vue's controlled ones, bare and home-made editables. */
import React from "react";
import { createRoot } from "react-dom/client";
import { createApp, h, ref } from "vue/dist/vue.esm-bundler.js";

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

export function react_textarea(host, start) {
  let model = start;
  const Box = () => {
    const [value, setValue] = React.useState(start);
    model = value;
    return React.createElement("textarea", { value, rows: 6, cols: 60, placeholder: "Write a reply", onChange: (event) => setValue(event.target.value) });
  };
  createRoot(host).render(React.createElement(Box));
  return () => model;
}

export function vue_textarea(host, start) {
  const value = ref(start);
  createApp({ render: () => h("textarea", { value: value.value, rows: 6, cols: 60, placeholder: "Write a reply", onInput: (event) => { value.value = event.target.value; } }) }).mount(host);
  return () => value.value;
}

export function bare_editable(host, start) {
  host.innerHTML = `<div contenteditable="true" aria-label="Reply" style="min-height:80px;border:1px solid">${start ? `<div>${start}</div>` : ""}</div>`;
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

/** An editable in an open shadow root. */
export function shadow_editable(host, start) {
  const root = host.attachShadow({ mode: "open" });
  root.innerHTML = `<div contenteditable="true" aria-label="Reply" style="min-height:80px;border:1px solid">${start}</div>`;
  return () => root.firstChild.innerText;
}
