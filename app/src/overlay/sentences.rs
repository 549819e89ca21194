//! What the overlay says of a scene: notices, alerts, what is off, rest, reasons. True to the state, in both languages.

use domain::analysis::Tier;
use domain::form::{FillCaution, FillDone, FillOutcome, FillSource};
use domain::suggestion::Reason;
use domain::timeline::{ContactKind, OtherView};
use domain::wire::{AlertView, CareView, Command, ErrorCode, Locale, Notice, ReplyBox, SyncState};
use domain::{Channel, intent};

use super::state::Off;
use super::words;
use crate::shared::words::{Word, ago, alert_because, channel_name, intent_name, minutes, percent, word};

pub fn notice(notice: Notice) -> Word {
    match notice {
        Notice::Inserted => word("Inserted. Read it, then send it yourself.", "已插入。看一遍再自己发送。"),
        Notice::Copied => word(
            "Not sure it went in, so it is on the clipboard. Paste it into the reply.",
            "不确定是否插入成功，文字已在剪贴板，请粘贴到回复框。",
        ),
        Notice::NotCopied => word(
            "Not sure it went in. Look at the reply; if it is not there, copy the answer and paste it.",
            "不确定是否插入成功。请看一眼回复框；没有的话，复制这条回复再粘贴。",
        ),
        Notice::NeedsChoice => word(
            "It is not clear which box the customer reads, so nothing was inserted. Insert again and click the box you mean.",
            "分不清哪个输入框客户可见，未插入。请再次插入，并点选要用的输入框。",
        ),
        Notice::NoReplyBox => {
            word("No reply box is open on this page. Nothing was inserted.", "本页没有打开的回复框，未插入。")
        }
        Notice::NoteBoxOnly => word(
            "Only the internal note is open. Nothing was inserted; open the public reply first.",
            "只打开了内部备注，未插入。请先打开对客回复。",
        ),
        Notice::Corrected => word("Set as you said.", "已按你的选择更改。"),
        Notice::Proposed => word(
            "Proposed to your team. Your supervisor decides; the popup shows what came of it.",
            "已提议给团队，由主管决定。结果在扩展弹窗里可以看到。",
        ),
    }
}

/// The notices that go by themselves.
pub fn passes(notice: Notice) -> bool {
    matches!(notice, Notice::Inserted | Notice::Corrected | Notice::Proposed)
}

/// What did not happen of what the agent asked for, and what to do; nothing where the agent asked for nothing.
pub fn failure(command: &Command, code: ErrorCode) -> Option<Word> {
    match (command, code) {
        (Command::Hello | Command::DismissNotice, _) => None,
        (Command::Insert { .. }, ErrorCode::NoSuchSuggestion) => Some(word(
            "That answer was just replaced, so nothing was inserted. Choose one that is listed now.",
            "这条回复刚刚更新，未插入。请从现在的列表里选一条。",
        )),
        (Command::Insert { .. }, ErrorCode::NoConversation) => Some(word(
            "Warmseat is reading this page again, so nothing was inserted. Insert once the answers are back.",
            "暖席正在重新读取本页，未插入。等回复列表出来后再插入。",
        )),
        (Command::Insert { .. }, ErrorCode::EngineUnavailable) => Some(word(
            "The engine stopped, so nothing was inserted. The page works as usual; insert once it is back.",
            "引擎刚刚停了，未插入。页面照常使用，等它恢复后再插入。",
        )),
        (Command::Insert { .. }, _) => Some(word(
            "The engine did not say whether it inserted. Look at the reply before you insert again.",
            "引擎没有回应，不确定是否已插入。请先看一眼回复框，再决定要不要重新插入。",
        )),
        (Command::Fill { .. } | Command::UndoFill, ErrorCode::NoSuchSuggestion | ErrorCode::NoConversation) => {
            Some(word(
                "The form was just read anew, so nothing was changed. Look at what is listed now.",
                "表单刚刚重新读取，什么都没改。请看现在列出的内容。",
            ))
        }
        (
            Command::JoinTimeline { .. } | Command::KeepApart { .. } | Command::AskLater { .. },
            ErrorCode::NoConversation,
        ) => Some(word(
            "The other conversation is not known any more, so nothing was changed. Open it again to show both.",
            "另一个对话已不在内存中，什么都没改。重新打开它就能一起显示。",
        )),
        (Command::Fill { .. } | Command::UndoFill, ErrorCode::Internal) => Some(word(
            "The engine did not say what became of it. Look at the form before you go on.",
            "引擎没有回应，不确定结果。请先看一眼表单再继续。",
        )),
        (_, ErrorCode::EngineUnavailable) => Some(word(
            "The engine stopped, so this was not done. The page works as usual; try again once it is back.",
            "引擎刚刚停了，这一步没有生效。页面照常使用，等它恢复后再试。",
        )),
        (_, _) => {
            Some(word("That did not work, and nothing was changed. Try again.", "没有成功，什么都没改。请再试一次。"))
        }
    }
}

