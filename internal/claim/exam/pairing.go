package exam

import (
	"slices"

	"pilcrow/internal/claim"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lang"
)

// Distances between two words of a text, in words: farther where a clause, a sentence or a paragraph lies between.
const (
	clauseStep   = 4
	sentenceStep = 20
	passageStep  = 100
	pairReach    = 12 // of a statement: what stands farther from a number does not say what it counts
)

// distance is how far two units of a text stand apart.
func distance(r *syntax.Analysis, i, j int) int {
	d := max(i, j) - min(i, j)
	switch {
	case r.Units[i].Sentence != r.Units[j].Sentence:
		return d + sentenceStep
	case r.Units[i].Clause != r.Units[j].Clause:
		return d + clauseStep
	}
	return d
}

// pairingDoubt doubts a number that the passages give to something else: beside the words that stand nearest to it in
// the statement, the passages have another number of the same unit, and farther off the one of the statement. "55
// percent for cellars and 50 percent for laundry" does not bear out "50 percent for cellars".
func pairingDoubt(m *match.Pair, e *Examination, list []held) {
	for i := range m.Hyp.Units {
		u := &m.Hyp.Units[i]
		if u.Kind != syntax.Number || u.Quoted || len(m.Hits[i]) == 0 || counted(u) && u.Quantity.Unit == "" {
			continue
		}
		if pairedElsewhere(m, i, list) {
			e.doubt(SignalPairing, claim.CodeNumber,
				lang.Say("the paragraph has “%s”, but of something else", match.Piece(m.Hyp.Of(i))))
			return
		}
	}
}

// pairedElsewhere reports whether more of the words near a number of the statement stand nearer to another one in the
// passages than to it.
func pairedElsewhere(m *match.Pair, i int, list []held) bool {
	u := &m.Hyp.Units[i]
	paired, against := 0, 0
	for w := range m.Hyp.Units {
		v := &m.Hyp.Units[w]
		content := v.Kind == syntax.Name || v.Kind == syntax.Plain && m.Hyp.Weights[w] >= match.WeightPlain
		if !content || v.Sentence != u.Sentence || distance(m.Hyp.Analysis, i, w) > pairReach {
			continue
		}
		nearer := func(k int) bool {
			o := &m.Hyp.Units[k]
			return k != i && o.Kind == syntax.Number && o.Quantity.Unit == u.Quantity.Unit &&
				distance(m.Hyp.Analysis, k, w) <= distance(m.Hyp.Analysis, i, w)
		}
		if slices.ContainsFunc(m.Hyp.Index[syntax.NumberKey], nearer) {
			continue // the word belongs to another number
		}
		mine, other := pairDistances(list, u, v)
		switch {
		case mine <= other && mine < passageStep:
			paired++
		case other < mine && other <= pairReach:
			against++
		}
	}
	return against > paired
}

// pairDistances is how near the passages have the number to the word, and how near the nearest other one of its unit.
func pairDistances(list []held, u, v *syntax.Unit) (mine, other int) {
	mine, other = passageStep, passageStep
	for _, h := range list {
		i, w := unitAt(h.m, u.Start), unitAt(h.m, v.Start)
		if i < 0 || w < 0 {
			continue
		}
		for _, at := range h.m.Hits[w] {
			for _, j := range match.Figures(h.m.Prem, syntax.NumberKey) {
				q := h.m.Prem.Units[j].Quantity
				d := distance(h.m.Prem, j, at)
				switch {
				case slices.Contains(h.m.Hits[i], j):
					mine = min(mine, d)
				case q.Unit == u.Quantity.Unit && !q.Ordinal && !q.Vague:
					other = min(other, d)
				}
			}
		}
	}
	return mine, other
}

// unitAt is the unit of the statement that begins at a byte; -1 for none.
func unitAt(m *match.Pair, start int) int {
	return slices.IndexFunc(m.Hyp.Units, func(u syntax.Unit) bool { return u.Start == start })
}
