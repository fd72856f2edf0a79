package answers

import (
	"fmt"

	"pilcrow/internal/commands"
	"pilcrow/internal/rag/review"
)

// explain adds how sentences were judged, one block each.
func explain(r *commands.Reply, list []review.Explanation) {
	for _, x := range list {
		r.Say(commands.Quote, x.Text)
		for _, line := range explainLines(x) {
			r.Say(commands.Small, line)
		}
	}
}

// explainLines are the tree of one sentence, a line for each thing that was found.
func explainLines(x review.Explanation) []string {
	lines := []string{fmt.Sprintf("%s; %.0f %% of its words are in the paragraphs", x.Fate, 100*x.Score)}
	if x.Fate == "" {
		lines[0] = fmt.Sprintf("%.0f %% of its words are in the paragraphs", 100*x.Score)
	}
	if x.Rule != "" {
		lines = append(lines, "rule: "+x.Rule)
	}
	if x.Shown != "" {
		lines = append(lines, "shown as: "+x.Shown)
	}
	if !x.Guard.None() {
		lines = append(lines, fmt.Sprintf("guard %s (%s): %s", x.Guard.Signal, x.Guard.Code, x.Guard.Why))
	}
	if x.Opinion.Code != "" {
		lines = append(lines, "judge: "+string(x.Opinion.Code))
	}
	for _, d := range x.Doubts {
		if d.Weight == 0 {
			continue
		}
		lines = append(lines, fmt.Sprintf("doubt %s %.1f (%s): %s", d.Signal, d.Weight, d.Code, d.Why))
	}
	for _, rest := range x.Rests {
		by := "looked for"
		if rest.Named {
			by = "named by the writer"
		}
		lines = append(lines, fmt.Sprintf("rests on %s, %s: %q", rest.Ref, by, rest.Words))
	}
	return lines
}

type explainJSON struct {
	Text     string         `json:"text"`
	Rule     string         `json:"rule,omitempty"` // that gave the verdict of check
	Fate     string         `json:"fate"`           // shown, rewritten, replaced or withheld
	Shown    string         `json:"shown,omitempty"`
	Guard    *doubtJSON     `json:"guard,omitempty"`
	Code     string         `json:"code,omitempty"` // the judge's
	Doubts   []doubtJSON    `json:"doubts"`
	Score    float64        `json:"score"`
	Evidence []evidenceJSON `json:"evidence"`
}

type doubtJSON struct {
	Signal string  `json:"signal"`
	Code   string  `json:"code"`
	Weight float64 `json:"weight"`
	Why    string  `json:"why"`
}

type evidenceJSON struct {
	commands.RefJSON
	Words string `json:"words"`
	Named bool   `json:"named"` // by the writer
}

func newExplainJSON(x review.Explanation) explainJSON {
	j := explainJSON{Text: x.Text, Rule: x.Rule, Fate: string(x.Fate), Shown: x.Shown, Code: string(x.Opinion.Code),
		Score:  x.Score,
		Doubts: []doubtJSON{}, Evidence: []evidenceJSON{}}
	if !x.Guard.None() {
		j.Guard = &doubtJSON{x.Guard.Signal, string(x.Guard.Code), 1, x.Guard.Why.String()}
	}
	for _, d := range x.Doubts {
		j.Doubts = append(j.Doubts, doubtJSON{d.Signal, string(d.Code), d.Weight, d.Why.String()})
	}
	for _, r := range x.Rests {
		j.Evidence = append(j.Evidence, evidenceJSON{commands.RefJSON{Document: r.Ref.Slug, Paragraph: r.Ref.N}, r.Words,
			r.Named})
	}
	return j
}
