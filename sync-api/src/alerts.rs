//! Conversations that needed or need help (M2), and who sees to them: supervisors say so, the agent's devices hear it.

use axum::Json;
use axum::extract::State;
use domain::record::{AlertRecord, ConversationRecord, Page};
use domain::taken::{TakenAlerts, Taking};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::extract::{Body, Device, Id, Params, Reader};
use crate::openapi::problems;
use crate::page;
use crate::problem::{Code, Failure};
use crate::state::AppState;
use crate::store::Taken;

const MOST_GIVEN: u32 = 200;

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
problems!(
    TakeAlert: NotSignedIn, Forbidden, CrossSite, UnsupportedMediaType, MalformedJson, BodyTooLarge, NotFound,
    ChangedMeanwhile
);
problems!(ReadTakenAlerts: InvalidToken);

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

/// Says that the caller sees to a conversation's open alert, or no longer does. Everyone of the team hears it, the agent too.
///
/// Nothing changes where another has taken it or given it back since the caller looked.
#[utoipa::path(
    post, path = "/api/v1/conversations/{id}/taking", operation_id = "takeAlert", tag = "dashboard",
    security(("session" = [])), params(("id" = String, Path)), request_body = Taking,
    responses((status = 200, body = ConversationRecord), TakeAlert)
)]
pub async fn take(
    State(state): State<AppState>,
    reader: Reader,
    Id(id): Id,
    Body(taking): Body<Taking>,
) -> Result<Json<ConversationRecord>, Failure> {
    match state.store.take_alert(&id, reader.team_id(), &taking, &reader.0.id, state.now_ms()).await? {
        Taken::Done(conversation) => {
            state.feed.conversation(&conversation);
            Ok(Json(*conversation))
        }
        Taken::Changed => {
            Err(Failure::new(Code::ChangedMeanwhile, "Read the conversation again to see who sees to it now."))
        }
        Taken::Missing => Err(Failure::new(Code::NotFound, "The conversation has no such open alert.")),
    }
}

/// The open alerts of the device's agent that a supervisor sees to.
#[utoipa::path(
    get, path = "/api/v1/taken-alerts", operation_id = "readTakenAlerts", tag = "devices",
    security(("device" = [])), responses((status = 200, body = TakenAlerts), ReadTakenAlerts)
)]
pub async fn taken(State(state): State<AppState>, Device(sender): Device) -> Result<Json<TakenAlerts>, Failure> {
    let items = state.store.taken_alerts(&sender.agent_id, MOST_GIVEN).await?;
    Ok(Json(TakenAlerts { items }))
}
