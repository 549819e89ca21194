//! The feed: what changed, told to every open stream in the order of the commits.
//!
//! Does not know HTTP. A reader that is too slow is told to fetch the lists again.

use std::sync::Arc;

use domain::record::{ConversationRecord, StreamEvent};
use tokio::sync::broadcast;

use crate::store::Stored;

/// Signals kept for slow readers.
pub const BACKLOG: usize = 1024;

/// One thing told.
#[derive(Clone, Debug)]
pub enum Signal {
    /// `json` is a [`StreamEvent::Conversation`], made once for all readers.
    Conversation { team_id: Arc<str>, json: Arc<str> },
    /// A taught site of this team was proposed or decided on.
    TaughtSites { team_id: Arc<str> },
    /// A conversation has left this team.
    Resync { team_id: Arc<str> },
    /// The session with this id has ended.
    SignedOut { session_id: String },
    /// The server is about to stop.
    Closing,
}

#[derive(Clone, Debug)]
pub struct Feed(broadcast::Sender<Signal>);

impl Default for Feed {
    fn default() -> Self {
        Self(broadcast::Sender::new(BACKLOG))
    }
}

impl Feed {
    pub fn subscribe(&self) -> broadcast::Receiver<Signal> {
        self.0.subscribe()
    }

    /// Tells each change of a batch once.
    pub fn tell(&self, stored: &Stored) {
        if self.0.receiver_count() == 0 {
            return;
        }
        for change in &stored.changes {
            if let Some(team_id) = &change.left_team_id {
                self.send(Signal::Resync { team_id: team_id.as_str().into() });
            }
            self.conversation(&change.conversation);
        }
    }

    pub fn conversation(&self, conversation: &ConversationRecord) {
        let Ok(json) = conversation_json(conversation) else { return };
        self.send(Signal::Conversation { team_id: conversation.team_id.as_str().into(), json: json.into() });
    }

    pub fn taught_sites(&self, team_id: &str) {
        self.send(Signal::TaughtSites { team_id: team_id.into() });
    }

    pub fn sign_out(&self, session_id: String) {
        self.send(Signal::SignedOut { session_id });
    }

    /// Ends every stream, so that the server can stop.
    pub fn close(&self) {
        self.send(Signal::Closing);
    }

    pub fn send(&self, signal: Signal) {
        // Nobody listening is no failure.
        let _ = self.0.send(signal);
    }
}

fn conversation_json(conversation: &ConversationRecord) -> serde_json::Result<String> {
    serde_json::to_string(&StreamEvent::Conversation { conversation: Box::new(conversation.clone()) })
}
