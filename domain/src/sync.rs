//! What leaves the device: labels, scores and ids, no customer text. Version 1 of `POST /api/v1/events`.
//!
//! Deliberately cannot name care data (R3): nothing of [`crate::care`] occurs in these types.

use serde::{Deserialize, Serialize};

use crate::abuse::AbuseKind;
use crate::analysis::{Danger, EmotionScore, Lang, Scored, SentimentScore};
use crate::conversation::Channel;
use crate::mood::{AlertReason, MoodTrend, MoodWord};
use crate::suggestion::Source;

/// At most this many events a batch.
pub const BATCH_EVENTS: usize = 200;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventBatch {
    pub events: Vec<Event>,
}

/// One thing that happened in one conversation. Sending it again changes nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Event {
    /// UUID; the same event always has the same id.
    pub id: String,
    /// Milliseconds since the Unix epoch.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub at_ms: i64,
    pub conversation: ConversationRef,
    #[serde(flatten)]
    pub body: EventBody,
}

/// Names a conversation without its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConversationRef {
    /// SHA-256 of site and the site's own id, hexadecimal, 32 characters.
    pub id: String,
    /// Host name and port of the helpdesk.
    pub site: String,
    /// The helpdesk's own page, for the supervisor's link back.
    pub url: String,
    pub channel: Channel,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum EventBody {
    /// A customer message was understood.
    MessageAnalysed {
        message_id: String,
        lang: Lang,
        intent: Scored,
        act: Option<Scored>,
        sentiment: SentimentScore,
        emotion: EmotionScore,
        danger: Option<Danger>,
        /// What the customer's words do to people; nothing of whom they met (R3).
        #[serde(default)]
        abuse: Option<AbuseKind>,
        model_version: String,
    },
    MoodChanged {
        score: f32,
        word: MoodWord,
        trend: MoodTrend,
        customer_messages: u32,
    },
    AlertOpened {
        alert_id: String,
        reason: AlertReason,
        message_id: String,
        score: f32,
    },
    AlertClosed {
        alert_id: String,
    },
    /// The agent chose another class.
    IntentCorrected {
        message_id: String,
        from: String,
        to: String,
    },
    /// Answers were shown for the first time in this conversation.
    SuggestionShown {
        suggestion_id: String,
        source: Source,
    },
    SuggestionInserted {
        suggestion_id: String,
        source: Source,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wire_form_is_stable() {
        let event = Event {
            id: "e1".into(),
            at_ms: 5,
            conversation: ConversationRef {
                id: "c".into(),
                site: "desk.test".into(),
                url: "https://desk.test/1".into(),
                channel: Channel::Ticket,
            },
            body: EventBody::AlertClosed { alert_id: "a".into() },
        };
        assert_eq!(
            serde_json::to_string(&event).unwrap(),
            r#"{"id":"e1","at_ms":5,"conversation":{"id":"c","site":"desk.test","url":"https://desk.test/1","channel":"ticket"},"type":"alert_closed","alert_id":"a"}"#
        );
    }
}
