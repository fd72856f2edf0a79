package question

import (
	"flag"
	"fmt"
	"strings"
	"testing"

	"pilcrow/internal/texttest"
)

var update = flag.Bool("update", false, "write testdata/samples.txt anew")

func TestSamples(t *testing.T) { texttest.Run(t, "testdata/samples.txt", *update, sampled) }

// sampled prints all that the package reads in a text.
func sampled(text string) (out []string) {
	add := func(format string, values ...any) { out = append(out, fmt.Sprintf(format, values...)) }
	q := Parse(text)
	add("asks kind %d, of %q, how %q, several %v, speaker %q, names %q, stems %q",
		q.Kind, q.Of, q.How, q.Several, q.Speaker, q.Names, q.Stems)
	if r := Read(text); r.Route != NoRoute {
		add("route %+v", r)
	}
	if parts, more := Split(text); len(parts) != 1 || parts[0] != text || more > 0 {
		add("split %q %d", parts, more)
	}
	if plain := Plain(text); plain != text {
		add("plain %s, everyday %s", plain, Everyday(text))
	}
	add("traits %05b, statement %s", TraitsOf(text).Bits(), Statement(text))
	if !strings.Contains(text, " ") {
		add("spellings %q", Spellings(text))
	}
	return out
}
