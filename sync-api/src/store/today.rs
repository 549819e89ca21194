//! The numbers of the day.

use std::collections::BTreeMap;

use domain::record::{IntentCount, TodayRecord};
use sqlx::{Row, SqlitePool};

use super::{Result, Store, count};

const WEEK_MS: i64 = 7 * 24 * 60 * 60 * 1000;

impl Store {
    /// From the day's first moment to now, and for the intents the same stretch a week ago.
    pub async fn today(&self, team_id: Option<&str>, day_start_ms: i64, now_ms: i64) -> Result<TodayRecord> {
        let row = sqlx::query(
            "SELECT
               (SELECT COUNT(*) FROM conversations c JOIN users u ON u.id = c.agent_id
                WHERE c.updated_at_ms >= $1 AND ($2 IS NULL OR u.team_id = $2)) AS conversations,
               (SELECT COUNT(*) FROM messages m JOIN conversations c ON c.id = m.conversation_id
                JOIN users u ON u.id = c.agent_id
                WHERE m.at_ms >= $1 AND ($2 IS NULL OR u.team_id = $2)) AS messages,
               (SELECT COUNT(*) FROM conversations c JOIN users u ON u.id = c.agent_id
                WHERE c.alert_id IS NOT NULL AND ($2 IS NULL OR u.team_id = $2)) AS open_alerts,
               (SELECT COUNT(*) FROM events e JOIN users u ON u.id = e.agent_id
                WHERE e.kind = 'suggestion_inserted' AND e.at_ms >= $1
                AND ($2 IS NULL OR u.team_id = $2)) AS suggestions_inserted,
               (SELECT COUNT(*) FROM messages m JOIN conversations c ON c.id = m.conversation_id
                JOIN users u ON u.id = c.agent_id
                WHERE m.corrected_at_ms >= $1 AND ($2 IS NULL OR u.team_id = $2)) AS corrections",
        )
        .bind(day_start_ms)
        .bind(team_id)
        .fetch_one(&self.read)
        .await?;
        let today = demands(&self.read, team_id, day_start_ms, i64::MAX).await?;
        let week_ago = demands(&self.read, team_id, day_start_ms - WEEK_MS, now_ms - WEEK_MS).await?;
        Ok(TodayRecord {
            conversations: count(&row, "conversations")?,
            messages: count(&row, "messages")?,
            open_alerts: count(&row, "open_alerts")?,
            suggestions_inserted: count(&row, "suggestions_inserted")?,
            corrections: count(&row, "corrections")?,
            intents: mix(today, week_ago),
            abuse: super::abuse::of_the_day(&self.read, team_id, day_start_ms).await?,
        })
    }
}

/// Conversations by the newest demand that they made in the stretch.
async fn demands(read: &SqlitePool, team_id: Option<&str>, from_ms: i64, to_ms: i64) -> Result<BTreeMap<String, u32>> {
    let rows = sqlx::query(
        "SELECT demand, COUNT(*) AS conversations FROM (
           SELECT m.demand, ROW_NUMBER() OVER (PARTITION BY m.conversation_id ORDER BY m.at_ms DESC, m.message_id DESC) AS n
           FROM messages m JOIN conversations c ON c.id = m.conversation_id JOIN users u ON u.id = c.agent_id
           WHERE m.demand IS NOT NULL AND m.at_ms >= $1 AND m.at_ms < $2 AND ($3 IS NULL OR u.team_id = $3)
         ) AS newest WHERE n = 1 GROUP BY demand",
    )
    .bind(from_ms)
    .bind(to_ms)
    .bind(team_id)
    .fetch_all(read)
    .await?;
    rows.iter().map(|row| Ok((row.try_get("demand")?, count(row, "conversations")?))).collect()
}

/// The most frequent of today first.
fn mix(today: BTreeMap<String, u32>, mut week_ago: BTreeMap<String, u32>) -> Vec<IntentCount> {
    let mut intents: Vec<IntentCount> = today
        .into_iter()
        .map(|(label, today)| IntentCount { week_ago: week_ago.remove(&label).unwrap_or(0), label, today })
        .collect();
    intents.extend(week_ago.into_iter().map(|(label, week_ago)| IntentCount { label, today: 0, week_ago }));
    intents.sort_by(|a, b| (b.today, b.week_ago, &a.label).cmp(&(a.today, a.week_ago, &b.label)));
    intents
}
