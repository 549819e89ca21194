//! `GET /api/v1/agents`: who serves customers, with counts and no judgement (R1, R8).

use axum::Json;
use axum::extract::State;
use domain::record::{AgentRecord, Page};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::extract::{Params, Reader};
use crate::openapi::problems;
use crate::page;
use crate::problem::Failure;
use crate::state::AppState;
use crate::today::{NOW_MS, day_start_ms};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AgentParams {
    /// Id of a team; a supervisor reads only their own.
    team: Option<String>,
    /// Minutes that the reader's clock is ahead of UTC, −840 to 840; 0 by default.
    tz_offset_min: Option<i32>,
    /// 1 to 200, 50 by default.
    limit: Option<u32>,
    /// `next` of the page before.
    after: Option<String>,
}

problems!(ListAgents: NotSignedIn, Forbidden, InvalidParameter);

/// Agents by name.
#[utoipa::path(
    get, path = "/api/v1/agents", operation_id = "listAgents", tag = "dashboard", security(("session" = [])),
    params(AgentParams), responses((status = 200, body = Page<AgentRecord>), ListAgents)
)]
pub async fn list(
    State(state): State<AppState>,
    reader: Reader,
    Params(params): Params<AgentParams>,
) -> Result<Json<Page<AgentRecord>>, Failure> {
    let team_id = reader.narrowed(params.team.as_deref())?;
    let limit = page::limit(params.limit)?;
    let after = page::after(params.after.as_deref())?;
    let now_ms = state.now_ms();
    let today_ms = day_start_ms(now_ms, params.tz_offset_min)?;
    let items = state.store.agents(team_id, now_ms - NOW_MS, today_ms, after.as_ref(), limit + 1).await?;
    Ok(Json(page::page(items, limit, |item| (item.name.clone(), item.id.clone()))))
}
