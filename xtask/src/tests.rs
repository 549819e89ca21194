//! All tests: what `cargo xtask test` and CI run.

use std::path::Path;
use std::process::Stdio;

use anyhow::Result;

use crate::build::{self, Audience, step};
use crate::{files, tidy, wasm};

pub fn run(quick: bool) -> Result<()> {
    if quick {
        return native();
    }
    // Browsers, packages and helpdesks are fetched while the compiler works. run.sh asks again, and says what failed.
    println!("▸ browsers, npm packages and helpdesks are fetched meanwhile");
    let mut fetching =
        files::command("bash").arg("tests/install.sh").stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    let built = native().and_then(|()| build::all(Audience::Local)).and_then(|()| wasm::build_kernel_check());
    fetching.wait()?;
    built?;
    step("types, Node, end to end", || files::run(files::command("bash").arg("tests/run.sh")))
}

fn native() -> Result<()> {
    step("lints", || tidy::run(false))?;
    step("native tests", || files::run(&mut files::native_cargo("test")))
}

pub fn desk_score(desk: &Path) -> Result<()> {
    build::all(Audience::Local)?;
    files::run(files::command("bash").args(["tests/install.sh", "--browsers"]))?;
    files::run(files::command("node").arg("tests/desk-score/run.mjs").arg("--desk").arg(desk))
}
