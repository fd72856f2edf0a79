-- The edition of which the open questions of a server were last asked, so that a restart does not ask them again.
CREATE TABLE asked (
	server  TEXT PRIMARY KEY,
	edition TEXT NOT NULL
) STRICT;
