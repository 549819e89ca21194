//! Days named from the day of writing: 昨天, 上周五, 本月15号, 3天前, yesterday, last Tuesday. Nobody here knows what day it
//! is, so the value is the way to it, after `--` as in a date without a year: `--D-1` a day back, `--W+1-3` Wednesday of
//! the next week (weeks begin on Monday), `--M-1-28` the 28th of the month before, and the words themselves where the
//! language leaves open which day is meant: `--last-tuesday`. Today, bare weekdays, months and holidays are left out.

use std::ops::Range;
use std::sync::LazyLock;

use super::date::number;
use super::{Pattern, matches, mentions, pattern, stands_alone};

static CHINESE_DAY: Pattern =
    LazyLock::new(|| pattern(r"大前天|前天|前日|昨天|昨日|昨晚|昨夜|昨儿|明天|明日|明早|明晚|明儿|大后天|后天"));
static CHINESE_WEEKDAY: Pattern =
    LazyLock::new(|| pattern(r"(?P<week>上上|下下|上|这|本|下)个?(?:周|星期|礼拜)(?P<day>[一二三四五六日天])"));
static CHINESE_MONTHDAY: Pattern = LazyLock::new(|| {
    pattern(r"(?P<month>上个?月|这个?月|本月|下个?月)的?(?P<day>\d{1,2}|[一二三]?十[一二三四五六七八九]?)[日号]")
});
static CHINESE_AGO: Pattern = LazyLock::new(|| pattern(r"(?P<days>\d{1,2}|[一两二三四五六七八九十])天(?:之|以)?前"));
static ENGLISH_DAY: Pattern = LazyLock::new(|| {
    pattern(r"(?i)\b(?:the day before yesterday|the day after tomorrow|yesterday|last night|tomorrow)\b")
});
static ENGLISH_WEEKDAY: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?P<which>last|next|this)[ ](?P<day>mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?P<whole>day)?\b",
    )
});
static ENGLISH_AGO: Pattern = LazyLock::new(|| {
    pattern(r"(?i)\b(?P<days>\d{1,2}|a|one|two|three|four|five|six|seven|eight|nine|ten) days? ago\b")
});
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Each day with its value.
pub fn days(text: &str) -> Vec<(Range<usize>, String)> {
    let mut days = Vec::new();
    if text.contains(['天', '日', '昨', '明', '周', '期', '拜', '月']) {
        chinese(text, &mut days);
    }
    if mentions(text, &["day", "night", "tomorrow", "last ", "next ", "this "]) {
        english(text, &mut days);
    }
    days
}

fn chinese(text: &str, days: &mut Vec<(Range<usize>, String)>) {
    for (_, range) in matches(&CHINESE_DAY, text) {
        let words = &text[range.clone()];
        let offset = match words {
            "大前天" => -3,
            "前天" | "前日" => -2,
            "大后天" => 3,
            "后天" => 2,
            _ if words.starts_with('昨') => -1,
            _ => 1,
        };
        if is_own_word(text, &range) {
            days.push((range, format!("--D{offset:+}")));
        }
    }
    for (captures, range) in matches(&CHINESE_WEEKDAY, text) {
        let week = match captures.name("week").map(|m| m.as_str()) {
            Some("上上") => -2,
            Some("上") => -1,
            Some("下") => 1,
            Some("下下") => 2,
            _ => 0,
        };
        let day = captures.name("day").and_then(|m| "一二三四五六日天".find(m.as_str()));
        if let Some(place) = day {
            days.push((range, format!("--W{week:+}-{}", (place / '一'.len_utf8() + 1).min(7))));
        }
    }
    for (captures, range) in matches(&CHINESE_MONTHDAY, text) {
        let month = captures.name("month").map_or(0, |m| match m.as_str().chars().next() {
            Some('上') => -1,
            Some('下') => 1,
            _ => 0,
        });
        if let Some(day) = captures.name("day").and_then(|m| number(m.as_str())).filter(|day| (1..=31).contains(day)) {
            days.push((range, format!("--M{month:+}-{day:02}")));
        }
    }
    for (captures, range) in matches(&CHINESE_AGO, text) {
        let count = captures.name("days").and_then(|m| if m.as_str() == "两" { Some(2) } else { number(m.as_str()) });
        let longer = text[..range.start].ends_with(|c: char| c.is_ascii_digit() || ".十前第".contains(c));
        if let Some(count) = count.filter(|&count| count > 0 && !longer) {
            days.push((range, format!("--D-{count}")));
        }
    }
}

