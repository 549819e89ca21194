//! Speed and size, desk scores, field extraction and, given the corpora, model figures; all are written into docs/PERFORMANCE.md.

use std::path::Path;

use anyhow::Result;

use crate::build::{self, Audience};
use crate::files;

pub fn run(data: Option<&Path>) -> Result<()> {
    build::all(Audience::Local)?;
    files::run(files::command("bash").arg("tests/install.sh"))?;
    files::run(files::command("node").arg("tests/bench/run.mjs"))?;
    files::run(files::command("node").arg("tests/bench/watcher.mjs"))?;
    files::run(files::command("node").arg("tests/desk-score/all.mjs"))?;
    files::run(files::command("cargo").args(["build", "--release", "-p", "wasm-core", "--bin", "fields"]))?;
    let mut fields = files::command("node");
    fields.arg("tests/bench/fields.mjs");
    let Some(data) = data else { return files::run(&mut fields) };
    files::run(fields.arg("--data").arg(data))?;
    files::run(files::command("cargo").args(["build", "--release", "-p", "wasm-core", "--bin", "analyze"]))?;
    files::run(files::command("node").arg("tests/bench/model.mjs").arg("--data").arg(data))
}
