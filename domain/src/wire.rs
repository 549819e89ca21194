//! Messages between page, overlay and brain. One enum per direction, serde-tagged; new fields are optional.
//!
//! Routes: page and overlay each hold a Port to the broker, the broker one channel to the brain's Worker.
//! The broker wraps what it receives in a [`Request`] with an id and the tab it came from; the brain gives exactly one
//! [`Answer`] to each, and sends [`Told`] of its own accord. Only [`Layout`] is passed between overlay and page by
//! the broker alone, so that the pill can be moved while the brain is gone.

use serde::{Deserialize, Serialize};

use crate::abuse::{AbuseKind, AbuseView, ShieldView};
use crate::analysis::{Danger, Field, Lang, Scored, Tier};
use crate::conversation::{Channel, Conversation, Message};
use crate::form::{FillField, FillResult, FillView, FormField};
use crate::locator::{LocatorState, SiteLocator};
use crate::mood::{AlertReason, MoodTrend, MoodWord};
use crate::own_model::Fault;
use crate::suggestion::Suggestion;
use crate::timeline::TimelineView;

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
}

/// Brain to content script.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum PageCommand {
    /// Put exactly this text into the public reply box; never send (R7).
    Insert { insert_id: u32, text: String },
    /// Reveal the reply form.
    OpenReplyForm,
    /// Put these values into the form; never submit or save it (R7).
    Fill { fill_id: u32, fields: Vec<FillField> },
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

/// The glass box (R13): every byte that leaves, and what was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Inspection {
    pub scene: Scene,
    pub conversation: Option<Conversation>,
    pub messages: Vec<Message>,
    /// Requests that have not been accepted by the server yet, as they will be sent.
    pub waiting: Vec<crate::sync::Event>,
    /// The newest events that were accepted, newest first, at most 50.
    pub sent: Vec<crate::sync::Event>,
    pub server_url: Option<String>,
    /// What was proposed to the team, as it is sent, the newest first.
    pub proposals: Vec<Proposal>,
    pub keeps_words: bool,
    /// What an export would hold.
    pub corrections: Vec<CorrectionRecord>,
    /// Duration of the last encoder pass, and from receiving the message to sending the scene.
    pub timing: Option<Timing>,
}

/// A correction for the next training run: one line of an export. Nothing sends it; the agent saves it as a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct CorrectionRecord {
    /// Redacted before it was kept (R13).
    pub text: String,
    pub lang: Lang,
    pub label: String,
    /// Of a label of the team's own.
    pub name: Option<String>,
    /// Version of the model that was corrected.
    pub model: String,
}

/// A locator that this device offered to the team.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Proposal {
    pub state: ProposalState,
    pub locator: SiteLocator,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ProposalState {
    /// On its way to the server.
    Waiting,
    /// The server cannot take it.
    NotTaken,
    Proposed,
    Approved,
    Rejected,
    Withdrawn,
}

