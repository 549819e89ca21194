//! Where the keyboard goes when something appears.

use leptos::html::ElementType;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Brings focus to an element each time it appears. (`NodeRef::on_load` traps when an element appears again.)
pub fn take_focus<E>(node: NodeRef<E>)
where
    E: ElementType + 'static,
    E::Output: JsCast + Clone + AsRef<HtmlElement> + 'static,
{
    Effect::new(move || {
        if let Some(element) = node.get() {
            let element: &HtmlElement = element.as_ref();
            // An element that cannot take focus leaves it where it was.
            let _ = element.focus();
        }
    });
}
