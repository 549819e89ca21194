//! Posts batches to the sync API. When and what is the outbox's decision.

use std::rc::Rc;

use domain::sync::{Event, EventBatch};
use gloo_net::http::Request;
use gloo_timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;

use super::{Inner, warn};
use crate::outbox::{Outcome, Server};

/// Events of one moment go together.
const GATHER_MS: u32 = 80;
const TIMEOUT_MS: u32 = 15_000;

/// Sends what waits, shortly; a failure's own time of retry is kept by the outbox and tried on every tick.
pub fn schedule(inner: &Rc<Inner>) {
    if !inner.session.borrow().wants_to_send(js_sys::Date::now() as i64) || inner.flushing.replace(true) {
        return;
    }
    let inner = inner.clone();
    let flush = move || {
        inner.flushing.set(false);
        let batch = inner.session.borrow_mut().take_batch(js_sys::Date::now() as i64);
        if let Some((server, events)) = batch {
            spawn_local(async move {
                let outcome = post(&server, events).await;
                if outcome == Outcome::Rejected {
                    warn("the server rejected a batch of events");
                }
                inner.with(|session, now_ms| session.batch_finished(outcome, js_sys::Math::random(), now_ms));
            });
        }
    };
    Timeout::new(GATHER_MS, flush).forget();
}

async fn post(server: &Server, events: Vec<Event>) -> Outcome {
    let url = format!("{}/api/v1/events", server.url.trim_end_matches('/'));
    let request = Request::post(&url)
        .header("Authorization", &format!("Bearer {}", server.device_token))
        .abort_signal(Some(&web_sys::AbortSignal::timeout_with_u32(TIMEOUT_MS)))
        .json(&EventBatch { events });
    let Ok(request) = request else { return Outcome::Rejected };
    match request.send().await.map(|response| response.status()) {
        Ok(200..=299) => Outcome::Accepted,
        Ok(401 | 403) => Outcome::Refused,
        // What is said of the batch; anything else may pass.
        Ok(400 | 413 | 415 | 422) => Outcome::Rejected,
        _ => Outcome::Unreachable,
    }
}
