//! Users and teams, with what the server knows of their contacts: counts, no judgement (R1, R8).

use domain::record::{AgentRecord, Role, SessionRecord, TeamRecord};
use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row, Sqlite};

use super::{Result, Store, count, from_word, word};

/// Someone who can sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    pub id: String,
    pub team_id: String,
    pub name: String,
    /// Lower case.
    pub email: String,
    pub role: Role,
    /// PHC string.
    pub password_hash: String,
}

impl From<User> for SessionRecord {
    fn from(user: User) -> Self {
        Self { user_id: user.id, name: user.name, email: user.email, role: user.role, team_id: user.team_id }
    }
}

impl Store {
    pub async fn user_by_email(&self, email: &str) -> Result<Option<User>> {
        let row = sqlx::query("SELECT * FROM users WHERE email = $1").bind(email).fetch_optional(&self.read).await?;
        row.as_ref().map(user).transpose()
    }

    pub async fn user(&self, id: &str) -> Result<Option<User>> {
        let row = sqlx::query("SELECT * FROM users WHERE id = $1").bind(id).fetch_optional(&self.read).await?;
        row.as_ref().map(user).transpose()
    }

    /// Does nothing when the team is there.
    pub async fn add_team(&self, id: &str, name: &str) -> Result<()> {
        let (_turn, mut tx) = self.begin().await?;
        sqlx::query("INSERT INTO teams (id, name) VALUES ($1, $2) ON CONFLICT DO NOTHING")
            .bind(id)
            .bind(name)
            .execute(&mut *tx)
            .await?;
        Ok(tx.commit().await?)
    }

    /// Does nothing when a user with this id or e-mail is there.
    pub async fn add_user(&self, user: &User) -> Result<()> {
        let (_turn, mut tx) = self.begin().await?;
        sqlx::query(
            "INSERT INTO users (id, team_id, name, email, role, password_hash) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT DO NOTHING",
        )
        .bind(&user.id)
        .bind(&user.team_id)
        .bind(&user.name)
        .bind(&user.email)
        .bind(word(&user.role))
        .bind(&user.password_hash)
        .execute(&mut *tx)
        .await?;
        Ok(tx.commit().await?)
    }

    /// By name; after the agent with this name and id.
    pub async fn agents(
        &self,
        team_id: Option<&str>,
        now_since_ms: i64,
        today_since_ms: i64,
        after: Option<&(String, String)>,
        limit: u32,
    ) -> Result<Vec<AgentRecord>> {
        let mut query = QueryBuilder::<Sqlite>::new("SELECT u.id, u.name, u.team_id, ");
        query.push("(SELECT COUNT(*) FROM conversations c WHERE c.agent_id = u.id AND c.updated_at_ms >= ");
        query.push_bind(now_since_ms).push(") AS conversations_now, ");
        query.push("(SELECT COUNT(*) FROM conversations c WHERE c.agent_id = u.id AND c.updated_at_ms >= ");
        query.push_bind(today_since_ms).push(") AS conversations_today, ");
        query.push("(SELECT MAX(d.last_event_at_ms) FROM devices d WHERE d.agent_id = u.id) AS last_seen_ms ");
        query.push("FROM users u WHERE u.role = 'agent'");
        if let Some(team_id) = team_id {
            query.push(" AND u.team_id = ").push_bind(team_id);
        }
        if let Some((name, id)) = after {
            query.push(" AND (u.name > ").push_bind(name);
            query.push(" OR (u.name = ").push_bind(name).push(" AND u.id > ").push_bind(id).push("))");
        }
        query.push(" ORDER BY u.name, u.id LIMIT ").push_bind(i64::from(limit));
        let rows = query.build().fetch_all(&self.read).await?;
        rows.iter()
            .map(|row| {
                Ok(AgentRecord {
                    id: row.try_get("id")?,
                    name: row.try_get("name")?,
                    team_id: row.try_get("team_id")?,
                    conversations_now: count(row, "conversations_now")?,
                    conversations_today: count(row, "conversations_today")?,
                    last_seen_ms: row.try_get("last_seen_ms")?,
                })
            })
            .collect()
    }

    /// By name; after the team with this name and id.
    pub async fn teams(
        &self,
        team_id: Option<&str>,
        now_since_ms: i64,
        after: Option<&(String, String)>,
        limit: u32,
    ) -> Result<Vec<TeamRecord>> {
        let of_team = "FROM conversations c JOIN users u ON u.id = c.agent_id WHERE u.team_id = t.id AND ";
        let mut query = QueryBuilder::<Sqlite>::new("SELECT t.id, t.name, ");
        query.push("(SELECT COUNT(*) FROM users u WHERE u.team_id = t.id AND u.role = 'agent') AS agents, ");
        query.push("(SELECT COUNT(*) ").push(of_team).push("c.updated_at_ms >= ").push_bind(now_since_ms);
        query.push(") AS conversations_now, (SELECT COUNT(*) ").push(of_team);
        query.push("c.alert_id IS NOT NULL) AS open_alerts FROM teams t WHERE 1 = 1");
        if let Some(team_id) = team_id {
            query.push(" AND t.id = ").push_bind(team_id);
        }
        if let Some((name, id)) = after {
            query.push(" AND (t.name > ").push_bind(name);
            query.push(" OR (t.name = ").push_bind(name).push(" AND t.id > ").push_bind(id).push("))");
        }
        query.push(" ORDER BY t.name, t.id LIMIT ").push_bind(i64::from(limit));
        let rows = query.build().fetch_all(&self.read).await?;
        rows.iter()
            .map(|row| {
                Ok(TeamRecord {
                    id: row.try_get("id")?,
                    name: row.try_get("name")?,
                    agents: count(row, "agents")?,
                    conversations_now: count(row, "conversations_now")?,
                    open_alerts: count(row, "open_alerts")?,
                })
            })
            .collect()
    }
}

fn user(row: &SqliteRow) -> Result<User> {
    Ok(User {
        id: row.try_get("id")?,
        team_id: row.try_get("team_id")?,
        name: row.try_get("name")?,
        email: row.try_get("email")?,
        role: from_word("role", row.try_get("role")?)?,
        password_hash: row.try_get("password_hash")?,
    })
}
