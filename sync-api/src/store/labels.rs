//! A team's own labels with examples: one list a team.

use domain::labels::{LabelsRecord, SharedLabels};
use sqlx::Row;

use super::{Result, Sender, Store, StoreError};

impl Store {
    /// Nothing when the team shares none.
    pub async fn labels(&self, team_id: &str) -> Result<Option<LabelsRecord>> {
        let query = "SELECT l.body, l.changed_at_ms, u.name AS changed_by FROM team_labels l \
                     JOIN users u ON u.id = l.changed_by WHERE l.team_id = $1";
        let Some(row) = sqlx::query(query).bind(team_id).fetch_optional(&self.read).await? else { return Ok(None) };
        Ok(Some(LabelsRecord {
            items: read(row.try_get("body")?)?.items,
            changed_by: Some(row.try_get("changed_by")?),
            changed_at_ms: Some(row.try_get("changed_at_ms")?),
        }))
    }

    /// Of the device's team.
    pub async fn labels_for(&self, sender: &Sender) -> Result<SharedLabels> {
        let query = "SELECT body FROM team_labels WHERE team_id = (SELECT team_id FROM users WHERE id = $1)";
        let row = sqlx::query(query).bind(&sender.agent_id).fetch_optional(&self.read).await?;
        row.map_or_else(|| Ok(SharedLabels::default()), |row| read(row.try_get("body")?))
    }

    /// Puts the list in the place of the one that was changed last at `seen_at_ms` (0: of none), or of any; false where there is
    /// another by now, and then nothing is changed.
    pub async fn share_labels(
        &self,
        team_id: &str,
        labels: &SharedLabels,
        seen_at_ms: Option<i64>,
        (by, now_ms): (&str, i64),
    ) -> Result<bool> {
        let body = serde_json::to_string(labels).map_err(|_| StoreError::Unreadable { column: "body" })?;
        let (_turn, mut tx) = self.begin().await?;
        let known = sqlx::query_scalar("SELECT changed_at_ms FROM team_labels WHERE team_id = $1").bind(team_id);
        let known_ms: i64 = known.fetch_optional(&mut *tx).await?.unwrap_or(0);
        if seen_at_ms.is_some_and(|seen_ms| seen_ms != known_ms) {
            return Ok(false);
        }
        sqlx::query(
            "INSERT INTO team_labels (team_id, changed_by, changed_at_ms, body) VALUES ($1, $2, $3, $4)
             ON CONFLICT (team_id) DO UPDATE SET changed_by = excluded.changed_by,
             changed_at_ms = excluded.changed_at_ms, body = excluded.body",
        )
        .bind(team_id)
        .bind(by)
        // Two changes never have one time.
        .bind(now_ms.max(known_ms + 1))
        .bind(body)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(true)
    }
}

fn read(body: String) -> Result<SharedLabels> {
    serde_json::from_str(&body).map_err(|_| StoreError::Unreadable { column: "body" })
}
