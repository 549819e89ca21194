//! The store: one small module of SQL over SQLite.
//!
//! Owns pools, migrations, the single writer and the mapping of rows. SQL keeps to what SQLite and PostgreSQL share
//! (`$n`, `ON CONFLICT`, window functions), so that a second database is another `open` under the same contract suite.
//! Does not know HTTP, and no column of it takes customer text: `team_labels` holds a supervisor's own words.

mod abuse;
mod conversations;
mod devices;
mod events;
mod labels;
mod locators;
mod own_model;
mod people;
mod sessions;
mod taken;
mod today;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteRow, SqliteSynchronous};
use sqlx::{SqlSafeStr, Sqlite, SqlitePool, Transaction};
use tokio::sync::{Mutex, MutexGuard};

pub use conversations::{ConversationFilter, Order};
pub use devices::{DeviceRecord, Sender};
pub use events::{Change, Stored};
pub use people::User;
pub use sessions::Sessions;
pub use taken::Taken;

const MIGRATIONS: [(i64, &str, &str); 8] = [
    (1, "memory", include_str!("../../migrations/sqlite/0001_memory.sql")),
    (2, "locators", include_str!("../../migrations/sqlite/0002_locators.sql")),
    (3, "labels", include_str!("../../migrations/sqlite/0003_labels.sql")),
    (4, "own_models", include_str!("../../migrations/sqlite/0004_own_models.sql")),
    (5, "abuse", include_str!("../../migrations/sqlite/0005_abuse.sql")),
    (6, "abuse_of_messages_alone", include_str!("../../migrations/sqlite/0006_abuse_of_messages_alone.sql")),
    (7, "readings", include_str!("../../migrations/sqlite/0007_readings.sql")),
    (8, "taken_alerts", include_str!("../../migrations/sqlite/0008_taken_alerts.sql")),
];
const READERS: u32 = 4;
const BUSY: Duration = Duration::from_secs(5);

/// What can go wrong with the database.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    #[error("migration: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    #[error("column {column} holds what this version cannot read")]
    Unreadable { column: &'static str },
}

impl StoreError {
    /// Trying again may help.
    pub fn is_unavailable(&self) -> bool {
        match self {
            Self::Database(sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_)) => true,
            // SQLITE_BUSY, SQLITE_FULL, SQLITE_READONLY, SQLITE_IOERR and their extended codes.
            Self::Database(sqlx::Error::Database(error)) => error
                .code()
                .and_then(|code| code.parse::<u32>().ok())
                .is_some_and(|code| matches!(code & 0xff, 5 | 8 | 10 | 13)),
            _ => false,
        }
    }
}

pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// Handle to the database; clones share it.
#[derive(Clone, Debug)]
pub struct Store {
    read: SqlitePool,
    write: SqlitePool,
    /// SQLite has one writer; waiting here is fair, waiting in SQLite is not.
    writer: Arc<Mutex<()>>,
}

impl Store {
    /// Opens or creates the file and brings its schema up to date.
    pub async fn open(file: &Path) -> Result<Self> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Normal)
            .foreign_keys(true)
            .busy_timeout(BUSY);
        let write = SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await?;
        migrator().run(&write).await?;
        let read = SqlitePoolOptions::new().max_connections(READERS).connect_with(options.read_only(true)).await?;
        Ok(Self { read, write, writer: Arc::default() })
    }

    /// A database that is gone when the process ends.
    pub async fn in_memory() -> Result<Self> {
        let options = SqliteConnectOptions::new().in_memory(true).foreign_keys(true);
        let pool = SqlitePoolOptions::new()
            .max_connections(1)
            .min_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(options)
            .await?;
        migrator().run(&pool).await?;
        Ok(Self { read: pool.clone(), write: pool, writer: Arc::default() })
    }

    /// Answers when the database does.
    pub async fn ping(&self) -> Result<()> {
        sqlx::query("SELECT 1").execute(&self.read).await?;
        Ok(())
    }

    /// Writes what is in the log into the file and lets go of it.
    pub async fn close(&self) {
        self.read.close().await;
        self.write.close().await;
    }

    async fn begin(&self) -> Result<(MutexGuard<'_, ()>, Transaction<'static, Sqlite>)> {
        let turn = self.writer.lock().await;
        Ok((turn, self.write.begin_with("BEGIN IMMEDIATE").await?))
    }
}

fn migrator() -> Migrator {
    let migrations = MIGRATIONS.into_iter().map(|(version, name, sql)| {
        Migration::new(version, name.into(), MigrationType::Simple, sql.into_sql_str(), false)
    });
    Migrator::with_migrations(migrations.collect())
}

/// The word that serde gives to a unit variant, e.g. `low_mood`.
fn word<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

fn from_word<T: DeserializeOwned>(column: &'static str, word: String) -> Result<T> {
    serde_json::from_value(serde_json::Value::String(word)).map_err(|_| StoreError::Unreadable { column })
}

fn count(row: &SqliteRow, column: &str) -> Result<u32> {
    use sqlx::Row;
    Ok(u32::try_from(row.try_get::<i64, _>(column)?).unwrap_or(u32::MAX))
}
