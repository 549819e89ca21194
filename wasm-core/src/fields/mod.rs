//! Values that a form can take, found in a message: order and tracking numbers, dates, amounts, phones, e-mails, URLs,
//! postal addresses, names, identity and card numbers.
//!
//! Precise rather than greedy: a value is told when its form, its check digit or the words around it leave no doubt.
//! Offsets are UTF-16 code units into the message. Identity and card numbers leave masked. Does not know the model. The
//! engine is regex-lite, whose `\b`, `\d` and `\w` are ASCII: a Chinese character ends a word.

mod address_latin;
mod address_zh;
mod amount;
mod code;
mod date;
mod day;
mod identity;
mod name_en;
mod name_zh;
mod phone;
mod postcode;

use std::ops::Range;
use std::sync::LazyLock;

use domain::{Field, FieldKind};

use crate::lang::is_han;
use crate::pattern::{Pattern, head, pattern};

/// At most this many fields of a message.
const MAX_FIELDS: usize = 40;
/// Letters and digits of a masked kind that are shown.
const SHOWN: usize = 4;

/// A value before its offsets are counted.
struct Found {
    /// `None`: nothing is told, and no other finder may read the place either (a mistyped card number).
    kind: Option<FieldKind>,
    range: Range<usize>,
    value: String,
}

impl Found {
    fn new(kind: FieldKind, range: Range<usize>, value: impl Into<String>) -> Self {
        Self { kind: Some(kind), range, value: value.into() }
    }
}

/// Adds what it finds in the text; the second text is the agent's last turn.
type Finder = fn(&str, Option<&str>, &mut Vec<Found>);

/// Each finder with what the text must hold for it. What an earlier one has taken, a later one leaves.
const FINDERS: [(Finder, Needs); 13] = [
    (identity::cards, Needs::Digit),
    (identity::ids, Needs::Digit),
    (urls, Needs::Dot),
    (emails, Needs::At),
    (address_zh::addresses, Needs::Anything),
    (address_latin::addresses, Needs::Digit),
    (code::codes, Needs::Anything),
    (date::dates, Needs::Anything),
    (amount::amounts, Needs::Anything),
    (phone::phones, Needs::Anything),
    (postcode::postcodes, Needs::Digit),
    (name_zh::names, Needs::Han),
    (name_en::names, Needs::Letter),
];

#[derive(Clone, Copy, PartialEq)]
enum Needs {
    Anything,
    Digit,
    Letter,
    Han,
    Dot,
    At,
}

impl Needs {
    fn met(self, text: &str) -> bool {
        match self {
            Self::Anything => true,
            Self::Digit => text.bytes().any(|b| b.is_ascii_digit()),
            Self::Letter => text.bytes().any(|b| b.is_ascii_alphabetic()),
            Self::Han => text.chars().any(is_han),
            Self::Dot => text.contains('.'),
            Self::At => text.contains('@'),
        }
    }
}

/// Fields of `text` in order. `asked` is the agent's last turn: a bare code answers the question for an order number.
pub fn extract(text: &str, asked: Option<&str>) -> Vec<Field> {
    let text = head(text);
    let mut taken: Vec<Found> = Vec::new();
    for (finder, needs) in FINDERS {
        if !needs.met(text) {
            continue;
        }
        let mut found = Vec::new();
        finder(text, asked, &mut found);
        for field in found {
            let free = |other: &Found| other.range.end <= field.range.start || field.range.end <= other.range.start;
            if taken.iter().all(free) {
                taken.push(field);
            }
        }
    }
    taken.retain(|found| found.kind.is_some());
    taken.sort_by_key(|found| found.range.start);
    taken.truncate(MAX_FIELDS);
    with_offsets(text, taken)
}

fn with_offsets(text: &str, found: Vec<Found>) -> Vec<Field> {
    let (mut at, mut utf16) = (0, 0u32);
    let mut advance = |to: usize| {
        utf16 += text[at..to].chars().map(|c| c.len_utf16() as u32).sum::<u32>();
        at = to;
        utf16
    };
    let field = |found: Found| {
        let kind = found.kind?;
        let (start_utf16, end_utf16) = (advance(found.range.start), advance(found.range.end));
        let words = &text[found.range];
        let (text, value) = match kind {
            FieldKind::IdNumber | FieldKind::CardNumber => (masked(words), masked_value(words)),
            _ => (words.to_owned(), found.value),
        };
        Some(Field { kind, text, value, start_utf16, end_utf16 })
    };
    found.into_iter().filter_map(field).collect()
}

/// All letters and digits but the last four become `*`; the length stays.
fn masked(words: &str) -> String {
    let hidden = words.chars().filter(char::is_ascii_alphanumeric).count().saturating_sub(SHOWN);
    let mut seen = 0;
    let mask = |c: char| {
        seen += usize::from(c.is_ascii_alphanumeric());
        if c.is_ascii_alphanumeric() && seen <= hidden { '*' } else { c }
    };
    words.chars().map(mask).collect()
}

fn masked_value(words: &str) -> String {
    let characters: Vec<char> = words.chars().filter(char::is_ascii_alphanumeric).collect();
    let shown = &characters[characters.len().saturating_sub(SHOWN)..];
    format!("****{}", shown.iter().collect::<String>().to_uppercase())
}

