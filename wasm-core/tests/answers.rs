//! The answers on offer in the labelled conversations of `tests/answers`, with the shipped model.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its files must fail")]

use std::path::Path;

use wasm_core::knowledge::{Base, Meaning};
use wasm_core::understand::Analyser;

#[path = "answers/score.rs"]
mod score;

fn analyser() -> Analyser {
    Analyser::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../models/bundle")).unwrap()
}

/// Of what is offered how much fits, and in how many of the turns where something fits it is offered, or offered first.
fn check(file: &str, fitting: f64, served: f64, served_first: f64) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/answers").join(file);
    let counts = score::count(&path, analyser()).unwrap();
    let share = |part: u32, whole: u32| f64::from(part) / f64::from(whole);
    assert!(share(counts.fitting, counts.offered) >= fitting, "{file}: {counts:?}");
    assert!(share(counts.served, counts.wanting) >= served, "{file}: {counts:?}");
    assert!(share(counts.served_first, counts.wanting) >= served_first, "{file}: {counts:?}");
}

#[test]
fn offers_fit_in_conversations_first_seen() {
    check("first_seen.jsonl", 0.57, 0.84, 0.72);
}

#[test]
fn offers_fit_in_conversations_mended_by() {
    check("mended_by.jsonl", 0.57, 0.82, 0.71);
}

#[test]
fn the_vectors_are_of_this_base_and_this_model() {
    let analyser = analyser();
    assert!(
        Meaning::embedded().is_of(analyser.version()),
        "run `cargo run --release -p wasm-core --bin answers vectors`"
    );
    for (id, questions) in Base::embedded().answers() {
        let vectors: Vec<Vec<f32>> = questions.iter().map(|question| analyser.embed(question)).collect();
        let mean: Vec<f32> =
            (0..vectors[0].len()).map(|i| vectors.iter().map(|vector| vector[i]).sum::<f32>()).collect();
        let length = mean.iter().map(|x| x * x).sum::<f32>().sqrt();
        let closeness = Meaning::embedded().closeness(id, &[&mean]).unwrap() / length;
        assert!(closeness > 0.999, "{id}, {closeness}: run `cargo run --release -p wasm-core --bin answers vectors`");
    }
}
