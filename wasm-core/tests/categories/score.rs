//! Shows a session a ticket's list of categories beside each of its messages, and counts which options are proposed rightly.

use std::error::Error;
use std::path::Path;

use domain::form::{FillProposal, FormField, FormFieldKind, FormOption};
use domain::wire::{FromBrain, Locale, PageEvent, ReplyBox, Request, RequestBody, Told, ToldBody};
use domain::{Author, Channel, Conversation, Message, Requester};
use serde::{Deserialize, Serialize};
use wasm_core::session::{Config, Meters, Session};
use wasm_core::understand::Analyser;

#[derive(Deserialize)]
struct List {
    id: String,
    options: Vec<String>,
    messages: Vec<Asking>,
}

#[derive(Deserialize)]
struct Asking {
    text: String,
    fits: Vec<String>,
}

#[derive(Debug, Default, Serialize)]
pub struct Counts {
    pub messages: u32,
    pub proposed: u32,
    pub right: u32,
    /// Of the proposed, those that one click on "Fill" puts in.
    pub ticked: u32,
    pub ticked_right: u32,
}

pub fn count(path: &Path, analyser: Analyser) -> Result<Counts, Box<dyn Error>> {
    let mut session = Session::new(Config::default(), Meters::default());
    session.engine_ready(analyser, NOW_MS);
    let mut desk = Desk { session, requests: 0 };
    desk.tell(PageEvent::Hello { site: "desk.test".into(), url: String::new(), locale: Locale::En });
    let mut counts = Counts::default();
    for line in std::fs::read_to_string(path)?.lines() {
        let list: List = serde_json::from_str(line)?;
        for (number, Asking { text, fits }) in list.messages.iter().enumerate() {
            let proposal = desk.proposal(&format!("{}/{number}", list.id), text, &list.options);
            counts.add(proposal.as_ref(), fits);
        }
    }
    Ok(counts)
}

const NOW_MS: i64 = 1_764_500_000_000;

struct Desk {
    session: Session,
    requests: u32,
}

impl Desk {
    fn tell(&mut self, event: PageEvent) -> Vec<FromBrain> {
        self.requests += 1;
        let request = Request { id: self.requests, tab: 1, body: RequestBody::Page(event) };
        let mut told = self.session.handle(request, NOW_MS);
        while self.session.has_work(NOW_MS) {
            told.extend(self.session.step(NOW_MS));
        }
        told
    }

    /// What is proposed for the category of a ticket with one message.
    fn proposal(&mut self, id: &str, text: &str, options: &[String]) -> Option<FillProposal> {
        let message = Message {
            id: "m".into(),
            author: Author::Customer,
            author_name: None,
            text: text.into(),
            sent_at_ms: None,
            evidence: String::new(),
        };
        self.tell(PageEvent::ConversationSeen {
            conversation: Box::new(conversation(id)),
            messages: vec![message],
            removed: Vec::new(),
            reply_box: ReplyBox::Open,
        });
        let field = FormField {
            key: "category".into(),
            label: "Category".into(),
            kind: FormFieldKind::Choice,
            options: options.iter().map(|text| FormOption { value: text.clone(), text: text.clone() }).collect(),
            ..FormField::default()
        };
        let told = self.tell(PageEvent::FormSeen { fields: vec![field], saves_itself: false });
        let scenes = told.into_iter().rev().filter_map(|message| match message {
            FromBrain::Told(Told { body: ToldBody::Overlay(scene), .. }) => scene.conversation,
            _ => None,
        });
        scenes.take(1).filter_map(|conversation| conversation.fill).flat_map(|fill| fill.proposals).next()
    }
}

impl Counts {
    fn add(&mut self, proposal: Option<&FillProposal>, fits: &[String]) {
        self.messages += 1;
        if let Some(proposal) = proposal {
            let right = u32::from(fits.contains(&proposal.new));
            self.proposed += 1;
            self.right += right;
            self.ticked += u32::from(proposal.ticked);
            self.ticked_right += if proposal.ticked { right } else { 0 };
        }
    }
}

fn conversation(id: &str) -> Conversation {
    Conversation {
        id: id.into(),
        url: format!("https://desk.test/{id}"),
        subject: None,
        channel: Channel::Ticket,
        requester: Requester::default(),
        agent_name: None,
        agent_emails: Vec::new(),
    }
}
