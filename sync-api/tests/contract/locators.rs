//! How sites are read: proposed by devices, decided by supervisors, fetched by the team's devices alone.

use domain::locator::{LocatorRecord, LocatorState, ProposalReceipt, SiteLocator, TeamLocators};
use domain::record::{Page, StreamEvent};
use serde_json::{Value, json};
use sync_api::store::User;

use crate::stream::Stream;
use crate::support::*;

const DEVICES: &str = "/api/v1/site-locators";
const TAUGHT: &str = "/api/v1/taught-sites";

fn locator(site: &str) -> Value {
    json!({
        "format": 1, "site": site, "path": "/tickets/*", "made_at_ms": NOW_MS,
        "list": [["scrolls", 1.0], ["role=log", 1.0]],
        "rows": [[["time", 0.99], ["^<li>", 0.95], [".1k3jz0aa", 0.9]], [["two parts", 0.95]]],
        "roles": [["side=left", 2.5, 0.0], ["[data-dir=out]", -3.0, 1.5]],
        "box": { "signs": [["textarea", 1.0]], "place": "below" },
        "opens": true, "headed": false, "page_names": true, "points": 5.2
    })
}

async fn propose(server: &Server, token: &str, body: &Value) -> Answer {
    let authorization = format!("Bearer {token}");
    server.ask("POST", DEVICES, &[JSON, ("authorization", &authorization)], &body.to_string()).await
}

async fn approved(server: &Server, token: &str) -> Vec<String> {
    let given = of_team(server, token).await;
    given.items.into_iter().map(|item| format!("{}{}", item.locator.site, item.locator.path)).collect()
}

async fn of_team(server: &Server, token: &str) -> TeamLocators {
    let authorization = format!("Bearer {token}");
    server.ask("GET", DEVICES, &[("authorization", &authorization)], "").await.json()
}

