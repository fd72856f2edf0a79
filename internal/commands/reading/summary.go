package reading

import (
	"context"
	"slices"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/commands/access"
	"pilcrow/internal/commands/excerpt"
	"pilcrow/internal/commands/paragraph"
	"pilcrow/internal/lang"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/rag/review"
	"pilcrow/internal/steps"
	"pilcrow/internal/summary"
)

// SummarySentences is how many sentences stand for a document.
const SummarySentences = 5

// Summary is the row of summary.
func (t *Table) Summary() commands.Command {
	return commands.Command{
		Name:    "summary",
		Summary: "Sum a document up in five of its sentences",
		Params:  []commands.Param{t.DocumentParam()},
		Timeout: access.ReadTimeout,
		Run:     t.RunSummary,
	}
}

// RunSummary answers summary.
func (t *Table) RunSummary(ctx context.Context, in commands.Input) (commands.Reply, error) {
	v, err := t.View(in)
	if err != nil {
		return commands.Reply{}, err
	}
	d, err := v.One()
	if err != nil {
		return commands.Reply{}, err
	}
	kept, err := t.Picks(ctx, v, d)
	if err != nil {
		return commands.Reply{}, err
	}
	picks, said := slices.Clone(kept), v.Edition.Said(d.Slug)
	for i, x := range picks {
		picks[i].Text = excerpt.InItsVoice(x.Text, d.Passages[x.Ref.N-1], said)
	}
	return summaryReply(in.Lang, d, picks), nil
}

// Picks are the sentences that stand for a document of the view, made once.
func (t *Table) Picks(ctx context.Context, v access.View, d article.Document) ([]summary.Pick, error) {
	return t.summaries.Of(ctx, v.Edition, d.Slug, func(c *steps.Counter) []summary.Pick {
		return summary.Of(c, d,
			SummarySentences)
	})
}

// summaryReply shows the sentences, each with its paragraph. It is pure.
func summaryReply(say lang.Printer, d article.Document, picks []summary.Pick) commands.Reply {
	r := commands.Reply{Share: true, Listed: true, Nothing: len(picks) == 0}
	out := summaryJSON{Document: d.Slug, Title: d.Title, Sentences: []commands.SentenceJSON{}}
	a := ask.Answer{}
	r.Say(commands.Heading, d.Title)
	for _, p := range picks {
		ref := []article.Ref{p.Ref}
		out.Sentences = append(out.Sentences, commands.SentenceJSON{Text: p.Text, Citations: commands.RefsJSON(ref)})
		r.Blocks = append(r.Blocks, commands.Block{Kind: commands.Item, Text: p.Text, Cites: ref})
		a.Sentences = append(a.Sentences, review.Sentence{Text: p.Text, Citations: ref})
		r.Source(d.Passages[p.Ref.N-1])
	}
	a.Cited = r.Sources
	r.Actions = paragraph.Receipts(r, a)
	if r.Nothing {
		r.Say(commands.Para, say.Text("There is no sentence in it that could stand for the rest."))
	} else {
		r.Say(commands.Small, say.Text("The document's own sentences, in its order: those that say most of what it says."))
	}
	r.JSON = commands.Machine(out)
	return r
}

type summaryJSON struct {
	Document  string                  `json:"document"`
	Title     string                  `json:"title"`
	Sentences []commands.SentenceJSON `json:"sentences"`
}
