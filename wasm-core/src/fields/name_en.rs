//! Names in Latin letters: capitalised words where the words before them say that a name comes (my name is, passenger:,
//! my husband), the words behind do (… speaking, … here), a title stands before, the line is a signature, or the agent
//! asked for it. The one with whom the writer greets or thanks the agent is no field.

use std::ops::Range;
use std::sync::LazyLock;

use domain::FieldKind::PersonName;

use super::{Found, Pattern, matches, mentions, pattern};
use crate::lang::is_han;

/// After these a name must come, also one in small letters.
static SURE: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\b(?:my (?:full )?name is|my name['’]s|(?:full|customer|first|last|account|guest|passenger|patient|reservation|booking|cardholder|contact|student)(?:'s)? name(?: is)?|",
        r"name on (?:the )?(?:order|card|account|booking|reservation|ticket|policy)(?: is)?)(?: ?[:：])? |\bname ?[:：] ?"
    ))
});
/// After these a name in capitals comes.
static PERHAPS: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\b(?:(?:someone|somebody|person|guy|lady|man|woman|agent|rep|engineer|technician|colleague|driver|people|they)(?: (?:is|was))? (?:called|named|call me)|",
        r"(?:call me|ask for|addressed to|on behalf of|in the name of|under the name(?: of)?|(?:reservation|booking|table|order|appointment|it['’]?s?) (?:is |be )?under|to add|",
        r"in (?:(?:my|his|her|their|the) )?(?:[a-z]+['’]s )?name,?(?: of)?|(?:ma[dk]e|invoice|che(?:ck|que))(?: it)? out to|payable to|account ?holder(?: is)?|card ?holder(?: is)?|recipient(?: is)?|passengers?|patient|student|attn\.?|attention|contact(?: person)?(?: is)?|ticket ?holder|signed (?:for )?by|name from|(?:ship|deliver|send|post|mail|bill) to[:：]|tenant|guest|owner|beneficiary(?: is)?|",
        r"my (?:husband|wife|partner|son|daughter|mother|father|mum|mom|dad|brother|sister|landlord|tenant|boss|manager|colleague|assistant|client|friend|flatmate|roommate)(?:,| is|['’]s name is)?)",
        r")[:：]? "
    ))
});
/// Parts of the words of `PERHAPS`, one of which every match has.
const INTRODUCING: [&str; 25] = [
    "called",
    "named",
    "call me",
    "ask for",
    "addressed",
    "behalf",
    "name",
    "out to",
    "payable",
    "signed",
    " to:",
    "under",
    "to add",
    "holder",
    "recipient",
    "passenger",
    "patient",
    "student",
    "att",
    "contact",
    "tenant",
    "guest",
    "owner",
    "beneficiary",
    "my ",
];
static I_AM: Pattern = LazyLock::new(|| pattern(r"(?i)\b(?:i am|i['’]m|this is|it['’]s|it is) "));
static TITLE: Pattern = LazyLock::new(|| pattern(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Madam)\b\.? "));
static BEHIND: Pattern =
    LazyLock::new(|| pattern(r"(?i)^,? (?:speaking|calling|here|from|again|writing|with account)\b"));
static CLOSING: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)^\s*(?:[^\n/]{0,30}/\s*)?(?:(?:kind|best|warm|many|with(?: kind)?)\s)*(?:regards|best|thanks(?: again| so much| a lot| in advance)?|thank you(?: very much| so much)?|thx|ta|cheers|sincerely|yours(?: sincerely| faithfully| truly)?|respectfully|cordially|wishes)\s*[,.!]*\s*$",
    )
});
static CLOSED: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:[Rr]egards|[Ss]incerely|[Tt]hanks|[Tt]hank you|[Cc]heers|[Bb]est),? (?P<value>[^,.\n!?]{3,40})[.!]?\s*$",
    )
});
static ASKS: Pattern =
    LazyLock::new(|| pattern(r"(?i)\bnames?\b|who am i (?:speaking|talking|chatting)|whom am i|who is this"));
static ANSWER: Pattern = LazyLock::new(|| {
    pattern(r"(?i)^\s*(?:my name\?\s*|sure|yes|ok|okay|of course|hi|hello|it['’]s|it is|i['’]m|i am|this is|[,.!]|\s)*")
});

