//! What supervisors read: order, pages, teams, the day.

use domain::abuse::AbuseKind;
use domain::record::{
    AbuseCount, AgentRecord, AlertRecord, ConversationRecord, IntentCount, Page, TeamRecord, TodayRecord,
};
use domain::suggestion::Source;
use domain::sync::EventBody;
use sync_api::store::DeviceRecord;

use crate::support::*;

async fn ids(server: &Server, cookie: &str, query: &str) -> Vec<u32> {
    let page: Page<ConversationRecord> = server.get(&format!("/api/v1/conversations{query}"), cookie).await.json();
    page.items.iter().map(|item| u32::from_str_radix(&item.id, 16).unwrap()).collect()
}

/// 1: mood −0.9; 2: alert, older; 3: alert, newer; 4: mood 0.4; 5: two days old; 6: alert, closed.
async fn six(server: &Server) -> String {
    let m = MINUTE_MS;
    let events = [
        event(1, NOW_MS - 9 * m, mood(-0.9, 1)),
        event(2, NOW_MS - 8 * m, opened("a2", -0.7)),
        event(2, NOW_MS - 2 * m, mood(-0.3, 3)),
        event(3, NOW_MS - 7 * m, opened("a3", -0.8)),
        event(4, NOW_MS - m, mood(0.4, 1)),
        event(5, NOW_MS - 2 * DAY_MS, mood(-1.0, 1)),
        event(6, NOW_MS - 6 * m, opened("a6", -0.7)),
        event(6, NOW_MS - 5 * m, closed("a6")),
    ];
    assert_eq!(server.post(TOKEN, &events).await.status, 200);
    server.sign_in("supervisor@demo.test").await
}

