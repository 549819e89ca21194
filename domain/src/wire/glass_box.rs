//! What the glass box shows: what was read, what has left and what waits.

use serde::{Deserialize, Serialize};

use super::Scene;
use crate::analysis::Lang;
use crate::conversation::{Conversation, Message};
use crate::locator::{LocatorState, SiteLocator};

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
    /// Duration of the last encoder pass, from receiving the message to sending the scene, and of the start.
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
    /// From the start of the brain's Worker until the engine could read for the first time.
    pub ready_ms: f64,
    /// What the brain's WebAssembly holds of memory, engine and model included; none where it runs natively.
    pub memory_bytes: Option<f64>,
}
