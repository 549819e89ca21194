//! Mood of a conversation (M1) and the alert to the supervisor (M2), derived from the customer's messages alone.
//!
//! Both are folds over the messages in order, so any repeat, drop or reorder of reports that ends in the same
//! messages ends in the same mood. Does not know where the sentiments came from.

use serde::{Deserialize, Serialize};

use crate::analysis::Danger;

/// How many customer messages the exponential mean looks back on (M1).
pub const WINDOW: usize = 6;
/// Weight of a message against the one after it.
const DECAY: f32 = 0.6;
/// M2: the score at or below which two messages in a row open an alert.
const ALERT_ON: f32 = -0.6;
/// M2: the score at or above which an alert closes.
const ALERT_OFF: f32 = -0.2;
/// M2: a fall of this much within [`FALL_MESSAGES`] customer messages opens an alert.
const FALL: f32 = 0.8;
const FALL_MESSAGES: usize = 3;
/// The score from which on a customer is at ease.
const AT_EASE: f32 = -0.1;
/// M2: how often the same demand must be made.
const SAME_DEMAND: usize = 3;
/// M2: no new alert of a conversation within this time after the last one closed.
const COOL_DOWN_MS: i64 = 5 * 60 * 1000;

/// What mood needs to know of one customer message.
#[derive(Clone, Debug, PartialEq)]
pub struct CustomerTurn {
    pub message_id: String,
    /// When it was written or first seen, milliseconds since the Unix epoch.
    pub at_ms: i64,
    /// Expected sentiment, −1 to 1.
    pub value: f32,
    /// Confidence of that sentiment, 0–1; 0 when unknown: the message then leaves the mood as it is.
    pub confidence: f32,
    pub demand: Option<Demanded>,
    /// An agent has answered between the customer's previous message and this one.
    pub after_answer: bool,
    pub danger: Option<Danger>,
}

/// What a message demands.
#[derive(Clone, Debug, PartialEq)]
pub struct Demanded {
    /// The ticket category, at least offered (C1).
    pub class: String,
    /// In much the same words as before.
    pub same_words: bool,
}

/// The word for a mood; never a guess: `Unknown` without evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MoodWord {
    Glad,
    Calm,
    Tense,
    Upset,
    Unknown,
}

/// The shape of the tide line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MoodTrend {
    Level,
    /// Tension grows.
    Rising,
    /// Tension has broken through: an alert-worthy low or fall.
    Breaking,
    /// Tension eases.
    Settling,
}

/// Why an alert was opened (M2). Names the conversation's state, never the agent's (R2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AlertReason {
    LowMood,
    SharpFall,
    Threat,
    SelfHarm,
    SameDemand,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Alert {
    pub reason: AlertReason,
    /// The message that opened it.
    pub message_id: String,
    pub opened_at_ms: i64,
    pub score: f32,
}

/// An alert from its opening to its end.
#[derive(Clone, Debug, PartialEq)]
pub struct AlertSpan {
    pub alert: Alert,
    /// When the message was written that ended it.
    pub closed_at_ms: Option<i64>,
}

/// The mood after all turns.
#[derive(Clone, Debug, PartialEq)]
pub struct Mood {
    /// −1 to 1; 0 when unknown.
    pub score: f32,
    pub word: MoodWord,
    pub trend: MoodTrend,
    /// The score after each customer message; as long as the turns.
    pub course: Vec<f32>,
    pub alert: Option<Alert>,
}

impl Mood {
    /// Folds the customer's messages, oldest first.
    pub fn of(turns: &[CustomerTurn]) -> Self {
        let course = course(turns);
        let known = turns.iter().any(|turn| turn.confidence > 0.0);
        let score = course.last().copied().unwrap_or(0.0);
        Self {
            score,
            word: if known { word(score) } else { MoodWord::Unknown },
            trend: trend(&course[first_heard(turns)..]),
            alert: spans(turns, &course).pop().filter(|span| span.closed_at_ms.is_none()).map(|span| span.alert),
            course,
        }
    }

