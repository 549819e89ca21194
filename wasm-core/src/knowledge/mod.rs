//! Answers and reply templates that can be offered, zh and en, and the search over them.
//!
//! Owns the seeded base (`knowledge/*.json`, embedded) and how relevance is computed; the rank is K1 of `domain`. An
//! answer on money, cancellation, legal, medical or safety matters is a draft that the agent must read (R11).

pub mod boundary;
mod fill;
mod index;

use std::collections::HashMap;
use std::sync::LazyLock;

use domain::mood::MoodWord;
use domain::suggestion::{Reason, SkillFit, Source, Suggestion, Usage, rank};
use domain::timeline::OtherField;
use domain::{Field, FieldKind, Lang, Scored};
use serde::Deserialize;

use index::Index;

/// At most this many are offered.
const OFFERED: usize = 3;
/// Below this relevance nothing is offered.
const LEAST: f32 = 0.12;
/// Nor what is only this part as relevant as the best.
const LEAST_OF_BEST: f32 = 0.35;
/// Where no class is known, words alone must say more.
const LEAST_BY_WORDS: f32 = 0.18;
/// The base's mean resolution rate before anything was shown, and the times shown that it counts for (K1).
const MEAN_RESOLUTION: f32 = 0.5;
const PRIOR_SHOWN: f32 = 20.0;
/// Classes whose answers are drafts (R11).
pub const DRAFT_ONLY: [&str; 12] = [
    "order_cancel",
    "refund_request",
    "refund_status",
    "payment_problem",
    "billing_charges",
    "fees_limits_info",
    "cancel_service_close_account",
    "identity_verification",
    "security_fraud",
    "claims_applications_documents",
    "transfer_withdraw",
    "complaint",
];
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

/// One answer in both languages.
#[derive(Debug, Deserialize)]
struct Entry {
    id: String,
    /// Classes it answers.
    #[serde(default)]
    intents: Vec<String>,
    /// The occasion, for reply templates.
    #[serde(default)]
    template: Option<Occasion>,
    #[serde(default)]
    draft_only: bool,
    zh: Words,
    en: Words,
}

#[derive(Debug, Deserialize)]
struct Words {
    title: String,
    text: String,
    /// Words that customers use for it.
    #[serde(default)]
    words: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Occasion {
    Apology,
    Waiting,
    AskOrder,
    Thanks,
    Greeting,
    HandOver,
    SelfHarm,
    /// One of the entry's classes is the demand.
    Class,
}

/// By answer: how often it was on offer when one was inserted, and how often it was the one.
pub type Usages = HashMap<String, Usage>;

/// What is looked for.
pub struct Query<'a> {
    /// Language of the conversation.
    pub lang: Lang,
    /// The message that carries the demand.
    pub words: &'a str,
    pub newest_words: &'a str,
    /// Classes of the demand, best first.
    pub intents: &'a [Scored],
    /// The newest message speaks of self-harm.
    pub needs_help: bool,
    /// Dialogue act of the newest message.
    pub act: Option<&'a str>,
    pub mood: MoodWord,
    pub fields: &'a [Field],
    /// Of the customer's joined conversations; they stand in where there is none of the kind here.
    pub elsewhere: &'a [OtherField],
    /// An agent has answered before.
    pub answered: bool,
    pub usage: &'a Usages,
}

/// The answers of one installation.
pub struct Base {
    entries: Vec<Entry>,
    zh: Index,
    en: Index,
}

