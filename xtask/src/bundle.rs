//! Joins the content script's modules into one classic script, since content scripts and a one-tag widget cannot
//! import. Knows only the subset that `extension/content` is written in: named imports of relative files, named
//! exports of declarations, top-level names that are unique across files. Anything else is an error.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// The script: dependencies first, wrapped so that nothing becomes global.
pub fn join(entry: &Path) -> Result<String> {
    let mut joined = Joined::default();
    joined.add(entry)?;
    Ok(format!("(() => {{\n'use strict';\n{}}})();\n", joined.code))
}

#[derive(Default)]
struct Joined {
    code: String,
    seen: BTreeSet<PathBuf>,
    names: BTreeSet<String>,
}

impl Joined {
    fn add(&mut self, path: &Path) -> Result<()> {
        let path = path.canonicalize().with_context(|| format!("no module {}", path.display()))?;
        if !self.seen.insert(path.clone()) {
            return Ok(());
        }
        let source = fs::read_to_string(&path)?;
        let (imports, body) = split(&source).with_context(|| format!("in {}", path.display()))?;
        for import in imports {
            self.add(&path.parent().unwrap_or(Path::new(".")).join(import))?;
        }
        for name in body.lines().filter_map(declared) {
            if !self.names.insert(name.to_string()) {
                bail!("{} declares `{name}`, which another module declares too", path.display());
            }
        }
        self.code.push_str(&body);
        Ok(())
    }
}

/// Imported paths, and the source without import and export words.
fn split(source: &str) -> Result<(Vec<String>, String)> {
    let mut imports = Vec::new();
    let mut body = String::new();
    let mut lines = source.lines();
    while let Some(line) = lines.next() {
        if line.starts_with("import ") {
            let mut statement = line.to_string();
            while !statement.contains(" from ") || !statement.trim_end().ends_with(';') {
                statement.push(' ');
                statement.push_str(lines.next().context("an import without an end")?.trim());
            }
            imports.push(imported(&statement)?);
        } else if let Some(declaration) = line.strip_prefix("export ") {
            if declaration.starts_with("default") || declaration.starts_with(['{', '*']) {
                bail!("only declarations are exported here: {line}");
            }
            body.push_str(declaration);
            body.push('\n');
        } else if !line.starts_with("// @ts-check") {
            body.push_str(line);
            body.push('\n');
        }
    }
    Ok((imports, body))
}

fn imported(statement: &str) -> Result<String> {
    let (names, path) = statement.split_once(" from ").context("an import without a path")?;
    if !names.contains('{') || names.contains(" as ") {
        bail!("only named imports without renaming are known here: {statement}");
    }
    let path = path.trim().trim_end_matches(';').trim_matches(['\'', '"']);
    if !path.starts_with('.') {
        bail!("only relative modules are known here: {statement}");
    }
    Ok(path.to_string())
}

/// The name that a top-level line declares.
fn declared(line: &str) -> Option<&str> {
    let rest = ["const ", "let ", "var ", "class ", "function* ", "function ", "async function "]
        .iter()
        .find_map(|word| line.strip_prefix(word))?;
    let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$')).unwrap_or(rest.len());
    (end > 0).then(|| &rest[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_imports_and_exports() {
        let (imports, body) =
            split("// @ts-check\nimport { a,\n  b } from './x.js';\nexport function c() {\n  return a;\n}\n").unwrap();
        assert_eq!(imports, ["./x.js"]);
        assert_eq!(body, "function c() {\n  return a;\n}\n");
        assert!(split("export default 1;\n").is_err());
        assert!(split("import x from './x.js';\n").is_err());
        assert!(split("import { a as b } from './x.js';\n").is_err());
        assert!(split("import { a } from 'lib';\n").is_err());
    }

    #[test]
    fn knows_what_a_line_declares() {
        let check = |line, name| assert_eq!(declared(line), name);
        check("const A_B = 1;", Some("A_B"));
        check("async function go() {", Some("go"));
        check("  const inner = 1;", None);
        check("const { a } = b;", None);
    }
}
