//! The same brain; a module with these instructions is refused as a whole by browsers that lack them, so it is one of its own.

pub use wasm_core::*;
