-- A team's own model. Files by their content; those that no model names any more, or yet, are few and go with the next change.

CREATE TABLE own_model_files (
    team_id TEXT NOT NULL REFERENCES teams (id),
    sha256 TEXT NOT NULL,
    put_at_ms BIGINT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (team_id, sha256)
);

CREATE TABLE own_models (
    team_id TEXT NOT NULL PRIMARY KEY REFERENCES teams (id),
    changed_by TEXT NOT NULL REFERENCES users (id),
    changed_at_ms BIGINT NOT NULL,
    -- domain::own_model::VersionedModel as JSON.
    body TEXT NOT NULL
);
