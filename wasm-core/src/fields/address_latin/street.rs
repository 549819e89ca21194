//! Where the street of an address ends, and where the address does.

use super::run::{Class, Gap, Word};
use super::words::{COUNTED, COUNTRIES, STATES, STREET_ENDS, STREETS, STREETS_BEFORE, WITHIN_ALONE, is_in};

/// Words of a street's name, at most.
const MAX_NAME: usize = 5;
/// Words of a town at the end, at most.
const MAX_TOWN: usize = 4;

/// The words between commas and line breaks.
pub fn parts<'w, 't>(words: &'w [Word<'t>]) -> Vec<&'w [Word<'t>]> {
    words.chunk_by(|_, next| next.gap == Gap::Space).collect()
}

/// How many words of a part without a known street are the street's: those before a postcode behind its number.
pub fn own_part(part: &[Word]) -> usize {
    let number = part.iter().position(|word| matches!(word.class, Class::Number | Class::Within)).unwrap_or(0);
    let code = part.iter().skip(number + 1).position(|word| word.class == Class::Code);
    code.map_or(part.len(), |place| number + 1 + place)
}

/// How many words of the part reach to the end of a street of a known kind with its number.
pub fn street_end(part: &[Word]) -> Option<usize> {
    kind_behind(part).or_else(|| (0..part.len()).find_map(|place| kind_before(part, place)))
}

/// 12 High Street (North, 5).
fn kind_behind(part: &[Word]) -> Option<usize> {
    // Of several numbers in a row the last is the house's: 07 173 Raycroft Street.
    let first = part.iter().position(Word::is_numeric)?;
    let row = part[first..].iter().take_while(|word| word.is_numeric()).count();
    (first..first + row).find_map(|number| kind_behind_number(part, number))
}

fn kind_behind_number(part: &[Word], number: usize) -> Option<usize> {
    let named = part[number + 1..].iter().take_while(|word| word.is_of_a_name()).take(MAX_NAME + 1).count();
    let is_kind =
        |place: &usize| part[*place].class == Class::Name && is_in(STREETS, &part[*place].text.to_lowercase());
    let kind = (number + 2..number + 1 + named).find(is_kind)?;
    let more = part.get(kind + 1).is_some_and(|word| {
        word.class == Class::Number && word.text.len() <= 3 || is_in("N S E W NE NW SE SW", word.text)
    });
    Some(kind + 1 + usize::from(more))
}

/// PO Box 7, Hauptstraße 12, Rua Augusta 1508, 12 rue de la Paix, where the box, the street or its kind is at `place`.
fn kind_before(part: &[Word], place: usize) -> Option<usize> {
    let lower = |place: usize| part[place].text.to_lowercase();
    let is_number = |place: usize| part.get(place).is_some_and(Word::is_numeric);
    let word = lower(place);
    if place > 0 && is_in("box bag", &word) && is_number(place + 1) {
        let before = lower(place - 1);
        return (is_in("po p.o gpo locked", &before) || place > 1 && before == "o").then_some(place + 2);
    }
    if part[place].class != Class::Name {
        return None;
    }
    let names = STREET_ENDS.iter().filter_map(|end| word.strip_suffix(end));
    let named = |name: &str| name.chars().count() > 2 || name.is_empty() && place > 0;
    if is_number(place + 1) && names.into_iter().any(named) {
        return Some(place + 2);
    }
    if !is_in(STREETS_BEFORE, &word) || part.len() == place + 1 {
        return None;
    }
    if place > 0 && is_number(place - 1) {
        let end = (place + 1..part.len()).find(|&place| !part[place].is_of_a_name()).unwrap_or(part.len());
        return Some(end + usize::from(part.get(end).is_some_and(|word| word.class == Class::Number)));
    }
    (place + 2..part.len()).find(|&place| is_number(place)).map(|number| number + 1)
}

