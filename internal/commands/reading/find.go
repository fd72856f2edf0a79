package reading

import (
	"context"
	"fmt"
	"math"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
)

// How many paragraphs find returns.
const (
	defaultFound = 5
	maxFound     = 100
)

// Find is the row of find.
func (t *Table) Find() commands.Command {
	return commands.Command{
		Name:    "find",
		Summary: "Find the nearest paragraphs with their scores",
		Params: []commands.Param{
			{Name: "question", Summary: "What to look for", Type: commands.Text, Required: true, Rest: true,
				MaxRunes: commands.MaxQuestionRunes},
			t.DocumentParam(),
			{Name: "k", Summary: "How many paragraphs, 5 unless said otherwise", Type: commands.Integer},
		},
		Only: commands.Terminal,
		Run:  t.runFind,
	}
}

func (t *Table) runFind(ctx context.Context, in commands.Input) (commands.Reply, error) {
	v, err := t.View(in)
	if err != nil {
		return commands.Reply{}, err
	}
	k := in.Args.Integer("k", defaultFound)
	if k > maxFound {
		return commands.Reply{}, commands.Refuse(fmt.Sprintf("k: want 1 to %d, got %d.", maxFound, k))
	}
	question := in.Args["question"]
	query := v.Query(question)
	query.K = k
	found, err := v.Engine.Find(ctx, query)
	if err != nil {
		return commands.Reply{}, err
	}
	out := findJSON{Question: question, Passages: []foundJSON{}}
	r := commands.Reply{Nothing: len(found) == 0}
	for _, f := range found {
		score := math.Round(f.Score*1e6) / 1e6
		out.Passages = append(out.Passages, foundJSON{f.Passage.Ref.Slug, f.Passage.Ref.N, score, f.Passage.Text, f.Prior})
		weight := ""
		if f.Prior < 1 { // it is not there to be read
			weight = fmt.Sprintf("×%.1f  ", f.Prior)
		}
		r.Blocks = append(r.Blocks, commands.Block{Kind: commands.Item,
			Text:  fmt.Sprintf("%.3f  %s%s", score, weight, f.Passage.Text),
			Cites: []article.Ref{f.Passage.Ref}})
	}
	if r.Nothing {
		r.Blocks = []commands.Block{{Kind: commands.Para, Text: "No paragraph has anything in common with that."}}
	}
	r.JSON = commands.Machine(out)
	return r, nil
}

type foundJSON struct {
	Document  string  `json:"document"`
	Paragraph int     `json:"paragraph"`
	Score     float64 `json:"score"`
	Text      string  `json:"text"`
	Prior     float64 `json:"prior"` // that the score has in it: less than 1 for a changelog, a license or an index
}

type findJSON struct {
	Question string      `json:"question"`
	Passages []foundJSON `json:"passages"`
}
