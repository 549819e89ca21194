//! Dashboard sessions for tower-sessions. Ids are kept as SHA-256: a stolen database opens no session.

use async_trait::async_trait;
use sqlx::Row;
use time::OffsetDateTime;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result, SessionStore};

use super::{Store, StoreError};
use crate::secret::sha256_hex;

/// Sessions in the same database.
#[derive(Clone, Debug)]
pub struct Sessions {
    store: Store,
}

impl Sessions {
    pub fn new(store: Store) -> Self {
        Self { store }
    }

    /// False when a session with this id is there and `replace` is off.
    async fn put(&self, record: &Record, on_conflict: &'static str) -> Result<bool> {
        let data = serde_json::to_string(&record.data).map_err(|error| Error::Encode(error.to_string()))?;
        let (_turn, mut tx) = self.store.begin().await.map_err(backend)?;
        let sql = format!("INSERT INTO sessions (id_hash, data, expires_at_ms) VALUES ($1, $2, $3) {on_conflict}");
        let done = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(hash(&record.id))
            .bind(data)
            .bind(to_ms(record.expiry_date))
            .execute(&mut *tx)
            .await
            .map_err(backend)?;
        sqlx::query("DELETE FROM sessions WHERE expires_at_ms < $1")
            .bind(to_ms(OffsetDateTime::now_utc()))
            .execute(&mut *tx)
            .await
            .map_err(backend)?;
        tx.commit().await.map_err(backend)?;
        Ok(done.rows_affected() > 0)
    }
}

#[async_trait]
impl SessionStore for Sessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        while !self.put(record, "ON CONFLICT (id_hash) DO NOTHING").await? {
            record.id = Id::default();
        }
        Ok(())
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let replace =
            "ON CONFLICT (id_hash) DO UPDATE SET data = excluded.data, expires_at_ms = excluded.expires_at_ms";
        self.put(record, replace).await.map(|_| ())
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let row = sqlx::query("SELECT data, expires_at_ms FROM sessions WHERE id_hash = $1 AND expires_at_ms > $2")
            .bind(hash(id))
            .bind(to_ms(OffsetDateTime::now_utc()))
            .fetch_optional(&self.store.read)
            .await
            .map_err(backend)?;
        let Some(row) = row else { return Ok(None) };
        let data = serde_json::from_str(row.try_get("data").map_err(backend)?)
            .map_err(|error| Error::Decode(error.to_string()))?;
        let expires_at_ms: i64 = row.try_get("expires_at_ms").map_err(backend)?;
        let expiry_date = OffsetDateTime::from_unix_timestamp_nanos(i128::from(expires_at_ms) * 1_000_000)
            .map_err(|error| Error::Decode(error.to_string()))?;
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        let (_turn, mut tx) = self.store.begin().await.map_err(backend)?;
        sqlx::query("DELETE FROM sessions WHERE id_hash = $1")
            .bind(hash(id))
            .execute(&mut *tx)
            .await
            .map_err(backend)?;
        tx.commit().await.map_err(backend)
    }
}

fn hash(id: &Id) -> String {
    sha256_hex(id.to_string().as_bytes())
}

fn to_ms(at: OffsetDateTime) -> i64 {
    i64::try_from(at.unix_timestamp_nanos() / 1_000_000).unwrap_or(i64::MAX)
}

fn backend(error: impl Into<StoreError>) -> Error {
    Error::Backend(error.into().to_string())
}
