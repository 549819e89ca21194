//! The session as its neighbours see it: requests in, messages and records out.

use domain::form::{FillDone, FillOutcome, FillResult, FormField, FormFieldKind, FormOption};
use domain::sync::{Event, EventBody};
use domain::wire::*;
use domain::{Author, Channel, Conversation, Message};
use proptest::prelude::*;

use super::dialogue::tests::{conversation, message};
use super::*;
use crate::understand::tests::random_analyser;

pub(super) const NOW: i64 = 1_700_000_000_000;

pub(super) struct Desk {
    pub(super) session: Session,
    next_id: u32,
    pub(super) stored: Vec<Stored>,
}

impl Desk {
    pub(super) fn new() -> Self {
        let config = Config { version: "test".into(), ..Config::default() };
        let mut session = Session::new(config, Meters::default());
        session.connect_by_default(Some(Server { url: "http://server.test".into(), device_token: "t".into() }));
        Self { session, next_id: 0, stored: Vec::new() }
    }

    pub(super) fn ready() -> Self {
        let mut desk = Self::new();
        desk.session.engine_ready(random_analyser(), NOW);
        desk.say(
            1,
            RequestBody::Page(PageEvent::Hello { site: "desk.test".into(), url: String::new(), locale: Locale::Zh }),
        );
        desk
    }

    pub(super) fn say(&mut self, tab: u32, body: RequestBody) -> Vec<FromBrain> {
        self.next_id += 1;
        let told = self.session.handle(Request { id: self.next_id, tab, body }, NOW);
        let answers: Vec<_> =
            told.iter().filter_map(|m| if let FromBrain::Answer(a) = m { Some(a.id) } else { None }).collect();
        assert_eq!(answers, [self.next_id], "one answer to each request");
        self.stored.extend(self.session.take_stored());
        told
    }

    pub(super) fn page(&mut self, tab: u32, event: PageEvent) -> Vec<FromBrain> {
        self.say(tab, RequestBody::Page(event))
    }

    pub(super) fn command(&mut self, command: Command) -> Vec<FromBrain> {
        self.say(1, RequestBody::Overlay(command))
    }

    pub(super) fn sees(&mut self, tab: u32, conversation: Conversation, messages: Vec<Message>) {
        self.page(
            tab,
            PageEvent::ConversationSeen {
                conversation: Box::new(conversation),
                messages,
                removed: vec![],
                reply_box: ReplyBox::Open,
            },
        );
        self.work();
    }

    pub(super) fn work(&mut self) {
        while self.session.has_work(NOW) {
            self.session.step(NOW);
        }
        self.stored.extend(self.session.take_stored());
    }

    pub(super) fn scene(&self, tab: u32) -> Scene {
        self.session.scene(tab, NOW)
    }

    pub(super) fn view(&self) -> ConversationView {
        self.scene(1).conversation.unwrap()
    }

    pub(super) fn events(&self) -> Vec<Event> {
        let kept = self.stored.iter().filter_map(|stored| match stored {
            Stored::Outbox(Change::Keep(event)) => Some(event.clone()),
            _ => None,
        });
        kept.collect()
    }

    pub(super) fn count(&self, of: fn(&EventBody) -> bool) -> usize {
        self.events().iter().filter(|event| of(&event.body)).count()
    }
}

pub(super) fn customer(id: &str, text: &str) -> Message {
    message(id, Author::Customer, text)
}

pub(super) fn agent(id: &str, text: &str) -> Message {
    message(id, Author::Agent, text)
}

pub(super) fn talk() -> Vec<Message> {
    vec![
        customer("1", "where is my order #48213"),
        agent("2", "let me look"),
        customer("3", "still not here, I want my refund"),
        message("4", Author::Note, "customer is upset"),
        customer("5", "thanks"),
    ]
}

pub(super) fn error_of(told: &[FromBrain]) -> Option<ErrorCode> {
    told.iter().find_map(|message| match message {
        FromBrain::Answer(Answer { result: AnswerResult::Error { code, .. }, .. }) => Some(*code),
        _ => None,
    })
}

