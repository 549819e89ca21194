//! Forms of the page (row [2]): the fields as they stand, what could go into them, and what became of it.
//!
//! Nothing here submits or saves (R7). Does not know how a page is read or written, nor how a value is chosen.

use serde::{Deserialize, Serialize};

use crate::conversation::Channel;
use crate::mood::AlertReason;

/// One field of a form, as it stands in the page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FormField {
    /// Unique in the form; the same for as long as the field stands.
    pub key: String,
    /// Empty where the page shows none.
    pub label: String,
    /// Placeholder, description and machine name, one a line; weaker evidence than the label.
    #[serde(default)]
    pub hint: String,
    pub kind: FormFieldKind,
    /// What it holds now: option values of a choice, ISO 8601 of a date that could be read, else the text. Empty: nothing.
    pub values: Vec<String>,
    /// Of choices only; empty where the page shows them no sooner than it is opened.
    #[serde(default)]
    pub options: Vec<FormOption>,
    #[serde(default)]
    pub required: bool,
    /// Read-only or disabled.
    #[serde(default)]
    pub locked: bool,
    /// State, owner, closing, merging, deleting, refunding: what is not easily taken back.
    #[serde(default)]
    pub irreversible: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum FormFieldKind {
    #[default]
    Text,
    LongText,
    Number,
    Date,
    Email,
    Phone,
    Url,
    /// One of its options: select, radio group, combobox.
    Choice,
    /// Any number of its options: multi-select, tags, a group of tick boxes.
    Choices,
    /// One tick box; holds `on` or nothing.
    Tick,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FormOption {
    pub value: String,
    pub text: String,
}

/// What is to be put into one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FillField {
    pub key: String,
    /// What the agent saw there; a field that holds something else by now is left alone.
    pub before: Vec<String>,
    /// In the form of [`FormField::values`].
    pub values: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FillResult {
    pub key: String,
    pub outcome: FillOutcome,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum FillOutcome {
    /// Read back from the page; after an undo: it holds again what it held.
    Filled,
    /// The page did not keep it; the field holds what it held.
    NotKept,
    /// The field has changed since it was shown, and was left alone.
    Changed,
    /// The field is not there any more.
    Gone,
    Locked,
    NoSuchOption,
    /// Changing this field would submit the form.
    WouldSubmit,
}

/// The form of the page: what could be filled in, and what became of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FillView {
    /// In the order of the page.
    pub proposals: Vec<FillProposal>,
    /// The page is being filled, or what was filled is being put back.
    pub busy: bool,
    /// The last fill, for a while.
    pub done: Option<FillDone>,
    /// The page may keep each change at once.
    pub saves_itself: bool,
}

/// A value for one field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FillProposal {
    pub key: String,
    pub label: String,
    /// What the field holds, as a person reads it; empty: nothing.
    pub old: String,
    pub new: String,
    pub source: FillSource,
    /// How sure it is, 0–1.
    pub score: f32,
    /// Whether the agent need only confirm.
    pub ticked: bool,
    /// Why it is not ticked.
    pub caution: Option<FillCaution>,
    /// What became of it when it was last tried, unless it was filled.
    pub refused: Option<FillOutcome>,
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FillSource {
    /// Words of a message.
    Message { message_id: String, words: String },
    /// The class of what the customer wants; `words` are those of the message that carried it.
    Intent { label: String, message_id: String, words: String },
    /// An open alert.
    Alert { reason: AlertReason },
    /// The requester, as the page shows them.
    Requester,
    /// Another conversation of the same customer, which the agent has joined to this one.
    Elsewhere { channel: Channel, words: String },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum FillCaution {
    AlreadyFilled,
    Irreversible,
    Unsure,
}

/// What the last fill did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FillDone {
    pub filled: u32,
    pub refused: u32,
    /// It was taken back; `filled` then counts the fields that hold again what they held.
    pub undone: bool,
}
