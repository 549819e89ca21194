//! The folded overlay: the tide line and one word, 36 px high. Opens on click or Enter, moves when dragged.

use leptos::prelude::*;

use super::frame::{self, Drag};
use super::state::Pill;
use super::{Face, words};
use crate::shared::icons::{Icon, IconView};
use crate::shared::tide::TideLine;

#[component]
pub fn PillView(face: Face, on_open: impl Fn() + Copy + 'static) -> impl IntoView {
    let pill = Memo::new(move |_| face.scene.with(|scene| Pill::of(scene, face.link.get(), face.now_ms.get())));
    let drag = Drag::new();
    let open = move |event: leptos::ev::MouseEvent| {
        if drag.is_click(&event) {
            on_open();
        }
    };
    let class = move || {
        let pill = pill.read();
        let hollow = if pill.hollow { " hollow" } else { "" };
        let alert = if pill.alert.is_some() { " alert" } else { "" };
        format!("pill measured{hollow}{alert}")
    };
    let alert = move || {
        pill.read().alert.map(|said| {
            view! {
                <span class="pill-alert">
                    <IconView icon=Icon::Alert />
                    {said}
                </span>
            }
        })
    };
    let shield = move || {
        pill.read().shield.map(|said| {
            view! {
                <span class="pill-shield">
                    <IconView icon=Icon::Shield />
                    {said}
                </span>
            }
        })
    };
    let rest = move || {
        pill.read().rest.then(|| {
            view! {
                <span class="pill-rest">
                    <IconView icon=Icon::Cup />
                    {words::BREAK.of(face.locale.get())}
                </span>
            }
        })
    };
    view! {
        <main
            class=class
            on:pointerdown=move |event| drag.down(&event)
            on:pointermove=move |event| drag.travel(&event)
            on:pointerup=move |_| drag.up()
            on:pointercancel=move |_| drag.up()
        >
            <Grip face />
            <h1 class="pill-head">
                <button class="pill-open" data-home type="button" aria-expanded="false" on:click=open>
                    <TideLine
                        mood=Signal::derive(move || pill.read().mood)
                        trend=Signal::derive(move || pill.read().trend)
                    />
                    <span class="pill-word">{move || pill.read().text.clone()}</span>
                    {alert}
                    {shield}
                    {rest}
                    <span class="sr-only">", " {move || words::OPEN.of(face.locale.get())}</span>
                </button>
            </h1>
        </main>
    }
}

/// The handle: drags with the pointer like all around it, and steps with the arrow keys.
#[component]
pub fn Grip(face: Face) -> impl IntoView {
    let step = move |event: leptos::ev::KeyboardEvent| {
        if let Some((dx, dy)) = frame::arrow(&event.key()) {
            event.prevent_default();
            frame::nudge(dx, dy);
        }
    };
    let name = move || words::MOVE.of(face.locale.get());
    view! {
        <button class="grip" type="button" aria-label=name title=name on:keydown=step>
            <IconView icon=Icon::Grip />
        </button>
    }
}
