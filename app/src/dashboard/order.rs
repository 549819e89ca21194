//! Filters and orders of the table of conversations. Pure.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::sync::Arc;

use domain::conversation::Channel;
use domain::mood::MoodWord;
use domain::record::ConversationRecord;

/// What is shown; `None` lets everything through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub mood: Option<MoodWord>,
    pub alert: Option<bool>,
    pub channel: Option<Channel>,
    pub site: Option<String>,
}

impl Filter {
    pub fn is_open(&self) -> bool {
        *self == Self::default()
    }

    pub fn admits(&self, record: &ConversationRecord) -> bool {
        self.mood.is_none_or(|mood| mood == record.word)
            && self.alert.is_none_or(|alert| alert == record.open_alert().is_some())
            && self.channel.is_none_or(|channel| channel == record.channel)
            && self.site.as_ref().is_none_or(|site| *site == record.site)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    Conversation,
    Mood,
    Agent,
    Updated,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    pub column: Column,
    pub descending: bool,
}

impl Default for Order {
    fn default() -> Self {
        Self { column: Column::Updated, descending: true }
    }
}

impl Order {
    /// The order after a click on a column's head: up, then down, then as at first.
    pub fn by(self, column: Column) -> Self {
        match (self.column == column, self.descending) {
            (false, _) => Self { column, descending: false },
            (true, false) => Self { column, descending: true },
            (true, true) if column == Column::Updated => Self { column, descending: false },
            (true, true) => Self::default(),
        }
    }
}

/// The rows that pass, in order; equal ones by id, so that nothing jumps. `name` is the text a conversation goes by,
/// `collate` the order of names in the reader's language.
pub fn arrange(
    records: impl Iterator<Item = Arc<ConversationRecord>>,
    filter: &Filter,
    order: Order,
    name: impl Fn(&ConversationRecord) -> String,
    collate: impl Fn(&str, &str) -> Ordering,
) -> Vec<Arc<ConversationRecord>> {
    let mut rows: Vec<_> = records.filter(|record| filter.admits(record)).collect();
    rows.sort_by(|a, b| {
        let by_column = match order.column {
            Column::Conversation => collate(&name(a), &name(b)),
            Column::Mood => a.score.total_cmp(&b.score),
            Column::Agent => collate(&a.agent_name, &b.agent_name),
            Column::Updated => a.updated_at_ms.cmp(&b.updated_at_ms),
        };
        let by_column = if order.descending { by_column.reverse() } else { by_column };
        by_column.then_with(|| a.id.cmp(&b.id))
    });
    rows
}

/// The sites that occur, for the filter.
pub fn sites<'a>(records: impl Iterator<Item = &'a Arc<ConversationRecord>>) -> Vec<String> {
    records.map(|record| record.site.clone()).collect::<BTreeSet<_>>().into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dashboard::known::fixture::{conversation, with_alert};
    use domain::mood::AlertReason;

    fn rows() -> Vec<Arc<ConversationRecord>> {
        let mut rows = vec![conversation("a"), conversation("b"), with_alert("c", AlertReason::LowMood, 5)];
        rows[0].score = 0.4;
        rows[0].updated_at_ms = 1;
        rows[0].agent_name = "Zoe".into();
        rows[1].score = -0.3;
        rows[1].updated_at_ms = 9;
        rows[1].channel = Channel::Email;
        rows[1].site = "mail.test".into();
        rows[2].score = -0.8;
        rows.into_iter().map(Arc::new).collect()
    }

    fn ids(filter: &Filter, order: Order) -> Vec<String> {
        arrange(rows().into_iter(), filter, order, |record| record.id.clone(), |a, b| a.cmp(b))
            .iter()
            .map(|record| record.id.clone())
            .collect()
    }

    #[test]
    fn rows_come_in_the_chosen_order() {
        let check = |order: Order, expected: [&str; 3]| assert_eq!(ids(&Filter::default(), order), expected);
        check(Order::default(), ["b", "c", "a"]);
        check(Order::default().by(Column::Mood), ["c", "b", "a"]);
        check(Order::default().by(Column::Mood).by(Column::Mood), ["a", "b", "c"]);
        check(Order::default().by(Column::Agent), ["b", "c", "a"]);
        check(Order::default().by(Column::Mood).by(Column::Mood).by(Column::Mood), ["b", "c", "a"]);
        check(Order::default().by(Column::Updated), ["a", "c", "b"]);
    }

    #[test]
    fn filters_hold_together() {
        let check = |filter: Filter, expected: &[&str]| assert_eq!(ids(&filter, Order::default()), expected);
        check(Filter { alert: Some(true), ..Filter::default() }, &["c"]);
        check(Filter { channel: Some(Channel::Email), ..Filter::default() }, &["b"]);
        check(Filter { mood: Some(MoodWord::Calm), ..Filter::default() }, &["b", "a"]);
        check(Filter { site: Some("mail.test".into()), alert: Some(true), ..Filter::default() }, &[]);
        assert_eq!(sites(rows().iter()), ["desk.test", "mail.test"]);
    }
}
