package verdict

import (
	"cmp"
	"slices"

	"pilcrow/internal/claim"
	"pilcrow/internal/claim/attribution"
	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/polarity"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lang"
)

// rolesExchanged refuses a sentence that exchanges who did something and to whom: around the same verb or comparison,
// what stands before it in the statement stands after it in the passage and the other way round, while both are
// active or both passive.
func rolesExchanged(m *match.Pair) *match.Failure {
	for i := range m.Hyp.Units {
		u := &m.Hyp.Units[i]
		if u.Kind != syntax.Plain || u.Op != syntax.None || u.Quoted || !clause.Verb(m.Hyp.Analysis, i) {
			continue
		}
		exchanged := -1
		for _, j := range m.Hits[i] {
			straight, crossed := sides(m, i, j)
			if straight || mutual[u.Key] && m.Prem.Units[j].Key == u.Key {
				exchanged = -1
				break
			}
			if crossed {
				exchanged = j
			}
		}
		if exchanged >= 0 {
			return &match.Failure{Verdict: claim.Contradicted, Check: claim.CheckRelation, Why: lang.Say(
				"in the paragraph it is the other way round: “%s”", match.Piece(polarity.Around(m.Prem, exchanged)))}
		}
	}
	return nil
}

// mutual verbs say the same of both: who was married to her, she was married to him.
var mutual = match.KeysOf("marry")

// Relations is the rules of who does what to whom in their order.
func Relations(m *match.Pair) *match.Failure {
	return cmp.Or(rolesExchanged(m), pronounRoles(m), parties(m), skips(m))
}

// sides compares what stands around a verb of the statement and one of the passage.
func sides(m *match.Pair, i, j int) (straight, crossed bool) {
	sl, sr := roles(m.Hyp.Analysis, i)
	pl, pr := roles(m.Prem, j)
	if otherVoice(m, i, j) {
		pl, pr = pr, pl
	}
	ll, rr, lr, rl := meet(m, sl, pl), meet(m, sr, pr), meet(m, sl, pr), meet(m, sr, pl)
	if comparative := m.Hyp.Folded(i+1) == "than" && m.Prem.Folded(j+1) != "than"; comparative {
		// "the smaller mill" is the smaller one, so that the other one is not.
		next := j + 1
		return false, next < len(m.Prem.Units) && m.Prem.Units[next].Kind != syntax.Light && meet(m, sr, []int{next})
	}
	return ll || rr, lr && rl
}

// roles lists the content words before and after a verb in its clause: where it has a name near it, that name.
func roles(r *syntax.Analysis, i int) (left, right []int) {
	const reach = 6
	take := func(k, step int) []int {
		var list []int
		for n := 0; n < reach && k >= 0 && k < len(r.Units) && r.Units[k].Sentence == r.Units[i].Sentence; n, k = n+1,
			k+step {
			if r.Units[k].Clause != r.Units[i].Clause && (step > 0 || len(list) > 0) {
				break // only a subject stands outside: "the office, which ignored"
			}
			if r.Units[k].Kind == syntax.Name {
				from, to := match.Run(r, k)
				for list = list[:0]; from < to; from++ {
					list = append(list, from)
				}
				return list
			}
			if u := &r.Units[k]; u.Kind == syntax.Plain && u.Op == syntax.None {
				list = append(list, k)
			}
		}
		return list
	}
	return take(i-1, -1), take(i+1, 1)
}

// meet reports whether one of the statement's units is one of the passage's.
func meet(m *match.Pair, s, p []int) bool {
	for _, a := range s {
		for _, b := range p {
			if m.Same(&m.Hyp.Units[a], &m.Prem.Units[b]) {
				return true
			}
		}
	}
	return false
}

// pronounRoles refuses a subject that the passage's sentence has in another role, while its own subject is "it" or
// "he": who that is was named before.
func pronounRoles(m *match.Pair) *match.Failure {
	for i := range m.Hyp.Units {
		if m.Hyp.Units[i].Kind != syntax.Plain || m.Hyp.Units[i].Quoted || !clause.Verb(m.Hyp.Analysis, i) ||
			clause.Passive(m.Hyp.Analysis, i) {
			continue
		}
		left, right := neighbors(m.Hyp.Analysis, i)
		if left < 0 || otherSubject(m.Hyp.Analysis, left+1, i) {
			continue
		}
		for _, j := range m.Hits[i] {
			at := pronounSubject(m.Prem, j)
			if at < 0 || sameRun(m, left, at) || clause.Passive(m.Prem, j) || namedBehind(m.Prem, j, at) {
				continue // "It was produced by Redfern": who does it stands behind
			}
			sentence := m.Prem.Units[j].Sentence
			here := slices.ContainsFunc(m.Hits[left], func(h int) bool { return m.Prem.Units[h].Sentence == sentence })
			if here || right >= 0 && sameRun(m, right, at) {
				return &match.Failure{Verdict: claim.Contradicted, Check: claim.CheckRelation, Why: lang.Say(
					"the paragraph says this of “%s”, not of “%s”", match.Piece(m.Prem.Of(at)), match.Piece(m.Hyp.Of(left)))}
			}
		}
	}
	return nil
}

