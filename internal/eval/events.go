package eval

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/timeline"
)

// An eventRecord is a dated statement of a loaded document.
type eventRecord struct {
	place
	ID        string `json:"id"`
	Document  string `json:"document"`
	Start     string `json:"date_start"`
	End       string `json:"date_end"`
	Paragraph int    `json:"paragraph"`
	Phrase    string `json:"phrase"`
	Required  bool   `json:"required"`
}

func (e *eventRecord) check() error {
	if _, err := day(e.Start); err != nil {
		return fmt.Errorf("date_start: %w", err)
	}
	if _, err := day(e.End); err != nil {
		return fmt.Errorf("date_end: %w", err)
	}
	if e.Start == "" || e.Paragraph < 1 {
		return errors.New("want a date_start and a paragraph, counting from 1")
	}
	return nil
}

// A datedParagraph is what an event of a timeline is held to.
type datedParagraph struct {
	ref        article.Ref
	start, end string
}

func (r *run) events(records []eventRecord, g *Group) error {
	g.Name, g.About = "events", "dated statements of the documents"
	shown := map[string]map[datedParagraph]bool{}
	wanted := map[datedParagraph]bool{}
	var required, requiredFound, found, rows int
	for _, e := range records {
		d, err := r.document(e.place, e.Document)
		if err != nil {
			return err
		}
		if shown[d.Slug] == nil {
			shown[d.Slug] = map[datedParagraph]bool{}
			for _, event := range timeline.Events(nil, d) {
				start, end := event.ISO()
				shown[d.Slug][datedParagraph{event.Ref, start, end}] = true
			}
			rows += len(shown[d.Slug])
		}
		key := datedParagraph{article.Ref{Slug: d.Slug, N: e.Paragraph}, e.Start, e.End}
		wanted[key] = true
		hit := shown[d.Slug][key]
		found += one(hit)
		required += one(e.Required)
		requiredFound += one(e.Required && hit)
		if !hit {
			g.Misses = append(g.Misses, Miss{
				File: e.file, Line: e.line, ID: e.ID, What: e.Phrase,
				Wanted: fmt.Sprintf("¶%d %s/%s", e.Paragraph, e.Start, e.End), Why: "not found",
			})
		}
	}
	right := 0
	for _, events := range shown {
		for key := range events {
			right += one(wanted[key])
		}
	}
	g.share("required", "required events with their paragraph and days", requiredFound, required)
	g.share("found", "all events with their paragraph and days", found, len(records))
	g.share("precision", "of the rows shown, those that are in the gold", right, rows)
	return nil
}

// A timelineRecord is a text of its own, one paragraph a line, with dated events. A Date may be a day, a month or a
// year.
type timelineRecord struct {
	place
	ID        string `json:"id"`
	Reference string `json:"reference"`
	Text      string `json:"text"`
	Events    []struct {
		Line int    `json:"line"` // counting from 1
		Date string `json:"date"`
	} `json:"events"`

	reference time.Time
}

func (t *timelineRecord) check() error {
	var err error
	if t.reference, err = day(t.Reference); err != nil {
		return fmt.Errorf("reference: %w", err)
	}
	lines := strings.Count(t.Text, "\n") + 1
	for _, e := range t.Events {
		if e.Date == "" || e.Line < 1 || e.Line > lines {
			return fmt.Errorf("events: want a date and a line from 1 to %d for each", lines)
		}
	}
	return nil
}

type timelineResult struct {
	found, other, otherFound int // events; those on other days than the publication's
	shown, right             int // rows on other days; those that are in the gold
	misses                   []Miss
}

func (r *run) timelines(ctx context.Context, records []timelineRecord, g *Group) error {
	g.Name, g.About = "timelines", "articles with dated events"
	results, err := each(ctx, records, func(ctx context.Context, t timelineRecord) (timelineResult, error) {
		return t.measure(), ctx.Err()
	})
	if err != nil {
		return err
	}
	var total timelineResult
	n := 0
	for i, s := range results {
		n += len(records[i].Events)
		total.found += s.found
		total.other += s.other
		total.otherFound += s.otherFound
		total.shown += s.shown
		total.right += s.right
		g.Misses = append(g.Misses, s.misses...)
	}
	g.share("recall", "events whose line is given their date", total.found, n)
	g.share("recall-other", "the same for events on other days than the publication's", total.otherFound, total.other)
	g.share("precision-other", "of the rows on other days, those that are in the gold", total.right, total.shown)
	return nil
}

func (t timelineRecord) measure() timelineResult {
	d := article.Document{Slug: ownSlug, Published: t.reference}
	for i, line := range strings.Split(t.Text, "\n") { // as it is printed: the lines count
		d.Passages = append(d.Passages, article.Passage{Ref: article.Ref{Slug: ownSlug, N: i + 1}, Text: line})
	}
	events := timeline.Events(nil, d)
	var s timelineResult
	right := make([]bool, len(events))
	for _, want := range t.Events {
		hit := false
		for k, e := range events {
			start, _ := e.ISO()
			if e.Ref.N != want.Line {
				continue
			}
			hit = hit || strings.HasPrefix(start, want.Date)
			right[k] = right[k] || start == want.Date || !e.Yearless && start[:len("2006")] == want.Date
		}
		other := !strings.HasPrefix(t.Reference, want.Date)
		s.found += one(hit)
		s.other += one(other)
		s.otherFound += one(other && hit)
		if !hit {
			s.misses = append(s.misses, Miss{
				File: t.file, Line: t.line, ID: t.ID, What: fmt.Sprintf("line %d", want.Line), Wanted: want.Date, Why: "not found",
			})
		}
	}
	for k, e := range events {
		if start, _ := e.ISO(); start != t.Reference {
			s.shown++
			s.right += one(right[k])
		}
	}
	return s
}
