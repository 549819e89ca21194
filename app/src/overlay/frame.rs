//! The frame around the overlay: its size, its place, the keyboard focus, the clipboard.
//!
//! The page draws the shadow, rounds the corners and clamps the frame; the panel scrolls inside it. The size asked for is the content's own, so it does not
//! depend on the size that was granted.

use domain::wire::Layout;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement, HtmlTextAreaElement};

use super::transport;

/// Width of the panel where the page grants it.
const PANEL_PX: u32 = 336;
/// A pointer that moves less than this clicks.
const DRAG_FROM_PX: i32 = 4;
const KEY_STEP_PX: i32 = 16;

/// Class of the parts whose heights add up to the overlay's.
const MEASURED: &str = "measured";
/// Marks what takes the focus when the frame gets it.
const HOME: &str = "[data-home]";

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["navigator", "clipboard"], js_name = writeText)]
    fn write_text(text: &str) -> Result<js_sys::Promise, JsValue>;
    #[wasm_bindgen(catch, js_namespace = document, js_name = execCommand)]
    fn exec_command(name: &str) -> Result<bool, JsValue>;
}

/// Tells the page the size of the content whenever it changes.
pub fn follow_size(open: Signal<bool>) {
    let sent = StoredValue::new((0, 0, false));
    let report = move || {
        let open = open.get_untracked();
        let Some((width_px, height_px)) = content_size(open) else { return };
        if sent.get_value() != (width_px, height_px, open) {
            sent.set_value((width_px, height_px, open));
            transport::layout(&Layout::Resize { width_px, height_px, open });
        }
    };
    let callback = Closure::<dyn Fn()>::new(report).into_js_value();
    let Ok(observer) = web_sys::ResizeObserver::new(callback.unchecked_ref()) else { return };
    let observer = StoredValue::new_local(observer);
    Effect::new(move |_| {
        open.track();
        request_animation_frame(move || {
            observer.with_value(|observer| {
                observer.disconnect();
                measured().iter().for_each(|part| observer.observe(part));
            });
            report();
        });
    });
    // A page narrower than the panel clamps the frame; the panel then becomes as narrow.
    window_event_listener(ev::resize, move |_| {
        if open.get_untracked() {
            fit_width();
        }
    });
}

fn measured() -> Vec<Element> {
    let list = document().get_elements_by_class_name(MEASURED);
    (0..list.length()).filter_map(|index| list.item(index)).collect()
}

/// Width and height that the content needs, shadow included.
fn content_size(open: bool) -> Option<(u32, u32)> {
    let boxes: Vec<_> = measured().iter().map(Element::get_bounding_client_rect).collect();
    let widest = boxes.iter().map(web_sys::DomRect::width).fold(0.0, f64::max);
    // Each rounded up: a fraction of a pixel less would bring a scroll bar.
    let height: f64 = boxes.iter().map(|part| part.height().ceil()).sum();
    if boxes.is_empty() || height <= 0.0 {
        return None;
    }
    let borders_px = if open { 2 } else { 0 };
    let width_px = if open { PANEL_PX } else { widest.ceil() as u32 };
    Some((width_px, height as u32 + borders_px))
}

fn fit_width() {
    let granted = window().inner_width().ok().and_then(|width| width.as_f64()).unwrap_or_default() as u32;
    let width_px = granted.min(PANEL_PX);
    if let Some(body) = document().body() {
        let _ = body.style().set_property("--panel-width", &format!("{width_px}px"));
    }
}

/// Moves the overlay with the pointer. A press that does not travel stays a click.
#[derive(Clone, Copy)]
pub struct Drag {
    from: StoredValue<Option<(i32, i32)>>,
    moving: StoredValue<bool>,
}

impl Drag {
    pub fn new() -> Self {
        Self { from: StoredValue::new(None), moving: StoredValue::new(false) }
    }

