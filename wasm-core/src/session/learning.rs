//! What this device learns from its agent: corrections become examples, and a team's own labels need no more than that.
//!
//! Of an example the label and the features are kept, on the device only; its words are not. Features belong to one model:
//! those of another are forgotten when the engine starts.

use std::collections::BTreeMap;

use domain::intent;
use domain::wire::{ErrorCode, LabelView};
use serde::{Deserialize, Serialize};

use super::handle::Failure;
use super::{Session, Stored, identity};
use crate::learn::{Features, Learner};

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
}

#[derive(Debug, Default)]
pub struct Learning {
    pub learner: Learner,
    /// In the order of their names.
    labels: Vec<TeamLabel>,
    /// From the store, until the engine is there.
    restored: Vec<ExampleRecord>,
    /// Counts changes, so that verdicts are asked for again.
    pub state: u32,
}

impl Learning {
    pub fn knows(&self, id: &str) -> bool {
        self.labels.iter().any(|label| label.id == id)
    }

    pub fn views(&self) -> Vec<LabelView> {
        let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
        self.learner.labels().for_each(|label| *counts.entry(label).or_default() += 1);
        let view = |label: &TeamLabel| LabelView {
            id: label.id.clone(),
            name: label.name.clone(),
            examples: counts.get(label.id.as_str()).copied().unwrap_or(0),
        };
        self.labels.iter().map(view).collect()
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
        let key = name.to_lowercase();
        let id = |nth: usize| {
            let salt = if nth == 0 { String::new() } else { nth.to_string() };
            format!("{}{}", intent::OWN_PREFIX, identity::fingerprint(&["label", &key, &salt][..2 + nth.min(1)]))
        };
        // A renamed label keeps the id of its first name.
        let id = (0..).map(id).find(|id| !self.knows(id)).unwrap_or_default();
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
        self.labels.iter().find(|label| label.name.to_lowercase() == name.to_lowercase())
    }

    fn sort(&mut self) {
        self.labels.sort_by(|a, b| a.name.cmp(&b.name));
    }
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
    /// Puts back what the store held. Call before the first request.
    pub fn restore_learning(&mut self, labels: Vec<TeamLabel>, examples: Vec<ExampleRecord>) {
        self.learning.labels = labels;
        self.learning.restored = examples;
    }

    /// The engine is there: examples of its model count, others are forgotten.
    pub(super) fn learn_restored(&mut self) {
        let Some(analyser) = &self.analyser else { return };
        let restored = std::mem::take(&mut self.learning.restored);
        let (own, others): (Vec<_>, Vec<_>) =
            restored.into_iter().partition(|example| example.model == analyser.version());
        self.stored.extend(others.into_iter().map(|example| Stored::Example { key: example.key, example: None }));
        if !own.is_empty() {
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
        if !self.learning.knows(id) {
            return Err(NO_LABEL);
        }
        self.learning.labels.retain(|label| label.id != id);
        self.stored.push(Stored::Labels(self.learning.labels.clone()));
        let forgotten = self.learning.learner.keys_of(id);
        self.stored.extend(forgotten.into_iter().map(|key| Stored::Example { key, example: None }));
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

    /// A message was given this class by the agent, or with `None` their word was taken back.
    pub(super) fn learn_from(&mut self, reference: &str, message_id: &str, label: Option<&str>) {
        let key = format!("{reference} {message_id}");
        let features = label.and_then(|_| self.features_of(reference, message_id));
        match (label, features) {
            (Some(label), Some((model, features))) => {
                self.learning.learner.learn([(key.clone(), label.to_owned(), features.clone())]);
                let example = ExampleRecord { key: key.clone(), label: label.into(), model, features };
                self.stored.push(Stored::Example { key, example: Some(Box::new(example)) });
            }
            _ if self.learning.learner.unlearn(|known, _| known == key) => {
                self.stored.push(Stored::Example { key, example: None });
            }
            _ => return,
        }
        self.learning.state += 1;
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
