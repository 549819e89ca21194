//! Sentences with facts in them: who needs what, since when, why we think so; numbers with their comparison.
//!
//! Pure text from records. Does not know the DOM or the clock.

use domain::Tier;
use domain::conversation::Channel;
use domain::intent::{self, Kind};
use domain::labels::Fault;
use domain::mood::{AlertReason, MoodTrend, MoodWord};
use domain::record::ConversationRecord;
use domain::wire::Locale;

use crate::shared::words::{self, intent_name, word};

/// The sentence about a conversation; the class stands apart so that it can be set in bold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    pub lead: String,
    pub class: Option<String>,
}

impl Need {
    /// The whole sentence, for the live region and for names of links.
    pub fn text(&self) -> String {
        format!("{}{}", self.lead, self.class.as_deref().unwrap_or_default())
    }
}

/// Who needs what. A class below the C1 floor is not named; one that is only offered is called probable.
pub fn need(locale: Locale, record: &ConversationRecord) -> Need {
    let who = customer(locale, record.channel);
    let class = class_name(locale, record);
    let lead = match (locale, class.as_ref().map(|class| class.sure)) {
        (Locale::En, None) => format!("{who} needs help"),
        (Locale::En, Some(true)) => format!("{who} needs help: "),
        (Locale::En, Some(false)) => format!("{who} needs help, probably: "),
        (Locale::Zh, None) => format!("{who}需要帮助"),
        (Locale::Zh, Some(true)) => format!("{who}需要帮助："),
        (Locale::Zh, Some(false)) => format!("{who}需要帮助，大概是："),
    };
    Need { lead, class: class.map(|class| class.name) }
}

/// The name of a conversation's class, when it is at least offered (C1).
#[derive(Clone, Debug, PartialEq)]
pub struct ClassName {
    pub name: String,
    /// Applied by C1, or chosen by the agent.
    pub sure: bool,
    /// 0–1; absent when the agent chose it.
    pub score: Option<f32>,
}

pub fn class_name(locale: Locale, record: &ConversationRecord) -> Option<ClassName> {
    let scored = record.intent.as_ref()?;
    if scored.label == intent::UNKNOWN || intent::find(&scored.label).is_some_and(|class| class.kind != Kind::Ticket) {
        return None;
    }
    let tier = Tier::of(scored.score);
    if tier == Tier::Silent && !record.corrected {
        return None;
    }
    Some(ClassName {
        name: intent_name(&scored.label, locale),
        sure: record.corrected || tier == Tier::Applied,
        score: (!record.corrected).then_some(scored.score),
    })
}

fn customer(locale: Locale, channel: Channel) -> &'static str {
    match channel {
        Channel::Chat => word("A customer on chat", "聊天里的客户").of(locale),
        Channel::Email => word("A customer by e-mail", "邮件里的客户").of(locale),
        Channel::Ticket => word("A customer in a ticket", "工单里的客户").of(locale),
        Channel::Social => word("A customer on social media", "社交媒体上的客户").of(locale),
        Channel::Phone => word("A customer on the phone", "电话里的客户").of(locale),
    }
}

pub fn channel_name(locale: Locale, channel: Channel) -> &'static str {
    words::channel_name(channel).of(locale)
}

/// Why an alert was opened (M2), in words about the conversation (R2).
pub fn why(locale: Locale, reason: AlertReason) -> &'static str {
    match reason {
        AlertReason::LowMood => {
            word("The mood has been very low for two messages in a row.", "连续两条消息情绪都很低。").of(locale)
        }
        AlertReason::SharpFall => {
            word("The mood fell sharply within three messages.", "三条消息之内，情绪明显下滑。").of(locale)
        }
        AlertReason::Threat => word("A message contains words of threat.", "有一条消息带有威胁的话。").of(locale),
        AlertReason::SelfHarm => word("A message contains words of self-harm.", "有一条消息提到伤害自己。").of(locale),
        AlertReason::SameDemand => {
            word("The same request came three times, with answers in between.", "回复之后，同一个要求提了三次。")
                .of(locale)
        }
    }
}