#[test]
fn a_conversation_becomes_a_scene_and_events() {
    let mut desk = Desk::ready();
    desk.sees(1, conversation("7"), talk());
    let view = desk.view();
    assert_eq!((view.pending, view.mood.customer_messages, view.mood.course.len()), (0, 3, 3));
    assert_eq!(view.fields[0].value, "48213");
    assert_eq!(view.mood.course[0].excerpt, "where is my order #48213");
    assert_eq!(desk.scene(1).locale, Locale::Zh);
    assert_eq!(desk.count(|body| matches!(body, EventBody::MessageAnalysed { .. })), 3);
    assert_eq!(desk.count(|body| matches!(body, EventBody::MoodChanged { .. })), 1, "only when all is understood");
    let first = desk.events().len();
    desk.sees(1, conversation("7"), talk());
    assert_eq!(desk.events().len(), first, "nothing twice");
}

#[test]
fn a_restart_gives_the_same_ids() {
    let ids = || {
        let mut desk = Desk::ready();
        desk.sees(1, conversation("7"), talk());
        desk.events().into_iter().map(|event| event.id).collect::<Vec<_>>()
    };
    assert_eq!(ids(), ids());
    let mut desk = Desk::ready();
    desk.session.restore_outbox(vec![], vec![], ids());
    desk.sees(1, conversation("7"), talk());
    assert!(desk.events().is_empty());
}

#[test]
fn what_was_told_of_an_agents_words_is_taken_back() {
    let mut desk = Desk::ready();
    let mut swapped = talk();
    swapped[1].author = Author::Customer;
    desk.sees(1, conversation("7"), swapped.clone());
    desk.session.take_batch(NOW).unwrap();
    desk.session.batch_finished(Outcome::Accepted, 0.0, NOW);
    let told = desk.events();
    let analysed = |body: &EventBody| matches!(body, EventBody::MessageAnalysed { .. });
    assert_eq!(told.iter().filter(|event| analysed(&event.body)).count(), 4);

    desk.sees(1, conversation("7"), talk());
    let anew = desk.events().split_off(told.len());
    assert_eq!((&anew[0].body, anew[0].reading), (&EventBody::ConversationReread, 1));
    assert!(anew.iter().all(|event| event.reading == 1 && event.at_ms <= anew[0].at_ms.max(NOW)));
    assert_eq!(anew.iter().filter(|event| analysed(&event.body)).count(), 3, "all of the customer's, told anew");
    let count = desk.events().len();
    desk.sees(1, conversation("7"), talk());
    assert_eq!(desk.events().len(), count, "once");

    let ids = desk.events().into_iter().map(|event| event.id).collect();
    let mut later = Desk::ready();
    later.session.restore_outbox(vec![], vec![], ids);
    later.sees(1, conversation("7"), talk());
    assert!(later.events().is_empty(), "a restart knows in which reading it was told");
    later.sees(1, conversation("7"), swapped);
    assert!(later.events().iter().all(|event| event.reading == 1), "a message more is only told");
    later.sees(1, conversation("7"), talk());
    assert_eq!(later.events().last().unwrap().reading, 2);
}

#[test]
fn what_waits_of_an_agents_words_never_leaves() {
    let mut desk = Desk::ready();
    desk.sees(1, conversation("7"), vec![customer("1", "this is a disgrace, I want my money back")]);
    desk.sees(1, conversation("7"), vec![agent("1", "this is a disgrace, I want my money back")]);
    let (_, batch) = desk.session.take_batch(NOW).unwrap();
    let inferred = batch.iter().filter(|event| event.body.is_of_customer()).count();
    assert_eq!((inferred, desk.count(|body| *body == EventBody::ConversationReread)), (0, 1));
}

#[test]
fn a_message_whose_words_are_read_otherwise_is_told_anew() {
    let mut desk = Desk::ready();
    desk.sees(1, conversation("7"), vec![customer("1", "Ann: where is my order"), customer("2", "hello?")]);
    let report = |messages: Vec<Message>, removed: &[&str]| PageEvent::ConversationSeen {
        conversation: Box::new(conversation("7")),
        messages,
        removed: removed.iter().map(|id| (*id).to_owned()).collect(),
        reply_box: ReplyBox::Open,
    };
    desk.page(1, report(vec![], &["2"]));
    desk.work();
    assert_eq!(desk.count(|body| *body == EventBody::ConversationReread), 0, "the page took it out");
    desk.page(1, report(vec![customer("1b", "where is my order")], &["1"]));
    desk.work();
    assert_eq!(desk.count(|body| *body == EventBody::ConversationReread), 1);
}

