// @ts-nocheck
/** A ticket's form as component kits make it, with Chinese labels. Each mount yields what the page's own model holds, not what its DOM shows. */
import React from "react";
import { createRoot } from "react-dom/client";
import { createApp, reactive } from "vue";
import ElementPlus from "element-plus";
import elementCss from "element-plus/dist/index.css";
import vant from "vant";
import vantCss from "vant/lib/index.css";
import naive, { dateZhCN, zhCN } from "naive-ui";
import { Checkbox, DatePicker, Form, Select } from "antd";

const CATEGORIES = [["logistics", "物流"], ["refund", "退货退款"], ["quality", "质量问题"]].map(([value, label]) => ({ value, label }));
const WAYS = [["phone", "电话"], ["mail", "邮件"], ["sms", "短信"]].map(([value, label]) => ({ value, label }));
const REGIONS = [{ value: "zj", label: "浙江", children: [{ value: "hz", label: "杭州" }, { value: "nb", label: "宁波" }] }, { value: "gd", label: "广东", children: [{ value: "gz", label: "广州" }] }];
const style = (css) => document.head.append(Object.assign(document.createElement("style"), { textContent: css }));
const dayOf = (date) => (date ? `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, "0")}-${String(date.getDate()).padStart(2, "0")}` : "");
const told = (model) => ({ category: model.category ?? "", tags: [...(model.tags ?? [])].sort().join(","), region: [model.region ?? []].flat().at(-1) ?? "", ways: [...(model.ways ?? [])].sort().join(","), urgent: Boolean(model.urgent), date: dayOf(model.date ? new Date(model.date) : null) });
const empty = () => ({ category: null, tags: [], region: null, ways: [], urgent: false, date: null });

/** Comboboxes of lists and of calendars with the same role; what a chosen value stands in is called a placeholder. */
export function element_plus(host) {
  style(elementCss);
  const model = reactive(empty());
  const template = `<el-form :model="model" label-width="100px">
    <el-form-item label="问题分类"><el-select v-model="model.category" clearable placeholder="请选择"><el-option v-for="one in categories" :key="one.value" v-bind="one" /></el-select></el-form-item>
    <el-form-item label="标签"><el-select v-model="model.tags" multiple placeholder="请选择"><el-option v-for="one in categories" :key="one.value" v-bind="one" /></el-select></el-form-item>
    <el-form-item label="地区"><el-cascader v-model="model.region" :options="regions" clearable placeholder="请选择" /></el-form-item>
    <el-form-item label="联系渠道"><el-checkbox-group v-model="model.ways"><el-checkbox v-for="one in ways" :key="one.value" :value="one.value">{{one.label}}</el-checkbox></el-checkbox-group></el-form-item>
    <el-form-item label="客户加急"><el-switch v-model="model.urgent" /></el-form-item>
    <el-form-item label="购买日期"><el-date-picker v-model="model.date" type="date" placeholder="选择日期" /></el-form-item></el-form>`;
  createApp({ setup: () => ({ model, categories: CATEGORIES, ways: WAYS, regions: REGIONS }), template }).use(ElementPlus).mount(host);
  return () => told(model);
}

/** Boxes and rows without any role; crosses that come when the pointer does. */
export function naive_ui(host) {
  const model = reactive(empty());
  const template = `<n-config-provider :locale="zhCN" :date-locale="dateZhCN"><n-form :model="model">
    <n-form-item label="问题分类"><n-select v-model:value="model.category" filterable clearable :options="categories" placeholder="请选择" /></n-form-item>
    <n-form-item label="标签"><n-select v-model:value="model.tags" multiple :options="categories" placeholder="请选择" /></n-form-item>
    <n-form-item label="地区"><n-cascader v-model:value="model.region" :options="regions" clearable check-strategy="child" placeholder="请选择" /></n-form-item>
    <n-form-item label="联系渠道"><n-checkbox-group v-model:value="model.ways"><n-checkbox v-for="one in ways" :key="one.value" v-bind="one" /></n-checkbox-group></n-form-item>
    <n-form-item label="客户加急"><n-switch v-model:value="model.urgent" /></n-form-item>
    <n-form-item label="购买日期"><n-date-picker v-model:value="model.date" type="date" clearable /></n-form-item></n-form></n-config-provider>`;
  createApp({ setup: () => ({ model, categories: CATEGORIES, ways: WAYS, regions: REGIONS, zhCN, dateZhCN }), template }).use(naive).mount(host);
  return () => told(model);
}