/// Capitalised words that are no names.
const NO_NAMES: &str = "A About Apt Suite Unit Flat Box Floor Account Acceptable Address After Again All Also Am American An And \
    Android Any Apple April As At Attached August Australian Because Booking British But Can Canadian Card \
    Chinese Could Customer Dear December Delivery Do Email English February Flight For French Friday From \
    German Good Great Have He Hello Help Hi How I I'm If In Indian Irish Is It Italian January July June \
    Just March May Monday My Never New No Not November Number October Of Ok On Only Order Our Phone Please \
    Refund Room Saturday Sent September She So Sorry Spanish Still Sunday Support Team Thank Thanks That The \
    There They This Thursday To Tuesday Unacceptable Very Was We Wednesday What When Where Why Yes You";
/// Words of a company's name.
const COMPANIES: &str = "Ltd Limited Inc LLC Llc GmbH Co Corp Company Consulting Design Group Services Studio Studios Partners \
    Holdings Trust School Council Solutions Logistics Systems University Club";
const PARTICLES: &[&str] =
    &["de", "da", "di", "del", "della", "van", "von", "der", "den", "la", "le", "bin", "al", "el", "ter", "dos"];
/// Words after "my name" that say something of the name.
const OF_THE_NAME: &str = "spelled spelt wrong misspelled incorrect missing different too as shown changed correct also listed \
    written printed doesn't does don't did didn't can't has had will long common same already wasn't isn't under none nothing nobody maybe later wait hold \
    sure yeah yep nope private one sec moment";

pub fn names(text: &str, asked: Option<&str>, found: &mut Vec<Found>) {
    let mixed_case = text.bytes().any(|b| b.is_ascii_lowercase());
    let named = mentions(text, &["name"]);
    for (_, range) in named.then(|| matches(&SURE, text)).into_iter().flatten() {
        let name = name_at(text, range.end).or_else(|| small_name(text, range.end));
        push(text, name, found);
    }
    if mixed_case {
        let perhaps = mentions(text, &INTRODUCING);
        for (_, range) in perhaps.then(|| matches(&PERHAPS, text)).into_iter().flatten() {
            let person = |name: &Range<usize>| {
                let words = &text[name.clone()];
                words.contains(char::is_lowercase) && !words.split(' ').any(|word| lists(COMPANIES, word))
            };
            let name = name_at(text, range.end).filter(person);
            let renamed = name.as_ref().filter(|_| text[..range.end].ends_with("from "));
            let after = renamed.filter(|name| text[name.end..].starts_with(" to ")).map(|name| name.end + " to ".len());
            push(text, name, found);
            push(text, after.and_then(|after| name_at(text, after)).filter(person), found);
        }
        for (_, range) in matches(&I_AM, text) {
            let name = name_at(text, range.end).filter(|name| {
                let behind = BEHIND.as_ref().is_some_and(|regex| regex.is_match(&text[name.end..]));
                behind || text[name.clone()].contains(' ') && text[name.end..].starts_with([',', '.', '\n', '!', ' '])
            });
            push(text, name, found);
        }
        for (_, range) in matches(&TITLE, text) {
            let before = text[..range.start].trim_end().to_ascii_lowercase();
            if !["dear", "hi", "hello", "hey"].iter().any(|greeting| before.ends_with(greeting)) {
                push(text, name_at(text, range.end), found);
            }
        }
        before_speaking(text, found);
        signed(text, found);
        recipient(text, found);
    }
    if asked.is_some_and(|asked| ASKS.as_ref().is_some_and(|regex| regex.is_match(asked))) {
        let start = matches(&ANSWER, text).first().map_or(0, |(_, range)| range.end);
        let name = name_at(text, start).or_else(|| small_name(text, start));
        push(text, name.filter(|name| text[name.end..].trim_matches(['.', '!', ' ', '\n']).is_empty()), found);
    }
}

fn push(text: &str, name: Option<Range<usize>>, found: &mut Vec<Found>) {
    let Some(range) = name else { return };
    if found.iter().all(|other| other.range.end <= range.start || range.end <= other.range.start) {
        let value = text[range.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
        found.push(Found::new(PersonName, range, value));
    }
}

/// The word from here on, without the punctuation behind it.
fn word_at(text: &str, at: usize) -> &str {
    let letter = |c: char| (c.is_alphabetic() && !is_han(c)) || matches!(c, '\'' | '’' | '-');
    let end = text[at..].find(|c| !letter(c)).map_or(text.len(), |length| at + length);
    let word = text[at..end].trim_end_matches(['\'', '’', '-']);
    word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word)
}

