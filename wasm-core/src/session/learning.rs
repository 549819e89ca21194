//! What this device learns from its agent: corrections become examples, and a team's own labels need no more than that.
//!
//! Of an example the label and the features are kept, on the device only; its words are not, unless the agent keeps them
//! (redacted) for an export. Features belong to one model:
//! those of another are forgotten when the engine starts. Examples that the team shares are texts of the supervisor's; they
//! are learned from one by one while nothing else waits.

use std::collections::{BTreeMap, VecDeque};

use domain::wire::{CorrectionRecord, ErrorCode, FromBrain, LabelView};
use domain::{Lang, intent};
use serde::{Deserialize, Serialize};

use super::handle::Failure;
use super::{Session, Stored, identity};
use crate::learn::{Features, Learner};
use crate::redact::redact;

/// What the key of an example begins with that the team shares.
const SHARED: &str = "team ";
/// So many examples of the team's are solved at once.
const STUDIED_AT_ONCE: usize = 20;
const MOST_LABELS: usize = 200;
const MOST_NAME_CHARS: usize = 60;

/// A class of the team's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamLabel {
    /// Made of the name, so that it is the same on every device.
    pub id: String,
    pub name: String,
}

/// One example as the store keeps it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExampleRecord {
    /// Conversation and message.
    pub key: String,
    pub label: String,
    /// Version of the model that gave the features.
    pub model: String,
    pub features: Features,
    /// Redacted, where the agent keeps them for an export.
    #[serde(default)]
    pub words: Option<Words>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    pub text: String,
    pub lang: Lang,
}

#[derive(Debug, Default)]
pub struct Learning {
    pub learner: Learner,
    /// In the order of their names.
    labels: Vec<TeamLabel>,
    /// Of the team's list.
    shared: Vec<TeamLabel>,
    /// Key, label and text of what is still to be learned from.
    to_study: VecDeque<(String, String, String)>,
    studied: Vec<(String, String, Features)>,
    /// Examples whose words are kept, by key.
    worded: BTreeMap<String, ExampleRecord>,
    /// From the store, until the engine is there.
    restored: Vec<ExampleRecord>,
    /// Counts changes, so that verdicts are asked for again.
    pub state: u32,
}

impl Learning {
    pub fn knows(&self, id: &str) -> bool {
        self.labels.iter().chain(&self.shared).any(|label| label.id == id)
    }

    pub fn is_studying(&self) -> bool {
        !self.to_study.is_empty() || !self.studied.is_empty()
    }

    pub fn views(&self) -> Vec<LabelView> {
        let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
        self.learner.labels().for_each(|label| *counts.entry(label).or_default() += 1);
        let view = |label: &TeamLabel| LabelView {
            id: label.id.clone(),
            name: label.name.clone(),
            examples: counts.get(label.id.as_str()).copied().unwrap_or(0),
            shared: self.shared.contains(label),
        };
        let own = self.labels.iter().filter(|label| self.shared.iter().all(|shared| shared.id != label.id));
        let mut views: Vec<LabelView> = own.chain(&self.shared).map(view).collect();
        views.sort_by(|a, b| a.name.cmp(&b.name));
        views
    }

    /// What an export would hold.
    pub fn corrections(&self) -> Vec<CorrectionRecord> {
        let correction = |example: &ExampleRecord| {
            let Words { text, lang } = example.words.clone()?;
            let name = self.labels.iter().chain(&self.shared).find(|label| label.id == example.label);
            Some(CorrectionRecord {
                text,
                lang,
                label: example.label.clone(),
                name: name.map(|label| label.name.clone()),
                model: example.model.clone(),
            })
        };
        self.worded.values().filter_map(correction).collect()
    }

    /// The id of the label with this name, and whether it is new.
    fn name(&mut self, name: &str) -> Result<(String, bool), Failure> {
        let name = checked(name)?;
        if let Some(known) = self.named(&name) {
            return Ok((known.id.clone(), false));
        }
        if self.labels.len() >= MOST_LABELS {
            return Err((ErrorCode::UnknownMessage, "there are 200 labels already"));
        }
        // A renamed label keeps the id of its first name.
        let id = (0..).map(|nth| id_of(&name, nth)).find(|id| !self.knows(id)).unwrap_or_default();
        self.labels.push(TeamLabel { id: id.clone(), name });
        self.sort();
        Ok((id, true))
    }

