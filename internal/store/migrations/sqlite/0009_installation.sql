-- What tells this database from others, and from itself as it was; the mark beside it says the same. See mark.go.
CREATE TABLE installation (
	one   INTEGER PRIMARY KEY CHECK (one = 1),
	id    TEXT    NOT NULL,                 -- random
	edits INTEGER NOT NULL                  -- how many changes of documents and settings were ever made here
) STRICT;

-- A checksum of what a server's admins chose: its settings, and which documents it has or hides. A server without one has neither.
CREATE TABLE seals (
	server TEXT PRIMARY KEY,
	sum    BLOB NOT NULL                    -- SHA-256; see seal.go
) STRICT, WITHOUT ROWID;
