//! What could go into the page's form: values found in the conversation, the requester and the class, mapped to fields by
//! label, type and options. Nothing goes in before the agent confirms, and what is irreversible, already filled or not
//! sure is never ticked by itself.
//!
//! Owns the proposals and what became of the last fill. Does not know how a page is written.

mod dates;
mod labels;
mod meanings;
mod options;
mod values;

use std::collections::HashMap;

use domain::form::{
    FillCaution, FillDone, FillField, FillOutcome, FillProposal, FillResult, FillSource, FillView, FormField,
    FormFieldKind,
};
use domain::wire::{ErrorCode, FromBrain, PageCommand};

use self::labels::{Ask, Asked, asked};
pub use self::meanings::OptionMeanings;
use self::meanings::{Known, readable};
use self::values::{Fact, Facts, facts};
use super::dialogue::Dialogue;
use super::{Session, handle};

/// What was filled can be taken back from the overlay for this long.
const DONE_MS: i64 = 60_000;
/// From here on a proposal is ticked, if nothing else speaks against it.
const SURE: f32 = 0.75;
/// Below this nothing is proposed.
const LEAST: f32 = 0.45;

/// A value for one field, with what goes to the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    pub proposal: FillProposal,
    before: Vec<String>,
    values: Vec<String>,
}

/// The form of one page.
#[derive(Default)]
pub struct Form {
    fields: Vec<FormField>,
    /// Names of options that are to be read before they can be compared with what was said.
    unread: Vec<String>,
    saves_itself: bool,
    offers: Vec<Offer>,
    refused: HashMap<String, FillOutcome>,
    /// On its way, and whether back.
    pending: Option<(u32, bool)>,
    /// The last fill that can be taken back.
    undoable: Option<u32>,
    done: Option<(FillDone, i64)>,
}

impl Form {
    /// What is drawn of it; nothing where there is nothing to say.
    pub fn view(&self) -> Option<FillView> {
        let done = self.done.map(|(done, _)| done);
        let proposals: Vec<FillProposal> = self
            .offers
            .iter()
            .map(|offer| FillProposal {
                refused: self.refused.get(&offer.proposal.key).copied(),
                ..offer.proposal.clone()
            })
            .collect();
        let busy = self.pending.is_some();
        (!proposals.is_empty() || done.is_some() || busy).then_some(FillView {
            proposals,
            busy,
            done,
            saves_itself: self.saves_itself,
        })
    }

    fn seek_unread(&mut self, meanings: &OptionMeanings) {
        let fields = self.fields.iter().filter(|field| wants_class(field));
        self.unread = fields.flat_map(|field| meanings.unread(&field.options)).map(str::to_owned).collect();
    }

    pub fn tick(&mut self, now_ms: i64) {
        if self.done.is_some_and(|(_, since_ms)| now_ms - since_ms >= DONE_MS) {
            (self.done, self.undoable) = (None, None);
        }
    }
}

