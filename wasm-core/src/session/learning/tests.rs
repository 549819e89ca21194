//! Corrections teach; labels of the team's own come, are renamed, shared and go.

use domain::wire::*;

use super::super::dialogue::tests::conversation;
use super::super::tests::{Desk, NOW, customer, error_of};
use super::super::*;
use crate::understand::tests::random_analyser;

fn name_it(desk: &mut Desk, message_id: &str, name: &str) -> Vec<FromBrain> {
    desk.command(Command::NameIntent { message_id: message_id.into(), name: name.into() })
}

const BIKE: &str = "how do I bring the bike on the train";
const BIKE_AGAIN: &str = "how do I bring a bike on the train";

#[test]
fn a_label_of_the_teams_own_is_learned_from_one_correction_and_taken_back() {
    let mut desk = Desk::ready();
    desk.sees(1, conversation("8"), vec![customer("1", BIKE_AGAIN), customer("2", "my parcel is broken")]);
    let before = desk.view().intent;
    desk.sees(2, conversation("7"), vec![customer("1", BIKE)]);
    desk.sees(1, conversation("7"), vec![customer("1", BIKE)]);
    name_it(&mut desk, "1", "  Bike  on train ");
    let intent = desk.view().intent.unwrap();
    let id = intent.label.clone();
    assert!(domain::intent::is_own(&id) && intent.corrected && !intent.learned, "{intent:?}");
    assert_eq!(
        desk.scene(1).labels,
        [LabelView { id: id.clone(), name: "Bike on train".into(), examples: 1, shared: false }]
    );
    name_it(&mut desk, "1", "bike on train");
    assert_eq!(desk.scene(1).labels.len(), 1, "the same name is the same label");

    desk.sees(1, conversation("8"), vec![customer("1", BIKE_AGAIN)]);
    let intent = desk.view().intent.unwrap();
    assert!(intent.learned && !intent.corrected && intent.label == id && intent.score > 0.5, "{intent:?}");
    desk.sees(1, conversation("8"), vec![customer("1", BIKE_AGAIN), customer("2", "my parcel is broken")]);
    assert_eq!(desk.view().intent.unwrap().message_id, "1", "what is unlike the example is not taken for it");

    desk.say(2, RequestBody::Overlay(Command::UndoCorrection { message_id: "1".into() }));
    assert_eq!(desk.view().intent, before, "taken back, it has taught nothing");
    assert!(desk.stored.iter().any(|s| matches!(s, Stored::Example { example: None, .. })));
}

#[test]
fn what_was_learned_outlives_a_restart_but_not_another_model() {
    let mut desk = Desk::ready();
    desk.sees(1, conversation("7"), vec![customer("1", BIKE)]);
    name_it(&mut desk, "1", "Bike");
    let labels =
        desk.stored.iter().find_map(|s| if let Stored::Labels(labels) = s { Some(labels.clone()) } else { None });
    let example = desk.stored.iter().find_map(|s| match s {
        Stored::Example { example: Some(example), .. } => Some((**example).clone()),
        _ => None,
    });
    let (labels, example) = (labels.unwrap(), example.unwrap());
    assert!(!serde_json::to_string(&example).unwrap().contains("bike"), "no words are kept");
    let restarted = |example: ExampleRecord, store_first: bool| {
        let mut desk = Desk::new();
        if store_first {
            desk.session.restore_learning(labels.clone(), vec![example]);
            desk.session.engine_ready(random_analyser(), NOW);
        } else {
            desk.session.engine_ready(random_analyser(), NOW);
            desk.session.restore_learning(labels.clone(), vec![example]);
        }
        desk.sees(1, conversation("8"), vec![customer("1", BIKE_AGAIN)]);
        (desk.view().intent.unwrap().learned, desk.stored)
    };
    assert!(restarted(example.clone(), true).0 && restarted(example.clone(), false).0);
    let (learned, stored) = restarted(ExampleRecord { model: "older".into(), ..example }, true);
    assert!(!learned && stored.iter().any(|s| matches!(s, Stored::Example { example: None, .. })));
}

#[test]
fn a_label_is_renamed_and_deleted_with_what_it_taught() {
    let mut desk = Desk::ready();
    desk.sees(1, conversation("7"), vec![customer("1", BIKE)]);
    let before = desk.view().intent;
    name_it(&mut desk, "1", "Bike");
    let id = desk.view().intent.unwrap().label;
    let rename =
        |desk: &mut Desk, name: &str| desk.command(Command::RenameLabel { label: id.clone(), name: name.into() });
    rename(&mut desk, " Bike  on train");
    assert_eq!(
        desk.scene(1).labels,
        [LabelView { id: id.clone(), name: "Bike on train".into(), examples: 1, shared: false }]
    );
    name_it(&mut desk, "1", "bike");
    let other = desk.view().intent.unwrap().label;
    assert_ne!(other, id, "the old name is free");
    assert_eq!(error_of(&rename(&mut desk, "BIKE")), Some(ErrorCode::UnknownMessage), "taken");
    assert_eq!(error_of(&rename(&mut desk, " ")), Some(ErrorCode::UnknownMessage));

    desk.command(Command::DeleteLabel { label: other.clone() });
    assert_eq!(desk.view().intent, before, "the model's class again");
    assert_eq!(desk.scene(1).labels, [LabelView { id, name: "Bike on train".into(), examples: 0, shared: false }]);
    assert!(desk.stored.iter().any(|s| matches!(s, Stored::Example { example: None, .. })));
    assert!(desk.stored.iter().any(|s| matches!(s, Stored::Correction { label: None, .. })));
    assert_eq!(error_of(&desk.command(Command::DeleteLabel { label: other })), Some(ErrorCode::UnknownMessage));
}

