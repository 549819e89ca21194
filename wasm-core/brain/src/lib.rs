//! Only the artefact's name: what is linked decides how all of it is optimised in the end, and this is linked for speed.

pub use wasm_core::*;
