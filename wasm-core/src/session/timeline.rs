//! One timeline of one customer (row [5]): which conversations may be the same person's, what the agent said of them, and
//! what is drawn of those that are joined.
//!
//! Only conversations still in memory take part; nothing of their words is kept. Events stay each conversation's own, and
//! answers go to the page's own reply box.

use domain::abuse::AbuseKind;
use domain::mood::{CustomerTurn, Mood};
use domain::timeline::{ContactKind, OtherField, OtherView, TimelineEntry, TimelineView};
use domain::wire::{ConversationView, ErrorCode, MoodPoint, MoodView};
use domain::{Author, Tier};

use super::dialogue::Dialogue;
use super::people::{KnownChange, REACH_MS};
use super::scene::{COURSE, excerpt};
use super::{Session, Stored};

/// Entries drawn, the newest.
const ENTRIES: usize = 50;
const FIELDS: usize = 8;
/// "Kept separate" can be taken back from the overlay for this long.
const APART_MS: i64 = 60_000;

type Failure = (ErrorCode, &'static str);

impl Session {
    /// Takes note of whom a conversation is with.
    pub(super) fn meet(&mut self, reference: &str, now_ms: i64) {
        let Some(dialogue) = self.dialogues.get(reference) else { return };
        let name = dialogue.conversation.requester.name.clone();
        let mut changes = self.people.meet(&dialogue.contacts, name.as_deref(), now_ms);
        changes.extend(self.people.meet_agents(&dialogue.agent_contacts, now_ms));
        self.keep(changes);
    }

    pub(super) fn keep(&mut self, changes: Vec<KnownChange>) {
        self.stored.extend(changes.into_iter().map(|(id, known)| Stored::Known(id, known)));
    }

    /// Conversations that the agent has joined to this one, the newest first.
    pub(super) fn joined(&self, reference: &str) -> Vec<&Dialogue> {
        if !self.people.has_joined() {
            return Vec::new();
        }
        let others = self.recent.iter().filter(|other| *other != reference);
        let same = others.filter(|other| self.people.answer(reference, other) == Some(true));
        let mut joined: Vec<&Dialogue> = same.filter_map(|other| self.dialogues.get(other)).collect();
        joined.retain(|other| last_at_ms(other).is_some());
        joined.sort_by_key(|other| std::cmp::Reverse(last_at_ms(other)));
        joined
    }

    /// The conversation to ask about: of the same contact, still near, not answered, not the same page read twice.
    fn offer(&self, dialogue: &Dialogue, joined: &[&Dialogue], now_ms: i64) -> Option<(&Dialogue, ContactKind)> {
        let others = self.recent.iter().filter_map(|other| self.dialogues.get(other));
        let near = others.filter(|other| other.reference != dialogue.reference && now_ms - other.seen_at_ms < REACH_MS);
        let known = near.filter_map(|other| {
            let mut ours = std::iter::once(dialogue).chain(joined.iter().copied());
            Some((other, ours.find_map(|own| self.people.shared(&own.contacts, &other.contacts))?))
        });
        let is_open = |other: &Dialogue| {
            let (a, b) = (&dialogue.reference, &other.reference);
            self.people.answer(a, b).is_none() && !self.people.is_put_off(a, b, now_ms) && !is_copy(dialogue, other)
        };
        let open = known.filter(|(other, _)| last_at_ms(other).is_some() && is_open(other));
        open.max_by_key(|(other, _)| last_at_ms(other))
    }

    /// Puts what stands beside a conversation into its view; the mood is then over all that is joined.
    pub(super) fn place_beside(&self, dialogue: &Dialogue, view: &mut ConversationView, now_ms: i64) {
        let joined = self.joined(&dialogue.reference);
        let by = |other: &Dialogue| self.people.shared(&dialogue.contacts, &other.contacts);
        let apart = self.apart.as_ref().filter(|apart| now_ms - apart.at_ms < APART_MS);
        let apart = apart.and_then(|apart| self.dialogues.get(apart.other_of(&dialogue.reference)?));
        let offer = self.offer(dialogue, &joined, now_ms);
        let mut timeline = TimelineView {
            offer: offer.map(|(other, by)| other_view(other, Some(by))),
            apart: apart.map(|other| other_view(other, by(other))),
            joined: joined.iter().map(|other| other_view(other, by(other))).collect(),
            fields: other_fields(dialogue, &joined),
            entries: Vec::new(),
        };
        if !joined.is_empty() {
            let turns = turns(dialogue, &joined);
            let mood = Mood::of(&turns.iter().map(|placed| placed.turn.clone()).collect::<Vec<_>>());
            timeline.entries = entries(&turns, &mood);
            view.mood = mood_view(&turns, mood);
        }
        view.timeline = (timeline != TimelineView::default()).then_some(timeline);
    }

    /// What the joined conversations know that this one does not.
    pub(super) fn fields_elsewhere(&self, reference: &str) -> Vec<OtherField> {
        let dialogue = self.dialogues.get(reference);
        dialogue.map(|dialogue| other_fields(dialogue, &self.joined(reference))).unwrap_or_default()
    }

    /// The agent's answer. Whoever is joined to one of the two is joined to, or kept apart from, the other as well.
    pub(super) fn say_same(&mut self, tab: u32, other: &str, same: bool, now_ms: i64) -> Result<(), Failure> {
        let (own, other) = self.pair_of(tab, other)?;
        let group = |reference: &str| {
            let joined = self.joined(reference).into_iter().map(|dialogue| dialogue.reference.clone());
            std::iter::once(reference.to_owned()).chain(joined).collect::<Vec<_>>()
        };
        let (ours, theirs) = if same { (group(&own), group(&other)) } else { (group(&own), vec![other.clone()]) };
        for a in &ours {
            for b in theirs.iter().filter(|b| *b != a) {
                // A no that was said of two of them stands, unless it is this pair that is asked about.
                let is_asked = (a, b) == (&own, &other);
                if is_asked || !same || self.people.answer(a, b).is_none() {
                    let changes = self.people.say(a, b, same, now_ms);
                    self.keep(changes);
                }
            }
        }
        self.apart = (!same).then_some(Apart { pair: [own, other], at_ms: now_ms });
        for reference in ours.iter().chain(&theirs) {
            self.draw(reference, now_ms);
        }
        Ok(())
    }

    pub(super) fn ask_later(&mut self, tab: u32, other: &str, now_ms: i64) -> Result<(), Failure> {
        let (own, other) = self.pair_of(tab, other)?;
        self.people.ask_later(&own, &other, now_ms);
        Ok(())
    }

    fn pair_of(&mut self, tab: u32, other: &str) -> Result<(String, String), Failure> {
        let own = self.dialogue_of(tab)?.reference.clone();
        let known = own != other && self.dialogues.contains_key(other);
        known
            .then(|| (own, other.to_owned()))
            .ok_or((ErrorCode::NoConversation, "that conversation is not known any more"))
    }
}

/// The two that the agent kept apart last.
pub struct Apart {
    pair: [String; 2],
    at_ms: i64,
}

impl Apart {
    fn other_of(&self, reference: &str) -> Option<&str> {
        let [a, b] = &self.pair;
        match reference {
            _ if reference == a => Some(b),
            _ if reference == b => Some(a),
            _ => None,
        }
    }
}

/// A customer's turn with where it was said.
struct Placed<'a> {
    dialogue: &'a Dialogue,
    here: bool,
    turn: CustomerTurn,
}

