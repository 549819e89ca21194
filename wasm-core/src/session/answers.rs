//! Which answers are offered: what the customer asks for now, in view of what was said before.

use domain::abuse::AbuseKind;
use domain::analysis::{Danger, Emotion};
use domain::mood::MoodWord;
use domain::suggestion::Suggestion;
use domain::timeline::OtherField;
use domain::{Analysis, Author, Message, Scored};

use super::dialogue::{Demand, Dialogue};
use super::scene::fields;
use crate::knowledge::{Base, Newest, Query, Said, Usages};
use crate::lang;

/// What is left of a demand that was answered, when the customer's next words have no class.
const FADED: f32 = 0.6;
/// An emotion less likely than this is none.
const FELT: f32 = 0.5;
/// Letters and Chinese characters that a message must have besides its fields to say something of its own.
const SAYS_SOMETHING: usize = 4;

type Read<'a> = (&'a Message, &'a Analysis);

/// At most three answers, best first. `elsewhere`: what the customer's joined conversations hold. `by_meaning`: the base's vectors
/// are of the model that reads the messages.
pub(super) fn offered(
    dialogue: &Dialogue,
    elsewhere: &[OtherField],
    demand: Option<&Demand>,
    mood: MoodWord,
    usage: &Usages,
    by_meaning: bool,
) -> Vec<Suggestion> {
    let turn: Vec<Read<'_>> = dialogue.newest_turn().collect();
    let (Some((newest, analysis)), Some(lang)) = (turn.first(), dialogue.lang()) else { return Vec::new() };
    let Asked { messages, intents } = asked(dialogue, &turn, demand);
    let words = messages.iter().rev().map(|message| message.words()).collect::<Vec<_>>().join("\n");
    let meanings: Vec<&[f32]> =
        (messages.iter().filter(|_| by_meaning)).filter_map(|message| dialogue.meaning(&message.id)).collect();
    let unclassed = !turn.iter().any(|(message, analysis)| dialogue.asks_for_something(message, analysis))
        && turn.iter().any(|(message, analysis)| says_something(message, analysis));
    let said: Vec<&str> = (dialogue.messages.iter())
        .filter(|message| message.author == Author::Agent)
        .map(|message| message.words())
        .collect();
    let needs_help = analysis.danger == Some(Danger::SelfHarm)
        || dialogue.abuse_of(&newest.id).is_some_and(|abuse| abuse.kind == AbuseKind::SelfHarm);
    let felt = Some(analysis.emotion.label).filter(|_| analysis.emotion.score >= FELT);
    Base::embedded().search(&Query {
        lang,
        words: &words,
        meanings: &meanings,
        intents: &intents,
        newest: Newest {
            words: &newest.text,
            act: analysis.act.as_ref().map(|act| act.label.as_str()),
            valence: analysis.sentiment.value,
            emotion: felt.unwrap_or(Emotion::Unknown),
            needs_help,
            unclassed,
        },
        mood,
        fields: &fields(dialogue),
        elsewhere,
        usage,
        said: Said(&said),
    })
}

struct Asked<'a> {
    /// Newest first.
    messages: Vec<&'a Message>,
    /// Best first.
    intents: Vec<Scored>,
}

/// What the customer's newest words ask for: the demand, if they carry it, go on with it or give what was asked for it; else
/// what they themselves may mean, and less of the demand, which was answered once.
fn asked<'a>(dialogue: &'a Dialogue, turn: &[Read<'a>], demand: Option<&'a Demand>) -> Asked<'a> {
    let Some(demand) = demand else {
        return Asked { messages: turn.iter().map(|(message, _)| *message).collect(), intents: Vec::new() };
    };
    let is_in_turn = turn.iter().any(|(message, _)| message.id == demand.message_id);
    if !is_in_turn && turn.first().is_some_and(|(_, analysis)| is_act(analysis, "thanks_goodbye")) {
        return Asked { messages: Vec::new(), intents: Vec::new() };
    }
    let mut intents = dialogue.classes(demand);
    let new =
        || turn.iter().filter(|(message, analysis)| says_something(message, analysis)).map(|(message, _)| *message);
    if is_in_turn || new().next().is_none() {
        return Asked { messages: dialogue.carriers(demand), intents };
    }
    intents.iter_mut().for_each(|intent| intent.score *= FADED);
    for Scored { label, score } in new().flat_map(|message| dialogue.intents(&message.id)) {
        match intents.iter_mut().find(|known| known.label == *label) {
            Some(known) => known.score = known.score.max(*score),
            None => intents.push(Scored { label: label.clone(), score: *score }),
        }
    }
    intents.sort_by(|a, b| b.score.total_cmp(&a.score));
    Asked { messages: new().collect(), intents }
}

