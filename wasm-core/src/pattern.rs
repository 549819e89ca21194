//! Patterns that are compiled once. One that does not compile matches nothing; the tests of those who own them see that all do.

use std::sync::LazyLock;

use regex_lite::Regex;

pub type Pattern = LazyLock<Option<Regex>>;

pub fn pattern(source: &str) -> Option<Regex> {
    Regex::new(source).ok()
}

pub fn is_in(pattern: &Pattern, text: &str) -> bool {
    pattern.as_ref().is_some_and(|regex| regex.is_match(text))
}
