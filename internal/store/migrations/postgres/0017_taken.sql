-- See SQLite's step.
CREATE TABLE taken (
	event BYTEA PRIMARY KEY,
	at BIGINT NOT NULL
);

CREATE INDEX taken_at ON taken (at);

ALTER TABLE shard_sessions ADD COLUMN seq BIGINT NOT NULL DEFAULT 0;
