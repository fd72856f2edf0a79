package question

import (
	"bufio"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A phrasing is a question of a batch, and what it is for.
type phrasing struct {
	locale, text string
	want         Route
}

// content is what a batch says of questions that share the words of a route and ask for what the documents say.
const content Route = "content"

// phrasings are those of the files that the pattern names, whose names end in .<locale>.txt or are <locale>.txt.
func phrasings(t testing.TB, pattern string) (out []phrasing) {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) != 7 {
		t.Fatal(pattern, files, err)
	}
	for _, name := range files {
		locale := strings.TrimPrefix(strings.TrimSuffix(filepath.Base(name), ".txt"), "phrases.")
		file, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		var want Route
		lines := bufio.NewScanner(file)
		for lines.Scan() {
			switch line := strings.TrimSpace(lines.Text()); {
			case line == "" || strings.HasPrefix(line, "#"):
			case strings.HasPrefix(line, "["):
				want = Route(strings.Trim(line, "[]"))
			default:
				out = append(out, phrasing{locale, line, want})
			}
		}
		if err := lines.Err(); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// fromText tells whether a question of the route is put to the text of the documents, too.
func fromText(r Route) bool {
	return r == NoRoute || r == YesNo || r == Definition || r == Comparison
}

// A routed is how many of a kind are read as they should be.
type routed struct{ right, all int }

func (r routed) share() float64 { return float64(r.right) / float64(max(r.all, 1)) }

// measureRoutes reads phrasings, by locale, by locale and route, and those that ask for content.
func measureRoutes(t testing.TB, all []phrasing, misses bool) (byLocale, byRoute, kept map[string]routed) {
	t.Helper()
	byLocale, byRoute, kept = map[string]routed{}, map[string]routed{}, map[string]routed{}
	add := func(m map[string]routed, key string, right bool) {
		r := m[key]
		r.all++
		if right {
			r.right++
		}
		m[key] = r
	}
	for _, p := range all {
		got := Read(p.text)
		right := got.Route == p.want
		if p.want == content {
			right = fromText(got.Route)
			add(kept, p.locale, right)
		} else {
			add(byLocale, p.locale, right)
			add(byRoute, p.locale+" "+string(p.want), right)
		}
		if !right && misses {
			t.Logf("%s: %q: %q by %q, want %q", p.locale, p.text, got.Route, got.Rule, p.want)
		}
	}
	return byLocale, byRoute, kept
}

// What the batches are read right at least. The rules were mended with dev, and never with the others: gate was written
// before the rules, in the same hour, and fresh when they were done.
var leastOfBatch = map[string]float64{"dev": 0.98, "gate": 0.94, "fresh": 0.95}

// leastKept is how many of the questions that ask for content are put to the text.
const leastKept = 0.97

// TestRouteBatches measures the routes on phrasings that were written before the rules.
func TestRouteBatches(t *testing.T) {
	for batch, least := range leastOfBatch {
		byLocale, byRoute, kept := measureRoutes(t, phrasings(t, "testdata/"+batch+"/*.txt"), batch == "dev")
		for _, route := range slices.Sorted(maps.Keys(byRoute)) {
			if r := byRoute[route]; r.right < r.all {
				t.Logf("%s %s: %d of %d", batch, route, r.right, r.all)
			}
		}
		for _, locale := range slices.Sorted(maps.Keys(byLocale)) {
			r := byLocale[locale]
			t.Logf("%s %s: %d of %d (%.3f), content kept %d of %d", batch, locale, r.right, r.all, r.share(),
				kept[locale].right, kept[locale].all)
		}
		all, content := sum(byLocale), sum(kept)
		t.Logf("%s: %.3f are read right, %d of %d that ask for content are kept", batch, all.share(),
			content.right, content.all)
		if all.share() < least || content.all > 0 && content.share() < leastKept {
			t.Errorf("%s: want %g and %g", batch, least, leastKept)
		}
	}
}

func sum(m map[string]routed) (all routed) {
	for _, r := range m {
		all.right, all.all = all.right+r.right, all.all+r.all
	}
	return all
}

// TestActExamples holds each act to its example, and the order to it: no rule before takes it.
func TestActExamples(t *testing.T) {
	for _, a := range acts {
		got := Read(a.example)
		if got.Rule != a.name || got.Route != a.route || got.Field != a.field || got.Who != a.who {
			t.Errorf("%q: read by %q as %+v, want %q %s", a.example, got.Rule, got, a.name, a.route)
		}
	}
}
