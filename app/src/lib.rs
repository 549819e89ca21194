//! The face: what agents and supervisors see. A view of scenes and records; it understands nothing itself.
//!
//! Owns: the overlay beside a conversation and the supervisors' dashboard, two binaries over one library.
//! Deliberately does not know: the model, the tokenizer, SQL, or the helpdesk's page.

pub mod shared;

#[cfg(feature = "dashboard")]
pub mod dashboard;
#[cfg(feature = "overlay")]
pub mod overlay;
