-- There is a row from the moment that somebody's data are deleted until the write-ahead log, which still holds them, was emptied.
CREATE TABLE erasures (
	one   INTEGER PRIMARY KEY CHECK (one = 1),
	since INTEGER NOT NULL                  -- Unix seconds
) STRICT;

-- Whose name is to be taken out is found without reading all of the histories.
CREATE INDEX changes_by ON changes (by_id);
CREATE INDEX documents_by ON documents (by_id);
