-- What was asked lately, of what is allowed over all processes. It need not outlast a crash. Times are nanoseconds, of the database's clock.
CREATE TABLE spent (
	kind TEXT    NOT NULL, -- of the limit
	who  BLOB    NOT NULL, -- a keyed hash of a person or a server
	due  INTEGER NOT NULL, -- when all of it may be asked again
	step INTEGER NOT NULL, -- that one question takes
	per  INTEGER NOT NULL, -- that the limit is for
	PRIMARY KEY (kind, who)
) WITHOUT ROWID, STRICT;