    fn rename(&mut self, id: &str, name: &str) -> Result<(), Failure> {
        let name = checked(name)?;
        if self.named(&name).is_some_and(|other| other.id != id) {
            return Err((ErrorCode::UnknownMessage, "another label has this name"));
        }
        let label = self.labels.iter_mut().find(|label| label.id == id).ok_or(NO_LABEL)?;
        label.name = name;
        self.sort();
        Ok(())
    }

    /// Upper and lower case are the same.
    fn named(&self, name: &str) -> Option<&TeamLabel> {
        self.shared.iter().chain(&self.labels).find(|label| label.name.to_lowercase() == name.to_lowercase())
    }

    fn sort(&mut self) {
        self.labels.sort_by(|a, b| a.name.cmp(&b.name));
    }
}

/// The same on every device of the team; `nth` where that one is another's already.
pub(super) fn id_of(name: &str, nth: usize) -> String {
    let (name, nth_text) = (name.to_lowercase(), nth.to_string());
    let parts = ["label", &name, &nth_text];
    format!("{}{}", intent::OWN_PREFIX, identity::fingerprint(if nth == 0 { &parts[..2] } else { &parts }))
}

const NO_LABEL: Failure = (ErrorCode::UnknownMessage, "no such label");

fn checked(name: &str) -> Result<String, Failure> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    match name.chars().count() {
        1..=MOST_NAME_CHARS => Ok(name),
        _ => Err((ErrorCode::UnknownMessage, "a label's name has 1 to 60 characters")),
    }
}

impl Session {
    /// Puts back what the store held. Call before the first request; the engine may be there already.
    pub fn restore_learning(&mut self, labels: Vec<TeamLabel>, examples: Vec<ExampleRecord>) {
        self.learning.labels = labels;
        self.learning.restored = examples;
        self.learn_restored();
    }

    /// Once the engine is there: examples of its model count, others are forgotten.
    pub(super) fn learn_restored(&mut self) {
        let Some(analyser) = &self.analyser else { return };
        let restored = std::mem::take(&mut self.learning.restored);
        let (own, others): (Vec<_>, Vec<_>) =
            restored.into_iter().partition(|example| example.model == analyser.version());
        self.stored.extend(others.into_iter().map(|example| Stored::Example { key: example.key, example: None }));
        if !own.is_empty() {
            let worded = own.iter().filter(|example| example.words.is_some());
            self.learning.worded = worded.map(|example| (example.key.clone(), example.clone())).collect();
            let examples = own.into_iter().map(|example| (example.key, example.label, example.features));
            self.learning.learner.learn(examples);
            self.learning.state += 1;
        }
    }

    /// The id of the team's label with this name.
    pub(super) fn label_named(&mut self, name: &str) -> Result<String, Failure> {
        let (id, is_new) = self.learning.name(name)?;
        if is_new {
            self.stored.push(Stored::Labels(self.learning.labels.clone()));
        }
        Ok(id)
    }

    pub(super) fn rename_label(&mut self, id: &str, name: &str) -> Result<(), Failure> {
        self.learning.rename(id, name)?;
        self.stored.push(Stored::Labels(self.learning.labels.clone()));
        Ok(())
    }

    pub(super) fn delete_label(&mut self, id: &str, now_ms: i64) -> Result<(), Failure> {
        if self.learning.labels.iter().all(|label| label.id != id) {
            return Err(NO_LABEL);
        }
        self.learning.labels.retain(|label| label.id != id);
        self.stored.push(Stored::Labels(self.learning.labels.clone()));
        let forgotten = self.learning.learner.keys_of(id);
        self.stored.extend(forgotten.into_iter().map(|key| Stored::Example { key, example: None }));
        self.learning.worded.retain(|_, example| example.label != id);
        self.learning.learner.unlearn(|_, label| label == id);
        self.learning.state += 1;
        for (reference, corrections) in &mut self.corrections {
            let given = corrections.extract_if(|_, label| label == id).map(|(message_id, _)| message_id);
            for message_id in given {
                if let Some(dialogue) = self.dialogues.get_mut(reference) {
                    dialogue.corrections.remove(&message_id);
                }
                let reference = reference.clone();
                self.stored.push(Stored::Correction { reference, message_id, label: None });
            }
        }
        self.settle_shown(now_ms);
        Ok(())
    }