#[tokio::test(flavor = "multi_thread")]
async fn conversations_come_by_need_or_by_change() {
    let server = Server::start().await;
    let cookie = six(&server).await;
    assert_eq!(ids(&server, &cookie, "?state=alert").await, [3, 2]);
    assert_eq!(ids(&server, &cookie, "?state=open").await, [3, 2, 1, 6, 4]);
    assert_eq!(ids(&server, &cookie, "?state=all").await, [4, 2, 6, 3, 1, 5]);
    assert_eq!(ids(&server, &cookie, "").await, [4, 2, 6, 3, 1, 5]);

    let page: Page<ConversationRecord> = server.get("/api/v1/conversations?state=alert", &cookie).await.json();
    let alert = page.items[0].alert.clone().unwrap();
    assert_eq!((alert.id.as_str(), alert.score, alert.closed_at_ms), ("a3", -0.8, None));
    let path = format!("/api/v1/conversations/{}", conversation_id(6));
    let eased: ConversationRecord = server.get(&path, &cookie).await.json();
    assert!(eased.open_alert().is_none() && eased.alert.is_some(), "a closed one is still told");

    let open: Page<AlertRecord> = server.get("/api/v1/alerts", &cookie).await.json();
    assert_eq!(open.items.iter().map(|alert| alert.id.as_str()).collect::<Vec<_>>(), ["a3", "a2"]);
    let all: Page<AlertRecord> = server.get("/api/v1/alerts?state=all", &cookie).await.json();
    assert_eq!(all.items[0].closed_at_ms, Some(NOW_MS - 5 * MINUTE_MS));
    assert_eq!(all.items.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_join_without_gap_or_repeat() {
    let server = Server::start().await;
    let cookie = six(&server).await;
    for path in ["conversations?state=open", "conversations?state=all", "alerts?state=all", "agents?", "devices?"] {
        let whole: Page<serde_json::Value> = server.get(&format!("/api/v1/{path}&limit=200"), &cookie).await.json();
        assert_eq!(whole.next, None);
        let (mut joined, mut after) = (Vec::new(), String::new());
        loop {
            let page: Page<serde_json::Value> =
                server.get(&format!("/api/v1/{path}&limit=2{after}"), &cookie).await.json();
            assert!(page.items.len() <= 2);
            joined.extend(page.items);
            let Some(next) = page.next else { break };
            after = format!("&after={next}");
        }
        assert_eq!(joined, whole.items, "{path}");
    }
    for query in ["limit=0", "limit=201", "limit=x", "after=x", "state=closed", "tz_offset_min=900"] {
        let path = if query.starts_with("tz") { "today" } else { "conversations" };
        let answer = server.get(&format!("/api/v1/{path}?{query}"), &cookie).await;
        answer.expect_problem(400, "invalid_parameter");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn teams_are_apart_and_agents_read_no_lists() {
    let server = Server::start().await;
    server.add_other_team().await;
    let cookie = six(&server).await;
    server.post(OTHER_TOKEN, &[event(9, NOW_MS, opened("a9", -0.9))]).await;

    assert_eq!(ids(&server, &cookie, "?state=alert").await, [3, 2]);
    let path = format!("/api/v1/conversations/{}", conversation_id(9));
    server.get(&path, &cookie).await.expect_problem(404, "not_found");
    server.get("/api/v1/conversations?team=other", &cookie).await.expect_problem(403, "forbidden");
    let teams: Page<TeamRecord> = server.get("/api/v1/teams", &cookie).await.json();
    assert_eq!(teams.items.len(), 1);
    assert_eq!((teams.items[0].agents, teams.items[0].conversations_now, teams.items[0].open_alerts), (4, 5, 2));

    let admin = server.sign_in("admin@demo.test").await;
    assert_eq!(ids(&server, &admin, "?state=alert").await, [9, 3, 2]);
    assert_eq!(ids(&server, &admin, "?state=alert&team=other").await, [9]);
    let teams: Page<TeamRecord> = server.get("/api/v1/teams", &admin).await.json();
    assert_eq!(teams.items.iter().map(|team| team.name.as_str()).collect::<Vec<_>>(), ["Care", "Other"]);

    let agent = server.sign_in("agent@demo.test").await;
    for path in ["conversations", "alerts", "agents", "teams", "today", "devices", "stream"] {
        server.get(&format!("/api/v1/{path}"), &agent).await.expect_problem(403, "forbidden");
        server.get(&format!("/api/v1/{path}"), "").await.expect_problem(401, "not_signed_in");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn agents_have_counts_and_no_judgement() {
    let server = Server::start().await;
    let cookie = six(&server).await;
    let agents: Page<AgentRecord> = server.get("/api/v1/agents", &cookie).await.json();
    let busy = agents.items.iter().find(|agent| agent.name == "陈静").unwrap();
    assert_eq!((busy.conversations_now, busy.conversations_today), (5, 5));
    assert_eq!(busy.last_seen_ms, Some(NOW_MS - MINUTE_MS));
    assert!(agents.items.iter().any(|agent| agent.last_seen_ms.is_none()));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_day_is_the_readers_and_is_compared_with_the_same_hours() {
    let server = Server::start().await;
    let (hour, week) = (60 * MINUTE_MS, 7 * DAY_MS);
    let inserted = EventBody::SuggestionInserted { suggestion_id: "s".into(), source: Source::Knowledge };
    let events = [
        event(1, NOW_MS - hour, analysed("m1", "refund_status", 0.0)),
        event(1, NOW_MS - hour, analysed("m2", "complaint", 0.0)),
        event(1, NOW_MS - hour, corrected("m2", "complaint", "refund_request")),
        event(1, NOW_MS - hour, inserted),
        event(2, NOW_MS - 11 * hour, analysed("m1", "order_status", 0.0)),
        event(3, NOW_MS - week - hour, analysed("m1", "refund_request", 0.0)),
        event(4, NOW_MS - week + hour, analysed("m1", "refund_request", 0.0)),
    ];
    assert_eq!(server.post(TOKEN, &events).await.status, 200);
    let cookie = server.sign_in("supervisor@demo.test").await;
    let count = |label: &str, today, week_ago| IntentCount { label: label.into(), today, week_ago };

    // It is 10:00 UTC, 18:00 in China.
    let utc: TodayRecord = server.get("/api/v1/today", &cookie).await.json();
    assert_eq!((utc.conversations, utc.messages, utc.suggestions_inserted, utc.corrections), (1, 2, 1, 1));
    assert_eq!(utc.intents, [count("refund_request", 1, 1)]);
    let china: TodayRecord = server.get("/api/v1/today?tz_offset_min=480", &cookie).await.json();
    assert_eq!((china.conversations, china.messages), (2, 3));
    assert_eq!(china.intents, [count("refund_request", 1, 1), count("order_status", 1, 0)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn abuse_is_told_by_demand_of_ten_agents_and_never_beside_a_name() {
    let server = Server::start().await;
    let cookie = server.sign_in("supervisor@demo.test").await;
    let abusive = |label: &str, kind: AbuseKind| {
        let mut body = analysed("m2", label, -0.9);
        if let EventBody::MessageAnalysed { abuse, .. } = &mut body {
            *abuse = Some(kind);
        }
        body
    };
    let at = NOW_MS - MINUTE_MS;
    let events = [
        event(1, at - 1, analysed("m1", "refund_status", -0.2)),
        event(1, at, abusive("thanks_goodbye", AbuseKind::Insult)),
        event(2, at, abusive("order_status", AbuseKind::Threat)),
        event(3, at, abusive("order_status", AbuseKind::ProfanityNotAtAgent)),
    ];
    assert_eq!(server.post(TOKEN, &events).await.status, 200);
    for number in 4..=12_u32 {
        let today: TodayRecord = server.get("/api/v1/today", &cookie).await.json();
        assert_eq!(today.abuse, [], "fewer than ten agents");
        let agent = format!("agent-{number}");
        server.add_agent(&agent).await;
        let headers = [JSON, ("cookie", cookie.as_str())];
        let new = format!(r#"{{"agent_id":"{agent}","label":"x"}}"#);
        let made: serde_json::Value = server.ask("POST", "/api/v1/devices", &headers, &new).await.json();
        let more = [event(number, at, abusive("refund_status", AbuseKind::Insult))];
        assert_eq!(server.post(made["token"].as_str().unwrap(), &more).await.status, 200);
    }
    let today: TodayRecord = server.get("/api/v1/today", &cookie).await.json();
    let count = |label: Option<&str>, kind, messages| AbuseCount { label: label.map(str::to_owned), kind, messages };
    assert_eq!(
        today.abuse,
        [count(None, AbuseKind::Insult, 10), count(None, AbuseKind::Threat, 1)],
        "one class would point to one agent, so the next joins it"
    );
    let record = server.get(&format!("/api/v1/conversations/{}", conversation_id(2)), &cookie).await;
    assert!(record.json::<serde_json::Value>().get("abuse").is_none());

    server.add_other_team().await;
    assert_eq!(
        server.post(OTHER_TOKEN, &[event(30, at, abusive("refund_status", AbuseKind::Insult))]).await.status,
        200
    );
    let admin = server.sign_in("admin@demo.test").await;
    let all: TodayRecord = server.get("/api/v1/today", &admin).await.json();
    assert_eq!(all.abuse, today.abuse, "all teams less this one would be the other's one agent");
}

#[tokio::test(flavor = "multi_thread")]
async fn devices_are_connected_and_revoked() {
    let server = Server::start().await;
    server.add_other_team().await;
    let cookie = server.sign_in("supervisor@demo.test").await;
    let headers = [JSON, ("cookie", cookie.as_str())];
    let new = r#"{"agent_id":"demo-agent-3","label":"Laptop"}"#;
    let answer = server.ask("POST", "/api/v1/devices", &headers, new).await;
    assert_eq!(answer.status, 201);
    let made: serde_json::Value = answer.json();
    let (token, id) = (made["token"].as_str().unwrap(), made["device"]["id"].as_str().unwrap());
    assert_eq!(server.post(token, &[event(1, NOW_MS, mood(0.0, 1))]).await.status, 200);

    let list: Page<DeviceRecord> = server.get("/api/v1/devices", &cookie).await.json();
    let listed = list.items.iter().find(|device| device.id == id).unwrap();
    assert_eq!((listed.agent_name.as_str(), listed.last_event_at_ms), ("刘洋", Some(NOW_MS)));
    assert!(list.items.iter().all(|device| device.agent_id != "other-agent"));
    let database = std::fs::read(server.folder().join("memory.sqlite-wal")).unwrap();
    assert!(!database.windows(token.len()).any(|bytes| bytes == token.as_bytes()), "only the hash is stored");

    server.ask("DELETE", "/api/v1/devices/other-device", &headers, "").await.expect_problem(404, "not_found");
    assert_eq!(server.ask("DELETE", &format!("/api/v1/devices/{id}"), &headers, "").await.status, 204);
    server.post(token, &[]).await.expect_problem(401, "invalid_token");
    for body in [r#"{"agent_id":"other-agent","label":"x"}"#, r#"{"agent_id":"demo-admin","label":"x"}"#] {
        server.ask("POST", "/api/v1/devices", &headers, body).await.expect_problem(404, "not_found");
    }
    let empty = r#"{"agent_id":"demo-agent-3","label":" "}"#;
    server.ask("POST", "/api/v1/devices", &headers, empty).await.expect_problem(400, "invalid_parameter");
}
