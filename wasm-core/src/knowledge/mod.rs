//! Answers and reply templates that can be offered, zh and en, and the search over them.
//!
//! Owns the seeded base (`knowledge/*.json`, embedded) and how relevance is computed; the rank is K1 of `domain`. The
//! relevance of an answer is how probably it is the one: by the class of what is asked, and by how close the customer's
//! words come in meaning to questions that it answers; by the words alone where no model has read them. An
//! answer on money, cancellation, legal, medical or safety matters is a draft that the agent must read (R11).

pub mod boundary;
mod fill;
mod index;
mod meaning;
mod occasion;
mod said;

use std::collections::HashMap;
use std::sync::LazyLock;

use domain::analysis::Emotion;
use domain::mood::MoodWord;
use domain::suggestion::{Reason, SkillFit, Source, Suggestion, Usage, rank};
use domain::timeline::OtherField;
use domain::{Field, FieldKind, Lang, Scored};
use serde::Deserialize;

use crate::closeness::{Candidate, probabilities};
use index::Index;
pub use index::{share_within, term_set};
pub use meaning::Meaning;
use meaning::Meanings;
use occasion::Occasion;
pub use said::Said;

/// At most this many are offered.
const OFFERED: usize = 3;
/// What is less probably the answer is not offered.
const LEAST_BY_MEANING: f32 = 0.12;
/// What is left of an answer whose class nobody thought of.
const CLASS_DOUBT: f32 = 0.02;
/// A class this probable is a reason.
const REASON: f32 = 0.15;
/// Words that score so much together say more of why than that the meaning is close; a word or two that many messages have do not.
const TELLING_WORDS: f32 = 5.0;
/// Without a model's reading: below this relevance nothing is offered.
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
    /// Questions that it answers.
    #[serde(default)]
    asked: Vec<String>,
}

/// By answer: how often it was on offer when one was inserted, and how often it was the one.
pub type Usages = HashMap<String, Usage>;

/// What is looked for.
pub struct Query<'a> {
    /// Language of the conversation.
    pub lang: Lang,
    /// What the customer asks for, in their words.
    pub words: &'a str,
    /// Search vectors of the messages that ask for it; none where the base has no vectors of that model.
    pub meanings: &'a [&'a [f32]],
    /// Classes of what is asked for, best first.
    pub intents: &'a [Scored],
    pub newest: Newest<'a>,
    pub mood: MoodWord,
    pub fields: &'a [Field],
    /// Of the customer's joined conversations; they stand in where there is none of the kind here.
    pub elsewhere: &'a [OtherField],
    pub said: Said<'a>,
    pub usage: &'a Usages,
}

/// What the customer said last, which decides on the reply templates.
#[derive(Clone, Copy)]
pub struct Newest<'a> {
    pub words: &'a str,
    /// Dialogue act.
    pub act: Option<&'a str>,
    /// Sentiment, −1 to 1.
    pub valence: f32,
    pub emotion: Emotion,
    /// It speaks of self-harm.
    pub needs_help: bool,
    /// It asks for something that has no class.
    pub unclassed: bool,
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
                format!("{} {} {} {}", words.title, words.words, words.asked.join(" "), words.text)
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
        let by_meaning = self.by_meaning(query);
        let mean = mean_resolution(query.usage);
        let scored = |(number, entry): (usize, &Entry)| match entry.template {
            Some(occasion) => occasion.relevance(query, &entry.intents),
            None if query.newest.needs_help => None,
            None => match &by_meaning {
                Some(relevance) => close_answer(query, entry, relevance[number], &hits[number]),
                None => answer(query, entry, hits[number].0, &hits[number].1),
            },
        };
        let scored: Vec<_> = (self.entries.iter().enumerate())
            .filter_map(|pair| scored(pair).map(|(relevance, reasons)| (relevance, reasons, pair.1)))
            .collect();
        let best = scored.iter().map(|(relevance, ..)| *relevance).fold(0.0, f32::max);
        let least = match (&by_meaning, query.intents) {
            (Some(_), _) => LEAST_BY_MEANING,
            (None, []) => LEAST_BY_WORDS.max(best * LEAST_OF_BEST),
            (None, _) => LEAST.max(best * LEAST_OF_BEST),
        };
        let mut found: Vec<Hit<'_>> = (scored.into_iter().filter(|(relevance, ..)| *relevance >= least))
            .map(|(relevance, reasons, entry)| {
                let usage = query.usage.get(&entry.id).copied().unwrap_or_default();
                (rank(relevance, usage, mean, SkillFit::Near), reasons, entry)
            })
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.2.id.cmp(&b.2.id)));
        let given = query.said.given();
        found.retain(|(_, _, entry)| !given.has(&fill::fill(&entry.words(query.lang).text, &[])));
        choose(found).into_iter().map(|(score, reasons, entry)| suggestion(query, score, reasons, entry)).collect()
    }
}

