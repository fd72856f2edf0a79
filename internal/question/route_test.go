package question

import (
	"bufio"
	"cmp"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestRouteExamples holds each rule to its example, and the order to it: no rule before takes it.
func TestRouteExamples(t *testing.T) {
	for _, r := range slices.Concat(slotRules, lastRules) {
		if got := Read(r.example); got.Rule != r.name || got.Route != r.route || got.Field != r.field {
			t.Errorf("%s, %q: read by %s %q as %q %s, want %q %s", r.locale, r.example, got.Locale, got.Rule, got.Route,
				got.Field, r.route, r.field)
		}
	}
}

// TestRoutePhrases measures the routes on phrasings that they were made to read.
func TestRoutePhrases(t *testing.T) {
	byLocale, _, _ := measureRoutes(t, phrasings(t, "testdata/phrases.*.txt"), true)
	for locale, r := range byLocale {
		if r.share() < leastRouted {
			t.Errorf("%s: %d of %d phrasings are routed right, want %g", locale, r.right, r.all, leastRouted)
		}
	}
	t.Logf("%.3f are routed right", sum(byLocale).share())
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
		if !fromText(read.Route) {
			away++
			t.Logf("%q is read as %s by %q", cmp.Or(record.Question, record.Text), read.Route, read.Rule)
		}
	}
	t.Logf("%d of %d are routed away; %v", away, all, routes)
	if all == 0 || away*100 > all {
		t.Errorf("%d of %d questions are routed away, more than one in a hundred", away, all)
	}
}
