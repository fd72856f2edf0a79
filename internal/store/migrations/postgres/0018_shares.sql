-- See SQLite's step.
ALTER TABLE processes ADD COLUMN shares BIGINT NOT NULL DEFAULT 0;
