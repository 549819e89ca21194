//! What the dashboard knows of conversations: a merge of fetched lists and told changes, and the views taken from it.
//!
//! Pure: no network, no DOM, no clock; instants come in. Any order of fetches and events ends in the same lists,
//! since the newer state of a conversation always wins.

use std::collections::HashMap;
use std::sync::Arc;

use domain::mood::AlertReason;
use domain::record::{AlertRecord, ConversationRecord};

use super::sentence::is_tense;

/// "Worth watching" reaches this far back.
const WATCH_MS: i64 = 30 * 60_000;
/// An alert whose conversation was not heard from for so long is no matter of now.
const QUIET_MS: i64 = 4 * 60 * 60_000;
/// A settled conversation is shown this long.
const SETTLED_MS: i64 = 10 * 60_000;
/// At most this many settled ones.
const SETTLED_ROWS: usize = 5;
/// A tab that stays open for weeks forgets the oldest conversations beyond this many.
const KEPT: usize = 3_000;

/// A conversation whose alert closed while we watched.
#[derive(Clone, Debug, PartialEq)]
pub struct Settled {
    pub conversation: Arc<ConversationRecord>,
    pub at_ms: i64,
    pub lasted_ms: Option<i64>,
}

/// What a change means to someone who watches.
#[derive(Clone, Debug, PartialEq)]
pub enum Turn {
    None,
    /// An alert opened.
    Rose(Arc<ConversationRecord>),
    /// The open alert closed.
    Eased(Settled),
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known {
    conversations: HashMap<String, Entry>,
    settled: Vec<Settled>,
}

#[derive(Clone, Debug, PartialEq)]
struct Entry {
    record: Arc<ConversationRecord>,
    /// When we heard of it, by our own clock; devices have theirs.
    told_at_ms: i64,
}

impl Known {
    pub fn get(&self, id: &str) -> Option<&Arc<ConversationRecord>> {
        self.conversations.get(id).map(|entry| &entry.record)
    }

    pub fn len(&self) -> usize {
        self.conversations.len()
    }

    pub fn is_empty(&self) -> bool {
        self.conversations.is_empty()
    }

    /// Takes in one changed conversation; an older state than the known one is ignored. `as_of_ms` is when it was told, or when the
    /// question was put that it answers: who sees to an alert changes without an event of the conversation's own.
    pub fn tell(&mut self, record: ConversationRecord, as_of_ms: i64) -> Turn {
        let known = self.conversations.get(&record.id);
        let is_newer =
            |known: &Entry| (known.record.updated_at_ms, known.told_at_ms) > (record.updated_at_ms, as_of_ms);
        if known.is_some_and(is_newer) {
            return Turn::None;
        }
        let before = known.map(|known| &known.record);
        let record = Arc::new(record);
        let (was, is) = (before.and_then(|known| known.open_alert()).cloned(), record.open_alert().cloned());
        self.conversations.insert(record.id.clone(), Entry { record: record.clone(), told_at_ms: as_of_ms });
        self.forget();
        match (was, is) {
            (None, Some(_)) => {
                self.settled.retain(|settled| settled.conversation.id != record.id);
                Turn::Rose(record)
            }
            (Some(was), Some(is)) if was.id != is.id => Turn::Rose(record),
            (Some(was), None) if record.alert.is_some() => Turn::Eased(self.settle(record, &was, as_of_ms)),
            // What had opened it was taken back: nothing has eased, there was nothing.
            _ => Turn::None,
        }
    }

    /// Takes in fetched conversations without telling anyone of a turn. `asked_at_ms` is when the question was put.
    pub fn add(&mut self, records: impl IntoIterator<Item = ConversationRecord>, asked_at_ms: i64) {
        for record in records {
            self.tell(record, asked_at_ms);
        }
    }

