//! Events on their way to the server: kept until accepted, sent in batches, never twice.
//!
//! Pure: the caller brings time, randomness and the answer of the server, and writes what [`Change`] says to the store.

use std::collections::{HashSet, VecDeque};

use domain::sync::{BATCH_EVENTS, Event};
use domain::wire::SyncState;

use crate::backoff::Backoff;

/// Newest accepted events kept for the glass box.
pub const SENT_LOG: usize = 50;

/// Where events go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    pub url: String,
    pub device_token: String,
}

/// What became of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Accepted,
    /// 401 or 403.
    Refused,
    /// Another 4xx: something in the batch cannot be taken, now or later.
    Rejected,
    /// 5xx, 429, or no answer.
    Unreachable,
}

/// What the store has to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    Keep(Event),
    Accepted(Event),
    /// The server will never take it, or is never to have it.
    Dropped(String),
}

#[derive(Debug, Default)]
pub struct Outbox {
    server: Option<Server>,
    waiting: VecDeque<Event>,
    sent: VecDeque<Event>,
    /// Ids of all events that wait or were accepted.
    known: HashSet<String>,
    /// Number of events under way.
    in_flight: usize,
    /// Smaller after a rejected batch, to find the event that is meant.
    batch_limit: usize,
    backoff: Backoff,
    refused: bool,
}

impl Outbox {
    /// From the store: what waited, the newest sent (newest first), and ids of everything accepted.
    pub fn restore(&mut self, waiting: Vec<Event>, sent: Vec<Event>, accepted: impl IntoIterator<Item = String>) {
        self.known.extend(accepted);
        self.known.extend(sent.iter().map(|event| event.id.clone()));
        self.sent.extend(sent);
        self.sent.truncate(SENT_LOG);
        for event in waiting {
            if self.known.insert(event.id.clone()) {
                self.waiting.push_back(event);
            }
        }
    }

    /// Whether the event waits or was sent, ever.
    pub fn knows(&self, id: &str) -> bool {
        self.known.contains(id)
    }

    /// What waits of a conversation and follows from whose its messages are stays here; what is under way cannot be called back.
    pub fn withdraw(&mut self, conversation: &str) -> Vec<Change> {
        let under_way = self.in_flight.min(self.waiting.len());
        let stays = |event: &Event| event.conversation.id == conversation && event.body.is_of_customer();
        let (withdrawn, waiting): (Vec<_>, Vec<_>) = self.waiting.drain(under_way..).partition(stays);
        self.waiting.extend(waiting);
        withdrawn.into_iter().map(|event| Change::Dropped(event.id)).collect()
    }

    pub fn server(&self) -> Option<&Server> {
        self.server.as_ref()
    }

    pub fn connect(&mut self, server: Option<Server>) {
        self.server = server.filter(|server| !server.url.is_empty() && !server.device_token.is_empty());
        (self.refused, self.backoff) = (false, Backoff::default());
    }

    /// Takes an event on unless it is known; `None` without a server: then nothing is to leave.
    pub fn push(&mut self, event: Event) -> Option<Change> {
        self.server.as_ref()?;
        if !self.known.insert(event.id.clone()) {
            return None;
        }
        self.waiting.push_back(event.clone());
        Some(Change::Keep(event))
    }

    /// Whether [`Self::take_batch`] has something.
    pub fn is_due(&self, now_ms: i64) -> bool {
        self.server.is_some() && self.in_flight == 0 && !self.waiting.is_empty() && self.backoff.is_over(now_ms)
    }

    /// The batch to send now, if it is time for one. The caller must come back with [`Self::finish`].
    pub fn take_batch(&mut self, now_ms: i64) -> Option<(Server, Vec<Event>)> {
        let server = self.server.clone().filter(|_| self.is_due(now_ms))?;
        let limit = if self.batch_limit == 0 { BATCH_EVENTS } else { self.batch_limit };
        let batch: Vec<Event> = self.waiting.iter().take(limit).cloned().collect();
        self.in_flight = batch.len();
        Some((server, batch))
    }

    /// `jitter` is 0–1.
    pub fn finish(&mut self, outcome: Outcome, jitter: f64, now_ms: i64) -> Vec<Change> {
        let count = std::mem::take(&mut self.in_flight);
        match outcome {
            Outcome::Accepted => {
                (self.refused, self.backoff) = (false, Backoff::default());
                self.batch_limit = (self.batch_limit * 2) % BATCH_EVENTS.next_power_of_two();
                let accepted: Vec<Event> = self.waiting.drain(..count.min(self.waiting.len())).collect();
                for event in &accepted {
                    self.sent.push_front(event.clone());
                }
                self.sent.truncate(SENT_LOG);
                accepted.into_iter().map(Change::Accepted).collect()
            }
            Outcome::Rejected if count > 1 => {
                self.batch_limit = count.div_ceil(2);
                Vec::new()
            }
            Outcome::Rejected => self.waiting.pop_front().map(|event| Change::Dropped(event.id)).into_iter().collect(),
            Outcome::Refused | Outcome::Unreachable => {
                self.refused = outcome == Outcome::Refused;
                self.backoff.fail(jitter, now_ms);
                Vec::new()
            }
        }
    }

    pub fn state(&self) -> SyncState {
        let events = self.waiting.len() as u32;
        match () {
            () if self.server.is_none() => SyncState::Local,
            () if self.refused => SyncState::Refused { events },
            () if self.backoff.has_failed() => SyncState::Waiting { events },
            () => SyncState::Synced,
        }
    }