#[test]
fn events_hold_no_words_of_the_customer() {
    let mut desk = Desk::ready();
    desk.sees(1, conversation("7"), vec![customer("1", "my secret is hunter2 and refund order #48213")]);
    let sent = serde_json::to_string(&desk.events()).unwrap();
    assert!(!sent.contains("hunter2") && !sent.contains("48213") && sent.len() > 100, "{sent}");
}

#[test]
fn a_threat_opens_an_alert_that_becomes_shared_and_closes() {
    let mut desk = Desk::ready();
    desk.sees(1, conversation("7"), vec![customer("1", "I will come down there and kill you")]);
    let alert = desk.view().alert.unwrap();
    assert_eq!((alert.reason, alert.shared), (domain::mood::AlertReason::Threat, false));
    assert_eq!(desk.count(|body| matches!(body, EventBody::AlertOpened { .. })), 1);
    let (_, batch) = desk.session.take_batch(NOW).unwrap();
    assert!(batch.len() >= 3);
    desk.session.batch_finished(Outcome::Accepted, 0.0, NOW);
    assert!(desk.view().alert.unwrap().shared);
    assert_eq!(desk.scene(1).sync, SyncState::Synced);
    desk.page(
        1,
        PageEvent::ConversationSeen {
            conversation: Box::new(conversation("7")),
            messages: vec![],
            removed: vec!["1".into()],
            reply_box: ReplyBox::Open,
        },
    );
    assert_eq!(desk.view().alert, None, "the words are gone, and the alert with them");
}

#[test]
fn an_alert_that_no_longer_follows_is_closed_for_the_supervisor_too() {
    let (threat, earlier) = ("I will come down there and kill you", "I will kill you, believe me");
    let mut desk = Desk::ready();
    desk.sees(1, conversation("7"), vec![customer("5", threat)]);
    let alert_of = |body: &EventBody| match body {
        EventBody::AlertOpened { alert_id, .. } | EventBody::AlertClosed { alert_id } => Some(alert_id.clone()),
        _ => None,
    };
    let turns = |desk: &Desk| -> Vec<(bool, String, i64)> {
        let is_opening = |body: &EventBody| matches!(body, EventBody::AlertOpened { .. });
        let turn = |event: &Event| Some((is_opening(&event.body), alert_of(&event.body)?, event.at_ms));
        desk.events().iter().filter_map(turn).collect()
    };
    let first = turns(&desk);
    assert_eq!(first.len(), 1);
    // History above it: the threat was made before.
    desk.sees(1, conversation("7"), vec![customer("1", earlier), customer("5", threat)]);
    let now = turns(&desk);
    let opened: Vec<_> = now.iter().filter(|(opens, ..)| *opens).map(|(_, id, _)| id).collect();
    let closed: Vec<_> = now.iter().filter(|(opens, ..)| !*opens).map(|(_, id, _)| id).collect();
    assert_eq!((opened.len(), closed), (2, vec![&first[0].1]), "one alert is open at a time");
    assert!(now.iter().all(|(opens, _, at_ms)| *opens || *at_ms > first[0].2), "later than its opening");
    desk.sees(1, conversation("7"), vec![customer("1", earlier), customer("5", threat)]);
    assert_eq!(turns(&desk).len(), 3, "once");
    let report = |messages: Vec<Message>, removed: &[&str]| PageEvent::ConversationSeen {
        conversation: Box::new(conversation("7")),
        messages,
        removed: removed.iter().map(|id| (*id).to_owned()).collect(),
        reply_box: ReplyBox::Open,
    };
    // A page that shows the newest without the history opens that one again, once something is new.
    desk.page(1, report(vec![], &["1"]));
    desk.work();
    let last = turns(&desk).pop().unwrap();
    assert_eq!((last.0, &last.1), (false, opened[1]));
    assert!(turns(&desk).iter().any(|(opens, id, at_ms)| *opens && *id == first[0].1 && *at_ms > first[0].2));
    assert!(desk.view().alert.is_some());
    // A part without the newest says nothing of now.
    let count = turns(&desk).len();
    desk.page(1, report(vec![customer("1", "hello")], &["5"]));
    desk.work();
    assert_eq!((turns(&desk).len(), desk.view().alert), (count, None));
}

