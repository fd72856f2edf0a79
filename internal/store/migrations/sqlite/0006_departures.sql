-- Servers that have something here and from which the bot was removed, by when that was noticed: Unix seconds.
CREATE TABLE departures (
	server TEXT PRIMARY KEY,
	at     INTEGER NOT NULL
) STRICT;
