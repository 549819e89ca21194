//! How long to leave a server alone that did not answer.

const FIRST_RETRY_MS: i64 = 1_000;
const LAST_RETRY_MS: i64 = 30_000;

#[derive(Debug, Default)]
pub struct Backoff {
    failures: u32,
    retry_at_ms: i64,
}

impl Backoff {
    /// `jitter` is 0–1.
    pub fn fail(&mut self, jitter: f64, now_ms: i64) {
        let wait_ms = LAST_RETRY_MS.min(FIRST_RETRY_MS << self.failures.min(10)) as f64;
        self.failures += 1;
        self.retry_at_ms = now_ms + (wait_ms * (0.75 + jitter.clamp(0.0, 1.0) / 2.0)) as i64;
    }

    pub fn has_failed(&self) -> bool {
        self.failures > 0
    }

    pub fn is_over(&self, now_ms: i64) -> bool {
        is_due(self.retry_at_ms, now_ms, 2 * LAST_RETRY_MS)
    }
}

/// Whether a time has come that was set to be at most `most_ms` ahead: one that is further away was set before the clock was put
/// back.
pub fn is_due(at_ms: i64, now_ms: i64, most_ms: i64) -> bool {
    now_ms >= at_ms || at_ms - now_ms > most_ms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_is_put_back_stops_nothing() {
        let mut backoff = Backoff::default();
        (0..9).for_each(|_| backoff.fail(1.0, 86_400_000));
        assert!(!backoff.is_over(86_400_000) && !backoff.is_over(86_400_000 - LAST_RETRY_MS / 2));
        assert!(backoff.is_over(0), "a day earlier");
    }
}
