//! One customer in two tabs: asked about, joined, separated, remembered; and nothing of it in what leaves.

use domain::form::{FillSource, FormField};
use domain::suggestion::Suggestion;
use domain::sync::Event;
use domain::timeline::{ContactKind, TimelineView};
use domain::wire::*;
use domain::{Channel, Conversation, Message, Requester};

use super::super::dialogue::tests::{conversation, message};
use super::super::*;
use super::*;
use crate::outbox::{Change, Server};
use crate::understand::tests::random_analyser;

const NOW: i64 = 1_700_000_000_000;
const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 86_400_000;

struct Desk {
    session: Session,
    now_ms: i64,
    stored: Vec<Stored>,
}

impl Desk {
    fn new() -> Self {
        Self::after(None, Vec::new(), NOW)
    }

    /// With what an earlier brain left in the store.
    fn after(salt: Option<&str>, known: Vec<KnownRecord>, now_ms: i64) -> Self {
        let mut session = Session::new(Config::default(), Meters::default());
        session.restore_people(salt.map(str::to_owned), "fresh".into(), known, now_ms);
        session.connect_by_default(Some(Server { url: "http://server.test".into(), device_token: "t".into() }));
        session.engine_ready(random_analyser(), now_ms);
        Self { session, now_ms, stored: Vec::new() }
    }

    fn say(&mut self, tab: u32, body: RequestBody) -> Option<ErrorCode> {
        let told = self.session.handle(Request { id: 1, tab, body }, self.now_ms);
        self.work();
        told.iter().find_map(|message| match message {
            FromBrain::Answer(Answer { result: AnswerResult::Error { code, .. }, .. }) => Some(*code),
            _ => None,
        })
    }

    fn work(&mut self) {
        while self.session.has_work(self.now_ms) {
            self.session.step(self.now_ms);
        }
        self.stored.extend(self.session.take_stored());
    }

    fn page(&mut self, tab: u32, event: PageEvent) {
        assert_eq!(self.say(tab, RequestBody::Page(event)), None);
    }

    fn sees(&mut self, tab: u32, conversation: Conversation, messages: Vec<Message>) {
        let (removed, reply_box) = (Vec::new(), ReplyBox::Open);
        self.page(
            tab,
            PageEvent::ConversationSeen { conversation: Box::new(conversation), messages, removed, reply_box },
        );
    }

    fn command(&mut self, tab: u32, command: Command) -> Option<ErrorCode> {
        self.say(tab, RequestBody::Overlay(command))
    }

    fn join(&mut self, tab: u32) {
        let other = self.offer(tab).unwrap().id;
        assert_eq!(self.command(tab, Command::JoinTimeline { other }), None);
    }

    fn view(&self, tab: u32) -> ConversationView {
        self.session.scene(tab, self.now_ms).conversation.unwrap()
    }

    fn timeline(&self, tab: u32) -> TimelineView {
        self.view(tab).timeline.unwrap_or_default()
    }

    fn offer(&self, tab: u32) -> Option<OtherView> {
        self.timeline(tab).offer
    }

    fn events(&self) -> Vec<Event> {
        let kept = self.stored.iter().filter_map(|stored| match stored {
            Stored::Outbox(Change::Keep(event)) => Some(event.clone()),
            _ => None,
        });
        kept.collect()
    }

    fn known(&self) -> Vec<KnownRecord> {
        let mut known = HashMap::new();
        for stored in &self.stored {
            match stored {
                Stored::Known(id, Some(one)) => drop(known.insert(id.clone(), one.clone())),
                Stored::Known(id, None) => drop(known.remove(id)),
                _ => {}
            }
        }
        known.into_iter().collect()
    }
}

fn from(id: &str, site: &str, channel: Channel, requester: Requester) -> Conversation {
    Conversation { url: format!("https://{site}/{id}"), channel, requester, ..conversation(id) }
}