async fn decide(server: &Server, cookie: &str, id: &str, verdict: &str) -> Answer {
    let headers = [JSON, ("cookie", cookie), ("sec-fetch-site", "same-origin")];
    server.ask("POST", &format!("{TAUGHT}/{id}/decision"), &headers, &json!({ "verdict": verdict }).to_string()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proposal_is_used_by_the_team_once_a_supervisor_approved_it() {
    let server = Server::start().await;
    server.add_other_team().await;
    let whole = locator("https://desk.test");
    let receipt: Value = propose(&server, TOKEN, &whole).await.json();
    assert_eq!(receipt["state"], "proposed");
    let id = receipt["id"].as_str().unwrap();
    assert_eq!(propose(&server, TOKEN, &whole).await.json::<Value>(), receipt, "the same one again is one");
    assert!(approved(&server, TOKEN).await.is_empty());

    let boss = server.sign_in("supervisor@demo.test").await;
    let list: Page<LocatorRecord> = server.get(TAUGHT, &boss).await.json();
    let [record] = list.items.as_slice() else { panic!("{list:?}") };
    assert_eq!((record.id.as_str(), record.state), (id, LocatorState::Proposed));
    assert_eq!((record.proposed_at_ms, record.decided_by.as_deref()), (NOW_MS, None));
    assert_eq!(record.locator, serde_json::from_value::<SiteLocator>(whole.clone()).unwrap());

    let done: LocatorRecord = decide(&server, &boss, id, "approve").await.json();
    assert_eq!((done.state, done.decided_at_ms), (LocatorState::Approved, Some(NOW_MS)));
    assert!(done.decided_by.is_some());
    assert_eq!(approved(&server, TOKEN).await, ["https://desk.test/tickets/*"]);
    assert!(approved(&server, OTHER_TOKEN).await.is_empty(), "another team does not get it");
    assert_eq!(propose(&server, TOKEN, &whole).await.json::<Value>()["state"], "approved");

    assert_eq!(decide(&server, &boss, id, "withdraw").await.status, 200);
    assert!(approved(&server, TOKEN).await.is_empty());
    decide(&server, &boss, id, "withdraw").await.expect_problem(404, "not_found");
    let approved: Page<LocatorRecord> = server.get(&format!("{TAUGHT}?state=approved"), &boss).await.json();
    assert!(approved.items.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_hears_what_became_of_a_proposal_and_the_newer_approval_replaces_the_older() {
    let server = Server::start().await;
    server.add_other_team().await;
    let boss = server.sign_in("supervisor@demo.test").await;
    let mut ids = Vec::new();
    for (path, made_at_ms) in [("/tickets/*", 1), ("/tickets/*", 2), ("/chats/*", 3)] {
        let mut body = locator("https://desk.test");
        (body["path"], body["made_at_ms"]) = (json!(path), json!(made_at_ms));
        let receipt: ProposalReceipt = propose(&server, TOKEN, &body).await.json();
        ids.push(receipt.id);
    }
    for id in [&ids[0], &ids[2], &ids[1]] {
        assert_eq!(decide(&server, &boss, id, "approve").await.status, 200);
    }
    let given = of_team(&server, TOKEN).await;
    let mut in_use: Vec<&str> = given.items.iter().map(|item| item.id.as_str()).collect();
    in_use.sort_unstable();
    let mut expected = [ids[1].as_str(), ids[2].as_str()];
    expected.sort_unstable();
    assert_eq!(in_use, expected, "one for each kind of page");
    let state_of = |given: &TeamLocators, id: &str| given.proposals.iter().find(|one| one.id == id).unwrap().state;
    assert_eq!(
        ids.iter().map(|id| state_of(&given, id)).collect::<Vec<_>>(),
        [LocatorState::Withdrawn, LocatorState::Approved, LocatorState::Approved]
    );
    assert_eq!(decide(&server, &boss, &ids[0], "approve").await.status, 200, "the older one can come back");
    let given = of_team(&server, TOKEN).await;
    assert_eq!(state_of(&given, &ids[1]), LocatorState::Withdrawn);
    assert!(of_team(&server, OTHER_TOKEN).await.proposals.is_empty(), "of others nothing is said");
}

#[tokio::test(flavor = "multi_thread")]
async fn supervisors_hear_of_proposals_and_decisions_at_once() {
    let server = Server::start().await;
    let boss = server.sign_in("supervisor@demo.test").await;
    let mut stream = Stream::open(&server, &boss).await;
    let whole = locator("https://desk.test");
    let receipt: ProposalReceipt = propose(&server, TOKEN, &whole).await.json();
    assert_eq!(stream.event().await, StreamEvent::TaughtSites);
    propose(&server, TOKEN, &whole).await;
    decide(&server, &boss, &receipt.id, "approve").await;
    assert_eq!(stream.event().await, StreamEvent::TaughtSites);
    server.post(TOKEN, &[event(1, NOW_MS, mood(0.0, 1))]).await;
    assert_eq!(stream.conversation().await.0, 1, "the repeated proposal was told to nobody");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_teams_supervisor_decides() {
    let server = Server::start().await;
    server.add_other_team().await;
    let receipt: Value = propose(&server, TOKEN, &locator("https://desk.test")).await.json();
    let id = receipt["id"].as_str().unwrap();
    let agent = server.sign_in("agent@demo.test").await;
    server.get(TAUGHT, &agent).await.expect_problem(403, "forbidden");
    decide(&server, &agent, id, "approve").await.expect_problem(403, "forbidden");
    let boss = server.state.store.user("demo-supervisor").await.unwrap().unwrap();
    let admin = User { id: "admin".into(), email: "root@demo.test".into(), role: domain::record::Role::Admin, ..boss };
    server.state.store.add_user(&admin).await.unwrap();
    let admin = server.sign_in("root@demo.test").await;
    assert_eq!(
        server.get(TAUGHT, &admin).await.json::<Page<LocatorRecord>>().items.len(),
        1,
        "an administrator sees it"
    );
    decide(&server, &admin, id, "approve").await.expect_problem(403, "forbidden");
    let other = server.sign_in("boss@demo.test").await;
    assert!(server.get(TAUGHT, &other).await.json::<Page<LocatorRecord>>().items.is_empty());
    decide(&server, &other, id, "approve").await.expect_problem(404, "not_found");
    server.ask("GET", DEVICES, &[], "").await.expect_problem(401, "invalid_token");
    let (headers, body) = ([JSON, ("cookie", agent.as_str())], locator("https://desk.test").to_string());
    server.ask("POST", DEVICES, &headers, &body).await.expect_problem(401, "invalid_token");
}

#[tokio::test(flavor = "multi_thread")]
async fn words_of_a_page_have_no_place_in_it() {
    let server = Server::start().await;
    for (pointer, value) in [
        ("/list/0/0", json!("where is my parcel")),
        ("/rows/0/1/0", json!("我的包裹在哪里")),
        ("/rows/1/0/1", json!(1.5)),
        ("/roles/1/0", json!("[data-name=marta]")),
        ("/box/signs/0/0", json!("Reply to Marta")),
        ("/site", json!("https://desk.test/marta")),
        ("/path", json!("/users/marta")),
        ("/format", json!(2)),
        ("/points", json!(1000)),
        ("/rows", json!([])),
        ("/list", json!(vec![json!(["time", 1.0]); 121])),
    ] {
        let mut body = locator("https://desk.test");
        *body.pointer_mut(pointer).unwrap() = value;
        let answer = propose(&server, TOKEN, &body).await;
        answer.expect_problem(400, "invalid_parameter");
        let named = answer.json::<Value>()["errors"][0]["pointer"].as_str().unwrap().to_owned();
        assert!(pointer.starts_with(&named), "{pointer}: {named}");
        assert!(!String::from_utf8_lossy(&answer.bytes).to_lowercase().contains("marta"), "values are not repeated");
    }
    for place in ["", "/box"] {
        let mut body = locator("https://desk.test");
        body.pointer_mut(place).unwrap()["text"] = json!("hello");
        propose(&server, TOKEN, &body).await.expect_problem(400, "malformed_json");
    }
    let large = format!("{{\"site\": \"{}\"}}", "x".repeat(70_000));
    let headers = [JSON, ("authorization", "Bearer demo-device-token")];
    server.ask("POST", DEVICES, &headers, &large).await.expect_problem(413, "body_too_large");
}
