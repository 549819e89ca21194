//! Words that overlay and dashboard share, in both languages side by side, and how numbers and times are written.
//!
//! Words for an agent speak of time and load (R5); words for a mood speak of the conversation.

use domain::abuse::AbuseKind;
use domain::analysis::{Danger, Tier};
use domain::mood::{AlertReason, MoodTrend, MoodWord};
use domain::suggestion::Source;
use domain::wire::Locale;
use domain::{Channel, FieldKind};

/// One phrase in the interface's two languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    pub en: &'static str,
    pub zh: &'static str,
}

/// Shorthand for tables of phrases: `const INSERT: Word = word("Insert", "插入");`
pub const fn word(en: &'static str, zh: &'static str) -> Word {
    Word { en, zh }
}

impl Word {
    pub const fn of(self, locale: Locale) -> &'static str {
        match locale {
            Locale::En => self.en,
            Locale::Zh => self.zh,
        }
    }
}

/// The value of an HTML `lang` attribute.
pub const fn lang_tag(locale: Locale) -> &'static str {
    word("en", "zh-CN").of(locale)
}

/// The mood now, in one short phrase: what it is and where it goes.
pub const fn mood_now(mood: MoodWord, trend: MoodTrend) -> Word {
    match (mood, trend) {
        (MoodWord::Unknown, _) => word("not known yet", "还不清楚"),
        (MoodWord::Upset, MoodTrend::Settling) => word("upset, easing", "不满，在缓和"),
        (MoodWord::Upset, _) => word("upset", "不满"),
        (MoodWord::Glad | MoodWord::Calm | MoodWord::Tense, MoodTrend::Breaking) => word("turned sharply", "骤然变差"),
        (MoodWord::Calm | MoodWord::Tense, MoodTrend::Rising) => word("growing tense", "渐急"),
        (MoodWord::Tense, MoodTrend::Settling) => word("tense, easing", "着急，在缓和"),
        (MoodWord::Tense, MoodTrend::Level) => word("tense", "着急"),
        (MoodWord::Calm, MoodTrend::Settling) => word("settling", "趋于平静"),
        (MoodWord::Calm, MoodTrend::Level) => word("calm", "平静"),
        (MoodWord::Glad, _) => word("glad", "愉快"),
    }
}

/// The mood alone, without its trend.
pub const fn mood_name(mood: MoodWord) -> Word {
    match mood {
        MoodWord::Glad => word("glad", "愉快"),
        MoodWord::Calm => word("calm", "平静"),
        MoodWord::Tense => word("tense", "着急"),
        MoodWord::Upset => word("upset", "不满"),
        MoodWord::Unknown => word("not known yet", "还不清楚"),
    }
}

/// What the tide line shows, said in words.
pub const fn trend_name(trend: MoodTrend) -> Word {
    match trend {
        MoodTrend::Level => word("level", "平稳"),
        MoodTrend::Rising => word("tension rising", "渐趋紧张"),
        MoodTrend::Breaking => word("tension broken through", "情绪爆发"),
        MoodTrend::Settling => word("settling", "渐趋缓和"),
    }
}

/// The mood word for one point of a course, by the same limits as [`domain::mood`].
pub fn mood_of_score(score: f32) -> MoodWord {
    match score {
        s if s >= 0.35 => MoodWord::Glad,
        s if s > -0.25 => MoodWord::Calm,
        s if s > -0.6 => MoodWord::Tense,
        s if s <= -0.6 => MoodWord::Upset,
        _ => MoodWord::Unknown,
    }
}

/// The class of `.mood-*` in `tokens.css`.
pub const fn mood_class(mood: MoodWord) -> &'static str {
    match mood {
        MoodWord::Glad => "mood-glad",
        MoodWord::Calm => "mood-calm",
        MoodWord::Tense => "mood-tense",
        MoodWord::Upset => "mood-upset",
        MoodWord::Unknown => "mood-unknown",
    }
}

/// Name of a category; a label that this build does not know is shown as it is. Names of a team's own labels stay on the
/// devices that gave them.
pub fn intent_name(label: &str, locale: Locale) -> String {
    match domain::intent::find(label) {
        Some(category) => word(category.en, category.zh).of(locale).into(),
        None if domain::intent::is_own(label) => word("A label of the team's own", "团队自己的标签").of(locale).into(),
        None => label.replace('_', " "),
    }
}