fn mei(email: &str) -> Requester {
    Requester { name: Some("Mei Chen".into()), email: Some(email.into()), ..Requester::default() }
}

fn said(id: &str, minutes_ago: i64, text: &str) -> Message {
    Message { sent_at_ms: Some(NOW - minutes_ago * MINUTE_MS), ..message(id, Author::Customer, text) }
}

fn mail() -> (Conversation, Vec<Message>) {
    let words = "Where is my order #48213? The parcel SF1029384756 has not moved.";
    (from("m1", "mail.test", Channel::Email, mei("Mei.Chen@example.org")), vec![said("1", 12, words)])
}

fn chat() -> (Conversation, Vec<Message>) {
    let messages = vec![said("1", 20, "hello"), said("2", 2, "I am still waiting")];
    (from("c1", "chat.test", Channel::Chat, mei("mei.chen@example.org")), messages)
}

fn both() -> Desk {
    let mut desk = Desk::new();
    let ((mail, mails), (chat, chats)) = (mail(), chat());
    desk.sees(1, mail, mails);
    desk.sees(2, chat, chats);
    desk
}

#[test]
fn the_same_address_in_two_tabs_is_asked_about_in_both() {
    let desk = both();
    let offer = desk.offer(2).unwrap();
    assert_eq!((offer.channel, offer.site.as_str(), offer.by), (Channel::Email, "mail.test", Some(ContactKind::Email)));
    assert_eq!((offer.last_at_ms, offer.requester_name.as_deref()), (NOW - 12 * MINUTE_MS, Some("Mei Chen")));
    assert_eq!(desk.offer(1).unwrap().channel, Channel::Chat);
    assert!(desk.timeline(2).entries.is_empty(), "nothing is shown before the agent says yes");
    assert!(desk.view(2).suggestions.iter().all(|suggestion| suggestion.from.is_none()));
}

#[test]
fn a_yes_gives_one_timeline_in_order_of_time() {
    let mut desk = both();
    desk.join(2);
    let timeline = desk.timeline(2);
    let order: Vec<_> = timeline.entries.iter().map(|entry| (entry.channel, entry.here)).collect();
    assert_eq!(order, [(Channel::Chat, true), (Channel::Email, false), (Channel::Chat, true)]);
    assert_eq!((timeline.joined.len(), timeline.offer), (1, None));
    let mood = desk.view(2).mood;
    assert_eq!((mood.customer_messages, mood.course.len()), (3, 3));
    let marks: Vec<_> = mood.course.iter().map(|point| point.channel).collect();
    assert_eq!(marks, [Some(Channel::Chat), Some(Channel::Email), Some(Channel::Chat)]);
    let ids: std::collections::HashSet<_> = timeline.entries.iter().map(|entry| &entry.id).collect();
    assert_eq!(ids.len(), 3, "both pages call a message 1");
    let values: Vec<_> = timeline.fields.iter().map(|other| (other.field.value.as_str(), other.channel)).collect();
    assert!(
        values.contains(&("48213", Channel::Email)) && values.contains(&("SF1029384756", Channel::Email)),
        "{values:?}"
    );
    assert!(desk.timeline(1).fields.is_empty(), "the mail knows its own");
    assert_eq!(desk.timeline(1).joined[0].channel, Channel::Chat);
}

