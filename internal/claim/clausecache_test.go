package claim_test

import (
	"slices"
	"sync"
	"testing"

	"pilcrow/internal/claim/check"
	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/premise"
	"pilcrow/internal/claim/syntax"
)

// TestClausesReadOnce checks several sentences against a paragraph at once: each clause of it is read once, and goes
// with the reading.
func TestClausesReadOnce(t *testing.T) {
	c := premise.New(harbor)
	p := harbor.Passages[0]
	sentences := []string{
		"The union rejected the offer of the board and stopped work on March 3, 2021.",
		"The union stopped work.", "The board made an offer, and the union rejected it.",
	}
	check := func() {
		var all sync.WaitGroup
		for _, s := range sentences {
			all.Go(func() { check.One(s, p, c) })
		}
		all.Wait()
	}
	kept := func() (list []*syntax.Clause) {
		r := c.Passage(p)
		for v := range r.Units {
			if r.PartOf(v) == syntax.Verbal {
				clause.At(r, v)
				list = append(list, r.ClausesRead.At[v].Load())
			}
		}
		return list
	}
	check()
	first := kept()
	check()
	if again := kept(); len(first) == 0 || !slices.Equal(first, again) {
		t.Errorf("%d clauses were read, then others", len(first))
	}
	c.Readings.Drop()
	if again := kept(); slices.Equal(first, again) {
		t.Error("the clauses outlive their reading")
	}
}
