//! Batches of events in, and the rows derived from them.
//!
//! A batch is one transaction. Each conversation it touches is folded again from all of its events
//! ([`crate::fold`]), so that order and repeats cannot matter.

use std::collections::{BTreeMap, BTreeSet};

use domain::record::{BatchReceipt, ConversationRecord};
use domain::sync::{Event, EventBody};
use sqlx::{Row, Sqlite, Transaction};

use super::{Result, Sender, Store, StoreError, word};
use crate::fold::{MessageState, Projection, Sent};

/// What a batch did.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    pub receipt: BatchReceipt,
    /// One for each conversation that is new or changed.
    pub changes: Vec<Change>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    pub conversation: ConversationRecord,
    /// The team that had it before, when it is another.
    pub left_team_id: Option<String>,
}

impl Store {
    /// Applies a batch, and calls `told` with what it did after the commit and before any later batch.
    pub async fn apply(
        &self,
        sender: &Sender,
        events: &[Event],
        now_ms: i64,
        told: impl FnOnce(&Stored),
    ) -> Result<BatchReceipt> {
        let (_turn, mut tx) = self.begin().await?;
        let mut touched: BTreeMap<&str, Touched> = BTreeMap::new();
        let mut accepted = 0;
        for event in events {
            if insert_event(&mut tx, sender, event, now_ms).await? {
                accepted += 1;
                touched.entry(&event.conversation.id).or_default().touch(&event.body);
            }
        }
        let newest_ms = events.iter().map(|event| event.at_ms).max();
        if let Some(newest_ms) = newest_ms {
            super::devices::saw(&mut tx, &sender.device_id, newest_ms).await?;
        }
        let mut changes = Vec::with_capacity(touched.len());
        for (id, touched) in touched {
            changes.push(derive(&mut tx, id, &touched).await?);
        }
        tx.commit().await?;
        let duplicates = u32::try_from(events.len()).unwrap_or(u32::MAX) - accepted;
        let stored = Stored { receipt: BatchReceipt { accepted, duplicates }, changes };
        told(&stored);
        Ok(stored.receipt)
    }
}

/// What of a conversation a batch may have changed.
#[derive(Default)]
struct Touched<'a> {
    messages: BTreeSet<&'a str>,
    /// Messages and alerts may have gone.
    reread: bool,
}

impl<'a> Touched<'a> {
    fn touch(&mut self, body: &'a EventBody) {
        match body {
            EventBody::MessageAnalysed { message_id, .. } | EventBody::IntentCorrected { message_id, .. } => {
                self.messages.insert(message_id);
            }
            EventBody::ConversationReread => self.reread = true,
            _ => {}
        }
    }
}

fn kind_of(body: &EventBody) -> &'static str {
    match body {
        EventBody::MessageAnalysed { .. } => "message_analysed",
        EventBody::MoodChanged { .. } => "mood_changed",
        EventBody::AlertOpened { .. } => "alert_opened",
        EventBody::AlertClosed { .. } => "alert_closed",
        EventBody::ConversationReread => "conversation_reread",
        EventBody::IntentCorrected { .. } => "intent_corrected",
        EventBody::SuggestionShown { .. } => "suggestion_shown",
        EventBody::SuggestionInserted { .. } => "suggestion_inserted",
    }
}

/// False when the event was known, or is void: told of a reading that was taken back (R1).
async fn insert_event(tx: &mut Transaction<'_, Sqlite>, sender: &Sender, event: &Event, now_ms: i64) -> Result<bool> {
    if event.body.is_of_customer() && is_void(tx, event).await? {
        return Ok(false);
    }
    let body = serde_json::to_string(event).map_err(|_| StoreError::Unreadable { column: "body" })?;
    let done = sqlx::query(
        "INSERT INTO events (id, conversation_id, agent_id, device_id, kind, at_ms, received_at_ms, reading, body)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO NOTHING",
    )
    .bind(&event.id)
    .bind(&event.conversation.id)
    .bind(&sender.agent_id)
    .bind(&sender.device_id)
    .bind(kind_of(&event.body))
    .bind(event.at_ms)
    .bind(now_ms)
    .bind(i64::from(event.reading))
    .bind(body)
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() > 0 && event.body == EventBody::ConversationReread {
        delete_void(tx, event).await?;
    }
    Ok(done.rows_affected() > 0)
}

async fn is_void(tx: &mut Transaction<'_, Sqlite>, event: &Event) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM events WHERE conversation_id = $1 AND kind = 'conversation_reread'
                   AND reading > $2 AND at_ms >= $3)";
    let conversation = sqlx::query_scalar(sql).bind(&event.conversation.id);
    Ok(conversation.bind(i64::from(event.reading)).bind(event.at_ms).fetch_one(&mut **tx).await?)
}