#[test]
fn values_of_the_other_conversation_fill_answers_and_forms_with_their_mark() {
    let mut desk = both();
    desk.command(2, Command::CorrectIntent { message_id: "2".into(), label: "order_status".into() });
    let fields = || vec![FormField { key: "o".into(), label: "Order number".into(), ..FormField::default() }];
    desk.page(2, PageEvent::FormSeen { fields: fields(), saves_itself: false });
    assert_eq!(desk.view(2).fill, None);
    desk.join(2);
    let view = desk.view(2);
    let marked: Vec<_> = view.suggestions.iter().filter(|suggestion| suggestion.from == Some(Channel::Email)).collect();
    let is_told = |one: &Suggestion| one.text.contains("48213") || one.text.contains("SF1029384756");
    assert!(!marked.is_empty() && marked.into_iter().all(is_told), "{:?}", view.suggestions);
    let proposal = view.fill.unwrap().proposals[0].clone();
    assert_eq!((proposal.new.as_str(), proposal.ticked), ("48213", false), "offered, never ticked by itself");
    assert!(matches!(proposal.source, FillSource::Elsewhere { channel: Channel::Email, .. }), "{:?}", proposal.source);
    let own = said("3", 1, "it is order #77777 this time");
    let (chat, mut chats) = chat();
    chats.push(own);
    desk.sees(2, chat, chats);
    let proposal = desk.view(2).fill.unwrap().proposals[0].clone();
    assert_eq!((proposal.new.as_str(), proposal.ticked), ("77777", true), "its own words come first");
    let id = desk.timeline(2).joined[0].id.clone();
    desk.command(2, Command::KeepApart { other: id });
    assert!(desk.view(2).suggestions.iter().all(|suggestion| suggestion.from.is_none()));
}

#[test]
fn separate_again_and_not_the_same_are_remembered_and_can_be_taken_back() {
    let mut desk = both();
    desk.join(2);
    let other = desk.timeline(2).joined[0].id.clone();
    desk.command(2, Command::KeepApart { other: other.clone() });
    let timeline = desk.timeline(2);
    assert_eq!((timeline.offer, timeline.joined, timeline.entries.len()), (None, vec![], 0));
    assert_eq!(timeline.apart.unwrap().id, other);
    assert_eq!(desk.view(2).mood.customer_messages, 2);
    assert_eq!(desk.offer(1), None, "in the other tab neither");
    desk.command(2, Command::JoinTimeline { other: other.clone() });
    assert_eq!(desk.timeline(2).joined.len(), 1);
    desk.command(2, Command::KeepApart { other });
    desk.now_ms += MINUTE_MS;
    assert_eq!(desk.view(2).timeline, None, "the way back is there for a while");
}

#[test]
fn later_asks_again_and_unknown_conversations_are_refused() {
    let mut desk = both();
    let other = desk.offer(2).unwrap().id;
    desk.command(2, Command::AskLater { other });
    assert_eq!((desk.offer(2), desk.offer(1)), (None, None));
    desk.now_ms += 30 * MINUTE_MS;
    assert!(desk.offer(2).is_some());
    let code = desk.command(2, Command::JoinTimeline { other: "x".into() });
    assert_eq!(code, Some(ErrorCode::NoConversation));
    let own = desk.session.tabs[&2].conversation.clone().unwrap();
    assert_eq!(desk.command(2, Command::JoinTimeline { other: own }), Some(ErrorCode::NoConversation));
    assert_eq!(desk.command(9, Command::KeepApart { other: "x".into() }), Some(ErrorCode::NoConversation));
}

#[test]
fn who_is_not_offered() {
    let check = |why: &str, a: Conversation, b: Conversation| {
        let mut desk = Desk::new();
        desk.sees(1, a, vec![said("1", 12, "where is my order")]);
        desk.sees(2, b, vec![said("1", 2, "hello")]);
        assert_eq!(desk.offer(2), None, "{why}");
    };
    let named = || Requester { name: Some("Mei Chen".into()), ..Requester::default() };
    let social = |site: &str| {
        from("s", site, Channel::Social, Requester { handle: Some("@mei".into()), ..Requester::default() })
    };
    let chat = |requester| from("c1", "chat.test", Channel::Chat, requester);
    let mail = |requester| from("m1", "mail.test", Channel::Email, requester);
    check("a name alone", mail(named()), chat(named()));
    check("another address", mail(mei("mei@example.org")), chat(mei("mei@example.com")));
    check("a shared box", mail(mei("info@example.org")), chat(mei("info@example.org")));
    check("a handle of another site", social("a.test"), social("b.test"));
    let agents = vec!["Mei@Example.org".to_owned()];
    let own = Conversation { agent_emails: agents, ..chat(mei("tom@example.org")) };
    let mut desk = Desk::new();
    desk.sees(1, mail(mei("mei@example.org")), vec![said("1", 12, "where is my order")]);
    desk.sees(3, own, vec![said("1", 3, "hi")]);
    desk.sees(2, from("c2", "chat.test", Channel::Chat, mei("mei@example.org")), vec![said("1", 2, "hello")]);
    assert_eq!(desk.offer(2), None, "an agent's own address");
}

