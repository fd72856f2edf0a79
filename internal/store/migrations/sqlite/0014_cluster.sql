-- What several bots on one database know of each other. A file has one bot, and uses nothing of it but the first table.

-- Which edit, as installation counts them, was the last of a server's documents and settings; '' stands for all servers.
CREATE TABLE edited (
	server TEXT    NOT NULL PRIMARY KEY,
	edit   INTEGER NOT NULL
) WITHOUT ROWID, STRICT;

CREATE INDEX edited_edit ON edited (edit);

-- Bots that serve. One that has not said so until its time is up is taken for dead. Times are milliseconds since 1970, of the database's clock.
CREATE TABLE processes (
	id      TEXT    NOT NULL PRIMARY KEY, -- random, of one run
	name    TEXT    NOT NULL,             -- for people: machine and process
	version TEXT    NOT NULL,
	since   INTEGER NOT NULL,
	until   INTEGER NOT NULL,
	edit    INTEGER NOT NULL,             -- of the documents that it answers from
	edition TEXT    NOT NULL              -- the digest of the documents that all servers share
) WITHOUT ROWID, STRICT;

-- Which process has which of Discord's shards. A count of 0 is as many as Discord says, all of them.
CREATE TABLE leases (
	count   INTEGER NOT NULL,
	shard   INTEGER NOT NULL,
	process TEXT    NOT NULL REFERENCES processes (id) ON DELETE CASCADE,
	PRIMARY KEY (count, shard)
) WITHOUT ROWID, STRICT;

CREATE INDEX leases_process ON leases (process);

-- The process that answers the question; '' for a file's.
ALTER TABLE open_questions ADD COLUMN process TEXT NOT NULL DEFAULT '';
