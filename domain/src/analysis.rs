//! What the model says of one message. Text can never make analysis fail: what cannot be understood is `unknown`.

use serde::{Deserialize, Serialize};

use crate::abuse::AbuseScore;

/// Language of a message. Anything but Chinese and English is `Unknown`, never a guess.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Lang {
    Zh,
    En,
    Unknown,
}

/// A label with its calibrated score in 0–1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Scored {
    pub label: String,
    pub score: f32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Sentiment {
    Negative,
    Neutral,
    Positive,
}

/// Three-class sentiment with the expected value of the ordinal head.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SentimentScore {
    pub label: Sentiment,
    /// Probability of `label`, 0–1.
    pub score: f32,
    /// Expected sentiment, −1 (very negative) to 1 (very positive).
    pub value: f32,
}

/// The nine emotions of the taxonomy, and `Unknown`. Emotion is inferred of customers only (R1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Emotion {
    Anger,
    Frustration,
    Anxiety,
    Sadness,
    Joy,
    Gratitude,
    Surprise,
    Confusion,
    Neutral,
    Unknown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    OrderNumber,
    TrackingNumber,
    Date,
    Amount,
    Phone,
    Email,
    Url,
    PostalAddress,
    /// A postcode that stands alone.
    Postcode,
    PersonName,
    /// Resident identity card, passport, social security and the like; masked.
    IdNumber,
    /// Of a payment card; masked.
    CardNumber,
}

/// A value found in the conversation, with the place it came from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Field {
    pub kind: FieldKind,
    /// The words as written; of a masked kind all but the last four letters and digits are `*`.
    pub text: String,
    /// Normalised: dates ISO 8601, amounts `89.00 EUR`, phones digits with `+`, of a masked kind `****1234`. A date that
    /// is not whole begins with `--` (see [`Field::is_whole`]).
    pub value: String,
    /// Offset into the message text, UTF-16 code units.
    pub start_utf16: u32,
    pub end_utf16: u32,
}

impl Field {
    /// Whether the value says all: not of a date without its year (`--11-03`), a relative one (`--D-1` yesterday,
    /// `--W+1-3` Wednesday of next week, `--M-1-28` the 28th of last month, `--last-tuesday`) or one whose day and month
    /// cannot be told apart (`--03/04/2024`).
    pub fn is_whole(&self) -> bool {
        self.kind != FieldKind::Date || !self.value.starts_with("--")
    }

    /// Whether the words mean a day only as of when they were written: 昨天, last Tuesday.
    pub fn is_relative(&self) -> bool {
        let sign = |c: char| c.is_ascii_alphabetic();
        self.kind == FieldKind::Date && self.value.strip_prefix("--").is_some_and(|rest| rest.starts_with(sign))
    }
}

/// Everything one encoder pass yields for one message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Analysis {
    pub lang: Lang,
    /// Best of the 40 categories, or `unknown` with score 0.
    pub intent: Scored,
    /// The three best categories, best first; empty when unknown.
    #[serde(default)]
    pub intents: Vec<Scored>,
    /// The dialogue act, when the message is one.
    pub act: Option<Scored>,
    pub sentiment: SentimentScore,
    pub emotion: EmotionScore,
    #[serde(default)]
    pub fields: Vec<Field>,
    /// What the message does to people, where it does.
    #[serde(default)]
    pub abuse: Option<AbuseScore>,
    /// What the message does beside its class, each at 0.5 or more: `complaint`, `human_agent`.
    #[serde(default)]
    pub flags: Vec<Scored>,
    /// Threat or self-harm (M2): a phrase of it was found, or the model is sure.
    #[serde(default)]
    pub danger: Option<Danger>,
    /// No phrase says it, the model alone.
    #[serde(default)]
    pub danger_by_model: bool,
    /// The text was longer than the model reads.
    #[serde(default)]
    pub truncated: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EmotionScore {
    pub label: Emotion,
    pub score: f32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Danger {
    Threat,
    SelfHarm,
}

/// How firmly a class label is shown (C1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    Applied,
    Offered,
    Silent,
}

impl Tier {
    /// C1: applied at ≥ 0.85, offered at 0.5–0.85, silent below (also for NaN).
    pub fn of(score: f32) -> Self {
        match score {
            s if s >= 0.85 => Self::Applied,
            s if s >= 0.5 => Self::Offered,
            _ => Self::Silent,
        }
    }
}

impl Analysis {
    /// What is said of text that cannot be understood.
    pub fn unknown(lang: Lang) -> Self {
        Self {
            lang,
            intent: Scored { label: crate::intent::UNKNOWN.into(), score: 0.0 },
            intents: Vec::new(),
            act: None,
            sentiment: SentimentScore { label: Sentiment::Neutral, score: 0.0, value: 0.0 },
            emotion: EmotionScore { label: Emotion::Unknown, score: 0.0 },
            fields: Vec::new(),
            abuse: None,
            flags: Vec::new(),
            danger: None,
            danger_by_model: false,
            truncated: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiers_follow_c1() {
        let check = |score, tier| assert_eq!(Tier::of(score), tier, "{score}");
        check(1.0, Tier::Applied);
        check(0.85, Tier::Applied);
        check(0.849, Tier::Offered);
        check(0.5, Tier::Offered);
        check(0.499, Tier::Silent);
        check(f32::NAN, Tier::Silent);
    }
}
