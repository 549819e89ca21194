//! When a card is shown after an abusive message (A1, R6): once for a message, not while the agent types, and not often.
//!
//! What an agent met is their own: like [`crate::care`]'s types these live on the device and are not `Serialize` (R3).
//! What is drawn is [`crate::abuse::ShieldView`]. Does not know the words, nor what counts as abuse.

use std::collections::{HashMap, HashSet};

const CARDS_PER_CONTACT: usize = 2;
const CARDS_PER_HOUR: usize = 6;
const HOUR_MS: i64 = 60 * 60_000;
/// A card waits for a good moment, and stays, for this long.
const CARD_MS: i64 = 10 * 60_000;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shield {
    contacts: HashMap<String, Contact>,
    shown_ms: Vec<i64>,
    off: bool,
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Contact {
    /// Messages that had a card, or came while one was there.
    met: HashSet<String>,
    cards: usize,
    open: Option<Card>,
}

#[derive(Clone, Debug, PartialEq)]
struct Card {
    message_id: String,
    /// When it became due; once it is shown, since when.
    at_ms: i64,
    shown: bool,
    /// Its message is no abuse, the agent says.
    withdrawn: bool,
}

impl Shield {
    /// An abusive message stands unanswered. The same message counts once.
    pub fn meet(&mut self, contact: &str, message_id: &str, now_ms: i64) {
        let contact = self.contacts.entry(contact.into()).or_default();
        let is_free = contact.open.as_ref().is_none_or(|card| card.withdrawn || card.is_over(now_ms));
        if contact.met.insert(message_id.into()) && is_free {
            let message_id = message_id.into();
            contact.open = Some(Card { message_id, at_ms: now_ms, shown: false, withdrawn: false });
        }
    }

    /// A message that had its card in an earlier session.
    pub fn remember(&mut self, contact: &str, message_id: &str) {
        self.contacts.entry(contact.into()).or_default().met.insert(message_id.into());
    }

    /// Shows a card that is due, if this is a moment for it, and gives its message. Call it on every tick.
    pub fn update(&mut self, contact: &str, typing: bool, now_ms: i64) -> Option<String> {
        self.shown_ms.retain(|at| now_ms - at < HOUR_MS);
        let contact = self.contacts.get_mut(contact)?;
        contact.open.take_if(|card| self.off || card.is_over(now_ms));
        let card = contact.open.as_mut().filter(|card| !card.shown && !card.withdrawn)?;
        if contact.cards >= CARDS_PER_CONTACT || self.shown_ms.len() >= CARDS_PER_HOUR {
            contact.open = None;
            return None;
        }
        if typing {
            return None;
        }
        (card.shown, card.at_ms) = (true, now_ms);
        contact.cards += 1;
        self.shown_ms.push(now_ms);
        Some(card.message_id.clone())
    }

    /// The message of the card that is shown, and since when.
    pub fn shown(&self, contact: &str) -> Option<(&str, i64)> {
        let card = self.contacts.get(contact)?.open.as_ref()?;
        (card.shown && !card.withdrawn).then_some((card.message_id.as_str(), card.at_ms))
    }

    pub fn dismiss(&mut self, contact: &str) {
        if let Some(contact) = self.contacts.get_mut(contact) {
            contact.open = None;
        }
    }

    /// The message is no abuse, or is again.
    pub fn withdraw(&mut self, contact: &str, message_id: &str, withdrawn: bool) {
        let card = self.contacts.get_mut(contact).and_then(|contact| contact.open.as_mut());
        if let Some(card) = card.filter(|card| card.message_id == message_id) {
            card.withdrawn = withdrawn;
        }
    }

    /// Switches the cards off or on, without a trace for others (R6).
    pub fn set_off(&mut self, off: bool) {
        self.off = off;
        if off {
            self.contacts.values_mut().for_each(|contact| contact.open = None);
        }
    }

    pub fn is_off(&self) -> bool {
        self.off
    }
}

impl Card {
    fn is_over(&self, now_ms: i64) -> bool {
        now_ms - self.at_ms >= CARD_MS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static_assertions::assert_not_impl_any!(Shield: serde::Serialize);
    static_assertions::assert_not_impl_any!(Contact: serde::Serialize);
    static_assertions::assert_not_impl_any!(Card: serde::Serialize);

    fn met(contact: &str, message_id: &str, now_ms: i64) -> Shield {
        let mut shield = Shield::default();
        shield.meet(contact, message_id, now_ms);
        shield
    }

    #[test]
    fn a_card_waits_while_the_agent_types_and_goes_after_ten_minutes() {
        let mut shield = met("c", "1", 0);
        assert_eq!((shield.update("c", true, 0), shield.shown("c")), (None, None));
        assert_eq!(shield.update("c", false, 7).as_deref(), Some("1"));
        assert_eq!((shield.update("c", false, 8), shield.shown("c")), (None, Some(("1", 7))), "shown once");
        shield.update("c", true, 7 + CARD_MS - 1);
        assert!(shield.shown("c").is_some(), "what is there stays while the agent types");
        shield.update("c", false, 7 + CARD_MS);
        assert_eq!(shield.shown("c"), None);
        assert_eq!(met("c", "1", 0).update("c", false, CARD_MS), None, "no longer of use");
    }

    #[test]
    fn one_card_at_a_time_and_one_for_a_message() {
        let mut shield = met("c", "1", 0);
        shield.update("c", false, 0);
        shield.meet("c", "2", 1);
        shield.dismiss("c");
        for message in ["1", "2"] {
            shield.meet("c", message, 2);
        }
        assert_eq!(shield.update("c", false, 2), None, "what came beside the card has had it");
        shield.meet("c", "3", 3);
        assert_eq!(shield.update("c", false, 3).as_deref(), Some("3"));
        let mut restarted = Shield::default();
        restarted.remember("c", "1");
        restarted.meet("c", "1", 0);
        assert_eq!(restarted.update("c", false, 0), None);
    }

    #[test]
    fn a_contact_has_two_cards_and_an_hour_six() {
        let mut shield = Shield::default();
        let mut shown = |contact: &str, message: &str, now_ms| {
            shield.meet(contact, message, now_ms);
            let shown = shield.update(contact, false, now_ms).is_some();
            shield.dismiss(contact);
            shown
        };
        assert_eq!(["1", "2", "3"].map(|message| shown("a", message, 0)), [true, true, false]);
        assert_eq!(["b", "c", "d", "e", "f"].map(|contact| shown(contact, "1", 1)), [true, true, true, true, false]);
        assert!(shown("g", "1", HOUR_MS + 1), "an hour later");
    }

    #[test]
    fn a_message_that_is_no_abuse_has_no_card_until_that_is_taken_back() {
        let mut shield = met("c", "1", 0);
        shield.update("c", false, 0);
        shield.withdraw("c", "1", true);
        assert_eq!(shield.shown("c"), None);
        shield.withdraw("c", "1", false);
        assert_eq!(shield.shown("c"), Some(("1", 0)));
        shield.withdraw("c", "1", true);
        shield.meet("c", "2", 1);
        assert_eq!(shield.update("c", false, 1).as_deref(), Some("2"));
    }

    #[test]
    fn switched_off_it_shows_nothing_and_catches_up_with_nothing() {
        let mut shield = met("c", "1", 0);
        shield.update("c", false, 0);
        shield.set_off(true);
        assert_eq!(shield.shown("c"), None);
        shield.meet("c", "2", 1);
        assert_eq!(shield.update("c", false, 1), None);
        shield.set_off(false);
        shield.meet("c", "2", 2);
        assert_eq!(shield.update("c", false, 2), None);
    }
}
