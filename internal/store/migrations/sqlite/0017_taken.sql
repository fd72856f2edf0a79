-- Of which events a question was taken, in any process: who goes on with another's session is told some of them again.
CREATE TABLE taken (
	event BLOB    NOT NULL PRIMARY KEY, -- a keyed hash
	at    INTEGER NOT NULL              -- milliseconds since 1970, of the database's clock
) WITHOUT ROWID, STRICT;

CREATE INDEX taken_at ON taken (at);

-- Up to which event the session has come; what is sealed said it before.
ALTER TABLE shard_sessions ADD COLUMN seq INTEGER NOT NULL DEFAULT 0;
