//! Requests to the sync API, and what their failures mean to a reader. Knows no signals and no views.

use domain::labels::{LabelsRecord, LabelsToShare};
use domain::locator::LocatorRecord;
use domain::own_model::{ModelFile, OwnModel, OwnModelRecord};
use domain::record::{
    AgentRecord, ConversationRecord, Credentials, Page, Problem, SessionRecord, TeamRecord, TodayRecord,
};
use domain::taken::Taking;
use gloo_net::http::{Request, RequestBuilder, Response};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

const ROOT: &str = "/api/v1";
/// Rows in one page of a list.
pub const PAGE_ROWS: u32 = 100;
/// Where the server tells changes.
pub const STREAM: &str = "/api/v1/stream";

/// Why a request brought nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// No answer: network or server are away.
    Away,
    /// Nobody is signed in (any more).
    SignedOut,
    /// E-mail and password do not match.
    WrongCredentials,
    Forbidden,
    TooMany {
        retry_after_s: Option<u32>,
    },
    /// Anything else, by the code of its problem details or its status.
    Other {
        code: String,
    },
}

impl Failure {
    fn of(status: u16, code: Option<&str>, retry_after_s: Option<u32>) -> Self {
        match (status, code) {
            (401, Some("wrong_credentials")) => Self::WrongCredentials,
            (401, _) => Self::SignedOut,
            (403, _) => Self::Forbidden,
            (429, _) => Self::TooMany { retry_after_s },
            // A proxy in front of a stopped server says so with these.
            (502..=504, None) => Self::Away,
            (status, code) => Self::Other { code: code.map_or_else(|| status.to_string(), str::to_string) },
        }
    }
}

/// Which conversations a list holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    Alert,
    Open,
    All,
}

impl Which {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Alert => "alert",
            Self::Open => "open",
            Self::All => "all",
        }
    }
}

pub async fn session() -> Result<SessionRecord, Failure> {
    fetch(Request::get(&path("session"))).await
}

pub async fn sign_in(credentials: &Credentials) -> Result<SessionRecord, Failure> {
    send(Request::post(&path("session")), credentials).await
}

pub async fn sign_out() -> Result<(), Failure> {
    answered(Request::delete(&path("session"))).await.map(drop)
}

pub async fn conversations(which: Which, after: Option<&str>) -> Result<Page<ConversationRecord>, Failure> {
    let limit = PAGE_ROWS.to_string();
    let mut query = vec![("state", which.as_str()), ("limit", limit.as_str())];
    query.extend(after.map(|after| ("after", after)));
    fetch(Request::get(&path("conversations")).query(query)).await
}

/// The conversation as it is afterwards.
pub async fn take_alert(conversation_id: &str, taking: &Taking) -> Result<ConversationRecord, Failure> {
    let id = String::from(js_sys::encode_uri_component(conversation_id));
    send(Request::post(&path(&format!("conversations/{id}/taking"))), taking).await
}

pub async fn agents() -> Result<Vec<AgentRecord>, Failure> {
    all("agents").await
}

pub async fn teams() -> Result<Vec<TeamRecord>, Failure> {
    all("teams").await
}

pub async fn today() -> Result<TodayRecord, Failure> {
    let ahead_min = -js_sys::Date::new_0().get_timezone_offset();
    fetch(Request::get(&path("today")).query([("tz_offset_min", ahead_min.to_string())])).await
}

pub async fn devices() -> Result<Vec<DeviceRecord>, Failure> {
    all("devices").await
}

pub async fn create_device(device: &NewDevice) -> Result<CreatedDevice, Failure> {
    send(Request::post(&path("devices")), device).await
}

pub async fn revoke_device(id: &str) -> Result<(), Failure> {
    let id = String::from(js_sys::encode_uri_component(id));
    answered(Request::delete(&path(&format!("devices/{id}")))).await.map(drop)
}

pub async fn taught_sites() -> Result<Vec<LocatorRecord>, Failure> {
    all("taught-sites").await
}

pub async fn decide(id: &str, verdict: Verdict) -> Result<LocatorRecord, Failure> {
    let id = String::from(js_sys::encode_uri_component(id));
    send(Request::post(&path(&format!("taught-sites/{id}/decision"))), &Decision { verdict }).await
}

pub async fn labels() -> Result<LabelsRecord, Failure> {
    fetch(Request::get(&path("labels"))).await
}

