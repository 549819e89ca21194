//! Dates, zh and en. The value is ISO 8601; without a year `--MM-DD`. Of a date whose day and month cannot be told apart
//! it is the words after `--` (`--03/04/2024`).

use std::sync::LazyLock;

use domain::FieldKind;

use super::{Found, Pattern, day, matches, mentions, pattern, stands_alone};

const MONTH_NAMES: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const MONTHS: &str = r"(?P<name>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?";

static ISO: Pattern =
    LazyLock::new(|| pattern(r"\b(?P<year>(?:19|20)\d{2})(?P<gap>[-/.])(?P<month>\d{1,2})[-/.](?P<day>\d{1,2})\b"));
static SLASHES: Pattern =
    LazyLock::new(|| pattern(r"\b(?P<first>\d{1,2})[/.-](?P<second>\d{1,2})[/.-](?P<year>(?:19|20)\d{2})\b"));
static DAY_FIRST: Pattern = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?[ -]{MONTHS}(?:,?[ -](?P<year>(?:19|20)\d{{2}}))?\b"
    ))
});
static MONTH_FIRST: Pattern = LazyLock::new(|| {
    pattern(&format!(r"(?i)\b{MONTHS} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (?P<year>(?:19|20)\d{{2}})\b)?"))
});
static CHINESE: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:(?P<year>(?:19|20)\d{2})年)?(?P<month>\d{1,2}|十[一二]?|[一二三四五六七八九])月(?P<day>\d{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])[日号號]",
    )
});

/// Month and day with a full stop between, where a verb behind says that it is a day: 11.2收到.
static DOTTED: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:^|[^\d.¥￥$v])(?P<value>(?P<month>\d{1,2})\.(?P<day>\d{1,2})) ?(?:号|日|收到|签收|收货|到货|下单|下的单|发货|寄出|寄的|那天|当天)",
    )
});

/// Day and month in figures, whichever is first: delivered 5/11.
static FIGURES: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:on|since|placed|ordered|dated|delivered|arrived|due|dob) (?P<value>(?P<first>\d{1,2})/(?P<second>\d{1,2}))\b",
    )
});

pub fn dates(text: &str, _: Option<&str>, found: &mut Vec<Found>) {
    let digits = text.bytes().any(|b| b.is_ascii_digit());
    let named = digits && mentions(text, &MONTH_NAMES);
    for (pattern, needed) in [
        (&ISO, digits),
        (&CHINESE, text.contains('月')),
        (&DOTTED, digits && text.contains('.')),
        (&DAY_FIRST, named),
        (&MONTH_FIRST, named),
    ] {
        if !needed {
            continue;
        }
        for (captures, range) in matches(pattern, text) {
            let group = |name: &str| captures.name(name).map(|m| m.as_str());
            let month = group("name").map(month_by_name).unwrap_or_else(|| group("month").and_then(number));
            let year = group("year").and_then(number);
            let value = group("day").and_then(number).zip(month).and_then(|(day, month)| iso(year, month, day));
            push(text, range, value, found);
        }
    }
    for (captures, range) in matches(&FIGURES, text).into_iter().filter(|_| digits && text.contains('/')) {
        let group = |name: &str| captures.name(name).and_then(|m| number(m.as_str())).unwrap_or(0);
        let days = &text[range.clone()] != "24/7"
            && (1..=12).contains(&group("first").min(group("second")))
            && group("first").max(group("second")) <= 31;
        let value = format!("--{}", &text[range.clone()]);
        push(text, range, days.then_some(value), found);
    }
    if digits {
        for (captures, range) in matches(&SLASHES, text) {
            let group = |name: &str| captures.name(name).and_then(|m| number(m.as_str()));
            let value = match (group("first"), group("second")) {
                (Some(day), Some(month)) if day > 12 || day == month => iso(group("year"), month, day),
                (Some(month), Some(day)) if day > 12 => iso(group("year"), month, day),
                (Some(1..), Some(1..)) => Some(format!("--{}", &text[range.clone()])),
                _ => None,
            };
            push(text, range, value, found);
        }
    }
    found.extend(day::days(text).into_iter().map(|(range, value)| Found::new(FieldKind::Date, range, value)));
}

