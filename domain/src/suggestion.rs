//! Answers offered to the agent and the rule that ranks them (K1). Does not know how relevance is computed.

use serde::{Deserialize, Serialize};

use crate::conversation::Channel;

/// Shown times that the base's mean counts for (K1).
const PRIOR_SHOWN: f32 = 20.0;

/// Where a suggestion comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Source {
    Knowledge,
    Template,
}

/// Why a suggestion is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Reason {
    /// The article answers this class of demand.
    Intent { label: String },
    /// Words of the message occur in the article.
    Words { words: Vec<String> },
    /// The message means much the same as questions that the article answers.
    Meaning,
    /// The customer's mood asks for it.
    Mood,
}

/// One answer, ready to insert.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Suggestion {
    pub id: String,
    pub source: Source,
    pub title: String,
    /// Exactly what would be inserted.
    pub text: String,
    pub lang: crate::Lang,
    pub reasons: Vec<Reason>,
    /// Rank score (K1); higher is better.
    pub score: f32,
    /// Subject is money, cancellation, legal, medical, safety or minors: a draft that the agent must read (R11).
    #[serde(default)]
    pub draft_only: bool,
    /// The customer's other conversation from which a value in the text comes.
    #[serde(default)]
    pub from: Option<Channel>,
}

/// How often an article was shown and resolved the matter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    pub shown: u32,
    pub resolved: u32,
}

/// Whether the article's level is the agent's own or one above.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SkillFit {
    Near,
    Far,
}

/// K1: relevance × smoothed resolution rate × skill fit. `mean_resolution` is the base's mean rate, 0–1.
pub fn rank(relevance: f32, usage: Usage, mean_resolution: f32, fit: SkillFit) -> f32 {
    let rate = (usage.resolved as f32 + PRIOR_SHOWN * mean_resolution) / (usage.shown as f32 + PRIOR_SHOWN);
    let fit = match fit {
        SkillFit::Near => 1.15,
        SkillFit::Far => 0.85,
    };
    relevance * rate * fit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rank_follows_k1() {
        let check = |shown, resolved, fit, expected: f32| {
            let score = rank(2.0, Usage { shown, resolved }, 0.5, fit);
            assert!((score - expected).abs() < 1e-5, "{score} {expected}");
        };
        check(0, 0, SkillFit::Near, 2.0 * 0.5 * 1.15);
        check(20, 20, SkillFit::Near, 2.0 * 0.75 * 1.15);
        check(20, 0, SkillFit::Far, 2.0 * 0.25 * 0.85);
    }
}
