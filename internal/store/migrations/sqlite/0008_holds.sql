-- Tokens that calls under way may take at most. A call that a crash cut off leaves its row: what it took is not known, so it counts as if it
-- had taken all of it.
CREATE TABLE holds (
	id     INTEGER PRIMARY KEY AUTOINCREMENT, -- never used again: a call that ends late must not end another's
	day    TEXT    NOT NULL,                  -- in UTC, as 2006-01-02
	tokens INTEGER NOT NULL
) STRICT;
CREATE INDEX holds_day ON holds (day);
