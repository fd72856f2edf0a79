-- When each shard last began a session: Discord allows a bot so many in a day, over restarts.
CREATE TABLE shard_starts (
	shard INTEGER NOT NULL,
	count INTEGER NOT NULL,
	at    INTEGER NOT NULL, -- seconds since 1970
	PRIMARY KEY (shard, count)
) WITHOUT ROWID, STRICT;