/// All customer turns in order of time; those of one conversation keep theirs.
fn turns<'a>(dialogue: &'a Dialogue, joined: &[&'a Dialogue]) -> Vec<Placed<'a>> {
    let all = std::iter::once(dialogue).chain(joined.iter().copied());
    let placed = |of: &'a Dialogue| {
        let here = of.reference == dialogue.reference;
        of.turns().into_iter().map(move |turn| Placed { dialogue: of, here, turn })
    };
    let mut turns: Vec<Placed<'a>> = all.flat_map(placed).collect();
    turns.sort_by_key(|placed| placed.turn.at_ms);
    turns
}

fn mood_view(turns: &[Placed<'_>], mood: Mood) -> MoodView {
    let points = turns.iter().zip(&mood.course).map(|(placed, &score)| {
        let message = placed.dialogue.message(&placed.turn.message_id);
        MoodPoint {
            message_id: placed.id(),
            score,
            excerpt: message.map(|message| excerpt(&message.text)).unwrap_or_default(),
            why: message.map(|message| message.evidence.clone()).unwrap_or_default(),
            channel: Some(placed.dialogue.conversation.channel),
            abuse: placed.abuse(),
        }
    });
    MoodView {
        score: mood.score,
        word: mood.word,
        trend: mood.trend,
        course: points.skip(turns.len().saturating_sub(COURSE)).collect(),
        customer_messages: turns.len() as u32,
    }
}

fn entries(turns: &[Placed<'_>], mood: &Mood) -> Vec<TimelineEntry> {
    let entries = turns.iter().zip(&mood.course).map(|(placed, &score)| {
        let message = placed.dialogue.message(&placed.turn.message_id);
        TimelineEntry {
            id: placed.id(),
            channel: placed.dialogue.conversation.channel,
            here: placed.here,
            at_ms: placed.turn.at_ms,
            score,
            intent: placed.turn.demand.as_ref().map(|demand| demand.class.clone()),
            excerpt: message.map(|message| excerpt(&message.text)).unwrap_or_default(),
            abuse: placed.abuse(),
        }
    });
    entries.skip(turns.len().saturating_sub(ENTRIES)).collect()
}

impl Placed<'_> {
    fn abuse(&self) -> Option<AbuseKind> {
        self.dialogue.abuse_of(&self.turn.message_id).map(|abuse| abuse.kind)
    }

    /// The page's own id for its own messages; others may have the same ids.
    fn id(&self) -> String {
        let id = &self.turn.message_id;
        if self.here { id.clone() } else { format!("{} {id}", self.dialogue.reference) }
    }
}

/// Fields of the joined conversations, newest message first, each value once.
fn other_fields(dialogue: &Dialogue, joined: &[&Dialogue]) -> Vec<OtherField> {
    let mut known: Vec<(domain::FieldKind, String)> = Vec::new();
    let own = dialogue.customer_messages().flat_map(|(_, analysis)| &analysis.fields);
    known.extend(own.map(|field| (field.kind, field.value.clone())));
    let mut fields = Vec::new();
    for other in joined {
        let channel = other.conversation.channel;
        for field in other.customer_messages().rev().flat_map(|(_, analysis)| &analysis.fields) {
            let value = (field.kind, field.value.clone());
            if !known.contains(&value) {
                known.push(value);
                fields.push(OtherField { field: field.clone(), channel });
            }
        }
    }
    fields.truncate(FIELDS);
    fields
}

fn other_view(other: &Dialogue, by: Option<ContactKind>) -> OtherView {
    let demand = other.demand().filter(|demand| Tier::of(demand.score) != Tier::Silent);
    OtherView {
        id: other.reference.clone(),
        requester_name: other.conversation.requester.name.clone(),
        channel: other.conversation.channel,
        site: other.site.clone(),
        intent: demand.map(|demand| demand.label),
        last_at_ms: last_at_ms(other).unwrap_or(other.seen_at_ms),
        by,
    }
}

fn last_at_ms(dialogue: &Dialogue) -> Option<i64> {
    let last = dialogue.messages.iter().rev().find(|message| message.author == Author::Customer)?;
    Some(dialogue.at_ms(last))
}

/// The same words under another address of the desk: one page's conversation, shown by another page.
fn is_copy(a: &Dialogue, b: &Dialogue) -> bool {
    if a.site != b.site {
        return false;
    }
    let words = |dialogue: &Dialogue| -> Vec<String> {
        let said = dialogue.messages.iter().filter(|message| message.author == Author::Customer);
        said.map(|message| message.words().to_owned()).collect()
    };
    let (a, b) = (words(a), words(b));
    let both = a.iter().filter(|text| b.contains(text)).count();
    both * 2 > a.len().min(b.len())
}

#[cfg(test)]
mod tests;
