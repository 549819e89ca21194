//! One JSON line in, one JSON line out: what `analyze` and the wasm export `analyze_json` speak.

use domain::Analysis;
use serde::{Deserialize, Serialize};

use crate::tokens::{Speaker, Turn};
use crate::understand::Analyser;

#[derive(Deserialize)]
struct Line {
    text: String,
    #[serde(default)]
    context: Vec<ContextTurn>,
    /// The search vector of the text alone is wanted, too.
    #[serde(default)]
    embed: bool,
}

#[derive(Serialize)]
struct Answer {
    #[serde(flatten)]
    analysis: Analysis,
    #[serde(skip_serializing_if = "Option::is_none")]
    embedding: Option<Vec<f32>>,
}

#[derive(Deserialize)]
struct ContextTurn {
    author: Author,
    text: String,
}

/// Bots speak for the desk. Other authors (notes, system) are no turns.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Author {
    Customer,
    #[serde(alias = "bot")]
    Agent,
    #[serde(other)]
    Other,
}

#[derive(Serialize)]
struct Golden {
    ids: Vec<u32>,
    types: Vec<u8>,
    truncated: bool,
    phrase_rows: [Vec<u32>; 2],
    intent_logits: Vec<f32>,
    sentiment_logits: Vec<f32>,
    emotion_logits: Vec<f32>,
    abuse_logits: Vec<f32>,
    flags_logits: Vec<f32>,
    search: Vec<f32>,
}

#[derive(Serialize)]
struct Failure {
    error: FailureBody,
}

#[derive(Serialize)]
struct FailureBody {
    code: &'static str,
    detail: String,
}

/// The analysis of a line as JSON, or `{"error": {"code", "detail"}}`. Never holds a line break.
pub fn answer(analyser: &Analyser, line: &str) -> String {
    match serde_json::from_str::<Line>(line) {
        Ok(line) => json(&Answer {
            analysis: with_turns(&line, |turns| analyser.analyse(&line.text, turns)),
            embedding: line.embed.then(|| analyser.embed(&line.text)),
        }),
        // The parser's message quotes names of fields and positions, never values.
        Err(error) => failure("malformed_line", format!("line {}, column {}", error.line(), error.column())),
    }
}

/// Ids, types and outputs of a line, in the form of models/goldens.
pub fn golden(analyser: &Analyser, line: &str) -> String {
    let Ok(line) = serde_json::from_str::<Line>(line) else { return failure("malformed_line", String::new()) };
    with_turns(&line, |turns| {
        let encoded = analyser.tokeniser().encode(&line.text, turns);
        let outputs = analyser.encoder().run(&encoded.ids, &encoded.types);
        let phrase_rows = analyser.encoder().phrase_rows(&encoded.ids, &encoded.types);
        json(&Golden {
            ids: encoded.ids,
            types: encoded.types,
            truncated: encoded.truncated,
            phrase_rows,
            intent_logits: outputs.intent,
            sentiment_logits: outputs.sentiment,
            emotion_logits: outputs.emotion,
            abuse_logits: outputs.abuse,
            flags_logits: outputs.flags,
            search: outputs.search,
        })
    })
}

fn with_turns<'a, T>(line: &'a Line, then: impl FnOnce(&[Turn<'a>]) -> T) -> T {
    let turn = |turn: &'a ContextTurn| {
        let speaker = match turn.author {
            Author::Customer => Speaker::Customer,
            Author::Agent => Speaker::Agent,
            Author::Other => return None,
        };
        Some(Turn { speaker, text: &turn.text })
    };
    then(&line.context.iter().filter_map(turn).collect::<Vec<_>>())
}

fn failure(code: &'static str, detail: String) -> String {
    json(&Failure { error: FailureBody { code, detail } })
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| r#"{"error":{"code":"internal","detail":""}}"#.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_their_shape() {
        let analyser = crate::understand::tests::shared_analyser();
        let line =
            r#"{"text":"where is my order","context":[{"author":"agent","text":"hi"},{"author":"note","text":"x"}]}"#;
        let answer: serde_json::Value = serde_json::from_str(&answer(analyser, line)).unwrap();
        let heads = ["intent", "act", "sentiment", "emotion", "abuse", "flags", "intents"];
        for key in heads.into_iter().chain(["lang", "fields", "danger", "truncated"]) {
            assert!(answer.get(key).is_some(), "{key}: {answer}");
        }
        assert!(answer["sentiment"]["value"].is_number() && answer["intent"]["label"].is_string());
        assert!(answer.get("embedding").is_none());
    }

    #[test]
    fn a_search_vector_is_given_on_request() {
        let analyser = crate::understand::tests::shared_analyser();
        let answer: serde_json::Value =
            serde_json::from_str(&answer(analyser, r#"{"text":"where is my order","embed":true}"#)).unwrap();
        let vector: Vec<f32> = serde_json::from_value(answer["embedding"].clone()).unwrap();
        assert!((vector.iter().map(|x| x * x).sum::<f32>() - 1.0).abs() < 1e-5 && answer["lang"] == "en");
    }

    #[test]
    fn a_broken_line_is_answered() {
        let analyser = crate::understand::tests::shared_analyser();
        for line in ["", "{", r#"{"context":[]}"#, "[1]", r#"{"text":3}"#] {
            assert!(answer(analyser, line).starts_with(r#"{"error":{"code":"malformed_line""#), "{line}");
        }
    }
}
