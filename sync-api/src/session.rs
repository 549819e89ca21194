//! `/api/v1/session`: signing in and out of the dashboard.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::record::{Credentials, SessionRecord};
use tower_sessions::Session;

use crate::extract::{Body, Peer, SignedIn, USER};
use crate::openapi::problems;
use crate::problem::{Code, Failure};
use crate::secret::verify_password;
use crate::seed;
use crate::state::AppState;

const MAX_EMAIL: usize = 254;
const MAX_PASSWORD: usize = 1024;

problems!(
    SignIn: UnsupportedMediaType, MalformedJson, BodyTooLarge, WrongCredentials, TooManyAttempts, CrossSite
);
problems!(ReadSession: NotSignedIn);
problems!(SignOut: CrossSite);

/// Signs in; the session is in the cookie `warmseat_session`.
///
/// Ten tries a minute for an e-mail from an address.
#[utoipa::path(
    post, path = "/api/v1/session", operation_id = "signIn", tag = "session", request_body = Credentials,
    responses((status = 200, body = SessionRecord, headers(("Set-Cookie" = String))), SignIn)
)]
pub async fn sign_in(
    State(state): State<AppState>,
    Peer(from): Peer,
    session: Session,
    Body(credentials): Body<Credentials>,
) -> Result<Json<SessionRecord>, Failure> {
    let wrong = || Failure::new(Code::WrongCredentials, "Check both, or ask your administrator for a new password.");
    let email = credentials.email.trim().to_lowercase();
    if email.len() > MAX_EMAIL || credentials.password.len() > MAX_PASSWORD {
        return Err(wrong());
    }
    state.attempts.count(&email, from, state.now_ms()).map_err(|wait_s| Failure {
        retry_after_s: Some(wait_s),
        ..Failure::new(Code::TooManyAttempts, format!("Wait {wait_s} seconds."))
    })?;
    let is_demo_elsewhere = seed::is_demo_email(&email) && !state.settings.demo;
    let user = state.store.user_by_email(&email).await?.filter(|_| !is_demo_elsewhere);
    let stored = user.as_ref().map(|user| user.password_hash.clone());
    if !verified(&state, credentials.password, stored).await? {
        return Err(wrong());
    }
    let user = user.ok_or_else(wrong)?;
    // A new id, so that a session fixed before signing in is worth nothing.
    session.cycle_id().await.map_err(unavailable)?;
    session.insert(USER, &user.id).await.map_err(unavailable)?;
    Ok(Json(user.into()))
}

/// Who is signed in.
#[utoipa::path(
    get, path = "/api/v1/session", operation_id = "readSession", tag = "session", security(("session" = [])),
    responses((status = 200, body = SessionRecord), ReadSession)
)]
pub async fn read(SignedIn(user): SignedIn) -> Json<SessionRecord> {
    Json(user.into())
}

/// Signs out and ends the session's streams. Signing out twice is no failure.
#[utoipa::path(
    delete, path = "/api/v1/session", operation_id = "signOut", tag = "session", security(("session" = [])),
    responses((status = 204), SignOut)
)]
pub async fn sign_out(State(state): State<AppState>, session: Session) -> Result<StatusCode, Failure> {
    let id = session.id();
    session.flush().await.map_err(unavailable)?;
    if let Some(id) = id {
        state.feed.sign_out(id.to_string());
    }
    Ok(StatusCode::NO_CONTENT)
}

async fn verified(state: &AppState, password: String, stored: Option<String>) -> Result<bool, Failure> {
    let _turn = state.verifications.acquire().await.map_err(|error| failed(&error))?;
    let verification = tokio::task::spawn_blocking(move || verify_password(&password, stored.as_deref()));
    verification.await.map_err(|error| failed(&error))
}

fn failed(error: &dyn std::fmt::Display) -> Failure {
    tracing::error!(%error, "sign-in");
    Failure::new(Code::Internal, "The failure was logged on the server.")
}

fn unavailable(error: tower_sessions::session::Error) -> Failure {
    tracing::error!(%error, "session");
    Failure::new(Code::DatabaseUnavailable, "Send the same request again in a moment.")
}
