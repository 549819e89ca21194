//! The main job on embedded defaults: SQLite, bundled model, demo desk; or a real helpdesk beside it.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};

use anyhow::{Context, Result, bail};

use crate::build::{self, Audience};
use crate::files;

pub fn run(desk: Option<&str>, listen: &str, open: bool) -> Result<()> {
    build::all(Audience::Local)?;
    std::fs::create_dir_all(".demo")?;
    let mut api = start_api(listen)?;
    // Closes when this process ends, even by a signal, and the sync API with it.
    let _input = api.stdin.take();
    let root = files::root();
    println!(
        "
  Warmseat is running. Ctrl+C ends it; its data stay in .demo/

  demo desk, widget embedded   http://{listen}/demo/
  dashboard                    http://{listen}/dashboard/
                               supervisor@demo.test   warmseat-demo
  extension, Chromium          {dist}/extension-chromium
                               chrome://extensions → Developer mode → Load unpacked
  extension, Firefox           {dist}/extension-firefox/manifest.json
                               about:debugging → This Firefox → Load Temporary Add-on
",
        dist = root.join("dist").display()
    );
    match desk {
        Some(desk) => show_desk(desk)?,
        None if open => open_page(&format!("http://{listen}/demo/")),
        None => {}
    }
    let status = api.wait()?;
    if !status.success() {
        bail!("the sync API ended with {status}");
    }
    Ok(())
}

fn start_api(listen: &str) -> Result<Child> {
    let mut child = files::command(files::target().join("debug/sync-api"))
        .args([
            "serve",
            "--database",
            ".demo/warmseat.sqlite",
            "--web-dir",
            "dist/web",
            "--seed-demo",
            "--listen",
            listen,
            "--end-with-input",
        ])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("starting the sync API")?;
    let mut lines = BufReader::new(child.stdout.take().context("no output of the sync API")?);
    let mut line = String::new();
    lines.read_line(&mut line)?;
    if !line.contains("listening") {
        let status = child.wait()?;
        bail!("the sync API did not start ({status}); another port: cargo xtask demo --listen 127.0.0.1:8701");
    }
    std::thread::spawn(move || lines.lines().map_while(Result::ok).for_each(|line| println!("{line}")));
    Ok(child)
}

/// Starts a helpdesk that none of us wrote and a Chromium with the extension on it.
fn show_desk(desk: &str) -> Result<()> {
    println!("▸ {desk} (the first start installs it, some minutes)");
    let folder = files::root().join(".demo").join(desk);
    let output = files::command("bash")
        .arg(Path::new("tests/desks").join(desk).join("start.sh"))
        .env("DIR", &folder)
        .stderr(Stdio::inherit())
        .output()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() {
        bail!("{desk} did not start: {text}");
    }
    println!("  {}", text.trim());
    let named = |name: &str| text.split_whitespace().find_map(|word| word.strip_prefix(name));
    let page = named("TICKET=").or(named("URL=")).context("the desk named no URL")?;
    println!("  It goes on after Ctrl+C; this ends it: bash tests/desks/stop.sh {}", folder.display());
    // Chrome itself takes no extension from its command line any more.
    let browser = ["chromium", "chromium-browser"].into_iter().find(|name| files::found(name));
    let (Some(browser), true) = (browser, has_screen()) else {
        let missing =
            if has_screen() { "No Chromium found (Debian: apt-get install chromium)" } else { "No screen here" };
        println!("  {missing}: load the extension into a browser yourself and open {page}");
        return Ok(());
    };
    let mut chromium = files::command(browser);
    chromium
        .arg(format!("--load-extension={}", files::root().join("dist/extension-chromium").display()))
        .arg(format!("--user-data-dir={}", files::root().join(".demo/chromium").display()))
        .args(["--no-first-run", "--no-default-browser-check", page]);
    if is_root() {
        chromium.arg("--no-sandbox");
    }
    // It speaks of D-Bus and graphics; what matters stands in its window.
    chromium.stderr(Stdio::null()).spawn().context("starting Chromium")?;
    Ok(())
}

fn has_screen() -> bool {
    cfg!(not(target_os = "linux"))
        || ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// Chromium's sandbox refuses to work for root.
fn is_root() -> bool {
    #[cfg(target_os = "linux")]
    return std::os::unix::fs::MetadataExt::uid(&std::fs::metadata("/proc/self").expect("Linux has /proc")) == 0;
    #[cfg(not(target_os = "linux"))]
    return false;
}

fn open_page(url: &str) {
    let opener = match std::env::consts::OS {
        "macos" => Some("open"),
        "linux" if has_screen() && files::found("xdg-open") => Some("xdg-open"),
        _ => None,
    };
    if let Some(opener) = opener {
        // A browser that does not open is no reason to end the demo: the address is printed.
        let _ = files::command(opener).arg(url).spawn();
    }
}
