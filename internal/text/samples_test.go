package text

import (
	"flag"
	"fmt"
	"strings"
	"testing"

	"pilcrow/internal/texttest"
)

var update = flag.Bool("update", false, "write testdata/samples.txt anew")

func TestSamples(t *testing.T) { texttest.Run(t, "testdata/samples.txt", *update, sampled) }

// sampled prints the sentences of a text, its tokens with | between them and _ where nothing parts two, its
// quotations by itself and as paragraphs, and the rest that the package reads.
func sampled(s string) (out []string) {
	add := func(format string, values ...any) { out = append(out, fmt.Sprintf(format, values...)) }
	for _, span := range Sentences(s) {
		add("sentence %s", span.Of(s))
	}
	var tokens []string
	scanner := Scan(s, nil)
	for {
		token, ok := scanner.Next()
		if !ok {
			break
		}
		glued := ""
		if token.Glued {
			glued = "_"
		}
		tokens = append(tokens, glued+s[token.Start:token.End])
	}
	add("tokens %s", strings.Join(tokens, "|"))
	for _, q := range Quoted(s) {
		add("quoted %+v", q)
	}
	found, beyond := Quotations(nil, strings.Split(s, "\n"))
	for _, q := range found {
		add("quotation %+v", q)
	}
	add("language %q, beyond %d, bullet %d, first %q", Language(s), beyond, Bullet(s), FirstWord(s))
	var pieces []string
	for _, p := range Pieces(s, 60) {
		pieces = append(pieces, p.Of(s))
	}
	if len(pieces) > 1 {
		add("pieces %q", pieces)
	}
	return out
}
