-- People, what their devices told, and the rows derived from it. No column holds customer text.
-- Portable on purpose: BIGINT milliseconds since the Unix epoch, DOUBLE PRECISION scores, TEXT ids.

CREATE TABLE teams (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL
);

CREATE TABLE users (
    id TEXT NOT NULL PRIMARY KEY,
    team_id TEXT NOT NULL REFERENCES teams (id),
    name TEXT NOT NULL,
    email TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL CHECK (role IN ('agent', 'supervisor', 'admin')),
    -- PHC string, argon2id.
    password_hash TEXT NOT NULL
);
CREATE INDEX users_by_team ON users (team_id, role);

CREATE TABLE devices (
    id TEXT NOT NULL PRIMARY KEY,
    agent_id TEXT NOT NULL REFERENCES users (id),
    label TEXT NOT NULL,
    -- SHA-256 of the token, hexadecimal; the token itself is never stored.
    token_hash TEXT NOT NULL UNIQUE,
    created_at_ms BIGINT NOT NULL,
    last_event_at_ms BIGINT,
    revoked_at_ms BIGINT
);
CREATE INDEX devices_by_agent ON devices (agent_id);

CREATE TABLE sessions (
    -- SHA-256 of the id in the cookie, hexadecimal.
    id_hash TEXT NOT NULL PRIMARY KEY,
    data TEXT NOT NULL,
    expires_at_ms BIGINT NOT NULL
);

-- Everything below conversations is derived from these rows and can be made again from them.
CREATE TABLE events (
    id TEXT NOT NULL PRIMARY KEY,
    conversation_id TEXT NOT NULL,
    agent_id TEXT NOT NULL REFERENCES users (id),
    device_id TEXT NOT NULL REFERENCES devices (id),
    kind TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    received_at_ms BIGINT NOT NULL,
    -- domain::sync::Event as JSON.
    body TEXT NOT NULL
);
CREATE INDEX events_by_conversation ON events (conversation_id);
CREATE INDEX events_by_kind ON events (kind, at_ms);

CREATE TABLE conversations (
    id TEXT NOT NULL PRIMARY KEY,
    site TEXT NOT NULL,
    url TEXT NOT NULL,
    channel TEXT NOT NULL,
    agent_id TEXT NOT NULL REFERENCES users (id),
    score DOUBLE PRECISION NOT NULL,
    word TEXT NOT NULL,
    trend TEXT NOT NULL,
    -- JSON array of scores, oldest first.
    course TEXT NOT NULL,
    customer_messages BIGINT NOT NULL,
    intent_label TEXT,
    intent_score DOUBLE PRECISION,
    corrected BOOLEAN NOT NULL,
    -- The open alert, and when it was opened; 0 sorts the rest behind.
    alert_id TEXT,
    alert_opened_at_ms BIGINT NOT NULL,
    started_at_ms BIGINT NOT NULL,
    updated_at_ms BIGINT NOT NULL
);
CREATE INDEX conversations_by_need ON conversations (alert_opened_at_ms DESC, score, id);
CREATE INDEX conversations_by_update ON conversations (updated_at_ms DESC, id);
CREATE INDEX conversations_by_agent ON conversations (agent_id, updated_at_ms);

CREATE TABLE alerts (
    conversation_id TEXT NOT NULL REFERENCES conversations (id),
    id TEXT NOT NULL,
    reason TEXT NOT NULL,
    score DOUBLE PRECISION NOT NULL,
    opened_at_ms BIGINT NOT NULL,
    closed_at_ms BIGINT,
    PRIMARY KEY (conversation_id, id)
);
CREATE INDEX alerts_by_opening ON alerts (opened_at_ms DESC, conversation_id, id);

CREATE TABLE messages (
    conversation_id TEXT NOT NULL REFERENCES conversations (id),
    message_id TEXT NOT NULL,
    -- When it was first understood.
    at_ms BIGINT NOT NULL,
    -- Its ticket category, corrected where the agent did; NULL when it is no demand.
    demand TEXT,
    corrected_at_ms BIGINT,
    PRIMARY KEY (conversation_id, message_id)
);
CREATE INDEX messages_by_time ON messages (at_ms);
