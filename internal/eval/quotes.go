package eval

import (
	"errors"
	"strings"

	"pilcrow/internal/quote"
)

// A quoteRecord is a quotation of a loaded document. Speaker is part of the name that should be given; "" is not
// measured.
type quoteRecord struct {
	place
	ID        string `json:"id"`
	Document  string `json:"document"`
	Quote     string `json:"quote"`
	Speaker   string `json:"speaker"`
	Paragraph int    `json:"paragraph"`
}

func (q *quoteRecord) check() error {
	if strings.TrimSpace(q.Quote) == "" || q.Paragraph < 1 {
		return errors.New("want a quote and a paragraph, counting from 1")
	}
	return nil
}

func (r *run) quotes(records []quoteRecord, g *Group) error {
	g.Name, g.About = "quotes", "quotations of the documents"
	shown, used := map[string][]quote.Quotation{}, map[string][]bool{}
	var found, rows, exact, paragraphs, named, speakers int
	for _, q := range records {
		d, err := r.document(q.place, q.Document)
		if err != nil {
			return err
		}
		if used[d.Slug] == nil {
			shown[d.Slug] = quote.Find(nil, d)
			used[d.Slug] = make([]bool, len(shown[d.Slug]))
			rows += len(shown[d.Slug])
			for _, s := range shown[d.Slug] {
				p, ok := r.edition.Corpus.Passage(s.Ref)
				exact += one(ok && s.Start >= 0 && s.Start < s.End && s.End <= len(p.Text) && p.Text[s.Start:s.End] == s.Words)
			}
		}
		k := q.among(shown[d.Slug], used[d.Slug])
		miss := Miss{File: q.file, Line: q.line, ID: q.ID, What: q.Quote, Wanted: q.Speaker, Why: "not found"}
		if k < 0 {
			g.Misses = append(g.Misses, miss)
			continue
		}
		used[d.Slug][k] = true
		hit := shown[d.Slug][k]
		found++
		paragraphs += one(hit.Ref.N == q.Paragraph)
		if q.Speaker == "" {
			continue
		}
		named++
		right := strings.Contains(norm(hit.Speaker), norm(q.Speaker))
		speakers += one(right)
		if !right {
			miss.Got, miss.Why = hit.Speaker, "another speaker"
			g.Misses = append(g.Misses, miss)
		}
	}
	g.share("found", "quotations that are found", found, len(records))
	g.share("precision", "of the quotations shown, those that are in the gold", found, rows)
	g.share("paragraph", "of those found, in the right paragraph", paragraphs, found)
	g.share("speaker", "of those found whose speaker is known, given to that speaker", speakers, named)
	g.share("exact", "quotations shown that are slices of their paragraph", exact, rows)
	return nil
}

// among finds the quotation among those that are not taken: in its own paragraph first.
func (q quoteRecord) among(shown []quote.Quotation, used []bool) int {
	elsewhere := -1
	for k, s := range shown {
		if used[k] || !sameQuotation(s.Words, q.Quote) {
			continue
		}
		if s.Ref.N == q.Paragraph {
			return k
		}
		if elsewhere < 0 {
			elsewhere = k
		}
	}
	return elsewhere
}
