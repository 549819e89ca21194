//! All tests: what `cargo xtask test` and CI run.

use std::path::Path;

use anyhow::Result;

use crate::build::{self, Audience};
use crate::{files, tidy, wasm};

pub fn run(quick: bool) -> Result<()> {
    tidy::run(false)?;
    // What only builds for browsers.
    let others = wasm::FOR_BROWSERS.map(|package| ["--exclude", package]).concat();
    files::run(files::command("cargo").args(["test", "--workspace"]).args(others))?;
    files::run(files::command("cargo").args(["test", "-p", "app", "--lib", "--features", "overlay,dashboard"]))?;
    if quick {
        return Ok(());
    }
    build::all(Audience::Local)?;
    wasm::build_kernel_check()?;
    files::run(files::command("bash").arg("tests/run.sh"))
}

pub fn desk_score(desk: &Path) -> Result<()> {
    build::all(Audience::Local)?;
    files::run(files::command("bash").args(["tests/install.sh", "--browsers"]))?;
    files::run(files::command("node").arg("tests/desk-score/run.mjs").arg("--desk").arg(desk))
}
