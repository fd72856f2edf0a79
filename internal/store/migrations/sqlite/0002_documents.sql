-- Documents that those who manage a server brought in: as they are, as they were, and who changed them. Times are
-- milliseconds since 1970 in UTC, 0 for none.

-- Bytes, once each. A blob goes when no state that is kept needs it.
CREATE TABLE blobs (
	sum  BLOB NOT NULL PRIMARY KEY,         -- SHA-256 of data
	data BLOB NOT NULL
) STRICT;

-- How a document is or was. But for kept, a row never changes.
CREATE TABLE states (
	id         INTEGER PRIMARY KEY AUTOINCREMENT,
	server     TEXT    NOT NULL,
	hidden     INTEGER NOT NULL,            -- 1: the shared document of that name is not seen; there are no bytes then
	path       TEXT    NOT NULL,            -- the file's name, by which text is parsed: SLUG.md or SLUG.txt
	title      TEXT    NOT NULL,
	paragraphs INTEGER NOT NULL,
	text       BLOB    NOT NULL,            -- sum of the blob that is parsed
	original   BLOB    NOT NULL,            -- sum of the blob that text was made of
	name       TEXT    NOT NULL,            -- of the original
	address    TEXT    NOT NULL,            -- where the original was fetched; '' for a file
	as_title   TEXT    NOT NULL,            -- the title that was asked for; '' takes the document's own
	as_day     TEXT    NOT NULL,            -- likewise the day of publication, as 2022-04-28
	size       INTEGER NOT NULL,            -- bytes of both blobs
	kept       INTEGER NOT NULL DEFAULT 1   -- 0: too old, the blobs are gone
) STRICT;
CREATE INDEX states_server ON states (server);
CREATE INDEX states_text ON states (text);
CREATE INDEX states_original ON states (original);

-- What a server has besides the shared documents, or hides of them.
CREATE TABLE documents (
	server        TEXT    NOT NULL,
	slug          TEXT    NOT NULL,
	state         INTEGER NOT NULL REFERENCES states (id),
	added         INTEGER NOT NULL,         -- when the state was put here
	by_id         TEXT    NOT NULL,         -- by whom
	by_name       TEXT    NOT NULL,
	etag          TEXT    NOT NULL DEFAULT '',
	last_modified TEXT    NOT NULL DEFAULT '',
	seen          BLOB    NOT NULL DEFAULT x'', -- SHA-256 of what the address gave last
	fetched       INTEGER NOT NULL DEFAULT 0,
	gone_since    INTEGER NOT NULL DEFAULT 0,
	gone_why      TEXT    NOT NULL DEFAULT '',
	PRIMARY KEY (server, slug)
) STRICT;

-- Who did what.
CREATE TABLE changes (
	id        INTEGER PRIMARY KEY AUTOINCREMENT,
	server    TEXT    NOT NULL,
	number    INTEGER NOT NULL,             -- of the server's changes, from 1: ids would tell how much other servers do
	at        INTEGER NOT NULL,
	by_id     TEXT    NOT NULL,
	by_name   TEXT    NOT NULL,
	action    TEXT    NOT NULL,
	slug      TEXT    NOT NULL,             -- the document, the place of a scope, the name of a setting
	title     TEXT    NOT NULL,
	before    INTEGER REFERENCES states (id),
	after     INTEGER REFERENCES states (id),
	was       TEXT    NOT NULL,             -- of a scope or setting
	became    TEXT    NOT NULL,
	undoable  INTEGER NOT NULL,
	undone_by INTEGER NOT NULL DEFAULT 0,   -- the number of the change that undid it
	UNIQUE (server, number)
) STRICT;
CREATE INDEX changes_before ON changes (before);
CREATE INDEX changes_after ON changes (after);

-- Small settings of a server; the scope of a place is the setting 'scope ' and the place's id.
CREATE TABLE settings (
	server TEXT NOT NULL,
	name   TEXT NOT NULL,
	value  TEXT NOT NULL,
	PRIMARY KEY (server, name)
) STRICT, WITHOUT ROWID;
