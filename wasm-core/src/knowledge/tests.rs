use std::collections::HashSet;

use super::*;
use domain::intent;

static NONE: LazyLock<Usages> = LazyLock::new(Usages::new);

fn query<'a>(lang: Lang, words: &'a str, intents: &'a [Scored]) -> Query<'a> {
    Query {
        lang,
        words,
        meanings: &[],
        intents,
        newest: newest(words),
        mood: MoodWord::Calm,
        fields: &[],
        elsewhere: &[],
        said: Said::default(),
        usage: &NONE,
    }
}

fn newest(words: &str) -> Newest<'_> {
    Newest { words, act: None, valence: 0.0, emotion: Emotion::Unknown, needs_help: false, unclassed: false }
}

fn class(label: &str, score: f32) -> Vec<Scored> {
    vec![Scored { label: label.into(), score }]
}

#[test]
fn the_base_is_complete_and_well_formed() {
    let files = [
        include_str!("../../knowledge/orders.json"),
        include_str!("../../knowledge/after_sales.json"),
        include_str!("../../knowledge/money.json"),
        include_str!("../../knowledge/account.json"),
        include_str!("../../knowledge/service.json"),
        include_str!("../../knowledge/templates.json"),
    ];
    for file in files {
        serde_json::from_str::<Vec<Entry>>(file).unwrap();
    }
    let base = Base::embedded();
    let answers: Vec<_> = base.entries.iter().filter(|entry| entry.template.is_none()).collect();
    assert!(answers.len() >= 60, "{}", answers.len());
    let ids: HashSet<_> = base.entries.iter().map(|entry| &entry.id).collect();
    assert_eq!(ids.len(), base.entries.len(), "ids are unique");
    for category in intent::CATEGORIES.iter().filter(|category| category.kind == intent::Kind::Ticket) {
        assert!(answers.iter().any(|entry| entry.intents.iter().any(|i| i == category.id)), "{}", category.id);
    }
    for entry in &base.entries {
        assert!(entry.intents.iter().all(|label| intent::find(label).is_some()), "{}", entry.id);
        let touchy = entry.intents.iter().any(|label| DRAFT_ONLY.contains(&label.as_str()));
        assert!(entry.template.is_some() || !touchy || entry.draft_only, "{} must be a draft (R11)", entry.id);
    }
}

#[test]
fn the_tone_is_calm() {
    for entry in &Base::embedded().entries {
        for (words, lang) in [(&entry.zh, Lang::Zh), (&entry.en, Lang::En)] {
            let bare = fill::fill(&words.text, &[]);
            assert!(!bare.contains(['!', '！', '{', '[', '~', '～']), "{}: {bare}", entry.id);
            assert!(!bare.contains('亲') || bare.contains("亲自") || bare.contains("亲属"), "{}: {bare}", entry.id);
            assert!(!bare.contains("guarantee") && !bare.contains("保证"), "{}: {bare}", entry.id);
            assert_eq!(crate::lang::detect(&bare, None), lang, "{}: {bare}", entry.id);
            assert!(bare.chars().count() <= 420 && !words.title.is_empty(), "{}: {}", entry.id, bare.chars().count());
        }
    }
}

#[test]
fn the_class_finds_the_answer_and_words_choose_among_them() {
    for category in intent::CATEGORIES.iter().filter(|category| category.kind == intent::Kind::Ticket) {
        for (lang, words) in [(Lang::Zh, category.zh), (Lang::En, category.en)] {
            let found = Base::embedded().search(&query(lang, words, &class(category.id, 0.9)));
            assert!(!found.is_empty() && found.len() <= 3, "{}", category.id);
            let expected = Reason::Intent { label: category.id.into() };
            assert!(found[0].reasons.contains(&expected), "{}: {found:?}", category.id);
            assert!(found.iter().any(|s| s.source == Source::Knowledge), "{}", category.id);
        }
    }
    let found = Base::embedded().search(&query(Lang::En, "I forgot my password, how do I reset it", &[]));
    assert!(matches!(found[0].reasons[0], Reason::Words { .. }), "words alone: {found:?}");
    assert!(found[0].text.to_lowercase().contains("password"));
    assert!(Base::embedded().search(&query(Lang::Unknown, "?", &[])).is_empty());
}

