//! What a customer's message does to people, from when on it counts, and what is drawn of it. Of the customer's words
//! alone (R1); when a card is shown is [`crate::shield`]'s.

use serde::{Deserialize, Serialize};

use crate::analysis::Tier;
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

/// From here on a card stands by the agent. How often it is then right, and how much of the abuse has one, stands in
/// docs/PERFORMANCE.md (`tests/bench/model.mjs` repeats this figure).
const SURE_AT_AGENT: f32 = 0.7;

/// The likeliest kind. Its calibrated score in 0–1 says for what is done to the agent that anything is done to the agent, and
/// for the others that it is this kind: between insult and harassment a model may waver, and be sure that it is one of them.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct AbuseScore {
    pub kind: AbuseKind,
    pub score: f32,
}

impl AbuseScore {
    /// Whether it is sure enough to be told (C1: offered; of the agent: surer).
    pub fn is_told(self) -> bool {
        if self.kind.is_at_agent() { self.score >= SURE_AT_AGENT } else { Tier::of(self.score) != Tier::Silent }
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
    fn what_is_done_to_the_agent_needs_more_certainty() {
        let is_told = |kind, score| AbuseScore { kind, score }.is_told();
        assert!(is_told(AbuseKind::Insult, 0.7) && !is_told(AbuseKind::Insult, 0.69));
        assert!(is_told(AbuseKind::SelfHarm, 0.5) && !is_told(AbuseKind::ProfanityNotAtAgent, 0.49));
    }
}
