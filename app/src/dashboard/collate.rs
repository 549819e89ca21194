//! The order of names in the reader's language, by the browser's own tables; Chinese by sound.

use std::cmp::Ordering;

use domain::wire::Locale;
use wasm_bindgen::JsValue;

use crate::shared::words::lang_tag;

pub fn collator(locale: Locale) -> impl Fn(&str, &str) -> Ordering {
    let locales = js_sys::Array::of1(&lang_tag(locale).into());
    let compare = js_sys::Intl::Collator::new(&locales, &js_sys::Object::new()).compare();
    move |a, b| {
        let order = compare.call2(&JsValue::UNDEFINED, &a.into(), &b.into()).ok();
        order.and_then(|order| order.as_f64()).unwrap_or_default().total_cmp(&0.0)
    }
}
