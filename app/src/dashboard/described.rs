//! How a site is read, in words: what a taught locator says of messages, writers and the reply box.
//!
//! Pure text from a locator's signs; the grammar of signs is [`domain::locator`]'s.

use domain::locator::{BoxLocator, BoxPlace, LocatorRecord, LocatorState, RoleVote, SignShare, SiteLocator};
use domain::wire::Locale;

use crate::shared::words::{Word, word};

/// Share of the rows that must have a sign for it to be said of them.
const MOST_ROWS: f64 = 0.6;
/// Weaker votes are not worth a word.
const LEAST_VOTE: f64 = 0.45;

/// The pages it is for, without the scheme: `desk.test/tickets/…`.
pub fn pages(locator: &SiteLocator) -> String {
    let host = locator.site.split_once("://").map_or(locator.site.as_str(), |(_, host)| host);
    format!("{host}{}", locator.path.replace('*', "…"))
}

/// What a row of the conversation looks like.
pub fn messages(locale: Locale, locator: &SiteLocator) -> String {
    let mut kinds: Vec<String> = locator.rows.iter().map(|kind| row(locale, kind)).collect();
    kinds.dedup();
    kinds.iter_mut().skip(1).for_each(|kind| lower_first(kind));
    let mut said = kinds.join(word("; or ", "；或").of(locale));
    let mut add = |is_so: bool, more: Word| {
        if is_so {
            said.push_str(more.of(locale));
        }
    };
    add(locator.headed, word("; names and times stand between them", "；名字和时间写在它们之间"));
    add(locator.opens, word("; one may hold several messages", "；一行里可能有几条消息"));
    said
}

fn row(locale: Locale, signs: &[SignShare]) -> String {
    let has = |sign: &str| signs.iter().any(|SignShare(own, share)| own == sign && *share >= MOST_ROWS);
    const NOUNS: [(&[&str], Word); 5] = [
        (&["^<li>", "^role=listitem"], word("List items", "列表项")),
        (&["^<tr>", "^role=row"], word("Table rows", "表格行")),
        (&["^<article>", "^role=article"], word("Articles", "文章块")),
        (&["^role=option"], word("Options of a list box", "列表框选项")),
        (&["^<a>"], word("Links", "链接块")),
    ];
    const SHOWN: [(&str, Word); 4] = [
        ("time", word("a time", "时间")),
        ("picture", word("a picture", "头像或图片")),
        ("badge", word("a badge", "标签")),
        ("status", word("a status", "状态")),
    ];
    let noun = NOUNS.into_iter().find(|(signs, _)| signs.iter().any(|sign| has(sign)));
    let noun = noun.map_or(word("Blocks of text", "文字块"), |(_, noun)| noun).of(locale);
    let shown: Vec<&str> = SHOWN.into_iter().filter(|(sign, _)| has(sign)).map(|(_, name)| name.of(locale)).collect();
    match (shown.is_empty(), locale) {
        (true, _) => noun.into(),
        (false, Locale::En) => format!("{noun} with {}", and(&shown)),
        (false, Locale::Zh) => format!("{noun}，带{}", shown.join("、")),
    }
}

/// By what the customer's messages are told from the agent's.
pub fn writers(locale: Locale, locator: &SiteLocator) -> String {
    let votes: Vec<(&str, f64)> =
        locator.roles.iter().map(|RoleVote(sign, present, _)| (bare(sign), *present)).collect();
    let any = |fits: fn(&str) -> bool| votes.iter().any(|(sign, present)| fits(sign) && present.abs() >= LEAST_VOTE);
    let side = votes.iter().find_map(|(sign, present)| match *sign {
        _ if present.abs() < LEAST_VOTE => None,
        "side=left" => Some(*present > 0.0),
        "side=right" => Some(*present < 0.0),
        _ => None,
    });
    let by = [
        (locator.page_names, word("the names on the page", "页面上的名字")),
        (any(|sign| sign.starts_with("[data-") && sign.contains('=')), word("a mark in the page", "页面里的标记")),
        (any(|sign| sign.starts_with("surface")), word("the colour", "颜色")),
        (any(|sign| sign.starts_with('.')), word("the style", "样式")),
        (any(|sign| matches!(sign, "author" | "picture")), word("who has a name or picture", "是否有名字或头像")),
        (
            any(|sign| (sign.starts_with(['<', '[']) && !sign.contains('=')) || sign.starts_with("role=")),
            word("the build", "结构"),
        ),
    ];
    let by: Vec<&str> = by.into_iter().filter(|(is_so, _)| *is_so).map(|(_, name)| name.of(locale)).collect();
    let stands = side.map(|left| match left {
        true => word("The customer stands on the left", "客户在左边").of(locale),
        false => word("The customer stands on the right", "客户在右边").of(locale),
    });
    match (stands, by.is_empty(), locale) {
        (Some(stands), true, _) => stands.into(),
        (Some(stands), false, Locale::En) => format!("{stands}; also by {}", and(&by)),
        (Some(stands), false, Locale::Zh) => format!("{stands}；也按{}区分", by.join("、")),
        (None, false, Locale::En) => format!("Told by {}", and(&by)),
        (None, false, Locale::Zh) => format!("按{}区分", by.join("、")),
        (None, true, _) => {
            word("Not told apart: whom the page does not name stays unknown", "没有区分：页面没写明的记为未知")
                .of(locale)
                .into()
        }
    }
}

