package claim

import (
	"bufio"
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"pilcrow/internal/article"
)

// development tells TestPairs to list what went wrong on the half that may be looked at.
var development = flag.Bool("pairs", false, "list what TestPairs gets wrong on texts with odd numbers")

// A pairsText is a text with claims about it, as testdata/pairs/README.md says.
type pairsText struct {
	number   int
	document article.Document
	claims   []pairsClaim
}

type pairsClaim struct {
	sort byte // '+' true, '-' false, '!' false and short
	text string
}

func readPairs(t testing.TB) []pairsText {
	t.Helper()
	files, err := filepath.Glob("testdata/pairs/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no texts", err)
	}
	var all []pairsText
	for _, name := range files {
		n, err := strconv.Atoi(strings.TrimSuffix(filepath.Base(name), ".txt"))
		if err != nil {
			t.Fatal(err)
		}
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		text := pairsText{number: n, document: article.Document{Slug: filepath.Base(name)}}
		lines := bufio.NewScanner(f)
		var paragraphs []string
		for lines.Scan() {
			line := lines.Text()
			switch line[0] {
			case '#':
				text.document.Title = line[2:]
			case '+', '-', '!':
				text.claims = append(text.claims, pairsClaim{line[0], line[2:]})
			default:
				paragraphs = append(paragraphs, line)
			}
		}
		if err := f.Close(); err != nil || lines.Err() != nil {
			t.Fatal(err, lines.Err())
		}
		text.document.Passages = passages(text.document.Slug, paragraphs...)
		all = append(all, text)
	}
	return all
}

// TestPairs holds claims about texts of our own: what is false is not called supported, and what is true is at least
// close.
func TestPairs(t *testing.T) {
	type tally struct{ all, supported, close int }
	var halves [2]map[byte]*tally
	for i := range halves {
		halves[i] = map[byte]*tally{'+': {}, '-': {}, '!': {}}
	}
	for _, text := range readPairs(t) {
		c := NewContext(text.document)
		half := (text.number + 1) % 2
		for _, claim := range text.claims {
			f := CheckAll(claim.text, text.document.Passages, func(string) *Context { return c })
			n := halves[half][claim.sort]
			n.all++
			switch f.Verdict {
			case Supported:
				n.supported++
			case Close, Reported:
				n.close++
			}
			wrong := claim.sort != '+' && f.Verdict == Supported || claim.sort == '+' && f.Verdict != Supported
			if *development && half == 0 && wrong {
				t.Logf("%d%c %v %q | %s", text.number, claim.sort, f.Verdict, f.Why, claim.text)
			}
		}
	}
	for i, half := range halves {
		yes, no, short := half['+'], half['-'], half['!']
		// Measured: odd 76 and 21, even 74 and 18; no false one of either half.
		t.Logf("%s texts: of %d true claims %d supported, %d more close; of %d false ones %d supported; of %d short ones %d",
			[]string{"odd", "even"}[i], yes.all, yes.supported, yes.close, no.all, no.supported, short.all, short.supported)
		if 100*yes.supported < 70*yes.all || 100*(yes.supported+yes.close) < 90*yes.all {
			t.Error("too few of the true ones are supported, or close")
		}
		if 50*no.supported > no.all || 20*short.supported > short.all {
			t.Error("too many false ones are supported")
		}
	}
}
