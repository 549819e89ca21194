//! What is said of a customer's other conversations.

use domain::Channel;
use domain::timeline::{ContactKind, OtherView};
use domain::wire::{LabelView, Locale};

use super::super::chooser::class_name;
use super::super::words;
use crate::shared::words::{ago, channel_name};

/// Who wrote where else, when, about what, and by what they are recognised.
pub fn also_wrote(other: &OtherView, labels: &[LabelView], now_ms: i64, locale: Locale) -> String {
    let when = ago(now_ms - other.last_at_ms, locale);
    let name = other.requester_name.as_deref().map(str::trim).filter(|name| !name.is_empty());
    let class = other.intent.as_ref().map(|label| class_name(label, labels, locale));
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

#[cfg(test)]
mod tests {
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
        let own = [LabelView { id: "team_1".into(), name: "Bike on train".into(), examples: 1, shared: false }];
        let check = |other: &OtherView, locale, expected: &str| {
            assert_eq!(also_wrote(other, &own, 12 * 60_000, locale), expected);
        };
        check(
            &mei,
            Locale::En,
            "Mei Chen also wrote in chat, 12 min ago (Order / shipment status). Same e-mail address. Show as one timeline?",
        );
        let own_class = other(None, Channel::Email, ContactKind::Email, Some("team_1"));
        check(&own_class, Locale::Zh, "这位客户 12 分钟前也发过邮件（Bike on train）。邮箱相同。合并成一条时间线？");
        let call = other(None, Channel::Phone, ContactKind::Phone, None);
        check(&call, Locale::Zh, "这位客户 12 分钟前也打过电话。电话相同。合并成一条时间线？");
        check(
            &call,
            Locale::En,
            "This customer also spoke on the phone, 12 min ago. Same phone number. Show as one timeline?",
        );
    }
}
