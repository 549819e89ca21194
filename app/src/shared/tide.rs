//! The tide line: the shape of a mood. Level, rising, breaking, settling; dashed where the mood is not known.
//!
//! Never the only sign: the mood's word stands beside it wherever it is drawn.

use domain::mood::{MoodTrend, MoodWord};
use leptos::prelude::*;

use crate::shared::words::mood_class;

/// Path data on a 28 × 14 grid.
pub const fn tide_path(trend: MoodTrend) -> &'static str {
    match trend {
        MoodTrend::Level => "M2 7.5c4-3 8-3 12 0s8 3 12 0",
        MoodTrend::Rising => "M2 11.5c3-1.6 5-1.6 8-.6 5 1.6 8.5-1.4 16-8.4",
        MoodTrend::Breaking => {
            "M2 12.2c7 0 10.2-2.2 12.6-6.4C16.7 2 21.2.8 24 3.2c2.2 2 1.5 5.4-1.4 5.4-2 0-2.9-2-1.7-3.4"
        }
        MoodTrend::Settling => "M2 2.5c5.5 5.4 8.5 8.6 13 8.4 3-.1 4-2 6.5-2 2 0 3 .9 4.5 1.6",
    }
}

/// Draws the tide line in its mood's colour.
#[component]
pub fn TideLine(
    #[prop(into)] mood: Signal<MoodWord>,
    #[prop(into)] trend: Signal<MoodTrend>,
    #[prop(default = 28)] width_px: u32,
) -> impl IntoView {
    let path = move || match mood.get() {
        MoodWord::Unknown => "M2 7h24",
        _ => tide_path(trend.get()),
    };
    let dash = move || (mood.get() == MoodWord::Unknown).then_some("0.1 4.7");
    view! {
        <svg
            class=move || format!("tide {}", mood_class(mood.get()))
            width=width_px
            height=width_px / 2
            viewBox="0 0 28 14"
            aria-hidden="true"
            focusable="false"
        >
            <path d=path stroke-dasharray=dash />
        </svg>
    }
}