/// Who sees to an alert.
pub fn sees_to_it(locale: Locale, name: &str) -> String {
    match locale {
        Locale::En => format!("{name} is on it"),
        Locale::Zh => format!("{name}在跟进"),
    }
}

/// The line about a conversation whose alert has closed.
pub fn settled(locale: Locale, record: &ConversationRecord, lasted_ms: Option<i64>) -> String {
    let name =
        class_name(locale, record).map_or_else(|| channel_name(locale, record.channel).to_string(), |class| class.name);
    let lasted = lasted_ms.map(|ms| super::moment::lasting(locale, ms));
    match (locale, lasted) {
        (Locale::En, Some(lasted)) => format!("{name}, with {}: eased after {lasted}.", record.agent_name),
        (Locale::En, None) => format!("{name}, with {}: eased.", record.agent_name),
        (Locale::Zh, Some(lasted)) => format!("{name}（{}）：{lasted}后缓和。", record.agent_name),
        (Locale::Zh, None) => format!("{name}（{}）：已缓和。", record.agent_name),
    }
}

/// The line on top of "Now".
pub fn standing(locale: Locale, alerts: usize, watched: usize) -> String {
    match (locale, alerts, watched) {
        (Locale::En, 0, 0) => "All quiet".into(),
        (Locale::En, _, 0) => format!("{} help", needing(alerts)),
        (Locale::En, 0, _) => format!("None needs help · {watched} to watch"),
        (Locale::En, _, _) => format!("{} help · {watched} to watch", needing(alerts)),
        (Locale::Zh, 0, 0) => "一切平静".into(),
        (Locale::Zh, _, 0) => format!("{alerts} 个对话需要帮助"),
        (Locale::Zh, 0, _) => format!("没有对话需要帮助 · {watched} 个留意"),
        (Locale::Zh, _, _) => format!("{alerts} 个对话需要帮助 · {watched} 个留意"),
    }
}

fn needing(count: usize) -> String {
    if count == 1 { "1 conversation needs".into() } else { format!("{count} conversations need") }
}

/// Of a list that is read page by page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// Rows that the filters leave.
    pub shown: usize,
    pub loaded: usize,
    /// Pages are left that were not loaded.
    pub has_older: bool,
}

/// How many rows of a list are shown.
pub fn shown(locale: Locale, Count { shown, loaded, has_older }: Count) -> String {
    match (locale, shown == loaded, has_older) {
        (Locale::En, true, true) => format!("the newest {loaded} conversations"),
        (Locale::En, false, true) => format!("{shown} of the newest {loaded} conversations"),
        (Locale::En, true, false) if loaded == 1 => "1 conversation".into(),
        (Locale::En, true, false) => format!("{loaded} conversations"),
        (Locale::En, false, false) => format!("{shown} of {loaded} conversations"),
        (Locale::Zh, true, true) => format!("最近的 {loaded} 个对话"),
        (Locale::Zh, false, true) => format!("最近 {loaded} 个对话中的 {shown} 个"),
        (Locale::Zh, true, false) => format!("{loaded} 个对话"),
        (Locale::Zh, false, false) => format!("{loaded} 个对话中的 {shown} 个"),
    }
}

/// The filters leave no row.
pub fn none_match(locale: Locale, Count { loaded, has_older, .. }: Count) -> String {
    match (locale, has_older) {
        (Locale::En, true) => format!("None of the newest {loaded} conversations matches these filters."),
        (Locale::En, false) => "No conversation matches these filters.".into(),
        (Locale::Zh, true) => format!("最近的 {loaded} 个对话里没有符合条件的。"),
        (Locale::Zh, false) => "没有符合条件的对话。".into(),
    }
}

/// A count against the one a week ago. `weekday`: 0 is Sunday.
pub fn compared(locale: Locale, now: u32, week_ago: u32, weekday: u32) -> String {
    let day = weekday_name(locale, weekday);
    let difference = i64::from(now) - i64::from(week_ago);
    let size = difference.unsigned_abs();
    match (locale, difference) {
        (Locale::En, 0) => format!("as many as last {day} by this time"),
        (Locale::En, d) if d > 0 => format!("{size} more than last {day} by this time"),
        (Locale::En, _) => format!("{size} fewer than last {day} by this time"),
        (Locale::Zh, 0) => format!("和上{day}此时一样多"),
        (Locale::Zh, d) if d > 0 => format!("比上{day}此时多 {size}"),
        (Locale::Zh, _) => format!("比上{day}此时少 {size}"),
    }
}

