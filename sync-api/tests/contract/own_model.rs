//! A team's own model: put by its supervisor, fetched by its devices alone.

use domain::own_model::{OwnModelRecord, TeamModel};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::support::*;

const MODEL: &str = "/api/v1/own-model";
/// Stand for an ONNX file and a tokeniser: the server does not read them.
const FILES: [&str; 2] = ["onnx", "tokenizer"];

fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

async fn ask(server: &Server, method: &str, path: &str, cookie: &str, body: &str) -> Answer {
    server.ask(method, path, &[JSON, ("cookie", cookie), ("sec-fetch-site", "same-origin")], body).await
}

async fn put_files(server: &Server, cookie: &str) {
    for body in FILES {
        let path = format!("{MODEL}/files/{}", sha256(body));
        assert_eq!(ask(server, "PUT", &path, cookie, body).await.status, 200);
    }
}

fn manifest(class: &str) -> Value {
    let file = |body: &str| json!({ "sha256": sha256(body), "size_bytes": body.len() });
    json!({
        "name": "intents.onnx", "model": file("onnx"), "tokenizer": file("tokenizer"),
        "labels": [{ "name": "Bikes", "class": null }, { "name": "x", "class": class }],
    })
}

async fn device(server: &Server, path: &str, token: &str) -> Answer {
    let authorization = format!("Bearer {token}");
    server.ask("GET", &format!("/api/v1/team-model{path}"), &[("authorization", &authorization)], "").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_reaches_the_devices_of_the_team_and_goes_again() {
    let server = Server::start().await;
    server.add_other_team().await;
    assert_eq!(device(&server, "", TOKEN).await.json::<TeamModel>(), TeamModel::default());
    let boss = server.sign_in("supervisor@demo.test").await;
    assert_eq!(server.get(MODEL, &boss).await.json::<OwnModelRecord>(), OwnModelRecord::default());

    put_files(&server, &boss).await;
    let record: OwnModelRecord = ask(&server, "PUT", MODEL, &boss, &manifest("complaint").to_string()).await.json();
    assert!(record.changed_by.is_some() && record.changed_at_ms == Some(NOW_MS));
    let shared = device(&server, "", TOKEN).await.json::<TeamModel>().model.unwrap();
    assert_eq!(Some(&shared), record.model.as_ref());
    let file = device(&server, &format!("/files/{}", sha256("onnx")), TOKEN).await;
    assert_eq!(
        (file.bytes.as_ref(), file.header("cache-control")),
        (b"onnx".as_slice(), "private, max-age=31536000, immutable")
    );
    assert_eq!(file.header("cross-origin-resource-policy"), "cross-origin");

    let again: OwnModelRecord = ask(&server, "PUT", MODEL, &boss, &manifest("refund_status").to_string()).await.json();
    assert_ne!(again.model.unwrap().version, shared.version, "another class, another version");

    assert_eq!(device(&server, "", OTHER_TOKEN).await.json::<TeamModel>(), TeamModel::default());
    device(&server, &format!("/files/{}", sha256("onnx")), OTHER_TOKEN).await.expect_problem(404, "not_found");

    assert_eq!(ask(&server, "DELETE", MODEL, &boss, "").await.json::<OwnModelRecord>(), OwnModelRecord::default());
    assert_eq!(device(&server, "", TOKEN).await.json::<TeamModel>(), TeamModel::default());
    device(&server, &format!("/files/{}", sha256("onnx")), TOKEN).await.expect_problem(404, "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_may_and_an_agent_or_another_site_may_not() {
    let server = Server::start().await;
    let admin = server.sign_in("admin@demo.test").await;
    put_files(&server, &admin).await;
    assert_eq!(ask(&server, "PUT", MODEL, &admin, &manifest("complaint").to_string()).await.status, 200);
    server.ask("PUT", MODEL, &[JSON], &manifest("complaint").to_string()).await.expect_problem(401, "not_signed_in");
    let elsewhere = [JSON, ("cookie", admin.as_str()), ("sec-fetch-site", "cross-site")];
    server.ask("DELETE", MODEL, &elsewhere, "").await.expect_problem(403, "cross_site");
    server.ask("GET", "/api/v1/team-model", &[], "").await.expect_problem(401, "invalid_token");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_as_it_must_be_is_refused() {
    let server = Server::start().await;
    let boss = server.sign_in("supervisor@demo.test").await;
    let early = ask(&server, "PUT", MODEL, &boss, &manifest("complaint").to_string()).await;
    early.expect_problem(400, "invalid_parameter");
    let body = String::from_utf8_lossy(&early.bytes).into_owned();
    assert!(body.contains("\"/model\"") && body.contains("\"/tokenizer\""), "{body}");

    put_files(&server, &boss).await;
    let path = format!("{MODEL}/files/{}", sha256("another"));
    ask(&server, "PUT", &path, &boss, "onnx").await.expect_problem(400, "invalid_parameter");
    ask(&server, "PUT", MODEL, &boss, &manifest("team_x").to_string()).await.expect_problem(400, "invalid_parameter");
    let mut more = manifest("complaint");
    more["script"] = json!("x");
    ask(&server, "PUT", MODEL, &boss, &more.to_string()).await.expect_problem(400, "malformed_json");
    let large = "x".repeat((128 << 20) + 1);
    let answer = ask(&server, "PUT", &path, &boss, &large).await;
    answer.expect_problem(413, "body_too_large");
    assert!(String::from_utf8_lossy(&answer.bytes).contains("128 MB"));
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_came_to_nothing_are_let_go() {
    let server = Server::start().await;
    let boss = server.sign_in("supervisor@demo.test").await;
    put_files(&server, &boss).await;
    ask(&server, "PUT", MODEL, &boss, &manifest("complaint").to_string()).await;
    for nth in 0..8 {
        let body = format!("upload {nth}");
        ask(&server, "PUT", &format!("{MODEL}/files/{}", sha256(&body)), &boss, &body).await;
    }
    let mut kept = 0;
    for nth in 0..8 {
        let path = format!("/files/{}", sha256(&format!("upload {nth}")));
        kept += u32::from(device(&server, &path, TOKEN).await.status == 200);
    }
    assert_eq!(kept, 4);
    assert_eq!(device(&server, &format!("/files/{}", sha256("onnx")), TOKEN).await.status, 200, "one in use stays");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_is_never_shared_without_its_files() {
    let server = Server::start().await;
    let boss = server.sign_in("supervisor@demo.test").await;
    put_files(&server, &boss).await;
    let shared: OwnModelRecord = ask(&server, "PUT", MODEL, &boss, &manifest("complaint").to_string()).await.json();
    // Somebody shared another model while this one's files were on their way: they have been let go.
    let mut other = shared.model.clone().unwrap();
    other.own.tokenizer.sha256 = sha256("gone");
    let missing = server.state.store.share_own_model("care", Some(&other), "demo-supervisor", NOW_MS).await;
    assert_eq!(missing.unwrap(), ["/tokenizer"]);
    assert_eq!(ask(&server, "GET", MODEL, &boss, "").await.json::<OwnModelRecord>(), shared);
}