    /// Whether M2 would end an alert that stands.
    pub fn ends_alerts(&self) -> bool {
        self.word != MoodWord::Unknown && self.score >= ALERT_OFF
    }
}

/// Every alert of a conversation in order; only the last one may still be open.
pub fn alerts(turns: &[CustomerTurn]) -> Vec<AlertSpan> {
    spans(turns, &course(turns))
}

fn course(turns: &[CustomerTurn]) -> Vec<f32> {
    (0..turns.len()).map(|end| score_after(&turns[..=end])).collect()
}

/// From here on the course is evidence: before, nothing was known, and a score of 0 is no mood.
fn first_heard(turns: &[CustomerTurn]) -> usize {
    turns.iter().position(|turn| turn.confidence > 0.0).unwrap_or(turns.len())
}

/// M1 without voice: exponential mean of the last six values that are known, weighted by confidence.
fn score_after(turns: &[CustomerTurn]) -> f32 {
    let known = turns.iter().rev().filter(|turn| turn.confidence > 0.0).take(WINDOW);
    let (sum, weight) = known.enumerate().fold((0.0, 0.0), |(sum, weight), (age, turn)| {
        let w = DECAY.powi(age as i32) * turn.confidence.clamp(0.0, 1.0);
        (sum + w * turn.value.clamp(-1.0, 1.0), weight + w)
    });
    if weight > 0.0 { sum / weight } else { 0.0 }
}

fn word(score: f32) -> MoodWord {
    match score {
        s if s >= 0.35 => MoodWord::Glad,
        s if s > -0.25 => MoodWord::Calm,
        s if s > ALERT_ON => MoodWord::Tense,
        _ => MoodWord::Upset,
    }
}

fn trend(course: &[f32]) -> MoodTrend {
    let Some((&now, before)) = course.split_last() else { return MoodTrend::Level };
    let recent = &before[before.len().saturating_sub(FALL_MESSAGES - 1)..];
    let change = recent.first().map_or(0.0, |&earlier| now - earlier);
    match change {
        _ if now <= ALERT_ON || change <= -FALL => MoodTrend::Breaking,
        c if c <= -0.2 => MoodTrend::Rising,
        c if c >= 0.2 => MoodTrend::Settling,
        _ => MoodTrend::Level,
    }
}

/// M2 as a fold.
fn spans(turns: &[CustomerTurn], course: &[f32]) -> Vec<AlertSpan> {
    let mut spans: Vec<AlertSpan> = Vec::new();
    // An alert closes only on a later message than the one that opened it, and its causes must be newer.
    let (mut heard_from, first_heard) = (0, first_heard(turns));
    for (index, turn) in turns.iter().enumerate() {
        let cooling = spans.last().and_then(|span| span.closed_at_ms).is_some_and(|at| turn.at_ms - at < COOL_DOWN_MS);
        if let Some(open) = spans.last_mut().filter(|span| span.closed_at_ms.is_none()) {
            // Words of danger are not kept back by an alert that stands for less.
            let is_grave = matches!(open.alert.reason, AlertReason::Threat | AlertReason::SelfHarm);
            if turn.danger.is_none() || is_grave {
                if course[index] >= ALERT_OFF && turn.danger.is_none() {
                    open.closed_at_ms = Some(turn.at_ms);
                    heard_from = index;
                }
                continue;
            }
            open.closed_at_ms = Some(turn.at_ms);
        }
        let reason = match turn.danger {
            Some(Danger::Threat) => Some(AlertReason::Threat),
            Some(Danger::SelfHarm) => Some(AlertReason::SelfHarm),
            None if cooling => None,
            None => mood_reason(
                &turns[heard_from..=index],
                &course[heard_from..=index],
                first_heard.saturating_sub(heard_from),
            ),
        };
        spans.extend(reason.map(|reason| AlertSpan {
            alert: Alert {
                reason,
                message_id: turn.message_id.clone(),
                opened_at_ms: turn.at_ms,
                score: course[index],
            },
            closed_at_ms: None,
        }));
    }
    spans
}

