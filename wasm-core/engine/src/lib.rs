//! The engine: one pass of a BERT-type encoder and of the phrase table beside it over one message, for all heads.
//!
//! Owns: reading weights, integer and float arithmetic, the order of operations. Does not know words, labels or
//! temperatures: token ids go in, logits come out. Checked against tract-onnx and onnxruntime on the same file.

mod attention;
mod encoder;
mod kernel;
mod lanes;
mod math;
mod matrix;
pub mod onnx;
mod weights;
mod wide;

/// Small random models for tests, also those of others.
#[cfg(any(test, feature = "fixture"))]
pub mod fixture;

pub use encoder::{Encoder, Outputs};
#[cfg(any(test, feature = "fixture"))]
pub use kernel::check;
pub use weights::EngineError;

/// The most tokens that one pass takes.
pub const MAX_TOKENS: usize = 128;
/// Token types: message, customer's turn, agent's turn.
pub const TYPES: usize = 3;

/// e^x as the encoder computes it.
pub use math::softmax;
