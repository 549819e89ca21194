//! `GET /api/v1/alerts`: conversations that needed or need help (M2).

use axum::Json;
use axum::extract::State;
use domain::record::{AlertRecord, Page};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::extract::{Params, Reader};
use crate::openapi::problems;
use crate::page;
use crate::problem::Failure;
use crate::state::AppState;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AlertState {
    #[default]
    Open,
    All,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AlertParams {
    /// `open` by default.
    #[param(inline)]
    state: Option<AlertState>,
    /// Id of a team; a supervisor reads only their own.
    team: Option<String>,
    /// 1 to 200, 50 by default.
    limit: Option<u32>,
    /// `next` of the page before.
    after: Option<String>,
}

problems!(ListAlerts: NotSignedIn, Forbidden, InvalidParameter);

/// Alerts, the newest first.
#[utoipa::path(
    get, path = "/api/v1/alerts", operation_id = "listAlerts", tag = "dashboard", security(("session" = [])),
    params(AlertParams), responses((status = 200, body = Page<AlertRecord>), ListAlerts)
)]
pub async fn list(
    State(state): State<AppState>,
    reader: Reader,
    Params(params): Params<AlertParams>,
) -> Result<Json<Page<AlertRecord>>, Failure> {
    let team_id = reader.narrowed(params.team.as_deref())?;
    let limit = page::limit(params.limit)?;
    let after = page::after(params.after.as_deref())?;
    let open_only = params.state.unwrap_or_default() == AlertState::Open;
    let items = state.store.alerts(team_id, open_only, after.as_ref(), limit + 1).await?;
    Ok(Json(page::page(items, limit, |item| (item.opened_at_ms, item.conversation_id.clone(), item.id.clone()))))
}