impl From<LocatorState> for ProposalState {
    fn from(state: LocatorState) -> Self {
        match state {
            LocatorState::Proposed => Self::Proposed,
            LocatorState::Approved => Self::Approved,
            LocatorState::Rejected => Self::Rejected,
            LocatorState::Withdrawn => Self::Withdrawn,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Timing {
    pub inference_ms: f64,
    pub total_ms: f64,
    /// Messages understood since the brain started.
    pub messages: u32,
}

/// All that the overlay draws.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Scene {
    pub locale: Locale,
    pub engine: EngineState,
    pub sync: SyncState,
    pub conversation: Option<ConversationView>,
    pub care: CareView,
    pub notice: Option<Notice>,
    /// The team's own labels, by name.
    #[serde(default)]
    pub labels: Vec<LabelView>,
    /// The team's own model, where it has one.
    #[serde(default)]
    pub own_model: Option<OwnModelView>,
}

/// A model of the team's own, which gives the classes in the place of ours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct OwnModelView {
    pub name: String,
    pub state: OwnModelState,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum OwnModelState {
    Loading,
    Ready,
    /// Our model works on.
    Failed {
        fault: Fault,
    },
}

/// A class of the team's own, learned from examples.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct LabelView {
    pub id: String,
    pub name: String,
    /// That it was learned from here.
    pub examples: u32,
    /// Of the team's list: the supervisor names and removes it.
    #[serde(default)]
    pub shared: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum EngineState {
    /// `progress` is 0–1.
    Loading {
        progress: f32,
    },
    Ready,
    Unavailable {
        code: ErrorCode,
    },
    /// No word from the brain yet.
    #[default]
    Starting,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum SyncState {
    /// No server is set: nothing leaves.
    #[default]
    Local,
    Synced,
    /// Events are kept until the server is back.
    Waiting {
        events: u32,
    },
    /// The server refuses the device's token.
    Refused {
        events: u32,
    },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ConversationView {
    pub id: String,
    pub subject: Option<String>,
    pub requester_name: Option<String>,
    pub mood: MoodView,
    pub intent: Option<IntentView>,
    pub fields: Vec<Field>,
    /// At most three, best first.
    pub suggestions: Vec<Suggestion>,
    pub alert: Option<AlertView>,
    pub reply_box: ReplyBox,
    /// Messages waiting to be understood.
    pub pending: u32,
    /// What could go into the page's form, where there is one.
    #[serde(default)]
    pub fill: Option<FillView>,
    /// The customer's other conversations, where there are any; `mood` is then over all that are joined.
    #[serde(default)]
    pub timeline: Option<TimelineView>,
    /// What the customer's newest turn does beside its class: `complaint`, `human_agent`.
    #[serde(default)]
    pub flags: Vec<Scored>,
    /// Of the newest turn.
    #[serde(default)]
    pub abuse: Option<AbuseView>,
    #[serde(default)]
    pub shield: Option<ShieldView>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct MoodView {
    /// −1 to 1.
    pub score: f32,
    pub word: MoodWord,
    pub trend: MoodTrend,
    pub course: Vec<MoodPoint>,
    pub customer_messages: u32,
}

/// One dot of the course.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct MoodPoint {
    pub message_id: String,
    pub score: f32,
    /// The first words of the message, at most 120 characters.
    pub excerpt: String,
    /// Why this is a customer's message: [`Message::evidence`]'s code.
    #[serde(default)]
    pub why: String,
    /// Where it was written; told only where conversations of several channels are shown as one.
    #[serde(default)]
    pub channel: Option<Channel>,
    /// Its words are covered where it is done to the agent.
    #[serde(default)]
    pub abuse: Option<AbuseKind>,
}

/// The class of what the customer wants.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct IntentView {
    /// The message that carried it.
    pub message_id: String,
    pub label: String,
    pub score: f32,
    pub tier: Tier,
    /// The next best labels.
    pub alternatives: Vec<Scored>,
    pub corrected: bool,
    /// By what was learned on this device, not by the model alone.
    #[serde(default)]
    pub learned: bool,
    /// By the team's own model.
    #[serde(default)]
    pub own_model: bool,
    pub lang: Lang,
}

/// An alert that the supervisor sees too (R2).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct AlertView {
    pub reason: AlertReason,
    pub danger: Option<Danger>,
    /// The danger is the model's reading; no phrase of it was found.
    #[serde(default)]
    pub by_model: bool,
    /// It has reached the server.
    pub shared: bool,
}

/// Time and load, for the agent's own eyes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct CareView {
    pub minutes_since_break: u32,
    pub prompt: Option<RestPromptView>,
    pub pause: Option<PauseView>,
    pub prompts_on: bool,
    /// Cards after abusive messages are on.
    #[serde(default)]
    pub shield_on: bool,
    pub long_day: bool,
    /// Employee assistance; opening it is never recorded (R3).
    pub help_url: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct RestPromptView {
    pub firm: bool,
    /// Minutes that the break should last.
    pub minutes: u32,
    pub snoozes_left: u32,
    /// Buttons stay inert for this long after the prompt appears.
    pub inert_ms: u32,
    /// Changes when a new prompt appears.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub since_ms: i64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct PauseView {
    pub minutes: u32,
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub ends_at_ms: i64,
}

/// One quiet line about what was just done or could not be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Notice {
    Inserted,
    Copied,
    NotCopied,
    NeedsChoice,
    NoReplyBox,
    NoteBoxOnly,
    Corrected,
    /// What was taught was offered to the team.
    Proposed,
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