/// 以后天天, 说明天数, 目前天气 and 天猫 are no days.
fn is_own_word(text: &str, range: &Range<usize>) -> bool {
    let (before, after) = (text[..range.start].chars().next_back(), text[range.end..].chars().next());
    let joined = match text[range.clone()].chars().next() {
        Some('前') => before.is_some_and(|c| "以之从目提当空年".contains(c)),
        Some('后') => before.is_some_and(|c| "以之今最然随年".contains(c)),
        Some('明') => before.is_some_and(|c| "文证声注".contains(c)),
        _ => false,
    };
    let goes_on = text[range.clone()].ends_with('天') && after.is_some_and(|c| "天气数猫然性".contains(c));
    !joined && !goes_on
}

fn english(text: &str, days: &mut Vec<(Range<usize>, String)>) {
    for (_, range) in matches(&ENGLISH_DAY, text) {
        let offset = match text[range.clone()].to_ascii_lowercase().as_str() {
            "the day before yesterday" => -2,
            "the day after tomorrow" => 2,
            "tomorrow" => 1,
            _ => -1,
        };
        days.push((range, format!("--D{offset:+}")));
    }
    for (captures, range) in matches(&ENGLISH_WEEKDAY, text) {
        let group = |name: &str| captures.name(name).map(|m| m.as_str().to_ascii_lowercase());
        let (Some(which), Some(day)) = (group("which"), group("day")) else { continue };
        // "The sun" and "sat" are words of their own.
        if group("whole").is_none() && matches!(day.as_str(), "sun" | "sat") {
            continue;
        }
        if let Some(name) = WEEKDAYS.iter().find(|name| name.starts_with(&day)) {
            days.push((range, format!("--{which}-{name}")));
        }
    }
    for (captures, range) in matches(&ENGLISH_AGO, text) {
        const NAMES: [&str; 11] = ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
        let count =
            captures.name("days").map(|m| m.as_str().to_ascii_lowercase()).and_then(|words| match words.as_str() {
                "a" => Some(1),
                words => words.parse().ok().or_else(|| NAMES.iter().position(|&name| name == words)),
            });
        if let Some(count) = count.filter(|&count| count > 0 && stands_alone(text, &range)) {
            days.push((range, format!("--D-{count}")));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::fields::tests::check;
    use domain::FieldKind::Date;

    #[test]
    fn days() {
        let one = |text: &str, words: &str, value: &str| check(text, &[(Date, words, value)]);
        one("都昨天申请的了", "昨天", "--D-1");
        one("大前天买的", "大前天", "--D-3");
        one("明早九点送来", "明早", "--D+1");
        one("上周五申请的", "上周五", "--W-1-5");
        one("下下个星期天", "下下个星期天", "--W+2-7");
        one("下周三能上门吗", "下周三", "--W+1-3");
        one("上个月28号交过", "上个月28号", "--M-1-28");
        one("两天前下的单", "两天前", "--D-2");
        one("it was last Tuesday", "last Tuesday", "--last-tuesday");
        one("Yesterday it broke", "Yesterday", "--D-1");
        one("two days ago", "two days ago", "--D-2");
        one("since the day before yesterday", "the day before yesterday", "--D-2");
    }

    #[test]
    fn no_days() {
        for text in [
            "以后天天吃",
            "之前天天来",
            "目前天气不好",
            "说明天数不够",
            "天猫旗舰店",
            "今天还没到",
            "周一到周五上班",
            "提前三天前台登记",
            "last week",
            "next to the sun",
            "this sat there",
            "open on Sundays",
            "30 days warranty",
        ] {
            let fields = crate::fields::extract(text, None);
            assert!(fields.is_empty(), "{text}: {fields:?}");
        }
    }
}
