-- Questions that are being answered, so that one that a crash cut off gets its ending at the next start. What is sealed is for the transport
-- alone, which has the key; a row goes when its question has an ending.
CREATE TABLE open_questions (
	id     INTEGER PRIMARY KEY AUTOINCREMENT,
	at     INTEGER NOT NULL,               -- Unix seconds
	sealed BLOB    NOT NULL
) STRICT;
