-- Labels of a team's own with examples, as a supervisor wrote them for all devices; checked before they are stored
-- (domain::labels): no addresses, no long numbers.

CREATE TABLE team_labels (
    team_id TEXT NOT NULL PRIMARY KEY REFERENCES teams (id),
    changed_by TEXT NOT NULL REFERENCES users (id),
    changed_at_ms BIGINT NOT NULL,
    -- domain::labels::SharedLabels as JSON.
    body TEXT NOT NULL
);
