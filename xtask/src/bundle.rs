//! Joins the content script's modules into one classic script, since content scripts and a one-tag widget cannot
//! import. Each module becomes a function of its own that gives back its exports, so that its other names are its own.
//! Knows only the subset that `extension/content` is written in: named imports of relative files, named exports of
//! declarations that are not assigned to again, no cycles. Anything else is an error.

use std::collections::BTreeMap;
use std::fmt::Write;
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
    /// The name of what a module exports; none while its imports are still being joined.
    modules: BTreeMap<PathBuf, Option<String>>,
}

impl Joined {
    /// The name under which the module's exports stand.
    fn add(&mut self, path: &Path) -> Result<String> {
        let path = path.canonicalize().with_context(|| format!("no module {}", path.display()))?;
        match self.modules.get(&path) {
            Some(Some(name)) => return Ok(name.clone()),
            Some(None) => bail!("{} imports itself by way of others", path.display()),
            None => {}
        }
        self.modules.insert(path.clone(), None);
        let source = fs::read_to_string(&path)?;
        let module = split(&source).with_context(|| format!("in {}", path.display()))?;
        let mut head = String::new();
        for Import { names, path: import } in &module.imports {
            let from = self.add(&path.parent().unwrap_or(Path::new(".")).join(import))?;
            writeln!(head, "const {names} = {from};")?;
        }
        // A stack trace then says where it is.
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let stem: String = stem.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
        let name = format!("module_{}_{stem}", self.modules.len());
        let exports = module.exports.join(", ");
        writeln!(self.code, "const {name} = (() => {{\n{head}{}return {{ {exports} }};\n}})();", module.body)?;
        self.modules.insert(path, Some(name.clone()));
        Ok(name)
    }
}

#[derive(Debug, PartialEq)]
struct Import {
    /// `{ a, b }`
    names: String,
    path: String,
}

#[derive(Debug, Default, PartialEq)]
struct Module {
    imports: Vec<Import>,
    exports: Vec<String>,
    /// Without import and export words.
    body: String,
}

fn split(source: &str) -> Result<Module> {
    let mut module = Module::default();
    let mut lines = source.lines();
    while let Some(line) = lines.next() {
        if line.starts_with("import ") {
            let mut statement = line.to_string();
            while !statement.contains(" from ") || !statement.trim_end().ends_with(';') {
                statement.push(' ');
                statement.push_str(lines.next().context("an import without an end")?.trim());
            }
            module.imports.push(imported(&statement)?);
        } else if let Some(declaration) = line.strip_prefix("export ") {
            let name = exported(declaration).with_context(|| format!("only declarations are exported here: {line}"))?;
            module.exports.push(name.to_string());
            module.body.push_str(declaration);
            module.body.push('\n');
        } else if !line.starts_with("// @ts-check") {
            module.body.push_str(line);
            module.body.push('\n');
        }
    }
    Ok(module)
}

fn imported(statement: &str) -> Result<Import> {
    let (names, path) = statement.split_once(" from ").context("an import without a path")?;
    let names = names.trim_start_matches("import ").trim();
    if !names.starts_with('{') || names.contains(" as ") {
        bail!("only named imports without renaming are known here: {statement}");
    }
    let path = path.trim().trim_end_matches(';').trim_matches(['\'', '"']);
    if !path.starts_with('.') {
        bail!("only relative modules are known here: {statement}");
    }
    Ok(Import { names: names.to_string(), path: path.to_string() })
}

/// The name that an exported line declares. Not `let`: whoever imported it would keep the first value.
fn exported(declaration: &str) -> Option<&str> {
    let rest = ["const ", "class ", "function* ", "function ", "async function "]
        .iter()
        .find_map(|word| declaration.strip_prefix(word))?;
    let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$')).unwrap_or(rest.len());
    (end > 0).then(|| &rest[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_imports_and_exports() {
        let source =
            "// @ts-check\nimport { a,\n  b } from './x.js';\nexport function c() {\n  return a;\n}\nlet d = 1;\n";
        let module = split(source).unwrap();
        assert_eq!(module.imports, [Import { names: "{ a, b }".into(), path: "./x.js".into() }]);
        assert_eq!(module.exports, ["c"]);
        assert_eq!(module.body, "function c() {\n  return a;\n}\nlet d = 1;\n");
        for unknown in [
            "export default 1;\n",
            "export let e = 1;\n",
            "export { a };\n",
            "export const { a } = b;\n",
            "import x from './x.js';\n",
            "import { a as b } from './x.js';\n",
            "import { a } from 'lib';\n",
        ] {
            assert!(split(unknown).is_err(), "{unknown}");
        }
    }

    #[test]
    fn modules_keep_their_names_to_themselves_and_do_not_import_each_other() {
        let folder = std::env::temp_dir().join(format!("bundle-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let write = |name: &str, source: &str| fs::write(folder.join(name), source).unwrap();
        write("a.js", "import { b } from './b.js';\nconst LIMIT = 1;\nb(LIMIT);\n");
        write("b.js", "const LIMIT = 2;\nexport const b = (n) => n + LIMIT;\n");
        let script = join(&folder.join("a.js")).unwrap();
        let at = |text: &str| script.find(text).unwrap_or_else(|| panic!("no {text} in {script}"));
        assert!(at("return { b };") < at("const { b } = module_2_b;"), "what is imported comes first");
        write("b.js", "import { a } from './a.js';\nexport const b = 1;\n");
        assert!(join(&folder.join("a.js")).unwrap_err().to_string().contains("imports itself"));
        fs::remove_dir_all(&folder).unwrap();
    }
}
