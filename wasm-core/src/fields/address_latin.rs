//! Postal addresses in Latin letters.
//!
//! An address is read word by word, over commas and line breaks, from its house number, its street or its flat on: numbers,
//! capitalised words, what joins them (de la, of) and what lies within a building (Apt, Suite). It is one if it has a
//! street of a known kind (12 High Street, Rua Augusta 1508, Hauptstraße 12, PO Box 7), a town with its postcode behind
//! any house number (Plot 23, Sector 18, Gurugram 122015), or words before it that announce it (address:, ship to). A
//! town without postcode, state or country belongs to it only at the end of the sentence. In small letters only what has
//! the form of the United States or Britain is told.

mod run;
mod street;
mod words;

use std::ops::Range;
use std::sync::LazyLock;

use domain::FieldKind::PostalAddress;

use super::{Found, Pattern, matches, pattern};
use run::{Class, Word, next_word, run, word_at};
use street::{own_part, parts, street_end, tail};
use words::{BUILDINGS, COUNTED, STATES, STREETS, TITLES, is_in};

/// Bytes before an address in which a word may announce it.
const NEAR: usize = 48;
/// What is counted in small letters, and has no address: a 5 min drive.
const COUNTED_SMALL: &str = "min mins minute minutes hour hours day days mile miles km more out of";
/// Words that a street's name in small letters has not, where neither state nor postcode follow: 3 people on the way.
const NOT_NAMED_SMALL: &str = "a an the on in at to for per by my your his her our their this that these it is are was and or with people persons \
    items boxes pieces parcels packages orders times places";

/// An address is named; the address of a mailbox or a machine is another.
static NAMED: Pattern = LazyLock::new(|| {
    pattern(r"(?i)(?:^|[^a-z])(?:(?P<other>e-?mail|ip|mac|web|url|wallet)[ -])?addr(?:ess)?\b[^.?!;]*$")
});
/// Somebody or something goes there, or is there.
static ANNOUNCED: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:ship|send|sent|deliver|mail|post|forward|return|redirect|dispatch|bring|go|goes|going|mov|relocat|taxi|cab|live|living|located|based|staying|meet|warehouse|office|store|home|pick)[a-z]*\b[^.?!;,]*\b(?:to|at|in|from|is|be|on)\b[: ]*$",
    )
});
/// An address in small letters: with state and ZIP code or a British postcode, or, where words announce it, without.
static SMALL: Pattern = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)\b(?:(?:flat|apt|unit)\s#?[a-z0-9]{{1,4}},?\s)?\d{{1,6}}[a-z]?\s(?:[nsew]\s)?(?:[a-z'’]+\s|\d{{1,3}}\s?(?:st|nd|rd|th)\s){{1,4}}?(?:{})\b\.?(?:,?\s(?:apt|unit|suite|ste|flat|#)\.?\s?#?[a-z0-9]{{1,5}}\b)?(?P<tail>(?:,?\s[a-z.'’]+){{0,3}}?,?\s(?:(?:{}),?\s\d{{4,6}}(?:-\d{{4}})?|[a-z]{{1,2}}\d[a-z\d]?\s?\d[a-z]{{2}})\b)?",
        STREETS.split_whitespace().collect::<Vec<_>>().join("|"),
        STATES.split_whitespace().collect::<Vec<_>>().join("|"),
    ))
});

static ASKS: Pattern =
    LazyLock::new(|| pattern(r"(?i)\baddress\b|\bwhere (?:should|shall|do) we (?:send|deliver)|地址"));

/// What answers the agent's question for an address is announced by it.
pub fn addresses(text: &str, asked: Option<&str>, found: &mut Vec<Found>) {
    let asked = asked.is_some_and(|asked| ASKS.as_ref().is_some_and(|regex| regex.is_match(asked)));
    let mut push = |range: Range<usize>| {
        if found.iter().all(|other| other.range.end <= range.start || range.end <= other.range.start) {
            let value = text[range.clone()].split_whitespace().collect::<Vec<_>>().join(" ").replace(" ,", ",");
            found.push(Found::new(PostalAddress, range, value));
        }
    };
    let mut at = 0;
    while let Some(start) = next_word(text, at) {
        let words = run(text, start);
        // A sign that is no word (#) is stepped over.
        at = words.last().map_or_else(|| start + word_at(text, start).len().max(1), Word::end);
        if let Some(range) = address(text, &words, asked) {
            push(range);
        }
    }
    let street = |word: &str| is_in(STREETS, &word.to_ascii_lowercase());
    if !text.split(|c: char| !c.is_ascii_alphabetic()).any(street) {
        return;
    }
    for (captures, range) in matches(&SMALL, text) {
        let any_of = |list: &str| text[range.clone()].split_whitespace().any(|word| is_in(list, word));
        let announced = is_named(text, range.start) || is_announced(text, range.start);
        let known = captures.name("tail").is_some() || announced && !any_of(NOT_NAMED_SMALL);
        if known && !any_of(COUNTED_SMALL) {
            push(range);
        }
    }
}

