//! dist/: two unpacked extensions and the web folder that the sync API serves.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::wasm::{APP, BRAIN, BRAIN_RELAXED, OWN_MODEL};
use crate::{bundle, extension, files, wasm};

/// For whom dist/ is built.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// The demo and the tests: switched on for local hosts, connected to the local sync API.
    Local,
    /// Everyone else: no site and no server until the agent says so.
    Public,
}

impl Audience {
    /// What the brain is told at its start.
    pub fn config(self) -> Value {
        let version = env!("CARGO_PKG_VERSION");
        match self {
            Self::Local => json!({
                "version": version,
                "server_url": "http://127.0.0.1:8700",
                "device_token": "demo-device-token",
                "help_url": "http://127.0.0.1:8700/demo/help.html",
            }),
            Self::Public => json!({ "version": version }),
        }
    }
}

pub fn all(audience: Audience) -> Result<()> {
    wasm::ensure_target()?;
    step("sync API", || files::run(files::native_cargo("build").args(["--bin", "sync-api"])))?;
    let [brain] = step("brain", || wasm::build(&BRAIN))?;
    let [relaxed] = step("brain, relaxed SIMD", || wasm::build(&BRAIN_RELAXED))?;
    let [own_model] = step("own model", || wasm::build(&OWN_MODEL))?;
    let engines = [brain, relaxed, own_model];
    let [overlay, dashboard] = step("overlay and dashboard", || wasm::build(&APP))?;
    step("dist", || {
        for browser in ["chromium", "firefox"] {
            extension::assemble(browser, audience, &engines, &overlay)?;
        }
        web(audience, &engines, &overlay, &dashboard)
    })
}

/// Says what is being done, and how long it took.
pub fn step<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("▸ {name}");
    let start = Instant::now();
    let result = work()?;
    println!("  {name}: {:.1} s", start.elapsed().as_secs_f32());
    Ok(result)
}

fn web(audience: Audience, engines: &[PathBuf; 3], overlay: &Path, dashboard: &Path) -> Result<()> {
    let web = fresh("dist/web")?;

    let [.., own_model] = engines;
    let place = web.join("dashboard");
    files::copy(Path::new("app/dashboard.html"), &place.join("index.html"))?;
    files::copy(Path::new("app/dashboard_boot.js"), &place.join("dashboard_boot.js"))?;
    styles(&place, &["tokens.css", "dashboard.css", "dashboard_pages.css"])?;
    module(dashboard, &place)?;
    // A model is tried out there before it is shared.
    module(own_model, &place)?;
    files::copy(Path::new("extension/shared/own_model.js"), &place.join("own_model.js"))?;

    files::copy_folder(Path::new("public/demo"), &web.join("demo"), &|_| true)?;
    files::copy_folder(Path::new("public/icons"), &web.join("icons"), &|_| true)?;

    let place = web.join("widget");
    files::copy_folder(Path::new("public/widget"), &place, &|path| path != Path::new("widget.js"))?;
    files::write(&place.join("widget.js"), bundle::join(Path::new("public/widget/widget.js"))?)?;
    for shared in ["broker.js", "engine.js", "queue.js", "links.js", "relaxed.js", "worker.js", "own_model.js"] {
        files::copy(&Path::new("extension/shared").join(shared), &place.join(shared))?;
    }
    engine(&place, audience, engines, overlay)
}

/// Both brains, the module for a team's own model, overlay and bundle, as extension and widget both carry them.
pub fn engine(place: &Path, audience: Audience, engines: &[PathBuf], overlay: &Path) -> Result<()> {
    engines.iter().try_for_each(|engine| module(engine, place))?;
    module(overlay, place)?;
    files::copy(Path::new("app/overlay_boot.js"), &place.join("overlay_boot.js"))?;
    let sheets = [
        "tokens.css",
        "overlay.css",
        "overlay_content.css",
        "overlay_fill.css",
        "overlay_timeline.css",
        "overlay_shield.css",
    ];
    styles(place, &sheets)?;
    let (bundle, shipped) = (Path::new("models/bundle"), place.join("bundle"));
    files::copy_folder(bundle, &shipped, &|path| path.ends_with("tokenizer.json") || path.ends_with("manifest.json"))?;
    // Its numbers have far fewer than 256 values: a third less to fetch, and a browser unpacks while it reads.
    files::copy(&files::gzipped(&bundle.join("model.onnx"))?, &shipped.join("model.onnx.gz"))?;
    files::write(&place.join("config.json"), serde_json::to_string_pretty(&audience.config())?)
}

fn module(from: &Path, to: &Path) -> Result<()> {
    files::copy_folder(from, to, &|path| {
        let name = path.to_string_lossy();
        name.ends_with(".wasm") || name.ends_with(".js")
    })
}

fn styles(place: &Path, names: &[&str]) -> Result<()> {
    names.iter().try_for_each(|name| files::copy(&Path::new("app/style").join(name), &place.join(name)))
}

/// An empty folder.
pub fn fresh(path: &str) -> Result<std::path::PathBuf> {
    let path = Path::new(path);
    if path.exists() {
        fs::remove_dir_all(path).with_context(|| format!("clearing {}", path.display()))?;
    }
    fs::create_dir_all(path)?;
    Ok(path.to_path_buf())
}
