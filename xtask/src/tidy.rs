//! What must hold before a commit: formatting, lints, who may import whom, current wire types.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result, bail};
use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, PackageId};

use crate::{bundle, files, wasm, wire};

/// Crates, and the packages that must never occur among what they link, directly or not.
const NEVER: &[(&str, &[&str])] = &[
    ("engine", &["serde", "domain", "wasm-core"]),
    ("wasm-core", &["leptos", "axum", "sqlx", "sync-api", "app", "own-model", "tract-onnx", "tokenizers"]),
    ("own-model", &["leptos", "axum", "sqlx", "sync-api", "app", "wasm-core"]),
    ("app", &["tract-onnx", "tokenizers", "sqlx", "axum", "sync-api", "wasm-core", "own-model"]),
    ("sync-api", &["wasm-core", "leptos", "app", "tract-onnx", "tokenizers", "own-model"]),
];

/// All that `domain` may use; the optional ones only emit schemas of its types.
const DOMAIN: &[&str] = &["serde", "thiserror", "ts-rs", "utoipa"];

pub fn run(fix: bool) -> Result<()> {
    wire::check(fix)?;
    let mut format = files::command("cargo");
    format.args(["fmt", "--all"]);
    files::run(if fix { &mut format } else { format.arg("--check") })?;
    if fix {
        return Ok(());
    }
    imports()?;
    // What the content script's modules must not do is found here, before anything is compiled.
    for script in ["extension/content/main.js", "public/widget/widget.js"] {
        bundle::join(Path::new(script))?;
    }
    wasm::ensure_target()?;
    let lints = ["--", "-D", "warnings"];
    files::run(files::native_cargo("clippy").arg("--all-targets").args(lints))?;
    for module in ["brain", "brain-relaxed", "kernel-check", "own-model"] {
        let browser = ["clippy", "--target", "wasm32-unknown-unknown", "-p", module];
        files::run(files::command("cargo").args(browser).args(lints))?;
    }
    println!("tidy");
    Ok(())
}

/// Checks the table of docs/ARCHITECTURE.md against what cargo resolves.
fn imports() -> Result<()> {
    let metadata = MetadataCommand::new().exec().context("cargo metadata")?;
    for &(krate, never) in NEVER {
        let mut seen = BTreeSet::new();
        let mut open = vec![member(&metadata, krate)?];
        while let Some(id) = open.pop() {
            if seen.insert(id) {
                open.extend(linked(&metadata, id));
            }
        }
        if let Some(id) = seen.into_iter().find(|&id| never.contains(&metadata[id].name.as_str())) {
            bail!("{krate} must never know {}", metadata[id].name);
        }
    }
    let domain = member(&metadata, "domain")?;
    match linked(&metadata, domain).into_iter().find(|&id| !DOMAIN.contains(&metadata[id].name.as_str())) {
        Some(id) => bail!("domain may use {DOMAIN:?} only, not {}", metadata[id].name),
        None => Ok(()),
    }
}

fn member<'a>(metadata: &'a Metadata, name: &str) -> Result<&'a PackageId> {
    let package = metadata.packages.iter().find(|package| package.name.as_str() == name);
    package.map(|package| &package.id).with_context(|| format!("no crate {name}"))
}

/// What a package links itself; build and test dependencies do not count.
fn linked<'a>(metadata: &'a Metadata, id: &PackageId) -> Vec<&'a PackageId> {
    let nodes = metadata.resolve.as_ref().map(|resolve| resolve.nodes.as_slice()).unwrap_or_default();
    nodes
        .iter()
        .filter(|node| &node.id == id)
        .flat_map(|node| &node.deps)
        .filter(|dep| dep.dep_kinds.iter().any(|kind| kind.kind == DependencyKind::Normal))
        .map(|dep| &dep.pkg)
        .collect()
}