/// The address among the words of a run.
fn address(text: &str, words: &[Word], asked: bool) -> Option<Range<usize>> {
    let within_or_number = |word: &Word| word.is_numeric() || word.class == Class::Within;
    // A name before the street is the recipient's, if it is no building's.
    let all = parts(words);
    let first = all.iter().position(|part| part.iter().any(within_or_number))?;
    let is_building = |part: &[Word]| part.last().is_some_and(|word| is_in(BUILDINGS, &word.text.to_lowercase()));
    let first = (0..first).rev().take_while(|&place| is_building(all[place])).last().unwrap_or(first);
    let words = &words[all[..first].iter().map(|part| part.len()).sum::<usize>()..];
    let before = text[..words.first()?.start].trim_end_matches([' ', '\n', '.']);
    let titled = before.rsplit([' ', '\n']).next().is_some_and(|word| is_in(TITLES, word));
    let person = if titled { words.iter().position(within_or_number)? } else { 0 };
    let words = &words[person..];
    let parts = parts(words);
    let (first, start) = (parts.first()?, words.first()?.start);
    if is_number_behind(text, start) || !words.iter().any(|word| word.class == Class::Name) {
        return None;
    }

    let mut before = 0;
    let street = parts.iter().find_map(|part| {
        before += part.len();
        street_end(part).map(|end| before - part.len() + end)
    });
    let (last, coded) = tail(text, words, street.unwrap_or_else(|| own_part(first)));
    let end = words[last - 1].end();
    if street.is_some() {
        return Some(start..end);
    }
    let house = first.iter().any(|word| matches!(word.class, Class::Number | Class::Within));
    if !house || first.iter().any(|word| is_in(COUNTED, &word.text.to_lowercase())) {
        return None;
    }
    let names = words.iter().filter(|word| word.class == Class::Name && word.text.len() > 2).count();
    let named = is_named(text, start) || asked && text[..start].trim().is_empty();
    let announced = named || is_announced(text, start);
    let detailed = parts.len() > 1 || words.iter().any(|word| word.class == Class::Within);
    // A line of its own, with a number beside that of the flat: 39 Laugarvegur 77 Apt. 787 Reykjavík.
    let last = words.last()?.end();
    let whole = (start == 0 || text[..start].ends_with('\n')) && (text.len() == last || text[last..].starts_with('\n'));
    let flat = words.windows(2).any(|pair| pair[0].class == Class::Within && pair[1].is_numeric());
    let numbers = words.iter().filter(|word| word.is_numeric()).count();
    match names {
        0 => None,
        _ if coded => Some(start..end),
        _ if whole && flat && numbers > 1 => Some(start..last),
        names if named || announced && detailed && names > 1 => Some(start..last),
        _ => None,
    }
}

/// The number belongs to what stands before it: $5, 2.5, #3.
fn is_number_behind(text: &str, start: usize) -> bool {
    text[..start].ends_with(['$', '£', '€', '.', '#', '/', '-', '@', '_'])
}

fn is_named(text: &str, start: usize) -> bool {
    let named = matches(&NAMED, line_before(text, start));
    named.first().is_some_and(|(captures, _)| captures.name("other").is_none())
}

fn is_announced(text: &str, start: usize) -> bool {
    !matches(&ANNOUNCED, line_before(text, start)).is_empty()
}

/// What stands right before `start`: on the same line, or on the one before it.
fn line_before(text: &str, start: usize) -> &str {
    let before = &text[text.ceil_char_boundary(start.saturating_sub(NEAR))..start];
    let line = before.trim_end_matches(['\n', ' ']).rfind('\n').map_or(0, |at| at + 1);
    &before[line..]
}