#[test]
fn the_occasion_finds_the_template() {
    let base = Base::embedded();
    let intents = class("order_status", 0.9);
    let mut asks = query(Lang::Zh, "我的订单到哪了", &intents);
    assert!(base.search(&asks).iter().any(|s| s.text.contains("订单号") && s.source == Source::Template));
    let order = [Field {
        kind: FieldKind::OrderNumber,
        text: "A1001".into(),
        value: "A1001".into(),
        start_utf16: 0,
        end_utf16: 5,
    }];
    asks.fields = &order;
    assert!(base.search(&asks).iter().all(|s| s.id != "template-ask-order"));
    assert!(base.search(&asks).iter().any(|s| s.text.contains("A1001")));
    (asks.mood, asks.newest.valence) = (MoodWord::Upset, -0.9);
    let upset = base.search(&asks);
    assert_eq!((upset[0].source, &upset[0].reasons), (Source::Template, &vec![Reason::Mood]));
    assert!(upset.iter().any(|s| s.source == Source::Knowledge));
    let first = |lang, words, act| {
        let newest = Newest { act: Some(act), ..newest(words) };
        base.search(&Query { newest, ..query(lang, words, &[]) }).remove(0).id
    };
    assert_eq!(first(Lang::En, "thanks, bye", "thanks_goodbye"), "template-thanks");
    assert_eq!(first(Lang::Zh, "在吗", "greeting"), "template-greeting");
    let human = class("human_agent", 0.9);
    assert_eq!(base.search(&query(Lang::En, "real person please", &human))[0].id, "template-hand-over");
}

#[test]
fn what_resolved_before_ranks_higher() {
    let intents = class("product_info", 0.9);
    let mut asks = query(Lang::En, "?", &intents);
    let first = Base::embedded().search(&asks)[0].id.clone();
    let usage = Usages::from([(first.clone(), Usage { shown: 60, resolved: 0 })]);
    asks.usage = &usage;
    assert_ne!(Base::embedded().search(&asks)[0].id, first);
}

#[test]
fn what_was_said_is_not_offered_again() {
    let ids = |asks: &Query<'_>| Base::embedded().search(asks).into_iter().map(|s| s.id).collect::<Vec<_>>();
    let intents = class("order_status", 0.9);
    let calm = query(Lang::En, "where is my order", &intents);
    let answer = Base::embedded().search(&calm).remove(0);
    assert_eq!(answer.source, Source::Knowledge);
    assert!(ids(&calm).contains(&"template-ask-order".into()));
    let after = ids(&Query { said: Said(&["Which order number is it?", &answer.text]), ..calm });
    assert!(!after.contains(&"template-ask-order".into()) && !after.contains(&answer.id), "{after:?}");

    let unhappy = Newest { valence: -0.6, ..newest("?") };
    let angry =
        |said| Query { mood: MoodWord::Tense, newest: unhappy, said: Said(said), ..query(Lang::En, "?", &intents) };
    assert_eq!(ids(&angry(&[])).first().map(String::as_str), Some("template-apology"));
    assert!(!ids(&angry(&["I'm sorry about that."])).contains(&"template-apology".into()));
}

#[test]
fn fear_is_calmed_and_calm_words_get_no_apology() {
    let first = |emotion, valence| {
        let newest = Newest { emotion, valence, ..newest("?") };
        let asks = Query { mood: MoodWord::Tense, newest, ..query(Lang::En, "?", &[]) };
        Base::embedded().search(&asks).first().map(|suggestion| suggestion.id.clone())
    };
    assert_eq!(first(Emotion::Anxiety, -0.6).as_deref(), Some("template-reassure"));
    assert_eq!(first(Emotion::Anger, -0.6).as_deref(), Some("template-apology"));
    assert_eq!(first(Emotion::Neutral, 0.1), None);
}

#[test]
fn a_question_without_a_class_can_be_passed_on() {
    let newest = Newest { unclassed: true, ..newest("who changed the limit") };
    let asks = |said| Query { newest, said: Said(said), ..query(Lang::En, newest.words, &[]) };
    let offers = |said| Base::embedded().search(&asks(said)).iter().any(|s| s.id == "template-checking");
    assert!(offers(&["It was restored."]) && !offers(&[]));
}

#[test]
fn self_harm_brings_the_words_for_it_first() {
    let words = "我不想活了";
    let asks = |needs_help| Query { newest: Newest { needs_help, ..newest(words) }, ..query(Lang::Zh, words, &[]) };
    let first = |needs_help| Base::embedded().search(&asks(needs_help)).first().map(|s| s.id.clone());
    assert_eq!(first(true).as_deref(), Some("template-self-harm"));
    assert_eq!(Base::embedded().search(&asks(true)).len(), 1, "and nothing else");
    assert_ne!(first(false).as_deref(), Some("template-self-harm"));
}
