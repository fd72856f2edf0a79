package claim_test

import (
	"bufio"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/claim"
	"pilcrow/internal/claim/check"
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

// TestGoldClaims measures against claims that people wrote and judged: FEVER-Symmetric and WiCE. What is called
// supported must be: near the wording, or with its clauses kept. What shares the words is called close; with it, hardly
// fewer of the borne-out claims are found than by words alone.
func TestGoldClaims(t *testing.T) {
	type tally struct{ tp, fn, fp, tn, near, far int }
	bySource := map[string]*tally{"all": {}}
	for _, g := range goldClaims(t) {
		p := article.Passage{Ref: article.Ref{Slug: "gold", N: 1}, Text: g.Passage}
		r := check.One(g.Claim, p, nil)
		supported := r.Verdict == claim.Supported
		if bySource[g.Source] == nil {
			bySource[g.Source] = &tally{}
		}
		for _, c := range []*tally{bySource["all"], bySource[g.Source]} {
			switch speaks := r.Verdict.Speaks(); {
			case speaks && g.Label == "supported":
				c.near++
			case speaks:
				c.far++
			}
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
		yes, no := float64(c.tp+c.fn), float64(c.tn+c.fp)
		recall, wrong := float64(c.tp)/yes, float64(c.fp)/no
		t.Logf("%s: supported: balanced accuracy %.3f, false support %.3f, found %.3f; with what is close or reported: "+
			"balanced %.3f, of others %.3f (n=%d)",
			source, (recall+1-wrong)/2, wrong, recall, (float64(c.near)/yes+1-float64(c.far)/no)/2, float64(c.far)/no,
			c.tp+c.fn+c.fp+c.tn)
		if source == "all" && (wrong > 0.03 || recall < 0.40 || float64(c.near)/yes < 0.60) {
			t.Error("below the bar")
		}
	}
}