#[test]
fn a_mood_that_is_understood_otherwise_is_told_as_the_newer_one() {
    let mut desk = Desk::ready();
    desk.sees(1, conversation("7"), vec![customer("1", "where is my order")]);
    let reference = desk.session.recent[0].clone();
    let moods = |desk: &Desk| -> Vec<(f32, i64)> {
        let mood = |event: &Event| match event.body {
            EventBody::MoodChanged { score, .. } => Some((score, event.at_ms)),
            _ => None,
        };
        desk.events().iter().filter_map(mood).collect()
    };
    let understood = |desk: &mut Desk, value: f32| {
        let dialogue = desk.session.dialogues.get_mut(&reference).unwrap();
        let mut analysis = dialogue.understanding("1").unwrap().analysis.clone();
        (analysis.sentiment.value, analysis.sentiment.score) = (value, 1.0);
        dialogue.understand(0, analysis, false);
        desk.session.settle(&reference, NOW);
        desk.stored.extend(desk.session.take_stored());
    };
    for value in [-0.9, 0.4, -0.9] {
        understood(&mut desk, value);
        let told = moods(&desk);
        assert_eq!(told.last().unwrap().0, value);
        assert!(told.windows(2).all(|pair| pair[0].1 < pair[1].1), "{told:?}");
    }
    let count = moods(&desk).len();
    understood(&mut desk, -0.9);
    assert_eq!(moods(&desk).len(), count, "nothing new");
}

#[test]
fn the_class_is_corrected_and_the_correction_undone() {
    let mut desk = Desk::ready();
    desk.sees(1, conversation("7"), talk());
    let before = desk.view().intent;
    desk.command(Command::CorrectIntent { message_id: "3".into(), label: "refund_request".into() });
    let intent = desk.view().intent.unwrap();
    assert_eq!((intent.label.as_str(), intent.corrected, intent.message_id.as_str()), ("refund_request", true, "3"));
    assert_eq!(desk.scene(1).notice, Some(Notice::Corrected));
    assert!(
        desk.stored
            .iter()
            .any(|s| matches!(s, Stored::Correction { label: Some(label), .. } if label == "refund_request"))
    );
    assert_eq!(desk.count(|body| matches!(body, EventBody::IntentCorrected { .. })), 1);
    desk.command(Command::UndoCorrection { message_id: "3".into() });
    assert_eq!(desk.view().intent, before);
    let code = |told: Vec<FromBrain>| error_of(&told);
    assert_eq!(
        code(desk.command(Command::CorrectIntent { message_id: "x".into(), label: "complaint".into() })),
        Some(ErrorCode::NoSuchMessage)
    );
    assert_eq!(
        code(desk.command(Command::CorrectIntent { message_id: "3".into(), label: "x".into() })),
        Some(ErrorCode::UnknownMessage)
    );
}

#[test]
fn an_answer_is_inserted_and_confirmed() {
    let mut desk = Desk::ready();
    assert_eq!(error_of(&desk.command(Command::Insert { suggestion_id: "x".into() })), Some(ErrorCode::NoConversation));
    desk.sees(1, conversation("7"), talk());
    desk.command(Command::CorrectIntent { message_id: "3".into(), label: "refund_request".into() });
    assert_eq!(
        error_of(&desk.command(Command::Insert { suggestion_id: "x".into() })),
        Some(ErrorCode::NoSuchSuggestion)
    );
    let suggestion = desk.view().suggestions[0].clone();
    let told = desk.command(Command::Insert { suggestion_id: suggestion.id.clone() });
    let insert = told.iter().find_map(|message| match message {
        FromBrain::Told(Told { tab: 1, body: ToldBody::Page(PageCommand::Insert { insert_id, text, .. }) }) => {
            Some((*insert_id, text.clone()))
        }
        _ => None,
    });
    let (insert_id, text) = insert.unwrap();
    assert_eq!(text, suggestion.text);
    desk.page(1, PageEvent::InsertFinished { insert_id, outcome: InsertOutcome::Inserted });
    assert_eq!(desk.scene(1).notice, Some(Notice::Inserted));
    desk.page(1, PageEvent::InsertFinished { insert_id, outcome: InsertOutcome::Inserted });
    assert_eq!(desk.count(|body| matches!(body, EventBody::SuggestionInserted { .. })), 1, "confirmed once");
    assert!(
        desk.stored.iter().any(|s| matches!(s, Stored::Usage(usage) if usage.contains(&(suggestion.id.clone(), 1, 1))))
    );
    desk.command(Command::DismissNotice);
    assert_eq!(desk.scene(1).notice, None);
}

