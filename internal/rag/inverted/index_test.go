package inverted

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/claim/premise"
)

// indexOf indexes documents of one-sentence paragraphs, without vectors.
func indexOf(t *testing.T, documents map[string][]string, earlier []*Index, kin *Index) *Index {
	t.Helper()
	var parsed []article.Document
	for slug, paragraphs := range documents {
		d, err := article.Parse(slug+".txt", []byte(strings.Join(paragraphs, "\n\n")))
		if err != nil {
			t.Fatal(err)
		}
		parsed = append(parsed, d)
	}
	c, err := article.NewCorpus(parsed...)
	if err != nil {
		t.Fatal(err)
	}
	l, err := New(c, premise.NewReadings(), earlier, kin, nil)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// checkHomes holds a lexicon to one home for each passage, and to counting the living right.
func checkHomes(t *testing.T, l *Index) (dead int) {
	t.Helper()
	lives := 0
	for _, p := range l.parts {
		live := 0
		for local := range p.passages() {
			n := p.numberOf(int32(local))
			if n < 0 {
				dead++
				continue
			}
			live++
			if h := l.home(int(n)); h.segment != p.segment || int(h.local) != local {
				t.Fatalf("passage %d has two homes", n)
			}
		}
		if live != p.live || live == 0 || p.number.len() != p.passages() {
			t.Fatalf("a part of %d with %d alive counts %d", p.number.len(), live, p.live)
		}
		lives += live
	}
	if lives != l.Passages() {
		t.Fatalf("%d of %d passages have a home", lives, l.Passages())
	}
	return dead
}

// TestSegmentsStayFew edits one paragraph at a time, many times: the segments stay few, and what is dead in them no
// more than what lives.
func TestSegmentsStayFew(t *testing.T) {
	if testing.Short() {
		t.Skip("it computes in one goroutine: the race detector sees nothing there")
	}
	random := rand.New(rand.NewPCG(5, 0))
	documents := map[string][]string{}
	for i := range 400 {
		slug := fmt.Sprintf("d%d", i%7)
		documents[slug] = append(documents[slug], fmt.Sprintf("Boat %d left the harbor.", i))
	}
	l := indexOf(t, documents, nil, nil)
	if len(l.parts) > maxReaders {
		t.Errorf("%d segments of a first load", len(l.parts))
	}
	for step := range 1500 {
		d := documents[fmt.Sprintf("d%d", random.IntN(7))]
		d[random.IntN(len(d))] = fmt.Sprintf("Boat %d came back.", step)
		l = indexOf(t, documents, []*Index{l}, nil)
		dead := checkHomes(t, l)
		if len(l.parts) > maxParts || dead > l.Passages() {
			t.Fatalf("step %d: %d segments, %d dead", step, len(l.parts), dead)
		}
	}
}

// TestReadsWhatChanged counts the passages that a new edition reads: those with another text or another speaker.
func TestReadsWhatChanged(t *testing.T) {
	documents := map[string][]string{
		"crew":  {"Maria Lopez, a captain, owns the boat.", "She said the harbor was closed.", "The sea was calm."},
		"tides": {"The ebb lasts six hours.", "The flood lasts five."},
	}
	read := func(l *Index, before ...*Index) int {
		n := 0
		for _, p := range l.parts {
			if !slices.ContainsFunc(before, func(e *Index) bool {
				return slices.ContainsFunc(e.parts, func(o *part) bool { return o.segment == p.segment })
			}) {
				n += p.passages()
			}
		}
		return n
	}
	first := indexOf(t, documents, nil, nil)
	if got := read(first); got != 5 {
		t.Errorf("the first edition read %d passages", got)
	}
	documents["tides"] = []string{"Slack water is short.", "The flood lasts five.", "The ebb lasts six hours."}
	second := indexOf(t, documents, []*Index{first}, nil)
	if got := read(second, first); got != 1 {
		t.Errorf("one new passage and two that moved: %d were read", got)
	}
	documents["stars"] = slices.Repeat([]string{"* * * and so on"}, 30)
	with := indexOf(t, documents, []*Index{second}, nil)
	documents["stars"] = slices.Repeat([]string{"* * * and so on"}, 31)
	if got := read(indexOf(t, documents, []*Index{with}, nil), with); got != 1 {
		t.Errorf("one more of thirty equal passages: %d were read", got)
	}
	delete(documents, "stars")
	documents["crew"] = []string{"Olga Petrova, a captain, owns the boat.", "She said the harbor was closed.",
		"The sea was calm."}
	third := indexOf(t, documents, []*Index{second}, nil)
	if got := read(third, second, first); got != 2 {
		t.Errorf("another speaker in the passage before: %d were read", got)
	}
	if got := third.Absent([]string{"lopez", "petrova"}, nil); !slices.Equal(got, []string{"lopez"}) {
		t.Errorf("absent are %q", got)
	}

	server := indexOf(t, map[string][]string{"tides": documents["tides"], "own": {"Our boat is blue."}},
		[]*Index{third}, third)
	if got := read(server, third); got != 1 {
		t.Errorf("a server with one passage of its own read %d", got)
	}
	checkHomes(t, server)
	if got := server.Absent([]string{"petrova", "blue", "flood"}, nil); !slices.Equal(got, []string{"petrova"}) {
		t.Errorf("absent at the server are %q", got)
	}
	if got := third.Absent([]string{"blue"}, nil); len(got) != 1 {
		t.Error("what the server has of its own is in the shared documents")
	}
}

// TestPanicIsAnError has one of many readings panic: the others end, and the caller gets an error.
func TestPanicIsAnError(t *testing.T) {
	var done atomic.Int64
	err := inTurn(20, func(i int) {
		if i == 3 {
			panic("a paragraph of no kind")
		}
		done.Add(1)
	})
	if err == nil || !strings.Contains(err.Error(), "a paragraph of no kind") || done.Load() == 0 {
		t.Errorf("%d done, %v", done.Load(), err)
	}
	if err := inTurn(0, nil); err != nil {
		t.Error(err)
	}
}

// A stem counts for what it tells where fields are counted, too: that of the only document's title tells little.
func TestFieldsWeigh(t *testing.T) {
	var paragraphs []string
	for i := range 40 {
		paragraphs = append(paragraphs, fmt.Sprintf("Line %d says something.", i))
	}
	l := indexOf(t, map[string][]string{"bridge": paragraphs}, nil, nil)
	w := l.Weigh([]string{"bridg", "ferri"})
	if w["bridg"] > w["ferri"]/3 {
		t.Errorf("the title's word weighs %.2f, one that stands nowhere %.2f", w["bridg"], w["ferri"])
	}
	if got := l.Absent([]string{"bridg", "ferri"}, nil); len(got) != 1 || got[0] != "ferri" {
		t.Errorf("absent are %q", got)
	}
}
