package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// KeepDeparted is how long what a server has is kept after the bot was removed from it: a removal by mistake costs
// nothing.
const KeepDeparted = 30 * 24 * time.Hour

// known are all servers that have something.
const known = `SELECT server FROM documents UNION SELECT server FROM changes UNION SELECT server FROM settings UNION SELECT server FROM votes
	UNION SELECT server FROM gaps UNION SELECT server FROM gap_numbers UNION SELECT server FROM asked`

// Servers are the ids of all servers that have something here, in order.
func (s *Store) Servers(ctx context.Context) (ids []string, err error) {
	rows, err := s.read.QueryContext(ctx, "SELECT server FROM ("+known+") WHERE server != '' ORDER BY server")
	if err != nil {
		return nil, fmt.Errorf("read which servers have something: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, fmt.Errorf("read which servers have something: %w", err)
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

// Present notes which servers have the bot, now by the steady time of a Clock: of those that have something here and
// are not among them, it remembers since when. It returns those that have been without the bot for longer than
// KeepDeparted.
func (s *Store) Present(ctx context.Context, servers []string, now time.Time) (expired []string, err error) {
	list, err := json.Marshal(append([]string{}, servers...))
	if err != nil {
		return nil, fmt.Errorf("note which servers are there: %w", err)
	}
	err = s.transact(ctx, "note which servers are there", func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "DELETE FROM departures WHERE server IN (SELECT value FROM json_each(?1)) OR "+
			"server NOT IN ("+known+")",
			string(list)); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "INSERT OR IGNORE INTO departures (server, at) SELECT server, ?2 FROM ("+known+
			") WHERE server NOT IN (SELECT value FROM json_each(?1)) AND server != ''", string(list), now.Unix()); err != nil {
			return err
		}
		var joined sql.NullString
		err := tx.QueryRowContext(ctx, "SELECT group_concat(server, ' ') FROM departures WHERE at < ?",
			now.Add(-KeepDeparted).Unix()).Scan(&joined)
		expired = strings.Fields(joined.String)
		return err
	})
	return expired, err
}

// DropServer deletes all that a server has: its documents with their history, its settings, votes and questions.
func (s *Store) DropServer(ctx context.Context, server string) error {
	var count int64
	err := s.transact(ctx, "delete what a server has", func(tx *sql.Tx) error {
		for _, query := range []string{
			"DELETE FROM changes WHERE server = ?1",
			"DELETE FROM documents WHERE server = ?1",
			"DELETE FROM states WHERE server = ?1",
			"DELETE FROM settings WHERE server = ?1",
			"DELETE FROM seals WHERE server = ?1",
			"DELETE FROM votes WHERE server = ?1",
			"DELETE FROM gaps WHERE server = ?1", // with their reports and wishes
			"DELETE FROM gap_numbers WHERE server = ?1",
			"DELETE FROM asked WHERE server = ?1",
			"DELETE FROM departures WHERE server = ?1",
			"DELETE FROM vectors WHERE model LIKE '% @' || ?1",
			"DELETE FROM blobs WHERE ?1 != '' AND sum NOT IN (SELECT text FROM states WHERE kept UNION SELECT original FROM " +
				"states WHERE kept)",
		} {
			if _, err := tx.ExecContext(ctx, query, server); err != nil {
				return err
			}
		}
		var err error
		count, err = edited(ctx, tx)
		return err
	})
	if err != nil {
		return err
	}
	s.markEdits(count)
	return nil
}
