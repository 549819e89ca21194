//! What a batch of events must be like before it is stored.
//!
//! Owns the rules that keep customer text out: fields that [`domain::sync`] does not name are refused, and the strings
//! it names are identifiers without white space. Details name the field and the rule, never the value.

use axum::http::Uri;
use domain::analysis::Scored;
use domain::sync::{BATCH_EVENTS, ConversationRef, Event, EventBody, MOST_URL_BYTES};
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

use crate::problem::{Code, Failure, FieldProblem};

/// 2000-01-01; events have the times of their messages, and some tickets are old.
const EARLIEST_MS: i64 = 946_684_800_000;
/// Clocks of agents' machines, and times without a zone, may be this far ahead.
const AHEAD_MS: i64 = 24 * 60 * 60 * 1000;
/// Problems reported of one batch.
const REPORTED: usize = 50;
const MAX_MESSAGES: u32 = 100_000;

/// The events of a JSON body, all valid.
pub fn batch(body: &[u8], now_ms: i64) -> Result<Vec<Event>, Failure> {
    let body: Value = serde_json::from_slice(body).map_err(|error| {
        let detail = format!("Not JSON at line {}, column {}.", error.line(), error.column());
        Failure::new(Code::MalformedJson, detail)
    })?;
    let events = body
        .get("events")
        .and_then(Value::as_array)
        .ok_or_else(|| Failure::new(Code::MalformedJson, "The body must be an object with the array `events`."))?;
    if events.len() > BATCH_EVENTS {
        return Err(Failure::new(Code::TooManyEvents, format!("Send at most {BATCH_EVENTS} events in a batch.")));
    }
    let mut unknown = Vec::new();
    report_extra_keys(&body, &serde_json::json!({ "events": null }), "", &mut unknown);
    let mut problems = Vec::new();
    let mut valid = Vec::with_capacity(events.len());
    for (index, value) in events.iter().enumerate() {
        let pointer = format!("/events/{index}");
        match Event::deserialize(value) {
            Ok(event) => {
                let known = serde_json::to_value(&event).unwrap_or_default();
                report_extra_keys(value, &known, &pointer, &mut unknown);
                valid.push(event);
                if let Some(event) = valid.last_mut() {
                    Rules { pointer, problems: &mut problems }.event(event, now_ms);
                }
            }
            Err(error) => problems.push(FieldProblem { pointer, detail: expectation(&error) }),
        }
    }
    let failure = |code, detail, mut fields: Vec<FieldProblem>| {
        fields.truncate(REPORTED);
        Err(Failure::with_fields(code, detail, fields))
    };
    if !unknown.is_empty() {
        return failure(
            Code::UnknownField,
            "Send only what /api/openapi.json names; customer text is not taken.",
            unknown,
        );
    }
    if !problems.is_empty() {
        return failure(
            Code::InvalidEvent,
            "Nothing was stored. Correct or drop the events named in `errors`.",
            problems,
        );
    }
    Ok(valid)
}

/// Keys of `sent` that `known`, the same value read and written again, does not have.
fn report_extra_keys(sent: &Value, known: &Value, pointer: &str, unknown: &mut Vec<FieldProblem>) {
    match (sent, known) {
        (Value::Object(sent), Value::Object(known)) => {
            for (key, value) in sent {
                let pointer = format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
                match known.get(key) {
                    Some(known) => report_extra_keys(value, known, &pointer, unknown),
                    None => unknown.push(FieldProblem { pointer, detail: "is not known".into() }),
                }
            }
        }
        (Value::Array(sent), Value::Array(known)) => {
            for (index, (sent, known)) in sent.iter().zip(known).enumerate() {
                report_extra_keys(sent, known, &format!("{pointer}/{index}"), unknown);
            }
        }
        _ => {}
    }
}

/// What serde expected, without the value that it found.
fn expectation(error: &serde_json::Error) -> String {
    let message = error.to_string();
    match message.rsplit_once(", expected ") {
        Some((_, expected)) => format!("must be {expected}"),
        None if message.starts_with("missing field") => message,
        None => "is not an event of version 1".into(),
    }
}

/// Collects what is wrong with one event.
struct Rules<'a> {
    pointer: String,
    problems: &'a mut Vec<FieldProblem>,
}

