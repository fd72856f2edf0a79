-- The votes of a server in the order of time, so that neither counting them nor letting the oldest go reads and sorts all of them.
CREATE INDEX votes_server ON votes (server, at);
