package qualifier

import (
	"slices"

	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/entail"
	"pilcrow/internal/claim/inference"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/mention"
	"pilcrow/internal/claim/polarity"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/claim/value"
	"pilcrow/internal/claim/wording"
)

// groundVerbs are the verbs of the passage that a clause of the statement was found kept in.
func groundVerbs(m *match.Pair, sc *syntax.Clause) []int {
	same := entail.SameVerbs(m, sc.Verb)
	var list []int
	for _, j := range m.Grounds {
		if slices.Contains(same, j) && m.Prem.PartOf(j) == syntax.Verbal {
			list = append(list, j)
		}
	}
	return list
}

// genders of the pronouns that have one.
var genders = map[string]string{"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}

// otherPronoun finds a "he" or "she" as the subject of a clause that the passage has with the other pronoun, or of
// which it has the subject as what the statement does it to: "Moen apologized to her" for "She apologized to Moen".
func otherPronoun(m *match.Pair) int {
	for k := range m.Hyp.Sentences {
		for _, sc := range m.Hyp.Clauses(k) {
			if !sc.Subject.Pronoun || genders[m.Hyp.Units[sc.Subject.Units[0]].Folded] == "" {
				continue
			}
			at := groundVerbs(m, &sc)
			mine := genders[m.Hyp.Units[sc.Subject.Units[0]].Folded]
			if len(at) > 0 && !slices.ContainsFunc(at, func(j int) bool { return !otherwiseDone(m, &sc, mine, j) }) {
				return sc.Subject.Units[0]
			}
		}
	}
	return -1
}

// otherwiseDone reports whether the clause of the passage's verb at j is of a person of the other gender, or has for
// its subject what stands behind the statement's verb.
func otherwiseDone(m *match.Pair, sc *syntax.Clause, mine string, j int) bool {
	pc := clause.At(m.Prem, j)
	if pc.Subject.Pronoun {
		theirs := genders[m.Prem.Units[pc.Subject.Units[0]].Folded]
		return theirs != "" && theirs != mine
	}
	if pc.Subject.Missing || pc.Passive != sc.Passive {
		return false
	}
	for i := sc.Verb + 1; i < sc.To; i++ {
		if m.Hyp.Units[i].Kind == syntax.Name && mention.HitAmong(m, i, pc.Subject.Units) &&
			!mention.HitIn(m, i, pc.Verb+1, pc.To) {
			return true
		}
	}
	return false
}

// countedOtherwise finds a number of the statement whose noun the passage counts by another number, and nowhere by
// this one: "three students" for "two students … three earlier expeditions".
func countedOtherwise(m *match.Pair) int {
	for i := range m.Hyp.Units {
		q := m.Hyp.Units[i].Quantity
		noun := polarity.CountedNoun(m.Hyp.Analysis, i)
		if q == nil && !oneThing(m.Hyp.Analysis, i) || q != nil && (q.Unit != "" || q.Ordinal) || m.Hyp.Units[i].Quoted ||
			noun < 0 {
			continue
		}
		same, other := countsOf(m, i, noun)
		if other && !same {
			return i
		}
	}
	return -1
}

// oneThing reports whether a unit is a "one" that counts what stands behind it, as what is done or is there: "takes one
// step", but not "one step is to reload".
func oneThing(r *syntax.Analysis, i int) bool {
	return r.Units[i].Folded == "one" && i > 0 && r.Units[i-1].Sentence == r.Units[i].Sentence &&
		syntax.VerbOrHelp(r.PartOf(i-1))
}

// countsOf reports whether the sentences that the statement rests on count its noun by the number at i, or leave open
// what that counts, and whether they count the noun by another number.
func countsOf(m *match.Pair, i, noun int) (same, other bool) {
	for j := range m.Prem.Units {
		p := m.Prem.Units[j].Quantity
		if m.Hyp.Units[i].Folded == "one" && m.Prem.Units[j].Folded == "one" && ground(m, m.Prem.Units[j].Sentence) {
			theirs := polarity.CountedNoun(m.Prem, j)
			same = same || theirs < 0 || m.Hit(noun, theirs)
		}
		if p == nil || p.Ordinal || p.Unit != "" || !ground(m, m.Prem.Units[j].Sentence) {
			continue
		}
		theirs := polarity.CountedNoun(m.Prem, j)
		counts := theirs >= 0 && m.Hit(noun, theirs)
		same = same || m.Hit(i, j) && (counts || theirs < 0 && value.BareAt(m.Prem, j))
		other = other || counts && !polarity.HitByAny(m, j)
	}
	return same, other
}

// notChosen reports whether a unit stands behind "rather than", "instead of" or ", not" in its noun phrase: what it
// names is what was not chosen.
func notChosen(r *syntax.Analysis, i int) bool {
	if r.PartOf(i) != syntax.Nominal {
		return false
	}
	_, from := clause.NounPhraseEnding(r, i)
	k := from - 1
	if k >= 0 && r.PartOf(k) == syntax.Preposition && r.Units[k].Folded != "than" && r.Units[k].Folded != "of" {
		k--
	}
	if k < r.From[r.Units[i].Sentence] || r.Units[k].Quoted {
		return false
	}
	switch r.Units[k].Folded {
	case "than":
		return r.PlainBefore(k) == "rather"
	case "of":
		return r.PlainBefore(k) == "instead"
	case "not":
		return r.Parted(k)
	}
	return false
}

// chosenOtherwise finds what the statement tells as chosen and the passage as what was not, or the other way round.
func chosenOtherwise(m *match.Pair) int {
	for i := range m.Hyp.Units {
		if m.Hyp.Weights[i] < match.WeightPlain || m.Hyp.Units[i].Quoted || m.Hyp.PartOf(i) != syntax.Nominal {
			continue
		}
		mine := notChosen(m.Hyp.Analysis, i)
		at := groundHits(m, i)
		if len(at) > 0 && !slices.ContainsFunc(at, func(j int) bool { return notChosen(m.Prem, j) == mine }) {
			return i
		}
	}
	return -1
}

// joinedApart finds a complement of the statement that the passage has in another part of what it joins than a
// complement beside it: "from May in Oslo" for "from May in Rome and from June in Oslo".
func joinedApart(m *match.Pair) int {
	for k := range m.Hyp.Sentences {
		for _, sc := range m.Hyp.Clauses(k) {
			for a := sc.From; a < sc.To; a++ {
				before := complementWith(m.Hyp.Analysis, a)
				if before == "" || len(m.Hits[a]) == 0 {
					continue
				}
				for b := sc.From; b < sc.To; b++ {
					with := complementWith(m.Hyp.Analysis, b)
					if with != "" && with != before && apartAtAll(m, a, b, before, with) {
						return b
					}
				}
			}
		}
	}
	return -1
}

// complementWith is the preposition of a unit that says something; "" for none.
func complementWith(r *syntax.Analysis, i int) string {
	if r.Units[i].Kind == syntax.Light || r.Units[i].Quoted {
		return ""
	}
	return clause.PrepositionOf(r, i)
}

// apartAtAll reports whether wherever a sentence of the passage has both complements, a then b, what is joined begins
// anew between them.
func apartAtAll(m *match.Pair, a, b int, before, with string) bool {
	found := false
	for _, ha := range m.Hits[a] {
		for _, hb := range m.Hits[b] {
			if m.Prem.Units[ha].Sentence != m.Prem.Units[hb].Sentence || !ground(m, m.Prem.Units[ha].Sentence) {
				continue
			}
			if ha > hb && !beginsPart(m, hb, ha, before) || ha <= hb && !newPart(m, ha, hb, before, with) {
				return false
			}
			found = true
		}
	}
	return found
}

// beginsPart reports whether the complement at ha, or one before it, begins a part of what is joined behind hb, and the
// part of hb has one with that preposition that the statement has not: "to children until noon and to adults".
func beginsPart(m *match.Pair, hb, ha int, before string) bool {
	r, partner := m.Prem, -1
	for x := r.From[r.Units[hb].Sentence]; x < hb; x++ {
		if r.PartOf(x) == syntax.Nominal && clause.PrepositionOf(r, x) == before {
			partner = x
		}
	}
	if partner < 0 || polarity.HitByAny(m, partner) {
		return false
	}
	for x := hb + 1; x <= ha; x++ {
		if r.PartOf(x) == syntax.Nominal && clause.PrepositionOf(r, x) == before && polarity.OpensPart(r, x) {
			return true
		}
	}
	return false
}

// newPart reports whether a complement with the preposition of the one at ha begins a part of its own before hb, and
// that at ha has another one with the preposition of hb in its own part.
func newPart(m *match.Pair, ha, hb int, before, with string) bool {
	for x := ha + 1; x < hb; x++ {
		if m.Prem.PartOf(x) == syntax.Nominal && clause.PrepositionOf(m.Prem, x) == before &&
			polarity.OpensPart(m.Prem, x) && !polarity.HitByAny(m, x) &&
			polarity.HasComplement(m.Prem, ha+1, x, with) {
			return true
		}
	}
	return false
}

// unread finds a word of the statement that no clause has, where all that was read are clauses that depend on another:
// the verb of the main clause was taken for a noun.
func unread(m *match.Pair) int {
	if wording.NearWording(m) {
		return -1
	}
	for k := range m.Hyp.Sentences {
		list := m.Hyp.Clauses(k)
		if len(list) == 0 ||
			slices.ContainsFunc(list, func(c syntax.Clause) bool { return !clause.Subordinate(m.Hyp.Analysis, c.Verb) }) {
			continue
		}
		for i := m.Hyp.From[k]; i < m.Hyp.From[k+1]; i++ {
			if m.Hyp.Weights[i] < match.WeightPlain || m.Hyp.Units[i].Quoted || m.Hyp.Units[i].Kind == syntax.Date {
				continue
			}
			if !slices.ContainsFunc(list, func(c syntax.Clause) bool {
				return i >= c.From && i < c.To || slices.Contains(c.Subject.Units, i) || inference.Names(&c, i)
			}) {
				return i
			}
		}
	}
	return -1
}

// apposedApart finds what the statement calls the bearer of a name behind a comma, and the passage does not: "Nair, the
// leader of the council" for "Nair … Bright, the leader of the council".
func apposedApart(m *match.Pair) int {
	for k := range m.Hyp.Sentences {
		for _, sc := range m.Hyp.Clauses(k) {
			for _, i := range sc.Subject.Heads {
				if m.Hyp.Units[i].Kind == syntax.Plain && !m.Hyp.Units[i].Quoted && len(m.Hits[i]) > 0 &&
					!ofTheSame(m, i, &sc.Subject) {
					return i
				}
			}
		}
	}
	return -1
}

// ofTheSame reports whether what stands in apposition to a name of the statement does so in the passage, where that has
// both: "Nair, the leader of the council" is not borne out by "Bright, the leader of the council".
func ofTheSame(m *match.Pair, i int, s *syntax.Phrase) bool {
	head := -1 // the surname
	for _, k := range s.Heads {
		if m.Hyp.Units[k].Kind == syntax.Name {
			head = max(head, k)
		}
	}
	if head < 0 || !partedBetween(m.Hyp.Analysis, head, i) || len(m.Hits[head]) == 0 {
		return true
	}
	return slices.ContainsFunc(m.Hits[head], func(h int) bool {
		return slices.ContainsFunc(clause.Apposed(m.Prem, h),
			func(p syntax.Phrase) bool { return mention.HitAmong(m, i, p.Units) }) ||
			slices.ContainsFunc(clause.Clauses(m.Prem, m.Prem.Units[h].Sentence), func(c syntax.Clause) bool {
				return c.Copula && slices.Contains(c.Subject.Units, h) && mention.HitAmong(m, i, inference.ObjectUnits(&c))
			})
	})
}

// partedBetween reports whether a mark stands between two units.
func partedBetween(r *syntax.Analysis, i, j int) bool {
	for k := min(i, j) + 1; k <= max(i, j); k++ {
		if r.Parted(k) {
			return true
		}
	}
	return false
}