/// How a conversation is held.
pub const fn channel_name(channel: Channel) -> Word {
    match channel {
        Channel::Chat => word("Chat", "聊天"),
        Channel::Email => word("E-mail", "邮件"),
        Channel::Ticket => word("Ticket", "工单"),
        Channel::Social => word("Social media", "社交媒体"),
        Channel::Phone => word("Phone", "电话"),
    }
}

pub const fn field_name(kind: FieldKind) -> Word {
    match kind {
        FieldKind::OrderNumber => word("order", "订单"),
        FieldKind::TrackingNumber => word("parcel", "运单"),
        FieldKind::Date => word("date", "日期"),
        FieldKind::Amount => word("amount", "金额"),
        FieldKind::Phone => word("phone", "电话"),
        FieldKind::Email => word("e-mail", "邮箱"),
        FieldKind::Url => word("link", "链接"),
        FieldKind::PostalAddress => word("address", "地址"),
        FieldKind::Postcode => word("postcode", "邮编"),
        FieldKind::PersonName => word("name", "姓名"),
        FieldKind::IdNumber => word("ID", "证件号"),
        FieldKind::CardNumber => word("card", "卡号"),
    }
}

/// Why an alert is open; continues a sentence after "because" / "因为".
pub const fn alert_because(reason: AlertReason, danger: Option<Danger>) -> Word {
    match (danger, reason) {
        (Some(Danger::SelfHarm), _) | (None, AlertReason::SelfHarm) => {
            word("a message speaks of self-harm", "有消息提到自伤")
        }
        (Some(Danger::Threat), _) | (None, AlertReason::Threat) => word("a message holds a threat", "有消息带威胁"),
        (None, AlertReason::LowMood) => word("the mood was low twice in a row", "情绪连续两次很低"),
        (None, AlertReason::SharpFall) => word("the mood fell sharply", "情绪骤然变差"),
        (None, AlertReason::SameDemand) => word("the same was asked three times", "同一个诉求提了三次"),
    }
}

/// What a message does to people.
pub const fn abuse_name(kind: AbuseKind) -> Word {
    match kind {
        AbuseKind::Insult => word("Insult", "侮辱"),
        AbuseKind::Threat => word("Threat", "威胁"),
        AbuseKind::Harassment => word("Harassment", "骚扰"),
        AbuseKind::Discrimination => word("Discrimination", "歧视"),
        AbuseKind::SelfHarm => word("Self-harm", "轻生"),
        AbuseKind::ProfanityNotAtAgent => word("Swearing", "粗口"),
    }
}

/// How firmly a class is held, in words (C1, R14).
pub const fn tier_name(tier: Tier) -> Word {
    match tier {
        Tier::Applied => word("quite sure", "很有把握"),
        Tier::Offered => word("likely", "可能是"),
        Tier::Silent => word("not sure yet", "还不确定"),
    }
}

pub const fn source_name(source: Source) -> Word {
    match source {
        Source::Knowledge => word("knowledge base", "知识库"),
        Source::Template => word("reply template", "回复模板"),
    }
}

/// A share in 0–1 as a whole percentage; `–` when it is not a number.
pub fn percent(share: f32, locale: Locale) -> String {
    if !share.is_finite() {
        return "–".into();
    }
    let whole = (share.clamp(0.0, 1.0) * 100.0).round() as u32;
    format!("{whole}{}", word("\u{202f}%", "%").of(locale))
}

/// "1 message", "4 messages", "4 条消息".
pub fn messages(count: u32, locale: Locale) -> String {
    match (locale, count) {
        (Locale::En, 1) => "1 message".into(),
        (Locale::En, n) => format!("{n} messages"),
        (Locale::Zh, n) => format!("{n} 条消息"),
    }
}

/// "38 min", "1 h 20 min"; "38 分钟", "1 小时 20 分钟".
pub fn minutes(total: u32, locale: Locale) -> String {
    let (hours, minutes) = (total / 60, total % 60);
    match (locale, hours, minutes) {
        (Locale::En, 0, m) => format!("{m} min"),
        (Locale::En, h, 0) => format!("{h} h"),
        (Locale::En, h, m) => format!("{h} h {m} min"),
        (Locale::Zh, 0, m) => format!("{m} 分钟"),
        (Locale::Zh, h, 0) => format!("{h} 小时"),
        (Locale::Zh, h, m) => format!("{h} 小时 {m} 分钟"),
    }
}