// namedBehind reports whether the name at a unit stands again behind the verb: "it" is not Lumo in "It had tried to buy
// Lumo", or the passage would have "itself".
func namedBehind(r *syntax.Analysis, verb, name int) bool {
	end := r.From[r.Units[verb].Sentence+1]
	return slices.ContainsFunc(r.Units[verb+1:end], func(u syntax.Unit) bool {
		return u.Kind == syntax.Name && u.Key == r.Units[name].Key
	})
}

// parties refuses "talks between A and C" where the passage has talks between A and B.
func parties(m *match.Pair) *match.Failure {
	for i := range m.Hyp.Units {
		mine := between(m.Hyp.Analysis, i)
		if len(mine) < 2 {
			continue
		}
		rival := -1
		for j := range m.Prem.Units {
			theirs := between(m.Prem, j)
			if len(theirs) < 2 || !m.InWindow(j) || !m.Same(&m.Hyp.Units[i-1], &m.Prem.Units[j-1]) {
				continue
			}
			shared := 0
			for _, a := range mine {
				if meet(m, []int{a}, theirs) {
					shared++
				}
			}
			if shared == len(mine) {
				rival = -1
				break
			}
			rival = j
		}
		if rival >= 0 {
			return &match.Failure{Verdict: claim.Contradicted, Check: claim.CheckRelation,
				Why: lang.Say("the paragraph says “%s”", match.Piece(polarity.Around(m.Prem, rival)))}
		}
	}
	return nil
}

// between lists the words that name the parties of "between A and B", where i is "between": names, or a noun where
// there is none. nil for anything else.
func between(r *syntax.Analysis, i int) []int {
	const reach = 10
	if i == 0 || r.Units[i].Folded != "between" {
		return nil
	}
	var list []int
	and, named := false, false // after the "and"; the party has its name
	for k := i + 1; k < min(len(r.Units), i+reach) && r.Units[k].Clause == r.Units[i].Clause; k++ {
		u := &r.Units[k]
		switch {
		case u.Folded == "and" && !and:
			and, named = true, false
		case u.Kind == syntax.Name:
			list, named = append(list, k), true
		case u.Kind == syntax.Plain && u.Op == syntax.None && (!named || list[len(list)-1] == k-1):
			list, named = append(list, k), and
		case named && and || u.Kind != syntax.Light && u.Kind != syntax.Plain:
			k = len(r.Units)
		}
	}
	if !and {
		return nil
	}
	return list
}

// skips refuses a sentence that joins a verb to the object of another, or a figure to what another one counts: between
// the two the passage has a rival that the statement leaves out. "62 percent were against" does not follow from "62
// percent were in favor and 21 percent against".
func skips(m *match.Pair) *match.Failure {
	if !m.Near {
		return nil
	}
	last := -1
	for k := range m.Hyp.Units {
		if m.Hyp.Units[k].Kind == syntax.Light || m.Hyp.Units[k].Quoted {
			continue
		}
		i := last
		last = k
		if i < 0 || m.Align[i] < 0 || m.Align[k] < 0 || m.Hyp.Units[i].Sentence != m.Hyp.Units[k].Sentence {
			continue
		}
		if t := skippedBetween(m, m.Align[i], m.Align[k]); t >= 0 {
			return &match.Failure{Verdict: claim.Contradicted, Check: claim.CheckRelation,
				Why: lang.Say("the paragraph says “%s” in its place", match.Piece(polarity.Around(m.Prem, t)))}
		}
	}
	return nil
}

