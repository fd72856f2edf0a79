package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// A Sum is the SHA-256 of some bytes; all zeros for none.
type Sum = [sha256.Size]byte

// A State is how a document is or was: its bytes, or that the shared document of its name is hidden.
type State struct {
	ID         int64
	Hidden     bool
	Path       string // the file's name by which the text is parsed
	Title      string
	Paragraphs int
	Text       Sum
	Original   Sum    // of what the text was made of
	Name       string // of the original
	Address    string // where the original was fetched; "" for a file
	AsTitle    string // the title that was asked for; "" takes the document's own
	AsDay      string // likewise the day of publication, as 2022-04-28
	Size       int64  // bytes of text and original
	Kept       bool   // the bytes are still there
}

// A Visit is what an address said when it was last asked.
type Visit struct {
	ETag, LastModified string
	Seen               Sum       // of the bytes that it gave last
	Fetched            time.Time // when it last answered with the page, or that the page had not changed
	GoneSince          time.Time // since when there is no such page; zero while there is
	GoneWhy            string
}

// A Document is what a server has under a slug.
type Document struct {
	Server, Slug string
	State        State
	Added        time.Time // when this state was put here
	ByID, ByName string
	Visit        Visit
}

const stateColumns = `s.id, s.hidden, s.path, s.title, s.paragraphs, s.text, s.original, s.name, s.address,
	s.as_title, s.as_day, s.size, s.kept`

// A scanner is a row, or rows.
type scanner interface{ Scan(dest ...any) error }

// scanState reads stateColumns, all of which may be NULL, and what follows them. ok is false where they are.
func scanState(row scanner, more ...any) (s State, ok bool, err error) {
	var id, paragraphs, size sql.NullInt64
	var hidden, kept sql.NullBool
	var path, title, name, address, asTitle, asDay sql.NullString
	var text, original []byte
	err = row.Scan(append([]any{&id, &hidden, &path, &title, &paragraphs, &text, &original, &name, &address, &asTitle,
		&asDay,
		&size, &kept}, more...)...)
	s = State{ID: id.Int64, Hidden: hidden.Bool, Path: path.String, Title: title.String,
		Paragraphs: int(paragraphs.Int64),
		Text:       sum(text), Original: sum(original), Name: name.String, Address: address.String,
		AsTitle: asTitle.String, AsDay: asDay.String, Size: size.Int64, Kept: kept.Bool}
	return s, id.Valid, err
}

func sum(b []byte) Sum {
	if len(b) != sha256.Size {
		return Sum{}
	}
	return Sum(b)
}

// Documents returns what all servers have, by server and slug, without the bytes.
func (s *Store) Documents(ctx context.Context) ([]Document, error) {
	return documentsOf(ctx, s.read, "")
}

// documentsOf are those of a server; "" for all.
func documentsOf(ctx context.Context, db querier, server string) ([]Document, error) {
	rows, err := db.QueryContext(ctx, `SELECT `+stateColumns+`, d.server, d.slug, d.added, d.by_id, d.by_name, d.etag,
		d.last_modified, d.seen, d.fetched, d.gone_since, d.gone_why
		FROM documents d JOIN states s ON s.id = d.state WHERE ?1 = '' OR d.server = ?1 ORDER BY d.server, d.slug`, server)
	if err != nil {
		return nil, fmt.Errorf("read documents: %w", err)
	}
	defer rows.Close()
	var all []Document
	for rows.Next() {
		var d Document
		var seen []byte
		var added, fetched, gone int64
		d.State, _, err = scanState(rows, &d.Server, &d.Slug, &added, &d.ByID, &d.ByName, &d.Visit.ETag,
			&d.Visit.LastModified,
			&seen, &fetched, &gone, &d.Visit.GoneWhy)
		if err != nil {
			return nil, fmt.Errorf("read documents: %w", err)
		}
		d.Added, d.Visit.Fetched, d.Visit.GoneSince, d.Visit.Seen = moment(added), moment(fetched), moment(gone), sum(seen)
		all = append(all, d)
	}
	return all, rows.Err()
}

// ErrNoBytes says that bytes are not there, or not as they were stored.
var ErrNoBytes = errors.New("the bytes are no longer kept")

// Bytes returns the bytes of the sum, which are checked against it.
func (s *Store) Bytes(ctx context.Context, of Sum) ([]byte, error) {
	var data []byte
	err := s.read.QueryRowContext(ctx, "SELECT data FROM blobs WHERE sum = ?", of[:]).Scan(&data)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, ErrNoBytes
	case err != nil:
		return nil, fmt.Errorf("read bytes: %w", err)
	case sha256.Sum256(data) != of:
		return nil, fmt.Errorf("%w: they do not match their checksum", ErrNoBytes)
	}
	return data, nil
}

// Visited keeps what an address said about the document that a server has under the slug, if there still is one.
func (s *Store) Visited(ctx context.Context, server, slug string, v Visit) error {
	return s.transact(ctx, "keep what an address said", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx,
			`UPDATE documents SET etag = ?, last_modified = ?, seen = ?, fetched = ?, gone_since = ?, gone_why = ?
			WHERE server = ? AND slug = ?`,
			v.ETag, v.LastModified, v.Seen[:], milliseconds(v.Fetched), milliseconds(v.GoneSince), v.GoneWhy, server, slug)
		return err
	})
}

func milliseconds(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// moment is the time of so many milliseconds, in UTC; zero for 0.
func moment(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}
