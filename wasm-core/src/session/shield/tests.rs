//! After an abusive message: the card, its limits, and the agent's word that it is none.

use domain::abuse::{AbuseKind, AbuseScore};
use domain::analysis::Danger;
use domain::mood::AlertReason;
use domain::wire::*;
use domain::{Analysis, Lang, Scored};

use super::super::dialogue::tests::conversation;
use super::super::tests::{Desk, NOW, agent, customer, error_of};
use super::super::*;

/// Without a model: what is understood of each message is said by the test.
fn desk(messages: Vec<domain::Message>) -> Desk {
    let mut desk = Desk::new();
    desk.page(1, PageEvent::Hello { site: "desk.test".into(), url: String::new(), locale: Locale::En });
    desk.sees(1, conversation("7"), messages);
    desk
}

fn understood(desk: &mut Desk, message_id: &str, analysis: Analysis) {
    let reference = desk.session.tabs[&1].conversation.clone().unwrap();
    let dialogue = desk.session.dialogues.get_mut(&reference).unwrap();
    let index = dialogue.messages.iter().position(|message| message.id == message_id).unwrap();
    dialogue.understand(index, analysis, false);
    desk.session.settle(&reference, NOW);
    desk.stored.extend(desk.session.take_stored());
}

fn abuse(kind: AbuseKind, score: f32) -> Analysis {
    Analysis { abuse: Some(AbuseScore { kind, score }), ..Analysis::unknown(Lang::En) }
}

fn insulted() -> Desk {
    let mut desk = desk(vec![customer("1", "you are useless")]);
    understood(&mut desk, "1", abuse(AbuseKind::Insult, 0.9));
    desk
}

fn is_carded(desk: &Desk) -> bool {
    desk.view().shield.is_some()
}

#[test]
fn an_insult_brings_a_card_with_texts_that_draw_a_boundary() {
    let mut desk = insulted();
    let view = desk.view();
    let shield = view.shield.unwrap();
    assert_eq!((shield.message_id.as_str(), shield.kind, shield.since_ms), ("1", AbuseKind::Insult, NOW));
    assert_eq!((shield.inert_ms, shield.boundaries.len()), (2_000, 2));
    assert_eq!(view.mood.course[0].abuse, Some(AbuseKind::Insult));
    assert_eq!(view.abuse.unwrap().kind, AbuseKind::Insult);

    let boundary = &shield.boundaries[0];
    let told = desk.command(Command::Insert { suggestion_id: boundary.id.clone() });
    let inserts = told.iter().find_map(|message| match message {
        FromBrain::Told(Told { body: ToldBody::Page(PageCommand::Insert { text, insert_id, .. }), .. }) => {
            Some((text.clone(), *insert_id))
        }
        _ => None,
    });
    let (text, insert_id) = inserts.unwrap();
    assert_eq!(text, boundary.text);
    desk.page(1, PageEvent::InsertFinished { insert_id, outcome: InsertOutcome::Inserted });
    assert!(is_carded(&desk), "the pause is still offered");
    let kept = |s: &Stored| matches!(s, Stored::Usage(_) | Stored::Outbox(_));
    assert!(!desk.stored.iter().any(kept), "nobody is told, and no answer is ranked by it");

    desk.command(Command::DismissShield);
    assert!(!is_carded(&desk));
    let known = desk.session.take_stored();
    assert!(known.is_empty() && desk.view().mood.course[0].abuse.is_some(), "the mark stays");
}

#[test]
fn an_abusive_contact_asks_for_the_longer_break() {
    let minutes = |analysis| {
        let mut desk = desk(vec![customer("1", "some words")]);
        for second in -52 * 60..=0 {
            desk.session.care.activity(1, true, false, NOW + second * 1_000);
            desk.session.care.tick(NOW + second * 1_000);
        }
        understood(&mut desk, "1", analysis);
        let ticket = domain::Conversation { channel: domain::Channel::Ticket, ..conversation("7") };
        desk.sees(1, ticket, vec![customer("1", "some words"), agent("2", "I am on it")]);
        desk.session.care.tick(NOW + 1_000);
        desk.session.scene(1, NOW + 1_000).care.prompt.unwrap().minutes
    };
    assert_eq!(minutes(abuse(AbuseKind::Harassment, 0.9)), 10);
    assert_eq!(minutes(abuse(AbuseKind::ProfanityNotAtAgent, 0.9)), 5);
}

#[test]
fn what_is_not_done_to_the_agent_has_a_word_and_no_card() {
    let check = |kind, score, told: bool, carded| {
        let mut desk = desk(vec![customer("1", "some words")]);
        understood(&mut desk, "1", abuse(kind, score));
        assert_eq!((desk.view().abuse.is_some(), is_carded(&desk)), (told, carded), "{kind:?} {score}");
    };
    check(AbuseKind::ProfanityNotAtAgent, 0.99, true, false);
    check(AbuseKind::SelfHarm, 0.99, true, false);
    check(AbuseKind::Threat, 0.7, true, true);
    check(AbuseKind::Harassment, 0.7, true, true);
    check(AbuseKind::Discrimination, 0.7, true, true);
    check(AbuseKind::Insult, 0.69, false, false);
}