fn lists(words: &str, word: &str) -> bool {
    words.split(' ').any(|listed| listed == word)
}

fn is_given(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_some() && !lists(NO_NAMES, word)
}

/// One to four words of a name from here on: capitalised, initials, particles between. At least one is no initial.
fn name_at(text: &str, start: usize) -> Option<Range<usize>> {
    let titled =
        matches(&TITLE, &text[start..]).first().filter(|(_, range)| range.start == 0).map_or(0, |(_, range)| range.end);
    let start = start + titled;
    let (mut at, mut end, mut given) = (start, start, 0);
    for _ in 0..5 {
        let word = word_at(text, at);
        let dotted = text[at + word.len()..].starts_with('.');
        let letter = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
        // Without its full stop one stands before more of the name: Miki C Kristiansen.
        let next = text[at + word.len()..].strip_prefix(' ').map(|rest| word_at(rest, 0));
        let bare = letter
            && !dotted
            && (end > start || !matches!(word, "A" | "I"))
            && next.is_some_and(|next| is_given(next) || next.len() == 1 && next.chars().all(char::is_uppercase));
        let initial = letter && (dotted || bare);
        if initial || is_given(word) {
            given += usize::from(!initial);
            end = at + word.len() + usize::from(initial && dotted);
        } else if !(end > start && PARTICLES.contains(&word)) {
            break;
        }
        at += word.len() + usize::from(initial && dotted);
        if !text[at..].starts_with(' ') {
            break;
        }
        at += 1;
    }
    // What goes on with a digit is a thing: Galaxy S24.
    let thing =
        text[end..].trim_start_matches(' ').starts_with(|c: char| c.is_ascii_digit()) && text[end..].starts_with(' ');
    (given > 0 && !thing).then_some(start..end)
}

/// A name of up to three words in small letters that ends at once: my name is ravi kumar and …
fn small_name(text: &str, start: usize) -> Option<Range<usize>> {
    let (mut at, mut end) = (start, start);
    for count in 0.. {
        let word = word_at(text, at);
        if word.len() < 2 || lists(GOES_ON, &word.to_ascii_lowercase()) {
            break;
        }
        if count == 3 || lists(OF_THE_NAME, word) || NO_NAMES.split(' ').any(|other| other.eq_ignore_ascii_case(word)) {
            return None;
        }
        end = at + word.len();
        if !text[end..].starts_with(' ') {
            break;
        }
        at = end + 1;
    }
    let ends = !text[end..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, '@' | '_' | '/'));
    (end > start && ends).then_some(start..end)
}

/// What follows a name in small letters.
const GOES_ON: &str = "and my i booking confirmation account ssn order email phone with from but the last first number ref \
    reference card here can dob born";

/// Sofia Brown here; Patricia Nwosu speaking: at the start of a sentence.
fn before_speaking(text: &str, found: &mut Vec<Found>) {
    for behind in [" speaking", " here,", " here.", " here and", " here again", " from accounts"] {
        for (end, _) in text.match_indices(behind) {
            let sentence = text[..end].rfind(['.', '!', '?', '\n', ',']).map_or(0, |at| at + 1);
            let start = sentence + (text[sentence..end].len() - text[sentence..end].trim_start().len());
            push(text, name_at(text, start).filter(|name| name.end == end), found);
        }
    }
}

/// The line below a heading that ends in "address", above a line with a number: the recipient.
fn recipient(text: &str, found: &mut Vec<Found>) {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    for line in lines.windows(3) {
        let heading = line[0].trim_end_matches([':', '：', ' ']).to_ascii_lowercase();
        let start = line[1].as_ptr() as usize - text.as_ptr() as usize;
        if heading.ends_with("address") && line[2].bytes().any(|b| b.is_ascii_digit()) {
            let whole = |name: &Range<usize>| name.end == start + line[1].len() && line[1].contains(' ');
            push(text, name_at(text, start).filter(whole), found);
        }
    }
}