    /// Takes in the full list of open alerts: whoever is not in it has none; whether it eased or was taken back, the list
    /// does not say. `asked_at_ms` is when the question was put; what was told since then stands.
    pub fn replace_alerts(&mut self, records: Vec<ConversationRecord>, asked_at_ms: i64) {
        let gone: Vec<_> = self
            .conversations
            .values()
            .filter(|entry| entry.record.open_alert().is_some() && entry.told_at_ms <= asked_at_ms)
            .filter(|entry| records.iter().all(|record| record.id != entry.record.id))
            .map(|entry| entry.record.clone())
            .collect();
        for known in gone {
            let calm = Arc::new(ConversationRecord { alert: None, ..(*known).clone() });
            self.conversations.insert(calm.id.clone(), Entry { record: calm, told_at_ms: asked_at_ms });
        }
        self.add(records, asked_at_ms);
    }

    /// Drops a tenth when there are too many: those without an alert that changed longest ago.
    fn forget(&mut self) {
        if self.conversations.len() <= KEPT {
            return;
        }
        let mut times: Vec<_> = self.all().map(|known| known.updated_at_ms).collect();
        times.sort_unstable();
        let oldest_kept = times[KEPT / 10];
        self.conversations
            .retain(|_, entry| entry.record.updated_at_ms >= oldest_kept || entry.record.open_alert().is_some());
    }

    fn settle(&mut self, record: Arc<ConversationRecord>, was: &AlertRecord, now_ms: i64) -> Settled {
        let at_ms = record.alert.as_ref().and_then(|alert| alert.closed_at_ms).unwrap_or(now_ms);
        let lasted = at_ms - was.opened_at_ms;
        let settled = Settled { conversation: record, at_ms, lasted_ms: (lasted >= 0).then_some(lasted) };
        self.settled.retain(|other| other.conversation.id != settled.conversation.id);
        self.settled.insert(0, settled.clone());
        self.settled.truncate(SETTLED_ROWS);
        settled
    }

    /// Conversations with an open alert that were heard from in the last hours: words of self-harm first, then the newest alert.
    pub fn needing_help(&self, now_ms: i64) -> Vec<String> {
        self.alerted(|known| now_ms - known.updated_at_ms <= QUIET_MS)
    }

    /// Those whose alert is still open though nothing was heard for hours; in the same order.
    pub fn gone_quiet(&self, now_ms: i64) -> Vec<String> {
        self.alerted(|known| now_ms - known.updated_at_ms > QUIET_MS)
    }

    fn alerted(&self, keep: impl Fn(&ConversationRecord) -> bool) -> Vec<String> {
        let mut rows: Vec<_> = self
            .all()
            .filter(|known| keep(known))
            .filter_map(|known| known.open_alert().map(|alert| (alert, &known.id)))
            .collect();
        rows.sort_by(|(a, a_id), (b, b_id)| {
            let first = |alert: &AlertRecord| alert.reason != AlertReason::SelfHarm;
            (first(a), b.opened_at_ms, a_id).cmp(&(first(b), a.opened_at_ms, b_id))
        });
        rows.into_iter().map(|(_, id)| id.clone()).collect()
    }

    /// Tense conversations without an alert that were heard from lately; the lowest mood first.
    pub fn worth_watching(&self, now_ms: i64) -> Vec<String> {
        let mut rows: Vec<_> = self
            .all()
            .filter(|known| known.open_alert().is_none() && is_tense(known.word, known.trend))
            .filter(|known| now_ms - known.updated_at_ms <= WATCH_MS)
            .collect();
        rows.sort_by(|a, b| a.score.total_cmp(&b.score).then_with(|| a.id.cmp(&b.id)));
        rows.into_iter().map(|known| known.id.clone()).collect()
    }

    /// What settled within the last minutes, newest first.
    pub fn settled(&self, now_ms: i64) -> Vec<Settled> {
        self.settled.iter().filter(|settled| now_ms - settled.at_ms <= SETTLED_MS).cloned().collect()
    }

