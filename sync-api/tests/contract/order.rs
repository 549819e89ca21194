//! Whatever the order, repeats and batches: the same events end in the same state.

use domain::mood::{MoodTrend, MoodWord};
use domain::sync::{Event, EventBody};
use proptest::collection::vec;
use proptest::prelude::*;
use sync_api::store::{ConversationFilter, Order, Sender, Store, User};

use crate::support::*;

const AGENTS: [&str; 2] = ["a", "b"];

async fn store() -> Store {
    let store = Store::in_memory().await.unwrap();
    for id in AGENTS {
        store.add_team(id, id).await.unwrap();
        let user = User {
            id: id.into(),
            team_id: id.into(),
            name: id.into(),
            email: id.into(),
            role: domain::record::Role::Agent,
            password_hash: String::new(),
        };
        store.add_user(&user).await.unwrap();
        store.add_device(&device(id, id), id).await.unwrap();
    }
    store
}

/// Everything that can be read.
async fn state(store: &Store) -> String {
    let filter =
        |order| ConversationFilter { team_id: None, alert_only: false, active_since_ms: None, order, limit: 200 };
    let by_update = store.conversations(&filter(Order::Update { after: None })).await.unwrap();
    let by_need = store.conversations(&filter(Order::Need { after: None })).await.unwrap();
    let alerts = store.alerts(None, false, None, 200).await.unwrap();
    let today = store.today(None, NOW_MS, NOW_MS + 8 * DAY_MS).await.unwrap();
    let agents = store.agents(None, NOW_MS, NOW_MS, None, 200).await.unwrap();
    format!("{by_update:#?}{by_need:#?}{alerts:#?}{today:#?}{agents:#?}")
}

/// The agent, the conversation, the time (with ties), what happens.
fn happening() -> impl Strategy<Value = (usize, Event)> {
    let message = prop::sample::select(vec!["m1", "m2", "m3"]);
    let label = prop::sample::select(vec!["refund_status", "complaint", "thanks_goodbye", "unknown"]);
    let alert = prop::sample::select(vec!["x", "y"]);
    let score = (-10i8..=10).prop_map(|tenths| f32::from(tenths) / 10.0);
    let body = prop_oneof![
        (message.clone(), label.clone(), score.clone()).prop_map(|(m, l, v)| analysed(m, l, v)),
        (score.clone(), 1u32..6).prop_map(|(score, customer_messages)| EventBody::MoodChanged {
            score,
            word: if score < 0.0 { MoodWord::Tense } else { MoodWord::Calm },
            trend: MoodTrend::Level,
            customer_messages,
        }),
        (message, label.clone(), label).prop_map(|(m, from, to)| corrected(m, from, to)),
        (alert.clone(), score).prop_map(|(alert, score)| opened(alert, score)),
        alert.prop_map(closed),
        Just(EventBody::ConversationReread),
    ];
    let parts = (0..AGENTS.len(), 0u32..2, 0i64..12, 0u32..3, body);
    parts
        .prop_map(|(agent, n, at, reading, body)| (agent, Event { reading, ..event(n, NOW_MS + at * MINUTE_MS, body) }))
}

/// A shuffle, with repeats, cut into batches of one agent each.
fn deliveries(events: &[(usize, Event)], order: &[prop::sample::Index]) -> Vec<(usize, Vec<Event>)> {
    let mut rest: Vec<_> = events.to_vec();
    let mut sent: Vec<(usize, Event)> = Vec::new();
    for index in order {
        if rest.is_empty() {
            break;
        }
        sent.push(rest.remove(index.index(rest.len())));
        if index.index(3) == 0 {
            sent.push(sent[index.index(sent.len())].clone());
        }
    }
    sent.extend(rest);
    let mut batches: Vec<(usize, Vec<Event>)> = Vec::new();
    for (n, (agent, event)) in sent.into_iter().enumerate() {
        match batches.last_mut() {
            Some((of, batch)) if *of == agent && order[n % order.len()].index(4) > 0 => batch.push(event),
            _ => batches.push((agent, vec![event])),
        }
    }
    batches
}

async fn apply(batches: &[(usize, Vec<Event>)]) -> String {
    let store = store().await;
    for (agent, batch) in batches {
        let sender = Sender { device_id: AGENTS[*agent].into(), agent_id: AGENTS[*agent].into() };
        store.apply(&sender, batch, NOW_MS, |_| {}).await.unwrap();
    }
    state(&store).await
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn deliveries_do_not_matter(
        events in vec(happening(), 1..40),
        order in vec(any::<prop::sample::Index>(), 60),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let in_order: Vec<_> = (0..AGENTS.len())
            .map(|agent| (agent, events.iter().filter(|(of, _)| *of == agent).map(|(_, event)| event.clone()).collect()))
            .collect();
        let (expected, found) = runtime.block_on(async {
            (apply(&in_order).await, apply(&deliveries(&events, &order)).await)
        });
        let difference = expected.lines().zip(found.lines()).find(|(expected, found)| expected != found);
        prop_assert!(expected == found, "{difference:?}");
    }
}
