use super::*;
use domain::{Channel, Requester};

pub fn conversation(id: &str) -> Conversation {
    Conversation {
        id: id.into(),
        url: format!("https://desk.test/{id}"),
        subject: Some("Subject".into()),
        channel: Channel::Chat,
        requester: Requester::default(),
        agent_name: None,
        agent_emails: Vec::new(),
    }
}

pub fn message(id: &str, author: Author, text: &str) -> Message {
    Message { id: id.into(), author, author_name: None, text: text.into(), sent_at_ms: None, evidence: String::new() }
}

fn ids(dialogue: &Dialogue) -> String {
    dialogue.messages.iter().map(|message| message.id.as_str()).collect()
}

fn seen(ids: &str) -> Vec<Message> {
    ids.chars().map(|id| message(&id.to_string(), Author::Customer, "text")).collect()
}

#[test]
fn reports_are_merged_in_order() {
    let check = |reports: &[&str], expected: &str| {
        let mut dialogue = Dialogue::new("desk.test", conversation("1"));
        reports.iter().for_each(|report| dialogue.merge(seen(report), &[], 0));
        assert_eq!(ids(&dialogue), expected, "{reports:?}");
    };
    check(&["ab", "c"], "abc");
    check(&["cd", "abcd"], "abcd");
    check(&["bd", "abcd"], "abcd");
    check(&["ba", "ab"], "ab");
    check(&["ad", "bcd"], "abcd");
    check(&["abc", "abc"], "abc");
    check(&["dcba", "b", "abcd"], "abcd");
}

#[test]
fn times_grow_with_the_order_of_the_page() {
    let mut dialogue = Dialogue::new("desk.test", conversation("1"));
    let mut messages = seen("abc");
    for (message, at_ms) in messages.iter_mut().zip([60_000, 60_000, 0]) {
        message.sent_at_ms = Some(at_ms);
    }
    dialogue.merge(messages.clone(), &[], 7);
    assert_eq!(messages.iter().map(|message| dialogue.at_ms(message)).collect::<Vec<_>>(), [60_000, 60_001, 60_002]);
}

#[test]
fn context_is_two_turns_of_people() {
    let mut dialogue = Dialogue::new("desk.test", conversation("1"));
    let lines = [
        ("1", Author::Customer),
        ("2", Author::Agent),
        ("3", Author::Note),
        ("4", Author::Bot),
        ("5", Author::Customer),
    ];
    dialogue.merge(lines.map(|(id, author)| message(id, author, id)).to_vec(), &[], 0);
    let context = dialogue.context(4);
    assert_eq!(context.iter().map(|turn| turn.text).collect::<Vec<_>>(), ["2", "4"]);
    assert!(dialogue.context(0).is_empty() && dialogue.customer_waits());
    assert_eq!(dialogue.pending(), [4, 0]);
}

#[test]
fn acts_do_not_override_the_demand_and_corrections_do() {
    let mut dialogue = Dialogue::new("desk.test", conversation("1"));
    dialogue.merge(seen("abc"), &[], 0);
    for (index, (label, score)) in
        [("refund_status", 0.9), ("thanks_goodbye", 0.99), ("order_status", 0.2)].into_iter().enumerate()
    {
        let intent = Scored { label: label.into(), score };
        dialogue.understand(index, Analysis { intent, ..Analysis::unknown(Lang::En) }, false);
    }
    assert_eq!(dialogue.demand().unwrap().label, "refund_status");
    dialogue.corrections.insert("c".into(), "complaint".into());
    let demand = dialogue.demand().unwrap();
    assert_eq!((demand.label.as_str(), demand.score, demand.corrected), ("complaint", 1.0, true));
    assert!(dialogue.pending().is_empty());
}

#[test]
fn a_class_that_was_corrected_does_not_come_back() {
    let demand = |again: f32| {
        let mut dialogue = Dialogue::new("desk.test", conversation("1"));
        dialogue.merge(seen("ab"), &[], 0);
        for (index, score) in [0.7, again].into_iter().enumerate() {
            let intent = Scored { label: "refund_status".into(), score };
            dialogue.understand(index, Analysis { intent, ..Analysis::unknown(Lang::En) }, false);
        }
        dialogue.corrections.insert("a".into(), "complaint".into());
        dialogue.demand().unwrap()
    };
    let again = demand(0.6);
    assert_eq!((again.label.as_str(), again.corrected, again.learned), ("complaint", false, true));
    assert_eq!(again.message_id, "b");
    assert_eq!(demand(0.9).label, "refund_status", "surer than when it was wrong");
}

#[test]
fn a_demand_in_the_same_words_is_known() {
    let repeated = |texts: [&str; 3]| {
        let mut dialogue = Dialogue::new("desk.test", conversation("1"));
        let messages =
            texts.iter().enumerate().map(|(at, text)| message(&at.to_string(), Author::Customer, text)).collect();
        dialogue.merge(messages, &[], 0);
        for index in 0..3 {
            let intent = Scored { label: "booking_reservation".into(), score: 0.9 };
            dialogue.understand(index, Analysis { intent, ..Analysis::unknown(Lang::En) }, false);
        }
        dialogue.turns().iter().map(|turn| turn.demand.as_ref().unwrap().same_words).collect::<Vec<_>>()
    };
    let late = "Is late check-in possible?";
    assert_eq!(repeated([late, "We need a baby cot", "Can I add a fourth night?"]), [false, false, false]);
    assert_eq!(repeated([late, "a cot, please", "so is late check-in possible"]), [false, false, true]);
}

#[test]
fn changed_words_are_understood_again() {
    let mut dialogue = Dialogue::new("desk.test", conversation("1"));
    dialogue.merge(seen("ab"), &[], 0);
    (0..2).for_each(|index| dialogue.understand(index, Analysis::unknown(Lang::En), false));
    dialogue.merge(vec![message("b", Author::Customer, "other")], &[], 0);
    assert_eq!(dialogue.pending(), [1]);
    dialogue.merge(Vec::new(), &["a".into()], 0);
    assert_eq!((ids(&dialogue).as_str(), dialogue.pending()), ("b", vec![0]));
}
