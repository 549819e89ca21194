//! The description is whole and true.

use std::collections::BTreeSet;

use serde_json::Value;
use sync_api::Code;

use crate::support::*;

const ROUTES: [(&str, &str); 31] = [
    ("post", "/api/v1/events"),
    ("get", "/api/v1/conversations"),
    ("get", "/api/v1/conversations/{id}"),
    ("get", "/api/v1/alerts"),
    ("post", "/api/v1/conversations/{id}/taking"),
    ("get", "/api/v1/taken-alerts"),
    ("get", "/api/v1/agents"),
    ("get", "/api/v1/teams"),
    ("get", "/api/v1/today"),
    ("get", "/api/v1/stream"),
    ("post", "/api/v1/session"),
    ("get", "/api/v1/session"),
    ("delete", "/api/v1/session"),
    ("get", "/api/v1/devices"),
    ("post", "/api/v1/devices"),
    ("delete", "/api/v1/devices/{id}"),
    ("post", "/api/v1/site-locators"),
    ("get", "/api/v1/site-locators"),
    ("get", "/api/v1/team-labels"),
    ("get", "/api/v1/labels"),
    ("put", "/api/v1/labels"),
    ("get", "/api/v1/team-model"),
    ("get", "/api/v1/team-model/files/{id}"),
    ("get", "/api/v1/own-model"),
    ("put", "/api/v1/own-model"),
    ("delete", "/api/v1/own-model"),
    ("put", "/api/v1/own-model/files/{id}"),
    ("get", "/api/v1/taught-sites"),
    ("post", "/api/v1/taught-sites/{id}/decision"),
    ("get", "/api/health"),
    ("get", "/api/openapi.json"),
];

fn operations(document: &Value) -> Vec<(String, String, &Value)> {
    let paths = document["paths"].as_object().unwrap();
    let operations = paths.iter().flat_map(|(path, item)| {
        item.as_object().unwrap().iter().map(|(method, operation)| (method.clone(), path.clone(), operation))
    });
    operations.collect()
}

fn references<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::Object(fields) => {
            found.extend(fields.get("$ref").and_then(Value::as_str));
            fields.values().for_each(|value| references(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_is_listed_and_every_listed_route_answers() {
    let server = Server::start().await;
    let document: Value = server.get("/api/openapi.json", "").await.json();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"), "{}", document["openapi"]);
    let listed: BTreeSet<_> = operations(&document).into_iter().map(|(method, path, _)| (method, path)).collect();
    let expected = ROUTES.map(|(method, path)| (method.to_owned(), path.to_owned()));
    assert_eq!(listed, BTreeSet::from(expected));
    for (method, path, operation) in operations(&document) {
        let answer = server.ask(&method.to_uppercase(), &path.replace("{id}", "none"), &[], "").await;
        let status = answer.status.as_u16().to_string();
        let responses = operation["responses"].as_object().unwrap();
        assert!(responses.contains_key(&status) && status != "404", "{method} {path}: {answer:?}");
        if !answer.status.is_success() {
            let described = responses[&status]["description"].as_str().unwrap();
            assert!(described.contains(&format!("`{}`", answer.problem())), "{method} {path}: {described}");
        }
    }
}

#[test]
fn operations_are_described_and_references_lead_somewhere() {
    let document = serde_json::to_value(sync_api::document()).unwrap();
    let mut ids = BTreeSet::new();
    for (method, path, operation) in operations(&document) {
        assert!(ids.insert(operation["operationId"].as_str().unwrap()), "{method} {path}");
        assert!(operation["summary"].is_string() || operation["description"].is_string(), "{method} {path}");
        assert!(operation["responses"]["default"]["content"]["application/problem+json"].is_object());
        for (status, response) in operation["responses"].as_object().unwrap() {
            assert!(
                response["description"].as_str().is_some_and(|words| !words.is_empty()),
                "{method} {path} {status}"
            );
            let is_failure = status.parse().is_ok_and(|status: u16| status >= 400) && path != "/api/health";
            assert!(
                !is_failure || response["content"]["application/problem+json"].is_object(),
                "{method} {path} {status}"
            );
        }
        for scheme in operation["security"].as_array().into_iter().flatten() {
            let name = scheme.as_object().unwrap().keys().next().unwrap();
            assert!(document["components"]["securitySchemes"][name].is_object(), "{name}");
        }
    }
    let mut found = Vec::new();
    references(&document, &mut found);
    assert!(found.len() > 20);
    for reference in found {
        assert!(document.pointer(reference.strip_prefix('#').unwrap()).is_some(), "{reference}");
    }
    let codes = &document["components"]["schemas"]["Problem"]["properties"]["code"]["enum"];
    assert_eq!(*codes, Value::from(Code::ALL.map(Code::as_str).to_vec()), "the codes are a closed set");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_is_a_problem_too() {
    let server = Server::start().await;
    for path in ["/api", "/api/", "/api/v1", "/api/v1/nothing", "/api/v2/events", "/api/v1/conversations/"] {
        server.get(path, "").await.expect_problem(404, "not_found");
    }
    let answer = server.ask("PUT", "/api/v1/session", &[], "").await;
    answer.expect_problem(405, "method_not_allowed");
    assert!(answer.header("allow").contains("DELETE"), "{answer:?}");
    let health: Value = server.get("/api/health", "").await.json();
    assert_eq!(health, serde_json::json!({"status": "ok", "database": "ok", "version": env!("CARGO_PKG_VERSION")}));
    assert_eq!(server.get("/problems/not_found", "").await.status, 200);
    assert_eq!(server.get("/problems/nonsense", "").await.status, 404);
    assert_eq!(
        server.get("/api/health", "").await.header("content-security-policy"),
        "default-src 'none'; frame-ancestors 'none'"
    );
}
