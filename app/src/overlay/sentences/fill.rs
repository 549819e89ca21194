//! What is said of filling the ticket's form.

use domain::form::{FillCaution, FillDone, FillOutcome, FillSource};
use domain::wire::Locale;

use crate::shared::words::{Word, alert_because, channel_name, intent_name, percent, word};

/// "Fill 3", on the button.
pub fn fill_count(count: usize, locale: Locale) -> String {
    match (count, locale) {
        (0, _) => word("Fill", "填入").of(locale).into(),
        (n, Locale::En) => format!("Fill {n}"),
        (n, Locale::Zh) => format!("填入 {n} 项"),
    }
}

/// What the last fill did, and that saving is the agent's.
pub fn filled(done: FillDone, locale: Locale) -> String {
    let FillDone { filled, refused, undone } = done;
    let lead = match (undone, filled, locale) {
        (true, n, Locale::En) => format!("Put back {n}."),
        (true, n, Locale::Zh) => format!("已还原 {n} 项。"),
        (false, 0, Locale::En) => "Nothing was filled.".into(),
        (false, 0, Locale::Zh) => "没有填入。".into(),
        (false, n, Locale::En) => format!("Filled {n}. Saving is yours."),
        (false, n, Locale::Zh) => format!("已填 {n} 项，请自行保存。"),
    };
    match (refused, locale) {
        (0, _) => lead,
        (1, Locale::En) => format!("{lead} 1 left as it was."),
        (n, Locale::En) => format!("{lead} {n} left as they were."),
        (n, Locale::Zh) => format!("{lead}{n} 项保持原样。"),
    }
}

/// Where a value comes from and how sure it is, as one phrase.
pub fn fill_source(source: &FillSource, score: f32, locale: Locale) -> String {
    let from = match (source, locale) {
        (FillSource::Message { words, .. }, Locale::En) => format!("from “{words}”"),
        (FillSource::Message { words, .. }, Locale::Zh) => format!("来自“{words}”"),
        (FillSource::Intent { label, words, .. }, Locale::En) => {
            format!("wants “{}”, from “{words}”", intent_name(label, locale))
        }
        (FillSource::Intent { label, words, .. }, Locale::Zh) => {
            format!("诉求是“{}”，来自“{words}”", intent_name(label, locale))
        }
        (FillSource::Alert { reason }, Locale::En) => format!("because {}", alert_because(*reason, None).of(locale)),
        (FillSource::Alert { reason }, Locale::Zh) => format!("因为{}", alert_because(*reason, None).of(locale)),
        (FillSource::Elsewhere { channel, words }, Locale::En) => {
            format!("{}, the customer's other conversation: “{words}”", channel_name(*channel).en)
        }
        (FillSource::Elsewhere { channel, words }, Locale::Zh) => {
            format!("来自客户的{}：“{words}”", channel_name(*channel).zh)
        }
        (FillSource::Requester, _) => {
            word("the requester, as this page shows them", "本页显示的客户信息").of(locale).into()
        }
    };
    format!("{from} · {}", percent(score, locale))
}

/// Why a proposal is not ticked.
pub fn fill_caution(caution: FillCaution) -> Word {
    match caution {
        FillCaution::AlreadyFilled => word("filled already", "已有内容"),
        FillCaution::Irreversible => word("not easily taken back", "不易撤回"),
        FillCaution::Unsure => word("not sure", "不太确定"),
    }
}

/// Why a field was left as it was.
pub fn fill_refused(outcome: FillOutcome) -> Word {
    match outcome {
        FillOutcome::Filled => word("filled", "已填"),
        FillOutcome::NotKept => word("The page did not keep it. Type it yourself.", "页面没有接受，请手动填写。"),
        FillOutcome::Changed => word("It has changed meanwhile and was left alone.", "内容刚有变化，未改动。"),
        FillOutcome::Gone => word("This field is not there any more.", "这个字段已不在页面上。"),
        FillOutcome::Locked => word("This field is locked.", "这个字段不可编辑。"),
        FillOutcome::NoSuchOption => word("The page no longer offers this choice.", "页面已没有这个选项。"),
        FillOutcome::WouldSubmit => {
            word("Changing it would submit the form. Do it yourself when ready.", "改动会提交表单，请自行操作。")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fill_says_what_it_did_and_where_a_value_is_from() {
        let done = |filled_, refused, undone| filled(FillDone { filled: filled_, refused, undone }, Locale::En);
        assert_eq!(done(3, 0, false), "Filled 3. Saving is yours.");
        assert_eq!(done(0, 1, false), "Nothing was filled. 1 left as it was.");
        assert_eq!(done(3, 2, false), "Filled 3. Saving is yours. 2 left as they were.");
        assert_eq!(done(2, 0, true), "Put back 2.");
        assert_eq!(fill_count(0, Locale::Zh), "填入");
        let source = FillSource::Message { message_id: "1".into(), words: "订单号 A1".into() };
        assert_eq!(fill_source(&source, 0.97, Locale::Zh), "来自“订单号 A1” · 97%");
    }
}