/// The difference of two shares in whole percentage points; `None` where there is nothing to compare with.
pub fn points(locale: Locale, share: u32, before: Option<u32>) -> String {
    let Some(before) = before else {
        return word("none a week ago to compare", "一周前没有数据可比").of(locale).into();
    };
    let difference = i64::from(share) - i64::from(before);
    let size = difference.unsigned_abs();
    let unit = if size == 1 { "point" } else { "points" };
    match (locale, difference) {
        (Locale::En, 0) => "as a week ago".into(),
        (Locale::En, d) if d > 0 => format!("{size} {unit} more than a week ago"),
        (Locale::En, _) => format!("{size} {unit} less than a week ago"),
        (Locale::Zh, 0) => "和一周前持平".into(),
        (Locale::Zh, d) if d > 0 => format!("比一周前多 {size} 个百分点"),
        (Locale::Zh, _) => format!("比一周前少 {size} 个百分点"),
    }
}

/// The line under "Today".
pub fn day(locale: Locale, weekday: u32) -> String {
    let day = weekday_name(locale, weekday);
    match locale {
        Locale::En => format!("{day} so far. What customers want is compared with the same hours a week ago."),
        Locale::Zh => format!("今天（{day}）到现在。客户想要什么，和一周前同一时段比。"),
    }
}

/// The comparison of conversations that have a class, next to the count of all.
pub fn classed(locale: Locale, classed: u32, comparison: &str) -> String {
    match locale {
        Locale::En => format!("{classed} with a class, {comparison}"),
        Locale::Zh => format!("{classed} 个有分类，{comparison}"),
    }
}

pub fn per_conversation(locale: Locale, part: u32, whole: u32) -> String {
    match (locale, rate(part, whole)) {
        (_, None) => String::new(),
        (Locale::En, Some(rate)) => format!("{rate} for each conversation"),
        (Locale::Zh, Some(rate)) => format!("每个对话 {rate} 条"),
    }
}

/// A part for every ten conversations.
pub fn per_ten(locale: Locale, part: u32, whole: u32) -> String {
    match (locale, rate(part.saturating_mul(10), whole)) {
        (_, None) => String::new(),
        (Locale::En, Some(rate)) => format!("{rate} for every 10 conversations"),
        (Locale::Zh, Some(rate)) => format!("每 10 个对话 {rate} 次"),
    }
}

/// Conversations now for each agent of a team.
pub fn per_agent(locale: Locale, conversations: u32, agents: u32) -> String {
    match (locale, rate(conversations, agents)) {
        (_, None) => String::new(),
        (Locale::En, Some(rate)) => format!("{rate} for each agent"),
        (Locale::Zh, Some(rate)) => format!("每人 {rate} 个"),
    }
}

/// One decimal below ten, none above or where it is a whole number; nothing for a whole of nothing.
fn rate(part: u32, whole: u32) -> Option<String> {
    if part > 0 && u64::from(part) * 20 < u64::from(whole) {
        return Some("< 0.1".into());
    }
    let rate = (whole > 0).then(|| f64::from(part) / f64::from(whole))?;
    let tenths = (rate * 10.0).round() / 10.0;
    Some(if tenths < 10.0 && tenths.fract() != 0.0 { format!("{tenths:.1}") } else { format!("{rate:.0}") })
}

/// Percent with the language's spacing.
pub fn whole_percent(locale: Locale, percent: u32) -> String {
    crate::shared::words::percent(percent as f32 / 100.0, locale)
}

/// Whole percent; 0 of 0 is 0.
pub fn percent(part: u32, whole: u32) -> u32 {
    if whole == 0 { 0 } else { (f64::from(part) * 100.0 / f64::from(whole)).round() as u32 }
}

