package claim_test

import (
	"bufio"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/claim"
	"pilcrow/internal/claim/check"
	"pilcrow/internal/claim/premise"
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
	sort byte   // '+' true, '-' false, '!' false and short
	kind string // how it was made of a sentence of the text: "passive"; "" in the first ten texts
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
				kind, said := "", line[2:]
				if rest, ok := strings.CutPrefix(said, "["); ok {
					kind, said, _ = strings.Cut(rest, "] ")
				}
				text.claims = append(text.claims, pairsClaim{line[0], kind, said})
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

// firstPairs is how many texts TestPairs has. Those behind them are a second set, of TestPairsByKind.
const firstPairs = 10

// TestPairs holds claims about texts of our own: what is false is not called supported, and what is true is at least
// close.
func TestPairs(t *testing.T) {
	type tally struct{ all, supported, close int }
	var halves [2]map[byte]*tally
	for i := range halves {
		halves[i] = map[byte]*tally{'+': {}, '-': {}, '!': {}}
	}
	for _, text := range readPairs(t) {
		if text.number > firstPairs {
			continue
		}
		c := premise.New(text.document)
		half := (text.number + 1) % 2
		for _, said := range text.claims {
			f := check.All(said.text, text.document.Passages, func(string) *premise.Context { return c })
			n := halves[half][said.sort]
			n.all++
			switch f.Verdict {
			case claim.Supported:
				n.supported++
			case claim.Close, claim.Reported:
				n.close++
			}
			wrong := said.sort != '+' && f.Verdict == claim.Supported || said.sort == '+' && f.Verdict != claim.Supported
			if *development && half == 0 && wrong {
				t.Logf("%d%c %v %q | %s", text.number, said.sort, f.Verdict, f.Why, said.text)
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

// TestPairsByKind holds the second set of claims to its bounds: what is false is called supported once in twenty times
// at most, and most of what is true is supported or close. Every claim has the kind of its making, and each half its
// texts. Half of it is development, the other half nobody looks at.
func TestPairsByKind(t *testing.T) {
	type tally struct{ all, supported, close, other int }
	var halves [2]map[string]*tally
	for i := range halves {
		halves[i] = map[string]*tally{"+": {}, "-": {}}
	}
	for _, text := range readPairs(t) {
		if text.number <= firstPairs {
			continue
		}
		c := premise.New(text.document)
		half := (text.number + 1) % 2
		for _, said := range text.claims {
			f := check.All(said.text, text.document.Passages, func(string) *premise.Context { return c })
			sort := string(said.sort)
			for _, key := range []string{sort, sort + said.kind} {
				n := halves[half][key]
				if n == nil {
					n = &tally{}
					halves[half][key] = n
				}
				n.all++
				switch f.Verdict {
				case claim.Supported:
					n.supported++
				case claim.Close, claim.Reported:
					n.close++
				default:
					n.other++
				}
			}
			wrong := said.sort != '+' && f.Verdict == claim.Supported || said.sort == '+' && f.Verdict != claim.Supported
			if *development && half == 0 && wrong {
				t.Logf("%d%c %s: %v %q | %s", text.number, said.sort, said.kind, f.Verdict, f.Why, said.text)
			}
		}
	}
	for i, half := range halves {
		name := []string{"odd", "even"}[i]
		for _, key := range slices.Sorted(maps.Keys(half)) {
			n := half[key]
			t.Logf("%s texts, %s: of %d claims %d supported, %d close, %d neither", name, key, n.all, n.supported, n.close,
				n.other)
		}
		if yes, no := half["+"], half["-"]; 100*(yes.supported+yes.close) < 60*yes.all || 20*no.supported > no.all {
			t.Errorf("%s texts: too few of the true ones are supported or close, or too many false ones supported", name)
		}
	}
}
