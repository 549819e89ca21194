//! What the overlay says of a scene: notices, alerts, what is off, rest, reasons. True to the state, in both languages.

mod fill;
mod shield;
mod timeline;

use domain::analysis::Tier;
use domain::intent;
use domain::suggestion::Reason;
use domain::wire::{AlertView, CareView, Command, ErrorCode, Locale, Notice, ReplyBox, SyncState};

use super::state::Off;
use super::words;
use crate::shared::words::{Word, intent_name, minutes, word};

pub use fill::{fill_caution, fill_count, fill_refused, fill_source, filled};
pub use shield::{flag_name, met, pause_for};
pub use timeline::{also_wrote, earlier, kept_apart, separate_from, value_from};

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
        Notice::OtherConversation => word(
            "Another conversation has come up, so nothing was inserted. Insert again where the answer belongs.",
            "页面已换成另一段对话，未插入。请在对应的对话里再次插入。",
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

/// Why answers cannot be inserted here, if so, and what to do.
pub fn reply_line(reply_box: ReplyBox) -> Option<Word> {
    match reply_box {
        ReplyBox::Open => None,
        ReplyBox::Hidden => Some(word("The reply form is closed.", "回复框还没有打开。")),
        ReplyBox::Elsewhere => Some(word("The reply form is on another page.", "回复框在另一个页面。")),
        ReplyBox::None => Some(word("No reply form here. Answers can be copied.", "这里没有回复框，可以复制回复。")),
    }
}

/// "Shared with your supervisor, because …", true to whether it has left; first who sees to it.
pub fn alert(alert: &AlertView, sync: &SyncState, locale: Locale) -> String {
    let because = shield::alert_because(alert).of(locale);
    let lead = match (alert.shared, sync) {
        (true, _) => word("Shared with your supervisor, because ", "已告知主管，因为"),
        (false, SyncState::Local) => word("Worth a second pair of eyes, because ", "建议请人一起看，因为"),
        (false, _) => word("Waits to reach your supervisor, because ", "等待送达主管，因为"),
    };
    let taken = alert.taken_by.as_ref().map(|name| match locale {
        Locale::En => format!("{name} is on it. "),
        Locale::Zh => format!("{name}在跟进。"),
    });
    format!("{}{}{because}{}", taken.unwrap_or_default(), lead.of(locale), word(".", "。").of(locale))
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
        (0, Locale::En) => "Break due".into(),
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
pub fn later(snoozes_left: u32, locale: Locale) -> &'static str {
    match (snoozes_left, locale) {
        (0, Locale::En) => "Next gap",
        (0, Locale::Zh) => "忙完再说",
        (_, Locale::En) => "Later",
        (_, Locale::Zh) => "稍后",
    }
}

/// What [`later`] does.
pub fn snoozes_left(snoozes_left: u32, locale: Locale) -> String {
    match (snoozes_left, locale) {
        (0, Locale::En) => "Asks again between two contacts".into(),
        (0, Locale::Zh) => "在两次接待之间再提醒".into(),
        (n, Locale::En) => format!("Asks again in 5 minutes; {n} left"),
        (n, Locale::Zh) => format!("5 分钟后再提醒，还可推迟 {n} 次"),
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

/// What the button behind a list says while `folded` rows are hidden.
pub fn more(folded: usize, locale: Locale) -> String {
    match locale {
        Locale::En => format!("+{folded} more"),
        Locale::Zh => format!("还有 {folded} 项"),
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
            Reason::Meaning => word("close in meaning", "意思相近").of(locale).into(),
            Reason::Mood => word("fits the mood", "适合当前情绪").of(locale).into(),
        })
        .collect();
    phrases.join(word("; ", "；").of(locale))
}

#[cfg(test)]
mod tests {
    use domain::form::{FillDone, FillOutcome};
    use domain::mood::AlertReason;

    use super::*;

    #[test]
    fn an_alert_is_said_to_be_shared_only_when_it_is() {
        let view =
            |shared| AlertView { reason: AlertReason::LowMood, danger: None, by_model: false, shared, taken_by: None };
        let check = |shared, sync, expected: &str| assert_eq!(alert(&view(shared), &sync, Locale::En), expected);
        check(true, SyncState::Synced, "Shared with your supervisor, because the mood was low twice in a row.");
        check(
            false,
            SyncState::Waiting { events: 2 },
            "Waits to reach your supervisor, because the mood was low twice in a row.",
        );
        check(false, SyncState::Local, "Worth a second pair of eyes, because the mood was low twice in a row.");
        let taken = AlertView { taken_by: Some("林秀英".into()), ..view(true) };
        assert_eq!(alert(&taken, &SyncState::Synced, Locale::Zh), "林秀英在跟进。已告知主管，因为情绪连续两次很低。");
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
                later(0, locale).into(),
                later(2, locale).into(),
                snoozes_left(0, locale),
                snoozes_left(2, locale),
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
                    Notice::OtherConversation,
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