impl Base {
    /// The base that ships with the brain.
    pub fn embedded() -> &'static Self {
        static BASE: LazyLock<Base> = LazyLock::new(|| {
            let files = [
                include_str!("../../knowledge/orders.json"),
                include_str!("../../knowledge/after_sales.json"),
                include_str!("../../knowledge/money.json"),
                include_str!("../../knowledge/account.json"),
                include_str!("../../knowledge/service.json"),
                include_str!("../../knowledge/templates.json"),
            ];
            Base::new(
                files.iter().flat_map(|file| serde_json::from_str::<Vec<Entry>>(file).unwrap_or_default()).collect(),
            )
        });
        &BASE
    }

    fn new(entries: Vec<Entry>) -> Self {
        let of = |lang| {
            let document = |entry: &Entry| {
                let words = entry.words(lang);
                format!("{} {} {}", words.title, words.words, words.text)
            };
            Index::new(entries.iter().map(document))
        };
        Self { zh: of(Lang::Zh), en: of(Lang::En), entries }
    }

    /// The best answers, best first; nothing for an unknown language.
    pub fn search(&self, query: &Query<'_>) -> Vec<Suggestion> {
        let index = match query.lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
            Lang::Unknown => return Vec::new(),
        };
        let hits = index.search(query.words);
        let mean = mean_resolution(query.usage);
        let scored = |(number, entry): (usize, &Entry)| match entry.template {
            Some(occasion) => occasion_of(query, occasion, &entry.intents),
            None => answer(query, entry, hits[number].0, &hits[number].1),
        };
        let scored: Vec<_> = (self.entries.iter().enumerate())
            .filter_map(|pair| scored(pair).map(|(relevance, reasons)| (relevance, reasons, pair.1)))
            .collect();
        let best = scored.iter().map(|(relevance, ..)| *relevance).fold(0.0, f32::max);
        let least = if query.intents.is_empty() { LEAST_BY_WORDS } else { LEAST }.max(best * LEAST_OF_BEST);
        let mut found: Vec<Hit<'_>> = (scored.into_iter().filter(|(relevance, ..)| *relevance >= least))
            .map(|(relevance, reasons, entry)| {
                let usage = query.usage.get(&entry.id).copied().unwrap_or_default();
                (rank(relevance, usage, mean, SkillFit::Near), reasons, entry)
            })
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.2.id.cmp(&b.2.id)));
        choose(found).into_iter().map(|(score, reasons, entry)| suggestion(query, score, reasons, entry)).collect()
    }
}

type Hit<'a> = (f32, Vec<Reason>, &'a Entry);

