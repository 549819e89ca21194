//! The page's `warmseatTransport`: scenes come in, commands and layout messages go out.
//!
//! The transport is a global of the overlay's page, `{ start(onScene, onGone, onAnswer), send(command), layout(message) }`;
//! the extension and the widget each bring their own, and say hello by themselves whenever they connect. Values are the
//! JSON forms of [`domain::wire`].

use domain::wire::{AnswerResult, Command, Layout, Scene};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

use super::state::Link;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = warmseatTransport, js_name = start)]
    fn transport_start(on_scene: &JsValue, on_gone: &JsValue, on_answer: &JsValue);
    #[wasm_bindgen(js_namespace = warmseatTransport, js_name = send)]
    fn transport_send(command: &JsValue);
    #[wasm_bindgen(js_namespace = warmseatTransport, js_name = layout)]
    fn transport_layout(message: &JsValue);
}

/// Starts listening, for as long as the page lives. `on_gone` is called when nobody answers any more, with how; the
/// next scene ends that. `on_answer` is called once for each command sent.
pub fn start(
    on_scene: impl Fn(Scene) + 'static,
    on_gone: impl Fn(Link) + 'static,
    on_answer: impl Fn(Command, AnswerResult) + 'static,
) {
    let on_scene = Closure::<dyn Fn(JsValue)>::new(move |value| match serde_wasm_bindgen::from_value::<Scene>(value) {
        Ok(scene) => on_scene(scene),
        Err(error) => leptos::logging::error!("a scene could not be read: {error}"),
    });
    let on_gone = Closure::<dyn Fn(JsValue)>::new(move |reason: JsValue| {
        on_gone(if reason.as_string().as_deref() == Some("extension") { Link::Stale } else { Link::Gone });
    });
    let on_answer = Closure::<dyn Fn(JsValue, JsValue)>::new(move |command, result| {
        match (serde_wasm_bindgen::from_value(command), serde_wasm_bindgen::from_value(result)) {
            (Ok(command), Ok(result)) => on_answer(command, result),
            (Err(error), _) | (_, Err(error)) => leptos::logging::error!("an answer could not be read: {error}"),
        }
    });
    transport_start(&on_scene.into_js_value(), &on_gone.into_js_value(), &on_answer.into_js_value());
}

pub fn send(command: &Command) {
    deliver(command, transport_send);
}

pub fn layout(message: &Layout) {
    deliver(message, transport_layout);
}

fn deliver(message: &impl Serialize, by: fn(&JsValue)) {
    match message.serialize(&Serializer::json_compatible()) {
        Ok(value) => by(&value),
        Err(error) => leptos::logging::error!("a message could not be written: {error}"),
    }
}
