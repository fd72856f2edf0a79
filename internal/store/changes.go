package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"time"
)

// How much of a server's history is kept. The documents as they are now always are.
const (
	maxChanges = 500 // changes of a server that are listed
	// bytes, of a server, of documents as they were; the newest stay, and older changes cannot be undone
	maxHistoryBytes = 64 << 20
)

// A Change is what somebody did.
type Change struct {
	ID            int64 // counts the changes of the server, from 1
	Server        string
	At            time.Time
	ByID, ByName  string
	Action        string
	Slug, Title   string
	Before, After *State // nil: there was, or is, nothing of the server's own
	Was, Became   string // of a scope or setting
	Undoable      bool
	UndoneBy      int64 // the change that undid this one; 0 for none
}

// Content is a document's bytes with what is known of them.
type Content struct {
	State    // ID, sums and Size are set by Apply
	TextData []byte
	Data     []byte // the original
}

// An Edit is a change to be made.
type Edit struct {
	Server       string
	At           time.Time
	ByID, ByName string
	Action       string
	Slug, Title  string
	// What the server has under Slug from then on: new content, or a state of before, or (both empty) nothing of its own.
	Content *Content
	State   int64
	Visit   Visit
	// Over is the id of the state that the caller knows there, 0 for none, if Held is set: where another is, which another
	// process brought in, the error is ErrConflict.
	Over int64
	Held bool
	// Setting is changed in place of a document if it is not "".
	Setting, Value string
	Undoable       bool
	Undoes         int64 // the change that this one undoes
}

// ErrConflict says that what was to be changed, or undone, is no longer as the caller knows it.
var ErrConflict = errors.New("it was changed since")

// Apply makes a change in one transaction, with all that belongs to it; after a crash it is there as a whole or not at
// all. When it returns nil, it survives one.
func (s *Store) Apply(ctx context.Context, e Edit) (Change, error) {
	var c Change
	var count int64
	err := s.transact(ctx, e.Action, func(tx *sql.Tx) (err error) {
		if err := unbroken(ctx, tx, e.Server); err != nil {
			return err
		}
		if c, err = apply(ctx, tx, e); err != nil {
			return err
		}
		if err := prune(ctx, tx, e.Server); err != nil {
			return err
		}
		if err := reseal(ctx, tx, e.Server); err != nil {
			return err
		}
		count, err = s.edited(ctx, tx, e.Server)
		return err
	})
	if err != nil {
		return Change{}, err
	}
	s.markEdits(count)
	return c, nil
}

func apply(ctx context.Context, tx *sql.Tx, e Edit) (Change, error) {
	c := Change{Server: e.Server, At: e.At.UTC().Truncate(time.Millisecond), ByID: e.ByID, ByName: e.ByName,
		Action: e.Action, Slug: e.Slug,
		Title: e.Title, Became: e.Value, Undoable: e.Undoable}
	var err error
	if e.Setting != "" {
		c.Was, err = swapSetting(ctx, tx, e.Server, e.Setting, e.Value)
	} else {
		c.Before, c.After, err = swapState(ctx, tx, e)
	}
	if err != nil {
		return Change{}, err
	}
	err = tx.QueryRowContext(ctx,
		`INSERT INTO changes (server, number, at, by_id, by_name, action, slug, title, before, after, was, became, undoable)
		VALUES (?1, (SELECT 1 + coalesce(max(number), 0) FROM changes WHERE server = ?1), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9,
?10, ?11, ?12)
		RETURNING number`,
		c.Server, milliseconds(c.At), c.ByID, c.ByName, c.Action, c.Slug, c.Title, stateID(c.Before), stateID(c.After), c.Was,
		c.Became,
		c.Undoable).Scan(&c.ID)
	if err != nil || e.Undoes == 0 {
		return c, err
	}
	var after sql.NullInt64
	var became string
	err = tx.QueryRowContext(ctx, "UPDATE changes SET undone_by = ? WHERE server = ? AND number = ? AND undone_by = 0 "+
		"RETURNING after, became",
		c.ID, e.Server, e.Undoes).Scan(&after, &became)
	if errors.Is(err, sql.ErrNoRows) || err == nil && (after != stateID(c.Before) || became != c.Was) {
		return Change{}, ErrConflict
	}
	return c, err
}

func stateID(s *State) sql.NullInt64 {
	if s == nil {
		return sql.NullInt64{}
	}
	return sql.NullInt64{Int64: s.ID, Valid: true}
}

