//! The team's own model speaks, is overruled, fails, and goes.

use domain::locator::TeamLocators;
use domain::own_model::{ModelFile, OwnLabel, OwnModel, TeamModel};
use domain::sync::EventBody;
use domain::wire::*;

use super::super::dialogue::tests::conversation;
use super::super::tests::{Desk, NOW, agent, customer};
use super::*;
use crate::team::Reply;

const TALK: &str = "how do I bring the bike on the train";

fn model(version: &str) -> VersionedModel {
    let file = ModelFile { sha256: "0a".repeat(32), size_bytes: 1 };
    let label = |name: &str, class: Option<&str>| OwnLabel { name: name.into(), class: class.map(str::to_owned) };
    let labels = vec![
        label("Bike on board", None),
        label("money back", Some("refund_status")),
        label("where is my money", Some("refund_status")),
    ];
    let own = OwnModel { name: "bikes.onnx".into(), model: file.clone(), tokenizer: file, labels };
    VersionedModel { version: version.into(), own }
}

fn bikes() -> String {
    id_of("Bike on board", 0)
}

/// The team's next fetch tells of this model.
fn fetch(desk: &mut Desk, model: Option<VersionedModel>) {
    let url = "https://desk.test/1".into();
    desk.page(3, PageEvent::Hello { site: "desk.test".into(), url, locale: Locale::En });
    let (server, _) = desk.session.take_errand(NOW + 120_000 * i64::from(desk.count(|_| true) as u32 + 1)).unwrap();
    let team = TeamLocators { items: vec![], proposals: vec![] };
    desk.session.errand_finished(&server, Reply::Team(team, None, Some(TeamModel { model })), 0.0, 0);
}

fn start(desk: &mut Desk) -> u32 {
    match desk.session.take_own_order() {
        Some(Order::Start { number, .. }) => number,
        other => panic!("{other:?}"),
    }
}

fn say(desk: &mut Desk, number: u32, word: Word) {
    desk.session.own_said(number, word, NOW);
    desk.stored.extend(desk.session.take_stored());
}

/// With a model that is loaded.
fn with_model() -> (Desk, u32) {
    let mut desk = Desk::ready();
    fetch(&mut desk, Some(model("own-1")));
    let number = start(&mut desk);
    say(&mut desk, number, Word::Loaded);
    (desk, number)
}

fn answer(desk: &mut Desk, number: u32, scores: [f32; 3]) {
    assert!(matches!(desk.session.take_own_order(), Some(Order::Ask { .. })));
    say(desk, number, Word::Scores(scores.to_vec()));
}

fn state(desk: &Desk) -> OwnModelState {
    desk.scene(1).own_model.unwrap().state
}

fn told(desk: &Desk) -> Vec<(String, String)> {
    let told = desk.events().into_iter().filter_map(|event| match event.body {
        EventBody::MessageAnalysed { intent, model_version, .. } => Some((intent.label, model_version)),
        _ => None,
    });
    told.collect()
}

#[test]
fn its_class_takes_the_place_of_ours_and_the_agents_word_stands_above_it() {
    let (mut desk, number) = with_model();
    desk.sees(1, conversation("7"), vec![customer("1", TALK)]);
    let ours = desk.view().intent.unwrap();
    assert!(!ours.own_model, "until it has spoken, ours is shown");
    assert_eq!(told(&desk), [], "what it is still to speak of is told later");

    answer(&mut desk, number, [0.7, 0.2, 0.1]);
    let intent = desk.view().intent.unwrap();
    assert_eq!((intent.label, intent.own_model, intent.score), (bikes(), true, 0.7));
    assert_eq!(intent.alternatives[0].label, "refund_status", "labels of one class count together");
    assert!((intent.alternatives[0].score - 0.3).abs() < 1e-6);
    assert_eq!(told(&desk), [(bikes(), "own-1".into())]);
    assert!(desk.scene(1).labels.iter().any(|label| label.id == bikes() && label.name == "Bike on board"));

    desk.command(Command::CorrectIntent { message_id: "1".into(), label: "complaint".into() });
    let intent = desk.view().intent.unwrap();
    assert_eq!((intent.label.as_str(), intent.corrected, intent.own_model), ("complaint", true, false));
    desk.command(Command::UndoCorrection { message_id: "1".into() });
    assert_eq!(desk.view().intent.unwrap().label, bikes());
    desk.command(Command::CorrectIntent { message_id: "1".into(), label: bikes() });
    assert!(desk.view().intent.unwrap().corrected, "its labels can be chosen");
}

