-- What was told of a conversation before its device found it misread is void: domain::sync::Event::reading.

ALTER TABLE events ADD COLUMN reading BIGINT NOT NULL DEFAULT 0;
