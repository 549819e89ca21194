//! One conversation as far as it is known: messages in order, what is understood of them, and what follows.
//!
//! Reports may come twice, late or out of order: whatever was seen on the way, the last full report decides.

use std::collections::{HashMap, HashSet};

use domain::abuse::AbuseScore;
use domain::analysis::Tier;
use domain::intent::{self, is_ticket};
use domain::mood::{CustomerTurn, Demanded, Mood};
use domain::timeline::ContactKind;
use domain::wire::ReplyBox;
use domain::{Analysis, Author, Channel, Conversation, Lang, Message, Scored};

use super::events::ToldMood;
use super::identity;
use crate::knowledge::{share_within, term_set};
use crate::lang;
use crate::learn::{Features, Learner, Verdict};
use crate::tokens::{CONTEXT_TURNS, Speaker, Turn};

/// A class at this score is a demand (C1: offered).
const DEMAND: f32 = 0.5;
/// A demand is made in the same words where a message shares this part of its words with one of the newest that made it.
const SAME_WORDS: f32 = 0.5;
const LOOKED_BACK: usize = 8;
/// A demand is looked for in the words of this many messages that make it.
const CARRIERS: usize = 3;
/// Captions of a call grow and are corrected: they are read once they have stood still for this long.
const SETTLE_MS: i64 = 1_200;

/// An answered chat or call counts as going on for this long.
const CONTACT_MS: i64 = 5 * 60_000;

/// What was understood of one message, and of which words.
#[derive(Clone, Debug)]
pub struct Understanding {
    /// Of the message and the turns before it.
    fingerprint: String,
    pub analysis: Analysis,
    /// Without the model, because it is not there: to be done again.
    pub provisional: bool,
    /// Its search vector, where there is something to search by it.
    meaning: Option<Vec<f32>>,
    /// Its terms, to tell a demand that is made again.
    terms: HashSet<String>,
}

/// The newest demand.
#[derive(Clone, Debug, PartialEq)]
pub struct Demand {
    pub message_id: String,
    pub label: String,
    pub score: f32,
    pub corrected: bool,
    /// By what was learned here.
    pub learned: bool,
    /// By the team's own model.
    pub own_model: bool,
    pub lang: Lang,
}

/// A class that holds, and why.
struct Class<'a> {
    label: &'a str,
    score: f32,
    corrected: bool,
    learned: bool,
    own_model: bool,
}

/// A message as what is learned compares it.
#[derive(Clone, Debug)]
struct Compared {
    /// `None` for words that nothing is learned from.
    features: Option<Features>,
    /// With the number of the learner's state that gave it.
    verdict: Option<(u32, Option<Verdict>)>,
}

#[derive(Clone, Debug)]
pub struct Dialogue {
    pub site: String,
    /// `sync::ConversationRef::id`.
    pub reference: String,
    pub conversation: Conversation,
    pub messages: Vec<Message>,
    /// Of each message and the turns before it.
    fingerprints: Vec<String>,
    pub reply_box: ReplyBox,
    /// How often it was found misread (`sync::Event::reading`).
    pub reading: u32,
    /// When the words of each message, or those before it, last changed.
    changed_ms: HashMap<String, i64>,
    /// When each message was first seen, for messages without a time.
    first_seen_ms: HashMap<String, i64>,
    understood: HashMap<String, Understanding>,
    /// Classes chosen by the agent, by message.
    pub corrections: HashMap<String, String>,
    /// Messages that are no abuse, the agent says.
    pub denied: HashSet<String>,
    /// Salted hashes of how the customer can be reached, and of the desk's own people.
    pub contacts: Vec<(ContactKind, String)>,
    pub agent_contacts: Vec<(ContactKind, String)>,
    /// When a page last reported it.
    pub seen_at_ms: i64,
    /// By message, once there is something to compare with.
    compared: HashMap<String, Compared>,
    /// What the team's own model says, best first, by message.
    by_own: HashMap<String, Vec<Scored>>,
    /// What was told last of its mood.
    pub told_mood: Option<ToldMood>,
    /// The newest of the customer's messages that was told of, with its time.
    pub newest_told: Option<(String, i64)>,
}