// skippedBetween finds a rival of one of two units of the passage that the statement leaves out between them: another
// figure with what it counts, another object of the verb. -1 for none.
func skippedBetween(m *match.Pair, j, l int) int {
	a, b := &m.Prem.Units[j], &m.Prem.Units[l]
	for t := j + 1; t < l; t++ {
		v := &m.Prem.Units[t]
		if v.Kind < syntax.Name || slices.Contains(m.Align, t) || v.Quoted {
			continue
		}
		figures := a.Kind == syntax.Number && v.Kind == syntax.Number && a.Quantity.Unit == v.Quantity.Unit &&
			b.Kind == syntax.Plain &&
			v.Clause == b.Clause && leftOut(m, j, t)
		object := b.Kind == syntax.Name && v.Kind == syntax.Name && a.Kind == syntax.Plain && v.Clause == a.Clause &&
			v.Clause != b.Clause &&
			v.Key != b.Key && clause.Verb(m.Prem, j) && leftOut(m, t, l) && t-j <= 2
		if figures || object {
			return t
		}
	}
	return -1
}

// leftOut reports whether the statement leaves out a content word of the passage between two positions.
func leftOut(m *match.Pair, from, to int) bool {
	for t := from + 1; t < to; t++ {
		if m.Prem.Units[t].Kind == syntax.Plain && !slices.Contains(m.Align, t) {
			return true
		}
	}
	return false
}

// otherSubject reports whether a verb at to has a subject between from and itself that is not the name before: "Lund
// said that the mill closed", "said Lund, who led".
func otherSubject(r *syntax.Analysis, from, to int) bool {
	for k := from; k < to; k++ {
		switch f := r.Units[k].Folded; {
		case attribution.IsPronoun(f), f == "who", f == "which", f == "that" && r.PartOf(k-1) == syntax.Verbal:
			return true
		}
	}
	return false
}

// pronounSubject finds the name that "It", "He" or "They" before a verb most likely stands for: the first of the
// sentence before. -1 for none, and where the pronoun is somebody's words while the verb is not.
func pronounSubject(r *syntax.Analysis, j int) int {
	s := r.Units[j].Sentence
	if s == 0 {
		return -1
	}
	begin := r.From[s]
	if !attribution.IsPronoun(r.Units[begin].Folded) || r.Units[begin].Quoted != r.Units[j].Quoted ||
		otherSubject(r, begin+1, j) {
		return -1
	}
	// The verb may be the second of its subject: "It was finished in 1949 … and was closed in 2001."
	for k := max(r.From[s]+1, j-syntax.MaxClause); k < j; k++ {
		if r.Units[k].Kind == syntax.Name && r.Units[k].Clause == r.Units[j].Clause {
			return -1
		}
	}
	for k := r.From[s-1]; k < min(r.From[s], r.From[s-1]+syntax.MaxClause); k++ {
		if r.Units[k].Kind == syntax.Name {
			return k
		}
		if r.PartOf(k) == syntax.Verbal {
			break // "The mirror was ground in Arnby. It …": what has a name is not what the sentence is about
		}
	}
	return -1
}

// sameRun reports whether the names around two units have a word in common.
func sameRun(m *match.Pair, i, j int) bool {
	s0, s1 := match.Run(m.Hyp.Analysis, i)
	p0, p1 := match.Run(m.Prem, j)
	for a := s0; a < s1; a++ {
		for b := p0; b < p1; b++ {
			if m.Same(&m.Hyp.Units[a], &m.Prem.Units[b]) {
				return true
			}
		}
	}
	return false
}

// neighbors finds the nearest name before and after a word in its sentence.
func neighbors(r *syntax.Analysis, i int) (left, right int) {
	const reach = 6
	left, right = -1, -1
	for k := i - 1; k >= max(0, i-reach) && r.Units[k].Sentence == r.Units[i].Sentence; k-- {
		if r.Units[k].Kind == syntax.Name {
			left = k
			break
		}
	}
	for k := i + 1; k < min(len(r.Units), i+reach+1) && r.Units[k].Sentence == r.Units[i].Sentence; k++ {
		if r.Units[k].Kind == syntax.Name {
			right = k
			break
		}
	}
	return left, right
}

// farAgent is how many units a passive's "by" may stand behind it: "was bought from the port authority by Norlin".
const farAgent = 10

// otherVoice reports whether of a verb of the statement and one of the passage one is passive.
func otherVoice(m *match.Pair, i, j int) bool {
	if clause.PassiveVerb(m.Hyp.Analysis, i) && clause.ByWithin(m.Hyp.Analysis, i, farAgent) &&
		!clause.PassiveVerb(m.Prem, j) && !clause.Passive(m.Prem, j) {
		return true
	}
	return clause.Passive(m.Hyp.Analysis, i) != clause.Passive(m.Prem, j)
}
