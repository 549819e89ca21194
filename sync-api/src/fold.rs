//! The state of a conversation as a fold over its events.
//!
//! A pure function of the *set* of events: whatever the order, the repeats and the batches they arrived in, the same
//! events give the same [`Projection`]. Ties in time are broken by event id. Does not know the database.

use std::collections::BTreeMap;

use domain::abuse::AbuseKind;
use domain::analysis::{Danger, Scored, Tier};
use domain::conversation::Channel;
use domain::intent::{self, Kind};
use domain::mood::{AlertReason, CustomerTurn, Mood, MoodTrend, MoodWord};
use domain::sync::{Event, EventBody};

/// A course shows at most this many points.
const COURSE_POINTS: usize = 50;

/// An accepted event and whose device sent it.
#[derive(Clone, Debug, PartialEq)]
pub struct Sent {
    pub agent_id: String,
    pub event: Event,
}

/// Everything stored of a conversation besides its events.
#[derive(Clone, Debug, PartialEq)]
pub struct Projection {
    /// Of the newest event, like site, url and channel.
    pub agent_id: String,
    pub site: String,
    pub url: String,
    pub channel: Channel,
    pub score: f32,
    pub word: MoodWord,
    pub trend: MoodTrend,
    pub course: Vec<f32>,
    pub customer_messages: u32,
    pub intent: Option<Scored>,
    pub corrected: bool,
    /// Oldest first.
    pub alerts: Vec<AlertState>,
    /// In the order in which they were first understood.
    pub messages: Vec<MessageState>,
    pub started_at_ms: i64,
    pub updated_at_ms: i64,
}

#[derive(Clone, Debug, PartialEq)]
pub struct AlertState {
    pub id: String,
    pub reason: AlertReason,
    pub score: f32,
    pub opened_at_ms: i64,
    pub closed_at_ms: Option<i64>,
}

/// One customer message.
#[derive(Clone, Debug, PartialEq)]
pub struct MessageState {
    pub id: String,
    pub at_ms: i64,
    /// Its ticket category with the score, when it is at least offered (C1) or the agent chose it.
    pub demand: Option<Scored>,
    pub corrected_at_ms: Option<i64>,
    pub abuse: Option<AbuseKind>,
    value: f32,
    confidence: f32,
    danger: Option<Danger>,
    analysed: bool,
}

impl Projection {
    /// Nothing for no events.
    pub fn of(mut events: Vec<Sent>) -> Option<Self> {
        events.sort_by(|a, b| (a.event.at_ms, &a.event.id).cmp(&(b.event.at_ms, &b.event.id)));
        let (first, last) = (events.first()?, events.last()?);
        let messages = messages(&events);
        let demand = messages.iter().rev().find(|message| message.demand.is_some());
        let (mood, reported) = mood(&events, &messages);
        Some(Self {
            agent_id: last.agent_id.clone(),
            site: last.event.conversation.site.clone(),
            url: last.event.conversation.url.clone(),
            channel: last.event.conversation.channel,
            score: mood.score,
            word: mood.word,
            trend: mood.trend,
            course: mood.course,
            customer_messages: reported,
            intent: demand.and_then(|message| message.demand.clone()),
            corrected: demand.is_some_and(|message| message.corrected_at_ms.is_some()),
            alerts: alerts(&events),
            started_at_ms: first.event.at_ms,
            updated_at_ms: last.event.at_ms,
            messages,
        })
    }

    /// The open alert; the newest, should devices have opened more than one.
    pub fn open_alert(&self) -> Option<&AlertState> {
        self.alerts.iter().rev().find(|alert| alert.closed_at_ms.is_none())
    }
}

