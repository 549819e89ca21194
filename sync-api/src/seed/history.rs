//! The demo's history as events, the same for the same day. Moods and alerts come from the domain's own rules.

use domain::abuse::AbuseKind;
use domain::analysis::{Danger, Emotion, EmotionScore, Lang, Scored, Sentiment, SentimentScore};
use domain::conversation::Channel;
use domain::mood::{CustomerTurn, Demanded, Mood};
use domain::suggestion::Source;
use domain::sync::{ConversationRef, Event, EventBody};
use uuid::Uuid;

use crate::secret::sha256_hex;

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;
/// Conversations of today, and of a week ago.
const TODAY: u64 = 26;
const WEEK_AGO: u64 = 24;
/// The day's conversations lie in the hours before now.
const SPAN_MIN: i64 = 8 * 60;

/// One conversation and the number of the agent who has it.
pub struct Story {
    pub agent: usize,
    pub events: Vec<Event>,
}

/// What happens in a conversation.
struct Plot<'a> {
    key: String,
    /// Of the demo helpdesk; those of usual conversations are past and gone.
    ticket: u64,
    agent: usize,
    lang: Lang,
    channel: Channel,
    /// Of the last message.
    ended_min_ago: i64,
    /// Label, value, danger of each customer message.
    turns: &'a [Turn],
    /// The customer asks again what was answered.
    asks_again: bool,
    inserts: bool,
    /// The label that the agent chose instead of the first.
    correction: Option<&'a str>,
}

