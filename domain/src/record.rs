//! What the sync API answers and the dashboard draws. Rows of conversations, never of an agent's state (R2, R3).

use serde::{Deserialize, Serialize};

use crate::abuse::AbuseKind;
use crate::analysis::Scored;
use crate::conversation::Channel;
use crate::mood::{AlertReason, MoodTrend, MoodWord};
use crate::taken::TakenRecord;

/// One page of a collection; `next` is the cursor of the page after it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page<T> {
    pub items: Vec<T>,
    pub next: Option<String>,
}

/// Answer to a batch of events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BatchReceipt {
    pub accepted: u32,
    /// Events that were known already; nothing was changed by them.
    pub duplicates: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Agent,
    Supervisor,
    Admin,
}

/// Sign-in of the dashboard.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Credentials {
    pub email: String,
    pub password: String,
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionRecord {
    pub user_id: String,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub team_id: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConversationRecord {
    pub id: String,
    pub site: String,
    pub url: String,
    pub channel: Channel,
    pub agent_id: String,
    pub agent_name: String,
    pub team_id: String,
    /// Mood score, −1 to 1.
    pub score: f32,
    pub word: MoodWord,
    pub trend: MoodTrend,
    /// Scores after each customer message, oldest first, at most the last 50.
    pub course: Vec<f32>,
    pub customer_messages: u32,
    /// Class of the newest demand, corrected by the agent where they did.
    pub intent: Option<Scored>,
    pub corrected: bool,
    /// The open alert, or else the last that was closed. None where every message that caused one was taken back (R1).
    pub alert: Option<AlertRecord>,
    /// Milliseconds since the Unix epoch.
    pub started_at_ms: i64,
    pub updated_at_ms: i64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AlertRecord {
    pub id: String,
    pub conversation_id: String,
    pub reason: AlertReason,
    pub score: f32,
    pub opened_at_ms: i64,
    pub closed_at_ms: Option<i64>,
    /// Which supervisor sees to it.
    #[serde(default)]
    pub taken: Option<TakenRecord>,
}

impl ConversationRecord {
    pub fn open_alert(&self) -> Option<&AlertRecord> {
        self.alert.as_ref().filter(|alert| alert.closed_at_ms.is_none())
    }
}

/// An agent with what the server knows of their contacts: counts, no judgement (R1, R8).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AgentRecord {
    pub id: String,
    pub name: String,
    pub team_id: String,
    /// Conversations with an event in the last 15 minutes.
    pub conversations_now: u32,
    pub conversations_today: u32,
    /// The last event of one of their devices.
    pub last_seen_ms: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TeamRecord {
    pub id: String,
    pub name: String,
    pub agents: u32,
    pub conversations_now: u32,
    pub open_alerts: u32,
}

/// One class in the day's mix.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IntentCount {
    pub label: String,
    /// Conversations whose newest demand has this class.
    pub today: u32,
    /// The same weekday a week ago, up to the same hour.
    pub week_ago: u32,
}

/// Abusive messages of the day by what the customer wanted when they came. Never by agent (R3).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AbuseCount {
    /// `None`: classes that would point to one agent, and messages of no known class, put together.
    pub label: Option<String>,
    pub kind: AbuseKind,
    pub messages: u32,
}

/// The day so far.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TodayRecord {
    pub conversations: u32,
    pub messages: u32,
    pub open_alerts: u32,
    pub suggestions_inserted: u32,
    pub corrections: u32,
    pub intents: Vec<IntentCount>,
    #[serde(default)]
    pub abuse: Vec<AbuseCount>,
}

/// What `GET /api/v1/stream` says; the SSE event's name is the tag.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum StreamEvent {
    /// A conversation is new or has changed; its alert is part of it.
    Conversation { conversation: Box<ConversationRecord> },
    /// A taught site was proposed or decided on: fetch that list again.
    TaughtSites,
    /// The reader fell behind: fetch the lists again.
    Resync,
}

/// A failure as RFC 9457 problem details, `application/problem+json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// `about:blank` or `/problems/<code>`.
    #[serde(rename = "type")]
    pub kind: String,
    pub title: String,
    pub status: u16,
    /// What to do about it; never customer text.
    pub detail: String,
    /// From a closed set, e.g. `invalid_token`, `too_many_events`.
    pub code: String,
}
