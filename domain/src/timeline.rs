//! One customer's conversations side by side (row [5]): what is asked of the agent, and what is shown once they said yes.
//!
//! Nothing here leaves the device: [`crate::sync`] names none of it. Does not know how a person is recognised.

use serde::{Deserialize, Serialize};

use crate::abuse::AbuseKind;
use crate::analysis::Field;
use crate::conversation::Channel;

/// What two conversations have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ContactKind {
    Email,
    Phone,
    Handle,
}

/// The other conversations of a customer, as they stand beside the one on the page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct TimelineView {
    /// The agent is asked of one at a time.
    pub offer: Option<OtherView>,
    /// Shown as one with the page's conversation, newest first.
    pub joined: Vec<OtherView>,
    /// Just kept apart; can be taken back for a while.
    pub apart: Option<OtherView>,
    /// Customer messages of all joined conversations, oldest first; empty where none is joined.
    pub entries: Vec<TimelineEntry>,
    /// Found in the joined conversations and not in the page's own.
    pub fields: Vec<OtherField>,
}

/// Another conversation of what may be the same customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct OtherView {
    /// `sync::ConversationRef::id`.
    pub id: String,
    pub requester_name: Option<String>,
    pub channel: Channel,
    pub site: String,
    /// Label of what the customer wants there.
    pub intent: Option<String>,
    /// Of the customer's newest message there.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub last_at_ms: i64,
    /// `None` where they are joined by way of a third.
    pub by: Option<ContactKind>,
}

/// One customer message of one of the conversations.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct TimelineEntry {
    /// Unique in the timeline.
    pub id: String,
    pub channel: Channel,
    /// Of the page's own conversation.
    pub here: bool,
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub at_ms: i64,
    /// Mood after this message, over all conversations; −1 to 1.
    pub score: f32,
    /// Label of what this message asks for, when it is at least offered (C1).
    pub intent: Option<String>,
    /// The first words of the message, at most 120 characters.
    pub excerpt: String,
    /// The words are covered where it is done to the agent.
    #[serde(default)]
    pub abuse: Option<AbuseKind>,
}

/// A field with the channel it was found in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct OtherField {
    pub field: Field,
    pub channel: Channel,
}
