//! The memory: events in, conversations and alerts out.
//!
//! Owns the HTTP API, the store and the pages' delivery. Deliberately does not know: the engine, the overlay, care data
//! ([`domain::care`] is not reachable from any type here, R3) and customer text, which no route takes.

mod agents;
mod alerts;
mod check;
mod conversations;
mod devices;
mod events;
mod extract;
mod feed;
mod fold;
mod guard;
mod health;
mod labels;
mod locators;
mod openapi;
mod own_model;
mod page;
mod problem;
mod secret;
pub mod seed;
mod session;
mod state;
pub mod store;
mod stream;
mod teams;
mod today;
mod web;

use std::any::Any;
use std::net::SocketAddr;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use tokio::net::TcpListener;
use tower_http::catch_panic::CatchPanicLayer;
use tower_sessions::cookie::SameSite;
use tower_sessions::{Expiry, SessionManagerLayer};

pub use openapi::document;
pub use problem::{Code, FieldProblem, FieldsProblem};
pub use state::{AppState, Clock, Settings};
pub use store::{Store, StoreError};

use problem::Failure;
use store::Sessions;

/// Bodies of all routes but the events.
const BODY_BYTES: usize = 16 * 1024;
/// A shift; then one signs in again.
const SESSION_HOURS: i64 = 12;

/// Every route: the API under `/api/`, pages elsewhere.
pub fn app(state: AppState) -> Router {
    let sessions = SessionManagerLayer::new(Sessions::new(state.store.clone()))
        .with_name(openapi::COOKIE)
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_secure(state.settings.is_https())
        .with_expiry(Expiry::OnInactivity(time::Duration::hours(SESSION_HOURS)));
    let (devices, _) = openapi::device_routes().split_for_parts();
    let devices = devices
        .method_not_allowed_fallback(no_such_method)
        .layer(DefaultBodyLimit::max(events::BODY_BYTES))
        .layer(openapi::device_cors());
    let (locators, _) = openapi::locator_routes().split_for_parts();
    let locators = locators
        .method_not_allowed_fallback(no_such_method)
        .layer(DefaultBodyLimit::max(locators::BODY_BYTES))
        .layer(openapi::device_cors());
    let (labels, _) = openapi::label_routes().split_for_parts();
    let labels = labels.layer(DefaultBodyLimit::max(labels::BODY_BYTES));
    let (model_files, _) = openapi::model_file_routes().split_for_parts();
    let model_files = model_files.layer(DefaultBodyLimit::max(own_model::BODY_BYTES));
    let (api, _) = openapi::routes().split_for_parts();
    let api = api.layer(DefaultBodyLimit::max(BODY_BYTES));
    api.route("/api", any(no_such_route))
        .route("/api/", any(no_such_route))
        .route("/api/{*path}", any(no_such_route))
        .merge(labels)
        .merge(model_files)
        .method_not_allowed_fallback(no_such_method)
        .layer(sessions)
        .layer(from_fn_with_state(state.clone(), guard::same_site))
        .merge(devices)
        .merge(locators)
        .route("/", get(web::root))
        .route("/problems/{id}", get(web::problem))
        .fallback(web::files)
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(state.clone(), guard::headers))
        .layer(from_fn(guard::log))
        .with_state(state)
}

/// Serves until `stop` is done, then ends the streams and finishes what is under way.
pub async fn serve(
    listener: TcpListener,
    state: AppState,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let feed = state.feed.clone();
    let store = state.store.clone();
    let service = app(state).into_make_service_with_connect_info::<SocketAddr>();
    let stopped = async move {
        stop.await;
        feed.close();
    };
    axum::serve(listener, service).with_graceful_shutdown(stopped).await?;
    store.close().await;
    Ok(())
}

async fn no_such_route() -> Failure {
    Failure::not_found()
}

async fn no_such_method(request: Request) -> Response {
    drop(request);
    Failure::new(Code::MethodNotAllowed, "The methods of the path are in /api/openapi.json.").into_response()
}

fn panicked(_: Box<dyn Any + Send>) -> Response {
    tracing::error!("a handler panicked");
    Failure::new(Code::Internal, "The failure was logged on the server.").into_response()
}
