//! The session: what all tabs report, what is known of their conversations, and what is told back.
//!
//! Pure: time, messages and answers of the server come in, messages and changes for the store go out. The encoder runs
//! one message at a time ([`Session::step`]), so that newer reports overtake queued work. Does not know the browser.

mod answers;
pub mod care;
mod contact;
pub mod dialogue;
mod events;
pub mod fill;
mod handle;
pub mod identity;
pub mod learning;
pub mod own;
mod people;
mod readings;
mod scene;
mod sharing;
mod shield;
mod timeline;

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::shield::Shield;
use domain::suggestion::Usage;
use domain::sync::Event;
use domain::wire::{
    ConversationView, EngineState, ErrorCode, FromBrain, Locale, Notice, Scene, Timing, Told, ToldBody,
};

use crate::knowledge::{Meaning, Usages};
use crate::outbox::{Change, Outbox, Outcome, Server};
use crate::team::{self, Team};
use crate::understand::{self, Analyser};
use care::Care;
use dialogue::Dialogue;
use learning::{ExampleRecord, Learning, TeamLabel};
use people::People;
pub use people::{Known, KnownRecord};
pub use shield::{Mark, MarkRecord};
use timeline::Apart;

/// Conversations kept; the ones longest out of sight are forgotten first.
const MAX_DIALOGUES: usize = 200;
/// A notice is taken down after this long.
const NOTICE_MS: i64 = 8_000;
/// Care numbers are written to the store this often.
const CARE_STORE_MS: i64 = 15_000;

/// What the session is told once.
#[derive(Clone, Debug, Default)]
pub struct Config {
    pub version: String,
    pub help_url: Option<String>,
    /// Local time minus UTC.
    pub offset_ms: i64,
}

/// How the session measures itself.
#[derive(Clone, Copy)]
pub struct Meters {
    /// A monotonic clock for timing alone; it starts with the brain's Worker.
    pub clock_ms: fn() -> f64,
    /// What its instance holds, where somebody can tell.
    pub memory_bytes: fn() -> Option<f64>,
}

impl Default for Meters {
    /// A clock that stands still, and no memory.
    fn default() -> Self {
        Self { clock_ms: || 0.0, memory_bytes: || None }
    }
}

/// What must be written to the device's store.
#[derive(Clone, Debug, PartialEq)]
pub enum Stored {
    Outbox(Change),
    /// `label` is `None` when a correction was taken back.
    Correction {
        reference: String,
        message_id: String,
        label: Option<String>,
    },
    /// What is remembered of an abusive message.
    Mark(MarkRecord),
    /// `None` when the example was taken back.
    Example {
        key: String,
        example: Option<Box<ExampleRecord>>,
    },
    Labels(Vec<TeamLabel>),
    /// For the device only (R3), with the time.
    Care([f64; 5], i64),
    Settings(Settings),
    /// Of this device alone; never leaves it.
    Salt(String),
    /// A salted hash or an answer about a pair of conversations; `None` when it is forgotten.
    Known(String, Option<Known>),
    Team(team::Kept),
    /// By answer: shown, resolved.
    Usage(Vec<(String, u32, u32)>),
}

/// The agent's choices.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Settings {
    pub locale: Option<Locale>,
    pub rest_prompts_off: bool,
    #[serde(default)]
    pub shield_off: bool,
    /// Redacted words of corrections are kept for an export.
    #[serde(default)]
    pub keeps_words: bool,
    /// `Some` once the agent has chosen; an empty token means: send nothing.
    pub server: Option<(String, String)>,
}

#[derive(Default)]
struct Tab {
    site: String,
    /// Of the page, once it has said hello.
    origin: String,
    locale: Locale,
    /// Key into `Session::dialogues`.
    conversation: Option<String>,
    told: Option<Scene>,
    /// What the page was told of the team, as [`Team::revision`].
    told_team: Option<u64>,
    notice: Option<(Notice, i64)>,
    /// The page's form, once the page has told of one.
    form: Option<fill::Form>,
}

