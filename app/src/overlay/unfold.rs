//! The button behind a long list: shows the rest, and hides it again.

use leptos::prelude::*;

use super::{Face, sentences, words};

#[component]
pub fn Unfold(
    face: Face,
    all: RwSignal<bool>,
    folded: impl Fn() -> usize + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let said = move || {
        let locale = face.locale.get();
        if all.get() { words::LESS.of(locale).to_owned() } else { sentences::more(folded(), locale) }
    };
    view! {
        <button
            class="quiet"
            type="button"
            aria-expanded=move || all.get().to_string()
            on:click=move |_| all.update(|all| *all = !*all)
        >
            {said}
        </button>
    }
}