/// Newest analysis and newest correction of each message.
fn messages(events: &[Sent]) -> Vec<MessageState> {
    let mut order: Vec<MessageState> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut corrections: BTreeMap<&str, (i64, &str)> = BTreeMap::new();
    let mut labels: BTreeMap<&str, &Scored> = BTreeMap::new();
    for Sent { event, .. } in events {
        let (EventBody::MessageAnalysed { message_id, .. } | EventBody::IntentCorrected { message_id, .. }) =
            &event.body
        else {
            continue;
        };
        let place = *places.entry(message_id).or_insert_with(|| {
            order.push(MessageState {
                id: message_id.clone(),
                at_ms: event.at_ms,
                demand: None,
                corrected_at_ms: None,
                abuse: None,
                value: 0.0,
                confidence: 0.0,
                danger: None,
                analysed: false,
            });
            order.len() - 1
        });
        match &event.body {
            EventBody::MessageAnalysed { intent, sentiment, danger, abuse, .. } => {
                let message = &mut order[place];
                (message.value, message.confidence) = (sentiment.value, sentiment.score);
                (message.danger, message.abuse, message.analysed) = (*danger, *abuse, true);
                labels.insert(message_id, intent);
            }
            EventBody::IntentCorrected { to, .. } => {
                corrections.insert(message_id, (event.at_ms, to));
            }
            _ => {}
        }
    }
    // A correction without an analysis is of a message that was not the customer's after all.
    order.retain(|message| message.analysed);
    for message in &mut order {
        let label = labels.get(message.id.as_str()).copied();
        // Taking a correction back arrives as a correction to the model's own label.
        let correction = corrections.get(message.id.as_str()).filter(|(_, to)| label.is_none_or(|l| l.label != *to));
        message.corrected_at_ms = correction.map(|(at_ms, _)| *at_ms);
        message.demand = match correction {
            Some((_, to)) => is_ticket(to).then(|| Scored { label: (*to).to_owned(), score: 1.0 }),
            None => label.filter(|l| is_ticket(&l.label) && Tier::of(l.score) != Tier::Silent).cloned(),
        };
    }
    order
}

/// Labels of newer taxonomies count as ticket categories.
fn is_ticket(label: &str) -> bool {
    label != intent::UNKNOWN && intent::find(label).is_none_or(|category| category.kind == Kind::Ticket)
}

struct MoodState {
    score: f32,
    word: MoodWord,
    trend: MoodTrend,
    course: Vec<f32>,
}

/// What the device said last; M1 over the messages for points that it did not report. Also the count of messages.
fn mood(events: &[Sent], messages: &[MessageState]) -> (MoodState, u32) {
    let turns: Vec<CustomerTurn> = messages.iter().filter(|message| message.analysed).map(turn).collect();
    let folded = Mood::of(&turns);
    let mut moods: Vec<_> = events.iter().filter_map(reported).collect();
    // Messages of one minute often have one time: then the mood after more of them is the newer.
    moods.sort_by_key(|(at_ms, count, ..)| (*at_ms, *count));
    let mut points: BTreeMap<i64, f32> =
        moods.iter().map(|(_, count, score, ..)| (i64::from(*count), *score)).collect();
    let newest = moods.last().map(|(_, count, score, word, trend)| (*score, *word, *trend, *count));
    let analysed = u32::try_from(turns.len()).unwrap_or(u32::MAX);
    let (score, word, trend, count) = newest.unwrap_or((folded.score, folded.word, folded.trend, analysed));
    // The newest analysis belongs to the newest message; what was before this device was connected has no point.
    let first = i64::from(count) - i64::from(analysed) + 1;
    for (n, score) in (first..).zip(folded.course) {
        points.entry(n).or_insert(score);
    }
    // Messages that were deleted from the page leave no point behind.
    let course: Vec<f32> =
        points.into_iter().filter(|(n, _)| (1..=i64::from(count)).contains(n)).map(|(_, s)| s).collect();
    let course = course[course.len().saturating_sub(COURSE_POINTS)..].to_vec();
    (MoodState { score, word, trend, course }, count)
}

fn reported(Sent { event, .. }: &Sent) -> Option<(i64, u32, f32, MoodWord, MoodTrend)> {
    match &event.body {
        EventBody::MoodChanged { score, word, trend, customer_messages } => {
            Some((event.at_ms, *customer_messages, *score, *word, *trend))
        }
        _ => None,
    }
}

fn turn(message: &MessageState) -> CustomerTurn {
    CustomerTurn {
        message_id: message.id.clone(),
        at_ms: message.at_ms,
        value: message.value,
        confidence: message.confidence,
        demand: None,
        after_answer: false,
        danger: message.danger,
    }
}

