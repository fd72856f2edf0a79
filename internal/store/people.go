package store

import (
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"database/sql/driver"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"pilcrow/internal/article"
)

// How long what people gave is kept, and how much of it.
const (
	KeepVotes = 180 * 24 * time.Hour
	KeepGaps  = 180 * 24 * time.Hour // since a question was last asked; wishes go with their question

	maxVotes   = 50_000 // of a server, and pruneEvery more; the oldest go first
	pruneEvery = 64     // votes: to find those beyond the bound, as many are read as are within it
	// questions of a server; those that nobody told the admins go first, then those not asked for longest
	maxGaps        = 2_000
	maxPersonVotes = 200 // of a person within a day
	maxPersonGaps  = 20  // reports of a person within a day
	maxWishes      = 20  // of a person, open at once
	maxTries       = 3   // to tell somebody

	maxComments = 3 // that are read back

	secretBytes = 32
	personBytes = 16 // of a keyed hash
	answerBytes = 6
)

// Errors that a caller can tell apart.
var (
	ErrTooMany = errors.New("too many of one person") // votes or reports within a day, or wishes at once
	ErrNoGap   = errors.New("there is no such question")
)

// secret returns the installation's secret, made when the file is first opened.
func secret(ctx context.Context, db *sql.DB) ([]byte, error) {
	made := make([]byte, secretBytes)
	rand.Read(made) // never fails: https://pkg.go.dev/crypto/rand#Read
	if _, err := db.ExecContext(ctx, "INSERT INTO secrets (name, value) VALUES ('people', ?) ON CONFLICT DO NOTHING",
		made); err != nil {
		return nil, fmt.Errorf("make a secret: %w", err)
	}
	var value []byte
	if err := db.QueryRowContext(ctx, "SELECT value FROM secrets WHERE name = 'people'").Scan(&value); err != nil {
		return nil, fmt.Errorf("read the secret: %w", err)
	}
	return value, nil
}

// seal is a hash that says nothing to those who do not have the secret.
func (s *Store) seal(bytes int, parts ...string) []byte {
	mac := hmac.New(sha256.New, s.secret)
	for _, p := range parts {
		fmt.Fprintf(mac, "%d:%s", len(p), p)
	}
	return mac.Sum(nil)[:bytes]
}

func (s *Store) person(id string) []byte { return s.seal(personBytes, "person", id) }

// AnswerKey names the answer to a question, 12 letters and digits. Nobody can tell the question from it.
func (s *Store) AnswerKey(server, edition, question string) string {
	return hex.EncodeToString(s.seal(answerBytes, "answer", server, edition, fold(question)))
}

// fold makes questions equal that differ in spaces and capitals alone.
func fold(question string) string {
	return strings.ToLower(strings.Join(strings.Fields(question), " "))
}

// A Vote is what one person says of one answer.
type Vote struct {
	Server, Answer string // Answer is its key
	Person         string // the user id; it is stored as a keyed hash
	Up             bool
	Reason         string // "" for none
	Comment        string
	Cites          []article.Ref // what the answer cites
	At             time.Time
}

// Vote stores what a person says of an answer, in place of what the same person said of it before. changed tells that
// there was such a vote. It returns ErrTooMany to who votes more than 200 times within a day.
func (s *Store) Vote(ctx context.Context, v Vote) (changed bool, err error) {
	err = s.transact(ctx, "vote", func(tx *sql.Tx) error {
		person, at := s.person(v.Person), v.At.Unix()
		var before, today int
		// Votes of the future, which a clock that had jumped left, lock nobody out.
		if err := tx.QueryRowContext(ctx,
			`SELECT count(*) FILTER (WHERE server = ?1 AND answer = ?2), count(*) FILTER (WHERE at > ?3 AND at <= ?4)
			FROM votes WHERE person = ?5`, v.Server, v.Answer, at-day, at, person).Scan(&before, &today); err != nil {
			return err
		}
		if changed = before > 0; !changed && today >= maxPersonVotes {
			return ErrTooMany
		}
		if changed { // the new one counts as young
			if _, err := tx.ExecContext(ctx, "DELETE FROM votes WHERE server = ? AND answer = ? AND person = ?",
				v.Server, v.Answer, person); err != nil {
				return err
			}
		}
		var id int64
		err := tx.QueryRowContext(ctx, `INSERT INTO votes (server, answer, person, up, reason, comment, cites, at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`, v.Server, v.Answer, person, v.Up, v.Reason, v.Comment,
			writeRefs(v.Cites), at).Scan(&id)
		if err != nil || id%pruneEvery != 0 {
			return err
		}
		_, err = tx.ExecContext(ctx, `DELETE FROM votes WHERE server = ?1 AND id IN
			(SELECT id FROM votes WHERE server = ?1 ORDER BY at DESC, id DESC LIMIT 9223372036854775807 OFFSET ?2)`, v.Server,
			s.maxVotes)
		return err
	})
	return changed, err
}

