//! What the overlay draws. The brain decides all of it; the overlay only says it.

use serde::{Deserialize, Serialize};

use super::{ErrorCode, Locale, ReplyBox};
use crate::abuse::{AbuseKind, AbuseView, ShieldView};
use crate::analysis::{Danger, Field, Lang, Scored, Tier};
use crate::conversation::Channel;
use crate::form::FillView;
use crate::mood::{AlertReason, MoodTrend, MoodWord};
use crate::own_model::Fault;
use crate::suggestion::Suggestion;
use crate::timeline::TimelineView;

/// All that the overlay draws.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Scene {
    pub locale: Locale,
    pub engine: EngineState,
    pub sync: SyncState,
    pub conversation: Option<ConversationView>,
    pub care: CareView,
    pub notice: Option<Notice>,
    /// The team's own labels, by name.
    #[serde(default)]
    pub labels: Vec<LabelView>,
    /// The team's own model, where it has one.
    #[serde(default)]
    pub own_model: Option<OwnModelView>,
}

/// A model of the team's own, which gives the classes in the place of ours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct OwnModelView {
    pub name: String,
    pub state: OwnModelState,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum OwnModelState {
    Loading,
    Ready,
    /// Our model works on.
    Failed {
        fault: Fault,
    },
}

/// A class of the team's own, learned from examples.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct LabelView {
    pub id: String,
    pub name: String,
    /// That it was learned from here.
    pub examples: u32,
    /// Of the team's list: the supervisor names and removes it.
    #[serde(default)]
    pub shared: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum EngineState {
    /// `progress` is 0–1.
    Loading {
        progress: f32,
    },
    Ready,
    Unavailable {
        code: ErrorCode,
    },
    /// No word from the brain yet.
    #[default]
    Starting,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum SyncState {
    /// No server is set: nothing leaves.
    #[default]
    Local,
    Synced,
    /// Events are kept until the server is back.
    Waiting {
        events: u32,
    },
    /// The server refuses the device's token.
    Refused {
        events: u32,
    },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ConversationView {
    pub id: String,
    pub subject: Option<String>,
    pub requester_name: Option<String>,
    pub mood: MoodView,
    pub intent: Option<IntentView>,
    pub fields: Vec<Field>,
    /// At most three, best first.
    pub suggestions: Vec<Suggestion>,
    pub alert: Option<AlertView>,
    pub reply_box: ReplyBox,
    /// Messages waiting to be understood.
    pub pending: u32,
    /// What could go into the page's form, where there is one.
    #[serde(default)]
    pub fill: Option<FillView>,
    /// The customer's other conversations, where there are any; `mood` is then over all that are joined.
    #[serde(default)]
    pub timeline: Option<TimelineView>,
    /// What the customer's newest turn does beside its class: `complaint`, `human_agent`.
    #[serde(default)]
    pub flags: Vec<Scored>,
    /// Of the newest turn.
    #[serde(default)]
    pub abuse: Option<AbuseView>,
    #[serde(default)]
    pub shield: Option<ShieldView>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct MoodView {
    /// −1 to 1.
    pub score: f32,
    pub word: MoodWord,
    pub trend: MoodTrend,
    pub course: Vec<MoodPoint>,
    pub customer_messages: u32,
}

/// One dot of the course.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct MoodPoint {
    pub message_id: String,
    pub score: f32,
    /// The first words of the message, at most 120 characters.
    pub excerpt: String,
    /// Why this is a customer's message: [`Message::evidence`]'s code.
    #[serde(default)]
    pub why: String,
    /// Where it was written; told only where conversations of several channels are shown as one.
    #[serde(default)]
    pub channel: Option<Channel>,
    /// Its words are covered where it is done to the agent.
    #[serde(default)]
    pub abuse: Option<AbuseKind>,
}

/// The class of what the customer wants.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct IntentView {
    /// The message that carried it.
    pub message_id: String,
    pub label: String,
    pub score: f32,
    pub tier: Tier,
    /// The next best labels.
    pub alternatives: Vec<Scored>,
    pub corrected: bool,
    /// By what was learned on this device, not by the model alone.
    #[serde(default)]
    pub learned: bool,
    /// By the team's own model.
    #[serde(default)]
    pub own_model: bool,
    pub lang: Lang,
}

/// An alert that the supervisor sees too (R2).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct AlertView {
    pub reason: AlertReason,
    pub danger: Option<Danger>,
    /// The danger is the model's reading; no phrase of it was found.
    #[serde(default)]
    pub by_model: bool,
    /// It has reached the server.
    pub shared: bool,
    /// Name of the supervisor who sees to it.
    #[serde(default)]
    pub taken_by: Option<String>,
}

/// Time and load, for the agent's own eyes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct CareView {
    pub minutes_since_break: u32,
    pub prompt: Option<RestPromptView>,
    pub pause: Option<PauseView>,
    pub prompts_on: bool,
    /// Cards after abusive messages are on.
    #[serde(default)]
    pub shield_on: bool,
    pub long_day: bool,
    /// Employee assistance; opening it is never recorded (R3).
    pub help_url: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct RestPromptView {
    pub firm: bool,
    /// Minutes that the break should last.
    pub minutes: u32,
    pub snoozes_left: u32,
    /// Buttons stay inert for this long after the prompt appears.
    pub inert_ms: u32,
    /// Changes when a new prompt appears.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub since_ms: i64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct PauseView {
    pub minutes: u32,
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub ends_at_ms: i64,
}

/// One quiet line about what was just done or could not be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Notice {
    Inserted,
    Copied,
    NotCopied,
    NeedsChoice,
    NoReplyBox,
    NoteBoxOnly,
    OtherConversation,
    Corrected,
    /// What was taught was offered to the team.
    Proposed,
}
