//! Who sees to an alert: one supervisor at a time, heard by the others and by the agent's devices.

use domain::record::{ConversationRecord, StreamEvent};
use domain::taken::TakenAlerts;
use serde_json::{Value, json};
use sync_api::store::User;

use crate::stream::Stream;
use crate::support::*;

async fn take(server: &Server, cookie: &str, alert_id: &str, take: bool, held_by: Value) -> Answer {
    let path = format!("/api/v1/conversations/{}/taking", conversation_id(1));
    let headers = [JSON, ("cookie", cookie), ("sec-fetch-site", "same-origin")];
    let body = json!({ "alert_id": alert_id, "take": take, "held_by": held_by });
    server.ask("POST", &path, &headers, &body.to_string()).await
}

fn holder(answer: &Answer) -> Option<String> {
    answer.json::<ConversationRecord>().open_alert().unwrap().taken.clone().map(|taken| taken.user_id)
}

async fn heard(server: &Server, token: &str) -> Vec<(String, String)> {
    let authorization = format!("Bearer {token}");
    let answer = server.ask("GET", "/api/v1/taken-alerts", &[("authorization", &authorization)], "").await;
    answer.json::<TakenAlerts>().items.into_iter().map(|taken| (taken.alert_id, taken.by)).collect()
}

/// Conversation 1 with an open alert, and a second supervisor in the team.
async fn alerted() -> (Server, String, String) {
    let server = Server::start().await;
    server.add_other_team().await;
    let known = server.state.store.user("demo-supervisor").await.unwrap().unwrap();
    let second = User { id: "second".into(), name: "Second".into(), email: "second@demo.test".into(), ..known };
    server.state.store.add_user(&second).await.unwrap();
    server.post(TOKEN, &[event(1, NOW_MS, mood(-0.8, 2)), event(1, NOW_MS, opened("a", -0.8))]).await;
    let (first, second) = (server.sign_in("supervisor@demo.test").await, server.sign_in("second@demo.test").await);
    (server, first, second)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alert_is_taken_by_one_given_back_and_taken_over_by_who_saw_it() {
    let (server, first, second) = alerted().await;
    let none = Value::Null;
    assert_eq!(holder(&take(&server, &first, "a", true, none.clone()).await).as_deref(), Some("demo-supervisor"));
    assert_eq!(holder(&take(&server, &first, "a", true, none.clone()).await).as_deref(), Some("demo-supervisor"));
    take(&server, &second, "a", true, none.clone()).await.expect_problem(409, "changed_meanwhile");
    take(&server, &second, "a", false, none.clone()).await.expect_problem(409, "changed_meanwhile");
    let over = take(&server, &second, "a", true, json!("demo-supervisor")).await;
    assert_eq!(holder(&over).as_deref(), Some("second"));
    assert_eq!(holder(&take(&server, &second, "a", false, json!("second")).await), None);
    assert_eq!(holder(&take(&server, &second, "a", false, json!("second")).await), None, "the same word again");
}

#[tokio::test(flavor = "multi_thread")]
async fn others_of_the_team_and_the_agents_devices_hear_of_it() {
    let (server, first, second) = alerted().await;
    let mut stream = Stream::open(&server, &second).await;
    take(&server, &first, "a", true, Value::Null).await;
    let StreamEvent::Conversation { conversation } = stream.event().await else { panic!("not a conversation") };
    let taken = conversation.open_alert().unwrap().taken.clone().unwrap();
    assert_eq!((taken.user_id.as_str(), taken.at_ms), ("demo-supervisor", NOW_MS));
    assert_eq!(heard(&server, TOKEN).await, [("a".to_owned(), taken.name)]);
    assert!(heard(&server, OTHER_TOKEN).await.is_empty(), "another agent");
    server.post(TOKEN, &[event(1, NOW_MS + 1, mood(0.2, 3)), event(1, NOW_MS + 1, closed("a"))]).await;
    assert!(heard(&server, TOKEN).await.is_empty(), "over");
    take(&server, &first, "a", true, Value::Null).await.expect_problem(404, "not_found");
    server.ask("GET", "/api/v1/taken-alerts", &[], "").await.expect_problem(401, "invalid_token");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_who_may_read_the_conversation_takes_its_alert() {
    let (server, first, _) = alerted().await;
    take(&server, &first, "b", true, Value::Null).await.expect_problem(404, "not_found");
    let other = server.sign_in("boss@demo.test").await;
    take(&server, &other, "a", true, Value::Null).await.expect_problem(404, "not_found");
    let agent = server.sign_in("agent@demo.test").await;
    take(&server, &agent, "a", true, Value::Null).await.expect_problem(403, "forbidden");
    let headers = [JSON, ("cookie", first.as_str()), ("sec-fetch-site", "cross-site")];
    let path = format!("/api/v1/conversations/{}/taking", conversation_id(1));
    server.ask("POST", &path, &headers, "{}").await.expect_problem(403, "cross_site");
}