const day = 24 * 60 * 60 // seconds

// Votes is what a server's people say of its answers.
type Votes struct {
	Up, Down int
	Reasons  map[string]int // of Down, by reason; without those that gave none
	Cited    []CitedVotes   // those that are cited by answers voted down, most often first
	Comments []Comment      // the last ones, newest first
}

// A Comment is what somebody wrote with a vote.
type Comment struct {
	Text, Reason string
	Cites        []article.Ref // of the answer
}

// CitedVotes counts the votes on answers that cite a paragraph.
type CitedVotes struct {
	Ref      article.Ref
	Up, Down int
}

// Votes counts the votes of a server since a time.
func (s *Store) Votes(ctx context.Context, server string, since time.Time) (Votes, error) {
	v, err := s.votes(ctx, server, since)
	if err != nil {
		return Votes{}, fmt.Errorf("count votes: %w", err)
	}
	return v, nil
}

func (s *Store) votes(ctx context.Context, server string, since time.Time) (Votes, error) {
	v := Votes{Reasons: map[string]int{}}
	rows, err := s.read.QueryContext(ctx, `SELECT up, reason, comment, cites FROM votes WHERE server = ? AND at >= ?
		ORDER BY at DESC, id DESC`, server, since.Unix())
	if err != nil {
		return v, err
	}
	defer rows.Close()
	cited := map[article.Ref]CitedVotes{}
	for rows.Next() {
		var up bool
		var reason, comment, cites string
		if err := rows.Scan(&up, &reason, &comment, &cites); err != nil {
			return v, err
		}
		if comment != "" && len(v.Comments) < maxComments {
			v.Comments = append(v.Comments, Comment{comment, reason, readRefs(cites)})
		}
		if up {
			v.Up++
		} else {
			v.Down++
			if reason != "" {
				v.Reasons[reason]++
			}
		}
		for _, ref := range readRefs(cites) {
			c := cited[ref]
			c.Ref = ref
			if up {
				c.Up++
			} else {
				c.Down++
			}
			cited[ref] = c
		}
	}
	v.Cited = disappointing(cited)
	return v, rows.Err()
}

// disappointing orders the paragraphs by how often answers that cite them were voted down.
func disappointing(cited map[article.Ref]CitedVotes) []CitedVotes {
	list := slices.DeleteFunc(slices.Collect(maps.Values(cited)), func(c CitedVotes) bool { return c.Down == 0 })
	slices.SortFunc(list, func(a, b CitedVotes) int {
		return cmp.Or(b.Down-a.Down, a.Up-b.Up, cmp.Compare(a.Ref.Slug, b.Ref.Slug), a.Ref.N-b.Ref.N)
	})
	return list
}

// transact runs one change that is there as a whole or not at all.
func (s *Store) transact(ctx context.Context, doing string, change func(tx *sql.Tx) error) error {
	return s.transactAt(ctx, sql.LevelDefault, doing, change)
}

func (s *Store) transactAt(ctx context.Context, level sql.IsolationLevel, doing string,
	change func(tx *sql.Tx) error) error {
	err := within(ctx, s.write, &sql.TxOptions{Isolation: level}, change)
	if errors.Is(err, driver.ErrBadConn) { // it was cut in the middle
		err = fmt.Errorf("%w: %w", ErrNotKept, err)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	return nil
}

// writeRefs writes paragraphs as "slug#4 slug#7": no slug has a space or a number sign.
func writeRefs(refs []article.Ref) string {
	parts := make([]string, len(refs))
	for i, r := range refs {
		parts[i] = r.Slug + "#" + strconv.Itoa(r.N)
	}
	return strings.Join(parts, " ")
}

func readRefs(written string) []article.Ref {
	var refs []article.Ref
	for part := range strings.FieldsSeq(written) {
		slug, number, _ := strings.Cut(part, "#")
		if n, err := strconv.Atoi(number); err == nil {
			refs = append(refs, article.Ref{Slug: slug, N: n})
		}
	}
	return refs
}
