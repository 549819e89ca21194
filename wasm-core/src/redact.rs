//! A message without what points to a person or a purchase (R13): fields become their kind, numbers and names are struck.
//!
//! Errs toward striking too much. Does not know why a text is kept.

use domain::FieldKind;

use crate::fields;

/// A run of at least so many digits is struck wherever it stands.
const DIGITS: usize = 4;

/// `names` are those of the people in the conversation.
pub fn redact(text: &str, names: &[&str]) -> String {
    let units: Vec<u16> = text.encode_utf16().collect();
    let (mut out, mut at) = (String::new(), 0);
    for field in fields::extract(text, None) {
        let (start, end) = (field.start_utf16 as usize, field.end_utf16 as usize);
        if let (Some(before), Some(_)) = (units.get(at..start), units.get(start..end)) {
            out.push_str(&String::from_utf16_lossy(before));
            out.push_str(placeholder(field.kind));
            at = end;
        }
    }
    out.push_str(&String::from_utf16_lossy(units.get(at..).unwrap_or_default()));
    let mut parts: Vec<&str> = names.iter().flat_map(|name| name.split_whitespace().chain([*name])).collect();
    parts.retain(|part| part.chars().count() > 1);
    parts.sort_by_key(|part| std::cmp::Reverse(part.len()));
    let named = parts.into_iter().fold(out, |text, part| struck(&text, part));
    without_numbers(&without_addresses(&named))
}

const fn placeholder(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::OrderNumber => "[order]",
        FieldKind::TrackingNumber => "[parcel]",
        FieldKind::Date => "[date]",
        FieldKind::Amount => "[amount]",
        FieldKind::Phone => "[phone]",
        FieldKind::Email => "[email]",
        FieldKind::Url => "[link]",
        FieldKind::PostalAddress | FieldKind::Postcode => "[address]",
        FieldKind::PersonName => "[name]",
        FieldKind::IdNumber | FieldKind::CardNumber => "[number]",
    }
}

/// Upper and lower case of ASCII are the same; a Latin name stands as a word of its own.
fn struck(text: &str, name: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let is_latin = |c: char| c.is_ascii_alphanumeric();
    let (mut out, mut at) = (String::new(), 0);
    for (start, found) in lower.match_indices(&name.to_ascii_lowercase()) {
        let end = start + found.len();
        let joins =
            |inside: Option<char>, outside: Option<char>| inside.is_some_and(is_latin) && outside.is_some_and(is_latin);
        let is_part = joins(found.chars().next(), text[..start].chars().next_back())
            || joins(found.chars().next_back(), text[end..].chars().next());
        if !is_part {
            out.push_str(&text[at..start]);
            out.push_str("[name]");
            at = end;
        }
    }
    out + &text[at..]
}

fn without_addresses(text: &str) -> String {
    let words = text.split_inclusive(char::is_whitespace);
    words
        .map(|word| if word.contains('@') { format!("[email]{}", &word[word.trim_end().len()..]) } else { word.into() })
        .collect()
}

fn without_numbers(text: &str) -> String {
    let is_inside = |c: char| c.is_ascii_digit() || matches!(c, '-' | ' ');
    let (mut out, mut rest) = (String::new(), text);
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let run = &rest[start..];
        let run = run[..run.find(|c| !is_inside(c)).unwrap_or(run.len())].trim_end_matches(['-', ' ']);
        let is_long = run.chars().filter(char::is_ascii_digit).count() >= DIGITS;
        out.push_str(&rest[..start]);
        out.push_str(if is_long { "[number]" } else { run });
        rest = &rest[start + run.len()..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_points_to_somebody_is_struck() {
        let check = |text: &str, expected: &str| assert_eq!(redact(text, &["Ines Koller", "王小明"]), expected);
        check("where is my parcel", "where is my parcel");
        check("Ines here, write to ines.k@example.org", "[name] here, write to [email]");
        check("INES's bike, not the finest", "[name]'s bike, not the finest");
        check("我是王小明，包裹还没到", "我是[name]，包裹还没到");
        check("the code 4471 and 12 bikes", "the code [number] and 12 bikes");
        check("x@y", "[email]");
        for text in [
            "my order 20261105-771 came broken",
            "订单号20261105771还没发货",
            "call +49 30 1234567 today",
            "卡号4111 1111 1111 1111",
        ] {
            let redacted = redact(text, &[]);
            assert!(!redacted.chars().any(|c| c.is_ascii_digit()) && redacted.contains('['), "{redacted}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_long_number_and_no_address_is_left(text in "[a-z0-9@. \\-王小明😀]{0,60}") {
            let redacted = redact(&text, &["王小明"]);
            proptest::prop_assert!(!redacted.contains('@') && !redacted.contains("王小明"), "{}", redacted);
            let longest = redacted.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or(0);
            proptest::prop_assert!(longest < DIGITS, "{}", redacted);
        }
    }
}
