//! No customer text and no care data can get in (R3, R13).

use std::path::Path;

use serde_json::{Value, json};

use crate::support::*;

#[tokio::test(flavor = "multi_thread")]
async fn customer_text_is_refused_wherever_it_is_put() {
    let server = Server::start().await;
    let whole = json!({ "events": [event(1, NOW_MS, analysed("m1", "complaint", -0.5))] });
    let places =
        ["", "/events/0", "/events/0/conversation", "/events/0/intent", "/events/0/sentiment", "/events/0/emotion"];
    for place in places {
        for field in ["text", "body", "excerpt", "subject", "customer_name", "work_debt"] {
            let mut body = whole.clone();
            body.pointer_mut(place).unwrap()[field] = json!("我的包裹在哪里");
            server.post_json(TOKEN, &body.to_string()).await.expect_problem(422, "unknown_field");
        }
    }
    for place in
        ["/events/0/message_id", "/events/0/intent/label", "/events/0/model_version", "/events/0/conversation/site"]
    {
        for words in ["我的包裹在哪里", "where is my parcel"] {
            let mut body = whole.clone();
            *body.pointer_mut(place).unwrap() = json!(words);
            server.post_json(TOKEN, &body.to_string()).await.expect_problem(422, "invalid_event");
        }
    }
    assert_eq!(server.post_json(TOKEN, &whole.to_string()).await.status, 200, "the same batch without words is taken");
}

#[test]
fn no_type_of_care_is_reachable() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |file: &str| std::fs::read_to_string(root.join("../domain/src").join(file)).unwrap();
    let care = read("care.rs") + &read("shield.rs");
    let types: Vec<&str> = care
        .lines()
        .filter_map(|line| line.strip_prefix("pub struct ").or_else(|| line.strip_prefix("pub enum ")))
        .map(|line| line.split(|c: char| !c.is_alphanumeric()).next().unwrap())
        .collect();
    assert!(types.contains(&"WorkDebt") && types.contains(&"Shield"), "{types:?}");
    let document = serde_json::to_value(sync_api::document()).unwrap();
    let schemas = document["components"]["schemas"].as_object().unwrap();
    for name in &types {
        assert!(!schemas.contains_key(*name), "{name} is in the API");
    }
    for file in sources(&root.join("src")) {
        let code = std::fs::read_to_string(&file).unwrap();
        let code: String = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        let names = |module: &str| code.contains(&format!("{module}::")) || code.contains(&format!("domain::{module}"));
        assert!(!names("care") && !names("shield"), "{}", file.display());
    }
}

#[test]
fn no_field_that_is_taken_can_hold_words() {
    let document = serde_json::to_value(sync_api::document()).unwrap();
    let schemas = &document["components"]["schemas"];
    let mut waiting = vec!["EventBatch".to_owned(), "SiteLocator".to_owned()];
    let mut seen = std::collections::BTreeSet::new();
    while let Some(name) = waiting.pop() {
        if seen.insert(name.clone()) {
            look(&schemas[&name], &mut waiting);
        }
    }
    assert!(seen.contains("EventBody") && seen.contains("ConversationRef"), "{seen:?}");

    fn look(value: &Value, waiting: &mut Vec<String>) {
        const WORDY: [&str; 9] =
            ["text", "body", "excerpt", "subject", "name", "email", "content", "author", "requester"];
        match value {
            Value::Object(fields) => {
                if let Some(reference) = fields.get("$ref").and_then(Value::as_str) {
                    waiting.push(reference.rsplit('/').next().unwrap().to_owned());
                }
                for name in fields.get("properties").and_then(Value::as_object).into_iter().flat_map(|p| p.keys()) {
                    assert!(!WORDY.contains(&name.as_str()), "{name}");
                }
                fields.values().for_each(|value| look(value, waiting));
            }
            Value::Array(items) => items.iter().for_each(|value| look(value, waiting)),
            _ => {}
        }
    }
}

fn sources(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] }).collect()
}