/// `first_heard`: where the course begins to be evidence.
fn mood_reason(turns: &[CustomerTurn], course: &[f32], first_heard: usize) -> Option<AlertReason> {
    let now = *course.last()?;
    if course.len() >= 2 && course[course.len() - 2..].iter().all(|&score| score <= ALERT_ON) {
        return Some(AlertReason::LowMood);
    }
    let recent = course.len().saturating_sub(FALL_MESSAGES).max(first_heard.min(course.len()));
    if course[recent..].iter().any(|&earlier| earlier - now >= FALL) {
        return Some(AlertReason::SharpFall);
    }
    // A customer at ease who asks something else of the same category does not repeat a demand.
    let is_repeated = |turn: &CustomerTurn, demand: &Demanded, score: f32| {
        turn.after_answer && (demand.same_words || score < AT_EASE)
    };
    let newest = turns.last()?;
    let demand = newest.demand.as_ref()?;
    let made = || {
        let all = turns.iter().zip(course).filter_map(|(turn, &score)| Some((turn, turn.demand.as_ref()?, score)));
        all.filter(|(_, made, _)| made.class == demand.class)
    };
    let repeated = made().filter(|&(turn, made, score)| is_repeated(turn, made, score)).count();
    let first = usize::from(made().any(|(turn, ..)| !turn.after_answer));
    (repeated + first >= SAME_DEMAND && is_repeated(newest, demand, now)).then_some(AlertReason::SameDemand)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turn(index: i64, value: f32) -> CustomerTurn {
        CustomerTurn {
            message_id: format!("m{index}"),
            at_ms: index * 60_000,
            value,
            confidence: 1.0,
            demand: None,
            after_answer: false,
            danger: None,
        }
    }

    fn turns(values: &[f32]) -> Vec<CustomerTurn> {
        values.iter().enumerate().map(|(i, &v)| turn(i as i64, v)).collect()
    }

    #[test]
    fn score_is_the_exponential_mean_of_six() {
        assert_eq!(Mood::of(&turns(&[-1.0])).score, -1.0);
        let two = Mood::of(&turns(&[-1.0, 1.0])).score;
        assert!((two - (1.0 - 0.6) / 1.6).abs() < 1e-6, "{two}");
        let seven = Mood::of(&turns(&[1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0])).score;
        assert_eq!(seven, 0.0, "the seventh message back has no weight");
        let empty = Mood::of(&[]);
        assert_eq!((empty.word, empty.score), (MoodWord::Unknown, 0.0));
    }

    #[test]
    fn words_and_trends() {
        let check = |values: &[f32], word, trend| {
            let mood = Mood::of(&turns(values));
            assert_eq!((mood.word, mood.trend), (word, trend), "{values:?} {:?}", mood.course);
        };
        check(&[0.0, 0.0], MoodWord::Calm, MoodTrend::Level);
        check(&[0.0, -0.6], MoodWord::Tense, MoodTrend::Rising);
        check(&[-1.0, -1.0], MoodWord::Upset, MoodTrend::Breaking);
        check(&[-0.6, -0.5, 0.6], MoodWord::Calm, MoodTrend::Settling);
        check(&[0.8], MoodWord::Glad, MoodTrend::Level);
    }

    #[test]
    fn alerts_open_and_close_as_m2_says() {
        let check = |values: &[f32], reason| {
            assert_eq!(Mood::of(&turns(values)).alert.map(|alert| alert.reason), reason, "{values:?}");
        };
        check(&[-0.9], None);
        check(&[-0.9, -0.8], Some(AlertReason::LowMood));
        check(&[0.6, 0.5, -1.0], Some(AlertReason::SharpFall));
        check(&[-0.9, -0.9, 0.9, 0.9], None);
        check(&[-0.3, -0.3, -0.3], None);
    }

    #[test]
    fn what_is_not_understood_leaves_the_mood_as_it_is() {
        let unknown = |index| CustomerTurn { value: 0.0, confidence: 0.0, ..turn(index, 0.0) };
        let mut first = turns(&[0.0, -0.9]);
        first[0] = unknown(0);
        let mood = Mood::of(&first);
        assert_eq!((mood.alert, mood.score), (None, -0.9), "there was no mood to fall from");
        first[1].value = -0.4;
        assert_eq!(Mood::of(&first).trend, MoodTrend::Level);
        let mut furious = turns(&[-0.9, -0.9]);
        furious.extend((2..12).map(unknown));
        let mood = Mood::of(&furious);
        assert_eq!((mood.word, mood.alert.is_some()), (MoodWord::Upset, true));
        assert!((mood.score + 0.9).abs() < 1e-6, "{}", mood.score);
    }

    #[test]
    fn every_alert_is_told_with_its_end() {
        let mut values = turns(&[-0.9, -0.9, 1.0, 1.0, -1.0, -1.0, -1.0]);
        values.iter_mut().skip(4).for_each(|turn| turn.at_ms += 10 * 60_000);
        values[6].danger = Some(Danger::Threat);
        let told: Vec<_> = alerts(&values).into_iter().map(|span| (span.alert.message_id, span.closed_at_ms)).collect();
        let at = |index: usize| Some(values[index].at_ms);
        assert_eq!(told, [("m1".into(), at(2)), ("m5".into(), at(6)), ("m6".into(), None)]);
        for end in 0..=values.len() {
            let open = alerts(&values[..end]).pop().filter(|span| span.closed_at_ms.is_none());
            assert_eq!(Mood::of(&values[..end]).alert, open.map(|span| span.alert));
        }
    }

    #[test]
    fn a_threat_opens_at_once_and_a_repeated_demand_on_the_third_time() {
        let mut threat = turns(&[0.1]);
        threat[0].danger = Some(Danger::Threat);
        assert_eq!(Mood::of(&threat).alert.map(|a| a.reason), Some(AlertReason::Threat));

        let mut low = turns(&[-0.9, -0.9, -0.9]);
        low[2].danger = Some(Danger::SelfHarm);
        let alert = Mood::of(&low).alert.unwrap();
        assert_eq!((alert.reason, alert.message_id.as_str()), (AlertReason::SelfHarm, "m2"));

        let mut demands = turns(&[-0.2, -0.2, -0.2]);
        let demanded = |same_words| Some(Demanded { class: "refund_status".into(), same_words });
        for (index, turn) in demands.iter_mut().enumerate() {
            turn.demand = demanded(false);
            turn.after_answer = index > 0;
        }
        assert_eq!(Mood::of(&demands[..2]).alert, None);
        assert_eq!(Mood::of(&demands).alert.map(|a| a.reason), Some(AlertReason::SameDemand));
        demands.iter_mut().for_each(|turn| turn.value = 0.1);
        assert_eq!(Mood::of(&demands).alert, None, "a guest at ease asks three things about a booking");
        demands.iter_mut().for_each(|turn| turn.demand = demanded(true));
        assert!(Mood::of(&demands).alert.is_some(), "the same words, however calm");
        demands[1].after_answer = false;
        assert_eq!(Mood::of(&demands).alert, None, "three lines in one breath are one demand");
    }

    #[test]
    fn a_closed_alert_cools_down() {
        let mut values = turns(&[-0.9, -0.9, 1.0, 1.0, -1.0, -1.0, -1.0]);
        assert!(Mood::of(&values).alert.is_none(), "within five minutes of closing");
        for turn in &mut values[4..] {
            turn.at_ms += 10 * 60_000;
        }
        assert!(Mood::of(&values).alert.is_some());
    }

    proptest::proptest! {
        #[test]
        fn scores_stay_in_range(values in proptest::collection::vec((-5.0f32..5.0, 0.0f32..2.0), 0..20)) {
            let turns: Vec<_> = values.iter().enumerate().map(|(i, &(value, confidence))| CustomerTurn { confidence, ..turn(i as i64, value) }).collect();
            let mood = Mood::of(&turns);
            proptest::prop_assert!(mood.course.iter().all(|s| (-1.0..=1.0).contains(s)));
            proptest::prop_assert_eq!(mood.course.len(), turns.len());
        }
    }
}
