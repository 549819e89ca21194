//! The words of Warmseat and the rules between them.
//!
//! Owns: conversations, analyses, mood (M1, M2), knowledge rank (K1), work debt and rest prompts (W1), the shield (A1),
//! tiers (C1),
//! the messages that cross every boundary ([`wire`], [`sync`]).
//! Deliberately does not know: the model, the DOM, storage, the network, or what time it is; instants come in as
//! milliseconds since the Unix epoch.

pub mod abuse;
pub mod analysis;
pub mod care;
pub mod conversation;
pub mod form;
pub mod intent;
pub mod labels;
pub mod locator;
pub mod mood;
pub mod own_model;
pub mod record;
pub mod shield;
pub mod suggestion;
pub mod sync;
pub mod taken;
pub mod timeline;
pub mod wire;

pub use analysis::{Analysis, Emotion, Field, FieldKind, Lang, Scored, Sentiment, SentimentScore, Tier};
pub use conversation::{Author, Channel, Conversation, Message, Requester};
