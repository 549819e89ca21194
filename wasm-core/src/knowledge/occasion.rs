//! When a reply template is in place: by mood, by what the newest words do, and by what was said before.

use domain::analysis::Emotion;
use domain::mood::MoodWord;
use domain::suggestion::Reason;
use domain::{FieldKind, intent};
use serde::Deserialize;

use super::Query;

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
        let afraid = matches!(query.emotion, Emotion::Anxiety | Emotion::Sadness);
        let waits = {
            let words = query.newest_words.to_lowercase();
            [
                "waiting",
                "how long",
                "still no",
                "any news",
                "any update",
                "等了",
                "还没",
                "多久",
                "催",
                "没人理",
                "没人回",
            ]
            .iter()
            .any(|w| words.contains(w))
        };
        match self {
            Self::SelfHarm => query.needs_help.then(|| (3.0, vec![Reason::Mood])),
            _ if query.needs_help => None,
            Self::Waiting | Self::Apology if query.said.apologised() || query.valence > UNHAPPY => None,
            Self::Waiting if tense > 0.0 && waits => Some((1.25 * tense, vec![Reason::Mood])),
            Self::Reassure if afraid && !query.said.calmed() => Some((1.2 * tense.max(0.75), vec![Reason::Mood])),
            Self::Apology if tense > 0.0 && !afraid => Some((1.2 * tense, vec![Reason::Mood])),
            Self::HandOver if query.said.is_handing_over() => None,
            Self::HandOver if asks_for(&["human_agent"]).is_some() => Some((1.2, of_class("human_agent"))),
            Self::HandOver if tense >= 1.0 => Some((0.5, vec![Reason::Mood])),
            Self::AskOrder if !has_number && !query.said.asked_for_order() => {
                asks_for(&NEEDS_ORDER).map(|top| (0.55 * top.score, of_class(&top.label)))
            }
            Self::Thanks if query.act == Some("thanks_goodbye") => Some((1.1, of_class("thanks_goodbye"))),
            Self::Thanks => asks_for(&["feedback_praise"])
                .filter(|_| query.mood == MoodWord::Glad)
                .map(|top| (0.6, of_class(&top.label))),
            Self::Greeting if query.act == Some("greeting") && top.is_none() && !query.said.anything() => {
                Some((1.1, of_class("greeting")))
            }
            Self::Class if query.unclassed && query.said.anything() => Some((0.2, of_class(intent::UNKNOWN))),
            Self::Class => {
                top.filter(|top| intents.contains(&top.label)).map(|top| (0.3 * top.score, of_class(&top.label)))
            }
            _ => None,
        }
    }
}
