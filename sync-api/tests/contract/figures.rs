//! Prints figures for docs/PERFORMANCE.md:
//! `cargo test -p sync-api --test contract figures -- --ignored --nocapture`.

use std::time::{Duration, Instant};

use crate::stream::Stream;
use crate::support::*;

fn line(what: &str, mut elapsed: Vec<Duration>) {
    elapsed.sort();
    let at = |share: usize| elapsed[(elapsed.len() - 1) * share / 100].as_secs_f64() * 1000.0;
    println!("{what}: p50 {:.1} ms, p95 {:.1} ms", at(50), at(95));
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "prints figures, asserts nothing"]
async fn figures() {
    let server = Server::start().await;
    let score = |n: i64| mood((n % 10) as f32 / -10.0, n as u32 + 1);

    let mut elapsed = Vec::new();
    for batch in 0..20 {
        let events: Vec<_> = (0..200).map(|n| event(batch, NOW_MS + n, score(n))).collect();
        let start = Instant::now();
        assert_eq!(server.post(TOKEN, &events).await.status, 200);
        elapsed.push(start.elapsed());
    }
    line("batch of 200 events, one conversation", elapsed);

    let mut elapsed = Vec::new();
    for batch in 0..20 {
        let events: Vec<_> = (0..200).map(|n| event(1000 + batch * 200 + n, NOW_MS, score(1))).collect();
        let start = Instant::now();
        assert_eq!(server.post(TOKEN, &events).await.status, 200);
        elapsed.push(start.elapsed());
    }
    line("batch of 200 events, 200 conversations", elapsed);

    let cookie = server.sign_in("supervisor@demo.test").await;
    let mut stream = Stream::open(&server, &cookie).await;
    let (mut answered, mut told) = (Vec::new(), Vec::new());
    for n in 0..200 {
        let events = [event(10_000 + n, NOW_MS, opened("a", -0.7))];
        let start = Instant::now();
        let (posted, seen) = tokio::join!(
            async {
                assert_eq!(server.post(TOKEN, &events).await.status, 200);
                start.elapsed()
            },
            async {
                stream.conversation().await;
                start.elapsed()
            }
        );
        answered.push(posted);
        told.push(seen);
    }
    line("POST of one alert, from request to answer", answered);
    line("POST of one alert, from request to SSE frame at the reader", told);

    let mut elapsed = Vec::new();
    for _ in 0..50 {
        let start = Instant::now();
        assert_eq!(server.get("/api/v1/conversations?state=open&limit=50", &cookie).await.status, 200);
        elapsed.push(start.elapsed());
    }
    line("GET of 50 of 4,220 conversations by need", elapsed);
}
