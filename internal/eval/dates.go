package eval

import (
	"errors"
	"fmt"
	"time"

	"pilcrow/internal/timeline"
)

// A dateRecord is an expression of time in a sentence, and the days that it means seen from the reference day.
type dateRecord struct {
	place
	ID         string `json:"id"`
	Text       string `json:"text"`
	Expression string `json:"expression"`
	Offset     int    `json:"offset"` // of the expression in Text, in bytes
	Reference  string `json:"reference"`
	Start      string `json:"start"`
	End        string `json:"end"`
	Category   string `json:"category"`

	reference time.Time
}

func (d *dateRecord) check() error {
	var err error
	if d.reference, err = day(d.Reference); err != nil {
		return fmt.Errorf("reference: %w", err)
	}
	if d.Expression == "" || d.Offset < 0 || d.Offset > len(d.Text) {
		return errors.New("offset: want the place of the expression in text")
	}
	return nil
}

func (r *run) dates(records []dateRecord, g *Group) error {
	g.Name, g.About = "dates", "expressions of time in a sentence"
	var exact, inside, answered int
	var kinds tally
	for _, d := range records {
		found, ok := timeline.Normalize(d.Expression, d.Text, d.Offset, d.reference)
		var start, end string
		if ok {
			start, end = found.ISO()
		}
		right := ok && start == d.Start && end == d.End
		kinds.add(d.Category, right)
		answered += one(ok)
		exact += one(right)
		inside += one(ok && start >= d.Start && end <= d.End)
		if !right {
			g.Misses = append(g.Misses, Miss{
				File: d.file, Line: d.line, ID: d.ID, What: d.Expression,
				Wanted: d.Start + "/" + d.End, Got: start + "/" + end, Why: "other days",
			})
		}
	}
	n := len(records)
	g.share("exact", "expressions that are given exactly their days", exact, n)
	g.share("inside", "expressions that are given no day outside of theirs", inside, n)
	g.share("answered", "expressions that are given days at all", answered, n)
	kinds.kinds(g)
	return nil
}