fn push(text: &str, range: std::ops::Range<usize>, value: Option<String>, found: &mut Vec<Found>) {
    let mut after = text[range.end..].chars();
    let goes_on = matches!(after.next(), Some('.' | '-' | '/')) && after.next().is_some_and(|c| c.is_ascii_digit());
    // A Chinese date ends by itself: 10月1日G1024次.
    let alone = match text[..range.end].ends_with(['日', '号', '號']) {
        true => stands_alone(text, &(range.start..text.len())),
        false => stands_alone(text, &range),
    };
    if let Some(value) = value.filter(|_| !goes_on && alone) {
        found.push(Found::new(FieldKind::Date, range, value));
    }
}

fn month_by_name(name: &str) -> Option<u32> {
    let name = name.get(..3)?.to_lowercase();
    MONTH_NAMES.iter().position(|&known| known == name).map(|index| index as u32 + 1)
}

/// Arabic digits, or Chinese numerals up to 99.
pub fn number(words: &str) -> Option<u32> {
    if let Ok(number) = words.parse() {
        return Some(number);
    }
    let digit = |c: char| "一二三四五六七八九".chars().position(|known| known == c).map(|index| index as u32 + 1);
    match words.split_once('十') {
        None => digit(words.chars().next()?),
        Some((tens, ones)) => {
            let tens = if tens.is_empty() { 1 } else { digit(tens.chars().next()?)? };
            Some(tens * 10 + ones.chars().next().map_or(Some(0), digit)?)
        }
    }
}

fn iso(year: Option<u32>, month: u32, day: u32) -> Option<String> {
    let leap = year.is_none_or(|y| y % 4 == 0 && (y % 100 != 0 || y % 400 == 0));
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if !(1..=days).contains(&day) {
        return None;
    }
    Some(match year {
        Some(year) => format!("{year:04}-{month:02}-{day:02}"),
        None => format!("--{month:02}-{day:02}"),
    })
}

#[cfg(test)]
mod tests {
    use crate::fields::tests::check;
    use domain::FieldKind::Date;

    #[test]
    fn dates() {
        let one = |text: &str, words: &str, value: &str| check(text, &[(Date, words, value)]);
        one("ordered on 2024-03-12", "2024-03-12", "2024-03-12");
        one("2024/3/2下的单", "2024/3/2", "2024-03-02");
        one("the 12th of March 2024", "12th of March 2024", "2024-03-12");
        one("on 3 November I paid", "3 November", "--11-03");
        one("Nov 3rd, 2025.", "Nov 3rd, 2025", "2025-11-03");
        one("since Sept 9", "Sept 9", "--09-09");
        one("2025年11月3号买的", "2025年11月3号", "2025-11-03");
        one("我11月3号下单", "11月3号", "--11-03");
        one("十二月二十五日前", "十二月二十五日", "--12-25");
        one("11.2收到就坏了", "11.2", "--11-02");
        one("it was delivered 5/11 they say", "5/11", "--5/11");
        one("on 25/12/2024", "25/12/2024", "2024-12-25");
        one("on 12/25/2024", "12/25/2024", "2024-12-25");
        one("on 03/04/2024", "03/04/2024", "--03/04/2024");
    }

    #[test]
    fn no_dates() {
        for text in [
            "00/04/2024",
            "31 February",
            "may 1 ask",
            "2024-13-01",
            "version 2024.3.1.5",
            "版本2.3.1收到",
            "13.2收到",
            "3月内",
            "13月1日",
            "I may be late",
            "二月三十日",
        ] {
            let dates = crate::fields::extract(text, None);
            let expected = usize::from(text == "may 1 ask");
            assert_eq!(dates.len(), expected, "{text}: {dates:?}");
        }
    }
}