/// The whole list, in the place of the one that the reader looked at.
pub async fn share_labels(labels: &LabelsToShare) -> Result<LabelsRecord, Failure> {
    send(Request::put(&path("labels")), labels).await
}

pub async fn own_model() -> Result<OwnModelRecord, Failure> {
    fetch(Request::get(&path("own-model"))).await
}

/// A file for [`share_own_model`], under the SHA-256 of its content.
pub async fn put_model_file(sha256: &str, bytes: &js_sys::Uint8Array) -> Result<ModelFile, Failure> {
    let request = Request::put(&path(&format!("own-model/files/{sha256}")))
        .header("Content-Type", "application/octet-stream")
        .body(bytes)
        .map_err(|_| unreadable())?;
    decode(checked(request.send().await.map_err(|_| Failure::Away)?).await?).await
}

/// In the place of the one before.
pub async fn share_own_model(own: &OwnModel) -> Result<OwnModelRecord, Failure> {
    send(Request::put(&path("own-model")), own).await
}

pub async fn remove_own_model() -> Result<OwnModelRecord, Failure> {
    fetch(Request::delete(&path("own-model"))).await
}

fn path(resource: &str) -> String {
    format!("{ROOT}/{resource}")
}

/// Every page of a short collection.
async fn all<T: DeserializeOwned>(resource: &str) -> Result<Vec<T>, Failure> {
    let mut items = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let limit = PAGE_ROWS.to_string();
        let mut query = vec![("limit", limit.as_str())];
        query.extend(after.as_deref().map(|after| ("after", after)));
        let page: Page<T> = fetch(Request::get(&path(resource)).query(query)).await?;
        items.extend(page.items);
        match page.next {
            Some(next) if Some(&next) != after.as_ref() => after = Some(next),
            _ => return Ok(items),
        }
    }
}

async fn fetch<T: DeserializeOwned>(request: RequestBuilder) -> Result<T, Failure> {
    decode(answered(request).await?).await
}

async fn send<T: DeserializeOwned>(request: RequestBuilder, body: &impl Serialize) -> Result<T, Failure> {
    let request = request.json(body).map_err(|_| unreadable())?;
    decode(checked(request.send().await.map_err(|_| Failure::Away)?).await?).await
}

async fn answered(request: RequestBuilder) -> Result<Response, Failure> {
    checked(request.send().await.map_err(|_| Failure::Away)?).await
}

async fn decode<T: DeserializeOwned>(response: Response) -> Result<T, Failure> {
    response.json().await.map_err(|_| unreadable())
}

async fn checked(response: Response) -> Result<Response, Failure> {
    if response.ok() {
        return Ok(response);
    }
    let retry_after_s = response.headers().get("retry-after").and_then(|value| value.trim().parse().ok());
    let problem: Option<Problem> = response.json().await.ok();
    Err(Failure::of(response.status(), problem.as_ref().map(|problem| problem.code.as_str()), retry_after_s))
}

fn unreadable() -> Failure {
    Failure::Other { code: "unreadable_answer".into() }
}

/// A browser with the extension, as the supervisor sees it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct DeviceRecord {
    pub id: String,
    pub label: String,
    pub agent_name: String,
    pub created_at_ms: i64,
    pub last_event_at_ms: Option<i64>,
    #[serde(default)]
    pub revoked_at_ms: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NewDevice {
    pub label: String,
    pub agent_id: String,
}

/// What a supervisor says to a taught site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Approve,
    Reject,
    Withdraw,
}

#[derive(Serialize)]
struct Decision {
    verdict: Verdict,
}

/// The answer to a new device: its token is never shown again.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct CreatedDevice {
    pub token: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_are_told_apart() {
        let check = |status, code: Option<&str>, expected| assert_eq!(Failure::of(status, code, Some(9)), expected);
        check(401, Some("wrong_credentials"), Failure::WrongCredentials);
        check(401, Some("not_signed_in"), Failure::SignedOut);
        check(403, Some("forbidden"), Failure::Forbidden);
        check(429, Some("too_many_attempts"), Failure::TooMany { retry_after_s: Some(9) });
        check(502, None, Failure::Away);
        check(503, Some("database_unavailable"), Failure::Other { code: "database_unavailable".into() });
        check(500, None, Failure::Other { code: "500".into() });
    }
}
