//! Taking back what was told of words that turn out not to be the customer's (R1): the conversation's next reading.

use domain::sync::{Event, EventBody};
use domain::{Author, Message};

use super::dialogue::Dialogue;
use super::identity::event_id;
use super::{Session, Stored, events};
use crate::outbox::Outbox;

/// A page whose messages change sides more often than this is left as it was told last.
const MOST_READINGS: u32 = 20;

impl Session {
    /// Should somebody else's message have been told of as the customer's, everything is told anew.
    pub(super) fn take_back_others(&mut self, reference: &str, now_ms: i64) {
        let Some(dialogue) = self.dialogues.get(reference) else { return };
        let is_others = |author| matches!(author, Author::Agent | Author::Bot | Author::Note | Author::System);
        let mut others = dialogue.messages.iter().filter(|message| is_others(message.author));
        if others.any(|message| self.is_told(dialogue, message)) {
            self.read_anew(reference, now_ms);
        }
    }

    /// The same for messages known before that the page is no longer read to hold, though their words stand in another: it was
    /// the reading that changed, not the page.
    pub(super) fn take_back_gone(&mut self, reference: &str, before: &[Message], now_ms: i64) {
        let Some(dialogue) = self.dialogues.get(reference) else { return };
        let is_gone = |old: &&Message| {
            dialogue.message(&old.id).is_none() && dialogue.messages.iter().any(|now| shares_words(old, now))
        };
        if before.iter().filter(is_gone).any(|message| self.is_told(dialogue, message)) {
            self.read_anew(reference, now_ms);
        }
    }

    fn is_told(&self, dialogue: &Dialogue, message: &Message) -> bool {
        let versions = [self.analyser.as_ref().map(|analyser| analyser.version()), self.own.version()];
        let mut ids = versions.into_iter().flatten().map(|version| events::analysed_id(dialogue, message, version));
        ids.any(|id| self.outbox.knows(&id))
    }

    fn read_anew(&mut self, reference: &str, now_ms: i64) {
        let Some(dialogue) = self.dialogues.get_mut(reference) else { return };
        if let Some(event) = begin_reading(&self.people.device(), dialogue, now_ms) {
            self.stored.extend(self.outbox.withdraw(reference).into_iter().map(Stored::Outbox));
            self.record(vec![event]);
        }
    }
}

/// The reading in which a conversation was told of last by this device.
pub fn last_reading(device: &str, reference: &str, outbox: &Outbox) -> u32 {
    (1..=MOST_READINGS).take_while(|reading| outbox.knows(&reread_id(device, reference, *reading))).last().unwrap_or(0)
}

/// `None` for a page whose roles change without end.
fn begin_reading(device: &str, dialogue: &mut Dialogue, now_ms: i64) -> Option<Event> {
    if dialogue.reading == MOST_READINGS {
        return None;
    }
    dialogue.reading += 1;
    (dialogue.told_mood, dialogue.newest_told) = (None, None);
    // Pages' clocks may be ahead.
    let last_ms = dialogue.messages.last().map_or(now_ms, |message| dialogue.at_ms(message) + 1);
    let id = reread_id(device, &dialogue.reference, dialogue.reading);
    Some(events::event(dialogue, id, now_ms.max(last_ms), EventBody::ConversationReread))
}

/// Of each device its own: what another has told meanwhile is void, too.
fn reread_id(device: &str, reference: &str, reading: u32) -> String {
    event_id(&["reread", device, reference, &reading.to_string()])
}

/// Whether one message is the other with more around it.
fn shares_words(old: &Message, now: &Message) -> bool {
    let [old, now] = [old, now].map(|message| message.text.split_whitespace().collect::<String>());
    let (short, long) = if old.len() < now.len() { (old, now) } else { (now, old) };
    !short.is_empty() && short.len() * 3 >= long.len() && long.contains(&short)
}