impl Rules<'_> {
    fn event(&mut self, event: &mut Event, now_ms: i64) {
        match Uuid::try_parse(&event.id) {
            Ok(id) => event.id = id.hyphenated().to_string(),
            Err(_) => self.wrong("id", "must be a UUID"),
        }
        if !(EARLIEST_MS..=now_ms + AHEAD_MS).contains(&event.at_ms) {
            self.wrong("at_ms", "must be milliseconds since the Unix epoch, from 2000 to at most a day ahead");
        }
        self.conversation(&event.conversation);
        self.body(&event.body);
    }

    fn conversation(&mut self, conversation: &ConversationRef) {
        let is_hash =
            conversation.id.len() == 32 && conversation.id.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        self.check(is_hash, "conversation/id", "must be 32 hexadecimal digits in lower case");
        let is_host = is_token(&conversation.site, 255) && !conversation.site.contains(['/', '@', '?', '#']);
        self.check(is_host, "conversation/site", "must be a host name with an optional port");
        self.check(
            is_web_url(&conversation.url),
            "conversation/url",
            "must be an http or https URL of at most 2048 characters",
        );
    }

    fn body(&mut self, body: &EventBody) {
        match body {
            EventBody::MessageAnalysed {
                message_id,
                intent,
                act,
                sentiment,
                emotion,
                model_version,
                lang: _,
                danger: _,
                abuse: _,
            } => {
                self.token("message_id", message_id, 200);
                self.scored("intent", intent);
                if let Some(act) = act {
                    self.scored("act", act);
                }
                self.share("sentiment/score", sentiment.score);
                self.signed("sentiment/value", sentiment.value);
                self.share("emotion/score", emotion.score);
                self.token("model_version", model_version, 64);
            }
            EventBody::MoodChanged { score, customer_messages, word: _, trend: _ } => {
                self.signed("score", *score);
                self.check(*customer_messages <= MAX_MESSAGES, "customer_messages", "must be at most 100000");
            }
            EventBody::AlertOpened { alert_id, message_id, score, reason: _ } => {
                self.token("alert_id", alert_id, 200);
                self.token("message_id", message_id, 200);
                self.signed("score", *score);
            }
            EventBody::AlertClosed { alert_id } => self.token("alert_id", alert_id, 200),
            EventBody::ConversationReread => {}
            EventBody::IntentCorrected { message_id, from, to } => {
                self.token("message_id", message_id, 200);
                self.label("from", from);
                self.label("to", to);
            }
            EventBody::SuggestionShown { suggestion_id, source: _ }
            | EventBody::SuggestionInserted { suggestion_id, source: _ } => {
                self.token("suggestion_id", suggestion_id, 200)
            }
        }
    }

    fn scored(&mut self, field: &str, scored: &Scored) {
        self.label(&format!("{field}/label"), &scored.label);
        self.share(&format!("{field}/score"), scored.score);
    }

    fn label(&mut self, field: &str, label: &str) {
        let is_label = (1..=64).contains(&label.len())
            && label.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'));
        self.check(is_label, field, "must be a class label: a-z, 0-9 and _, at most 64 characters");
    }

    fn token(&mut self, field: &str, token: &str, limit: usize) {
        let rule = format!("must be 1 to {limit} ASCII characters without white space");
        self.check(is_token(token, limit), field, &rule);
    }

    fn share(&mut self, field: &str, score: f32) {
        self.check((0.0..=1.0).contains(&score), field, "must be from 0 to 1");
    }

    fn signed(&mut self, field: &str, score: f32) {
        self.check((-1.0..=1.0).contains(&score), field, "must be from -1 to 1");
    }

    fn check(&mut self, is_right: bool, field: &str, rule: &str) {
        if !is_right {
            self.wrong(field, rule);
        }
    }

    fn wrong(&mut self, field: &str, rule: &str) {
        let pointer = format!("{}/{field}", self.pointer);
        self.problems.push(FieldProblem { pointer, detail: rule.into() });
    }
}

fn is_token(token: &str, limit: usize) -> bool {
    (1..=limit).contains(&token.len()) && token.bytes().all(|byte| byte.is_ascii_graphic())
}

