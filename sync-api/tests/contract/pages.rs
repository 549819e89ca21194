//! The built pages: types, caching, and who may embed what.

use sync_api::Settings;
use tempfile::TempDir;

use crate::support::*;

async fn with_pages() -> Server {
    let folder = TempDir::new().unwrap();
    let web = folder.path().join("web");
    let files = [
        ("dashboard/index.html", "<title>Dashboard</title>"),
        ("dashboard/dashboard_bg.wasm", "\0asm"),
        ("dashboard/boot.js", "start()"),
        ("widget/frame.html", "<title>Widget</title>"),
        ("widget/engine.mjs", "run()"),
        ("demo/index.html", "<title>Demo</title>"),
        ("secret.txt", "outside"),
    ];
    for (name, content) in files {
        let path = if name == "secret.txt" { folder.path().join(name) } else { web.join(name) };
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }
    Server::start_in(folder, Settings { web_dir: Some(web), demo: true, ..Settings::default() }).await
}

#[tokio::test(flavor = "multi_thread")]
async fn files_have_their_types_and_places_are_the_dashboards() {
    let server = with_pages().await;
    let check = |path: &'static str, status: u16, mime: &'static str, content: &'static str| {
        let server = &server;
        async move {
            let answer = server.get(path, "").await;
            assert_eq!((answer.status.as_u16(), answer.header("content-type")), (status, mime), "{path}");
            assert!(std::str::from_utf8(&answer.bytes).unwrap().contains(content), "{path}: {answer:?}");
        }
    };
    check("/dashboard/", 200, "text/html", "Dashboard").await;
    check("/dashboard/conversations/1", 200, "text/html", "Dashboard").await;
    check("/dashboard/dashboard_bg.wasm", 200, "application/wasm", "asm").await;
    check("/dashboard/boot.js", 200, "text/javascript", "start").await;
    check("/widget/engine.mjs", 200, "application/javascript", "run").await;
    check("/demo/", 200, "text/html", "Demo").await;
    for path in [
        "/dashboard/missing.wasm",
        "/widget/nothing",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/widget/..%2f..%2fsecret.txt",
    ] {
        let answer = server.get(path, "").await;
        assert_eq!(answer.status, 404, "{path}");
    }
    let root = server.get("/", "").await;
    assert_eq!((root.status.as_u16(), root.header("location")), (307, "/dashboard/"));
    assert_eq!(server.get("/dashboard", "").await.header("location"), "/dashboard/");
}

#[tokio::test(flavor = "multi_thread")]
async fn unchanged_files_are_not_sent_again() {
    let server = with_pages().await;
    for path in ["/dashboard/boot.js", "/dashboard/", "/dashboard/team"] {
        let answer = server.get(path, "").await;
        assert_eq!(answer.header("cache-control"), "no-cache");
        let tag = answer.header("etag").to_owned();
        assert!(!tag.is_empty(), "{path}");
        let again = server.ask("GET", path, &[("if-none-match", &tag)], "").await;
        assert_eq!((again.status.as_u16(), again.bytes.len()), (304, 0), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn anyone_embeds_the_widget_and_nobody_the_dashboard() {
    let server = with_pages().await;
    let dashboard = server.get("/dashboard/", "").await;
    let policy = dashboard.header("content-security-policy");
    assert!(policy.contains("frame-ancestors 'none'") && policy.contains("script-src 'self' 'wasm-unsafe-eval'"));
    let widget = server.get("/widget/frame.html", "").await;
    assert!(widget.header("content-security-policy").contains("frame-ancestors *"));
    assert_eq!(widget.header("cross-origin-resource-policy"), "cross-origin");
    assert_eq!(widget.header("cross-origin-embedder-policy"), "require-corp");
    for answer in [dashboard, widget] {
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert!(!answer.headers.contains_key("x-frame-options"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_pages_says_how_to_build_them() {
    let folder = TempDir::new().unwrap();
    let web_dir = Some(folder.path().join("nothing"));
    let server = Server::start_in(folder, Settings { web_dir, demo: true, ..Settings::default() }).await;
    let answer = server.get("/dashboard/", "").await;
    assert_eq!(answer.status, 503);
    assert!(std::str::from_utf8(&answer.bytes).unwrap().contains("cargo xtask demo"));
}