/// The best; where there are both answers and templates, at least one of each.
fn choose(mut found: Vec<Hit<'_>>) -> Vec<Hit<'_>> {
    for template in [false, true] {
        let is_kind = |hit: &Hit<'_>| hit.2.template.is_some() == template;
        if !found.iter().take(OFFERED).any(is_kind)
            && let Some(best) = found.iter().position(is_kind)
        {
            let hit = found.remove(best);
            found.insert(OFFERED - 1, hit);
        }
    }
    found.truncate(OFFERED);
    found
}

/// The base's mean resolution rate, p0 of K1.
fn mean_resolution(usage: &Usages) -> f32 {
    let (shown, resolved) = usage.values().fold((0, 0), |(s, r), usage| (s + usage.shown, r + usage.resolved));
    (resolved as f32 + PRIOR_SHOWN * MEAN_RESOLUTION) / (shown as f32 + PRIOR_SHOWN)
}

/// Relevance of an answer: how probable its class is, sharpened by words; words alone count little.
fn answer(query: &Query<'_>, entry: &Entry, words_score: f32, words: &[String]) -> Option<(f32, Vec<Reason>)> {
    let class =
        query.intents.iter().filter(|i| entry.intents.contains(&i.label)).max_by(|a, b| a.score.total_cmp(&b.score));
    let words_share = words_score / (words_score + 4.0);
    let mut reasons = Vec::new();
    if let Some(class) = class.filter(|class| class.score >= 0.15) {
        reasons.push(Reason::Intent { label: class.label.clone() });
    }
    if !words.is_empty() && words_share >= 0.2 {
        reasons.push(Reason::Words { words: words.to_vec() });
    }
    let relevance = class.map_or(0.0, |class| class.score) * (0.45 + 0.55 * words_share) + 0.3 * words_share;
    (!reasons.is_empty()).then_some((relevance, reasons))
}

/// Relevance of a template: whether this is its occasion.
fn occasion_of(query: &Query<'_>, occasion: Occasion, intents: &[String]) -> Option<(f32, Vec<Reason>)> {
    let top = query.intents.first().filter(|top| top.score >= DEMAND);
    let intent = |label: &str| vec![Reason::Intent { label: label.into() }];
    let asks_for = |labels: &[&str]| top.filter(|top| labels.contains(&top.label.as_str()));
    let has_number = query.known().any(|f| matches!(f.kind, FieldKind::OrderNumber | FieldKind::TrackingNumber));
    let tense = match query.mood {
        MoodWord::Upset => 1.0,
        MoodWord::Tense => 0.75,
        _ => 0.0,
    };
    let waits = {
        let words = query.newest_words.to_lowercase();
        ["waiting", "how long", "still no", "any news", "any update", "等了", "还没", "多久", "催", "没人理", "没人回"]
            .iter()
            .any(|w| words.contains(w))
    };
    match occasion {
        Occasion::SelfHarm => query.needs_help.then(|| (3.0, vec![Reason::Mood])),
        Occasion::Waiting if tense > 0.0 && waits => Some((1.25 * tense, vec![Reason::Mood])),
        Occasion::Apology if tense > 0.0 => Some((1.2 * tense, vec![Reason::Mood])),
        Occasion::HandOver if asks_for(&["human_agent"]).is_some() => Some((1.2, intent("human_agent"))),
        Occasion::HandOver if tense >= 1.0 => Some((0.5, vec![Reason::Mood])),
        Occasion::AskOrder if !has_number => asks_for(&NEEDS_ORDER).map(|top| (0.55 * top.score, intent(&top.label))),
        Occasion::Thanks if query.act == Some("thanks_goodbye") => Some((1.1, intent("thanks_goodbye"))),
        Occasion::Thanks => {
            asks_for(&["feedback_praise"]).filter(|_| query.mood == MoodWord::Glad).map(|top| (0.6, intent(&top.label)))
        }
        Occasion::Greeting if query.act == Some("greeting") && top.is_none() && !query.answered => {
            Some((1.1, intent("greeting")))
        }
        Occasion::Class => {
            top.filter(|top| intents.contains(&top.label)).map(|top| (0.3 * top.score, intent(&top.label)))
        }
        _ => None,
    }
}

fn suggestion(query: &Query<'_>, score: f32, reasons: Vec<Reason>, entry: &Entry) -> Suggestion {
    let words = entry.words(query.lang);
    let known: Vec<Field> = query.known().cloned().collect();
    let (own, text) = (fill::fill(&words.text, query.fields), fill::fill(&words.text, &known));
    let source = |other: &&OtherField| text.contains(&other.field.text) && !own.contains(&other.field.text);
    let from = query.elsewhere.iter().find(source).map(|other| other.channel);
    Suggestion {
        id: entry.id.clone(),
        source: if entry.template.is_some() { Source::Template } else { Source::Knowledge },
        title: words.title.clone(),
        text,
        lang: query.lang,
        reasons,
        score,
        draft_only: entry.draft_only,
        from,
    }
}

impl Query<'_> {
    /// What the conversation holds, and of other kinds what the customer's other conversations do.
    fn known(&self) -> impl Iterator<Item = &Field> {
        let lacks = |kind: FieldKind| !self.fields.iter().any(|own| own.kind == kind);
        let others = self.elsewhere.iter().map(|other| &other.field);
        self.fields.iter().chain(others.filter(move |field| lacks(field.kind)))
    }
}

impl Entry {
    fn words(&self, lang: Lang) -> &Words {
        if lang == Lang::Zh { &self.zh } else { &self.en }
    }
}

#[cfg(test)]
mod tests;
