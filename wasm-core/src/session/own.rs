//! The team's own model beside ours: which one is wanted, whether it works, and what it says of customers' messages.
//!
//! It runs elsewhere (crate `own-model`, in a Worker of its own); here are the orders for it and what comes back. Messages have our
//! model's class until it has spoken, and keep it where it fails (R16). What the agent said, and what was learned from that, stands
//! above both. Dialogue acts stay ours, as they do for what is learned. Time is counted in ticks, one a second,
//! which stop while the machine sleeps.

use domain::Scored;
use domain::own_model::{Fault, MOST_ANSWER_SECONDS, MOST_LOAD_SECONDS, VersionedModel};
use domain::wire::{FromBrain, OwnModelState, OwnModelView};

use super::Session;
use super::learning::{TeamLabel, id_of};
use crate::outbox::Server;

/// What could not be fetched is tried again.
const RETRY_TICKS: u32 = 60;
/// Classes kept of a message, as of our model.
const KEPT: usize = 3;

/// What its Worker is to do. `number` names the Worker.
#[derive(Clone, Debug, PartialEq)]
pub enum Order {
    Start { number: u32, server: Server, model: Box<VersionedModel> },
    Ask { number: u32, text: String },
    Stop,
}

/// What its Worker says.
#[derive(Clone, Debug, PartialEq)]
pub enum Word {
    /// It has fetched some more.
    Progress,
    Loaded,
    /// One probability a label.
    Scores(Vec<f32>),
    Failed(Fault),
}

#[derive(Debug, Default)]
pub struct Own {
    model: Option<VersionedModel>,
    state: State,
    number: u32,
    /// A Worker is there.
    is_running: bool,
    /// Since something was last heard, or was to be.
    ticks: u32,
    question: Option<Question>,
}

#[derive(Clone, Debug, Default, PartialEq)]
enum State {
    #[default]
    Absent,
    Wanted,
    Loading,
    Ready,
    Failed(Fault),
}

/// What it was asked last.
#[derive(Clone, Debug, PartialEq)]
struct Question {
    reference: String,
    message_id: String,
    fingerprint: String,
}

impl Own {
    /// Its version, while its word is waited for or heard.
    pub fn version(&self) -> Option<&str> {
        let works = matches!(self.state, State::Wanted | State::Loading | State::Ready);
        self.model.as_ref().filter(|_| works).map(|model| model.version.as_str())
    }

    /// Labels that no category stands for.
    pub fn labels(&self) -> impl Iterator<Item = TeamLabel> {
        let labels = self.model.iter().flat_map(|model| &model.own.labels).filter(|label| label.class.is_none());
        labels.map(|label| TeamLabel { id: id_of(&label.name, 0), name: label.name.clone() })
    }

    pub fn view(&self) -> Option<OwnModelView> {
        let state = match &self.state {
            State::Absent | State::Wanted | State::Loading => OwnModelState::Loading,
            State::Ready => OwnModelState::Ready,
            State::Failed(fault) => OwnModelState::Failed { fault: fault.clone() },
        };
        self.model.as_ref().map(|model| OwnModelView { name: model.own.name.clone(), state })
    }

    /// Whether it is another one.
    fn want(&mut self, model: Option<&VersionedModel>) -> bool {
        if self.model.as_ref() == model {
            return false;
        }
        self.model = model.cloned();
        (self.state, self.question) = (if model.is_some() { State::Wanted } else { State::Absent }, None);
        true
    }

    fn fail(&mut self, fault: Fault) {
        (self.state, self.question, self.ticks) = (State::Failed(fault), None, 0);
    }

    fn tick(&mut self) {
        self.ticks += 1;
        match &self.state {
            State::Loading if self.ticks > MOST_LOAD_SECONDS => self.fail(Fault::TooSlow),
            State::Ready if self.question.is_some() && self.ticks > MOST_ANSWER_SECONDS => self.fail(Fault::TooSlow),
            State::Failed(Fault::NotFetched | Fault::Changed) if self.ticks > RETRY_TICKS => self.state = State::Wanted,
            _ => {}
        }
    }

