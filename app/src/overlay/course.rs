//! The course of the mood: a line with one dot for each customer message. Pointing at a dot, or walking to it with the
//! arrow keys, shows the words that carried it.

use domain::abuse::AbuseKind;
use domain::wire::{Locale, MoodPoint};
use leptos::prelude::*;

use super::{Face, words};
use crate::shared::course::{CourseLine, MARGIN_PX};
use crate::shared::words::{abuse_name, channel_name, mood_name, mood_of_score, word};

/// As many as keep their targets 24 px wide.
const MOST_DOTS: usize = 12;
const WIDTH_PX: u32 = 304;
const HEIGHT_PX: u32 = 40;

/// The newest points of the course.
#[component]
pub fn Course(face: Face) -> impl IntoView {
    let points = face.part(|scene| {
        let course = scene.conversation.as_ref().map(|view| view.mood.course.as_slice()).unwrap_or_default();
        course[course.len().saturating_sub(MOST_DOTS)..].to_vec()
    });
    let messages: Memo<usize> =
        face.part(|scene| scene.conversation.as_ref().map_or(0, |view| view.mood.customer_messages as usize));
    // Of all the customer's messages, those before the first that has a dot.
    let earlier = move || messages.get().saturating_sub(points.read().len());
    let scores = Memo::new(move |_| points.with(|points| points.iter().map(|point| point.score).collect::<Vec<f32>>()));
    let shown = RwSignal::new(None::<usize>);
    // Messages whose covered words the agent wants to see.
    let uncovered = RwSignal::new(Vec::<String>::new());
    // The one dot that Tab reaches; the newest until the agent walks elsewhere.
    let at = RwSignal::new(None::<usize>);
    let reached =
        move || at.get().filter(|&index| index < points.read().len()).unwrap_or(points.read().len().saturating_sub(1));
    let walk = move |event: leptos::ev::KeyboardEvent| {
        let last = points.read_untracked().len().saturating_sub(1);
        let here = at.get_untracked().unwrap_or(last).min(last);
        let Some(next) = step(&event.key(), here, last) else { return };
        event.prevent_default();
        at.set(Some(next));
        focus_dot(next);
    };
    let dots = move || {
        let locale = face.locale.get();
        let points = points.get();
        let count = points.len();
        points
            .into_iter()
            .enumerate()
            .map(|(index, point)| {
                let (left, width) = column(index, count);
                let id = point.message_id.clone();
                let name = move || {
                    dot_name(earlier() + index, messages.get(), &point, is_covered(&point, &uncovered.read()), locale)
                };
                view! {
                    <button
                        class="dot"
                        type="button"
                        data-dot=index
                        style:left=format!("{left:.2}%")
                        style:width=format!("{width:.2}%")
                        tabindex=move || if reached() == index { "0" } else { "-1" }
                        aria-label=name
                        on:click=move |_| {
                            if !uncovered.read_untracked().contains(&id) {
                                uncovered.write().push(id.clone());
                            }
                        }
                        on:mouseenter=move |_| shown.set(Some(index))
                        on:mouseleave=move |_| shown.set(None)
                        on:focus=move |_| {
                            at.set(Some(index));
                            shown.set(Some(index));
                        }
                        on:blur=move |_| shown.set(None)
                    />
                }
            })
            .collect_view()
    };
    let words = move || {
        let index = shown.get()?;
        let point = points.read().get(index)?.clone();
        let mood = mood_of_score(point.score);
        let covered = is_covered(&point, &uncovered.read());
        let said = if covered { words::COVERED_DOT.of(face.locale.get()).into() } else { point.excerpt };
        Some(view! {
            <div class="excerpt" aria-hidden="true">
                <span class="meta">
                    {place(earlier() + index, messages.get(), face.locale.get())} " · " {mood_name(mood).of(face.locale.get())}
                    {point.channel.map(|channel| format!(" · {}", channel_name(channel).of(face.locale.get())))}
                    {point.abuse.map(|kind| format!(" · {}", abuse_name(kind).of(face.locale.get())))}
                </span>
                <p dir="auto" class:nothing=covered>{said}</p>
                <span class="meta">{words::author_reason(&point.why).map(|why| why.of(face.locale.get()))}</span>
            </div>
        })
    };
    view! {
        <div class="course" role="group" aria-label=move || words::COURSE.of(face.locale.get()) on:keydown=walk>
            <CourseLine scores width_px=WIDTH_PX height_px=HEIGHT_PX />
            {dots}
            {words}
        </div>
    }
}

