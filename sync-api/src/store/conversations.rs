//! Reading conversations and alerts.

use domain::analysis::Scored;
use domain::record::{AlertRecord, ConversationRecord};
use domain::taken::TakenRecord;
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Executor, QueryBuilder, Row, Sqlite};

use super::{Result, Store, StoreError, count, from_word};

const COLUMNS: &str = "SELECT c.id, c.site, c.url, c.channel, c.agent_id, u.name AS agent_name, u.team_id, c.score,
    c.word, c.trend, c.course, c.customer_messages, c.intent_label, c.intent_score, c.corrected, c.started_at_ms,
    c.updated_at_ms, a.id AS alert_id, a.reason, a.score AS alert_score, a.opened_at_ms, a.closed_at_ms,
    t.taken_by, t.taken_at_ms, s.name AS taken_by_name
    FROM conversations c JOIN users u ON u.id = c.agent_id
    LEFT JOIN alerts a ON a.conversation_id = c.id AND a.id = COALESCE(c.alert_id, (SELECT l.id FROM alerts l
        WHERE l.conversation_id = c.id ORDER BY l.opened_at_ms DESC, l.id DESC LIMIT 1))
    LEFT JOIN taken_alerts t ON t.conversation_id = c.id AND t.alert_id = a.id
    LEFT JOIN users s ON s.id = t.taken_by";

/// Where a page begins: after the row with these keys.
#[derive(Clone, Debug, PartialEq)]
pub enum Order {
    /// Open alerts first, the newest before the older; then the lowest mood.
    Need { after: Option<(i64, f64, String)> },
    /// The last changed first.
    Update { after: Option<(i64, String)> },
}

/// Which conversations.
#[derive(Clone, Debug, PartialEq)]
pub struct ConversationFilter {
    pub team_id: Option<String>,
    pub alert_only: bool,
    /// With an event at or after this time, or with an open alert.
    pub active_since_ms: Option<i64>,
    pub order: Order,
    pub limit: u32,
}

impl Store {
    pub async fn conversation(&self, id: &str) -> Result<Option<ConversationRecord>> {
        find(&self.read, id).await
    }

    pub async fn conversations(&self, filter: &ConversationFilter) -> Result<Vec<ConversationRecord>> {
        let mut query = QueryBuilder::<Sqlite>::new(COLUMNS);
        query.push(" WHERE 1 = 1");
        if let Some(team_id) = &filter.team_id {
            query.push(" AND u.team_id = ").push_bind(team_id);
        }
        if filter.alert_only {
            query.push(" AND c.alert_id IS NOT NULL");
        }
        if let Some(since_ms) = filter.active_since_ms {
            query.push(" AND (c.alert_id IS NOT NULL OR c.updated_at_ms >= ").push_bind(since_ms).push(")");
        }
        match &filter.order {
            Order::Need { after } => {
                if let Some((opened, score, id)) = after {
                    query.push(" AND (c.alert_opened_at_ms < ").push_bind(opened);
                    query.push(" OR (c.alert_opened_at_ms = ").push_bind(opened);
                    query.push(" AND (c.score > ").push_bind(score);
                    query.push(" OR (c.score = ").push_bind(score).push(" AND c.id > ").push_bind(id).push("))))");
                }
                query.push(" ORDER BY c.alert_opened_at_ms DESC, c.score, c.id");
            }
            Order::Update { after } => {
                if let Some((updated, id)) = after {
                    query.push(" AND (c.updated_at_ms < ").push_bind(updated);
                    query
                        .push(" OR (c.updated_at_ms = ")
                        .push_bind(updated)
                        .push(" AND c.id > ")
                        .push_bind(id)
                        .push("))");
                }
                query.push(" ORDER BY c.updated_at_ms DESC, c.id");
            }
        }
        query.push(" LIMIT ").push_bind(i64::from(filter.limit));
        query.build().fetch_all(&self.read).await?.iter().map(conversation).collect()
    }

