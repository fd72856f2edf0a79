package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

const changeQuery = `SELECT c.number, c.server, c.at, c.by_id, c.by_name, c.action, c.slug, c.title, c.was,
c.became, c.undoable, c.undone_by,
	c.before, c.after FROM changes c `

// Changes returns changes of a server, the newest first: at most limit of those with an id below before; 0 is all.
func (s *Store) Changes(ctx context.Context, server string, before int64, limit int) ([]Change, error) {
	return s.changes(ctx, changeQuery+"WHERE c.server = ?1 AND (?2 = 0 OR c.number < ?2) ORDER BY c.number DESC LIMIT ?3",
		server, before, limit)
}

// Undoable returns the latest change of a server that can be undone and was not; ok is false where there is none.
func (s *Store) Undoable(ctx context.Context, server string) (c Change, ok bool, err error) {
	all, err := s.changes(ctx, changeQuery+"WHERE c.server = ? AND c.undoable AND c.undone_by = 0 ORDER BY c.number "+
		"DESC LIMIT 1", server)
	if err != nil || len(all) == 0 {
		return Change{}, false, err
	}
	return all[0], true, nil
}

func (s *Store) changes(ctx context.Context, query string, args ...any) ([]Change, error) {
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true}) // one state of the file for all of it
	if err != nil {
		return nil, fmt.Errorf("read changes: %w", err)
	}
	defer tx.Rollback() //nolint:errcheck // it only read
	all, err := scanChanges(ctx, tx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("read changes: %w", gaveUp(ctx, err))
	}
	return all, nil
}

func scanChanges(ctx context.Context, tx *sql.Tx, query string, args ...any) ([]Change, error) {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []Change
	var states [][2]sql.NullInt64
	for rows.Next() {
		var c Change
		var at int64
		var ids [2]sql.NullInt64
		if err := rows.Scan(&c.ID, &c.Server, &at, &c.ByID, &c.ByName, &c.Action, &c.Slug, &c.Title, &c.Was, &c.Became,
			&c.Undoable,
			&c.UndoneBy, &ids[0], &ids[1]); err != nil {
			return nil, err
		}
		c.At = moment(at)
		all, states = append(all, c), append(states, ids)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	for i, ids := range states {
		for k, id := range ids {
			if !id.Valid {
				continue
			}
			state, _, err := scanState(tx.QueryRowContext(ctx, "SELECT "+stateColumns+" FROM states s WHERE s.id = ?", id.Int64))
			if err != nil {
				return nil, err
			}
			if k == 0 {
				all[i].Before = &state
			} else {
				all[i].After = &state
			}
		}
	}
	return all, nil
}

// Settings returns the settings of all servers by server and name.
func (s *Store) Settings(ctx context.Context) (map[string]map[string]string, error) {
	return settingsOf(ctx, s.read, "")
}

// settingsOf are those of a server; "" for all.
func settingsOf(ctx context.Context, db querier, server string) (map[string]map[string]string, error) {
	rows, err := db.QueryContext(ctx, "SELECT server, name, value FROM settings WHERE ?1 = '' OR server = ?1", server)
	if err != nil {
		return nil, fmt.Errorf("read settings: %w", err)
	}
	defer rows.Close()
	all := map[string]map[string]string{}
	for rows.Next() {
		var server, name, value string
		if err := rows.Scan(&server, &name, &value); err != nil {
			return nil, fmt.Errorf("read settings: %w", err)
		}
		if all[server] == nil {
			all[server] = map[string]string{}
		}
		all[server][name] = value
	}
	return all, rows.Err()
}

// swapSetting sets a setting, "" for none, and returns what it was.
func swapSetting(ctx context.Context, tx *sql.Tx, server, name, value string) (was string, err error) {
	err = tx.QueryRowContext(ctx, "SELECT value FROM settings WHERE server = ? AND name = ?", server, name).Scan(&was)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", err
	}
	if value == "" {
		_, err = tx.ExecContext(ctx, "DELETE FROM settings WHERE server = ? AND name = ?", server, name)
	} else {
		_, err = tx.ExecContext(ctx, "INSERT INTO settings (server, name, value) VALUES (?, ?, ?) "+
			"ON CONFLICT (server, name) DO UPDATE SET value = excluded.value", server, name, value)
	}
	return was, err
}
