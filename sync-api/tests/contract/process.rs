//! The server as a process: its one line, its end, and what it says when it cannot begin.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use hyper::StatusCode;
use tempfile::TempDir;

use crate::support::fetch;

/// Ended when it is dropped.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Process {
    fn spawn(folder: &Path, listen: &str, flags: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sync-api"));
        command.arg("serve").arg("--database").arg(folder.join("data/memory.sqlite")).args(["--listen", listen]);
        command.args(flags).current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        Self(command.spawn().unwrap())
    }

    /// With its address, once it is ready.
    fn start(folder: &Path, flags: &[&str]) -> (Self, String) {
        let mut process = Self::spawn(folder, "127.0.0.1:0", flags);
        let mut line = String::new();
        BufReader::new(process.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim_end().strip_prefix("listening on http://").unwrap().to_owned();
        (process, address)
    }

    fn ended(&mut self) -> ExitStatus {
        let deadline = Instant::now() + Duration::from_secs(30);
        loop {
            if let Some(status) = self.0.try_wait().unwrap() {
                return status;
            }
            assert!(Instant::now() < deadline, "the server does not end");
            sleep(Duration::from_millis(20));
        }
    }

    fn end(mut self) -> Option<i32> {
        assert!(Command::new("kill").args(["-TERM", &self.0.id().to_string()]).status().unwrap().success());
        self.ended().code()
    }
}

async fn items(address: &str, cookie: &str, path: &str) -> Vec<serde_json::Value> {
    let answer = fetch(address, "GET", path, &[("cookie", cookie)], "").await;
    serde_json::from_value(answer.json::<serde_json::Value>()["items"].take()).unwrap()
}

async fn signed_in(address: &str) -> String {
    let body = r#"{"email":"supervisor@demo.test","password":"warmseat-demo"}"#;
    let answer = fetch(address, "POST", "/api/v1/session", &[("content-type", "application/json")], body).await;
    assert_eq!(answer.status, StatusCode::OK);
    answer.cookie()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_is_alive_and_seeding_again_adds_nothing() {
    let folder = TempDir::new().unwrap();
    let (process, address) = Process::start(folder.path(), &["--seed-demo"]);
    let cookie = signed_in(&address).await;
    let conversations = items(&address, &cookie, "/api/v1/conversations?limit=200").await;
    assert!((50..70).contains(&conversations.len()), "{}", conversations.len());
    assert_eq!(items(&address, &cookie, "/api/v1/conversations?state=alert").await.len(), 2);
    assert_eq!(items(&address, &cookie, "/api/v1/agents").await.len(), 4);
    let today = fetch(&address, "GET", "/api/v1/today?tz_offset_min=480", &[("cookie", &cookie)], "").await;
    let today: domain::record::TodayRecord = today.json();
    assert!(today.intents.iter().any(|intent| intent.week_ago > 0) || today.conversations < 10, "{today:?}");
    assert_eq!(process.end(), Some(0));

    let (process, address) = Process::start(folder.path(), &["--seed-demo=full"]);
    let again = items(&address, &cookie, "/api/v1/conversations?limit=200").await;
    let is_new_day = again.len() > conversations.len();
    assert!(again == conversations || is_new_day, "only midnight may add a day");
    assert_eq!(process.end(), Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_demo_has_people_only() {
    let folder = TempDir::new().unwrap();
    let (process, address) = Process::start(folder.path(), &["--seed-demo=empty"]);
    let cookie = signed_in(&address).await;
    assert!(items(&address, &cookie, "/api/v1/conversations").await.is_empty());
    assert_eq!(items(&address, &cookie, "/api/v1/agents").await.len(), 4);
    let mut second = Process::spawn(folder.path(), &address, &[]);
    let status = second.ended();
    let mut said = String::new();
    second.0.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(status.code(), Some(1));
    assert!(said.contains(&format!("cannot listen on {address}")) && said.contains("--listen"), "{said}");
    assert_eq!(process.end(), Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn it_ends_with_its_input_where_that_is_asked() {
    let folder = TempDir::new().unwrap();
    let (mut process, _) = Process::start(folder.path(), &["--end-with-input"]);
    sleep(Duration::from_millis(300));
    assert_eq!(process.0.try_wait().unwrap(), None, "its input is open");
    drop(process.0.stdin.take());
    assert_eq!(process.ended().code(), Some(0));

    let (mut process, address) = Process::start(folder.path(), &[]);
    drop(process.0.stdin.take());
    sleep(Duration::from_millis(300));
    assert_eq!(fetch(&address, "GET", "/api/health", &[], "").await.status, StatusCode::OK);
    assert_eq!(process.end(), Some(0));
}
