-- See SQLite's step. What is not logged is not waited for, and stands in no backup.
CREATE UNLOGGED TABLE spent (
	kind TEXT COLLATE "C" NOT NULL,
	who BYTEA NOT NULL,
	due BIGINT NOT NULL,
	step BIGINT NOT NULL,
	per BIGINT NOT NULL,
	PRIMARY KEY (kind, who)
);
