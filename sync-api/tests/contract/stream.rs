//! What streams tell, how soon, and to whom.

use std::time::{Duration, Instant};

use domain::record::StreamEvent;
use http_body_util::BodyExt;
use hyper::body::Incoming;
use tokio::time::timeout;

use crate::support::*;

/// Reads frames of one stream.
pub struct Stream {
    body: Incoming,
    text: String,
}

impl Stream {
    pub async fn open(server: &Server, cookie: &str) -> Self {
        let response = open(&server.address.to_string(), "GET", "/api/v1/stream", &[("cookie", cookie)], "").await;
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        let mut stream = Self { body: response.into_body(), text: String::new() };
        assert_eq!(stream.frame().await.unwrap(), "retry: 1000\n: connected");
        stream
    }

    /// Nothing when the stream is over.
    async fn frame(&mut self) -> Option<String> {
        loop {
            if let Some((frame, rest)) = self.text.split_once("\n\n") {
                let frame = frame.to_owned();
                self.text = rest.to_owned();
                return Some(frame);
            }
            let next = timeout(Duration::from_secs(10), self.body.frame()).await.expect("a frame within ten seconds");
            let data = next?.ok()?.into_data().unwrap();
            self.text.push_str(std::str::from_utf8(&data).unwrap());
        }
    }

    pub async fn event(&mut self) -> StreamEvent {
        let frame = self.frame().await.unwrap();
        let (name, data) = frame.split_once('\n').unwrap();
        let event: StreamEvent = serde_json::from_str(data.strip_prefix("data: ").unwrap()).unwrap();
        let tag = serde_json::to_value(&event).unwrap()["type"].as_str().unwrap().to_owned();
        assert_eq!(name.strip_prefix("event: ").unwrap(), tag);
        event
    }

    /// The conversation's number, and whether it has an open alert.
    pub async fn conversation(&mut self) -> (u32, bool) {
        match self.event().await {
            StreamEvent::Conversation { conversation } => {
                (u32::from_str_radix(&conversation.id, 16).unwrap(), conversation.open_alert().is_some())
            }
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_change_is_told_once_a_batch() {
    let server = Server::start().await;
    let cookie = server.sign_in("supervisor@demo.test").await;
    let mut stream = Stream::open(&server, &cookie).await;
    let first = [event(1, NOW_MS, mood(-0.7, 1)), event(1, NOW_MS, opened("a", -0.7)), event(2, NOW_MS, mood(0.1, 1))];
    server.post(TOKEN, &first).await;
    server.post(TOKEN, &first).await;
    server.post(TOKEN, &[event(1, NOW_MS + 1, closed("a"))]).await;
    assert_eq!(stream.conversation().await, (1, true));
    assert_eq!(stream.conversation().await, (2, false));
    assert_eq!(stream.conversation().await, (1, false), "a repeated batch is told to nobody");
}

#[tokio::test(flavor = "multi_thread")]
async fn teams_hear_of_their_own() {
    let server = Server::start().await;
    server.add_other_team().await;
    let mut care = Stream::open(&server, &server.sign_in("supervisor@demo.test").await).await;
    let mut other = Stream::open(&server, &server.sign_in("boss@demo.test").await).await;
    let mut all = Stream::open(&server, &server.sign_in("admin@demo.test").await).await;
    server.post(TOKEN, &[event(1, NOW_MS, mood(0.0, 1))]).await;
    server.post(OTHER_TOKEN, &[event(2, NOW_MS, mood(0.0, 1))]).await;
    // The conversation goes to another team.
    server.post(OTHER_TOKEN, &[event(1, NOW_MS + 1, mood(0.0, 2))]).await;
    assert_eq!(care.conversation().await.0, 1);
    assert_eq!(care.event().await, StreamEvent::Resync);
    assert_eq!((other.conversation().await.0, other.conversation().await.0), (2, 1));
    assert_eq!((all.conversation().await.0, all.conversation().await.0), (1, 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn alerts_are_seen_within_a_tenth_of_a_second() {
    let server = Server::start().await;
    let cookie = server.sign_in("supervisor@demo.test").await;
    let mut stream = Stream::open(&server, &cookie).await;
    let mut elapsed = Vec::new();
    for n in 0..21 {
        let start = Instant::now();
        let events = [event(n, NOW_MS, opened("a", -0.7))];
        let (answer, told) = tokio::join!(server.post(TOKEN, &events), async {
            let told = stream.conversation().await;
            (told, start.elapsed())
        });
        assert_eq!((answer.status.as_u16(), told.0), (200, (n, true)));
        elapsed.push(told.1);
    }
    elapsed.sort();
    eprintln!("request to frame: median {:?}, slowest {:?}", elapsed[10], elapsed[20]);
    assert!(elapsed[10] < Duration::from_millis(100), "{elapsed:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn streams_end_with_the_session_and_with_the_server() {
    let server = Server::start().await;
    let (leaves, stays) = (server.sign_in("supervisor@demo.test").await, server.sign_in("admin@demo.test").await);
    let (mut left, mut stayed) = (Stream::open(&server, &leaves).await, Stream::open(&server, &stays).await);
    server.ask("DELETE", "/api/v1/session", &[("cookie", &leaves)], "").await;
    assert_eq!(left.frame().await, None);
    server.post(TOKEN, &[event(1, NOW_MS, mood(0.0, 1))]).await;
    assert_eq!(stayed.conversation().await.0, 1);
    timeout(Duration::from_secs(5), server.stop())
        .await
        .expect("an open stream does not keep the server from stopping");
    assert_eq!(stayed.frame().await, None);
}
