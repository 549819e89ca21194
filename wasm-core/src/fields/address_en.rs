//! English postal addresses of the United States, Britain, Canada, Australia, Singapore and Hong Kong, and postcodes that
//! stand alone.
//!
//! An address is a house number with a street of a known kind (or a post box, or a Singapore postcode behind a number and
//! names). Town, state, postcode and country behind it belong to it as far as they end in a postcode, a state or a
//! country; a town alone only before the end of the sentence.

use std::ops::Range;
use std::sync::LazyLock;

use domain::FieldKind::{PostalAddress, Postcode};

use super::{Found, Pattern, matches, mentions, pattern, stands_alone};

/// Flat, room or building before the house number.
const WITHIN: &str = r"(?:(?:Room|Rm\.?|Flat|Unit|Suite|Ste\.?|Apt\.?|Apartment|Shop|Level|Floor)\s#?[A-Z0-9][\w/-]{0,6},?\s+(?:\d{1,3}/F,\s+)?(?:[A-Z][\w'’]+(?:\s[A-Z][\w'’]+){0,3},\s+)?)?";
const STREET_KIND: &str = r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Close|Court|Ct|Place|Pl|Way|Boulevard|Blvd|Square|Sq|Terrace|Crescent|Cres|Gardens|Grove|Parade|Highway|Hwy|Parkway|Pkwy|Circle|Trail|Row|Mews|Walk|Quay|Broadway|Esplanade|Loop|Rise|Alley)";

static STREET: Pattern = LazyLock::new(|| {
    pattern(&format!(
        r"\b{WITHIN}(?:(?:Block|Blk)\s)?\d{{1,6}}[A-Za-z]?(?:[-/]\d{{1,5}}[A-Za-z]?)?,?\s(?:[NSEW]{{1,2}}\.?\s)?(?:(?:[A-Z][\w'’.-]*|\d{{1,3}}(?:st|nd|rd|th)|de|la|of|the)\s){{1,5}}?{STREET_KIND}\b\.?(?:\s(?:\d{{1,3}}\b|[NSEW]{{1,2}}\b))?"
    ))
});
static POST_BOX: Pattern = LazyLock::new(|| pattern(r"\b(?:P\.?\s?O\.?|GPO|Locked)\s(?:Box|Bag)\s\d{1,6}\b"));
static SINGAPORE: Pattern = LazyLock::new(|| {
    pattern(
        r"\b(?:(?:Block|Blk)\s)?\d{1,4}[A-Z]?\s(?:[A-Z][\w'’]+\s?|\d{1,3}\s?){1,6},?\s(?:#\d{2}-\d{2,5},?\s)?Singapore\s\d{6}\b",
    )
});
/// What may follow a street, one step at a time.
static WITHIN_AFTER: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?P<value>,?\s+(?:(?:Apt|Apartment|Suite|Ste|Unit|Flat|Floor|Room|Level)\b\.?\s?#?\s?[A-Z0-9][\w-]{0,6}|#\s?\d[\w-]{0,8}))\b",
    )
});
static TOWN: Pattern = LazyLock::new(|| pattern(r"^(?P<value>,?\s+[A-Z][\w'’.]*(?:[ -][A-Z][\w'’.]*){0,3})"));
static POSTCODE_AFTER: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?P<value>,?\s+(?:(?:[A-Z]{2,3}|[A-Z][a-z]+)\.?,?\s+)??(?:\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}|[A-Z]\d[A-Z]\s?\d[A-Z]\d|(?:NSW|VIC|QLD|ACT|TAS|WA|SA|NT)\s\d{4}|Singapore\s\d{6}))\b",
    )
});
static STATE_AFTER: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?P<value>,?\s+(?:A[KLRZ]|C[AOT]|DE|DC|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]|AB|BC|MB|N[BLS]|ON|PE|QC|SK|NSW|VIC|QLD|ACT|TAS))\b",
    )
});
static COUNTRY_AFTER: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?P<value>,?\s+(?:USA|U\.S\.A\.|United States|UK|United Kingdom|England|Scotland|Wales|Ireland|Canada|Australia|New Zealand|Singapore|Hong Kong|Kowloon|New Territories))\b",
    )
});
/// Words after an address that begin with a capital and are no town.
const NO_TOWN: &[&str] = &[
    "Thanks", "Thank", "Please", "Regards", "Best", "Kind", "Cheers", "Call", "Phone", "Tel", "Mobile", "Email", "The",
    "My", "I", "It", "We", "Is", "Can", "Hi", "Order", "Desk", "Fax", "And", "But", "If", "Not",
];