    pub fn waiting(&self) -> impl Iterator<Item = &Event> {
        self.waiting.iter()
    }

    /// Newest first.
    pub fn sent(&self) -> impl Iterator<Item = &Event> {
        self.sent.iter()
    }

    /// Whether the server has accepted the event.
    pub fn has_accepted(&self, id: &str) -> bool {
        self.known.contains(id) && !self.waiting.iter().any(|event| event.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Channel;
    use domain::sync::{ConversationRef, EventBody};

    fn event(id: usize) -> Event {
        let conversation =
            ConversationRef { id: "c".into(), site: "s".into(), url: "u".into(), channel: Channel::Chat };
        let body = EventBody::AlertClosed { alert_id: "a".into() };
        Event { id: id.to_string(), at_ms: 0, conversation, reading: 0, body }
    }

    fn connected(events: usize) -> Outbox {
        let mut outbox = Outbox::default();
        outbox.connect(Some(Server { url: "http://s".into(), device_token: "t".into() }));
        (0..events).for_each(|id| {
            outbox.push(event(id));
        });
        outbox
    }

    #[test]
    fn nothing_is_kept_without_a_server() {
        let mut outbox = Outbox::default();
        assert_eq!(outbox.push(event(1)), None);
        assert_eq!((outbox.state(), outbox.take_batch(0)), (SyncState::Local, None));
    }

    #[test]
    fn events_are_sent_once_in_batches() {
        let mut outbox = connected(250);
        assert_eq!(outbox.push(event(3)), None, "known");
        assert_eq!(outbox.take_batch(0).unwrap().1.len(), 200);
        assert_eq!(outbox.take_batch(0), None, "one batch at a time");
        assert_eq!(outbox.finish(Outcome::Accepted, 0.0, 0).len(), 200);
        assert_eq!(outbox.take_batch(0).unwrap().1.len(), 50);
        outbox.finish(Outcome::Accepted, 0.0, 0);
        assert_eq!((outbox.state(), outbox.sent().count(), outbox.take_batch(0)), (SyncState::Synced, 50, None));
        assert_eq!(outbox.sent().next().unwrap().id, "249");
        assert!(outbox.has_accepted("3") && outbox.push(event(3)).is_none());
    }

    #[test]
    fn failures_wait_longer_and_lose_nothing() {
        let mut outbox = connected(2);
        let mut now_ms = 0;
        for wait_ms in [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000] {
            assert!(outbox.take_batch(now_ms).is_some(), "{now_ms}");
            outbox.finish(Outcome::Unreachable, 0.5, now_ms);
            assert_eq!(outbox.state(), SyncState::Waiting { events: 2 });
            assert!(outbox.take_batch(now_ms + wait_ms - 1).is_none());
            now_ms += wait_ms;
        }
        outbox.take_batch(now_ms);
        outbox.finish(Outcome::Refused, 0.5, now_ms);
        assert_eq!(outbox.state(), SyncState::Refused { events: 2 });
        outbox.connect(Some(Server { url: "http://s".into(), device_token: "new".into() }));
        assert_eq!(outbox.take_batch(now_ms).unwrap().1.len(), 2);
    }

    #[test]
    fn a_poisoned_event_is_found_and_dropped() {
        let mut outbox = connected(20);
        let (mut dropped, mut accepted, mut rounds) = (Vec::new(), 0, 0);
        while let Some((_, batch)) = outbox.take_batch(0) {
            let poisoned = batch.iter().any(|event| event.id == "13");
            for change in outbox.finish(if poisoned { Outcome::Rejected } else { Outcome::Accepted }, 0.0, 0) {
                match change {
                    Change::Dropped(id) => dropped.push(id),
                    Change::Accepted(_) => accepted += 1,
                    Change::Keep(_) => {}
                }
            }
            rounds += 1;
            assert!(rounds < 30);
        }
        assert_eq!((dropped, accepted), (vec!["13".to_owned()], 19));
    }

    #[test]
    fn what_is_withdrawn_never_leaves() {
        let mut outbox = connected(3);
        let mut others = event(3);
        others.conversation.id = "other".into();
        let body =
            EventBody::SuggestionShown { suggestion_id: "s".into(), source: domain::suggestion::Source::Knowledge };
        let deed = Event { body, ..event(4) };
        outbox.push(others.clone());
        outbox.push(deed.clone());
        outbox.batch_limit = 1;
        assert_eq!(outbox.take_batch(0).unwrap().1, [event(0)]);
        assert_eq!(outbox.withdraw("c"), [Change::Dropped("1".into()), Change::Dropped("2".into())]);
        outbox.finish(Outcome::Accepted, 0.0, 0);
        assert_eq!(outbox.take_batch(0).unwrap().1, [others, deed], "of others, and what the agent did");
        assert_eq!(outbox.push(event(1)), None, "nor is it taken on again");
    }

    #[test]
    fn a_restart_loses_nothing_and_repeats_nothing() {
        let mut outbox = connected(0);
        outbox.restore(vec![event(1), event(2)], vec![event(3)], ["4".to_owned()]);
        assert_eq!(outbox.take_batch(0).unwrap().1.len(), 2);
        assert_eq!((outbox.push(event(3)), outbox.push(event(4))), (None, None));
    }
}
