-- How sites are read, as agents taught it. No column holds customer text: bodies are checked sign by sign before they are stored.

CREATE TABLE site_locators (
    -- SHA-256 of team and body, hexadecimal: the same one proposed twice is one.
    id TEXT NOT NULL PRIMARY KEY,
    team_id TEXT NOT NULL REFERENCES teams (id),
    site TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('proposed', 'approved', 'rejected', 'withdrawn')),
    proposed_by TEXT NOT NULL REFERENCES users (id),
    device_id TEXT NOT NULL REFERENCES devices (id),
    proposed_at_ms BIGINT NOT NULL,
    decided_by TEXT REFERENCES users (id),
    decided_at_ms BIGINT,
    -- domain::locator::SiteLocator as JSON.
    body TEXT NOT NULL
);
CREATE INDEX site_locators_by_team ON site_locators (team_id, proposed_at_ms DESC, id);
CREATE INDEX site_locators_by_site ON site_locators (team_id, site, state);
