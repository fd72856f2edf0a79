-- Sessions with Discord's gateway that a process handed over when it ended: whoever takes the shard next goes on with it, once. What is sealed
-- is for the transport alone.
CREATE TABLE shard_sessions (
	count  INTEGER NOT NULL,
	shard  INTEGER NOT NULL,
	at     INTEGER NOT NULL, -- milliseconds since 1970, of the database's clock
	sealed BLOB    NOT NULL,
	PRIMARY KEY (count, shard)
) WITHOUT ROWID, STRICT;
