//! A server on a database of its own, and a client that talks real HTTP to it.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use domain::analysis::{Emotion, EmotionScore, Lang, Scored, Sentiment, SentimentScore};
use domain::conversation::Channel;
use domain::mood::{AlertReason, MoodTrend, MoodWord};
use domain::sync::{ConversationRef, Event, EventBody};
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{HeaderMap, SET_COOKIE};
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use serde::de::DeserializeOwned;
use sync_api::store::{DeviceRecord, Store, User};
use sync_api::{AppState, Settings, seed};
use tempfile::TempDir;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// A Wednesday, 2027-01-13 10:00 UTC.
pub const NOW_MS: i64 = 1_799_834_400_000;
pub const MINUTE_MS: i64 = 60_000;
pub const DAY_MS: i64 = 24 * 60 * MINUTE_MS;
pub const TOKEN: &str = seed::DEMO_TOKEN;
/// Of an agent in another team, see [`Server::add_other_team`].
pub const OTHER_TOKEN: &str = "other-token";
pub const JSON: (&str, &str) = ("content-type", "application/json");

pub struct Server {
    pub address: SocketAddr,
    pub state: AppState,
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<()>,
    folder: TempDir,
}

impl Server {
    /// On a new file, with the demo's people.
    pub async fn start() -> Self {
        Self::start_in(TempDir::new().unwrap(), Settings { demo: true, ..Settings::default() }).await
    }

    pub async fn start_in(folder: TempDir, settings: Settings) -> Self {
        let store = Store::open(&folder.path().join("memory.sqlite")).await.unwrap();
        let state = AppState::with_clock(store, settings, Arc::new(|| NOW_MS));
        seed::people(&state).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let served = sync_api::serve(listener, state.clone(), async { stopped.await.unwrap_or(()) });
        let task = tokio::spawn(async { served.await.unwrap() });
        Self { address, state, stop: Some(stop), task, folder }
    }

    /// Stops in order and gives back the folder with the database.
    pub async fn stop(mut self) -> TempDir {
        self.stop.take().unwrap().send(()).unwrap();
        self.task.await.unwrap();
        self.folder
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub async fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        fetch(&self.address.to_string(), method, path, headers, body).await
    }

    pub async fn get(&self, path: &str, cookie: &str) -> Answer {
        self.ask("GET", path, &[("cookie", cookie)], "").await
    }

    /// The cookie of a new session.
    pub async fn sign_in(&self, email: &str) -> String {
        let body = serde_json::json!({ "email": email, "password": seed::DEMO_PASSWORD }).to_string();
        let answer = self.ask("POST", "/api/v1/session", &[JSON], &body).await;
        assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
        answer.cookie()
    }

    pub async fn post(&self, token: &str, events: &[Event]) -> Answer {
        self.post_json(token, &serde_json::json!({ "events": events }).to_string()).await
    }

    pub async fn post_json(&self, token: &str, body: &str) -> Answer {
        self.ask("POST", "/api/v1/events", &[JSON, ("authorization", &format!("Bearer {token}"))], body).await
    }

    /// Team "other" with one agent, a device with [`OTHER_TOKEN`], and boss@demo.test.
    pub async fn add_other_team(&self) {
        let store = &self.state.store;
        let boss = store.user("demo-supervisor").await.unwrap().unwrap();
        let user = |id: &str, email: &str, role| User {
            id: id.into(),
            team_id: "other".into(),
            name: id.into(),
            email: email.into(),
            role,
            password_hash: boss.password_hash.clone(),
        };
        store.add_team("other", "Other").await.unwrap();
        store.add_user(&user("other-agent", "x@demo.test", domain::record::Role::Agent)).await.unwrap();
        store.add_user(&user("other-boss", "boss@demo.test", domain::record::Role::Supervisor)).await.unwrap();
        let hash = "6c67163bbed989f232b31acc4f04df54b31285bfc01bd022c735b71e041a4754";
        store.add_device(&device("other-device", "other-agent"), hash).await.unwrap();
    }

