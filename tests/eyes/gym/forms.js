// @ts-nocheck
/** Form fields as pages make them: plain, React's and Vue's controlled ones, selects behind widgets, ARIA listboxes, date pickers. Each mount yields the page's own value. */
import React from "react";
import { createRoot } from "react-dom/client";
import { createApp, h, reactive, vModelText, vModelSelect, withDirectives } from "vue/dist/vue.esm-bundler.js";
import $ from "jquery";
import select2 from "select2";
import Choices from "choices.js";
import flatpickr from "flatpickr";
import ReactSelect from "react-select";
import * as RadixSelect from "@radix-ui/react-select";
import select2Css from "select2/dist/css/select2.css";
import choicesCss from "choices.js/public/assets/styles/choices.css";
import flatpickrCss from "flatpickr/dist/flatpickr.css";

const OPTIONS = [["", "Select…"], ["shipping", "Shipping"], ["refund", "Refund"], ["billing", "Billing"]];
const selectHtml = (attributes = "") => `<label for="cat">Category</label><select id="cat" name="category" ${attributes}>${OPTIONS.filter(([value]) => value !== "" || !attributes.includes("multiple")).map(([value, text]) => `<option value="${value}">${text}</option>`).join("")}</select>`;
const style = (css) => document.head.append(Object.assign(document.createElement("style"), { textContent: css }));
const chosen = (select) => [...select.selectedOptions].map((option) => option.value).filter((value) => value !== "").join(",");

export function native_text(host) {
  host.innerHTML = `<label>Order no. <input name="order"></label>`;
  return () => host.querySelector("input").value;
}

export function native_select(host) {
  host.innerHTML = selectHtml();
  let heard = "";
  host.querySelector("select").addEventListener("change", (event) => { heard = event.target.value; });
  return () => heard;
}

export function native_multiple(host) {
  host.innerHTML = selectHtml("multiple");
  return () => chosen(host.querySelector("select"));
}

export function native_date(host) {
  host.innerHTML = `<label>Purchase date <input type="date"></label>`;
  return () => host.querySelector("input").value;
}

export function native_radios(host) {
  host.innerHTML = `<fieldset><legend>Priority</legend>${["Low", "Normal", "High"].map((text) => `<label><input type="radio" name="p" value="${text.toLowerCase()}">${text}</label>`).join("")}</fieldset>`;
  return () => host.querySelector("input:checked")?.value ?? "";
}

export function native_ticks(host) {
  host.innerHTML = `<fieldset><legend>Tags</legend>${["refund", "shipping", "vip"].map((text) => `<label><input type="checkbox" name="t" value="${text}">${text}</label>`).join("")}</fieldset>`;
  return () => [...host.querySelectorAll("input:checked")].map((box) => box.value).join(",");
}

/** React keeps the value, and only takes what comes as an event of its own. */
export function react_text(host) {
  let model = "";
  const Field = () => {
    const [value, setValue] = React.useState("");
    model = value;
    return React.createElement("label", null, "Order no.", React.createElement("input", { value, onChange: (event) => setValue(event.target.value) }));
  };
  createRoot(host).render(React.createElement(Field));
  return () => model;
}

export function react_select(host) {
  let model = "";
  const Field = () => {
    const [value, setValue] = React.useState("");
    model = value;
    return React.createElement("label", null, "Category", React.createElement("select", { value, onChange: (event) => setValue(event.target.value) }, OPTIONS.map(([value, text]) => React.createElement("option", { key: value, value }, text))));
  };
  createRoot(host).render(React.createElement(Field));
  return () => model;
}

export function react_radios(host) {
  let model = "";
  const Field = () => {
    const [value, setValue] = React.useState("low");
    model = value;
    return React.createElement("fieldset", null, React.createElement("legend", null, "Priority"), ["low", "high"].map((one) => React.createElement("label", { key: one }, React.createElement("input", { type: "radio", name: "p", value: one, checked: value === one, onChange: () => setValue(one) }), one)));
  };
  createRoot(host).render(React.createElement(Field));
  return () => model;
}

