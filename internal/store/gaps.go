package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"pilcrow/internal/article"
)

// A Gap is a question that the documents of a server did not answer.
type Gap struct {
	ID       int64 // in its server
	Server   string
	Channels []string // where it was asked: the channel and, for a thread, the one that it is in
	Question string
	Nearest  []article.Ref
	Known    []string // marks of paragraphs that were there and did not answer it, whatever finds them
	Times    int      // how many people agreed to have it kept, and how often it was kept without a person
	Wishes   int      // how many want to be told
	First    time.Time
	Last     time.Time
}

// A Wish is somebody who wants to be told that a question is answered.
type Wish struct {
	Person string // the user id
	Locale string // the language to tell it in
}

// Report keeps a question that was not answered: with the consent of the person named, or, for "", without anybody. It
// returns ErrTooMany to who reports more than 20 within a day.
func (s *Store) Report(ctx context.Context, g Gap, person string, at time.Time) (id int64, err error) {
	err = s.transact(ctx, "keep a question", func(tx *sql.Tx) error {
		who, recorded := s.person(person), 1
		if person != "" {
			recorded = 0
			var today int
			err := tx.QueryRowContext(ctx, "SELECT count(*) FROM reports WHERE person = ? AND at > ?", who,
				at.Unix()-day).Scan(&today)
			if err != nil {
				return err
			}
			if today >= maxPersonGaps {
				return ErrTooMany
			}
		}
		row, number, err := keepGap(ctx, tx, g, recorded, at)
		if err != nil {
			return err
		}
		id = number
		if person != "" {
			if _, err := tx.ExecContext(ctx, "INSERT INTO reports (gap, person, at) VALUES (?, ?, ?) "+
				"ON CONFLICT (gap, person) DO UPDATE SET at = excluded.at",
				row, who, at.Unix()); err != nil {
				return err
			}
		}
		// Those that somebody agreed to have kept stay longer than those that were recorded.
		_, err = tx.ExecContext(ctx, `DELETE FROM gaps WHERE server = ?1 AND id IN (SELECT id FROM gaps WHERE server = ?1
			ORDER BY id IN (SELECT gap FROM reports) DESC, last DESC, id DESC LIMIT 9223372036854775807 OFFSET ?2)`, g.Server,
			s.maxGaps)
		return err
	})
	return id, err
}

// keepGap writes a question down, or that it was asked again. One that was answered and is asked in vain again is open
// again. PostgreSQL has no index of texts as long as a question, so a conflict cannot tell the one from the other.
func keepGap(ctx context.Context, tx *sql.Tx, g Gap, recorded int, at time.Time) (row, number int64, err error) {
	channels, folded := strings.Join(g.Channels, " "), fold(g.Question)
	nearest, known := writeRefs(g.Nearest), strings.Join(g.Known, " ")
	err = tx.QueryRowContext(ctx, `UPDATE gaps SET recorded = recorded + ?, last = ?, nearest = ?, known = ?, answered = 0
		WHERE server = ? AND channels = ? AND folded = ? RETURNING id, number`,
		recorded, at.Unix(), nearest, known, g.Server, channels, folded).Scan(&row, &number)
	if !errors.Is(err, sql.ErrNoRows) {
		return row, number, err
	}
	err = tx.QueryRowContext(ctx, "INSERT INTO gap_numbers (server, last) VALUES (?, 1) "+
		"ON CONFLICT (server) DO UPDATE SET last = gap_numbers.last + 1 RETURNING last", g.Server).Scan(&number)
	if err != nil {
		return 0, 0, err
	}
	err = tx.QueryRowContext(ctx, `INSERT INTO gaps (server, number, channels, folded, question, nearest, known, recorded,
		first, last, answered) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9, 0) RETURNING id`,
		g.Server, number, channels, folded, g.Question, nearest, known, recorded, at.Unix()).Scan(&row)
	return row, number, err
}

