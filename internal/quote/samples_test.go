package quote

import (
	"fmt"
	"testing"

	"pilcrow/internal/texttest"
)

func TestSamples(t *testing.T) {
	texttest.Run(t, "testdata/samples.txt", *update, sampled)
	texttest.Run(t, "testdata/cases.txt", *update, sampled)
}

// sampled prints who says what in a text of one paragraph a line, and who is named in it.
func sampled(text string) (out []string) {
	add := func(format string, values ...any) { out = append(out, fmt.Sprintf(format, values...)) }
	s := Read(nil, document(text))
	for _, q := range s.Quotations {
		add("¶%d %s (%s, %s) named %v %s continues %v: %s",
			q.Ref.N, q.Speaker, q.Mention, q.Role, q.Named, q.Kind, q.Continues, q.Words)
	}
	for _, r := range s.Statements {
		add("¶%d reports %s (%s) named %v: %d-%d", r.Ref.N, r.Speaker, r.Mention, r.Named, r.Span.Start, r.Span.End)
	}
	for _, p := range s.People {
		add("names %s %q %s, place %v, institution %v, %d", p.Name, p.Aliases, p.Role, p.Place, p.Institution, len(p.Refs))
	}
	return out
}