/// How many of the words belong to the address whose street is the first `core`, and whether a postcode is among the
/// others. Of a town alone nobody is sure but at the end of the sentence.
pub fn tail(text: &str, words: &[Word], core: usize) -> (usize, bool) {
    let (mut sure, mut coded, mut placed) = (core, false, false);
    for place in core..words.len() {
        let code = words[place].class == Class::Code && is_postcode(words, place);
        coded |= code;
        if code || belongs(words, place) {
            sure = sure.max(place + 1);
            placed |= words[place].class == Class::Name;
        }
        if let Some(end) = country_end(text, words[place].start)
            && let Some(last) = words.iter().position(|word| word.end() == end)
        {
            sure = sure.max(last + 1);
            placed = true;
        }
    }
    let behind = words.last().map_or("", |word| text[word.end()..].trim_start_matches([' ', ')']));
    let closed = behind.is_empty() || behind.starts_with(['.', ';', '\n', '?', '!']);
    let town = words[sure..].iter().all(Word::is_of_a_name) && words.len() - sure <= MAX_TOWN;
    if !coded && !placed && closed && town {
        sure = words.len();
    }
    (sure, coded)
}

/// The words of the same part before and behind one.
fn neighbours<'w, 't>(words: &'w [Word<'t>], place: usize) -> [Option<&'w Word<'t>>; 2] {
    let before = place.checked_sub(1).map(|before| &words[before]);
    let after = words.get(place + 1).filter(|after| after.gap == Gap::Space);
    [before.filter(|_| words[place].gap == Gap::Space), after]
}

/// Digits beside a town or a state, or long ones by themselves; both halves of a code with letters, or its first half
/// behind a town: Bristol BS1.
fn is_postcode(words: &[Word], place: usize) -> bool {
    let word = &words[place];
    let [before, after] = neighbours(words, place);
    let is = |other: Option<&Word>, class: Class| other.is_some_and(|other| other.class == class);
    if word.text.bytes().all(|b| !b.is_ascii_alphabetic()) {
        let alone = word.text.len() > 4 && word.gap != Gap::Space;
        return alone || is(before, Class::Name) || is(after, Class::Name);
    }
    let half = word.text.bytes().take(2).all(|b| b.is_ascii_uppercase()) && is(before, Class::Name);
    word.text.len() > 4 || half || is(before, Class::Code) || is(after, Class::Code)
}

/// Whether a word behind the street is surely the address's.
fn belongs(words: &[Word], place: usize) -> bool {
    let word = &words[place];
    let [before, after] = neighbours(words, place);
    match word.class {
        Class::Name => is_in(STATES, word.text) || behind_code(words, place),
        Class::Within => words.get(place + 1).is_some_and(Word::is_numeric) || is_in(WITHIN_ALONE, word.text),
        Class::Number => {
            // Dublin 4.
            let district =
                before.is_some_and(|town| town.class == Class::Name && !is_in(COUNTED, &town.text.to_lowercase()));
            let within = place > 0 && words[place - 1].class == Class::Within;
            within || word.text.starts_with('#') || district && after.is_none() && word.text.len() <= 2
        }
        Class::Code | Class::Particle => false,
    }
}

/// The end of a country that begins here.
fn country_end(text: &str, start: usize) -> Option<usize> {
    let whole = |country: &&str| {
        let behind = text[start..].strip_prefix(*country);
        behind.is_some_and(|behind| !behind.starts_with(|c: char| c.is_alphanumeric()))
    };
    COUNTRIES.split(" | ").filter(whole).map(|country| start + country.len()).max()
}

/// A town right behind its postcode: 1016 GV Amsterdam, 10115 Berlin. Behind a town and its code stands none.
fn behind_code(words: &[Word], place: usize) -> bool {
    let part = words[..=place].iter().rposition(|word| word.gap != Gap::Space).unwrap_or(0);
    let code = words[part..place].iter().rposition(|word| word.class == Class::Code).map(|code| part + code);
    code.is_some_and(|code| {
        let led = code > part && words[code - 1].class == Class::Name;
        !led && place - code <= MAX_TOWN
    })
}