/// Opened by the first opening after the last closing; a closing that arrives before its opening waits for it.
fn alerts(events: &[Sent]) -> Vec<AlertState> {
    let mut alerts: BTreeMap<&str, AlertState> = BTreeMap::new();
    let mut last_closed: BTreeMap<&str, i64> = BTreeMap::new();
    for Sent { event, .. } in events {
        if let EventBody::AlertClosed { alert_id } = &event.body {
            last_closed.insert(alert_id, event.at_ms);
        }
    }
    for Sent { event, .. } in events {
        let EventBody::AlertOpened { alert_id, reason, score, .. } = &event.body else { continue };
        let closed_at_ms = last_closed.get(alert_id.as_str()).copied().filter(|closed| *closed >= event.at_ms);
        let opened = AlertState {
            id: alert_id.clone(),
            reason: *reason,
            score: *score,
            opened_at_ms: event.at_ms,
            closed_at_ms,
        };
        match alerts.get(alert_id.as_str()) {
            Some(known) if known.closed_at_ms == opened.closed_at_ms => {}
            _ => {
                alerts.insert(alert_id, opened);
            }
        }
    }
    let mut alerts: Vec<_> = alerts.into_values().collect();
    alerts.sort_by(|a, b| (a.opened_at_ms, &a.id).cmp(&(b.opened_at_ms, &b.id)));
    alerts
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::analysis::{Emotion, EmotionScore, Lang, Sentiment, SentimentScore};
    use domain::sync::ConversationRef;

    fn sent(id: &str, at_ms: i64, body: EventBody) -> Sent {
        let conversation = ConversationRef {
            id: "c".into(),
            site: "desk.test".into(),
            url: format!("https://desk.test/{at_ms}"),
            channel: Channel::Ticket,
        };
        Sent { agent_id: format!("agent-{id}"), event: Event { id: id.into(), at_ms, conversation, reading: 0, body } }
    }

    fn analysed(message_id: &str, label: &str, value: f32) -> EventBody {
        EventBody::MessageAnalysed {
            message_id: message_id.into(),
            lang: Lang::En,
            intent: Scored { label: label.into(), score: 0.9 },
            act: None,
            sentiment: SentimentScore { label: Sentiment::Neutral, score: 1.0, value },
            emotion: EmotionScore { label: Emotion::Neutral, score: 1.0 },
            danger: None,
            abuse: None,
            model_version: "1".into(),
        }
    }

    fn abusive(message_id: &str, kind: AbuseKind) -> EventBody {
        let mut body = analysed(message_id, "complaint", -0.9);
        if let EventBody::MessageAnalysed { abuse, .. } = &mut body {
            *abuse = Some(kind);
        }
        body
    }

    fn mood_changed(score: f32, customer_messages: u32) -> EventBody {
        EventBody::MoodChanged { score, word: MoodWord::Calm, trend: MoodTrend::Level, customer_messages }
    }

    fn corrected(message_id: &str, from: &str, to: &str) -> EventBody {
        EventBody::IntentCorrected { message_id: message_id.into(), from: from.into(), to: to.into() }
    }

    fn opened(alert_id: &str) -> EventBody {
        let (reason, message_id) = (AlertReason::LowMood, "m".into());
        EventBody::AlertOpened { alert_id: alert_id.into(), reason, message_id, score: -0.7 }
    }

    fn closed(alert_id: &str) -> EventBody {
        EventBody::AlertClosed { alert_id: alert_id.into() }
    }

    fn project(bodies: &[EventBody]) -> Projection {
        let events = bodies.iter().enumerate().map(|(i, body)| sent(&format!("e{i:03}"), i as i64, body.clone()));
        Projection::of(events.collect()).expect("there are events")
    }

    #[test]
    fn abuse_is_its_messages() {
        use AbuseKind::{Harassment, ProfanityNotAtAgent};
        let state = project(&[abusive("m1", Harassment), abusive("m2", ProfanityNotAtAgent)]);
        let kinds: Vec<_> = state.messages.iter().map(|message| message.abuse).collect();
        assert_eq!(kinds, [Some(Harassment), Some(ProfanityNotAtAgent)]);
    }

    #[test]
    fn the_newest_event_says_where_and_whose() {
        let state =
            Projection::of(vec![sent("b", 5, closed("x")), sent("c", 5, closed("x")), sent("a", 9, closed("x"))]);
        let state = state.unwrap();
        assert_eq!((state.agent_id.as_str(), state.url.as_str()), ("agent-a", "https://desk.test/9"));
        assert_eq!((state.started_at_ms, state.updated_at_ms, state.alerts.len()), (5, 9, 0));
        assert_eq!(Projection::of(Vec::new()), None);
    }

    #[test]
    fn courses_take_reported_scores_and_fold_the_rest() {
        let check = |bodies: &[EventBody], course: &[f32], count| {
            let state = project(bodies);
            assert_eq!((state.course.as_slice(), state.customer_messages), (course, count));
        };
        let m = |n: usize, value| analysed(&format!("m{n}"), "complaint", value);
        check(&[m(1, -1.0), m(2, -1.0)], &[-1.0, -1.0], 2);
        check(&[m(1, -1.0), m(2, -1.0), mood_changed(-0.5, 2)], &[-1.0, -0.5], 2);
        check(&[m(1, -1.0), m(1, -0.5), mood_changed(-0.5, 1)], &[-0.5], 1);
        check(&[m(4, -1.0), m(5, -1.0), mood_changed(-0.9, 5)], &[-1.0, -0.9], 5);
        check(&[m(1, 1.0), m(2, 0.5), mood_changed(0.5, 1)], &[0.5], 1);
        let tied = [sent("z", 7, mood_changed(0.1, 1)), sent("y", 7, mood_changed(-0.2, 2))];
        let state = Projection::of(tied.to_vec()).unwrap();
        assert_eq!((state.score, state.customer_messages), (-0.2, 2), "the same time, one message more");
        let many: Vec<_> = (1..=60).map(|n| mood_changed(n as f32 / 100.0, n)).collect();
        let course = project(&many).course;
        assert_eq!((course.len(), course[0], course[49]), (50, 0.11, 0.6));
    }

    #[test]
    fn intent_is_the_newest_demand_with_corrections() {
        let check = |bodies: &[EventBody], label: Option<&str>, by_agent| {
            let state = project(bodies);
            assert_eq!((state.intent.as_ref().map(|i| i.label.as_str()), state.corrected), (label, by_agent));
        };
        let (refund, thanks) = (analysed("m1", "refund_status", 0.0), analysed("m2", "thanks_goodbye", 0.5));
        check(&[refund.clone(), thanks.clone()], Some("refund_status"), false);
        let to_complaint = corrected("m1", "refund_status", "complaint");
        check(&[to_complaint.clone(), refund.clone(), thanks.clone()], Some("complaint"), true);
        let back = corrected("m1", "complaint", "refund_status");
        check(&[refund.clone(), to_complaint, back], Some("refund_status"), false);
        check(&[thanks, corrected("m2", "thanks_goodbye", "feedback_praise")], Some("feedback_praise"), true);
        check(&[refund, corrected("m1", "refund_status", "out_of_scope")], None, false);
        check(&[analysed("m1", "unknown", 0.0)], None, false);
    }

    #[test]
    fn alerts_open_close_and_open_again() {
        let check = |bodies: &[EventBody], expected: &[(&str, i64, Option<i64>)]| {
            let state = project(bodies);
            let alerts: Vec<_> = state.alerts.iter().map(|a| (a.id.as_str(), a.opened_at_ms, a.closed_at_ms)).collect();
            assert_eq!(alerts, expected);
        };
        check(&[opened("x")], &[("x", 0, None)]);
        check(&[opened("x"), opened("x")], &[("x", 0, None)]);
        check(&[opened("x"), opened("x"), closed("x")], &[("x", 0, Some(2))]);
        check(&[opened("x"), closed("x"), opened("y")], &[("x", 0, Some(1)), ("y", 2, None)]);
        check(&[opened("x"), closed("x"), opened("x")], &[("x", 2, None)]);
        assert_eq!(project(&[opened("x"), opened("y"), closed("y")]).open_alert().unwrap().id, "x");
    }
}
