//! How often the category that is proposed for a ticket is right, JSON on standard output; rendered by tests/bench/categories.mjs.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use wasm_core::understand::Analyser;

#[path = "../../tests/categories/score.rs"]
mod score;

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let count = |name: &'static str| {
        let analyser = Analyser::open(&root.join("../models/bundle"))?;
        let counts = score::count(&root.join("tests/categories").join(name).with_extension("jsonl"), analyser)?;
        Ok::<_, Box<dyn Error>>((name, counts))
    };
    let sets: BTreeMap<_, _> = [count("first_seen")?, count("mended_by")?].into();
    println!("{}", serde_json::to_string(&sets)?);
    Ok(())
}
