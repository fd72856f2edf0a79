-- See SQLite's step.
CREATE TABLE shard_sessions (
	count BIGINT NOT NULL,
	shard BIGINT NOT NULL,
	at BIGINT NOT NULL,
	sealed BYTEA NOT NULL,
	PRIMARY KEY (count, shard)
);
