//! A team's own model: supervisors and administrators put files and say what the labels mean at `/api/v1/own-model`, devices fetch
//! both at `/api/v1/team-model`. The server keeps the files and never runs them.

use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, Request, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use domain::own_model::{MOST_MODEL_BYTES, ModelFile, OwnModel, OwnModelRecord, TeamModel, VersionedModel, is_sha256};

use crate::extract::{Body, Device, Id, Reader};
use crate::openapi::problems;
use crate::problem::{Code, Failure, FieldProblem};
use crate::secret::sha256_hex;
use crate::state::AppState;

/// Of a file.
pub const BODY_BYTES: usize = MOST_MODEL_BYTES as usize;
/// A file of this name never changes.
const FOR_GOOD: &str = "private, max-age=31536000, immutable";
const VERSION_DIGITS: usize = 16;

problems!(ReadTeamModel: InvalidToken);
problems!(ReadTeamModelFile: InvalidToken, NotFound);
problems!(ReadOwnModel: NotSignedIn, Forbidden);
problems!(RemoveOwnModel: NotSignedIn, Forbidden, CrossSite);
problems!(PutModelFile: NotSignedIn, Forbidden, CrossSite, BodyTooLarge, InvalidParameter);
problems!(
    ShareOwnModel: NotSignedIn, Forbidden, CrossSite, UnsupportedMediaType, MalformedJson, BodyTooLarge, InvalidParameter
);

/// The bytes of a file.
pub struct FileBytes(Bytes);

impl FromRequest<AppState> for FileBytes {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Failure> {
        Bytes::from_request(request, state).await.map(Self).map_err(|rejection: BytesRejection| {
            let is_large = rejection.into_response().status() == Code::BodyTooLarge.status();
            let detail = format!("A model has at most {} MB; quantise it, or choose a smaller one.", BODY_BYTES >> 20);
            match is_large {
                true => Failure::new(Code::BodyTooLarge, detail),
                false => Failure::new(Code::InvalidParameter, "The file broke off; send it again."),
            }
        })
    }
}

/// Whether the device's team has a model of its own, with what its labels mean.
#[utoipa::path(
    get, path = "/api/v1/team-model", operation_id = "readTeamModel", tag = "devices", security(("device" = [])),
    responses((status = 200, body = TeamModel), ReadTeamModel)
)]
pub async fn of_team(State(state): State<AppState>, Device(sender): Device) -> Result<Json<TeamModel>, Failure> {
    Ok(Json(state.store.own_model_for(&sender).await?))
}

/// One file of the team's model, by the SHA-256 of its content; to be kept for good.
#[utoipa::path(
    get, path = "/api/v1/team-model/files/{id}", operation_id = "readTeamModelFile", tag = "devices",
    security(("device" = [])), params(("id" = String, Path, description = "SHA-256, 64 hexadecimal digits.")),
    responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>), ReadTeamModelFile)
)]
pub async fn file_of_team(
    State(state): State<AppState>,
    Device(sender): Device,
    Id(sha256): Id,
) -> Result<Response, Failure> {
    let bytes = state.store.model_file_for(&sender, &sha256).await?.ok_or_else(Failure::not_found)?;
    Ok(([(header::CONTENT_TYPE, "application/octet-stream"), (header::CACHE_CONTROL, FOR_GOOD)], bytes).into_response())
}

/// The model of the reader's own team, who put it there, and when.
#[utoipa::path(
    get, path = "/api/v1/own-model", operation_id = "readOwnModel", tag = "dashboard", security(("session" = [])),
    responses((status = 200, body = OwnModelRecord), ReadOwnModel)
)]
pub async fn read(State(state): State<AppState>, reader: Reader) -> Result<Json<OwnModelRecord>, Failure> {
    Ok(Json(state.store.own_model(&reader.0.team_id).await?))
}

/// Keeps a file of a model to come, under the SHA-256 of its content. The same one again changes nothing.
#[utoipa::path(
    put, path = "/api/v1/own-model/files/{id}", operation_id = "putModelFile", tag = "dashboard",
    security(("session" = [])), params(("id" = String, Path, description = "SHA-256, 64 hexadecimal digits.")),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = ModelFile), PutModelFile)
)]
pub async fn put_file(
    State(state): State<AppState>,
    reader: Reader,
    Id(sha256): Id,
    FileBytes(bytes): FileBytes,
) -> Result<Json<ModelFile>, Failure> {
    if !is_sha256(&sha256) || sha256_hex(&bytes) != sha256 {
        let detail =
            "The path names the SHA-256 of the file, 64 hexadecimal digits in lower case; this one has another.";
        return Err(Failure::new(Code::InvalidParameter, detail));
    }
    let file = ModelFile { sha256, size_bytes: bytes.len() as u64 };
    state.store.keep_model_file(&reader.0.team_id, &file, &bytes, state.now_ms()).await?;
    Ok(Json(file))
}

/// Shares a model with the team's devices, in the place of the one before. Put its files first.
#[utoipa::path(
    put, path = "/api/v1/own-model", operation_id = "shareOwnModel", tag = "dashboard", security(("session" = [])),
    request_body = OwnModel, responses((status = 200, body = OwnModelRecord), ShareOwnModel)
)]
pub async fn share(
    State(state): State<AppState>,
    reader: Reader,
    Body(own): Body<OwnModel>,
) -> Result<Json<OwnModelRecord>, Failure> {
    let team_id = &reader.0.team_id;
    let refused = |pointers: Vec<String>, what: &str| {
        let detail = "Put both files first, and send names, sizes and classes within the limits of domain::own_model.";
        let fields = pointers.into_iter().map(|pointer| FieldProblem { pointer, detail: what.into() }).collect();
        Err(Failure::with_fields(Code::InvalidParameter, detail, fields))
    };
    let faults = own.faults();
    if !faults.is_empty() {
        return refused(faults, "is not as it must be");
    }
    let model = VersionedModel { version: version(&own), own };
    let missing = state.store.share_own_model(team_id, Some(&model), &reader.0.id, state.now_ms()).await?;
    if !missing.is_empty() {
        return refused(missing.into_iter().map(str::to_owned).collect(), "this file was not put before");
    }
    tracing::info!(version = %model.version, by = %reader.0.id, "own model shared");
    Ok(Json(state.store.own_model(team_id).await?))
}

/// The team's devices go back to the model that everyone has.
#[utoipa::path(
    delete, path = "/api/v1/own-model", operation_id = "removeOwnModel", tag = "dashboard", security(("session" = [])),
    responses((status = 200, body = OwnModelRecord), RemoveOwnModel)
)]
pub async fn remove(State(state): State<AppState>, reader: Reader) -> Result<Json<OwnModelRecord>, Failure> {
    state.store.share_own_model(&reader.0.team_id, None, &reader.0.id, state.now_ms()).await?;
    tracing::info!(by = %reader.0.id, "own model removed");
    Ok(Json(OwnModelRecord::default()))
}

/// Of files and labels alike.
fn version(own: &OwnModel) -> String {
    let labels = own.labels.iter().map(|label| format!("{}\u{1f}{}", label.name, label.class.as_deref().unwrap_or("")));
    let parts: Vec<String> =
        [own.model.sha256.clone(), own.tokenizer.sha256.clone()].into_iter().chain(labels).collect();
    format!("own-{}", &sha256_hex(parts.join("\u{1e}").as_bytes())[..VERSION_DIGITS])
}