fn weekday_name(locale: Locale, weekday: u32) -> &'static str {
    const EN: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
    const ZH: [&str; 7] = ["周日", "周一", "周二", "周三", "周四", "周五", "周六"];
    let index = weekday as usize % 7;
    word(EN[index], ZH[index]).of(locale)
}

/// What the banner says while the stream is down.
pub fn offline(locale: Locale, known_at: Option<&str>) -> String {
    match (locale, known_at) {
        (Locale::En, Some(at)) => format!("Showing what was known at {at}. Trying to reach the server."),
        (Locale::En, None) => "The server does not answer yet. Trying again.".into(),
        (Locale::Zh, Some(at)) => format!("显示的是 {at} 的情况，正在重新连接服务器。"),
        (Locale::Zh, None) => "服务器还没有回应，正在重试。".into(),
    }
}

/// What a button does and to what; its name where the same button stands more than once.
pub fn named(locale: Locale, what: &str, about: &str) -> String {
    lead_in(locale, what) + about
}

/// A word before what it introduces.
pub fn lead_in(locale: Locale, what: &str) -> String {
    match locale {
        Locale::En => format!("{what}: "),
        Locale::Zh => format!("{what}："),
    }
}

/// The name of a link to a conversation: what it does, the class, the site, where it opens.
pub fn link_name(locale: Locale, [what, about, site, place]: [&str; 4]) -> String {
    let what = lead_in(locale, what);
    match locale {
        Locale::En => format!("{what}{about}, {site} ({place})"),
        Locale::Zh => format!("{what}{about}，{site}（{place}）"),
    }
}

/// The course as words, for those who do not see the line.
pub fn course(locale: Locale, scores: &[f32]) -> String {
    let (Some(first), Some(last)) = (scores.first(), scores.last()) else {
        return word("No course yet", "还没有走势").of(locale).into();
    };
    let lowest = scores.iter().copied().fold(f32::INFINITY, f32::min);
    let n = scores.len();
    match locale {
        Locale::En if n == 1 => format!("1 message, at {last:.1}"),
        Locale::En => format!("{n} messages, from {first:.1} to {last:.1}, lowest {lowest:.1}, on a scale of −1 to 1"),
        Locale::Zh => format!("{n} 条消息，从 {first:.1} 到 {last:.1}，最低 {lowest:.1}（范围 −1 到 1）"),
    }
}

/// Whether a conversation without an alert is worth a look.
pub fn is_tense(word: MoodWord, trend: MoodTrend) -> bool {
    matches!(word, MoodWord::Tense | MoodWord::Upset) || (word == MoodWord::Calm && trend == MoodTrend::Breaking)
}

pub fn examples(locale: Locale, n: usize) -> String {
    match (locale, n) {
        (Locale::En, 1) => "1 example".into(),
        (Locale::En, n) => format!("{n} examples"),
        (Locale::Zh, n) => format!("{n} 个例句"),
    }
}

pub fn labels(locale: Locale, count: usize) -> String {
    match locale {
        Locale::En => format!("{count} labels"),
        Locale::Zh => format!("{count} 个标签"),
    }
}

/// The same in both languages.
pub fn file_size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

/// Files that were chosen for a model and are no part of one; three are named.
pub fn not_of_a_model(locale: Locale, names: &[String]) -> String {
    let (named, more) = names.split_at(names.len().min(3));
    match (locale, more.len()) {
        (Locale::En, 0) => format!("Not one of the three files: {}.", named.join(", ")),
        (Locale::En, n) => format!("Not one of the three files: {} and {n} more.", named.join(", ")),
        (Locale::Zh, 0) => format!("不是这三个文件之一：{}。", named.join("、")),
        (Locale::Zh, n) => format!("不是这三个文件之一：{}，还有 {n} 个。", named.join("、")),
    }
}

/// A model was checked.
pub fn own_model_works(locale: Locale, labels: usize) -> String {
    match locale {
        Locale::En => format!("It works here, with {labels} labels."),
        Locale::Zh => format!("可以使用，有 {labels} 个标签。"),
    }
}

