//! Paths, copies and child processes.

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use anyhow::{Context, Result, bail};
use flate2::Compression;
use flate2::write::GzEncoder;

/// The workspace's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

pub fn command(program: impl AsRef<OsStr>) -> Command {
    Command::new(program)
}

/// Cargo's task on everything that runs natively, always with the same features: what one task has built, the next one finds.
pub fn native_cargo(task: &str) -> Command {
    let mut command = command("cargo");
    command.args([task, "--features", "app/overlay,app/dashboard"]);
    command
}

/// Runs a command and fails with its name when it fails.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("{command:?} could not be started"))?;
    if !status.success() {
        bail!("{command:?} ended with {status}");
    }
    Ok(())
}

/// Whether a program is on the PATH.
pub fn found(program: &str) -> bool {
    std::env::var_os("PATH").is_some_and(|path| std::env::split_paths(&path).any(|dir| dir.join(program).is_file()))
}

/// Writes only when the content differs, so that timestamps tell what changed.
pub fn write(path: &Path, content: impl AsRef<[u8]>) -> Result<()> {
    let content = content.as_ref();
    if fs::read(path).is_ok_and(|old| old == content) {
        return Ok(());
    }
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(path, content).with_context(|| format!("writing {}", path.display()))
}

/// Copies one file, creating folders.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    write(to, fs::read(from).with_context(|| format!("reading {}", from.display()))?)
}

/// Copies the files of a folder, and those below it, that `wanted` accepts (given the path below `from`).
pub fn copy_folder(from: &Path, to: &Path, wanted: &dyn Fn(&Path) -> bool) -> Result<()> {
    for path in walk(from)? {
        let below = path.strip_prefix(from)?;
        if wanted(below) {
            copy(&path, &to.join(below))?;
        }
    }
    Ok(())
}

/// All files below a folder, sorted.
pub fn walk(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).with_context(|| format!("reading {}", next.display()))? {
            let path = entry?.path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    Ok(files)
}

/// Where cargo puts what it builds.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from)
}

/// The file as small as gzip makes it, below the target folder; made anew where it is older.
pub fn gzipped(path: &Path) -> Result<PathBuf> {
    let packed = target().join("gzipped").join(path.with_added_extension("gz"));
    if stale(&packed, path) {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(&fs::read(path).with_context(|| format!("reading {}", path.display()))?)?;
        write(&packed, encoder.finish()?)?;
    }
    Ok(packed)
}

/// Whether `output` is missing or older than `input`.
pub fn stale(output: &Path, input: &Path) -> bool {
    let time = |path: &Path| fs::metadata(path).and_then(|meta| meta.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
    !output.exists() || time(output) < time(input)
}
