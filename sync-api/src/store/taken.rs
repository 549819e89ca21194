//! Who sees to which alert.

use domain::record::ConversationRecord;
use domain::taken::{TakenAlert, Taking};
use sqlx::Row;

use super::{Result, Store, conversations};

/// What became of a supervisor's word.
#[derive(Clone, Debug, PartialEq)]
pub enum Taken {
    /// The conversation as it is now.
    Done(Box<ConversationRecord>),
    /// Somebody else took it or gave it back since the caller looked.
    Changed,
    /// No such open alert in a conversation of the team.
    Missing,
}

impl Store {
    /// The same word again changes nothing.
    pub async fn take_alert(
        &self,
        id: &str,
        team_id: Option<&str>,
        taking: &Taking,
        by: &str,
        now_ms: i64,
    ) -> Result<Taken> {
        let (_turn, mut tx) = self.begin().await?;
        let found = conversations::find(&mut *tx, id).await?;
        let readable = found.filter(|found| team_id.is_none_or(|own| own == found.team_id));
        let Some(alert) =
            readable.as_ref().and_then(|found| found.open_alert()).filter(|alert| alert.id == taking.alert_id)
        else {
            return Ok(Taken::Missing);
        };
        let holder = alert.taken.as_ref().map(|taken| taken.user_id.clone());
        let is_done = if taking.take { holder.as_deref() == Some(by) } else { holder.is_none() };
        if !is_done {
            if holder != taking.held_by {
                return Ok(Taken::Changed);
            }
            let sql = if taking.take {
                "INSERT INTO taken_alerts (conversation_id, alert_id, taken_by, taken_at_ms) VALUES ($1, $2, $3, $4)
                 ON CONFLICT (conversation_id, alert_id) DO UPDATE SET taken_by = excluded.taken_by,
                     taken_at_ms = excluded.taken_at_ms"
            } else {
                "DELETE FROM taken_alerts WHERE conversation_id = $1 AND alert_id = $2"
            };
            let query = sqlx::query(sql).bind(id).bind(&taking.alert_id);
            let query = if taking.take { query.bind(by).bind(now_ms) } else { query };
            query.execute(&mut *tx).await?;
        }
        let now = conversations::find(&mut *tx, id).await?.ok_or(sqlx::Error::RowNotFound)?;
        tx.commit().await?;
        Ok(Taken::Done(Box::new(now)))
    }

    /// Open alerts of an agent's conversations that somebody sees to; the last taken first.
    pub async fn taken_alerts(&self, agent_id: &str, limit: u32) -> Result<Vec<TakenAlert>> {
        let rows = sqlx::query(
            "SELECT t.alert_id, u.name FROM taken_alerts t
             JOIN conversations c ON c.id = t.conversation_id AND c.alert_id = t.alert_id
             JOIN users u ON u.id = t.taken_by
             WHERE c.agent_id = $1 ORDER BY t.taken_at_ms DESC, t.alert_id LIMIT $2",
        )
        .bind(agent_id)
        .bind(i64::from(limit))
        .fetch_all(&self.read)
        .await?;
        rows.iter().map(|row| Ok(TakenAlert { alert_id: row.try_get("alert_id")?, by: row.try_get("name")? })).collect()
    }
}
