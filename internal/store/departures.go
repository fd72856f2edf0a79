package store

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"time"
)

// KeepDeparted is how long what a server has is kept after the bot was removed from it: a removal by mistake costs
// nothing.
const KeepDeparted = 30 * 24 * time.Hour

// known are all servers that have something.
const known = `SELECT server FROM documents UNION SELECT server FROM changes UNION SELECT server FROM settings UNION
SELECT server FROM votes
	UNION SELECT server FROM gaps UNION SELECT server FROM gap_numbers UNION SELECT server FROM asked`

// Servers are the ids of all servers that have something here, in order.
func (s *Store) Servers(ctx context.Context) (ids []string, err error) {
	rows, err := s.read.QueryContext(ctx, "SELECT server FROM ("+known+") AS known WHERE server != '' ORDER BY server")
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
// KeepDeparted. Of servers that are not ours, as another process serves them, it neither knows nor notes anything; nil
// is for all.
func (s *Store) Present(ctx context.Context, servers []string, now time.Time, ours func(server string) bool) (
	expired []string, err error) {
	present := make(map[string]bool, len(servers))
	for _, id := range servers {
		present[id] = true
	}
	others := func(id string, _ int64) bool { return ours != nil && !ours(id) }
	err = s.transact(ctx, "note which servers are there", func(tx *sql.Tx) error {
		here, err := numbers(ctx, tx, "SELECT server, 0 FROM ("+known+") AS known WHERE server != ''")
		if err != nil {
			return err
		}
		departed, err := numbers(ctx, tx, "SELECT server, at FROM departures")
		if err != nil {
			return err
		}
		maps.DeleteFunc(here, others)
		maps.DeleteFunc(departed, others)
		for id := range departed {
			if _, ok := here[id]; ok && !present[id] {
				continue
			}
			delete(departed, id)
			if _, err := tx.ExecContext(ctx, "DELETE FROM departures WHERE server = ?", id); err != nil {
				return err
			}
		}
		for id := range here {
			if _, noted := departed[id]; noted || present[id] {
				continue
			}
			departed[id] = now.Unix()
			if _, err := tx.ExecContext(ctx, "INSERT INTO departures (server, at) VALUES (?, ?)", id,
				now.Unix()); err != nil {
				return err
			}
		}
		for id, at := range departed {
			if at < now.Add(-KeepDeparted).Unix() {
				expired = append(expired, id)
			}
		}
		slices.Sort(expired)
		return nil
	})
	return expired, err
}

// numbers reads rows of a text and a number.
func numbers(ctx context.Context, tx *sql.Tx, query string) (map[string]int64, error) {
	rows, err := tx.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := map[string]int64{}
	for rows.Next() {
		var text string
		var number int64
		if err := rows.Scan(&text, &number); err != nil {
			return nil, err
		}
		all[text] = number
	}
	return all, rows.Err()
}

// DropServer deletes all that a server has: its documents with their history, its settings, votes and questions.
func (s *Store) DropServer(ctx context.Context, server string) error {
	var count int64
	deposited := false
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
			"DELETE FROM edited WHERE server = ?1",
			"DELETE FROM vectors WHERE model LIKE '% @' || ?1",
			"DELETE FROM blobs WHERE ?1 != '' AND sum NOT IN (SELECT text FROM states WHERE kept UNION SELECT original FROM " +
				"states WHERE kept)",
		} {
			if _, err := tx.ExecContext(ctx, query, server); err != nil {
				return err
			}
		}
		var err error
		if deposited, err = s.dropFromDepot(ctx, tx, server); err != nil {
			return err
		}
		count, err = s.edited(ctx, tx, "")
		return err
	})
	if err != nil {
		return err
	}
	s.markEdits(count)
	if deposited {
		s.emptyDepot(ctx)
	}
	return nil
}