    /// The best classes: labels of one class count together.
    fn classes(&self, scores: &[f32]) -> Option<Vec<Scored>> {
        let labels =
            self.model.as_ref().map(|model| &model.own.labels).filter(|labels| labels.len() == scores.len())?;
        let mut classes: Vec<Scored> = Vec::new();
        for (label, &score) in labels.iter().zip(scores) {
            let class = label.class.clone().unwrap_or_else(|| id_of(&label.name, 0));
            match classes.iter_mut().find(|known| known.label == class) {
                Some(known) => known.score += score,
                None => classes.push(Scored { label: class, score }),
            }
        }
        classes.iter_mut().for_each(|class| class.score = class.score.clamp(0.0, 1.0));
        classes.sort_by(|a, b| b.score.total_cmp(&a.score));
        classes.truncate(KEPT);
        Some(classes)
    }
}

impl Session {
    /// The team may have another model, or none.
    pub(super) fn take_own_model(&mut self, now_ms: i64) {
        if self.own.want(self.team.own_model()) {
            self.dialogues.values_mut().for_each(|dialogue| dialogue.forget_own());
            self.settle_shown(now_ms);
        }
    }

    /// The next order for the Worker of the team's model, if any; the caller carries it out.
    pub fn take_own_order(&mut self) -> Option<Order> {
        if self.own.is_running && !matches!(self.own.state, State::Loading | State::Ready) {
            self.own.is_running = false;
            return Some(Order::Stop);
        }
        match self.own.state {
            State::Wanted => {
                let server = self.outbox.server()?.clone();
                let model = Box::new(self.own.model.clone()?);
                let own = &mut self.own;
                (own.number, own.state, own.is_running, own.ticks) = (own.number + 1, State::Loading, true, 0);
                Some(Order::Start { number: own.number, server, model })
            }
            State::Ready if self.own.question.is_none() => {
                let (question, text) = self.next_question()?;
                (self.own.question, self.own.ticks) = (Some(question), 0);
                Some(Order::Ask { number: self.own.number, text })
            }
            _ => None,
        }
    }

    /// The conversation seen last comes first, in it the newest message.
    fn next_question(&self) -> Option<(Question, String)> {
        self.recent.iter().find_map(|reference| {
            let dialogue = self.dialogues.get(reference)?;
            let message = &dialogue.messages[dialogue.unheard_by_own().next()?];
            let question = Question {
                reference: reference.clone(),
                message_id: message.id.clone(),
                fingerprint: dialogue.understanding(&message.id)?.fingerprint().into(),
            };
            Some((question, message.words().to_owned()))
        })
    }

    pub fn own_said(&mut self, number: u32, word: Word, now_ms: i64) -> Vec<FromBrain> {
        if number != self.own.number || !self.own.is_running {
            return Vec::new();
        }
        self.own.ticks = 0;
        match word {
            Word::Progress => {}
            Word::Loaded if self.own.state == State::Loading => self.own.state = State::Ready,
            Word::Loaded => {}
            Word::Failed(fault) => self.own_failed(fault, now_ms),
            Word::Scores(scores) => match (self.own.question.take(), self.own.classes(&scores)) {
                (Some(question), Some(classes)) => {
                    if let Some(dialogue) = self.dialogues.get_mut(&question.reference) {
                        dialogue.hear_own(&question.message_id, &question.fingerprint, classes);
                    }
                    self.settle(&question.reference, now_ms);
                }
                (_, None) => self.own_failed(Fault::Changed, now_ms),
                (None, _) => {}
            },
        }
        self.tell(now_ms)
    }

    pub(super) fn tick_own(&mut self, now_ms: i64) {
        let before = self.own.state.clone();
        self.own.tick();
        if self.own.state != before {
            self.settle_all(now_ms);
        }
    }

    /// From here on our model's classes hold, and are told to the server.
    fn own_failed(&mut self, fault: Fault, now_ms: i64) {
        self.own.fail(fault);
        self.settle_all(now_ms);
    }
}

#[cfg(test)]
mod tests;
