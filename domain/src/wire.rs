//! Messages between page, overlay and brain. One enum per direction, serde-tagged; new fields are optional.
//!
//! Routes: page and overlay each hold a Port to the broker, the broker one channel to the brain's Worker.
//! The broker wraps what it receives in a [`Request`] with an id and the tab it came from; the brain gives exactly one
//! [`Answer`] to each, and sends [`Told`] of its own accord. Only [`Layout`] is passed between overlay and page by
//! the broker alone, so that the pill can be moved while the brain is gone.

mod glass_box;
mod scene;

use serde::{Deserialize, Serialize};

use crate::conversation::{Conversation, Message};
use crate::form::{FillField, FillResult, FormField};
use crate::locator::SiteLocator;

pub use glass_box::{CorrectionRecord, Inspection, Proposal, ProposalState, Timing};
pub use scene::{
    AlertView, CareView, ConversationView, EngineState, IntentView, LabelView, MoodPoint, MoodView, Notice,
    OwnModelState, OwnModelView, PauseView, RestPromptView, Scene, SyncState,
};

/// Interface language; independent of the message's language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Locale {
    #[default]
    En,
    Zh,
}

/// Broker to brain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Request {
    pub id: u32,
    /// The browser tab (or widget frame) it concerns; 0 for none.
    pub tab: u32,
    pub body: RequestBody,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "from", content = "message", rename_all = "snake_case")]
pub enum RequestBody {
    Page(PageEvent),
    Overlay(Command),
    /// Popup and glass box.
    Panel(Query),
    /// The tab is gone.
    Closed,
}

/// Brain to broker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FromBrain {
    /// The first thing the worker says; the model may still be loading.
    Ready {
        version: String,
    },
    Answer(Answer),
    Told(Told),
}

/// The one answer to a [`Request`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Answer {
    pub id: u32,
    pub result: AnswerResult,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum AnswerResult {
    Done,
    Inspection(Box<Inspection>),
    Error { code: ErrorCode, detail: String },
}

/// What can go wrong across the boundary; `detail` never holds customer text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    UnknownMessage,
    NoConversation,
    NoSuchSuggestion,
    NoSuchMessage,
    /// No server is connected, so there is no team to share with.
    NoServer,
    /// What is to be shared is not of the form that may leave.
    NotShareable,
    EngineUnavailable,
    ModelCorrupt,
    StorageUnavailable,
    Internal,
}

/// Brain to one tab, unasked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Told {
    pub tab: u32,
    pub body: ToldBody,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "to", content = "message", rename_all = "snake_case")]
pub enum ToldBody {
    Page(PageCommand),
    Overlay(Box<Scene>),
}

/// Content script to brain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum PageEvent {
    /// On connect. `locale` is the browser's.
    Hello { site: String, url: String, locale: Locale },
    /// Messages that are new or changed, oldest first; all that are visible after (re)connecting.
    ConversationSeen {
        conversation: Box<Conversation>,
        messages: Vec<Message>,
        /// Ids of messages that were there and are gone (deleted by their author).
        #[serde(default)]
        removed: Vec<String>,
        reply_box: ReplyBox,
    },
    /// The page shows no conversation any more.
    ConversationLeft,
    /// Key presses since the last report, counted only (R4). `typing`: within the last two seconds.
    Activity { key_presses: u32, elapsed_ms: u32, visible: bool, typing: bool },
    /// What became of [`PageCommand::Insert`].
    InsertFinished { insert_id: u32, outcome: InsertOutcome },
    /// The fields of the ticket form around the conversation, in the order of the page; none: there is no form.
    FormSeen {
        fields: Vec<FormField>,
        /// No save button stands near: the page may keep each change at once.
        #[serde(default)]
        saves_itself: bool,
    },
    /// What became of [`PageCommand::Fill`], or with `undone` of [`PageCommand::UndoFill`].
    FillFinished {
        fill_id: u32,
        results: Vec<FillResult>,
        #[serde(default)]
        undone: bool,
    },
    /// The agent offers to the team what they have just taught of this site.
    LocatorProposed { locator: Box<SiteLocator> },
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ReplyBox {
    Open,
    /// On this page, behind a tab or a fold.
    Hidden,
    /// On another page of the helpdesk.
    Elsewhere,
    #[default]
    None,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum InsertOutcome {
    Inserted,
    /// Insertion could not be verified; the text is on the clipboard.
    Copied,
    /// Insertion could not be verified, and the clipboard refused the text.
    NotCopied,
    /// A public and a private box are open and it is unclear which is which.
    NeedsChoice,
    NoReplyBox,
    NoteBoxOnly,
    /// The page shows another conversation than the one that the answer is for; nothing was written.
    OtherConversation,
}

/// Brain to content script.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum PageCommand {
    /// Put exactly this text into the public reply box, if the page still shows this conversation; never send (R7).
    Insert { insert_id: u32, conversation_id: String, text: String },
    /// Reveal the reply form.
    OpenReplyForm,
    /// Put these values into the form, as long as the page shows this conversation; never submit or save it (R7).
    Fill { fill_id: u32, conversation_id: String, fields: Vec<FillField> },
    /// Put back what the fields of that fill held.
    UndoFill { fill_id: u32 },
    /// How the team reads the page's site; said after [`PageEvent::Hello`] and whenever it changes, as far as it is known.
    TeamTaught {
        /// There is a team to propose to.
        connected: bool,
        /// Approved by a supervisor, the newest decision first.
        locators: Vec<SiteLocator>,
    },
}

