package commands

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"pilcrow/internal/article"
)

// maxNeighborRunes bounds what is shown of the paragraphs before and after; their text in JSON is whole.
const maxNeighborRunes = 280

func (t *Table) paragraph() Command {
	return Command{
		Name:    "paragraph",
		Summary: "Show one paragraph with its neighbors",
		Params: append([]Param{
			{Name: "number", Summary: "The paragraph's number, as in ¶4", Type: Integer, Required: true, Rest: true},
			t.documentParam(),
		}, receiptParams()...),
		Run: t.runParagraph,
	}
}

func (t *Table) runParagraph(_ context.Context, in Input) (Reply, error) {
	v, err := t.view(in)
	if err != nil {
		return Reply{}, err
	}
	d, err := v.one()
	if err != nil {
		return Reply{}, err
	}
	p, bold, note, ok := cited(d, in.Args)
	if !ok {
		n := in.Args.integer("number", 0)
		return Reply{
			Nothing: true,
			Blocks: []Block{{Kind: Para, Text: fmt.Sprintf("“%s” has no ¶%d: it has %s.", d.Title, n,
				count(len(d.Passages), "paragraph", "paragraphs"))}},
			JSON: paragraphJSON{Document: d.Slug, Title: d.Title, Paragraph: n},
		}, nil
	}
	r := paragraphReply(d, p.Ref.N)
	r.Share = true
	if i := slices.IndexFunc(r.Blocks, func(b Block) bool { return b.Kind == Quote }); i >= 0 {
		r.Blocks[i].Bold = bold
	}
	if in.From == Chat && !d.Published.IsZero() {
		r.say(Small, "Published "+isoDay(d.Published))
	}
	if note != "" {
		r.say(Small, note)
	}
	return r, nil
}

// paragraphReply shows the n-th paragraph, 1 ≤ n ≤ len(d.Passages). It is pure.
func paragraphReply(d article.Document, n int) Reply {
	p := d.Passages[n-1]
	title := d.Title
	if p.Heading != "" {
		title += " · " + p.Heading
	}
	r := Reply{Blocks: []Block{{Kind: Heading, Text: title}}}
	j := paragraphJSON{Document: d.Slug, Title: d.Title, Heading: p.Heading, Paragraph: n, Text: p.Text}
	if n > 1 {
		before := d.Passages[n-2]
		j.Before = &neighborJSON{n - 1, before.Text}
		r.Blocks = append(r.Blocks, neighbor(before))
		r.Actions = append(r.Actions, turned(fmt.Sprintf("← ¶%d", n-1), before))
	}
	r.Blocks = append(r.Blocks, Block{Kind: Quote, Text: p.Text, Cites: []article.Ref{p.Ref}})
	if n < len(d.Passages) {
		after := d.Passages[n]
		j.After = &neighborJSON{n + 1, after.Text}
		r.Blocks = append(r.Blocks, neighbor(after))
		r.Actions = append(r.Actions, turned(fmt.Sprintf("¶%d →", n+1), after))
	}
	r.JSON = j
	return r
}

// turned offers to put a neighbor in the place of what is shown.
func turned(label string, p article.Passage) Action {
	a := receipt(label, p, nil)
	a.Turn = true
	return a
}

func neighbor(p article.Passage) Block {
	return Block{Kind: Small, Text: clip(p.Text, maxNeighborRunes), Cites: []article.Ref{p.Ref}}
}

type neighborJSON struct {
	Paragraph int    `json:"paragraph"`
	Text      string `json:"text"`
}

type paragraphJSON struct {
	Document  string        `json:"document"`
	Title     string        `json:"title"`
	Heading   string        `json:"heading"`
	Paragraph int           `json:"paragraph"`
	Text      string        `json:"text"` // "" where there is no such paragraph
	Before    *neighborJSON `json:"before,omitempty"`
	After     *neighborJSON `json:"after,omitempty"`
}

func (j paragraphJSON) MarshalJSON() ([]byte, error) {
	type plain paragraphJSON
	return encode(func(e *json.Encoder) error { return e.Encode(plain(j)) })
}
