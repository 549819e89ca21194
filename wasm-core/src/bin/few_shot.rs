//! Learns from a few examples and classifies, as the session does. One JSON line in, one out:
//! `{"train": [{"text", "label"}], "test": [text]}` gives `{"answers": [{"label", "score", "value", "closeness", "examples"}], "fit_ms",
//! "add_ms"}`; `add_ms` is the last example learned after the others. Measures for tests/bench/few_shot.mjs.

use std::collections::HashMap;
use std::error::Error;
use std::io::BufRead;
use std::path::Path;
use std::time::Instant;

use serde::{Deserialize, Serialize};
use wasm_core::learn::{Evidence, Features, Learner};
use wasm_core::understand::Analyser;

#[derive(Deserialize)]
struct Task {
    train: Vec<Example>,
    test: Vec<String>,
}

#[derive(Deserialize)]
struct Example {
    text: String,
    label: String,
}

#[derive(Serialize)]
struct Report {
    answers: Vec<Option<Answer>>,
    fit_ms: f64,
    add_ms: f64,
}

#[derive(Serialize)]
struct Answer {
    label: String,
    score: f32,
    value: f32,
    closeness: f32,
    examples: usize,
}

fn main() -> Result<(), Box<dyn Error>> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../models/bundle");
    let analyser = Analyser::open(&dir)?;
    let mut known: HashMap<String, Option<Features>> = HashMap::new();
    let mut features = |text: &str| known.entry(text.to_owned()).or_insert_with(|| analyser.features(text)).clone();
    for line in std::io::stdin().lock().lines() {
        let task: Task = serde_json::from_str(&line?)?;
        let mut examples: Vec<(String, String, Features)> = Vec::new();
        for (index, Example { text, label }) in task.train.into_iter().enumerate() {
            examples.extend(features(&text).map(|features| (index.to_string(), label, features)));
        }
        let last = examples.pop();
        let mut learner = Learner::default();
        let started = Instant::now();
        learner.learn(examples);
        let between = Instant::now();
        learner.learn(last);
        let (fit_ms, add_ms) = ((between - started).as_secs_f64() * 1e3, between.elapsed().as_secs_f64() * 1e3);
        let answers = task.test.iter().map(|text| {
            let verdict = learner.classify(&features(text)?)?;
            let Evidence { value, closeness, examples } = verdict.evidence;
            Some(Answer { label: verdict.label, score: verdict.score, value, closeness, examples })
        });
        println!("{}", serde_json::to_string(&Report { answers: answers.collect(), fit_ms, add_ms })?);
    }
    Ok(())
}
