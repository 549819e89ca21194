//! Extractors: who asks, with what. Each failure is a problem.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{ConnectInfo, FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use domain::record::Role;
use serde::de::DeserializeOwned;
use tower_sessions::Session;

use crate::problem::{Code, Failure};
use crate::secret::sha256_hex;
use crate::seed;
use crate::state::AppState;
use crate::store::{Sender, User};

/// Key of the user's id in a session.
pub const USER: &str = "user_id";

/// The bytes of an `application/json` body.
pub struct JsonBytes(pub Bytes);

impl FromRequest<AppState> for JsonBytes {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Failure> {
        let content_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let essence = content_type.unwrap_or("").split(';').next().unwrap_or("").trim();
        if !essence.eq_ignore_ascii_case("application/json") {
            return Err(Failure::new(Code::UnsupportedMediaType, "Send `Content-Type: application/json`."));
        }
        Bytes::from_request(request, state).await.map(Self).map_err(|rejection: BytesRejection| {
            match rejection.into_response().status() {
                StatusCode::PAYLOAD_TOO_LARGE => Failure::new(Code::BodyTooLarge, "Send less at once."),
                _ => Failure::new(Code::MalformedJson, "The body broke off."),
            }
        })
    }
}

/// A small JSON body.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned> FromRequest<AppState> for Body<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Failure> {
        let JsonBytes(bytes) = JsonBytes::from_request(request, state).await?;
        let malformed = |_| Failure::new(Code::MalformedJson, "See the route's request body in /api/openapi.json.");
        serde_json::from_slice(&bytes).map(Self).map_err(malformed)
    }
}

/// The query string.
pub struct Params<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<AppState> for Params<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Failure> {
        let invalid = |_| Failure::new(Code::InvalidParameter, "See the route's parameters in /api/openapi.json.");
        Query::from_request_parts(parts, state).await.map(|Query(params)| Self(params)).map_err(invalid)
    }
}

/// The `{id}` of the path.
pub struct Id(pub String);

impl FromRequestParts<AppState> for Id {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Failure> {
        Path::from_request_parts(parts, state).await.map(|Path(id)| Self(id)).map_err(|_| Failure::not_found())
    }
}

/// The address that the request came from.
pub struct Peer(pub IpAddr);

impl FromRequestParts<AppState> for Peer {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Failure> {
        let address = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip());
        Ok(Self(address.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED))))
    }
}

/// A device with a valid token.
pub struct Device(pub Sender);

impl FromRequestParts<AppState> for Device {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Failure> {
        let refused = || Failure::new(Code::InvalidToken, "Ask your supervisor for a new device token.");
        let value = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let (scheme, token) = value.and_then(|value| value.split_once(' ')).ok_or_else(refused)?;
        let token = token.trim();
        let is_demo_elsewhere = token == seed::DEMO_TOKEN && !state.settings.demo;
        if !scheme.eq_ignore_ascii_case("bearer") || is_demo_elsewhere {
            return Err(refused());
        }
        state.store.sender(&sha256_hex(token.as_bytes())).await?.map(Self).ok_or_else(refused)
    }
}

/// Whoever is signed in.
pub struct SignedIn(pub User);

impl FromRequestParts<AppState> for SignedIn {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Failure> {
        let session = parts.extensions.get::<Session>().cloned();
        let user_id = match session {
            Some(session) => session.get::<String>(USER).await.map_err(|error| {
                tracing::error!(%error, "session");
                Failure::new(Code::DatabaseUnavailable, "Send the same request again in a moment.")
            })?,
            None => None,
        };
        let user = match user_id {
            Some(id) => state.store.user(&id).await?,
            None => None,
        };
        let user = user.filter(|user| state.settings.demo || !seed::is_demo_email(&user.email));
        user.map(Self).ok_or_else(|| Failure::new(Code::NotSignedIn, "Sign in with POST /api/v1/session."))
    }
}

/// A supervisor, who reads their own team, or an administrator, who reads all.
pub struct Reader(pub User);

impl Reader {
    /// The only team that may be read; nothing for all.
    pub fn team_id(&self) -> Option<&str> {
        (self.0.role != Role::Admin).then_some(self.0.team_id.as_str())
    }

    /// The team to read when this one is asked for.
    pub fn narrowed<'a>(&'a self, team: Option<&'a str>) -> Result<Option<&'a str>, Failure> {
        match (self.team_id(), team) {
            (Some(own), Some(asked)) if own != asked => {
                Err(Failure::new(Code::Forbidden, "A supervisor reads their own team."))
            }
            (Some(own), _) => Ok(Some(own)),
            (None, asked) => Ok(asked),
        }
    }
}

impl FromRequestParts<AppState> for Reader {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Failure> {
        let SignedIn(user) = SignedIn::from_request_parts(parts, state).await?;
        if user.role == Role::Agent {
            return Err(Failure::new(Code::Forbidden, "Lists of a team are for its supervisors."));
        }
        Ok(Self(user))
    }
}
