//! The brain of Warmseat: it reads what the page reports, understands it, and says what is to be drawn.
//!
//! Owns: the encoder, the tokeniser, language, fields, knowledge search, the session, the
//! outbox, what is shared with the team. Builds native and
//! wasm from the same code; only `browser` knows that there is a browser. Deliberately does not know: the helpdesk's
//! DOM, the overlay's drawing, the server's tables.

mod backoff;
pub mod bundle;
mod closeness;
mod curses;
pub mod danger;
pub mod fields;
pub mod heads;
pub mod knowledge;
pub mod lang;
pub mod learn;
pub mod line;
pub mod outbox;
mod pattern;
pub mod redact;
pub mod session;
pub mod team;
pub mod tokens;
pub mod understand;
mod wordpiece;

pub use engine;

#[cfg(target_arch = "wasm32")]
pub mod browser;
