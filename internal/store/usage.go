package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// maxUsageDays is how many days of usage are kept.
const maxUsageDays = 400

// Usage is how many tokens models took.
type Usage struct{ Prompt, Completion, Embedding int64 }

// AddUsage adds to what a day (as 2006-01-02, in UTC) took, and returns what it comes to, with what other processes added. Adding
// nothing only reads.
func (s *Store) AddUsage(ctx context.Context, day string, u Usage) (total Usage, err error) {
	if u == (Usage{}) {
		err = s.read.QueryRowContext(ctx, "SELECT prompt, completion, embedding FROM usage WHERE day = ?", day).
			Scan(&total.Prompt, &total.Completion, &total.Embedding)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return Usage{}, fmt.Errorf("read the usage of %s: %w", day, err)
		}
		return total, nil
	}
	err = s.write.QueryRowContext(ctx, `INSERT INTO usage (day, prompt, completion, embedding) VALUES (?, ?, ?, ?)
		ON CONFLICT (day) DO UPDATE SET prompt = prompt + excluded.prompt, completion = completion + excluded.completion,
		embedding = embedding + excluded.embedding RETURNING prompt, completion, embedding`, day, u.Prompt, u.Completion, u.Embedding).
		Scan(&total.Prompt, &total.Completion, &total.Embedding)
	if err == nil && total == u { // the first of a day
		const forget = "DELETE FROM usage WHERE day <= (SELECT day FROM usage ORDER BY day DESC LIMIT 1 OFFSET ?)"
		_, err = s.write.ExecContext(ctx, forget, maxUsageDays)
	}
	if err != nil {
		return Usage{}, fmt.Errorf("keep the usage of %s: %w", day, err)
	}
	return total, nil
}