#[test]
fn labels_of_the_team_are_learned_and_go_with_the_list() {
    use crate::team::{Reply, read_labels};
    let mut desk = Desk::ready();
    let server = crate::outbox::Server { url: "https://server.test".into(), device_token: "t".into() };
    desk.session.connect_by_default(Some(server.clone()));
    desk.say(
        1,
        RequestBody::Page(PageEvent::Hello {
            site: "desk.test".into(),
            url: "https://desk.test/1".into(),
            locale: Locale::En,
        }),
    );
    desk.sees(1, conversation("8"), vec![customer("1", BIKE_AGAIN)]);
    let before = desk.view().intent;
    let shares = |desk: &mut Desk, list: &str| {
        desk.session.take_errand(NOW).unwrap();
        let locators = domain::locator::TeamLocators { items: vec![], proposals: vec![] };
        desk.session.errand_finished(&server, Reply::Team(locators, read_labels(list), None), 0.0, NOW);
        while desk.session.has_work(NOW) {
            desk.session.step(NOW);
        }
    };
    shares(&mut desk, &serde_json::json!({ "items": [{ "label": "Bikes", "examples": [BIKE] }] }).to_string());
    let intent = desk.view().intent.unwrap();
    assert!(intent.learned, "{intent:?}");
    let [label] = desk.scene(1).labels.try_into().unwrap();
    assert_eq!((label.name.as_str(), label.examples, label.shared), ("Bikes", 1, true));
    let rename = Command::RenameLabel { label: label.id.clone(), name: "Mine".into() };
    assert_eq!(error_of(&desk.command(rename)), Some(ErrorCode::UnknownMessage), "it is the supervisor's");
    name_it(&mut desk, "1", "bikes");
    assert_eq!(desk.view().intent.unwrap().label, label.id, "the agent's word is another example of it");
    desk.command(Command::UndoCorrection { message_id: "1".into() });
    let connect = |token: &str| Query::Connect { server_url: "".into(), device_token: token.into() };
    desk.say(1, RequestBody::Panel(connect("")));
    assert_eq!(desk.view().intent, before, "without the team it is gone");
    assert!(desk.scene(1).labels.is_empty());
}

#[test]
fn words_of_corrections_are_kept_redacted_and_only_while_the_agent_wants_it() {
    let mut desk = Desk::ready();
    let corrections = |desk: &mut Desk| match desk.say(1, RequestBody::Panel(Query::Inspect)).swap_remove(0) {
        FromBrain::Answer(Answer { result: AnswerResult::Inspection(inspection), .. }) => inspection.corrections,
        other => panic!("{other:?}"),
    };
    desk.sees(1, conversation("7"), vec![customer("1", BIKE), customer("2", "my bike, write to anna@example.org")]);
    name_it(&mut desk, "1", "Bike");
    assert!(corrections(&mut desk).is_empty(), "off unless the agent wants it");
    desk.say(1, RequestBody::Panel(Query::KeepWords { on: true }));
    name_it(&mut desk, "2", "Bike");
    let [kept] = corrections(&mut desk).try_into().unwrap();
    assert_eq!((kept.text.as_str(), kept.name.as_deref()), ("my bike, write to [email]", Some("Bike")));
    let stored = |desk: &Desk| {
        desk.stored.iter().rev().find_map(|stored| match stored {
            Stored::Example { example: Some(example), .. } => Some(example.words.clone()),
            _ => None,
        })
    };
    assert!(stored(&desk).unwrap().is_some());
    desk.say(1, RequestBody::Panel(Query::KeepWords { on: false }));
    assert!(corrections(&mut desk).is_empty() && stored(&desk).unwrap().is_none(), "forgotten, also in the store");
    assert_eq!(desk.scene(1).labels[0].examples, 2, "what was learned stays");
}

#[test]
fn a_label_needs_a_name_and_a_message() {
    let mut desk = Desk::ready();
    desk.sees(1, conversation("7"), vec![customer("1", BIKE)]);
    assert_eq!(error_of(&name_it(&mut desk, "1", " \n ")), Some(ErrorCode::UnknownMessage));
    assert_eq!(error_of(&name_it(&mut desk, "1", &"退".repeat(61))), Some(ErrorCode::UnknownMessage));
    assert_eq!(error_of(&name_it(&mut desk, "9", "Bike")), Some(ErrorCode::NoSuchMessage));
    assert!(desk.scene(1).labels.is_empty(), "a failed correction makes no label");
}
