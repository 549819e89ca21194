//! What is done after an abusive message: the card, the words that draw a boundary, the agent's word that it is none.
//!
//! All of it stays on this device (R3). An abusive contact is a hard one, and asks for the longer break (W1).

use std::cmp::Reverse;

use domain::Scored;
use domain::abuse::{AbuseView, ShieldView};
use domain::care::INERT_MS;
use domain::wire::ErrorCode;
use serde::{Deserialize, Serialize};

use super::dialogue::Dialogue;
use super::handle::Failure;
use super::{Session, Stored};
use crate::knowledge::boundary;

/// What is remembered of an abusive message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// There was a card for it.
    Carded,
    /// It is no abuse, the agent says; the card has been, too.
    Denied,
}

/// As the store keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkRecord {
    pub reference: String,
    pub message_id: String,
    pub mark: Mark,
}

impl Session {
    /// Puts back what the store held. Call before the first request.
    pub fn restore_marks(&mut self, marks: Vec<MarkRecord>) {
        for MarkRecord { reference, message_id, mark } in marks {
            self.shield.remember(&reference, &message_id);
            if mark == Mark::Denied {
                self.denied.entry(reference).or_default().insert(message_id);
            }
        }
    }

    /// Takes note of abuse that stands unanswered in a conversation on screen.
    pub(super) fn guard(&mut self, reference: &str, now_ms: i64) {
        let Some(dialogue) = self.dialogues.get(reference).filter(|_| self.is_shown(reference)) else { return };
        if dialogue.customer_waits() {
            let is_at_agent = |id: &str| dialogue.abuse_of(id).is_some_and(|abuse| abuse.kind.is_at_agent());
            let mut abusive =
                dialogue.newest_turn().map(|(message, _)| message.id.as_str()).filter(|id| is_at_agent(id));
            if let Some(newest) = abusive.next() {
                self.care.hard_contact(now_ms);
                self.shield.meet(reference, newest, now_ms);
                abusive.for_each(|earlier| self.shield.meet(reference, earlier, now_ms));
            }
        }
        self.show_card(reference, now_ms);
    }

    /// On the clock: cards wait for a good moment, and go by themselves.
    pub(super) fn guard_shown(&mut self, now_ms: i64) {
        let shown: Vec<String> = self.tabs.values().filter_map(|tab| tab.conversation.clone()).collect();
        shown.iter().for_each(|reference| self.show_card(reference, now_ms));
    }

    fn show_card(&mut self, reference: &str, now_ms: i64) {
        if let Some(message_id) = self.shield.update(reference, self.care.is_typing(now_ms), now_ms) {
            self.mark(reference, &message_id, Mark::Carded);
        }
    }

    fn mark(&mut self, reference: &str, message_id: &str, mark: Mark) {
        let (reference, message_id) = (reference.into(), message_id.into());
        self.stored.push(Stored::Mark(MarkRecord { reference, message_id, mark }));
    }

    pub(super) fn shield_view(&self, reference: &str) -> Option<ShieldView> {
        let (message_id, since_ms) = self.shield.shown(reference)?;
        let dialogue = self.dialogues.get(reference)?;
        let abuse = dialogue.abuse_of(message_id)?;
        Some(ShieldView {
            message_id: message_id.into(),
            kind: abuse.kind,
            score: abuse.score,
            boundaries: dialogue.lang().map(|lang| boundary::texts(abuse.kind, lang)).unwrap_or_default(),
            inert_ms: INERT_MS,
            since_ms,
        })
    }

    pub(super) fn dismiss_shield(&mut self, tab: u32) -> Result<(), Failure> {
        let reference = self.dialogue_of(tab)?.reference.clone();
        self.shield.dismiss(&reference);
        Ok(())
    }

    /// The agent says that a message is no abuse, or takes that back.
    pub(super) fn deny_abuse(&mut self, tab: u32, message_id: &str, deny: bool, now_ms: i64) -> Result<(), Failure> {
        let dialogue = self.dialogue_of(tab)?;
        let abuse = dialogue.understanding(message_id).and_then(|known| known.analysis.abuse);
        if dialogue.message(message_id).is_none() || abuse.is_none() {
            return Err((ErrorCode::NoSuchMessage, "no such message was taken for abuse"));
        }
        let reference = dialogue.reference.clone();
        let denied = self.denied.entry(reference.clone()).or_default();
        if deny {
            denied.insert(message_id.into());
        } else {
            denied.remove(message_id);
        }
        let denied = denied.clone();
        self.dialogue_of(tab)?.denied = denied;
        self.shield.withdraw(&reference, message_id, deny);
        self.mark(&reference, message_id, if deny { Mark::Denied } else { Mark::Carded });
        self.settle(&reference, now_ms);
        Ok(())
    }

    pub(super) fn set_shield(&mut self, on: bool) {
        self.settings.shield_off = !on;
        self.shield.set_off(!on);
        self.stored.push(Stored::Settings(self.settings.clone()));
    }
}

/// What the newest turn does beside its class, the surest first; nothing that the class says already.
pub(super) fn flags(dialogue: &Dialogue, class: Option<&str>) -> Vec<Scored> {
    let mut flags: Vec<Scored> = Vec::new();
    for flag in dialogue.newest_turn().flat_map(|(_, analysis)| &analysis.flags) {
        match flags.iter_mut().find(|known| known.label == flag.label) {
            Some(known) => known.score = known.score.max(flag.score),
            None => flags.push(flag.clone()),
        }
    }
    flags.retain(|flag| class != Some(flag.label.as_str()));
    flags.sort_by(|a, b| b.score.total_cmp(&a.score));
    flags
}

/// Of the newest turn what is done to the agent, else what else there is; the newest of each.
pub(super) fn abuse_view(dialogue: &Dialogue) -> Option<AbuseView> {
    let told = dialogue.newest_turn().filter_map(|(message, analysis)| {
        let abuse = analysis.abuse.filter(|abuse| abuse.is_told())?;
        let denied = dialogue.denied.contains(&message.id);
        Some(AbuseView { message_id: message.id.clone(), kind: abuse.kind, score: abuse.score, denied })
    });
    told.min_by_key(|view| (view.denied, Reverse(view.kind.is_at_agent())))
}

#[cfg(test)]
mod tests;