/// What the encoder is wanted for: message `.1` of a conversation, the name of an option in a tab's form, or an example that the
/// team shares.
enum Work {
    Understand(String, usize),
    ReadOption(u32),
    Compare(String, usize),
    Study,
}

/// An insertion that the page has not confirmed yet.
struct Insertion {
    reference: String,
    suggestion_id: String,
    source: domain::suggestion::Source,
}

pub struct Session {
    config: Config,
    meters: Meters,
    engine: EngineState,
    analyser: Option<Analyser>,
    tabs: BTreeMap<u32, Tab>,
    dialogues: HashMap<String, Dialogue>,
    views: HashMap<String, ConversationView>,
    /// References, most recently seen first.
    recent: Vec<String>,
    corrections: HashMap<String, HashMap<String, String>>,
    learning: Learning,
    own: own::Own,
    option_meanings: fill::OptionMeanings,
    usage: Usages,
    insertions: HashMap<u32, Insertion>,
    next_insert: u32,
    people: People,
    apart: Option<Apart>,
    care: Care,
    care_stored_ms: i64,
    shield: Shield,
    /// Messages that are no abuse, by conversation.
    denied: HashMap<String, HashSet<String>>,
    outbox: Outbox,
    team: Team,
    settings: Settings,
    /// The browser's language, as a page last said it; for panels that belong to no page.
    heard_locale: Locale,
    stored: Vec<Stored>,
    /// When the report arrived whose message is being understood, on its clock.
    received_at: Option<f64>,
    timing: Option<Timing>,
    /// When the engine was first ready, on its clock.
    ready_at: Option<f64>,
    understood: u32,
    restart_wanted: bool,
}

impl Session {
    pub fn new(config: Config, meters: Meters) -> Self {
        Self {
            care: Care::new(config.help_url.clone(), config.offset_ms),
            config,
            meters,
            engine: EngineState::Loading { progress: 0.0 },
            analyser: None,
            tabs: BTreeMap::new(),
            dialogues: HashMap::new(),
            views: HashMap::new(),
            recent: Vec::new(),
            corrections: HashMap::new(),
            learning: Learning::default(),
            own: own::Own::default(),
            option_meanings: fill::OptionMeanings::default(),
            usage: Usages::new(),
            insertions: HashMap::new(),
            next_insert: 1,
            people: People::default(),
            apart: None,
            care_stored_ms: 0,
            shield: Shield::default(),
            denied: HashMap::new(),
            outbox: Outbox::default(),
            team: Team::default(),
            settings: Settings::default(),
            heard_locale: Locale::default(),
            stored: Vec::new(),
            received_at: None,
            timing: None,
            ready_at: None,
            understood: 0,
            restart_wanted: false,
        }
    }

    /// The first thing the worker says.
    pub fn ready(&self) -> FromBrain {
        FromBrain::Ready { version: self.config.version.clone() }
    }

    /// Puts back what the store held. Call before the first request.
    pub fn restore(
        &mut self,
        settings: Settings,
        care: Option<([f64; 5], i64)>,
        corrections: impl IntoIterator<Item = (String, String, String)>,
    ) {
        self.care.set_on(!settings.rest_prompts_off);
        self.shield.set_off(settings.shield_off);
        if let Some((numbers, at_ms)) = care {
            self.care.restore(numbers, at_ms);
        }
        for (reference, message_id, label) in corrections {
            self.corrections.entry(reference).or_default().insert(message_id, label);
        }
        self.settings = settings;
    }

    /// Puts back how often answers were shown and resolved the matter.
    pub fn restore_usage(&mut self, usage: Vec<(String, u32, u32)>) {
        self.usage = usage.into_iter().map(|(id, shown, resolved)| (id, Usage { shown, resolved })).collect();
    }

