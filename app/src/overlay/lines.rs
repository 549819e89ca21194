//! The quiet lines: what was just done, what is shared, what is off; and the same for those who listen.

use domain::wire::{Command, Notice, OwnModelState};
use leptos::prelude::*;

use super::shield::card_of;
use super::state::{Engine, Off};
use super::timeline::view_of;
use super::{Face, js_now_ms, send, sentences, words};
use crate::shared::icons::{Icon, IconView};
use crate::shared::own_model::own_model_fault;
use crate::shared::words::{Word, mood_now};

/// How long a notice of something done stays.
const NOTICE_MS: u64 = 6_000;

/// Live regions, outside pill and panel so that they outlast both. Notices of something done go by themselves.
#[component]
pub fn Announcements(face: Face) -> impl IntoView {
    let mood = face.part(|scene| {
        let view = scene.conversation.as_ref()?;
        Some(mood_now(view.mood.word, view.mood.trend).of(scene.locale))
    });
    let alert = face.part(|scene| {
        let alert = scene.conversation.as_ref()?.alert.as_ref()?;
        Some(sentences::alert(alert, &scene.sync, scene.locale))
    });
    let notice = face.part(|scene| scene.notice);
    Effect::new(move |_| {
        if notice.get().is_some_and(sentences::passes) {
            after_a_while(|| send(Command::DismissNotice));
        }
    });
    let noticed = move || notice.get().map(|notice| sentences::notice(notice).of(face.locale.get()));
    let rest = face.part(|scene| {
        let prompt = scene.care.prompt.as_ref()?;
        Some(format!(
            "{}. {}",
            sentences::since_break(&scene.care, scene.locale),
            sentences::take_break(prompt.minutes, scene.locale)
        ))
    });
    // Said once: the minutes that pass are no news.
    let offered = face.part(|scene| view_of(scene)?.offer.as_ref().map(|other| (other.id.clone(), scene.locale)));
    let offer = move || {
        let (_, locale) = offered.get()?;
        face.scene.with_untracked(|scene| {
            let other = view_of(scene)?.offer.as_ref()?;
            Some(sentences::also_wrote(other, &scene.labels, js_now_ms(), locale))
        })
    };
    let shield = face.part(|scene| card_of(scene).map(|card| sentences::met(card.kind).of(scene.locale)));
    let engine = move || match face.engine.get() {
        Engine::Off(off) => Some(sentences::engine_line(off).of(face.locale.get())),
        _ => None,
    };
    view! {
        <div class="sr-only" role="status" aria-live="polite" aria-atomic="false">
            <p>{engine}</p>
            <p>{alert}</p>
            <p>{shield}</p>
            <p>{noticed}</p>
            <p>{offer}</p>
            <p>{mood}</p>
            <p>{rest}</p>
        </div>
    }
}

/// "Shared with your supervisor, because …" (R2).
#[component]
pub fn AlertLine(face: Face) -> impl IntoView {
    let said = face.part(|scene| {
        let alert = scene.conversation.as_ref()?.alert.as_ref()?;
        Some(sentences::alert(alert, &scene.sync, scene.locale))
    });
    move || {
        said.get().map(|said| {
            view! {
                <p class="line alert-line">
                    <IconView icon=Icon::Alert />
                    <span>{said}</span>
                </p>
            }
        })
    }
}

/// The team's own model does not work here, and why; ours does.
#[component]
pub fn OwnModelLine(face: Face) -> impl IntoView {
    let fault = face.part(|scene| match &scene.own_model.as_ref()?.state {
        OwnModelState::Failed { fault } => Some(own_model_fault(fault, scene.locale)),
        _ => None,
    });
    move || {
        fault.get().map(|fault| {
            view! { <p class="line off-line" title=fault>{words::OWN_MODEL_OFF.of(face.locale.get())}</p> }
        })
    }
}

/// What is off or not there yet, what is safe, and the one thing to do.
#[component]
pub fn EngineLine(face: Face) -> impl IntoView {
    let line = move || {
        let locale = face.locale.get();
        match face.engine.get() {
            Engine::Ready => ().into_any(),
            Engine::Starting => view! { <p class="line">{words::GETTING_READY.of(locale)}</p> }.into_any(),
            Engine::Loading(progress) => view! {
                <div class="line loading">
                    <p>{words::GETTING_READY.of(locale)}</p>
                    <progress max="1" value=progress aria-label=words::LOADING.of(locale)></progress>
                </div>
            }
            .into_any(),
            Engine::Off(off) => view! {
                <p class="line off-line">
                    <span>{sentences::engine_line(off).of(locale)}</span>
                    <Show when=move || matches!(off, Off::Engine(_))>
                        <button class="quiet strong" type="button" on:click=|_| send(Command::RestartEngine)>
                            <IconView icon=Icon::Restart />
                            {move || words::RESTART.of(face.locale.get())}
                        </button>
                    </Show>
                </p>
            }
            .into_any(),
        }
    };
    view! { {line} }
}

#[component]
pub fn SyncLine(face: Face) -> impl IntoView {
    let said = face.part(|scene| sentences::sync_line(&scene.sync, scene.locale));
    move || said.get().map(|said| view! { <p class="line meta-line">{said}</p> })
}

/// What happened in the overlay itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// Goes by itself.
    Done(Word),
    /// Stays until it is dismissed or something else happens.
    Failed(Word),
}

impl Said {
    fn word(self) -> Word {
        match self {
            Self::Done(word) | Self::Failed(word) => word,
        }
    }
}

/// What was just done or did not work: by the brain, or here.
#[component]
pub fn NoticeLine(face: Face) -> impl IntoView {
    let here = face.said;
    let notice = face.part(|scene| scene.notice);
    Effect::new(move |_| {
        if matches!(here.get(), Some(Said::Done(_))) {
            after_a_while(move || here.set(None));
        }
    });
    Effect::new(move |before: Option<Option<Notice>>| {
        let now = notice.get();
        if now.is_some() && before.is_some_and(|before| before != now) {
            here.set(None);
        }
        now
    });
    let dismiss = move |_| {
        if here.get_untracked().is_some() {
            here.set(None);
        } else {
            send(Command::DismissNotice);
        }
    };
    let line = move || {
        let locale = face.locale.get();
        let (said, done) = match (here.get(), notice.get()) {
            (Some(said), _) => (said.word().of(locale), matches!(said, Said::Done(_))),
            (None, Some(notice)) => (sentences::notice(notice).of(locale), sentences::passes(notice)),
            (None, None) => return None,
        };
        Some(view! {
            <p class="line notice-line">
                <Show when=move || done>
                    <IconView icon=Icon::Check />
                </Show>
                <span>{said}</span>
                <button
                    class="icon-button"
                    type="button"
                    aria-label=words::DISMISS.of(locale)
                    title=words::DISMISS.of(locale)
                    on:click=dismiss
                >
                    <IconView icon=Icon::Close />
                </button>
            </p>
        })
    };
    // What is said here and nowhere else; the brain's notices are announced above.
    let said = move || here.get().map(|said| said.word().of(face.locale.get()));
    view! {
        <span class="sr-only" role="status" aria-live="polite">{said}</span>
        {line}
    }
}

/// Runs unless what it belongs to changes first.
pub fn after_a_while(run: impl FnOnce() + 'static) {
    if let Ok(timer) = set_timeout_with_handle(run, std::time::Duration::from_millis(NOTICE_MS)) {
        on_cleanup(move || timer.clear());
    }
}
