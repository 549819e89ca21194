//! Every task.
fn main() {}
