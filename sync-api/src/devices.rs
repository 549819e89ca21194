//! `/api/v1/devices`: tokens for agents' browsers. A token is shown once and stored as SHA-256.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::record::{Page, Role};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::extract::{Body, Id, Params, Reader};
use crate::openapi::problems;
use crate::page;
use crate::problem::{Code, Failure};
use crate::secret::{random, sha256_hex};
use crate::state::AppState;
use crate::store::DeviceRecord;

const MAX_LABEL: usize = 80;

/// A device that is to be connected.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDevice {
    pub agent_id: String,
    /// 1 to 80 characters, for the list of devices.
    pub label: String,
}

/// The answer that shows the token, this once.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct ConnectedDevice {
    pub device: DeviceRecord,
    pub token: String,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DeviceParams {
    /// Id of a team; a supervisor reads only their own.
    team: Option<String>,
    /// 1 to 200, 50 by default.
    limit: Option<u32>,
    /// `next` of the page before.
    after: Option<String>,
}

problems!(ListDevices: NotSignedIn, Forbidden, InvalidParameter);
problems!(
    ConnectDevice: NotSignedIn, Forbidden, CrossSite, UnsupportedMediaType, MalformedJson, BodyTooLarge,
    InvalidParameter, NotFound
);
problems!(RevokeDevice: NotSignedIn, Forbidden, CrossSite, NotFound);

/// Devices by agent, revoked ones too.
#[utoipa::path(
    get, path = "/api/v1/devices", operation_id = "listDevices", tag = "devices", security(("session" = [])),
    params(DeviceParams), responses((status = 200, body = Page<DeviceRecord>), ListDevices)
)]
pub async fn list(
    State(state): State<AppState>,
    reader: Reader,
    Params(params): Params<DeviceParams>,
) -> Result<Json<Page<DeviceRecord>>, Failure> {
    let team_id = reader.narrowed(params.team.as_deref())?;
    let limit = page::limit(params.limit)?;
    let after = page::after(params.after.as_deref())?;
    let items = state.store.devices(team_id, after.as_ref(), limit + 1).await?;
    Ok(Json(page::page(items, limit, |item| (item.agent_name.clone(), item.id.clone()))))
}

/// Connects a device of an agent.
#[utoipa::path(
    post, path = "/api/v1/devices", operation_id = "connectDevice", tag = "devices", security(("session" = [])),
    request_body = NewDevice, responses((status = 201, body = ConnectedDevice), ConnectDevice)
)]
pub async fn connect(
    State(state): State<AppState>,
    reader: Reader,
    Body(new): Body<NewDevice>,
) -> Result<(StatusCode, Json<ConnectedDevice>), Failure> {
    let label = new.label.trim();
    if label.is_empty() || label.chars().count() > MAX_LABEL || label.chars().any(char::is_control) {
        return Err(Failure::new(Code::InvalidParameter, format!("`label` must have 1 to {MAX_LABEL} characters.")));
    }
    let agent = state.store.user(&new.agent_id).await?.filter(|user| user.role == Role::Agent);
    let agent = agent.filter(|agent| reader.team_id().is_none_or(|own| own == agent.team_id));
    let agent = agent.ok_or_else(|| Failure::new(Code::NotFound, "`agent_id` must be an agent of your team."))?;
    let no_secret = |error| {
        tracing::error!(%error, "device token");
        Failure::new(Code::Internal, "The failure was logged on the server.")
    };
    let token = random("wsd_").map_err(no_secret)?;
    let device = DeviceRecord {
        id: random("").map_err(no_secret)?[..32].to_owned(),
        agent_id: agent.id,
        agent_name: agent.name,
        label: label.to_owned(),
        created_at_ms: state.now_ms(),
        last_event_at_ms: None,
        revoked_at_ms: None,
    };
    state.store.add_device(&device, &sha256_hex(token.as_bytes())).await?;
    Ok((StatusCode::CREATED, Json(ConnectedDevice { device, token })))
}

/// Revokes a device's token at once. What it had sent stays.
#[utoipa::path(
    delete, path = "/api/v1/devices/{id}", operation_id = "revokeDevice", tag = "devices",
    security(("session" = [])), params(("id" = String, Path)), responses((status = 204), RevokeDevice)
)]
pub async fn revoke(State(state): State<AppState>, reader: Reader, Id(id): Id) -> Result<StatusCode, Failure> {
    let is_known = state.store.revoke_device(&id, reader.team_id(), state.now_ms()).await?;
    if is_known { Ok(StatusCode::NO_CONTENT) } else { Err(Failure::not_found()) }
}
