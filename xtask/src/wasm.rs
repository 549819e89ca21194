//! Wasm modules: cargo, then wasm-bindgen as a library, then `wasm-opt` where it is found.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use wasm_bindgen_cli_support::Bindgen;

use crate::files;

const TARGET: &str = "wasm32-unknown-unknown";

/// One module that ships to browsers.
pub struct Module {
    /// Stem of the generated files: `<name>.js`, `<name>_bg.wasm`.
    pub name: &'static str,
    /// File that cargo writes, below the profile's folder.
    artefact: &'static str,
}

/// What one call of cargo builds.
pub struct Build<const N: usize> {
    /// Subcommand and arguments.
    cargo: &'static [&'static str],
    modules: [Module; N],
}

pub const BRAIN: Build<1> =
    Build { cargo: &["build", "-p", "brain"], modules: [Module { name: "brain", artefact: "brain.wasm" }] };
/// The same for browsers with relaxed SIMD; worker.js chooses.
pub const BRAIN_RELAXED: Build<1> = Build {
    cargo: &["build", "-p", "brain-relaxed"],
    modules: [Module { name: "brain_relaxed", artefact: "brain_relaxed.wasm" }],
};
/// Runs a team's own model; loaded only where there is one.
pub const OWN_MODEL: Build<1> = Build {
    cargo: &["build", "-p", "own-model", "--lib"],
    modules: [Module { name: "own_model_engine", artefact: "own_model.wasm" }],
};
/// Overlay and dashboard; together, since apart each would have its own build of Leptos.
pub const APP: Build<2> = Build {
    cargo: &["build", "-p", "app", "--bins", "--features", "overlay,dashboard"],
    modules: [
        Module { name: "overlay", artefact: "overlay.wasm" },
        Module { name: "dashboard", artefact: "dashboard.wasm" },
    ],
};

/// Builds modules and returns for each the folder that holds its two files.
pub fn build<const N: usize>(build: &Build<N>) -> Result<[PathBuf; N]> {
    let profile = ["--target", TARGET, "--profile", "wasm"];
    files::run(files::command("cargo").args(build.cargo).args(profile))
        .with_context(|| format!("building {}", build.modules.each_ref().map(|module| module.name).join(", ")))?;
    for module in &build.modules {
        let artefact = files::target().join(TARGET).join("wasm").join(module.artefact);
        let output = module.folder().join(format!("{}_bg.wasm", module.name));
        if files::stale(&output, &artefact) || files::stale(&output, &std::env::current_exe()?) {
            bind(module, &artefact)?;
            optimise(&output)?;
        }
    }
    Ok(build.modules.each_ref().map(Module::folder))
}

impl Module {
    fn folder(&self) -> PathBuf {
        files::target().join("browser").join(self.name)
    }
}

/// What tests load beside the modules that ship; it needs no bindings.
pub fn build_kernel_check() -> Result<()> {
    let arguments = ["build", "-p", "kernel-check", "--target", TARGET, "--profile", "wasm"];
    files::run(files::command("cargo").args(arguments)).context("building kernel-check")
}

fn bind(module: &Module, artefact: &Path) -> Result<()> {
    let folder = &module.folder();
    fs::create_dir_all(folder)?;
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(artefact)
        .out_name(module.name)
        .typescript(true)
        .remove_producers_section(true)
        .remove_name_section(true)
        .keep_debug(false)
        .omit_default_module_path(false);
    bindgen.web(true).map_err(|error| anyhow!("{error}"))?;
    bindgen.generate(folder).map_err(|error| anyhow!("wasm-bindgen on {}: {error}", module.name))
}

/// Shrinks the module in place; without the tool the module ships as it is.
fn optimise(wasm: &Path) -> Result<()> {
    if !files::found("wasm-opt") {
        println!("   wasm-opt not found (npm install -g binaryen): {} ships unshrunk", wasm.display());
        return Ok(());
    }
    let features = [
        "--enable-simd",
        "--enable-relaxed-simd",
        "--enable-bulk-memory",
        "--enable-nontrapping-float-to-int",
        "--enable-sign-ext",
        "--enable-mutable-globals",
        "--enable-reference-types",
        "--enable-multivalue",
        "--enable-bulk-memory-opt",
    ];
    files::run(files::command("wasm-opt").arg("-Os").args(features).arg(wasm).arg("-o").arg(wasm))
}

/// Installs the wasm target when rustup has not.
pub fn ensure_target() -> Result<()> {
    let output =
        files::command("rustc").args(["--print", "sysroot"]).output().context("rustc is needed: https://rustup.rs")?;
    let sysroot = PathBuf::from(String::from_utf8(output.stdout)?.trim());
    if sysroot.join("lib/rustlib").join(TARGET).exists() {
        return Ok(());
    }
    files::run(files::command("rustup").args(["target", "add", TARGET]))
}