    /// Puts back what is remembered of customers' identities, under this device's salt; `fresh` is random, for a device
    /// that has none yet.
    pub fn restore_people(&mut self, salt: Option<String>, fresh: String, known: Vec<KnownRecord>, now_ms: i64) {
        if salt.is_none() && !fresh.is_empty() {
            self.stored.push(Stored::Salt(fresh.clone()));
        }
        let salt = salt.unwrap_or(fresh);
        let changes = self.people.restore(salt, known, now_ms);
        self.keep(changes);
    }

    /// Puts back the outbox: what waited, the newest sent (newest first), ids of all accepted.
    pub fn restore_outbox(&mut self, waiting: Vec<Event>, sent: Vec<Event>, accepted: Vec<String>) {
        self.outbox.restore(waiting, sent, accepted);
    }

    /// Where events go, unless the agent has chosen otherwise.
    pub fn connect_by_default(&mut self, server: Option<Server>) {
        let chosen = self.settings.server.clone().map(|(url, device_token)| Server { url, device_token });
        self.outbox.connect(chosen.or(server));
        self.team.resume(self.outbox.server().is_some());
        self.take_shared_labels(0);
    }

    pub fn loading(&mut self, progress: f32, now_ms: i64) -> Vec<FromBrain> {
        self.engine = EngineState::Loading { progress: progress.clamp(0.0, 1.0) };
        self.tell(now_ms)
    }

    pub fn engine_ready(&mut self, analyser: Analyser, now_ms: i64) -> Vec<FromBrain> {
        self.analyser = Some(analyser);
        self.engine = EngineState::Ready;
        self.ready_at.get_or_insert((self.meters.clock_ms)());
        self.learn_restored();
        self.settle_all(now_ms);
        self.tell(now_ms)
    }

    /// The helpdesk works on, and so does everything that needs no model (R16).
    pub fn engine_unavailable(&mut self, code: ErrorCode, now_ms: i64) -> Vec<FromBrain> {
        self.analyser = None;
        self.engine = EngineState::Unavailable { code };
        self.settle_all(now_ms);
        self.tell(now_ms)
    }

    pub fn analyser(&self) -> Option<&Analyser> {
        self.analyser.as_ref()
    }

    /// Whether the agent asked for the engine to be started again since the last call.
    pub fn take_restart(&mut self) -> bool {
        std::mem::take(&mut self.restart_wanted)
    }

    /// What is to be written since the last call.
    pub fn take_stored(&mut self) -> Vec<Stored> {
        std::mem::take(&mut self.stored)
    }

    pub fn has_work(&self, now_ms: i64) -> bool {
        self.analyser.is_some() && self.next_work(now_ms).is_some()
    }

    /// The conversation seen last comes first, in it the newest message. What is understood but not compared with the
    /// examples yet comes after everything else.
    fn next_work(&self, now_ms: i64) -> Option<Work> {
        let pending = self.recent.iter().find_map(|reference| {
            let index = *self.dialogues.get(reference)?.ready(now_ms).first()?;
            Some(Work::Understand(reference.clone(), index))
        });
        let pending = pending.or_else(|| self.with_unread_options().map(Work::ReadOption));
        let shown = pending.or_else(|| {
            let shown = self.recent.iter().filter(|_| !self.learning.learner.is_empty()).filter(|r| self.is_shown(r));
            shown.into_iter().find_map(|reference| {
                let index = self.dialogues.get(reference)?.uncompared().next()?;
                Some(Work::Compare(reference.clone(), index))
            })
        });
        shown.or_else(|| self.learning.is_studying().then_some(Work::Study))
    }

    fn is_shown(&self, reference: &str) -> bool {
        self.tabs.values().any(|tab| tab.conversation.as_deref() == Some(reference))
    }

