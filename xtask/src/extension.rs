//! One unpacked extension per browser. Files of `extension/<browser>` stand beside those of `extension/shared`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::build::{Audience, engine, fresh};
use crate::{bundle, files};

pub fn assemble(browser: &str, audience: Audience, engines: &[PathBuf], overlay: &Path) -> Result<()> {
    let place = fresh(&format!("dist/extension-{browser}"))?;
    let source = Path::new("extension");
    files::copy_folder(&source.join("shared"), &place, &|_| true)?;
    files::copy_folder(&source.join(browser), &place, &|path| path != Path::new("manifest.json"))?;
    files::copy_folder(Path::new("public/icons"), &place.join("icons"), &|_| true)?;
    files::copy(Path::new("app/overlay.html"), &place.join("overlay.html"))?;
    engine(&place, audience, engines, overlay)?;
    files::write(&place.join("content.js"), bundle::join(&source.join("content/main.js"))?)?;

    let mut manifest = read(&source.join("manifest.json"))?;
    merge(&mut manifest, read(&source.join(browser).join("manifest.json"))?);
    if audience == Audience::Local {
        merge(&mut manifest, read(&source.join("local-hosts.json"))?);
    }
    manifest["version"] = Value::from(env!("CARGO_PKG_VERSION"));
    files::write(&place.join("manifest.json"), serde_json::to_string_pretty(&manifest)?)
}

fn read(path: &Path) -> Result<Value> {
    let text = fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("in {}", path.display()))
}

/// Objects merge by key, lists are joined, anything else is replaced.
fn merge(into: &mut Value, from: Value) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (key, value) in from {
                merge(into.entry(key).or_insert(Value::Null), value);
            }
        }
        (Value::Array(into), Value::Array(from)) => into.extend(from),
        (into, from) => *into = from,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn merges_deeply() {
        let mut into = json!({"a": {"b": 1, "c": [1]}, "d": 1});
        merge(&mut into, json!({"a": {"c": [2], "e": 3}, "d": 2}));
        assert_eq!(into, json!({"a": {"b": 1, "c": [1, 2], "e": 3}, "d": 2}));
    }
}
