-- Which supervisor sees to an alert. Not part of `alerts`: those rows are made again from the events.

CREATE TABLE taken_alerts (
    conversation_id TEXT NOT NULL REFERENCES conversations (id),
    alert_id TEXT NOT NULL,
    taken_by TEXT NOT NULL REFERENCES users (id),
    taken_at_ms BIGINT NOT NULL,
    PRIMARY KEY (conversation_id, alert_id)
);
