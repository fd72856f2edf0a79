-- What people say of answers, what they asked in vain, and who wants to be told. Times are Unix seconds. A person is a keyed hash of the
-- user id; the id itself stands in wishes alone, for as long as somebody is to be told.
CREATE TABLE secrets (
	name  TEXT PRIMARY KEY,
	value BLOB NOT NULL
) STRICT;

CREATE TABLE votes (
	id      INTEGER PRIMARY KEY,
	server  TEXT    NOT NULL,
	answer  TEXT    NOT NULL,               -- keyed hash of question, edition and server
	person  BLOB    NOT NULL,
	up      INTEGER NOT NULL,
	reason  TEXT    NOT NULL,               -- "" for none
	comment TEXT    NOT NULL,               -- as typed
	cites   TEXT    NOT NULL,               -- of the answer: "slug#4 slug#7"
	at      INTEGER NOT NULL,
	UNIQUE (server, answer, person)
) STRICT;
CREATE INDEX votes_at ON votes (at);
CREATE INDEX votes_person ON votes (person, at);

CREATE TABLE gaps (
	id        INTEGER PRIMARY KEY,
	server    TEXT    NOT NULL,
	number    INTEGER NOT NULL,             -- in the server, never used again: buttons carry it
	channels  TEXT    NOT NULL,             -- where it was asked: the channel and, for a thread, the one that it is in
	folded    TEXT    NOT NULL,             -- the question without capitals and spaces that tell nothing apart
	question  TEXT    NOT NULL,
	nearest   TEXT    NOT NULL,             -- paragraphs: "slug#4 slug#7"
	known     TEXT    NOT NULL,             -- marks of paragraphs that were there and did not answer it
	recorded  INTEGER NOT NULL,             -- how often it was kept without a person
	first     INTEGER NOT NULL,
	last      INTEGER NOT NULL,
	answered  INTEGER NOT NULL,             -- when the documents were found to answer it; 0: not yet
	UNIQUE (server, channels, folded),
	UNIQUE (server, number)
) STRICT;

CREATE TABLE gap_numbers (                  -- the last number given in a server: no server sees how much others ask
	server TEXT PRIMARY KEY,
	last   INTEGER NOT NULL
) STRICT;

CREATE TABLE reports (                      -- who agreed that a question is kept
	gap    INTEGER NOT NULL REFERENCES gaps (id) ON DELETE CASCADE,
	person BLOB    NOT NULL,
	at     INTEGER NOT NULL,
	PRIMARY KEY (gap, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX reports_person ON reports (person, at);

CREATE TABLE wishes (                       -- who wants to be told when it is answered
	gap    INTEGER NOT NULL REFERENCES gaps (id) ON DELETE CASCADE,
	person TEXT    NOT NULL,                -- the user id
	locale TEXT    NOT NULL,                -- the language to tell it in
	tries  INTEGER NOT NULL,                -- how often it was tried to tell
	at     INTEGER NOT NULL,
	PRIMARY KEY (gap, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX wishes_person ON wishes (person);
