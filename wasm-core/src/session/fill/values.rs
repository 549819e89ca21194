//! What the conversation offers to a form: values with the words they came from, newest first, the requester, the class,
//! and how urgent it is. Masked values and numbers of documents and cards are never among them.

use domain::analysis::Danger;
use domain::form::FillSource;
use domain::{Analysis, Channel, Field, FieldKind, Message, Scored};

use super::super::dialogue::{Demand, Dialogue};
use super::dates;
use super::labels::{About, Ask, Asked, about};

/// Words around a value that are shown with it.
const CLAUSE_CHARS: usize = 80;

/// One value.
#[derive(Clone, Debug)]
pub struct Fact {
    ask: Ask,
    pub value: String,
    pub source: FillSource,
    about: Option<About>,
    score: f32,
}

/// The class, with the words of its message.
#[derive(Clone, Debug)]
pub struct DemandFact {
    pub label: String,
    pub score: f32,
    pub message_id: String,
    pub words: String,
    /// Those that it may be of, best first.
    pub classes: Vec<Scored>,
    /// Search vectors of the messages that make the demand.
    pub meanings: Vec<Vec<f32>>,
}

#[derive(Clone, Debug)]
pub struct Urgency {
    /// 3 high, 4 urgent.
    pub level: u8,
    pub score: f32,
    pub source: FillSource,
}

#[derive(Debug, Default)]
pub struct Facts {
    /// Newest first.
    facts: Vec<Fact>,
    pub demand: Option<DemandFact>,
    pub urgency: Option<Urgency>,
}

impl Facts {
    /// The value for what is asked, and how sure that is.
    pub fn best(&self, asked: Asked) -> Option<(&Fact, f32)> {
        let of_kind: Vec<&Fact> = self.facts.iter().filter(|fact| fact.ask == asked.ask).collect();
        let mut distinct: Vec<&str> = of_kind.iter().map(|fact| fact.value.as_str()).collect();
        distinct.sort_unstable();
        distinct.dedup();
        let alone = if distinct.len() == 1 { 1.0 } else { 0.82 };
        let fit = |fact: &Fact| match (asked.ask, asked.about, fact.about) {
            (Ask::Date | Ask::Amount, Some(wanted), Some(about)) if wanted == about => 1.0,
            (Ask::Date, Some(_), Some(_)) => 0.0,
            (Ask::Amount, Some(_), Some(_)) => 0.7 * alone,
            (Ask::Date, Some(_), None) => 0.7 * alone,
            (Ask::Amount, Some(_), None) => 0.9 * alone,
            (Ask::Date, None, _) => 0.9 * alone,
            _ => alone,
        };
        let scored = of_kind.into_iter().map(|fact| (fact, fact.score * fit(fact)));
        // The first of equals is the newest.
        scored.filter(|(_, score)| *score > 0.0).reduce(|best, next| if next.1 > best.1 + 1e-3 { next } else { best })
    }
}

/// What is known elsewhere is never ticked by itself: it may be of another matter.
const ELSEWHERE: f32 = 0.74;

/// `joined` are the customer's other conversations.
pub fn facts(dialogue: &Dialogue, joined: &[&Dialogue], now_ms: i64) -> Facts {
    let mut facts = Facts { demand: dialogue.demand().map(|demand| demand_fact(dialogue, demand)), ..Facts::default() };
    facts.urgency = urgency(dialogue, facts.demand.as_ref());
    facts.facts = said(dialogue, now_ms);
    facts.facts.extend(shown(dialogue));
    for other in joined {
        let lacks = |fact: &Fact| !facts.facts.iter().any(|own| own.ask == fact.ask);
        let found: Vec<Fact> = said(other, now_ms).into_iter().chain(shown(other)).filter(lacks).collect();
        facts.facts.extend(found.into_iter().map(|fact| fact.said_elsewhere(other.conversation.channel)));
    }
    facts
}

/// What the customer wrote, newest first.
fn said(dialogue: &Dialogue, now_ms: i64) -> Vec<Fact> {
    let mut facts = Vec::new();
    for (message, analysis) in dialogue.customer_messages().rev() {
        let written_at_ms = message.sent_at_ms.unwrap_or(now_ms);
        for field in analysis.fields.iter().rev() {
            facts.extend(facts_of(message, field, written_at_ms));
        }
    }
    facts
}

/// What the page has on file; what the customer writes is newer.
fn shown(dialogue: &Dialogue) -> Vec<Fact> {
    let requester = &dialogue.conversation.requester;
    let from_page = |ask, value: &Option<String>, score| {
        let value = value.as_ref().map(|value| value.trim()).filter(|value| !value.is_empty())?;
        Some(Fact { ask, value: value.to_owned(), source: FillSource::Requester, about: None, score })
    };
    let name = requester.name.clone().filter(|name| !name.contains('@'));
    let all = [
        from_page(Ask::Email, &requester.email, 0.97),
        from_page(Ask::Phone, &requester.phone, 0.97),
        from_page(Ask::Name, &name, 0.93),
    ];
    all.into_iter().flatten().collect()
}

impl Fact {
    fn said_elsewhere(self, channel: Channel) -> Self {
        let words = match &self.source {
            FillSource::Message { words, .. } => words.clone(),
            _ => self.value.clone(),
        };
        Self { source: FillSource::Elsewhere { channel, words }, score: self.score * ELSEWHERE, ..self }
    }
}