    /// Understands one message, reads one name, or learns from one example of the team's.
    pub fn step(&mut self, now_ms: i64) -> Vec<FromBrain> {
        let Some(work) = self.next_work(now_ms) else { return Vec::new() };
        let (reference, index) = match &work {
            Work::Understand(reference, index) | Work::Compare(reference, index) => (reference, index),
            Work::ReadOption(tab) => {
                self.read_option(*tab, now_ms);
                return self.tell(now_ms);
            }
            Work::Study => return self.study(now_ms),
        };
        let (Some(analyser), Some(dialogue)) = (&self.analyser, self.dialogues.get_mut(reference)) else {
            return Vec::new();
        };
        let started = (self.meters.clock_ms)();
        let mut inference_ms = None;
        if let Work::Understand(..) = work {
            let (analysis, meaning) = analyser.read(dialogue.messages[*index].words(), &dialogue.context(*index));
            inference_ms = Some((self.meters.clock_ms)() - started);
            dialogue.understand(*index, analysis, false);
            dialogue.mean(*index, meaning);
            self.understood += 1;
        }
        if !self.learning.learner.is_empty() && dialogue.uncompared().any(|waiting| waiting == *index) {
            let features = analyser.features(dialogue.messages[*index].words());
            dialogue.compare(*index, features);
        }
        self.settle(reference, now_ms);
        let told = self.tell(now_ms);
        if let Some(inference_ms) = inference_ms {
            let total_ms = (self.meters.clock_ms)() - self.received_at.unwrap_or(started);
            self.timing = Some(Timing {
                inference_ms,
                total_ms,
                messages: self.understood,
                ready_ms: self.ready_at.unwrap_or_default(),
                memory_bytes: (self.meters.memory_bytes)(),
            });
        }
        if self.next_work(now_ms).is_none() {
            self.received_at = None;
        }
        told
    }

    /// About once a second.
    pub fn tick(&mut self, now_ms: i64) -> Vec<FromBrain> {
        self.care.tick(now_ms);
        self.tick_own(now_ms);
        if now_ms - self.care_stored_ms >= CARE_STORE_MS {
            self.care_stored_ms = now_ms;
            self.stored.push(Stored::Care(self.care.to_device(), now_ms));
        }
        if self.analyser.is_none() {
            self.read_settled(now_ms);
        }
        self.guard_shown(now_ms);
        let changes = self.people.forget(now_ms);
        self.keep(changes);
        for tab in self.tabs.values_mut() {
            tab.notice = tab.notice.filter(|(_, since_ms)| now_ms - since_ms < NOTICE_MS);
            if let Some(form) = &mut tab.form {
                form.tick(now_ms);
            }
        }
        self.tell(now_ms)
    }

    /// Whether a batch is due.
    pub fn wants_to_send(&self, now_ms: i64) -> bool {
        self.outbox.is_due(now_ms)
    }

    /// The batch to post now, if any; answer with [`Self::batch_finished`].
    pub fn take_batch(&mut self, now_ms: i64) -> Option<(Server, Vec<Event>)> {
        self.outbox.take_batch(now_ms)
    }

    pub fn batch_finished(&mut self, outcome: Outcome, jitter: f64, now_ms: i64) -> Vec<FromBrain> {
        let changes = self.outbox.finish(outcome, jitter, now_ms);
        self.stored.extend(changes.into_iter().map(Stored::Outbox));
        self.tell(now_ms)
    }

    fn record(&mut self, events: Vec<Event>) {
        for event in events {
            self.stored.extend(self.outbox.push(event).map(Stored::Outbox));
        }
    }

    /// Draws conclusions from what has changed in a conversation.
    fn settle(&mut self, reference: &str, now_ms: i64) {
        let Some(dialogue) = self.dialogues.get_mut(reference) else { return };
        if self.analyser.is_none() {
            for index in dialogue.unread(now_ms) {
                let analysis = understand::without_model(dialogue.messages[index].words(), &dialogue.context(index));
                dialogue.understand(index, analysis, true);
            }
        }
        dialogue.judge(&self.learning.learner, self.learning.state);
        self.draw(reference, now_ms);
        let Some(view) = self.views.get(reference) else { return };
        if view.alert.is_some() && self.tabs.values().any(|tab| tab.conversation.as_deref() == Some(reference)) {
            self.care.hard_contact(now_ms);
        }
        if view.pending == 0 {
            self.take_back_others(reference, now_ms);
            self.report(reference, now_ms);
        }
        self.guard(reference, now_ms);
        for other in self.joined(reference).into_iter().map(|other| other.reference.clone()).collect::<Vec<_>>() {
            self.draw(&other, now_ms);
        }
    }