/// "Fill 3", on the button.
pub fn fill_count(count: usize, locale: Locale) -> String {
    match (count, locale) {
        (0, _) => word("Fill", "填入").of(locale).into(),
        (n, Locale::En) => format!("Fill {n}"),
        (n, Locale::Zh) => format!("填入 {n} 项"),
    }
}

pub fn more(folded: usize, open: bool, locale: Locale) -> String {
    if open { words::LESS.of(locale).into() } else { format!("+{folded} {}", words::MORE.of(locale)) }
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
        (n, Locale::En) => format!("{lead} {n} left as it was."),
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

/// Who wrote where else, when, about what, and by what they are recognised.
pub fn also_wrote(other: &OtherView, now_ms: i64, locale: Locale) -> String {
    let when = ago(now_ms - other.last_at_ms, locale);
    let name = other.requester_name.as_deref().map(str::trim).filter(|name| !name.is_empty());
    let class = other.intent.as_ref().map(|label| intent_name(label, locale));
    match locale {
        Locale::En => {
            let name = name.unwrap_or("This customer");
            let way = match other.channel {
                Channel::Chat => "wrote in chat",
                Channel::Email => "wrote by e-mail",
                Channel::Ticket => "wrote in a ticket",
                Channel::Social => "wrote on social media",
                Channel::Phone => "spoke on the phone",
            };
            let class = class.map(|class| format!(" ({class})")).unwrap_or_default();
            let by = match other.by {
                Some(ContactKind::Email) => " Same e-mail address.",
                Some(ContactKind::Phone) => " Same phone number.",
                Some(ContactKind::Handle) => " Same account.",
                None => "",
            };
            format!("{name} also {way}, {when}{class}.{by} Show as one timeline?")
        }
        Locale::Zh => {
            let name = name.unwrap_or("这位客户");
            let way = match other.channel {
                Channel::Chat => "在聊天里联系过",
                Channel::Email => "发过邮件",
                Channel::Ticket => "提过工单",
                Channel::Social => "在社交媒体上联系过",
                Channel::Phone => "打过电话",
            };
            let class = class.map(|class| format!("（{class}）")).unwrap_or_default();
            let by = match other.by {
                Some(ContactKind::Email) => "邮箱相同。",
                Some(ContactKind::Phone) => "电话相同。",
                Some(ContactKind::Handle) => "账号相同。",
                None => "",
            };
            format!("{name} {when}也{way}{class}。{by}合并成一条时间线？")
        }
    }
}

pub fn kept_apart(channel: Channel, locale: Locale) -> String {
    match locale {
        Locale::En => format!("{} kept separate.", channel_name(channel).en),
        Locale::Zh => format!("已与{}分开。", channel_name(channel).zh),
    }
}

pub fn separate_from(channel: Channel, locale: Locale) -> String {
    match locale {
        Locale::En => format!("Separate again: {}", channel_name(channel).en),
        Locale::Zh => format!("重新分开：{}", channel_name(channel).zh),
    }
}

/// "+3 earlier", on the button that unfolds them.
pub fn earlier(folded: usize, open: bool, locale: Locale) -> String {
    match (open, locale) {
        (true, _) => words::LESS.of(locale).into(),
        (false, Locale::En) => format!("+{folded} earlier"),
        (false, Locale::Zh) => format!("更早 {folded} 条"),
    }
}

/// Where a value in an answer comes from, when it is not from this conversation.
pub fn value_from(channel: Channel, locale: Locale) -> String {
    match locale {
        Locale::En => format!("with a value from {}", channel_name(channel).en),
        Locale::Zh => format!("含{}中的信息", channel_name(channel).zh),
    }
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

/// Why answers cannot be inserted here, if so, and what to do.
pub fn reply_line(reply_box: ReplyBox) -> Option<Word> {
    match reply_box {
        ReplyBox::Open => None,
        ReplyBox::Hidden => Some(word("The reply form is closed.", "回复框还没有打开。")),
        ReplyBox::Elsewhere => Some(word("The reply form is on another page.", "回复框在另一个页面。")),
        ReplyBox::None => Some(word("No reply form here. Answers can be copied.", "这里没有回复框，可以复制回复。")),
    }
}

/// "Shared with your supervisor, because …", true to whether it has left.
pub fn alert(alert: &AlertView, sync: &SyncState, locale: Locale) -> String {
    let because = alert_because(alert.reason, alert.danger).of(locale);
    let lead = match (alert.shared, sync) {
        (true, _) => word("Shared with your supervisor, because ", "已告知主管，因为"),
        (false, SyncState::Local) => word("Worth a second pair of eyes, because ", "建议请人一起看，因为"),
        (false, _) => word("Waits to reach your supervisor, because ", "等待送达主管，因为"),
    };
    format!("{}{because}{}", lead.of(locale), word(".", "。").of(locale))
}

/// What is off, what is safe, what to do next.
pub fn engine_line(off: Off) -> Word {
    match off {
        Off::Engine(ErrorCode::ModelCorrupt) => word(
            "The engine is off: its model file is damaged. The page works as usual. Restart, or ask for a fresh install.",
            "引擎已停：模型文件损坏。页面照常使用。可重新启动，或重新安装。",
        ),
        Off::Engine(ErrorCode::StorageUnavailable) => word(
            "The engine is off: it cannot store anything here. The page works as usual.",
            "引擎已停：这里无法保存数据。页面照常使用。",
        ),
        Off::Engine(_) => word(
            "The engine is off. The page works as usual, and what is shown here can be copied.",
            "引擎已停。页面照常使用，这里的内容仍可复制。",
        ),
        Off::Stale => word(
            "Warmseat was updated. Reload the page when it suits you; it works as usual until then.",
            "暖席已更新。方便时刷新页面即可，此前页面照常使用。",
        ),
        Off::Gone => word(
            "Not connected, trying again. The page works as usual, and what is shown here can be copied.",
            "未连接，正在重试。页面照常使用，这里的内容仍可复制。",
        ),
    }
}

/// The quiet line about what waits to leave, when something does.
pub fn sync_line(sync: &SyncState, locale: Locale) -> Option<String> {
    match (sync, locale) {
        (SyncState::Local | SyncState::Synced, _) => None,
        (SyncState::Waiting { events: 1 }, Locale::En) => Some("1 record waits for the server. It is kept.".into()),
        (SyncState::Waiting { events }, Locale::En) => {
            Some(format!("{events} records wait for the server. They are kept."))
        }
        (SyncState::Waiting { events }, Locale::Zh) => Some(format!("{events} 条记录等服务器恢复，都保存着。")),
        (SyncState::Refused { events }, Locale::En) => Some(format!(
            "The server no longer knows this device. {events} kept; ask your administrator to connect it."
        )),
        (SyncState::Refused { events }, Locale::Zh) => {
            Some(format!("服务器不认识这台设备，{events} 条记录已保存。请联系管理员重新连接。"))
        }
    }
}

/// How the machine stands with the server, for the menu.
pub fn sync_state(sync: &SyncState) -> Word {
    match sync {
        SyncState::Local => word("No server is set: nothing leaves this computer.", "未设服务器，数据不出本机。"),
        SyncState::Synced => word("Connected to your workspace.", "已连接工作区。"),
        SyncState::Waiting { .. } => word("The server is out of reach.", "暂时连不上服务器。"),
        SyncState::Refused { .. } => word("The server refuses this device.", "服务器拒绝了这台设备。"),
    }
}

/// Time since a break (R5).
pub fn since_break(care: &CareView, locale: Locale) -> String {
    match (care.minutes_since_break, locale) {
        (0, Locale::En) => "fresh from a break".into(),
        (0, Locale::Zh) => "刚休息过".into(),
        (total, Locale::En) => format!("{} since a break", minutes(total, locale)),
        (total, Locale::Zh) => format!("距上次休息 {}", minutes(total, locale)),
    }
}

pub fn break_in(seconds: u32, locale: Locale) -> String {
    match (seconds, locale) {
        (0, Locale::En) => "Time for a break".into(),
        (0, Locale::Zh) => "可以休息了".into(),
        (n, Locale::En) => format!("Break in {n} s"),
        (n, Locale::Zh) => format!("{n} 秒后休息"),
    }
}

pub fn take_break(minutes: u32, locale: Locale) -> String {
    match locale {
        Locale::En => format!("Take {minutes} min"),
        Locale::Zh => format!("休息 {minutes} 分钟"),
    }
}

/// A snooze, or after the last one the next gap between contacts (W1).
pub fn later(snoozes_left: u32, locale: Locale) -> String {
    match (snoozes_left, locale) {
        (0, Locale::En) => "Next gap".into(),
        (0, Locale::Zh) => "忙完再说".into(),
        (n, Locale::En) => format!("Later, {n} left"),
        (n, Locale::Zh) => format!("稍后，还可 {n} 次"),
    }
}

pub fn pause_left(minutes_left: u32, locale: Locale) -> String {
    match locale {
        Locale::En => format!("pause, {minutes_left} min left"),
        Locale::Zh => format!("休息中，还有 {minutes_left} 分钟"),
    }
}

pub fn pending(count: u32, locale: Locale) -> String {
    match locale {
        Locale::En => format!("{count} being read"),
        Locale::Zh => format!("正在读 {count} 条"),
    }
}

/// The word before the class: how firmly it is held shows in the label itself (C1).
pub fn wants_label(tier: Tier, corrected: bool) -> Word {
    match tier {
        Tier::Offered if !corrected => words::LABEL_MAYBE,
        _ => words::LABEL_WANTS,
    }
}

/// The line of the menu that makes a label of the team's own.
pub fn new_label(name: &str, locale: Locale) -> String {
    match locale {
        Locale::En => format!("New label “{name}”"),
        Locale::Zh => format!("新标签“{name}”"),
    }
}

/// How much a label was learned from.
pub fn examples(n: u32, locale: Locale) -> String {
    match (n, locale) {
        (1, Locale::En) => "1 example".into(),
        (n, Locale::En) => format!("{n} examples"),
        (n, Locale::Zh) => format!("{n} 个例子"),
    }
}

pub fn delete_label(name: &str, locale: Locale) -> String {
    match locale {
        Locale::En => format!("Delete “{name}” and what was learned of it?"),
        Locale::Zh => format!("删除“{name}”以及从中学到的内容？"),
    }
}

/// Why an answer is shown, as one phrase.
pub fn why(reasons: &[Reason], locale: Locale) -> String {
    let phrases: Vec<String> = reasons
        .iter()
        .map(|reason| match reason {
            Reason::Intent { label } if label == intent::UNKNOWN => {
                word("answers the message", "回应这条消息").of(locale).into()
            }
            Reason::Intent { label } => {
                let name = intent_name(label, locale);
                match locale {
                    Locale::En => format!("answers “{name}”"),
                    Locale::Zh => format!("回应“{name}”"),
                }
            }
            Reason::Words { words } => {
                let list = words.join(word(", ", "、").of(locale));
                match locale {
                    Locale::En => format!("same words: {list}"),
                    Locale::Zh => format!("相同词语：{list}"),
                }
            }
            Reason::Mood => word("fits the mood", "适合当前情绪").of(locale).into(),
        })
        .collect();
    phrases.join(word("; ", "；").of(locale))
}

#[cfg(test)]
mod tests {
    use domain::mood::AlertReason;

    use super::*;

    #[test]
    fn the_same_customer_is_asked_about_in_both_languages() {
        let other = |requester_name: Option<&str>, channel, by, intent: Option<&str>| OtherView {
            id: "c".into(),
            requester_name: requester_name.map(str::to_owned),
            channel,
            site: "s".into(),
            intent: intent.map(str::to_owned),
            last_at_ms: 0,
            by: Some(by),
        };
        let mei = other(Some("Mei Chen"), Channel::Chat, ContactKind::Email, Some("order_status"));
        let check = |other: &OtherView, locale, expected: &str| {
            assert_eq!(also_wrote(other, 12 * 60_000, locale), expected);
        };
        check(
            &mei,
            Locale::En,
            "Mei Chen also wrote in chat, 12 min ago (Order / shipment status). Same e-mail address. Show as one timeline?",
        );
        let call = other(None, Channel::Phone, ContactKind::Phone, None);
        check(&call, Locale::Zh, "这位客户 12 分钟前也打过电话。电话相同。合并成一条时间线？");
        check(
            &call,
            Locale::En,
            "This customer also spoke on the phone, 12 min ago. Same phone number. Show as one timeline?",
        );
    }

    #[test]
    fn an_alert_is_said_to_be_shared_only_when_it_is() {
        let view = |shared| AlertView { reason: AlertReason::LowMood, danger: None, shared };
        let check = |shared, sync, expected: &str| assert_eq!(alert(&view(shared), &sync, Locale::En), expected);
        check(true, SyncState::Synced, "Shared with your supervisor, because the mood was low twice in a row.");
        check(
            false,
            SyncState::Waiting { events: 2 },
            "Waits to reach your supervisor, because the mood was low twice in a row.",
        );
        check(false, SyncState::Local, "Worth a second pair of eyes, because the mood was low twice in a row.");
    }

    #[test]
    fn what_fails_is_said_where_the_agent_asked_for_something() {
        let insert = Command::Insert { suggestion_id: "a".into() };
        let codes = [
            ErrorCode::UnknownMessage,
            ErrorCode::NoConversation,
            ErrorCode::NoSuchSuggestion,
            ErrorCode::NoSuchMessage,
            ErrorCode::NoServer,
            ErrorCode::NotShareable,
            ErrorCode::EngineUnavailable,
            ErrorCode::ModelCorrupt,
            ErrorCode::StorageUnavailable,
            ErrorCode::Internal,
        ];
        for code in codes {
            assert_eq!(failure(&Command::Hello, code), None);
            for command in [&insert, &Command::OpenReplyForm] {
                let said = failure(command, code).unwrap();
                assert!(!format!("{}{}", said.en, said.zh).contains(['!', '！']), "{said:?}");
            }
        }
        let gone = failure(&insert, ErrorCode::NoSuchSuggestion).unwrap();
        assert!(gone.en.contains("nothing was inserted") && gone.zh.contains("未插入"), "{gone:?}");
        let unsure = failure(&insert, ErrorCode::Internal).unwrap();
        assert!(!unsure.en.contains("nothing was inserted") && !unsure.zh.contains("未插入"), "{unsure:?}");
    }

    #[test]
    fn words_are_of_time_and_never_exclaim() {
        let care = CareView { minutes_since_break: 80, ..CareView::default() };
        assert_eq!(since_break(&care, Locale::En), "1 h 20 min since a break");
        assert_eq!(since_break(&CareView::default(), Locale::Zh), "刚休息过");
        let mut said: Vec<String> = words::KEY_LIST.iter().flat_map(|(_, w)| [w.en.into(), w.zh.into()]).collect();
        for locale in [Locale::En, Locale::Zh] {
            said.extend([
                break_in(0, locale),
                break_in(9, locale),
                later(0, locale),
                later(2, locale),
                pause_left(4, locale),
            ]);
            said.extend(sync_line(&SyncState::Refused { events: 3 }, locale));
            said.extend(
                [
                    words::HELP_LONG,
                    words::PAUSE_NOTE,
                    words::NO_CONVERSATION_NEXT,
                    engine_line(Off::Gone),
                    engine_line(Off::Engine(ErrorCode::ModelCorrupt)),
                ]
                .map(|w| w.of(locale).to_owned()),
            );
            said.extend(
                [
                    Notice::Inserted,
                    Notice::Copied,
                    Notice::NotCopied,
                    Notice::NeedsChoice,
                    Notice::NoteBoxOnly,
                    Notice::Proposed,
                ]
                .map(|n| notice(n).of(locale).to_owned()),
            );
        }
        let outcomes = [
            FillOutcome::NotKept,
            FillOutcome::Changed,
            FillOutcome::Gone,
            FillOutcome::Locked,
            FillOutcome::NoSuchOption,
            FillOutcome::WouldSubmit,
        ];
        for locale in [Locale::En, Locale::Zh] {
            said.extend(outcomes.map(|outcome| fill_refused(outcome).of(locale).to_owned()));
            said.extend([words::SAVES_ITSELF.of(locale).to_owned(), fill_count(3, locale)]);
            said.push(filled(FillDone { filled: 2, refused: 1, undone: false }, locale));
        }
        for phrase in said {
            assert!(
                !phrase.contains(['!', '！', '亲']) && !phrase.contains("you seem") && !phrase.contains("tired"),
                "{phrase}"
            );
        }
    }

    #[test]
    fn a_fill_says_what_it_did_and_where_a_value_is_from() {
        let done = |filled_, refused, undone| filled(FillDone { filled: filled_, refused, undone }, Locale::En);
        assert_eq!(done(3, 0, false), "Filled 3. Saving is yours.");
        assert_eq!(done(0, 1, false), "Nothing was filled. 1 left as it was.");
        assert_eq!(done(2, 0, true), "Put back 2.");
        assert_eq!(fill_count(0, Locale::Zh), "填入");
        let source = FillSource::Message { message_id: "1".into(), words: "订单号 A1".into() };
        assert_eq!(fill_source(&source, 0.97, Locale::Zh), "来自“订单号 A1” · 97%");
    }

    #[test]
    fn reasons_make_one_phrase() {
        let reasons = [
            Reason::Intent { label: "refund_status".into() },
            Reason::Words { words: vec!["退款".into(), "到账".into()] },
            Reason::Mood,
        ];
        assert_eq!(why(&reasons, Locale::Zh), "回应“退款进度”；相同词语：退款、到账；适合当前情绪");
        assert_eq!(why(&[], Locale::En), "");
    }
}
