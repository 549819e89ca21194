//! Speed and size, desk scores, answers on offer, categories, field extraction and, given the corpora, model figures; all are written into docs/PERFORMANCE.md.

use std::path::Path;

use anyhow::Result;

use crate::build::{self, Audience};
use crate::files;

pub fn run(data: Option<&Path>) -> Result<()> {
    build::all(Audience::Local)?;
    files::run(files::command("bash").arg("tests/install.sh"))?;
    files::run(files::command("node").arg("tests/bench/run.mjs"))?;
    files::run(files::command("node").arg("tests/bench/worker.mjs"))?;
    files::run(files::command("node").arg("tests/bench/watcher.mjs"))?;
    files::run(files::command("node").arg("tests/desk-score/all.mjs"))?;
    let binaries = ["answers", "categories", "fields"].map(|name| ["--bin", name]).concat();
    files::run(files::command("cargo").args(["build", "--release", "-p", "wasm-core"]).args(binaries))?;
    files::run(files::command("node").arg("tests/bench/answers.mjs"))?;
    files::run(files::command("node").arg("tests/bench/categories.mjs"))?;
    let mut fields = files::command("node");
    fields.arg("tests/bench/fields.mjs");
    let Some(data) = data else { return files::run(&mut fields) };
    files::run(fields.arg("--data").arg(data))?;
    model(data)
}

/// What the shipped model says of the development sets, and what is learned beside it from a few examples.
pub fn model(data: &Path) -> Result<()> {
    let binaries = ["analyze", "few_shot"].map(|name| ["--bin", name]).concat();
    files::run(files::command("cargo").args(["build", "--release", "-p", "wasm-core"]).args(binaries))?;
    for script in ["tests/bench/model.mjs", "tests/bench/few_shot.mjs"] {
        files::run(files::command("node").arg(script).arg("--data").arg(data))?;
    }
    Ok(())
}