    /// What follows from a conversation whose messages are all understood goes into the outbox.
    fn report(&mut self, reference: &str, now_ms: i64) {
        let (Some(analyser), Some(dialogue), Some(view)) =
            (&self.analyser, self.dialogues.get_mut(reference), self.views.get(reference))
        else {
            return;
        };
        // Without a server nothing is told, and so nothing to be corrected later.
        if self.outbox.server().is_none() {
            return;
        }
        let versions = (analyser.version(), self.own.version());
        let events = events::derive(dialogue, view, versions, &self.outbox, now_ms);
        self.record(events);
    }

    /// The view of a conversation anew, and what could go into the forms beside it.
    fn draw(&mut self, reference: &str, now_ms: i64) {
        let elsewhere = self.fields_elsewhere(reference);
        let Some(dialogue) = self.dialogues.get(reference) else { return };
        let by_meaning = self.analyser.as_ref().is_some_and(|one| Meaning::embedded().is_of(one.version()));
        let view = scene::conversation_view(dialogue, &elsewhere, &self.usage, by_meaning);
        self.views.insert(reference.into(), view);
        let shows = |tab: &Tab| tab.form.is_some() && tab.conversation.as_deref() == Some(reference);
        for tab in self.tabs.iter().filter(|(_, tab)| shows(tab)).map(|(id, _)| *id).collect::<Vec<_>>() {
            self.propose(tab, now_ms);
        }
    }

    /// Without the model, words that have stood still are read on the clock.
    fn read_settled(&mut self, now_ms: i64) {
        let waits =
            |reference: &&String| self.dialogues.get(*reference).is_some_and(|one| !one.unread(now_ms).is_empty());
        for reference in self.recent.iter().filter(waits).cloned().collect::<Vec<_>>() {
            self.settle(&reference, now_ms);
        }
    }

    /// What was learned may change the classes of every conversation on screen.
    fn settle_shown(&mut self, now_ms: i64) {
        let shown: Vec<String> = self.recent.iter().filter(|reference| self.is_shown(reference)).cloned().collect();
        shown.iter().for_each(|reference| self.settle(reference, now_ms));
    }

    fn settle_all(&mut self, now_ms: i64) {
        for reference in self.recent.clone() {
            self.settle(&reference, now_ms);
        }
    }

    /// Scenes for the tabs whose scene has changed, and what pages are to know of the team.
    fn tell(&mut self, now_ms: i64) -> Vec<FromBrain> {
        let mut told = self.tell_pages();
        for id in self.tabs.keys().copied().collect::<Vec<_>>() {
            let scene = self.scene(id, now_ms);
            if let Some(tab) = self.tabs.get_mut(&id)
                && tab.told.as_ref() != Some(&scene)
            {
                tab.told = Some(scene.clone());
                told.push(FromBrain::Told(Told { tab: id, body: ToldBody::Overlay(Box::new(scene)) }));
            }
        }
        told
    }

    /// Makes room by forgetting conversations that no tab shows.
    fn forget(&mut self) {
        while self.recent.len() > MAX_DIALOGUES {
            let shown = |reference: &String| self.tabs.values().any(|tab| tab.conversation.as_ref() == Some(reference));
            let Some(oldest) = self.recent.iter().rposition(|reference| !shown(reference)) else { return };
            let reference = self.recent.remove(oldest);
            self.dialogues.remove(&reference);
            self.views.remove(&reference);
        }
    }
}

#[cfg(test)]
mod tests;