#[test]
fn numbers_are_matched_across_their_forms_and_copies_and_old_ones_left_out() {
    let phone = |number: &str| Requester { phone: Some(number.into()), ..Requester::default() };
    let mut desk = Desk::new();
    let call = from("p1", "calls.test", Channel::Phone, phone("+86 138 0013 8000"));
    desk.sees(1, call, vec![said("1", 12, "I called about my refund")]);
    desk.now_ms += 2_000;
    desk.session.tick(desk.now_ms);
    desk.work();
    desk.sees(2, from("c1", "chat.test", Channel::Chat, phone("138-0013-8000")), vec![said("1", 2, "hello")]);
    assert_eq!(desk.offer(2).unwrap().by, Some(ContactKind::Phone));
    desk.now_ms += 7 * DAY_MS;
    let (chat, chats) = (from("c1", "chat.test", Channel::Chat, phone("13800138000")), vec![said("1", 2, "hello")]);
    desk.sees(2, chat, chats.clone());
    assert_eq!(desk.offer(2), None, "out of sight for a week");
    desk.sees(3, from("c1?view=print", "chat.test", Channel::Chat, phone("13800138000")), chats);
    assert_eq!(desk.offer(3), None, "the same words on the same site are the same conversation");
}

#[test]
fn a_third_conversation_joins_the_whole_and_leaves_it_alone() {
    let mut desk = both();
    desk.join(2);
    let requester = Requester { phone: Some("+31 6 12345678".into()), ..mei("mei.chen@example.org") };
    desk.sees(3, from("p1", "calls.test", Channel::Phone, requester), vec![said("1", 40, "I called before")]);
    desk.now_ms += 2_000;
    desk.session.tick(desk.now_ms);
    desk.work();
    desk.join(3);
    for tab in 1..=3 {
        assert_eq!((desk.timeline(tab).joined.len(), desk.timeline(tab).entries.len()), (2, 4), "{tab}");
    }
    let call = desk.timeline(1).joined.iter().find(|other| other.channel == Channel::Phone).unwrap().id.clone();
    desk.command(1, Command::KeepApart { other: call });
    assert_eq!([1, 2, 3].map(|tab| desk.timeline(tab).joined.len()), [1, 1, 0]);
}

#[test]
fn a_restart_remembers_the_answer_for_days_and_keeps_only_hashes() {
    let mut desk = both();
    desk.join(2);
    let salt = desk.stored.iter().find_map(|stored| match stored {
        Stored::Salt(salt) => Some(salt.clone()),
        _ => None,
    });
    assert_eq!(salt.as_deref(), Some("fresh"));
    let known = desk.known();
    let kept = serde_json::to_string(&known).unwrap();
    for word in ["mei", "Mei", "Chen", "example", "chat.test", "mail.test", "48213", "order"] {
        assert!(!kept.contains(word), "{word}: {kept}");
    }
    let again = |now_ms: i64| {
        let mut desk = Desk::after(Some("fresh"), known.clone(), now_ms);
        let ((mail, mails), (chat, chats)) = (mail(), chat());
        desk.sees(1, mail, mails);
        desk.sees(2, chat, chats);
        (desk.timeline(2).joined.len(), desk.offer(2).is_some())
    };
    assert_eq!(again(NOW + 29 * DAY_MS), (1, false));
    assert_eq!(again(NOW + 31 * DAY_MS), (0, true), "asked anew");
}