/// Overlay to brain: what the agent asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Command {
    /// The overlay is there and wants a scene.
    Hello,
    Insert {
        suggestion_id: String,
    },
    /// One-click correction of the class of the newest demand (R14).
    CorrectIntent {
        message_id: String,
        label: String,
    },
    /// The same with a class of the team's own, by its name; it is made if it is not there.
    NameIntent {
        message_id: String,
        name: String,
    },
    UndoCorrection {
        message_id: String,
    },
    /// Gives a label of the team's own another name.
    RenameLabel {
        label: String,
        name: String,
    },
    /// Forgets a label of the team's own with all that was learned of it; messages that had it have the model's class again.
    DeleteLabel {
        label: String,
    },
    OpenReplyForm,
    /// Put what is proposed into these fields.
    Fill {
        keys: Vec<String>,
    },
    /// Put back what the fields of the last fill held.
    UndoFill,
    /// The other conversation is the same customer's: show both as one timeline.
    JoinTimeline {
        other: String,
    },
    /// It is another customer's, or is to be separate again.
    KeepApart {
        other: String,
    },
    /// Not now; the question comes again.
    AskLater {
        other: String,
    },
    /// 5 by default, up to 15; no reason asked (W1).
    Pause {
        minutes: u32,
    },
    EndPause,
    SnoozeRest,
    DismissShield,
    /// This message is no abuse; kept on this device alone.
    DenyAbuse {
        message_id: String,
    },
    UndoDenyAbuse {
        message_id: String,
    },
    /// Cards after abusive messages on or off (R6).
    SetShield {
        on: bool,
    },
    DismissNotice,
    /// Rest prompts on or off (R6).
    SetRestPrompts {
        on: bool,
    },
    SetLocale {
        locale: Locale,
    },
    RestartEngine,
}

/// Overlay to page, through the broker, never to the brain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Layout {
    /// The overlay's content now needs this many CSS pixels.
    Resize {
        width_px: u32,
        height_px: u32,
        open: bool,
    },
    /// The agent drags the overlay by its handle.
    DragStart,
    DragBy {
        dx_px: i32,
        dy_px: i32,
    },
    DragEnd,
    /// Puts the keyboard focus back into the page.
    ReturnFocus,
    /// The agent wants to show how this page is to be read.
    Teach,
}

/// Popup and glass box to brain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Query {
    /// What is read on this tab, what waits to leave and what has left.
    Inspect,
    SetLocale {
        locale: Locale,
    },
    SetRestPrompts {
        on: bool,
    },
    Pause {
        minutes: u32,
    },
    EndPause,
    /// Where to send events; an empty token switches sending off.
    Connect {
        server_url: String,
        device_token: String,
    },
    /// Whether the redacted words of corrections are kept for an export; off, those that were kept are forgotten.
    KeepWords {
        on: bool,
    },
    /// Offers to the team what was taught of a site.
    ProposeLocator {
        locator: Box<SiteLocator>,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wire_forms_are_stable() {
        let check = |value: String, expected: &str| assert_eq!(value, expected);
        let request = Request { id: 7, tab: 3, body: RequestBody::Overlay(Command::Pause { minutes: 5 }) };
        check(
            serde_json::to_string(&request).unwrap(),
            r#"{"id":7,"tab":3,"body":{"from":"overlay","message":{"type":"pause","minutes":5}}}"#,
        );
        let told = FromBrain::Told(Told { tab: 3, body: ToldBody::Page(PageCommand::OpenReplyForm) });
        check(
            serde_json::to_string(&told).unwrap(),
            r#"{"type":"told","tab":3,"body":{"to":"page","message":{"type":"open_reply_form"}}}"#,
        );
        let answer = FromBrain::Answer(Answer {
            id: 7,
            result: AnswerResult::Error { code: ErrorCode::NoConversation, detail: String::new() },
        });
        check(
            serde_json::to_string(&answer).unwrap(),
            r#"{"type":"answer","id":7,"result":{"type":"error","code":"no_conversation","detail":""}}"#,
        );
        let closed: RequestBody = serde_json::from_str(r#"{"from":"closed"}"#).unwrap();
        assert_eq!(closed, RequestBody::Closed);
    }
}
