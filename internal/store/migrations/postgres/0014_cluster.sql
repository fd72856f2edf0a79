-- What several bots on one database know of each other; what the columns mean is said in SQLite's step.

CREATE TABLE edited (
	server TEXT COLLATE "C" PRIMARY KEY,
	edit BIGINT NOT NULL
);

CREATE INDEX edited_edit ON edited (edit);

CREATE TABLE processes (
	id TEXT COLLATE "C" PRIMARY KEY,
	name TEXT COLLATE "C" NOT NULL,
	version TEXT COLLATE "C" NOT NULL,
	since BIGINT NOT NULL,
	until BIGINT NOT NULL,
	edit BIGINT NOT NULL,
	edition TEXT COLLATE "C" NOT NULL
);

CREATE TABLE leases (
	count BIGINT NOT NULL,
	shard BIGINT NOT NULL,
	process TEXT COLLATE "C" NOT NULL REFERENCES processes (id) ON DELETE CASCADE,
	PRIMARY KEY (count, shard)
);

CREATE INDEX leases_process ON leases (process);

ALTER TABLE open_questions ADD COLUMN process TEXT COLLATE "C" NOT NULL DEFAULT '';
