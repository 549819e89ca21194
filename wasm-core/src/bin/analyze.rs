//! Reads JSON lines `{"text", "context": [{"author": "customer|agent", "text"}]}`, prints one analysis each, in order.
//! With `"embed": true` in a line, the answer has the search vector of the text as `embedding`, too.
//!
//! A line that cannot be read gives `{"error": {"code", "detail"}}`, and the next line is read. The bundle is
//! `models/bundle` of the workspace, or `--bundle DIR`.

use std::error::Error;
use std::io::{BufRead, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use wasm_core::line;
use wasm_core::understand::Analyser;

/// Lines read before they are shared out among the threads.
const BLOCK: usize = 512;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("analyze: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let analyser = Analyser::open(&bundle_dir()?)?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut lines = std::io::stdin().lock().split(b'\n');
    loop {
        let block = lines.by_ref().take(BLOCK).collect::<Result<Vec<Vec<u8>>, _>>()?;
        if block.is_empty() {
            return Ok(out.flush()?);
        }
        for answer in answers(&analyser, &block) {
            writeln!(out, "{answer}")?;
        }
        out.flush()?;
    }
}

/// Answers in the order of the lines, computed on all cores.
fn answers(analyser: &Analyser, lines: &[Vec<u8>]) -> Vec<String> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let share = lines.len().div_ceil(threads).max(1);
    let answer = |line: &Vec<u8>| line::answer(analyser, &String::from_utf8_lossy(line));
    std::thread::scope(|scope| {
        let work = |lines| scope.spawn(move || Vec::from_iter(<[Vec<u8>]>::iter(lines).map(answer)));
        let handles: Vec<_> = lines.chunks(share).map(work).collect();
        handles.into_iter().flat_map(|handle| handle.join().unwrap_or_default()).collect()
    })
}

fn bundle_dir() -> Result<PathBuf, Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    match (arguments.next().as_deref(), arguments.next()) {
        (None, _) => Ok(Path::new(env!("CARGO_MANIFEST_DIR")).join("../models/bundle")),
        (Some("--bundle"), Some(dir)) => Ok(dir.into()),
        _ => Err("usage: analyze [--bundle DIR] < lines.jsonl".into()),
    }
}
