//! Numbers of payment cards (Luhn, ISO/IEC 7812) and of identity documents: Chinese resident identity cards (GB 11643),
//! Hong Kong and Singapore identity cards (by their check letters), US social security, and, with the word for it beside
//! the number, passports, travel permits, UK national insurance and driving licences.
//!
//! A number that is called a card's or an identity card's but fails its check is claimed and not told, so that nobody else
//! tells it whole. The same goes for an IBAN (ISO 13616). Masking is done where fields leave the module.

use std::ops::Range;
use std::sync::LazyLock;

use domain::FieldKind::{CardNumber, IdNumber};

use super::{Found, Pattern, first_chars, last_chars, matches, mentions, pattern, stands_alone};

/// 12 to 19 digits, alone or in groups.
static LONG_NUMBER: Pattern = LazyLock::new(|| {
    pattern(r"\b(?:\d{12,19}|\d{4}[ -]\d{4}[ -]\d{4}[ -]\d{1,7}(?:[ -]\d{1,3})?|\d{4}[ -]\d{6}[ -]\d{4,5})\b")
});
/// Characters around a number in which a word may say what it is.
const NEAR: usize = 24;
const CARD_WORDS: &[&str] = &[
    "card",
    "visa",
    "amex",
    "credit",
    "debit",
    "卡号",
    "银行卡",
    "信用卡",
    "储蓄卡",
    "借记卡",
    "工资卡",
    "打到",
    "退到",
    "转到",
    "银行",
];
/// What makes a bare number something else.
const OTHER_WORDS: &[&str] = &[
    "order",
    "track",
    "parcel",
    "imei",
    "invoice",
    "reference",
    "ref",
    "case",
    "ticket",
    "订单",
    "单号",
    "运单",
    "流水",
    "快递",
    "发票",
    "学籍",
    "批号",
];

/// Payment cards.
pub fn cards(text: &str, asked: Option<&str>, found: &mut Vec<Found>) {
    for (_, range) in matches(&LONG_NUMBER, text) {
        let words = &text[range.clone()];
        let digits: String = words.chars().filter(char::is_ascii_digit).collect();
        let other_kind = text[range.end..].starts_with('@') || resident(&digits);
        if !stands_alone(text, &range) || other_kind || !(12..=19).contains(&digits.len()) {
            continue;
        }
        let before = last_chars(&text[..range.start], NEAR).to_lowercase();
        let after = first_chars(&text[range.end..], 12).to_lowercase();
        let after = after.split(['，', '。', ',', '.', '；', ';', '\n']).next().unwrap_or_default();
        let last = |words: &[&str]| words.iter().filter_map(|word| before.rfind(word)).max();
        let (card, other) = (last(CARD_WORDS), last(OTHER_WORDS));
        let called = card > other || (other.is_none() && CARD_WORDS.iter().any(|word| after.contains(word)));
        let asks =
            |words: &[&str]| asked.is_some_and(|asked| words.iter().any(|word| asked.to_lowercase().contains(word)));
        let bare = other.is_none() && !asks(OTHER_WORDS);
        let known = is_card_range(&digits) && (bare || digits.len() < words.len());
        match luhn(&digits) {
            true if called || known => found.push(Found::new(CardNumber, range, "")),
            false if called => found.push(Found { kind: None, range, value: String::new() }),
            _ => {}
        }
    }
}

/// Whether issuer digits and length belong to a scheme: Visa, Mastercard, American Express, UnionPay, JCB, Discover, Diners.
fn is_card_range(digits: &str) -> bool {
    let first = |count: usize| digits[..count].parse::<u32>().unwrap_or(0);
    match digits.len() {
        13 | 19 if first(1) == 4 => true,
        14 => matches!(first(2), 36 | 38) || (300..=305).contains(&first(3)),
        15 => matches!(first(2), 34 | 37),
        16 => {
            first(1) == 4
                || (51..=55).contains(&first(2))
                || (2221..=2720).contains(&first(4))
                || (3528..=3589).contains(&first(4))
                || first(4) == 6011
                || (644..=659).contains(&first(3))
                || first(2) == 62
        }
        17..=19 => first(2) == 62,
        _ => false,
    }
}

