//! What is said of abuse, of flags, and of what the model alone takes for danger.

use domain::abuse::AbuseKind;
use domain::analysis::Danger;
use domain::wire::{AlertView, Locale};

use super::super::words;
use crate::shared::words::{Word, abuse_name, alert_because as because, word};

/// What happened, without repeating the words.
pub fn met(kind: AbuseKind) -> Word {
    match kind {
        AbuseKind::Insult => word("This message insults you.", "这条消息在辱骂你。"),
        AbuseKind::Threat => word("This message threatens you.", "这条消息在威胁你。"),
        AbuseKind::Harassment => word("This message harasses you.", "这条消息在骚扰你。"),
        AbuseKind::Discrimination => word("This message demeans people for who they are.", "这条消息带有歧视。"),
        AbuseKind::SelfHarm | AbuseKind::ProfanityNotAtAgent => abuse_name(kind),
    }
}

pub fn pause_for(minutes: u32, locale: Locale) -> String {
    match locale {
        Locale::En => format!("Pause {minutes} min"),
        Locale::Zh => format!("休息 {minutes} 分钟"),
    }
}

/// What a message does beside its class; nothing for a flag that is not known here.
pub fn flag_name(label: &str) -> Option<Word> {
    match label {
        "human_agent" => Some(words::ASKS_FOR_PERSON),
        "complaint" => Some(words::COMPLAINS),
        _ => None,
    }
}

/// A phrase of danger is there or it is not; the model's reading is said to be one.
pub fn alert_because(alert: &AlertView) -> Word {
    match alert.danger.filter(|_| alert.by_model) {
        Some(Danger::Threat) => word("a message reads like a threat", "有消息读起来像威胁"),
        Some(Danger::SelfHarm) => word("a message reads like thoughts of self-harm", "有消息像是在说轻生"),
        None => because(alert.reason, alert.danger),
    }
}

#[cfg(test)]
mod tests {
    use domain::mood::AlertReason;

    use super::*;

    #[test]
    fn what_is_said_is_of_the_message_and_never_exclaims() {
        use AbuseKind::*;
        for kind in [Insult, Threat, Harassment, Discrimination, SelfHarm, ProfanityNotAtAgent] {
            let said = met(kind);
            assert!(!format!("{}{}", said.en, said.zh).contains(['!', '！', '亲']) && !said.en.contains("seem"));
        }
        assert_eq!(met(Insult).zh, "这条消息在辱骂你。");
        assert!(flag_name("complaint").is_some() && flag_name("x").is_none());
    }

    #[test]
    fn a_reading_is_told_from_a_phrase() {
        let alert = |by_model| AlertView {
            reason: AlertReason::Threat,
            danger: Some(Danger::Threat),
            by_model,
            shared: false,
            taken_by: None,
        };
        assert_eq!(alert_because(&alert(false)).en, "a message holds a threat");
        assert_eq!(alert_because(&alert(true)).en, "a message reads like a threat");
    }
}