// Wish remembers that a person wants to be told when the question is answered. The user id is stored until then. It
// returns ErrNoGap where the server has no such open question of that person, and ErrTooMany to who has 20 wishes.
func (s *Store) Wish(ctx context.Context, server string, gap int64, w Wish, at time.Time) error {
	return s.transact(ctx, "keep a wish", func(tx *sql.Tx) error {
		var open, wishes int
		row, err := gapRow(ctx, tx, server, gap)
		if err != nil {
			return err
		}
		if err := tx.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM gaps JOIN reports ON gap = id
			WHERE id = ?1 AND answered = 0 AND reports.person = ?2), (SELECT count(*) FROM wishes WHERE person = ?3 AND gap
!= ?1)`,
			row, s.person(w.Person), w.Person).Scan(&open, &wishes); err != nil {
			return err
		}
		switch {
		case open == 0:
			return ErrNoGap
		case wishes >= maxWishes:
			return ErrTooMany
		}
		_, err = tx.ExecContext(ctx, "INSERT INTO wishes (gap, person, locale, tries, at) VALUES (?, ?, ?, 0, ?) "+
			"ON CONFLICT (gap, person) DO UPDATE SET locale = excluded.locale, tries = 0, at = excluded.at",
			row, w.Person, w.Locale, at.Unix())
		return err
	})
}

// Gaps returns the open questions of a server, oldest first.
func (s *Store) Gaps(ctx context.Context, server string) ([]Gap, error) {
	gaps, err := s.gaps(ctx, server)
	if err != nil {
		return nil, fmt.Errorf("read questions: %w", err)
	}
	return gaps, nil
}

func (s *Store) gaps(ctx context.Context, server string) ([]Gap, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT number, channels, question, nearest, known, first, last,
		recorded + (SELECT count(*) FROM reports WHERE gap = gaps.id), (SELECT count(*) FROM wishes WHERE gap = gaps.id)
		FROM gaps WHERE server = ? AND answered = 0 ORDER BY number`, server)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Gap
	for rows.Next() {
		g := Gap{Server: server}
		var channels, nearest, known string
		var first, last int64
		if err := rows.Scan(&g.ID, &channels, &g.Question, &nearest, &known, &first, &last, &g.Times, &g.Wishes); err != nil {
			return nil, err
		}
		g.Channels, g.Nearest, g.Known = strings.Fields(channels), readRefs(nearest), strings.Fields(known)
		g.First, g.Last = time.Unix(first, 0).UTC(), time.Unix(last, 0).UTC()
		out = append(out, g)
	}
	return out, rows.Err()
}

// GapServers names the servers that have open questions or somebody left to tell.
func (s *Store) GapServers(ctx context.Context) ([]string, error) {
	var joined sql.NullString
	err := s.read.QueryRowContext(ctx, "SELECT string_agg(server, ' ' ORDER BY server) FROM (SELECT DISTINCT server "+
		"FROM gaps WHERE answered = 0 OR id IN (SELECT gap FROM wishes)) AS open").Scan(&joined)
	if err != nil {
		return nil, fmt.Errorf("read servers with questions: %w", err)
	}
	return strings.Fields(joined.String), nil
}

// TakeBack forgets that a person asked a question, and the question if nobody else did. It returns ErrNoGap where there
// is nothing to take back.
func (s *Store) TakeBack(ctx context.Context, server string, gap int64, person string) error {
	return s.transact(ctx, "take a question back", func(tx *sql.Tx) error {
		row, err := gapRow(ctx, tx, server, gap)
		if err != nil {
			return err
		}
		n, err := changed(tx.ExecContext(ctx, "DELETE FROM reports WHERE gap = ? AND person = ?", row, s.person(person)))
		if err != nil {
			return err
		}
		if n == 0 {
			return ErrNoGap
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM wishes WHERE gap = ? AND person = ?", row, person); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "DELETE FROM gaps WHERE id = ?1 AND recorded = 0 AND NOT EXISTS (SELECT 1 FROM "+
			"reports WHERE gap = ?1)", row)
		return err
	})
}

// DropGaps forgets questions of a server, with the wishes for them, and returns how many there were.
func (s *Store) DropGaps(ctx context.Context, server string, ids []int64) (dropped int, err error) {
	err = s.transact(ctx, "forget questions", func(tx *sql.Tx) error {
		dropped = 0
		for _, id := range ids {
			n, err := changed(tx.ExecContext(ctx, "DELETE FROM gaps WHERE number = ? AND server = ?", id, server))
			if err != nil {
				return err
			}
			dropped += n
		}
		return nil
	})
	return dropped, err
}

// AnswerGap marks a question as answered.
func (s *Store) AnswerGap(ctx context.Context, server string, id int64, at time.Time) error {
	return s.transact(ctx, "mark a question", func(tx *sql.Tx) error {
		n, err := changed(tx.ExecContext(ctx, "UPDATE gaps SET answered = ? WHERE number = ? AND server = ? AND answered = 0",
			at.Unix(), id, server))
		if err == nil && n == 0 {
			return ErrNoGap
		}
		return err
	})
}

// ReopenGap marks an answered question as open again.
func (s *Store) ReopenGap(ctx context.Context, server string, id int64) error {
	return s.transact(ctx, "mark a question", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE gaps SET answered = 0 WHERE number = ? AND server = ?", id, server)
		return err
	})
}