pub fn addresses(text: &str, _: Option<&str>, found: &mut Vec<Found>) {
    let kinds = STREET_KIND.trim_matches(['(', '?', ':', ')']);
    let street = kinds.split('|').any(|kind| text.contains(kind));
    for (pattern, possible) in [
        (&SINGAPORE, text.contains("Singapore")),
        (&STREET, street),
        (&POST_BOX, text.contains("Box") || text.contains("Bag")),
    ] {
        if !possible {
            continue;
        }
        for (_, range) in matches(pattern, text) {
            let end = tail(text, range.end);
            let end = range.start + text[range.start..end].trim_end_matches('.').len();
            let free = |other: &Found| other.range.end <= range.start || end <= other.range.start;
            if found.iter().all(free) && !is_number_behind(text, range.start) {
                let value = text[range.start..end].split_whitespace().collect::<Vec<_>>().join(" ");
                found.push(Found::new(PostalAddress, range.start..end, value));
            }
        }
    }
}

/// The number belongs to what stands before it: $5, 2.5, #3.
fn is_number_behind(text: &str, start: usize) -> bool {
    text[..start].ends_with(['$', '£', '€', '.', '#', '/', '-', ':'])
}

/// The end of town, state, postcode and country behind a street.
fn tail(text: &str, street: usize) -> usize {
    let step = |pattern: &Pattern, at: usize| matches(pattern, &text[at..]).first().map(|(_, range)| at + range.end);
    let (mut at, mut sure) = (street, street);
    for _ in 0..6 {
        if let Some(end) =
            [&POSTCODE_AFTER, &STATE_AFTER, &COUNTRY_AFTER, &WITHIN_AFTER].iter().find_map(|p| step(p, at))
        {
            (at, sure) = (end, end);
            continue;
        }
        let Some(end) = step(&TOWN, at) else { break };
        match town(text, at..end) {
            Some(end) => at = end,
            None => break,
        }
        let closed = text[at..].chars().next().is_none_or(|c| matches!(c, '.' | ';' | '\n' | '?' | '!' | ')'));
        if closed && sure == street {
            sure = at;
        }
    }
    sure
}

/// The town without a state or a postcode at its end, which count for themselves.
fn town(text: &str, range: Range<usize>) -> Option<usize> {
    let words = text[range.clone()].trim_start_matches([',', ' ', '\n', '\t', '\r']);
    if NO_TOWN.contains(&words.split([' ', '.', '\'', '’']).next()?) {
        return None;
    }
    let mut end = range.end;
    while let Some((before, word)) = text[range.start..end].trim_end().rsplit_once(' ') {
        let code = word.len() <= 4 && word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
        if !code || before.trim_matches([',', ' ', '\n']).is_empty() {
            break;
        }
        end = range.start + before.len();
    }
    Some(range.start + text[range.start..end].trim_end_matches(['.', ' ']).len())
}

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

/// Postcodes outside an address.
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
    use crate::fields::extract;
    use crate::fields::tests::check;
    use domain::FieldKind::{PostalAddress, Postcode};

    #[test]
    fn addresses() {
        let one = |text: &str, words: &str| check(text, &[(PostalAddress, words, words)]);
        one("ship it to 5353 Maple Street, Portland, OR 97205 instead", "5353 Maple Street, Portland, OR 97205");
        one("in 22 Mill Lane, Cambridge CB2 1RX.", "22 Mill Lane, Cambridge CB2 1RX");
        one("to Flat 3, 27 Elgin Avenue, London W9 2PS", "Flat 3, 27 Elgin Avenue, London W9 2PS");
        one("at 9 Queens Road, Melbourne VIC 3004 never", "9 Queens Road, Melbourne VIC 3004");
        one("1200 W Georgia St, Vancouver, BC V6E 4R2, buzz 802", "1200 W Georgia St, Vancouver, BC V6E 4R2");
        one("PO Box 4412, Austin, TX 78765", "PO Box 4412, Austin, TX 78765");
        one("use 8 Bridge Road. Thanks", "8 Bridge Road");
        one("use 8 Bridge Road, Thanks Ann", "8 Bridge Road");
    }

    #[test]
    fn no_addresses() {
        for text in [
            "the store on Oxford Street?",
            "the corner of 5th and Main",
            "in 5 days",
            "3 Way Calling",
            "level 3 Support",
            "Room 512 has",
        ] {
            let fields = extract(text, None);
            assert!(fields.iter().all(|f| f.kind != PostalAddress), "{text}: {fields:?}");
        }
    }

    #[test]
    fn postcodes() {
        check("my postcode is sw1a 1aa", &[(Postcode, "sw1a 1aa", "SW1A 1AA")]);
        check("ZIP: 60614-2201", &[(Postcode, "60614-2201", "60614-2201")]);
        check("邮编：518057", &[(Postcode, "518057", "518057")]);
        check("do you ship to 90210?", &[]);
        check("plate KX19 ABC", &[]);
    }
}