    pub fn down(&self, event: &ev::PointerEvent) {
        if event.button() == 0 {
            self.from.set_value(Some((event.screen_x(), event.screen_y())));
            self.moving.set_value(false);
            // On what was pressed, so that a click still is one there; a fast pointer is out of the frame at once.
            if let Some(pressed) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) {
                let _ = pressed.set_pointer_capture(event.pointer_id());
            }
        }
    }

    /// Screen coordinates, because the frame itself moves under the pointer.
    pub fn travel(&self, event: &ev::PointerEvent) {
        let Some((x, y)) = self.from.get_value() else { return };
        if event.buttons() == 0 {
            return self.up();
        }
        let (dx_px, dy_px) = (event.screen_x() - x, event.screen_y() - y);
        if !self.moving.get_value() {
            if dx_px.abs().max(dy_px.abs()) < DRAG_FROM_PX {
                return;
            }
            self.moving.set_value(true);
            transport::layout(&Layout::DragStart);
        }
        if (dx_px, dy_px) != (0, 0) {
            transport::layout(&Layout::DragBy { dx_px, dy_px });
            self.from.set_value(Some((event.screen_x(), event.screen_y())));
        }
    }

    pub fn up(&self) {
        if self.from.get_value().is_some() && self.moving.get_value() {
            transport::layout(&Layout::DragEnd);
        }
        self.from.set_value(None);
    }

    /// Whether a click is meant as one: by key, or by a press that did not move the overlay.
    pub fn is_click(&self, event: &ev::MouseEvent) -> bool {
        event.detail() == 0 || !self.moving.get_value()
    }
}

/// Moves the overlay by one step; for those who do not drag.
pub fn nudge(dx: i32, dy: i32) {
    transport::layout(&Layout::DragStart);
    transport::layout(&Layout::DragBy { dx_px: dx * KEY_STEP_PX, dy_px: dy * KEY_STEP_PX });
    transport::layout(&Layout::DragEnd);
}

/// The step that an arrow key asks for.
pub fn arrow(key: &str) -> Option<(i32, i32)> {
    match key {
        "ArrowLeft" => Some((-1, 0)),
        "ArrowRight" => Some((1, 0)),
        "ArrowUp" => Some((0, -1)),
        "ArrowDown" => Some((0, 1)),
        _ => None,
    }
}

/// Gives the focus to the pill or the panel as a whole.
pub fn focus_home() {
    focus(HOME);
}

/// Focuses the first element that matches, after what is being drawn is there. Frames can be long in coming: an agent
/// who has gone back to the page by then keeps the focus there, and what is being typed.
pub fn focus(selector: impl Into<String>) {
    let selector = selector.into();
    request_animation_frame(move || {
        if !document().has_focus().unwrap_or(false) {
            return;
        }
        if let Some(element) = document().query_selector(&selector).ok().flatten()
            && let Ok(element) = element.dyn_into::<HtmlElement>()
        {
            let _ = element.focus();
        }
    });
}

/// When the page moves the focus into the frame, it lands where keys work.
pub fn follow_focus() {
    window_event_listener(ev::focus, |_| {
        if focus_is_nowhere() {
            focus_home();
        }
    });
}

fn focus_is_nowhere() -> bool {
    document().active_element().is_none_or(|element| element.tag_name() == "BODY")
}

/// Puts text on the clipboard; `false` when the browser refuses both ways.
pub async fn copy(text: &str) -> bool {
    if let Ok(promise) = write_text(text)
        && wasm_bindgen_futures::JsFuture::from(promise).await.is_ok()
    {
        return true;
    }
    copy_by_selection(text).unwrap_or(false)
}

/// Works where the page's permissions policy keeps the clipboard from frames.
fn copy_by_selection(text: &str) -> Result<bool, JsValue> {
    let before = document().active_element();
    let area: HtmlTextAreaElement = document().create_element("textarea")?.unchecked_into();
    area.set_class_name("sr-only");
    area.set_value(text);
    document().body().ok_or(JsValue::NULL)?.append_child(&area)?;
    area.select();
    let copied = exec_command("copy");
    area.remove();
    if let Some(element) = before.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        element.focus()?;
    }
    copied
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_are_unit_steps() {
        let check = |key, step| assert_eq!(arrow(key), step);
        check("ArrowLeft", Some((-1, 0)));
        check("ArrowDown", Some((0, 1)));
        check("a", None);
    }
}