    /// Newest first, after the alert that was opened at this time in this conversation with this id.
    pub async fn alerts(
        &self,
        team_id: Option<&str>,
        open_only: bool,
        after: Option<&(i64, String, String)>,
        limit: u32,
    ) -> Result<Vec<AlertRecord>> {
        let mut query = QueryBuilder::<Sqlite>::new(
            "SELECT a.id AS alert_id, a.conversation_id, a.reason, a.score AS alert_score, a.opened_at_ms,
                 a.closed_at_ms, t.taken_by, t.taken_at_ms, s.name AS taken_by_name
             FROM alerts a JOIN conversations c ON c.id = a.conversation_id JOIN users u ON u.id = c.agent_id
             LEFT JOIN taken_alerts t ON t.conversation_id = a.conversation_id AND t.alert_id = a.id
             LEFT JOIN users s ON s.id = t.taken_by
             WHERE 1 = 1",
        );
        if let Some(team_id) = team_id {
            query.push(" AND u.team_id = ").push_bind(team_id);
        }
        if open_only {
            query.push(" AND a.closed_at_ms IS NULL");
        }
        if let Some((opened, conversation_id, id)) = after {
            query.push(" AND (a.opened_at_ms < ").push_bind(opened);
            query.push(" OR (a.opened_at_ms = ").push_bind(opened);
            query.push(" AND (a.conversation_id > ").push_bind(conversation_id);
            query.push(" OR (a.conversation_id = ").push_bind(conversation_id);
            query.push(" AND a.id > ").push_bind(id).push("))))");
        }
        query.push(" ORDER BY a.opened_at_ms DESC, a.conversation_id, a.id LIMIT ").push_bind(i64::from(limit));
        let rows = query.build().fetch_all(&self.read).await?;
        rows.iter().map(|row| alert(row, row.try_get("conversation_id")?)).collect()
    }
}

pub(super) async fn find<'e>(
    executor: impl Executor<'e, Database = Sqlite>,
    id: &str,
) -> Result<Option<ConversationRecord>> {
    let sql = format!("{COLUMNS} WHERE c.id = $1");
    let row = sqlx::query(AssertSqlSafe(sql)).bind(id).fetch_optional(executor).await?;
    row.as_ref().map(conversation).transpose()
}

fn conversation(row: &SqliteRow) -> Result<ConversationRecord> {
    let id: String = row.try_get("id")?;
    let label: Option<String> = row.try_get("intent_label")?;
    let score: Option<f64> = row.try_get("intent_score")?;
    let has_alert = row.try_get::<Option<String>, _>("alert_id")?.is_some();
    Ok(ConversationRecord {
        alert: has_alert.then(|| alert(row, id.clone())).transpose()?,
        id,
        site: row.try_get("site")?,
        url: row.try_get("url")?,
        channel: from_word("channel", row.try_get("channel")?)?,
        agent_id: row.try_get("agent_id")?,
        agent_name: row.try_get("agent_name")?,
        team_id: row.try_get("team_id")?,
        score: row.try_get::<f64, _>("score")? as f32,
        word: from_word("word", row.try_get("word")?)?,
        trend: from_word("trend", row.try_get("trend")?)?,
        course: serde_json::from_str(row.try_get("course")?)
            .map_err(|_| StoreError::Unreadable { column: "course" })?,
        customer_messages: count(row, "customer_messages")?,
        intent: label.zip(score).map(|(label, score)| Scored { label, score: score as f32 }),
        corrected: row.try_get("corrected")?,
        started_at_ms: row.try_get("started_at_ms")?,
        updated_at_ms: row.try_get("updated_at_ms")?,
    })
}

fn alert(row: &SqliteRow, conversation_id: String) -> Result<AlertRecord> {
    Ok(AlertRecord {
        id: row.try_get("alert_id")?,
        conversation_id,
        reason: from_word("reason", row.try_get("reason")?)?,
        score: row.try_get::<f64, _>("alert_score")? as f32,
        opened_at_ms: row.try_get("opened_at_ms")?,
        closed_at_ms: row.try_get("closed_at_ms")?,
        taken: taken(row)?,
    })
}

fn taken(row: &SqliteRow) -> Result<Option<TakenRecord>> {
    let Some(user_id) = row.try_get::<Option<String>, _>("taken_by")? else { return Ok(None) };
    Ok(Some(TakenRecord { user_id, name: row.try_get("taken_by_name")?, at_ms: row.try_get("taken_at_ms")? }))
}
