//! What a customer's message does to people, from when on it counts, and what is drawn of it. Of the customer's words
//! alone (R1); when a card is shown is [`crate::shield`]'s.

use serde::{Deserialize, Serialize};

use crate::analysis::{Danger, Tier};
use crate::suggestion::Suggestion;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AbuseKind {
    Insult,
    Threat,
    Harassment,
    Discrimination,
    /// The customer's own life is in danger: not abuse of the agent, it leads to help.
    SelfHarm,
    /// Swear words at nobody in the conversation.
    ProfanityNotAtAgent,
}

impl AbuseKind {
    /// Whether it is done to the agent.
    pub fn is_at_agent(self) -> bool {
        !matches!(self, Self::SelfHarm | Self::ProfanityNotAtAgent)
    }
}

/// The likeliest kind, with its own calibrated score in 0–1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct AbuseScore {
    pub kind: AbuseKind,
    pub score: f32,
}

impl AbuseScore {
    /// Whether the kind is sure enough to be told (C1: offered).
    pub fn is_told(self) -> bool {
        Tier::of(self.score) != Tier::Silent
    }

    /// M2: what counts as danger without a phrase of it, where the model is sure (C1: applied).
    pub fn danger(self) -> Option<Danger> {
        match (self.kind, Tier::of(self.score)) {
            (AbuseKind::Threat, Tier::Applied) => Some(Danger::Threat),
            (AbuseKind::SelfHarm, Tier::Applied) => Some(Danger::SelfHarm),
            _ => None,
        }
    }
}

/// The abuse of a customer's newest turn, for the quiet line beside the class.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct AbuseView {
    pub message_id: String,
    pub kind: AbuseKind,
    pub score: f32,
    /// The agent said that it is none; can be taken back.
    pub denied: bool,
}

/// The card after an abusive message. It never repeats the words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ShieldView {
    pub message_id: String,
    pub kind: AbuseKind,
    pub score: f32,
    /// Texts that draw a boundary, in the customer's language; inserted only by the agent (R7).
    pub boundaries: Vec<Suggestion>,
    /// Buttons stay inert for this long after the card appears (R6).
    pub inert_ms: u32,
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub since_ms: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn danger_needs_certainty() {
        let check = |kind, score, danger| assert_eq!(AbuseScore { kind, score }.danger(), danger, "{kind:?} {score}");
        check(AbuseKind::Threat, 0.85, Some(Danger::Threat));
        check(AbuseKind::SelfHarm, 0.9, Some(Danger::SelfHarm));
        check(AbuseKind::Threat, 0.84, None);
        check(AbuseKind::Insult, 0.99, None);
        assert!(AbuseScore { kind: AbuseKind::Insult, score: 0.5 }.is_told());
        assert!(!AbuseScore { kind: AbuseKind::Insult, score: 0.49 }.is_told());
    }
}