/** A list of no size for screen readers, with some of the options, beside rows without a role. */
export function ant_design(host) {
  let form;
  const e = React.createElement;
  const field = (name, label, child, further = {}) => e(Form.Item, { name, label, ...further }, child);
  const Page = () => {
    [form] = Form.useForm();
    return e(Form, { form, component: false, layout: "vertical" },
      field("category", "问题分类", e(Select, { allowClear: true, showSearch: true, optionFilterProp: "label", options: CATEGORIES, placeholder: "请选择" })),
      field("tags", "标签", e(Select, { mode: "multiple", options: CATEGORIES, placeholder: "请选择" })),
      field("ways", "联系渠道", e(Checkbox.Group, { options: WAYS })),
      field("date", "购买日期", e(DatePicker, { placeholder: "请选择日期" })));
  };
  createRoot(host).render(e(Page));
  return () => {
    const { date, ...values } = form.getFieldsValue();
    return told({ ...values, date: date?.toDate() });
  };
}

/** Radios and tick boxes that are not on the page, with something drawn beside each; a list that hangs beside a hidden select. */
export async function layui(host) {
  const { default: css } = await import("layui/dist/css/layui.css");
  await import("layui/dist/layui.js");
  style(css);
  const item = (label, inner) => `<div class="layui-form-item"><label class="layui-form-label">${label}</label><div class="layui-input-block">${inner}</div></div>`;
  host.classList.add("layui-form");
  host.innerHTML = item("问题分类", `<select name="category"><option value="">请选择</option>${CATEGORIES.map(({ value, label }) => `<option value="${value}">${label}</option>`).join("")}</select>`)
    + item("联系渠道", WAYS.map(({ value, label }) => `<input type="checkbox" name="ways" value="${value}" title="${label}">`).join("")) + item("客户加急", `<input type="checkbox" name="urgent" lay-skin="switch" title="是|否">`);
  await new Promise((resolve) => window.layui.use("form", resolve));
  window.layui.form.render();
  const chosen = (name) => [...host.querySelectorAll(`[name=${name}]:checked`)].map((box) => box.value);
  return () => told({ category: host.querySelector("select").value, ways: chosen("ways"), urgent: chosen("urgent").length > 0 });
}

/** Read-only fields that open a sheet over the whole page; what is pressed in it counts when it is confirmed there. */
export function vant_sheet(host) {
  style(vantCss);
  const model = reactive(empty());
  const open = reactive({ category: false });
  const template = `<van-field :model-value="text(model.category)" is-link readonly label="问题分类" placeholder="请选择" @click="open.category = true" />
    <van-popup v-model:show="open.category" position="bottom"><van-picker :columns="columns" @confirm="({ selectedValues }) => { model.category = selectedValues[0]; open.category = false }" @cancel="open.category = false" /></van-popup>
    <van-field label="联系渠道"><template #input><van-checkbox-group v-model="model.ways"><van-checkbox v-for="one in ways" :key="one.value" :name="one.value">{{one.label}}</van-checkbox></van-checkbox-group></template></van-field>
    <van-field label="客户加急"><template #input><van-switch v-model="model.urgent" /></template></van-field>`;
  createApp({ setup: () => ({ model, open, ways: WAYS, columns: CATEGORIES.map(({ value, label }) => ({ value, text: label })), text: (value) => CATEGORIES.find((one) => one.value === value)?.label ?? "" }), template }).use(vant).mount(host);
  return () => told(model);
}
