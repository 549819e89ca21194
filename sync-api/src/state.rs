//! What every handler shares: the store, the feed, the clock and the settings.

use std::collections::HashMap;
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use tokio::sync::Semaphore;

use crate::feed::Feed;
use crate::store::Store;

const ATTEMPTS_PER_WINDOW: u32 = 10;
const WINDOW_MS: i64 = 60_000;
/// Above this many e-mails and addresses, those whose window is over are forgotten.
const PRUNE_AT: usize = 1024;
/// Passwords verified at once; each takes 19 MiB and a core.
const VERIFICATIONS: usize = 2;

/// How the server is run.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Built dashboard, widget and demo page.
    pub web_dir: Option<PathBuf>,
    /// Where browsers see the server, e.g. `https://warmseat.example`; needed behind a proxy that changes `Host`.
    pub public_url: Option<String>,
    /// Accept the well-known demo token and demo users.
    pub demo: bool,
}

impl Settings {
    /// Whether cookies are for HTTPS only.
    pub fn is_https(&self) -> bool {
        self.public_url.as_deref().is_some_and(|url| url.starts_with("https://"))
    }
}

/// Milliseconds since the Unix epoch; tests bring their own.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

#[derive(Clone)]
pub struct AppState {
    pub store: Store,
    pub feed: Feed,
    pub settings: Arc<Settings>,
    pub attempts: Arc<Attempts>,
    pub verifications: Arc<Semaphore>,
    clock: Clock,
}

impl AppState {
    pub fn new(store: Store, settings: Settings) -> Self {
        Self::with_clock(store, settings, Arc::new(system_ms))
    }

    pub fn with_clock(store: Store, settings: Settings, clock: Clock) -> Self {
        Self {
            store,
            feed: Feed::default(),
            settings: Arc::new(settings),
            attempts: Arc::default(),
            verifications: Arc::new(Semaphore::new(VERIFICATIONS)),
            clock,
        }
    }

    pub fn now_ms(&self) -> i64 {
        (self.clock)()
    }
}

fn system_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// Sign-ins tried in the last minute, by e-mail and address.
#[derive(Debug, Default)]
pub struct Attempts(Mutex<HashMap<(String, IpAddr), (i64, u32)>>);

impl Attempts {
    /// Counts one; the seconds to wait when it is one too many.
    pub fn count(&self, email: &str, from: IpAddr, now_ms: i64) -> Result<(), u64> {
        let mut tried = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if tried.len() >= PRUNE_AT {
            tried.retain(|_, (since, _)| now_ms - *since < WINDOW_MS);
        }
        let (since, count) = tried.entry((email.to_owned(), from)).or_insert((now_ms, 0));
        if now_ms - *since >= WINDOW_MS {
            (*since, *count) = (now_ms, 0);
        }
        *count += 1;
        if *count <= ATTEMPTS_PER_WINDOW {
            return Ok(());
        }
        Err(u64::try_from((*since + WINDOW_MS - now_ms + 999) / 1000).unwrap_or(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_attempts_a_minute() {
        let (attempts, here) = (Attempts::default(), IpAddr::from([127, 0, 0, 1]));
        for _ in 0..10 {
            assert_eq!(attempts.count("a", here, 1000), Ok(()));
        }
        assert_eq!(attempts.count("a", here, 31_000), Err(30));
        assert_eq!(attempts.count("b", here, 31_000), Ok(()));
        assert_eq!(attempts.count("a", here, 61_000), Ok(()));
    }
}
