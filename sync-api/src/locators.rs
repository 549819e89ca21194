//! How sites are read, taught by agents, shared with the team once a supervisor approved: devices propose and fetch at
//! `/api/v1/site-locators`, supervisors decide at `/api/v1/taught-sites`.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::locator::{ApprovedLocator, LocatorRecord, LocatorState, ProposalReceipt, SiteLocator, TeamLocators};
use domain::record::{Page, Role};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::extract::{Body, Device, Id, Params, Reader};
use crate::openapi::problems;
use crate::page;
use crate::problem::{Code, Failure, FieldProblem};
use crate::secret::sha256_hex;
use crate::state::AppState;

/// A locator is far smaller.
pub const BODY_BYTES: usize = 64 * 1024;
const MOST_GIVEN: u32 = 200;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct LocatorParams {
    /// All by default.
    #[param(inline)]
    state: Option<LocatorState>,
    /// Id of a team; a supervisor reads only their own.
    team: Option<String>,
    /// 1 to 200, 50 by default.
    limit: Option<u32>,
    /// `next` of the page before.
    after: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Approve,
    Reject,
    Withdraw,
}

/// A supervisor's word on a locator.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    pub verdict: Verdict,
}

problems!(ProposeLocator: InvalidToken, UnsupportedMediaType, MalformedJson, BodyTooLarge, InvalidParameter);
problems!(ReadTeamLocators: InvalidToken);
problems!(ListLocators: NotSignedIn, Forbidden, InvalidParameter);
problems!(
    DecideLocator: NotSignedIn, Forbidden, CrossSite, UnsupportedMediaType, MalformedJson, BodyTooLarge, NotFound
);

/// Proposes a locator to the agent's team. The same one again changes nothing.
#[utoipa::path(
    post, path = "/api/v1/site-locators", operation_id = "proposeLocator", tag = "devices", security(("device" = [])),
    request_body = SiteLocator, responses((status = 200, body = ProposalReceipt), ProposeLocator)
)]
pub async fn propose(
    State(state): State<AppState>,
    Device(sender): Device,
    Body(locator): Body<SiteLocator>,
) -> Result<Json<ProposalReceipt>, Failure> {
    let faults = locator.faults();
    if !faults.is_empty() {
        let detail = "Send only signs of the grammar in docs/PRIVACY.md; words of a page are not taken.";
        let fields = faults.into_iter().map(|pointer| FieldProblem { pointer, detail: "is not as it must be".into() });
        return Err(Failure::with_fields(Code::InvalidParameter, detail, fields.collect()));
    }
    let team_id = state.store.user(&sender.agent_id).await?.map(|user| user.team_id).unwrap_or_default();
    let body = serde_json::to_vec(&(&team_id, &locator)).map_err(|error| {
        tracing::error!(%error, "locator");
        Failure::new(Code::Internal, "The failure was logged on the server.")
    })?;
    let id = sha256_hex(&body)[..32].to_owned();
    let (now, is_new) = state.store.propose_locator(&id, &sender, &locator, state.now_ms()).await?;
    if is_new {
        state.feed.taught_sites(&team_id);
    }
    Ok(Json(ProposalReceipt { id, state: now }))
}

/// The locators that a supervisor approved for the device's team, and what became of its agent's own proposals.
#[utoipa::path(
    get, path = "/api/v1/site-locators", operation_id = "readTeamLocators", tag = "devices",
    security(("device" = [])), responses((status = 200, body = TeamLocators), ReadTeamLocators)
)]
pub async fn of_team(State(state): State<AppState>, Device(sender): Device) -> Result<Json<TeamLocators>, Failure> {
    let approved = state.store.approved_locators(&sender, MOST_GIVEN).await?;
    let items = approved.into_iter().map(|record| ApprovedLocator { id: record.id, locator: record.locator }).collect();
    let proposals = state.store.proposals_of(&sender, MOST_GIVEN).await?;
    Ok(Json(TeamLocators { items, proposals }))
}

/// Locators of the team, the newest proposal first.
#[utoipa::path(
    get, path = "/api/v1/taught-sites", operation_id = "listLocators", tag = "dashboard", security(("session" = [])),
    params(LocatorParams), responses((status = 200, body = Page<LocatorRecord>), ListLocators)
)]
pub async fn list(
    State(state): State<AppState>,
    reader: Reader,
    Params(params): Params<LocatorParams>,
) -> Result<Json<Page<LocatorRecord>>, Failure> {
    let team_id = reader.narrowed(params.team.as_deref())?;
    let limit = page::limit(params.limit)?;
    let after = page::after(params.after.as_deref())?;
    let items = state.store.locators(team_id, params.state, after.as_ref(), limit + 1).await?;
    Ok(Json(page::page(items, limit, |item| (item.proposed_at_ms, item.id.clone()))))
}

/// Approves, rejects or withdraws a locator. Only a supervisor of its team does.
///
/// The one that was approved for the same kind of page of the site is withdrawn with the approval: it is replaced.
#[utoipa::path(
    post, path = "/api/v1/taught-sites/{id}/decision", operation_id = "decideLocator", tag = "dashboard",
    security(("session" = [])), params(("id" = String, Path)), request_body = Decision,
    responses((status = 200, body = LocatorRecord), DecideLocator)
)]
pub async fn decide(
    State(state): State<AppState>,
    reader: Reader,
    Id(id): Id,
    Body(decision): Body<Decision>,
) -> Result<(StatusCode, Json<LocatorRecord>), Failure> {
    if reader.0.role != Role::Supervisor {
        return Err(Failure::new(Code::Forbidden, "A supervisor of the team decides what it shares."));
    }
    let to = match decision.verdict {
        Verdict::Approve => LocatorState::Approved,
        Verdict::Reject => LocatorState::Rejected,
        Verdict::Withdraw => LocatorState::Withdrawn,
    };
    let team_id = reader.team_id().map(str::to_owned);
    let record = state.store.decide_locator(&id, team_id.as_deref(), to, &reader.0.id, state.now_ms()).await?;
    let record = record.ok_or_else(Failure::not_found)?;
    state.feed.taught_sites(&record.team_id);
    tracing::info!(locator = %record.id, state = ?record.state, by = %reader.0.id, "site locator decided");
    Ok((StatusCode::OK, Json(record)))
}
