//! Events in: tokens, limits, idempotency, restart, two writers.

use domain::record::{BatchReceipt, ConversationRecord, Page, TodayRecord};
use domain::suggestion::Source;
use domain::sync::{Event, EventBody};
use sync_api::{FieldsProblem, Settings};

use crate::support::*;

fn receipt(accepted: u32, duplicates: u32) -> BatchReceipt {
    BatchReceipt { accepted, duplicates }
}

#[tokio::test(flavor = "multi_thread")]
async fn batches_are_stored_once() {
    let server = Server::start().await;
    let events = [event(1, NOW_MS, analysed("m1", "refund_status", -0.5)), event(1, NOW_MS + 1, mood(-0.5, 1))];
    assert_eq!(server.post(TOKEN, &events).await.json::<BatchReceipt>(), receipt(2, 0));
    assert_eq!(server.post(TOKEN, &events).await.json::<BatchReceipt>(), receipt(0, 2));
    let twice = [events[0].clone(), event(1, NOW_MS + 2, mood(-0.6, 1)), events[0].clone()];
    assert_eq!(server.post(TOKEN, &twice).await.json::<BatchReceipt>(), receipt(1, 2));
    assert_eq!(server.post(TOKEN, &[]).await.json::<BatchReceipt>(), receipt(0, 0));

    let cookie = server.sign_in("supervisor@demo.test").await;
    let path = format!("/api/v1/conversations/{}", conversation_id(1));
    let found: ConversationRecord = server.get(&path, &cookie).await.json();
    assert_eq!((found.agent_name.as_str(), found.team_id.as_str()), ("陈静", "care"));
    assert_eq!((found.score, found.customer_messages, found.course.as_slice()), (-0.6, 1, &[-0.6][..]));
    assert_eq!(found.intent.unwrap().label, "refund_status");
    assert_eq!((found.started_at_ms, found.updated_at_ms), (NOW_MS, NOW_MS + 2));
    assert_eq!(found.url, "https://desk.test/tickets/1");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_misread_is_taken_back() {
    let server = Server::start().await;
    let cookie = server.sign_in("supervisor@demo.test").await;
    let record = async || -> ConversationRecord {
        server.get(&format!("/api/v1/conversations/{}", conversation_id(1)), &cookie).await.json()
    };
    let open = async || -> usize {
        server.get("/api/v1/conversations?state=alert", &cookie).await.json::<Page<ConversationRecord>>().items.len()
    };
    let agents_words = [
        event(1, NOW_MS, analysed("m1", "refund_status", 0.2)),
        event(1, NOW_MS + 1, analysed("m2", "complaint", -0.9)),
        event(1, NOW_MS + 2, mood(-0.8, 2)),
        event(1, NOW_MS + 2, opened("a", -0.8)),
        event(1, NOW_MS + 3, corrected("m2", "complaint", "cancel_order")),
    ];
    server.post(TOKEN, &agents_words).await;
    assert_eq!((record().await.intent.unwrap().label.as_str(), open().await), ("cancel_order", 1));

    let anew = |at_ms, body| Event { reading: 1, ..event(1, at_ms, body) };
    let reread = [
        anew(NOW_MS + 9, EventBody::ConversationReread),
        anew(NOW_MS, analysed("m1", "refund_status", 0.2)),
        anew(NOW_MS, mood(0.2, 1)),
    ];
    assert_eq!(server.post(TOKEN, &reread).await.json::<BatchReceipt>(), receipt(3, 0));
    let found = record().await;
    assert_eq!((found.score, found.customer_messages, found.corrected), (0.2, 1, false));
    assert_eq!((found.intent.unwrap().label.as_str(), open().await), ("refund_status", 0));
    let today: TodayRecord = server.get("/api/v1/today", &cookie).await.json();
    assert!(!format!("{today:?}").contains("cancel_order"), "nor is it counted");

    let late = [event(1, NOW_MS + 2, opened("b", -0.8)), event(1, NOW_MS + 20, mood(0.4, 2))];
    assert_eq!(
        server.post(TOKEN, &late).await.json::<BatchReceipt>(),
        receipt(1, 1),
        "void, and of another device later"
    );
    assert_eq!((record().await.score, open().await), (0.4, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_are_needed() {
    let server = Server::start().await;
    server.ask("POST", "/api/v1/events", &[JSON], r#"{"events":[]}"#).await.expect_problem(401, "invalid_token");
    server.post("wrong", &[]).await.expect_problem(401, "invalid_token");
    let basic = [JSON, ("authorization", "Basic demo-device-token")];
    server.ask("POST", "/api/v1/events", &basic, r#"{"events":[]}"#).await.expect_problem(401, "invalid_token");

    // A database that has once been seeded does not open to the known token.
    let folder = server.stop().await;
    let server = Server::start_in(folder, Settings::default()).await;
    server.post(TOKEN, &[]).await.expect_problem(401, "invalid_token");
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_and_bad_bodies_are_problems() {
    let server = Server::start().await;
    let many: Vec<_> = (0..201).map(|n| event(1, NOW_MS + n, mood(0.0, 1))).collect();
    server.post(TOKEN, &many).await.expect_problem(422, "too_many_events");
    assert_eq!(server.post(TOKEN, &many[..200]).await.status, 200);

    let huge = format!(r#"{{"events":[],"x":"{}"}}"#, "x".repeat(1024 * 1024));
    server.post_json(TOKEN, &huge).await.expect_problem(413, "body_too_large");
    server.post_json(TOKEN, "{").await.expect_problem(400, "malformed_json");
    let bearer = ("authorization", "Bearer demo-device-token");
    server.ask("POST", "/api/v1/events", &[bearer], "{}").await.expect_problem(415, "unsupported_media_type");

    let mut wrong = event(2, NOW_MS, mood(3.0, 1));
    wrong.conversation.url = "javascript:alert(1)".into();
    let answer = server.post(TOKEN, &[event(2, NOW_MS, mood(0.5, 1)), wrong]).await;
    answer.expect_problem(422, "invalid_event");
    let pointers: Vec<_> = answer.json::<FieldsProblem>().errors.into_iter().map(|field| field.pointer).collect();
    assert_eq!(pointers, ["/events/1/conversation/url", "/events/1/score"]);
    let cookie = server.sign_in("supervisor@demo.test").await;
    let path = format!("/api/v1/conversations/{}", conversation_id(2));
    server.get(&path, &cookie).await.expect_problem(404, "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn any_origin_may_send_events_and_only_events() {
    let server = Server::start().await;
    for origin in ["chrome-extension://abcdef", "moz-extension://0-1", "https://desk.test"] {
        let preflight = [
            ("origin", origin),
            ("access-control-request-method", "POST"),
            ("access-control-request-headers", "authorization,content-type"),
        ];
        let answer = server.ask("OPTIONS", "/api/v1/events", &preflight, "").await;
        assert_eq!((answer.status.as_u16(), answer.header("access-control-allow-origin")), (200, "*"));
        assert!(answer.header("access-control-allow-headers").contains("authorization"));
        assert_eq!(answer.header("access-control-allow-credentials"), "");
        let other = server.ask("OPTIONS", "/api/v1/session", &preflight, "").await;
        assert_eq!(other.header("access-control-allow-origin"), "");

        let headers = [JSON, ("origin", origin), ("sec-fetch-site", "cross-site"), ("authorization", "Bearer nobody")];
        let refused = server.ask("POST", "/api/v1/events", &headers, r#"{"events":[]}"#).await;
        refused.expect_problem(401, "invalid_token");
        assert_eq!(refused.header("access-control-allow-origin"), "*", "the sender can read why");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_keeps_everything() {
    let server = Server::start().await;
    server.post(TOKEN, &[event(1, NOW_MS, mood(-0.7, 1)), event(1, NOW_MS, opened("a", -0.7))]).await;
    let cookie = server.sign_in("supervisor@demo.test").await;
    let before: Page<ConversationRecord> = server.get("/api/v1/conversations?state=alert", &cookie).await.json();
    assert_eq!(before.items.len(), 1);

    let folder = server.stop().await;
    let server = Server::start_in(folder, Settings { demo: true, ..Settings::default() }).await;
    let after: Page<ConversationRecord> = server.get("/api/v1/conversations?state=alert", &cookie).await.json();
    assert_eq!(after, before, "conversations and the session are still there");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_writers_lose_nothing() {
    let first = Server::start().await;
    // A second process on the same file.
    let second = sync_api::Store::open(&first.folder().join("memory.sqlite")).await.unwrap();
    let sender = sync_api::store::Sender { device_id: "demo-device-2".into(), agent_id: "demo-agent-2".into() };
    let inserted = || EventBody::SuggestionInserted { suggestion_id: "s".into(), source: Source::Template };
    let batch = |n: u32| -> Vec<_> { (0..10).map(|_| event(n % 3, NOW_MS, inserted())).collect() };
    let http = async {
        for n in 0..10 {
            assert_eq!(first.post(TOKEN, &batch(n)).await.json::<BatchReceipt>(), receipt(10, 0));
        }
    };
    let direct = async {
        for n in 0..10 {
            assert_eq!(second.apply(&sender, &batch(n), NOW_MS, |_| {}).await.unwrap(), receipt(10, 0));
        }
    };
    tokio::join!(http, direct);
    let cookie = first.sign_in("admin@demo.test").await;
    let today: TodayRecord = first.get("/api/v1/today", &cookie).await.json();
    assert_eq!((today.conversations, today.suggestions_inserted), (3, 200));
}
