//! The menu behind "change…": the next best classes first, then all of them, with a search in both languages.
//!
//! A combobox over a listbox (ARIA Authoring Practices): the focus stays in the search, arrow keys move the choice.

use domain::intent::{CATEGORIES, Category};
use domain::wire::{IntentView, Locale};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{Face, words};
use crate::shared::words::{intent_name, percent, word};

/// One line of the menu.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    pub label: String,
    pub name: String,
    /// Present for what the model thought of.
    score: Option<f32>,
}

#[component]
pub fn Chooser(
    face: Face,
    intent: Signal<IntentView>,
    on_choose: impl Fn(String) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let query = RwSignal::new(String::new());
    let active = RwSignal::new(0_usize);
    let choices = Memo::new(move |_| choices(&intent.read(), &query.read(), face.locale.get()));
    let search = NodeRef::<html::Input>::new();
    let list = NodeRef::<html::Ul>::new();
    Effect::new(move |_| {
        if let Some(search) = search.get() {
            let _ = search.focus();
        }
    });
    let choose = move |index: usize| {
        if let Some(choice) = choices.read_untracked().get(index) {
            on_choose(choice.label.clone());
        }
    };
    let key = move |event: leptos::ev::KeyboardEvent| {
        let last = choices.read_untracked().len().saturating_sub(1);
        let here = active.get_untracked().min(last);
        // Enter that ends a composed Chinese word is not a choice.
        let next = match event.key().as_str() {
            _ if event.is_composing() => return,
            "ArrowDown" => (here + 1).min(last),
            "ArrowUp" => here.saturating_sub(1),
            "Enter" => {
                event.prevent_default();
                return choose(here);
            }
            _ => return,
        };
        event.prevent_default();
        active.set(next);
        if let Some(list) = list.get_untracked() {
            keep_in_view(&list, next);
        }
    };
    let options = move || {
        let locale = face.locale.get();
        choices
            .get()
            .into_iter()
            .enumerate()
            .map(|(index, choice)| {
                view! {
                    <li
                        id=format!("choice-{index}")
                        role="option"
                        aria-selected=move || (active.get() == index).to_string()
                        on:mouseenter=move |_| active.set(index)
                        on:mousedown=|event| event.prevent_default()
                        on:click=move |_| choose(index)
                    >
                        <span>{choice.name}</span>
                        {choice.score.map(|score| view! { <span class="meta">{percent(score, locale)}</span> })}
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <div class="chooser" id="chooser">
            <input
                node_ref=search
                type="text"
                role="combobox"
                autocomplete="off"
                spellcheck="false"
                aria-expanded="true"
                aria-autocomplete="list"
                aria-controls="choices"
                aria-activedescendant=move || format!("choice-{}", active.get())
                aria-label=move || words::SEARCH.of(face.locale.get())
                placeholder=move || words::SEARCH.of(face.locale.get())
                prop:value=move || query.get()
                on:input=move |event| {
                    query.set(event_target_value(&event));
                    active.set(0);
                }
                on:keydown=key
            />
            <ul node_ref=list id="choices" role="listbox" tabindex="-1" aria-label=move || words::CATEGORIES.of(face.locale.get())>
                {options}
            </ul>
            <Show when=move || choices.read().is_empty()>
                <p class="meta" role="status">{words::NO_MATCH.of(face.locale.get())}</p>
            </Show>
            <p class="meta">{move || words::TIERS.of(face.locale.get())}</p>
        </div>
    }
}

/// What the model thought of next, for a correction in one click (R14).
pub fn next_best(intent: &IntentView, locale: Locale) -> Vec<Choice> {
    choices(intent, "", locale).into_iter().take_while(|choice| choice.score.is_some()).take(2).collect()
}

/// What matches, in order: the model's own thoughts by score, then the taxonomy's order. The class that holds now is
/// left out, as it is no change.
fn choices(intent: &IntentView, query: &str, locale: Locale) -> Vec<Choice> {
    let silent = intent.tier == domain::Tier::Silent && !intent.corrected;
    let own = silent.then_some((intent.label.as_str(), intent.score));
    let thoughts: Vec<(&str, f32)> = own
        .into_iter()
        .chain(intent.alternatives.iter().map(|scored| (scored.label.as_str(), scored.score)))
        .filter(|&(label, _)| (silent || label != intent.label) && domain::intent::find(label).is_some())
        .collect();
    let thought_of = |id: &str| thoughts.iter().any(|&(label, _)| label == id);
    let needle = query.trim().to_lowercase();
    let rest = CATEGORIES.iter().filter(|category| (silent || category.id != intent.label) && !thought_of(category.id));
    thoughts
        .iter()
        .filter_map(|&(label, score)| Some((domain::intent::find(label)?, Some(score))))
        .chain(rest.map(|category| (category, None)))
        .filter(|(category, _)| matches(category, &needle))
        .map(|(category, score)| Choice { label: category.id.into(), name: intent_name(category.id, locale), score })
        .collect()
}

/// Every word of the search stands in the Chinese name, the English name or the id.
fn matches(category: &Category, needle: &str) -> bool {
    let all = word(category.en, category.zh);
    let hay = format!("{} {} {}", all.en.to_lowercase(), all.zh, category.id);
    needle.split_whitespace().all(|part| hay.contains(part))
}

/// Scrolls the list alone; `scrollIntoView` would move the panel too.
fn keep_in_view(list: &web_sys::HtmlUListElement, index: usize) {
    let Some(option) = list.children().item(index as u32) else { return };
    let option: web_sys::HtmlElement = option.unchecked_into();
    let (top, bottom) = (option.offset_top(), option.offset_top() + option.offset_height());
    if top < list.scroll_top() {
        list.set_scroll_top(top);
    } else if bottom > list.scroll_top() + list.client_height() {
        list.set_scroll_top(bottom - list.client_height());
    }
}

#[cfg(test)]
mod tests {
    use domain::{Lang, Scored, Tier};

    use super::*;

    fn intent(tier: Tier) -> IntentView {
        let scored = |label: &str, score| Scored { label: label.into(), score };
        IntentView {
            message_id: "m".into(),
            label: "refund_status".into(),
            score: 0.6,
            tier,
            alternatives: vec![scored("refund_request", 0.2), scored("complaint", 0.1), scored("unknown", 0.1)],
            corrected: false,
            lang: Lang::En,
        }
    }

    fn labels(intent: &IntentView, query: &str) -> Vec<String> {
        choices(intent, query, Locale::Zh).into_iter().map(|choice| choice.label).collect()
    }

    #[test]
    fn thoughts_come_first_and_nothing_comes_twice() {
        let offered = labels(&intent(Tier::Offered), "");
        assert_eq!(offered[..3], ["refund_request", "complaint", "order_status"]);
        assert_eq!(offered.len(), CATEGORIES.len() - 1);
        let silent = labels(&intent(Tier::Silent), "");
        assert_eq!(silent[..2], ["refund_status", "refund_request"]);
        assert_eq!(silent.len(), CATEGORIES.len());
    }

    #[test]
    fn the_next_best_are_the_models_own_thoughts() {
        let names = |tier| next_best(&intent(tier), Locale::En).into_iter().map(|c| c.label).collect::<Vec<_>>();
        assert_eq!(names(Tier::Offered), ["refund_request", "complaint"]);
        assert_eq!(names(Tier::Silent), ["refund_status", "refund_request"]);
    }

    #[test]
    fn search_reads_both_languages() {
        let check = |query, expected: &[&str]| assert_eq!(labels(&intent(Tier::Offered), query), expected, "{query}");
        check("发票", &["invoice_receipt"]);
        check(" INVOICE ", &["invoice_receipt"]);
        check("address delivery", &["address_change"]);
        check("zzz", &[]);
    }
}