/// Left edge and width of a dot's target, in percent of the line's width.
fn column(index: usize, count: usize) -> (f32, f32) {
    let margin = 100.0 * MARGIN_PX / WIDTH_PX as f32;
    let last = count.saturating_sub(1);
    let gap = (100.0 - 2.0 * margin) / last.max(1) as f32;
    let width = gap.min(16.0);
    let centre = if last == 0 { 100.0 - margin } else { margin + index as f32 * gap };
    let left = (centre - width / 2.0).clamp(0.0, 100.0 - width);
    (left, width)
}

fn step(key: &str, here: usize, last: usize) -> Option<usize> {
    match key {
        "ArrowLeft" => Some(here.saturating_sub(1)),
        "ArrowRight" => Some((here + 1).min(last)),
        "Home" => Some(0),
        "End" => Some(last),
        _ => None,
    }
}

fn place(index: usize, count: usize, locale: Locale) -> String {
    format!("{}{}{}", index + 1, word(" of ", " / ").of(locale), count)
}

/// Words done to the agent are shown on request.
fn is_covered(point: &MoodPoint, uncovered: &[String]) -> bool {
    point.abuse.is_some_and(AbuseKind::is_at_agent) && !uncovered.contains(&point.message_id)
}

fn dot_name(index: usize, count: usize, point: &MoodPoint, covered: bool, locale: Locale) -> String {
    let mood = mood_name(mood_of_score(point.score)).of(locale);
    let place = place(index, count, locale);
    let why = words::author_reason(&point.why).map_or("", |why| why.of(locale));
    let mood = match point.channel {
        Some(channel) => format!("{}, {mood}", channel_name(channel).of(locale)),
        None => mood.to_owned(),
    };
    let mood = match point.abuse {
        Some(kind) => format!("{mood}{}{}", word(", ", "，").of(locale), abuse_name(kind).of(locale)),
        None => mood,
    };
    let said = if covered { words::COVERED_DOT.of(locale) } else { &point.excerpt };
    let said = said.trim_end_matches(['.', '。']);
    match locale {
        Locale::En => format!("Message {place}, {mood}: {said}. {why}"),
        Locale::Zh => format!("第 {place} 条，{mood}：{said}。{why}"),
    }
}

fn focus_dot(index: usize) {
    use wasm_bindgen::JsCast;
    if let Ok(Some(dot)) = document().query_selector(&format!("[data-dot=\"{index}\"]")) {
        let _ = dot.unchecked_into::<web_sys::HtmlElement>().focus();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_stay_on_the_line_and_are_wide_enough() {
        for count in 1..=MOST_DOTS {
            for index in 0..count {
                let (left, width) = column(index, count);
                assert!(left >= 0.0 && left + width <= 100.01, "{index} of {count}: {left} {width}");
                assert!(width / 100.0 * WIDTH_PX as f32 >= 24.0, "{count}: {width}");
            }
        }
    }

    #[test]
    fn words_done_to_the_agent_are_covered_until_asked_for() {
        let point = |abuse| MoodPoint {
            message_id: "1".into(),
            score: -0.9,
            excerpt: "you are useless".into(),
            why: String::new(),
            channel: None,
            abuse,
        };
        let insult = point(Some(AbuseKind::Insult));
        let name = dot_name(0, 2, &insult, is_covered(&insult, &[]), Locale::En);
        assert_eq!(name, "Message 1 of 2, upset, Insult: Words covered. Press the dot to show them. ");
        let name = dot_name(0, 2, &insult, is_covered(&insult, &["1".into()]), Locale::Zh);
        assert!(name.contains("侮辱") && name.contains("you are useless"), "{name}");
        assert!(!is_covered(&point(Some(AbuseKind::ProfanityNotAtAgent)), &[]) && !is_covered(&point(None), &[]));
    }

    #[test]
    fn keys_walk_within_the_course() {
        let check = |key, here, next| assert_eq!(step(key, here, 3), next);
        check("ArrowLeft", 0, Some(0));
        check("ArrowRight", 3, Some(3));
        check("Home", 2, Some(0));
        check("End", 0, Some(3));
        check("x", 1, None);
    }
}
