//! Taught locators of a team: proposed by devices, decided by supervisors.

use domain::locator::{LocatorRecord, LocatorState, ProposalReceipt, SiteLocator};
use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row, Sqlite, Transaction};

use super::{Result, Sender, Store, StoreError, from_word, word};

const COLUMNS: &str = "SELECT l.id, l.team_id, l.state, p.name AS proposed_by, l.proposed_at_ms, d.name AS decided_by, \
                       l.decided_at_ms, l.body FROM site_locators l JOIN users p ON p.id = l.proposed_by \
                       LEFT JOIN users d ON d.id = l.decided_by WHERE 1 = 1";

impl Store {
    /// The state it has now, and whether it is new: one that was proposed before keeps its own.
    pub async fn propose_locator(
        &self,
        id: &str,
        sender: &Sender,
        locator: &SiteLocator,
        now_ms: i64,
    ) -> Result<(LocatorState, bool)> {
        let body = serde_json::to_string(locator).map_err(|_| StoreError::Unreadable { column: "body" })?;
        let (_turn, mut tx) = self.begin().await?;
        let done = sqlx::query(
            "INSERT INTO site_locators (id, team_id, site, state, proposed_by, device_id, proposed_at_ms, body)
             SELECT $1, team_id, $2, 'proposed', id, $3, $4, $5 FROM users WHERE id = $6 ON CONFLICT DO NOTHING",
        )
        .bind(id)
        .bind(&locator.site)
        .bind(&sender.device_id)
        .bind(now_ms)
        .bind(body)
        .bind(&sender.agent_id)
        .execute(&mut *tx)
        .await?;
        let row = sqlx::query("SELECT state FROM site_locators WHERE id = $1").bind(id).fetch_one(&mut *tx).await?;
        tx.commit().await?;
        Ok((from_word("state", row.try_get("state")?)?, done.rows_affected() > 0))
    }

    /// Newest first; after the one proposed at this time with this id.
    pub async fn locators(
        &self,
        team_id: Option<&str>,
        state: Option<LocatorState>,
        after: Option<&(i64, String)>,
        limit: u32,
    ) -> Result<Vec<LocatorRecord>> {
        let mut query = QueryBuilder::<Sqlite>::new(COLUMNS);
        if let Some(team_id) = team_id {
            query.push(" AND l.team_id = ").push_bind(team_id);
        }
        if let Some(state) = state {
            query.push(" AND l.state = ").push_bind(word(&state));
        }
        if let Some((at_ms, id)) = after {
            query.push(" AND (l.proposed_at_ms < ").push_bind(at_ms);
            query.push(" OR (l.proposed_at_ms = ").push_bind(at_ms).push(" AND l.id > ").push_bind(id).push("))");
        }
        query.push(" ORDER BY l.proposed_at_ms DESC, l.id LIMIT ").push_bind(i64::from(limit));
        query.build().fetch_all(&self.read).await?.iter().map(record).collect()
    }

    /// Approved ones of the device's team, the newest decision first.
    pub async fn approved_locators(&self, sender: &Sender, limit: u32) -> Result<Vec<LocatorRecord>> {
        let mut query = QueryBuilder::<Sqlite>::new(COLUMNS);
        query.push(" AND l.state = 'approved' AND l.team_id = (SELECT team_id FROM users WHERE id = ");
        query.push_bind(&sender.agent_id).push(") ORDER BY l.decided_at_ms DESC, l.id LIMIT ");
        query.push_bind(i64::from(limit));
        query.build().fetch_all(&self.read).await?.iter().map(record).collect()
    }

    /// What the device's agent proposed, the newest first.
    pub async fn proposals_of(&self, sender: &Sender, limit: u32) -> Result<Vec<ProposalReceipt>> {
        let query =
            "SELECT id, state FROM site_locators WHERE proposed_by = $1 ORDER BY proposed_at_ms DESC, id LIMIT $2";
        let rows = sqlx::query(query).bind(&sender.agent_id).bind(i64::from(limit)).fetch_all(&self.read).await?;
        let receipt = |row: &SqliteRow| {
            Ok(ProposalReceipt { id: row.try_get("id")?, state: from_word("state", row.try_get("state")?)? })
        };
        rows.iter().map(receipt).collect()
    }

    /// Moves one to a state that its own allows; nothing when there is none of these. An approved one replaces the one of
    /// the same kind of page.
    pub async fn decide_locator(
        &self,
        id: &str,
        team_id: Option<&str>,
        to: LocatorState,
        by: &str,
        now_ms: i64,
    ) -> Result<Option<LocatorRecord>> {
        let from = match to {
            LocatorState::Proposed => return Ok(None),
            LocatorState::Approved => "('proposed', 'withdrawn', 'rejected')",
            LocatorState::Rejected => "('proposed')",
            LocatorState::Withdrawn => "('approved')",
        };
        let (_turn, mut tx) = self.begin().await?;
        let mut update = QueryBuilder::<Sqlite>::new("UPDATE site_locators SET state = ");
        update.push_bind(word(&to)).push(", decided_by = ").push_bind(by).push(", decided_at_ms = ").push_bind(now_ms);
        update.push(" WHERE id = ").push_bind(id).push(" AND state IN ").push(from);
        if let Some(team_id) = team_id {
            update.push(" AND team_id = ").push_bind(team_id);
        }
        let done = update.build().execute(&mut *tx).await?;
        let row = if done.rows_affected() == 0 {
            None
        } else {
            let mut query = QueryBuilder::<Sqlite>::new(COLUMNS);
            query.push(" AND l.id = ").push_bind(id);
            let decided = record(&query.build().fetch_one(&mut *tx).await?)?;
            if to == LocatorState::Approved {
                replace(&mut tx, &decided, by, now_ms).await?;
            }
            Some(decided)
        };
        tx.commit().await?;
        Ok(row)
    }
}

/// Withdraws what was approved before for the same kind of page of the site.
async fn replace(tx: &mut Transaction<'_, Sqlite>, next: &LocatorRecord, by: &str, now_ms: i64) -> Result<()> {
    let mut query = QueryBuilder::<Sqlite>::new(COLUMNS);
    query.push(" AND l.state = 'approved' AND l.team_id = ").push_bind(&next.team_id);
    query.push(" AND l.site = ").push_bind(&next.locator.site).push(" AND l.id <> ").push_bind(&next.id);
    for row in query.build().fetch_all(&mut **tx).await? {
        let before = record(&row)?;
        if before.locator.path == next.locator.path {
            sqlx::query(
                "UPDATE site_locators SET state = 'withdrawn', decided_by = $1, decided_at_ms = $2 WHERE id = $3",
            )
            .bind(by)
            .bind(now_ms)
            .bind(before.id)
            .execute(&mut **tx)
            .await?;
        }
    }
    Ok(())
}

fn record(row: &SqliteRow) -> Result<LocatorRecord> {
    let body: String = row.try_get("body")?;
    Ok(LocatorRecord {
        id: row.try_get("id")?,
        team_id: row.try_get("team_id")?,
        state: from_word("state", row.try_get("state")?)?,
        proposed_by: row.try_get("proposed_by")?,
        proposed_at_ms: row.try_get("proposed_at_ms")?,
        decided_by: row.try_get("decided_by")?,
        decided_at_ms: row.try_get("decided_at_ms")?,
        locator: serde_json::from_str(&body).map_err(|_| StoreError::Unreadable { column: "body" })?,
    })
}