#[test]
fn what_was_answered_has_no_card() {
    let mut desk = desk(vec![customer("1", "you are useless"), agent("2", "I am on it"), customer("3", "ok")]);
    understood(&mut desk, "1", abuse(AbuseKind::Insult, 0.9));
    assert!(!is_carded(&desk) && desk.view().abuse.is_none());
    assert_eq!(desk.view().mood.course[0].abuse, Some(AbuseKind::Insult));
}

#[test]
fn no_card_while_the_agent_types() {
    let mut desk = desk(vec![customer("1", "you are useless")]);
    let typing = |typing| PageEvent::Activity { key_presses: 1, elapsed_ms: 0, visible: true, typing };
    desk.page(1, typing(true));
    understood(&mut desk, "1", abuse(AbuseKind::Insult, 0.9));
    desk.session.tick(NOW + 8_000);
    assert!(!is_carded(&desk), "a page says when typing ends");
    desk.page(1, typing(false));
    desk.session.tick(NOW + 9_000);
    assert_eq!(desk.view().shield.unwrap().since_ms, NOW + 9_000);
}

#[test]
fn not_abuse_is_remembered_and_can_be_taken_back() {
    let mut desk = insulted();
    let threat = Analysis { danger: Some(Danger::Threat), danger_by_model: true, ..abuse(AbuseKind::Threat, 0.9) };
    understood(&mut desk, "1", threat);
    let alert = desk.view().alert.unwrap();
    assert_eq!((alert.reason, alert.by_model), (AlertReason::Threat, true));

    desk.command(Command::DenyAbuse { message_id: "1".into() });
    let view = desk.view();
    assert!(view.shield.is_none() && view.alert.is_none() && view.mood.course[0].abuse.is_none());
    assert!(view.abuse.unwrap().denied);
    let mark =
        desk.stored.iter().rev().find_map(|s| if let Stored::Mark(mark) = s { Some(mark.clone()) } else { None });
    let mark = mark.unwrap();
    assert_eq!((mark.message_id.as_str(), mark.mark), ("1", Mark::Denied));
    assert!(!desk.stored.iter().any(|s| matches!(s, Stored::Outbox(_))), "this device's own");

    let mut restarted = Desk::new();
    restarted.session.restore_marks(vec![mark]);
    restarted.sees(1, conversation("7"), vec![customer("1", "you are useless")]);
    understood(&mut restarted, "1", abuse(AbuseKind::Insult, 0.9));
    assert!(!is_carded(&restarted) && restarted.view().abuse.unwrap().denied);

    desk.command(Command::UndoDenyAbuse { message_id: "1".into() });
    let view = desk.view();
    assert!(view.shield.is_some() && view.alert.is_some() && !view.abuse.unwrap().denied);
    let unknown = desk.command(Command::DenyAbuse { message_id: "9".into() });
    assert_eq!(error_of(&unknown), Some(ErrorCode::NoSuchMessage));
}

#[test]
fn a_card_is_not_shown_again_after_a_restart() {
    let desk = insulted();
    let mark = desk.stored.iter().find_map(|s| if let Stored::Mark(mark) = s { Some(mark.clone()) } else { None });
    let mut restarted = Desk::new();
    restarted.session.restore_marks(vec![mark.unwrap()]);
    restarted.sees(1, conversation("7"), vec![customer("1", "you are useless")]);
    understood(&mut restarted, "1", abuse(AbuseKind::Insult, 0.9));
    assert!(!is_carded(&restarted) && restarted.view().abuse.is_some());
}

#[test]
fn cards_can_be_switched_off() {
    let mut desk = insulted();
    assert!(desk.scene(1).care.shield_on);
    desk.command(Command::SetShield { on: false });
    assert!(!is_carded(&desk) && !desk.scene(1).care.shield_on);
    assert!(desk.stored.iter().any(|s| matches!(s, Stored::Settings(settings) if settings.shield_off)));
    desk.sees(1, conversation("8"), vec![customer("1", "useless")]);
    understood(&mut desk, "1", abuse(AbuseKind::Insult, 0.9));
    assert!(!is_carded(&desk) && desk.view().abuse.is_some(), "the word stays");
}

#[test]
fn flags_are_the_newest_turns_and_say_nothing_twice() {
    let flagged = |labels: &[&str]| {
        let flags = labels.iter().map(|label| Scored { label: (*label).into(), score: 0.8 }).collect();
        Analysis { flags, ..Analysis::unknown(Lang::En) }
    };
    let flags = |desk: &Desk| desk.view().flags.into_iter().map(|flag| flag.label).collect::<Vec<_>>();
    let mut desk =
        desk(vec![customer("1", "a person please"), agent("2", "hi"), customer("3", "x"), customer("4", "y")]);
    understood(&mut desk, "1", flagged(&["human_agent"]));
    assert!(flags(&desk).is_empty(), "an earlier turn's");
    understood(&mut desk, "3", flagged(&["complaint"]));
    understood(&mut desk, "4", flagged(&["complaint", "human_agent"]));
    assert_eq!(flags(&desk), ["complaint", "human_agent"]);
    desk.command(Command::CorrectIntent { message_id: "4".into(), label: "complaint".into() });
    assert_eq!(flags(&desk), ["human_agent"], "the class says it");
}
