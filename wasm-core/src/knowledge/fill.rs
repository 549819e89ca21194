//! Placeholders in answers: `{order}`, `{tracking}`, `{amount}`, `{date}`. A part in `[[…]]` is dropped unless all its
//! placeholders are certain; a placeholder outside such a part must not occur (a test checks the base).

use domain::{Field, FieldKind};

const PLACEHOLDERS: [(&str, FieldKind); 4] = [
    ("{order}", FieldKind::OrderNumber),
    ("{tracking}", FieldKind::TrackingNumber),
    ("{amount}", FieldKind::Amount),
    ("{date}", FieldKind::Date),
];

/// The text with what is certain filled in and the rest left out.
pub fn fill(text: &str, fields: &[Field]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("[[") {
        let (part, after) = after.split_once("]]").unwrap_or((after, ""));
        out.push_str(before);
        out.extend(filled(part, fields));
        rest = after;
    }
    out.push_str(rest);
    out
}

/// `None` when a placeholder has no value, or more than one.
fn filled(part: &str, fields: &[Field]) -> Option<String> {
    let mut part = part.to_owned();
    for (placeholder, kind) in PLACEHOLDERS {
        if part.contains(placeholder) {
            let mut values = fields.iter().filter(|field| field.kind == kind && !field.is_relative());
            let value = &values.next().filter(|_| values.next().is_none())?.text;
            part = part.replace(placeholder, value);
        }
    }
    Some(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(kind: FieldKind, text: &str) -> Field {
        Field { kind, text: text.into(), value: text.into(), start_utf16: 0, end_utf16: 1 }
    }

    #[test]
    fn only_what_is_certain_is_filled() {
        let text = "I am checking order[[ {order}]] now.[[ It shipped as {tracking}.]]";
        let check = |fields: &[Field], expected: &str| assert_eq!(fill(text, fields), expected);
        check(&[], "I am checking order now.");
        check(&[field(FieldKind::OrderNumber, "A1")], "I am checking order A1 now.");
        check(&[field(FieldKind::OrderNumber, "A1"), field(FieldKind::OrderNumber, "B2")], "I am checking order now.");
        check(&[field(FieldKind::TrackingNumber, "T9")], "I am checking order now. It shipped as T9.");
        assert_eq!(fill("broken [[ {order}", &[]), "broken ");
    }
}
