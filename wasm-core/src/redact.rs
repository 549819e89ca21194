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

/// Upper and lower case are the same; a name in letters that are written with spaces between words stands as a word of its own.
fn struck(text: &str, name: &str) -> String {
    let fold = |c: char| c.to_lowercase().next().unwrap_or(c);
    let joins = |inside: Option<&char>, outside: Option<&char>| {
        let is_spaced = |c: &char| c.is_alphanumeric() && *c < '\u{590}';
        inside.is_some_and(is_spaced) && outside.is_some_and(is_spaced)
    };
    let (chars, name): (Vec<char>, Vec<char>) = (text.chars().collect(), name.chars().map(fold).collect());
    let (mut out, mut at) = (String::new(), 0);
    while let Some(&first) = chars.get(at) {
        let end = at + name.len();
        let stands = chars.get(at..end).is_some_and(|part| {
            let is_part = joins(part.first(), at.checked_sub(1).and_then(|before| chars.get(before)))
                || joins(part.last(), chars.get(end));
            !is_part && part.iter().map(|&c| fold(c)).eq(name.iter().copied())
        });
        out.push_str(if stands { "[name]" } else { "" });
        out.extend((!stands).then_some(first));
        at = if stands { end } else { at + 1 };
    }
    out
}

fn without_addresses(text: &str) -> String {
    let words = text.split_inclusive(char::is_whitespace);
    let is_address = |word: &str| word.contains(['@', '＠']);
    words
        .map(|word| if is_address(word) { format!("[email]{}", &word[word.trim_end().len()..]) } else { word.into() })
        .collect()
}

/// Digits of whatever script, full-width ones too.
fn without_numbers(text: &str) -> String {
    let is_between = |c: char| matches!(c, '-' | '－' | '‐' | '‑' | '–') || c.is_whitespace();
    let (mut out, mut rest) = (String::new(), text);
    while let Some(start) = rest.find(char::is_numeric) {
        let run = &rest[start..];
        let end = run.find(|c: char| !c.is_numeric() && !is_between(c)).unwrap_or(run.len());
        let run = run[..end].trim_end_matches(is_between);
        let is_long = run.chars().filter(|c| c.is_numeric()).count() >= DIGITS;
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
        check("ａｎｎａ＠ｅｘａｍｐｌｅ．ｏｒｇ ok", "[email] ok");
        check("密码是１２３４５６", "密码是[number]");
        check("pin ٤٤٧١, 12 bikes", "pin [number], 12 bikes");
        for (text, name, expected) in [
            ("élodie here", "Élodie Roux", "[name] here"),
            ("MÜLLER, not MÜLLERIN", "Jan Müller", "[name], not MÜLLERIN"),
            ("это иван", "Иван", "это [name]"),
            ("İİ ß", "x", "İİ ß"),
        ] {
            assert_eq!(redact(text, &[name]), expected);
        }
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