/// The line below a closing, a last line behind a dash, or two names behind a closing at the very end.
fn signed(text: &str, found: &mut Vec<Found>) {
    let offset = |line: &str| line.as_ptr() as usize - text.as_ptr() as usize;
    let mut closed = false;
    let count = text.lines().filter(|line| !line.trim().is_empty()).count();
    for (place, line) in text.lines().filter(|line| !line.trim().is_empty()).enumerate() {
        let trimmed = line.trim();
        let bare = trimmed.trim_start_matches(['-', '—', '–', '~', ' ']);
        let dashed = bare.len() < trimmed.len() && place + 1 == count;
        if closed || dashed {
            let start = offset(bare);
            let end = start + bare.trim_end_matches(['.', ',', '!', ' ']).len();
            let alone = |name: &Range<usize>| {
                let titled = text[name.end..].starts_with([',', '|']) || text[name.end..].starts_with(" |");
                name.end >= end || titled && text[name.clone()].contains(' ')
            };
            push(text, name_at(text, start).filter(alone), found);
        }
        closed = line.len() <= 48 && CLOSING.as_ref().is_some_and(|regex| regex.is_match(line));
    }
    for (_, range) in matches(&CLOSED, text) {
        let name = name_at(text, range.start).filter(|name| name.end == range.end && text[name.clone()].contains(' '));
        push(text, name, found);
    }
}

#[cfg(test)]
mod tests {
    use crate::fields::extract;
    use domain::FieldKind::PersonName;

    fn check(text: &str, asked: Option<&str>, expected: &[&str]) {
        let fields = extract(text, asked);
        let found: Vec<_> = fields.iter().filter(|f| f.kind == PersonName).map(|f| f.text.as_str()).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn names() {
        let one = |text: &str, name: &str| check(text, None, &[name]);
        one("My name is Hannah Whitfield and I'd like", "Hannah Whitfield");
        one("my name's ravi and I can't log in", "ravi");
        one("my name is ravi kumar booking 12", "ravi kumar");
        one("Hi, this is Sofia Brown calling about", "Sofia Brown");
        one("this is Janet from accounts", "Janet");
        one("Patricia Nwosu speaking, hello", "Patricia Nwosu");
        one("Please cancel.\n\nKind regards,\nMatthias Krüger\nAccounts", "Matthias Krüger");
        one("Yours sincerely\n\nM. Papadopoulos", "M. Papadopoulos");
        one("the parcel is gone\n- Joan", "Joan");
        one("ok. Thanks, Marcus Webb", "Marcus Webb");
        one("Hi, Dmitri here again, still waiting", "Dmitri");
        one("it is in my wife's name, Hannah Becker", "Hannah Becker");
        one("make the invoice out to Søren Kjær, not me", "Søren Kjær");
        one("Many thanks,\n\nRebecca Stein | Office Manager", "Rebecca Stein");
        check("change the name from Jon Hargreave to John Hargreave", None, &["Jon Hargreave", "John Hargreave"]);
        one("signed by R. Patel but nobody", "R. Patel");
        one("Name on card J P MORALES, 04/28", "J P MORALES");
        one("add my wife Miki C Kristiansen too", "Miki C Kristiansen");
        one("our contact is Ingrid Solberg, ok", "Ingrid Solberg");
        one("Delivery address:\nLukas Brandt\nLindenallee 8b", "Lukas Brandt");
        one("Name: Ludwig van der Berg\nPhone: 1", "Ludwig van der Berg");
        one("Mr. O'Connor's parcel", "O'Connor");
        one("my husband Carlos Mendes has it", "Carlos Mendes");
        check("ravi kumar", Some("May I have your name?"), &["ravi kumar"]);
        check("sure, it's Beatrice Fontaine", Some("Can I take your name?"), &["Beatrice Fontaine"]);
    }

    #[test]
    fn no_names() {
        for text in [
            "My name is spelled wrong",
            "I'm Canadian so",
            "This is Urgent!!",
            "this is Not acceptable",
            "I'm From Texas",
            "Hi Sarah, thanks",
            "Thank you Jake, great",
            "Thanks,\nThe Riverside Book Club",
            "Thank you\nSent from my iPhone",
            "I'm Tired of waiting",
            "MY NAME AGAIN IS WRONG",
            "It's me again",
            "call me on Monday",
            "this is Galaxy S24",
            "my name is not on the list",
            "my name is on it",
            "my name is misspelled",
            "student ID lost",
            "Dear Ms. Palmer, thank you",
        ] {
            check(text, None, &[]);
        }
        for text in ["why do you ask", "one sec", "not yet", "I am not sure", "hold on"] {
            check(text, Some("May I have your name?"), &[]);
        }
    }
}