/** The page takes digits only and gives them back in groups. */
export function react_masked(host) {
  let model = "";
  const Field = () => {
    const [value, setValue] = React.useState("");
    model = value;
    const shown = value.replace(/(\d{3})(\d{4})(\d{4})/, "$1 $2 $3");
    return React.createElement("label", null, "Phone", React.createElement("input", { type: "tel", value: shown, onChange: (event) => setValue(event.target.value.replace(/\D/g, "").slice(0, 11)) }));
  };
  createRoot(host).render(React.createElement(Field));
  return () => model;
}

/** A page that takes no value from outside. */
export function react_stubborn(host) {
  const Field = () => React.createElement("label", null, "Order no.", React.createElement("input", { value: "", onChange: () => {} }));
  createRoot(host).render(React.createElement(Field));
  return () => host.querySelector("input").value;
}

export function vue_text(host) {
  const state = reactive({ value: "" });
  createApp({ render: () => h("label", ["Order no.", withDirectives(h("input", { "onUpdate:modelValue": (value) => { state.value = value; } }), [[vModelText, state.value]])]) }).mount(host);
  return () => state.value;
}

/** `v-model.lazy` takes a value when the field is left. */
export function vue_lazy(host) {
  const state = reactive({ value: "" });
  createApp({ render: () => h("label", ["Order no.", withDirectives(h("input", { "onUpdate:modelValue": (value) => { state.value = value; } }), [[vModelText, state.value, void 0, { lazy: true }]])]) }).mount(host);
  return () => state.value;
}

export function vue_select(host) {
  const state = reactive({ value: "" });
  createApp({ render: () => h("label", ["Category", withDirectives(h("select", { "onUpdate:modelValue": (value) => { state.value = value; } }, OPTIONS.map(([value, text]) => h("option", { value }, text))), [[vModelSelect, state.value]])]) }).mount(host);
  return () => state.value;
}

export function select2_single(host) {
  style(select2Css);
  select2(window, $);
  host.innerHTML = selectHtml(`style="width:240px"`);
  $("#cat").select2();
  return () => `${chosen(host.querySelector("select"))}|${host.querySelector(".select2-selection__rendered").textContent.trim()}`;
}

export function select2_multiple(host) {
  style(select2Css);
  select2(window, $);
  host.innerHTML = selectHtml(`multiple style="width:240px"`);
  $("#cat").select2();
  return () => `${chosen(host.querySelector("select"))}|${[...host.querySelectorAll(".select2-selection__choice")].map((tag) => tag.title).join(",")}`;
}

export async function bootstrap_select(host) {
  window.jQuery = window.$ = $;
  await import("bootstrap/dist/js/bootstrap.bundle.js");
  const { default: css } = await import("bootstrap/dist/css/bootstrap.css");
  const { default: own } = await import("bootstrap-select/dist/css/bootstrap-select.css");
  await import("bootstrap-select/dist/js/bootstrap-select.js");
  style(css);
  style(own);
  host.innerHTML = selectHtml();
  $("#cat").selectpicker();
  return () => `${chosen(host.querySelector("select"))}|${host.querySelector(".filter-option-inner-inner").textContent.trim()}`;
}

export function choices_single(host) {
  style(choicesCss);
  host.innerHTML = selectHtml();
  const choices = new Choices(host.querySelector("select"), { itemSelectText: "", allowHTML: false });
  return () => `${choices.getValue(true) ?? ""}|${host.querySelector(".choices__list--single").textContent.replace("Remove item", "").trim()}`;
}

export function react_select_widget(host) {
  let model = "";
  const Field = () => {
    const [value, setValue] = React.useState(null);
    model = value?.value ?? "";
    return React.createElement("div", { style: { width: 260 } }, React.createElement("label", { htmlFor: "rs" }, "Category"), React.createElement(ReactSelect, { inputId: "rs", value, onChange: setValue, isClearable: true, options: OPTIONS.slice(1).map(([value, label]) => ({ value, label })) }));
  };
  createRoot(host).render(React.createElement(Field));
  return () => model;
}