// Asked returns the edition of which the open questions of a server were last asked, "" for none.
func (s *Store) Asked(ctx context.Context, server string) (edition string, err error) {
	err = s.read.QueryRowContext(ctx, "SELECT edition FROM asked WHERE server = ?", server).Scan(&edition)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("read which edition was asked: %w", err)
	}
	return edition, nil
}

// SetAsked remembers the edition of which the open questions of a server were asked.
func (s *Store) SetAsked(ctx context.Context, server, edition string) error {
	return s.transact(ctx, "keep which edition was asked", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO asked (server, edition) VALUES (?, ?) "+
			"ON CONFLICT (server) DO UPDATE SET edition = excluded.edition", server, edition)
		return err
	})
}

// Answered counts the questions of a server that were found to be answered since a time.
func (s *Store) Answered(ctx context.Context, server string, since time.Time) (n int, err error) {
	err = s.read.QueryRowContext(ctx, "SELECT count(*) FROM gaps WHERE server = ? AND answered >= ? AND answered > 0",
		server, since.Unix()).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count questions: %w", err)
	}
	return n, nil
}

// TakeWish counts one more try to tell the next of those who want to know of an answered question, and returns whom; ok
// is false when nobody is left. A wish that was tried three times is forgotten: whoever was told ends it with DropWish.
// after is the person before, "" for the first.
func (s *Store) TakeWish(ctx context.Context, server string, gap int64, after string) (w Wish, ok bool, err error) {
	err = s.transact(ctx, "take a wish", func(tx *sql.Tx) error {
		row, err := gapRow(ctx, tx, server, gap)
		if errors.Is(err, ErrNoGap) { // it was dismissed meanwhile
			return nil
		}
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM wishes WHERE gap = ? AND tries >= ?", row, maxTries); err != nil {
			return err
		}
		err = tx.QueryRowContext(ctx, `UPDATE wishes SET tries = tries + 1 WHERE gap = ?1 AND person =
			(SELECT min(person) FROM wishes WHERE gap = ?1 AND person > ?2) RETURNING person, locale`, row,
			after).Scan(&w.Person, &w.Locale)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		ok = err == nil
		return err
	})
	return w, ok, err
}

// DropWish forgets a wish.
func (s *Store) DropWish(ctx context.Context, server string, gap int64, person string) error {
	return s.transact(ctx, "forget a wish", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM wishes WHERE person = ? AND gap = (SELECT id FROM gaps WHERE server = "+
			"? AND number = ?)",
			person, server, gap)
		return err
	})
}

// Untold returns the questions of a server that are answered and have somebody left to tell, oldest first.
func (s *Store) Untold(ctx context.Context, server string) ([]Gap, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT number, channels, question FROM gaps
		WHERE server = ? AND answered > 0 AND EXISTS (SELECT 1 FROM wishes WHERE gap = gaps.id) ORDER BY number`, server)
	if err != nil {
		return nil, fmt.Errorf("read wishes: %w", err)
	}
	defer rows.Close()
	var out []Gap
	for rows.Next() {
		g := Gap{Server: server}
		var channels string
		if err := rows.Scan(&g.ID, &channels, &g.Question); err != nil {
			return nil, fmt.Errorf("read wishes: %w", err)
		}
		g.Channels = strings.Fields(channels)
		out = append(out, g)
	}
	return out, rows.Err()
}

// gapRow is the row of a question by its number in a server, or ErrNoGap.
func gapRow(ctx context.Context, tx *sql.Tx, server string, number int64) (row int64, err error) {
	err = tx.QueryRowContext(ctx, "SELECT id FROM gaps WHERE server = ? AND number = ?", server, number).Scan(&row)
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNoGap
	}
	return row, err
}

// changed is how many rows a statement changed.
func changed(result sql.Result, err error) (int, error) {
	if err != nil {
		return 0, err
	}
	n, err := result.RowsAffected()
	return int(n), err
}
