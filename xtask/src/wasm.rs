//! Wasm modules: cargo, then wasm-bindgen as a library, then `wasm-opt` where it is found.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use wasm_bindgen_cli_support::Bindgen;

use crate::files;

const TARGET: &str = "wasm32-unknown-unknown";

/// Packages that are built for browsers alone; some would change what others are built with.
pub const FOR_BROWSERS: [&str; 4] = ["app", "brain", "brain-relaxed", "kernel-check"];

/// One module that ships to browsers.
pub struct Module {
    /// Stem of the generated files: `<name>.js`, `<name>_bg.wasm`.
    pub name: &'static str,
    /// Subcommand and arguments that make cargo build it.
    cargo: &'static [&'static str],
    /// File that cargo writes, below the profile's folder.
    artefact: &'static str,
}

pub const BRAIN: Module = Module { name: "brain", cargo: &["build", "-p", "brain"], artefact: "brain.wasm" };
/// The same for browsers with relaxed SIMD; worker.js chooses.
pub const BRAIN_RELAXED: Module =
    Module { name: "brain_relaxed", cargo: &["build", "-p", "brain-relaxed"], artefact: "brain_relaxed.wasm" };
/// Runs a team's own model; loaded only where there is one.
pub const OWN_MODEL: Module =
    Module { name: "own_model_engine", cargo: &["build", "-p", "own-model", "--lib"], artefact: "own_model.wasm" };
pub const OVERLAY: Module = Module {
    name: "overlay",
    cargo: &["build", "-p", "app", "--bin", "overlay", "--features", "overlay"],
    artefact: "overlay.wasm",
};
pub const DASHBOARD: Module = Module {
    name: "dashboard",
    cargo: &["build", "-p", "app", "--bin", "dashboard", "--features", "dashboard"],
    artefact: "dashboard.wasm",
};

/// Builds a module and returns the folder that holds its two files.
pub fn build(module: &Module) -> Result<PathBuf> {
    files::run(files::command("cargo").args(module.cargo).args(["--target", TARGET, "--profile", "wasm"]))
        .with_context(|| format!("building {}", module.name))?;
    let target = files::target();
    let artefact = target.join(TARGET).join("wasm").join(module.artefact);
    let folder = target.join("browser").join(module.name);
    let output = folder.join(format!("{}_bg.wasm", module.name));
    if files::stale(&output, &artefact) || files::stale(&output, &std::env::current_exe()?) {
        bind(module, &artefact, &folder)?;
        optimise(&output)?;
    }
    Ok(folder)
}

/// What tests load beside the modules that ship; it needs no bindings.
pub fn build_kernel_check() -> Result<()> {
    let arguments = ["build", "-p", "kernel-check", "--target", TARGET, "--profile", "wasm"];
    files::run(files::command("cargo").args(arguments)).context("building kernel-check")
}

fn bind(module: &Module, artefact: &Path, folder: &Path) -> Result<()> {
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
