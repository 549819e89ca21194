//! `GET /api/v1/stream`: server-sent events of what changes, as it changes.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use domain::record::StreamEvent;
use futures_util::stream::{self, StreamExt};
use tokio::sync::broadcast::{Receiver, error::RecvError};
use tokio::time::{Instant, timeout_at};
use tower_sessions::Session;

use crate::extract::Reader;
use crate::feed::Signal;
use crate::openapi::problems;
use crate::problem::Failure;
use crate::state::AppState;

const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// A browser comes back this long after the stream broke.
const RETRY: Duration = Duration::from_secs(1);
/// Then the browser comes back and its session is looked at again.
const LIFE: Duration = Duration::from_secs(60 * 60);

problems!(ReadStream: NotSignedIn, Forbidden);

/// Changes of the reader's team (an administrator's: of all).
///
/// The SSE event's name is the `type` of its JSON. After
/// connecting and on `resync`, fetch the lists. Ends when the session is signed out, and after an hour.
#[utoipa::path(
    get, path = "/api/v1/stream", operation_id = "readStream", tag = "dashboard", security(("session" = [])),
    responses((status = 200, body = StreamEvent, content_type = "text/event-stream"), ReadStream)
)]
pub async fn read(
    State(state): State<AppState>,
    reader: Reader,
    session: Session,
) -> Result<impl IntoResponse, Failure> {
    let listener = Listener {
        signals: state.feed.subscribe(),
        team_id: reader.team_id().map(str::to_owned),
        session_id: session.id().map(|id| id.to_string()).unwrap_or_default(),
        until: Instant::now() + LIFE,
    };
    let hello = stream::once(async { Ok::<_, Infallible>(Event::default().retry(RETRY).comment("connected")) });
    let changes = stream::unfold(listener, |mut listener| async { Some((Ok(listener.next().await?), listener)) });
    let frames = Sse::new(hello.chain(changes)).keep_alive(KeepAlive::new().interval(KEEP_ALIVE));
    // A proxy must not collect frames.
    Ok(([("x-accel-buffering", "no")], frames))
}

/// One reader of the feed.
struct Listener {
    signals: Receiver<Signal>,
    /// The only team to hear of; nothing for all.
    team_id: Option<String>,
    session_id: String,
    until: Instant,
}

impl Listener {
    /// Nothing when the stream is over.
    async fn next(&mut self) -> Option<Event> {
        loop {
            match timeout_at(self.until, self.signals.recv()).await.ok()? {
                Ok(Signal::Conversation { team_id, json }) if self.hears_of(&team_id) => {
                    return Some(Event::default().event("conversation").data(json));
                }
                Ok(Signal::TaughtSites { team_id }) if self.hears_of(&team_id) => {
                    return told("taught_sites", &StreamEvent::TaughtSites);
                }
                Ok(Signal::Resync { team_id }) if self.hears_of(&team_id) => return resync(),
                Ok(Signal::SignedOut { session_id }) if session_id == self.session_id => return None,
                Ok(Signal::Closing) | Err(RecvError::Closed) => return None,
                Ok(_) => {}
                Err(RecvError::Lagged(_)) => return resync(),
            }
        }
    }

    fn hears_of(&self, team_id: &str) -> bool {
        self.team_id.as_deref().is_none_or(|own| own == team_id)
    }
}

fn resync() -> Option<Event> {
    told("resync", &StreamEvent::Resync)
}

fn told(name: &str, event: &StreamEvent) -> Option<Event> {
    Event::default().event(name).json_data(event).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feed::{BACKLOG, Feed};

    fn listener(feed: &Feed) -> Listener {
        Listener {
            signals: feed.subscribe(),
            team_id: Some("care".into()),
            session_id: "s".into(),
            until: Instant::now() + LIFE,
        }
    }

    async fn next(listener: &mut Listener) -> Option<String> {
        let event = listener.next().await?;
        let response = Sse::new(stream::once(async { Ok::<_, Infallible>(event) })).into_response();
        let bytes = axum::body::to_bytes(response.into_body(), 4096).await.unwrap();
        Some(String::from_utf8(bytes.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn a_slow_reader_is_told_to_fetch_again() {
        let feed = Feed::default();
        let mut listener = listener(&feed);
        for n in 0..=BACKLOG {
            feed.send(Signal::Conversation { team_id: "care".into(), json: n.to_string().into() });
        }
        let resync = "event: resync\ndata: {\"type\":\"resync\"}\n\n";
        assert_eq!(next(&mut listener).await.as_deref(), Some(resync));
        assert_eq!(next(&mut listener).await.as_deref(), Some("event: conversation\ndata: 1\n\n"), "then what is left");
    }

    #[tokio::test]
    async fn a_listener_hears_its_team_and_its_own_end() {
        let feed = Feed::default();
        let mut listener = listener(&feed);
        feed.send(Signal::Conversation { team_id: "other".into(), json: "1".into() });
        feed.sign_out("other".into());
        feed.send(Signal::Conversation { team_id: "care".into(), json: "2".into() });
        feed.sign_out("s".into());
        assert_eq!(next(&mut listener).await.as_deref(), Some("event: conversation\ndata: 2\n\n"));
        assert_eq!(next(&mut listener).await, None);
    }
}