#[test]
fn without_the_engine_the_rest_works() {
    let mut desk = Desk::new();
    desk.session.engine_unavailable(ErrorCode::ModelCorrupt, NOW);
    desk.page(1, PageEvent::Hello { site: "desk.test".into(), url: String::new(), locale: Locale::En });
    desk.sees(1, conversation("7"), vec![customer("1", "I forgot my password, order #48213")]);
    let scene = desk.scene(1);
    assert_eq!(scene.engine, EngineState::Unavailable { code: ErrorCode::ModelCorrupt });
    let view = scene.conversation.unwrap();
    assert_eq!((view.intent, view.mood.word, view.fields.len()), (None, domain::mood::MoodWord::Unknown, 1));
    assert!(!view.suggestions.is_empty(), "found by words");
    assert!(desk.events().is_empty());
    desk.session.engine_ready(random_analyser(), NOW);
    desk.work();
    assert_eq!((desk.view().pending, desk.count(|body| matches!(body, EventBody::MessageAnalysed { .. }))), (0, 1));
}

#[test]
fn a_panel_without_a_page_speaks_the_browser_s_language() {
    let mut desk = Desk::ready();
    assert_eq!(desk.scene(9).locale, Locale::Zh, "as the page of tab 1 said");
    desk.command(Command::SetLocale { locale: Locale::En });
    assert_eq!(desk.scene(9).locale, Locale::En, "as the agent chose");
}

#[test]
fn tabs_have_scenes_of_their_own() {
    let mut desk = Desk::ready();
    desk.page(2, PageEvent::Hello { site: "other.test".into(), url: String::new(), locale: Locale::En });
    desk.sees(1, conversation("7"), talk());
    desk.sees(2, conversation("7"), vec![customer("1", "cancel my order")]);
    assert_eq!(
        (desk.view().mood.customer_messages, desk.scene(2).conversation.unwrap().mood.customer_messages),
        (3, 1)
    );
    let told = desk.page(2, PageEvent::ConversationLeft);
    let scenes: Vec<u32> =
        told.iter().filter_map(|m| if let FromBrain::Told(t) = m { Some(t.tab) } else { None }).collect();
    assert_eq!(scenes, [2], "only what has changed is told");
    desk.say(1, RequestBody::Closed);
    assert_eq!(desk.scene(1).conversation, None);
    let hello = desk.say(2, RequestBody::Overlay(Command::Hello));
    assert!(matches!(hello[1], FromBrain::Told(Told { tab: 2, body: ToldBody::Overlay(_) })), "told again on request");
}

#[test]
fn settings_are_kept_and_sending_can_be_switched_off() {
    let mut desk = Desk::ready();
    desk.command(Command::SetLocale { locale: Locale::En });
    desk.command(Command::SetRestPrompts { on: false });
    desk.say(1, RequestBody::Panel(Query::Connect { server_url: "http://s".into(), device_token: String::new() }));
    let scene = desk.scene(1);
    assert_eq!((scene.locale, scene.care.prompts_on, scene.sync), (Locale::En, false, SyncState::Local));
    let Some(Stored::Settings(settings)) = desk.stored.iter().rev().find(|s| matches!(s, Stored::Settings(_))).cloned()
    else {
        panic!()
    };
    let mut later = Desk::new();
    later.session.restore(settings, Some(([1.0, 0.0, 60_000.0, 0.0, 0.0], NOW)), []);
    later.session.connect_by_default(Some(Server { url: "http://default".into(), device_token: "t".into() }));
    assert_eq!(
        (later.scene(1).locale, later.scene(1).sync),
        (Locale::En, SyncState::Local),
        "the agent's choice stands"
    );
    desk.sees(1, conversation("7"), talk());
    assert!(desk.events().is_empty(), "nothing is to leave");
    desk.say(1, RequestBody::Panel(Query::Connect { server_url: "http://s".into(), device_token: "t".into() }));
    assert!(
        desk.count(|body| matches!(body, EventBody::MessageAnalysed { .. })) == 3,
        "what is on screen is told then"
    );
}

