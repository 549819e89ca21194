//! The living picture: lists fetched from the server, kept current by its stream, with reconnection.
//!
//! Owns the one [`Known`]. Does not know how it is drawn.

use std::pin::pin;
use std::time::Duration;

use domain::record::{ConversationRecord, StreamEvent};
use futures_util::StreamExt;
use futures_util::future::{AbortHandle, Either, abortable, select};
use futures_util::stream::select_all;
use gloo_net::eventsource::futures::EventSource;
use gloo_timers::future::TimeoutFuture;
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api::{self, Failure, Which};
use super::known::{Known, Turn};
use super::moment::now_ms;
use super::prefs::{Prefs, use_prefs};
use super::sentence;
use super::session::{Session, use_session};

/// Alerts are fetched to the end, but not for ever.
const ALERT_PAGES: usize = 10;
/// Waits before the stream is opened again, in milliseconds; the last one repeats.
const BACKOFF_MS: [u32; 6] = [250, 1_000, 2_000, 4_000, 8_000, 15_000];

/// A broken network can leave a stream open that brings nothing: this often the server is asked whether it is there.
const PROOF: Duration = Duration::from_secs(20);
const PROOF_WAIT_MS: u32 = 10_000;
/// How long the first lists wait for the stream.
const LISTS_WAIT_MS: u32 = 1_500;
/// When lists that could not be fetched are asked for again, while the stream is up.
const LISTS_AGAIN_MS: u32 = 5_000;

/// How the stream stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    Connecting,
    Up,
    Down,
}

/// How the first lists stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lists {
    Loading,
    Ready,
    Failed(Failure),
}

#[derive(Clone, Copy)]
pub struct Live {
    known: RwSignal<Known>,
    link: RwSignal<Link>,
    /// When the picture was last known to be current.
    current_at_ms: RwSignal<Option<i64>>,
    lists: RwSignal<Lists>,
    /// Counts refetches, for pages that fetch other things at the same moments.
    refreshed: RwSignal<u32>,
    said: RwSignal<String>,
    follower: StoredValue<Option<AbortHandle>>,
    session: Session,
    prefs: Prefs,
}

impl Live {
    /// Fetches, follows the stream, and stops when the owner goes.
    pub fn start() -> Self {
        let live = Self {
            known: RwSignal::new(Known::default()),
            link: RwSignal::new(Link::Connecting),
            current_at_ms: RwSignal::new(None),
            lists: RwSignal::new(Lists::Loading),
            refreshed: RwSignal::new(0),
            said: RwSignal::new(String::new()),
            follower: StoredValue::new(None),
            session: use_session(),
            prefs: use_prefs(),
        };
        live.reconnect();
        spawn_local(async move {
            // A proxy may hold back the stream's opening; the lists need not wait for it.
            TimeoutFuture::new(LISTS_WAIT_MS).await;
            if live.lists.try_get_untracked() == Some(Lists::Loading) {
                live.refresh();
            }
        });
        let online = window_event_listener(ev::online, move |_| live.reconnect());
        let offline = window_event_listener(ev::offline, move |_| live.lost());
        let proof = set_interval_with_handle(move || live.prove(), PROOF).ok();
        on_cleanup(move || {
            online.remove();
            offline.remove();
            proof.inspect(IntervalHandle::clear);
            live.follower.try_update_value(|follower| follower.take().inspect(AbortHandle::abort));
        });
        live
    }

    /// Opens the stream anew, without waiting for the backoff. Lists that failed are waited for again.
    pub fn reconnect(self) {
        if matches!(self.lists.try_get_untracked(), Some(Lists::Failed(_))) {
            self.lists.try_set(Lists::Loading);
        }
        let (following, handle) = abortable(self.follow());
        self.follower.update_value(|follower| {
            if let Some(previous) = follower.replace(handle) {
                previous.abort();
            }
        });
        spawn_local(async move {
            // Aborted when another follower takes over.
            let _ = following.await;
        });
    }

    /// Asks whether the server is there; without an answer the stream is taken for lost and opened anew.
    fn prove(self) {
        spawn_local(async move {
            let (answer, patience) = (pin!(api::session()), TimeoutFuture::new(PROOF_WAIT_MS));
            match (select(answer, patience).await, self.link.try_get_untracked()) {
                (Either::Left((Ok(_), _)), Some(Link::Up)) => {
                    self.current_at_ms.try_set(Some(now_ms()));
                }
                (Either::Left((Ok(_), _)), Some(Link::Down)) => self.reconnect(),
                (Either::Left((Err(Failure::SignedOut), _)), _) => self.session.ended(),
                (Either::Left((Err(Failure::Away), _)) | Either::Right(_), Some(Link::Up)) => {
                    self.lost();
                    self.reconnect();
                }
                _ => {}
            }
        });
    }

    fn lost(self) {
        self.link.try_set(Link::Down);
    }

    /// All that is known; reactive through [`Memo`]s of the caller.
    pub fn known(self) -> RwSignal<Known> {
        self.known
    }

    pub fn link(self) -> Link {
        self.link.get()
    }

    pub fn link_untracked(self) -> Link {
        self.link.get_untracked()
    }