fn is_web_url(url: &str) -> bool {
    let Ok(parsed) = url.parse::<Uri>() else { return false };
    let has_plain_host = parsed.authority().is_some_and(|authority| !authority.as_str().contains('@'));
    is_token(url, MOST_URL_BYTES) && has_plain_host && matches!(parsed.scheme_str(), Some("http" | "https"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const NOW_MS: i64 = 1_800_000_000_000;

    fn event() -> Value {
        json!({
            "id": "0190f6a0-0000-7000-8000-00000000000A", "at_ms": NOW_MS, "type": "message_analysed",
            "conversation": {"id": "0".repeat(32), "site": "desk.test:80", "url": "https://desk.test/1?id=2#m", "channel": "chat"},
            "message_id": "m1", "lang": "zh", "intent": {"label": "complaint", "score": 0.5}, "act": null,
            "sentiment": {"label": "negative", "score": 0.9, "value": -1}, "emotion": {"label": "anger", "score": 1},
            "danger": "threat", "model_version": "1"
        })
    }

    fn check(pointer: &str, value: Value, expected: Result<(), (Code, &str)>) {
        let mut body = json!({ "events": [event()] });
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        let parent = body.pointer_mut(parent).unwrap();
        parent.as_object_mut().unwrap().insert(key.into(), value);
        let found = batch(body.to_string().as_bytes(), NOW_MS).map(|_| ()).map_err(|failure| {
            (failure.code, failure.fields.first().map_or(String::new(), |field| field.pointer.clone()))
        });
        assert_eq!(found, expected.map_err(|(code, pointer)| (code, pointer.to_owned())), "{pointer}");
    }

    #[test]
    fn valid_events_pass_and_ids_are_normal() {
        let events = batch(json!({ "events": [event()] }).to_string().as_bytes(), NOW_MS).unwrap();
        assert_eq!(events[0].id, "0190f6a0-0000-7000-8000-00000000000a");
        assert!(batch(br#"{"events":[]}"#, NOW_MS).unwrap().is_empty());
        check("/events/0/conversation/url", json!("http://127.0.0.1:8000/Ticket/Display.html?id=1"), Ok(()));
    }

    #[test]
    fn each_field_has_its_rule() {
        let invalid = |pointer, value| check(pointer, value, Err((Code::InvalidEvent, pointer)));
        invalid("/events/0/id", json!("1"));
        invalid("/events/0/at_ms", json!(0));
        invalid("/events/0/at_ms", json!(NOW_MS + AHEAD_MS + 1));
        invalid("/events/0/message_id", json!("where is my parcel"));
        invalid("/events/0/message_id", json!("我的包裹"));
        invalid("/events/0/message_id", json!(""));
        invalid("/events/0/model_version", json!("v".repeat(65)));
        invalid("/events/0/intent/label", json!("Where is it?"));
        invalid("/events/0/intent/score", json!(1.1));
        invalid("/events/0/sentiment/value", json!(-1.1));
        invalid("/events/0/emotion/score", json!(1e39));
        invalid("/events/0/conversation/id", json!("x"));
        invalid("/events/0/conversation/site", json!("a/b"));
        for url in ["javascript:alert(1)", "ftp://a.test/", "https://u:p@a.test/", "/relative", "https://a.test/ x"] {
            invalid("/events/0/conversation/url", json!(url));
        }
        let unreadable = |pointer, value| check(pointer, value, Err((Code::InvalidEvent, "/events/0")));
        unreadable("/events/0/lang", json!("fr"));
        unreadable("/events/0/type", json!("message_text"));
        unreadable("/events/0/at_ms", json!("now"));
    }

    #[test]
    fn unknown_fields_are_refused_wherever_they_are() {
        let unknown = |pointer| check(pointer, json!("words"), Err((Code::UnknownField, pointer)));
        unknown("/events/0/text");
        unknown("/events/0/conversation/subject");
        unknown("/events/0/intent/excerpt");
        unknown("/text");
    }

    #[test]
    fn values_are_never_repeated() {
        let failure = |body: &str| format!("{:?}", batch(body.as_bytes(), NOW_MS).unwrap_err());
        for secret in [json!("SECRET word"), json!("SECRET, expected SECRET")] {
            for field in ["id", "at_ms", "type", "lang", "message_id", "danger", "intent", "conversation"] {
                let mut event = event();
                event[field] = secret.clone();
                let told = failure(&json!({ "events": [event] }).to_string());
                assert!(!told.contains("SECRET"), "{field}: {told}");
            }
        }
        assert!(!failure("{\"SECRET").contains("SECRET"));
    }

    #[test]
    fn batches_are_bounded() {
        let events = vec![event(); BATCH_EVENTS + 1];
        let failure = batch(json!({ "events": events }).to_string().as_bytes(), NOW_MS).unwrap_err();
        assert_eq!(failure.code, Code::TooManyEvents);
        assert_eq!(batch(b"[]", NOW_MS).unwrap_err().code, Code::MalformedJson);
        assert_eq!(batch(b"{", NOW_MS).unwrap_err().code, Code::MalformedJson);
    }
}
