//! `extension/wire.d.ts`: the wire types for JavaScript, generated from `domain`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Result, bail};
use domain::wire::{FromBrain, Layout, Request};
use ts_rs::{Config, TS, TypeVisitor};

use crate::files;

const PATH: &str = "extension/wire.d.ts";

/// Rewrites the file, or fails when it is not what the types say.
pub fn check(fix: bool) -> Result<()> {
    let current = generate();
    if fix {
        return files::write(Path::new(PATH), current);
    }
    if fs::read_to_string(PATH).unwrap_or_default() != current {
        bail!("{PATH} is not what domain::wire says: run `cargo xtask tidy --fix`");
    }
    Ok(())
}

fn generate() -> String {
    let mut declarations = Declarations { config: Config::new().with_large_int("number"), found: BTreeMap::new() };
    declarations.visit::<Request>();
    declarations.visit::<FromBrain>();
    declarations.visit::<Layout>();
    let types: String = declarations.found.into_values().map(|text| format!("export {text}\n")).collect();
    format!("// Generated from domain::wire by `cargo xtask tidy --fix`. Do not edit.\n{types}")
}

struct Declarations {
    config: Config,
    found: BTreeMap<String, String>,
}

impl TypeVisitor for Declarations {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if T::output_path().is_some() {
            let name = T::ident(&self.config);
            if self.found.contains_key(&name) {
                return;
            }
            self.found.insert(name, T::decl(&self.config));
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}