fn luhn(digits: &str) -> bool {
    let double = |d: u32| if d > 4 { 2 * d - 9 } else { 2 * d };
    let digits = digits.chars().rev().filter_map(|c| c.to_digit(10)).enumerate();
    digits.map(|(place, digit)| if place % 2 == 1 { double(digit) } else { digit }).sum::<u32>() % 10 == 0
}

static RESIDENT: Pattern = LazyLock::new(|| {
    pattern(r"\b[1-9]\d{5}[ -]?(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[ -]?\d{3}[\dXx]\b")
});
static HONG_KONG: Pattern = LazyLock::new(|| pattern(r"\b[A-Z]{1,2}\d{6} ?[(（][0-9A][)）]"));
static SINGAPORE: Pattern = LazyLock::new(|| pattern(r"\b[STFGM]\d{7}[A-Z]\b"));
static SOCIAL_SECURITY: Pattern = LazyLock::new(|| pattern(r"\b\d{3}-\d{2}-\d{4}\b"));
static IBAN: Pattern = LazyLock::new(|| pattern(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b"));
static NAMED: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)(?:\b(?:passport|driv(?:ing|er'?s?) licen[cs]e|national insurance|ni|nino|ssn|social security|id card|hkid)\b",
        r"(?: (?:number|no|num|nr)\b\.?)?|(?:护照|驾驶证|驾照|通行证|回乡证|台胞证|军官证|居留证|身份证|证件|社保卡?)(?:编号|号码|号)?)",
        r"(?: is| was|是|为|填的是|写的是|:|：|#|\s){0,3}(?P<value>(?:[A-Za-z]{0,2}|(?-i:[A-Z]{2}) )\d(?:[ -]?\d){5,17}(?: ?[A-Za-z])?|[A-Z]\d[A-Z0-9]{6,8})\b"
    ))
});

/// Identity documents.
pub fn ids(text: &str, _: Option<&str>, found: &mut Vec<Found>) {
    let mut push = |passed: bool, range: Range<usize>| {
        found.push(Found { kind: passed.then_some(IdNumber), range, value: String::new() });
    };
    for (_, range) in matches(&RESIDENT, text) {
        if resident(&plain(&text[range.clone()])) && stands_alone(text, &range) {
            push(true, range);
        }
    }
    for (_, range) in matches(&HONG_KONG, text) {
        if hong_kong(&plain(&text[range.clone()])) {
            push(true, range);
        }
    }
    for (_, range) in matches(&SINGAPORE, text) {
        if singapore(&text[range.clone()]) && stands_alone(text, &range) {
            push(true, range);
        }
    }
    for (_, range) in matches(&SOCIAL_SECURITY, text) {
        let before = last_chars(&text[..range.start], NEAR).to_lowercase();
        let words = &text[range.clone()];
        let issued = !words.starts_with("000") && !words.starts_with("666") && !words[4..].starts_with("00");
        if issued && stands_alone(text, &range) && !OTHER_WORDS.iter().any(|word| before.contains(word)) {
            push(true, range);
        }
    }
    for (_, range) in matches(&IBAN, text) {
        if iban(&plain(&text[range.clone()])) {
            push(false, range);
        }
    }
    let words = ["passport", "driv", "insurance", "ni", "ssn", "social", "id card", "hkid", "证", "照", "社保"];
    if !mentions(text, &words) {
        return;
    }
    for (_, range) in matches(&NAMED, text) {
        let number = plain(&text[range.clone()]);
        if stands_alone(text, &range) && number.len() >= 7 {
            push(number.len() != 18, range);
        }
    }
}

fn plain(words: &str) -> String {
    words.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase()
}

/// GB 11643: weights 2^(17−i) mod 11.
fn resident(number: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = number.chars().zip(WEIGHTS).filter_map(|(c, weight)| Some(c.to_digit(10)? * weight)).sum();
    number.len() == 18 && number.chars().last() == "10X98765432".chars().nth(sum as usize % 11)
}

/// Letters count from A = 10, a missing first letter 36; weights 9 … 1, modulo 11.
fn hong_kong(number: &str) -> bool {
    let mut values: Vec<u32> = number.chars().filter_map(|c| c.to_digit(36)).collect();
    if values.len() == 8 {
        values.insert(0, 36);
    }
    values.len() == 9 && values.iter().zip((1..=9).rev()).map(|(value, weight)| value * weight).sum::<u32>() % 11 == 0
}