fn is_act(analysis: &Analysis, label: &str) -> bool {
    analysis.act.as_ref().is_some_and(|act| act.label == label)
}

/// Whether a message is more than an act of dialogue, a picture or the values that were asked for.
fn says_something(message: &Message, analysis: &Analysis) -> bool {
    let words = message.words();
    if analysis.act.is_some() || lang::is_wordless(words) {
        return false;
    }
    let is_of_field = |at: usize| {
        analysis.fields.iter().any(|field| (field.start_utf16 as usize..field.end_utf16 as usize).contains(&at))
    };
    let mut at = 0;
    let own = words.chars().filter(|c| {
        let start = at;
        at += c.len_utf16();
        c.is_alphabetic() && !is_of_field(start)
    });
    own.count() >= SAYS_SOMETHING
}

#[cfg(test)]
mod tests {
    use domain::{Field, FieldKind, Lang};

    use super::super::dialogue::tests::{conversation, message};
    use super::*;

    fn analysis(label: &str, score: f32) -> Analysis {
        let intent = Scored { label: label.into(), score };
        Analysis { intents: vec![intent.clone()], intent, ..Analysis::unknown(Lang::En) }
    }

    /// Who speaks, the words, and the class as it is read.
    type Spoken<'a> = (Author, &'a str, Option<(&'a str, f32)>);

    fn asked_in(turns: &[Spoken<'_>]) -> (Vec<String>, Vec<Scored>) {
        let mut dialogue = Dialogue::new("desk.test", conversation("1"));
        let messages = turns.iter().enumerate().map(|(at, (author, text, _))| message(&at.to_string(), *author, text));
        dialogue.merge(messages.collect(), &[], 0);
        for (at, (_, _, class)) in turns.iter().enumerate() {
            if let Some((label, score)) = class {
                dialogue.understand(at, analysis(label, *score), false);
            }
        }
        let (demand, turn) = (dialogue.demand(), dialogue.newest_turn().collect::<Vec<_>>());
        let Asked { messages, intents } = asked(&dialogue, &turn, demand.as_ref());
        (messages.iter().map(|message| message.id.clone()).collect(), intents)
    }

    #[test]
    fn a_demand_is_looked_for_in_all_messages_that_make_it() {
        let (messages, intents) = asked_in(&[
            (Author::Customer, "I can't log in", Some(("account_access", 0.93))),
            (Author::Agent, "Your e-mail?", None),
            (Author::Customer, "it's dana@example.com", Some(("account_access", 0.55))),
        ]);
        assert_eq!((messages.as_slice(), intents[0].score), (["2".to_owned(), "0".into()].as_slice(), 0.93));
    }

    #[test]
    fn new_words_without_a_class_leave_less_of_the_demand() {
        let (messages, intents) = asked_in(&[
            (Author::Customer, "I can't log in", Some(("account_access", 0.9))),
            (Author::Agent, "Try now.", None),
            (Author::Customer, "will we lose the data of today?", Some(("technical_fault", 0.4))),
        ]);
        assert_eq!(messages, ["2"]);
        assert_eq!(
            intents.iter().map(|intent| intent.label.as_str()).collect::<Vec<_>>(),
            ["account_access", "technical_fault"]
        );
        assert!((intents[0].score - 0.9 * FADED).abs() < 1e-6);
    }

    #[test]
    fn a_picture_goes_on_with_the_demand() {
        let (messages, intents) = asked_in(&[
            (Author::Customer, "the cup is broken", Some(("delivery_problem", 0.9))),
            (Author::Agent, "A photo, please.", None),
            (Author::Customer, "[image]", Some(("unknown", 0.0))),
        ]);
        assert_eq!((messages.as_slice(), intents[0].score), (["0".to_owned()].as_slice(), 0.9));
    }

    #[test]
    fn values_alone_say_nothing_of_their_own() {
        let field = |text: &str, start| Field {
            kind: FieldKind::Email,
            text: text.into(),
            value: text.into(),
            start_utf16: start,
            end_utf16: start + text.encode_utf16().count() as u32,
        };
        let says = |text: &str, fields| {
            let analysis = Analysis { fields, ..Analysis::unknown(Lang::Zh) };
            says_something(&message("1", Author::Customer, text), &analysis)
        };
        assert!(!says("是dana@example.com", vec![field("dana@example.com", 1)]));
        assert!(says("用dana@example.com登录不了", vec![field("dana@example.com", 1)]));
        assert!(!says("2025111800123456", Vec::new()));
    }
}
