//! The form of the page: per field what stands there, what would stand there, and why. The agent ticks, confirms once, and
//! can take it all back; nothing is saved or sent (R7).

use std::collections::HashMap;

use domain::form::{FillDone, FillProposal, FillView};
use domain::wire::Command;
use leptos::prelude::*;

use super::lines::after_a_while;
use super::unfold::Unfold;
use super::{Face, send, sentences, words};
use crate::shared::icons::{Icon, IconView};

/// More than this fold behind a count.
const FIRST: usize = 5;

#[component]
pub fn FillForm(face: Face) -> impl IntoView {
    let fill = face.part(|scene| scene.conversation.as_ref().and_then(|view| view.fill.clone()));
    let proposals = Memo::new(move |_| fill.get().map(|fill| fill.proposals).unwrap_or_default());
    // That it was taken back is no news for long.
    let passed = RwSignal::new(None::<FillDone>);
    let done = Memo::new(move |_| fill.get().and_then(|fill| fill.done).filter(|done| passed.get() != Some(*done)));
    Effect::new(move |_| match done.get() {
        Some(done) if done.undone => after_a_while(move || passed.set(Some(done))),
        Some(_) => passed.set(None),
        None => {}
    });
    let busy = Memo::new(move |_| fill.get().is_some_and(|fill| fill.busy));
    let shown = Memo::new(move |_| fill.read().is_some() && !face.engine.get().is_off());
    // What the agent ticked or unticked, over what the brain would; for as long as this conversation is drawn.
    let chosen = RwSignal::new(HashMap::<String, bool>::new());
    let is_ticked = move |proposal: &FillProposal| chosen.read().get(&proposal.key).copied().unwrap_or(proposal.ticked);
    let keys = Memo::new(move |_| {
        let ticked = proposals.get().into_iter().filter(is_ticked);
        ticked.map(|proposal| proposal.key).collect::<Vec<_>>()
    });
    let all = RwSignal::new(false);
    let listed = Memo::new(move |_| {
        let shown = if all.get() { usize::MAX } else { FIRST };
        proposals.get().into_iter().take(shown).map(|proposal| proposal.key).collect::<Vec<_>>()
    });
    let folded = move || proposals.read().len().saturating_sub(FIRST);
    let idle = move || busy.get() || keys.read().is_empty();
    let confirm = move |_| {
        if !idle() {
            face.said.set(None);
            send(Command::Fill { keys: keys.get_untracked() });
        }
    };
    let title = move || words::FILL_FORM.of(face.locale.get());
    let said = move || done.get().map(|done| sentences::filled(done, face.locale.get()));
    let saves_itself = move || {
        let warns = fill.get().is_some_and(|fill: FillView| fill.saves_itself && !fill.proposals.is_empty());
        warns.then(|| view! { <p class="meta">{words::SAVES_ITSELF.of(face.locale.get())}</p> })
    };
    view! {
        <span class="sr-only" role="status" aria-live="polite">{said}</span>
        <Show when=move || shown.get()>
            <section class="fill" aria-label=title>
                <h2 class="label">{title}</h2>
                {move || done.get().map(|done| view! { <Done face done busy /> })}
                <Show when=move || !proposals.read().is_empty()>
                    <ul class="fill-list">
                        <For
                            each=move || listed.get()
                            key=String::clone
                            children=move |key| {
                                let proposal = Memo::new(move |before: Option<&Option<FillProposal>>| {
                                    let now = proposals.read().iter().find(|proposal| proposal.key == key).cloned();
                                    now.or_else(|| before.cloned().flatten())
                                });
                                move || proposal.get().map(|proposal| {
                                    let ticked = is_ticked(&proposal);
                                    view! { <Row face proposal ticked chosen busy /> }
                                })
                            }
                        />
                    </ul>
                    {saves_itself}
                    <div class="fill-foot">
                        <Show when=move || folded() != 0>
                            <Unfold face all folded />
                        </Show>
                        <button
                            class="insert fill-confirm"
                            class:first=move || !idle()
                            type="button"
                            aria-disabled=move || idle().then_some("true")
                            aria-busy=move || busy.get().then_some("true")
                            on:click=confirm
                        >
                            <IconView icon=Icon::Insert />
                            {move || sentences::fill_count(keys.read().len(), face.locale.get())}
                        </button>
                    </div>
                </Show>
            </section>
        </Show>
    }
}

/// One field: tick, name, old and new; the reason on pointing and for who listens, a caution or what went wrong below.
#[component]
fn Row(
    face: Face,
    proposal: FillProposal,
    ticked: bool,
    chosen: RwSignal<HashMap<String, bool>>,
    busy: Memo<bool>,
) -> impl IntoView {
    let locale = face.locale.get();
    let FillProposal { key, label, old, new, source, score, caution, refused, .. } = proposal;
    let why = sentences::fill_source(&source, score, locale);
    let id = format!("fill-why-{}", key.replace(|c: char| !c.is_alphanumeric(), "-"));
    let note = match (refused, caution) {
        (Some(outcome), _) => Some((sentences::fill_refused(outcome), true)),
        (None, Some(caution)) => Some((sentences::fill_caution(caution), false)),
        (None, None) => None,
    };
    let note = note.map(|(word, wrong)| view! { <span class="fill-note" class:wrong=wrong>{word.of(locale)}</span> });
    let before = (!old.is_empty()).then(|| {
        view! {
            <del class="fill-old"><span class="sr-only">{words::FROM.of(locale)}" "</span>{old.clone()}</del>
            <span class="meta" aria-hidden="true">"→"</span>
        }
    });
    let toggle = move |event: leptos::ev::Event| {
        let on = event_target_checked(&event);
        chosen.update(|chosen| {
            chosen.insert(key.clone(), on);
        });
    };
    view! {
        <li>
            <label class="fill-row" title=why.clone()>
                <input type="checkbox" prop:checked=ticked aria-describedby=id.clone() disabled=move || busy.get() on:change=toggle />
                <span class="fill-label meta">{label}</span>
                <span class="fill-change">
                    {before}
                    <ins class="fill-new"><span class="sr-only">{words::TO.of(locale)}" "</span>{new}</ins>
                </span>
            </label>
            <p class="fill-why meta" id=id>{note}<span class="sr-only">" "{why}</span></p>
        </li>
    }
}

/// What was filled, and the way back.
#[component]
fn Done(face: Face, done: FillDone, busy: Memo<bool>) -> impl IntoView {
    let undo = move |_| {
        if !busy.get_untracked() {
            send(Command::UndoFill);
            super::frame::focus_home();
        }
    };
    view! {
        <p class="fill-done">
            <Show when=move || { done.filled > 0 }>
                <IconView icon=Icon::Check />
            </Show>
            <span>{move || sentences::filled(done, face.locale.get())}</span>
            <Show when=move || { !done.undone && done.filled > 0 }>
                <button class="quiet" type="button" on:click=undo>
                    <IconView icon=Icon::Undo />
                    {move || words::UNDO.of(face.locale.get())}
                </button>
            </Show>
        </p>
    }
}
