//! A team's own model: its files by content, and which of them are in use with what labels.

use domain::own_model::{ModelFile, OwnModelRecord, TeamModel, VersionedModel};
use sqlx::Row;

use super::{Result, Sender, Store, StoreError};

/// Files that no model names: a few uploads that came to nothing.
const MOST_UNUSED: i64 = 4;

impl Store {
    /// Keeps a file for the model to come.
    pub async fn keep_model_file(&self, team_id: &str, file: &ModelFile, bytes: &[u8], now_ms: i64) -> Result<()> {
        let (_turn, mut tx) = self.begin().await?;
        sqlx::query(
            "INSERT INTO own_model_files (team_id, sha256, put_at_ms, body) VALUES ($1, $2, $3, $4)
             ON CONFLICT (team_id, sha256) DO UPDATE SET put_at_ms = excluded.put_at_ms",
        )
        .bind(team_id)
        .bind(&file.sha256)
        .bind(now_ms)
        .bind(bytes)
        .execute(&mut *tx)
        .await?;
        let used: Option<VersionedModel> = read_model(
            sqlx::query("SELECT body FROM own_models WHERE team_id = $1")
                .bind(team_id)
                .fetch_optional(&mut *tx)
                .await?,
        )?;
        let used = used.map(|used| [used.own.model.sha256, used.own.tokenizer.sha256]).unwrap_or_default();
        sqlx::query(
            "DELETE FROM own_model_files WHERE team_id = $1 AND sha256 IN
             (SELECT sha256 FROM own_model_files WHERE team_id = $1 AND sha256 NOT IN ($2, $3)
              ORDER BY put_at_ms DESC, sha256 LIMIT -1 OFFSET $4)",
        )
        .bind(team_id)
        .bind(&used[0])
        .bind(&used[1])
        .bind(MOST_UNUSED)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Of the device's team.
    pub async fn model_file_for(&self, sender: &Sender, sha256: &str) -> Result<Option<Vec<u8>>> {
        let query = "SELECT body FROM own_model_files WHERE sha256 = $2 \
                     AND team_id = (SELECT team_id FROM users WHERE id = $1)";
        let row = sqlx::query(query).bind(&sender.agent_id).bind(sha256).fetch_optional(&self.read).await?;
        row.map(|row| Ok(row.try_get("body")?)).transpose()
    }

    pub async fn own_model(&self, team_id: &str) -> Result<OwnModelRecord> {
        let query = "SELECT m.body, m.changed_at_ms, u.name AS changed_by FROM own_models m \
                     JOIN users u ON u.id = m.changed_by WHERE m.team_id = $1";
        let Some(row) = sqlx::query(query).bind(team_id).fetch_optional(&self.read).await? else {
            return Ok(OwnModelRecord::default());
        };
        let (changed_by, changed_at_ms) = (row.try_get("changed_by")?, row.try_get("changed_at_ms")?);
        Ok(OwnModelRecord {
            model: read_model(Some(row))?,
            changed_by: Some(changed_by),
            changed_at_ms: Some(changed_at_ms),
        })
    }

    /// Of the device's team.
    pub async fn own_model_for(&self, sender: &Sender) -> Result<TeamModel> {
        let query = "SELECT body FROM own_models WHERE team_id = (SELECT team_id FROM users WHERE id = $1)";
        let row = sqlx::query(query).bind(&sender.agent_id).fetch_optional(&self.read).await?;
        Ok(TeamModel { model: read_model(row)? })
    }

    /// Puts the model, or none, in the place of the one before, and lets go of all other files. Gives JSON pointers to files that
    /// are not there; nothing is changed then.
    pub async fn share_own_model(
        &self,
        team_id: &str,
        model: Option<&VersionedModel>,
        by: &str,
        now_ms: i64,
    ) -> Result<Vec<&'static str>> {
        let (_turn, mut tx) = self.begin().await?;
        let files = model.map(|model| [("/model", &model.own.model), ("/tokenizer", &model.own.tokenizer)]);
        let mut missing = Vec::new();
        for (pointer, file) in files.into_iter().flatten() {
            let query = "SELECT length(body) FROM own_model_files WHERE team_id = $1 AND sha256 = $2";
            let found = sqlx::query_scalar(query).bind(team_id).bind(&file.sha256).fetch_optional(&mut *tx).await?;
            if found.map(i64::unsigned_abs) != Some(file.size_bytes) {
                missing.push(pointer);
            }
        }
        if !missing.is_empty() {
            return Ok(missing);
        }
        sqlx::query("DELETE FROM own_models WHERE team_id = $1").bind(team_id).execute(&mut *tx).await?;
        let used = model.map(|model| [model.own.model.sha256.as_str(), model.own.tokenizer.sha256.as_str()]);
        let used = used.unwrap_or_default();
        sqlx::query("DELETE FROM own_model_files WHERE team_id = $1 AND sha256 NOT IN ($2, $3)")
            .bind(team_id)
            .bind(used[0])
            .bind(used[1])
            .execute(&mut *tx)
            .await?;
        if let Some(model) = model {
            let body = serde_json::to_string(model).map_err(|_| StoreError::Unreadable { column: "body" })?;
            sqlx::query("INSERT INTO own_models (team_id, changed_by, changed_at_ms, body) VALUES ($1, $2, $3, $4)")
                .bind(team_id)
                .bind(by)
                .bind(now_ms)
                .bind(body)
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(missing)
    }
}

fn read_model(row: Option<sqlx::sqlite::SqliteRow>) -> Result<Option<VersionedModel>> {
    let Some(row) = row else { return Ok(None) };
    let body: String = row.try_get("body")?;
    serde_json::from_str(&body).map(Some).map_err(|_| StoreError::Unreadable { column: "body" })
}
