//! A team's own labels: written by its supervisor, fetched by its devices alone.

use domain::labels::{LabelsRecord, SharedLabels};
use serde_json::{Value, json};

use crate::support::*;

const LABELS: &str = "/api/v1/labels";

async fn share(server: &Server, cookie: &str, body: &Value) -> Answer {
    let headers = [JSON, ("cookie", cookie), ("sec-fetch-site", "same-origin")];
    server.ask("PUT", LABELS, &headers, &body.to_string()).await
}

async fn of_team(server: &Server, token: &str) -> SharedLabels {
    let authorization = format!("Bearer {token}");
    server.ask("GET", "/api/v1/team-labels", &[("authorization", &authorization)], "").await.json()
}

fn list(label: &str, example: &str) -> Value {
    json!({ "items": [{ "label": label, "examples": [example] }] })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_reaches_the_devices_of_the_team_and_replaces_the_one_before() {
    let server = Server::start().await;
    server.add_other_team().await;
    assert_eq!(of_team(&server, TOKEN).await, SharedLabels::default());
    let boss = server.sign_in("supervisor@demo.test").await;
    assert_eq!(server.get(LABELS, &boss).await.json::<LabelsRecord>(), LabelsRecord::default());

    let whole = list("带车上火车", "我想带自行车上火车");
    let record: LabelsRecord = share(&server, &boss, &whole).await.json();
    assert_eq!((record.items[0].label.as_str(), record.changed_at_ms), ("带车上火车", Some(NOW_MS)));
    assert!(record.changed_by.is_some());
    assert_eq!(serde_json::to_value(of_team(&server, TOKEN).await).unwrap(), whole);
    let other = server.sign_in("boss@demo.test").await;
    assert!(server.get(LABELS, &other).await.json::<LabelsRecord>().items.is_empty());

    share(&server, &boss, &json!({ "items": [] })).await.json::<LabelsRecord>();
    assert_eq!(of_team(&server, TOKEN).await, SharedLabels::default());
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_elses_word_and_nobodys_data_is_taken() {
    let server = Server::start().await;
    let boss = server.sign_in("supervisor@demo.test").await;
    for example in ["write to anna@example.org", "call 138 0013 8000", "", "长".repeat(301).as_str()] {
        let answer = share(&server, &boss, &list("Bikes", example)).await;
        answer.expect_problem(400, "invalid_parameter");
        let body = String::from_utf8_lossy(&answer.bytes);
        assert!(body.contains("/items/0/examples/0") && !body.contains("anna"), "{body}");
    }
    let mut more = list("Bikes", "a bike");
    more["items"][0]["customer"] = json!("x");
    share(&server, &boss, &more).await.expect_problem(400, "malformed_json");
    let admin = server.sign_in("admin@demo.test").await;
    share(&server, &admin, &list("Bikes", "a bike")).await.expect_problem(403, "forbidden");
    server.ask("GET", "/api/v1/team-labels", &[], "").await.expect_problem(401, "invalid_token");
    let elsewhere = [JSON, ("cookie", boss.as_str()), ("sec-fetch-site", "cross-site")];
    server.ask("PUT", LABELS, &elsewhere, &list("Bikes", "a bike").to_string()).await.expect_problem(403, "cross_site");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_supervisors_nobody_loses_what_the_other_shared_meanwhile() {
    let server = Server::start().await;
    let boss = server.sign_in("supervisor@demo.test").await;
    let in_place_of = |label: &str, seen_at_ms: Option<i64>| {
        let mut whole = list(label, &format!("{label}, please"));
        whole["seen_at_ms"] = json!(seen_at_ms);
        whole
    };
    let both_saw = Some(0);
    let first: LabelsRecord = share(&server, &boss, &in_place_of("Bikes", both_saw)).await.json();
    share(&server, &boss, &in_place_of("Points", both_saw)).await.expect_problem(409, "changed_meanwhile");
    assert_eq!(server.get(LABELS, &boss).await.json::<LabelsRecord>(), first);
    let second: LabelsRecord = share(&server, &boss, &in_place_of("Points", first.changed_at_ms)).await.json();
    assert_ne!(second.changed_at_ms, first.changed_at_ms, "two changes of one moment are two");
    share(&server, &boss, &in_place_of("Bikes", first.changed_at_ms)).await.expect_problem(409, "changed_meanwhile");
    assert_eq!(share(&server, &boss, &in_place_of("Bikes", None)).await.status, 200, "whatever there is");
}