// swapState puts the edit's state in the place of what the server has under the slug.
func swapState(ctx context.Context, tx *sql.Tx, e Edit) (before, after *State, err error) {
	was, ok, err := scanState(tx.QueryRowContext(ctx, "SELECT "+stateColumns+
		" FROM documents d JOIN states s ON s.id = d.state WHERE d.server = ? AND d.slug = ?", e.Server, e.Slug))
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, nil, err
	}
	if ok {
		before = &was
	}
	if e.Held && was.ID != e.Over {
		return nil, nil, ErrConflict
	}
	switch {
	case e.Content != nil:
		after, err = insertState(ctx, tx, e.Server, *e.Content)
	case e.State != 0:
		var is State
		is, _, err = scanState(tx.QueryRowContext(ctx, "SELECT "+stateColumns+
			" FROM states s WHERE s.server = ? AND s.id = ?", e.Server, e.State))
		after = &is
		if err == nil && !is.Kept {
			err = ErrNoBytes
		}
	}
	if err != nil {
		return nil, nil, err
	}
	if after == nil {
		_, err = tx.ExecContext(ctx, "DELETE FROM documents WHERE server = ? AND slug = ?", e.Server, e.Slug)
		return before, nil, err
	}
	v := e.Visit
	_, err = tx.ExecContext(ctx,
		`INSERT INTO documents (server, slug, state, added, by_id, by_name, etag, last_modified, seen,
		fetched, gone_since, gone_why) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (server, slug) DO UPDATE SET state = excluded.state, added = excluded.added, by_id = excluded.by_id,
		by_name = excluded.by_name, etag = excluded.etag, last_modified = excluded.last_modified, seen = excluded.seen,
		fetched = excluded.fetched, gone_since = excluded.gone_since, gone_why = excluded.gone_why`,
		e.Server, e.Slug, after.ID, milliseconds(e.At), e.ByID, e.ByName, v.ETag, v.LastModified, v.Seen[:],
		milliseconds(v.Fetched),
		milliseconds(v.GoneSince), v.GoneWhy)
	return before, after, err
}

func insertState(ctx context.Context, tx *sql.Tx, server string, c Content) (*State, error) {
	s := c.State
	s.Kept = true
	if !s.Hidden {
		s.Text, s.Original = sha256.Sum256(c.TextData), sha256.Sum256(c.Data)
		s.Size = int64(len(c.TextData) + len(c.Data))
		for _, b := range []struct {
			sum  Sum
			data []byte
		}{{s.Text, c.TextData}, {s.Original, c.Data}} {
			if b.data == nil {
				b.data = []byte{} // not NULL
			}
			if _, err := tx.ExecContext(ctx, "INSERT INTO blobs (sum, data) VALUES (?, ?) ON CONFLICT DO NOTHING",
				b.sum[:], b.data); err != nil {
				return nil, err
			}
		}
	}
	err := tx.QueryRowContext(ctx,
		`INSERT INTO states (server, hidden, path, title, paragraphs, text, original, name, address, as_title, as_day, size)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
		server, s.Hidden, s.Path, s.Title, s.Paragraphs, s.Text[:], s.Original[:], s.Name, s.Address, s.AsTitle, s.AsDay,
		s.Size).Scan(&s.ID)
	return &s, err
}

// prune forgets what is too old of a server's history, and the bytes that nothing needs any more.
func prune(ctx context.Context, tx *sql.Tx, server string) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM changes WHERE server = ?1 AND number <=
		(SELECT number FROM changes WHERE server = ?1 ORDER BY number DESC LIMIT 1 OFFSET ?2)`, server,
		maxChanges); err != nil {
		return err
	}
	drop, err := tooOld(ctx, tx, server)
	if err != nil {
		return err
	}
	for _, st := range drop {
		query := "DELETE FROM states WHERE id = ?"
		if st.listed {
			query = "UPDATE states SET kept = FALSE WHERE id = ?"
		}
		if _, err := tx.ExecContext(ctx, query, st.id); err != nil {
			return err
		}
	}
	for _, st := range drop {
		for _, sum := range [][]byte{st.text, st.original} {
			if _, err := tx.ExecContext(ctx, `DELETE FROM blobs WHERE sum = ?1 AND NOT EXISTS
				(SELECT 1 FROM states WHERE kept AND (text = ?1 OR original = ?1))`, sum); err != nil {
				return err
			}
		}
	}
	return nil
}

// An oldState is a state of before that goes, or whose bytes do.
type oldState struct {
	id             int64
	text, original []byte
	listed         bool // a change refers to it
}

// tooOld finds states of before that no change refers to, and those whose bytes are beyond the bound: the newest are
// within it, where what a change left behind is as old as the change.
func tooOld(ctx context.Context, tx *sql.Tx, server string) ([]oldState, error) {
	rows, err := tx.QueryContext(ctx, `WITH old AS (
			SELECT s.id, s.text, s.original, s.size, s.kept, (SELECT max(c.number) FROM changes c WHERE c.before = s.id OR
c.after = s.id) AS used
			FROM states s WHERE s.server = ?1 AND NOT EXISTS (SELECT 1 FROM documents d WHERE d.state = s.id))
		SELECT id, text, original, used IS NOT NULL FROM
			(SELECT *, sum(size) OVER (ORDER BY used DESC NULLS LAST, id DESC) AS upto FROM old) AS added
		WHERE used IS NULL OR kept AND upto > ?2`, server, maxHistoryBytes)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []oldState
	for rows.Next() {
		var s oldState
		if err := rows.Scan(&s.id, &s.text, &s.original, &s.listed); err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, rows.Err()
}
