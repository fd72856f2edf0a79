-- What is known of the time, so that a clock that jumps deletes nothing. Seconds; seen is Unix time, the others run beside it, and only as fast
-- as time has surely passed.
CREATE TABLE clock (
	one     INTEGER PRIMARY KEY CHECK (one = 1),
	seen    INTEGER NOT NULL,               -- what the clock said last
	steady  INTEGER NOT NULL,               -- began as seen did
	settled INTEGER NOT NULL,               -- by steady: when the last jump is long enough ago
	expired INTEGER NOT NULL                -- by steady: when what is old was last deleted
) STRICT;
