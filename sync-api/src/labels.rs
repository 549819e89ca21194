//! A team's own labels: a supervisor writes them at `/api/v1/labels`, devices fetch them at `/api/v1/team-labels`.

use axum::Json;
use axum::extract::State;
use domain::labels::{LabelsRecord, LabelsToShare, SharedLabels};
use domain::record::Role;

use crate::extract::{Body, Device, Reader};
use crate::openapi::problems;
use crate::problem::{Code, Failure, FieldProblem};
use crate::state::AppState;

/// A thousand examples of 300 Chinese characters.
pub const BODY_BYTES: usize = 1024 * 1024;

problems!(ReadTeamLabels: InvalidToken);
problems!(ReadLabels: NotSignedIn, Forbidden);
problems!(
    ShareLabels: NotSignedIn, Forbidden, CrossSite, UnsupportedMediaType, MalformedJson, BodyTooLarge, InvalidParameter,
    ChangedMeanwhile
);

/// The labels of the device's team, with the examples that they are learned from.
#[utoipa::path(
    get, path = "/api/v1/team-labels", operation_id = "readTeamLabels", tag = "devices", security(("device" = [])),
    responses((status = 200, body = SharedLabels), ReadTeamLabels)
)]
pub async fn of_team(State(state): State<AppState>, Device(sender): Device) -> Result<Json<SharedLabels>, Failure> {
    Ok(Json(state.store.labels_for(&sender).await?))
}

/// The labels of the reader's own team.
#[utoipa::path(
    get, path = "/api/v1/labels", operation_id = "readLabels", tag = "dashboard", security(("session" = [])),
    responses((status = 200, body = LabelsRecord), ReadLabels)
)]
pub async fn read(State(state): State<AppState>, reader: Reader) -> Result<Json<LabelsRecord>, Failure> {
    Ok(Json(state.store.labels(&reader.0.team_id).await?.unwrap_or_default()))
}

/// Shares this list with the team's devices, in the place of the one before. Only a supervisor of the team does.
///
/// Examples are the supervisor's words: an e-mail address or a long number in one is refused. Nothing changes where another has
/// shared a list since the caller looked.
#[utoipa::path(
    put, path = "/api/v1/labels", operation_id = "shareLabels", tag = "dashboard", security(("session" = [])),
    request_body = LabelsToShare, responses((status = 200, body = LabelsRecord), ShareLabels)
)]
pub async fn share(
    State(state): State<AppState>,
    reader: Reader,
    Body(LabelsToShare { items, seen_at_ms }): Body<LabelsToShare>,
) -> Result<Json<LabelsRecord>, Failure> {
    if reader.0.role != Role::Supervisor {
        return Err(Failure::new(Code::Forbidden, "A supervisor of the team decides what it shares."));
    }
    let labels = SharedLabels { items };
    let faults = labels.faults();
    if !faults.is_empty() {
        let detail = "Send labels and examples within the limits of domain::labels, without anybody's data.";
        let fields = faults.into_iter().map(|pointer| FieldProblem { pointer, detail: "is not as it must be".into() });
        return Err(Failure::with_fields(Code::InvalidParameter, detail, fields.collect()));
    }
    let user = &reader.0;
    let word = (user.id.as_str(), state.now_ms());
    if !state.store.share_labels(&user.team_id, &labels, seen_at_ms, word).await? {
        return Err(Failure::new(Code::ChangedMeanwhile, "Read the list again, and share yours with what it has now."));
    }
    tracing::info!(labels = labels.items.len(), by = %user.id, "team labels shared");
    Ok(Json(state.store.labels(&user.team_id).await?.unwrap_or_default()))
}
