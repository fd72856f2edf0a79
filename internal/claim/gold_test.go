package claim

import (
	"bufio"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pilcrow/internal/article"
)

// shared opens the data that measures us, and skips without it.
func shared(t testing.TB, name string) string {
	t.Helper()
	root := os.Getenv("PILCROW_SHARED")
	if root == "" {
		t.Skip("PILCROW_SHARED is not set")
	}
	return filepath.Join(root, name)
}

type goldClaim struct {
	ID, Source, Passage, Claim, Label string
}

func goldClaims(t testing.TB) []goldClaim {
	f, err := os.Open(shared(t, "data/claims.dev.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var list []goldClaim
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var g goldClaim
		if err := json.Unmarshal(lines.Bytes(), &g); err != nil {
			t.Fatal(err)
		}
		list = append(list, g)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}

// TestGoldClaims measures against claims that people wrote and judged: FEVER-Symmetric and WiCE. The bars are those of
// the project: balanced accuracy 0.72, unsupported claims called supported 0.20.
func TestGoldClaims(t *testing.T) {
	type tally struct{ tp, fn, fp, tn int }
	bySource := map[string]*tally{"all": {}}
	for _, g := range goldClaims(t) {
		p := article.Passage{Ref: article.Ref{Slug: "gold", N: 1}, Text: g.Passage}
		r := Check(g.Claim, p, nil)
		supported := r.Verdict == Supported
		if bySource[g.Source] == nil {
			bySource[g.Source] = &tally{}
		}
		for _, c := range []*tally{bySource["all"], bySource[g.Source]} {
			switch {
			case g.Label == "supported" && supported:
				c.tp++
			case g.Label == "supported":
				c.fn++
			case supported:
				c.fp++
			default:
				c.tn++
			}
		}
		if testing.Verbose() && supported != (g.Label == "supported") {
			t.Logf("%s %s: %v %s %.2f %q | %s", g.ID, g.Label, r.Verdict, r.Check, r.Score, r.Why, g.Claim)
		}
	}
	for _, source := range slices.Sorted(maps.Keys(bySource)) {
		c := bySource[source]
		recall, specificity := float64(c.tp)/float64(c.tp+c.fn), float64(c.tn)/float64(c.tn+c.fp)
		t.Logf("%s: balanced accuracy %.3f, false support %.3f, supported found %.3f (n=%d)", source, (recall+specificity)/2, 1-specificity, recall, c.tp+c.fn+c.fp+c.tn)
		if source == "all" && ((recall+specificity)/2 < 0.72 || 1-specificity > 0.20) {
			t.Error("below the bar")
		}
	}
}
