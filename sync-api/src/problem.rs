//! Failures of the API as RFC 9457 problem details with a closed set of codes.
//!
//! Owns the codes and their words. Details say what to do about it and never repeat what a client sent as a value.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::record::Problem;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::store::StoreError;

/// Every code that `Problem::code` can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    InvalidToken,
    NotSignedIn,
    WrongCredentials,
    Forbidden,
    CrossSite,
    NotFound,
    ChangedMeanwhile,
    MethodNotAllowed,
    UnsupportedMediaType,
    MalformedJson,
    UnknownField,
    InvalidEvent,
    InvalidParameter,
    TooManyEvents,
    BodyTooLarge,
    TooManyAttempts,
    DatabaseUnavailable,
    Internal,
}

impl Code {
    pub const ALL: [Self; 18] = [
        Self::InvalidToken,
        Self::NotSignedIn,
        Self::WrongCredentials,
        Self::Forbidden,
        Self::CrossSite,
        Self::NotFound,
        Self::ChangedMeanwhile,
        Self::MethodNotAllowed,
        Self::UnsupportedMediaType,
        Self::MalformedJson,
        Self::UnknownField,
        Self::InvalidEvent,
        Self::InvalidParameter,
        Self::TooManyEvents,
        Self::BodyTooLarge,
        Self::TooManyAttempts,
        Self::DatabaseUnavailable,
        Self::Internal,
    ];

    pub fn find(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.as_str() == code)
    }

    pub const fn as_str(self) -> &'static str {
        self.words().0
    }

    pub const fn title(self) -> &'static str {
        self.words().2
    }

    pub const fn status(self) -> StatusCode {
        self.words().1
    }

    const fn words(self) -> (&'static str, StatusCode, &'static str) {
        use StatusCode as S;
        match self {
            Self::InvalidToken => ("invalid_token", S::UNAUTHORIZED, "The device token is not valid"),
            Self::NotSignedIn => ("not_signed_in", S::UNAUTHORIZED, "Nobody is signed in"),
            Self::WrongCredentials => ("wrong_credentials", S::UNAUTHORIZED, "E-mail or password is wrong"),
            Self::Forbidden => ("forbidden", S::FORBIDDEN, "This is not for your role or team"),
            Self::CrossSite => ("cross_site", S::FORBIDDEN, "The request came from another site"),
            Self::NotFound => ("not_found", S::NOT_FOUND, "There is no such thing here"),
            Self::ChangedMeanwhile => ("changed_meanwhile", S::CONFLICT, "It is no longer as you saw it"),
            Self::MethodNotAllowed => ("method_not_allowed", S::METHOD_NOT_ALLOWED, "The path has no such method"),
            Self::UnsupportedMediaType => {
                ("unsupported_media_type", S::UNSUPPORTED_MEDIA_TYPE, "The body must be application/json")
            }
            Self::MalformedJson => ("malformed_json", S::BAD_REQUEST, "The body is not the JSON that is expected"),
            Self::UnknownField => ("unknown_field", S::UNPROCESSABLE_ENTITY, "The body has fields that are not known"),
            Self::InvalidEvent => ("invalid_event", S::UNPROCESSABLE_ENTITY, "Fields of the events are not valid"),
            Self::InvalidParameter => ("invalid_parameter", S::BAD_REQUEST, "A parameter or field is not valid"),
            Self::TooManyEvents => ("too_many_events", S::UNPROCESSABLE_ENTITY, "The batch has too many events"),
            Self::BodyTooLarge => ("body_too_large", S::PAYLOAD_TOO_LARGE, "The body is too large"),
            Self::TooManyAttempts => ("too_many_attempts", S::TOO_MANY_REQUESTS, "Too many attempts to sign in"),
            Self::DatabaseUnavailable => {
                ("database_unavailable", S::SERVICE_UNAVAILABLE, "The database does not answer")
            }
            Self::Internal => ("internal", S::INTERNAL_SERVER_ERROR, "The server failed"),
        }
    }
}

/// One field of a body that cannot be accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FieldProblem {
    /// JSON pointer (RFC 6901) into the body, e.g. `/events/3/at_ms`.
    pub pointer: String,
    pub detail: String,
}

/// A problem with the fields that caused it, an extension member as RFC 9457 §3.2 allows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct FieldsProblem {
    #[serde(flatten)]
    pub problem: Problem,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldProblem>,
}

/// What a handler fails with.
#[derive(Debug)]
pub struct Failure {
    pub code: Code,
    pub detail: String,
    pub fields: Vec<FieldProblem>,
    pub retry_after_s: Option<u64>,
}

impl Failure {
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into(), fields: Vec::new(), retry_after_s: None }
    }

    pub fn with_fields(code: Code, detail: impl Into<String>, fields: Vec<FieldProblem>) -> Self {
        Self { fields, ..Self::new(code, detail) }
    }

    pub fn not_found() -> Self {
        Self::new(Code::NotFound, "Check the path and the id; the routes are in /api/openapi.json.")
    }

    fn problem(self) -> FieldsProblem {
        let problem = Problem {
            kind: format!("/problems/{}", self.code.as_str()),
            title: self.code.title().into(),
            status: self.code.status().as_u16(),
            detail: self.detail,
            code: self.code.as_str().into(),
        };
        FieldsProblem { problem, errors: self.fields }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        tracing::error!(error = %error, "store");
        if error.is_unavailable() {
            Self::new(Code::DatabaseUnavailable, "Send the same request again in a moment.")
        } else {
            Self::new(Code::Internal, "The failure was logged on the server.")
        }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let (status, retry_after_s) = (self.code.status(), self.retry_after_s);
        let mut response = (status, Json(self.problem())).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = retry_after_s {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_distinct_and_found_by_name() {
        for code in Code::ALL {
            assert_eq!(Code::find(code.as_str()), Some(code));
            assert!(code.status().is_client_error() || code.status().is_server_error(), "{code:?}");
        }
        assert_eq!(Code::find("teapot"), None);
    }
}