    /// The team's list may be another: what is gone from it is forgotten, what is new is to be learned. So may its model.
    pub(super) fn take_shared_labels(&mut self, now_ms: i64) {
        self.take_own_model(now_ms);
        let examples: Vec<(String, String, String)> = self
            .team
            .labels()
            .iter()
            .flat_map(|shared| shared.examples.iter().map(move |text| (shared, text)))
            .map(|(shared, text)| {
                let label = id_of(&shared.label, 0);
                (format!("{SHARED}{}", identity::fingerprint(&[&label, text])), label, text.clone())
            })
            .collect();
        let learning = &mut self.learning;
        let label = |name: &String| TeamLabel { id: id_of(name, 0), name: name.clone() };
        learning.shared = self.team.labels().iter().map(|shared| label(&shared.label)).collect();
        for label in self.own.labels() {
            if learning.shared.iter().all(|shared| shared.id != label.id) {
                learning.shared.push(label);
            }
        }
        let is_listed = |key: &str| examples.iter().any(|(listed, ..)| listed == key);
        learning.studied.retain(|(key, ..)| is_listed(key));
        let forgot = learning.learner.unlearn(|key, _| key.starts_with(SHARED) && !is_listed(key));
        let known =
            |key: &str| learning.learner.has(key) || learning.studied.iter().any(|(studied, ..)| studied == key);
        learning.to_study = examples.iter().filter(|(key, ..)| !known(key)).cloned().collect();
        if forgot {
            learning.state += 1;
            self.settle_shown(now_ms);
        }
    }

    /// Learns from one example of the team's; nothing where the engine is not there yet.
    pub(super) fn study(&mut self, now_ms: i64) -> Vec<FromBrain> {
        let Some(analyser) = &self.analyser else { return Vec::new() };
        let learning = &mut self.learning;
        if let Some((key, label, text)) = learning.to_study.pop_front() {
            learning.studied.extend(analyser.features(&text).map(|features| (key, label, features)));
        }
        if learning.to_study.is_empty() || learning.studied.len() >= STUDIED_AT_ONCE {
            learning.learner.learn(std::mem::take(&mut learning.studied));
            learning.state += 1;
            self.settle_shown(now_ms);
        }
        self.tell(now_ms)
    }

    /// A message was given this class by the agent, or with `None` their word was taken back.
    pub(super) fn learn_from(&mut self, reference: &str, message_id: &str, label: Option<&str>) {
        let key = format!("{reference} {message_id}");
        let features = label.and_then(|_| self.features_of(reference, message_id));
        self.learning.worded.remove(&key);
        match (label, features) {
            (Some(label), Some((model, features))) => {
                self.learning.learner.learn([(key.clone(), label.to_owned(), features.clone())]);
                let words = self.words_of(reference, message_id);
                let example = ExampleRecord { key: key.clone(), label: label.into(), model, features, words };
                if example.words.is_some() {
                    self.learning.worded.insert(key.clone(), example.clone());
                }
                self.stored.push(Stored::Example { key, example: Some(Box::new(example)) });
            }
            _ if self.learning.learner.unlearn(|known, _| known == key) => {
                self.stored.push(Stored::Example { key, example: None });
            }
            _ => return,
        }
        self.learning.state += 1;
    }

    /// The redacted words of a message, where the agent keeps them.
    fn words_of(&self, reference: &str, message_id: &str) -> Option<Words> {
        let dialogue = self.dialogues.get(reference).filter(|_| self.settings.keeps_words)?;
        let requester = &dialogue.conversation.requester;
        let authors = dialogue.messages.iter().filter_map(|message| message.author_name.as_deref());
        let own = [&requester.name, &requester.handle, &dialogue.conversation.agent_name].into_iter().flatten();
        let names: Vec<&str> = own.map(String::as_str).chain(authors).collect();
        let lang = dialogue.understanding(message_id)?.analysis.lang;
        Some(Words { text: redact(dialogue.message(message_id)?.words(), &names), lang })
    }

    /// Keeps the examples and forgets their words.
    pub(super) fn forget_words(&mut self) {
        for (key, example) in std::mem::take(&mut self.learning.worded) {
            let example = Box::new(ExampleRecord { words: None, ..example });
            self.stored.push(Stored::Example { key, example: Some(example) });
        }
    }

    /// What a message is to be learned from by, with the model's version; nothing is learned from a dialogue act.
    fn features_of(&self, reference: &str, message_id: &str) -> Option<(String, Features)> {
        let (analyser, dialogue) = (self.analyser.as_ref()?, self.dialogues.get(reference)?);
        if dialogue.understanding(message_id)?.analysis.act.is_some() {
            return None;
        }
        let known = dialogue.features(message_id).cloned();
        let features = known.or_else(|| analyser.features(dialogue.message(message_id)?.words()))?;
        Some((analyser.version().to_owned(), features))
    }
}

#[cfg(test)]
mod tests;
