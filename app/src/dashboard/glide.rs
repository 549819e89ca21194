//! Motion that says what changed: rows that move glide from where they were, a new row rises in.
//!
//! Opacity and transform only, 140 ms, none under `prefers-reduced-motion`.

use std::collections::HashMap;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

const MOTION_MS: f64 = 140.0;
/// How far below its place a new row starts.
const RISE_PX: f64 = 12.0;

/// Animates the rows of a list whenever its ids change. Rows carry their id as `data-id`; those there at first stand
/// still.
pub fn glide(list: NodeRef<html::Ol>, ids: Memo<Vec<String>>) {
    let places: StoredValue<Option<HashMap<String, f64>>> = StoredValue::new(None);
    Effect::new(move || {
        ids.track();
        request_animation_frame(move || {
            let Some(list) = list.try_get_untracked().flatten() else { return };
            let rows = rows(&list);
            let now: HashMap<_, _> = rows.iter().map(|(id, row)| (id.clone(), f64::from(row.offset_top()))).collect();
            let Some(before) = places.try_update_value(|places| places.replace(now)) else { return };
            let Some(before) = before.filter(|_| !prefers_stillness()) else { return };
            for (id, row) in rows {
                match before.get(&id) {
                    Some(top) => slide(&row, top - f64::from(row.offset_top())),
                    None => rise(&row),
                }
            }
        });
    });
}

fn rows(list: &HtmlElement) -> Vec<(String, HtmlElement)> {
    let children = list.children();
    (0..children.length())
        .filter_map(|index| children.item(index)?.dyn_into::<HtmlElement>().ok())
        .filter_map(|row| Some((row.get_attribute("data-id")?, row)))
        .collect()
}

fn slide(row: &HtmlElement, distance_px: f64) {
    if distance_px.abs() >= 1.0 {
        play(row, &[&[("transform", &format!("translateY({distance_px}px)"))], &[("transform", "none")]]);
    }
}

fn rise(row: &HtmlElement) {
    play(
        row,
        &[
            &[("transform", &format!("translateY({RISE_PX}px)")), ("opacity", "0")],
            &[("transform", "none"), ("opacity", "1")],
        ],
    );
}

fn play(row: &HtmlElement, frames: &[&[(&str, &str)]]) {
    let keyframes = js_sys::Array::new();
    for frame in frames {
        let keyframe = js_sys::Object::new();
        for (property, value) in frame.iter().chain(&[("easing", "ease-out")]) {
            // Setting a property of a fresh object cannot fail.
            let _ = js_sys::Reflect::set(&keyframe, &(*property).into(), &(*value).into());
        }
        keyframes.push(&keyframe);
    }
    row.unchecked_ref::<Animated>().animate(&keyframes, MOTION_MS);
}

#[wasm_bindgen]
extern "C" {
    /// An element as the Web Animations API sees it; web-sys holds that for unstable.
    type Animated;
    #[wasm_bindgen(method)]
    fn animate(this: &Animated, keyframes: &js_sys::Array, duration_ms: f64) -> JsValue;
}

fn prefers_stillness() -> bool {
    window().match_media("(prefers-reduced-motion: reduce)").ok().flatten().is_some_and(|query| query.matches())
}
