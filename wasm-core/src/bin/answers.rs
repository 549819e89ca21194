//! The answers of the base. `answers vectors` computes what each is for in the search space of the shipped model and writes
//! `wasm-core/knowledge/meaning.json`: to be run after a change of `asked` in `knowledge/*.json`, and with a new model.
//! `answers` measures how often what is offered fits, JSON on standard output; rendered by tests/bench/answers.mjs.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use wasm_core::knowledge::Base;
use wasm_core::understand::Analyser;

#[path = "../../tests/answers/score.rs"]
mod score;

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let analyser = || Analyser::open(&root.join("../models/bundle"));
    match std::env::args().nth(1).as_deref() {
        Some("vectors") => {
            let analyser = analyser()?;
            let meanings = Base::embedded().meanings(analyser.version(), |question| analyser.embed(question));
            std::fs::write(root.join("knowledge/meaning.json"), meanings)?;
        }
        Some(_) => return Err("usage: answers [vectors]".into()),
        None => {
            let count = |name: &'static str| {
                let counts = score::count(&root.join("tests/answers").join(name).with_extension("jsonl"), analyser()?)?;
                Ok::<_, Box<dyn Error>>((name, counts))
            };
            let sets: BTreeMap<_, _> = [count("first_seen")?, count("mended_by")?].into();
            println!("{}", serde_json::to_string(&sets)?);
        }
    }
    Ok(())
}
