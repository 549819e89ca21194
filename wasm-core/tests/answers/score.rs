//! Plays labelled conversations to a session, turn by turn, and counts which of the answers on offer fit.

use std::error::Error;
use std::path::Path;

use domain::wire::{FromBrain, Locale, PageEvent, ReplyBox, Request, RequestBody, Told, ToldBody};
use domain::{Author, Channel, Conversation, Message, Requester};
use serde::{Deserialize, Serialize};
use wasm_core::session::{Config, Meters, Session};
use wasm_core::understand::Analyser;

/// Between two turns; captions have settled by then.
const TURN_MS: i64 = 40_000;

#[derive(Deserialize)]
struct Talk {
    id: String,
    channel: Channel,
    turns: Vec<Turn>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case", untagged)]
enum Turn {
    Customer { customer: String, fits: Vec<String> },
    Agent { agent: String },
    Bot { bot: String },
}

#[derive(Debug, Default, Serialize)]
pub struct Counts {
    pub turns: u32,
    /// Turns where an answer fits.
    pub wanting: u32,
    /// Of those, where one of those on offer, or the first of them, does.
    pub served: u32,
    pub served_first: u32,
    pub offered: u32,
    pub fitting: u32,
}

/// Plays the conversations of a file, one after the other, as an agent goes from one to the next.
pub fn count(path: &Path, analyser: Analyser) -> Result<Counts, Box<dyn Error>> {
    let mut player = Player::new(analyser);
    for line in std::fs::read_to_string(path)?.lines() {
        player.play(&serde_json::from_str(line)?);
    }
    Ok(player.counts)
}

struct Player {
    session: Session,
    now_ms: i64,
    requests: u32,
    counts: Counts,
}

impl Player {
    fn new(analyser: Analyser) -> Self {
        let now_ms = 1_764_500_000_000;
        let mut session = Session::new(Config::default(), Meters::default());
        session.engine_ready(analyser, now_ms);
        let mut player = Self { session, now_ms, requests: 0, counts: Counts::default() };
        player.tell(PageEvent::Hello { site: "desk.test".into(), url: String::new(), locale: Locale::En });
        player
    }

    fn tell(&mut self, event: PageEvent) -> Vec<FromBrain> {
        self.requests += 1;
        let request = Request { id: self.requests, tab: 1, body: RequestBody::Page(event) };
        let mut told = self.session.handle(request, self.now_ms);
        let settled_ms = self.now_ms + TURN_MS / 2;
        while self.session.has_work(settled_ms) {
            told.extend(self.session.step(settled_ms));
        }
        told
    }

    fn play(&mut self, talk: &Talk) {
        let (mut messages, mut offered) = (Vec::new(), Vec::new());
        for (number, turn) in talk.turns.iter().enumerate() {
            self.now_ms += TURN_MS;
            let (author, text) = match turn {
                Turn::Customer { customer, .. } => (Author::Customer, customer),
                Turn::Agent { agent } => (Author::Agent, agent),
                Turn::Bot { bot } => (Author::Bot, bot),
            };
            messages.push(message(number, author, text, self.now_ms));
            let told = self.tell(PageEvent::ConversationSeen {
                conversation: Box::new(conversation(talk)),
                messages: messages.clone(),
                removed: Vec::new(),
                reply_box: ReplyBox::Open,
            });
            if let Some(now) = told.into_iter().rev().find_map(suggestions) {
                offered = now;
            }
            if let Turn::Customer { fits, .. } = turn {
                self.counts.add(fits, &offered);
            }
        }
    }
}

impl Counts {
    fn add(&mut self, fits: &[String], offered: &[String]) {
        let fitting = offered.iter().filter(|id| fits.contains(id)).count() as u32;
        self.turns += 1;
        self.offered += offered.len() as u32;
        self.fitting += fitting;
        if !fits.is_empty() {
            self.wanting += 1;
            self.served += u32::from(fitting > 0);
            self.served_first += u32::from(offered.first().is_some_and(|first| fits.contains(first)));
        }
    }
}

/// Ids of the answers on offer in what the overlay was told.
fn suggestions(told: FromBrain) -> Option<Vec<String>> {
    let FromBrain::Told(Told { body: ToldBody::Overlay(scene), .. }) = told else { return None };
    Some(scene.conversation?.suggestions.into_iter().map(|suggestion| suggestion.id).collect())
}

fn conversation(talk: &Talk) -> Conversation {
    Conversation {
        id: talk.id.clone(),
        url: format!("https://desk.test/{}", talk.id),
        subject: None,
        channel: talk.channel,
        requester: Requester::default(),
        agent_name: None,
        agent_emails: Vec::new(),
    }
}

fn message(number: usize, author: Author, text: &str, at_ms: i64) -> Message {
    Message {
        id: format!("m{number}"),
        author,
        author_name: None,
        text: text.into(),
        sent_at_ms: Some(at_ms),
        evidence: String::new(),
    }
}