type Turn = (&'static str, f32, Option<Danger>);

const NO: Option<Danger> = None;

pub fn stories(now_ms: i64, base_url: &str) -> Vec<Story> {
    let day = now_ms.div_euclid(DAY_MS);
    let mut stories = live(now_ms, day, base_url);
    stories.extend((0..TODAY).map(|n| usual(now_ms, day, n, base_url)));
    let week_ago = |n| usual(now_ms - 7 * DAY_MS, day - 7, n, base_url);
    stories.extend((0..WEEK_AGO).map(week_ago));
    stories
}

/// What a supervisor sees first: two alerts, one that has settled, and conversations that go well.
fn live(now_ms: i64, day: i64, base_url: &str) -> Vec<Story> {
    let plot = |ticket, agent, lang, channel, ended_min_ago, turns| Plot {
        key: format!("{day}-{ticket}"),
        ticket,
        agent,
        lang,
        channel,
        ended_min_ago,
        turns,
        asks_again: true,
        inserts: agent != 1,
        correction: None,
    };
    let refund: &[Turn] = &[
        ("refund_status", -0.2, NO),
        ("refund_status", -0.6, NO),
        ("refund_status", -0.85, NO),
        ("complaint", -0.9, NO),
    ];
    let threat: &[Turn] =
        &[("billing_charges", -0.35, NO), ("billing_charges", -0.6, NO), ("complaint", -0.8, Some(Danger::Threat))];
    let settled: &[Turn] = &[
        ("product_defect_warranty", 0.4, NO),
        ("product_defect_warranty", -0.95, NO),
        ("return_exchange", 0.3, NO),
        ("thanks_goodbye", 0.9, NO),
    ];
    let tense: &[Turn] = &[("delivery_problem", -0.2, NO), ("delivery_problem", -0.5, NO)];
    let calm: &[Turn] = &[("greeting", 0.2, NO), ("order_status", 0.05, NO)];
    let glad: &[Turn] = &[("account_access", 0.1, NO), ("account_access", 0.3, NO), ("thanks_goodbye", 0.9, NO)];
    let asking: &[Turn] = &[("return_exchange", 0.0, NO), ("return_exchange", -0.1, NO)];
    [
        plot(48_213, 0, Lang::Zh, Channel::Chat, 2, refund),
        plot(48_231, 1, Lang::En, Channel::Email, 6, threat),
        plot(48_240, 2, Lang::Zh, Channel::Email, 5, settled),
        plot(48_220, 3, Lang::En, Channel::Email, 4, tense),
        plot(48_251, 0, Lang::Zh, Channel::Chat, 1, calm),
        plot(48_236, 3, Lang::En, Channel::Chat, 9, glad),
        plot(48_224, 2, Lang::Zh, Channel::Chat, 12, asking),
    ]
    .into_iter()
    .map(|plot| tell(&plot, now_ms, base_url))
    .collect()
}

/// One of the many conversations of a day; `n` decides everything about it.
fn usual(now_ms: i64, day: i64, n: u64, base_url: &str) -> Story {
    // Common demands more often, with another weight each day.
    const DEMANDS: [&str; 14] = [
        "order_status",
        "order_status",
        "order_status",
        "delivery_problem",
        "delivery_problem",
        "refund_status",
        "refund_request",
        "return_exchange",
        "return_exchange",
        "invoice_receipt",
        "account_access",
        "price_promo",
        "product_info",
        "howto_setup",
    ];
    let mut dice = Dice(n.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ day.unsigned_abs().wrapping_mul(0xD1B5_4A32_D192_ED03));
    let demand = DEMANDS[dice.below(DEMANDS.len() as u64) as usize];
    let start = dice.below(90) as f32 / 100.0 - 0.5;
    let lift = dice.below(35) as f32 / 100.0;
    let count = 1 + dice.below(4) as usize;
    let mut turns: Vec<Turn> = (0..count).map(|i| (demand, (start + lift * i as f32).clamp(-0.55, 0.8), NO)).collect();
    if dice.below(3) > 0 {
        turns.push(("thanks_goodbye", 0.7, NO));
    }
    let slot = SPAN_MIN / TODAY as i64;
    let channels = [Channel::Chat, Channel::Ticket, Channel::Email, Channel::Social];
    let plot = Plot {
        key: format!("{day}-{n}"),
        ticket: 47_000 + n,
        agent: (n % 4) as usize,
        lang: if n.is_multiple_of(2) { Lang::Zh } else { Lang::En },
        channel: channels[dice.below(4) as usize],
        ended_min_ago: 16 + n as i64 * slot + dice.below(slot.unsigned_abs()) as i64,
        turns: &turns,
        asks_again: false,
        inserts: dice.below(3) > 0,
        correction: (dice.below(9) == 0).then_some("product_info").filter(|label| *label != demand),
    };
    tell(&plot, now_ms, base_url)
}

/// The events that a device would send.
fn tell(plot: &Plot, now_ms: i64, base_url: &str) -> Story {
    let site = base_url.split_once("://").map_or(base_url, |(_, host)| host).trim_end_matches('/').to_owned();
    let conversation = ConversationRef {
        id: sha256_hex(format!("{site}\n{}", plot.key).as_bytes())[..32].to_owned(),
        url: format!("{}/demo/#/tickets/{}", base_url.trim_end_matches('/'), plot.ticket),
        site,
        channel: plot.channel,
    };
    let mut events: Vec<Event> = Vec::new();
    let mut push = |at_ms: i64, body: EventBody| {
        let hash = sha256_hex(format!("{}/{}", plot.key, events.len()).as_bytes());
        let id = u128::from_str_radix(&hash[..32], 16).map(Uuid::from_u128).unwrap_or_default().to_string();
        events.push(Event { id, at_ms, conversation: conversation.clone(), reading: 0, body });
    };
    let last = plot.turns.len() as i64 - 1;
    let mut turns: Vec<CustomerTurn> = Vec::new();
    let mut open: Option<String> = None;
    for (index, &(label, value, danger)) in plot.turns.iter().enumerate() {
        let at_ms = now_ms - (plot.ended_min_ago + (last - index as i64) * 2) * MINUTE_MS;
        let message_id = format!("m{}", index + 1);
        push(at_ms, analysed(&message_id, plot.lang, label, value, danger));
        turns.push(CustomerTurn {
            message_id: message_id.clone(),
            at_ms,
            value,
            confidence: 0.9,
            demand: (index == 0 || plot.asks_again)
                .then(|| Demanded { class: label.to_owned(), same_words: plot.asks_again }),
            after_answer: index > 0,
            danger,
        });
        let mood = Mood::of(&turns);
        let (score, word, trend) = (mood.score, mood.word, mood.trend);
        push(at_ms + 1, EventBody::MoodChanged { score, word, trend, customer_messages: turns.len() as u32 });
        match (&open, mood.alert) {
            (None, Some(alert)) => {
                let alert_id = format!("{}-a{}", plot.key, index + 1);
                open = Some(alert_id.clone());
                push(
                    at_ms + 2,
                    EventBody::AlertOpened { alert_id, reason: alert.reason, message_id, score: alert.score },
                );
            }
            (Some(alert_id), None) => {
                push(at_ms + 2, EventBody::AlertClosed { alert_id: alert_id.clone() });
                open = None;
            }
            _ => {}
        }
        if index == 0 {
            let (suggestion_id, source) = (format!("kb-{label}"), Source::Knowledge);
            push(at_ms + 3, EventBody::SuggestionShown { suggestion_id: suggestion_id.clone(), source });
            if plot.inserts {
                push(at_ms + 40_000, EventBody::SuggestionInserted { suggestion_id, source });
            }
            if let Some(to) = plot.correction {
                let (message_id, from, to) = ("m1".into(), label.into(), to.into());
                push(at_ms + 20_000, EventBody::IntentCorrected { message_id, from, to });
            }
        }
    }
    Story { agent: plot.agent, events }
}

fn analysed(message_id: &str, lang: Lang, label: &str, value: f32, danger: Option<Danger>) -> EventBody {
    let scored = Scored { label: label.into(), score: 0.93 };
    let (sentiment, emotion) = match value {
        v if v <= -0.7 => (Sentiment::Negative, Emotion::Anger),
        v if v <= -0.3 => (Sentiment::Negative, Emotion::Frustration),
        v if v < 0.4 => (Sentiment::Neutral, Emotion::Neutral),
        _ => (Sentiment::Positive, Emotion::Gratitude),
    };
    EventBody::MessageAnalysed {
        message_id: message_id.into(),
        lang,
        act: domain::intent::is_dialogue_act(label).then(|| scored.clone()),
        intent: scored,
        sentiment: SentimentScore { label: sentiment, score: 0.9, value },
        emotion: EmotionScore { label: emotion, score: 0.8 },
        danger,
        abuse: danger.map(|danger| match danger {
            Danger::Threat => AbuseKind::Threat,
            Danger::SelfHarm => AbuseKind::SelfHarm,
        }),
        model_version: "demo".into(),
    }
}

/// Splitmix64: the same numbers for the same seed, on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % bound
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn history_is_the_same_on_the_same_day_and_passes_the_checks() {
        let now_ms = 20_000 * DAY_MS + 10 * 60 * MINUTE_MS;
        let ids = |now_ms| -> Vec<String> {
            let stories = stories(now_ms, "http://127.0.0.1:8700");
            stories.into_iter().flat_map(|story| story.events).map(|event| event.id).collect()
        };
        assert_eq!(ids(now_ms), ids(now_ms + MINUTE_MS));
        assert!(ids(now_ms).iter().all(|id| !ids(now_ms + 2 * DAY_MS).contains(id)));
        for story in stories(now_ms, "http://127.0.0.1:8700") {
            assert!(story.events.iter().all(|event| event.at_ms <= now_ms));
            let body = serde_json::json!({ "events": story.events }).to_string();
            assert_eq!(check::batch(body.as_bytes(), now_ms).expect("valid events"), story.events);
        }
    }

    #[test]
    fn two_alerts_are_open_and_one_is_closed() {
        let stories = stories(20_000 * DAY_MS, "http://127.0.0.1:8700");
        let count = |is: fn(&EventBody) -> bool| {
            stories.iter().flat_map(|story| &story.events).filter(|event| is(&event.body)).count()
        };
        assert_eq!(count(|body| matches!(body, EventBody::AlertOpened { .. })), 3);
        assert_eq!(count(|body| matches!(body, EventBody::AlertClosed { .. })), 1);
    }
}
