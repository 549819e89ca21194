//! Something fetched for a page: pending, failed or there, and fetched again when the stream comes back or time passes.

use std::future::Future;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api::Failure;
use super::live::{Link, use_live};
use super::parts::{Failed, Skeleton};
use super::session::{Session, use_session};

/// A page's figures are fetched again this often while it is looked at.
const AGAIN: Duration = Duration::from_secs(15);

pub struct Fetched<T: Send + Sync + 'static> {
    value: RwSignal<Option<T>>,
    failure: RwSignal<Option<Failure>>,
    /// Each change asks again; answers to earlier questions are dropped.
    asked: RwSignal<u32>,
}

impl<T: Send + Sync + 'static> Clone for Fetched<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Fetched<T> {}

impl<T: Clone + PartialEq + Send + Sync + 'static> Fetched<T> {
    /// Fetches now, after each reconnection, and every 15 s while the page is in view.
    pub fn start<F: Future<Output = Result<T, Failure>> + 'static>(fetch: impl Fn() -> F + 'static) -> Self {
        let fetched = Self { value: RwSignal::new(None), failure: RwSignal::new(None), asked: RwSignal::new(0) };
        let (live, session) = (use_live(), use_session());
        Effect::new(move || {
            let (asked, _) = (fetched.asked.get(), live.refreshed());
            let answer = fetch();
            spawn_local(async move {
                let answer = answer.await;
                if fetched.asked.try_get_untracked() == Some(asked) {
                    fetched.take(answer, session);
                }
            });
        });
        if let Ok(handle) = set_interval_with_handle(
            move || {
                if !document().hidden() && live.link_untracked() == Link::Up {
                    fetched.again();
                }
            },
            AGAIN,
        ) {
            on_cleanup(move || handle.clear());
        }
        fetched
    }

    fn take(self, answer: Result<T, Failure>, session: Session) {
        match answer {
            Ok(value) => {
                self.failure.try_set(None);
                if self.value.try_with_untracked(|known| known.as_ref() != Some(&value)) == Some(true) {
                    self.value.try_set(Some(value));
                }
            }
            Err(Failure::SignedOut) => session.ended(),
            Err(failure) => {
                self.failure.try_set(Some(failure));
            }
        }
    }

    /// Looks at what is there, without waiting for it; reactive.
    pub fn known<U>(self, look: impl FnOnce(&T) -> U) -> Option<U> {
        self.value.with(|value| value.as_ref().map(look))
    }

    /// Asks again after a failure, which goes.
    fn retry(self) {
        self.failure.set(None);
        self.again();
    }

    pub fn again(self) {
        self.asked.try_update(|asked| *asked += 1);
    }
}

/// Draws what was fetched: a skeleton before, a failure with a way on, then the thing itself, which stays when a later
/// fetch fails.
pub fn loaded<T, V>(fetched: Fetched<T>, draw: impl Fn(Signal<T>) -> V + Send + Sync + 'static) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let there = Memo::new(move |_| fetched.value.with(Option::is_some));
    let value = Signal::derive(move || fetched.value.get().expect("drawn only once it is there"));
    move || {
        if there.get() {
            return draw(value).into_any();
        }
        let waiting = move || match fetched.failure.get() {
            None => view! { <Skeleton /> }.into_any(),
            Some(failure) => view! { <Failed failure=failure retry=move || fetched.retry() /> }.into_any(),
        };
        waiting.into_any()
    }
}
