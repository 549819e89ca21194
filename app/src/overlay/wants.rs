//! What the customer wants: the class, how sure it is, and its one-click correction (C1, R14).

use domain::Tier;
use domain::wire::{Command, IntentView};
use leptos::prelude::*;

use super::chooser::{Chooser, Pick, class_name, next_best};
use super::{Face, frame, send, sentences, words};
use crate::shared::icons::{Icon, IconView};
use crate::shared::words::{percent, tier_name};

#[component]
pub fn Wants(face: Face, choosing: RwSignal<bool>) -> impl IntoView {
    let intent = face.part(|scene| scene.conversation.as_ref().and_then(|view| view.intent.clone()));
    view! {
        <Show when=move || intent.read().is_some()>
            <Class face intent=Signal::derive(move || intent.get().unwrap_or_else(no_intent)) choosing />
        </Show>
    }
}

#[component]
fn Class(face: Face, intent: Signal<IntentView>, choosing: RwSignal<bool>) -> impl IntoView {
    let tier = Memo::new(move |_| intent.with(|view| if view.corrected { Tier::Applied } else { view.tier }));
    let corrected = Memo::new(move |_| intent.with(|view| view.corrected));
    let silent = move || tier.get() == Tier::Silent;
    let label = move || sentences::wants_label(tier.get(), corrected.get()).of(face.locale.get());
    let name = move || {
        let locale = face.locale.get();
        if silent() {
            words::NOT_SURE.of(locale).into()
        } else {
            class_name(&intent.read().label, &face.labels.read(), locale)
        }
    };
    let learned = Memo::new(move |_| intent.with(|view| view.learned));
    let own_model = Memo::new(move |_| intent.with(|view| view.own_model));
    let correct = move |pick: Pick| {
        let message_id = intent.read_untracked().message_id.clone();
        send(match pick {
            Pick::Label(label) => Command::CorrectIntent { message_id, label },
            Pick::New(name) => Command::NameIntent { message_id, name },
        });
        choosing.set(false);
        frame::focus_home();
    };
    let undo = move |_| {
        send(Command::UndoCorrection { message_id: intent.read_untracked().message_id.clone() });
        frame::focus_home();
    };
    let sure = move || {
        let tier = tier.get();
        (!corrected.get() && tier != Tier::Silent)
            .then(|| view! { <Sure face score=Signal::derive(move || intent.read().score) tier /> })
    };
    let unsure = move || !corrected.get() && tier.get() != Tier::Applied && !choosing.get();
    let others = move || {
        let locale = face.locale.get();
        let others = if unsure() { next_best(&intent.read(), &face.labels.read(), locale) } else { Vec::new() };
        (!others.is_empty()).then(|| {
            let buttons = others.into_iter().map(|choice| {
                view! {
                    <button class="chip" type="button" title=choice.name.clone() on:click=move |_| correct(choice.pick.clone())>
                        <span class="chip-value">{choice.name.clone()}</span>
                    </button>
                }
            });
            view! {
                <div class="others">
                    <span class="meta">{move || if silent() { words::MAYBE } else { words::OR }.of(face.locale.get())}</span>
                    {buttons.collect_view()}
                </div>
            }
        })
    };
    let offered = move || !corrected.get() && tier.get() == Tier::Offered;
    view! {
        <section class="wants" aria-label=label>
            <div class="row">
                <span class="label">
                    {label} {sure}
                    <Show when=move || learned.get() && !silent()>
                        <span title=move || words::LEARNED_LONG.of(face.locale.get())>
                            " · " {move || words::LEARNED.of(face.locale.get())}
                        </span>
                    </Show>
                    <Show when=move || own_model.get() && !silent()>
                        <span title=move || words::OWN_MODEL_LONG.of(face.locale.get())>
                            " · " {move || words::OWN_MODEL.of(face.locale.get())}
                        </span>
                    </Show>
                    <Show when=move || corrected.get()>" · " {move || words::SET_BY_YOU.of(face.locale.get())}</Show>
                </span>
                <Show when=move || corrected.get()>
                    <button class="quiet" type="button" on:click=undo>
                        <IconView icon=Icon::Undo />
                        {move || words::UNDO.of(face.locale.get())}
                    </button>
                </Show>
                <Show when=offered>
                    <button
                        class="quiet strong"
                        type="button"
                        aria-label=move || format!("{}: {}", words::CONFIRM.of(face.locale.get()), name())
                        on:click=move |_| correct(Pick::Label(intent.read_untracked().label.clone()))
                    >
                        <IconView icon=Icon::Check />
                        {move || words::CONFIRM.of(face.locale.get())}
                    </button>
                </Show>
                <button
                    class="quiet"
                    type="button"
                    data-choose
                    aria-expanded=move || choosing.get().to_string()
                    aria-controls="chooser"
                    on:click=move |_| choosing.update(|open| *open = !*open)
                >
                    {move || if silent() { words::CHOOSE } else { words::CHANGE }.of(face.locale.get())}
                </button>
            </div>
            <strong class="class-name" class:unsure=silent>{name}</strong>
            {others}
        </section>
        <Show when=move || choosing.get()>
            <Chooser face intent on_choose=correct />
        </Show>
    }
}

/// The share, with its words for whoever points at it or listens.
#[component]
fn Sure(face: Face, score: Signal<f32>, tier: Tier) -> impl IntoView {
    let said = move || tier_name(tier).of(face.locale.get());
    view! {
        <span class="sure" title=said>
            " · "
            {move || percent(score.get(), face.locale.get())}
            <span class="sr-only">{move || words::COMMA.of(face.locale.get())} {said}</span>
        </span>
    }
}

fn no_intent() -> IntentView {
    IntentView {
        message_id: String::new(),
        label: domain::intent::UNKNOWN.into(),
        score: 0.0,
        tier: Tier::Silent,
        alternatives: Vec::new(),
        corrected: false,
        learned: false,
        own_model: false,
        lang: domain::Lang::Unknown,
    }
}