#[test]
fn a_new_device_makes_its_salt_once() {
    let salt_of = |salt: Option<&str>, fresh: &str| {
        let mut session = Session::new(Config::default(), Meters::default());
        session.restore_people(salt.map(str::to_owned), fresh.into(), Vec::new(), NOW);
        session
            .take_stored()
            .into_iter()
            .find_map(|stored| if let Stored::Salt(salt) = stored { Some(salt) } else { None })
    };
    assert_eq!(salt_of(None, "random").as_deref(), Some("random"));
    assert_eq!(salt_of(Some("kept"), "random"), None);
    assert_eq!(salt_of(None, ""), None, "without random numbers nobody is recognised");
}

#[test]
fn what_leaves_is_the_same_joined_or_not() {
    let events = |join: bool| {
        let mut desk = both();
        if join {
            desk.join(2);
        }
        let (mail, mut mails) = mail();
        mails.push(said("2", 1, "and I want my refund now"));
        desk.sees(1, mail, mails);
        desk.events()
    };
    let (apart, joined) = (events(false), events(true));
    assert_eq!(apart, joined);
    let sent = serde_json::to_string(&joined).unwrap();
    assert!(sent.len() > 100 && !sent.contains("mei") && !sent.contains("Mei"), "{sent}");
}

#[test]
fn a_closed_tab_s_words_stay_as_long_as_sessions_do() {
    let mut desk = both();
    desk.join(2);
    desk.say(1, RequestBody::Closed);
    assert_eq!(desk.timeline(2).entries.len(), 3);
    for n in 0..MAX_DIALOGUES + 1 {
        desk.sees(3, from(&format!("x{n}"), "desk.test", Channel::Chat, Requester::default()), Vec::new());
    }
    assert_eq!(desk.view(2).timeline, None);
}

#[test]
fn captions_are_read_once_they_stand_still() {
    let mut desk = Desk::new();
    let call = || from("p1", "calls.test", Channel::Phone, Requester::default());
    let understood = |desk: &Desk| {
        let view = desk.view(1);
        (view.mood.course.len(), view.pending)
    };
    for words in ["I want", "I want my", "I want my refund"] {
        desk.sees(1, call(), vec![message("1", Author::Customer, words)]);
        desk.now_ms += 400;
        desk.session.tick(desk.now_ms);
        desk.work();
        assert_eq!(understood(&desk), (0, 1), "{words}");
    }
    assert_eq!(desk.events(), []);
    desk.now_ms += 1_200;
    desk.session.tick(desk.now_ms);
    desk.work();
    assert_eq!(understood(&desk), (1, 0));
    let before = desk.events().len();
    desk.sees(1, call(), vec![message("1", Author::Customer, "I want my refund today")]);
    assert_eq!((understood(&desk).1, desk.events().len()), (1, before), "a correction waits as well");
    desk.now_ms += 1_200;
    desk.session.tick(desk.now_ms);
    desk.work();
    assert_eq!(desk.view(1).mood.course[0].excerpt, "I want my refund today");
    let chat = from("c1", "chat.test", Channel::Chat, Requester::default());
    desk.sees(1, chat, vec![message("1", Author::Customer, "I want")]);
    assert_eq!(understood(&desk), (1, 0), "a chat's message is whole");
}

#[test]
fn without_the_model_captions_wait_for_the_clock() {
    let mut desk = Desk::new();
    desk.session.engine_unavailable(ErrorCode::ModelCorrupt, NOW);
    let call = from("p1", "calls.test", Channel::Phone, Requester::default());
    desk.sees(1, call, vec![message("1", Author::Customer, "order #48213 please")]);
    assert!(desk.view(1).fields.is_empty());
    desk.now_ms += 1_200;
    desk.session.tick(desk.now_ms);
    assert_eq!(desk.view(1).fields[0].value, "48213");
}
