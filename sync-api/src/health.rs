//! `GET /api/health`: whether the server and its database answer.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::state::AppState;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    Ok,
    Unavailable,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HealthRecord {
    pub status: Condition,
    pub database: Condition,
    pub version: String,
}

/// For monitors; no sign-in.
#[utoipa::path(
    get, path = "/api/health", operation_id = "readHealth", tag = "server",
    responses((status = 200, body = HealthRecord), (status = 503, body = HealthRecord))
)]
pub async fn read(State(state): State<AppState>) -> (StatusCode, Json<HealthRecord>) {
    let (code, condition) = match state.store.ping().await {
        Ok(()) => (StatusCode::OK, Condition::Ok),
        Err(error) => {
            tracing::error!(%error, "health");
            (StatusCode::SERVICE_UNAVAILABLE, Condition::Unavailable)
        }
    };
    let version = env!("CARGO_PKG_VERSION").into();
    (code, Json(HealthRecord { status: condition, database: condition, version }))
}