export function radix_select(host) {
  let model = "";
  const { Root, Trigger, Value, Portal, Content, Viewport, Item, ItemText } = RadixSelect;
  const e = React.createElement;
  const Field = () => {
    const [value, setValue] = React.useState("");
    model = value;
    return e("div", null, e("label", { id: "rl" }, "Category"), e(Root, { value, onValueChange: setValue }, e(Trigger, { "aria-labelledby": "rl", style: { width: 200, height: 32 } }, e(Value, { placeholder: "Select…" })), e(Portal, null, e(Content, { position: "popper" }, e(Viewport, null, OPTIONS.slice(1).map(([value, text]) => e(Item, { key: value, value }, e(ItemText, null, text))))))));
  };
  createRoot(host).render(e(Field));
  return () => model;
}

/** The pattern of the ARIA guide: a div, a list that is always in the document. */
export function aria_listbox(host) {
  host.innerHTML = `<div id="l">Category</div><div role="combobox" tabindex="0" aria-labelledby="l" aria-controls="lb" aria-expanded="false" aria-haspopup="listbox" style="width:200px;height:28px;border:1px solid">Select…</div>
  <ul role="listbox" id="lb" hidden style="position:absolute;margin:0">${OPTIONS.slice(1).map(([value, text]) => `<li role="option" data-v="${value}">${text}</li>`).join("")}</ul>`;
  const [box, list] = [host.querySelector("[role=combobox]"), host.querySelector("ul")];
  let model = "";
  const open = (on) => { list.hidden = !on; box.setAttribute("aria-expanded", String(on)); };
  box.addEventListener("click", () => open(list.hidden));
  box.addEventListener("keydown", (event) => { if (event.key === "Delete") { model = ""; box.textContent = "Select…"; } });
  list.addEventListener("click", (event) => { const option = event.target.closest("[role=option]"); model = option.dataset.v; box.textContent = option.textContent; open(false); });
  return () => model;
}

export function flatpickr_plain(host) {
  style(flatpickrCss);
  host.innerHTML = `<label for="d">Purchase date</label><input id="d" style="width:200px">`;
  const picker = flatpickr("#d", {});
  return () => (picker.selectedDates[0] ? flatpickr.formatDate(picker.selectedDates[0], "Y-m-d") : "");
}

export function flatpickr_typed(host) {
  style(flatpickrCss);
  host.innerHTML = `<label for="d">Purchase date</label><input id="d" placeholder="DD.MM.YYYY" style="width:200px">`;
  const picker = flatpickr("#d", { allowInput: true, dateFormat: "d.m.Y" });
  return () => (picker.selectedDates[0] ? flatpickr.formatDate(picker.selectedDates[0], "Y-m-d") : "");
}

export function flatpickr_alternative(host) {
  style(flatpickrCss);
  host.innerHTML = `<label for="d">Purchase date</label><input id="d" name="bought" style="width:200px">`;
  const picker = flatpickr("#d", { altInput: true, altFormat: "F j, Y", dateFormat: "Y-m-d" });
  return () => host.querySelector("[name=bought]").value || (picker.selectedDates.length > 0 ? "model only" : "");
}

/** A text field that shows how it wants its dates. */
export function formatted_date(host) {
  host.innerHTML = `<label>Delivery date <input placeholder="mm/dd/yyyy"></label>`;
  return () => host.querySelector("input").value;
}

export function shadow_field(host) {
  const root = host.attachShadow({ mode: "open" });
  root.innerHTML = `<label for="o">Order no.</label><input id="o">`;
  return () => root.querySelector("input").value;
}

export async function frame_field(host) {
  const frame = host.appendChild(document.createElement("iframe"));
  frame.srcdoc = `<!doctype html><label for="o">Order no.</label><input id="o">`;
  await new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
  return () => frame.contentDocument.querySelector("input").value;
}
