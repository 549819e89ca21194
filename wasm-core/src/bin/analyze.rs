//! Reads JSON lines, prints one analysis each.
fn main() {}
