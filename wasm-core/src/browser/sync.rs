//! Talks to the sync API: posts batches, proposes and fetches what the team shares. When and what is the outbox's and the team's decision.

use std::rc::Rc;

use domain::sync::{Event, EventBatch};
use gloo_net::http::{Request, RequestBuilder, Response};
use gloo_timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;

use super::{Inner, own, warn};
use crate::outbox::{Outcome, Server};
use crate::team::{Errand, Reply, read_labels, read_model, read_taken, read_team};

/// Events of one moment go together.
const GATHER_MS: u32 = 80;
const TIMEOUT_MS: u32 = 15_000;

/// Sends what waits, shortly; a failure's own time of retry is kept by the outbox and tried on every tick.
pub fn schedule(inner: &Rc<Inner>) {
    schedule_batch(inner);
    run_errand(inner);
    own::schedule(inner);
}

fn schedule_batch(inner: &Rc<Inner>) {
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

fn run_errand(inner: &Rc<Inner>) {
    let errand = inner.session.borrow_mut().take_errand(js_sys::Date::now() as i64);
    let Some((server, errand)) = errand else { return };
    let inner = inner.clone();
    spawn_local(async move {
        let reply = run(&server, &errand).await;
        if reply == Reply::Rejected {
            warn("the server rejected a locator");
        }
        inner.with(|session, now_ms| session.errand_finished(&server, reply, js_sys::Math::random(), now_ms));
    });
}

async fn post(server: &Server, events: Vec<Event>) -> Outcome {
    let Ok(request) = addressed(server, Request::post, "events").json(&EventBatch { events }) else {
        return Outcome::Rejected;
    };
    match request.send().await.map(|response| response.status()) {
        Ok(200..=299) => Outcome::Accepted,
        Ok(401 | 403) => Outcome::Refused,
        Ok(status) if is_rejection(status) => Outcome::Rejected,
        _ => Outcome::Unreachable,
    }
}

async fn run(server: &Server, errand: &Errand) -> Reply {
    match errand {
        Errand::Propose(locator) => {
            let Ok(request) = addressed(server, Request::post, "site-locators").json(locator) else {
                return Reply::Rejected;
            };
            match request.send().await {
                Ok(response) if response.ok() => response.json().await.map_or(Reply::Unreachable, Reply::Receipt),
                Ok(response) if is_rejection(response.status()) => Reply::Rejected,
                _ => Reply::Unreachable,
            }
        }
        Errand::Fetch => match addressed(server, Request::get, "site-locators").send().await {
            Ok(response) if response.ok() => match team(response).await {
                Some(locators) => Reply::Team(locators, labels(server).await, model(server).await),
                None => Reply::Unreachable,
            },
            _ => Reply::Unreachable,
        },
        Errand::AskTaken => match addressed(server, Request::get, "taken-alerts").send().await {
            Ok(response) if response.ok() => Reply::Taken(read_taken(&response.text().await.unwrap_or_default())),
            // A server that does not know of it has nothing to tell.
            Ok(response) if response.status() == 404 => Reply::Taken(Vec::new()),
            _ => Reply::Unreachable,
        },
    }
}

async fn team(response: Response) -> Option<domain::locator::TeamLocators> {
    read_team(&response.text().await.ok()?)
}

/// Nothing of a server that does not know of labels, or cannot say now.
async fn labels(server: &Server) -> Option<domain::labels::SharedLabels> {
    let response = addressed(server, Request::get, "team-labels").send().await.ok().filter(Response::ok)?;
    read_labels(&response.text().await.ok()?)
}

/// The same for a model of the team's own.
async fn model(server: &Server) -> Option<domain::own_model::TeamModel> {
    let response = addressed(server, Request::get, "team-model").send().await.ok().filter(Response::ok)?;
    read_model(&response.text().await.ok()?)
}

/// What is said of the body; anything else may pass.
fn is_rejection(status: u16) -> bool {
    matches!(status, 400 | 413 | 415 | 422)
}

fn addressed(server: &Server, request: fn(&str) -> RequestBuilder, resource: &str) -> RequestBuilder {
    request(&format!("{}/api/v1/{resource}", server.url.trim_end_matches('/')))
        .header("Authorization", &format!("Bearer {}", server.device_token))
        .abort_signal(Some(&web_sys::AbortSignal::timeout_with_u32(TIMEOUT_MS)))
}