/// All captures, with the range of the group `value` or of the whole match.
fn matches<'t>(pattern: &Pattern, text: &'t str) -> Vec<(regex_lite::Captures<'t>, Range<usize>)> {
    let Some(regex) = pattern.as_ref() else { return Vec::new() };
    let of = |captures: regex_lite::Captures<'t>| {
        let range = captures.name("value").or_else(|| captures.get(0)).map(|m| m.range())?;
        Some((captures, range))
    };
    regex.captures_iter(text).filter_map(of).collect()
}

/// Whether the match stands alone: no letter or digit touches it.
fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let before = text[..range.start].chars().next_back();
    let after = text[range.end..].chars().next();
    let joins = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
    !joins(before) && !joins(after)
}

/// Whether any of the words, in small letters, occurs: asked before a costly pattern that cannot match without one.
fn mentions(text: &str, words: &[&str]) -> bool {
    let lower = text.to_ascii_lowercase();
    words.iter().any(|word| lower.contains(word))
}

/// The last `count` characters of the text.
fn last_chars(text: &str, count: usize) -> &str {
    match text.char_indices().rev().nth(count.saturating_sub(1)) {
        Some((start, _)) => &text[start..],
        None => text,
    }
}

/// The first `count` characters of the text.
fn first_chars(text: &str, count: usize) -> &str {
    match text.char_indices().nth(count) {
        Some((end, _)) => &text[..end],
        None => text,
    }
}

fn urls(text: &str, _: Option<&str>, found: &mut Vec<Found>) {
    static URL: Pattern = LazyLock::new(|| {
        pattern(
            r#"(?i)\b(?:https?://|www\.|(?:[a-z0-9-]+\.)+(?:com|net|org|cn|io|co|me|be|ly|app|dev|uk|de|fr|es|it|nl|eu|in|au|ca|jp|hk|tw|sg|shop|store)/)[^\s<>"'“”‘’，。；！？、（）《》【】\x{4e00}-\x{9fff}]+"#,
        )
    });
    for (_, mut range) in matches(&URL, text) {
        let trimmed = text[range.clone()].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '}', '…']);
        range.end = range.start + trimmed.len();
        if trimmed.contains('.') {
            found.push(Found::new(FieldKind::Url, range, trimmed));
        }
    }
}

fn emails(text: &str, _: Option<&str>, found: &mut Vec<Found>) {
    static EMAIL: Pattern = LazyLock::new(|| {
        pattern(
            r"[A-Za-z0-9][A-Za-z0-9._%+'-]*@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9-]*[A-Za-z0-9])*\.[A-Za-z]{2,}",
        )
    });
    for (_, range) in matches(&EMAIL, text) {
        let value = text[range.clone()].to_lowercase();
        found.push(Found::new(FieldKind::Email, range, value));
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// `expected`: kind, words, value.
    pub fn check(text: &str, expected: &[(FieldKind, &str, &str)]) {
        check_asked(text, None, expected);
    }

    pub fn check_asked(text: &str, asked: Option<&str>, expected: &[(FieldKind, &str, &str)]) {
        let fields = extract(text, asked);
        let found: Vec<_> = fields.iter().map(|f| (f.kind, f.text.as_str(), f.value.as_str())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn addresses_of_the_net() {
        use FieldKind::{Email, Url};
        check(
            "mail me at Anna.Lee+x@Example.co.uk.",
            &[(Email, "Anna.Lee+x@Example.co.uk", "anna.lee+x@example.co.uk")],
        );
        check("邮箱li@qq.com谢谢", &[(Email, "li@qq.com", "li@qq.com")]);
        check("see https://a.test/b?c=1, ok", &[(Url, "https://a.test/b?c=1", "https://a.test/b?c=1")]);
        check("打开www.a.test看看", &[(Url, "www.a.test", "www.a.test")]);
        check("it's o'neill@a.test", &[(Email, "o'neill@a.test", "o'neill@a.test")]);
        check("video youtu.example.com/dQw4, ok", &[(Url, "youtu.example.com/dQw4", "youtu.example.com/dQw4")]);
        check("a@b, @name, https://", &[]);
    }

    #[test]
    fn offsets_count_utf16() {
        let fields = extract("😡😡 订单号：A12345，退89元", None);
        let utf16: Vec<u16> = "😡😡 订单号：A12345，退89元".encode_utf16().collect();
        for field in &fields {
            let slice = &utf16[field.start_utf16 as usize..field.end_utf16 as usize];
            assert_eq!(String::from_utf16(slice).unwrap(), field.text);
        }
        assert_eq!(fields.iter().map(|f| f.start_utf16).collect::<Vec<_>>(), [9, 17]);
    }

    proptest::proptest! {
        #[test]
        fn offsets_round_trip(text in "(😡|订单号|order #|[a-zA-Z0-9@.:/#¥$, 月日年元-]|\\PC){0,60}") {
            let utf16: Vec<u16> = text.encode_utf16().collect();
            let mut end = 0;
            for field in extract(&text, Some("订单号？")) {
                proptest::prop_assert!(field.start_utf16 >= end && field.end_utf16 > field.start_utf16);
                end = field.end_utf16;
                let words = String::from_utf16(&utf16[field.start_utf16 as usize..field.end_utf16 as usize]).unwrap();
                match field.kind {
                    FieldKind::IdNumber | FieldKind::CardNumber => proptest::prop_assert_eq!(masked(&words), field.text),
                    _ => proptest::prop_assert_eq!(words, field.text),
                }
            }
        }
    }
}
