//! The demo: a team with known passwords, a known device token, and a modest history.
//!
//! Running it again adds nothing on the same day. A server that was not started for the demo refuses the demo's token
//! and users even when its database has them.

mod history;

use domain::record::Role;
use domain::sync::BATCH_EVENTS;

use crate::events;
use crate::secret::{SecretError, hash_password, random, sha256_hex};
use crate::state::AppState;
use crate::store::{DeviceRecord, Sender, StoreError, User};

/// Token of the first agent's device.
pub const DEMO_TOKEN: &str = "demo-device-token";
/// Password of every demo user.
pub const DEMO_PASSWORD: &str = "warmseat-demo";
const DEMO_DOMAIN: &str = "@demo.test";
const TEAM: &str = "care";

/// Id, name, e-mail without domain, role. The first agent has the known token.
const PEOPLE: [(&str, &str, &str, Role); 6] = [
    ("demo-agent-1", "陈静", "agent", Role::Agent),
    ("demo-agent-2", "Maya Brooks", "maya", Role::Agent),
    ("demo-agent-3", "刘洋", "liuyang", Role::Agent),
    ("demo-agent-4", "Daniel Okafor", "daniel", Role::Agent),
    ("demo-supervisor", "林秀英", "supervisor", Role::Supervisor),
    ("demo-admin", "Alex Reyes", "admin", Role::Admin),
];

/// What could not be seeded.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Secret(#[from] SecretError),
}

/// Whether someone of the demo signs in.
pub fn is_demo_email(email: &str) -> bool {
    email.ends_with(DEMO_DOMAIN)
}

/// Team, users and devices; leaves alone what is there.
pub async fn people(state: &AppState) -> Result<(), SeedError> {
    state.store.add_team(TEAM, "Care").await?;
    for (id, name, mailbox, role) in PEOPLE {
        if state.store.user(id).await?.is_some() {
            continue;
        }
        let user = User {
            id: id.into(),
            team_id: TEAM.into(),
            name: name.into(),
            email: format!("{mailbox}{DEMO_DOMAIN}"),
            role,
            password_hash: hash_password(DEMO_PASSWORD)?,
        };
        state.store.add_user(&user).await?;
    }
    for (number, (agent_id, name, ..)) in agents().enumerate() {
        let device = DeviceRecord {
            id: device_id(number),
            agent_id: agent_id.into(),
            agent_name: name.into(),
            label: "Demo".into(),
            created_at_ms: state.now_ms(),
            last_event_at_ms: None,
            revoked_at_ms: None,
        };
        let token = if number == 0 { DEMO_TOKEN.to_owned() } else { random("wsd_")? };
        state.store.add_device(&device, &sha256_hex(token.as_bytes())).await?;
    }
    Ok(())
}

/// A few conversations of now, and those of today and of the same hours a week ago. `base_url` is where the demo
/// helpdesk is, e.g. `http://127.0.0.1:8700`.
pub async fn history(state: &AppState, base_url: &str) -> Result<(), SeedError> {
    let stories = history::stories(state.now_ms(), base_url);
    for (number, (agent_id, ..)) in agents().enumerate() {
        let sender = Sender { device_id: device_id(number), agent_id: agent_id.into() };
        let told: Vec<_> =
            stories.iter().filter(|story| story.agent == number).flat_map(|s| s.events.clone()).collect();
        for batch in told.chunks(BATCH_EVENTS) {
            events::ingest(state, &sender, batch).await?;
        }
    }
    Ok(())
}

fn agents() -> impl Iterator<Item = (&'static str, &'static str, &'static str, Role)> {
    PEOPLE.into_iter().filter(|(.., role)| *role == Role::Agent)
}

fn device_id(number: usize) -> String {
    format!("demo-device-{}", number + 1)
}