impl Base {
    /// For each entry how probably it is the answer, 0–1; `None` where nothing is known of the meaning of what was asked.
    fn by_meaning(&self, query: &Query<'_>) -> Option<Vec<f32>> {
        if query.meanings.is_empty() {
            return None;
        }
        let is_certain = query.intents.first().is_some_and(|top| top.score >= 1.0);
        let doubt = if is_certain { 0.0 } else { CLASS_DOUBT };
        let candidate = |entry: &Entry| Candidate {
            class: query.class_of(entry).map_or(0.0, |class| class.score),
            closeness: Meaning::embedded().closeness(&entry.id, query.meanings).unwrap_or(f32::NEG_INFINITY),
        };
        let candidates: Vec<_> = self.entries.iter().map(candidate).collect();
        let unclassed = 1.0 - query.intents.iter().map(|intent| intent.score).sum::<f32>();
        Some(probabilities(&candidates, unclassed, doubt))
    }

    /// Ids of the answers, and the questions that each answers.
    pub fn answers(&self) -> impl Iterator<Item = (&str, Vec<&str>)> {
        let answers = self.entries.iter().filter(|entry| entry.template.is_none());
        answers.map(|entry| {
            (entry.id.as_str(), entry.zh.asked.iter().chain(&entry.en.asked).map(String::as_str).collect())
        })
    }

    /// `knowledge/meaning.json` for this version of the model, which `embed` asks for the search vector of a question.
    pub fn meanings(&self, model: &str, embed: impl Fn(&str) -> Vec<f32>) -> String {
        let vector = |questions: Vec<&str>| meaning::mean(&questions.into_iter().map(&embed).collect::<Vec<_>>());
        let answers = self.answers().map(|(id, questions)| (id.to_owned(), vector(questions))).collect();
        let meanings = Meanings { model: model.to_owned(), answers };
        serde_json::to_string_pretty(&meanings).unwrap_or_default() + "\n"
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

/// An answer with its relevance by meaning, and why it is offered.
fn close_answer(
    query: &Query<'_>,
    entry: &Entry,
    relevance: f32,
    hit: &(f32, Vec<String>),
) -> Option<(f32, Vec<Reason>)> {
    let (score, words) = hit;
    let mut reasons = query.reasons_by_class(entry);
    let tells = *score >= TELLING_WORDS && !words.is_empty();
    reasons.push(if tells { Reason::Words { words: words.clone() } } else { Reason::Meaning });
    Some((relevance, reasons))
}

/// Relevance of an answer where its meaning is not known: how probable its class is, sharpened by words; words alone count
/// little.
fn answer(query: &Query<'_>, entry: &Entry, words_score: f32, words: &[String]) -> Option<(f32, Vec<Reason>)> {
    let class = query.class_of(entry);
    let words_share = words_score / (words_score + 4.0);
    let mut reasons = query.reasons_by_class(entry);
    if !words.is_empty() && words_share >= 0.2 {
        reasons.push(Reason::Words { words: words.to_vec() });
    }
    let relevance = class.map_or(0.0, |class| class.score) * (0.45 + 0.55 * words_share) + 0.3 * words_share;
    (!reasons.is_empty()).then_some((relevance, reasons))
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
    /// The likeliest of the classes that an entry answers.
    fn class_of(&self, entry: &Entry) -> Option<&Scored> {
        let classes = self.intents.iter().filter(|intent| entry.intents.contains(&intent.label));
        classes.max_by(|a, b| a.score.total_cmp(&b.score))
    }

    fn reasons_by_class(&self, entry: &Entry) -> Vec<Reason> {
        let class = self.class_of(entry).filter(|class| class.score >= REASON);
        class.map(|class| Reason::Intent { label: class.label.clone() }).into_iter().collect()
    }

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
