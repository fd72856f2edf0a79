package claim_test

import (
	"flag"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"pilcrow/docs"
	"pilcrow/internal/article"
	"pilcrow/internal/claim"
	"pilcrow/internal/claim/attribution"
	"pilcrow/internal/claim/check"
	"pilcrow/internal/claim/premise"
	"pilcrow/internal/claim/syntax"
)

// mutants is how many mutated drafts TestMutations makes; a million takes minutes.
var mutants = flag.Int("mutants", 20_000, "how many mutated drafts to check")

// The bars of the project, per kind of edit and for sentences that were not touched.
const (
	maxLetThrough = 0.02
	maxWithheld   = 0.05
)

func loadMutable(t testing.TB) []*mutable {
	t.Helper()
	var list []*mutable
	add := func(d article.Document) {
		m := &mutable{context: premise.New(d), document: d}
		seen := map[string]bool{}
		lower := map[string]bool{}
		for _, p := range d.Passages {
			for _, w := range strings.FieldsFunc(p.Text, func(r rune) bool { return !unicode.IsLetter(r) }) {
				lower[w] = true
			}
		}
		for _, p := range d.Passages {
			for _, at := range nameRun.FindAllStringIndex(p.Text, -1) {
				n := p.Text[at[0]:at[1]]
				if at[0] > 2 && p.Text[at[0]-2] != '.' && p.Text[at[0]-1] == ' ' && !seen[n] && !slices.Contains(monthNames, n) &&
					!lower[strings.ToLower(strings.Fields(n)[0])] {
					seen[n] = true
					m.names = append(m.names, n)
				}
			}
			f := strings.Fields(p.Text)
			for i := 0; i+7 < len(f); i += 7 {
				if run := strings.Join(f[i:i+7], " "); !strings.ContainsAny(run, "“”\"…") {
					m.phrases = append(m.phrases, run)
				}
			}
		}
		list = append(list, m)
	}
	corpus, err := article.Load(docs.FS)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range corpus.Documents() {
		add(d)
	}
	if root := os.Getenv("PILCROW_SHARED"); root != "" {
		for _, dir := range []string{"articles/dated", "data/squad/docs"} {
			corpus, err := article.Load(os.DirFS(filepath.Join(root, dir)))
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range corpus.Documents() {
				add(d)
			}
		}
	}
	return list
}

func sources(list []*mutable) []source {
	var all []source
	for _, m := range list {
		for _, p := range m.document.Passages {
			for _, span := range article.Sentences(p.Text) {
				s := span.Of(p.Text)
				if len(strings.Fields(s)) >= 6 && !strings.HasSuffix(strings.TrimRight(s, "”\"'’) "), "?") {
					all = append(all, source{m, p, s})
				}
			}
		}
	}
	return all
}

// TestMutations checks drafts that were made of true sentences by one change each. Hardly any may pass, and hardly any
// sentence that was not touched may be withheld.
func TestMutations(t *testing.T) {
	if testing.Short() {
		t.Skip("it computes in one goroutine: the race detector sees nothing there")
	}
	list := loadMutable(t)
	all := sources(list)
	r := rand.New(rand.NewPCG(2022, 4))
	made, through := map[string]int{}, map[string]int{}
	shown := map[string]int{}
	const examples = 12
	for range *mutants {
		m := mutations[r.IntN(len(mutations))]
		s, other := pick(r, all), pick(r, list)
		text, p, ok := "", article.Passage{}, false
		for try := 0; !ok && try < 200; try++ {
			if try > 0 {
				s = pick(r, all)
			}
			text, p, ok = m.apply(r, s, other)
		}
		if !ok || text == s.sentence && m.kind != "moved" {
			continue
		}
		made[m.kind]++
		got := check.One(text, p, s.document.context)
		if got.Verdict == claim.Supported {
			showsOnly(t, text, p)
		}
		if got.Verdict != claim.Supported || got.Rewritten != "" && m.kind == "misattributed" {
			continue
		}
		through[m.kind]++
		if shown[m.kind]++; shown[m.kind] <= examples && testing.Verbose() {
			t.Logf("%s let through (%.2f): %s\n      was: %s\n      in: %.300s", m.kind, got.Score, text, s.sentence, p.Text)
		}
	}
	for _, m := range mutations {
		if made[m.kind] == 0 {
			t.Errorf("%s: no mutation was made", m.kind)
			continue
		}
		share := float64(through[m.kind]) / float64(made[m.kind])
		t.Logf("%-13s %6d made, %4d let through (%.2f %%)", m.kind, made[m.kind], through[m.kind], 100*share)
		if share > maxLetThrough {
			t.Errorf("%s: %.3f let through, want at most %.3f", m.kind, share, maxLetThrough)
		}
	}
}

// showsOnly holds that a sentence that passed shows no words as a quotation that the passage does not have.
func showsOnly(t *testing.T, text string, p article.Passage) {
	t.Helper()
	shown, why := attribution.CutQuotations(text, []article.Passage{p})
	if !why.None() {
		return // not shown
	}
	for _, span := range syntax.Quoted(shown) {
		if said := strings.TrimFunc(span.Of(shown), attribution.EndMark); !strings.Contains(p.Text, said) {
			t.Errorf("%q shows %q, which is not in %s", text, said, p.Ref)
		}
	}
}

// TestUntouched checks every true sentence against its own paragraph.
func TestUntouched(t *testing.T) {
	all := sources(loadMutable(t))
	withheld, rewritten := 0, 0
	by := map[string]int{}
	for _, s := range all {
		r := check.One(s.sentence, s.passage, s.document.context)
		if r.Verdict == claim.Supported {
			if r.Rewritten != "" {
				rewritten++
			}
			continue
		}
		withheld++
		if by[r.Check]++; by[r.Check] <= 25 && testing.Verbose() {
			t.Logf("%v %s %.2f %s\n    %s", r.Verdict, r.Check, r.Score, r.Why, s.sentence)
		}
	}
	share := float64(withheld) / float64(len(all))
	t.Logf("%d sentences, %d withheld (%.2f %%) %v, %d given a speaker", len(all), withheld, 100*share, by, rewritten)
	if share > maxWithheld {
		t.Errorf("%.3f of the true sentences withheld, want at most %.3f", share, maxWithheld)
	}
}
