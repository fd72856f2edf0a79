-- Whether a process takes a share of the shards that nobody was given.
ALTER TABLE processes ADD COLUMN shares INTEGER NOT NULL DEFAULT 0;