    pub fn all(&self) -> impl Iterator<Item = &Arc<ConversationRecord>> {
        self.conversations.values().map(|entry| &entry.record)
    }
}

/// A helpdesk's address that is safe to link to: only http and https.
pub fn helpdesk_url(record: &ConversationRecord) -> Option<&str> {
    let url = record.url.trim();
    let scheme = url.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase())?;
    matches!(scheme.as_str(), "http" | "https").then_some(url)
}

#[cfg(test)]
pub mod fixture {
    use super::*;
    use domain::conversation::Channel;
    use domain::mood::{MoodTrend, MoodWord};

    pub fn conversation(id: &str) -> ConversationRecord {
        ConversationRecord {
            id: id.into(),
            site: "desk.test".into(),
            url: "https://desk.test/1".into(),
            channel: Channel::Chat,
            agent_id: "a1".into(),
            agent_name: "Li Wei".into(),
            team_id: "t1".into(),
            score: 0.0,
            word: MoodWord::Calm,
            trend: MoodTrend::Level,
            course: vec![0.0],
            customer_messages: 1,
            intent: None,
            corrected: false,
            alert: None,
            started_at_ms: 0,
            updated_at_ms: 0,
        }
    }

    pub fn with_alert(id: &str, reason: AlertReason, opened_at_ms: i64) -> ConversationRecord {
        let alert = AlertRecord {
            id: format!("alert-{id}-{opened_at_ms}"),
            conversation_id: id.into(),
            reason,
            score: -0.8,
            opened_at_ms,
            closed_at_ms: None,
            taken: None,
        };
        ConversationRecord {
            alert: Some(alert),
            word: MoodWord::Upset,
            updated_at_ms: opened_at_ms,
            ..conversation(id)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::fixture::{conversation, with_alert};
    use super::*;
    use domain::mood::{MoodTrend, MoodWord};
    use domain::taken::TakenRecord;

    fn at(mut record: ConversationRecord, ms: i64) -> ConversationRecord {
        record.updated_at_ms = ms;
        record
    }

    fn eased(mut record: ConversationRecord, ms: i64) -> ConversationRecord {
        record.alert.as_mut().unwrap().closed_at_ms = Some(ms);
        at(record, ms)
    }

    #[test]
    fn a_newer_alert_rises_above_older_ones_and_self_harm_above_all() {
        let mut known = Known::default();
        known.add(
            [
                with_alert("old", AlertReason::LowMood, 10),
                with_alert("new", AlertReason::Threat, 30),
                with_alert("harm", AlertReason::SelfHarm, 20),
                conversation("calm"),
            ],
            40,
        );
        assert_eq!(known.needing_help(40), ["harm", "new", "old"]);
    }

    #[test]
    fn an_alert_that_was_not_heard_from_for_hours_stands_apart() {
        let mut known = Known::default();
        known.add([with_alert("old", AlertReason::SelfHarm, 0), with_alert("new", AlertReason::Threat, 10)], 10);
        assert_eq!(
            (known.needing_help(QUIET_MS), known.gone_quiet(QUIET_MS).len()),
            (vec!["old".into(), "new".into()], 0)
        );
        let later = QUIET_MS + 1;
        assert_eq!((known.needing_help(later), known.gone_quiet(later)), (vec!["new".into()], vec!["old".into()]));
    }

    #[test]
    fn a_late_older_state_changes_nothing() {
        let mut known = Known::default();
        known.tell(with_alert("c", AlertReason::LowMood, 50), 50);
        assert_eq!(known.tell(at(conversation("c"), 40), 60), Turn::None);
        assert_eq!(known.needing_help(60), ["c"]);
    }

    #[test]
    fn a_list_that_was_asked_for_before_does_not_undo_who_sees_to_it() {
        let mut known = Known::default();
        let mut taken = with_alert("c", AlertReason::LowMood, 50);
        known.tell(taken.clone(), 50);
        let by = TakenRecord { user_id: "u".into(), name: "Lin".into(), at_ms: 70 };
        taken.alert.as_mut().unwrap().taken = Some(by);
        known.tell(taken, 70);
        let holder = |known: &Known| known.get("c").unwrap().open_alert().unwrap().taken.is_some();
        known.replace_alerts(vec![with_alert("c", AlertReason::LowMood, 50)], 60);
        assert!(holder(&known));
        known.replace_alerts(vec![with_alert("c", AlertReason::LowMood, 50)], 80);
        assert!(!holder(&known), "it was given back since");
    }

    #[test]
    fn an_alert_is_told_once_when_it_opens_and_once_when_it_closes() {
        let mut known = Known::default();
        assert!(matches!(known.tell(with_alert("c", AlertReason::LowMood, 50), 50), Turn::Rose(_)));
        assert_eq!(known.tell(at(with_alert("c", AlertReason::LowMood, 50), 55), 55), Turn::None);
        let Turn::Eased(settled) = known.tell(eased(with_alert("c", AlertReason::LowMood, 50), 110), 110) else {
            panic!("not eased")
        };
        assert_eq!((settled.at_ms, settled.lasted_ms), (110, Some(60)));
        assert!(known.needing_help(110).is_empty());
        assert_eq!(known.settled(110).len(), 1);
        assert!(known.settled(110 + SETTLED_MS + 1).is_empty());
        assert!(matches!(known.tell(with_alert("c", AlertReason::Threat, 200), 200), Turn::Rose(_)));
        assert!(known.settled(200).is_empty(), "it is no longer settled");
    }

    #[test]
    fn an_alert_whose_message_was_taken_back_has_not_eased() {
        let mut known = Known::default();
        known.tell(with_alert("c", AlertReason::LowMood, 50), 50);
        assert_eq!(known.tell(at(conversation("c"), 110), 110), Turn::None);
        assert!(known.needing_help(110).is_empty() && known.settled(110).is_empty());
    }

    #[test]
    fn a_list_of_alerts_closes_those_it_does_not_name_but_not_what_was_told_since() {
        let mut known = Known::default();
        known.tell(with_alert("stale", AlertReason::LowMood, 10), 10);
        known.tell(with_alert("fresh", AlertReason::LowMood, 120), 120);
        known.replace_alerts(vec![with_alert("named", AlertReason::LowMood, 90)], 100);
        assert_eq!(known.needing_help(120), ["fresh", "named"]);
        assert!(known.settled(100).is_empty(), "the list does not say that it eased");
    }

    #[test]
    fn the_watch_list_holds_tense_ones_heard_from_lately() {
        let mut known = Known::default();
        let tense = |id: &str, score: f32, ms: i64| ConversationRecord {
            word: MoodWord::Tense,
            trend: MoodTrend::Rising,
            score,
            updated_at_ms: ms,
            ..conversation(id)
        };
        known.add([tense("a", -0.3, 0), tense("b", -0.5, 0), tense("c", -0.4, -WATCH_MS - 1), conversation("d")], 0);
        known.tell(with_alert("e", AlertReason::LowMood, 0), 0);
        assert_eq!(known.worth_watching(0), ["b", "a"]);
    }

    #[test]
    fn the_oldest_without_an_alert_are_forgotten() {
        let mut known = Known::default();
        known.tell(with_alert("alert", AlertReason::LowMood, 0), 0);
        for n in 1..=KEPT {
            known.tell(at(conversation(&format!("c{n}")), n as i64), 0);
        }
        assert!(known.len() <= KEPT && known.len() >= KEPT * 8 / 10, "{}", known.len());
        assert!(known.get("alert").is_some() && known.get("c1").is_none());
        assert!(known.get(&format!("c{KEPT}")).is_some());
    }

    #[test]
    fn only_web_addresses_are_linked() {
        let check = |url: &str, linked: bool| {
            let record = ConversationRecord { url: url.into(), ..conversation("c") };
            assert_eq!(helpdesk_url(&record).is_some(), linked, "{url}");
        };
        check("https://desk.test/1", true);
        check("HTTP://desk.test/1", true);
        check("javascript:alert(1)", false);
        check("javascript://x%0aalert(1)", false);
        check("data:text/html,x", false);
        check("", false);
    }
}