#[test]
fn the_glass_box_shows_what_is_read_and_what_waits() {
    let mut desk = Desk::ready();
    desk.sees(1, conversation("7"), talk());
    let told = desk.say(1, RequestBody::Panel(Query::Inspect));
    let FromBrain::Answer(Answer { result: AnswerResult::Inspection(inspection), .. }) = &told[0] else {
        panic!("{told:?}")
    };
    assert_eq!((inspection.messages.len(), inspection.sent.len()), (5, 0));
    assert_eq!(inspection.waiting.len(), desk.events().len());
    let timing = inspection.timing.unwrap();
    assert_eq!((timing.messages, timing.memory_bytes), (3, None), "natively nobody can tell its memory");
    assert_eq!(inspection.server_url.as_deref(), Some("http://server.test"));
}

#[test]
fn a_live_customer_who_waits_holds_rest_prompts_back() {
    let mut desk = Desk::ready();
    let ticket = Conversation { channel: Channel::Ticket, ..conversation("8") };
    for (conversation, expected) in [(conversation("7"), false), (ticket, true)] {
        let mut now_ms = NOW;
        desk.sees(1, conversation, vec![customer("1", "where is my order")]);
        for second in 0..52 * 60 {
            now_ms = NOW + second * 1_000;
            if second % 20 == 0 {
                let body = RequestBody::Page(PageEvent::Activity {
                    key_presses: 3,
                    elapsed_ms: 20_000,
                    visible: true,
                    typing: false,
                });
                desk.session.handle(Request { id: 0, tab: 1, body }, now_ms);
            }
            desk.session.tick(now_ms);
        }
        assert_eq!(desk.session.scene(1, now_ms).care.prompt.is_some(), expected);
    }
}

fn reports() -> impl Strategy<Value = Vec<(Vec<usize>, bool)>> {
    // Each report: which messages, and whether it carries an older wording.
    let report = (proptest::collection::vec(0usize..6, 0..6), proptest::bool::ANY);
    proptest::collection::vec(report, 0..8)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_drop_repeat_or_reorder_of_reports_ends_in_the_same_scene(reports in reports()) {
        let mut all = talk();
        all.push(customer("6", "I will come down there and kill you"));
        let mut straight = Desk::ready();
        straight.sees(1, conversation("7"), all.clone());

        let mut crooked = Desk::ready();
        for (picked, older) in reports {
            let mut messages: Vec<Message> = picked.iter().map(|&index| all[index].clone()).collect();
            if older {
                messages.iter_mut().for_each(|message| message.text.push_str(" (first version)"));
            }
            crooked.page(1, PageEvent::ConversationSeen { conversation: Box::new(conversation("7")), messages, removed: vec![], reply_box: ReplyBox::Hidden });
            crooked.session.step(NOW);
        }
        crooked.sees(1, conversation("7"), all);
        prop_assert_eq!(straight.scene(1), crooked.scene(1));
    }
}