/// Kinds are compared by their wire names: one that this build does not know is left out, and so are documents and cards.
fn facts_of(message: &Message, field: &Field, written_at_ms: i64) -> Vec<Fact> {
    if is_masked(&field.value) {
        return Vec::new();
    }
    let words = clause(message, field);
    let fact = |ask, value: String, score| Fact {
        ask,
        value,
        about: about(&words),
        source: FillSource::Message { message_id: message.id.clone(), words: words.clone() },
        score,
    };
    match wire_name(field.kind).as_str() {
        "order_number" => vec![fact(Ask::OrderNumber, field.value.clone(), 1.0)],
        "tracking_number" => vec![fact(Ask::TrackingNumber, field.value.clone(), 1.0)],
        "phone" => vec![fact(Ask::Phone, field.value.clone(), 1.0)],
        "email" => vec![fact(Ask::Email, field.value.clone(), 0.95)],
        "url" => vec![fact(Ask::Url, field.value.clone(), 0.9)],
        "date" => {
            dates::with_year(&field.value, written_at_ms).map(|value| fact(Ask::Date, value, 1.0)).into_iter().collect()
        }
        "amount" => {
            let Some((number, currency)) = field.value.split_once(' ') else { return Vec::new() };
            let number = number.strip_suffix(".00").unwrap_or(number);
            vec![fact(Ask::Amount, number.into(), 0.95), fact(Ask::Currency, currency.into(), 0.9)]
        }
        name if name.contains("name") => vec![fact(Ask::Name, field.value.clone(), 0.9)],
        name if name.contains("address") => vec![fact(Ask::Address, field.value.clone(), 0.9)],
        _ => Vec::new(),
    }
}

fn wire_name(kind: FieldKind) -> String {
    serde_json::to_value(kind).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

fn is_masked(value: &str) -> bool {
    value.contains(['*', '•', '●', '＊', '…', '█']) || value.to_uppercase().contains("XXX")
}

/// The part of the sentence in which the value stands.
fn clause(message: &Message, field: &Field) -> String {
    let utf16: Vec<u16> = message.text.encode_utf16().collect();
    let at = |offset: u32| String::from_utf16_lossy(&utf16[..(offset as usize).min(utf16.len())]).len();
    let (start, end) = (at(field.start_utf16), at(field.end_utf16));
    let text = &message.text;
    if !text.is_char_boundary(start) || !text.is_char_boundary(end) || start > end {
        return field.text.clone();
    }
    let stops = |c: char| matches!(c, '，' | '。' | '；' | '！' | '？' | ';' | '!' | '?' | '\n');
    let stops_latin = |text: &str, at: usize| {
        matches!(text[at..].chars().next(), Some('.' | ','))
            && text[at + 1..].chars().next().is_none_or(char::is_whitespace)
    };
    let is_stop = |at: usize, c: char| stops(c) || stops_latin(text, at);
    let from =
        text[..start].char_indices().rev().find(|&(at, c)| is_stop(at, c)).map_or(0, |(at, c)| at + c.len_utf8());
    let to = text[end..].char_indices().find(|&(at, c)| is_stop(end + at, c)).map_or(text.len(), |(at, _)| end + at);
    let clause = text[from..to].split_whitespace().collect::<Vec<_>>().join(" ");
    if clause.chars().count() <= CLAUSE_CHARS { clause } else { field.text.clone() }
}

fn demand_fact(dialogue: &Dialogue, demand: Demand) -> DemandFact {
    let words = dialogue.message(&demand.message_id).map(|message| first_words(&message.text)).unwrap_or_default();
    let carriers = dialogue.carriers(&demand);
    let meanings = carriers.iter().filter_map(|message| dialogue.meaning(&message.id)).map(<[f32]>::to_vec).collect();
    let classes = dialogue.classes(&demand);
    let Demand { message_id, label, score, .. } = demand;
    DemandFact { label, score, message_id, words, classes, meanings }
}

fn first_words(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(CLAUSE_CHARS) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

/// Danger and fraud cannot wait; neither can what the customer calls urgent, or an open alert.
fn urgency(dialogue: &Dialogue, demand: Option<&DemandFact>) -> Option<Urgency> {
    let mood = dialogue.mood();
    if let Some(alert) = mood.alert {
        let danger = dialogue.customer_messages().any(|(message, analysis): (&Message, &Analysis)| {
            message.id == alert.message_id && matches!(analysis.danger, Some(Danger::Threat | Danger::SelfHarm))
        });
        let level = if danger { 4 } else { 3 };
        return Some(Urgency { level, score: 0.85, source: FillSource::Alert { reason: alert.reason } });
    }
    if let Some(demand) = demand.filter(|demand| demand.label == "security_fraud" && demand.score >= 0.85) {
        let DemandFact { label, message_id, words, .. } = demand.clone();
        return Some(Urgency { level: 3, score: 0.8, source: FillSource::Intent { label, message_id, words } });
    }
    let (message, _) = dialogue.customer_messages().rev().find(|(message, _)| calls_urgent(&message.text))?;
    let source = FillSource::Message { message_id: message.id.clone(), words: first_words(&message.text) };
    Some(Urgency { level: 3, score: 0.8, source })
}

fn calls_urgent(text: &str) -> bool {
    let text = text.to_lowercase();
    let says = [
        "urgent",
        "asap",
        "as soon as possible",
        "immediately",
        "emergency",
        "紧急",
        "加急",
        "十万火急",
        "非常急",
        "很急",
        "尽快处理",
        "马上处理",
    ];
    let denies = ["not urgent", "no rush", "isn't urgent", "不急", "不紧急", "不着急"];
    says.iter().any(|word| text.contains(word)) && !denies.iter().any(|word| text.contains(word))
}