/// A sign without the marks of where it stands.
fn bare(sign: &str) -> &str {
    sign.trim_start_matches("..").trim_start_matches('^')
}

/// What the reply box is and where it stands.
pub fn reply_box(locale: Locale, found: Option<&BoxLocator>) -> String {
    let Some(BoxLocator { signs, place }) = found else {
        return word("Not pointed out: Warmseat looks for it", "没有指出，由暖席自己找").of(locale).into();
    };
    let is = |kind: &str| signs.iter().any(|SignShare(sign, _)| sign == kind);
    let field = match () {
        () if is("frame") => word("An editor in a frame", "内嵌编辑器"),
        () if is("editable") => word("An editor", "编辑器"),
        () if is("input") => word("A line to type in", "单行输入框"),
        () => word("A text box", "文本框"),
    };
    let place = match place {
        BoxPlace::Above => word("above the messages", "在消息上方"),
        BoxPlace::Below => word("below the messages", "在消息下方"),
        BoxPlace::Inside => word("among the messages", "在消息列表里"),
        BoxPlace::Beside => word("beside the messages", "在消息旁边"),
    };
    match locale {
        Locale::En => format!("{} {}", field.of(locale), place.of(locale)),
        Locale::Zh => format!("{}，{}", field.of(locale), place.of(locale)),
    }
}

/// Who decided what; nothing before a decision.
pub fn decision(locale: Locale, record: &LocatorRecord) -> Option<String> {
    let (en, zh) = match record.state {
        LocatorState::Proposed => return None,
        LocatorState::Approved => ("Approved", "已批准"),
        LocatorState::Rejected => ("Refused", "未采纳"),
        LocatorState::Withdrawn => ("Withdrawn or replaced", "已停用或被替换"),
    };
    Some(match (locale, &record.decided_by) {
        (Locale::En, Some(by)) => format!("{en} by {by}"),
        (Locale::Zh, Some(by)) => format!("{by}：{zh}"),
        (Locale::En, None) => en.into(),
        (Locale::Zh, None) => zh.into(),
    })
}

/// For what stands inside a sentence.
fn lower_first(text: &mut str) {
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_lowercase();
    }
}

fn and(parts: &[&str]) -> String {
    match parts {
        [] => String::new(),
        [one] => (*one).into(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn locator() -> SiteLocator {
        let share = |sign: &str| SignShare(sign.into(), 1.0);
        SiteLocator {
            format: 1,
            site: "https://desk.test".into(),
            path: "/tickets/*".into(),
            made_at_ms: 1,
            list: vec![],
            rows: vec![
                vec![share("^<li>"), share("time"), share("picture")],
                vec![share("^<li>"), SignShare("time".into(), 0.2)],
            ],
            roles: vec![RoleVote("side=right".into(), 2.5, 0.0), RoleVote(".1k3jz0aa".into(), -0.5, 0.0)],
            r#box: Some(BoxLocator { signs: vec![share("textarea")], place: BoxPlace::Below }),
            opens: false,
            headed: true,
            page_names: false,
            points: 4.0,
        }
    }

    #[test]
    fn a_locator_is_told_in_words() {
        let (en, zh) = (Locale::En, Locale::Zh);
        let taught = locator();
        assert_eq!(pages(&taught), "desk.test/tickets/…");
        assert_eq!(
            messages(en, &taught),
            "List items with a time and a picture; or list items; names and times stand between them"
        );
        assert_eq!(messages(zh, &taught), "列表项，带时间、头像或图片；或列表项；名字和时间写在它们之间");
        assert_eq!(writers(en, &taught), "The customer stands on the right; also by the style");
        assert_eq!(writers(zh, &taught), "客户在右边；也按样式区分");
        assert_eq!(reply_box(en, taught.r#box.as_ref()), "A text box below the messages");
        assert_eq!(reply_box(zh, None), "没有指出，由暖席自己找");
    }

    #[test]
    fn writers_are_told_by_what_was_learned() {
        let check = |roles: &[(&str, f64)], page_names, expected: &str| {
            let roles = roles.iter().map(|(sign, present)| RoleVote((*sign).into(), *present, 0.0)).collect();
            assert_eq!(writers(Locale::En, &SiteLocator { roles, page_names, ..locator() }), expected);
        };
        check(&[], true, "Told by the names on the page");
        check(&[], false, "Not told apart: whom the page does not name stays unknown");
        check(&[("side=left", -2.5)], false, "The customer stands on the right");
        check(
            &[("..[data-dir=out]", -3.0), ("surface=eeeeff", 1.5)],
            false,
            "Told by a mark in the page and the colour",
        );
        check(&[("^<x-msg>", 1.2), ("author", 0.1)], false, "Told by the build");
    }
}
