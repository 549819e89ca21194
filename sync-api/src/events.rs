//! `POST /api/v1/events`: labels, scores and ids from the agents' devices.

use axum::Json;
use axum::extract::State;
use domain::record::BatchReceipt;
use domain::sync::{Event, EventBatch};

use crate::check;
use crate::extract::{Device, JsonBytes};
use crate::openapi::problems;
use crate::problem::Failure;
use crate::state::AppState;
use crate::store::{Sender, StoreError};

/// A body may be this large.
pub const BODY_BYTES: usize = 1024 * 1024;

problems!(
    PostEvents: InvalidToken, UnsupportedMediaType, MalformedJson, BodyTooLarge, UnknownField, InvalidEvent,
    TooManyEvents
);

/// Takes a batch of at most 200 events.
///
/// All or none are stored; events that are known change nothing, so a batch can
/// be sent again after any failure. On `invalid_event` drop or correct the events named in `errors`.
#[utoipa::path(
    post, path = "/api/v1/events", operation_id = "postEvents", tag = "devices", security(("device" = [])),
    request_body = EventBatch, responses((status = 200, body = BatchReceipt), PostEvents)
)]
pub async fn post(
    State(state): State<AppState>,
    Device(sender): Device,
    JsonBytes(body): JsonBytes,
) -> Result<Json<BatchReceipt>, Failure> {
    let events = check::batch(&body, state.now_ms())?;
    Ok(Json(ingest(&state, &sender, &events).await?))
}

/// Stores valid events and tells the streams. The one way in, for devices and for the demo's history.
pub async fn ingest(state: &AppState, sender: &Sender, events: &[Event]) -> Result<BatchReceipt, StoreError> {
    state.store.apply(sender, events, state.now_ms(), |stored| state.feed.tell(stored)).await
}
