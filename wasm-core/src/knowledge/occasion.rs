//! When a reply template is in place: by mood, by what the newest words do, and by what was said before.

use std::sync::LazyLock;

use domain::analysis::Emotion;
use domain::mood::MoodWord;
use domain::suggestion::Reason;
use domain::{FieldKind, intent};
use serde::Deserialize;

use super::{Newest, Query};
use crate::pattern::{Pattern, is_in, pattern};

/// Classes that cannot be worked on without an order.
const NEEDS_ORDER: [&str; 8] = [
    "order_status",
    "order_change",
    "order_cancel",
    "delivery_problem",
    "address_change",
    "refund_request",
    "refund_status",
    "return_exchange",
];
const DEMAND: f32 = 0.5;
static WAITS: Pattern = LazyLock::new(|| {
    pattern(r"(?i)\b(waiting|how long|still no|any (news|update))\b|等了|还没|還沒|多久|催|没人(理|回)|沒人(理|回)")
});
/// An apology fits words that say no more than this.
const UNHAPPY: f32 = -0.2;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Occasion {
    Apology,
    /// The customer is afraid or sad rather than angry.
    Reassure,
    Waiting,
    AskOrder,
    Thanks,
    Greeting,
    HandOver,
    SelfHarm,
    /// One of the entry's classes is the demand.
    Class,
}

impl Occasion {
    /// Relevance of a template: whether this is its occasion. `intents` are the template's classes.
    pub fn relevance(self, query: &Query<'_>, intents: &[String]) -> Option<(f32, Vec<Reason>)> {
        let top = query.intents.first().filter(|top| top.score >= DEMAND);
        let of_class = |label: &str| vec![Reason::Intent { label: label.into() }];
        let asks_for = |labels: &[&str]| top.filter(|top| labels.contains(&top.label.as_str()));
        let has_number = query.known().any(|f| matches!(f.kind, FieldKind::OrderNumber | FieldKind::TrackingNumber));
        let tense = match query.mood {
            MoodWord::Upset => 1.0,
            MoodWord::Tense => 0.75,
            _ => 0.0,
        };
        let Newest { words, act, valence, emotion, needs_help, unclassed } = query.newest;
        let afraid = matches!(emotion, Emotion::Anxiety | Emotion::Sadness);
        match self {
            Self::SelfHarm => needs_help.then(|| (3.0, vec![Reason::Mood])),
            _ if needs_help => None,
            Self::Waiting | Self::Apology if query.said.apologised() || valence > UNHAPPY => None,
            Self::Waiting if tense > 0.0 && is_in(&WAITS, words) => Some((1.25 * tense, vec![Reason::Mood])),
            Self::Reassure if afraid && !query.said.calmed() => Some((1.2 * tense.max(0.75), vec![Reason::Mood])),
            Self::Apology if tense > 0.0 && !afraid => Some((1.2 * tense, vec![Reason::Mood])),
            Self::HandOver if query.said.is_handing_over() => None,
            Self::HandOver if asks_for(&["human_agent"]).is_some() => Some((1.2, of_class("human_agent"))),
            Self::HandOver if tense >= 1.0 => Some((0.5, vec![Reason::Mood])),
            Self::AskOrder if !has_number && !query.said.asked_for_order() => {
                asks_for(&NEEDS_ORDER).map(|top| (0.55 * top.score, of_class(&top.label)))
            }
            Self::Thanks if act == Some("thanks_goodbye") => Some((1.1, of_class("thanks_goodbye"))),
            Self::Thanks => asks_for(&["feedback_praise"])
                .filter(|_| query.mood == MoodWord::Glad)
                .map(|top| (0.6, of_class(&top.label))),
            Self::Greeting if act == Some("greeting") && top.is_none() && !query.said.anything() => {
                Some((1.1, of_class("greeting")))
            }
            Self::Class if unclassed && query.said.anything() => Some((0.2, of_class(intent::UNKNOWN))),
            Self::Class => {
                top.filter(|top| intents.contains(&top.label)).map(|top| (0.3 * top.score, of_class(&top.label)))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_is_heard_in_both_languages() {
        for text in ["I've been WAITING since May", "Any news?", "都等了一周了", "還沒收到"] {
            assert!(is_in(&WAITS, text), "{text}");
        }
        assert!(!is_in(&WAITS, "it came, but broken"));
    }
}
