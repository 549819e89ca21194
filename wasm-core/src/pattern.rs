//! Patterns that are compiled once. One that does not compile matches nothing; the tests of those who own them see that all do.

use std::sync::LazyLock;

use regex_lite::Regex;

/// Longer text is searched this far only.
const MAX_BYTES: usize = 20_000;

pub type Pattern = LazyLock<Option<Regex>>;

pub fn pattern(source: &str) -> Option<Regex> {
    Regex::new(source).ok()
}

pub fn is_in(pattern: &Pattern, text: &str) -> bool {
    pattern.as_ref().is_some_and(|regex| regex.is_match(text))
}

/// The part of a text that is searched.
pub fn head(text: &str) -> &str {
    &text[..text.floor_char_boundary(MAX_BYTES)]
}
