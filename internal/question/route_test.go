package question

import (
	"bufio"
	"cmp"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestRouteExamples holds each rule to its example, and the order to it: no rule before takes it.
func TestRouteExamples(t *testing.T) {
	for _, r := range routeRules {
		if got := Read(r.example); got.Rule != r.name || got.Route != r.route || got.Field != r.field {
			t.Errorf("%s, %q: read by %s %q as %q %s, want %q %s", r.locale, r.example, got.Locale, got.Rule, got.Route,
				got.Field, r.route, r.field)
		}
	}
}

// TestRoutePhrases measures the routes on phrasings that were written before the rules.
func TestRoutePhrases(t *testing.T) {
	files, err := filepath.Glob("testdata/phrases.*.txt")
	if err != nil || len(files) != 7 {
		t.Fatal(files, err)
	}
	right, all := 0, 0
	for _, name := range files {
		file, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		want, n, of := Route(""), 0, 0
		for lines := bufio.NewScanner(file); lines.Scan(); {
			line := strings.TrimSpace(lines.Text())
			switch {
			case line == "" || strings.HasPrefix(line, "#"):
				continue
			case strings.HasPrefix(line, "["):
				want = Route(strings.Trim(line, "[]"))
				continue
			}
			of++
			if got := Read(line); got.Route == want {
				n++
			} else {
				t.Logf("%s: %q: read as %q by %q, want %q", name, line, got.Route, got.Rule, want)
			}
		}
		if float64(n) < leastRouted*float64(of) {
			t.Errorf("%s: %d of %d phrasings are routed right, want %g", name, n, of, leastRouted)
		}
		right, all = right+n, all+of
	}
	t.Logf("%d of %d phrasings are routed right", right, all)
}

const leastRouted = 0.95

// TestRouteAway counts the questions of an encyclopedia's readers that would not be put to the documents' text.
func TestRouteAway(t *testing.T) {
	dir := os.Getenv("PILCROW_SHARED")
	if dir == "" {
		t.Skip("PILCROW_SHARED is not set")
	}
	file, err := os.Open(filepath.Join(dir, "data", "squad", "questions.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	away, all := 0, 0
	routes := map[Route]int{}
	lines := bufio.NewScanner(file)
	for lines.Buffer(nil, 1<<20); lines.Scan(); {
		var record struct{ Question, Text string }
		if err := json.Unmarshal(lines.Bytes(), &record); err != nil {
			t.Fatal(err)
		}
		all++
		read := Read(cmp.Or(record.Question, record.Text))
		routes[read.Route]++
		switch read.Route {
		case NoRoute, YesNo, Definition, Comparison: // these are answered from the text, too
		default:
			away++
			t.Logf("%q is read as %s by %q", cmp.Or(record.Question, record.Text), read.Route, read.Rule)
		}
	}
	t.Logf("%d of %d are routed away; %v", away, all, routes)
	if all == 0 || away*100 > all {
		t.Errorf("%d of %d questions are routed away, more than one in a hundred", away, all)
	}
}
