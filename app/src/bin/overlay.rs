//! Overlay entry.
fn main() {}
