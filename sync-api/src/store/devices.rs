//! Devices and their tokens, of which only SHA-256 is kept.

use serde::{Deserialize, Serialize};
use sqlx::{QueryBuilder, Row, Sqlite, Transaction};
use utoipa::ToSchema;

use super::{Result, Store};

/// Whose device speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    pub device_id: String,
    pub agent_id: String,
}

/// An agent's browser that may send events.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DeviceRecord {
    pub id: String,
    pub agent_id: String,
    pub agent_name: String,
    pub label: String,
    /// Milliseconds since the Unix epoch.
    pub created_at_ms: i64,
    pub last_event_at_ms: Option<i64>,
    /// Its token is refused since then.
    pub revoked_at_ms: Option<i64>,
}

impl Store {
    /// Nothing when the token is unknown or revoked.
    pub async fn sender(&self, token_hash: &str) -> Result<Option<Sender>> {
        let sql = "SELECT id, agent_id FROM devices WHERE token_hash = $1 AND revoked_at_ms IS NULL";
        let row = sqlx::query(sql).bind(token_hash).fetch_optional(&self.read).await?;
        row.map(|row| Ok(Sender { device_id: row.try_get("id")?, agent_id: row.try_get("agent_id")? })).transpose()
    }

    /// Does nothing when a device with this id or token is there.
    pub async fn add_device(&self, device: &DeviceRecord, token_hash: &str) -> Result<()> {
        let (_turn, mut tx) = self.begin().await?;
        sqlx::query(
            "INSERT INTO devices (id, agent_id, label, token_hash, created_at_ms) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT DO NOTHING",
        )
        .bind(&device.id)
        .bind(&device.agent_id)
        .bind(&device.label)
        .bind(token_hash)
        .bind(device.created_at_ms)
        .execute(&mut *tx)
        .await?;
        Ok(tx.commit().await?)
    }

    /// By agent's name; after the device with this name of the agent and id.
    pub async fn devices(
        &self,
        team_id: Option<&str>,
        after: Option<&(String, String)>,
        limit: u32,
    ) -> Result<Vec<DeviceRecord>> {
        let mut query = QueryBuilder::<Sqlite>::new(
            "SELECT d.id, d.agent_id, u.name AS agent_name, d.label, d.created_at_ms, d.last_event_at_ms, d.revoked_at_ms
             FROM devices d JOIN users u ON u.id = d.agent_id WHERE 1 = 1",
        );
        if let Some(team_id) = team_id {
            query.push(" AND u.team_id = ").push_bind(team_id);
        }
        if let Some((name, id)) = after {
            query.push(" AND (u.name > ").push_bind(name);
            query.push(" OR (u.name = ").push_bind(name).push(" AND d.id > ").push_bind(id).push("))");
        }
        query.push(" ORDER BY u.name, d.id LIMIT ").push_bind(i64::from(limit));
        let rows = query.build().fetch_all(&self.read).await?;
        rows.iter()
            .map(|row| {
                Ok(DeviceRecord {
                    id: row.try_get("id")?,
                    agent_id: row.try_get("agent_id")?,
                    agent_name: row.try_get("agent_name")?,
                    label: row.try_get("label")?,
                    created_at_ms: row.try_get("created_at_ms")?,
                    last_event_at_ms: row.try_get("last_event_at_ms")?,
                    revoked_at_ms: row.try_get("revoked_at_ms")?,
                })
            })
            .collect()
    }

    /// False when no such device is in the team. Revoking again changes nothing.
    pub async fn revoke_device(&self, id: &str, team_id: Option<&str>, now_ms: i64) -> Result<bool> {
        let (_turn, mut tx) = self.begin().await?;
        let done = sqlx::query(
            "UPDATE devices SET revoked_at_ms = COALESCE(revoked_at_ms, $2)
             WHERE id = $1 AND ($3 IS NULL OR agent_id IN (SELECT id FROM users WHERE team_id = $3))",
        )
        .bind(id)
        .bind(now_ms)
        .bind(team_id)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(done.rows_affected() > 0)
    }
}

/// Notes the time of a device's newest event.
pub(super) async fn saw(tx: &mut Transaction<'_, Sqlite>, device_id: &str, at_ms: i64) -> Result<()> {
    sqlx::query(
        "UPDATE devices SET last_event_at_ms = $2 WHERE id = $1 AND (last_event_at_ms IS NULL OR last_event_at_ms < $2)",
    )
    .bind(device_id)
    .bind(at_ms)
    .execute(&mut **tx)
    .await?;
    Ok(())
}