#[test]
fn it_speaks_of_customers_words_in_any_language_and_of_nothing_else() {
    let (mut desk, number) = with_model();
    desk.sees(1, conversation("7"), vec![customer("1", "👍"), customer("2", "48213"), agent("3", TALK)]);
    assert_eq!(desk.session.take_own_order(), None);
    desk.sees(1, conversation("7"), vec![customer("4", "Où est ma commande ?"), customer("5", " ")]);
    answer(&mut desk, number, [0.9, 0.1, 0.0]);
    assert_eq!(desk.session.take_own_order(), None);
    let intent = desk.view().intent.unwrap();
    assert_eq!((intent.label, intent.message_id.as_str(), intent.lang), (bikes(), "4", domain::Lang::Unknown));
}

#[test]
fn what_was_asked_of_other_words_is_not_taken() {
    let (mut desk, number) = with_model();
    desk.sees(1, conversation("7"), vec![customer("1", TALK)]);
    assert!(matches!(desk.session.take_own_order(), Some(Order::Ask { text, .. }) if text == TALK));
    assert_eq!(desk.session.take_own_order(), None, "one question at a time");
    desk.sees(1, conversation("7"), vec![customer("1", "where is my money")]);
    say(&mut desk, number, Word::Scores(vec![0.9, 0.1, 0.0]));
    assert!(!desk.view().intent.unwrap().own_model);
    assert!(matches!(desk.session.take_own_order(), Some(Order::Ask { text, .. }) if text == "where is my money"));
}

#[test]
fn where_it_fails_ours_works_on() {
    let check = |fail: fn(&mut Desk, u32), fault: Fault| {
        let (mut desk, number) = with_model();
        desk.sees(1, conversation("7"), vec![customer("1", TALK)]);
        assert!(matches!(desk.session.take_own_order(), Some(Order::Ask { .. })));
        fail(&mut desk, number);
        desk.stored.extend(desk.session.take_stored());
        assert_eq!(state(&desk), OwnModelState::Failed { fault: fault.clone() });
        assert!(!desk.view().intent.unwrap().own_model, "{fault:?}");
        assert_eq!(told(&desk).len(), 1, "our class is told after all");
        assert_eq!(desk.session.take_own_order(), Some(Order::Stop));
        assert_eq!(desk.session.take_own_order(), None);
        say(&mut desk, number, Word::Scores(vec![1.0, 0.0, 0.0]));
        assert!(!desk.view().intent.unwrap().own_model, "what it says afterwards is not heard");
    };
    check(|desk, number| say(desk, number, Word::Failed(Fault::Stopped)), Fault::Stopped);
    check(|desk, number| say(desk, number, Word::Scores(vec![1.0])), Fault::Changed);
    check(|desk, _| (0..=MOST_ANSWER_SECONDS).for_each(|_| drop(desk.session.tick(NOW))), Fault::TooSlow);
}

#[test]
fn a_file_that_could_not_be_fetched_is_fetched_later() {
    let mut desk = Desk::ready();
    fetch(&mut desk, Some(model("own-1")));
    let number = start(&mut desk);
    say(&mut desk, number, Word::Failed(Fault::NotFetched));
    assert_eq!(desk.session.take_own_order(), Some(Order::Stop));
    (0..RETRY_TICKS).for_each(|_| drop(desk.session.tick(NOW)));
    assert_eq!(desk.session.take_own_order(), None);
    desk.session.tick(NOW);
    assert_eq!(start(&mut desk), number + 1);
    say(&mut desk, number, Word::Loaded);
    assert_eq!(state(&desk), OwnModelState::Loading, "the word of the Worker before");
}

#[test]
fn it_goes_with_the_teams_word() {
    let (mut desk, number) = with_model();
    desk.sees(1, conversation("7"), vec![customer("1", TALK)]);
    let ours = desk.view().intent;
    answer(&mut desk, number, [0.7, 0.2, 0.1]);
    fetch(&mut desk, None);
    assert_eq!(desk.session.take_own_order(), Some(Order::Stop));
    assert_eq!((desk.view().intent, desk.scene(1).own_model), (ours, None));
    assert!(desk.scene(1).labels.is_empty());
}

#[test]
fn another_version_starts_anew() {
    let (mut desk, number) = with_model();
    desk.sees(1, conversation("7"), vec![customer("1", TALK)]);
    answer(&mut desk, number, [0.7, 0.2, 0.1]);
    fetch(&mut desk, Some(model("own-2")));
    assert!(!desk.view().intent.unwrap().own_model);
    assert_eq!(desk.session.take_own_order(), Some(Order::Stop));
    assert_eq!(start(&mut desk), number + 1);
}
