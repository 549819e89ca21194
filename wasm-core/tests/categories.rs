//! The categories proposed for the labelled messages of `tests/categories`, with the shipped model.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its files must fail")]

use std::path::Path;

use wasm_core::understand::Analyser;

#[path = "categories/score.rs"]
mod score;

/// How often what is proposed is right, and what is ticked by itself; and in how many messages the right one is proposed.
fn check(file: &str, precision: f64, of_ticked: f64, recall: f64) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let analyser = Analyser::open(&root.join("../models/bundle")).unwrap();
    let counts = score::count(&root.join("tests/categories").join(file), analyser).unwrap();
    let share = |part: u32, whole: u32| f64::from(part) / f64::from(whole);
    assert!(share(counts.right, counts.proposed) >= precision, "{counts:?}");
    assert!(share(counts.ticked_right, counts.ticked) >= of_ticked, "{counts:?}");
    assert!(share(counts.right, counts.messages) >= recall, "{counts:?}");
}

#[test]
fn categories_first_seen() {
    check("first_seen.jsonl", 0.86, 0.92, 0.40);
}

#[test]
fn categories_mended_by() {
    check("mended_by.jsonl", 0.87, 0.93, 0.54);
}