impl Understanding {
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }
}

impl Dialogue {
    pub fn new(site: &str, conversation: Conversation) -> Self {
        Self {
            site: site.into(),
            reference: identity::conversation_ref(site, &conversation.id),
            conversation,
            messages: Vec::new(),
            fingerprints: Vec::new(),
            changed_ms: HashMap::new(),
            reply_box: ReplyBox::None,
            reading: 0,
            first_seen_ms: HashMap::new(),
            understood: HashMap::new(),
            corrections: HashMap::new(),
            denied: HashSet::new(),
            contacts: Vec::new(),
            agent_contacts: Vec::new(),
            seen_at_ms: 0,
            compared: HashMap::new(),
            by_own: HashMap::new(),
            told_mood: None,
            newest_told: None,
        }
    }

    /// Takes in a report: new and changed messages, oldest first, and ids of those that are gone.
    pub fn merge(&mut self, seen: Vec<Message>, removed: &[String], now_ms: i64) {
        let before: HashMap<String, String> =
            self.messages.iter().map(|message| message.id.clone()).zip(self.fingerprints.drain(..)).collect();
        self.messages.retain(|message| !removed.contains(&message.id));
        let mut at = None;
        for (index, message) in seen.iter().enumerate() {
            if removed.contains(&message.id) {
                continue;
            }
            self.first_seen_ms.entry(message.id.clone()).or_insert(now_ms);
            let known = self.messages.iter().position(|known| known.id == message.id);
            let place = match (known, at) {
                (Some(known), Some(at)) if known < at => {
                    self.messages.remove(known);
                    at - 1
                }
                (Some(known), _) => {
                    self.messages.remove(known);
                    known
                }
                (None, Some(at)) => at,
                (None, None) => self.place_of_first(message, &seen[index + 1..]),
            };
            self.messages.insert(place, message.clone());
            at = Some(place + 1);
        }
        self.fingerprints = (0..self.messages.len()).map(|index| self.fingerprint(index)).collect();
        let changed = |id: &String, fingerprint: &String| before.get(id) != Some(fingerprint);
        let mut changed_ms = HashMap::with_capacity(self.messages.len());
        for (Message { id, .. }, fingerprint) in self.messages.iter().zip(&self.fingerprints) {
            let known_ms = self.changed_ms.remove(id).filter(|_| !changed(id, fingerprint));
            changed_ms.insert(id.clone(), known_ms.unwrap_or(now_ms));
        }
        self.changed_ms = changed_ms;
        self.seen_at_ms = now_ms;
    }

    /// Whether the words of message `index` are to be taken as said.
    fn is_settled(&self, index: usize, now_ms: i64) -> bool {
        let changed_ms = self.changed_ms.get(&self.messages[index].id).copied().unwrap_or(0);
        self.conversation.channel != Channel::Phone || now_ms - changed_ms >= SETTLE_MS
    }

    /// Of [`Self::pending`], those that can be understood now.
    pub fn ready(&self, now_ms: i64) -> Vec<usize> {
        let mut pending = self.pending();
        pending.retain(|&index| self.is_settled(index, now_ms));
        pending
    }

    /// Where a message goes of which no neighbour before it is known: before the next known one, else by time, else last.
    fn place_of_first(&self, message: &Message, later: &[Message]) -> usize {
        let next = later.iter().find_map(|l| self.messages.iter().position(|known| known.id == l.id));
        let by_time = || {
            let time = message.sent_at_ms?;
            self.messages.iter().position(|known| known.sent_at_ms.is_some_and(|known| known > time))
        };
        next.or_else(by_time).unwrap_or(self.messages.len())
    }

    pub fn message(&self, id: &str) -> Option<&Message> {
        self.messages.iter().find(|message| message.id == id)
    }