/// How long ago, coarse: "just now", "5 min ago", "2 h ago", "3 days ago". Clocks that run ahead give "just now".
pub fn ago(elapsed_ms: i64, locale: Locale) -> String {
    let minutes = elapsed_ms.max(0) / 60_000;
    match (locale, minutes, minutes / 60, minutes / 1_440) {
        (Locale::En, 0, ..) => "just now".into(),
        (Locale::Zh, 0, ..) => "刚刚".into(),
        (Locale::En, m, 0, _) => format!("{m} min ago"),
        (Locale::Zh, m, 0, _) => format!("{m} 分钟前"),
        (Locale::En, _, h, 0) => format!("{h} h ago"),
        (Locale::Zh, _, h, 0) => format!("{h} 小时前"),
        (Locale::En, .., 1) => "1 day ago".into(),
        (Locale::En, .., d) => format!("{d} days ago"),
        (Locale::Zh, .., d) => format!("{d} 天前"),
    }
}

/// Time left as `m:ss`; never negative.
pub fn countdown(left_ms: i64) -> String {
    let seconds = left_ms.max(0).saturating_add(999) / 1_000;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_both_languages() {
        let check = |written: String, expected: &str| assert_eq!(written, expected);
        check(percent(0.824, Locale::En), "82\u{202f}%");
        check(percent(0.826, Locale::Zh), "83%");
        check(percent(7.0, Locale::Zh), "100%");
        check(percent(f32::NAN, Locale::En), "–");
        check(messages(1, Locale::En), "1 message");
        check(messages(0, Locale::En), "0 messages");
        check(messages(4, Locale::Zh), "4 条消息");
        check(minutes(38, Locale::En), "38 min");
        check(minutes(120, Locale::En), "2 h");
        check(minutes(80, Locale::Zh), "1 小时 20 分钟");
    }

    #[test]
    fn times_are_coarse_and_never_negative() {
        let check = |written: String, expected: &str| assert_eq!(written, expected);
        check(ago(-5, Locale::En), "just now");
        check(ago(5 * 60_000, Locale::Zh), "5 分钟前");
        check(ago(125 * 60_000, Locale::En), "2 h ago");
        check(ago(24 * 3_600_000, Locale::En), "1 day ago");
        check(ago(3 * 24 * 3_600_000, Locale::Zh), "3 天前");
        check(countdown(272_000), "4:32");
        check(countdown(1), "0:01");
        check(countdown(-9), "0:00");
        check(countdown(i64::MAX), &countdown(i64::MAX - 999));
    }

    #[test]
    fn every_category_and_mood_has_words_without_exclamation() {
        let moods = [MoodWord::Glad, MoodWord::Calm, MoodWord::Tense, MoodWord::Upset, MoodWord::Unknown];
        let trends = [MoodTrend::Level, MoodTrend::Rising, MoodTrend::Breaking, MoodTrend::Settling];
        for mood in moods {
            for trend in trends {
                let phrase = mood_now(mood, trend);
                assert!(!phrase.en.is_empty() && phrase.en.len() <= 16 && phrase.zh.chars().count() <= 6, "{phrase:?}");
            }
        }
        assert_eq!(intent_name("refund_status", Locale::Zh), "退款进度");
        assert_eq!(intent_name("new_label", Locale::En), "new label");
        assert_eq!(intent_name("team_0f3a", Locale::Zh), "团队自己的标签");
        assert_eq!(mood_of_score(f32::NAN), MoodWord::Unknown);
    }

    #[test]
    fn points_use_the_limits_of_the_domain() {
        for step in -20..=20 {
            let value = step as f32 / 20.0;
            let turn = domain::mood::CustomerTurn {
                message_id: String::new(),
                at_ms: 0,
                value,
                confidence: 1.0,
                demand: None,
                after_answer: false,
                danger: None,
            };
            assert_eq!(domain::mood::Mood::of(&[turn]).word, mood_of_score(value), "{value}");
        }
    }
}
