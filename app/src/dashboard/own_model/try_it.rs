//! One message for the model that was chosen, before the team gets it.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::trial::Trial;
use super::{own_model_fault, say, sentence, use_prefs};
use crate::shared::words::percent;

/// Of the labels, the likeliest.
const MOST_SHOWN: usize = 5;

/// A message, and what the model makes of it.
#[component]
pub fn TryIt(trial: StoredValue<Option<Trial>, LocalStorage>, names: Vec<String>) -> impl IntoView {
    let prefs = use_prefs();
    let text = RwSignal::new(String::new());
    let told = RwSignal::new(None);
    let names = StoredValue::new(names);
    let ask = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let message = text.get_untracked();
        let asked = trial.try_update_value(|trial| trial.as_mut().map(|trial| trial.classify(&message))).flatten();
        let Some(asked) = asked.filter(|_| !message.trim().is_empty()) else { return };
        spawn_local(async move {
            let reading = asked.reading().await;
            told.try_set(Some(reading));
        });
    };
    let answer = move || match told.get()? {
        Err(fault) => Some(view! { <p class="trouble">{own_model_fault(&fault, prefs.locale())}</p> }.into_any()),
        Ok(reading) => {
            let mut scored: Vec<(String, f32)> = names.get_value().into_iter().zip(reading.scores).collect();
            scored.sort_by(|a, b| b.1.total_cmp(&a.1));
            let rows = scored.into_iter().take(MOST_SHOWN).map(|(name, score)| {
                view! { <li><span>{name}</span><span class="numbers">{percent(score, prefs.locale())}</span></li> }
            });
            Some(
                view! {
                    <ol class="own-model-scores">{rows.collect_view()}</ol>
                    <p class="meta">{sentence::own_model_took(prefs.locale(), reading.ms)}</p>
                }
                .into_any(),
            )
        }
    };
    view! {
        <form class="row-form own-model-try" on:submit=ask>
            <div class="field">
                <label for="own-model-text">{say(|w| w.own_model_try)}</label>
                <input
                    id="own-model-text"
                    type="text"
                    autocomplete="off"
                    placeholder=say(|w| w.own_model_try_sample)
                    prop:value=move || text.get()
                    on:input=move |event| text.set(event_target_value(&event))
                />
            </div>
            <button type="submit" class="button">{say(|w| w.own_model_try_button)}</button>
        </form>
        <div role="status">{answer}</div>
    }
}
