//! Signing in and out.

use domain::record::{Role, SessionRecord};
use sync_api::{Settings, seed};

use crate::support::*;

fn credentials(email: &str, password: &str) -> String {
    serde_json::json!({ "email": email, "password": password }).to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_begins_and_ends() {
    let server = Server::start().await;
    server.get("/api/v1/session", "").await.expect_problem(401, "not_signed_in");
    let body = credentials(" Supervisor@DEMO.test ", seed::DEMO_PASSWORD);
    let answer = server.ask("POST", "/api/v1/session", &[JSON], &body).await;
    let record: SessionRecord = answer.json();
    assert_eq!(
        (record.role, record.email.as_str(), record.team_id.as_str()),
        (Role::Supervisor, "supervisor@demo.test", "care")
    );
    let set = answer.header("set-cookie").to_owned();
    assert!(set.contains("HttpOnly") && set.contains("SameSite=Lax") && !set.contains("Secure"), "{set}");

    let cookie = answer.cookie();
    assert_eq!(server.get("/api/v1/session", &cookie).await.json::<SessionRecord>(), record);
    let headers = [("cookie", cookie.as_str()), ("sec-fetch-site", "same-origin")];
    assert_eq!(server.ask("DELETE", "/api/v1/session", &headers, "").await.status, 204);
    server.get("/api/v1/session", &cookie).await.expect_problem(401, "not_signed_in");
    assert_eq!(server.ask("DELETE", "/api/v1/session", &headers, "").await.status, 204, "twice is no failure");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_session_has_a_new_id_and_the_database_no_id() {
    let server = Server::start().await;
    let fixed = server.sign_in("agent@demo.test").await;
    let body = credentials("supervisor@demo.test", seed::DEMO_PASSWORD);
    let answer = server.ask("POST", "/api/v1/session", &[JSON, ("cookie", &fixed)], &body).await;
    assert_ne!(answer.cookie(), fixed);
    server.get("/api/v1/session", &fixed).await.expect_problem(401, "not_signed_in");
    let id = answer.cookie().split_once('=').unwrap().1.to_owned();
    let database = std::fs::read(server.folder().join("memory.sqlite-wal")).unwrap();
    assert!(!database.windows(id.len()).any(|bytes| bytes == id.as_bytes()));
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_credentials_look_the_same_and_are_limited() {
    let server = Server::start().await;
    let ask = |email: &str, password: &str| {
        let body = credentials(email, password);
        let server = &server;
        async move { server.ask("POST", "/api/v1/session", &[JSON], &body).await }
    };
    let (wrong, unknown) = (ask("agent@demo.test", "x").await, ask("nobody@demo.test", "x").await);
    wrong.expect_problem(401, "wrong_credentials");
    assert_eq!((unknown.status, &unknown.bytes), (wrong.status, &wrong.bytes));
    for _ in 0..9 {
        ask("agent@demo.test", "x").await.expect_problem(401, "wrong_credentials");
    }
    let limited = ask("agent@demo.test", seed::DEMO_PASSWORD).await;
    limited.expect_problem(429, "too_many_attempts");
    assert_eq!(limited.header("retry-after"), "60");
    assert_eq!(ask("admin@demo.test", seed::DEMO_PASSWORD).await.status, 200, "others are not kept out");
    server.ask("POST", "/api/v1/session", &[JSON], "{}").await.expect_problem(400, "malformed_json");
}

#[tokio::test(flavor = "multi_thread")]
async fn other_sites_change_nothing() {
    let server = Server::start().await;
    let cookie = server.sign_in("supervisor@demo.test").await;
    let new = r#"{"agent_id":"demo-agent-3","label":"x"}"#;
    for foreign in [("origin", "https://evil.test"), ("sec-fetch-site", "cross-site"), ("origin", "null")] {
        for (method, path) in [("POST", "/api/v1/devices"), ("DELETE", "/api/v1/session"), ("POST", "/api/v1/session")]
        {
            let headers = [JSON, ("cookie", cookie.as_str()), foreign];
            server.ask(method, path, &headers, new).await.expect_problem(403, "cross_site");
        }
    }
    let own = format!("http://{}", server.address);
    let headers = [JSON, ("cookie", cookie.as_str()), ("origin", own.as_str())];
    assert_eq!(server.ask("POST", "/api/v1/devices", &headers, new).await.status, 201);
}

#[tokio::test(flavor = "multi_thread")]
async fn demo_users_exist_only_in_the_demo_and_https_cookies_are_secure() {
    let settings = Settings { public_url: Some("https://seat.example".into()), demo: true, ..Settings::default() };
    let folder = Server::start().await.stop().await;
    let server = Server::start_in(folder, settings).await;
    let body = credentials("admin@demo.test", seed::DEMO_PASSWORD);
    let answer = server.ask("POST", "/api/v1/session", &[JSON], &body).await;
    assert!(answer.header("set-cookie").contains("Secure"));
    assert!(answer.header("strict-transport-security").starts_with("max-age="));
    let cookie = answer.cookie();
    assert_eq!(server.get("/api/v1/session", &cookie).await.status, 200);

    let server = Server::start_in(server.stop().await, Settings::default()).await;
    let answer = server.ask("POST", "/api/v1/session", &[JSON], &body).await;
    answer.expect_problem(401, "wrong_credentials");
    server.get("/api/v1/session", &cookie).await.expect_problem(401, "not_signed_in");
}
