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
/// Of [`ConversationRef::url`].
pub const MOST_URL_BYTES: usize = 2_048;

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
    /// How often its device had found the conversation misread before; left out when never.
    #[serde(default, skip_serializing_if = "is_first_reading")]
    #[cfg_attr(feature = "typescript", ts(as = "Option<u32>", optional))]
    pub reading: u32,
    #[serde(flatten)]
    pub body: EventBody,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_first_reading(reading: &u32) -> bool {
    *reading == 0
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
    /// The helpdesk's own page, for the supervisor's link back; without a name and password, at most [`MOST_URL_BYTES`].
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
    /// Somebody else's words had been taken for the customer's (R1). What follows from the customer's messages and was told in a
    /// lower reading, of times up to this event's, is void and is deleted; what still holds is told again in this reading.
    ConversationReread,
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

impl EventBody {
    /// Whether it follows from which messages are the customer's.
    pub fn is_of_customer(&self) -> bool {
        match self {
            Self::MessageAnalysed { .. }
            | Self::MoodChanged { .. }
            | Self::AlertOpened { .. }
            | Self::AlertClosed { .. } => true,
            Self::ConversationReread
            | Self::IntentCorrected { .. }
            | Self::SuggestionShown { .. }
            | Self::SuggestionInserted { .. } => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wire_form_is_stable() {
        let mut event = Event {
            id: "e1".into(),
            at_ms: 5,
            conversation: ConversationRef {
                id: "c".into(),
                site: "desk.test".into(),
                url: "https://desk.test/1".into(),
                channel: Channel::Ticket,
            },
            reading: 0,
            body: EventBody::AlertClosed { alert_id: "a".into() },
        };
        assert_eq!(
            serde_json::to_string(&event).unwrap(),
            r#"{"id":"e1","at_ms":5,"conversation":{"id":"c","site":"desk.test","url":"https://desk.test/1","channel":"ticket"},"type":"alert_closed","alert_id":"a"}"#
        );
        (event.reading, event.body) = (1, EventBody::ConversationReread);
        let told = serde_json::to_value(&event).unwrap();
        assert_eq!((&told["reading"], &told["type"]), (&1.into(), &"conversation_reread".into()));
    }
}
