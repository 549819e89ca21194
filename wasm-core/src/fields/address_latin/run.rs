//! The words of a text that can be those of one address, one after the other, and what each of them can be.

use super::words::{
    ABBREVIATED, HOUSES_IN_WORDS, NO_PLACES, PARTICLES, STATES, STREETS_DOTTED, STREETS_SMALL, TITLES, WITHIN,
    WITHIN_ALONE, is_in,
};

/// Words read of one address, at most.
const MAX_WORDS: usize = 30;

#[derive(Clone, Copy, PartialEq)]
pub enum Class {
    /// A house number, or any other number of an address.
    Number,
    /// Digits, or digits and letters, that can be a postcode or a part of one.
    Code,
    /// A capitalised word, or 5th.
    Name,
    /// What lies within a building, or holds a post box.
    Within,
    Particle,
}

/// What lies between a word and the one before.
#[derive(Clone, Copy, PartialEq)]
pub enum Gap {
    Space,
    Comma,
    Line,
}

pub struct Word<'t> {
    pub text: &'t str,
    /// Bytes into the text.
    pub start: usize,
    pub class: Class,
    pub gap: Gap,
}

impl Word<'_> {
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }

    pub fn is_numeric(&self) -> bool {
        matches!(self.class, Class::Number | Class::Code)
    }

    pub fn is_of_a_name(&self) -> bool {
        matches!(self.class, Class::Name | Class::Particle)
    }
}

/// The start of the next word that can begin an address.
pub fn next_word(text: &str, at: usize) -> Option<usize> {
    let joined = text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
    let skip = if joined { text[at..].find(|c: char| !c.is_alphanumeric())? } else { 0 };
    let start = at + skip;
    text[start..].find(|c: char| c.is_alphanumeric() || c == '#').map(|found| start + found)
}

/// Letters, digits and what may stand within them.
pub fn word_at(text: &str, start: usize) -> &str {
    let within = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-' | '/' | '.' | '#' | 'º' | 'ª' | '°');
    let end = text[start..].find(|c| !within(c)).map_or(text.len(), |length| start + length);
    text[start..end].trim_end_matches(['-', '/', '\'', '’', '#'])
}

/// The words from `start` on.
pub fn run(text: &str, start: usize) -> Vec<Word<'_>> {
    let mut words: Vec<Word> = Vec::new();
    let (mut start, mut gap) = (start, Gap::Line);
    while words.len() < MAX_WORDS {
        let whole = word_at(text, start);
        let word = whole.trim_end_matches('.');
        let dotted = word.len() < whole.len();
        let behind = &text[start + whole.len()..];
        // A full stop ends the sentence, but behind an abbreviation: St. Leonards.
        let goes_on = dotted
            && (is_in(ABBREVIATED, &word.to_lowercase()) || word.ends_with("str"))
            && behind
                .strip_prefix([' ', ','])
                .is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_alphanumeric() || c == '#'));
        if !dotted && behind.starts_with([':', '：', '@', '%', '$', '€', '£', '=']) {
            if gap != Gap::Line {
                forget_line(&mut words);
            }
            break;
        }
        let street = dotted && gap != Gap::Space && is_in(STREETS_DOTTED, word);
        let class = if street { Some(Class::Name) } else { class(word, gap, words.last().map(|word| word.class)) };
        let Some(class) = class else { break };
        words.push(Word { text: word, start, class, gap });
        if dotted && !goes_on {
            break;
        }
        let after = start + word.len() + usize::from(goes_on);
        let Some((next, width)) = gap_at(&text[after..]) else { break };
        (start, gap) = (after + width, next);
    }
    while words.last().is_some_and(|word| word.class == Class::Particle) {
        words.pop();
    }
    join_codes(&mut words);
    words
}

/// A postcode of two groups before its town: 114 55 Stockholm.
fn join_codes(words: &mut [Word]) {
    let digits = |word: &Word, count: usize| word.text.len() == count && word.text.bytes().all(|b| b.is_ascii_digit());
    for place in 2..words.len() {
        if let [first, second, town] = &mut words[place - 2..=place]
            && digits(first, 3)
            && digits(second, 2)
            && town.class == Class::Name
            && [second.gap, town.gap] == [Gap::Space; 2]
        {
            (first.class, second.class) = (Class::Code, Class::Code);
        }
    }
}