/// How long one message took.
pub fn own_model_took(locale: Locale, ms: f64) -> String {
    let ms = if ms < 10.0 { format!("{ms:.1}") } else { format!("{ms:.0}") };
    match locale {
        Locale::En => format!("{ms} ms in this browser"),
        Locale::Zh => format!("在本浏览器里用时 {ms} 毫秒"),
    }
}

/// What a list of labels brings.
pub fn import_summary(locale: Locale, fresh: usize, repeated: usize, faults: usize) -> String {
    let (en, zh) = (locale == Locale::En, locale == Locale::Zh);
    let mut parts =
        vec![if en { format!("New: {}", examples(locale, fresh)) } else { format!("新增 {fresh} 个例句") }];
    match repeated {
        0 => {}
        1 if en => parts.push("1 line is there already".into()),
        n if zh => parts.push(format!("{n} 行已有")),
        n => parts.push(format!("{n} lines are there already")),
    }
    match faults {
        0 => {}
        1 if en => parts.push("1 line cannot be taken".into()),
        n if zh => parts.push(format!("{n} 行不能采用")),
        n => parts.push(format!("{n} lines cannot be taken")),
    }
    parts.join(if zh { "，" } else { " · " }) + if zh { "。" } else { "." }
}

/// Why a line of it cannot be taken, and what to do.
pub fn import_fault(locale: Locale, line: usize, fault: Fault) -> String {
    let (en, zh) = match fault {
        Fault::NoExample => {
            ("there is no example. Put a comma or tab after the label.", "没有例句，请在标签后加逗号或制表符。")
        }
        Fault::NoLabel => ("there is no label before the comma.", "逗号前没有标签。"),
        Fault::OpenQuote => ("a quotation mark is not closed.", "引号没有闭合。"),
        Fault::LongLabel => ("the label is longer than 60 characters.", "标签超过 60 个字。"),
        Fault::LongExample => ("the example is longer than 300 characters.", "例句超过 300 个字。"),
        Fault::TakenName => ("a built-in class has this name. Choose another.", "与内置分类重名，请换个名称。"),
        Fault::Personal => {
            ("it holds an e-mail address or a long number. Leave it out.", "含有邮箱或长串数字，请去掉。")
        }
        Fault::Ambiguous => ("the example stands under another label, too.", "同一例句出现在不同标签下。"),
        Fault::TooMany => (
            "it is one too many: 100 labels, 50 examples each, 1,000 in all.",
            "超出上限：100 个标签，每个 50 个例句，总共 1000 个。",
        ),
    };
    match locale {
        Locale::En => format!("Line {line}: {en}"),
        Locale::Zh => format!("第 {line} 行：{zh}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dashboard::known::fixture::conversation;
    use domain::Scored;

    #[test]
    fn a_need_names_the_class_as_firmly_as_it_is_known() {
        let check = |label: &str, score: f32, corrected: bool, en: &str, zh: &str| {
            let mut record = conversation("c1");
            record.intent = Some(Scored { label: label.into(), score });
            record.corrected = corrected;
            assert_eq!(need(Locale::En, &record).text(), en);
            assert_eq!(need(Locale::Zh, &record).text(), zh);
        };
        check(
            "refund_status",
            0.9,
            false,
            "A customer on chat needs help: Refund status",
            "聊天里的客户需要帮助：退款进度",
        );
        check(
            "refund_status",
            0.6,
            false,
            "A customer on chat needs help, probably: Refund status",
            "聊天里的客户需要帮助，大概是：退款进度",
        );
        check("refund_status", 0.3, false, "A customer on chat needs help", "聊天里的客户需要帮助");
        check(
            "refund_status",
            0.3,
            true,
            "A customer on chat needs help: Refund status",
            "聊天里的客户需要帮助：退款进度",
        );
        check("out_of_scope", 0.99, false, "A customer on chat needs help", "聊天里的客户需要帮助");
        check("greeting", 0.99, false, "A customer on chat needs help", "聊天里的客户需要帮助");
    }

    #[test]
    fn a_corrected_class_shows_no_confidence() {
        let mut record = conversation("c1");
        record.intent = Some(Scored { label: "refund_status".into(), score: 0.823 });
        assert_eq!(class_name(Locale::En, &record).and_then(|class| class.score), Some(0.823));
        record.corrected = true;
        assert_eq!(class_name(Locale::En, &record).and_then(|class| class.score), None);
    }

    #[test]
    fn numbers_are_compared_in_words() {
        let check = |now, before, en: &str, zh: &str| {
            assert_eq!(compared(Locale::En, now, before, 3), en);
            assert_eq!(compared(Locale::Zh, now, before, 3), zh);
        };
        check(10, 10, "as many as last Wednesday by this time", "和上周三此时一样多");
        check(14, 10, "4 more than last Wednesday by this time", "比上周三此时多 4");
        check(7, 10, "3 fewer than last Wednesday by this time", "比上周三此时少 3");
        assert_eq!(points(Locale::En, 31, Some(35)), "4 points less than a week ago");
        assert_eq!(points(Locale::En, 31, Some(30)), "1 point more than a week ago");
        assert_eq!(points(Locale::Zh, 31, None), "一周前没有数据可比");
        assert_eq!(percent(1, 3), 33);
        assert_eq!(percent(0, 0), 0);
        assert_eq!(per_ten(Locale::En, 17, 50), "3.4 for every 10 conversations");
        assert_eq!(per_ten(Locale::En, 3, 633), "< 0.1 for every 10 conversations");
        assert_eq!(per_ten(Locale::En, 17, 0), "");
    }

    #[test]
    fn a_count_says_whether_there_are_older_ones() {
        let check = |shown_rows, has_older, en: &str| {
            assert_eq!(shown(Locale::En, Count { shown: shown_rows, loaded: 100, has_older }), en);
        };
        check(100, false, "100 conversations");
        check(7, false, "7 of 100 conversations");
        check(100, true, "the newest 100 conversations");
        check(7, true, "7 of the newest 100 conversations");
        let none = Count { shown: 0, loaded: 100, has_older: true };
        assert_eq!(none_match(Locale::Zh, none), "最近的 100 个对话里没有符合条件的。");
    }

    #[test]
    fn names_of_buttons_keep_their_languages_marks() {
        assert_eq!(named(Locale::En, "Remove", "Bikes on trains"), "Remove: Bikes on trains");
        assert_eq!(named(Locale::Zh, "移除", "带车乘车"), "移除：带车乘车");
        assert_eq!(
            link_name(Locale::Zh, ["打开", "退款进度", "desk.test", "在新标签页打开"]),
            "打开：退款进度，desk.test（在新标签页打开）"
        );
    }

    #[test]
    fn files_that_are_none_of_the_three_are_named() {
        let names = |n: usize| (1..=n).map(|n| format!("{n}.txt")).collect::<Vec<_>>();
        assert_eq!(not_of_a_model(Locale::En, &names(1)), "Not one of the three files: 1.txt.");
        assert_eq!(not_of_a_model(Locale::Zh, &names(2)), "不是这三个文件之一：1.txt、2.txt。");
        assert_eq!(
            not_of_a_model(Locale::En, &names(5)),
            "Not one of the three files: 1.txt, 2.txt, 3.txt and 2 more."
        );
    }

    #[test]
    fn the_standing_counts_in_plain_words() {
        assert_eq!(standing(Locale::En, 0, 0), "All quiet");
        assert_eq!(standing(Locale::En, 1, 0), "1 conversation needs help");
        assert_eq!(standing(Locale::En, 2, 5), "2 conversations need help · 5 to watch");
        assert_eq!(standing(Locale::Zh, 0, 5), "没有对话需要帮助 · 5 个留意");
    }

    #[test]
    fn a_course_is_told_without_its_picture() {
        assert_eq!(
            course(Locale::En, &[0.2, -0.7, -0.1]),
            "3 messages, from 0.2 to -0.1, lowest -0.7, on a scale of −1 to 1"
        );
        assert_eq!(course(Locale::Zh, &[]), "还没有走势");
    }
}
