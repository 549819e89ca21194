//! Postcodes outside an address.

use std::sync::LazyLock;

use domain::FieldKind::Postcode;

use super::{Found, Pattern, matches, mentions, pattern, stands_alone};

static POSTCODE_WORD: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)(?:\b(?:post ?code|postal code|zip(?: ?code)?)\b|邮编|邮政编码)(?: is|'s|是|为|:|：|\s){0,3}",
        r"(?P<value>\d{5}-\d{4}|\d{4,6}|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d)\b"
    ))
});
/// Britain and Canada, whose form leaves no doubt.
static POSTCODE_FORM: Pattern = LazyLock::new(|| {
    pattern(r"\b(?:[A-Z]{1,2}\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{2}|[ABCEGHJ-NPRSTVXY]\d[A-Z] \d[A-Z]\d)\b")
});

/// Postcodes that a word beside them names, and those whose form leaves no doubt.
pub fn postcodes(text: &str, _: Option<&str>, found: &mut Vec<Found>) {
    let named = mentions(text, &["post", "zip", "邮"]);
    for pattern in [&POSTCODE_WORD, &POSTCODE_FORM].into_iter().skip(usize::from(!named)) {
        for (_, range) in matches(pattern, text) {
            if stands_alone(text, &range) {
                let value = text[range.clone()].to_uppercase();
                found.push(Found::new(Postcode, range, value));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::fields::tests::check;
    use domain::FieldKind::Postcode;

    #[test]
    fn postcodes() {
        check("my postcode is sw1a 1aa", &[(Postcode, "sw1a 1aa", "SW1A 1AA")]);
        check("ZIP: 60614-2201", &[(Postcode, "60614-2201", "60614-2201")]);
        check("邮编：518057", &[(Postcode, "518057", "518057")]);
        check("do you ship to 90210?", &[]);
        check("plate KX19 ABC", &[]);
    }
}