    /// The two turns before message `index`, oldest first.
    pub fn context(&self, index: usize) -> Vec<Turn<'_>> {
        let before = self.messages[..index].iter().rev().filter_map(|message| {
            let speaker = speaker(message.author)?;
            Some(Turn { speaker, text: message.words() })
        });
        let mut turns: Vec<_> = before.take(CONTEXT_TURNS).collect();
        turns.reverse();
        turns
    }

    fn fingerprint(&self, index: usize) -> String {
        let context = self.context(index);
        let mut parts = vec![self.messages[index].text.as_str()];
        for turn in &context {
            parts.push(if turn.speaker == Speaker::Agent { "agent" } else { "customer" });
            parts.push(turn.text);
        }
        identity::fingerprint(&parts)
    }

    /// Indexes of customer messages that are still to be understood, newest first.
    pub fn pending(&self) -> Vec<usize> {
        let waits = |&index: &usize| {
            let message = &self.messages[index];
            message.author == Author::Customer
                && self
                    .understood
                    .get(&message.id)
                    .is_none_or(|known| known.provisional || known.fingerprint != self.fingerprints[index])
        };
        (0..self.messages.len()).rev().filter(waits).collect()
    }

    /// Of [`Self::ready`], the ones not even read without the model.
    pub fn unread(&self, now_ms: i64) -> Vec<usize> {
        let mut pending = self.ready(now_ms);
        pending.retain(|&index| {
            let known = self.understood.get(&self.messages[index].id);
            known.is_none_or(|known| known.fingerprint != self.fingerprints[index])
        });
        pending
    }

    /// Keeps what was understood of message `index`.
    pub fn understand(&mut self, index: usize, analysis: Analysis, provisional: bool) {
        let fingerprint = self.fingerprints[index].clone();
        let terms = term_set(self.messages[index].words());
        let understanding = Understanding { fingerprint, analysis, provisional, meaning: None, terms };
        let id = self.messages[index].id.clone();
        self.compared.remove(&id);
        self.by_own.remove(&id);
        self.understood.insert(id, understanding);
    }

    /// Keeps the search vector of message `index`, which is understood.
    pub fn mean(&mut self, index: usize, meaning: Option<Vec<f32>>) {
        if let Some(known) = self.understood.get_mut(&self.messages[index].id) {
            known.meaning = meaning;
        }
    }

    pub fn meaning(&self, message_id: &str) -> Option<&[f32]> {
        self.understood.get(message_id)?.meaning.as_deref()
    }

    /// Customer messages that are understood but cannot be compared with examples yet, newest first. A dialogue act stays
    /// what it is: "yes, please" is no example of anything.
    pub fn uncompared(&self) -> impl Iterator<Item = usize> {
        (0..self.messages.len()).rev().filter(|&index| {
            let id = &self.messages[index].id;
            let known = self.understood.get(id).filter(|known| !known.provisional && known.analysis.act.is_none());
            known.is_some() && self.messages[index].author == Author::Customer && !self.compared.contains_key(id)
        })
    }

    /// Customer messages that are understood and have words, but no word of the team's own model yet, newest first. A dialogue
    /// act stays what it is here, too.
    pub fn unheard_by_own(&self) -> impl Iterator<Item = usize> {
        (0..self.messages.len()).rev().filter(|&index| {
            let message = &self.messages[index];
            let words = message.words();
            let known =
                self.understood.get(&message.id).filter(|known| !known.provisional && known.analysis.act.is_none());
            let is_read = known.is_some_and(|known| known.fingerprint == self.fingerprints[index]);
            is_read
                && message.author == Author::Customer
                && !words.trim().is_empty()
                && !lang::is_wordless(words)
                && !self.by_own.contains_key(&message.id)
        })
    }

    /// Keeps what the team's own model says of a message, unless its words have changed since.
    pub fn hear_own(&mut self, message_id: &str, fingerprint: &str, classes: Vec<Scored>) {
        if self.understood.get(message_id).is_some_and(|known| known.fingerprint == fingerprint) {
            self.by_own.insert(message_id.into(), classes);
        }
    }

    pub fn forget_own(&mut self) {
        self.by_own.clear();
    }

    /// The classes of a message, best first: of the team's own model, else of ours.
    pub fn intents(&self, message_id: &str) -> &[Scored] {
        let ours = || Some(self.understood.get(message_id)?.analysis.intents.as_slice());
        self.by_own.get(message_id).map(Vec::as_slice).or_else(ours).unwrap_or_default()
    }

    /// The best of them, and whether it is the team's own model's.
    pub fn intent<'a>(&'a self, message_id: &str, analysis: &'a Analysis) -> (&'a Scored, bool) {
        let own = self.by_own.get(message_id).and_then(|classes| classes.first());
        own.map_or((&analysis.intent, false), |own| (own, true))
    }

    /// Keeps what message `index` is compared by.
    pub fn compare(&mut self, index: usize, features: Option<Features>) {
        self.compared.insert(self.messages[index].id.clone(), Compared { features, verdict: None });
    }

    pub fn features(&self, message_id: &str) -> Option<&Features> {
        self.compared.get(message_id)?.features.as_ref()
    }

    /// Asks what was learned about every message; `state` is the number of the learner's state.
    pub fn judge(&mut self, learner: &Learner, state: u32) {
        for compared in self.compared.values_mut() {
            if compared.verdict.as_ref().is_none_or(|(known, _)| *known != state) {
                let verdict = compared.features.as_ref().and_then(|features| learner.classify(features));
                compared.verdict = Some((state, verdict));
            }
        }
    }

    pub fn verdict(&self, message_id: &str) -> Option<&Verdict> {
        self.compared.get(message_id)?.verdict.as_ref()?.1.as_ref()
    }

    /// Ids of all messages that were understood as the customer's, those too that the page no longer shows.
    pub fn ever_understood(&self) -> impl Iterator<Item = &String> {
        self.understood.keys()
    }

    pub fn understanding(&self, message_id: &str) -> Option<&Understanding> {
        self.understood.get(message_id)
    }

    /// Customer messages with their analyses, in order; those not yet understood are left out.
    pub fn customer_messages(&self) -> impl DoubleEndedIterator<Item = (&Message, &Analysis)> {
        let customers = self.messages.iter().filter(|message| message.author == Author::Customer);
        customers.filter_map(|message| Some((message, &self.understood.get(&message.id)?.analysis)))
    }

    /// When a message was written or first seen; later than every message before it, since pages often show whole minutes.
    pub fn at_ms(&self, message: &Message) -> i64 {
        let mut last = i64::MIN;
        for known in &self.messages {
            let own = known.sent_at_ms.or_else(|| self.first_seen_ms.get(&known.id).copied()).unwrap_or(0);
            last = own.max(last.saturating_add(1));
            if known.id == message.id {
                break;
            }
        }
        last
    }

    /// The agent's word, else what was learned here where that is likelier than the class of the team's own model or ours.
    fn class<'a>(&'a self, message: &Message, analysis: &'a Analysis) -> Class<'a> {
        if let Some(label) = self.corrections.get(&message.id) {
            return Class { label, score: 1.0, corrected: true, learned: false, own_model: false };
        }
        let (Scored { label, score }, own_model) = self.intent(&message.id, analysis);
        let own = |score| Class { label, score, corrected: false, learned: false, own_model };
        match self.verdict(&message.id) {
            None => match self.renamed(label, *score) {
                Some(label) => Class { label, score: *score, corrected: false, learned: true, own_model: false },
                None => own(*score),
            },
            Some(verdict) if verdict.label == *label => own(score + (1.0 - score) * verdict.score),
            Some(verdict) => {
                let left = (1.0 - verdict.score) * score;
                let (label, score) = (verdict.label.as_str(), verdict.score);
                let learned = Class { label, score, corrected: false, learned: true, own_model: false };
                if verdict.score > left { learned } else { own(left) }
            }
        }
    }

    /// What the agent called a class in this conversation, where it is no surer now than when it was wrong.
    fn renamed(&self, label: &str, score: f32) -> Option<&str> {
        self.messages.iter().rev().filter(|_| !self.corrections.is_empty()).find_map(|message| {
            let chosen = self.corrections.get(&message.id)?;
            let (was, _) = self.intent(&message.id, &self.understood.get(&message.id)?.analysis);
            (was.label == label && score <= was.score).then_some(chosen.as_str())
        })
    }

    /// What mood is derived from.
    pub fn turns(&self) -> Vec<CustomerTurn> {
        let mut turns = Vec::new();
        let mut made: Vec<(&str, &Understanding)> = Vec::new();
        let (mut heard_customer, mut answered) = (false, false);
        for message in &self.messages {
            match message.author {
                Author::Agent => answered |= heard_customer,
                Author::Customer => {
                    if let Some(known) = self.understood.get(&message.id) {
                        let Class { label, score, .. } = self.class(message, &known.analysis);
                        let demand = (score >= DEMAND && is_ticket(label)).then_some(label);
                        let is_repeated = |(of, before): &(&str, &Understanding)| {
                            *of == label && share_within(&known.terms, &before.terms) >= SAME_WORDS
                        };
                        let demand = demand.map(|label| Demanded {
                            class: label.to_owned(),
                            same_words: made.iter().rev().take(LOOKED_BACK).any(is_repeated),
                        });
                        made.extend(demand.is_some().then_some((label, known)));
                        turns.push(CustomerTurn { demand, ..self.turn(message, &known.analysis, answered) });
                    }
                    (heard_customer, answered) = (true, false);
                }
                _ => {}
            }
        }
        turns
    }

    fn turn(&self, message: &Message, analysis: &Analysis, after_answer: bool) -> CustomerTurn {
        CustomerTurn {
            message_id: message.id.clone(),
            at_ms: self.at_ms(message),
            value: analysis.sentiment.value,
            confidence: analysis.sentiment.score,
            demand: None,
            after_answer,
            danger: analysis.danger.filter(|_| !analysis.danger_by_model || !self.denied.contains(&message.id)),
        }
    }

    /// What was found without the model, from words alone: no mood and no class.
    pub fn is_provisional(&self, message_id: &str) -> bool {
        self.understanding(message_id).is_some_and(|known| known.provisional)
    }

    pub fn mood(&self) -> Mood {
        Mood::of(&self.turns())
    }

    /// The newest message that asks for something; dialogue acts after it do not override it. It is as sure as the surest of
    /// the messages before it that ask for the same: "a1@b.com" takes nothing from "I can't log in".
    pub fn demand(&self) -> Option<Demand> {
        let mut demand = self.newest_demand()?;
        let surest = self.repeats(&demand.label).map(|(_, score)| score).fold(0.0, f32::max);
        demand.score = demand.score.max(surest);
        Some(demand)
    }

    /// Whether a message has a class that is offered at least (C1).
    pub fn asks_for_something(&self, message: &Message, analysis: &Analysis) -> bool {
        let Class { label, score, corrected, .. } = self.class(message, analysis);
        (corrected || is_ticket(label)) && Tier::of(score) != Tier::Silent
    }

    /// The newest messages that are offered at least for a class, all for this one, newest first, with how sure it is.
    fn repeats<'a>(&'a self, label: &'a str) -> impl Iterator<Item = (&'a Message, f32)> {
        let classes = self.customer_messages().rev().filter_map(|(message, analysis)| {
            let Class { label, score, .. } = self.class(message, analysis);
            self.asks_for_something(message, analysis).then_some((message, label, score))
        });
        classes.take_while(move |(_, of, _)| *of == label).map(|(message, _, score)| (message, score))
    }

    /// The customer's messages that carry this demand, newest first.
    pub fn carriers<'a>(&'a self, demand: &'a Demand) -> Vec<&'a Message> {
        let mut carriers: Vec<_> = self.repeats(&demand.label).map(|(message, _)| message).take(CARRIERS).collect();
        if carriers.is_empty() {
            carriers.extend(self.message(&demand.message_id));
        }
        carriers
    }

    /// The classes that this demand may be of, best first: one alone where the agent has chosen it.
    pub fn classes(&self, demand: &Demand) -> Vec<Scored> {
        if demand.corrected && !intent::is_own(&demand.label) {
            return vec![Scored { label: demand.label.clone(), score: 1.0 }];
        }
        let mut classes = self.intents(&demand.message_id).to_vec();
        classes.iter_mut().filter(|class| class.label == demand.label).for_each(|class| class.score = demand.score);
        classes
    }

    fn newest_demand(&self) -> Option<Demand> {
        let tickets = || {
            self.customer_messages().rev().filter_map(|(message, analysis)| {
                let Class { label, score, corrected, learned, own_model } = self.class(message, analysis);
                (corrected || is_ticket(label)).then(|| Demand {
                    message_id: message.id.clone(),
                    label: label.into(),
                    score,
                    corrected,
                    learned,
                    own_model,
                    lang: analysis.lang,
                })
            })
        };
        let told = tickets().find(|demand| Tier::of(demand.score) != Tier::Silent);
        told.or_else(|| tickets().next()).or_else(|| self.unclassed())
    }

    /// The newest message that says something and has no class; the agent may know one.
    fn unclassed(&self) -> Option<Demand> {
        let is_read = |id: &str| self.understanding(id).is_some_and(|known| !known.provisional);
        let (message, analysis) = self.customer_messages().rev().find(|(message, analysis)| {
            analysis.act.is_none() && analysis.lang != Lang::Unknown && is_read(&message.id)
        })?;
        Some(Demand {
            message_id: message.id.clone(),
            label: intent::UNKNOWN.into(),
            score: 0.0,
            corrected: false,
            learned: false,
            own_model: false,
            lang: analysis.lang,
        })
    }

    /// Language of the newest words of the customer that have one.
    pub fn lang(&self) -> Option<Lang> {
        self.customer_messages().rev().map(|(_, analysis)| analysis.lang).find(|&lang| lang != Lang::Unknown)
    }

    /// What a message does to people, where it is sure enough and the agent does not deny it.
    pub fn abuse_of(&self, message_id: &str) -> Option<AbuseScore> {
        let abuse = self.understanding(message_id)?.analysis.abuse?;
        (abuse.is_told() && !self.denied.contains(message_id)).then_some(abuse)
    }

    /// The customer's newest messages with nobody's answer between them, newest first.
    pub fn newest_turn(&self) -> impl Iterator<Item = (&Message, &Analysis)> {
        let spoken = self.messages.iter().rev().filter(|message| speaker(message.author).is_some());
        let customers = spoken
            .skip_while(|message| message.author != Author::Customer)
            .take_while(|message| message.author == Author::Customer);
        customers.filter_map(|message| Some((message, &self.understood.get(&message.id)?.analysis)))
    }

    /// Until when a chat or call goes on, for all that was said in it; others are no live contact.
    pub fn contact_until_ms(&self) -> i64 {
        match (self.conversation.channel, self.messages.last()) {
            (Channel::Chat | Channel::Phone, Some(_)) if self.customer_waits() => i64::MAX,
            (Channel::Chat | Channel::Phone, Some(last)) => self.at_ms(last) + CONTACT_MS,
            _ => 0,
        }
    }

    /// A customer's words are the newest.
    pub fn customer_waits(&self) -> bool {
        let spoken = self.messages.iter().rev().find(|message| speaker(message.author).is_some());
        spoken.is_some_and(|message| message.author == Author::Customer)
    }
}

/// Who speaks, as the model knows them; notes and system lines are no turns.
fn speaker(author: Author) -> Option<Speaker> {
    match author {
        Author::Customer => Some(Speaker::Customer),
        Author::Agent | Author::Bot => Some(Speaker::Agent),
        Author::Note | Author::System | Author::Unknown => None,
    }
}

#[cfg(test)]
pub mod tests;