/// What began the line of a label (Phone number: …) is none of the address.
fn forget_line(words: &mut Vec<Word>) {
    if let Some(line) = words.iter().rposition(|word| word.gap == Gap::Line).filter(|&line| line > 0) {
        words.truncate(line);
    }
}

/// The gap before the next word and its bytes; `None` where the address must end. In brackets only a province's letters
/// belong to it: Milano (MI).
fn gap_at(rest: &str) -> Option<(Gap, usize)> {
    let width = rest.find(|c: char| !(c.is_whitespace() || matches!(c, ',' | '(' | ')' | '|' | '·')))?;
    let between = &rest[..width];
    let opens = between.contains('(') && rest[width..].find(')').is_none_or(|close| close > 3);
    if between.is_empty() || opens || between.matches('\n').count() > 1 {
        return None;
    }
    let gap = match () {
        () if between.contains('\n') => Gap::Line,
        () if between.contains([',', '|', '·']) => Gap::Comma,
        () => Gap::Space,
    };
    Some((gap, width))
}

fn class(word: &str, gap: Gap, before: Option<Class>) -> Option<Class> {
    // Most words: nothing begins with them.
    if before.is_none() && word.starts_with(char::is_lowercase) {
        return is_in(WITHIN, word).then_some(Class::Within);
    }
    let lower = word.to_lowercase();
    if is_code(word) {
        return Some(Class::Code);
    }
    if word.bytes().any(|b| b.is_ascii_digit()) {
        let mut ordinal = ["st", "nd", "rd", "th"].iter().filter_map(|end| lower.strip_suffix(end));
        return match ordinal.any(|number| number.bytes().all(|b| b.is_ascii_digit())) {
            true => Some(Class::Name),
            false => is_house_number(word).then_some(Class::Number),
        };
    }
    if is_in(STATES, word) {
        return Some(Class::Name);
    }
    if is_in(WITHIN, &lower) || is_in(WITHIN_ALONE, &lower) && before == Some(Class::Number) {
        return Some(Class::Within);
    }
    if is_in(HOUSES_IN_WORDS, word) {
        return Some(Class::Number);
    }
    if word.starts_with(char::is_uppercase) {
        let named = word == "The" && (before == Some(Class::Number) || gap == Gap::Comma);
        let plain = word.split(['\'', '’']).next().unwrap_or(word);
        return (named || !is_in(NO_PLACES, plain) && !is_in(TITLES, plain)).then_some(Class::Name);
    }
    match before.filter(|_| gap == Gap::Space)? {
        Class::Number if is_in(STREETS_SMALL, word) => Some(Class::Name),
        Class::Number if is_in("bis ter", word) => Some(Class::Number),
        _ => is_in(PARTICLES, &lower).then_some(Class::Particle),
    }
}

/// 12, 12b, A3, 84/92, 2-11-3, #05-12, 3º: groups of digits with at most one letter each.
fn is_house_number(word: &str) -> bool {
    let word = word.trim_start_matches('#').trim_end_matches(['º', 'ª', '°']);
    let group = |group: &str| {
        let digits = group.trim_matches(|c: char| c.is_ascii_alphabetic());
        group.len() - digits.len() <= 1 && digits.len() <= 5 && digits.bytes().all(|b| b.is_ascii_digit())
    };
    word.len() <= 11 && word.split(['-', '/']).all(group)
}

/// Forms of postcodes: four to six digits, 12345-6789, 01304-001, 153-0063, 00-514; all of a British, Canadian or Irish
/// one, or the half before or behind its space.
fn is_code(word: &str) -> bool {
    let form = word.chars().map(|c| match c {
        '0'..='9' => '9',
        'A'..='Z' => 'A',
        '-' => '-',
        _ => '?',
    });
    matches!(
        form.collect::<String>().as_str(),
        "9999"
            | "99999"
            | "999999"
            | "99999-9999"
            | "99999-999"
            | "999-9999"
            | "99-999"
            | "A9"
            | "AA9"
            | "A99"
            | "AA99"
            | "A9A"
            | "AA9A"
            | "9AA"
            | "9A9"
            | "A99AA"
            | "AA99AA"
            | "A999AA"
            | "AA999AA"
            | "A9A9AA"
            | "AA9A9AA"
            | "A9A9A9"
            | "A99AAA"
    )
}