    /// One more agent in the demo's team.
    pub async fn add_agent(&self, id: &str) {
        let known = self.state.store.user("demo-agent-1").await.unwrap().unwrap();
        let user = User { id: id.into(), name: id.into(), email: format!("{id}@demo.test"), ..known };
        self.state.store.add_user(&user).await.unwrap();
    }
}

/// One request on a connection of its own.
pub async fn fetch(address: &str, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
    let (parts, body) = open(address, method, path, headers, body).await.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    Answer { status: parts.status, headers: parts.headers, bytes }
}

/// The response with its body still to come.
pub async fn open(address: &str, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Response<Incoming> {
    let stream = TcpStream::connect(address).await.unwrap();
    stream.set_nodelay(true).unwrap();
    let (mut client, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.unwrap();
    tokio::spawn(connection);
    let mut request = Request::builder().method(method).uri(path).header("host", address);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    client.send_request(request.body(Full::new(Bytes::copy_from_slice(body.as_bytes()))).unwrap()).await.unwrap()
}

pub fn device(id: &str, agent_id: &str) -> DeviceRecord {
    DeviceRecord {
        id: id.into(),
        agent_id: agent_id.into(),
        agent_name: String::new(),
        label: "Test".into(),
        created_at_ms: NOW_MS,
        last_event_at_ms: None,
        revoked_at_ms: None,
    }
}

#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Bytes,
}

impl Answer {
    pub fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn cookie(&self) -> String {
        let cookie = self.headers[SET_COOKIE].to_str().unwrap();
        cookie.split(';').next().unwrap().to_owned()
    }

    /// The code of a problem; checks that it is one in full.
    pub fn problem(&self) -> String {
        assert_eq!(self.header("content-type"), "application/problem+json", "{self:?}");
        let problem: domain::record::Problem = self.json();
        assert_eq!(problem.status, self.status.as_u16());
        assert_eq!(problem.kind, format!("/problems/{}", problem.code));
        assert!(!problem.title.is_empty() && !problem.detail.is_empty());
        problem.code
    }

    #[track_caller]
    pub fn expect_problem(&self, status: u16, code: &str) {
        assert_eq!((self.status.as_u16(), self.problem().as_str()), (status, code), "{self:?}");
    }
}

/// A new event of conversation `n`.
pub fn event(n: u32, at_ms: i64, body: EventBody) -> Event {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let id = format!("00000000-0000-7000-8000-{:012x}", NEXT.fetch_add(1, Ordering::Relaxed));
    let conversation = ConversationRef {
        id: conversation_id(n),
        site: "desk.test".into(),
        url: format!("https://desk.test/tickets/{n}"),
        channel: Channel::Ticket,
    };
    Event { id, at_ms, conversation, reading: 0, body }
}

pub fn conversation_id(n: u32) -> String {
    format!("{n:032x}")
}

pub fn analysed(message_id: &str, label: &str, value: f32) -> EventBody {
    EventBody::MessageAnalysed {
        message_id: message_id.into(),
        lang: Lang::Zh,
        intent: Scored { label: label.into(), score: 0.9 },
        act: None,
        sentiment: SentimentScore { label: Sentiment::Negative, score: 0.8, value },
        emotion: EmotionScore { label: Emotion::Frustration, score: 0.7 },
        danger: None,
        abuse: None,
        model_version: "1".into(),
    }
}

pub fn mood(score: f32, customer_messages: u32) -> EventBody {
    EventBody::MoodChanged { score, word: MoodWord::Tense, trend: MoodTrend::Rising, customer_messages }
}

pub fn opened(alert_id: &str, score: f32) -> EventBody {
    let (reason, message_id) = (AlertReason::LowMood, "m1".into());
    EventBody::AlertOpened { alert_id: alert_id.into(), reason, message_id, score }
}

pub fn closed(alert_id: &str) -> EventBody {
    EventBody::AlertClosed { alert_id: alert_id.into() }
}

pub fn corrected(message_id: &str, from: &str, to: &str) -> EventBody {
    EventBody::IntentCorrected { message_id: message_id.into(), from: from.into(), to: to.into() }
}
