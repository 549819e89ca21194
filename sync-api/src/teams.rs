//! `GET /api/v1/teams`: load of the teams.

use axum::Json;
use axum::extract::State;
use domain::record::{Page, TeamRecord};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::extract::{Params, Reader};
use crate::openapi::problems;
use crate::page;
use crate::problem::Failure;
use crate::state::AppState;
use crate::today::NOW_MS;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TeamParams {
    /// 1 to 200, 50 by default.
    limit: Option<u32>,
    /// `next` of the page before.
    after: Option<String>,
}

problems!(ListTeams: NotSignedIn, Forbidden, InvalidParameter);

/// Teams by name: a supervisor's own, an administrator's all.
#[utoipa::path(
    get, path = "/api/v1/teams", operation_id = "listTeams", tag = "dashboard", security(("session" = [])),
    params(TeamParams), responses((status = 200, body = Page<TeamRecord>), ListTeams)
)]
pub async fn list(
    State(state): State<AppState>,
    reader: Reader,
    Params(params): Params<TeamParams>,
) -> Result<Json<Page<TeamRecord>>, Failure> {
    let limit = page::limit(params.limit)?;
    let after = page::after(params.after.as_deref())?;
    let items = state.store.teams(reader.team_id(), state.now_ms() - NOW_MS, after.as_ref(), limit + 1).await?;
    Ok(Json(page::page(items, limit, |item| (item.name.clone(), item.id.clone()))))
}
