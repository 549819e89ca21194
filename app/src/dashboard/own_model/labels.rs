//! What each label of the model stands for: a class that every desk has, or one of the team's own.

use domain::intent::{CATEGORIES, find};
use domain::own_model::OwnLabel;
use domain::wire::Locale;
use leptos::prelude::*;

use super::{say, use_prefs};

/// A select per label.
#[component]
pub fn Mapping(labels: RwSignal<Vec<OwnLabel>>) -> impl IntoView {
    let prefs = use_prefs();
    let count = labels.read_untracked().len();
    let row = move |nth: usize| {
        let name = labels.read_untracked()[nth].name.clone();
        let class = move || labels.read()[nth].class.clone().unwrap_or_default();
        let choose = move |event| {
            let chosen = event_target_value(&event);
            labels.update(|labels| labels[nth].class = (!chosen.is_empty()).then_some(chosen));
        };
        let id = format!("own-label-{nth}");
        let options = CATEGORIES.iter().map(|category| {
            let word = move || if prefs.locale() == Locale::Zh { category.zh } else { category.en };
            view! { <option value=category.id selected=move || class() == category.id>{word}</option> }
        });
        view! {
            <li class="field">
                <label for=id.clone()>{name}</label>
                <select id=id on:change=choose>
                    <option value="" selected=move || class().is_empty()>{say(|w| w.own_model_own_label)}</option>
                    {options.collect_view()}
                </select>
            </li>
        }
    };
    view! {
        <h3>{say(|w| w.own_model_mapping)}</h3>
        <p class="hint">{say(|w| w.own_model_mapping_hint)}</p>
        <ul class="own-model-labels">{(0..count).map(row).collect_view()}</ul>
    }
}

/// A class by its name; none is the team's own.
pub fn class_words(locale: Locale, class: Option<&str>) -> &'static str {
    match class.and_then(find) {
        Some(category) if locale == Locale::Zh => category.zh,
        Some(category) => category.en,
        None => crate::dashboard::words::words(locale).own_model_own_label,
    }
}
