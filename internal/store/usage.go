package store

import (
	"context"
	"database/sql"
	"fmt"
)

// maxUsageDays is how many days of usage are kept.
const maxUsageDays = 400

// Usage is how many tokens models took. Held is what calls under way may take at most, and what calls may have taken
// whose end a crash kept from being written down.
type Usage struct{ Prompt, Completion, Embedding, Held int64 }

// Sum is all of it: never less than was taken.
func (u Usage) Sum() int64 { return u.Prompt + u.Completion + u.Embedding + u.Held }

// A DayUsage is what one day took, as 2006-01-02 in UTC.
type DayUsage struct {
	Day string
	Usage
}

const usageOfDay = `SELECT coalesce(sum(prompt), 0), coalesce(sum(completion), 0), coalesce(sum(embedding), 0),
	(SELECT coalesce(sum(tokens), 0) FROM holds WHERE day = ?1) FROM usage WHERE day = ?1`

// Usage returns what a day comes to, with what other processes added.
func (s *Store) Usage(ctx context.Context, day string) (u Usage, err error) {
	err = s.read.QueryRowContext(ctx, usageOfDay, day).Scan(&u.Prompt, &u.Completion, &u.Embedding, &u.Held)
	if err != nil {
		return Usage{}, fmt.Errorf("read the usage of %s: %w", day, err)
	}
	return u, nil
}

// HoldUsage writes down that a call may take so many tokens, before it is made, and returns what the day comes to. The
// hold lasts until AddUsage ends it.
func (s *Store) HoldUsage(ctx context.Context, day string, tokens int64) (id int64, total Usage, err error) {
	err = s.transact(ctx, "hold tokens", func(tx *sql.Tx) error {
		if err := tx.QueryRowContext(ctx, "INSERT INTO holds (day, tokens) VALUES (?, ?) RETURNING id", day,
			tokens).Scan(&id); err != nil {
			return err
		}
		return tx.QueryRowContext(ctx, usageOfDay, day).Scan(&total.Prompt, &total.Completion, &total.Embedding, &total.Held)
	})
	return id, total, err
}

// AddUsage ends a hold, 0 for none, adds to the day what was taken, and returns what the day comes to. u.Held is not
// used.
func (s *Store) AddUsage(ctx context.Context, day string, hold int64, u Usage) (total Usage, err error) {
	err = s.transact(ctx, "keep the usage of "+day, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "DELETE FROM holds WHERE id = ?", hold); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO usage (day, prompt, completion, embedding) VALUES (?, ?, ?, ?)
			ON CONFLICT (day) DO UPDATE SET prompt = usage.prompt + excluded.prompt,
			completion = usage.completion + excluded.completion, embedding = usage.embedding + excluded.embedding`, day,
			u.Prompt, u.Completion, u.Embedding)
		if err != nil {
			return err
		}
		err = tx.QueryRowContext(ctx, usageOfDay, day).Scan(&total.Prompt, &total.Completion, &total.Embedding, &total.Held)
		if err != nil || total != (Usage{u.Prompt, u.Completion, u.Embedding, total.Held}) {
			return err
		}
		// The first of a day.
		for _, table := range []string{"usage", "holds"} {
			_, err := tx.ExecContext(ctx, "DELETE FROM "+table+" WHERE day <= (SELECT day FROM usage ORDER BY day DESC LIMIT "+
				"1 OFFSET ?)", maxUsageDays)
			if err != nil {
				return err
			}
		}
		return nil
	})
	return total, err
}

// UsageDays returns the last days on which anything was taken or held, newest first.
func (s *Store) UsageDays(ctx context.Context, most int) ([]DayUsage, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT day, sum(prompt), sum(completion), sum(embedding), sum(held) FROM
		(SELECT day, prompt, completion, embedding, 0 AS held FROM usage UNION ALL SELECT day, 0, 0, 0, tokens FROM holds)
AS days
		GROUP BY day ORDER BY day DESC LIMIT ?`, most)
	if err != nil {
		return nil, fmt.Errorf("read the usage: %w", err)
	}
	defer rows.Close()
	var days []DayUsage
	for rows.Next() {
		var d DayUsage
		if err := rows.Scan(&d.Day, &d.Prompt, &d.Completion, &d.Embedding, &d.Held); err != nil {
			return nil, fmt.Errorf("read the usage: %w", err)
		}
		days = append(days, d)
	}
	return days, rows.Err()
}

// ResetUsage forgets what a day took, and what is held of it, and returns what that was. A call under way counts from
// its end on.
func (s *Store) ResetUsage(ctx context.Context, day string) (was Usage, err error) {
	err = s.transact(ctx, "reset the usage of "+day, func(tx *sql.Tx) error {
		if err := tx.QueryRowContext(ctx, usageOfDay, day).Scan(&was.Prompt, &was.Completion, &was.Embedding,
			&was.Held); err != nil {
			return err
		}
		for _, table := range []string{"usage", "holds"} {
			if _, err := tx.ExecContext(ctx, "DELETE FROM "+table+" WHERE day = ?", day); err != nil {
				return err
			}
		}
		return nil
	})
	return was, err
}