type Failure = (ErrorCode, &'static str);

impl Session {
    pub(super) fn form_seen(&mut self, tab: u32, fields: Vec<FormField>, saves_itself: bool, now_ms: i64) {
        let form = self.tabs.entry(tab).or_default().form.get_or_insert_default();
        form.refused.retain(|key, _| fields.iter().any(|field| field.key == *key));
        (form.fields, form.saves_itself) = (fields, saves_itself);
        if self.option_meanings.is_full() {
            self.option_meanings = OptionMeanings::default();
        }
        for form in self.tabs.values_mut().filter_map(|tab| tab.form.as_mut()) {
            form.seek_unread(&self.option_meanings);
        }
        self.propose(tab, now_ms);
    }

    /// The tab whose form has options with names that are not read yet.
    pub(super) fn with_unread_options(&self) -> Option<u32> {
        let mut tabs = self.tabs.iter();
        tabs.find(|(_, tab)| tab.form.as_ref().is_some_and(|form| !form.unread.is_empty())).map(|(id, _)| *id)
    }

    /// Reads the name of one option.
    pub(super) fn read_option(&mut self, tab: u32, now_ms: i64) {
        let form = self.tabs.get_mut(&tab).and_then(|tab| tab.form.as_mut());
        let (Some(analyser), Some(form)) = (&self.analyser, form) else { return };
        let Some(name) = form.unread.pop() else { return };
        if !self.option_meanings.has(&name) {
            self.option_meanings.keep(name.clone(), analyser.embed(&readable(&name)));
        }
        if form.unread.is_empty() {
            self.propose(tab, now_ms);
        }
    }

    /// Proposals anew, for a form or a conversation that has changed.
    pub(super) fn propose(&mut self, tab: u32, now_ms: i64) {
        let Some(known) = self.tabs.get(&tab) else { return };
        let (Some(form), reference) = (&known.form, known.conversation.as_ref()) else { return };
        let dialogue = reference.and_then(|reference| self.dialogues.get(reference));
        let meanings = self.analyser.as_ref().map(|_| &self.option_meanings);
        let offers = dialogue
            .map(|dialogue| offers(dialogue, &self.joined(&dialogue.reference), &form.fields, meanings, now_ms));
        let offers = offers.unwrap_or_default();
        if let Some(form) = self.tabs.get_mut(&tab).and_then(|tab| tab.form.as_mut()) {
            form.offers = offers;
        }
    }

    pub(super) fn fill(&mut self, tab: u32, keys: &[String]) -> Result<FromBrain, Failure> {
        let conversation_id = self.dialogue_of(tab)?.conversation.id.clone();
        let fill_id = self.next_fill();
        let gone = (ErrorCode::NoSuchSuggestion, "this is not proposed any more");
        let form = self.tabs.get_mut(&tab).and_then(|tab| tab.form.as_mut()).ok_or(gone)?;
        let wanted = form.offers.iter().filter(|offer| keys.contains(&offer.proposal.key));
        let fields: Vec<FillField> = wanted
            .map(|offer| FillField {
                key: offer.proposal.key.clone(),
                before: offer.before.clone(),
                values: offer.values.clone(),
            })
            .collect();
        if fields.is_empty() || form.pending.is_some() {
            return Err(gone);
        }
        form.pending = Some((fill_id, false));
        form.done = None;
        Ok(handle::to_page(tab, PageCommand::Fill { fill_id, conversation_id, fields }))
    }

    pub(super) fn undo_fill(&mut self, tab: u32) -> Result<FromBrain, Failure> {
        let nothing = (ErrorCode::NoSuchSuggestion, "there is nothing to take back");
        let form = self.tabs.get_mut(&tab).and_then(|tab| tab.form.as_mut()).ok_or(nothing)?;
        if form.pending.is_some() {
            return Err(nothing);
        }
        let fill_id = form.undoable.take().ok_or(nothing)?;
        form.pending = Some((fill_id, true));
        Ok(handle::to_page(tab, PageCommand::UndoFill { fill_id }))
    }

    pub(super) fn filled(&mut self, tab: u32, fill_id: u32, results: Vec<FillResult>, undone: bool, now_ms: i64) {
        let Some(form) = self.tabs.get_mut(&tab).and_then(|tab| tab.form.as_mut()) else { return };
        if form.pending != Some((fill_id, undone)) {
            return;
        }
        form.pending = None;
        let filled = results.iter().filter(|result| result.outcome == FillOutcome::Filled).count() as u32;
        let refused = results.len() as u32 - filled;
        form.undoable = (!undone && filled > 0).then_some(fill_id);
        form.done = Some((FillDone { filled, refused, undone }, now_ms));
        for FillResult { key, outcome } in results {
            match outcome {
                FillOutcome::Filled => form.refused.remove(&key),
                outcome => form.refused.insert(key, outcome),
            };
        }
    }

    fn next_fill(&mut self) -> u32 {
        self.next_insert += 1;
        self.next_insert
    }
}

/// What goes where, in the order of the page. `joined` are the customer's other conversations; `meanings` of options, where there is
/// a model that reads them.
pub fn offers(
    dialogue: &Dialogue,
    joined: &[&Dialogue],
    fields: &[FormField],
    meanings: Option<&OptionMeanings>,
    now_ms: i64,
) -> Vec<Offer> {
    let facts = facts(dialogue, joined, now_ms);
    let open = fields.iter().filter(|field| !field.locked);
    open.filter_map(|field| offer(field, asked(field)?, &facts, meanings)).collect()
}

/// A value as it would stand in a field.
struct Choice {
    values: Vec<String>,
    text: String,
    source: FillSource,
    score: f32,
}

fn offer(field: &FormField, asked: Asked, facts: &Facts, meanings: Option<&OptionMeanings>) -> Option<Offer> {
    let choice = match asked.ask {
        Ask::Category | Ask::Tags | Ask::Route => class(field, facts, meanings)?,
        Ask::Priority => priority(field, facts)?,
        _ => value(field, asked, facts)?,
    };
    let score = choice.score * asked.sure;
    if score < LEAST || same(field, &choice) {
        return None;
    }
    let caution = if field.irreversible || asked.ask == Ask::Route {
        Some(FillCaution::Irreversible)
    } else if !field.values.is_empty() {
        Some(FillCaution::AlreadyFilled)
    } else {
        (score < SURE).then_some(FillCaution::Unsure)
    };
    let proposal = FillProposal {
        key: field.key.clone(),
        label: if field.label.trim().is_empty() {
            field.hint.lines().next().unwrap_or_default().into()
        } else {
            field.label.clone()
        },
        old: shown(field),
        new: choice.text,
        source: choice.source,
        score,
        ticked: caution.is_none(),
        caution,
        refused: None,
    };
    Some(Offer { proposal, before: field.values.clone(), values: choice.values })
}

/// What the field holds, as a person reads it.
fn shown(field: &FormField) -> String {
    let text = |value: &String| {
        let option = field.options.iter().find(|option| option.value == *value);
        option.map_or_else(|| value.clone(), |option| option.text.clone())
    };
    field.values.iter().map(text).collect::<Vec<_>>().join(", ")
}

/// Whether the field holds it already, written in one way or another.
fn same(field: &FormField, choice: &Choice) -> bool {
    if field.values == choice.values {
        return true;
    }
    let ([held], [wanted]) = (field.values.as_slice(), choice.values.as_slice()) else { return false };
    let bare = |text: &str| labels::fold(text).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let number = |text: &str| text.replace(',', "").parse::<f64>().ok();
    bare(held) == bare(wanted) || number(held).is_some_and(|held| number(wanted) == Some(held))
}

/// Whether a field is a choice among categories, tags or queues.
fn wants_class(field: &FormField) -> bool {
    let is_choice = matches!(field.kind, FormFieldKind::Choice | FormFieldKind::Choices);
    is_choice && asked(field).is_some_and(|asked| matches!(asked.ask, Ask::Category | Ask::Tags | Ask::Route))
}

/// Categories, tags and queues: the option that is meant; where names cannot be compared, the one that is named like the class.
fn class(field: &FormField, facts: &Facts, meanings: Option<&OptionMeanings>) -> Option<Choice> {
    if !matches!(field.kind, FormFieldKind::Choice | FormFieldKind::Choices) {
        return None;
    }
    let demand = facts.demand.as_ref()?;
    let known = meanings.filter(|_| !demand.meanings.is_empty()).map(|meanings| meanings.of(&field.options));
    let (option, score) = match known {
        Some(Known::Read(names)) => options::chosen(demand, &field.options, &names)?,
        Some(Known::Unread) => return None,
        Some(Known::TooMany) | None => options::named(demand, &field.options)?,
    };
    let mut values = if field.kind == FormFieldKind::Choices { field.values.clone() } else { Vec::new() };
    if !values.contains(&option.value) {
        values.push(option.value.clone());
    }
    let (message_id, words) = (demand.message_id.clone(), demand.words.clone());
    let source = match options::is_named_like(&option.text, demand) {
        true => FillSource::Intent { label: demand.label.clone(), message_id, words },
        false => FillSource::Message { message_id, words },
    };
    Some(Choice { values, text: option.text.clone(), source, score })
}

/// Only ever raised: by an open alert, by a class that cannot wait, by the customer's own word.
fn priority(field: &FormField, facts: &Facts) -> Option<Choice> {
    if field.kind != FormFieldKind::Choice {
        return None;
    }
    let urgency = facts.urgency.as_ref()?;
    let option = options::for_urgency(urgency.level, &field.options)?;
    let held = field.options.iter().find(|option| field.values.contains(&option.value));
    let raises = held
        .and_then(|held| options::urgency(&held.text))
        .is_none_or(|held| options::urgency(&option.text).is_some_and(|wanted| wanted > held));
    raises.then(|| Choice {
        values: vec![option.value.clone()],
        text: option.text.clone(),
        source: urgency.source.clone(),
        score: urgency.score,
    })
}

/// The newest value of the kind that is asked for.
fn value(field: &FormField, asked: Asked, facts: &Facts) -> Option<Choice> {
    let (fact, score) = facts.best(asked)?;
    let fits = |fact: &Fact| -> Option<(Vec<String>, String, f32)> {
        match field.kind {
            FormFieldKind::Choice => {
                let ways = std::iter::once(fact.value.as_str());
                let ways = ways.chain(options::currency_names(&fact.value).iter().copied());
                let (option, sure) = ways.filter_map(|way| options::for_value(way, &field.options)).next()?;
                Some((vec![option.value.clone()], option.text.clone(), sure))
            }
            FormFieldKind::Choices | FormFieldKind::Tick => None,
            FormFieldKind::Number => {
                let plain = fact.value.replace(',', "");
                plain.parse::<f64>().ok().filter(|_| !plain.starts_with('+'))?;
                Some((vec![plain.clone()], plain, 1.0))
            }
            FormFieldKind::Date => {
                (asked.ask == Ask::Date).then(|| (vec![fact.value.clone()], fact.value.clone(), 1.0))
            }
            FormFieldKind::Email => {
                (asked.ask == Ask::Email).then(|| (vec![fact.value.clone()], fact.value.clone(), 1.0))
            }
            FormFieldKind::Phone => {
                (asked.ask == Ask::Phone).then(|| (vec![fact.value.clone()], fact.value.clone(), 1.0))
            }
            FormFieldKind::Url => (asked.ask == Ask::Url).then(|| (vec![fact.value.clone()], fact.value.clone(), 1.0)),
            FormFieldKind::LongText => {
                (asked.ask == Ask::Address).then(|| (vec![fact.value.clone()], fact.value.clone(), 1.0))
            }
            // How this field writes its dates is not known.
            FormFieldKind::Text => {
                let sure = if asked.ask == Ask::Date { 0.85 } else { 1.0 };
                Some((vec![fact.value.clone()], fact.value.clone(), sure))
            }
        }
    };
    let (values, text, sure) = fits(fact)?;
    Some(Choice { values, text, source: fact.source.clone(), score: score * sure })
}

#[cfg(test)]
mod tests;