/// Deletes what is void since the conversation was read anew; the rows derived from it go with [`derive`].
async fn delete_void(tx: &mut Transaction<'_, Sqlite>, reread: &Event) -> Result<()> {
    sqlx::query(
        "DELETE FROM events WHERE conversation_id = $1 AND reading < $2 AND at_ms <= $3
             AND kind IN ('message_analysed', 'mood_changed', 'alert_opened', 'alert_closed')",
    )
    .bind(&reread.conversation.id)
    .bind(i64::from(reread.reading))
    .bind(reread.at_ms)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

async fn derive(tx: &mut Transaction<'_, Sqlite>, id: &str, touched: &Touched<'_>) -> Result<Change> {
    let rows = sqlx::query("SELECT agent_id, body FROM events WHERE conversation_id = $1")
        .bind(id)
        .fetch_all(&mut **tx)
        .await?;
    let sent = rows.into_iter().map(|row| {
        let event =
            serde_json::from_str(row.try_get("body")?).map_err(|_| StoreError::Unreadable { column: "body" })?;
        Ok(Sent { agent_id: row.try_get("agent_id")?, event })
    });
    let state = Projection::of(sent.collect::<Result<_>>()?).ok_or(StoreError::Unreadable { column: "events" })?;
    let team_before = team_of(tx, id).await?;
    upsert_conversation(tx, id, &state).await?;
    if touched.reread {
        for sql in ["DELETE FROM alerts WHERE conversation_id = $1", "DELETE FROM messages WHERE conversation_id = $1"]
        {
            sqlx::query(sql).bind(id).execute(&mut **tx).await?;
        }
    }
    upsert_alerts(tx, id, &state).await?;
    let is_touched = |message: &&MessageState| touched.reread || touched.messages.contains(message.id.as_str());
    for message in state.messages.iter().filter(is_touched) {
        upsert_message(tx, id, message).await?;
    }
    let conversation = super::conversations::find(&mut **tx, id).await?.ok_or(sqlx::Error::RowNotFound)?;
    let left_team_id = team_before.filter(|team_id| *team_id != conversation.team_id);
    Ok(Change { conversation, left_team_id })
}

async fn team_of(tx: &mut Transaction<'_, Sqlite>, id: &str) -> Result<Option<String>> {
    let sql = "SELECT u.team_id FROM conversations c JOIN users u ON u.id = c.agent_id WHERE c.id = $1";
    Ok(sqlx::query_scalar(sql).bind(id).fetch_optional(&mut **tx).await?)
}

async fn upsert_conversation(tx: &mut Transaction<'_, Sqlite>, id: &str, state: &Projection) -> Result<()> {
    let course: Vec<f64> = state.course.iter().copied().map(decimal).collect();
    let course = serde_json::to_string(&course).map_err(|_| StoreError::Unreadable { column: "course" })?;
    let open = state.open_alert();
    sqlx::query(
        "INSERT INTO conversations (id, site, url, channel, agent_id, score, word, trend, course, customer_messages,
             intent_label, intent_score, corrected, alert_id, alert_opened_at_ms, started_at_ms, updated_at_ms)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
         ON CONFLICT (id) DO UPDATE SET site = excluded.site, url = excluded.url, channel = excluded.channel,
             agent_id = excluded.agent_id, score = excluded.score, word = excluded.word, trend = excluded.trend,
             course = excluded.course, customer_messages = excluded.customer_messages,
             intent_label = excluded.intent_label, intent_score = excluded.intent_score,
             corrected = excluded.corrected, alert_id = excluded.alert_id,
             alert_opened_at_ms = excluded.alert_opened_at_ms, started_at_ms = excluded.started_at_ms,
             updated_at_ms = excluded.updated_at_ms",
    )
    .bind(id)
    .bind(&state.site)
    .bind(&state.url)
    .bind(word(&state.channel))
    .bind(&state.agent_id)
    .bind(decimal(state.score))
    .bind(word(&state.word))
    .bind(word(&state.trend))
    .bind(course)
    .bind(i64::from(state.customer_messages))
    .bind(state.intent.as_ref().map(|intent| intent.label.as_str()))
    .bind(state.intent.as_ref().map(|intent| decimal(intent.score)))
    .bind(state.corrected)
    .bind(open.map(|alert| alert.id.as_str()))
    .bind(open.map_or(0, |alert| alert.opened_at_ms))
    .bind(state.started_at_ms)
    .bind(state.updated_at_ms)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

async fn upsert_alerts(tx: &mut Transaction<'_, Sqlite>, id: &str, state: &Projection) -> Result<()> {
    for alert in &state.alerts {
        sqlx::query(
            "INSERT INTO alerts (conversation_id, id, reason, score, opened_at_ms, closed_at_ms)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (conversation_id, id) DO UPDATE SET reason = excluded.reason, score = excluded.score,
                 opened_at_ms = excluded.opened_at_ms, closed_at_ms = excluded.closed_at_ms",
        )
        .bind(id)
        .bind(&alert.id)
        .bind(word(&alert.reason))
        .bind(decimal(alert.score))
        .bind(alert.opened_at_ms)
        .bind(alert.closed_at_ms)
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}

async fn upsert_message(tx: &mut Transaction<'_, Sqlite>, id: &str, message: &MessageState) -> Result<()> {
    sqlx::query(
        "INSERT INTO messages (conversation_id, message_id, at_ms, demand, corrected_at_ms, abuse)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (conversation_id, message_id) DO UPDATE SET at_ms = excluded.at_ms, demand = excluded.demand,
             corrected_at_ms = excluded.corrected_at_ms, abuse = excluded.abuse",
    )
    .bind(id)
    .bind(&message.id)
    .bind(message.at_ms)
    .bind(message.demand.as_ref().map(|demand| demand.label.as_str()))
    .bind(message.corrected_at_ms)
    .bind(message.abuse.as_ref().map(word))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The shortest decimal of a score, so that −0.7 is stored as −0.7.
pub(super) fn decimal(score: f32) -> f64 {
    score.to_string().parse().unwrap_or_else(|_| f64::from(score))
}
