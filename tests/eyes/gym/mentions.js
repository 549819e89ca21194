// @ts-nocheck
/** Boxes where "@" opens a list, which takes Enter as long as it is open: Ant Design's, Element Plus's, and one that works out each change from the caret that it last knew. */
import React from "react";
import { createRoot } from "react-dom/client";
import { createApp, h, ref } from "vue/dist/vue.esm-bundler.js";
import Mentions from "antd/es/mentions";
import { Mention, MentionsInput } from "react-mentions";
import { ElMention } from "element-plus/es/components/mention/index.mjs";

const PEOPLE = [{ value: "anna", label: "anna" }, { value: "andrew", label: "andrew" }];

function reactBox(draw) {
  return (host, start) => {
    let model = start;
    const Box = () => {
      const [value, setValue] = React.useState(start);
      model = value;
      return draw(value, setValue);
    };
    createRoot(host).render(React.createElement(Box));
    return () => model;
  };
}

export const antd_mentions = reactBox((value, onChange) => React.createElement(Mentions, { value, onChange, rows: 5, options: PEOPLE, prefix: ["@", "#"], placeholder: "请输入回复" }));
const STYLE = { control: { width: 600, minHeight: 100 }, input: { padding: 4 }, highlighter: { padding: 4 } };
export const react_mentions = reactBox((value, setValue) => React.createElement(
  MentionsInput, { value, onChange: (event) => setValue(event.target.value), placeholder: "Write a reply", style: STYLE },
  React.createElement(Mention, { trigger: "@", data: PEOPLE.map(({ value }) => ({ id: value, display: value })) }),
));

export function element_mention(host, start) {
  const value = ref(start);
  createApp({ render: () => h(ElMention, { modelValue: value.value, "onUpdate:modelValue": (text) => { value.value = text; }, type: "textarea", rows: 5, options: PEOPLE, placeholder: "请输入回复" }) }).mount(host);
  return () => value.value;
}