    pub fn lists(self) -> Lists {
        self.lists.get()
    }

    pub fn current_at_ms(self) -> Option<i64> {
        self.current_at_ms.get()
    }

    /// Changes whenever lists are to be fetched again.
    pub fn refreshed(self) -> u32 {
        self.refreshed.get()
    }

    /// The line for screen readers.
    pub fn said(self) -> RwSignal<String> {
        self.said
    }

    /// Has pages fetch what they show.
    fn fetch_again(self) {
        self.refreshed.try_update(|count| *count += 1);
    }

    /// Fetches open alerts and open conversations.
    pub fn refresh(self) {
        self.fetch_again();
        spawn_local(async move {
            let asked_at_ms = now_ms();
            let (alerts, open) = futures_util::join!(all_alerts(), api::conversations(Which::Open, None));
            match alerts.and_then(|alerts| Ok((alerts, open?.items))) {
                Ok((alerts, open)) => {
                    self.known.try_update(|known| {
                        known.add(open, asked_at_ms);
                        known.replace_alerts(alerts, asked_at_ms);
                    });
                    self.lists.try_set(Lists::Ready);
                }
                Err(failure) => {
                    self.failed(failure);
                    TimeoutFuture::new(LISTS_AGAIN_MS).await;
                    if self.link.try_get_untracked() == Some(Link::Up) {
                        self.refresh();
                    }
                }
            }
        });
    }

    /// Takes in rows that a page fetched; `asked_at_ms` is when it asked for them.
    pub fn add(self, records: Vec<ConversationRecord>, asked_at_ms: i64) {
        self.known.try_update(|known| known.add(records, asked_at_ms));
    }

    /// A request failed: a lost session shows the sign-in; lists that were there stay.
    pub fn failed(self, failure: Failure) {
        if failure == Failure::SignedOut {
            self.session.ended();
            return;
        }
        self.lists.try_update(|lists| {
            if *lists != Lists::Ready {
                *lists = Lists::Failed(failure);
            }
        });
    }

    async fn follow(self) {
        let mut failures = 0_usize;
        loop {
            if self.listen().await == Ended::AfterOpen {
                failures = 0;
                self.current_at_ms.try_set(Some(now_ms()));
            }
            let wait = BACKOFF_MS[failures.min(BACKOFF_MS.len() - 1)];
            failures += 1;
            TimeoutFuture::new(wait + (f64::from(wait) * 0.2 * js_sys::Math::random()) as u32).await;
            if failures > 1 {
                self.lost();
            }
            match api::session().await {
                Err(Failure::SignedOut) => return self.session.ended(),
                Err(failure) => {
                    self.lost();
                    self.failed(failure);
                }
                // The server is there: what it refuses to stream, the lists will tell.
                Ok(_) => self.refresh(),
            }
        }
    }

    /// One connection, from its opening to its end.
    async fn listen(self) -> Ended {
        let Ok(mut source) = EventSource::new(api::STREAM) else { return Ended::Unopened };
        let names = ["open", "error", "conversation", "taught_sites", "resync"];
        let Ok(streams) = names.into_iter().map(|name| source.subscribe(name)).collect::<Result<Vec<_>, _>>() else {
            return Ended::Unopened;
        };
        let mut told = select_all(streams);
        let mut ended = Ended::Unopened;
        while let Some(Ok((name, event))) = told.next().await {
            match name.as_str() {
                "open" => {
                    ended = Ended::AfterOpen;
                    self.link.try_set(Link::Up);
                    self.current_at_ms.try_set(Some(now_ms()));
                    // What happened before the stream was open is only in the lists.
                    self.refresh();
                }
                "error" => break,
                _ => match event.data().as_string().and_then(|text| serde_json::from_str(&text).ok()) {
                    Some(StreamEvent::Conversation { conversation }) => self.tell(*conversation),
                    Some(StreamEvent::TaughtSites) => self.fetch_again(),
                    Some(StreamEvent::Resync) | None => self.refresh(),
                },
            }
        }
        ended
    }

    fn tell(self, record: ConversationRecord) {
        self.current_at_ms.try_set(Some(now_ms()));
        let Some(turn) = self.known.try_update(|known| known.tell(record, now_ms())) else { return };
        let locale = self.prefs.locale_untracked();
        let line = match turn {
            Turn::None => return,
            Turn::Rose(record) => {
                let reason = record.alert.as_ref().map(|alert| sentence::why(locale, alert.reason));
                format!("{} · {}", sentence::need(locale, &record).text(), reason.unwrap_or_default())
            }
            Turn::Eased(settled) => sentence::settled(locale, &settled.conversation, settled.lasted_ms),
        };
        self.said.try_set(line);
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Ended {
    Unopened,
    AfterOpen,
}

async fn all_alerts() -> Result<Vec<ConversationRecord>, Failure> {
    let mut alerts = Vec::new();
    let mut after = None;
    for _ in 0..ALERT_PAGES {
        let page = api::conversations(Which::Alert, after.as_deref()).await?;
        alerts.extend(page.items);
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    Ok(alerts)
}

pub fn use_live() -> Live {
    expect_context()
}
