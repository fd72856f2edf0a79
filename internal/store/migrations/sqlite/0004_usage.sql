-- What the models took, by day: numbers alone, nothing of what was asked.
CREATE TABLE usage (
	day        TEXT    PRIMARY KEY, -- in UTC, as 2006-01-02
	prompt     INTEGER NOT NULL,    -- tokens
	completion INTEGER NOT NULL,
	embedding  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
