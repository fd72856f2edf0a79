package claim_test

import (
	"flag"
	"fmt"
	"strings"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/claim/check"
	"pilcrow/internal/claim/exam"
	"pilcrow/internal/claim/premise"
	"pilcrow/internal/texttest"
)

var update = flag.Bool("update", false, "write testdata/samples.txt anew")

func TestSamples(t *testing.T) { texttest.Run(t, "testdata/samples.txt", *update, sampled) }

// sampled prints what a text's lines but the first, its paragraphs, say of the first, a sentence that cites the first
// of them.
func sampled(text string) (out []string) {
	add := func(format string, values ...any) { out = append(out, fmt.Sprintf(format, values...)) }
	lines := strings.Split(text, "\n")
	d := article.Document{Slug: "text", Passages: passages("text", lines[1:]...)}
	c := premise.New(d)
	context := func(string) *premise.Context { return c }
	f := check.All(lines[0], d.Passages, context)
	add("%s by %q, %.2f: %s %v %v", f.Verdict, f.Rule, f.Score, f.Why, f.Refs, f.Evidence)
	if f.Rewritten != "" {
		add("rewritten %s", f.Rewritten)
	}
	e := exam.NewGiven(d.Passages, context).Examine(exam.Written{Text: lines[0], Cites: []int{0}})
	var doubts []string
	for _, doubt := range e.Doubts {
		doubts = append(doubts, fmt.Sprintf("%s %.2f", doubt.Signal, doubt.Weight))
	}
	add("guard %q, doubts %q, cites %v, verbatim %v, kept %v, near %v, %.2f, %v",
		e.Guard.Signal, doubts, e.Cites, e.Verbatim, e.Kept, e.Near, e.Score, e.Spans)
	return out
}