#[cfg(test)]
mod tests {
    use crate::fields::extract;
    use crate::fields::tests::check_asked;
    use domain::FieldKind::PostalAddress;

    fn one(text: &str, words: &str) {
        let fields = extract(text, None);
        let found: Vec<_> = fields.iter().filter(|f| f.kind == PostalAddress).map(|f| f.text.as_str()).collect();
        assert_eq!(found, [words], "{text}");
    }

    #[test]
    fn streets_of_a_known_kind() {
        one("ship it to 5353 Maple Street, Portland, OR 97205 instead", "5353 Maple Street, Portland, OR 97205");
        one("in 22 Mill Lane, Cambridge CB2 1RX.", "22 Mill Lane, Cambridge CB2 1RX");
        one("to Flat 3, 27 Elgin Avenue, London W9 2PS", "Flat 3, 27 Elgin Avenue, London W9 2PS");
        one("at 9 Queens Road, Melbourne VIC 3004 never", "9 Queens Road, Melbourne VIC 3004");
        one("1200 W Georgia St, Vancouver, BC V6E 4R2, buzz 802", "1200 W Georgia St, Vancouver, BC V6E 4R2");
        one("PO Box 4412, Austin, TX 78765", "PO Box 4412, Austin, TX 78765");
        one("use 8 Bridge Road. Thanks", "8 Bridge Road");
        one("use 8 Bridge Road, Thanks Ann", "8 Bridge Road");
        one("an Hauptstraße 12 bitte", "Hauptstraße 12");
        one("it is Rue de Rivoli 8, third door", "Rue de Rivoli 8");
        one("au 27 bis avenue Jean Jaurès, 69007 Lyon svp", "27 bis avenue Jean Jaurès, 69007 Lyon");
        one("I'm at One Canada Square, London E14 5AB, ok", "One Canada Square, London E14 5AB");
        one("to ul. Długa 12/4, 31-147 Kraków please", "ul. Długa 12/4, 31-147 Kraków");
        one("PO Box 9012, Dublin 4, right?", "PO Box 9012, Dublin 4");
    }

    #[test]
    fn any_street_with_town_and_postcode() {
        one("for Lindenring 8b, 50968 Köln, Germany, I moved", "Lindenring 8b, 50968 Köln, Germany");
        one("to Prinsenkade 263, 1016 GV Amsterdam between 9 and 12", "Prinsenkade 263, 1016 GV Amsterdam");
        one("Storvägen 14 lgh 1203, 114 55 Stockholm now", "Storvägen 14 lgh 1203, 114 55 Stockholm");
        one("Plot 23, Sector 18, Gurugram, Haryana 122015", "Plot 23, Sector 18, Gurugram, Haryana 122015");
        one("Unit 7, Riverside Estate, Cardiff CF11 8TT is ours", "Unit 7, Riverside Estate, Cardiff CF11 8TT");
    }

    #[test]
    fn addresses_that_are_announced() {
        one("my address is 14 Oak Hollow, can you", "14 Oak Hollow");
        one("Address: Koskikatu 25 Apt. 864\nPhone: 1", "Koskikatu 25 Apt. 864");
        one("my new addy is 45 oak st apt 2, brooklyn ny 11215 ok", "45 oak st apt 2, brooklyn ny 11215");
        one("address is 9 elm road", "9 elm road");
        one("39 Laugarvegur 77 Apt. 787 Reykjavík", "39 Laugarvegur 77 Apt. 787 Reykjavík");
        one("Mrs. Diana Weöres Apt. 434 40 Oak Lane\nHousse 95697", "Apt. 434 40 Oak Lane\nHousse 95697");
        one(
            "7 Kimberly Way\nApt. 962\nUnited States 21959\nMobile: 1",
            "7 Kimberly Way\nApt. 962\nUnited States 21959",
        );
        check_asked(
            "25 Koskikatu, Rauma",
            Some("What is the delivery address?"),
            &[(PostalAddress, "25 Koskikatu, Rauma", "25 Koskikatu, Rauma")],
        );
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
            "Invoice 4412, 10115 EUR",
            "on March 12, 2024 Berlin was closed",
            "my email address is on Plan 9",
            "it is a 5 min drive to your st",
            "deliver to 3 people on the way",
            "send them to 4 parcels close by",
        ] {
            let fields = extract(text, None);
            assert!(fields.iter().all(|f| f.kind != PostalAddress), "{text}: {fields:?}");
        }
    }
}
