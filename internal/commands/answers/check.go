package answers

import (
	"context"
	"slices"

	"pilcrow/internal/article"
	"pilcrow/internal/claim"
	"pilcrow/internal/commands"
	"pilcrow/internal/commands/paragraph"
	"pilcrow/internal/lang"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/rag/review"
)

// Check is the row of check.
func (t *Table) Check() commands.Command {
	return commands.Command{
		Name:    "check",
		Summary: "Hold each sentence of a text against the documents",
		Params: []commands.Param{
			{Name: "text", Summary: "What to check", Type: commands.Text, Required: true, Rest: true,
				MaxRunes: ask.MaxCheckRunes},
			t.DocumentParam(),
			{Name: commands.ExplainParam, Summary: "How each sentence was judged", Type: commands.Flag, Only: commands.Terminal},
		},
		Timeout: t.AnswerTimeout(askTimeout),
		Menu:    "Check with Pilcrow",
		Private: true,
		Run:     t.runCheck,
	}
}

func (t *Table) runCheck(ctx context.Context, in commands.Input) (commands.Reply, error) {
	v, err := t.View(in)
	if err != nil {
		return commands.Reply{}, err
	}
	checked, left, err := v.Engine.Check(ctx, v.Query(in.Args["text"]))
	if err != nil {
		return commands.Reply{}, err
	}
	r := checkReply(in.Lang, checked, left)
	r.Share = true
	if slices.ContainsFunc(checked, func(c ask.Checked) bool { return c.Verdict == claim.NotFound }) {
		t.SayMissing(&r, in)
	}
	if in.Args[commands.ExplainParam] != "" {
		for _, c := range checked {
			explain(&r, []review.Explanation{c.Explained})
		}
	}
	return r, nil
}

// checkReply shows what became of each sentence. It is pure.
func checkReply(p lang.Printer, checked []ask.Checked, left int) commands.Reply {
	var r commands.Reply
	out := CheckJSON{Sentences: []checkedJSON{}}
	rows := map[article.Ref]int{} // in which each paragraph comes first
	for i, c := range checked {
		from := len(r.Blocks)
		j := newCheckedJSON(c)
		out.Sentences = append(out.Sentences, j)
		r.Say(commands.Quote, c.Text)
		verdict := commands.Block{Kind: commands.Para, Text: verdictText(p, c)}
		// the paragraph that the verdict speaks of, and does not rest on
		nearest := commands.Block{Kind: commands.Small, Text: p.Text("Nearest:")}
		switch c.Verdict {
		case claim.Supported, claim.Reported, claim.Close, claim.Contradicted:
			verdict.Cites = commands.Refs(c.Cited)
		case claim.NotFound:
			nearest.Cites = commands.Refs(c.Cited)
		case claim.NotAClaim:
		}
		r.Blocks = append(r.Blocks, verdict)
		if len(nearest.Cites) > 0 {
			r.Blocks = append(r.Blocks, nearest)
		}
		for _, d := range c.Against {
			text := p.Text("But the documents disagree: %s.", p.Say(d.Why))
			r.Blocks = append(r.Blocks, commands.Block{Kind: commands.Para, Text: text, Cites: []article.Ref{d.Passage.Ref}})
			r.Source(d.Passage)
		}
		if len(verdict.Cites)+len(nearest.Cites) > 0 {
			for _, cited := range c.Cited {
				r.Source(cited)
			}
		}
		for n := range r.Blocks[from:] {
			r.Blocks[from+n].Row, r.Blocks[from+n].Tone = i+1, toneOf(c)
		}
		for _, p := range r.Sources {
			if rows[p.Ref] == 0 {
				rows[p.Ref] = i + 1
			}
		}
	}
	if left > 0 {
		r.Say(commands.Small, p.Text("%d more sentences were not checked.", left))
	}
	r.Actions = paragraph.OpenActions(r, r.Sources)
	for i := range r.Actions {
		r.Actions[i].Row = rows[r.Sources[i].Ref]
	}
	r.JSON = commands.Machine(out)
	return r
}

// toneOf is the color of a verdict.
func toneOf(c ask.Checked) commands.Tone {
	switch {
	case c.Verdict == claim.Contradicted:
		return commands.Destroy
	case len(c.Against) > 0, c.Verdict == claim.Close, c.Verdict == claim.Reported:
		return commands.Wary
	case c.Verdict == claim.Supported:
		return commands.Agree
	}
	return commands.Plain
}

func verdictText(p lang.Printer, c ask.Checked) string {
	switch c.Verdict {
	case claim.Supported:
		return p.Text("✓ Supported.")
	case claim.Reported:
		return p.Text("≈ Not as a fact: %s.", p.Say(c.Why))
	case claim.Close:
		return p.Text("≈ Close to it, so read it: %s.", p.Say(c.Why))
	case claim.Contradicted:
		return p.Text("✗ Contradicted: %s.", p.Say(c.Why))
	case claim.NotAClaim:
		return p.Text("– Left alone: %s.", p.Say(c.Why))
	}
	return p.Text("? Not in the documents: %s.", p.Say(c.Why))
}

type checkedJSON struct {
	Text      string             `json:"text"`
	Verdict   string             `json:"verdict"` // supported, reported, close, contradicted or not_found
	Citations []commands.RefJSON `json:"citations"`
	Why       string             `json:"why"`
	LeftAlone bool               `json:"left_alone"` // an opinion, a question or the like: nothing to support
	Disagree  []disputedJSON     `json:"disagree"`   // paragraphs that contradict what others support
	Explained explainJSON        `json:"explained"`
}

type disputedJSON struct {
	commands.RefJSON
	Why string `json:"why"`
}

// CheckJSON is the reply of check.
type CheckJSON struct {
	Sentences []checkedJSON `json:"sentences"`
}

func newCheckedJSON(c ask.Checked) checkedJSON {
	j := checkedJSON{Text: c.Text, Verdict: c.Verdict.String(), Citations: []commands.RefJSON{}, Why: c.Why.String(),
		Disagree:  []disputedJSON{},
		Explained: newExplainJSON(c.Explained)}
	switch c.Verdict {
	case claim.NotAClaim:
		j.Verdict, j.LeftAlone = claim.NotFound.String(), true
	case claim.Supported, claim.Reported, claim.Close, claim.Contradicted:
		j.Citations = commands.PassageRefsJSON(c.Cited)
	}
	for _, d := range c.Against {
		j.Disagree = append(j.Disagree, disputedJSON{commands.RefJSON{Document: d.Passage.Ref.Slug,
			Paragraph: d.Passage.Ref.N}, d.Why.String()})
	}
	return j
}
