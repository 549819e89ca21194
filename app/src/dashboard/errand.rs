//! What a reader asks of the server: one thing at a time, its trouble beside it, what came of it under the page's title; and the
//! button that asks before it acts. Knows no page.

use std::future::Future;

use futures_util::future::LocalBoxFuture;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api::Failure;
use super::parts::focus_heading;
use super::prefs::{Prefs, say, use_prefs};
use super::sentence;
use super::session::{Session, use_session};
use super::trouble;
use super::words::Words;
use crate::shared::focus::take_focus;

type Phrase = fn(&'static Words) -> &'static str;

/// One thing at a time that is asked of the server.
#[derive(Clone, Copy)]
pub struct Errand {
    pending: RwSignal<bool>,
    failure: RwSignal<Option<Failure>>,
    session: Session,
}

impl Errand {
    pub fn new() -> Self {
        Self { pending: RwSignal::new(false), failure: RwSignal::new(None), session: use_session() }
    }

    /// Does nothing while another is under way. `done` is for the page that asked: nothing is said and no focus moved on another to
    /// which the reader has gone meanwhile. A lost session shows the sign-in.
    pub fn run<T: 'static>(
        self,
        request: impl Future<Output = Result<T, Failure>> + 'static,
        done: impl FnOnce(T) + 'static,
    ) {
        if self.pending.get_untracked() {
            return;
        }
        self.pending.set(true);
        self.failure.set(None);
        let place = || window().location().pathname().ok();
        let asked_at = place();
        spawn_local(async move {
            let answer = request.await;
            self.pending.try_set(false);
            match answer {
                Ok(value) if place() == asked_at => done(value),
                Ok(_) => {}
                Err(Failure::SignedOut) => self.session.ended(),
                Err(failure) => {
                    self.failure.try_set(Some(failure));
                }
            }
        });
    }

    /// The words of its button; reactive.
    pub fn word(self, rest: Phrase, under_way: Phrase) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
        let prefs = use_prefs();
        move || if self.pending.get() { under_way(prefs.words()) } else { rest(prefs.words()) }
    }

    /// For `aria-disabled` of its button; reactive.
    pub fn busy(self) -> Option<&'static str> {
        self.pending.get().then_some("true")
    }

    pub fn is_pending_untracked(self) -> bool {
        self.pending.get_untracked()
    }

    /// Takes its trouble away.
    pub fn forget(self) {
        self.failure.set(None);
    }
}

/// Why an errand was not done, what is safe, what to do; nothing where all is well.
#[component]
pub fn Trouble(
    errand: Errand,
    /// Something was filled in for it, and is still there.
    #[prop(optional)]
    entered: bool,
    /// What one code of the server means here.
    #[prop(optional)]
    known: Option<(&'static str, Phrase)>,
) -> impl IntoView {
    let prefs = use_prefs();
    let text = move |failure: &Failure| match (failure, known) {
        (Failure::Other { code }, Some((expected, phrase))) if code == expected => phrase(prefs.words()).to_string(),
        _ if entered => trouble::not_done_but_kept(prefs.locale(), failure),
        _ => trouble::not_done(prefs.locale(), failure),
    };
    move || errand.failure.get().map(|failure| view! { <p class="trouble" role="alert">{move || text(&failure)}</p> })
}

/// What came of the reader's last errand. [`super::parts::Heading`] shows it until the page changes or another one is done.
#[derive(Clone, Copy)]
pub struct Told(RwSignal<Option<(Phrase, Option<String>)>>);

impl Told {
    pub fn new() -> Self {
        Self(RwSignal::new(None))
    }

    pub fn say(self, phrase: Phrase, about: Option<String>) {
        self.0.try_set(Some((phrase, about)));
    }

    pub fn clear(self) {
        self.0.try_set(None);
    }

    /// Reactive.
    pub fn text(self, prefs: Prefs) -> Option<String> {
        let (phrase, about) = self.0.get()?;
        let said = phrase(prefs.words());
        Some(about.map_or_else(|| said.to_string(), |about| sentence::named(prefs.locale(), said, &about)))
    }
}

pub fn use_told() -> Told {
    expect_context()
}

/// A button that asks before it acts. Of those that share `asked`, one asks at a time. What is done may take the button away: focus
/// then goes to the page's title.
#[component]
pub fn AskFirst(
    /// Names it among the others.
    key: String,
    asked: RwSignal<Option<String>>,
    word: Phrase,
    question: Phrase,
    /// The button's word is followed by it in its name.
    about: String,
    act: impl Fn() -> LocalBoxFuture<'static, Result<(), Failure>> + Copy + Send + Sync + 'static,
    done: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let (prefs, told, errand) = (use_prefs(), use_told(), Errand::new());
    let (ask, keep) = (NodeRef::<html::Button>::new(), NodeRef::<html::Button>::new());
    let (key, about) = (StoredValue::new(key), StoredValue::new(about));
    let asking = Memo::new(move |_| asked.read().as_ref() == Some(&key.get_value()));
    let back = move || {
        if errand.is_pending_untracked() {
            return;
        }
        asked.set(None);
        request_animation_frame(move || {
            if let Some(button) = ask.try_get_untracked().flatten() {
                let _ = button.focus();
            }
        });
    };
    let go = move |_| {
        errand.run(act(), move |()| {
            asked.try_set(None);
            told.clear();
            done();
            focus_heading();
        });
    };
    take_focus(keep);
    let name = move || sentence::named(prefs.locale(), word(prefs.words()), &about.get_value());
    view! {
        <Show
            when=move || asking.get()
            fallback=move || view! {
                <button type="button" class="button" aria-label=name node_ref=ask on:click=move |_| {
                    errand.forget();
                    asked.set(Some(key.get_value()));
                }>
                    {say(word)}
                </button>
            }
        >
            <div class="confirm" role="group" aria-label=name on:keydown=move |event| if event.key() == "Escape" { back() }>
                <p>{say(question)}</p>
                <button type="button" class="button danger" aria-disabled=move || errand.busy() on:click=go>
                    {errand.word(word, |w| w.under_way)}
                </button>
                <button type="button" class="button" node_ref=keep on:click=move |_| back()>{say(|w| w.keep)}</button>
                <Trouble errand=errand />
            </div>
        </Show>
    }
}