#[test]
fn names_of_options_are_read_after_messages_and_once() {
    let field = |count: usize| FormField {
        key: "category".into(),
        label: "Category".into(),
        kind: FormFieldKind::Choice,
        options: (0..count).map(|n| FormOption { value: n.to_string(), text: format!("Delivery {n}") }).collect(),
        ..FormField::default()
    };
    let seen = |count| PageEvent::FormSeen { fields: vec![field(count)], saves_itself: false };
    let mut desk = Desk::ready();
    desk.sees(1, conversation("7"), talk());
    let steps = |desk: &mut Desk| {
        let mut steps = 0;
        while desk.session.has_work(NOW) {
            desk.session.step(NOW);
            steps += 1;
        }
        steps
    };
    steps(&mut desk);
    desk.page(1, seen(3));
    assert_eq!(steps(&mut desk), 3);
    desk.page(1, seen(4));
    assert_eq!(steps(&mut desk), 1, "three are known");
    desk.page(1, seen(1_000));
    assert_eq!(steps(&mut desk), 0, "so many are not read");
}

#[test]
fn a_form_is_filled_on_confirming_and_taken_back() {
    let field = |key: &str, value: Option<&str>| FormField {
        key: key.into(),
        label: key.into(),
        values: value.into_iter().map(str::to_owned).collect(),
        ..FormField::default()
    };
    let seen = |value| PageEvent::FormSeen { fields: vec![field("Order number", value)], saves_itself: false };
    let to_page = |told: &[FromBrain]| {
        told.iter().find_map(|message| match message {
            FromBrain::Told(Told { body: ToldBody::Page(command), .. }) => Some(command.clone()),
            _ => None,
        })
    };
    let mut desk = Desk::ready();
    desk.sees(1, conversation("7"), talk());
    assert_eq!(desk.view().fill, None, "no form");
    desk.page(1, seen(None));
    let proposal = desk.view().fill.unwrap().proposals[0].clone();
    assert_eq!((proposal.new.as_str(), proposal.ticked), ("48213", true));
    assert_eq!(
        error_of(&desk.command(Command::Fill { keys: vec!["other".into()] })),
        Some(ErrorCode::NoSuchSuggestion)
    );
    assert_eq!(error_of(&desk.command(Command::UndoFill)), Some(ErrorCode::NoSuchSuggestion));

    let told = desk.command(Command::Fill { keys: vec!["Order number".into()] });
    let Some(PageCommand::Fill { fill_id, fields, conversation_id }) = to_page(&told) else { panic!("{told:?}") };
    assert_eq!((fields[0].before.clone(), fields[0].values.clone()), (vec![], vec!["48213".to_owned()]));
    assert_eq!(conversation_id, "7");
    assert!(desk.view().fill.unwrap().busy);
    assert!(error_of(&desk.command(Command::Fill { keys: vec!["Order number".into()] })).is_some(), "one at a time");
    let finished = |outcome, undone| PageEvent::FillFinished {
        fill_id,
        results: vec![FillResult { key: "Order number".into(), outcome }],
        undone,
    };
    desk.page(1, seen(Some("48213")));
    desk.page(1, finished(FillOutcome::Filled, false));
    let fill = desk.view().fill.unwrap();
    assert_eq!((fill.proposals.len(), fill.busy), (0, false));
    assert_eq!(fill.done, Some(FillDone { filled: 1, refused: 0, undone: false }));

    assert_eq!(to_page(&desk.command(Command::UndoFill)), Some(PageCommand::UndoFill { fill_id }));
    desk.page(1, seen(None));
    desk.page(1, finished(FillOutcome::Filled, true));
    let fill = desk.view().fill.unwrap();
    assert_eq!((fill.proposals.len(), fill.done.unwrap().undone), (1, true));
    assert!(error_of(&desk.command(Command::UndoFill)).is_some(), "once");

    let told = desk.command(Command::Fill { keys: vec!["Order number".into()] });
    let Some(PageCommand::Fill { fill_id, .. }) = to_page(&told) else { panic!("{told:?}") };
    let results = vec![FillResult { key: "Order number".into(), outcome: FillOutcome::Changed }];
    desk.page(1, PageEvent::FillFinished { fill_id, results, undone: false });
    let fill = desk.view().fill.unwrap();
    assert_eq!((fill.proposals[0].refused, fill.done.unwrap().refused), (Some(FillOutcome::Changed), 1));
    desk.session.tick(NOW + 60_000);
    assert_eq!(desk.view().fill.unwrap().done, None, "for a while");
    desk.sees(1, conversation("8"), talk());
    assert_eq!(desk.view().fill, None, "another conversation, another form");
}
