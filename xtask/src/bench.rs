//! Speed and size, measured where they matter and written into docs/PERFORMANCE.md.

use anyhow::Result;

use crate::build::{self, Audience};
use crate::files;

pub fn run() -> Result<()> {
    build::all(Audience::Local)?;
    files::run(files::command("bash").args(["tests/install.sh", "--browsers"]))?;
    files::run(files::command("node").arg("tests/bench/run.mjs"))
}
