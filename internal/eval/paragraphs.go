package eval

import (
	"errors"
	"fmt"

	"pilcrow/internal/article"
)

// A paragraphRecord says how a loaded document must be numbered, byte for byte. Kind is "paragraph"; records of another
// kind, such as headings, only say what is not a paragraph.
type paragraphRecord struct {
	place
	Document  string `json:"document"`
	Kind      string `json:"kind"`
	Paragraph int    `json:"paragraph"`
	Text      string `json:"text"`
}

func (p *paragraphRecord) check() error {
	if p.Kind == "paragraph" && p.Paragraph < 1 {
		return errors.New("paragraph: paragraphs are counted from 1")
	}
	return nil
}

func (r *run) paragraphs(records []paragraphRecord, g *Group) error {
	g.Name, g.About = "paragraphs", "how the documents are numbered"
	right, n := 0, 0
	for _, p := range records {
		if p.Kind != "paragraph" {
			continue
		}
		d, err := r.document(p.place, p.Document)
		if err != nil {
			return err
		}
		n++
		got, ok := r.edition.Corpus.Passage(article.Ref{Slug: d.Slug, N: p.Paragraph})
		if ok && got.Text == p.Text {
			right++
			continue
		}
		g.Misses = append(g.Misses, Miss{
			File: p.file, Line: p.line, ID: fmt.Sprintf("¶%d", p.Paragraph), What: p.Text,
			Wanted: p.Text, Got: got.Text, Why: "another text",
		})
	}
	g.share("numbered", "paragraphs with their number and text, byte for byte", right, n)
	return nil
}