/// Weights 2 7 6 5 4 3 2 with an offset by series, one table of letters a series.
fn singapore(number: &str) -> bool {
    let (Some(series), Some(check)) = (number.chars().next(), number.chars().last()) else { return false };
    let (offset, letters) = match series {
        'S' => (0, "JZIHGFEDCBA"),
        'T' => (4, "JZIHGFEDCBA"),
        'F' => (0, "XWUTRQPNMLK"),
        'G' => (4, "XWUTRQPNMLK"),
        _ => (3, "KLJNPQRTUWX"),
    };
    let sum: u32 = number[1..8].chars().zip([2, 7, 6, 5, 4, 3, 2]).filter_map(|(c, w)| Some(c.to_digit(10)? * w)).sum();
    let place = ((sum + offset) % 11) as usize;
    let place = if series == 'M' { 10 - place } else { place };
    letters.chars().nth(place) == Some(check)
}

/// ISO 7064 MOD 97-10 over the number turned round.
fn iban(number: &str) -> bool {
    if !(15..=34).contains(&number.len()) {
        return false;
    }
    let turned = number[4..].chars().chain(number[..4].chars());
    let step = |rest: u32, value: u32| if value > 9 { (rest * 100 + value) % 97 } else { (rest * 10 + value) % 97 };
    turned.filter_map(|c| c.to_digit(36)).fold(0, step) == 1
}

#[cfg(test)]
mod tests {
    use crate::fields::extract;
    use crate::fields::tests::check;
    use domain::FieldKind::{CardNumber, IdNumber, OrderNumber};

    #[test]
    fn cards_are_masked() {
        let one = |text: &str, words: &str| check(text, &[(CardNumber, words, "****1111")]);
        one("my card 4111 1111 1111 1111 was declined", "**** **** **** 1111");
        one("卡号4111111111111111退款", "************1111");
        one("4111-1111-1111-1111", "****-****-****-1111");
        check("退款请打到6212263092502056736", &[(CardNumber, "***************6736", "****6736")]);
        check("amex 3782 822463 10005", &[(CardNumber, "**** ****** *0005", "****0005")]);
    }

    #[test]
    fn no_cards() {
        check("card 4111111111111112", &[]);
        check("IMEI 356938035643809", &[]);
        check("卡号6222020200012345671一直提示无效", &[]);
        check("订单号4111111111111111", &[(OrderNumber, "4111111111111111", "4111111111111111")]);
        check("card ending in 4417", &[]);
        check("wrong IBAN DE89370400440532013000", &[]);
        check("IBAN GB29 NWBK 6016 1331 9268 19", &[]);
    }

    #[test]
    fn ids_are_masked() {
        let one = |text: &str, words: &str, value: &str| check(text, &[(IdNumber, words, value)]);
        one("身份证11010519491231002X", "**************002X", "****002X");
        one("身份证 110105 19491231 002x 呢", "****** ******** 002x", "****002X");
        one("护照号E11641045，登记不了", "*****1045", "****1045");
        one("HKID A123456(3)", "****456(3)", "****4563");
        one("S1234567D is my NRIC", "*****567D", "****567D");
        one("my ssn is 318-63-6461", "***-**-6461", "****6461");
        one("NI number QQ123456C", "*****456C", "****456C");
    }

    #[test]
    fn no_ids() {
        for text in [
            "身份证110105194912310021",
            "A123456(4)",
            "S1234567A",
            "passport is 10 years old",
            "护照2025年到期",
            "call 212-555-0199",
        ] {
            let fields = extract(text, None);
            assert!(fields.iter().all(|field| field.kind != IdNumber), "{text}: {fields:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_full_number_leaves(before in "[a-z卡号身份证订单 :]{0,6}", after in "[a-z 。@]{0,6}") {
            for number in ["4111111111111111", "11010519491231002X"] {
                for field in extract(&format!("card 身份证 {before} {number} {after}"), None) {
                    let told = format!("{}{}", field.text, field.value);
                    proptest::prop_assert!(field.kind == OrderNumber || !told.contains(&number[..12]), "{told}");
                }
            }
        }
    }
}
