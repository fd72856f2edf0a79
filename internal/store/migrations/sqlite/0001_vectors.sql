-- Vectors by model and text, so that a text is embedded once. The text itself is not kept.
CREATE TABLE vectors (
	id     INTEGER PRIMARY KEY,             -- grows with every write: the smallest are the oldest
	model  TEXT    NOT NULL,
	text   BLOB    NOT NULL,                -- SHA-256 of the text
	vector BLOB    NOT NULL,                -- float32, little-endian
	sum    INTEGER NOT NULL,                -- CRC-32C of vector
	UNIQUE (model, text)
) STRICT;
