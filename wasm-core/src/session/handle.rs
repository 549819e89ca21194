//! Requests in, answers out: exactly one answer each.

use domain::sync::EventBody;
use domain::wire::{
    Answer, AnswerResult, Command, ErrorCode, FromBrain, InsertOutcome, Inspection, Notice, PageCommand, PageEvent,
    Query, ReplyBox, Request, RequestBody, Told, ToldBody,
};
use domain::{Conversation, Message, intent};

use super::dialogue::Dialogue;
use super::{Insertion, Session, Stored, contact, events, identity, readings};
use crate::knowledge::boundary;
use crate::outbox::Server;

pub(super) type Failure = (ErrorCode, &'static str);

impl Session {
    /// Handles one request; the answer comes first, then what is told of it.
    pub fn handle(&mut self, request: Request, now_ms: i64) -> Vec<FromBrain> {
        let Request { id, tab, body } = request;
        let mut told = Vec::new();
        let result = match body {
            RequestBody::Page(event) => self.page(tab, event, now_ms).map(|()| AnswerResult::Done),
            RequestBody::Overlay(command) => self.command(tab, command, now_ms, &mut told).map(|()| AnswerResult::Done),
            RequestBody::Panel(Query::Inspect) => Ok(AnswerResult::Inspection(Box::new(self.inspect(tab, now_ms)))),
            RequestBody::Panel(Query::ProposeLocator { locator }) => {
                self.propose_locator(*locator).map(|()| AnswerResult::Done)
            }
            RequestBody::Panel(query) => {
                self.query(query, now_ms);
                Ok(AnswerResult::Done)
            }
            RequestBody::Closed => {
                self.care.close(tab, now_ms);
                self.tabs.remove(&tab);
                Ok(AnswerResult::Done)
            }
        };
        let result = result.unwrap_or_else(|(code, detail)| AnswerResult::Error { code, detail: detail.into() });
        let mut all = vec![FromBrain::Answer(Answer { id, result })];
        all.append(&mut told);
        all.append(&mut self.tell(now_ms));
        all
    }

    fn page(&mut self, tab: u32, event: PageEvent, now_ms: i64) -> Result<(), Failure> {
        match event {
            PageEvent::Hello { site, url, locale } => {
                let known = self.tabs.entry(tab).or_default();
                (known.site, known.locale, known.told, known.form) = (site, locale, None, None);
                (known.origin, known.told_team) = (origin(&url).into(), None);
                self.team.want_fresh();
                self.heard_locale = locale;
            }
            PageEvent::ConversationSeen { conversation, messages, removed, reply_box } => {
                self.seen(tab, *conversation, messages, &removed, reply_box, now_ms);
            }
            PageEvent::ConversationLeft => {
                self.care.leave(tab, now_ms);
                let known = self.tabs.entry(tab).or_default();
                (known.conversation, known.notice, known.form) = (None, None, None);
            }
            PageEvent::Activity { key_presses: _, elapsed_ms: _, visible, typing } => {
                self.care.activity(tab, visible, typing, now_ms);
            }
            PageEvent::InsertFinished { insert_id, outcome } => self.inserted(tab, insert_id, outcome, now_ms),
            PageEvent::FormSeen { fields, saves_itself } => self.form_seen(tab, fields, saves_itself, now_ms),
            PageEvent::FillFinished { fill_id, results, undone } => {
                self.filled(tab, fill_id, results, undone, now_ms);
            }
            PageEvent::LocatorProposed { locator } => {
                self.propose_locator(*locator)?;
                self.tabs.entry(tab).or_default().notice = Some((Notice::Proposed, now_ms));
            }
        }
        Ok(())
    }

    fn seen(
        &mut self,
        tab: u32,
        conversation: Conversation,
        messages: Vec<Message>,
        removed: &[String],
        reply_box: ReplyBox,
        now_ms: i64,
    ) {
        let known = self.tabs.entry(tab).or_default();
        if known.site.is_empty() {
            known.site = host(&conversation.url).into();
        }
        let mut dialogue = Dialogue::new(&known.site, conversation.clone());
        let reference = dialogue.reference.clone();
        if known.conversation.as_ref() != Some(&reference) {
            (known.conversation, known.notice, known.form) = (Some(reference.clone()), None, None);
        }
        if let Some(corrections) = self.corrections.get(&reference) {
            dialogue.corrections = corrections.clone();
        }
        if let Some(denied) = self.denied.get(&reference) {
            dialogue.denied = denied.clone();
        }
        dialogue.reading = readings::last_reading(&self.people.device(), &reference, &self.outbox);
        let dialogue = self.dialogues.entry(reference.clone()).or_insert(dialogue);
        (dialogue.conversation, dialogue.reply_box) = (conversation, reply_box);
        let before: Vec<Message> = dialogue.customer_messages().map(|(message, _)| message.clone()).collect();
        dialogue.merge(messages, removed, now_ms);
        let (contacts, agents) = contact::of(&dialogue.conversation, &dialogue.site);
        (dialogue.contacts, dialogue.agent_contacts) = (self.people.hashes(&contacts), self.people.hashes(&agents));
        self.care.enter(tab, &reference, dialogue.contact_until_ms(), now_ms);
        self.recent.retain(|other| *other != reference);
        self.recent.insert(0, reference.clone());
        self.take_back_gone(&reference, &before, now_ms);
        self.meet(&reference, now_ms);
        self.forget();
        if self.received_at.is_none() {
            self.received_at = Some((self.meters.clock_ms)());
        }
        self.settle(&reference, now_ms);
        if self.next_work(now_ms).is_none() {
            self.received_at = None;
        }
    }

    fn command(&mut self, tab: u32, command: Command, now_ms: i64, told: &mut Vec<FromBrain>) -> Result<(), Failure> {
        match command {
            Command::Hello => self.tabs.entry(tab).or_default().told = None,
            Command::Insert { suggestion_id } => told.push(self.insert(tab, &suggestion_id)?),
            Command::CorrectIntent { message_id, label } => self.correct(tab, message_id, label, now_ms)?,
            Command::NameIntent { message_id, name } => {
                self.correctable(tab, &message_id)?;
                let label = self.label_named(&name)?;
                self.correct(tab, message_id, label, now_ms)?;
            }
            Command::RenameLabel { label, name } => self.rename_label(&label, &name)?,
            Command::DeleteLabel { label } => self.delete_label(&label, now_ms)?,
            Command::UndoCorrection { message_id } => self.undo_correction(tab, &message_id, now_ms)?,
            Command::Fill { keys } => told.push(self.fill(tab, &keys)?),
            Command::UndoFill => told.push(self.undo_fill(tab)?),
            Command::JoinTimeline { other } => self.say_same(tab, &other, true, now_ms)?,
            Command::KeepApart { other } => self.say_same(tab, &other, false, now_ms)?,
            Command::AskLater { other } => self.ask_later(tab, &other, now_ms)?,
            Command::OpenReplyForm => told.push(to_page(tab, PageCommand::OpenReplyForm)),
            Command::Pause { minutes } => self.care.start_pause(minutes, now_ms),
            Command::EndPause => self.care.end_pause(now_ms),
            Command::SnoozeRest => self.care.snooze(now_ms),
            Command::DismissShield => self.dismiss_shield(tab)?,
            Command::DenyAbuse { message_id } => self.deny_abuse(tab, &message_id, true, now_ms)?,
            Command::UndoDenyAbuse { message_id } => self.deny_abuse(tab, &message_id, false, now_ms)?,
            Command::SetShield { on } => self.set_shield(on),
            Command::DismissNotice => self.tabs.entry(tab).or_default().notice = None,
            Command::SetRestPrompts { on } => self.query(Query::SetRestPrompts { on }, now_ms),
            Command::SetLocale { locale } => self.query(Query::SetLocale { locale }, now_ms),
            Command::RestartEngine => self.restart_wanted = true,
        }
        Ok(())
    }

    fn query(&mut self, query: Query, now_ms: i64) {
        match query {
            Query::Inspect | Query::ProposeLocator { .. } => {}
            Query::SetLocale { locale } => self.settings.locale = Some(locale),
            Query::SetRestPrompts { on } => {
                self.settings.rest_prompts_off = !on;
                self.care.set_on(on);
                self.care.tick(now_ms);
            }
            Query::KeepWords { on } => {
                self.settings.keeps_words = on;
                if !on {
                    self.forget_words();
                }
            }
            Query::Pause { minutes } => return self.care.start_pause(minutes, now_ms),
            Query::EndPause => return self.care.end_pause(now_ms),
            Query::Connect { server_url, device_token } => {
                self.settings.server = Some((server_url.clone(), device_token.clone()));
                self.outbox.connect(Some(Server { url: server_url, device_token }));
                self.team.connect(self.outbox.server().is_some());
                self.take_shared_labels(now_ms);
                self.store_team();
                self.settle_all(now_ms);
            }
        }
        self.stored.push(Stored::Settings(self.settings.clone()));
    }

    pub(super) fn dialogue_of(&mut self, tab: u32) -> Result<&mut Dialogue, Failure> {
        let reference = self.tabs.get(&tab).and_then(|tab| tab.conversation.as_ref());
        let dialogue = reference.and_then(|reference| self.dialogues.get_mut(reference));
        dialogue.ok_or((ErrorCode::NoConversation, "this tab shows no conversation"))
    }

    fn insert(&mut self, tab: u32, suggestion_id: &str) -> Result<FromBrain, Failure> {
        let dialogue = self.dialogue_of(tab)?;
        let (reference, conversation_id) = (dialogue.reference.clone(), dialogue.conversation.id.clone());
        let suggestions = self.views.get(&reference).map(|view| view.suggestions.as_slice()).unwrap_or_default();
        let boundaries = self.shield_view(&reference).map(|shield| shield.boundaries).unwrap_or_default();
        let suggestion = suggestions
            .iter()
            .chain(&boundaries)
            .find(|suggestion| suggestion.id == suggestion_id)
            .ok_or((ErrorCode::NoSuchSuggestion, "this answer is not offered any more"))?;
        let insert_id = self.next_insert;
        self.next_insert += 1;
        let insertion = Insertion { reference, suggestion_id: suggestion_id.into(), source: suggestion.source };
        self.insertions.insert(insert_id, insertion);
        Ok(to_page(tab, PageCommand::Insert { insert_id, conversation_id, text: suggestion.text.clone() }))
    }

    fn inserted(&mut self, tab: u32, insert_id: u32, outcome: InsertOutcome, now_ms: i64) {
        let notice = match outcome {
            InsertOutcome::Inserted => Notice::Inserted,
            InsertOutcome::Copied => Notice::Copied,
            InsertOutcome::NotCopied => Notice::NotCopied,
            InsertOutcome::NeedsChoice => Notice::NeedsChoice,
            InsertOutcome::NoReplyBox => Notice::NoReplyBox,
            InsertOutcome::NoteBoxOnly => Notice::NoteBoxOnly,
            InsertOutcome::OtherConversation => Notice::OtherConversation,
        };
        let Some(insertion) = self.insertions.remove(&insert_id) else { return };
        self.tabs.entry(tab).or_default().notice = Some((notice, now_ms));
        // That a boundary was needed is the agent's own affair (R3).
        if outcome == InsertOutcome::Inserted
            && !boundary::has(&insertion.suggestion_id)
            && let Some(dialogue) = self.dialogues.get(&insertion.reference)
        {
            let Insertion { suggestion_id, source, reference } = insertion;
            let parts = ["inserted", &dialogue.reference, &suggestion_id, &now_ms.to_string()];
            let event_id = identity::event_id(&parts);
            let body = EventBody::SuggestionInserted { suggestion_id: suggestion_id.clone(), source };
            let event = events::event(dialogue, event_id, now_ms, body);
            self.record(vec![event]);
            self.count_usage(&reference, &suggestion_id);
        }
    }

    /// One answer was taken; the others on offer were not (K1).
    fn count_usage(&mut self, reference: &str, taken: &str) {
        let offered = self.views.get(reference).map(|view| view.suggestions.as_slice()).unwrap_or_default();
        for id in offered.iter().map(|suggestion| suggestion.id.as_str()).filter(|id| *id != taken).chain([taken]) {
            let usage = self.usage.entry(id.into()).or_default();
            usage.shown += 1;
            usage.resolved += u32::from(id == taken);
        }
        let usage = self.usage.iter().map(|(id, usage)| (id.clone(), usage.shown, usage.resolved)).collect();
        self.stored.push(Stored::Usage(usage));
    }

    fn correct(&mut self, tab: u32, message_id: String, label: String, now_ms: i64) -> Result<(), Failure> {
        if intent::find(&label).is_none() && !self.learning.knows(&label) {
            return Err((ErrorCode::UnknownMessage, "no such class"));
        }
        let before = self.dialogue_of(tab)?.corrections.get(&message_id).cloned();
        self.change_class(tab, &message_id, before, Some(label), now_ms)?;
        self.tabs.entry(tab).or_default().notice = Some((Notice::Corrected, now_ms));
        Ok(())
    }

    fn undo_correction(&mut self, tab: u32, message_id: &str, now_ms: i64) -> Result<(), Failure> {
        let Some(before) = self.dialogue_of(tab)?.corrections.get(message_id).cloned() else { return Ok(()) };
        self.change_class(tab, message_id, Some(before), None, now_ms)?;
        self.tabs.entry(tab).or_default().notice = None;
        Ok(())
    }

    /// `before` and `label` are corrections; `None` stands for the model's own class.
    fn change_class(
        &mut self,
        tab: u32,
        message_id: &str,
        before: Option<String>,
        label: Option<String>,
        now_ms: i64,
    ) -> Result<(), Failure> {
        let own = self.correctable(tab, message_id)?;
        let dialogue = self.dialogue_of(tab)?;
        let (from, to) = (before.unwrap_or_else(|| own.clone()), label.clone().unwrap_or(own));
        match &label {
            Some(label) => dialogue.corrections.insert(message_id.into(), label.clone()),
            None => dialogue.corrections.remove(message_id),
        };
        let reference = dialogue.reference.clone();
        let parts = ["corrected", &reference, message_id, &from, &to, &now_ms.to_string()];
        let told = identity::message_ref(&reference, message_id);
        let body = EventBody::IntentCorrected { message_id: told, from: from.clone(), to: to.clone() };
        let event = events::event(dialogue, identity::event_id(&parts), now_ms, body);
        let corrections = self.corrections.entry(reference.clone()).or_default();
        match &label {
            Some(label) => corrections.insert(message_id.into(), label.clone()),
            None => corrections.remove(message_id),
        };
        self.learn_from(&reference, message_id, label.as_deref());
        self.stored.push(Stored::Correction { reference, message_id: message_id.into(), label });
        self.record(vec![event]);
        self.settle_shown(now_ms);
        Ok(())
    }

    /// The model's own class of a message that can be given another.
    fn correctable(&mut self, tab: u32, message_id: &str) -> Result<String, Failure> {
        let dialogue = self.dialogue_of(tab)?;
        match (dialogue.message(message_id), dialogue.understanding(message_id)) {
            (Some(_), Some(known)) => Ok(dialogue.intent(message_id, &known.analysis).0.label.clone()),
            _ => Err((ErrorCode::NoSuchMessage, "this message is not in the conversation")),
        }
    }

    fn inspect(&self, tab: u32, now_ms: i64) -> Inspection {
        let reference = self.tabs.get(&tab).and_then(|tab| tab.conversation.as_ref());
        let dialogue = reference.and_then(|reference| self.dialogues.get(reference));
        Inspection {
            scene: self.scene(tab, now_ms),
            conversation: dialogue.map(|dialogue| dialogue.conversation.clone()),
            messages: dialogue.map(|dialogue| dialogue.messages.clone()).unwrap_or_default(),
            waiting: self.outbox.waiting().cloned().collect(),
            sent: self.outbox.sent().cloned().collect(),
            proposals: self.team.proposals().collect(),
            server_url: self.outbox.server().map(|server| server.url.clone()),
            keeps_words: self.settings.keeps_words,
            corrections: self.learning.corrections(),
            timing: self.timing,
        }
    }
}

pub(super) fn to_page(tab: u32, command: PageCommand) -> FromBrain {
    FromBrain::Told(Told { tab, body: ToldBody::Page(command) })
}

/// Scheme, host and port of a URL of the web; nothing of any other.
fn origin(url: &str) -> &str {
    let Some((scheme @ ("http" | "https"), _)) = url.split_once("://") else { return "" };
    &url[..scheme.len() + 3 + host(url).len()]
}

/// Host and port of a URL.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}
